"""Settings: the provider, who works here, keys of programs, what is asked and said often, and what happened."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from functools import partial
from importlib import metadata
from typing import Any

from quarterdeck.desk import access, customers, fields, figures, journal, provider, replies, signin, tickets
from quarterdeck.desk.access import Role
from quarterdeck.desk.errors import Conflict, Forbidden, Invalid, Stale
from quarterdeck.desk.fields import Target, Type
from quarterdeck.desk.paging import Page
from quarterdeck.edge.http import Answer
from quarterdeck.web.editing import choices, definitions
from quarterdeck.web.entrance import said
from quarterdeck.web.kit import Visit, act, page
from quarterdeck.web.me import ZONES
from quarterdeck.web.speech import Speech
from quarterdeck.web.wording import DEEDS, N_, THINGS, room, word

PEOPLE = access.READING.view(("id", "full_name", "active"))
CUSTOMERS = customers.READING.view(("id", "name"))
REPLIES = replies.READING.view(("id", "title", "subject", "body", "category.name", "updated_at"))
CATEGORIES = replies.CATEGORIES.view(("id", "name"))
MANY = 500
SHOWN = 50
# Scopes of a key that are told in a list of keys.
FEW = 3
# A copy of the database that is older is not enough.
STALE = timedelta(days=7)
ADDRESS = ("name", "address", "city", "state", "zip", "country", "phone", "time_zone")
TABS = (
    ("", N_("Provider"), None),
    ("/technicians", N_("Technicians"), "access:read"),
    ("/keys", N_("API keys"), "access:read"),
    ("/fields", N_("Custom fields"), "fields:read"),
    ("/words", N_("Ticket words"), None),
    ("/replies", N_("Canned replies"), "replies:read"),
    ("/audit", N_("Audit log"), "journal:read"),
    ("/system", N_("System"), "access:read"),
)
ROLES = {
    Role.OWNER: N_("Owner: may do everything"),
    Role.TECHNICIAN: N_("Technician: everything but people, keys, audit log and system"),
    Role.READ_ONLY: N_("Read-only: may look, and change nothing"),
}
TARGETS = {
    Target.CUSTOMER: N_("Customers"),
    Target.CONTACT: N_("Contacts"),
    Target.TICKET: N_("Tickets"),
    Target.AGENT: N_("Assets"),
    Target.CONTRACT: N_("Contracts"),
}
TYPES = {
    Type.TEXT: N_("Text"),
    Type.NUMBER: N_("Number, such as 12.5"),
    Type.DATE: N_("Date"),
    Type.YES_NO: N_("Yes or no"),
    Type.CHOICE: N_("One of several options"),
}
SCOPES = {
    "*": N_("Everything its technician may do"),
    "*:read": N_("Look at everything"),
    "": N_("Only what is ticked"),
}


def shown(visit: Visit, template: str, here: str, **context: Any) -> Answer:
    tabs = [
        (f"/settings{where}", visit.speech._(name), where == here)
        for where, name, right in TABS
        if right is None or visit.visitor.may(right)
    ]
    return visit.page(f"settings/{template}.html", tabs=tabs, word=word, **context)


def provider_page(visit: Visit) -> Answer:
    return shown(visit, "provider", "", provider=provider.get(visit.work), zones=ZONES)


def change_provider(visit: Visit) -> Answer:
    typed = {name: said(visit, name).strip() for name in ADDRESS if name in visit.form}
    if typed.get("time_zone") not in ZONES:
        visit.refuse(time_zone="is no time zone")
    changes = {name: value if name in ("name", "time_zone") else value or None for name, value in typed.items()}
    before = provider.get(visit.work)
    changed = {name: value for name, value in changes.items() if value != getattr(before, name)}
    if changed:
        provider.change(visit.work, provider.Changes.check(changed))
    return visit.go("/settings", visit.speech._("Kept."))


def technicians_page(visit: Visit) -> Answer:
    return shown(
        visit,
        "technicians",
        "/technicians",
        people=access.everyone(visit.work),
        waiting=signin.waiting(visit.work),
        roles=worded(visit, ROLES),
    )


def invite(visit: Visit) -> Answer:
    names = ("first_name", "last_name", "email", "role")
    asked = access.New.check({name: said(visit, name) for name in names if name in visit.form})
    id, token = signin.invite(visit.work, asked)
    return link_page(visit, id, token)


def link_page(visit: Visit, id: int, token: str) -> Answer:
    """The link, in the answer itself: it cannot be shown again."""
    who = access.get(visit.work, id)
    return shown(visit, "link", "/technicians", who=who, link=f"{visit.request.base}/welcome/{token}")


def technician_page(visit: Visit) -> Answer:
    who = access.get(visit.work, visit.id())
    visit.work.require("access:read")
    waiting = signin.waiting(visit.work).get(who.id)
    return shown(visit, "technician", "/technicians", who=who, waiting=waiting, roles=worded(visit, ROLES))


def change_technician(visit: Visit) -> Answer:
    id = visit.id()
    names = ("first_name", "last_name", "role")
    asked: dict[str, Any] = {name: said(visit, name) for name in names if name in visit.form}
    if "active" in visit.form:
        asked["active"] = said(visit, "active") == "yes"
    before = access.get(visit.work, id)
    changed = {name: value for name, value in asked.items() if value != getattr(before, name)}
    try:
        if changed:
            access.change(visit.work, id, access.Changes.check(changed))
    except Conflict as conflict:
        raise Invalid({"role": str(conflict)}) from conflict
    told = {True: "%(name)s may come in again.", False: "%(name)s is switched off, and signed out everywhere."}
    text = told[changed["active"]] if "active" in changed else "Kept."
    return visit.go(
        "/settings/technicians", visit.speech._(text, name=f"{before.first_name} {before.last_name}".strip())
    )


def make_link(visit: Visit) -> Answer:
    """A link to choose a password: the first one, or another."""
    who = access.get(visit.work, visit.id())
    make = signin.invite_again if who.password_hash is None else signin.reset
    return link_page(visit, who.id, make(visit.work, who.id))


def reset_factor(visit: Visit) -> Answer:
    signin.reset_factor(visit.work, visit.id())
    return visit.go(f"/settings/technicians/{visit.id()}", visit.speech._("The second factor is off."))


def keys_page(visit: Visit) -> Answer:
    found = [
        dict(
            zip(
                ("id", "name", "hint", "email", "scopes", "customer_id", "ends_at", "revoked_at", "used_at"),
                row,
                strict=True,
            )
        )
        for row in access.keys(visit.work)
    ]
    live = [key for key in found if not key["revoked_at"]]
    gone = [key for key in found if key["revoked_at"]]
    ids = sorted({key["customer_id"] for key in found if key["customer_id"]})[:MANY]
    named = CUSTOMERS.page(visit.work, customers.Filter.check({"ids": ids}), Page(size=MANY)).items if ids else ()
    names = {row.id: row.name for row in CUSTOMERS.read(visit.work, named)}
    keys = [*reversed(live), *reversed(gone)][:MANY]
    return shown(visit, "keys", "/keys", keys=keys, customers=names, scoped=partial(scoped, visit.speech))


def scoped(speech: Speech, scopes: Sequence[str]) -> str:
    """What a key may, in words: `Tickets, Customers (look)`."""
    if "*" in scopes:
        return speech._("Everything")
    if "*:read" in scopes:
        return speech._("Everything (look)")
    said = []
    for scope in scopes[:FEW]:
        name, _, verb = scope.partition(":")
        said.append(speech._("%(room)s (look)", room=room(speech, name)) if verb == "read" else room(speech, name))
    more = speech._("%(n)s more", n=len(scopes) - FEW) if len(scopes) > FEW else ""
    return ", ".join([*said, *([more] if more else [])])


def new_key_page(visit: Visit) -> Answer:
    visit.work.require("access:write")
    found = PEOPLE.page(visit.work, access.Filter.check({"active": True}), Page(size=MANY))
    return shown(
        visit,
        "new-key",
        "/keys",
        people=choices(PEOPLE.read(visit.work, found.items), "full_name")[1:],
        me=visit.visitor.technician_id,
        scopes=worded(visit, SCOPES),
        rooms=access.ROOMS,
    )


def make_key(visit: Visit) -> Answer:
    whole = said(visit, "scope")
    ticked = [name.removeprefix("scope.") for name, value in visit.form.items() if name.startswith("scope.") and value]
    if whole not in SCOPES or (not whole and not ticked):
        visit.refuse(scope="needs something ticked below")
    asked = {
        "name": said(visit, "name"),
        "technician_id": said(visit, "technician_id"),
        "scopes": [whole] if whole else ticked,
        "customer_id": customer_named(visit, said(visit, "customer").strip()),
        "ends_at": end_of(visit, said(visit, "ends_on")),
    }
    _, text = access.give_key(visit.work, access.NewKey.check(asked))
    return shown(visit, "key", "/keys", name=asked["name"], text=text)


def customer_named(visit: Visit, name: str) -> int | None:
    if not name:
        return None
    found = CUSTOMERS.page(visit.work, customers.Filter.check({"like": name}), Page(size=MANY))
    rows = CUSTOMERS.read(visit.work, found.items)
    exact = [row for row in rows if row.name.casefold() == name.casefold()] or rows
    if len(exact) != 1:
        visit.refuse(customer="fits several customers: give the whole name" if exact else "names no customer")
    return int(exact[0].id)


def end_of(visit: Visit, day: str) -> datetime | None:
    """When a day is over, where the person is."""
    if not day:
        return None
    try:
        begins = datetime.combine(datetime.fromisoformat(day).date(), time(), visit.speech.zone)
        ends = begins + timedelta(days=1)
    except (ValueError, OverflowError):
        raise Invalid({"ends_on": "is not a date"}) from None
    if ends <= visit.work.now:
        visit.refuse(ends_on="is over already")
    return ends


def revoke_key(visit: Visit) -> Answer:
    access.revoke_key(visit.work, visit.id())
    return visit.go("/settings/keys", visit.speech._("The key opens nothing any more, within seconds."))


def fields_page(visit: Visit) -> Answer:
    target = target_of(visit.query.get("target"))
    targets = [(f"/settings/fields?target={one}", visit.speech._(name), one is target) for one, name in TARGETS.items()]
    return shown(
        visit, "fields", "/fields", target=target, targets=targets, fields=definitions(visit, target), types=TYPES
    )


def target_of(word: str | None) -> Target:
    return Target(word) if word in set(Target) else Target.CUSTOMER


def new_field_page(visit: Visit) -> Answer:
    visit.work.require("fields:write")
    target = target_of(visit.query.get("target") or said(visit, "target"))
    return shown(
        visit, "field", "/fields", field=None, target=target, types=worded(visit, TYPES), targets=worded(visit, TARGETS)
    )


def make_field(visit: Visit) -> Answer:
    asked = fields.New.check({"target": said(visit, "target"), "type": said(visit, "type"), **field_form(visit)})
    fields.create(visit.work, asked)
    return visit.go("/settings/fields", visit.speech._("The field is there."), target=asked.target)


def field_form(visit: Visit) -> dict[str, Any]:
    options = [line.strip() for line in said(visit, "options").splitlines() if line.strip()]
    return {"name": said(visit, "name"), "description": said(visit, "description").strip() or None, "options": options}


def field_page(visit: Visit) -> Answer:
    field = fields.get(visit.work, visit.id())
    return shown(
        visit,
        "field",
        "/fields",
        field=field,
        target=field.target,
        types=worded(visit, TYPES),
        targets=worded(visit, TARGETS),
    )


def change_field(visit: Visit) -> Answer:
    field = fields.get(visit.work, visit.id())
    asked = {name: value for name, value in field_form(visit).items() if name in visit.form}
    changed = {name: value for name, value in asked.items() if value != getattr(field, name)}
    if changed:
        fields.change(visit.work, field.id, fields.Changes.check(changed))
    return visit.go("/settings/fields", visit.speech._("Kept."), target=field.target)


def remove_field(visit: Visit) -> Answer:
    field = fields.get(visit.work, visit.id())
    try:
        fields.remove(visit.work, field.id)
    except Conflict as conflict:
        raise Invalid({"field": str(conflict)}) from conflict
    return visit.go("/settings/fields", visit.speech._("The field is gone."), target=field.target)


def words_page(visit: Visit) -> Answer:
    stages = [(stage, [word for word, at in tickets.KNOWN.items() if at is stage]) for stage in tickets.Stage]
    known = {*tickets.Stage, *tickets.KNOWN}
    return shown(
        visit,
        "words",
        "/words",
        stages=stages,
        types=list(tickets.Type),
        targets=[(one, tickets.TARGETS[one]) for one in reversed(tickets.Priority)],
        own=[one for one in tickets.statuses(visit.work) if one.casefold() not in known],
        sorts=tickets.problems(visit.work),
    )


def replies_page(visit: Visit) -> Answer:
    query = visit.query
    asked = {
        name: value
        for name, value in (("like", query.get("q", "")[:200]), ("category", query.get("category")))
        if value
    }
    place = Page(size=SHOWN, order="title", after=query.get("after"), before=query.get("before"))
    found = REPLIES.page(visit.work, replies.Filter.check(asked), place)
    return shown(
        visit,
        "replies",
        "/replies",
        rows=REPLIES.read(visit.work, found.items),
        found=found,
        asked=query,
        categories=categories(visit),
    )


def categories(visit: Visit) -> list[Any]:
    found = CATEGORIES.page(visit.work, replies.CategoryFilter.check({}), Page(size=MANY, order="name"))
    return list(CATEGORIES.read(visit.work, found.items))


def reply_page(visit: Visit) -> Answer:
    reply = replies.get(visit.work, visit.id()) if "id" in visit.request.params else None
    visit.work.require("replies:read" if reply else "replies:write")
    return shown(visit, "reply", "/replies", reply=reply, categories=choices(categories(visit)))


def reply_form(visit: Visit) -> dict[str, Any]:
    category = said(visit, "category_id")
    return {
        "title": said(visit, "title"),
        "subject": said(visit, "subject").strip() or None,
        "body": said(visit, "body").replace("\r\n", "\n"),
        "category_id": category or None,
    }


def make_reply(visit: Visit) -> Answer:
    replies.create(visit.work, replies.New.check(reply_form(visit)))
    return visit.go("/settings/replies", visit.speech._("The reply is there."))


def change_reply(visit: Visit) -> Answer:
    version = said(visit, "version")
    try:
        replies.change(
            visit.work,
            visit.id(),
            replies.Changes.check(reply_form(visit)),
            int(version) if version.isascii() and version.isdigit() else None,
        )
    except Stale as stale:
        raise Invalid({"title": str(stale)}) from stale
    return visit.go("/settings/replies", visit.speech._("Kept."))


def remove_reply(visit: Visit) -> Answer:
    replies.remove(visit.work, visit.id())
    return visit.go("/settings/replies", visit.speech._("The reply is gone."))


def categories_page(visit: Visit) -> Answer:
    return shown(visit, "categories", "/replies", categories=categories(visit))


def make_category(visit: Visit) -> Answer:
    replies.create_category(visit.work, replies.NewCategory.check(visit.form))
    return visit.go("/settings/replies/categories", visit.speech._("The category is there."))


def change_category(visit: Visit) -> Answer:
    replies.change_category(visit.work, visit.id(), replies.NewCategory.check(visit.form))
    return visit.go("/settings/replies/categories", visit.speech._("Kept."))


def remove_category(visit: Visit) -> Answer:
    replies.remove_category(visit.work, visit.id())
    return visit.go("/settings/replies/categories", visit.speech._("The category is gone. Its replies stay."))


def audit_page(visit: Visit) -> Answer:
    query = visit.query
    asked: dict[str, Any] = {name: query[name][:200] for name in ("who", "what", "kind") if name in query}
    problems: dict[str, str] = {}
    if number := query.get("record", "").lstrip("#"):
        if number.isascii() and number.isdigit() and len(number) < 19 and int(number):
            asked["record_id"] = int(number)
        else:
            problems["record"] = "is no number"
    for name, on in (("since", "from"), ("until", "to")):
        if on in query:
            try:
                day = datetime.combine(datetime.fromisoformat(query[on]).date(), time(), visit.speech.zone)
                asked[name] = day + timedelta(days=name == "until")
            except (ValueError, OverflowError):
                problems[on] = "is not a date"
    looked = journal.search(visit.work, journal.Filter.check(asked), beyond=query.get("after"), most=SHOWN)
    visit.problems = problems
    return shown(
        visit,
        "audit",
        "/audit",
        looked=looked,
        asked=query,
        changes=changes,
        link=linked,
        things=offered(visit, THINGS, query.get("kind")),
        deeds=offered(visit, {f".{name}": text for name, text in DEEDS.items()}, query.get("what")),
    )


def offered(visit: Visit, words: Mapping[str, str], asked: str | None) -> list[tuple[str, str]]:
    """Words to choose from, as the person's language orders them; and what an address asks for beside them."""
    found = sorted(worded(visit, words), key=lambda one: one[1].casefold())
    return found if not asked or asked in words else [(asked, asked), *found]


