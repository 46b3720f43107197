"""The words of tickets: statuses, priorities and what they promise, types, and sorts of problem."""

from quarterdeck.desk import tickets
from quarterdeck.edge.http import Answer
from quarterdeck.web.kit import Visit, page
from quarterdeck.web.settings.tabs import shown


def words_page(visit: Visit) -> Answer:
    stages = [(stage, [word for word, at in tickets.KNOWN.items() if at is stage]) for stage in tickets.Stage]
    known = {*tickets.Stage, *tickets.KNOWN}
    return shown(
        visit,
        "words",
        "/words",
        stages=stages,
        types=list(tickets.Type),
        targets=[(one, tickets.TARGETS[one]) for one in reversed(tickets.Priority)],
        own=[one for one in tickets.statuses(visit.work) if one.casefold() not in known],
        sorts=tickets.problems(visit.work),
    )


ROUTES = (page("/settings/words", words_page),)
