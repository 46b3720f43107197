"""Conditions, lists and views of tickets, and what is done with many of them at once."""

import re
from datetime import timedelta
from typing import Any

import pytest

import make
from desk.looking import acting, how_many, last_entry, later
from quarterdeck.desk import aliases, bulk, fields, hours, leaving, merging, queues, tickets
from quarterdeck.desk.errors import Conflict, Forbidden, Invalid, NotFound
from quarterdeck.desk.queues import OWN, Order
from quarterdeck.desk.queues.conditions import build
from quarterdeck.desk.queues.listing import LISTS
from quarterdeck.desk.queues.ordering import ORDERS
from quarterdeck.desk.tickets import Comment, Ticket
from quarterdeck.desk.work import Work


def has(field: str, value: Any, how: str | None = None) -> dict[str, Any]:
    return {"field": field, "value": value, **({"is": how} if how else {})}


def found(work: Work, condition: Any, order: str = "number") -> list[int]:
    return [row.id for row in queues.page(work, condition, Order.read(order)).rows]


@pytest.fixture
def three(work: Work) -> list[int]:
    """A fire of Dana's, a question that waits, and a wish that was granted."""
    customer_id = make.customer(work)
    contact_id = make.contact(work, customer_id=customer_id)
    mine = work.actor.technician_id
    fire = make.ticket(
        work, title="Fire", technician_id=mine, priority="critical", tags=["VIP", "Site"], contact_id=contact_id
    )
    waits = make.ticket(
        work, title="Question", customer_id=customer_id, status="On hold", type="request", problem="Mail"
    )
    granted = make.ticket(
        later(work, days=-10), title="Wish", status="closed", customer_id=make.customer(work, name="Zeta")
    )
    return [fire, waits, granted]


@pytest.mark.parametrize(
    ("condition", "which"),
    [
        pytest.param({"all": []}, "012", id="everything"),
        pytest.param({"any": []}, "", id="nothing"),
        pytest.param(has("stage", ["open", "pending"]), "01", id="stage"),
        pytest.param(has("stage", "open", "none of"), "12", id="not a stage"),
        pytest.param(has("status", "ON HOLD"), "1", id="status, however it is written"),
        pytest.param(has("priority", ["high", "critical"]), "0", id="priority"),
        pytest.param(has("type", "request"), "1", id="type"),
        pytest.param(has("technician", "me"), "0", id="mine"),
        pytest.param(has("technician", "nobody"), "12", id="nobody's"),
        pytest.param(has("technician", ["me", "nobody"]), "012", id="mine or nobody's"),
        pytest.param(has("technician", "me", "none of"), "12", id="not mine"),
        pytest.param(has("contact", "nobody"), "12", id="of no contact"),
        pytest.param(has("tags", ["vip", "x"]), "0", id="a tag"),
        pytest.param(has("tags", "vip", "none of"), "12", id="not the tag"),
        pytest.param(has("problem", "mail"), "1", id="problem"),
        pytest.param(has("problem", "mail", "none of"), "02", id="no problem is none of them"),
        pytest.param(has("problem", "ai", "contains"), "1", id="part of a problem"),
        pytest.param(has("created", "last 7 days"), "01", id="lately"),
        pytest.param(has("created", "3 days ago", "before"), "2", id="before"),
        pytest.param(has("created", "2026-02-25", "after"), "01", id="after a day"),
        pytest.param(has("due", "next 2 hours"), "0", id="due soon"),
        pytest.param(has("due", "now", "before"), "2", id="overdue"),
        pytest.param(has("text", "quest"), "1", id="words"),
        pytest.param({"not": has("priority", "critical")}, "12", id="not"),
        pytest.param({"any": [has("priority", "critical"), has("stage", "closed")]}, "02", id="any"),
        pytest.param({"all": [has("stage", "open"), {"not": has("tags", "vip")}]}, "", id="nested"),
    ],
)
def test_a_condition_is_true_of_the_tickets_it_describes(
    work: Work, three: list[int], condition: Any, which: str
) -> None:
    expected = [three[int(one)] for one in which]
    assert found(work, condition) == expected
    assert queues.among_these(work, condition, three) == expected
    assert queues.count(work, condition) == (len(expected), False)
    assert [id for id in three if queues.meets(work, condition, id)] == expected


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ([], "has to be an object"),
        ({}, "has to be an object"),
        ({"all": {}, "any": []}, "has to have one of"),
        ({"all": 7}, "has to have a list under all"),
        ({"all": ["x"]}, "has to be an object"),
        (has("colour", "red"), "names no field: 'colour'"),
        (has("priority", "urgent"), "cannot have priority 'urgent'"),
        (has("priority", ""), "needs a value"),
        (has("priority", "high", "contains"), "cannot ask whether priority is 'contains'"),
        (has("customer", "Acme"), "needs ids for customer"),
        (has("customer", True), "needs ids for customer"),
        (has("technician", 2**63), "needs ids or me or nobody"),
        (has("created", "yesterday", "before"), "needs 'now'"),
        (has("created", "last week"), "needs a span"),
        (has("created", "last 99999 days"), "further than"),
        (has("created", 7), "needs a text"),
        (has("text", "!?"), "words in it"),
        (has("tags", "a\x00"), "cannot be kept"),
        ({"field": "tags", "value": "a", "or": 1}, "field, is and value only"),
        ({"all": [has("tags", "a")] * 41}, "more than 40"),
        ({"not": {"not": {"not": {"not": {"not": {"not": has("tags", "a")}}}}}}, "nested deeper"),
        (has("tags", ["x"] * 101), "at most 100"),
    ],
)
def test_a_condition_that_means_nothing_is_refused_in_clear_words(condition: Any, said: str) -> None:
    with pytest.raises(Invalid, match=re.escape(said)):
        build(condition)