def changes(entry: Any) -> list[tuple[str, Any, Any]]:
    """What an entry says of each field: its name, what it held before and what it held then."""
    before, after = entry.before or {}, entry.after or {}
    names = [*after, *(name for name in before if name not in after)]
    return [(name, brief(before.get(name)), brief(after.get(name))) for name in names]


def brief(value: Any) -> Any:
    if value is None or isinstance(value, bool):
        return value
    text = str(value)
    return text if len(text) <= 300 else f"{text[:300]}…"


PLACES = {"ticket": "/tickets/", "customer": "/customers/", "contact": "/contacts/", "asset": "/assets/"}


def linked(entry: Any) -> str | None:
    """Where the page of what an entry tells of is."""
    return f"{PLACES[entry.kind_of]}{entry.record_id}" if entry.kind_of in PLACES else None


def system_page(visit: Visit) -> Answer:
    if not visit.visitor.may("access:write"):
        raise Forbidden("needs the right access:write")
    about = figures.about(visit.work)
    findings = visit.outside(lambda outside: outside.examine()) if "examine" in visit.query else None
    return shown(
        visit,
        "system",
        "/system",
        about=about,
        findings=findings,
        version=metadata.version("quarterdeck"),
        backups=provider.backups(visit.work),
        stale=visit.work.now - STALE,
    )


