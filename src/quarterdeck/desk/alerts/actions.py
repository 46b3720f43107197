"""What can happen to alerts."""

from quarterdeck.desk import assets, customers, journal, tickets
from quarterdeck.desk.alerts.inputs import New
from quarterdeck.desk.alerts.records import Alert
from quarterdeck.desk.work import Work


def create(work: Work, new: New) -> int:
    work.require("alerts:write")
    customers.get(work, new.customer_id)
    if new.asset_id is not None:
        assets.get(work, new.asset_id)
    if new.ticket_id is not None:
        tickets.get(work, new.ticket_id)

    id = work.insert(Alert, **{**new.model_dump(exclude={"created_at"}), **new.sent})
    journal.record(work, "alert.created", id, customer_id=new.customer_id, after=new.sent)
    return id