@pytest.mark.parametrize(
    ("condition", "which"),
    [
        pytest.param(has("field:Root cause", "user"), "0", id="a choice, however it is written"),
        pytest.param(has("field:root CAUSE", ["User", "Hardware"]), "01", id="one of several"),
        pytest.param(has("field:Root cause", "user", "none of"), "12", id="another, or none"),
        pytest.param(has("field:Root cause", "ware", "contains"), "1", id="a part"),
        pytest.param(has("field:Approved", "yes"), "1", id="yes"),
        pytest.param(has("field:Approved", "no"), "2", id="no"),
        pytest.param(has("field:Review", "2026-03-02", "before"), "0", id="a day before"),
        pytest.param(has("field:Review", "next 7 days", "within"), "1", id="within days"),
        pytest.param(has("field:Nothing", "x"), "", id="a field nobody has"),
        pytest.param({"any": [has("field:Approved", "no"), has("field:Root cause", "User")]}, "02", id="either"),
    ],
)
def test_a_condition_asks_for_custom_fields(work: Work, three: list[int], condition: Any, which: str) -> None:
    for name, type, options in (("Root cause", "choice", ["User", "Hardware"]), ("Approved", "yes/no", [])):
        make.field(work, target="ticket", name=name, type=type, options=options)
    make.field(work, target="ticket", name="Review", type="date")
    held = (
        (0, "Root cause", "User"),
        (1, "Root cause", "Hardware"),
        (1, "Approved", "yes"),
        (2, "Approved", "no"),
        (0, "Review", "2026-02-01"),
        (1, "Review", "2026-03-05"),
    )
    for place, name, value in held:
        fields.write(work, fields.Target.TICKET, three[place], name, value)

    expected = [three[int(one)] for one in which]
    assert found(work, condition) == expected
    assert queues.among_these(work, condition, three) == expected


