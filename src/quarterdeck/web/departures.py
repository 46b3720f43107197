"""How customers, contacts and assets leave for good: first what would go, in numbers, then the name typed."""

from dataclasses import dataclass
from typing import Any

from quarterdeck.desk import assets, contacts, customers, leaving
from quarterdeck.desk.assets import Asset
from quarterdeck.desk.contacts import Contact
from quarterdeck.desk.errors import MISSING
from quarterdeck.desk.input import Input, fold
from quarterdeck.desk.paging import Page
from quarterdeck.edge.http import Answer
from quarterdeck.web.kit import Visit, act, page

ARCHIVES = leaving.READING.view(["id", "customer_id", "customer_name", "at", "size"])
ZIP = b"application/zip"
LISTED_MAX = 20


@dataclass(frozen=True)
class Departure:
    """What leaves, whose page it is, and what goes with it."""

    kind: str
    name: str
    where: str
    counts: dict[str, int]
    open_tickets: list[tuple[int, str]]
    agents: list[tuple[int, str]]


def customer_page(visit: Visit) -> Answer:
    visit.work.require("customers:write")
    return shown(visit, customer_leaving(visit))


def customer_leaving(visit: Visit) -> Departure:
    customer = customers.get(visit.work, visit.id())
    check = leaving.check(visit.work, customer.id)
    where = f"/customers/{customer.id}"
    return Departure("customer", customer.name, where, check.counts, check.open_tickets, check.agents)


def remove_customer(visit: Visit) -> Answer:
    departure = customer_leaving(visit)
    named(visit, departure)
    archive = leaving.remove_customer(visit.work, customers.get(visit.work, visit.id()).id)
    said = visit.speech._("%(name)s has left. What was kept of it is in the archive.", name=departure.name)
    return visit.go("/archives", said, new=archive)


def contact_page(visit: Visit) -> Answer:
    visit.work.require("contacts:write")
    return shown(visit, contact_leaving(visit))


def contact_leaving(visit: Visit) -> Departure:
    contact = contacts.get(visit.work, visit.id())
    name = f"{contact.first_name or ''} {contact.last_name or ''}".strip() or contact.email or f"#{contact.id}"
    counts = leaving.counts(visit.work, Contact, contact.id)
    return Departure("contact", name, f"/contacts/{contact.id}", counts, [], [])


def remove_contact(visit: Visit) -> Answer:
    departure = contact_leaving(visit)
    named(visit, departure)
    customer_id = contacts.get(visit.work, visit.id()).customer_id
    leaving.remove_contact(visit.work, visit.id())
    return visit.go(f"/customers/{customer_id}", visit.speech._("%(name)s is gone.", name=departure.name))


def asset_page(visit: Visit) -> Answer:
    visit.work.require("assets:write")
    return shown(visit, asset_leaving(visit))


def asset_leaving(visit: Visit) -> Departure:
    asset = assets.get(visit.work, visit.id())
    counts = leaving.counts(visit.work, Asset, asset.id)
    return Departure("asset", asset.name, f"/assets/{asset.id}", counts, [], [])


def remove_asset(visit: Visit) -> Answer:
    departure = asset_leaving(visit)
    named(visit, departure)
    customer_id = assets.get(visit.work, visit.id()).customer_id
    leaving.remove_agent(visit.work, visit.id())
    return visit.go(f"/customers/{customer_id}", visit.speech._("%(name)s is gone.", name=departure.name))


def amounts(visit: Visit) -> dict[str, str]:
    """What the desk counts, in words of the pages."""
    _ = visit.speech._
    return {
        "agents": _("assets"),
        "alerts": _("alerts"),
        "appointments": _("appointments"),
        "articles": _("articles"),
        "attachments": _("attachments"),
        "comments": _("comments"),
        "contacts": _("contacts"),
        "contracts": _("contracts"),
        "custom values": _("custom values"),
        "customer": _("customers"),
        "involved devices": _("assets on tickets"),
        "leads": _("leads"),
        "line items": _("charges"),
        "patches": _("patches"),
        "phones": _("phone numbers"),
        "portal users": _("portal users"),
        "schedule lines": _("lines of schedules"),
        "schedules": _("schedules"),
        "sites": _("sites"),
        "software": _("programs"),
        "tickets": _("tickets"),
        "timers": _("timers"),
        "work hours": _("time entries"),
    }


def shown(visit: Visit, departure: Departure) -> Answer:
    own = {"customer", "contacts" if departure.kind == "contact" else "", "agents" if departure.kind == "asset" else ""}
    going = {name: n for name, n in departure.counts.items() if n and name not in own}
    return visit.page(
        "customers/leaving.html", departure=departure, going=going, listed_max=LISTED_MAX, amounts=amounts(visit)
    )


def named(visit: Visit, departure: Departure) -> None:
    """Refuse what was not named."""
    typed = visit.form.get("name", "")
    if not typed.strip():
        visit.refuse(name=MISSING)
    if fold(" ".join(typed.split())) != fold(" ".join(departure.name.split())):
        visit.refuse(name="is not the name")


def archives(visit: Visit) -> Answer:
    asked = Page(size=50, descending=True, after=visit.query.get("after"))
    found = ARCHIVES.page(visit.work, Input.check({}), asked)
    return visit.page(
        "customers/archives.html",
        archives=ARCHIVES.read(visit.work, found.items),
        total=found.total,
        after=f"/archives?after={found.last}" if found.further else None,
        new=visit.query.get("new"),
        megabytes=megabytes,
    )


def megabytes(size: int) -> Any:
    return round(size / 2**20, 1) if size > 2**20 else round(size / 2**20, 3)


def download(visit: Visit) -> Answer:
    archive = leaving.content(visit.work, visit.id())
    name = f"customer-{archive.customer_id}-{archive.at:%Y-%m-%d}.zip"
    disposition = (b"content-disposition", f'attachment; filename="{name}"'.encode())
    return Answer(200, archive.content, [disposition], ZIP)


ROUTES = (
    page("/customers/{id}/deactivation", customer_page),
    act("/customers/{id}/deactivation", remove_customer, again=customer_page),
    page("/contacts/{id}/deletion", contact_page),
    act("/contacts/{id}/deletion", remove_contact, again=contact_page),
    page("/assets/{id}/deletion", asset_page),
    act("/assets/{id}/deletion", remove_asset, again=asset_page),
    page("/archives", archives),
    page("/archives/{id}/file", download),
)
