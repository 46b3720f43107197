"""Texts of others as HTML that is safe to show: one cleaner for all of them."""

import re

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

MARKDOWN = MarkdownIt("commonmark", {"breaks": True, "linkify": True, "html": False}).enable(
    ["table", "strikethrough", "linkify"]
)
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
MARKED_MAX = 50_000
REMOTE = re.compile(r'<img [^>]*src="(https?:)?//[^"]*"[^>]*>', re.IGNORECASE)
HEADING = re.compile(r"<(/?)h[1-3]>")


def clean(html: str) -> str:
    """HTML from outside without what could act."""
    return nh3.clean(
        html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener noreferrer nofollow"
    )


def rich(text: str | None, *, images: bool = False) -> Markup:
    """A text that people write, Markdown or plain, as HTML. Images from elsewhere are not loaded unless asked for."""
    if not text:
        return Markup("")
    if len(text) > MARKED_MAX:
        return Markup("<pre>%s</pre>") % text
    made = clean(MARKDOWN.render(text))
    if not images:
        made = REMOTE.sub('<span class="image-held">▧</span>', made)
    # Texts stand below the headings of a page; what is wider than the page can be reached without a mouse.
    made = HEADING.sub(r"<\1h4>", made).replace("<pre>", '<pre tabindex="0">')
    return Markup(made)  # noqa: S704  # cleaned just above
