"""Every act of the pages with a form that it takes, and ground for each to stand on."""

import re
from typing import Any
from urllib.parse import urlencode

import httpx
import pyotp
import sqlalchemy as sa

import make
from conftest import Browser, Stage
from quarterdeck.desk import (
    access,
    attachments,
    bulk,
    customers,
    importing,
    leaving,
    merging,
    queues,
    replies,
    schedules,
    signin,
    timers,
)
from quarterdeck.desk.fields import Target
from quarterdeck.desk.merging import Kind
from quarterdeck.desk.record import Record
from quarterdeck.desk.signin.actions import WHOLE, begin
from quarterdeck.desk.work import Actor, Work
from quarterdeck.web import ROUTES
from quarterdeck.web.kit import Route

PASSWORD = "correct horse"
ACTS = {f"{one.method} {one.path}": one for one in ROUTES if one.method == "POST"}
PAGES = {f"{one.method} {one.path}": one for one in ROUTES if one.method == "GET"}
SHEET = b"name,email\nGlobex,g@globex.example\n"
Ground = dict[str, Any]


def ground(work: Work, who: int) -> Ground:
    """One of everything that an address may name; whatever is somebody's own is this technician's."""
    me = Work(work.link, Actor("Somebody", access.ALL, who), work.now, "tests")
    customer = make.customer(work, domain=None)
    contact = make.contact(work, customer_id=customer)
    ticket = make.ticket(work, contact_id=contact)
    other = make.ticket(work, contact_id=contact)
    device = make.agent(work, customer_id=customer)
    guid = attachments.get(work, make.attachment(work, ticket_id=ticket, name="log.txt")).guid
    colleague = make.technician(work)
    asked = {"customer_id": customer, "name": "Care", "frequency": "monthly", "next_run": "2026-04-01"}
    schedule = schedules.create(work, schedules.New.check(asked))
    work.delete(queues.SavedView, queues.SavedView.technician_id == who)
    found: Ground = {
        "customer": customer,
        "contact": contact,
        "ticket": ticket,
        "other": other,
        "device": device,
        "guid": guid,
        "colleague": colleague,
        "comment": make.comment(work, ticket, body="Look: ![scan](https://spy.example/p.gif)"),
        "entry": make.time_entry(me, ticket),
        "charge": make.line(work, ticket_id=ticket),
        "site": customers.add_site(work, customers.NewSite.check({"name": "Harbour", "customer_id": customer})),
        "phone": customers.add_phone(
            work, customers.NewPhone.check({"label": "Desk", "number": "555-1", "customer_id": customer})
        ),
        "twin": make.customer(work, name="Acme Dental again", domain=None),
        "second": make.customer(work, name="Initech", domain=None),
        "merge": merging.merge(
            work,
            Kind.CUSTOMER,
            make.customer(work, name="Hooli", domain=None),
            make.customer(work, name="Hooli two", domain=None),
        ),
        "archive": leaving.remove_customer(work, make.customer(work, name="Left Ltd", domain=None)),
        "change": bulk.change_several(me, bulk.Several.check({"ids": [other], "priority": "high"})).id,
        "view": queues.save_view(me, queues.NewView.check({"name": "Big", "condition": {"all": []}, "order": "due"})),
        "reply": make.reply(work),
        "article": make.article(work, name=f"VPN {customer}"),
        "category": replies.create_category(work, replies.NewCategory.check({"name": f"Sorts {customer}"})),
        "field": make.field(work, name=f"Field {customer}", target=Target.CUSTOMER),
        "contact field": make.field(work, name=f"Field {customer}", target=Target.CONTACT),
        "agent field": make.field(work, name=f"Field {customer}", target=Target.AGENT),
        "contract field": make.field(work, name=f"Field {customer}", target=Target.CONTRACT),
        "contract": make.contract(work, customer_id=customer),
        "schedule": schedule,
        "line": schedules.add_line(work, schedules.NewLine(schedule_id=schedule, name="Backup")),
        "key": access.give_key(work, access.NewKey(name="Script", technician_id=1))[0],
        "import": importing.receive(me, Kind.CUSTOMER, "list.csv", SHEET),
        "session": begin(me, technician(work, who), None, None, WHOLE)[0],
        "token": signin.invite_again(work, colleague),
    }
    queues.keep_draft(me, f"ticket/{ticket}/answer", "Not sent yet")
    queues.relate(work, ticket, other)
    work.delete(signin.Factor, signin.Factor.technician_id == who)
    return found


