"""Customers, with their numbers and sites."""

from dataclasses import replace

from quarterdeck.desk import assets, contracts, customers, leaving, tickets
from quarterdeck.desk.errors import NotFound, Why
from quarterdeck.desk.fields import Target
from quarterdeck.desk.paging import Page
from quarterdeck.dialects.syncro.contacts import CONTACT
from quarterdeck.dialects.syncro.kinds import Kind
from quarterdeck.dialects.syncro.places import PHONE, SITE
from quarterdeck.dialects.syncro.words import BAD_EMAIL, CATEGORY, EXACT, FLAG, IDS, MILLIS, PRIORITY, STATUS, said
from quarterdeck.edge.nesting import Custom, Form, Nest
from quarterdeck.edge.rest import Answer, Call, Verb
from quarterdeck.edge.verbs import index, listed, usual
from quarterdeck.wire.codecs import BOOL, EMPTY, FLOAT
from quarterdeck.wire.shape import Shape, field, fixed, shown, taken

SHAPE = Shape(
    shown("id", "id"),
    field("firstname", "first_name"),
    field("lastname", "last_name"),
    shown("fullname", "full_name"),
    field("business_name", "name"),
    field("email", "email"),
    field("phone", "phone"),
    field("mobile", "mobile"),
    shown("created_at", "created_at", MILLIS),
    shown("updated_at", "updated_at", MILLIS),
    fixed("pdf_url", None),
    field("address", "address"),
    field("address_2", "address_2"),
    field("city", "city"),
    field("state", "state"),
    field("zip", "zip"),
    field("latitude", "latitude", FLOAT),
    field("longitude", "longitude", FLOAT),
    field("notes", "notes"),
    field("get_sms", "get_sms", BOOL),
    field("opt_out", "opt_out", BOOL),
    field("disabled", "archived", BOOL),
    field("no_email", "no_email", BOOL),
    fixed("location_name", None),
    fixed("location_id", None),
    fixed("online_profile_url", None),
    field("tax_rate", "tax_rate", EXACT),
    fixed("tax_rate_id", None),
    field("notification_email", "notification_email"),
    field("invoice_cc_emails", "invoice_cc_emails", EMPTY),
    fixed("invoice_term_id", None),
    field("referred_by", "referred_by"),
    fixed("ref_customer_id", None),
    shown("business_and_full_name", "name_and_person"),
    shown("business_then_name", "name"),
    field("customer_type", "category", CATEGORY),
    taken("get_billing", "get_billing", BOOL),
    taken("get_marketing", "get_marketing", BOOL),
    taken("get_reports", "get_reports", BOOL),
    taken("notification_billing", "get_billing", BOOL),
    taken("notification_marketing", "get_marketing", BOOL),
    taken("notification_reports", "get_reports", BOOL),
)

# A customer by itself, with what billing will fill.
WHOLE = SHAPE + Shape(fixed("invoices", []), fixed("invoice_links", []))

CUSTOM = Custom(
    "properties",
    Target.CUSTOMER,
    beside=Shape(
        field("notification_billing", "get_billing", FLAG),
        field("notification_reports", "get_reports", FLAG),
        field("notification_marketing", "get_marketing", FLAG),
        field("customer_type", "category", CATEGORY),
    ),
)

# A customer as it is shown with another record, and with its contacts in a list.
CUSTOMER = Form(customers.READING, SHAPE, (CUSTOM,))
ROW = Form(customers.READING, SHAPE, (Nest("contacts", CONTACT, "customer_id", most=100), CUSTOM))

TICKET = Shape(
    shown("id", "id"),
    shown("number", "id"),
    shown("subject", "title"),
    shown("status", "status", STATUS),
    shown("priority", "priority", PRIORITY),
    shown("problem_type", "problem"),
    shown("created_at", "created_at", MILLIS),
    shown("updated_at", "updated_at", MILLIS),
    shown("resolved_at", "resolved_at", MILLIS),
    shown("user_id", "technician_id"),
    shown("contact_id", "contact_id"),
)
ASSET = Shape(
    shown("id", "id"),
    shown("name", "name"),
    shown("asset_type", "type"),
    shown("asset_serial", "serial"),
)
CONTRACT = Shape(
    shown("id", "id"),
    shown("name", "name"),
    shown("status", "standing"),
    shown("contract_amount", "amount"),
    shown("start_date", "starts_at", MILLIS),
    shown("end_date", "ends_at", MILLIS),
)
RECENT = Form(tickets.READING, TICKET)

