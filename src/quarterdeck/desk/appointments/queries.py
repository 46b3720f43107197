"""How appointments and their types are read."""

from quarterdeck.desk.appointments.records import Appointment, Type
from quarterdeck.desk.finding import Finder
from quarterdeck.desk.reading import Reading, Where

READING = Reading(
    Appointment,
    "appointments:read",
    filters={
        "customer_id": Where(lambda value: Appointment.customer_id == value),
        "ticket_id": Where(lambda value: Appointment.ticket_id == value),
        "technician_id": Where(lambda value: Appointment.technician_id == value),
        "type_id": Where(lambda value: Appointment.type_id == value),
        "starts_since": Where(lambda value: Appointment.starts_at >= value),
        "starts_until": Where(lambda value: Appointment.starts_at <= value),
        "changed_since": Where(lambda value: Appointment.updated_at >= value),
    },
    orders={
        "starts_at": Appointment.starts_at,
        "created_at": Appointment.created_at,
        "updated_at": Appointment.updated_at,
    },
    belongs=Appointment.customer_id,
)

TYPES = Reading(
    Type,
    "appointments:read",
    filters={"changed_since": Where(lambda value: Type.updated_at >= value)},
    orders={"name": Type.name_key, "created_at": Type.created_at, "updated_at": Type.updated_at},
)

FINDER = Finder(Appointment, "appointments:read", lambda appointment: appointment.customer_id)
seen, get = FINDER.seen, FINDER.get
TYPE = Finder(Type, "appointments:read")