@pytest.mark.parametrize("order", [*ORDERS, *(f"-{one}" for one in ORDERS)])
@pytest.mark.parametrize(
    "condition", [{"all": []}, OWN["open"][0], has("text", "number")], ids=["all", "open", "words"]
)
def test_every_order_reads_each_ticket_once_whichever_way(
    work: Work, order: str, condition: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    customers = [make.customer(work, name=name) for name in ("Beta", "Alpha")]
    people = [make.contact(work, customer_id=customers[0], first_name=name) for name in ("Zoe", "Ann")]
    for n in range(23):
        who: dict[str, Any] = {"contact_id": people[n % 2]} if n % 3 else {"customer_id": customers[n % 2]}
        technician = {"technician_id": work.actor.technician_id} if n % 4 else {}
        given = {
            "title": f"Number {n % 5}",
            "priority": ["low", "high", "critical"][n % 3],
            "status": ["open", "pending"][n % 2],
        }
        make.ticket(later(work, minutes=n), **given, **who, **technician)
    whole = found(work, condition, order)
    assert len(whole) == len(set(whole)) == 23

    for few in (500, 5):
        monkeypatch.setattr("quarterdeck.desk.queues.listing.FEW", few)
        LISTS.clear()
        forth: list[int] = []
        page = queues.page(work, condition, Order.read(order), size=4)
        pages = [page]
        while page.after is not None:
            page = queues.page(work, condition, Order.read(order), after=page.after, size=4)
            pages.append(page)
        forth = [row.id for one in pages for row in one.rows]
        assert forth == whole
        for one, other in zip(pages[1:], pages, strict=False):
            assert one.before is not None
            back = queues.page(work, condition, Order.read(order), before=one.before, size=4)
            assert [row.id for row in back.rows] == [row.id for row in other.rows]
    LISTS.clear()


def test_the_most_urgent_comes_first(work: Work) -> None:
    ids = {priority: make.ticket(work, priority=priority) for priority in ("low", "critical", "medium", "high")}
    assert found(work, {"all": []}, "priority") == [ids[one] for one in ("critical", "high", "medium", "low")]
    assert found(work, {"all": []}, "-priority") == [ids[one] for one in ("low", "medium", "high", "critical")]


@pytest.mark.parametrize("key", ["x", "WzAsbnVsbCwxXQ", "WzksbnVsbCwxXQ", "WzAsInlvdSIsMV0", "WzAsNywtMV0", "ä"])
def test_a_key_of_another_list_is_refused(work: Work, key: str) -> None:
    with pytest.raises(Invalid, match="after"):
        queues.page(work, {"all": []}, Order.read("due"), after=key)


def plan(work: Work, view: str, order: str | None = None) -> str:
    """How the database finds a view's tickets, where there are many."""
    condition, usual = OWN[view]
    LISTS.clear()
    queues.page(work, condition, Order.read(order or usual))
    lines = []
    for statement in LISTS.values():
        compiled = statement.compile(work.link.dialect)
        given = compiled.values(
            {"v0": work.actor.technician_id if view == "mine" else work.now, "me": 1, "stretch": "high"}
        )
        given = {name: value for name, value in given.items() if re.search(rf"[:(]{name}\b", compiled.sql)}
        lines += [str(row) for row in work.link.driver.execute(f"EXPLAIN QUERY PLAN {compiled.sql}", given).fetchall()]
    LISTS.clear()
    return "\n".join(lines)


@pytest.mark.parametrize("view", OWN)
@pytest.mark.parametrize("order", [None, "priority", "activity", "customer", "contact", "title", "-created", "status"])
def test_views_of_many_tickets_are_walked_along_an_index(
    work: Work, view: str, order: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if work.link.dialect != "sqlite":
        pytest.skip("PostgreSQL chooses by what it has counted, and of three tickets it walks all")
    monkeypatch.setattr("quarterdeck.desk.queues.listing.FEW", 0)
    for _ in range(3):
        make.ticket(work, technician_id=work.actor.technician_id if view == "mine" else None,
                    status="pending", due_at=work.now - timedelta(days=1))  # fmt: skip
    how = plan(work, view, order)
    assert "USE TEMP B-TREE FOR ORDER BY" not in how
    assert "ix_" in how or (view, order) == ("all", None)
    if view in ("mine", "unassigned") and order is None:
        assert "ix_tickets_queue_of_technician" in how


@pytest.mark.parametrize(
    "rest",
    [
        has("stage", ["open", "pending"]),
        has("technician", "me"),
        has("created", "last 7 days"),
        has("tags", "vip"),
        {"any": [has("stage", "closed"), has("text", "fire")]},
        {"all": [has("stage", "pending"), {"all": [has("problem", "mail")]}]},
        {"not": has("text", "question")},
    ],
)
def test_words_are_found_among_what_else_is_asked(work: Work, three: list[int], rest: Any) -> None:
    make.ticket(work, title="Other")
    words = [has("text", word) for word in ("fire", "question", "wish")]
    alone = found(work, {"all": [rest, {"any": words}]})
    assert alone
    assert [id for one in words for id in found(work, {"all": [{"all": [one]}, rest]})] == alone


def test_a_key_of_one_customer_finds_its_own_tickets_only_by_words(work: Work, three: list[int]) -> None:
    olga = acting(work, customer_id=tickets.get(work, three[2]).customer_id)
    assert found(olga, has("text", "wish")) == [three[2]]
    assert found(olga, has("text", "fire")) == []


def test_a_key_of_one_customer_sees_its_own_tickets_only(work: Work, three: list[int]) -> None:
    theirs = tickets.get(work, three[2]).customer_id
    olga = acting(work, customer_id=theirs)
    assert found(olga, {"all": []}) == [three[2]]
    assert queues.among_these(olga, {"all": []}, three) == [three[2]]
    assert queues.count(olga, {"all": []}) == (1, False)


def test_what_others_did_is_unread_until_it_is_looked_at(work: Work) -> None:
    id = make.ticket(work)
    vic = acting(work, technician_id=make.technician(work), name="Vic")

    def unread(asker: Work) -> bool:
        (row,) = queues.page(asker, {"all": []}, Order()).rows
        return bool(row.unread)

    assert not unread(work)  # who made it knows it
    assert unread(vic)
    queues.saw(vic, id)
    assert not unread(vic)
    make.comment(later(work), id)
    assert unread(vic)
    queues.saw(later(vic, hours=2), id)
    assert not unread(vic)
    tickets.change(later(work, hours=3), id, tickets.Changes.check({"status": "resolved"}))
    assert not unread(vic)  # what is over is no news


def test_views_are_of_those_who_made_them(work: Work) -> None:
    new = queues.NewView.check({"name": "Big ones", "condition": has("priority", "high"), "order": "-activity"})
    id = queues.save_view(work, new)
    vic = acting(work, technician_id=make.technician(work), rights=frozenset({"tickets:read"}))
    assert [view.name for view in queues.views(work)] == ["Big ones"]
    assert queues.views(vic) == []
    with pytest.raises(NotFound):
        queues.view(vic, id)

    queues.change_view(work, id, queues.ViewChanges.check({"shared": True, "name": "Shared"}))
    assert [(view.name, view.condition) for view in queues.views(vic)] == [("Shared", has("priority", "high"))]
    with pytest.raises(Forbidden):
        queues.remove_view(vic, id)
    queues.remove_view(work, id)
    assert queues.views(work) == []
    assert last_entry(work).what == "view.deleted"


def test_a_view_of_what_means_nothing_is_refused(work: Work) -> None:
    with pytest.raises(Invalid, match="names no field"):
        queues.NewView.check({"name": "X", "condition": has("colour", "red")})
    with pytest.raises(Invalid, match="order is not one of"):
        queues.NewView.check({"name": "X", "condition": {"all": []}, "order": "colour"})


def several(ids: list[int], **asked: Any) -> bulk.Several:
    return bulk.Several.check({"ids": ids, **asked})


def test_many_tickets_change_and_those_refused_are_told(work: Work) -> None:
    ids = [make.ticket(work, tags=["Old"]), make.ticket(work, status="closed")]
    outcome = bulk.change_several(
        work, several([*ids, 10**9], status="pending", add_tags=["old", "new"], priority="high")
    )
    assert list(outcome.done) == [ids[0]]
    assert outcome.refused.keys() == {ids[1], 10**9}
    kept = tickets.get(work, ids[0])
    assert (kept.status, kept.priority, kept.tags) == ("pending", "high", ["Old", "new"])
    assert tickets.get(work, ids[1]).tags == []
    assert bulk.outcome(work, outcome.id).refused == outcome.refused


def test_a_change_of_many_is_undone_where_nothing_came_after(work: Work) -> None:
    ids = [make.ticket(work), make.ticket(work)]
    outcome = bulk.change_several(work, several(ids, priority="critical", technician_id=work.actor.technician_id))
    tickets.change(work, ids[1], tickets.Changes.check({"priority": "low"}))
    undone = bulk.undo_several(work, outcome.id)
    assert (list(undone.done), undone.refused) == ([ids[0]], {ids[1]: "has been changed since"})
    kept = tickets.get(work, ids[0])
    assert (kept.priority, kept.technician_id) == ("low", None)
    with pytest.raises(Conflict):
        bulk.undo_several(work, outcome.id)


def test_tickets_that_waited_wait_again_when_their_resolution_is_undone(work: Work) -> None:
    id = make.ticket(work, status="On hold")
    outcome = bulk.change_several(work, several([id], status="resolved"))
    assert bulk.undo_several(work, outcome.id).refused == {}
    assert tickets.get(work, id).status == "On hold"


def test_what_became_of_a_change_is_told_to_whoever_made_it_only(work: Work) -> None:
    outcome = bulk.change_several(work, several([make.ticket(work)], priority="high"))
    with pytest.raises(NotFound):
        bulk.outcome(acting(work, technician_id=make.technician(work)), outcome.id)
    with pytest.raises(Forbidden):
        bulk.change_several(acting(work, rights=frozenset({"tickets:read"})), several([1], priority="high"))


def test_many_tickets_are_deleted(work: Work) -> None:
    ids = [make.ticket(work), make.ticket(work)]
    outcome = bulk.remove_several(work, [*ids, 10**9])
    assert list(outcome.done) == ids
    assert outcome.refused == {10**9: "ticket not found"}
    assert how_many(work, Ticket) == 0


def test_merged_tickets_keep_all_that_hung_on_either(work: Work) -> None:
    customer_id = make.customer(work)
    kept = make.ticket(work, title="Kept", customer_id=customer_id, description="First", tags=["a"])
    other = make.ticket(
        work, title="Other", customer_id=customer_id, description="Second", tags=["A", "b"], parent_id=kept
    )
    asset = make.agent(work, customer_id=customer_id)
    for id in (kept, other):
        tickets.change(work, id, tickets.Changes.check({"asset_ids": [asset]}))
    make.comment(work, other, body="Seen to with a screwdriver")
    make.time_entry(work, other)
    make.timer(work, other)
    make.attachment(work, ticket_id=other)
    make.line(work, ticket_id=other)
    for id in (kept, other):
        queues.saw(work, id)
        queues.follow(work, id)
        queues.be_here(work, id, writing=False)
    queues.relate(work, kept, other)

    merging.merge_tickets(work, kept, other)
    merged = tickets.get(work, other)
    assert (merged.id, merged.tags, merged.parent_id, merged.off_site_seconds) == (kept, ["a", "b"], None, 1800)
    assert how_many(work, Ticket) == 1
    assert how_many(work, Comment, Comment.ticket_id == kept) == 3
    assert how_many(work, Comment, Comment.initial) == 1
    assert how_many(work, hours.TimeEntry, hours.TimeEntry.ticket_id == kept) == 1
    assert [len(queues.related(work, kept)), len(queues.followers(work, kept))] == [0, 1]
    assert found(work, has("text", "screwdriver")) == [kept]
    assert last_entry(work).what == "ticket.merged"

    third = make.ticket(work, customer_id=customer_id)
    merging.merge_tickets(work, third, kept)
    assert tickets.get(work, other).id == third
    leaving.remove_ticket(work, third)
    assert how_many(work, aliases.Alias) == 0


def test_tickets_of_two_customers_or_one_with_itself_are_not_merged(work: Work) -> None:
    one, other = make.ticket(work), make.ticket(work, customer_id=make.customer(work, name="Zeta"))
    with pytest.raises(Conflict, match="two customers"):
        merging.merge_tickets(work, one, other)
    with pytest.raises(Invalid, match="same ticket"):
        merging.merge_tickets(work, one, one)
    with pytest.raises(NotFound):
        merging.merge_tickets(work, 10**9, one)
    with pytest.raises(Forbidden):
        merging.merge_tickets(acting(work, rights=frozenset()), one, other)


def test_the_journal_tells_what_is_new_once(work: Work) -> None:
    before = queues.latest(work.link)
    known = [one.id for one in queues.news(work.link, before)]
    id = make.ticket(work)
    make.comment(work, id)
    news = queues.news(work.link, before, known)
    assert [(one.ticket_id, one.what) for one in news] == [(id, "ticket.created"), (id, "ticket.commented")]
    assert queues.news(work.link, queues.latest(work.link), [*known, *(one.id for one in news)]) == []


@pytest.mark.parametrize("asked", ["Übergröße", "übergröße", "ÜBERGRÖSSE"])
def test_letters_beyond_english_compare_without_their_case_too(asked: str, work: Work) -> None:
    large = make.ticket(work, tags=["Übergröße"])
    fields.write(work, fields.Target.TICKET, large, "Paket", "Ist Übergröße")
    make.ticket(work, tags=["Größe"])

    assert found(work, has("tags", asked)) == [large]
    assert found(work, has("field:Paket", f"ist {asked}")) == [large]
    assert found(work, has("field:Paket", asked, "contains")) == [large]
