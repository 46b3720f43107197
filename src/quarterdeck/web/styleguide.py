"""The pieces that pages are made of, all on one page, light and dark: for people who work on this program."""

from datetime import timedelta

from quarterdeck.edge.http import Answer
from quarterdeck.web import charts
from quarterdeck.web.kit import Visit, page

COLOURS = (
    "ground",
    "raised",
    "line",
    "strong-line",
    "text",
    "secondary",
    "accent",
    "accent-soft",
    "late",
    "late-soft",
    "soon",
    "soon-soft",
    "fine",
    "fine-soft",
    "done",
    "done-soft",
    "note-soft",
    "note-line",
)
THEMES = ("light", "dark")
WEEKS = ("5 Oct", "12 Oct", "19 Oct", "26 Oct", "2 Nov", "9 Nov")
TEXT = """A text that *people* write, with **Markdown**, `code` and [links](https://example.org).

- one thing
- and another

> What somebody said before."""


def styleguide(visit: Visit) -> Answer:
    visit.problems = {f"{theme}-wrong": "is taken by another customer" for theme in THEMES}
    course = charts.course(
        "Created and resolved by week",
        "An example.",
        WEEKS,
        [("created", [31, 24, 36, 33, 40, 28]), ("resolved", [34, 27, None, 30, 38, 31])],
    )
    answer = visit.page(
        "styleguide/styleguide.html",
        themes=THEMES,
        colours=COLOURS,
        course=course,
        bar=charts.bar([(0, 30), (1, 50), (3, 20)], 120, mark=90),
        before=visit.speech.now - timedelta(hours=3),
        text=TEXT,
    )
    answer.status = 200
    return answer


ROUTES = (page("/styleguide", styleguide),)
