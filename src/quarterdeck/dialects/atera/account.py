"""The provider's own account, and the people who work there."""

from quarterdeck.desk import access, provider
from quarterdeck.edge.rest import Answer, Call, Resource, Verb
from quarterdeck.edge.verbs import index, show
from quarterdeck.wire.codecs import BOOL
from quarterdeck.wire.shape import Shape, shown, taken

ACCOUNT = {
    "type": "object",
    "properties": {
        **{
            name: {"type": ["string", "null"]}
            for name in (
                "AccountID", "CompanyName", "CreatedOn", "Country", "State", "City", "Address", "PostalCode", "Phone",
                "TimeZoneName", "Plan",
            )
        },
        "IsITDepartment": {"type": "boolean"},
    },
    "required": ["AccountID", "CompanyName", "CreatedOn", "TimeZoneName", "IsITDepartment", "Plan"],
}  # fmt: skip

TECHNICIAN = Shape(
    shown("TechnicianContactID", "id"),
    shown("TechnicianFullName", "full_name"),
    shown("TechnicianEmail", "email"),
    shown("FirstName", "first_name"),
    shown("LastName", "last_name"),
    shown("Active", "active", BOOL),
)


def account(call: Call) -> Answer:
    us = provider.get(call.work)
    return Answer(
        200,
        {
            "AccountID": f"{us.id}",
            "CompanyName": us.name,
            "CreatedOn": f"{us.created_at:%Y-%m-%dT%H:%M:%SZ}",
            "Country": us.country,
            "State": us.state,
            "City": us.city,
            "Address": us.address,
            "PostalCode": us.zip,
            "Phone": us.phone,
            "TimeZoneName": us.time_zone,
            "IsITDepartment": False,
            "Plan": "Quarterdeck",
        },
    )


TECHNICIANS = Resource(
    path="technicians",
    one="technician",
    id_name="TechnicianContactID",
    reading=access.READING,
    shape=TECHNICIAN,
    filter=access.Filter,
    filters=Shape(taken("email", "email"), taken("active", "active", BOOL)),
    page_max=500,
    verbs=(
        Verb("GET", "", index, "List technicians", "tickets:read", gives=TECHNICIAN, many=True),
        Verb("GET", "/{id}", show, "Get a technician", "tickets:read", gives=TECHNICIAN),
    ),
)

ACCOUNTS = tuple(
    Resource(
        path=path,
        one="account",
        reading=access.READING,
        shape=TECHNICIAN,
        verbs=(Verb("GET", "", account, "The provider's account", "tickets:read", gives=ACCOUNT),),
    )
    for path in ("account", "myaccount")
)
