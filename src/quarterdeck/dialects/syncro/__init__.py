"""Syncro v1."""

from quarterdeck.dialects.syncro.contacts import CONTACTS
from quarterdeck.dialects.syncro.customers import CUSTOMERS
from quarterdeck.dialects.syncro.manners import SyncroManners
from quarterdeck.dialects.syncro.outline import OUTLINE
from quarterdeck.dialects.syncro.places import PHONES, SITES
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
    ),
    calls_per_minute=180,
    outline=OUTLINE,
)
