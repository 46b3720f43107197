"""Requests and incidents, and what is said about them."""

from quarterdeck.desk.tickets.actions import assignee, change, comment, create, index
from quarterdeck.desk.tickets.inputs import Changes, CommentFilter, Filter, New, NewComment
from quarterdeck.desk.tickets.queries import COMMENTS, READING, SETTLED, get, seen
from quarterdeck.desk.tickets.records import Comment, Impact, Priority, Source, Stage, Ticket, Type

__all__ = [
    "COMMENTS",
    "READING",
    "SETTLED",
    "Changes",
    "Comment",
    "CommentFilter",
    "Filter",
    "Impact",
    "New",
    "NewComment",
    "Priority",
    "Source",
    "Stage",
    "Ticket",
    "Type",
    "assignee",
    "change",
    "comment",
    "create",
    "get",
    "index",
    "seen",
]
