"""Reports and their files."""

import pytest

import make
from conftest import Browser, Stage


@pytest.fixture
def told(stage: Stage) -> None:
    def act(work: object) -> None:
        id = make.customer(work, name="=HYPERLINK(1)")
        ticket = make.ticket(work, customer_id=id)
        make.time_entry(work, ticket, technician_id=1)

    stage.do(act)


@pytest.mark.parametrize("kind", ["promises", "technicians", "customers", "unbilled"])
def test_each_report_has_a_table_and_a_file(browser: Browser, told: None, kind: str) -> None:
    page = browser.get(f"/reports/{kind}")
    assert page.status_code == 200
    assert "<table" in page.text
    file = browser.get(f"/reports/{kind}.csv?from=2026-02-01&to=2026-03-02")
    assert file.status_code == 200
    assert file.headers["content-type"].startswith("text/csv")
    assert len(file.text.splitlines()) == 2


def test_no_cell_of_a_file_is_a_formula(browser: Browser, told: None) -> None:
    assert '"\'=HYPERLINK(1)"' in browser.get("/reports/customers.csv").text


def test_period_and_filters_are_the_address(browser: Browser, told: None) -> None:
    assert "0:30" in browser.get("/reports/technicians?technician=1").text
    assert "Nothing in this period" in browser.get("/reports/technicians?technician=2").text
    assert "Nothing in this period" in browser.get("/reports/technicians?from=2025-01-01&to=2025-02-01").text
    assert browser.get("/reports/technicians?from=soon").status_code == 422
    assert browser.get("/reports/technicians?customer=nobody").status_code == 422
    assert browser.get("/reports/else").status_code == 404


def test_the_dashboard_counts_what_burns(browser: Browser, told: None) -> None:
    page = browser.get("/dashboard")
    assert page.status_code == 200
    assert page.text.count("<svg") == 2
