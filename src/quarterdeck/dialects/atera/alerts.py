"""Alerts: what monitoring reports."""

from dataclasses import replace
from typing import Any

from quarterdeck.desk import alerts, assets, customers
from quarterdeck.desk.alerts import Category, Severity
from quarterdeck.desk.errors import Invalid
from quarterdeck.edge.rest import Answer, Call, Resource, Verb, listed, show
from quarterdeck.wire.codecs import BOOL, INSTANT, INT, PLAIN, Choice
from quarterdeck.wire.shape import Shape, fixed, shown, taken

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
    shown("Code", "code"),
    shown("Source", "source"),
    shown("Title", "title"),
    shown("Severity", "severity", SEVERITY),
    shown("Created", "created_at", INSTANT),
    shown("SnoozedEndDate", "snoozed_until", INSTANT),
    shown("DeviceGuid", "asset.guid"),
    shown("AgentId", "asset_id"),
    shown("AdditionalInfo", "message"),
    shown("Archived", "archived", BOOL),
    shown("AlertCategoryID", "category", CATEGORY),
    shown("ArchivedDate", "archived_at", INSTANT),
    shown("TicketID", "ticket_id"),
    shown("AlertMessage", "message"),
    shown("DeviceName", "asset.name"),
    shown("CustomerID", "customer_id"),
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
    verbs=(
        Verb("GET", "", index, "List alerts", "alerts:read", gives=SHAPE, many=True, parameters=STATUS),
        Verb("GET", "/{id}", show, "Get an alert", "alerts:read", gives=SHAPE),
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
