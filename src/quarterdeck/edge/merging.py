"""Duplicates over any REST face: found, looked at and merged. No vendor has that; each face gives it in its manners."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from quarterdeck.desk import contacts, customers, merging
from quarterdeck.desk.input import Input
from quarterdeck.desk.paging import Found, Page
from quarterdeck.edge.nesting import Form
from quarterdeck.edge.rest import Answer, Call, Resource, Verb, asking, checked
from quarterdeck.wire.shape import Shape, listed_as

FILTERS: dict[merging.Kind, type[Input]] = {
    merging.Kind.CUSTOMER: customers.Filter,
    merging.Kind.CONTACT: contacts.Filter,
}
TEXTS = {"type": "array", "items": {"type": "string"}}
WHOLE = "Needs the same right on all that may hang on the two; a key of one customer has it not."


@dataclass(frozen=True)
class Names:
    """What a vendor would call the parts of the answers."""

    primary: str
    duplicate: str = "duplicate"
    reasons: str = "reasons"
    moves: str = "moves"
    fills: str = "fills"
    conflicts: str = "conflicts"
    name: str = "name"
    kept: str = "kept"
    dropped: str = "dropped"


@dataclass(frozen=True)
class Merging:
    """The operations on the duplicates of one kind of record; `merges` is how a merge itself is shown."""

    kind: merging.Kind
    form: Form
    merges: Resource
    names: Names
    # A page of what a schema says, as the vendor's lists are.
    listing: Callable[[Any], dict[str, Any]]

    @property
    def asked(self) -> Shape:
        """The one field of a merge that is the caller's to name."""
        return Shape(*(one for one in self.merges.shape.fields if one.taken))

    def duplicates(self, call: Call) -> Answer:
        names = self.names
        found = merging.duplicates(call.work, self.kind, call.manners.page(call))
        shown = self.shown(call, {id for pair in found.items for id in (pair.primary_id, pair.duplicate_id)})
        items = [
            {
                names.primary: shown[pair.primary_id],
                names.duplicate: shown[pair.duplicate_id],
                names.reasons: pair.reasons,
            }
            for pair in found.items
        ]
        return call.manners.listing(call, Found(items, found.total, found.page), items)

    def preview(self, call: Call) -> Answer:
        names = self.names
        with asking():
            new = checked(merging.New, *self.asked.decode(call.sent), self.asked)
            seen = merging.preview(call.work, self.kind, call.id, new.duplicate_id)
        shown = self.shown(call, {seen.primary_id, new.duplicate_id})
        theirs = {one.path: one.name for one in reversed(self.form.shape.fields) if one.path}
        return Answer(
            200,
            {
                names.primary: shown[seen.primary_id],
                names.duplicate: shown[new.duplicate_id],
                names.moves: seen.moves,
                names.fills: [theirs.get(path, path) for path in seen.fills],
                names.conflicts: [
                    {names.name: name, names.kept: kept, names.dropped: left} for name, kept, left in seen.conflicts
                ],
            },
        )

    def merge(self, call: Call) -> Answer:
        primary_id = call.id
        new = call.asked(merging.New, self.asked)
        id = merging.merge(call.work, self.kind, primary_id, new.duplicate_id)
        return shown_as(call, self.merges, id)

    def shown(self, call: Call, ids: set[int]) -> dict[int, Any]:
        rows = self.form.view.page(call.work, FILTERS[self.kind].check({"ids": [*ids]}), Page(size=1000)).items
        return {row[-1]: item for row, item in zip(rows, call.encoded(rows, self.form), strict=True)}

    def verbs(self, gives: dict[str, Any]) -> tuple[Verb, ...]:
        """`gives` is a merge as the vendor would answer it."""
        names, kind, room = self.names, self.kind, f"{self.kind}s"
        two = {names.primary: self.form, names.duplicate: self.form}
        preview = {
            **two,
            names.moves: {"type": "object", "additionalProperties": {"type": "integer"}},
            names.fills: TEXTS,
            names.conflicts: listed_as(**dict.fromkeys((names.name, names.kept, names.dropped), "string")),
        }
        asked = self.asked
        return (
            Verb("GET", "/duplicates", self.duplicates, f"List {room} that look alike", f"{room}:read",
                 gives=self.listing(all_of({**two, names.reasons: TEXTS})), many=True,
                 note="What says most comes first; the older of two is proposed as the one to keep."),
            Verb("GET", "/{id}/merge", self.preview, f"What merging a {kind} would do", f"{room}:read",
                 parameters=asked, gives=all_of(preview), note=WHOLE),
            Verb("POST", "/{id}/merge", self.merge, f"Merge a duplicate into a {kind}", f"{room}:write",
                 takes=asked, required=(asked.names["duplicate_id"],), gives=gives, input=merging.New,
                 note=f"All that is the duplicate's moves, and its id goes on answering. {WHOLE}"),
        )  # fmt: skip


def undo(call: Call) -> Answer:
    merging.undo(call.work, call.id)
    return shown_as(call, call.on, call.id)


def undoing(gives: dict[str, Any]) -> Verb:
    """The verb of merges that takes one back."""
    note = "Within 30 days. What was the duplicate's and still is the primary's goes back to it."
    return Verb("POST", "/{id}/undo", undo, "Take a merge back", "customers:write", gives=gives, body="none", note=note)


def shown_as(call: Call, merges: Resource, id: int) -> Answer:
    call = call.showing(merges)
    return call.manners.single(call, call.record(id)[0])


def all_of(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": [*properties]}
