"""Contacts, which Atera also calls end users."""

from dataclasses import replace

from quarterdeck.desk import contacts, leaving
from quarterdeck.desk.errors import Why
from quarterdeck.dialects.atera.lists import of_customer
from quarterdeck.dialects.atera.words import NO_CUSTOMER, said
from quarterdeck.edge.rest import Answer, Call, Resource, Verb
from quarterdeck.edge.verbs import index, listed, usual
from quarterdeck.wire.codecs import BOOL, INSTANT, INT
from quarterdeck.wire.shape import Shape, field, shown, taken

# Both spellings of the names: Firstname is the vendor's, FirstName what most documents say. A CustomerName is looked up
# when a contact is made without CustomerID; in a change it is not the caller's to write.
SHAPE = Shape(
    shown("EndUserID", "id"),
    field("CustomerID", "customer_id", INT),
    shown("CustomerName", "customer.name"),
    taken("CustomerName", "customer_name"),
    field("FirstName", "first_name"),
    field("LastName", "last_name"),
    field("Firstname", "first_name"),
    field("Lastname", "last_name"),
    field("JobTitle", "job_title"),
    field("Email", "email"),
    field("Phone", "phone"),
    field("MobilePhone", "mobile"),
    field("IsContactPerson", "primary", BOOL),
    field("InIgnoreMode", "ignored", BOOL),
    shown("CreatedOn", "created_at", INSTANT),
    shown("LastModified", "updated_at", INSTANT),
    field("Archived", "archived", BOOL),
    field("DepartmentID", "department_id", INT),
    shown("DepartmentName", "department.name"),
    taken("DepartmentName", "department_name"),
    field("DefaultAgentId", "default_asset_id", INT),
)

FILTERS = Shape(
    taken("customerId", "customer_id", INT),
    taken("Email", "email"),
    taken("searchOptions.email", "email"),
    taken("Phone", "phone"),
    taken("searchOptions.phone", "phone"),
    taken("name", "name"),
    taken("archived", "archived", BOOL),
    taken("createdFrom", "created_since", INSTANT),
    taken("createdTo", "created_until", INSTANT),
    taken("modifiedFrom", "changed_since", INSTANT),
    taken("FromLastModifiedDate", "changed_since", INSTANT),
    taken("modifiedTo", "changed_until", INSTANT),
    taken("q", "text"),
)


def search(call: Call) -> Answer:
    """The list. Asked for a mail address, the exact one comes first: clients take the first they get."""
    where = call.filtered()
    page = call.manners.page(call)
    if "email" in where.sent and page.order == "id":
        page = replace(page, order="email_length")
    return listed(call, where, page)


CONTACTS = Resource(
    path="contacts",
    one="contact",
    id_name="EndUserID",
    reading=contacts.READING,
    shape=SHAPE,
    filter=contacts.Filter,
    filters=FILTERS,
    orders={
        "FirstName": "name",
        "Email": "email",
        "CreatedOn": "created_at",
        "LastModified": "updated_at",
    },
    page_max=500,
    new=contacts.NewByMail,
    create=contacts.create,
    changes=contacts.ChangesByMail,
    change=contacts.change,
    remove=leaving.remove_contact,
    words={
        ("email", Why.MISSING): said("Email required"),
        ("email", Why.MALFORMED): said("Invalid email"),
        ("email", Why.TAKEN): said("Email already exists", "Duplicate email"),
        ("customer_id", Why.UNKNOWN): NO_CUSTOMER,
        ("customer_id", Why.MALFORMED): NO_CUSTOMER,
        ("customer_id", Why.MISSING): said("CustomerID required"),
        ("customer_name", Why.UNKNOWN): said("Customer not found"),
        ("default_asset_id", Why.UNKNOWN): said("Agent not found"),
    },
    verbs=(
        *(
            replace(verb, do=search) if verb.do is index else verb
            for verb in usual(
                "contact", "contacts", SHAPE, updates=("POST", "PUT"), required=("Email",),
                needs="Needs `CustomerID`, or the `CustomerName` of a customer there is.",
            )
        ),
        Verb(
            "GET", "/customer/{customerId}", of_customer, "List a customer's contacts", "contacts:read", gives=SHAPE,
            many=True,
        ),
    ),
)  # fmt: skip

CONTACTS_OF_CUSTOMER = replace(
    CONTACTS,
    path="customers/{customerId}/contacts",
    verbs=(Verb("GET", "", of_customer, "List a customer's contacts", "contacts:read", gives=SHAPE, many=True),),
)
