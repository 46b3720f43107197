"""How tickets are read."""

import sqlalchemy as sa

from quarterdeck.desk import search
from quarterdeck.desk.assets import Asset
from quarterdeck.desk.finding import Finder
from quarterdeck.desk.input import fold
from quarterdeck.desk.reading import Reading, Where, none_of, one_of
from quarterdeck.desk.statement import Statement
from quarterdeck.desk.tickets.records import Comment, Involved, Stage, Ticket
from quarterdeck.desk.work import Work

SETTLED = (Stage.RESOLVED, Stage.CLOSED)
GOING_ON = (Stage.OPEN, Stage.PENDING)
PROBLEMS_MAX = 500


def about(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """The ticket is about a device of which this is true."""
    found = sa.select(Involved.ticket_id).join(Asset, Asset.id == Involved.asset_id).where(condition)
    return Ticket.id.in_(found)


def at_stage(*stages: Stage) -> sa.ColumnElement[bool]:
    return sa.or_(*(Ticket.stage == stage for stage in stages))


READING = Reading(
    Ticket,
    "tickets:read",
    filters={
        "customer_id": Where(lambda value: Ticket.customer_id == value),
        "contract_id": Where(lambda value: Ticket.contract_id == value),
        "contact_id": Where(lambda value: Ticket.contact_id == value),
        "technician_id": Where(lambda value: Ticket.technician_id == value),
        "status": Where(lambda value: Ticket.status_key == value, prepare=fold),
        "priority": Where(lambda value: Ticket.priority == value),
        "type": Where(lambda value: Ticket.type == value),
        "settled": Where(lambda value: at_stage(*SETTLED)),
        "going_on": Where(lambda value: at_stage(*GOING_ON)),
        "problem": Where(lambda value: Ticket.problem_key == value, prepare=fold),
        "parent_id": Where(lambda value: Ticket.parent_id == value),
        "id": Where(lambda value: Ticket.id == value),
        "ids": one_of(Ticket.id),
        "not_ids": none_of(Ticket.id),
        "asset_id": Where(lambda value: about(Involved.asset_id == value)),
        "asset_name": Where(lambda value: about(Asset.name_key == value), sa.Text(), fold),
        "asset_serial": Where(lambda value: about(sa.func.lower(Asset.serial) == value), sa.Text(), fold),
        "resolved_after": Where(lambda value: Ticket.resolved_at > value),
        "created_since": Where(lambda value: Ticket.created_at >= value),
        "created_until": Where(lambda value: Ticket.created_at <= value),
        "changed_since": Where(lambda value: Ticket.updated_at >= value),
        "changed_until": Where(lambda value: Ticket.updated_at <= value),
        "active_since": Where(lambda value: Ticket.last_activity_at >= value),
        "status_changed_after": Where(lambda value: Ticket.status_changed_at > value),
        "due_since": Where(lambda value: Ticket.due_at >= value),
        "due_until": Where(lambda value: Ticket.due_at <= value),
        "text": search.filter_for(Ticket),
    },
    orders={
        "title": Ticket.title,
        "created_at": Ticket.created_at,
        "updated_at": Ticket.updated_at,
        "status_changed_at": Ticket.status_changed_at,
        "last_activity_at": Ticket.last_activity_at,
        "due_at": Ticket.due_at,
        "resolved_at": Ticket.resolved_at,
    },
    belongs=Ticket.customer_id,
)


FINDER = Finder(Ticket, "tickets:read", lambda ticket: ticket.customer_id)
seen, get = FINDER.seen, FINDER.get


def under(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """The comment is on a ticket of which this is true."""
    return Comment.ticket_id.in_(sa.select(Ticket.id).where(condition))


OF_CUSTOMER = sa.select(Ticket.customer_id).where(Ticket.id == Comment.ticket_id).scalar_subquery()

COMMENTS = Reading(
    Comment,
    "tickets:read",
    filters={
        "ticket_id": Where(lambda value: Comment.ticket_id == value),
        "initial": Where(lambda value: Comment.initial == value),
        "customer_id": Where(lambda value: value == OF_CUSTOMER),
        "internal": Where(lambda value: Comment.internal == value),
        "said_since": Where(lambda value: Comment.at >= value),
        "said_until": Where(lambda value: Comment.at <= value),
        "contact_id": Where(lambda value: under(Ticket.contact_id == value)),
        "technician_id": Where(lambda value: under(Ticket.technician_id == value)),
        "status": Where(lambda value: under(Ticket.status_key == value), prepare=fold),
        "settled": Where(lambda value: under(at_stage(*SETTLED))),
        "going_on": Where(lambda value: under(at_stage(*GOING_ON))),
        "changed_since": Where(lambda value: under(Ticket.updated_at >= value)),
    },
    # Read downwards, `ticket` goes from ticket to ticket upwards, and through each from its latest comment.
    orders={"at": Comment.at, "ticket": -Comment.ticket_id},
    belongs=OF_CUSTOMER,
)

# Devices a ticket is about: read under a ticket that has been found.
INVOLVED = Reading(Involved, "assets:read", filters={})


NEXT_PROBLEM = Statement(
    sa.select(Ticket.problem_key, Ticket.problem)
    .where(Ticket.problem_key > sa.bindparam("after", type_=sa.Text()))
    .order_by(Ticket.problem_key, Ticket.id)
    .limit(sa.literal_column("1"))
)


NEXT_STATUS = Statement(
    sa.select(Ticket.status_key, Ticket.status)
    .where(Ticket.status_key > sa.bindparam("after", type_=sa.Text()))
    .order_by(Ticket.status_key, Ticket.id)
    .limit(sa.literal_column("1"))
)
STATUSES_MAX = 100


def statuses(work: Work) -> list[str]:
    """The words for how far tickets have come: those of the stages, and the provider's own that a ticket has."""
    work.require("tickets:read")
    known = [str(stage) for stage in Stage]
    own: list[str] = []
    after = ""
    while len(own) < STATUSES_MAX and (row := NEXT_STATUS.first(work.link, {"after": after})):
        after = row[0]
        if after not in known:
            own.append(row[1])
    return [*known, *own]


def problems(work: Work) -> list[str]:
    """The words that tickets are sorted by, each once."""
    work.require("tickets:read")
    if work.actor.customer_id is not None:
        theirs = sa.select(sa.func.min(Ticket.problem)).where(
            Ticket.customer_id == work.actor.customer_id, Ticket.problem_key.is_not(None)
        )
        return list(work.db.scalars(theirs.group_by(Ticket.problem_key).order_by(Ticket.problem_key)))
    words: list[str] = []
    after = ""
    # From word to word along the index: there are few words and many tickets.
    while len(words) < PROBLEMS_MAX and (row := NEXT_PROBLEM.first(work.link, {"after": after})):
        after = row[0]
        words.append(row[1])
    return words
