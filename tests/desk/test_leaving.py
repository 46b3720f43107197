"""Rules of how records leave."""

import io
import zipfile
from typing import Any

import msgspec
import pytest
import sqlalchemy as sa

import make
from desk.hanging import settle
from desk.looking import acting, counted, how_many, ids, last_entry, later
from quarterdeck.desk import access, alerts, customers, fields, leaving, merging, search, tickets
from quarterdeck.desk.alerts import Alert
from quarterdeck.desk.attachments import Blob
from quarterdeck.desk.charges import Charge
from quarterdeck.desk.errors import Forbidden, NotFound, Stale
from quarterdeck.desk.fields import NewValue, Target
from quarterdeck.desk.leads import Lead
from quarterdeck.desk.leaving.hanging import WITH, naming
from quarterdeck.desk.portal import PortalUser
from quarterdeck.desk.records import METADATA
from quarterdeck.desk.tickets import Comment
from quarterdeck.desk.timers import Timer
from quarterdeck.desk.work import Work

# What stays when everything else of a customer is gone.
OUTLIVING = {"journal", "archives", "counters", "technicians", "provider", "fields", "calls"}


def rows(work: Work) -> dict[str, list[Any]]:
    """Every row of every table, and of the search tables, that belongs to somebody."""
    kept = {
        table.name: [tuple(row) for row in work.db.execute(sa.select(table))]
        for table in METADATA.sorted_tables
        if table.name not in OUTLIVING
    }
    for kind in search.KINDS:
        found = work.db.execute(sa.select(search.table_of(kind).c.rowid).order_by(sa.text("1")))
        kept[f"{kind}_search"] = [tuple(row) for row in found]
    return {name: sorted(found, key=str) for name, found in kept.items()}


