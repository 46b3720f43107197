"""Requests and incidents, and what is said about them."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, aliased, mapped_column, relationship

from quarterdeck.desk.access import Technician
from quarterdeck.desk.assets import Asset
from quarterdeck.desk.contacts import Contact
from quarterdeck.desk.contracts import Contract
from quarterdeck.desk.customers import Customer, Site
from quarterdeck.desk.record import Kept, Record, Word, joined, key, table


class Stage(StrEnum):
    """How far a ticket has come. Its status is this word, or one of the provider's own at the same stage."""

    OPEN = "open"
    PENDING = "pending"
    RESOLVED = "resolved"
    CLOSED = "closed"


class Priority(StrEnum):
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


class Type(StrEnum):
    PROBLEM = "problem"
    REQUEST = "request"
    INCIDENT = "incident"
    CHANGE = "change"


class Impact(StrEnum):
    NONE = "none"
    MINOR = "minor"
    MAJOR = "major"
    SERVER = "server"
    SITE = "site"
    CRISIS = "crisis"


class Source(StrEnum):
    PORTAL = "portal"
    EMAIL = "email"
    PHONE = "phone"
    AGENT = "agent"
    API = "api"


# How soon each priority is promised to be answered and solved.
TARGETS = {
    Priority.CRITICAL: timedelta(hours=1),
    Priority.HIGH: timedelta(hours=4),
    Priority.MEDIUM: timedelta(hours=8),
    Priority.LOW: timedelta(hours=24),
}


def holding(condition: str) -> Any:
    """An index of these tickets alone. A statement has to say it in the same words for it to be used."""
    return {one: sa.text(condition) for one in ("sqlite_where", "postgresql_where")}


GOING_ON = "stage IN ('open', 'pending')"
AWAITS = "coalesce(last_contact_comment_id, 0) > coalesce(last_technician_comment_id, 0)"
NOT_OVER, AWAITING = holding(GOING_ON), holding(f"{GOING_ON} AND {AWAITS}")
# What tells whether a promise was kept, whose it was, and when.
PROMISE = (
    *("priority", "created_at", "technician_id", "customer_id"),
    *("first_responded_at", "respond_by", "resolved_at", "due_at"),
)


