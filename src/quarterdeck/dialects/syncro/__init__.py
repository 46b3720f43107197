"""Syncro v1."""

from dataclasses import replace

from quarterdeck.dialects.syncro.alerts import ALERTS
from quarterdeck.dialects.syncro.appointments import APPOINTMENT_TYPES, APPOINTMENTS
from quarterdeck.dialects.syncro.assets import ALIASES as ASSET_ALIASES
from quarterdeck.dialects.syncro.assets import ASSETS
from quarterdeck.dialects.syncro.attachments import ATTACHMENTS, FILES
from quarterdeck.dialects.syncro.comments import TICKET_COMMENTS
from quarterdeck.dialects.syncro.contacts import CONTACTS
from quarterdeck.dialects.syncro.contracts import CONTRACTS
from quarterdeck.dialects.syncro.conversation import COMMENTS
from quarterdeck.dialects.syncro.customers import BY_ANY_NAME, CUSTOMERS
from quarterdeck.dialects.syncro.empty import EMPTY, PAYMENT_METHODS
from quarterdeck.dialects.syncro.leads import LEADS
from quarterdeck.dialects.syncro.lines import LINES, TICKET_LINES
from quarterdeck.dialects.syncro.manners import SyncroManners
from quarterdeck.dialects.syncro.merging import MERGING
from quarterdeck.dialects.syncro.outline import OUTLINE
from quarterdeck.dialects.syncro.places import PHONES, SITES
from quarterdeck.dialects.syncro.portal import PORTAL_USERS
from quarterdeck.dialects.syncro.products import CATEGORIES, PRODUCTS
from quarterdeck.dialects.syncro.replies import CANNED_RESPONSES
from quarterdeck.dialects.syncro.schedules import LINES as SCHEDULE_LINES
from quarterdeck.dialects.syncro.schedules import SCHEDULES
from quarterdeck.dialects.syncro.search import SEARCH
from quarterdeck.dialects.syncro.settings import SETTINGS
from quarterdeck.dialects.syncro.tickets import TICKETS
from quarterdeck.dialects.syncro.ticketsettings import ABOUT_TICKETS
from quarterdeck.dialects.syncro.timelogs import TIMELOGS
from quarterdeck.dialects.syncro.timers import ALL as TIMES
from quarterdeck.dialects.syncro.updates import PROGRAMS
from quarterdeck.dialects.syncro.users import ME, USERS
from quarterdeck.dialects.syncro.vendor import listed
from quarterdeck.dialects.syncro.wiki import WIKI_PAGES
from quarterdeck.edge.rest import Dialect

NOT_YET = listed("""
GET                 /callerid
POST                /customer_assets/{id}/run_script
GET POST            /customers/{customer_id}/payment_profiles
GET PUT DELETE      /customers/{customer_id}/payment_profiles/{id}
POST                /estimates
PUT DELETE          /estimates/{id}
POST                /estimates/{id}/convert_to_invoice
POST                /estimates/{id}/email
POST                /estimates/{id}/line_items
PUT DELETE          /estimates/{id}/line_items/{line_item_id}
POST                /estimates/{id}/print
POST                /invoices
PUT DELETE          /invoices/{id}
POST                /invoices/{id}/email
POST                /invoices/{id}/line_items
PUT DELETE          /invoices/{id}/line_items/{line_item_id}
POST                /invoices/{id}/print
GET                 /invoices/{id}/ticket
GET                 /items
GET                 /new_ticket_forms
GET                 /new_ticket_forms/{id}
POST                /new_ticket_forms/{id}/process_form
POST                /otp_login
POST                /payments
GET POST            /policy_folders
PUT DELETE          /policy_folders/{id}
POST                /products/{id}/add_images
DELETE              /products/{id}/delete_image
PUT                 /products/{id}/location_quantities
GET POST            /products/{product_id}/product_serials
POST                /products/{product_id}/product_serials/attach_to_line_item
PUT                 /products/{product_id}/product_serials/{id}
GET POST            /products/{product_id}/product_skus
PUT                 /products/{product_id}/product_skus/{id}
GET POST            /purchase_orders
GET                 /purchase_orders/{id}
POST                /purchase_orders/{id}/create_po_line_item
POST                /purchase_orders/{id}/receive
POST                /rmm/public_scripts/{asset_id}/schedule
GET                 /ticket_blueprints
GET POST            /tickets/{ticket_id}/worksheet_results
GET PUT DELETE      /tickets/{ticket_id}/worksheet_results/{id}
POST                /user_devices
GET PUT             /user_devices/{uuid}
GET POST            /vendors
GET PUT             /vendors/{id}
""")

# Where ours is not the vendor's, on purpose.
DIFFERS = {
    "GET /invoices": "Empty until billing comes.",
    "GET /invoices/{id}": "No invoice is found until billing comes.",
    "GET /estimates": "Empty until billing comes.",
    "GET /estimates/{id}": "No estimate is found until billing comes.",
    "GET /payments": "Empty until billing comes.",
    "GET /payments/{id}": "No payment is found until billing comes.",
    "GET /me": "`user_token` is null: the key is not told to whoever holds it.",
    "GET /users": "Those who have left are not listed; each can still be asked for by id.",
    "DELETE /contracts/{id}": "A contract that was deleted is a 404, where the vendor answers 200 and null.",
    "POST /portal_users/create_invitation": "Refused until the desk can send mail.",
    "POST /tickets/{id}/attach_file_url": "Answers when the files are there, and refuses when one cannot be fetched.",
    "POST /tickets/{id}/print": "Nothing is printed: no printers hang on this desk.",
}

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
        *MERGING,
        TICKETS,
        COMMENTS,
        TICKET_COMMENTS,
        *ABOUT_TICKETS,
        ATTACHMENTS,
        FILES,
        TICKET_LINES,
        LINES,
        *TIMES,
        TIMELOGS,
        PRODUCTS,
        CATEGORIES,
        ASSETS,
        PROGRAMS,
        *ASSET_ALIASES,
        ALERTS,
        CONTRACTS,
        SCHEDULES,
        SCHEDULE_LINES,
        APPOINTMENTS,
        APPOINTMENT_TYPES,
        LEADS,
        WIKI_PAGES,
        CANNED_RESPONSES,
        PORTAL_USERS,
        USERS,
        ME,
        SEARCH,
        *SETTINGS,
        *EMPTY,
        PAYMENT_METHODS,
    ),
    calls_per_minute=180,
    outline=OUTLINE,
    not_yet=NOT_YET,
    differs=DIFFERS,
)

# For clients that make customers of a person or a mail address alone.
LENIENT = replace(SYNCRO, resources=tuple(BY_ANY_NAME if on is CUSTOMERS else on for on in SYNCRO.resources))