def files(work: Work, archive_id: int) -> dict[str, list[dict[str, Any]]]:
    """An archive's records by the names of its files."""
    content = bytes(leaving.content(work, archive_id).content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {
            name: [msgspec.json.decode(line) for line in archive.read(name).splitlines()] for name in archive.namelist()
        }


def test_nothing_of_a_customer_is_left(work: Work) -> None:
    before = rows(work)
    made = settle(work, "Acme")

    leaving.remove_customer(work, made["customer"])

    assert rows(work) == before


def test_other_customers_are_untouched(work: Work) -> None:
    settle(work, "Birch")
    before = rows(work)
    made = settle(work, "Acme")

    leaving.remove_customer(work, made["customer"])

    assert rows(work) == before


def test_the_counters_follow_what_goes(work: Work) -> None:
    kinds = ("customer", "contact", "ticket", "time entry", "alert")
    settle(work, "Birch")
    before = [counted(work, kind) for kind in kinds]
    made = settle(work, "Acme")

    leaving.remove_customer(work, made["customer"])

    assert [counted(work, kind) for kind in kinds] == before


def test_a_customer_that_left_is_found_no_more(work: Work) -> None:
    made = settle(work, "Acme")

    leaving.remove_customer(work, made["customer"])

    assert ids(work, tickets.READING, tickets.Filter(text="quillmark")) == []
    assert customers.by_mail(work, "pat@acme.example") is None
    assert make.contact(work, email="pat@acme.example") > made["contact"]


def test_all_that_goes_is_in_the_archive(work: Work) -> None:
    settle(work, "Birch")
    made = settle(work, "Acme")

    kept = files(work, leaving.remove_customer(work, made["customer"]))

    assert {name: len(lines) for name, lines in kept.items()} == {
        "custom_values.jsonl": 5,
        "merges.jsonl": 0,
        "old_ids.jsonl": 0,
        "ticket_links.jsonl": 0,
        "alerts.jsonl": 1,
        "appointments.jsonl": 1,
        "articles.jsonl": 1,
        "attachments.jsonl": 1,
        "work_hours.jsonl": 1,
        "line_items.jsonl": 1,
        "timers.jsonl": 1,
        "involved_devices.jsonl": 1,
        "leads.jsonl": 1,
        "comments.jsonl": 1,
        "tickets.jsonl": 2,
        "patches.jsonl": 1,
        "software.jsonl": 1,
        "agents.jsonl": 1,
        "contracts.jsonl": 1,
        "portal_users.jsonl": 1,
        "contacts.jsonl": 1,
        "schedule_lines.jsonl": 1,
        "schedules.jsonl": 1,
        "phones.jsonl": 1,
        "sites.jsonl": 1,
        "customer.jsonl": 1,
    }
    assert kept["customer.jsonl"][0]["name"] == "Acme"
    assert kept["contacts.jsonl"][0]["email"] == "pat@acme.example"
    assert kept["comments.jsonl"][0]["body"] == "Quillmark fürs Büro"
    assert (kept["tickets.jsonl"][0]["id"], kept["tickets.jsonl"][0]["contact_id"]) == (made["ticket"], made["contact"])
    assert kept["tickets.jsonl"][0]["created_at"].startswith("2026-03-02T09:30:00")


def test_values_are_archived_with_the_names_of_their_fields(work: Work) -> None:
    made = settle(work, "Acme")

    values = files(work, leaving.remove_customer(work, made["customer"]))["custom_values.jsonl"]

    assert {(one["target"], one["field"], one["text"]) for one in values} == {
        (str(target), f"Colour of {target}", "red Acme") for target in Target
    }


def test_an_archive_says_whose_it_is(work: Work) -> None:
    customer = make.customer(work, name="Acme")

    archive = leaving.content(work, leaving.remove_customer(later(work), customer))

    assert (archive.customer_id, archive.customer_name, archive.at) == (customer, "Acme", later(work).now)
    assert archive.size == len(archive.content)


def test_a_departure_is_written_down_with_its_size(work: Work) -> None:
    made = settle(work, "Acme")

    archive_id = leaving.remove_customer(work, made["customer"])

    entry = last_entry(work)
    assert (entry.what, entry.record_id, entry.before) == ("customer.deleted", made["customer"], {"name": "Acme"})
    assert (entry.after["archive_id"], entry.after["tickets"], entry.after["custom values"]) == (archive_id, 2, 5)


def test_the_check_tells_what_would_go(work: Work) -> None:
    settle(work, "Birch")
    made = settle(work, "Acme")
    for status in ("resolved", "closed"):
        make.ticket(work, customer_id=made["customer"], status=status)
    waiting = make.ticket(work, customer_id=made["customer"], status="Waiting for parts", title="Toner")

    check = leaving.check(work, made["customer"])

    assert check.open_tickets == [(made["ticket"], "Quillmark"), (made["part"], "A part of it"), (waiting, "Toner")]
    assert check.agents == [(made["agent"], "ACME-WS-01")]
    assert (check.counts["tickets"], check.counts["contacts"], check.counts["custom values"]) == (5, 1, 5)


def test_the_check_changes_nothing(work: Work) -> None:
    made = settle(work, "Acme")
    before = rows(work)

    leaving.check(work, made["customer"])

    assert rows(work) == before


def test_tickets_of_another_customer_go_on_without_the_contact(work: Work) -> None:
    acme, birch = make.customer(work), make.customer(work, name="Birch")
    pat = make.contact(work, customer_id=acme, first_name="Pat")
    moved = make.ticket(work, contact_id=pat)
    said = make.comment(work, moved, contact_id=pat)
    # Pat changes employer and leaves the ticket behind.
    work.update(tickets.Ticket, moved, customer_id=birch)

    leaving.remove_customer(later(work), acme)

    ticket, comment = tickets.get(work, moved), work.find(Comment, said)
    assert comment is not None
    assert (ticket.customer_id, ticket.contact_id, ticket.updated_at) == (birch, None, later(work).now)
    assert (comment.contact_id, comment.first_name) == (None, "Pat")


def test_alerts_of_another_customer_stay_without_what_went(work: Work) -> None:
    made, birch = settle(work, "Acme"), make.customer(work, name="Birch")
    alert = make.alert(work, customer_id=birch, ticket_id=made["ticket"], asset_id=made["agent"])

    leaving.remove_customer(work, made["customer"])

    kept = alerts.get(work, alert)
    assert (kept.customer_id, kept.ticket_id, kept.asset_id) == (birch, None, None)


def test_a_contact_leaves_tickets_and_words_behind(work: Work) -> None:
    made = settle(work, "Acme")

    leaving.remove_contact(work, made["contact"])

    ticket, comment = tickets.get(work, made["ticket"]), work.find(Comment, made["comment"])
    assert comment is not None
    assert (ticket.customer_id, ticket.contact_id, comment.contact_id) == (made["customer"], None, None)
    assert how_many(work, fields.Value, fields.Value.target == Target.CONTACT) == 0
    entry = last_entry(work)
    assert (entry.what, entry.before["email"]) == ("contact.deleted", "pat@acme.example")


def test_a_ticket_takes_its_words_hours_and_values_along(work: Work) -> None:
    made = settle(work, "Acme")
    left = make.ticket(work, customer_id=made["customer"])
    before = rows(work)
    goes = make.ticket(work, customer_id=made["customer"])
    make.comment(work, goes)
    make.time_entry(work, goes)
    fields.put(work, Target.TICKET, goes, NewValue(name="Colour of ticket", value="blue"))

    leaving.remove_ticket(work, goes)

    assert rows(work) == before
    assert tickets.get(work, left).id == left
    assert last_entry(work).what == "ticket.deleted"


def test_an_alert_outlives_its_ticket(work: Work) -> None:
    made = settle(work, "Acme")

    leaving.remove_ticket(later(work), made["ticket"])

    alert = alerts.get(work, made["alert"])
    assert (alert.ticket_id, alert.version, alert.updated_at) == (None, 2, later(work).now)


def test_an_agent_takes_its_alerts_and_values_along(work: Work) -> None:
    made = settle(work, "Acme")

    leaving.remove_agent(work, made["agent"])

    assert how_many(work, Alert) == 0
    assert how_many(work, fields.Value, fields.Value.target == Target.AGENT) == 0
    assert tickets.get(work, made["ticket"]).id == made["ticket"]
    assert last_entry(work).what == "agent.deleted"


EVERY = pytest.mark.parametrize(
    ("builder", "remove"),
    [
        (make.customer, leaving.remove_customer),
        (make.contact, leaving.remove_contact),
        (make.ticket, leaving.remove_ticket),
        (make.agent, leaving.remove_agent),
    ],
)


@EVERY
def test_an_id_is_given_once(work: Work, builder: Any, remove: Any) -> None:
    id = builder(work)

    remove(work, id)

    assert builder(work) > id


@EVERY
def test_removing_another_version_is_refused(work: Work, builder: Any, remove: Any) -> None:
    id = builder(work)

    with pytest.raises(Stale):
        remove(work, id, 2)


@EVERY
def test_a_record_is_removed_once(work: Work, builder: Any, remove: Any) -> None:
    id = builder(work)
    remove(work, id)

    with pytest.raises(NotFound):
        remove(work, id)


@EVERY
def test_removing_needs_the_right(work: Work, builder: Any, remove: Any) -> None:
    id = builder(work)

    with pytest.raises(Forbidden):
        remove(acting(work, rights=frozenset(one for one in work.actor.rights if one.endswith("read"))), id)


@EVERY
def test_a_record_is_safe_from_other_customers(work: Work, builder: Any, remove: Any) -> None:
    id = builder(work)
    olga = acting(work, customer_id=make.customer(work, name="Birch"))

    with pytest.raises(NotFound):
        remove(olga, id)


def test_an_archive_is_not_for_other_customers(work: Work) -> None:
    archive_id = leaving.remove_customer(work, make.customer(work))
    olga = acting(work, customer_id=make.customer(work, name="Birch"))

    with pytest.raises(NotFound):
        leaving.content(olga, archive_id)
    with pytest.raises(NotFound):
        leaving.content(work, 2**62)


def test_the_check_is_not_for_other_customers(work: Work) -> None:
    acme, birch = make.customer(work), make.customer(work, name="Birch")

    with pytest.raises(NotFound):
        leaving.check(acting(work, customer_id=birch), acme)


# The columns by which something names a customer, contact, ticket, device or schedule and outlives it.
FORGETTING = {
    "alerts.ticket_id",
    "appointments.ticket_id",
    "articles.asset_id",
    "assets.contact_id",
    "assets.site_id",
    "attachments.comment_id",
    "comments.contact_id",
    "contacts.default_asset_id",
    "contacts.site_id",
    "leads.contact_id",
    "leads.ticket_id",
    "tickets.contact_id",
    "tickets.contract_id",
    "tickets.parent_id",
    "tickets.site_id",
    "time_entries.charge_id",
}


def test_every_table_that_names_what_may_leave_is_spoken_for() -> None:
    """A new table with such a column has to say whether it goes along (`WITH`) or forgets (here, and may be null)."""
    leaving_kinds = {column.class_ for columns in WITH.values() for column in columns} | set(WITH)
    goes = {column for columns in WITH.values() for column in columns}

    named = [column for kind in leaving_kinds for column in naming(kind) if column not in goes]

    assert {f"{column.class_.__tablename__}.{column.key}" for column in named} == FORGETTING
    assert all(column.nullable for column in named)


def test_a_key_of_a_customer_that_left_opens_nothing_else(work: Work) -> None:
    gone, stays = make.customer(work), make.customer(work, name="Birch")
    asked = {"name": "x", "technician_id": work.actor.technician_id, "customer_id": gone}
    _, key = access.give_key(work, access.NewKey.check(asked))

    leaving.remove_customer(work, gone)

    kept = access.bearer(work.link, key, work.now)
    assert kept is not None
    with pytest.raises(NotFound):
        customers.get(acting(work, customer_id=kept[0].customer_id), stays)


def test_an_old_id_does_not_delete_what_it_leads_to(work: Work) -> None:
    primary, duplicate = make.customer(work), make.customer(work)
    keep, other = make.contact(work, customer_id=primary), make.contact(work, customer_id=primary)
    merging.merge(work, merging.Kind.CUSTOMER, primary, duplicate)
    merging.merge(work, merging.Kind.CONTACT, keep, other)

    with pytest.raises(NotFound):
        leaving.remove_customer(work, duplicate)
    with pytest.raises(NotFound):
        leaving.remove_contact(work, other)
    assert customers.get(work, duplicate).id == primary


def test_what_was_merged_into_a_customer_goes_with_it(work: Work) -> None:
    before = rows(work)
    made, second, third = settle(work, "Acme"), make.customer(work, name="Acme Inc"), make.customer(work, name="ACME")
    pat = make.contact(work, customer_id=made["customer"], phone="555")
    merging.merge(work, merging.Kind.CONTACT, made["contact"], pat)
    merging.merge(work, merging.Kind.CUSTOMER, second, third)
    merging.merge(work, merging.Kind.CUSTOMER, made["customer"], second)

    leaving.remove_customer(work, made["customer"])

    assert rows(work) == before


def test_a_contact_takes_the_way_into_the_portal_along(work: Work) -> None:
    made = settle(work, "Acme")

    leaving.remove_contact(work, made["contact"])

    assert how_many(work, PortalUser) == 0
    lead = work.find(Lead, made["lead"])
    assert lead is not None
    assert (lead.customer_id, lead.contact_id) == (made["customer"], None)


def test_parts_of_a_ticket_outlive_it(work: Work) -> None:
    made = settle(work, "Acme")

    leaving.remove_ticket(work, made["ticket"])

    assert tickets.get(work, made["part"]).parent_id is None
    assert how_many(work, Charge) == how_many(work, Timer) == how_many(work, Blob) == 0
