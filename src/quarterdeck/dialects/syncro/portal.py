"""Portal users."""

from quarterdeck.desk import portal
from quarterdeck.desk.errors import Why
from quarterdeck.dialects.syncro.kinds import Kind
from quarterdeck.dialects.syncro.words import BAD_EMAIL, MILLIS, NO_CUSTOMER, said
from quarterdeck.edge.rest import Answer, Call, Verb
from quarterdeck.edge.verbs import change, create, index, remove
from quarterdeck.wire.codecs import INT
from quarterdeck.wire.shape import Shape, field, fixed, shown, taken

SHAPE = Shape(
    shown("id", "id"),
    field("email", "email"),
    fixed("account_id", 1),
    field("customer_id", "customer_id", INT),
    field("contact_id", "contact_id", INT),
    shown("created_at", "created_at", MILLIS),
    shown("updated_at", "updated_at", MILLIS),
    fixed("portal_group_id", None),
    taken("password", "password"),
    taken("password_confirmation", "confirmation"),
)

INVITED = Shape(taken("id", "id", INT))


def remove_and_show(call: Call) -> Answer:
    """The answer is the record that is gone."""
    item, _ = call.record(call.id)
    remove(call)
    return call.manners.single(call, item)


def invite(call: Call) -> Answer:
    portal.invite(call.work, call.asked(portal.Invitation, INVITED))
    return Answer(200, {"success": True, "message": "The invitation is on its way."})


PORTAL_USERS = Kind(
    path="portal_users",
    one="portal user",
    wrapper="portal_user",
    many="portal_users",
    reading=portal.READING,
    shape=SHAPE,
    filter=portal.Filter,
    filters=Shape(
        taken("customer_id", "customer_id", INT),
        taken("contact_id", "contact_id", INT),
        taken("email", "email"),
        taken("since_updated_at", "changed_since", MILLIS),
    ),
    orders={"email": "email", "created_at": "created_at", "updated_at": "updated_at"},
    size=100,
    flat=True,
    new=portal.New,
    create=portal.create,
    changes=portal.Changes,
    change=portal.change,
    remove=portal.remove,
    words={
        **BAD_EMAIL,
        **NO_CUSTOMER,
        ("email", Why.MISSING): said("Email can't be blank"),
        ("email", Why.TAKEN): said("Email has already been taken"),
        ("password", Why.MISSING): said("Password can't be blank"),
        ("confirmation", Why.MALFORMED): said("Password confirmation doesn't match Password"),
        ("contact_id", Why.UNKNOWN): said("Contact not found"),
        ("id", Why.REFUSED): said("Mail is not set up on this server: nobody was invited"),
    },
    verbs=(
        Verb("GET", "", index, "List portal users", "portal:read", gives=SHAPE, many=True),
        Verb(
            "POST", "", create, "Create a portal user", "portal:write", takes=SHAPE, required=("email",), gives=SHAPE
        ),
        Verb("PUT", "/{id}", change, "Update a portal user", "portal:write", takes=SHAPE, gives=SHAPE),
        Verb("DELETE", "/{id}", remove_and_show, "Delete a portal user", "portal:write", body="none", gives=SHAPE),
        Verb(
            "POST", "/create_invitation", invite, "Invite a portal user", "portal:write", takes=INVITED,
            input=portal.Invitation, required=("id",),
            note="Refused until the desk can send mail.",
        ),
    ),
)  # fmt: skip
