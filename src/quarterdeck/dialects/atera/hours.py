"""Work hours and durations."""

from datetime import timedelta
from typing import Any

from quarterdeck.desk import hours, tickets
from quarterdeck.desk.errors import Invalid, Why
from quarterdeck.dialects.atera.manners import envelope
from quarterdeck.dialects.atera.words import said
from quarterdeck.edge.http import Malformed
from quarterdeck.edge.rest import Answer, Call, Resource, Verb
from quarterdeck.edge.verbs import index as every
from quarterdeck.edge.verbs import listed
from quarterdeck.wire.codecs import BOOL, INSTANT, INT, Unreadable, float_from, int_from
from quarterdeck.wire.shape import Shape, field, fixed, shown, taken


def numbers(*names: str) -> dict[str, Any]:
    """The schema of an object of numbers: ids and seconds whole, hours with a fraction."""
    properties = {name: {"type": "number" if name.endswith("Hours") else "integer"} for name in names}
    return {"type": "object", "properties": properties, "required": list(names)}


# The vendor's names, its misspelling included, beside those that most documents use.
SHAPE = Shape(
    shown("WorkHoursID", "id"),
    shown("WorkHourID", "id"),
    shown("TicketID", "ticket_id"),
    shown("CustomerID", "ticket.customer_id"),
    shown("EndUserID", "ticket.contact_id"),
    field("StartWorkHour", "starts_at", INSTANT),
    field("StartDate", "starts_at", INSTANT),
    field("EndWorkHour", "ends_at", INSTANT),
    field("EndDate", "ends_at", INSTANT),
    shown("Duration", "seconds"),
    field("TechnicianContactID", "technician_id", INT),
    field("Billiable", "billable", BOOL),
    field("Billable", "billable", BOOL),
    field("IsBillable", "billable", BOOL),
    field("OnCustomerSite", "on_site", BOOL),
    field("Description", "notes"),
    field("Notes", "notes"),
    taken("Comments", "notes"),
    shown("TechnicianFullName", "technician.full_name"),
    shown("TechnicianEmail", "technician.email"),
    taken("TechnicianEmail", "technician_email"),
    field("RateID", "rate_id", INT),
    fixed("RateAmount", None),
)

DURATIONS = numbers(
    "ticketId",
    "OffSLADurationHours",
    "OffSiteDurationHours",
    "OnSLADurationHours",
    "OnSiteDurationHours",
    "TotalDurationHours",
)
BILLED = {"allOf": [DURATIONS, numbers("TotalBillableDuration", "TotalBillableHours")]}
SUMMARY = {
    "allOf": [
        {
            "type": "object",
            "properties": {"TicketID": {"type": "integer"}, "Billable": DURATIONS, "NonBillable": DURATIONS},
            "required": ["TicketID", "Billable", "NonBillable"],
        },
        envelope(SHAPE),
    ]
}
SITES = {
    "type": "object",
    "properties": {
        "TicketsWorkHoursSiteDurationSummaries": {
            "type": "array",
            "items": numbers("TicketID", "TotalDurationSeconds", "OnSiteDurationSeconds", "OffSiteDurationSeconds"),
        }
    },
    "required": ["TicketsWorkHoursSiteDurationSummaries"],
}
IDS_MAX = 50


def durations(sum: hours.Sum) -> dict[str, Any]:
    """Hours by place. Time counts as covered by the contract until contracts say otherwise."""
    return {
        "ticketId": sum.ticket_id,
        "OffSLADurationHours": 0,
        "OffSiteDurationHours": in_hours(sum.off_site),
        "OnSLADurationHours": in_hours(sum.total),
        "OnSiteDurationHours": in_hours(sum.on_site),
        "TotalDurationHours": in_hours(sum.total),
    }


def in_hours(seconds: int) -> float:
    return round(seconds / 3600, 4)


def billed(sum: hours.Sum) -> dict[str, Any]:
    return {**durations(sum), "TotalBillableDuration": sum.total, "TotalBillableHours": in_hours(sum.total)}


def billable(call: Call) -> Answer:
    return Answer(200, billed(hours.sums(call.work, [call.id], billable=True)[0]))


def not_billable(call: Call) -> Answer:
    return Answer(200, durations(hours.sums(call.work, [call.id], billable=False)[0]))


def several(call: Call) -> list[int]:
    """The ids in a body that is an array of them."""
    data = call.request.data
    if not isinstance(data, list) or not len(data) <= IDS_MAX:
        raise Malformed(f"the body is not an array of at most {IDS_MAX} ticket ids")
    try:
        ids = [int_from(one) for one in data]
    except Unreadable:
        raise Invalid({"id": "is not an id"}) from None
    if any(id < 1 for id in ids):
        raise Invalid({"id": "is not an id"})
    return ids


def billable_of_several(call: Call) -> Answer:
    return Answer(200, [billed(sum) for sum in hours.sums(call.work, several(call), billable=True)])


