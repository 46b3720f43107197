"""The demo: the same provider every time, of the size promised, and one that a person would believe."""

import re
import shutil
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from quarterdeck import demo
from quarterdeck.demo import town
from quarterdeck.demo.companies import COMPANIES
from quarterdeck.demo.stories import STORIES
from quarterdeck.desk import access
from quarterdeck.desk.access import Technician
from quarterdeck.desk.alerts import Alert
from quarterdeck.desk.assets import Asset
from quarterdeck.desk.contacts import Contact
from quarterdeck.desk.contracts import Contract
from quarterdeck.desk.customers import Customer
from quarterdeck.desk.customers.records import Site
from quarterdeck.desk.departments import Department
from quarterdeck.desk.fields.records import Field, Type, Value
from quarterdeck.desk.hours import TimeEntry
from quarterdeck.desk.journal.records import Entry
from quarterdeck.desk.statement import Link
from quarterdeck.desk.tickets import Comment, Ticket
from quarterdeck.desk.work import Actor, Work
from quarterdeck.storage import Storage, open_storage

NOW = datetime(2026, 3, 4, 17, 40, 12, 345678, tzinfo=UTC)
LOCAL = timezone(timedelta(hours=-7))

Read = Callable[..., list[Any]]


def filled(storage: Storage, size: str, now: datetime = NOW) -> dict[str, str | int]:
    return demo.fill(storage, size, now, lambda line: None)


def reader(storage: Storage) -> Read:
    def read(*columns: Any) -> list[Any]:
        asked = sa.select(*columns).order_by(columns[0].class_.id if hasattr(columns[0], "class_") else columns[0].id)
        return storage.read(lambda db: list(db.execute(asked)))

    return read


@pytest.fixture
def storage(database: str):
    storage = open_storage(database, threads=2)
    yield storage
    storage.close()


@pytest.fixture(scope="module")
def full(databases, tmp_path_factory):
    """The whole demo, made once. Whether the databases agree is asked of the small one."""
    path = tmp_path_factory.mktemp("demo") / "full.db"
    shutil.copy(databases.sqlite, path)
    storage = open_storage(f"sqlite:///{path}", threads=2)
    filled(storage, "full")
    yield reader(storage)
    storage.close()


def count(read: Read, record: Any) -> int:
    return len(read(record.id))


def test_an_empty_desk_has_an_owner_and_keys_and_nothing_else(storage):
    given = filled(storage, "empty")

    read = reader(storage)
    assert read(Technician.id, Technician.role, Technician.email) == [
        (given["technician_id"], access.Role.OWNER, given["owner_email"])
    ]
    for record in (
        Customer,
        Contact,
        Ticket,
        Comment,
        TimeEntry,
        Asset,
        Alert,
        Contract,
        Field,
        Value,
        Department,
        Site,
    ):
        assert count(read, record) == 0, record.kind


@pytest.mark.parametrize("size", ["empty", "small"])
def test_the_keys_work_and_the_read_only_one_may_not_write(storage, size):
    given = filled(storage, size)

    def rights(key: str) -> frozenset[str]:
        found = storage.read(lambda db: access.bearer(Link(db), str(given[key]), NOW))
        assert found is not None
        assert found[0].technician_id == given["technician_id"]
        return found[0].rights

    assert rights("atera_api_key") == rights("syncro_api_key") == access.ALL
    assert rights("read_only_api_key")
    assert not [right for right in rights("read_only_api_key") if right.endswith(":write")]


def test_the_owner_can_sign_in_with_the_password(storage):
    from argon2 import PasswordHasher

    given = filled(storage, "empty")

    [(_, kept)] = reader(storage)(Technician.id, Technician.password_hash)
    assert PasswordHasher().verify(kept, str(given["owner_password"]))


