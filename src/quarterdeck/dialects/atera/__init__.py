"""Atera v3."""

from quarterdeck.dialects.atera.account import ACCOUNTS, TECHNICIANS
from quarterdeck.dialects.atera.agents import AGENTS, AGENTS_OF_CUSTOMER
from quarterdeck.dialects.atera.alerts import ALERTS, ALERTS_OF_CUSTOMER
from quarterdeck.dialects.atera.attachments import ATTACHMENTS, FILES
from quarterdeck.dialects.atera.comments import COMMENTS
from quarterdeck.dialects.atera.contacts import CONTACTS, CONTACTS_OF_CUSTOMER
from quarterdeck.dialects.atera.contracts import CONTRACTS
from quarterdeck.dialects.atera.customers import ARCHIVES, CUSTOMERS
from quarterdeck.dialects.atera.customvalues import CUSTOM_VALUES
from quarterdeck.dialects.atera.departments import DEPARTMENTS
from quarterdeck.dialects.atera.hours import HOURS
from quarterdeck.dialects.atera.knowledge import KNOWLEDGE
from quarterdeck.dialects.atera.manners import AteraManners
from quarterdeck.dialects.atera.merging import MERGING
from quarterdeck.dialects.atera.outline import OUTLINE
from quarterdeck.dialects.atera.tickets import TICKETS
from quarterdeck.edge.rest import Dialect

NOT_YET = (
    ("GET", "/billing/invoice/{invoiceNumber}"),
    ("GET", "/billing/invoices"),
    ("GET", "/billing/invoices/{invoiceNumber}"),
    ("POST", "/customers/attachments"),
    ("POST", "/customers/folders"),
    ("POST", "/devices/genericdevice"),
    ("DELETE", "/devices/genericdevice/{id}"),
    ("GET", "/devices/genericdevice/{id}"),
    ("GET", "/devices/genericdevices"),
    ("POST", "/devices/httpdevice"),
    ("DELETE", "/devices/httpdevice/{id}"),
    ("GET", "/devices/httpdevice/{id}"),
    ("GET", "/devices/httpdevices"),
    ("GET", "/devices/snmpdevice/guid/{deviceGuid}"),
    ("POST", "/devices/snmpdevice/v1v2"),
    ("POST", "/devices/snmpdevice/v3"),
    ("DELETE", "/devices/snmpdevice/{id}"),
    ("GET", "/devices/snmpdevice/{id}"),
    ("GET", "/devices/snmpdevices"),
    ("POST", "/devices/tcpdevice"),
    ("DELETE", "/devices/tcpdevice/{id}"),
    ("GET", "/devices/tcpdevice/{id}"),
    ("GET", "/devices/tcpdevices"),
    ("GET", "/rates/expenses"),
    ("POST", "/rates/expenses"),
    ("DELETE", "/rates/expenses/{id}"),
    ("GET", "/rates/expenses/{id}"),
    ("PUT", "/rates/expenses/{id}"),
    ("GET", "/rates/products"),
    ("POST", "/rates/products"),
    ("DELETE", "/rates/products/{id}"),
    ("GET", "/rates/products/{id}"),
    ("PUT", "/rates/products/{id}"),
    ("POST", "/tickets/{id}/relations"),
    ("DELETE", "/tickets/{id}/relations/{relationType}"),
    *(
        (method, f"/customvalues/{kind}field{rest}")
        for kind in ("sla", "snmp", "tcp", "http", "generic")
        for method, rest in (
            ("GET", "/{id}/{fieldName}"),
            ("POST", "/{id}/{fieldName}"),
            ("PUT", "/{id}/{fieldName}"),
            ("PUT", "/{id}/{fieldName}/{value}"),
            ("GET", "s/{id}"),
        )
    ),
)

# Where ours is not the vendor's, on purpose.
DIFFERS = {
    "DELETE /customers/{id}": "Answers 200 with a body where the vendor answers 204, and names the archive in `Link`.",
    "DELETE /contacts/{id}": "Answers 200 with a body where the vendor answers 204.",
    "DELETE /tickets/{id}": "Answers 200 with a body where the vendor answers 204.",
    "DELETE /departments/{id}": "Answers 200 with a body where the vendor answers 204.",
    "DELETE /agents/{id}": "Answers 200 with a body where the vendor answers 204.",
    "DELETE /alerts/{id}": "Answers 200 with a body where the vendor answers 204.",
    "PUT /alerts/{id}": "Answers 200 with the alert where the vendor answers 204.",
    "POST /contracts": "Terms are kept as they are sent: rates are not looked up yet.",
    "POST /contracts/{id}": "Answers 200 with the contract where the vendor answers 204. Its type may be changed.",
    "PUT /contracts/{id}": "Answers 200 with the contract where the vendor answers 204. Its type may be changed.",
    "GET /tickets/statusmodified": "`modifiedAfter` lists every ticket whose status changed after it.",
    "GET /tickets/{id}/workhours": "The vendor's sums and a list of the entries in one object.",
    "POST /tickets/{id}": "An open ticket cannot be closed before it is resolved.",
    "PUT /tickets/{id}": "An open ticket cannot be closed before it is resolved.",
}

ATERA = Dialect(
    name="atera",
    title="Atera v3",
    prefix="/api/v3",
    manners=AteraManners(),
    resources=(
        CUSTOMERS,
        CONTACTS,
        CONTACTS_OF_CUSTOMER,
        *MERGING,
        TICKETS,
        COMMENTS,
        ATTACHMENTS,
        FILES,
        *HOURS,
        *CUSTOM_VALUES,
        DEPARTMENTS,
        AGENTS,
        AGENTS_OF_CUSTOMER,
        ALERTS,
        ALERTS_OF_CUSTOMER,
        CONTRACTS,
        *KNOWLEDGE,
        *ACCOUNTS,
        TECHNICIANS,
        ARCHIVES,
    ),
    calls_per_minute=700,
    outline=OUTLINE,
    not_yet=NOT_YET,
    differs=DIFFERS,
)
