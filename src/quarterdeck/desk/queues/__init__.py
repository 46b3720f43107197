"""How a technician works through tickets."""

from quarterdeck.desk.queues.actions import saw
from quarterdeck.desk.queues.comparing import CUSTOM, FIELDS, Is, kind_of
from quarterdeck.desk.queues.conditions import Condition
from quarterdeck.desk.queues.drafts import Kept, drafts, drop_draft, keep_draft
from quarterdeck.desk.queues.inputs import NewView, ViewChanges
from quarterdeck.desk.queues.listing import Listed, Walked, among_these, bounded, count, meets, page
from quarterdeck.desk.queues.live import BACK, News, everybody, latest, news
from quarterdeck.desk.queues.ordering import ORDERS, Order
from quarterdeck.desk.queues.presence import Present, be_here, go_away, others_here
from quarterdeck.desk.queues.records import Draft, Follow, Presence, Related, SavedView, Seen
from quarterdeck.desk.queues.related import NewSplit, follow, followers, relate, related, split, unfollow, unrelate
from quarterdeck.desk.queues.views import OWN, Saved, change_view, remove_view, restore_view, save_view, view, views

__all__ = [
    "BACK",
    "CUSTOM",
    "FIELDS",
    "ORDERS",
    "OWN",
    "Condition",
    "Draft",
    "Follow",
    "Is",
    "Kept",
    "Listed",
    "NewSplit",
    "NewView",
    "News",
    "Order",
    "Presence",
    "Present",
    "Related",
    "Saved",
    "SavedView",
    "Seen",
    "ViewChanges",
    "Walked",
    "among_these",
    "be_here",
    "bounded",
    "change_view",
    "count",
    "drafts",
    "drop_draft",
    "everybody",
    "follow",
    "followers",
    "go_away",
    "keep_draft",
    "kind_of",
    "latest",
    "meets",
    "news",
    "others_here",
    "page",
    "relate",
    "related",
    "remove_view",
    "restore_view",
    "save_view",
    "saw",
    "split",
    "unfollow",
    "unrelate",
    "view",
    "views",
]