def test_a_small_desk_is_as_small_as_promised(storage):
    filled(storage, "small")

    read = reader(storage)
    found = {record: count(read, record) for record in (Customer, Contact, Ticket, Technician, Alert)}
    assert found == {Customer: 5, Contact: 25, Ticket: 60, Technician: 6, Alert: 15}
    assert {status for _, status in read(Ticket.id, Ticket.status)} >= {"open", "pending", "closed"}


def snapshot(read: Read) -> dict[str, Any]:
    """All that a person sees, without what is secret."""
    return {
        "people": read(Technician.id, Technician.full_name, Technician.email, Technician.created_at),
        "customers": read(Customer.id, Customer.name, Customer.business_number, Customer.created_at),
        "contacts": read(
            Contact.id, Contact.email, Contact.phone, Contact.mobile, Contact.archived, Contact.created_at
        ),
        "tickets": read(Ticket.id, Ticket.title, Ticket.description, Ticket.status, Ticket.due_at, Ticket.created_at),
        "comments": read(Comment.id, Comment.ticket_id, Comment.body, Comment.internal, Comment.at),
        "hours": read(TimeEntry.id, TimeEntry.ticket_id, TimeEntry.starts_at, TimeEntry.seconds, TimeEntry.notes),
        "devices": read(Asset.id, Asset.guid, Asset.serial, Asset.last_seen_at, Asset.disks),
        "alerts": read(Alert.id, Alert.title, Alert.created_at, Alert.archived_at, Alert.ticket_id),
        "contracts": read(Contract.id, Contract.name, Contract.starts_at, Contract.terms),
        "values": read(Value.id, Value.record_id, Value.text),
        "journal": read(Entry.id, Entry.at, Entry.what, Entry.record_id, Entry.who),
    }


def test_two_fills_at_the_same_moment_give_the_same_desk_but_other_secrets(databases, tmp_path: Path):
    seen, given = [], []
    for kind in ("sqlite", "postgresql"):
        url = databases.fresh(kind)
        storage = open_storage(url, threads=2)
        given.append(filled(storage, "small"))
        seen.append(snapshot(reader(storage)))
        storage.close()
        databases.drop(url)

    for name in seen[0]:
        assert seen[0][name] == seen[1][name], name
    for secret in ("atera_api_key", "syncro_api_key", "read_only_api_key", "owner_password"):
        assert given[0][secret] != given[1][secret]


def test_titles_do_not_depend_on_the_time_of_day(databases, tmp_path: Path):
    titles = []
    for hour in (0, 11, 23):
        storage = open_storage(databases.copied(tmp_path / "desk.db"), threads=2)
        filled(storage, "small", NOW.replace(hour=hour))
        titles.append(sorted(title for _, title in reader(storage)(Ticket.id, Ticket.title)))
        storage.close()

    assert titles[0] == titles[1] == titles[2]


def test_the_same_people_work_on_the_same_devices_whatever_day_it_is():
    def cast(days: int) -> list[tuple[list[str], list[Any]]]:
        midnight = NOW.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=days)
        return [
            ([one.email for one in customer.contacts], [one.given["serial"] for one in customer.devices])
            for customer in town.customers(COMPANIES, midnight)
        ]

    first = cast(0)
    assert [days for days in range(1, 15) if cast(days) != first] == []


@pytest.mark.parametrize(
    "now",
    [
        pytest.param(datetime(2024, 2, 29, 7, 0, tzinfo=UTC), id="a leap day at local midnight"),
        pytest.param(datetime(2026, 3, 1, 20, 0, tzinfo=UTC), id="a Sunday"),
        pytest.param(datetime(2026, 1, 1, 0, 0, tzinfo=UTC), id="new year"),
        pytest.param(datetime(2026, 7, 6, 15, 0, tzinfo=timezone(timedelta(hours=9))), id="elsewhere"),
    ],
)
def test_any_day_will_do(databases, tmp_path: Path, now: datetime):
    storage = open_storage(databases.copied(tmp_path / "desk.db"), threads=2)
    filled(storage, "small", now)

    read = reader(storage)
    assert count(read, Ticket) == 60
    assert max(at for _, at in read(Ticket.id, Ticket.created_at)) <= now
    assert max(at for _, at in read(Entry.id, Entry.at)) <= now
    storage.close()


