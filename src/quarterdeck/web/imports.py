"""Taking in customers and contacts from a file: upload, columns, what would happen, how far it is, what was refused."""

from typing import Any

from quarterdeck.desk import importing, jobs, sheets
from quarterdeck.desk.errors import MISSING, Invalid
from quarterdeck.desk.importing import Known
from quarterdeck.desk.input import whole
from quarterdeck.desk.jobs import Job, State
from quarterdeck.desk.merging import Kind
from quarterdeck.edge.http import Answer
from quarterdeck.web.directory import CSV
from quarterdeck.web.kit import Visit, act, page
from quarterdeck.web.wording import label

COLUMN = "column-"
SAMPLE_MAX = 90
# A form has a little around its file.
BODY_MAX = sheets.BYTES_MAX + 2**20


def index(visit: Visit) -> Answer:
    kind = kind_of(visit)
    visit.work.require(f"{kind}s:write")
    done = [(job, importing.asked_of(job)) for job in jobs.recent(visit.work, importing.WHAT)]
    return visit.page(
        "imports/start.html",
        kind=kind,
        done=done,
        bytes_max=sheets.BYTES_MAX // 2**20,
        rows_max=sheets.ROWS_MAX,
        states=states(visit),
    )


def kind_of(visit: Visit) -> Kind:
    asked = visit.form.get("kind") or visit.query.get("kind")
    return Kind(asked) if asked in set(Kind) else Kind.CUSTOMER


def states(visit: Visit) -> dict[str, tuple[str, str]]:
    _ = visit.speech._
    return {
        State.DRAFT: (_("Columns to be chosen"), "soon"),
        State.WAITING: (_("Waits"), ""),
        State.RUNNING: (_("Runs"), "accent"),
        State.DONE: (_("Done"), "done"),
        State.FAILED: (_("Ended early"), "late"),
    }


def receive(visit: Visit) -> Answer:
    if not visit.uploads:
        raise Invalid({"file": MISSING})
    file = visit.uploads[0]
    id = importing.receive(visit.work, kind_of(visit), file.name, file.content)
    return visit.go(f"/imports/{id}")


def found(visit: Visit) -> Job:
    return jobs.get(visit.work, visit.id())


def shown(visit: Visit) -> Answer:
    job = found(visit)
    return mapping(visit, job) if job.state is State.DRAFT else progress(visit, job)


def chosen(asked: dict[str, Any]) -> dict[int, str] | None:
    """The columns that an address or a form names; nothing where it names none, as at first."""
    columns = {
        place: str(value)
        for name, value in asked.items()
        if name.startswith(COLUMN) and (place := whole(name.removeprefix(COLUMN))) is not None
    }
    named = {place: value for place, value in columns.items() if value}
    return named if columns or "known" in asked else None


def known_of(asked: dict[str, Any]) -> Known:
    return Known.UPDATE if asked.get("known") == Known.UPDATE else Known.REFUSE


def mapping(visit: Visit, job: Job) -> Answer:
    asked: dict[str, Any] = visit.form if visit.request.method == "POST" else visit.query
    said = importing.asked_of(job)
    try:
        preview = importing.preview(visit.work, job, chosen(asked), known_of(asked))
    except Invalid as invalid:
        visit.problems = {**visit.problems, **invalid.problems}
        kept = chosen(asked) or {}
        preview = importing.preview(visit.work, job, once(kept), known_of(asked))
    names = importing.field_names(visit.work, said.kind)
    return visit.page(
        "imports/mapping.html",
        job=job,
        asked=said,
        preview=preview,
        known=known_of(asked),
        options=[("", visit.speech._("leave out")), *((name, called(visit, name)) for name in names)],
        looked_at=preview.looked_at,
        labels={name: called(visit, name) for name in names},
        samples=samples(preview),
    )


def samples(preview: importing.Preview) -> list[str]:
    """What stands in each column, here and there."""
    found = []
    for place in range(len(preview.sheet.header)):
        cells = (cells[place].strip() for _, cells, _ in preview.rows if place < len(cells))
        text = " · ".join(dict.fromkeys(cell for cell in cells if cell))
        found.append(text if len(text) <= SAMPLE_MAX else f"{text[:SAMPLE_MAX]}…")
    return found


def once(columns: dict[int, str]) -> dict[int, str]:
    """The columns, each field at its first place alone."""
    kept: dict[int, str] = {}
    for place, name in sorted(columns.items()):
        if name not in kept.values():
            kept[place] = name
    return kept


def called(visit: Visit, name: str) -> str:
    """What a field is called: one of ours, or one that a provider has added."""
    own = name.removeprefix(importing.CUSTOM)
    return label(visit.speech, name) if own == name else own


def run(visit: Visit) -> Answer:
    importing.begin(visit.work, visit.id(), chosen(visit.form) or {}, known_of(visit.form))
    return visit.go(f"/imports/{visit.id()}")


def progress(visit: Visit, job: Job) -> Answer:
    answer = visit.page(
        "imports/progress.html",
        job=job,
        asked=importing.asked_of(job),
        result={"new": 0, "changed": 0, "refused": 0, **(job.result or {})},
        over=job.state in (State.DONE, State.FAILED),
        states=states(visit),
    )
    if job.state in (State.WAITING, State.RUNNING):
        # Without the script, the page comes again by itself.
        answer.headers.append((b"refresh", b"3"))
    return answer


def stop(visit: Visit) -> Answer:
    jobs.stop(visit.work, visit.id())
    return visit.go(f"/imports/{visit.id()}", visit.speech._("Stopped. What was taken in stays."))


def refused(visit: Visit) -> Answer:
    job = found(visit)
    content = importing.refused_rows(visit.work, job)
    name = f'attachment; filename="import-{job.id}-refused.csv"'
    return Answer(200, content, [(b"content-disposition", name.encode())], CSV)


ROUTES = (
    page("/imports", index),
    act("/imports", receive, again=index, body_max=BODY_MAX),
    page("/imports/{id}", shown),
    act("/imports/{id}/run", run, again=shown),
    act("/imports/{id}/stop", stop),
    page("/imports/{id}/refused.csv", refused),
)
