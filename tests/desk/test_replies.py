"""Rules of canned replies."""

from typing import Any

import pytest

import make
from desk.looking import acting, how_many, ids, last_entry, later
from quarterdeck.desk import replies
from quarterdeck.desk.access.rights import OF_ONE_CUSTOMER
from quarterdeck.desk.errors import Forbidden, Invalid, NotFound, Stale
from quarterdeck.desk.replies import Category, Reply
from quarterdeck.desk.work import Work


def found(work: Work, **where: Any) -> list[int]:
    return ids(work, replies.READING, replies.Filter.check(where))


def test_a_category_is_made_once_for_a_name(work: Work) -> None:
    first, second = make.reply(work, category_name="General"), make.reply(work, category_name="GENERAL")

    assert replies.get(work, first).category_id == replies.get(work, second).category_id
    assert how_many(work, Category) == 1


def test_a_category_may_be_named_by_id(work: Work) -> None:
    category = replies.get(work, make.reply(work, category_name="General")).category_id

    assert replies.get(work, make.reply(work, category_id=category)).category_id == category
    with pytest.raises(Invalid) as refused:
        make.reply(work, category_id=99)
    assert refused.value.problems == {"category_id": "names no category"}


def test_replies_are_found_by_category_or_text(work: Work) -> None:
    hello = make.reply(work, title="Greeting", body="Hello!", category_name="General")
    bye = make.reply(work, title="Parting", body="Good bye", subject="Hello again")
    category = replies.get(work, hello).category_id

    assert found(work, category="general") == found(work, category=str(category)) == [hello]
    assert found(work, like="hello") == [hello, bye]
    assert found(work, like="parting") == [bye]
    assert found(work, changed_since=later(work).now) == []
    assert replies.subjects(work) == ["Hello again"]


def test_what_happens_is_written_down(work: Work) -> None:
    id = make.reply(work)
    assert last_entry(work).what == "canned reply.created"

    replies.change(later(work), id, replies.Changes(body="Hi!"))
    entry = last_entry(work)
    assert (entry.what, entry.before, entry.after) == ("canned reply.changed", {"body": "Hello!"}, {"body": "Hi!"})

    replies.remove(later(work), id)
    assert (last_entry(work).what, how_many(work, Reply)) == ("canned reply.deleted", 0)


def test_a_change_of_another_version_is_refused(work: Work) -> None:
    id = make.reply(work)

    with pytest.raises(Stale):
        replies.change(work, id, replies.Changes(body="Hi!"), version=2)
    with pytest.raises(Stale):
        replies.remove(work, id, version=2)


def test_a_reply_that_is_not_there_is_not_found(work: Work) -> None:
    with pytest.raises(NotFound, match="canned reply not found"):
        replies.remove(work, 99)


@pytest.mark.parametrize("rights", [frozenset({"replies:read"}), OF_ONE_CUSTOMER], ids=["looking", "of one customer"])
def test_who_may_only_look_cannot_change(work: Work, rights: frozenset[str]) -> None:
    id = make.reply(work)
    vic = acting(work, rights=rights)

    assert found(vic) == [id]
    for act in (
        lambda: make.reply(vic),
        lambda: replies.change(vic, id, replies.Changes(body="Hi!")),
        lambda: replies.remove(vic, id),
    ):
        with pytest.raises(Forbidden):
            act()
