"""Duplicates, which the vendor leaves to people."""

from quarterdeck.desk import merging
from quarterdeck.dialects.atera.contacts import CONTACTS
from quarterdeck.dialects.atera.customers import CUSTOMERS
from quarterdeck.dialects.atera.manners import envelope
from quarterdeck.edge.merging import Merging, Names, undoing
from quarterdeck.edge.rest import Resource, Verb
from quarterdeck.edge.verbs import index, show
from quarterdeck.wire.codecs import INSTANT, INT
from quarterdeck.wire.shape import Shape, field, shown, taken

MERGE = Shape(
    shown("MergeID", "id"),
    shown("RecordType", "of_kind"),
    shown("PrimaryID", "primary_id"),
    field("DuplicateID", "duplicate_id", INT),
    shown("TechnicianID", "technician_id"),
    shown("MergedOn", "at", INSTANT),
    shown("UndoneOn", "undone_at", INSTANT),
)

MERGES = Resource(
    path="merges",
    one="merge",
    id_name="MergeID",
    reading=merging.READING,
    shape=MERGE,
    filter=merging.Filter,
    filters=Shape(taken("recordType", "kind"), taken("primaryId", "primary_id", INT)),
    orders={"MergedOn": "at"},
    verbs=(
        Verb("GET", "", index, "List merges", "customers:read", gives=MERGE, many=True),
        Verb("GET", "/{id}", show, "Get a merge", "customers:read", gives=MERGE),
        undoing({"allOf": [MERGE]}),
    ),
)


def of(kind: merging.Kind, on: Resource) -> Resource:
    names = Names(kind.title(), "Duplicate", "Reasons", "Moves", "Fills", "Conflicts", "Name", "Kept", "Dropped")
    made = Merging(kind, on.form, MERGES, names, envelope)
    return Resource(path=on.path, one=kind, reading=merging.READING, shape=MERGE, verbs=made.verbs({"allOf": [MERGE]}))


MERGING = (MERGES, of(merging.Kind.CUSTOMER, CUSTOMERS), of(merging.Kind.CONTACT, CONTACTS))
