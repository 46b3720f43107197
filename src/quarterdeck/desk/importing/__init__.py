"""Taking in customers and contacts from tables of others."""

from quarterdeck.desk.importing.actions import WHAT, begin, prepare, receive, refused_rows, step
from quarterdeck.desk.importing.kinds import CUSTOM, FIELDS, Known, Row, field_names, guess
from quarterdeck.desk.importing.queries import Asked, Preview, asked_of, preview, sheet_of

__all__ = [
    "CUSTOM",
    "FIELDS",
    "WHAT",
    "Asked",
    "Known",
    "Preview",
    "Row",
    "asked_of",
    "begin",
    "field_names",
    "guess",
    "prepare",
    "preview",
    "receive",
    "refused_rows",
    "sheet_of",
    "step",
]
