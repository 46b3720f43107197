"""How each planned thing is entered: an act of the desk, or a few, at the moment it happened."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from quarterdeck.demo import extras, plans, team
from quarterdeck.demo.cast import Contact, Customer, Device, Technician
from quarterdeck.demo.chance import dice
from quarterdeck.demo.hours import DAY
from quarterdeck.demo.industries import DEPARTMENTS
from quarterdeck.demo.ledger import Ledger
from quarterdeck.demo.plans import Plan
from quarterdeck.demo.telling import Event, Ticket
from quarterdeck.demo.watch import Alert
from quarterdeck.desk import access, alerts, assets, contacts, contracts, customers, departments, fields, provider
from quarterdeck.desk import tickets as desk_tickets
from quarterdeck.desk.fields import Target
from quarterdeck.desk.tickets import Impact, Type
from quarterdeck.desk.work import Work

SETUP = "Setup"
MONITORING = "Monitoring"
MINUTE = timedelta(minutes=1)
AREA = {"country": "United States", "state": "AZ"}


def opened(ledger: Ledger, at: datetime) -> None:
    ledger.add(at, SETUP, lambda work: provider.change(work, provider.Changes(**team.PROVIDER)))


def hired(ledger: Ledger, technician: Technician, by: Technician | str, password: str | None = None) -> None:
    member = technician.member
    new = access.New(
        first_name=member.first_name,
        last_name=member.last_name,
        email=member.email,
        role=member.role,
        password=password,
    )

    def act(work: Work) -> None:
        technician.id = access.create(work, new).id

    ledger.add(technician.since, by, act, "Technicians")


def furnished(ledger: Ledger, owner: Technician) -> None:
    """Departments and fields are there before the first customer."""
    for name, description in DEPARTMENTS.items():
        department(ledger, owner, departments.New(name=name, description=description))
    for definition in extras.DEFINITIONS:
        field(ledger, owner, definition)


def department(ledger: Ledger, owner: Technician, new: departments.New) -> None:
    ledger.add(owner.since + MINUTE, owner, lambda work: departments.create(work, new))


def field(ledger: Ledger, owner: Technician, new: fields.New) -> None:
    ledger.add(owner.since + MINUTE, owner, lambda work: fields.create(work, new))


def won(ledger: Ledger, customer: Customer, staff: Sequence[Technician], today: datetime) -> None:
    """A new customer, with all that comes along."""
    owner, company = staff[0], customer.company
    new = customers.New(
        name=company.name,
        business_number=f"AZ-{dice('number', company.code).randint(1000000, 9999999)}",
        domain=company.domain,
        address=company.street,
        city=company.city,
        zip=company.zip,
        phone=customer.phone,
        website=f"https://www.{company.domain}",
        notes=company.notes,
        **extras.account(customer),
        **AREA,
    )

    def act(work: Work) -> None:
        customer.id = customers.create(work, new)
        put(work, Target.CUSTOMER, customer.id, extras.of_customer(customer, staff, today))

    ledger.add(customer.since, owner, act, "Customers")
    for site in company.sites or (("Main office", company.street, company.city, company.zip),):
        sited(ledger, customer, owner, site)
    signed(ledger, customer, owner, today)
    for contact in customer.contacts:
        joined(ledger, customer, contact, owner, today)


def sited(ledger: Ledger, customer: Customer, owner: Technician, site: tuple[str, str, str, str]) -> None:
    name, street, city, zip = site

    def act(work: Work) -> None:
        new = customers.NewSite(
            customer_id=customer.id, name=name, address=street, city=city, zip=zip, phone=customer.phone, **AREA
        )
        customers.add_site(work, new)

    ledger.add(customer.since + MINUTE, owner, act)


def signed(ledger: Ledger, customer: Customer, owner: Technician, today: datetime) -> None:
    """The contract, and what some customers bought beside it."""
    company = customer.company
    if company.plan is None:
        return
    at = customer.since + 10 * MINUTE
    contract(ledger, customer, owner, at, company.plan, plans.PLANS[company.plan], default=True)
    if company.servers:
        contract(ledger, customer, owner, at + MINUTE, "Off-site backup", plans.BACKUP)
    if company.years > 5 or company.years < 0.5:
        moving = max(at + 2 * MINUTE, today - 200 * DAY)
        over = today - 110 * DAY if company.years > 5 else None
        contract(ledger, customer, owner, moving, "Office network project", plans.PROJECT, ends_at=over)


def contract(
    ledger: Ledger, customer: Customer, owner: Technician, at: datetime, name: str, plan: Plan, **more: Any
) -> None:
    def act(work: Work) -> None:
        new = contracts.New(
            customer_id=customer.id,
            name=name,
            billed_as=plan.billed_as,
            taxable=True,
            active="ends_at" not in more or more["ends_at"] is None,
            terms=plan.terms,
            **more,
        )
        id = contracts.create(work, new)
        put(work, Target.CONTRACT, id, extras.of_contract(customer))
        if new.default:
            customer.contract_id = id

    ledger.add(at, owner, act, "Contracts")


def joined(ledger: Ledger, customer: Customer, contact: Contact, owner: Technician, today: datetime) -> None:
    def act(work: Work) -> None:
        new = contacts.New(
            customer_id=customer.id,
            first_name=contact.first_name,
            last_name=contact.last_name,
            email=contact.email,
            phone=contact.phone,
            mobile=contact.mobile,
            job_title=contact.job_title,
            primary=contact.primary,
            department_name=contact.department,
            get_billing=contact.department == "Finance",
        )
        contact.id = contacts.create(work, new)
        put(work, Target.CONTACT, contact.id, extras.of_contact(contact, customer, today))

    def leave(work: Work) -> None:
        contacts.change(work, contact.id, contacts.Changes(archived=True))

    ledger.add(contact.since, owner, act, "Contacts")
    if contact.left:
        ledger.add(contact.left, owner, leave)


def installed(ledger: Ledger, customer: Customer, device: Device, owner: Technician, now: datetime) -> None:
    seen = now - device.silent
    user = next((one for one in customer.contacts if one.device is device), None)

    def act(work: Work) -> None:
        new = assets.New(
            customer_id=customer.id,
            last_seen_at=seen,
            last_reboot_at=seen - device.running,
            type="Server" if device.server else "Desktop",
            **device.given,
        )
        device.id = assets.create(work, new, device.given["guid"])
        put(work, Target.AGENT, device.id, extras.of_device(device))

    def give(work: Work) -> None:
        if user:
            contacts.change(work, user.id, contacts.Changes(default_asset_id=device.id))

    ledger.add(device.since, owner, act, "Devices")
    ledger.add(max(device.since, user.since if user else device.since) + MINUTE, owner, give)


def happened(ledger: Ledger, ticket: Ticket) -> None:
    """A ticket, and what became of it."""

    def act(work: Work) -> None:
        new = desk_tickets.New(
            customer_id=ticket.customer.id,
            contact_id=ticket.contact.id if ticket.contact else None,
            contract_id=ticket.customer.contract_id,
            problem=extras.PROBLEMS[ticket.story.skill],
            tags=list(extras.tags(ticket.story)),
            **ticket.new,
        )
        ticket.id = desk_tickets.create(work, new)
        put(work, Target.TICKET, ticket.id, circumstances(ticket))

    caller = None if ticket.story.monitored else ticket.contact
    ledger.add(ticket.at, caller or MONITORING, act, "Tickets")
    for event in ticket.events:
        follow(ledger, ticket, event)


def follow(ledger: Ledger, ticket: Ticket, event: Event) -> None:
    ledger.add(event.at, event.by, lambda work: event.act(work, ticket.id))


def circumstances(ticket: Ticket) -> Iterable[tuple[str, str]]:
    by = dice("circumstances", ticket.at.isoformat(), ticket.customer.company.code)
    if ticket.story.type is Type.CHANGE:
        yield "Change approved", "yes"
    if ticket.story.impact in (Impact.MAJOR, Impact.SITE, Impact.CRISIS):
        yield "People affected", str(by.randint(2, max(3, len(ticket.customer.contacts) * 2)))


def reported(ledger: Ledger, alert: Alert) -> None:
    def act(work: Work) -> None:
        new = alerts.New(
            customer_id=alert.customer.id,
            asset_id=alert.device.id,
            ticket_id=alert.ticket.id if alert.ticket else None,
            code=alert.code,
            source="Agent",
            title=alert.title,
            message=alert.message,
            severity=alert.severity,
            category=alert.category,
            archived=alert.archived_at is not None,
            archived_at=alert.archived_at,
            snoozed_until=alert.snoozed_until,
        )
        alerts.create(work, new)

    ledger.add(alert.at, MONITORING, act, "Alerts")


def put(work: Work, target: Target, id: int, values: Iterable[tuple[str, str]]) -> None:
    for name, value in values:
        fields.put(work, target, id, fields.NewValue(name=name, value=value))
