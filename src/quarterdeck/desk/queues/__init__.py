"""How a technician works through tickets."""

from quarterdeck.desk.queues.actions import saw
from quarterdeck.desk.queues.drafts import Kept, drafts, drop_draft, keep_draft
from quarterdeck.desk.queues.presence import Present, be_here, go_away, others_here
from quarterdeck.desk.queues.records import Draft, Follow, Presence, Related, SavedView, Seen
from quarterdeck.desk.queues.related import NewSplit, follow, followers, relate, related, split, unfollow, unrelate

__all__ = [
    "Draft",
    "Follow",
    "Kept",
    "NewSplit",
    "Presence",
    "Present",
    "Related",
    "SavedView",
    "Seen",
    "be_here",
    "drafts",
    "drop_draft",
    "follow",
    "followers",
    "go_away",
    "keep_draft",
    "others_here",
    "relate",
    "related",
    "saw",
    "split",
    "unfollow",
    "unrelate",
]