def sites_of_several(call: Call) -> Answer:
    sums = hours.sums(call.work, several(call), billable=True)
    return Answer(
        200,
        {
            "TicketsWorkHoursSiteDurationSummaries": [
                {
                    "TicketID": sum.ticket_id,
                    "TotalDurationSeconds": sum.total,
                    "OnSiteDurationSeconds": sum.on_site,
                    "OffSiteDurationSeconds": sum.off_site,
                }
                for sum in sums
            ]
        },
    )


def records(call: Call) -> Answer:
    tickets.get(call.work, call.id)
    return listed(call, call.filtered(ticket_id=call.id))


def summary(call: Call) -> Answer:
    """The vendor answers with sums, most documents with a list: this is both."""
    answer = records(call)
    (worked,) = hours.sums(call.work, [call.id], billable=True)
    (given,) = hours.sums(call.work, [call.id], billable=False)
    sums = {"TicketID": call.id, "Billable": durations(worked), "NonBillable": durations(given)}
    return Answer(200, {**sums, **answer.content})


def durations_listed(call: Call) -> Answer:
    """The billable entries, under a path that one client asks for."""
    tickets.get(call.work, call.id)
    return listed(call, call.filtered(ticket_id=call.id, billable=True))


def create(call: Call) -> Answer:
    call.data = combined({name.casefold(): value for name, value in call.data.items()})
    id = hours.create(call.work, call.id, call.asked(hours.New, SHAPE, fresh=True))
    item, _ = call.record(id)
    return call.manners.created(call, id, item)


def combined(data: dict[str, Any]) -> dict[str, Any]:
    """A day and times of day, or a day and a number of hours, as the start and end they stand for."""
    day = data.get("date")
    if not isinstance(day, str) or "startworkhour" in data:
        return data
    day = day.strip()
    if "starttime" in data and "endtime" in data:
        start, end = f"{day[:10]}T{data['starttime']}", f"{day[:10]}T{data['endtime']}"
        return {**data, "startworkhour": start, "endworkhour": end}
    if "hours" in data:
        try:
            seconds = round(float_from(data["hours"]) * 3600)
            start_at = INSTANT.decode(day)
            return {**data, "startworkhour": day, "endworkhour": later(start_at, seconds).isoformat()}
        except Unreadable as problem:
            raise Invalid({"hours": str(problem)}) from None
    return data


def later(start: Any, seconds: int) -> Any:
    try:
        return start + timedelta(seconds=seconds)
    except OverflowError:
        raise Unreadable("is out of range") from None


WORDS = {
    ("starts_at", Why.MISSING): said("StartWorkHour required"),
    ("ends_at", Why.MISSING): said("EndWorkHour required"),
    ("technician_id", Why.UNKNOWN): said("Technician not found"),
    ("technician_email", Why.UNKNOWN): said("Technician not found"),
}


def at(path: str, one: str, *verbs: Verb) -> Resource:
    """Work hours under one of the vendor's paths."""
    return Resource(
        path=path,
        one=one,
        id_name="WorkHoursID",
        reading=hours.READING,
        shape=SHAPE,
        filter=hours.Filter,
        filters=FILTERS,
        orders={"StartWorkHour": "starts_at"},
        page_max=50,
        words=WORDS,
        verbs=verbs,
    )


FILTERS = Shape(
    taken("startWorkhour", "starts_since", INSTANT),
    taken("endWorkhour", "starts_before", INSTANT),
    taken("customerId", "customer_id", INT),
    taken("technicianContactId", "technician_id", INT),
    taken("billable", "billable", BOOL),
)

HOURS = (
    at(
        "tickets",
        "ticket",
        Verb("GET", "/{id}/workhours", summary, "A ticket's work hours, with their sums", "hours:read", gives=SUMMARY),
        Verb(
            "POST", "/{id}/workhours", create, "Log work hours", "hours:write", takes=SHAPE,
            required=("StartWorkHour", "EndWorkHour"), gives=SHAPE, status=201, input=hours.New,
            note="A `date` with `startTime` and `endTime`, or with `hours`, is read in place of start and end.",
        ),
        Verb(
            "GET", "/{id}/workhoursrecords", records, "List a ticket's work hours", "hours:read", gives=SHAPE,
            many=True,
        ),
        Verb(
            "GET", "/{id}/billabledurations", durations_listed, "List a ticket's billable work hours", "hours:read",
            gives=SHAPE, many=True,
        ),
        Verb("GET", "/{id}/billableduration", billable, "Billable hours of a ticket", "hours:read", gives=BILLED),
        Verb(
            "GET", "/{id}/nonbillableduration", not_billable, "Hours of a ticket that are not billed", "hours:read",
            gives=DURATIONS,
        ),
        Verb(
            "POST", "/billableduration", billable_of_several, "Billable hours of several tickets", "hours:read",
            gives={"type": "array", "items": BILLED}, writes=False, body="array",
        ),
        Verb(
            "POST", "/billableworkhourssiteduration", sites_of_several, "Hours of several tickets by place",
            "hours:read", gives=SITES, writes=False, body="array",
        ),
    ),
    at("workhours", "work hour", Verb("GET", "", every, "List all work hours", "hours:read", gives=SHAPE, many=True)),
)  # fmt: skip
