"""How a technician works through tickets: views, what was read, what is followed, drafts, who else is here."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quarterdeck.desk.access import Technician
from quarterdeck.desk.record import Kept, Record, key, table
from quarterdeck.desk.tickets import Ticket


class SavedView(Record, Kept):
    """A list of tickets under a name: a condition and an order."""

    __tablename__ = "views"
    __table_args__ = table()
    kind = "view"

    id: Mapped[int] = key()
    technician_id: Mapped[int] = mapped_column(sa.ForeignKey("technicians.id"), index=True)
    name: Mapped[str]
    # Whether everybody has it in their list.
    shared: Mapped[bool] = mapped_column(default=False)
    condition: Mapped[dict[str, Any]]
    order: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)


class Seen(Record):
    """When a technician last looked at a ticket."""

    __tablename__ = "tickets_seen"
    __table_args__ = table(sa.UniqueConstraint("technician_id", "ticket_id"))
    kind = "look"

    id: Mapped[int] = key()
    technician_id: Mapped[int] = mapped_column(sa.ForeignKey("technicians.id"))
    ticket_id: Mapped[int] = mapped_column(sa.ForeignKey("tickets.id"), index=True)
    at: Mapped[datetime]


class Follow(Record):
    """A technician who wants to hear of a ticket."""

    __tablename__ = "follows"
    __table_args__ = table(sa.UniqueConstraint("technician_id", "ticket_id"))
    kind = "follow"

    id: Mapped[int] = key()
    technician_id: Mapped[int] = mapped_column(sa.ForeignKey("technicians.id"))
    ticket_id: Mapped[int] = mapped_column(sa.ForeignKey("tickets.id"), index=True)


class Related(Record):
    """Two tickets that have to do with each other."""

    __tablename__ = "ticket_links"
    __table_args__ = table(sa.UniqueConstraint("ticket_id", "other_id"))
    kind = "ticket link"

    id: Mapped[int] = key()
    ticket_id: Mapped[int] = mapped_column(sa.ForeignKey("tickets.id"))
    other_id: Mapped[int] = mapped_column(sa.ForeignKey("tickets.id"), index=True)
    at: Mapped[datetime]

    other: Mapped[Ticket] = relationship(lazy="raise", foreign_keys=[other_id])


class Draft(Record):
    """What somebody has written and not yet sent. `place` names the box: `ticket/7/answer`."""

    __tablename__ = "drafts"
    __table_args__ = table(sa.UniqueConstraint("technician_id", "place"))
    kind = "draft"

    id: Mapped[int] = key()
    technician_id: Mapped[int] = mapped_column(sa.ForeignKey("technicians.id"))
    place: Mapped[str] = mapped_column(sa.String(60))
    body: Mapped[str]
    at: Mapped[datetime]


class Presence(Record):
    """Who looks at a ticket just now, and who writes."""

    __tablename__ = "presences"
    __table_args__ = table(sa.UniqueConstraint("technician_id", "ticket_id"))
    kind = "presence"

    id: Mapped[int] = key()
    technician_id: Mapped[int] = mapped_column(sa.ForeignKey("technicians.id"))
    ticket_id: Mapped[int] = mapped_column(sa.ForeignKey("tickets.id"), index=True)
    at: Mapped[datetime]
    writing: Mapped[bool] = mapped_column(default=False)

    technician: Mapped[Technician] = relationship(lazy="raise")
