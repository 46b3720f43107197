"""How leads are read."""

import sqlalchemy as sa

from quarterdeck.desk.finding import Finder
from quarterdeck.desk.input import fold
from quarterdeck.desk.leads.records import Lead
from quarterdeck.desk.reading import Reading, Where, bare, escaped, folded, one_of, one_word_of


def alike(value: sa.ColumnElement[str]) -> sa.ColumnElement[bool]:
    """Name, mail address, phone number or what is wanted contain a text, whatever its case."""
    texts = (Lead.name, Lead.full_name, Lead.email, Lead.subject)
    numbers = (bare(Lead.phone), bare(Lead.mobile))
    return sa.or_(
        *(folded(text).like(value, escape="\\") for text in texts),
        *(number.like(bare(value), escape="\\") for number in numbers),
    )


def given(column: sa.SQLColumnExpression[int | None], value: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """The column says something, or does not."""
    return sa.case((column.is_(None), sa.false()), else_=sa.true()) == value


READING = Reading(
    Lead,
    "leads:read",
    filters={
        "statuses": one_word_of(Lead.status_key),
        "technician_ids": one_of(Lead.technician_id),
        "customer_id": Where(lambda value: Lead.customer_id == value),
        "has_ticket": Where(lambda value: given(Lead.ticket_id, value), sa.Boolean()),
        "source": Where(lambda value: folded(Lead.source) == value, sa.Text(), fold),
        "email": Where(lambda value: Lead.email_key == value, prepare=fold),
        "converted": Where(lambda value: Lead.converted == value),
        "archived": Where(lambda value: Lead.archived == value),
        "like": Where(alike, sa.Text(), lambda text: f"%{escaped(fold(text))}%"),
        "created_since": Where(lambda value: Lead.created_at >= value),
        "changed_since": Where(lambda value: Lead.updated_at >= value),
    },
    orders={"created_at": Lead.created_at, "updated_at": Lead.updated_at, "status": Lead.status_key},
    belongs=Lead.customer_id,
)

FINDER = Finder(Lead, "leads:read", lambda lead: lead.customer_id)
seen, get = FINDER.seen, FINDER.get
