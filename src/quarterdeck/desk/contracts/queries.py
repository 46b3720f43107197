"""How contracts are read."""

from quarterdeck.desk.contracts.records import Contract
from quarterdeck.desk.finding import Finder
from quarterdeck.desk.reading import Reading, Where

READING = Reading(
    Contract,
    "contracts:read",
    filters={
        "customer_id": Where(lambda value: Contract.customer_id == value),
        "active": Where(lambda value: Contract.active == value),
    },
    belongs=Contract.customer_id,
)


FINDER = Finder(Contract, "contracts:read", lambda contract: contract.customer_id)
seen, get = FINDER.seen, FINDER.get