def technician(work: Work, id: int) -> access.Technician:
    found = work.find(access.Technician, id)
    assert found is not None
    return found


# The kind of record behind the id of an address, by how that begins.
BEHIND = (
    ("/tickets/", "ticket"),
    ("/contacts/", "contact"),
    ("/assets/", "device"),
    ("/queue/views/", "view"),
    ("/queue/changes/", "change"),
    ("/customers/", "customer"),
    ("/archives/", "archive"),
    ("/articles/", "article"),
    ("/contracts/", "contract"),
    ("/schedules/", "schedule"),
    ("/merges/", "merge"),
    ("/imports/", "import"),
    ("/settings/technicians/", "colleague"),
    ("/settings/keys/", "key"),
    ("/settings/fields/", "field"),
    ("/settings/replies/categories/", "category"),
    ("/settings/replies/", "reply"),
    ("/me/sessions/", "session"),
    ("/me/passkeys/", "passkey"),
    ("/me/accounts/", "identity"),
    ("/duplicates/", "customer"),
)
# What other parts of an address say.
SAYS = {"tab": "tickets", "name": "log.txt", "primary": "customer", "duplicate": "twin"}


def address(path: str, on: Ground) -> str:
    """The address of a route on this ground."""
    if path.startswith("/duplicates/"):
        path = path.replace("{kind}", "customer")
    if path.startswith("/reports/"):
        path = path.replace("{kind}", "technicians")
    own = next((kind for start, kind in BEHIND if path.startswith(start)), "")

    def said(part: re.Match[str]) -> str:
        name = own if part[1] == "id" else part[1]
        name = SAYS.get(name, name)
        return str(on.get(name, 1 if name in ("passkey", "identity", "timer") else name))

    return re.sub(r"\{(\w+)\}", said, path)


