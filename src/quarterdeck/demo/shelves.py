"""What lies ready in the office: the price list, canned replies, pages of knowledge, and kinds of appointment."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Good:
    name: str
    category: str
    sku: str
    price_cents: int
    cost_cents: int
    description: str
    stocked: bool = False
    quantity: str = "0"


GOODS = (
    Good("Remote support, per hour", "Labor", "LAB-R", 13500, 5200, "Remote work, billed by the quarter of an hour"),
    Good("On-site support, per hour", "Labor", "LAB-S", 16500, 5200, "Work at the customer's, travel in town included"),
    Good("After hours, per hour", "Labor", "LAB-N", 22000, 7800, "Nights, Sundays and holidays"),
    Good("Managed Gold", "Plans", "MG-1", 145000, 38000, "Monthly: everything but hardware and projects"),
    Good("Managed Silver", "Plans", "MS-1", 89000, 24000, "Monthly: monitoring, updates and the help desk in hours"),
    Good("Managed user", "Plans", "MU-1", 9500, 2600, "Monthly, for one person and their devices"),
    Good("Monitored device", "Plans", "RM-1", 2400, 600, "Monthly: monitoring and updates of one device"),
    Good("Off-site backup, 100 GB", "Plans", "OB-100", 1200, 400, "Monthly, kept in two places"),
    Good("Patch cable Cat 6, 2 m", "Hardware", "CAB-6-2", 900, 210, "Grey, with a latch that holds", True, "64"),
    Good("USB-C dock, dual display", "Hardware", "DOCK-2", 21900, 16400, "For the laptops we sell", True, "7"),
    Good("24 inch display", "Hardware", "DSP-24", 18900, 14200, "Height can be set; three years' warranty", True, "5"),
    Good("Laptop charger 65 W USB-C", "Hardware", "CHG-65", 5900, 3400, "Fits everything since 2019", True, "11"),
    Good("Solid-state disk, 1 TB", "Hardware", "SSD-1T", 11900, 7600, "With cloning of the old disk", True, "9"),
    Good(
        "Headset with noise cancelling", "Hardware", "HDS-NC", 12900, 8700, "Wireless, certified for Teams", True, "4"
    ),
    Good("Firewall for up to 25 people", "Hardware", "FW-25", 64900, 47000, "With a year of subscriptions", True, "2"),
    Good("Recycling of a computer", "Services", "RCY-1", 2500, 900, "With a certificate that the disk was wiped"),
)
LABOR = "LAB-R"

REPLIES = (
    (
        "First contact",
        "First answer",
        "We are on it",
        "Hello {{contact.first_name}},\n\nthank you for writing. I have your ticket and am looking at it now; you will "
        "hear from me before {{ticket.due_at}}.\n\n{{technician.first_name}}, Copper Ridge IT",
    ),
    (
        "First contact",
        "Which device is it?",
        "One question",
        "Which computer is it? Its name is on the white sticker at the front, and begins with the letters of your "
        "company. A photo of the message helps, too.",
    ),
    (
        "Waiting",
        "Restart, please",
        "Could you restart once?",
        "Could you restart the computer once, with *Restart* and not with *Shut down*, and tell me whether it is still "
        "there afterwards? Please leave it on until I have looked.",
    ),
    (
        "Waiting",
        "The part is ordered",
        "The part is on its way",
        "The part is ordered and should be here on {{date}}. I will call you to find a time when changing it disturbs "
        "you least.",
    ),
    (
        "Waiting",
        "Still there?",
        "Still there?",
        "Is it still happening? If I do not hear from you by the end of the week I will close the ticket; an answer to "
        "this mail opens it again.",
    ),
    (
        "Closing",
        "Solved",
        "Solved",
        "That should be solved. If it comes back, just answer this mail: the ticket opens again and comes to me.",
    ),
    (
        "Closing",
        "Password was reset",
        "Your new password",
        "Your password has been reset. You will be asked for a new one when you sign in next; I will give you the "
        "first one by phone, never by mail.",
    ),
)

PAGES = (
    (
        "New employee",
        "Order of work for somebody new.\n\n1. Account and licence, with the groups of the predecessor\n2. Mailbox, "
        "shared mailboxes, calendar\n3. Laptop from stock: image, encryption, agent, asset tag\n4. Sign in once "
        "together, second factor on their own phone\n5. Note in the customer's list of people\n",
    ),
    (
        "Somebody leaves",
        "The same day, in this order: block the sign-in, end all sessions, forward the mailbox to the manager for 30 "
        "days, archive the contact, take back the laptop, wipe it, free the licence. Write down who asked for it.\n",
    ),
    (
        "Wire fraud: what to do at once",
        "Do not delete the mail. Call the bank with the number on the card, not the one in the mail. Reset the "
        "password, end all sessions, look for new rules in the mailbox. Write down every time of day. Then call "
        "Marisol.\n",
    ),
    (
        "Backups: reading the morning report",
        "Green: nothing to do. Yellow: files in use; wait for the next run. Red twice in a row: open a ticket with "
        "priority High, whatever the time.\n",
    ),
    (
        "Printers that only print the first page",
        "Almost always the driver: take the PCL 6 one from the vendor, not the one Windows found. If it is the label "
        "printer, set the media type first.\n",
    ),
)

# Name, where it takes place, what the customer is told.
VISITS = (
    ("On site", "customer", "We come to you. Please see that somebody can let us in."),
    ("Remote session", "manual", "We call you and connect to your screen."),
    ("In our shop", "fixed", "Please bring the device and its charger."),
)
SHOP = "2180 E Agave Court, Suite 210, Tucson"

# Who may become a customer: name, business, what is wanted, how far it is, how likely, and what it is worth in cents.
HOPES = (
    ("Renata", "Vogel", "Sabino Creek Optometry", "Two practices, no backup at all", "Opportunity", 60, 1450000),
    ("Curtis", "Yazzie", "Yazzie Hauling", "Six trucks, wants tracking and mail", "First Contact", 20, 380000),
    ("Imani", "Brooks", "Brooks Early Music School", "Charity rate, moves in summer", "In Negotiation", 75, 620000),
    ("Leopold", "Marsh", "Marsh & Marsh Surveyors", "Unhappy with their provider", "Prospect", 35, 910000),
    ("Dolores", "Quintero", None, "Laptop of a private person will not start", "New", None, None),
)
