"""The fields this provider added, and what stands in them."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from quarterdeck.demo.cast import Contact, Customer, Device, Technician
from quarterdeck.demo.chance import dice
from quarterdeck.demo.hours import DAY
from quarterdeck.demo.plans import PLANS
from quarterdeck.demo.stories import REPEATS, STORIES, Story
from quarterdeck.desk.customers import Category
from quarterdeck.desk.fields import New, Target, Type

CAUSES = sorted({story.cause for story in (*STORIES, *REPEATS.values())})

DEFINITIONS = (
    New(target=Target.CUSTOMER, name="Account manager", description="Whom the customer calls when all else fails"),
    New(target=Target.CUSTOMER, name="Service tier", type=Type.CHOICE, options=["Gold", "Silver", "Bronze", "None"]),
    New(target=Target.CUSTOMER, name="Employees", type=Type.NUMBER),
    New(target=Target.CUSTOMER, name="Next review", type=Type.DATE, description="The half-yearly meeting"),
    New(target=Target.CUSTOMER, name="After-hours support", type=Type.YES_NO),
    New(target=Target.CONTACT, name="Preferred contact", type=Type.CHOICE, options=["Phone", "Mail", "Text message"]),
    New(target=Target.CONTACT, name="VIP", type=Type.YES_NO),
    New(target=Target.CONTACT, name="May approve up to", type=Type.NUMBER, description="In dollars"),
    New(target=Target.CONTACT, name="Desk"),
    New(target=Target.CONTACT, name="Security training", type=Type.DATE, description="Last finished on"),
    New(target=Target.TICKET, name="Root cause", type=Type.CHOICE, options=CAUSES),
    New(target=Target.TICKET, name="Change approved", type=Type.YES_NO),
    New(target=Target.TICKET, name="People affected", type=Type.NUMBER),
    New(target=Target.AGENT, name="Asset tag"),
    New(target=Target.AGENT, name="Warranty until", type=Type.DATE),
    New(target=Target.AGENT, name="Purchase price", type=Type.NUMBER),
    New(target=Target.AGENT, name="Disk encrypted", type=Type.YES_NO),
    New(target=Target.CONTRACT, name="Signed by"),
    New(target=Target.CONTRACT, name="Notice period", type=Type.CHOICE, options=["30 days", "60 days", "90 days"]),
)

Values = Iterator[tuple[str, str]]

# What a ticket is about, by the skill it takes.
PROBLEMS = {
    "cloud": "Software",
    "network": "Network",
    "orders": "Hardware",
    "security": "Security",
    "servers": "Server",
    "workplace": "Workplace",
}
CATEGORIES = {"charity": Category.NON_PROFIT, "school": Category.GOVERNMENT}
# Sales tax in Tucson, in per cent; schools and charities are exempt.
TAX_RATE = Decimal("8.7")
REFERRALS = ("Search engine", "Chamber of Commerce", "Hollis Grady CPAs", "Whitcomb & Ochoa Law", "Trade fair", None)


def account(customer: Customer) -> dict[str, Any]:
    """Whom to ask for, where it came from, and how it is taxed."""
    first = customer.contacts[0]
    category = CATEGORIES.get(customer.company.industry, Category.BUSINESS)
    return {
        "first_name": first.first_name,
        "last_name": first.last_name,
        "email": first.email,
        "category": category,
        "referred_by": dice("referral", customer.company.code).choice(REFERRALS),
        "tax_rate": TAX_RATE if category is Category.BUSINESS else Decimal(0),
    }


def tags(story: Story) -> Iterator[str]:
    if story.on_site:
        yield "on site"
    if story.late:
        yield "after hours"
    if story.monitored:
        yield "monitoring"


def of_customer(customer: Customer, staff: Sequence[Technician], today: datetime) -> Values:
    by = dice("customer fields", customer.company.code)
    plan = PLANS.get(customer.company.plan or "")
    yield "Account manager", by.choice([one for one in staff if one.since <= customer.since] or staff).full_name
    yield "Service tier", plan.tier if plan else "None"
    yield "Employees", str(customer.company.contacts * by.randint(2, 5) + by.randrange(4))
    if plan:
        yield "Next review", f"{today + DAY * by.randint(5, 170):%Y-%m-%d}"
    yield "After-hours support", "yes" if plan and plan.tier == "Gold" else "no"


def of_contact(contact: Contact, customer: Customer, today: datetime) -> Values:
    by = dice("contact fields", contact.email)
    yield "Preferred contact", by.choice(("Phone", "Mail", "Mail", "Text message"))
    if contact.department == "Management" or contact.primary:
        yield "VIP", "yes" if contact.department == "Management" else "no"
        yield "May approve up to", str(by.choice((250, 500, 1000, 2500)))
    if by.random() < 0.4:
        yield "Desk", by.choice(customer.industry.rooms)
    trained = max(contact.since, today - DAY * by.randint(10, 700))
    if by.random() < 0.6:
        yield "Security training", f"{trained:%Y-%m-%d}"


def of_device(device: Device) -> Values:
    by = dice("device fields", device.name)
    yield "Asset tag", f"CR-{by.randint(10000, 99999)}"
    yield "Warranty until", f"{device.since + DAY * 365 * (5 if device.server else 3):%Y-%m-%d}"
    yield "Purchase price", str(device.price)
    yield "Disk encrypted", "no" if by.random() < 0.15 else "yes"


def of_contract(customer: Customer) -> Values:
    yield "Signed by", customer.contacts[0].full_name
    yield "Notice period", dice("contract fields", customer.company.code).choice(("30 days", "60 days", "90 days"))
