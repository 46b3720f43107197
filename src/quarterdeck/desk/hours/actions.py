"""What can happen to time."""

from datetime import timedelta

from quarterdeck.desk import journal, tickets
from quarterdeck.desk.errors import Invalid
from quarterdeck.desk.hours.inputs import New
from quarterdeck.desk.hours.records import TimeEntry
from quarterdeck.desk.tickets import Ticket
from quarterdeck.desk.work import Work

LONGEST = timedelta(days=31)


def create(work: Work, ticket_id: int, new: New) -> int:
    work.require("hours:write")
    ticket = tickets.get(work, ticket_id, hold=True)
    if new.ends_at < new.starts_at:
        raise Invalid({"ends_at": "is before the start"})
    if new.ends_at - new.starts_at > LONGEST:
        raise Invalid({"ends_at": "is more than 31 days after the start"})
    technician_id = tickets.assignee(work, new.sent) or work.actor.technician_id
    seconds = int((new.ends_at - new.starts_at).total_seconds())

    values = new.model_dump(exclude={"technician_email"}) | {"technician_id": technician_id, "seconds": seconds}
    id = work.insert(TimeEntry, ticket_id=ticket_id, **values)
    worked = "on_site_seconds" if new.on_site else "off_site_seconds"
    work.update(Ticket, ticket_id, **{worked: getattr(ticket, worked) + seconds}, last_activity_at=work.now)
    journal.record(work, "time entry.created", id, customer_id=ticket.customer_id, after=values)
    return id
