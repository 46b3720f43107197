"""What becomes of texts of others."""

import re
import time

import pytest

import make
from conftest import Browser, Stage
from quarterdeck.web.texts import MARKED_MAX, clean, pictures, rich

FILE = "/attachments/0b8a5a3e-8f0e-4c9a-9d55-5a5b0d3f6c11"
# What is no picture of ours, and no picture elsewhere either.
ODD = (
    "/sign-out", "/live", "sign-out", "./live", "//spy.example/p.gif", "https:spy.example/p.gif", "http:/p.gif",
    "\\\\spy.example\\p.gif", "data:image/png;base64,AAAA", "data:image/svg+xml,<svg/onload=alert(1)>",
    "javascript:alert(1)", "ftp://spy.example/p.gif", f"{FILE}/../../../live", f"{FILE}/..", f"{FILE}/%2e%2e",
    f"{FILE}/.%2E", f"{FILE}/a?b=c", f"{FILE}/a#b", f"{FILE}", "/attachments/../live", "/attachments/x/y", "#a", "",
)  # fmt: skip
# Ways of CSS and HTML to ask another server for something.
LEAKS = (
    '<img srcset="https://spy.example/a 1x">',
    '<p style="background:url(https://spy.example/a)">x</p>',
    '<table background="https://spy.example/a"><td background="https://spy.example/b">x</table>',
    '<style>@import "https://spy.example/a";</style>',
    '<link rel="stylesheet" href="https://spy.example/a"><link rel="prefetch" href="https://spy.example/b">',
    '<picture><source srcset="https://spy.example/a"><img alt="x"></picture>',
    '<video poster="https://spy.example/a"><source src="https://spy.example/b"></video><audio src="https://spy.example/c">',
    '<input type="image" src="https://spy.example/a"><iframe src="https://spy.example/b"></iframe>',
    '<svg><image href="https://spy.example/a"/><use href="https://spy.example/b#x"/></svg>',
    '<object data="https://spy.example/a"></object><embed src="https://spy.example/b">',
    '<meta http-equiv="refresh" content="0;url=https://spy.example/a"><base href="https://spy.example/">',
    '<a href="/here" ping="https://spy.example/a">x</a><blockquote cite="https://spy.example/b">x</blockquote>',
    '<body background="https://spy.example/a"><bgsound src="https://spy.example/b">',
    '<math><maction actiontype="statusline" xlink:href="https://spy.example/a">x</maction></math>',
    '<!--[if IE]><img src="https://spy.example/a"><![endif]--><img src="https://spy.example/b">',
)  # fmt: skip
SLOW = {
    "brackets": "[" * MARKED_MAX,
    "pictures": "![" * (MARKED_MAX // 2),
    "links": "[a](" * (MARKED_MAX // 4),
    "emphasis": "*a_ " * (MARKED_MAX // 4),
    "quotes": "> " * (MARKED_MAX // 2),
    "lists": "\n".join(" " * n + "- a" for n in range(180)),
    "ticks": "".join("`" * n + "a" for n in range(190)),
    "addresses": "http://" * (MARKED_MAX // 7),
    "domains": "a.com " * (MARKED_MAX // 6),
    "lines": "|a" * 39 + "\n" + "|-" * 39 + "\n" + "|b\n" * 500,
    "table": "|a" * 400 + "\n" + "|-" * 400 + "\n" + "|b\n" * 6000,
    "references": "[a]: b\n" * (MARKED_MAX // 7),
    "long": "x" * 2_000_000,
}


@pytest.mark.parametrize("where", ODD)
def test_a_picture_that_is_no_file_of_a_ticket_is_never_asked_for(where: str) -> None:
    for text in (f"![x]({where})", f"![x](<{where}>)", f"![x][r]\n\n[r]: {where}"):
        for images in (False, True):
            assert "<img" not in rich(text, images=images), text
    assert "<img" not in clean(f'<img src="{where}">', images=True)[0]


def test_pictures_of_the_ticket_are_shown_and_those_elsewhere_only_when_asked_for() -> None:
    text = f"![ours]({FILE}/screen.png) ![theirs <b>](https://spy.example/p.gif) ![more](http://spy.example/q.gif)"
    assert re.findall('src="([^"]*)"', rich(text)) == [f"{FILE}/screen.png"]
    assert 'class="image-held">▧ theirs &lt;b&gt;<' in rich(text)
    assert pictures(text) == 2
    shown = rich(text, images=True)
    assert re.findall('src="([^"]*)"', shown) == [
        f"{FILE}/screen.png",
        "https://spy.example/p.gif",
        "http://spy.example/q.gif",
    ]


@pytest.mark.parametrize("html", LEAKS)
def test_nothing_else_leads_to_another_server(html: str) -> None:
    assert "spy.example" not in clean(html)[0]
    assert not re.search(r"<(?!a )[^>]*spy\.example", rich(html))


def test_a_title_that_ends_its_tag_ends_nothing() -> None:
    text = '![a><img src=x onerror=alert(1)>](https://spy.example/p.gif "b><img src=x onerror=alert(1)>")'
    for images in (False, True):
        assert not re.search(r"<img[^>]*onerror[^\"]*>", re.sub(r'"[^"]*"', '""', rich(text, images=images)))


@pytest.mark.parametrize("name", SLOW)
def test_no_text_keeps_a_page_waiting(name: str) -> None:
    started = time.process_time()
    rich(SLOW[name])
    assert time.process_time() - started < 2


def test_a_message_shows_pictures_from_elsewhere_on_a_page_apart(browser: Browser, stage: Stage) -> None:
    ticket, other = (stage.do(lambda work: make.ticket(work)) for _ in range(2))
    body = "Look: ![scan](https://spy.example/p.gif)"
    said = stage.do(lambda work: make.comment(work, ticket, body=body))
    page = browser.get(f"/tickets/{ticket}")
    assert "https://spy.example/p.gif" not in page.text
    assert "https:" not in page.headers["content-security-policy"]
    there = f"/tickets/{ticket}/comments/{said}/pictures"
    assert f'href="{there}"' in page.text

    apart = browser.get(there)
    assert 'src="https://spy.example/p.gif"' in apart.text
    assert "<script" not in apart.text
    assert "form_key" not in apart.text
    assert browser.form_key not in apart.text
    policy = apart.headers["content-security-policy"]
    assert "sandbox allow-same-origin" in policy
    assert "script" not in policy
    assert "frame-ancestors 'none'" in policy
    assert browser.get(f"/tickets/{other}/comments/{said}/pictures").status_code == 404