def form(act: str, on: Ground) -> dict[str, str]:
    """A form that an act takes."""
    ticket, other = str(on["ticket"]), str(on["other"])
    forms: dict[str, dict[str, str]] = {
        "/queue/change": {"do": "change", f"t{ticket}": "1", "priority": "high"},
        "/queue/delete": {"ids": other, "typed": "1"},
        "/queue/merge": {"ids": f"{ticket},{other}", "into": ticket},
        "/queue/views/new": {"name": "Printers", "join": "all", "field0": "text", "is0": "contains", "value0": "fire"},
        "/queue/views/{id}": {"name": "Bigger", "join": "all"},
        "/tickets/new": {"title": "Another", "customer_id": str(on["customer"])},
        "/me": {"theme": "dark"},
        "/me/password": {"old": PASSWORD, "password": "a long password", "again": "a long password"},
        "/me/second-factor": {"begin_password": PASSWORD},
        "/me/passkeys/question": {"passkey_password": PASSWORD},
        "/me/accounts": {"account_password": PASSWORD},
        "/me/recovery-codes": {"codes_password": PASSWORD},
        "/me/second-factor/removal": {"factor_password": PASSWORD},
        "/me/second-factor/confirmation": {"code": str(on.get("code"))},
        "/me/passkeys/{id}": {"name": "Laptop"},
        "/tickets/{id}/fields": {"priority": "critical"},
        "/tickets/{id}/title": {"title": "Smoke"},
        "/tickets/{id}/description": {"description": "Much of it"},
        "/tickets/{id}/devices": {"asset_id": str(on["device"])},
        "/tickets/{id}/answers": {"answer": "On my way"},
        "/tickets/{id}/notes": {"note": "No way"},
        "/tickets/{id}/drafts": {"answer": "On my"},
        "/tickets/{id}/drafts/removal": {"box": "answer"},
        "/tickets/{id}/charges": {"charge": "Patch cable", "quantity": "2", "price": "9.90"},
        "/tickets/{id}/hours": {"line": "10m looked at it"},
        "/tickets/{id}/links": {"other_id": other},
        "/tickets/{id}/merge": {"into_id": other},
        "/tickets/{id}/customer": {"to": f"customer-{on['second']}"},
        "/tickets/{id}/comments/{comment}/split": {"split_title": "Smoke, too"},
        "/previews": {"text": "*x*"},
        "/contacts": {"first_name": "Pia", "customer_id": str(on["customer"])},
        "/contacts/{id}/changes": {"part": "notes", "notes": "Calls often", "was.notes": ""},
        "/contacts/{id}/customer": {"customer_id": str(on["second"])},
        "/contacts/{id}/deletion": {"name": "Pat Moore"},
        "/customers": {"name": "Globex"},
        "/customers/{id}/changes": {"part": "notes", "notes": "Pays late", "was.notes": ""},
        "/customers/{id}/sites": {"name": "Hill"},
        "/customers/{id}/sites/{site}": {"name": "Harbour two", "was.name": "Harbour"},
        "/customers/{id}/phones": {"label": "Home", "number": "555-2"},
        "/customers/{id}/phones/{phone}": {"do": "remove"},
        "/customers/{id}/deactivation": {"name": "Acme Dental"},
        "/customers/{id}/fields": {f"field-{on['field']}": "Mia"},
        "/contacts/{id}/fields": {f"field-{on['contact field']}": "Mia"},
        "/assets/{id}/fields": {f"field-{on['agent field']}": "Mia"},
        "/contracts/{id}/fields": {f"field-{on['contract field']}": "Mia"},
        "/assets": {"name": "ACME-WS-02", "customer_id": str(on["customer"])},
        "/assets/{id}/changes": {"part": "notes", "notes": "Hot", "was.notes": ""},
        "/assets/{id}/customer": {"customer_id": str(on["second"])},
        "/assets/{id}/deletion": {"name": "ACME-WS-01"},
        "/articles": {"name": f"Mail {on['customer']}", "body": "Ask nicely."},
        "/articles/{id}/text": {"name": "VPN two", "was.name": f"VPN {on['customer']}"},
        "/articles/{id}/deletion": {"typed": f"VPN {on['customer']}"},
        "/customers/{id}/contracts": {"name": "Gold", "billed_as": "retainer"},
        "/customers/{id}/schedules": {"name": "Care two", "frequency": "monthly", "next_run": "2026-04-01"},
        "/contracts/{id}/changes": {"part": "notes", "notes": "Ends soon", "was.notes": ""},
        "/schedules/{id}/changes": {"name": "Care two", "was.name": "Care"},
        "/schedules/{id}/lines": {"name": "Antivirus", "quantity": "1", "price": "9"},
        "/schedules/{id}/lines/{line}": {"do": "remove"},
        "/imports": {"kind": "customer"},
        "/imports/{id}/run": {"column-0": "name", "column-1": "email"},
        "/settings": {"name": f"MSP {on['customer']}", "time_zone": "Europe/Berlin"},
        "/settings/technicians": {
            "first_name": "Kim", "email": f"kim{on['customer']}@msp.example", "role": "technician"
        },
        "/settings/technicians/{id}": {"first_name": "Kim"},
        "/settings/keys/new": {"name": "Script", "technician_id": "1", "scope": "*:read"},
        "/settings/fields/new": {"target": "customer", "type": "text", "name": f"Own {on['customer']}"},
        "/settings/fields/{id}": {"name": f"Renamed {on['customer']}"},
        "/settings/replies/new": {"title": "Thanks", "body": "Thank you"},
        "/settings/replies/{id}": {"title": "Thanks", "body": "Thank you"},
        "/settings/replies/categories": {"name": f"More {on['customer']}"},
        "/settings/replies/categories/{id}": {"name": f"Other {on['customer']}"},
    }  # fmt: skip
    return forms.get(act.partition(" ")[2], {})


