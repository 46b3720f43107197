"""Canned replies: what is said often, written once; and their categories."""

from typing import Any

from quarterdeck.desk import replies
from quarterdeck.desk.errors import Invalid, Stale
from quarterdeck.desk.input import whole
from quarterdeck.desk.paging import Page
from quarterdeck.edge.http import Answer
from quarterdeck.web.editing import choices
from quarterdeck.web.entrance import said
from quarterdeck.web.kit import Visit, act, page
from quarterdeck.web.settings.tabs import shown

REPLIES = replies.READING.view(("id", "title", "subject", "body", "category.name", "updated_at"))
CATEGORIES = replies.CATEGORIES.view(("id", "name"))
MANY = 500
SHOWN = 50
ASKED_MAX = 200


def replies_page(visit: Visit) -> Answer:
    query = visit.query
    wanted = {"like": query.get("q", "")[:ASKED_MAX], "category": query.get("category")}
    where = replies.Filter.check({name: value for name, value in wanted.items() if value})
    place = Page(size=SHOWN, order="title", after=query.get("after"), before=query.get("before"))
    found = REPLIES.page(visit.work, where, place)
    return shown(
        visit,
        "replies",
        "/replies",
        rows=REPLIES.read(visit.work, found.items),
        found=found,
        asked=query,
        categories=categories(visit),
    )


def categories(visit: Visit) -> list[Any]:
    found = CATEGORIES.page(visit.work, replies.CategoryFilter.check({}), Page(size=MANY, order="name"))
    return CATEGORIES.read(visit.work, found.items)


def reply_page(visit: Visit) -> Answer:
    """One reply, or a new one."""
    reply = replies.get(visit.work, visit.id()) if "id" in visit.request.params else None
    visit.work.require("replies:read" if reply else "replies:write")
    return shown(visit, "reply", "/replies", reply=reply, categories=choices(categories(visit)))


def make_reply(visit: Visit) -> Answer:
    replies.create(visit.work, replies.New.check(reply_form(visit)))
    return visit.go("/settings/replies", visit.speech._("The reply is there."))


def reply_form(visit: Visit) -> dict[str, Any]:
    return {
        "title": said(visit, "title"),
        "subject": said(visit, "subject").strip() or None,
        "body": said(visit, "body").replace("\r\n", "\n"),
        "category_id": said(visit, "category_id") or None,
    }


def change_reply(visit: Visit) -> Answer:
    version = said(visit, "version")
    seen = (whole(version) or 0) if version else None
    try:
        replies.change(visit.work, visit.id(), replies.Changes.check(reply_form(visit)), seen)
    except Stale as stale:
        raise Invalid({"title": str(stale)}) from stale
    return visit.go("/settings/replies", visit.speech._("Kept."))


def remove_reply(visit: Visit) -> Answer:
    replies.remove(visit.work, visit.id())
    return visit.go("/settings/replies", visit.speech._("The reply is gone."))


def categories_page(visit: Visit) -> Answer:
    return shown(visit, "categories", "/replies", categories=categories(visit))


def make_category(visit: Visit) -> Answer:
    replies.create_category(visit.work, replies.NewCategory.check(visit.form))
    return visit.go("/settings/replies/categories", visit.speech._("The category is there."))


def change_category(visit: Visit) -> Answer:
    replies.change_category(visit.work, visit.id(), replies.NewCategory.check(visit.form))
    return visit.go("/settings/replies/categories", visit.speech._("Kept."))


def remove_category(visit: Visit) -> Answer:
    replies.remove_category(visit.work, visit.id())
    return visit.go("/settings/replies/categories", visit.speech._("The category is gone. Its replies stay."))


ROUTES = (
    page("/settings/replies", replies_page),
    page("/settings/replies/new", reply_page),
    act("/settings/replies/new", make_reply, again=reply_page),
    page("/settings/replies/categories", categories_page),
    act("/settings/replies/categories", make_category, again=categories_page),
    act("/settings/replies/categories/{id}", change_category, again=categories_page),
    act("/settings/replies/categories/{id}/removal", remove_category),
    page("/settings/replies/{id}", reply_page),
    act("/settings/replies/{id}", change_reply, again=reply_page),
    act("/settings/replies/{id}/removal", remove_reply),
)
