"""How a technician works through tickets."""

from quarterdeck.desk.queues.actions import saw
from quarterdeck.desk.queues.records import Draft, Follow, Presence, Related, SavedView, Seen

__all__ = ["Draft", "Follow", "Presence", "Related", "SavedView", "Seen", "saw"]
