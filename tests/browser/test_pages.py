"""Every page as a browser shows it."""

from chromium import SIZES, THEMES, Demo, unreached, window
from playwright.sync_api import Browser


def test_every_page_can_be_reached_by_links_from_the_queue(pages: dict[str, str]) -> None:
    assert unreached(pages) == []


def test_no_page_complains_asks_other_hosts_or_is_wider_than_its_window(
    desk: Demo, pages: dict[str, str], chrome: Browser
) -> None:
    assert len(pages) > 20
    troubles: list[str] = []
    with window(chrome, desk) as looker:
        looker.sign_in()
        for path in ["/sign-in", *pages.values()]:
            looker.go(path)
            for size in SIZES:
                looker.dress(size, "light")
                if wide := looker.too_wide():
                    troubles.append(f"{path} is {wide} px too wide for a {size}")
            troubles += [f"{path} {one}" for one in looker.taken()]
    assert troubles == []


# All four looks at each page are counted by bin/measures.
def test_axe_finds_nothing_on_any_page_light_on_a_desk_and_dark_on_a_phone(
    desk: Demo, pages: dict[str, str], chrome: Browser
) -> None:
    assert len(pages) > 20
    troubles: list[str] = []
    with window(chrome, desk, inspected=True) as looker:
        looker.go("/sign-in")
        troubles += [f"/sign-in {one}" for one in looker.violations()]
        looker.sign_in()
        for path in pages.values():
            looker.go(path)
            for size, theme in zip(SIZES, THEMES, strict=True):
                looker.dress(size, theme)
                troubles += [f"{path} {size} {theme} {one}" for one in looker.violations()]
    assert troubles == []
