"""Settings, as owners and others find them."""

import re
import sqlite3
from contextlib import closing

import pytest

import make
from conftest import Browser, Client, Stage
from quarterdeck.desk import access, fields

PAGES = ["", "/technicians", "/technicians/1", "/keys", "/keys/new", "/fields", "/fields?target=ticket", "/fields/new"]
PAGES += ["/words", "/replies", "/replies/new", "/replies/categories", "/audit", "/system", "/system?examine=1"]


@pytest.mark.parametrize("path", PAGES)
def test_an_owner_sees_every_page(browser: Browser, path: str) -> None:
    assert browser.get(f"/settings{path}").status_code == 200


@pytest.mark.parametrize("path", ["/technicians", "/keys", "/keys/new", "/audit", "/system", "/technicians/1"])
def test_others_do_not_see_people_keys_audit_and_system(client: Client, stage: Stage, path: str) -> None:
    assert Browser(client, stage, 2).get(f"/settings{path}").status_code == 403


def test_the_provider_changes(browser: Browser) -> None:
    form = {"name": "North Pier IT", "city": "Duluth", "time_zone": "America/Chicago"}
    assert browser.send("/settings", form).status_code == 303
    assert "North Pier IT" in browser.get("/settings").text
    refused = browser.send("/settings", {"name": "X", "time_zone": "Mars/Base"})
    assert refused.status_code == 422
    assert "time zone" in refused.text


def test_an_invited_technician_comes_in_by_the_link_shown_once(browser: Browser, client: Client, stage: Stage) -> None:
    made = browser.send(
        "/settings/technicians", {"first_name": "Ola", "email": "ola@msp.example", "role": "technician"}
    )
    link = re.search(r'value="http://desk\.example(/welcome/[^"]+)"', made.text)
    assert link
    assert Browser(client, stage, None).get(link[1]).status_code == 200
    page = browser.get("/settings/technicians").text
    assert "Link not used yet" in page
    assert link[1] not in page


def test_the_last_owner_stays(browser: Browser) -> None:
    refused = browser.send("/settings/technicians/1", {"role": "technician"})
    assert refused.status_code == 422
    assert "last owner" in refused.text
    assert browser.send("/settings/technicians/2", {"active": "no"}).status_code == 303


def test_a_key_is_shown_once_and_can_be_revoked(browser: Browser, client: Client, stage: Stage) -> None:
    form = {"name": "Report", "technician_id": "1", "scope": "", "scope.tickets:read": "1"}
    made = browser.send("/settings/keys/new", form)
    key = re.search(r'value="(qd_[^"]+)"', made.text)
    assert key
    assert client.get("/tickets", key=key[1]).status_code == 200
    page = browser.get("/settings/keys").text
    assert "Report" in page
    assert key[1] not in page
    ids = re.findall(r"/settings/keys/(\d+)/revocation", page)
    assert browser.send(f"/settings/keys/{max(map(int, ids))}/revocation").status_code == 303
    assert "Revoked" in browser.get("/settings/keys").text
    # A server believes a key for a few seconds more.
    assert stage.do(lambda work: access.bearer(work.link, key[1], work.now)) is None


def test_keys_say_what_they_may_and_how_often(browser: Browser, stage: Stage) -> None:
    form = {"name": "Report", "technician_id": "1", "scope": "", "scope.tickets:read": "1", "scope.hours:write": "1"}
    browser.send("/settings/keys/new", form)
    page = browser.get("/settings/keys").text
    assert re.search(r"(Tickets \(look\), Time entries|Time entries, Tickets \(look\))", page)
    for calls in (stage.app.settings.atera_calls_per_minute, stage.app.settings.syncro_calls_per_minute):
        assert (f"{calls:,} calls a minute" if calls else "no limit") in page


def test_roles_are_told_with_what_they_may(browser: Browser) -> None:
    assert "May look, and change nothing" in browser.get("/settings/technicians").text


