"""Duplicates: how they are found, become one, and are taken apart again."""

from quarterdeck.desk.aliases import Merge
from quarterdeck.desk.merging.actions import UNDONE_WITHIN, merge, undo
from quarterdeck.desk.merging.duplicates import Pair, duplicates
from quarterdeck.desk.merging.inputs import Filter, New
from quarterdeck.desk.merging.kinds import Kind
from quarterdeck.desk.merging.queries import READING, Preview, get, preview
from quarterdeck.desk.merging.tickets import merge_tickets

__all__ = [
    "READING",
    "UNDONE_WITHIN",
    "Filter",
    "Kind",
    "Merge",
    "New",
    "Pair",
    "Preview",
    "duplicates",
    "get",
    "merge",
    "merge_tickets",
    "preview",
    "undo",
]