def test_progress_says_how_far_it_is(storage):
    lines: list[str] = []

    demo.fill(storage, "small", NOW, lines.append)

    assert "Tickets: 60 of 60" in lines


def test_a_full_desk_is_as_large_as_promised(full):
    found = {one: count(full, one) for one in (Customer, Contact, Ticket, Technician, Alert)}
    assert found == {Customer: 40, Contact: 250, Ticket: 1500, Technician: 6, Alert: 200}
    assert 160 <= count(full, Asset) <= 200
    assert len({customer for _, customer in full(Site.id, Site.customer_id)}) == 40
    assert len({customer for _, customer in full(Contract.id, Contract.customer_id)}) >= 35
    assert {type for _, type in full(Field.id, Field.type)} == set(Type)
    assert {role for _, role in full(Technician.id, Technician.role)} == set(access.Role)
    assert len(STORIES) >= 60


def test_most_tickets_are_closed_and_some_are_not(full):
    statuses = Counter(status for _, status in full(Ticket.id, Ticket.status))

    assert statuses["closed"] > 1300
    assert 75 <= statuses["open"] <= 105
    assert 28 <= statuses["pending"] <= 42
    assert statuses["resolved"] >= 3


def test_some_open_tickets_are_late_and_the_new_ones_have_no_technician_yet(full):
    rows = full(Ticket.id, Ticket.status, Ticket.due_at, Ticket.technician_id, Ticket.created_at)
    unfinished = [row for row in rows if row.status in ("open", "pending")]

    late = [row for row in unfinished if row.due_at < NOW]
    assert 10 <= len(late) <= len(unfinished) * 0.7
    assert any(row.created_at < NOW - timedelta(days=80) for row in unfinished)
    untouched = [row for row in rows if row.technician_id is None]
    assert len(untouched) >= 5
    assert all(NOW - timedelta(days=2) < row.created_at <= NOW for row in untouched)


def test_every_mail_address_and_domain_is_an_example(full):
    texts = [
        *(email for _, email in full(Contact.id, Contact.email)),
        *(email for _, email in full(Technician.id, Technician.email)),
        *(domain for _, domain in full(Customer.id, Customer.domain)),
        *(website for _, website in full(Customer.id, Customer.website)),
    ]
    assert all(text.endswith(".example") for text in texts)
    prose = [body for _, body in full(Comment.id, Comment.body)] + [
        text for _, text in full(Ticket.id, Ticket.description)
    ]
    assert all(address.endswith(".example") for text in prose for address in re.findall(r"\S+@\w\S*\.\w+", text))


def test_every_telephone_number_is_fictional(full):
    numbers = [
        *(phone for _, phone in full(Customer.id, Customer.phone)),
        *(phone for row in full(Contact.id, Contact.phone, Contact.mobile) for phone in row[1:] if phone),
    ]
    assert all(re.fullmatch(r"\(\d{3}\) 555-01\d\d( ext\. \d{3})?", number) for number in numbers)


def test_no_brace_is_left_in_any_text(full):
    texts = [text for row in full(Ticket.id, Ticket.title, Ticket.description) for text in row[1:]]
    texts += [text for _, text in full(Comment.id, Comment.body)] + [text for _, text in full(Alert.id, Alert.message)]
    texts += [text for _, text in full(TimeEntry.id, TimeEntry.notes)]

    assert not [text for text in texts if "{" in text or "}" in text]


def test_mornings_and_mondays_are_busy_and_sundays_are_quiet(full):
    local = [at.astimezone(LOCAL) for _, at in full(Ticket.id, Ticket.created_at)]
    days = Counter(moment.weekday() for moment in local)
    hours = Counter(moment.hour for moment in local)

    assert days[0] == max(days.values())
    assert days[6] == min(days.values())
    assert days[6] < days[0] / 8
    assert hours.most_common(1)[0][0] in (8, 9, 10)
    assert sum(hours[hour] for hour in range(8, 12)) > sum(hours[hour] for hour in range(12, 18))
    assert 20 < sum(hours[hour] for hour in range(6)) < 150


