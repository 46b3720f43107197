"""Contacts."""

from quarterdeck.desk import contacts, leaving
from quarterdeck.desk.errors import Why
from quarterdeck.desk.fields import Target
from quarterdeck.dialects.syncro.kinds import Kind
from quarterdeck.dialects.syncro.words import BAD_EMAIL, DIGITS, FLAG, IDS, MILLIS, NO_CUSTOMER, said
from quarterdeck.edge.nesting import Custom, Form
from quarterdeck.edge.verbs import usual
from quarterdeck.wire.codecs import BOOL, INT
from quarterdeck.wire.shape import Shape, field, fixed, shown, taken

SHAPE = Shape(
    shown("id", "id"),
    field("name", "full_name"),
    field("address1", "address"),
    taken("address", "address"),
    field("address2", "address_2"),
    field("city", "city"),
    field("state", "state"),
    field("zip", "zip"),
    field("email", "email"),
    field("phone", "phone"),
    field("mobile", "mobile"),
    field("title", "job_title"),
    fixed("latitude", None),
    fixed("longitude", None),
    field("customer_id", "customer_id", INT),
    fixed("account_id", 1),
    field("notes", "notes"),
    shown("created_at", "created_at", MILLIS),
    shown("updated_at", "updated_at", MILLIS),
    fixed("vendor_id", None),
    field("opt_out", "opt_out", BOOL),
    field("extension", "extension"),
    shown("processed_phone", "phone", DIGITS),
    shown("processed_mobile", "mobile", DIGITS),
    fixed("ticket_matching_emails", None),
    field("archived", "archived", BOOL),
    taken("disabled", "archived", BOOL),
    taken("notification_billing", "get_billing", BOOL),
    taken("notification_marketing", "get_marketing", BOOL),
)

CUSTOM = Custom(
    "properties",
    Target.CONTACT,
    beside=Shape(
        field("title", "job_title"),
        field("notification_billing", "get_billing", FLAG),
        field("notification_marketing", "get_marketing", FLAG),
    ),
)

FILTERS = Shape(
    taken("customer_id", "customer_id", INT),
    taken("email", "exact_email"),
    taken("name", "name"),
    taken("phone", "phone"),
    taken("query", "like"),
    taken("id", "ids", IDS),
    taken("not_id", "not_ids", IDS),
    taken("archived", "archived", BOOL),
    taken("since_updated_at", "changed_since", MILLIS),
)

CONTACTS = Kind(
    path="contacts",
    one="contact",
    wrapper="contact",
    many="contacts",
    reading=contacts.READING,
    shape=SHAPE,
    custom=CUSTOM,
    filter=contacts.Filter,
    filters=FILTERS,
    orders={"name": "name", "email": "email", "created_at": "created_at", "updated_at": "updated_at"},
    size=50,
    flat=True,
    errors_as_text=True,
    new=contacts.NewByName,
    create=contacts.create,
    changes=contacts.Changes,
    change=contacts.change,
    remove=leaving.remove_contact,
    words={
        **BAD_EMAIL,
        **NO_CUSTOMER,
        ("full_name", Why.MISSING): said("name is required", "Name can't be blank"),
        ("email", Why.TAKEN): said("Email has already been taken"),
    },
    verbs=usual("contact", "contacts", SHAPE, required=("name", "customer_id"), created=200),
)

# A contact among a customer's, and everywhere else it is shown with another record.
CONTACT = Form(contacts.READING, SHAPE, (CUSTOM,))

__all__ = ["CONTACT", "CONTACTS"]
