"""A demo desk and a browser for all walks. Where there is no Chromium, the run says so and leaves them out."""

import os
from collections.abc import Iterator

import pytest
from chromium import PROGRAM, Demo, chromium, crawl, demo
from playwright.sync_api import Browser

MISSING = "there is no Chromium here (Debian: apt-get install chromium), so no page was looked at in a browser"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if PROGRAM:
        return
    if os.environ.get("QUARTERDECK_TESTS_NEED_CHROMIUM"):
        pytest.exit(f"This run insists on a browser: {MISSING}.", returncode=1)
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.skip(reason=MISSING))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not PROGRAM:
        terminalreporter.write_line(f"Note: {MISSING}.")


@pytest.fixture(scope="package")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    with demo(tmp_path_factory.mktemp("demo") / "desk") as running:
        yield running


@pytest.fixture(scope="package")
def pages(desk: Demo) -> dict[str, str]:
    """One page of each kind that links lead to."""
    return crawl(desk)


@pytest.fixture(scope="package")
def chrome() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser
