"""Texts of others as HTML that is safe to show: one cleaner for all of them."""

import re
from dataclasses import dataclass
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

MARKDOWN = MarkdownIt("commonmark", {"breaks": True, "linkify": True, "html": False}).enable(
    ["table", "strikethrough", "linkify"]
)
WITHOUT_TABLES = MarkdownIt("commonmark", MARKDOWN.options).enable(["strikethrough", "linkify"])
TAGS = {
    "a", "abbr", "b", "blockquote", "br", "code", "dd", "del", "div", "dl", "dt", "em", "h1", "h2", "h3", "h4", "hr",
    "i", "img", "ins", "kbd", "li", "ol", "p", "pre", "s", "small", "span", "strong", "sub", "sup", "table", "tbody",
    "td", "tfoot", "th", "thead", "tr", "u", "ul",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title", "width", "height"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "ol": {"start"},
}
SCHEMES = {"http", "https", "mailto", "tel"}
# Longer texts are shown as they are.
MARKED_MAX = 20_000
# A short row is filled up to the width of its table, so that few letters make many cells.
CELLS_MAX = 20_000
KEPT = 256
# Pictures that lie here: files of tickets, and no other path of ours.
OURS = re.compile(r"/attachments/[0-9a-f-]{36}/(?!(?:\.|%2e)*$)[^/?#\\]+", re.IGNORECASE)
REMOTE = re.compile(r"https?://[^/]", re.IGNORECASE)
# A picture without its source, as the cleaner writes it.
HELD = re.compile(r'<img(?: (?:alt|title|width|height)="[^"]*")*>')
ALT = re.compile(r' alt="([^"]*)"')
HEADING = re.compile(r"<(/?)h[1-3]>")


@dataclass(frozen=True)
class Made:
    """A text as HTML, and how many pictures of it lie elsewhere."""

    html: Markup
    remote: int


def clean(html: str, *, images: bool = False) -> tuple[str, int]:
    """HTML from outside without what could act, and how many pictures of it lie elsewhere. None of them is loaded
    unless asked for, and never what is no picture."""
    remote: list[str] = []

    def kept(tag: str, name: str, value: str) -> str | None:
        if (tag, name) != ("img", "src") or OURS.fullmatch(value):
            return value
        if not REMOTE.match(value):
            return None
        remote.append(value)
        return value if images else None

    cleaned = nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=kept,
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer nofollow",
    )
    return HELD.sub(held, cleaned), len(remote)


def held(image: re.Match[str]) -> str:
    """What stands in the place of a picture that is not loaded."""
    alt = ALT.search(image[0])
    words = alt[1].replace("<", "&lt;").replace(">", "&gt;") if alt else ""
    return f'<span class="image-held">▧ {words}</span>'


@lru_cache(KEPT)
def made(text: str, images: bool) -> Made:
    if len(text) > MARKED_MAX:
        return Made(Markup("<pre>%s</pre>") % text, 0)
    bars = [bars for line in text.splitlines() if (bars := line.count("|"))]
    markdown = MARKDOWN if max(bars, default=0) * len(bars) <= CELLS_MAX else WITHOUT_TABLES
    html, remote = clean(markdown.render(text), images=images)
    # Texts stand below the headings of a page; what is wider than the page can be reached without a mouse.
    html = HEADING.sub(r"<\1h4>", html).replace("<pre>", '<pre tabindex="0">')
    return Made(Markup(html), remote)  # noqa: S704  # cleaned just above


def rich(text: str | None, *, images: bool = False) -> Markup:
    """A text that people write, Markdown or plain, as HTML. Pictures from elsewhere are not loaded unless asked for."""
    return made(text, images).html if text else Markup("")


def pictures(text: str | None) -> int:
    """How many pictures from elsewhere a text would show."""
    return made(text, False).remote if text else 0
