"""People who may become customers."""

from quarterdeck.desk.leads.records import Lead

__all__ = ["Lead"]
