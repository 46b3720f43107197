"""What is pasted and dropped where one writes, how files go up, and links into a conversation."""

from collections.abc import Iterator
from typing import Any

import pytest
from chromium import Demo, Looker, visitor, window
from playwright.sync_api import Browser, expect

# A red dot.
PICTURE = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
WORD = f"""<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p {{ color: red }}</style></head><body>
<p class=MsoNormal><b>Steps</b><o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'>·  Open the <i>door</i></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'>·  See <a href="https://acme.example/how">how</a></p>
<p class=MsoNormal><img src="data:image/png;base64,{PICTURE}"><img src="https://spy.example/p.gif"></p></body></html>"""
PASTE = """([html, picture]) => {
  const data = new DataTransfer();
  if (html) data.setData("text/html", html);
  if (picture) data.items.add(new File([Uint8Array.from(atob(picture), (c) => c.charCodeAt(0))], "shot.png", { type: "image/png" }));
  const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
  document.querySelector("#answer").dispatchEvent(event);
}"""
DROP = """(content) => {
  const data = new DataTransfer();
  data.items.add(new File([content], "log.txt", { type: "text/plain" }));
  const event = new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true });
  document.querySelector("#answer-box summary").dispatchEvent(event);
}"""
FILES = "document.querySelector('#answer-files').files"


@pytest.fixture
def ticket(desk: Demo) -> int:
    return made_for_me(desk)


def made_for_me(desk: Demo) -> int:
    """A ticket of our own."""
    with visitor(desk) as http:
        key = http.get("/tickets/new").text.split('name="form_key" value="')[1].split('"')[0]
        typed = {"title": "Written on", "description": "x", "customer_id": "1", "technician_id": "me"}
        made = http.post("/tickets/new", data={"form_key": key, **typed})
        assert made.status_code == 303, made.text
        return int(made.headers["location"].rpartition("/")[2])


@pytest.fixture
def looker(chrome: Browser, desk: Demo) -> Iterator[Looker]:
    with window(chrome, desk) as one:
        one.sign_in()
        yield one
        assert one.taken() == []


def paste(looker: Looker, html: str = "", picture: str = "") -> None:
    looker.page.evaluate(PASTE, [html, picture])


def names(looker: Looker) -> Any:
    return looker.page.evaluate(f"[...{FILES}].map((one) => one.name)")


def test_what_comes_from_a_word_processor_becomes_markdown_and_its_pictures_files(looker: Looker, ticket: int) -> None:
    looker.go(f"/tickets/{ticket}#answer")

    paste(looker, html=WORD, picture=PICTURE)

    expect(looker.page.locator("#answer")).to_have_value(
        "**Steps**\n\n- Open the *door*\n- See [how](https://acme.example/how)"
    )
    assert names(looker) == ["1.png"]


def test_a_picture_alone_becomes_a_file(looker: Looker, ticket: int) -> None:
    looker.go(f"/tickets/{ticket}#answer")

    paste(looker, picture=PICTURE)
    paste(looker, html='<meta charset="utf-8"><img src="https://acme.example/shot.png">', picture=PICTURE)

    assert names(looker) == ["shot.png", "shot.png"]
    expect(looker.page.locator("#answer")).to_have_value("")


def test_a_file_that_is_dropped_goes_along_and_tells_how_far_it_is(looker: Looker, ticket: int) -> None:
    page = looker.page
    looker.go(f"/tickets/{ticket}#answer")
    page.evaluate(DROP, "x" * 300_000)
    assert names(looker) == ["log.txt"]
    page.evaluate(
        """() => {
          window.far = [];
          new MutationObserver((seen) => seen.forEach(({ target }) => window.far.push(Number(target.value))))
            .observe(document.querySelector("#answer-box progress"), { attributes: true });
        }"""
    )

    page.fill("#answer", "Here is the log")
    page.keyboard.press("Control+Enter")

    expect(page.locator("#talk")).to_contain_text("log.txt")
    assert page.evaluate("Math.max(...window.far)") >= 300_000


def test_a_link_to_what_was_left_out_of_a_long_conversation_shows_it(looker: Looker, desk: Demo, ticket: int) -> None:
    with visitor(desk) as http:
        key = http.get(f"/tickets/{ticket}").text.split('name="form_key" value="')[1].split('"')[0]
        said = [
            http.post(f"/tickets/{ticket}/notes", data={"form_key": key, "note": f"Word {n}"}).headers["location"]
            for n in range(104)
        ]

    looker.go(said[1])

    expect(looker.page.locator(f"#{said[1].partition('#')[2]}")).to_be_in_viewport()
    assert "comments=all" in looker.page.url


def test_what_was_resolved_is_taken_back_by_a_key(looker: Looker, desk: Demo, ticket: int) -> None:
    page = looker.page
    made_for_me(desk)
    looker.go(f"/tickets/{ticket}")
    page.keyboard.press("e")
    page.wait_for_url("**done=*")
    page.keyboard.press("u")

    page.wait_for_url(f"**/tickets/{ticket}")
    expect(page.locator("#notices")).to_contain_text(f"#{ticket} is as it was.")
    expect(page.locator("#f-status")).to_have_value("open")
