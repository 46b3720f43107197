"""How contracts are read."""

from quarterdeck.desk.contracts.records import Contract
from quarterdeck.desk.errors import NotFound
from quarterdeck.desk.reading import Reading, Where
from quarterdeck.desk.work import Work

READING = Reading(
    Contract,
    "contracts:read",
    filters={
        "customer_id": Where(lambda value: Contract.customer_id == value),
        "active": Where(lambda value: Contract.active == value),
    },
    belongs=Contract.customer_id,
)


def seen(work: Work, id: int, *, hold: bool = False) -> Contract | None:
    """The contract, where the actor may see it."""
    contract = work.find(Contract, id, hold=hold)
    return contract if contract is not None and work.actor.customer_id in (None, contract.customer_id) else None


def get(work: Work, id: int, *, hold: bool = False) -> Contract:
    work.require("contracts:read")
    contract = seen(work, id, hold=hold)
    if contract is None:
        raise NotFound("contract", id)
    return contract
