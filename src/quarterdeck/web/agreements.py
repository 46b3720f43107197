"""What was agreed with a customer: contracts, and what is billed again and again."""

from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from quarterdeck.desk import charges, contracts, customers, schedules, tickets
from quarterdeck.desk.errors import Invalid
from quarterdeck.desk.fields import Target
from quarterdeck.desk.paging import Page
from quarterdeck.edge.http import Answer
from quarterdeck.web import editing
from quarterdeck.web.customer import billing_tab
from quarterdeck.web.hanging import TICKETS
from quarterdeck.web.kit import Visit, act, below, page
from quarterdeck.web.wording import word

# The forms of a contract's page: the fields of each, and what is ticked.
PARTS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "contract": (("name", "billed_as", "starts_at", "ends_at", "amount"), ("active",)),
    "notes": (("notes",), ()),
}
NEW = ("name", "billed_as", "starts_at", "ends_at", "amount", "notes")
SCHEDULE = ("name", "frequency", "next_run")
LINE = ("name", "quantity", "price")
LINES = schedules.LINES.view(["id", "name", "description", "quantity", "price_cents", "once"])
LINES_MAX = 200
TICKETS_SHOWN = 8


def day(name: str, text: str) -> datetime:
    """A day as the desk keeps those of agreements: its beginning in UTC, wherever people are."""
    try:
        chosen = date.fromisoformat(text)
    except ValueError:
        raise Invalid({name: "is not a day"}) from None
    return datetime(chosen.year, chosen.month, chosen.day, tzinfo=UTC)


def dated(values: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: day(name, value) if name in names and value else value for name, value in values.items()}


def typed(visit: Visit, names: tuple[str, ...]) -> dict[str, Any]:
    """What a form of something new says; what is empty is not said, but for the name."""
    given = {name: str(visit.form.get(name) or "").strip() or None for name in names}
    return {name: value for name, value in given.items() if value is not None or name == "name"}


def add_contract(visit: Visit) -> Answer:
    customer = customers.get(visit.work, visit.id())
    asked = dated(typed(visit, NEW), "starts_at", "ends_at")
    id = contracts.create(visit.work, contracts.New.check({**asked, "customer_id": customer.id}))
    return visit.go(f"/contracts/{id}", visit.speech._("The contract is there."))


def contract(visit: Visit) -> Answer:
    work, one = visit.work, contracts.get(visit.work, visit.id())
    asked = tickets.Filter.check({"contract_id": one.id})
    under = TICKETS.view.page(work, asked, Page(size=TICKETS_SHOWN, descending=True))
    return visit.page(
        "agreements/contract.html",
        contract=one,
        terms=held(one),
        customer=customers.get(work, one.customer_id),
        kinds=[(kind, word(visit.speech, kind)) for kind in contracts.Kind],
        tickets=TICKETS.view.read(work, under.items),
        custom=editing.custom(visit, Target.CONTRACT, one.id),
    )


def held(one: Any) -> Any:
    """A contract as its forms hold it: days, not moments."""
    days = {name: at.date().isoformat() if (at := getattr(one, name)) else "" for name in ("starts_at", "ends_at")}
    names = (*PARTS["contract"][0], *PARTS["contract"][1], *PARTS["notes"][0])
    return SimpleNamespace(**{name: days.get(name, getattr(one, name)) for name in names})


def change_contract(visit: Visit) -> Answer:
    one = contracts.get(visit.work, visit.id())
    names, ticks = editing.part_of(visit, PARTS)
    if changes := editing.changed(visit.form, names, held(one), ticks):
        asked = dated(changes, "starts_at", "ends_at")
        contracts.change(visit.work, one.id, contracts.Changes.check(asked))
    return visit.go(f"/contracts/{one.id}", visit.speech._("Saved."))


