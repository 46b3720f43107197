"""Assets: the list, and one page for each."""

from datetime import date
from functools import partial
from typing import Any

from quarterdeck.desk import alerts, assets, contacts, customers, knowledge
from quarterdeck.desk.assets import Asset
from quarterdeck.desk.fields import Target
from quarterdeck.desk.paging import Page
from quarterdeck.edge.http import Answer
from quarterdeck.web import directory, editing
from quarterdeck.web.contacts import customer_of, for_customer
from quarterdeck.web.directory import Directory, of_customer
from quarterdeck.web.hanging import ALERTS, ARTICLES, SHORT_LIST, SITES, history, newest_tickets, open_tickets
from quarterdeck.web.kit import Visit, act, page
from quarterdeck.web.wording import N_

PARTS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "device": (("name", "type", "description", "vendor", "model", "serial", "contact_id", "site_id"), ()),
    "system": (("os", "os_version", "processor", "domain"), ()),
    "dates": (("purchased_on", "warranty_until"), ()),
    "notes": (("notes",), ()),
}
COLUMNS = (
    (N_("Customer"), "customer.name"),
    (N_("Name"), "name"),
    (N_("Type"), "type"),
    (N_("Description"), "description"),
    (N_("Vendor"), "vendor"),
    (N_("Model"), "model"),
    (N_("Serial"), "serial"),
    (N_("Operating system"), "os"),
    (N_("System version"), "os_version"),
    (N_("Processor"), "processor"),
    (N_("Site"), "site.name"),
    (N_("Purchased on"), "purchased_on"),
    (N_("Warranty until"), "warranty_until"),
    (N_("Monitored"), "monitored"),
    (N_("Online"), "online"),
    (N_("Last seen"), "last_seen_at"),
    (N_("Notes"), "notes"),
)
LIST = Directory(
    "/assets",
    assets.READING.view(
        [
            "id",
            "name",
            "type",
            "vendor",
            "model",
            "serial",
            "os",
            "customer_id",
            "customer.name",
            "online",
            "monitored",
            "last_seen_at",
            "warranty_until",
        ]
    ),
    assets.Filter,
    ("name", "serial", "warranty_until", "-updated_at", "created_at"),
    ("type", "online", "customer"),
    whole_words=False,
)
FILE = Directory(
    "/assets",
    assets.READING.view(["id", *(path for _, path in COLUMNS)]),
    assets.Filter,
    LIST.orders,
    LIST.asks,
    whole_words=False,
)
PEOPLE = contacts.READING.view(["id", "full_name", "email"])
PATCHES = assets.PATCHES.view(["id", "code", "title", "severity", "state", "at"])
SOFTWARE = assets.SOFTWARE.view(["name", "vendor", "release"])
CHOICES_MAX = 500


def asked(visit: Visit) -> dict[str, Any]:
    conditions = of_customer(visit)
    if type := visit.query.get("type"):
        conditions["type"] = type
    if (online := visit.query.get("online")) in ("yes", "no"):
        conditions["online"] = online == "yes"
    return conditions


def index(visit: Visit) -> Answer:
    shown = directory.shown(visit, LIST, asked(visit))
    shown.more["open"] = open_tickets(visit, "asset_id", [row.id for row in shown.rows])
    types = [(one, one) for one in assets.types(visit.work)]
    return visit.page("assets/list.html", shown=shown, types=types, day=partial(day, visit))


def as_file(visit: Visit) -> Answer:
    return directory.file(visit, FILE, asked(visit), "assets", COLUMNS, Target.AGENT)


def found(visit: Visit) -> Asset:
    return assets.get(visit.work, visit.id())


def around(visit: Visit, asset: Asset, tab: str) -> dict[str, Any]:
    return {"asset": asset, "customer": customers.get(visit.work, asset.customer_id), "tab": tab}