def test_nothing_is_said_or_worked_on_a_ticket_before_it_came_in(full):
    created = dict(full(Ticket.id, Ticket.created_at))

    assert all(at >= created[id] for _, id, at in full(Comment.id, Comment.ticket_id, Comment.at))
    assert all(at >= created[id] for _, id, at in full(TimeEntry.id, TimeEntry.ticket_id, TimeEntry.starts_at))
    for row in full(Ticket.id, Ticket.created_at, Ticket.first_responded_at, Ticket.resolved_at, Ticket.closed_at):
        reached = [moment for moment in row[1:] if moment is not None]
        assert reached == sorted(reached), row


def test_everything_is_written_in_the_order_of_time(full):
    moments = [at for _, at in full(Entry.id, Entry.at)]

    assert moments == sorted(moments)
    assert moments[-1] <= NOW


def test_a_ticket_is_about_people_and_devices_of_its_own_customer(full):
    contacts = dict(full(Contact.id, Contact.customer_id))
    for row in full(Ticket.id, Ticket.customer_id, Ticket.contact_id):
        assert row.contact_id is None or contacts[row.contact_id] == row.customer_id
    devices = {name: customer for _, name, customer in full(Asset.id, Asset.name, Asset.customer_id)}
    for _, title, customer in full(Ticket.id, Ticket.title, Ticket.customer_id):
        assert all(devices[name] == customer for name in re.findall(r"\b[A-Z]{3}-(?:WS|LT|SRV)-\d\d\b", title))


def test_nobody_calls_before_they_are_there_or_a_technician_answers_before_being_hired(full):
    contacts = dict(full(Contact.id, Contact.created_at))
    staff = dict(full(Technician.id, Technician.created_at))
    for _, at, contact, technician in full(Comment.id, Comment.at, Comment.contact_id, Comment.technician_id):
        assert contact is None or contacts[contact] < at
        assert technician is None or staff[technician] < at


def test_some_customers_have_the_same_trouble_again_and_again(full):
    titles = Counter(
        (customer, word)
        for _, customer, title in full(Ticket.id, Ticket.customer_id, Ticket.title)
        for word in ("reception", "VPN", "ChartWell")
        if word.lower() in title.lower()
    )

    assert len([trouble for trouble, times in titles.items() if times >= 15]) >= 3


def test_every_technician_but_the_dispatcher_has_tickets_and_not_all_alike_many(full):
    loads = Counter(id for _, id in full(Ticket.id, Ticket.technician_id) if id is not None)

    assert len(loads) == 5
    assert max(loads.values()) > 2 * min(loads.values())


def test_alerts_are_open_snoozed_archived_or_linked(full):
    rows = full(Alert.id, Alert.archived, Alert.snoozed_until, Alert.ticket_id)

    assert len([row for row in rows if row.archived]) > 100
    assert len([row for row in rows if row.snoozed_until]) >= 2
    assert len([row for row in rows if not row.archived and not row.snoozed_until]) >= 5
    assert len([row for row in rows if row.ticket_id]) > 50


def test_what_was_said_is_found_by_search(storage):
    filled(storage, "small")

    def found(db: sa.Connection) -> list[int]:
        from quarterdeck.desk import search

        [(id, body)] = db.execute(sa.select(Comment.ticket_id, Comment.body).order_by(Comment.id).limit(1))
        word = max(re.findall(r"[a-z]+", body), key=len)
        work = Work(Link(db), Actor("reader", access.ALL), NOW)
        ids = work.db.scalars(sa.select(Ticket.id).where(search.matches(Ticket, sa.literal(word, search.Question()))))
        return [id, *ids]

    wanted, *ids = storage.read(found)
    assert wanted in ids
