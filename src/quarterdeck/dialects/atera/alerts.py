"""Alerts: what monitoring reports."""

from dataclasses import replace
from typing import Any

from quarterdeck.desk import alerts, assets, customers
from quarterdeck.desk.alerts import Category, Severity
from quarterdeck.desk.errors import Invalid, Why
from quarterdeck.dialects.atera.words import NO_CUSTOMER, said
from quarterdeck.edge.rest import Answer, Call, Resource, Verb
from quarterdeck.edge.verbs import create, listed, remove, show
from quarterdeck.wire.codecs import BOOL, INSTANT, INT, PLAIN, Choice
from quarterdeck.wire.shape import Shape, field, fixed, shown, taken

SEVERITY = Choice(Severity, information="Information", warning="Warning", critical="Critical")
CATEGORY = Choice(
    Category,
    hardware="Hardware",
    disk="Disk",
    availability="Availability",
    performance="Performance",
    exchange="Exchange",
    general="General",
)

SHAPE = Shape(
    shown("AlertID", "id"),
    field("Code", "code", INT),
    shown("Source", "source"),
    field("Title", "title"),
    field("Severity", "severity", SEVERITY),
    shown("Created", "created_at", INSTANT),
    field("SnoozedEndDate", "snoozed_until", INSTANT),
    shown("DeviceGuid", "asset.guid"),
    taken("DeviceGuid", "asset_guid"),
    shown("AgentId", "asset_id"),
    field("AdditionalInfo", "message"),
    shown("Archived", "archived", BOOL),
    field("AlertCategoryID", "category", CATEGORY),
    shown("ArchivedDate", "archived_at", INSTANT),
    field("TicketID", "ticket_id", INT),
    shown("AlertMessage", "message"),
    shown("DeviceName", "asset.name"),
    field("CustomerID", "customer_id", INT),
    shown("CustomerName", "customer.name"),
    fixed("FolderID", None),
    fixed("PollingCyclesCount", 1),
    fixed("DeviceType", "PC"),
    *(fixed(f"ThresholdValue{place}", None) for place in range(1, 6)),
    fixed("MessageTemplate", None),
)

STATUS = Shape(taken("alertStatus", "status", PLAIN))


def filtered(call: Call, **known: int) -> Answer:
    """The list; the vendor's `alertStatus` is several conditions of ours."""
    conditions: dict[str, dict[str, Any]] = {
        "": {},
        "resolved": {"archived": True},
        "snoozed": {"archived": False, "snoozed_at": call.work.now},
        "open": {"archived": False, "awake_at": call.work.now},
    }
    status = call.request.query.get("alertstatus", "").casefold()
    if status not in conditions:
        raise Invalid({"alertStatus": "is not one of Open, Resolved, Snoozed"})
    return listed(call, call.filtered(**conditions[status], **known))


def index(call: Call) -> Answer:
    return filtered(call)


def of_customer(call: Call) -> Answer:
    customers.get(call.work, call.number("customerId"))
    return filtered(call, customer_id=call.number("customerId"))


def of_agent(call: Call) -> Answer:
    assets.get(call.work, call.number("agentId"))
    return filtered(call, asset_id=call.number("agentId"))


def resolve(call: Call) -> Answer:
    """Whatever the body holds, and also where it holds nothing."""
    alerts.resolve(call.work, call.id, call.version)
    item, version = call.record(call.id)
    answer = call.manners.changed(call, call.id, item)
    answer.version = version
    return answer


ALERTS = Resource(
    path="alerts",
    one="alert",
    id_name="AlertID",
    reading=alerts.READING,
    shape=SHAPE,
    filter=alerts.Filter,
    filters=Shape(
        taken("customerId", "customer_id", INT),
        taken("alertSeverity", "severity", SEVERITY),
        taken("archived", "archived", BOOL),
    ),
    page_max=500,
    new=alerts.NewOfDevice,
    create=alerts.create,
    remove=alerts.remove,
    words={
        ("title", Why.MISSING): said("Title required"),
        ("asset_guid", Why.MISSING): said("DeviceGuid required"),
        ("asset_guid", Why.UNKNOWN): said("Agent not found"),
        ("customer_id", Why.UNKNOWN): NO_CUSTOMER,
        ("customer_id", Why.MALFORMED): NO_CUSTOMER,
    },
    verbs=(
        Verb("GET", "", index, "List alerts", "alerts:read", gives=SHAPE, many=True, parameters=STATUS),
        Verb(
            "POST",
            "",
            create,
            "Raise an alert",
            "alerts:write",
            takes=SHAPE,
            required=("DeviceGuid", "Title"),
            gives=SHAPE,
            status=201,
            note="Without `CustomerID` it is the customer's whose device it is.",
        ),
        Verb("GET", "/{id}", show, "Get an alert", "alerts:read", gives=SHAPE),
        Verb("PUT", "/{id}", resolve, "Resolve an alert", "alerts:write", gives=SHAPE),
        Verb("DELETE", "/{id}", remove, "Delete an alert", "alerts:write", body="none"),
        Verb(
            "GET",
            "/agent/{agentId}",
            of_agent,
            "List an agent's alerts",
            "alerts:read",
            gives=SHAPE,
            many=True,
            parameters=STATUS,
        ),
    ),
)

ALERTS_OF_CUSTOMER = replace(
    ALERTS,
    path="customers/{customerId}/alerts",
    verbs=(
        Verb(
            "GET", "", of_customer, "List a customer's alerts", "alerts:read", gives=SHAPE, many=True, parameters=STATUS
        ),
    ),
)