def overview(visit: Visit) -> Answer:
    work, asset = visit.work, found(visit)
    one = {"asset_id": asset.id}
    alarms = ALERTS.page(work, alerts.Filter.check({**one, "archived": False}), Page(size=SHORT_LIST, descending=True))
    articles = ARTICLES.page(work, knowledge.Filter.check(one), Page(size=SHORT_LIST))
    people = PEOPLE.page(
        work,
        contacts.Filter.check({"customer_id": asset.customer_id, "archived": False}),
        Page(size=CHOICES_MAX, order="name"),
    )
    sites = SITES.under(work, "customer_id", [asset.customer_id], most=CHOICES_MAX)
    user = contacts.seen(work, asset.contact_id) if asset.contact_id else None
    return visit.page(
        "assets/asset.html",
        **around(visit, asset, "overview"),
        **newest_tickets(visit, **one),
        alarms=ALERTS.read(work, alarms.items),
        articles=ARTICLES.read(work, articles.items),
        people=PEOPLE.read(work, people.items),
        sites=SITES.read(work, sites),
        user=user,
        types=assets.types(work),
        custom=editing.custom(visit, Target.AGENT, asset.id),
        disks=disks(asset),
        choices=editing.choices,
        day=partial(day, visit),
    )


def disks(asset: Asset) -> list[dict[str, Any]]:
    """The disks of which it is known how full they are."""
    known = [one for one in asset.disks if isinstance(one, dict) and one.get("total") and one.get("used") is not None]
    return [{**one, "drive": one.get("drive") or "", "share": round(100 * one["used"] / one["total"])} for one in known]


def day(visit: Visit, text: str | None) -> str:
    """A day of the calendar, as people here write it."""
    return visit.speech.day(date.fromisoformat(text)) if text else ""


def software(visit: Visit) -> Answer:
    work, asset = visit.work, found(visit)
    patches = PATCHES.page(work, assets.PatchFilter.check({"asset_id": asset.id}), Page(size=200, descending=True))
    programs = SOFTWARE.page(work, assets.SoftwareFilter.check({"asset_id": asset.id}), Page(size=500, order="name"))
    return visit.page(
        "assets/software.html",
        **around(visit, asset, "software"),
        patches=PATCHES.read(work, patches.items),
        programs=SOFTWARE.read(work, programs.items),
    )


def history_of(visit: Visit) -> Answer:
    asset = found(visit)
    return visit.page("assets/history.html", **around(visit, asset, "history"), **history(visit, "agent", asset.id))


def new(visit: Visit) -> Answer:
    visit.work.require("assets:write")
    return visit.page("assets/new.html", **for_customer(visit), types=assets.types(visit.work))


NEW = ("name", "type", "vendor", "model", "serial", "purchased_on", "warranty_until", "notes")


def create(visit: Visit) -> Answer:
    typed = {name: visit.form.get(name) or None for name in NEW}
    asked = {**typed, "customer_id": customer_of(visit), "monitored": False}
    id = assets.create(visit.work, assets.New.check(asked))
    return visit.go(f"/assets/{id}", visit.speech._("%(name)s is under care now.", name=typed["name"]))


def change(visit: Visit) -> Answer:
    asset = found(visit)
    names, ticks = editing.part_of(visit, PARTS)
    if changes := editing.changed(visit.form, names, asset, ticks):
        assets.change(visit.work, asset.id, assets.Changes.check(changes))
    return visit.go(f"/assets/{asset.id}", visit.speech._("Saved."))


def keep_fields(visit: Visit) -> Answer:
    asset = found(visit)
    editing.keep_custom(visit, Target.AGENT, asset.id)
    return visit.go(f"/assets/{asset.id}", visit.speech._("Saved."))


def move(visit: Visit) -> Answer:
    """To another customer, leaving its people and its site behind."""
    asset = found(visit)
    assets.change(visit.work, asset.id, assets.Move.check({"customer_id": customer_of(visit)}))
    return visit.go(f"/assets/{asset.id}", visit.speech._("Moved."))


ROUTES = (
    page("/assets", index),
    page("/assets.csv", as_file),
    page("/assets/new", new),
    act("/assets", create, again=new),
    page("/assets/{id}", overview),
    page("/assets/{id}/software", software),
    page("/assets/{id}/history", history_of),
    act("/assets/{id}/changes", change, again=overview),
    act("/assets/{id}/fields", keep_fields, again=overview),
    act("/assets/{id}/customer", move, again=overview),
)
