"""What can happen to contracts."""

from quarterdeck.desk import customers, journal
from quarterdeck.desk.contracts.inputs import New
from quarterdeck.desk.contracts.records import Contract
from quarterdeck.desk.work import Work


def create(work: Work, new: New) -> int:
    work.require("contracts:write")
    customers.get(work, new.customer_id)

    id = work.insert(Contract, **{"starts_at": work.now, **new.model_dump(exclude={"starts_at"}), **new.sent})
    journal.record(work, "contract.created", id, customer_id=new.customer_id, after=new.sent)
    return id
