"""What runs here: versions, copies of the database, and what the doctor says."""

from datetime import timedelta
from importlib import metadata

from quarterdeck.desk import figures, provider
from quarterdeck.edge.http import Answer
from quarterdeck.web.kit import Visit, act, page
from quarterdeck.web.settings.tabs import shown

# A copy of the database that is older is not enough.
STALE = timedelta(days=7)


def system_page(visit: Visit) -> Answer:
    visit.work.require("access:write")
    about = figures.about(visit.work)
    findings = visit.outside(lambda outside: outside.examine()) if "examine" in visit.query else None
    return shown(
        visit,
        "system",
        "/system",
        about=about,
        findings=findings,
        version=metadata.version("quarterdeck"),
        backups=provider.backups(visit.work),
        stale=visit.work.now - STALE,
    )


def make_backup(visit: Visit) -> Answer:
    visit.work.require("access:write")
    name, size = visit.outside(lambda outside: outside.backup())
    provider.backed_up(visit.work, name, size)
    return visit.go("/settings/system", visit.speech._("%(name)s is written, whole and checked.", name=name))


ROUTES = (
    page("/settings/system", system_page),
    act("/settings/system/backups", make_backup, again=system_page),
)
