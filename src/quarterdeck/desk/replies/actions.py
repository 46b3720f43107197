"""What can happen to canned replies."""

from typing import Any

from quarterdeck.desk import journal
from quarterdeck.desk.errors import Invalid, Problem, Why
from quarterdeck.desk.input import fold
from quarterdeck.desk.replies.inputs import Changes, New, NewCategory
from quarterdeck.desk.replies.queries import CATEGORY, category_named, get
from quarterdeck.desk.replies.records import Category, Reply
from quarterdeck.desk.work import Work, exists, unchanged, unique

NO_CATEGORY = Problem("names no category", Why.UNKNOWN)
TAKEN = Problem("belongs to another category", Why.TAKEN)


def create(work: Work, new: New) -> int:
    work.require("replies:write")
    values = settled(work, new.model_dump())

    id = work.insert(Reply, **values)
    journal.record(work, "canned reply.created", id, after=values)
    return id


def change(work: Work, id: int, changes: Changes, version: int | None = None) -> None:
    work.require("replies:write")
    reply = get(work, id, hold=True)
    unchanged(reply, version)
    values = settled(work, changes.sent)

    work.update(Reply, reply.id, **values)
    before = {name: getattr(reply, name) for name in values}
    journal.record(work, "canned reply.changed", reply.id, before=before, after=values)


def remove(work: Work, id: int, version: int | None = None) -> None:
    work.require("replies:write")
    reply = get(work, id, hold=True)
    unchanged(reply, version)

    work.delete(Reply, Reply.id == reply.id)
    journal.record(work, "canned reply.deleted", reply.id, before={"title": reply.title})


def settled(work: Work, values: dict[str, Any]) -> dict[str, Any]:
    """The values with the name of a category turned into its id, and the title folded."""
    values = dict(values)
    name = values.pop("category_name", None)
    if name and values.get("category_id") is None:
        values["category_id"] = category_named(work, name) or add_category(work, name)
    exists(work, values, "category_id", CATEGORY.seen, NO_CATEGORY)
    return {**values, "title_key": fold(values["title"])} if "title" in values else values


def create_category(work: Work, new: NewCategory) -> int:
    work.require("replies:write")
    if category_named(work, new.name) is not None:
        raise Invalid({"name": TAKEN})
    return add_category(work, new.name)


def change_category(work: Work, id: int, changes: NewCategory) -> None:
    """Give a category another name."""
    work.require("replies:write")
    category = CATEGORY.get(work, id, hold=True)
    if category_named(work, changes.name) not in (None, category.id):
        raise Invalid({"name": TAKEN})

    with unique("name", TAKEN):
        work.update(Category, category.id, name=changes.name, name_key=fold(changes.name))
    before = {"name": category.name}
    journal.record(work, "canned reply category.changed", category.id, before=before, after=changes.sent)


def remove_category(work: Work, id: int) -> None:
    """Remove a category. Its replies stay, without one."""
    work.require("replies:write")
    category = CATEGORY.get(work, id, hold=True)

    work.update_all(Reply, Reply.category_id == category.id, category_id=None)
    work.delete(Category, Category.id == category.id)
    journal.record(work, "canned reply category.deleted", category.id, before={"name": category.name})


def add_category(work: Work, name: str) -> int:
    with unique("category_name", TAKEN):
        id = work.insert(Category, name=name, name_key=fold(name))
    journal.record(work, "canned reply category.created", id, after={"name": name})
    return id
