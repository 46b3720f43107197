"""Reports and their files."""

import html
import re
from datetime import UTC, datetime

import pytest

import make
from conftest import Browser, Stage
from quarterdeck.desk import signin
from quarterdeck.desk.work import Work


@pytest.fixture
def told(stage: Stage) -> None:
    def act(work: object) -> None:
        id = make.customer(work, name="=HYPERLINK(1)")
        ticket = make.ticket(work, customer_id=id)
        make.time_entry(work, ticket, technician_id=1)

    stage.do(act)


KINDS = {"ages": 6, "flow": 5, "promises": 1, "technicians": 1, "customers": 1, "unbilled": 1}


@pytest.mark.parametrize("kind", KINDS)
def test_each_report_has_a_table_and_a_file(browser: Browser, told: None, kind: str) -> None:
    page = browser.get(f"/reports/{kind}")
    assert page.status_code == 200
    assert "<table" in page.text
    file = browser.get(f"/reports/{kind}.csv?from=2026-02-02&to=2026-03-02")
    assert file.status_code == 200
    assert file.headers["content-type"].startswith("text/csv")
    assert len(file.text.splitlines()) == 1 + KINDS[kind]


def test_no_cell_of_a_file_is_a_formula(browser: Browser, told: None) -> None:
    assert '"\'=HYPERLINK(1)"' in browser.get("/reports/customers.csv").text


def test_a_file_holds_days_and_numbers_that_programs_read(browser: Browser, told: None) -> None:
    rows = browser.get("/reports/flow.csv?from=2026-03-02&to=2026-03-02").text.splitlines()
    assert rows[1:] == ['"2026-03-02","1","0"']


def test_period_and_filters_are_the_address(browser: Browser, told: None) -> None:
    assert "0:30" in browser.get("/reports/technicians?technician=1").text
    assert "Nothing in this period" in browser.get("/reports/technicians?technician=2").text
    assert "Nothing in this period" in browser.get("/reports/technicians?from=2025-01-01&to=2025-02-01").text
    assert browser.get("/reports/technicians?from=soon").status_code == 422
    assert browser.get("/reports/technicians?customer=nobody").status_code == 422
    assert browser.get("/reports/else").status_code == 404


def test_open_tickets_of_an_age_lead_to_the_queue(browser: Browser, stage: Stage) -> None:
    def act(work: Work) -> None:
        make.ticket(work, title="Young")
        make.ticket(work, title="Old", created_at="2026-01-01T00:00:00Z", technician_id=2)
        make.ticket(work, title="Done", status="resolved")

    stage.do(act)
    found = re.findall(r'<a href="(/queue[^"]+)">([^<]+)</a>.*?>(\d)</td>', browser.get("/reports/ages").text)
    assert [n for _, _, n in found] == ["1", "0", "0", "0", "0", "1"]
    assert "Old" in browser.get(html.unescape(found[-1][0])).text
    assert [
        n
        for _, _, n in re.findall(
            r'<a href="(/queue[^"]+)">([^<]+)</a>.*?>(\d)</td>', browser.get("/reports/ages?technician=2").text
        )
    ] == ["0", "0", "0", "0", "0", "1"]


def test_what_came_and_went_is_counted_by_week_for_one_customer_too(browser: Browser, stage: Stage) -> None:
    def act(work: Work) -> None:
        make.ticket(work, created_at="2026-02-11T09:00:00Z", customer_id=make.customer(work, name="Acme Dental"))
        make.ticket(work, created_at="2026-02-12T09:00:00Z", customer_id=make.customer(work, name="Harbor Legal"))

    stage.do(act)
    period = "from=2026-02-09&to=2026-02-15"
    every = browser.get(f"/reports/flow.csv?{period}").text.splitlines()
    one = browser.get(f"/reports/flow.csv?{period}&customer=Acme+Dental").text.splitlines()
    assert (every[-1], one[-1]) == ('"2026-02-09","2","0"', '"2026-02-09","1","0"')