def ready(work: Work, act: str, on: Ground, who: int) -> None:
    """What an act needs besides: a timer that runs, or none; a second factor; a passkey."""
    me = Work(work.link, Actor("Somebody", access.ALL, who), work.now, "tests")
    work.delete(timers.Timer, timers.Timer.technician_id == who)
    if "{timer}" in act:
        on["timer"] = make.timer(me, on["ticket"])
    if act == "POST /queue/views/{id}/restoration":
        queues.remove_view(me, on["view"])
    if act.startswith("POST /me/"):
        work.delete(signin.RecoveryCode, signin.RecoveryCode.technician_id == who)
        work.delete(signin.Factor, signin.Factor.technician_id == who)
    if "second-factor/confirmation" in act or "second-factor/discard" in act:
        signin.begin_factor(me)
        secret = (signin.offer(me) or ("",))[0]
        on["code"] = pyotp.TOTP(secret).at(int(work.now.timestamp()))
    if "me/second-factor/removal" in act or "recovery-codes" in act:
        work.insert(signin.Factor, technician_id=who, secret="A" * 32, confirmed=True, created_at=work.now)
    if "/me/passkeys/{id}" in act:
        on["passkey"] = work.insert(
            signin.Passkey,
            technician_id=who,
            credential_id=f"c{on['customer']}",
            public_key=b"x",
            sign_count=0,
            name="Phone",
            created_at=work.now,
            last_used_at=None,
        )
    if "/me/accounts/{id}" in act:
        subject = f"s{on['customer']}"
        on["identity"] = work.insert(
            signin.Identity, technician_id=who, issuer="https://id.example", subject=subject, created_at=work.now
        )


def perform(browser: Browser, act: str, on: Ground, **more: Any) -> httpx.Response:
    """Do an act as a browser does."""
    route: Route = ACTS[act]
    sent = form(act, on)
    if route.path == "/imports":
        more["files"] = {"file": ("list.csv", SHEET, "text/csv")}
    return browser.send(address(route.path, on), sent, **more)


def look(browser: Browser, page: str, on: Ground, **more: Any) -> httpx.Response:
    """Open a page."""
    path = address(PAGES[page].path, on)
    asked = {
        "/queue/delete": {"ids": on["ticket"]},
        "/queue/merge": {"ids": f"{on['ticket']},{on['other']}"},
        "/queue/changed": {"ids": on["ticket"]},
        "/search": {"q": "Acme"},
        "/search/found": {"q": "Acme"},
    }.get(path, {})
    return browser.get(f"{path}?{urlencode(asked)}" if asked else path, **more)


def prepared(stage: Stage, act: str, who: int) -> Ground:
    """Fresh ground for one act."""

    def do(work: Work) -> Ground:
        on = ground(work, who)
        ready(work, act, on, who)
        return on

    made: Ground = stage.do(do)
    return made


# What pages leave behind by being looked at: when a session was last used, what has been seen, who is where.
LOOKS = ("tickets_seen", "presences")


def everything(stage: Stage) -> dict[str, list[str]]:
    """All rows of all tables, but for what looking leaves behind."""

    def rows(work: Work) -> dict[str, list[str]]:
        found = {}
        for name, table in Record.metadata.tables.items():
            columns = [column for column in table.columns if column.key not in ("last_used_at", "seen_at")]
            found[name] = sorted(map(str, work.db.execute(sa.select(*columns)))) if name not in LOOKS else []
        return found

    return dict(stage.do(rows))


def changed(before: dict[str, list[str]], after: dict[str, list[str]]) -> dict[str, set[str]]:
    """What is other than before, by table."""
    return {name: {*rows} ^ {*before[name]} for name, rows in after.items() if rows != before[name]}
