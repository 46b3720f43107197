"""How canned replies are read."""

import sqlalchemy as sa

from quarterdeck.desk.finding import Finder
from quarterdeck.desk.input import fold
from quarterdeck.desk.reading import Reading, Where, escaped, folded
from quarterdeck.desk.replies.records import Category, Reply
from quarterdeck.desk.work import Work


def alike(value: sa.ColumnElement[str]) -> sa.ColumnElement[bool]:
    """Title, subject or body contain a text, whatever its case."""
    texts = (Reply.title_key, folded(Reply.subject), folded(Reply.body))
    return sa.or_(*(text.like(value, escape="\\") for text in texts))


def sorted_under(value: sa.ColumnElement[str]) -> sa.ColumnElement[bool]:
    """The reply is in the category of this name, or id."""
    meant = sa.or_(Category.name_key == value, sa.cast(Category.id, sa.Text()) == value)
    return Reply.category_id.in_(sa.select(Category.id).where(meant))


READING = Reading(
    Reply,
    "replies:read",
    filters={
        "category": Where(sorted_under, sa.Text(), fold),
        "like": Where(alike, sa.Text(), lambda text: f"%{escaped(fold(text))}%"),
        "created_since": Where(lambda value: Reply.created_at >= value),
        "changed_since": Where(lambda value: Reply.updated_at >= value),
    },
    orders={"title": Reply.title_key, "created_at": Reply.created_at, "updated_at": Reply.updated_at},
)

CATEGORIES = Reading(
    Category,
    "replies:read",
    filters={"changed_since": Where(lambda value: Category.updated_at >= value)},
    orders={"name": Category.name_key, "updated_at": Category.updated_at},
)

FINDER = Finder(Reply, "replies:read")
seen, get = FINDER.seen, FINDER.get
CATEGORY = Finder(Category, "replies:read")


def category_named(work: Work, name: str) -> int | None:
    return work.db.scalar(sa.select(Category.id).where(Category.name_key == fold(name)))


def subjects(work: Work) -> list[str]:
    """Every subject that a reply has, each once."""
    work.require("replies:read")
    wanted = sa.select(Reply.subject).where(Reply.subject.is_not(None), Reply.subject != "")
    return [subject for subject in work.db.scalars(wanted.distinct().order_by(Reply.subject)) if subject]