def make_backup(visit: Visit) -> Answer:
    visit.work.require("access:write")
    name, size = visit.outside(lambda outside: outside.backup())
    provider.backed_up(visit.work, name, size)
    return visit.go("/settings/system", visit.speech._("%(name)s is written, whole and checked.", name=name))


def worded(visit: Visit, words: Mapping[Any, str]) -> list[tuple[Any, str]]:
    return [(str(value), visit.speech._(text)) for value, text in words.items()]


ROUTES = (
    page("/settings", provider_page),
    act("/settings", change_provider, again=provider_page),
    page("/settings/technicians", technicians_page),
    act("/settings/technicians", invite, again=technicians_page),
    page("/settings/technicians/{id}", technician_page),
    act("/settings/technicians/{id}", change_technician, again=technician_page),
    act("/settings/technicians/{id}/link", make_link),
    act("/settings/technicians/{id}/second-factor/removal", reset_factor),
    page("/settings/keys", keys_page),
    page("/settings/keys/new", new_key_page),
    act("/settings/keys/new", make_key, again=new_key_page),
    act("/settings/keys/{id}/revocation", revoke_key),
    page("/settings/fields", fields_page),
    page("/settings/fields/new", new_field_page),
    act("/settings/fields/new", make_field, again=new_field_page),
    page("/settings/fields/{id}", field_page),
    act("/settings/fields/{id}", change_field, again=field_page),
    act("/settings/fields/{id}/removal", remove_field, again=field_page),
    page("/settings/words", words_page),
    page("/settings/replies", replies_page),
    page("/settings/replies/new", reply_page),
    act("/settings/replies/new", make_reply, again=reply_page),
    page("/settings/replies/categories", categories_page),
    act("/settings/replies/categories", make_category, again=categories_page),
    act("/settings/replies/categories/{id}", change_category, again=categories_page),
    act("/settings/replies/categories/{id}/removal", remove_category),
    page("/settings/replies/{id}", reply_page),
    act("/settings/replies/{id}", change_reply, again=reply_page),
    act("/settings/replies/{id}/removal", remove_reply),
    page("/settings/audit", audit_page),
    page("/settings/system", system_page),
    act("/settings/system/backups", make_backup, again=system_page),
)
