"""Charts as SVG, drawn here: a course over time, and bars that stand in the rows of a table.

What lies along the width is in percent and what lies along the height in pixels, so that a chart fills its place at any
width while its words keep their size. A table says the same in numbers.
"""

import math
from collections.abc import Sequence

from markupsafe import Markup

HEIGHT, FOOT, HEAD = 180, 24, 18
# Labels below a chart: as many as have room on a phone.
LABELS_MAX = 6
BAR = 12
Series = tuple[str, Sequence[float | None]]


def course(title: str, says: str, labels: Sequence[str], series: Sequence[Series], top: float | None = None) -> Markup:
    """A line with dots for each series, along the labels. Where a value is missing, its line is broken."""
    most = top or nice(max((value for _, values in series for value in values if value is not None), default=0))
    step = 100 / max(1, len(labels))
    places = [step * (at + 0.5) for at in range(len(labels))]
    parts = [grid(most)]
    stride = math.ceil(len(labels) / LABELS_MAX)
    for at, label in enumerate(labels):
        if (len(labels) - 1 - at) % stride == 0:
            parts.append(word(places[at], HEIGHT - 6, label, "middle"))
    for turn, (_, values) in enumerate(series):
        for at in range(1, len(labels)):
            before, here = values[at - 1], values[at]
            if before is not None and here is not None:
                parts.append(stroke(turn, places[at - 1], level(before, most), places[at], level(here, most)))
    for turn, (name, values) in enumerate(series):
        for at, value in enumerate(values):
            if value is not None:
                parts.append(dot(turn, places[at], level(value, most), f"{labels[at]}: {name} {value:.0f}"))
    return Markup(
        '<svg class="chart" width="100%" height="{}" role="img" aria-label="{}"><desc>{}</desc>{}</svg>'
    ).format(HEIGHT, title, says, Markup("").join(parts))


def grid(most: float) -> Markup:
    lines = []
    for part in (0, 0.5, 1):
        y = level(most * part, most)
        lines.append(Markup('<line class="grid" x1="0" x2="100%" y1="{:.1f}" y2="{:.1f}"/>').format(y, y))
        lines.append(word(0, y - 4, f"{most * part:.0f}", "start"))
    return Markup("").join(lines)


def level(value: float, most: float) -> float:
    return HEIGHT - FOOT - (HEIGHT - FOOT - HEAD) * value / most


def word(x: float, y: float, text: str, anchor: str) -> Markup:
    return Markup('<text x="{:.2f}%" y="{:.1f}" text-anchor="{}">{}</text>').format(x, y, anchor, text)


def stroke(turn: int, x1: float, y1: float, x2: float, y2: float) -> Markup:
    return Markup('<line class="course series-{}" x1="{:.2f}%" y1="{:.1f}" x2="{:.2f}%" y2="{:.1f}"/>').format(
        turn, x1, y1, x2, y2
    )


def dot(turn: int, x: float, y: float, text: str) -> Markup:
    return Markup('<circle class="series-{}" cx="{:.2f}%" cy="{:.1f}" r="4"><title>{}</title></circle>').format(
        turn, x, y, text
    )


def bar(parts: Sequence[tuple[int, float]], most: float, mark: float | None = None) -> Markup:
    """One bar of several parts, each a series and how much it is, as far as they reach of the most there is. A mark
    stands where something was promised. The row it stands in says all of it in numbers."""
    drawn, at = [], 0.0
    for turn, value in parts:
        width = 100 * value / most if most else 0
        if width > 0:
            drawn.append(
                Markup('<rect class="series-{}" x="{:.2f}%" width="{:.2f}%" y="0" height="{}"/>').format(
                    turn, at, max(width, 0.4), BAR
                )
            )
        at += width
    if mark is not None and most:
        x = min(100 * mark / most, 99.6)
        drawn.append(Markup('<line class="mark" x1="{:.2f}%" x2="{:.2f}%" y1="0" y2="{}"/>').format(x, x, BAR))
    return Markup('<svg class="bar" width="100%" height="{}" aria-hidden="true">{}</svg>').format(
        BAR, Markup("").join(drawn)
    )


def nice(most: float) -> float:
    """A round number not below the highest value."""
    step = 1.0
    while step * 10 < most:
        step *= 10
    return next((step * by for by in (2, 4, 6, 8, 10) if step * by >= most), step * 10)
