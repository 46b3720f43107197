"""Duplicates, which the vendor leaves to people."""

from quarterdeck.desk import merging
from quarterdeck.dialects.syncro.contacts import CONTACT
from quarterdeck.dialects.syncro.customers import CUSTOMER
from quarterdeck.dialects.syncro.kinds import Kind
from quarterdeck.dialects.syncro.manners import envelope
from quarterdeck.dialects.syncro.words import MILLIS
from quarterdeck.edge.merging import Merging, Names, undoing
from quarterdeck.edge.nesting import Form
from quarterdeck.edge.rest import Verb
from quarterdeck.edge.verbs import index, show
from quarterdeck.wire.codecs import INT
from quarterdeck.wire.shape import Shape, field, shown, taken

MERGE = Shape(
    shown("id", "id"),
    shown("record_type", "of_kind"),
    shown("primary_id", "primary_id"),
    field("duplicate_id", "duplicate_id", INT),
    shown("user_id", "technician_id"),
    shown("created_at", "at", MILLIS),
    shown("undone_at", "undone_at", MILLIS),
)
ONE = {"type": "object", "properties": {"merge": MERGE}, "required": ["merge"]}

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
        undoing(ONE),
    ),
)


def of(kind: merging.Kind, form: Form) -> Kind:
    made = Merging(kind, form, MERGES, Names(kind), lambda row: envelope("duplicates", row))
    return Kind(
        path=f"{kind}s",
        one=kind,
        wrapper=kind,
        many="duplicates",
        reading=merging.READING,
        shape=MERGE,
        verbs=made.verbs(ONE),
    )


MERGING = (MERGES, of(merging.Kind.CUSTOMER, CUSTOMER), of(merging.Kind.CONTACT, CONTACT))
