"""Many tickets at once."""

from quarterdeck.desk.bulk.actions import CHANGE, Outcome, change_several, outcome, remove_several, undo_several
from quarterdeck.desk.bulk.inputs import TICKETS_MAX, Several

__all__ = ["CHANGE", "TICKETS_MAX", "Outcome", "Several", "change_several", "outcome", "remove_several", "undo_several"]
