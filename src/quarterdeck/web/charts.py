"""Charts as SVG: bars beside each other, each series a class of its own. The table under a chart says the same."""

from collections.abc import Sequence

from markupsafe import Markup, escape

WIDTH, HEIGHT, FOOT, SIDE = 640, 200, 22, 44


def bars(title: str, says: str, labels: Sequence[str], series: Sequence[tuple[str, Sequence[float]]]) -> Markup:
    """For each label a bar of each series; `series` are their names and values."""
    top = nice(max((value for _, values in series for value in values), default=0))
    step = (WIDTH - SIDE) / max(1, len(labels))
    width = step * 0.72 / max(1, len(series))
    parts = [grid(top)]
    for place, label in enumerate(labels):
        left = SIDE + step * place
        for turn, (name, values) in enumerate(series):
            height = (HEIGHT - FOOT - 10) * values[place] / top
            x, y = left + step * 0.14 + width * turn, HEIGHT - FOOT - height
            parts.append(
                Markup(
                    '<rect class="series-{}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}">'
                    "<title>{}</title></rect>"
                ).format(turn, x, y, width - 1, height, f"{label}: {name} {values[place]:g}")
            )
        if len(labels) <= 8 or place % 2 == 0:
            parts.append(
                Markup('<text x="{:.1f}" y="{}" text-anchor="middle">{}</text>').format(
                    left + step / 2, HEIGHT - 6, label
                )
            )
    return Markup(
        '<svg class="chart" viewBox="0 0 {} {}" role="img" aria-label="{}"><title>{}</title><desc>{}</desc>{}</svg>'
    ).format(WIDTH, HEIGHT, title, title, says, Markup("").join(parts))


def grid(top: float) -> Markup:
    lines = []
    for part in (0, 0.5, 1):
        y = HEIGHT - FOOT - (HEIGHT - FOOT - 10) * part
        lines.append(
            Markup(
                '<line x1="{}" x2="{}" y1="{:.1f}" y2="{:.1f}"/><text x="{}" y="{:.1f}" text-anchor="end">{}</text>'
            ).format(SIDE, WIDTH, y, y, SIDE - 6, y + 4, escape(f"{top * part:g}"))
        )
    return Markup("").join(lines)


def nice(most: float) -> float:
    """A round number not below the highest value."""
    step = 1.0
    while step * 10 < most:
        step *= 10
    return next((step * by for by in (2, 4, 6, 8, 10) if step * by >= most), step * 10)