def test_an_owner_makes_a_copy_of_the_database_and_sees_when(browser: Browser, stage: Stage) -> None:
    assert "None yet" in browser.get("/settings/system").text
    if stage.app.settings.sqlite_file is None:
        assert "QUARTERDECK_BACKUPS_IN" in browser.get("/settings/system").text
        refused = browser.send("/settings/system/backups")
        assert refused.status_code == 422
        assert "There is no folder for copies" in refused.text
        return
    made = browser.send("/settings/system/backups")
    assert made.status_code == 303
    folder = stage.app.settings.sqlite_file.parent / "backups"
    (copy,) = folder.iterdir()
    assert (folder.stat().st_mode & 0o777, copy.stat().st_mode & 0o777) == (0o700, 0o600)
    with closing(sqlite3.connect(copy)) as there:
        assert there.execute("SELECT count(*) FROM technicians").fetchone()[0] > 0
    page = browser.get("/settings/system").text
    assert copy.name in page
    assert "Fresh" in page
    assert "made a copy of the database" in browser.get("/settings/audit").text


def test_a_technician_makes_no_copy(client: Client, stage: Stage) -> None:
    assert Browser(client, stage, 2).send("/settings/system/backups").status_code == 403


def test_a_field_is_changed_and_removed(browser: Browser) -> None:
    form = {"target": "customer", "name": "Tier", "type": "choice", "options": "Gold\nSilver"}
    assert browser.send("/settings/fields/new", form).status_code == 303
    assert "Gold, Silver" in browser.get("/settings/fields?target=customer").text
    assert browser.send("/settings/fields/1", {"name": "Level", "options": "Gold"}).status_code == 303
    assert browser.send("/settings/fields/1/removal").status_code == 303


def test_a_field_with_values_stays(browser: Browser, stage: Stage) -> None:
    form = {"target": "customer", "name": "Tier", "type": "text"}
    assert browser.send("/settings/fields/new", form).status_code == 303
    customer_id = stage.do(make.customer)
    value = fields.NewValue.check({"name": "Tier", "value": "Gold"})
    stage.do(lambda work: fields.put(work, fields.Target.CUSTOMER, customer_id, value))

    refused = browser.send("/settings/fields/1/removal")
    assert refused.status_code == 422
    assert "holds a value in 1 record" in refused.text.lower()
    assert "Tier" in browser.get("/settings/fields?target=customer").text


def test_replies_and_their_categories_are_made_changed_and_removed(browser: Browser) -> None:
    assert browser.send("/settings/replies/categories", {"name": "Mail"}).status_code == 303
    assert browser.send("/settings/replies/categories", {"name": "mail"}).status_code == 422
    form = {"title": "Reset", "body": "Hello {{contact.first_name}}", "category_id": "1", "subject": ""}
    assert browser.send("/settings/replies/new", form).status_code == 303
    assert browser.send("/settings/replies/1", {**form, "title": "Reset it", "version": "1"}).status_code == 303
    assert browser.send("/settings/replies/1", {**form, "version": "1"}).status_code == 422
    assert browser.send("/settings/replies/categories/1/removal").status_code == 303
    page = browser.get("/settings/replies?q=reset").text
    assert "Reset it" in page
    assert browser.send("/settings/replies/1/removal").status_code == 303


def test_the_audit_log_is_searched_and_paged(browser: Browser, stage: Stage) -> None:
    stage.do(lambda work: [make.customer(work, name=f"Customer {n}") for n in range(60)])
    page = browser.get("/settings/audit?kind=customer&who=setup").text
    assert page.count("customer.created") == 50
    further = re.search(r'href="(/settings/audit\?[^"]*after=[^"]*)"', page)
    assert further
    assert browser.get(further[1].replace("&amp;", "&")).text.count("customer.created") == 10
    assert "Nothing like it" in browser.get("/settings/audit?who=nobody-at-all").text
    assert browser.get("/settings/audit?record=x&from=y").status_code == 422


def test_the_audit_log_offers_what_can_be_looked_for(browser: Browser, stage: Stage) -> None:
    stage.do(lambda work: make.comment(work, make.ticket(work, title="Printer on fire")))
    page = browser.get("/settings/audit?what=.created&kind=ticket").text
    assert page.count('<td class="what">') == 1
    assert '<option value="ticket" selected>Ticket</option>' in page
    assert '<option value=".created" selected>created</option>' in page
    assert '<option value="printer.jammed" selected>' in browser.get("/settings/audit?what=printer.jammed").text


def test_a_key_and_a_link_can_be_copied(browser: Browser) -> None:
    made = browser.send("/settings/keys/new", {"name": "Report", "technician_id": "1", "scope": "*:read"})
    assert 'data-copy="key"' in made.text
