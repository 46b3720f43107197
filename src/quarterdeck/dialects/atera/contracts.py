"""Contracts."""

from typing import Any

from quarterdeck.desk import contracts
from quarterdeck.desk.contracts import Kind
from quarterdeck.desk.errors import Why
from quarterdeck.dialects.atera.lists import of_customer
from quarterdeck.dialects.atera.words import NO_CUSTOMER, said
from quarterdeck.edge.rest import Answer, Call, Resource, Verb
from quarterdeck.edge.verbs import change, create, index, show
from quarterdeck.wire.codecs import BOOL, INSTANT, INT, Choice, Codec, Unreadable, json_out
from quarterdeck.wire.shape import Shape, field, shown, taken

KIND = Choice(
    Kind,
    retainer="RetainerFlatFee",
    hourly="Hourly",
    block_hours="BlockHours",
    block_money="BlockMoney",
    remote_monitoring="RemoteMonitoring",
    online_backup="OnlineBackup",
    project_fee="ProjectOneTimeFee",
    project_hourly="ProjectHourlyRate",
)
PERIOD = "BillingPeriod"


def terms(kind: str) -> Codec:
    """The terms of a contract, under the name of its kind; null under all others. How often it is billed is kept
    beside them: that, contracts of every kind have."""

    def encode(value: Any) -> Any:
        kept = json_out(value) or {}
        period = {PERIOD: kept[PERIOD]} if PERIOD in kept else {}
        return {**kept[kind], **period} if kind in kept else None

    def decode(value: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise Unreadable("is not an object")
        period = {PERIOD: value[PERIOD]} if PERIOD in value else {}
        return {kind: {name: term for name, term in value.items() if name != PERIOD}, **period}

    return Codec({"type": ["object", "null"], "additionalProperties": True}, encode, decode)


KINDS = dict(zip(Kind, [word for word in KIND.schema["enum"] if word], strict=True))

SHAPE = Shape(
    field("CustomerID", "customer_id", INT),
    shown("CustomerName", "customer.name"),
    shown("ContractID", "id"),
    field("ContractName", "name"),
    field("ContractType", "billed_as", KIND),
    field("Active", "active", BOOL),
    field("Default", "default", BOOL),
    field("Taxable", "taxable", BOOL),
    field("StartDate", "starts_at", INSTANT),
    field("EndDate", "ends_at", INSTANT),
    taken("Notes", "notes"),
    *(field(f"{kind}Contract", "terms", terms(kind)) for kind in KINDS.values()),
)


def of_kind(call: Call, kind: Kind | None) -> None:
    """Leave terms of other kinds out of the body."""
    others = {f"{word}Contract".casefold() for one, word in KINDS.items() if kind not in (None, one)}
    call.data = {name: value for name, value in call.data.items() if name.casefold() not in others}


def add(call: Call) -> Answer:
    values, _ = SHAPE.decode(call.data)
    of_kind(call, values.get("billed_as"))
    return create(call)


def update(call: Call) -> Answer:
    values, _ = SHAPE.decode(call.data)
    of_kind(call, values.get("billed_as") or contracts.get(call.work, call.id).billed_as)
    return change(call)


CONTRACTS = Resource(
    path="contracts",
    one="contract",
    id_name="ContractID",
    reading=contracts.READING,
    shape=SHAPE,
    filter=contracts.Filter,
    filters=Shape(taken("customerId", "customer_id", INT), taken("active", "active", BOOL)),
    page_max=500,
    new=contracts.NewOfKind,
    create=contracts.create,
    changes=contracts.Changes,
    change=contracts.change,
    words={
        ("name", Why.MISSING): said("ContractName required"),
        ("billed_as", Why.MISSING): said("ContractType required"),
        ("customer_id", Why.MISSING): said("CustomerID required"),
        ("customer_id", Why.UNKNOWN): NO_CUSTOMER,
        ("customer_id", Why.MALFORMED): NO_CUSTOMER,
    },
    verbs=(
        Verb("GET", "", index, "List contracts", "contracts:read", gives=SHAPE, many=True),
        Verb(
            "POST",
            "",
            add,
            "Create a contract",
            "contracts:write",
            takes=SHAPE,
            required=("ContractName", "CustomerID", "ContractType"),
            gives=SHAPE,
            status=201,
            note="Of the terms, those named after `ContractType` count.",
        ),
        Verb("GET", "/{id}", show, "Get a contract", "contracts:read", gives=SHAPE),
        *(
            Verb(method, "/{id}", update, "Update a contract", "contracts:write", takes=SHAPE, gives=SHAPE)
            for method in ("POST", "PUT")
        ),
        Verb(
            "GET",
            "/customer/{customerId}",
            of_customer,
            "List a customer's contracts",
            "contracts:read",
            gives=SHAPE,
            many=True,
        ),
    ),
)
