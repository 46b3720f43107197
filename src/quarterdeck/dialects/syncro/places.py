"""A customer's further numbers and sites."""

from collections.abc import Callable

from quarterdeck.desk import customers
from quarterdeck.desk.errors import NotFound, Why
from quarterdeck.dialects.syncro.kinds import Kind
from quarterdeck.dialects.syncro.words import MILLIS, said
from quarterdeck.edge.rest import Answer, Call, Verb
from quarterdeck.edge.verbs import change, create, listed, remove, show
from quarterdeck.wire.codecs import INT
from quarterdeck.wire.shape import Shape, field, shown, taken

PHONE = Shape(
    shown("id", "id"),
    field("label", "label"),
    field("number", "number"),
    field("customer_id", "customer_id", INT),
    shown("created_at", "created_at", MILLIS),
    shown("updated_at", "updated_at", MILLIS),
    field("extension", "extension"),
)
SITE = Shape(
    shown("id", "id"),
    field("customer_id", "customer_id", INT),
    field("name", "name"),
    field("address1", "address"),
    taken("address", "address"),
    field("address2", "address_2"),
    taken("address_2", "address_2"),
    field("city", "city"),
    field("state", "state"),
    field("zip", "zip"),
    field("country", "country"),
    field("phone", "phone"),
    shown("created_at", "created_at", MILLIS),
    shown("updated_at", "updated_at", MILLIS),
)


def of_customer(call: Call) -> Answer:
    """What the customer in the path has; a customer nobody sees is a 404, not an empty list."""
    customer_id = customers.get(call.work, call.number("customer_id")).id
    return listed(call, call.filtered(customer_id=customer_id))


def add(call: Call) -> Answer:
    customer_id = customers.get(call.work, call.number("customer_id")).id
    call.data = {**call.data, "customer_id": customer_id}
    return create(call)


def of_theirs(do: Callable[[Call], Answer]) -> Callable[[Call], Answer]:
    """The verb, for a record that is the customer's in the path."""

    def checked(call: Call) -> Answer:
        finder = customers.PHONE if call.on is PHONES else customers.SITE
        customer_id = customers.get(call.work, call.number("customer_id")).id
        if finder.get(call.work, call.id).customer_id != customer_id:
            raise NotFound(call.on.one, call.id)
        return do(call)

    return checked


def verbs(one: str, shape: Shape, required: str) -> tuple[Verb, ...]:
    read, write = "customers:read", "customers:write"
    return (
        Verb("GET", "", of_customer, f"List a customer's {one}s", read, gives=shape, many=True),
        Verb("POST", "", add, f"Add a {one}", write, takes=shape, required=(required,), gives=shape),
        Verb("PUT", "/{id}", of_theirs(change), f"Update a {one}", write, takes=shape, gives=shape),
    )


PHONES = Kind(
    path="customers/{customer_id}/phones",
    one="phone",
    wrapper="phone",
    many="phones",
    reading=customers.PHONES,
    shape=PHONE,
    filter=customers.PhoneFilter,
    flat=True,
    size=100,
    newest_first=True,
    new=customers.NewPhone,
    create=customers.add_phone,
    changes=customers.PhoneChanges,
    change=customers.change_phone,
    remove=customers.remove_phone,
    words={("number", Why.MISSING): said("Number can't be blank")},
    verbs=(
        *verbs("phone", PHONE, "number"),
        Verb("DELETE", "/{id}", of_theirs(remove), "Delete a phone", "customers:write", body="none"),
    ),
)

SITES = Kind(
    path="customers/{customer_id}/sites",
    one="site",
    wrapper="site",
    many="sites",
    reading=customers.SITES,
    shape=SITE,
    filter=customers.SiteFilter,
    flat=True,
    new=customers.NewSite,
    create=customers.add_site,
    changes=customers.SiteChanges,
    change=customers.change_site,
    words={("name", Why.MISSING): said("name is required", "Name can't be blank")},
    verbs=(
        *verbs("site", SITE, "name"),
        Verb("GET", "/{id}", of_theirs(show), "Get a site", "customers:read", gives=SITE),
    ),
)
