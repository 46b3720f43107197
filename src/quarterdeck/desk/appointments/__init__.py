"""When somebody goes where."""

from quarterdeck.desk.appointments.records import Appointment, Place, Type

__all__ = ["Appointment", "Place", "Type"]
