"""People of the customers who may sign in at the portal."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quarterdeck.desk.contacts import Contact
from quarterdeck.desk.customers import Customer
from quarterdeck.desk.record import Kept, Record, key, table


class PortalUser(Record, Kept):
    __tablename__ = "portal_users"
    __table_args__ = table(sa.Index("ix_portal_users_of_customer", "customer_id", "id"))
    kind = "portal user"

    id: Mapped[int] = key()
    email: Mapped[str]
    email_key: Mapped[str] = mapped_column(unique=True)
    password_hash: Mapped[str | None]
    customer_id: Mapped[int] = mapped_column(sa.ForeignKey("customers.id"))
    contact_id: Mapped[int | None] = mapped_column(sa.ForeignKey("contacts.id"), index=True)

    customer: Mapped[Customer] = relationship(lazy="raise")
    contact: Mapped[Contact | None] = relationship(lazy="raise")
