"""Duplicates, which the vendor leaves to people: found, made one, and taken apart again."""

from typing import Any

from quarterdeck.desk import contacts, customers, merging
from quarterdeck.desk.input import Input
from quarterdeck.desk.paging import Found, Page
from quarterdeck.dialects.syncro.contacts import CONTACT
from quarterdeck.dialects.syncro.customers import CUSTOMER
from quarterdeck.dialects.syncro.kinds import Kind
from quarterdeck.dialects.syncro.manners import envelope
from quarterdeck.dialects.syncro.words import MILLIS
from quarterdeck.edge.nesting import Form
from quarterdeck.edge.rest import Answer, Call, Verb, asking, checked, index, show
from quarterdeck.wire.codecs import INT
from quarterdeck.wire.shape import Shape, listed_as, shown, taken

MERGE = Shape(
    shown("id", "id"),
    shown("record_type", "of_kind"),
    shown("primary_id", "primary_id"),
    shown("duplicate_id", "duplicate_id"),
    shown("user_id", "technician_id"),
    shown("created_at", "at", MILLIS),
    shown("undone_at", "undone_at", MILLIS),
)
DUPLICATE = Shape(taken("duplicate_id", "duplicate_id", INT))
ONE = {"type": "object", "properties": {"merge": MERGE}, "required": ["merge"]}


def undo(call: Call) -> Answer:
    merging.undo(call.work, call.id)
    return call.manners.single(call, call.record(call.id)[0])


MERGES = Kind(
    path="merges",
    one="merge",
    wrapper="merge",
    many="merges",
    reading=merging.READING,
    shape=MERGE,
    filter=merging.Filter,
    filters=Shape(taken("record_type", "kind"), taken("primary_id", "primary_id", INT)),
    orders={"created_at": "at"},
    newest_first=True,
    verbs=(
        Verb("GET", "", index, "List merges", "customers:read", gives=MERGE, many=True),
        Verb("GET", "/{id}", show, "Get a merge", "customers:read", gives=MERGE),
        Verb("POST", "/{id}/undo", undo, "Take a merge back", "customers:write", gives=ONE, body="none",
             note="Within 30 days. What was the duplicate's and still is the primary's goes back to it."),
    ),
)  # fmt: skip


class Merging:
    """The operations on the duplicates of one kind of record."""

    def __init__(self, kind: merging.Kind, form: Form, filter: type[Input]) -> None:
        self.kind = kind
        self.form = form
        self.filter = filter

    def duplicates(self, call: Call) -> Answer:
        found = merging.duplicates(call.work, self.kind, call.manners.page(call))
        shown = self.shown(call, {id for pair in found.items for id in (pair.primary_id, pair.duplicate_id)})
        items = [
            {self.kind: shown[pair.primary_id], "duplicate": shown[pair.duplicate_id], "reasons": pair.reasons}
            for pair in found.items
        ]
        return call.manners.listing(call, Found(items, found.total, found.page), items)

    def preview(self, call: Call) -> Answer:
        with asking():
            asked = checked(merging.New, *DUPLICATE.decode(call.sent))
            seen = merging.preview(call.work, self.kind, call.id, asked.duplicate_id)
        shown = self.shown(call, {seen.primary_id, asked.duplicate_id})
        theirs = {one.path: one.name for one in reversed(self.form.shape.fields) if one.path}
        return Answer(
            200,
            {
                self.kind: shown[seen.primary_id],
                "duplicate": shown[asked.duplicate_id],
                "moves": seen.moves,
                "fills": [theirs.get(path, path) for path in seen.fills],
                "conflicts": [{"name": name, "kept": kept, "dropped": left} for name, kept, left in seen.conflicts],
            },
        )

    def shown(self, call: Call, ids: set[int]) -> dict[int, Any]:
        rows = self.form.view.page(call.work, self.filter.check({"ids": [*ids]}), Page(size=1000)).items
        return {row[-1]: item for row, item in zip(rows, call.encoded(rows, self.form), strict=True)}

    def merge(self, call: Call) -> Answer:
        primary_id = call.id
        new = call.asked(merging.New, DUPLICATE)
        id = merging.merge(call.work, self.kind, primary_id, new.duplicate_id)
        return call.manners.single(call.showing(MERGES), call.showing(MERGES).record(id)[0])

    def resource(self) -> Kind:
        kind, room = self.kind, f"{self.kind}s"
        pair = {kind: self.form, "duplicate": self.form, "reasons": {"type": "array", "items": {"type": "string"}}}
        preview = {
            kind: self.form,
            "duplicate": self.form,
            "moves": {"type": "object", "additionalProperties": {"type": "integer"}},
            "fills": {"type": "array", "items": {"type": "string"}},
            "conflicts": listed_as(name="string", kept="string", dropped="string"),
        }
        return Kind(
            path=room,
            one=kind,
            wrapper=kind,
            many="duplicates",
            reading=merging.READING,
            shape=MERGE,
            verbs=(
                Verb("GET", "/duplicates", self.duplicates, f"List {room} that look alike", f"{room}:read",
                     gives=envelope("duplicates", all_of(pair)), many=True,
                     note="What says most comes first; the older of two is proposed as the one to keep."),
                Verb("GET", "/{id}/merge", self.preview, f"What merging a {kind} would do", f"{room}:read",
                     parameters=DUPLICATE, gives=all_of(preview), note=WHOLE),
                Verb("POST", "/{id}/merge", self.merge, f"Merge a duplicate into a {kind}", f"{room}:write",
                     takes=DUPLICATE, required=("duplicate_id",), gives=ONE, input=merging.New,
                     note=f"All that is the duplicate's moves, and its id goes on answering. {WHOLE}"),
            ),
        )  # fmt: skip


WHOLE = "Needs the same right on all that may hang on the two, and no key of one customer has it."


def all_of(properties: dict[str, object]) -> dict[str, object]:
    return {"type": "object", "properties": properties, "required": [*properties]}


CUSTOMER_MERGING = Merging(merging.Kind.CUSTOMER, CUSTOMER, customers.Filter).resource()
CONTACT_MERGING = Merging(merging.Kind.CONTACT, CONTACT, contacts.Filter).resource()
MERGING = (MERGES, CUSTOMER_MERGING, CONTACT_MERGING)
