"""Looking for anything by its number, name or words, and every place there is: the palette shows the same."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from quarterdeck.desk import assets, contacts, customers, knowledge, queues, tickets
from quarterdeck.desk.input import Input
from quarterdeck.desk.paging import Page
from quarterdeck.desk.queues import Order
from quarterdeck.desk.reading import View
from quarterdeck.desk.search import words
from quarterdeck.edge.http import Answer
from quarterdeck.web.kit import Visit, page
from quarterdeck.web.queue import NAMES, by_number
from quarterdeck.web.reports.asked import KINDS
from quarterdeck.web.settings.tabs import TABS
from quarterdeck.web.speech import Speech
from quarterdeck.web.wording import N_, word

ASKED_MAX = 200
# So many of a kind are shown; the list of that kind has the rest.
SHOWN = 6
NUMBER_OR_ADDRESS = re.compile(r"[\d@]")
NEWEST = Order("number", descending=True)

TICKETS = tickets.READING.view(["id", "title", "status", "customer.name"])
CUSTOMERS = customers.READING.view(["id", "name", "city", "archived"])
CONTACTS = contacts.READING.view(["id", "full_name", "email", "customer.name", "archived"])
ARTICLES = knowledge.READING.view(["id", "name", "customer.name"])
ASSETS = assets.READING.view(["id", "name", "type", "customer.name"])

# Places that the side bar does not name: where, what it is called, what one must be allowed.
PLACES: tuple[tuple[str, str, str | None], ...] = (
    ("/tickets/new", N_("New ticket"), "tickets:write"),
    ("/customers/new", N_("New customer"), "customers:write"),
    ("/contacts/new", N_("New contact"), "contacts:write"),
    ("/assets/new", N_("New asset"), "assets:write"),
    ("/articles/new", N_("New article"), "knowledge:write"),
    ("/queue/views/new", N_("New view"), "tickets:read"),
    ("/imports", N_("Import"), "customers:write"),
    ("/duplicates", N_("Duplicates"), "customers:read"),
    ("/merges", N_("Merges"), "customers:read"),
    ("/archives", N_("Archives"), "customers:read"),
    ("/search", N_("Search"), None),
    ("/me", N_("Preferences"), None),
    ("/me/security", N_("Signing in"), None),
    ("/me/sessions", N_("Signed in at"), None),
    ("/settings/keys/new", N_("New key"), "access:write"),
    ("/settings/fields/new", N_("New field"), "fields:write"),
    ("/settings/replies/new", N_("New reply"), "replies:write"),
    ("/settings/replies/categories", N_("Categories of canned replies"), "replies:write"),
    ("/styleguide", N_("Styleguide"), None),
)


@dataclass(frozen=True)
class Hit:
    """Something that was found: where it is, what it is called, and what tells it from others of that name."""

    where: str
    name: str
    aside: str = ""


@dataclass(frozen=True)
class Section:
    """What was found of one kind, and where the rest of it is."""

    name: str
    hits: Sequence[Hit] = field(default_factory=list)
    more: str | None = None


def search_page(visit: Visit) -> Answer:
    asked = asked_for(visit)
    return visit.page("search/search.html", asked=asked, sections=found(visit, asked))


def fragment(visit: Visit) -> Answer:
    """The same without a page around it; every place where nothing is asked for."""
    asked = asked_for(visit)
    return visit.page("search/found.html", asked=asked, sections=found(visit, asked) if asked else [places(visit)])


def asked_for(visit: Visit) -> str:
    return visit.query.get("q", "").strip()[:ASKED_MAX]


def found(visit: Visit, asked: str) -> list[Section]:
    """By words, which indexes know; where those find nothing at all, by parts of names."""
    if not asked:
        return []
    about, names = of_tickets(visit, asked), of_names(visit, asked, "text")
    # A name says more than the words of tickets, in which it stands as well; a number says most.
    hits = [about, *names] if by_number(visit) is not None else [*names, about]
    if not any(section.hits for section in hits):
        # Numbers and addresses take longer to look through, and are told from names.
        hits = of_names(visit, asked, "like" if NUMBER_OR_ADDRESS.search(asked) else "name")
    return [section for section in hits if section.hits]


def of_tickets(visit: Visit, asked: str) -> Section:
    """The ticket of that number, and the newest with these words."""
    speech, work, name = visit.speech, visit.work, visit.speech._("Tickets")
    if not visit.visitor.may("tickets:read"):
        return Section(name)
    number = by_number(visit)
    hits = []
    if number is not None:
        (one,) = TICKETS.read(work, [TICKETS.one(work, number)])
        hits.append(hit(speech, one.id, one.title, one.customer_name, one.status))
    condition = {"field": "text", "is": "contains", "value": asked}
    listed = queues.page(work, condition, NEWEST, size=SHOWN) if words(asked) else queues.Listed()
    hits += [hit(speech, row.id, row.title, row.customer, row.status) for row in listed.rows if row.id != number]
    return Section(name, hits, f"/queue?{urlencode({'view': 'all', 'q': asked})}" if listed.after else None)


def hit(speech: Speech, id: int, title: str, customer: str, status: str) -> Hit:
    return Hit(f"/tickets/{id}", title, " · ".join((f"#{id}", customer, word(speech, status))))


def of_names(visit: Visit, asked: str, way: str) -> list[Section]:
    """Customers, contacts, devices and articles. Of the last two, the words are not indexed, but they are few."""
    _, may = visit.speech._, visit.visitor.may
    made = []
    if may("customers:read"):
        rows, more = named(visit, CUSTOMERS, customers.Filter, "/customers", {way: asked})
        made.append(
            Section(_("Customers"), [Hit(f"/customers/{one.id}", one.name, one.city or "") for one in rows], more)
        )
    if may("contacts:read"):
        rows, more = named(visit, CONTACTS, contacts.Filter, "/contacts", {way: asked})
        hits = [
            Hit(f"/contacts/{one.id}", one.full_name or one.email or f"#{one.id}", one.customer_name or "")
            for one in rows
        ]
        made.append(Section(_("Contacts"), hits, more))
    if may("assets:read"):
        rows, more = named(visit, ASSETS, assets.Filter, "/assets", {"like": asked})
        hits = [
            Hit(f"/assets/{one.id}", one.name, " · ".join(text for text in (one.type, one.customer_name) if text))
            for one in rows
        ]
        made.append(Section(_("Assets"), hits, more))
    if may("knowledge:read"):
        rows, more = named(visit, ARTICLES, knowledge.Filter, "/articles", {"like": asked})
        hits = [Hit(f"/articles/{one.id}", one.name, one.customer_name or "") for one in rows]
        made.append(Section(_("Articles"), hits, more))
    return made


def named(
    visit: Visit, view: View, filter: type[Input], where: str, asked: dict[str, Any]
) -> tuple[Sequence[Any], str | None]:
    """The first of a kind by name, and the list of all where there are more."""
    page = view.page(visit.work, filter.check(asked), Page(size=SHOWN, order="name"))
    more = f"{where}?{urlencode({'q': visit.query['q']})}"
    return view.read(visit.work, page.items), more if page.total > SHOWN else None


def places(visit: Visit) -> Section:
    """Where one may go besides the side bar: views, forms, settings, reports."""
    _, may = visit.speech._, visit.visitor.may
    hits = [Hit(f"/queue?view={key}", _(name), _("Queue")) for key, name in NAMES.items()]
    hits += [Hit(f"/queue?view={one.id}", one.name, _("Queue")) for one in queues.views(visit.work)]
    hits += [Hit(where, _(name)) for where, name, right in PLACES if right is None or may(right)]
    hits += [Hit(f"/reports/{kind}", _(name), _("Reports")) for kind, name in KINDS.items()]
    hits += [
        Hit(f"/settings{where}", _(name), _("Settings")) for where, name, right in TABS if right is None or may(right)
    ]
    return Section(_("Places"), hits)


ROUTES = (page("/search", search_page), page("/search/found", fragment))