def keep_fields(visit: Visit) -> Answer:
    one = contracts.get(visit.work, visit.id())
    editing.keep_custom(visit, Target.CONTRACT, one.id)
    return visit.go(f"/contracts/{one.id}", visit.speech._("Saved."))


def add_schedule(visit: Visit) -> Answer:
    customer = customers.get(visit.work, visit.id())
    asked = dated(typed(visit, SCHEDULE), "next_run")
    id = schedules.create(visit.work, schedules.New.check({**asked, "customer_id": customer.id}))
    return visit.go(f"/schedules/{id}", visit.speech._("The schedule is there. What does it bill?"))


def schedule(visit: Visit) -> Answer:
    work, one = visit.work, schedules.get(visit.work, visit.id())
    found = LINES.page(work, schedules.LineFilter(schedule_id=one.id), Page(size=LINES_MAX, order="position"))
    lines = LINES.read(work, found.items)
    return visit.page(
        "agreements/schedule.html",
        schedule=one,
        next_run=one.next_run.date().isoformat(),
        customer=customers.get(work, one.customer_id),
        frequencies=frequencies(visit),
        lines=lines,
        total=sum((charges.amount(line.quantity, line.price_cents) for line in lines), Decimal()),
        amount=charges.amount,
        money=visit.speech.money,
    )


def frequencies(visit: Visit) -> list[tuple[str, str]]:
    return [(one, word(visit.speech, one)) for one in schedules.Frequency]


def change_schedule(visit: Visit) -> Answer:
    one = schedules.get(visit.work, visit.id())
    shown = SimpleNamespace(
        name=one.name, frequency=one.frequency, next_run=one.next_run.date().isoformat(), paused=one.paused
    )
    if changes := editing.changed(visit.form, SCHEDULE, shown, ("paused",)):
        schedules.change(visit.work, one.id, schedules.Changes.check(dated(changes, "next_run")))
    return visit.go(f"/schedules/{one.id}", visit.speech._("Saved."))


def add_line(visit: Visit) -> Answer:
    one = schedules.get(visit.work, visit.id())
    asked = typed(visit, LINE)
    if "price" in asked:
        asked["price_cents"] = editing.cents("price", asked.pop("price"))
    schedules.add_line(visit.work, schedules.NewLine.check({**asked, "schedule_id": one.id}))
    return visit.go(f"/schedules/{one.id}", visit.speech._("The line is there."))


def change_line(visit: Visit) -> Answer:
    one = schedules.get(visit.work, visit.id())
    line = below("line", schedules.line(visit.work, visit.id("line")), schedule_id=one.id)
    shown = SimpleNamespace(name=line.name, quantity=line.quantity, price=editing.price(line.price_cents))
    if visit.form.get("do") == "remove":
        schedules.remove_line(visit.work, line.id)
        said = visit.speech._("Line removed. It stands in the form once more: add it to take that back.")
        return visit.go(f"/schedules/{one.id}", said, **vars(shown))
    changes = editing.changed(visit.form, LINE, shown)
    if "price" in changes:
        changes["price_cents"] = editing.cents("price", changes.pop("price") or "0")
    if changes:
        schedules.change_line(visit.work, line.id, schedules.LineChanges.check(changes))
    return visit.go(f"/schedules/{one.id}", visit.speech._("Saved."))


def billing_again(visit: Visit) -> Answer:
    return billing_tab(visit, customers.get(visit.work, visit.id()))


ROUTES = (
    act("/customers/{id}/contracts", add_contract, again=billing_again),
    page("/contracts/{id}", contract),
    act("/contracts/{id}/changes", change_contract, again=contract),
    act("/contracts/{id}/fields", keep_fields, again=contract),
    act("/customers/{id}/schedules", add_schedule, again=billing_again),
    page("/schedules/{id}", schedule),
    act("/schedules/{id}/changes", change_schedule, again=schedule),
    act("/schedules/{id}/lines", add_line, again=schedule),
    act("/schedules/{id}/lines/{line}", change_line, again=schedule),
)
