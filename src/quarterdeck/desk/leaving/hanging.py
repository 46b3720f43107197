"""What hangs on what: the columns by which one record names another, and what goes when that one goes."""

from functools import cache
from typing import Any

import sqlalchemy as sa

from quarterdeck.desk.alerts import Alert
from quarterdeck.desk.aliases import Alias, Merge
from quarterdeck.desk.appointments import Appointment
from quarterdeck.desk.assets import Asset, Patch, Software
from quarterdeck.desk.attachments import Attachment
from quarterdeck.desk.charges import Charge
from quarterdeck.desk.contacts import Contact
from quarterdeck.desk.contracts import Contract
from quarterdeck.desk.customers import Customer, Phone, Site
from quarterdeck.desk.fields import Target, Value
from quarterdeck.desk.hours import TimeEntry
from quarterdeck.desk.knowledge import Article
from quarterdeck.desk.leads import Lead
from quarterdeck.desk.portal import PortalUser
from quarterdeck.desk.queues import Follow, Presence, Related, Seen
from quarterdeck.desk.record import Record
from quarterdeck.desk.schedules import Line, Schedule
from quarterdeck.desk.tickets import Comment, Involved, Ticket
from quarterdeck.desk.timers import Timer

Condition = sa.ColumnElement[bool]

# What goes with a record, by the column that names it. Whatever names it otherwise stays, and forgets it.
WITH: dict[type[Record], tuple[Any, ...]] = {
    Customer: (
        Ticket.customer_id,
        Alert.customer_id,
        Asset.customer_id,
        Contract.customer_id,
        Schedule.customer_id,
        Appointment.customer_id,
        Article.customer_id,
        Lead.customer_id,
        PortalUser.customer_id,
        Contact.customer_id,
        Phone.customer_id,
        Site.customer_id,
    ),
    Contact: (PortalUser.contact_id,),
    Ticket: (
        TimeEntry.ticket_id,
        Timer.ticket_id,
        Charge.ticket_id,
        Attachment.ticket_id,
        Involved.ticket_id,
        Comment.ticket_id,
        Seen.ticket_id,
        Follow.ticket_id,
        Related.ticket_id,
        Related.other_id,
        Presence.ticket_id,
    ),
    Asset: (Alert.asset_id, Involved.asset_id, Patch.asset_id, Software.asset_id),
    Schedule: (Line.schedule_id,),
}
# Columns that name a record and are no foreign keys, for the table they are in is made before.
LOOSE: dict[type[Record], tuple[Any, ...]] = {
    Contact: (Asset.contact_id,),
    Asset: (Contact.default_asset_id,),
}
# What technicians leave behind as they work: it goes with a ticket, and nobody counts it or asks for it afterwards.
TRACES = (Seen, Follow, Presence)
# Records that can be merged: their old ids and the traces of merging go with them.
MERGED = (Customer, Contact, Ticket)

CALLED = {
    Customer: "customer",
    Alias: "old ids",
    Patch: "patches",
    Software: "software",
    TimeEntry: "work hours",
}


def called(record: type[Record]) -> str:
    """What a person calls many of them."""
    return CALLED.get(record, f"{record.kind}s")


@cache
def naming(record: type[Record]) -> tuple[Any, ...]:
    """Every column that names records of a kind."""
    bound = [
        getattr(mapper.class_, column.key)
        for mapper in Record.registry.mappers
        for column in mapper.class_.__table__.columns
        if column.references(record.__table__.columns["id"])
    ]
    return (*LOOSE.get(record, ()), *bound)


def going(root: type[Record], condition: Condition) -> dict[type[Record], Condition]:
    """All that goes with some records, in an order in which it can be deleted, and which rows of each table."""
    found: dict[type[Record], list[Condition]] = {}
    gather(root, condition, {column.class_ for column in WITH.get(root, ())}, found)
    first = [record for record in (Value, Merge, Alias) if record in found]
    tables = {mapper.local_table: mapper.class_ for mapper in Record.registry.mappers}
    rest = [tables[table] for table in reversed(Record.metadata.sorted_tables) if tables[table] in found]
    return {record: sa.or_(*found[record]) for record in [*first, *(one for one in rest if one not in first)]}


def gather(
    record: type[Record], condition: Condition, direct: set[type[Record]], found: dict[type[Record], list[Condition]]
) -> None:
    nested = bool(found)
    found.setdefault(record, []).append(condition)
    ids = sa.select(record.id).where(condition)
    for column in WITH.get(record, ()):
        # What names the root itself goes with that alone: an alert of another customer outlives the device.
        if not (nested and column.class_ in direct):
            gather(column.class_, column.in_(ids), direct, found)
    if record.kind in set(Target):
        values = sa.and_(Value.target == Target(record.kind), Value.record_id.in_(ids))
        found.setdefault(Value, []).append(values)
    if record in MERGED:
        old = sa.select(Alias.old_id).where(Alias.of_kind == record.kind, Alias.new_id.in_(ids))
        into = sa.or_(Merge.primary_id.in_(ids), Merge.primary_id.in_(old))
        found.setdefault(Merge, []).append(sa.and_(Merge.of_kind == record.kind, into))
        found.setdefault(Alias, []).append(sa.and_(Alias.of_kind == record.kind, Alias.new_id.in_(ids)))
