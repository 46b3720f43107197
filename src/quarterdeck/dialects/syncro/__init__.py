"""Syncro v1."""

from dataclasses import replace

from quarterdeck.dialects.syncro.appointments import APPOINTMENT_TYPES, APPOINTMENTS
from quarterdeck.dialects.syncro.assets import ALIASES as ASSET_ALIASES
from quarterdeck.dialects.syncro.assets import ASSETS
from quarterdeck.dialects.syncro.attachments import ATTACHMENTS, FILES
from quarterdeck.dialects.syncro.comments import TICKET_COMMENTS
from quarterdeck.dialects.syncro.contacts import CONTACTS
from quarterdeck.dialects.syncro.conversation import COMMENTS
from quarterdeck.dialects.syncro.customers import BY_ANY_NAME, CUSTOMERS
from quarterdeck.dialects.syncro.empty import EMPTY, PAYMENT_METHODS
from quarterdeck.dialects.syncro.manners import SyncroManners
from quarterdeck.dialects.syncro.outline import OUTLINE
from quarterdeck.dialects.syncro.places import PHONES, SITES
from quarterdeck.dialects.syncro.search import SEARCH
from quarterdeck.dialects.syncro.settings import SETTINGS
from quarterdeck.dialects.syncro.tickets import TICKETS
from quarterdeck.dialects.syncro.ticketsettings import ABOUT_TICKETS
from quarterdeck.dialects.syncro.users import ME, USERS
from quarterdeck.edge.rest import Dialect

SYNCRO = Dialect(
    name="syncro",
    title="Syncro v1",
    prefix="/api/v1",
    manners=SyncroManners(),
    resources=(
        CUSTOMERS,
        PHONES,
        SITES,
        CONTACTS,
        TICKETS,
        COMMENTS,
        TICKET_COMMENTS,
        *ABOUT_TICKETS,
        ATTACHMENTS,
        FILES,
        ASSETS,
        *ASSET_ALIASES,
        APPOINTMENTS,
        APPOINTMENT_TYPES,
        USERS,
        ME,
        SEARCH,
        *SETTINGS,
        *EMPTY,
        PAYMENT_METHODS,
    ),
    calls_per_minute=180,
    outline=OUTLINE,
)

# For clients that make customers of a person or a mail address alone.
LENIENT = replace(SYNCRO, resources=tuple(BY_ANY_NAME if on is CUSTOMERS else on for on in SYNCRO.resources))
