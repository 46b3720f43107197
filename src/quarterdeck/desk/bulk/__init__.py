"""Many tickets at once."""

from quarterdeck.desk.bulk.actions import Outcome, change_several, outcome, remove_several, undo_several
from quarterdeck.desk.bulk.inputs import TICKETS_MAX, Several

__all__ = ["TICKETS_MAX", "Outcome", "Several", "change_several", "outcome", "remove_several", "undo_several"]
