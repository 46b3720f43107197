"""How contracts are read."""

import sqlalchemy as sa

from quarterdeck.desk.contracts.records import Contract
from quarterdeck.desk.finding import Finder
from quarterdeck.desk.input import fold
from quarterdeck.desk.reading import Reading, Where, containing

READING = Reading(
    Contract,
    "contracts:read",
    filters={
        "customer_id": Where(lambda value: Contract.customer_id == value),
        "active": Where(lambda value: Contract.active == value),
        "name": containing(sa.func.lower(Contract.name)),
        "standing": Where(lambda value: sa.func.lower(Contract.standing) == value, sa.Text(), fold),
        "changed_since": Where(lambda value: Contract.updated_at >= value),
    },
    orders={"name": Contract.name, "created_at": Contract.created_at, "updated_at": Contract.updated_at},
    belongs=Contract.customer_id,
)


FINDER = Finder(Contract, "contracts:read", lambda contract: contract.customer_id)
seen, get = FINDER.seen, FINDER.get
