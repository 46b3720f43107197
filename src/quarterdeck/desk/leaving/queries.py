"""What would go with a customer, and the archives of those who have gone."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec
import sqlalchemy as sa

from quarterdeck.desk import customers
from quarterdeck.desk.assets import Asset
from quarterdeck.desk.customers import Customer
from quarterdeck.desk.errors import NotFound
from quarterdeck.desk.fields import Field, Value
from quarterdeck.desk.leaving.hanging import TRACES, called, going
from quarterdeck.desk.leaving.records import Archive
from quarterdeck.desk.reading import Reading
from quarterdeck.desk.record import Record
from quarterdeck.desk.tickets import SETTLED, Ticket
from quarterdeck.desk.work import Work

# The files kept of each customer who left; the bytes themselves are fetched one by one.
READING = Reading(Archive, "customers:read", filters={}, belongs=Archive.customer_id)

# A zip of a large customer is built piece by piece.
BATCH = 500


# The rooms whose records hang on a customer. Who looks at all of it, or removes it, needs the right in each.
ROOMS = (
    "customers",
    "contacts",
    "tickets",
    "hours",
    "charges",
    "attachments",
    "assets",
    "alerts",
    "contracts",
    "schedules",
    "appointments",
    "knowledge",
    "leads",
    "portal",
)

# What no file is to hold.
SECRET = {"password_hash"}


def require_all(work: Work, verb: str) -> None:
    for room in ROOMS:
        work.require(f"{room}:{verb}")


@dataclass(frozen=True)
class Check:
    """What to look at before a customer is deleted: what is still going on, and how much of each kind would go."""

    open_tickets: list[tuple[int, str]]
    agents: list[tuple[int, str]]
    counts: dict[str, int]


def check(work: Work, customer_id: int) -> Check:
    """What the deactivation of a customer would end."""
    require_all(work, "read")
    customer_id = customers.get(work, customer_id).id
    open_ones = sa.select(Ticket.id, Ticket.title).where(
        Ticket.customer_id == customer_id, Ticket.stage.not_in(SETTLED)
    )
    agents = sa.select(Asset.id, Asset.name).where(Asset.customer_id == customer_id)
    return Check(
        [(row.id, row.title) for row in work.db.execute(open_ones.order_by(Ticket.id))],
        [(row.id, row.name) for row in work.db.execute(agents.order_by(Asset.id))],
        counts(work, Customer, customer_id),
    )


def counts(work: Work, root: type[Record], id: int) -> dict[str, int]:
    """How many of each kind hang on a record, itself among them."""
    return {
        called(record): work.db.scalar(sa.select(sa.func.count()).select_from(record).where(condition)) or 0
        for record, condition in going(root, root.id == id).items()
        if record not in TRACES
    }


def zipped(work: Work, customer_id: int) -> bytes:
    """Everything that hangs on a customer: a file of JSON lines for each kind."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for record, condition in going(Customer, Customer.id == customer_id).items():
            if record in TRACES:
                continue
            with archive.open(f"{called(record).replace(' ', '_')}.jsonl", "w") as file:
                for line in lines(work, record, condition):
                    file.write(line)
    return content.getvalue()


def lines(work: Work, record: type[Record], condition: sa.ColumnElement[bool]) -> Iterator[bytes]:
    wanted = sa.select(*(column for column in record.__table__.columns if column.key not in SECRET))
    if record is Value:
        wanted = wanted.add_columns(Field.name.label("field")).join(Field, Field.id == Value.field_id)
    for rows in work.db.execute(wanted.where(condition).order_by(record.id)).mappings().partitions(BATCH):
        for row in rows:
            yield msgspec.json.encode(dict(row)) + b"\n"


def content(work: Work, id: int) -> Archive:
    """An archive with its bytes."""
    require_all(work, "read")
    archive = work.find(Archive, id)
    if archive is None or work.actor.customer_id not in (None, archive.customer_id):
        raise NotFound("archive", id)
    return archive
