"""How those who sign in at the portal are read."""

from quarterdeck.desk.finding import Finder
from quarterdeck.desk.input import fold
from quarterdeck.desk.portal.records import PortalUser
from quarterdeck.desk.reading import Reading, Where

READING = Reading(
    PortalUser,
    "portal:read",
    filters={
        "customer_id": Where(lambda value: PortalUser.customer_id == value),
        "contact_id": Where(lambda value: PortalUser.contact_id == value),
        "email": Where(lambda value: PortalUser.email_key == value, prepare=fold),
        "created_since": Where(lambda value: PortalUser.created_at >= value),
        "changed_since": Where(lambda value: PortalUser.updated_at >= value),
    },
    orders={
        "email": PortalUser.email_key,
        "created_at": PortalUser.created_at,
        "updated_at": PortalUser.updated_at,
    },
    belongs=PortalUser.customer_id,
)

FINDER = Finder(PortalUser, "portal:read", lambda user: user.customer_id)
seen, get = FINDER.seen, FINDER.get
