"""How a table is taken in: row by row, so many in one transaction, and what is refused is kept with its reason."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from quarterdeck.desk import jobs, sheets
from quarterdeck.desk.errors import MISSING, Invalid, Refusal
from quarterdeck.desk.importing.kinds import Known, row_of, take_in
from quarterdeck.desk.importing.queries import Asked, asked_of, fitting, plain, sheet_of
from quarterdeck.desk.jobs import Job
from quarterdeck.desk.merging import Kind
from quarterdeck.desk.sheets import Sheet
from quarterdeck.desk.work import Work

WHAT = "import"
BATCH = 100
REASON = "Refused because"


def receive(work: Work, kind: Kind, name: str, content: bytes) -> int:
    """Take in the file, and wait to be told what its columns are."""
    work.require(f"{kind}s:write")
    sheet = sheets.read(content)
    asked = Asked(kind, {}, Known.REFUSE, name[:200])
    return jobs.ask(work, WHAT, plain(asked), len(sheet.rows), content)


def begin(work: Work, id: int, columns: Mapping[int, str], known: Known) -> None:
    """Let it run, with these columns."""
    job = jobs.get(work, id)
    asked = asked_of(job)
    work.require(f"{asked.kind}s:write")
    columns = fitting(work, asked.kind, columns, sheets.COLUMNS_MAX)
    if not columns:
        raise Invalid({"columns": MISSING})
    jobs.begin(work, id, plain(Asked(asked.kind, dict(columns), known, asked.file)))


def prepare(work: Work, job: Job) -> Sheet:
    """What every step needs, read once."""
    return sheet_of(work, job)


def step(work: Work, job: Job, sheet: Sheet) -> Job:
    """Take in the next rows, each wholly or not at all."""
    asked = asked_of(job)
    result = {"new": 0, "changed": 0, "refused": 0, **(job.result or {})}
    refused: list[list[str]] = []
    rows = sheet.rows[job.done : job.done + BATCH]
    for line, cells in rows:
        try:
            fresh = whole(work, asked, cells)
        except Invalid as invalid:
            result["refused"] += 1
            refused.append([str(line), "; ".join(f"{name} {why}" for name, why in invalid.problems.items()), *cells])
        except Refusal as refusal:
            result["refused"] += 1
            refused.append([str(line), str(refusal), *cells])
        else:
            result["new" if fresh else "changed"] += 1
    return jobs.advance(work, job, job.done + len(rows), result, lines(refused))


def whole(work: Work, asked: Asked, cells: Sequence[str]) -> bool:
    """Take one row in, or leave nothing of it behind."""
    driver = work.link.driver
    driver.execute("SAVEPOINT row_of_table")
    try:
        fresh = take_in(work, asked.kind, row_of(asked.kind, asked.columns, cells), asked.known)
    except Refusal:
        driver.execute("ROLLBACK TO SAVEPOINT row_of_table")
        driver.execute("RELEASE SAVEPOINT row_of_table")
        raise
    driver.execute("RELEASE SAVEPOINT row_of_table")
    return fresh


def lines(rows: Iterable[Sequence[str]]) -> bytes:
    """Rows as a part of a CSV file."""
    file = io.StringIO(newline="")
    csv.writer(file, quoting=csv.QUOTE_ALL).writerows([sheets.neutral(cell) for cell in row] for row in rows)
    return file.getvalue().encode()


def refused_rows(work: Work, job: Job) -> bytes:
    """The rows that were refused as a file of their own: with the line each was in, and why, beside what it said."""
    header = lines([["Line", REASON, *sheet_of(work, job).header]])
    return b"\xef\xbb\xbf" + header + jobs.content(work, job.id, made=True)
