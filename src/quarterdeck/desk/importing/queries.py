"""What an import would do, before it does it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from quarterdeck.desk import jobs, sheets
from quarterdeck.desk.errors import Invalid
from quarterdeck.desk.importing.kinds import NEEDED, Known, field_names, foreseen, guess, row_of
from quarterdeck.desk.jobs import Job
from quarterdeck.desk.merging import Kind
from quarterdeck.desk.sheets import Sheet
from quarterdeck.desk.work import Work

SHOWN, LOOKED_AT = 8, 200


@dataclass(frozen=True)
class Asked:
    """What is to be imported, and how: the field that each column is taken for, by its place."""

    kind: Kind
    columns: dict[int, str]
    known: Known
    file: str


def asked_of(job: Job) -> Asked:
    said = job.asked
    columns = {int(place): name for place, name in said.get("columns", {}).items()}
    return Asked(Kind(said["kind"]), columns, Known(said.get("known", Known.REFUSE)), said.get("file", ""))


@dataclass(frozen=True)
class Preview:
    """The first rows, and what would be wrong with those looked at: the line, the row, the problems."""

    sheet: Sheet
    columns: dict[int, str]
    rows: list[tuple[int, list[str], dict[str, str]]]
    refused: list[tuple[int, list[str], dict[str, str]]]
    looked_at: int
    missing: list[str]


def sheet_of(work: Work, job: Job) -> Sheet:
    return sheets.read(jobs.content(work, job.id, made=False))


def preview(work: Work, job: Job, chosen: Mapping[int, str] | None, known: Known) -> Preview:
    """The first rows of a file, with columns as they were chosen or, at first, as their titles say."""
    kind = asked_of(job).kind
    sheet = sheet_of(work, job)
    if chosen is None:
        chosen = {place: name for place, name in enumerate(guess(work, kind, sheet.header)) if name}
    columns = fitting(work, kind, chosen, len(sheet.header))
    looked = [
        (line, cells, foreseen(work, kind, row_of(kind, columns, cells), known))
        for line, cells in sheet.rows[:LOOKED_AT]
    ]
    missing = [name for name in NEEDED[kind] if name not in columns.values()]
    return Preview(sheet, columns, looked[:SHOWN], [one for one in looked if one[2]], len(looked), missing)


def fitting(work: Work, kind: Kind, chosen: Mapping[int, str], width: int) -> dict[int, str]:
    """The columns that name a field; each field once."""
    known = set(field_names(work, kind))
    columns: dict[int, str] = {}
    for place, name in sorted(chosen.items()):
        if 0 <= place < width and name in known:
            if name in columns.values():
                raise Invalid({f"column-{place}": "is taken for what another column is taken for"})
            columns[place] = name
    return columns


def plain(asked: Asked) -> dict[str, Any]:
    """What is kept of a question with its job."""
    return {
        "kind": str(asked.kind),
        "columns": {str(place): name for place, name in asked.columns.items()},
        "known": str(asked.known),
        "file": asked.file,
    }
