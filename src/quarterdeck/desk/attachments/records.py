"""Files on tickets."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quarterdeck.desk.access import Technician
from quarterdeck.desk.record import Kept, Record, key, table
from quarterdeck.desk.tickets import Comment, Ticket


class Blob(Record):
    """Bytes kept in the database, where they are not kept on disk; one row for equal content."""

    __tablename__ = "blobs"
    __table_args__ = table()
    kind = "blob"

    id: Mapped[int] = key()
    # SHA-256 of the content, in hex.
    hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    content: Mapped[bytes] = mapped_column(sa.LargeBinary)


class Attachment(Record, Kept):
    __tablename__ = "attachments"
    __table_args__ = table(sa.Index("ix_attachments_of_ticket", "ticket_id", "id"))
    kind = "attachment"

    id: Mapped[int] = key()
    # What a link names it by: nobody guesses it.
    guid: Mapped[str] = mapped_column(sa.String(36), unique=True)
    ticket_id: Mapped[int] = mapped_column(sa.ForeignKey("tickets.id"))
    comment_id: Mapped[int | None] = mapped_column(sa.ForeignKey("comments.id"), index=True)
    # As it was called where it came from, without folders and control characters.
    name: Mapped[str]
    # What the sender said it is: told on, never believed.
    type: Mapped[str]
    size: Mapped[int]
    hash: Mapped[str] = mapped_column(sa.String(64), index=True)
    technician_id: Mapped[int | None] = mapped_column(sa.ForeignKey("technicians.id"), index=True)

    ticket: Mapped[Ticket] = relationship(lazy="raise")
    comment: Mapped[Comment | None] = relationship(lazy="raise")
    technician: Mapped[Technician | None] = relationship(lazy="raise")
