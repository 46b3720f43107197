"""What monitoring reported: alerts that became tickets, and alerts that did not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from quarterdeck.demo import inventory
from quarterdeck.demo.cast import Customer, Device
from quarterdeck.demo.chance import Dice, dice
from quarterdeck.demo.hours import DAY, LOCAL, moments
from quarterdeck.demo.telling import Ticket
from quarterdeck.desk.alerts import Category, Severity
from quarterdeck.desk.tickets import Priority

TICKETED_SHARE = 0.55
# What is older than this has been seen to; of the newer, some are put off.
ARCHIVED_AFTER = 6
SNOOZED_SHARE = 0.3
LOOKS_BACK = 40

SEVERITIES = {
    Priority.LOW: Severity.INFORMATION,
    Priority.MEDIUM: Severity.WARNING,
    Priority.HIGH: Severity.CRITICAL,
    Priority.CRITICAL: Severity.CRITICAL,
}
CATEGORIES = {
    "server disk": Category.DISK,
    "disk smart": Category.HARDWARE,
    "raid degraded": Category.HARDWARE,
    "server unreachable": Category.AVAILABILITY,
    "site link down": Category.AVAILABILITY,
}


@dataclass(frozen=True)
class Alert:
    at: datetime
    customer: Customer
    device: Device
    ticket: Ticket | None
    title: str
    message: str
    severity: Severity
    category: Category
    code: int
    archived_at: datetime | None
    snoozed_until: datetime | None


def alerts(customers: Sequence[Customer], tickets: Sequence[Ticket], count: int, today: datetime) -> list[Alert]:
    by = dice("watch", count)
    reported = [ticket for ticket in tickets if ticket.story.monitored]
    linked = reported[-round(count * TICKETED_SHARE) :]
    seen = moments(by, count - len(linked), today - DAY * LOOKS_BACK, today, watched=True)
    return [*(of_ticket(ticket, today) for ticket in linked), *(alone(by, customers, at, today) for at in seen)]


def of_ticket(ticket: Ticket, today: datetime) -> Alert:
    return Alert(
        at=ticket.at,
        customer=ticket.customer,
        device=ticket.device,
        ticket=ticket,
        title=ticket.new["title"],
        message=ticket.new["description"],
        severity=SEVERITIES[ticket.new["priority"]],
        category=CATEGORIES.get(ticket.story.key, Category.GENERAL),
        code=900,
        archived_at=ticket.ended(today),
        snoozed_until=None,
    )


def alone(by: Dice, customers: Sequence[Customer], at: datetime, today: datetime) -> Alert:
    customer = by.choice([one for one in customers if one.since + DAY < at])
    device = by.choice([one for one in customer.devices if one.since < at])
    warning = by.choice([one for one in inventory.WARNINGS if device.server or not one.on_server])
    figures = told(by, at)
    age = (today - at) / DAY
    archived = age > ARCHIVED_AFTER or by.random() < 0.25
    snoozed = not archived and by.random() < SNOOZED_SHARE
    return Alert(
        at=at,
        customer=customer,
        device=device,
        ticket=None,
        title=warning.title.format_map(figures),
        message=warning.message.format_map(figures),
        severity=warning.severity,
        category=warning.category,
        code=warning.code,
        archived_at=at + (today - at) * by.random() * min(1.0, 3 / age) if archived else None,
        snoozed_until=today + timedelta(days=by.randint(2, 10)) if snoozed else None,
    )


def told(by: Dice, at: datetime) -> dict[str, str | int]:
    """The figures in a warning."""
    return {
        "high": by.randint(91, 99),
        "low": by.randint(3, 17),
        "left": by.randint(2, 12),
        "warm": by.randint(61, 78),
        "clock": f"{at.astimezone(LOCAL):%H:%M}",
        "process": by.choice(inventory.PROCESSES),
        "service": by.choice(inventory.SERVICES),
    }
