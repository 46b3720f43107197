"""What can happen to devices. How one is removed is in `leaving`."""

from uuid import UUID

from quarterdeck.desk import customers, journal
from quarterdeck.desk.assets.inputs import New
from quarterdeck.desk.assets.records import Asset
from quarterdeck.desk.input import fold
from quarterdeck.desk.work import Work


def create(work: Work, new: New, guid: UUID) -> int:
    """Take a device under care. The caller brings a fresh guid for a device that has none of its own."""
    work.require("assets:write")
    customers.get(work, new.customer_id)

    values = new.model_dump() | {"guid": str(new.guid or guid), "name_key": fold(new.name)}
    id = work.insert(Asset, **values)
    journal.record(work, "agent.created", id, customer_id=new.customer_id, after=new.model_dump(mode="json"))
    return id
