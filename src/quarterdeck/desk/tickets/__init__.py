"""Requests and incidents, and what is said about them."""

from quarterdeck.desk.tickets.actions import assignee, change, comment, create, index
from quarterdeck.desk.tickets.counting import open_of
from quarterdeck.desk.tickets.finding import Hanging
from quarterdeck.desk.tickets.history import history
from quarterdeck.desk.tickets.inputs import Changes, CommentFilter, Filter, New, NewComment, Status
from quarterdeck.desk.tickets.queries import COMMENTS, INVOLVED, READING, SETTLED, get, problems, seen, statuses
from quarterdeck.desk.tickets.records import (
    TARGETS,
    Comment,
    Impact,
    Involved,
    Priority,
    Source,
    Stage,
    Ticket,
    Type,
)
from quarterdeck.desk.tickets.rules import KNOWN, within_reach

__all__ = [
    "COMMENTS",
    "INVOLVED",
    "KNOWN",
    "READING",
    "SETTLED",
    "TARGETS",
    "Changes",
    "Comment",
    "CommentFilter",
    "Filter",
    "Hanging",
    "Impact",
    "Involved",
    "New",
    "NewComment",
    "Priority",
    "Source",
    "Stage",
    "Status",
    "Ticket",
    "Type",
    "assignee",
    "change",
    "comment",
    "create",
    "get",
    "history",
    "index",
    "open_of",
    "problems",
    "seen",
    "statuses",
    "within_reach",
]
