"""The page of the pieces themselves."""

from conftest import Browser, Client, Stage


def test_every_piece_is_shown_light_and_dark(browser: Browser) -> None:
    page = browser.get("/styleguide")
    assert page.status_code == 200
    assert page.text.count('class="piece"') % 2 == 0
    for theme in ("light", "dark"):
        assert f'data-shown="{theme}"' in page.text
        assert f'id="{theme}-wrong"' in page.text


def test_no_stranger_sees_it(client: Client, stage: Stage) -> None:
    assert Browser(client, stage, None).get("/styleguide").status_code == 303
