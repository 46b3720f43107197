"""RMM alerts: what monitoring reports."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from quarterdeck.desk import alerts
from quarterdeck.desk.alerts import Severity
from quarterdeck.desk.errors import MISSING, Invalid, Problem, Why
from quarterdeck.desk.reading import Reading
from quarterdeck.desk.statement import Row
from quarterdeck.desk.work import Work
from quarterdeck.dialects.syncro.kinds import Kind
from quarterdeck.dialects.syncro.words import MILLIS, NO_CUSTOMER, STATUS, said
from quarterdeck.edge.rest import Answer, BadQuestion, Call, Verb
from quarterdeck.edge.verbs import create, listed, remove, usual
from quarterdeck.wire.codecs import BOOL, INT, Choice, Codec, Unreadable, json_out
from quarterdeck.wire.shape import Shape, field, fixed, shown, taken

SEVERITY = Choice(
    Severity,
    information="Low",
    warning="Medium",
    critical="Critical",
    also={
        "Information": Severity.INFORMATION,
        "Info": Severity.INFORMATION,
        "Warning": Severity.WARNING,
        "High": Severity.CRITICAL,
    },
)
# What a check says of itself is severity in other words.
CHECK = Choice(
    Severity,
    information="ok",
    warning="warning",
    critical="error",
    also={
        "info": Severity.INFORMATION,
        "information": Severity.INFORMATION,
        "critical": Severity.CRITICAL,
        "failed": Severity.CRITICAL,
    },
)


def object_from(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Unreadable("is not an object")
    return value


OBJECT = Codec({"type": ["object", "null"], "additionalProperties": True}, json_out, object_from)

SHAPE = Shape(
    shown("id", "id"),
    fixed("account_id", 1),
    field("customer_id", "customer_id", INT),
    field("ticket_id", "ticket_id", INT),
    shown("ticket_number", "ticket.id"),
    shown("ticket_status", "ticket.status", STATUS),
    shown("computer_name", "asset.name"),
    taken("properties", "properties", OBJECT),
    taken("trigger", "trigger"),
    field("resolved", "archived", BOOL),
    field("check_id", "code", INT),
    field("status", "severity", CHECK),
    field("formatted_output", "message"),
    field("description", "title"),
    shown("created_at", "created_at", MILLIS),
    shown("updated_at", "updated_at", MILLIS),
    field("asset_id", "asset_id", INT),
    field("severity", "severity", SEVERITY),
    shown("alert_type", "trigger"),
    shown("triggered_at", "created_at", MILLIS),
    shown("resolved_at", "archived_at", MILLIS),
    shown("muted_until", "snoozed_until", MILLIS),
)


@dataclass(frozen=True)
class Properties:
    """Whatever came along with the alert, and in any case what set it off and what it says."""

    name: str = "properties"
    paths: tuple[str, ...] = ("trigger", "title", "properties")

    def schema(self, owner: Reading) -> Any:
        return {"type": "object", "additionalProperties": True}

    def values(self, work: Work, rows: Sequence[Row], place: Mapping[str, int]) -> list[Any]:
        trigger, title, properties = (place[path] for path in self.paths)
        return [
            {"trigger": row[trigger], "description": row[title], **(json_out(row[properties]) or {})} for row in rows
        ]


FILTERS = Shape(
    taken("customer_id", "customer_id", INT),
    taken("asset_id", "asset_id", INT),
    taken("severity", "severity", SEVERITY),
    taken("created_after", "created_after", MILLIS),
    taken("since_updated_at", "changed_since", MILLIS),
)
STATE = Shape(taken("status", "status"))
STATES: dict[str, dict[str, Any]] = {"active": {"archived": False}, "resolved": {"archived": True}, "all": {}}

MUTED = Shape(taken("mute_for", "mute_for"))
SPANS = {
    "1-hour": timedelta(hours=1),
    "1-day": timedelta(days=1),
    "2-days": timedelta(days=2),
    "1-week": timedelta(weeks=1),
    "2-weeks": timedelta(weeks=2),
    "1-month": timedelta(days=30),
    "forever": None,
}
FOREVER = datetime(9999, 12, 31, tzinfo=UTC)


def search(call: Call) -> Answer:
    """The list: of active alerts, unless all or the resolved ones are asked for."""
    asked, problems = STATE.decode(call.sent)
    state = str(asked.get("status", "active")).casefold()
    if state not in STATES:
        raise BadQuestion({"status": "is not one of active, resolved, all"})
    return listed(call, call.filtered(problems, **STATES[state]))


def add(call: Call) -> Answer:
    """What an alert is called may stand among its properties alone."""
    properties = call.data.get("properties")
    if isinstance(properties, dict):
        names = ("description", "subject", "trigger")
        title = next((properties[name] for name in names if properties.get(name)), None)
        call.data = {"description": title, "trigger": properties.get("trigger"), **call.data}
    if not known(call.data.get("status")):
        call.data = {name: value for name, value in call.data.items() if name != "status"}
    answer = create(call)
    alert = answer.content["rmm_alert"]
    answer.content = {"success": True, "alert": alert, "rmm_alert": alert}
    return answer


def known(status: Any) -> bool:
    """Whether a status says how bad it is. Any other word says nothing we keep."""
    if not isinstance(status, str):
        return True
    try:
        CHECK.decode(status)
    except Unreadable:
        return False
    return True


def until(call: Call, word: Any) -> datetime:
    if not isinstance(word, str) or word not in SPANS:
        problem = MISSING if word is None else Problem(f"is not one of {', '.join(SPANS)}", Why.UNKNOWN)
        raise Invalid({"mute_for": problem})
    span = SPANS[word]
    return FOREVER if span is None else call.work.now + span


def mute(call: Call) -> Answer:
    alerts.snooze(call.work, call.id, until(call, call.data.get("mute_for")), call.version)
    return Answer(200, {"success": "true"})


def mute_and_show(call: Call) -> Answer:
    alerts.snooze(call.work, call.id, until(call, call.data.get("mute_for", "forever")), call.version)
    return shown_again(call)


def resolve(call: Call) -> Answer:
    note = call.data.get("resolution_note")
    alerts.resolve(call.work, call.id, call.version, note if isinstance(note, str) else None)
    return shown_again(call)


def shown_again(call: Call) -> Answer:
    item, version = call.record(call.id)
    answer = call.manners.changed(call, call.id, item)
    answer.version = version
    return answer


READ, WRITE = "alerts:read", "alerts:write"

ALERTS = Kind(
    path="rmm_alerts",
    one="alert",
    wrapper="rmm_alert",
    many="rmm_alerts",
    reading=alerts.READING,
    shape=SHAPE,
    nests=(Properties(),),
    filter=alerts.Filter,
    filters=FILTERS,
    orders={"created_at": "created_at", "updated_at": "updated_at"},
    new=alerts.New,
    create=alerts.create,
    remove=alerts.resolve,
    farewell={"success": "true"},
    words={
        **NO_CUSTOMER,
        ("title", Why.MISSING): said("description is required", "Description can't be blank"),
        ("asset_id", Why.UNKNOWN): said("Asset not found"),
    },
    verbs=(
        Verb("GET", "", search, "List alerts", READ, gives=SHAPE, many=True, parameters=STATE),
        Verb("POST", "", add, "Raise an alert", WRITE, takes=SHAPE, required=("description",), gives=SHAPE, status=201),
        *(verb for verb in usual("alert", "alerts", SHAPE, updates=()) if verb.path and verb.do is not remove),
        Verb("DELETE", "/{id}", remove, "Resolve an alert", WRITE, body="none"),
        Verb("POST", "/{id}/mute", mute, "Mute an alert", WRITE, parameters=MUTED, gives={"type": "object"}),
        Verb("PUT", "/{id}/mute", mute_and_show, "Mute an alert", WRITE, parameters=MUTED, gives=SHAPE),
        Verb("PUT", "/{id}/resolve", resolve, "Resolve an alert", WRITE, gives=SHAPE),
    ),
)

__all__ = ["ALERTS"]
