"""Contracts."""

from quarterdeck.desk import contracts
from quarterdeck.desk.contracts import Kind
from quarterdeck.dialects.atera.lists import of_customer
from quarterdeck.edge.rest import Resource, Verb, index, show
from quarterdeck.wire.codecs import BOOL, INSTANT, INT, Choice, Codec, json_out
from quarterdeck.wire.shape import Shape, shown, taken

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


def terms(kind: str) -> Codec:
    """The terms of a contract, under the name of its kind; null under all others."""
    return Codec({"type": ["object", "null"]}, lambda value: (json_out(value) or {}).get(kind))


SHAPE = Shape(
    shown("CustomerID", "customer_id"),
    shown("CustomerName", "customer.name"),
    shown("ContractID", "id"),
    shown("ContractName", "name"),
    shown("ContractType", "billed_as", KIND),
    shown("Active", "active", BOOL),
    shown("Default", "default", BOOL),
    shown("Taxable", "taxable", BOOL),
    shown("StartDate", "starts_at", INSTANT),
    shown("EndDate", "ends_at", INSTANT),
    *(
        shown(f"{kind}Contract", "terms", terms(kind))
        for kind in (
            "RetainerFlatFee",
            "Hourly",
            "BlockHours",
            "BlockMoney",
            "RemoteMonitoring",
            "OnlineBackup",
            "ProjectOneTimeFee",
            "ProjectHourlyRate",
        )
    ),
)


CONTRACTS = Resource(
    path="contracts",
    one="contract",
    id_name="ContractID",
    reading=contracts.READING,
    shape=SHAPE,
    filter=contracts.Filter,
    filters=Shape(taken("customerId", "customer_id", INT), taken("active", "active", BOOL)),
    page_max=500,
    verbs=(
        Verb("GET", "", index, "List contracts", "contracts:read", gives=SHAPE, many=True),
        Verb("GET", "/{id}", show, "Get a contract", "contracts:read", gives=SHAPE),
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
