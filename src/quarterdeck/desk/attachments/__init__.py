"""Files on tickets."""

from quarterdeck.desk.attachments.actions import MOST, create, forget, remove
from quarterdeck.desk.attachments.inputs import ANYTHING, NAMELESS, Filter, New, Stored, tamed
from quarterdeck.desk.attachments.queries import READING, content, genuine, get, named, seen
from quarterdeck.desk.attachments.records import Attachment, Blob

__all__ = [
    "ANYTHING",
    "MOST",
    "NAMELESS",
    "READING",
    "Attachment",
    "Blob",
    "Filter",
    "New",
    "Stored",
    "content",
    "create",
    "forget",
    "genuine",
    "get",
    "named",
    "remove",
    "seen",
    "tamed",
]
