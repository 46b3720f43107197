"""Writing down what happened."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from quarterdeck.desk.journal.records import Entry
from quarterdeck.desk.record import write_instant
from quarterdeck.desk.work import Work


def record(
    work: Work,
    what: str,
    id: int,
    *,
    customer_id: int | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Write one entry. `what` is kind and event, as in `ticket.created`; `before` and `after` hold what changed."""
    work.insert(
        Entry,
        at=work.now,
        what=what,
        kind_of=what.partition(".")[0],
        record_id=id,
        customer_id=customer_id,
        who=work.actor.name,
        technician_id=work.actor.technician_id,
        key_id=work.actor.key_id,
        face=work.face,
        request_id=work.request_id,
        before=plain(before),
        after=plain(after),
    )


def plain(values: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if values is None:
        return None
    return {
        name: write_instant(value) if isinstance(value, datetime) else value
        for name, value in values.items()
        if value is not None
    }