def test_a_report_offers_periods(browser: Browser) -> None:
    page = browser.get("/reports/technicians?from=2026-02-01&to=2026-02-28").text
    assert re.search(r'from=2026-02-01&amp;to=2026-02-28" aria-current="true">Last month', page)


def test_the_dashboard_counts_what_burns(browser: Browser, told: None) -> None:
    page = browser.get("/dashboard")
    assert page.status_code == 200
    assert page.text.count('<svg class="chart"') == 1
    assert page.text.count('<svg class="bar"') == 6
    assert "Nothing burns." in page.text


def living_in(stage: Stage, zone: str, language: str = "en") -> None:
    def act(work: Work) -> None:
        signin.prefer(work, signin.Preferences.check({"time_zone": zone, "language": language}))

    stage.do(act)


def counts(browser: Browser, address: str) -> list[list[str]]:
    """The cells of a file below its header."""
    return [row.strip('"').split('","') for row in browser.get(address).text.splitlines()[1:]]


@pytest.mark.parametrize(
    ("zone", "days"),
    [("UTC", {"2026-02-27": 1}), ("Pacific/Auckland", {"2026-02-28": 1}), ("America/New_York", {"2026-02-27": 1})],
)
def test_a_day_begins_at_midnight_where_one_lives(
    browser: Browser, stage: Stage, zone: str, days: dict[str, int]
) -> None:
    living_in(stage, zone)
    stage.do(lambda work: make.ticket(work, created_at="2026-02-27T12:00:00Z"))
    stage.do(lambda work: make.time_entry(work, 1, starts_at="2026-02-27T12:00:00Z", ends_at="2026-02-27T13:00:00Z"))
    for day in ("2026-02-26", "2026-02-27", "2026-02-28"):
        there = days.get(day, 0)
        assert counts(browser, f"/reports/flow.csv?from={day}&to={day}") == [[day, str(there), "0"]]
        assert [row[2] for row in counts(browser, f"/reports/promises.csv?from={day}&to={day}")] == ["1"] * there
        assert [row[0] for row in counts(browser, f"/reports/unbilled.csv?from={day}&to={day}")] == [day] * there
        assert [row[1] for row in counts(browser, f"/reports/technicians.csv?from={day}&to={day}")] == ["1"] * there


def test_weeks_begin_at_midnight_also_where_clocks_were_changed_since(browser: Browser, stage: Stage) -> None:
    living_in(stage, "Europe/Berlin", "de")
    # Late on a Sunday in Berlin, when it was an hour nearer to Greenwich than it is in April.
    stage.do(lambda work: make.ticket(work, created_at="2026-03-22T22:30:00Z"))
    stage.clock.now = datetime(2026, 4, 15, 12, tzinfo=UTC)
    browser.come_in(stage, 1)
    flow = counts(browser, "/reports/flow.csv?from=2026-03-16&to=2026-03-29")
    assert [(day, created) for day, created, _ in flow] == [("2026-03-23", "0"), ("2026-03-16", "1")]
    shown = browser.get("/dashboard").text
    weeks = re.findall(r'<th scope="row">([^<]+)</th><td class="number">(\d+)</td>', shown)
    assert [day for day, created in weeks if created == "1"] == ["16.03.2026"]


def test_an_empty_period_of_figures_says_so(browser: Browser, told: None) -> None:
    for kind in ("promises", "technicians", "customers", "unbilled"):
        assert counts(browser, f"/reports/{kind}.csv?from=2025-01-01&to=2025-12-31") == []
    flow = counts(browser, "/reports/flow.csv?from=2025-01-01&to=2025-12-31")
    assert len(flow) == 53
    assert {(created, resolved) for _, created, resolved in flow} == {("0", "0")}


def test_a_technician_and_a_customer_narrow_every_report(browser: Browser, told: None) -> None:
    period = "from=2026-02-02&to=2026-03-02"
    for kind, n in KINDS.items():
        assert len(counts(browser, f"/reports/{kind}.csv?{period}&customer=%3DHYPERLINK(1)")) == n
    for kind in ("promises", "technicians", "customers", "unbilled"):
        assert counts(browser, f"/reports/{kind}.csv?{period}&technician=2") == []
