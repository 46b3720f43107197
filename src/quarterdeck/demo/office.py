"""What the office keeps beside customers and tickets: goods, canned replies, pages, visits, hopes for customers."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

from quarterdeck.demo import shelves
from quarterdeck.demo.cast import Customer, Technician
from quarterdeck.demo.chance import dice
from quarterdeck.demo.hours import DAY, open_at
from quarterdeck.demo.ledger import Act, Ledger
from quarterdeck.demo.telling import Ticket
from quarterdeck.desk import appointments, charges, knowledge, leads, products, replies, schedules
from quarterdeck.desk.appointments import Place
from quarterdeck.desk.schedules import Frequency
from quarterdeck.desk.work import Work

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
# Of the tickets about an order, how many are billed for something from the shelf.
BILLED_SHARE = 0.6
ORDERS = ("new laptop", "quote for server", "move office", "toner order")
VISITS_AHEAD = 9
# What of the price list a plan is billed by.
PLANNED = {"Managed Gold": "MG-1", "Managed Silver": "MS-1", "Per user monthly": "MU-1", "Remote monitoring": "RM-1"}


class Office:
    """The ids of what was put on the shelves, once it is there."""

    def __init__(self) -> None:
        self.goods: dict[str, int] = {}
        self.types: list[int] = []


def furnished(ledger: Ledger, owner: Technician) -> Office:
    """What was there before the first customer."""
    office = Office()
    at = owner.since + 2 * MINUTE
    for good in shelves.GOODS:
        ledger.add(at, owner, partial(stock, office, good), "Products")
    for category, title, subject, body in shelves.REPLIES:
        new = replies.New(category_name=category, title=title, subject=subject, body=body)
        ledger.add(at, owner, partial(replies.create, new=new))
    for name, body in shelves.PAGES:
        ledger.add(at, owner, partial(knowledge.create, new=knowledge.New(name=name, body=body)))
    for name, place, told in shelves.VISITS:
        where = shelves.SHOP if place == Place.FIXED else None
        kind = appointments.NewType(name=name, place=Place(place), location=where, instructions=told)
        ledger.add(at, owner, partial(kept, office, kind))
    return office


def stock(office: Office, good: shelves.Good, work: Work) -> None:
    office.goods[good.sku] = products.create(
        work,
        products.New.check(
            {
                "name": good.name,
                "category_name": good.category,
                "sku": good.sku,
                "description": good.description,
                "price_cents": good.price_cents,
                "cost_cents": good.cost_cents,
                "stocked": good.stocked,
                "quantity": good.quantity,
                "taxable": good.category == "Hardware",
            }
        ),
    )


def kept(office: Office, kind: appointments.NewType, work: Work) -> None:
    office.types.append(appointments.add_type(work, kind))


def scheduled(ledger: Ledger, office: Office, customer: Customer, owner: Technician, today: datetime) -> None:
    """What a customer is billed every month, where its plan says so."""
    sku = PLANNED.get(customer.company.plan or "")
    if sku is None:
        return
    first = (today.replace(day=1) + 32 * DAY).replace(day=1)

    def act(work: Work) -> None:
        new = schedules.New(
            customer_id=customer.id,
            name=f"{customer.company.plan}, monthly",
            frequency=Frequency.MONTHLY,
            next_run=first,
            by_email=True,
            with_tickets=True,
        )
        id = schedules.create(work, new)
        people = len(customer.contacts) if sku == "MU-1" else 1
        count = len(customer.devices) if sku == "RM-1" else people
        schedules.add_line(work, schedules.NewLine(schedule_id=id, product_id=office.goods[sku], quantity=count))

    ledger.add(customer.since + HOUR, owner, act, "Schedules")


def hoped(ledger: Ledger, staff: Sequence[Technician], today: datetime) -> None:
    """Who may become a customer."""
    for number, (first, last, business, wish, status, likelihood, amount) in enumerate(shelves.HOPES):
        new = leads.New(
            first_name=first,
            last_name=last,
            business_name=business,
            email=f"{first}.{last}@{(business or 'mail').split()[0]}.example".lower(),
            phone=f"(520) 555-{170 + number:04}",
            subject=wish,
            status=status,
            likelihood=likelihood,
            amount_cents=amount,
            source=dice("lead", last).choice(("Web site", "Referral", "Telephone")),
        )
        at = open_at(dice("lead", first), today - DAY * (3 + 6 * number))
        ledger.add(at, staff[0], partial(leads.create, new=new), "Leads")


def billed(ledger: Ledger, office: Office, ticket: Ticket) -> None:
    """What an order took from the shelf."""
    by = dice("goods", ticket.at.isoformat(), ticket.customer.company.code)
    if ticket.story.key not in ORDERS or not ticket.events or by.random() > BILLED_SHARE:
        return
    good = by.choice([one for one in shelves.GOODS if one.stocked])
    last = ticket.events[-1]

    def act(work: Work) -> None:
        new = charges.New(ticket_id=ticket.id, product_id=office.goods[good.sku])
        charges.create(work, new)

    ledger.add(last.at, last.by, act)


def visited(
    ledger: Ledger, office: Office, customers: Sequence[Customer], staff: Sequence[Technician], today: datetime
) -> None:
    """What stands in the calendar for the next days."""
    able = [one for one in staff if one.member.load]
    for number in range(min(VISITS_AHEAD, len(customers))):
        by = dice("visit", number)
        customer = by.choice(customers)
        starts_at = open_at(by, today + DAY * by.randint(1, 9) + HOUR * by.randint(15, 22))
        ledger.add(today - HOUR * (20 - number), by.choice(able), visit(office, customer, number, starts_at))


def visit(office: Office, customer: Customer, number: int, starts_at: datetime) -> Act:
    summaries = ("Half-yearly review", "Exchange the battery of the UPS", "Set up two new desks", "Cabling survey")

    def act(work: Work) -> None:
        new = appointments.New(
            summary=summaries[number % len(summaries)],
            customer_id=customer.id,
            type_id=office.types[0],
            technician_id=work.actor.technician_id,
            starts_at=starts_at,
            hours=1 + number % 2,
        )
        appointments.create(work, new)

    return act