class Ticket(Record, Kept):
    __tablename__ = "tickets"
    __table_args__ = table(
        sa.Index("ix_tickets_of_customer", "customer_id", "id"),
        sa.Index("ix_tickets_of_contact", "contact_id", "id"),
        sa.Index("ix_tickets_of_technician", "technician_id", "id"),
        sa.Index("ix_tickets_by_status", "status_key", "id"),
        sa.Index("ix_tickets_by_stage", "stage", "status_changed_at", "id"),
        sa.Index("ix_tickets_by_priority", "priority", "id"),
        sa.Index("ix_tickets_by_problem", "problem_key", "id"),
        sa.Index("ix_tickets_by_due", "due_at", "id"),
        sa.Index("ix_tickets_by_creation", "created_at", "id"),
        sa.Index("ix_tickets_by_change", "updated_at", "id"),
        sa.Index("ix_tickets_by_status_change", "status_changed_at", "id"),
        sa.Index("ix_tickets_by_title", "title", "id"),
        sa.Index("ix_tickets_by_activity", "last_activity_at", "id"),
        # What reports are made of stands in these indexes, so that a year takes no look at a hundred thousand tickets.
        sa.Index("ix_tickets_by_resolution", "resolved_at", "technician_id", "customer_id"),
        sa.Index("ix_tickets_by_promise", *PROMISE),
        # The queue: tickets that are not over, by what is due next.
        sa.Index("ix_tickets_queue", "due_at", "id", **NOT_OVER),
        sa.Index("ix_tickets_queue_by_creation", "created_at", "technician_id", "customer_id", **NOT_OVER),
        sa.Index("ix_tickets_queue_awaiting", "due_at", "id", **AWAITING),
        sa.Index("ix_tickets_queue_by_status", "status_key", "id", **NOT_OVER),
        sa.Index("ix_tickets_queue_of_technician", "technician_id", "due_at", "id", **NOT_OVER),
        # Small: SQLite skips to a deep page over it, and finds whose tickets are, without the rows themselves.
        sa.Index("ix_tickets_to_skip", "id", "customer_id"),
    )
    kind = "ticket"
    counted = True

    id: Mapped[int] = key()
    title: Mapped[str]
    description: Mapped[str | None]
    status: Mapped[str]
    status_key: Mapped[str]
    stage: Mapped[Stage] = mapped_column(Word(Stage))
    priority: Mapped[Priority] = mapped_column(Word(Priority))
    type: Mapped[Type] = mapped_column(Word(Type))
    # What it is about in the provider's own words, such as "Hardware", and whatever else it is sorted by.
    problem: Mapped[str | None]
    problem_key: Mapped[str | None]
    tags: Mapped[list[str]] = mapped_column(default=[])
    impact: Mapped[Impact] = mapped_column(Word(Impact))
    source: Mapped[Source] = mapped_column(Word(Source))
    customer_id: Mapped[int] = mapped_column(sa.ForeignKey("customers.id"))
    contact_id: Mapped[int | None] = mapped_column(sa.ForeignKey("contacts.id"))
    technician_id: Mapped[int | None] = mapped_column(sa.ForeignKey("technicians.id"))
    contract_id: Mapped[int | None] = mapped_column(sa.ForeignKey("contracts.id"), index=True)
    site_id: Mapped[int | None] = mapped_column(sa.ForeignKey("sites.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(sa.ForeignKey("tickets.id"), index=True)
    # When the work is planned for.
    starts_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    # Whether a person set the due time; what the priority implies moves with the priority.
    due_by_hand: Mapped[bool] = mapped_column(default=False)
    respond_by: Mapped[datetime | None]
    first_responded_at: Mapped[datetime | None]
    resolved_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    status_changed_at: Mapped[datetime]
    last_activity_at: Mapped[datetime]
    # Kept up by `hours`, so that a list need not add up.
    on_site_seconds: Mapped[int] = mapped_column(default=0)
    off_site_seconds: Mapped[int] = mapped_column(default=0)
    # Without foreign keys: comments point at their ticket, and one circle of pointers is one too many.
    last_contact_comment_id: Mapped[int | None]
    last_technician_comment_id: Mapped[int | None]

    @hybrid_property
    def worked_seconds(self) -> int:
        return self.on_site_seconds + self.off_site_seconds

    @hybrid_property
    def awaits_us(self) -> bool:
        """Whether a contact had the last word."""
        return (self.last_contact_comment_id or 0) > (self.last_technician_comment_id or 0)

    @awaits_us.inplace.expression
    @classmethod
    def awaits_us_column(cls) -> sa.ColumnElement[bool]:
        # Nothing is less than any id. It stands in the statement itself, so that PostgreSQL keeps the plan.
        theirs, ours = (
            sa.func.coalesce(one, sa.literal_column("0"))
            for one in (cls.last_contact_comment_id, cls.last_technician_comment_id)
        )
        return theirs > ours

    @hybrid_property
    def divided(self) -> bool:
        """Whether other tickets are parts of this one."""
        raise NotImplementedError  # only the database knows

    @divided.inplace.expression
    @classmethod
    def divided_column(cls) -> sa.ColumnElement[bool]:
        part = aliased(Ticket)
        return sa.select(sa.literal(1)).where(part.parent_id == cls.id).exists()

    customer: Mapped[Customer] = relationship(lazy="raise")
    contact: Mapped[Contact | None] = relationship(lazy="raise")
    technician: Mapped[Technician | None] = relationship(lazy="raise")
    contract: Mapped[Contract | None] = relationship(lazy="raise")
    site: Mapped[Site | None] = relationship(lazy="raise")
    last_contact_comment: Mapped["Comment | None"] = relationship(
        lazy="raise", primaryjoin="foreign(Ticket.last_contact_comment_id) == Comment.id", viewonly=True
    )
    last_technician_comment: Mapped["Comment | None"] = relationship(
        lazy="raise", primaryjoin="foreign(Ticket.last_technician_comment_id) == Comment.id", viewonly=True
    )


class Comment(Record):
    __tablename__ = "comments"
    __table_args__ = table(sa.Index("ix_comments_of_ticket", "ticket_id", "id"))
    kind = "comment"

    id: Mapped[int] = key()
    ticket_id: Mapped[int] = mapped_column(sa.ForeignKey("tickets.id"))
    # The ticket's description, as the first word of its conversation.
    initial: Mapped[bool] = mapped_column(default=False)
    subject: Mapped[str | None]
    body: Mapped[str]
    # Seen by technicians only.
    internal: Mapped[bool]
    at: Mapped[datetime]
    technician_id: Mapped[int | None] = mapped_column(sa.ForeignKey("technicians.id"), index=True)
    contact_id: Mapped[int | None] = mapped_column(sa.ForeignKey("contacts.id"), index=True)
    # Who said it, as they were called then: it outlives the contact.
    first_name: Mapped[str | None]
    last_name: Mapped[str | None]
    email: Mapped[str | None]

    @hybrid_property
    def author_id(self) -> int | None:
        return self.technician_id or self.contact_id

    @author_id.inplace.expression
    @classmethod
    def author_id_column(cls) -> sa.ColumnElement[int | None]:
        return sa.func.coalesce(cls.technician_id, cls.contact_id)

    @hybrid_property
    def author(self) -> str:
        return f"{self.first_name or ''} {self.last_name or ''}".strip()

    @author.inplace.expression
    @classmethod
    def author_column(cls) -> sa.ColumnElement[str]:
        return joined(cls.first_name, cls.last_name)

    ticket: Mapped[Ticket] = relationship(lazy="raise")
    technician: Mapped[Technician | None] = relationship(lazy="raise")
    contact: Mapped[Contact | None] = relationship(lazy="raise")


class Involved(Record):
    """A device that a ticket is about."""

    __tablename__ = "ticket_assets"
    __table_args__ = table(
        sa.UniqueConstraint("ticket_id", "asset_id"), sa.Index("ix_ticket_assets_of_asset", "asset_id")
    )
    kind = "involved device"

    id: Mapped[int] = key()
    ticket_id: Mapped[int] = mapped_column(sa.ForeignKey("tickets.id"))
    asset_id: Mapped[int] = mapped_column(sa.ForeignKey("assets.id"))

    asset: Mapped[Asset] = relationship(lazy="raise")
