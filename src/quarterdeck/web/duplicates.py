"""Duplicates: pairs that look alike, what a merge would do, the merge, and the way back."""

from typing import Any

from quarterdeck.desk import contacts, customers, merging
from quarterdeck.desk.errors import Invalid, NotFound
from quarterdeck.desk.input import Input, whole
from quarterdeck.desk.merging import Kind
from quarterdeck.desk.paging import Page
from quarterdeck.desk.reading import View
from quarterdeck.edge.http import Answer
from quarterdeck.web.departures import amounts
from quarterdeck.web.kit import Visit, act, page

CUSTOMERS = customers.READING.view(["id", "name", "full_name", "email", "phone", "city", "domain", "created_at"])
CONTACTS = contacts.READING.view(["id", "full_name", "email", "phone", "mobile", "customer.name", "created_at"])
VIEWS: dict[Kind, tuple[View, type[Input]]] = {
    Kind.CUSTOMER: (CUSTOMERS, customers.Filter),
    Kind.CONTACT: (CONTACTS, contacts.Filter),
}
MERGES = merging.READING.view(["id", "of_kind", "primary_id", "duplicate_id", "at", "undone_at", "removed"])
SIZE, OFFERED = 25, 20
# What is compared, side by side.
COMPARED = {
    Kind.CUSTOMER: (
        "name", "category", "first_name", "last_name", "email", "phone", "mobile", "website", "domain", "address",
        "city", "zip", "country", "business_number", "archived", "created_at",
    ),
    Kind.CONTACT: (
        "first_name", "last_name", "email", "phone", "mobile", "job_title", "address", "city", "archived",
        "created_at",
    ),
}  # fmt: skip


def kind_of(text: str | None) -> Kind:
    if text not in set(Kind):
        raise NotFound("page")
    return Kind(text)


def records(visit: Visit, kind: Kind, ids: set[int]) -> dict[int, Any]:
    view, filter = VIEWS[kind]
    if not ids:
        return {}
    found = view.page(visit.work, filter.check({"ids": sorted(ids)}), Page(size=len(ids)))
    return {row.id: row for row in view.read(visit.work, found.items)}


def index(visit: Visit) -> Answer:
    kind = kind_of(visit.query.get("kind", Kind.CUSTOMER))
    page = Page(number=max(1, whole(visit.query.get("page", "1")[:6]) or 1), size=SIZE)
    found = merging.duplicates(visit.work, kind, page)
    there = records(visit, kind, {id for pair in found.items for id in (pair.primary_id, pair.duplicate_id)})
    return visit.page(
        "duplicates/list.html",
        kind=kind,
        pairs=[pair for pair in found.items if pair.primary_id in there and pair.duplicate_id in there],
        there=there,
        total=found.total,
        before=f"/duplicates?kind={kind}&page={page.number - 1}" if page.number > 1 else None,
        after=f"/duplicates?kind={kind}&page={page.number + 1}" if found.further else None,
        reasons=reasons(visit),
    )


def reasons(visit: Visit) -> dict[str, str]:
    _ = visit.speech._
    return {
        "name": _("same name"),
        "email": _("same mail address"),
        "phone": _("same phone number"),
        "domain": _("same domain"),
    }


def name_of(kind: Kind, record: Any) -> str:
    if kind is Kind.CUSTOMER:
        return str(record.name)
    return f"{record.first_name or ''} {record.last_name or ''}".strip() or record.email or f"#{record.id}"


def get(visit: Visit, kind: Kind, id: int) -> Any:
    return customers.get(visit.work, id) if kind is Kind.CUSTOMER else contacts.get(visit.work, id)


def choose(visit: Visit) -> Answer:
    """With which other to merge one: those found by name."""
    kind = kind_of(visit.request.params["kind"])
    visit.work.require(f"{kind}s:write")
    record = get(visit, kind, visit.id())
    asked = visit.query.get("q", "").strip()[:200]
    view, filter = VIEWS[kind]
    theirs = {"customer_id": record.customer_id} if kind is Kind.CONTACT else {}
    words = asked or name_of(kind, record).split(" ")[0]
    found = view.page(
        visit.work,
        filter.check({"like": words, "not_ids": [record.id], **theirs}),
        Page(size=OFFERED, order="name"),
    )
    return visit.page(
        "duplicates/choose.html",
        kind=kind,
        record=record,
        name=name_of(kind, record),
        asked=asked,
        others=view.read(visit.work, found.items),
    )


def preview(visit: Visit) -> Answer:
    kind = kind_of(visit.request.params["kind"])
    visit.work.require(f"{kind}s:write")
    primary, duplicate = get(visit, kind, visit.id("primary")), get(visit, kind, visit.id("duplicate"))
    problem, would = None, None
    try:
        would = merging.preview(visit.work, kind, primary.id, duplicate.id)
    except Invalid as invalid:
        problem = next(iter(invalid.problems.values()))
    return visit.page(
        "duplicates/preview.html",
        kind=kind,
        primary=primary,
        duplicate=duplicate,
        names=(name_of(kind, primary), name_of(kind, duplicate)),
        compared=[(name, getattr(primary, name), getattr(duplicate, name)) for name in COMPARED[kind]],
        would=would,
        problem=problem,
        amounts=amounts(visit),
    )


def merge(visit: Visit) -> Answer:
    kind = kind_of(visit.request.params["kind"])
    merging.merge(visit.work, kind, visit.id("primary"), visit.id("duplicate"))
    said = visit.speech._("Merged. This can be undone for 30 days, from the list of merges.")
    return visit.go(f"/{kind}s/{visit.id('primary')}", said)


def merges(visit: Visit) -> Answer:
    asked = Page(size=50, order="at", descending=True, after=visit.query.get("after"))
    found = MERGES.page(visit.work, merging.Filter.check({}), asked)
    rows = MERGES.read(visit.work, found.items)
    there = {kind: records(visit, kind, {row.primary_id for row in rows if row.of_kind == kind}) for kind in Kind}
    return visit.page(
        "duplicates/merges.html",
        merges=[
            {
                "id": row.id,
                "kind": row.of_kind,
                "at": row.at,
                "undone_at": row.undone_at,
                "primary": there[Kind(row.of_kind)].get(row.primary_id),
                "primary_id": row.primary_id,
                "duplicate": left_of(row),
                "undoable": row.undone_at is None and visit.work.now - row.at <= merging.UNDONE_WITHIN,
            }
            for row in rows
        ],
        after=f"/merges?after={found.last}" if found.further else None,
    )


def left_of(merge: Any) -> str:
    """What the record that was merged away was called."""
    gone = (merge.removed.get(f"{merge.of_kind}s") or [{}])[0]
    person = f"{gone.get('first_name') or ''} {gone.get('last_name') or ''}".strip()
    return str(gone.get("name") or person or gone.get("email") or f"#{merge.duplicate_id}")


def undo(visit: Visit) -> Answer:
    merge = merging.get(visit.work, visit.id())
    merging.undo(visit.work, merge.id)
    return visit.go(f"/{merge.of_kind}s/{merge.duplicate_id}", visit.speech._("The merge has been undone."))


ROUTES = (
    page("/duplicates", index),
    page("/duplicates/{kind}/{id}", choose),
    page("/duplicates/{kind}/{primary}/{duplicate}", preview),
    act("/duplicates/{kind}/{primary}/{duplicate}", merge, again=preview),
    page("/merges", merges),
    act("/merges/{id}/undoing", undo),
)
