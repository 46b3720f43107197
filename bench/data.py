"""Fills migrated databases: rows go straight into the tables, with the counters and search rows the desk would keep."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from random import Random
from typing import Any, Protocol
from uuid import UUID

import psycopg
import sqlalchemy as sa

from bench import words
from quarterdeck.desk import access, search, signin
from quarterdeck.desk.assets import Asset
from quarterdeck.desk.contacts import Contact
from quarterdeck.desk.customers import Customer
from quarterdeck.desk.hours import TimeEntry
from quarterdeck.desk.input import fold
from quarterdeck.desk.journal import Entry
from quarterdeck.desk.record import Record, write_instant
from quarterdeck.desk.statement import Link
from quarterdeck.desk.tickets import Comment, Ticket
from quarterdeck.desk.work import Actor, Work, columns, defaults

CUSTOMERS = 1_000
CONTACTS = 10_000
ASSETS = 5_000
TICKETS = 100_000
TECHNICIANS = 6
CHUNK = 5_000

BEGAN = datetime(2025, 11, 1, 8, tzinfo=UTC)
YEAR = timedelta(days=365)
STATUSES = ("closed",) * 5 + ("resolved",) * 3 + ("open",) * 3 + ("pending",)
PRIORITIES = ("low", "low", "medium", "medium", "medium", "high", "critical")
TYPES = ("problem", "problem", "request", "incident", "change")
SOURCES = ("portal", "email", "email", "phone", "agent", "api")

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Chunk:
    """Rows of one table, under its columns. Search rows are of a table that is no record."""

    table: str
    columns: tuple[str, ...]
    rows: list[Row]


class Loader(Protocol):
    def put(self, chunk: Chunk) -> None: ...

    def finish(self, counts: dict[type[Record], int]) -> None: ...


class SqliteLoader:
    def __init__(self, url: str) -> None:
        self.db = sqlite3.connect(str(sa.make_url(url).database), isolation_level=None)
        # Only the load is not durable; the server sets its own connections to wait for the disk.
        self.db.execute("PRAGMA synchronous=OFF")
        self.db.execute("PRAGMA cache_size=-262144")
        self.db.execute("BEGIN")

    def put(self, chunk: Chunk) -> None:
        places = ", ".join("?" * len(chunk.columns))
        names = ", ".join(f'"{name}"' for name in chunk.columns)
        rows = (tuple(map(sqlite_value, row)) for row in chunk.rows)
        self.db.executemany(f"INSERT INTO {chunk.table} ({names}) VALUES ({places})", rows)

    def finish(self, counts: dict[type[Record], int]) -> None:
        for record, count in counts.items():
            self.db.execute("UPDATE counters SET n = ? WHERE counted_kind = ? AND slot = 0", (count, record.kind))
        self.db.execute("COMMIT")
        self.db.execute("PRAGMA synchronous=FULL")
        self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.db.close()


class PostgresLoader:
    def __init__(self, url: str) -> None:
        self.db = psycopg.connect(url.replace("postgresql+psycopg:", "postgresql:"), autocommit=False)

    def put(self, chunk: Chunk) -> None:
        names = ", ".join(f'"{name}"' for name in chunk.columns)
        with self.db.cursor() as cursor, cursor.copy(f"COPY {chunk.table} ({names}) FROM STDIN") as copy:
            for row in chunk.rows:
                copy.write_row(row)

    def finish(self, counts: dict[type[Record], int]) -> None:
        for record, count in counts.items():
            table = record.__tablename__
            self.db.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")
            self.db.execute("UPDATE counters SET n = %s WHERE counted_kind = %s AND slot = 0", (count, record.kind))
        self.db.commit()
        self.db.autocommit = True
        # What autovacuum would do within a minute, done before anything is measured.
        self.db.execute("VACUUM ANALYZE")
        self.db.execute("CHECKPOINT")
        self.db.close()


def sqlite_value(value: Any) -> Any:
    return write_instant(value) if isinstance(value, datetime) else value


def fill(urls: Sequence[str], tickets: int = TICKETS) -> None:
    """Load the same desk into every database at once: making the rows costs as much as storing them."""
    loaders: list[Loader] = [SqliteLoader(url) if url.startswith("sqlite") else PostgresLoader(url) for url in urls]
    counts: dict[str, int] = {}
    for chunk in desk(tickets):
        counts[chunk.table] = counts.get(chunk.table, 0) + len(chunk.rows)
        for loader in loaders:
            loader.put(chunk)
    records: tuple[type[Record], ...] = (Customer, Contact, Asset, Ticket, Comment, TimeEntry, Entry, access.Technician)
    for loader in loaders:
        loader.finish({record: counts.get(record.__tablename__, 0) for record in records})


def give_key(engine: sa.Engine) -> str:
    """A key of the first technician that may do everything."""
    with engine.begin() as connection:
        work = Work(Link(connection), Actor("bench", access.ALL), datetime.now(UTC), "bench")
        return access.give_key(work, access.NewKey(name="bench", technician_id=1))[1]


def give_session(engine: sa.Engine) -> str:
    """The session of the first technician, who is signed in: what their browser keeps."""
    with engine.begin() as connection:
        work = Work(Link(connection), Actor("bench", access.ALL), datetime.now(UTC), "bench")
        owner = work.find(access.Technician, 1)
        assert owner is not None
        return signin.admit(work, owner, "127.0.0.1", "bench")


def desk(tickets: int) -> Iterator[Chunk]:
    random = Random(8470)
    customers = [customer(random, id) for id in range(1, CUSTOMERS + 1)]
    contacts = [contact(random, id, customers[id % CUSTOMERS]) for id in range(1, CONTACTS + 1)]
    yield chunk_of(access.Technician, [technician(random, id) for id in range(1, TECHNICIANS + 1)])
    yield chunk_of(Customer, customers)
    yield found_by(
        "customer", [(one["id"], search.words(one["name"], one["domain"], one["city"])) for one in customers]
    )
    yield chunk_of(Contact, contacts)
    yield found_by("contact", [(one["id"], search.words(*named(one), one["phone"])) for one in contacts])
    yield chunk_of(Asset, [asset(random, id, customers[id % CUSTOMERS]) for id in range(1, ASSETS + 1)])

    comment_id = 0
    for first in range(1, tickets + 1, CHUNK):
        made, comments, found = [], [], []
        for id in range(first, min(first + CHUNK, tickets + 1)):
            asker = pick(random, contacts)
            one = ticket(random, id, asker, BEGAN + YEAR * (id / tickets))
            said = [comment(random, one, asker, comment_id + n) for n in range(2, comments_on(random) + 2)]
            comments += [first_word(one, asker, comment_id + 1), *said]
            comment_id += 1 + len(said)
            made.append(one | answered(said))
            name = customers[asker["customer_id"] - 1]["name"]
            bodies = [each["body"] for each in said]
            found.append((id, search.words(one["title"], one["description"], name, *named(asker), *bodies)))
        yield chunk_of(Ticket, made)
        yield chunk_of(Comment, comments)
        yield chunk_of(TimeEntry, [spent(one) for one in made if one["off_site_seconds"]])
        yield chunk_of(Entry, [entry for one in made for entry in written(one)])
        yield found_by("ticket", found)


def pick(random: Random, choices: Sequence[Any]) -> Any:
    return choices[int(random.random() * len(choices))]


def chunk_of(record: type[Record], rows: list[dict[str, Any]]) -> Chunk:
    names, start = columns(record), blank(record)
    return Chunk(record.__tablename__, names, [tuple({**start, **row}.values()) for row in rows])


@cache
def blank(record: type[Record]) -> dict[str, Any]:
    """Every column of a record in the table's order, at its default: what is empty as JSON has it."""
    start = {name: defaults(record).get(name) for name in columns(record)}
    return {name: json.dumps(value) if value in ([], {}) else value for name, value in start.items()}


