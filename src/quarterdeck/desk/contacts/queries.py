"""How contacts are read."""

import sqlalchemy as sa

from quarterdeck.desk import search
from quarterdeck.desk.contacts.records import Contact
from quarterdeck.desk.finding import Finder
from quarterdeck.desk.input import fold
from quarterdeck.desk.reading import Reading, Where, containing, dialled, having, none_of, one_of
from quarterdeck.desk.statement import Statement
from quarterdeck.desk.work import Work

READING = Reading(
    Contact,
    "contacts:read",
    filters={
        "customer_id": Where(lambda value: Contact.customer_id == value),
        "email": containing(Contact.email_key),
        "name": containing(Contact.name_key),
        "phone": dialled(Contact.phone, Contact.mobile),
        "exact_email": Where(lambda value: Contact.email_key == value, prepare=fold),
        "ids": one_of(Contact.id),
        "not_ids": none_of(Contact.id),
        "archived": Where(lambda value: Contact.archived == value),
        "like": having(texts=(Contact.name_key, Contact.email_key), numbers=(Contact.phone, Contact.mobile)),
        "created_since": Where(lambda value: Contact.created_at >= value),
        "created_until": Where(lambda value: Contact.created_at <= value),
        "changed_since": Where(lambda value: Contact.updated_at >= value),
        "changed_until": Where(lambda value: Contact.updated_at <= value),
        "text": search.filter_for(Contact),
    },
    orders={
        "name": Contact.name_key,
        "email": Contact.email_key,
        "created_at": Contact.created_at,
        "updated_at": Contact.updated_at,
        # The shortest address that contains a text is the text itself.
        "email_length": sa.func.length(Contact.email_key),
    },
    belongs=Contact.customer_id,
)

BY_EMAIL = Statement(sa.select(Contact.id).where(Contact.email_key == sa.bindparam("email")))


FINDER = Finder(Contact, "contacts:read", lambda contact: contact.customer_id)
seen, get = FINDER.seen, FINDER.get


def by_email(work: Work, email: str) -> int | None:
    row = BY_EMAIL.first(work.link, {"email": fold(email)})
    return row[0] if row else None