FILTERS = Shape(
    taken("query", "like"),
    taken("email", "email"),
    taken("business_name", "name"),
    taken("firstname", "first_name"),
    taken("lastname", "last_name"),
    taken("phone", "phone"),
    taken("id", "ids", IDS),
    taken("not_id", "not_ids", IDS),
    taken("since_updated_at", "changed_since", MILLIS),
)
WITH_ARCHIVED = Shape(taken("include_disabled", "include_disabled", BOOL))


def search(call: Call) -> Answer:
    """The list, without those who are archived unless they are asked for."""
    asked, problems = WITH_ARCHIVED.decode(call.sent)
    return listed(call, call.filtered(problems, **({} if asked.get("include_disabled") else {"archived": False})))


def latest(call: Call) -> Answer:
    """The customer made last."""
    found = call.on.form.view.page(call.work, customers.Filter(), Page(size=1, descending=True))
    if not found.items:
        raise NotFound("customer")
    return call.manners.single(call, call.encoded(found.items)[0])


def instructions(call: Call) -> Answer:
    """What older scripts ask for before they make a customer."""
    return Answer(200, {"instructions": "POST these to /customers", "fields": [one.name for one in WRITTEN]})


WRITTEN = [one for one in SHAPE.fields if one.taken]
NEW = {
    "type": "object",
    "properties": {"instructions": {"type": "string"}, "fields": {"type": "array", "items": {"type": "string"}}},
}

CUSTOMERS = Kind(
    path="customers",
    one="customer",
    wrapper="customer",
    many="customers",
    reading=customers.READING,
    shape=WHOLE,
    brief=ROW,
    custom=CUSTOM,
    nests=(
        Nest("contacts", CONTACT, "customer_id", most=1000),
        Nest("phones", Form(customers.PHONES, PHONE), "customer_id"),
        Nest("addresses", Form(customers.SITES, SITE), "customer_id"),
        Nest("contracts", Form(contracts.READING, CONTRACT), "customer_id"),
        Nest("tickets", RECENT, "customer_id", newest=True, most=10),
        Nest("ticket_links", RECENT, "customer_id", newest=True, most=10),
        Nest("assets", Form(assets.READING, ASSET), "customer_id", most=1000),
    ),
    filter=customers.Filter,
    filters=FILTERS,
    orders={
        "business_name": "name",
        "firstname": "first_name",
        "lastname": "last_name",
        "email": "email",
        "city": "city",
        "created_at": "created_at",
        "updated_at": "updated_at",
    },
    new=customers.New,
    create=customers.create,
    changes=customers.Changes,
    change=customers.change,
    remove=leaving.remove_customer,
    farewell={"message": "Customer was deleted from the system."},
    words={
        **BAD_EMAIL,
        ("name", Why.MISSING): said("business_name is required", "Business name can't be blank"),
    },
    verbs=(
        Verb("GET", "", search, "List customers", "customers:read", gives=SHAPE, many=True, parameters=WITH_ARCHIVED),
        *(
            verb
            for verb in usual("customer", "customers", WHOLE, required=("business_name",), created=200)
            if verb.do is not index
        ),
        Verb("GET", "/latest", latest, "Get the latest customer", "customers:read", gives=WHOLE),
        Verb("GET", "/autocomplete", search, "Look customers up", "customers:read", gives=SHAPE, many=True),
        Verb("GET", "/new", instructions, "What a customer can be made of", "customers:read", gives=NEW),
    ),
)

# Where a person or a mail address is name enough.
BY_ANY_NAME = replace(
    CUSTOMERS, new=customers.NewByAnyName, verbs=tuple(replace(verb, required=()) for verb in CUSTOMERS.verbs)
)