def found_by(kind: str, rows: list[tuple[int, list[str]]]) -> Chunk:
    return Chunk(f"{kind}_search", ("rowid", "words"), [(id, " ".join(found)) for id, found in rows])


def kept(at: datetime) -> dict[str, Any]:
    return {"created_at": at, "updated_at": at}


def technician(random: Random, id: int) -> dict[str, Any]:
    first, last = pick(random, words.FIRST), pick(random, words.LAST)
    email = f"{first}.{last}.{id}@msp.example".lower()
    role = "owner" if id == 1 else "technician"
    return {"id": id, "first_name": first, "last_name": last, "email": email, "email_key": email, "role": role} | kept(
        BEGAN
    )


def customer(random: Random, id: int) -> dict[str, Any]:
    place, trade = words.PLACE[id % len(words.PLACE)], words.TRADE[id // len(words.PLACE) % len(words.TRADE)]
    name = f"{place} {trade}" + (f" {pick(random, words.CITY)}" if id > 600 else "")
    domain = f"{place}-{trade}-{id}.example".lower()
    return {
        "id": id,
        "name": name,
        "name_key": fold(name),
        "business_number": f"{id:06d}",
        "domain": domain,
        "domain_key": domain,
        "address": f"{1 + id % 90} {pick(random, words.PLACE)} Street",
        "city": pick(random, words.CITY),
        "phone": f"+1 555 {id:07d}",
        **kept(BEGAN),
    }


def contact(random: Random, id: int, of: dict[str, Any]) -> dict[str, Any]:
    first, last = pick(random, words.FIRST), pick(random, words.LAST)
    email = f"{first}.{last}.{id}@{of['domain']}".lower()
    return {
        "id": id,
        "customer_id": of["id"],
        "first_name": first,
        "last_name": last,
        "name_key": fold(f"{first} {last}"),
        "email": email,
        "email_key": fold(email),
        "phone": f"+1 555 {id:07d}",
        "primary": id <= CUSTOMERS,
        **kept(BEGAN),
    }


def asset(random: Random, id: int, of: dict[str, Any]) -> dict[str, Any]:
    name = words.host(random)
    return {
        "id": id,
        "guid": str(UUID(int=id)),
        "customer_id": of["id"],
        "name": name,
        "name_key": fold(name),
        "os": "Windows 11",
        **kept(BEGAN),
    }


def named(contact: dict[str, Any]) -> tuple[str, str, str]:
    return contact["first_name"], contact["last_name"], contact["email"]


def ticket(random: Random, id: int, asker: dict[str, Any], at: datetime) -> dict[str, Any]:
    status = pick(random, STATUSES)
    settled_at = at + timedelta(minutes=30 + int(random.random() * 4_000)) if status in ("resolved", "closed") else None
    last_at = settled_at or at
    return {
        "id": id,
        "title": words.title(random),
        "description": words.description(random),
        "status": status,
        "status_key": status,
        "stage": status,
        "priority": pick(random, PRIORITIES),
        "type": pick(random, TYPES),
        "impact": "minor",
        "source": pick(random, SOURCES),
        "customer_id": asker["customer_id"],
        "contact_id": asker["id"],
        "technician_id": 1 + int(random.random() * TECHNICIANS) if id % 10 else None,
        "due_at": at + timedelta(hours=8),
        "respond_by": at + timedelta(hours=8),
        "resolved_at": settled_at,
        "closed_at": settled_at if status == "closed" else None,
        "status_changed_at": last_at,
        "last_activity_at": last_at,
        "created_at": at,
        "updated_at": last_at,
        "off_site_seconds": 900 * int(random.random() * 5),
    }


def first_word(ticket: dict[str, Any], asker: dict[str, Any], id: int) -> dict[str, Any]:
    """The description, with which the conversation of a ticket begins."""
    return {
        "id": id,
        "ticket_id": ticket["id"],
        "initial": True,
        "body": ticket["description"],
        "internal": False,
        "at": ticket["created_at"],
        "contact_id": asker["id"],
        **{name: asker[name] for name in ("first_name", "last_name", "email")},
    }


def spent(on: dict[str, Any]) -> dict[str, Any]:
    """The time that went into a ticket: three of four can be billed, and those of closed tickets have been."""
    billable = on["id"] % 4 > 0
    return {
        "id": on["id"],
        "ticket_id": on["id"],
        "technician_id": on["technician_id"],
        "starts_at": on["created_at"] + timedelta(minutes=20),
        "ends_at": on["created_at"] + timedelta(minutes=20, seconds=on["off_site_seconds"]),
        "seconds": on["off_site_seconds"],
        "billable": billable,
        "on_site": False,
        "notes": "Looked into it",
        "billed": billable and on["status"] == "closed",
        **kept(on["created_at"]),
    }


def written(on: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What the journal tells of a ticket: that it came and, where it has, that it was settled."""
    about = {
        "kind_of": "ticket",
        "record_id": on["id"],
        "customer_id": on["customer_id"],
        "face": "api",
        "who": "bench",
    }
    yield {"id": 2 * on["id"] - 1, "at": on["created_at"], "what": "ticket.created", "after": "{}", **about}
    if on["resolved_at"]:
        change = {"before": '{"status": "open"}', "after": f'{{"status": "{on["status"]}"}}'}
        yield {"id": 2 * on["id"], "at": on["resolved_at"], "what": "ticket.changed", **change, **about}


def comments_on(random: Random) -> int:
    """Half of the tickets are solved without a word; the others take one to three."""
    return max(0, int(random.random() * 6) - 2)


def comment(random: Random, on: dict[str, Any], asker: dict[str, Any], id: int) -> dict[str, Any]:
    answers = random.random() < 0.6
    return {
        "id": id,
        "ticket_id": on["id"],
        "body": words.reply(random),
        "internal": answers and random.random() < 0.2,
        "at": on["created_at"] + timedelta(minutes=id % 300),
        "technician_id": 1 + id % TECHNICIANS if answers else None,
        "contact_id": None if answers else asker["id"],
        "first_name": None if answers else asker["first_name"],
        "last_name": None if answers else asker["last_name"],
        "email": None if answers else asker["email"],
    }


def answered(said: list[dict[str, Any]]) -> dict[str, Any]:
    """What its comments leave on a ticket."""
    left: dict[str, Any] = {}
    for one in said:
        if one["contact_id"] is not None:
            left["last_contact_comment_id"] = one["id"]
            continue
        left["last_technician_comment_id"] = one["id"]
        if not one["internal"]:
            left.setdefault("first_responded_at", one["at"])
    return left
