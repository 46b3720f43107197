"""Rules of reading lists, page by page and key by key."""

import base64
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import make
from desk.looking import acting, counted, found, ids
from quarterdeck.desk import assets, contacts, customers, knowledge, leads, products, replies, tickets
from quarterdeck.desk.errors import Forbidden, Invalid, NotFound, Why
from quarterdeck.desk.paging import Page, write_key
from quarterdeck.desk.tickets import Filter, Ticket
from quarterdeck.desk.work import Work

VIEW = tickets.READING.view(("id", "title", "customer.name", "contact.email"))
ORDERS = ("id", "title", "created_at", "due_at", "resolved_at")
MANY = 12

HOURS = st.none() | st.integers(0, 3)
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "title": st.sampled_from(["a", "b", "c"]),
            "created_at": st.integers(0, 3),
            "due_at": HOURS,
            "resolved_at": HOURS,
            "customer": st.integers(0, 1),
        }
    ),
    max_size=MANY,
)
PAGES = st.builds(Page, size=st.integers(1, MANY + 1), order=st.sampled_from(ORDERS), descending=st.booleans())


def fill(work: Work, rows: list[dict[str, Any]]) -> tuple[list[int], list[tuple[Any, ...]]]:
    """Tickets of two customers, and what the lists should say of them: id and value for each order."""
    owners = [make.customer(work, name="Acme"), make.customer(work, name="Birch")]
    kept = []
    for row in rows:
        moments = {
            name: None if row[name] is None else work.now + timedelta(hours=row[name])
            for name in ("created_at", "due_at", "resolved_at")
        }
        id = make.ticket(work, customer_id=owners[row["customer"]])
        work.update(Ticket, id, title=row["title"], **moments)
        kept.append({"id": id, "customer_id": owners[row["customer"]], "title": row["title"], **moments})
    return owners, kept


def expected(rows: list[dict[str, Any]], page: Page) -> list[int]:
    """The order by hand: by value and id, rows without a value last whichever way the list runs."""
    valued = [row for row in rows if row[page.order] is not None]
    valued.sort(key=lambda row: (row[page.order], row["id"]), reverse=page.descending)
    empty = [row for row in rows if row[page.order] is None]
    empty.sort(key=lambda row: row["id"], reverse=page.descending)
    return [row["id"] for row in (*valued, *empty)]


def numbered(work: Work, where: Filter, page: Page) -> list[int]:
    walked: list[int] = []
    for number in range(1, MANY + 2):
        walked += [row[0] for row in VIEW.page(work, where, at(page, number=number)).items]
    return walked


def at(page: Page, **place: Any) -> Page:
    return Page(**{"size": page.size, "order": page.order, "descending": page.descending, **place})


def forwards(work: Work, where: Filter, page: Page) -> list[int]:
    result = VIEW.page(work, where, page)
    walked = [row[0] for row in result.items]
    for _ in range(MANY):
        if not result.further:
            break
        result = VIEW.page(work, where, at(page, after=result.last))
        walked += [row[0] for row in result.items]
    assert not result.further
    return walked


def backwards(work: Work, where: Filter, page: Page) -> list[int]:
    whole = VIEW.page(work, where, at(page, size=MANY + 1))
    if whole.last is None:
        return []
    walked, before, further = [whole.items[-1][0]], whole.last, True
    for _ in range(MANY):
        if not further:
            break
        result = VIEW.page(work, where, at(page, before=before))
        walked = [row[0] for row in result.items] + walked
        before, further = result.first, result.further
    assert not further
    return walked


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS, page=PAGES, narrowed=st.booleans(), limited=st.booleans())
def test_every_walk_through_a_list_sees_the_same(
    work: Work, rows: list[dict[str, Any]], page: Page, narrowed: bool, limited: bool
) -> None:
    with work.db.begin_nested() as attempt:
        owners, kept = fill(work, rows)
        if narrowed or limited:
            kept = [row for row in kept if row["customer_id"] == owners[0]]
        reader = acting(work, customer_id=owners[0]) if limited else work
        where = Filter(customer_id=owners[0]) if narrowed else Filter()

        wanted = expected(kept, page)
        assert VIEW.page(reader, where, page).total == len(wanted)
        assert numbered(reader, where, page) == wanted
        assert forwards(reader, where, page) == wanted
        assert backwards(reader, where, page) == wanted
        attempt.rollback()


def test_a_row_says_what_its_relations_say(work: Work) -> None:
    customer = make.customer(work, name="Acme")
    pat = make.contact(work, customer_id=customer, email="pat@acme.example")
    with_pat, alone = make.ticket(work, contact_id=pat), make.ticket(work, customer_id=customer)

    rows = VIEW.page(work, Filter(), Page()).items

    assert [tuple(row[:4]) for row in rows] == [
        (with_pat, "Printer on fire", "Acme", "pat@acme.example"),
        (alone, "Printer on fire", "Acme", None),
    ]


def test_one_record_ends_with_its_version_and_id(work: Work) -> None:
    id = make.ticket(work)
    tickets.change(work, id, tickets.Changes(title="Printer smokes"))

    assert tuple(VIEW.one(work, id)) == (id, "Printer smokes", "Acme Dental", None, 2, id)


def test_a_page_past_the_end_is_empty(work: Work) -> None:
    make.ticket(work)

    result = VIEW.page(work, Filter(), Page(number=10**30, size=50))

    assert (list(result.items), result.total, result.pages, result.further) == ([], 1, 1, False)


def test_a_list_of_nothing_has_one_page(work: Work) -> None:
    result = VIEW.page(work, Filter(), Page())

    assert (list(result.items), result.total, result.pages, result.first, result.last) == ([], 0, 1, None, None)


def test_a_key_still_leads_on_when_its_row_is_gone(work: Work) -> None:
    made = [make.ticket(work) for _ in range(3)]
    key = VIEW.page(work, Filter(), Page(size=2)).last

    work.delete(Ticket, Ticket.id == made[1])

    assert [row[0] for row in VIEW.page(work, Filter(), Page(size=2, after=key)).items] == [made[2]]


def test_a_list_is_counted_by_its_counter(work: Work) -> None:
    for _ in range(3):
        make.ticket(work)

    assert found(work, tickets.READING, Filter()).total == counted(work, "ticket") == 3


def test_filters_narrow_each_other(work: Work) -> None:
    customer = make.customer(work)
    id = make.ticket(work, customer_id=customer, priority="high")
    make.ticket(work, customer_id=customer)
    make.ticket(work, priority="high")

    where = Filter.check({"customer_id": customer, "priority": "high", "created_since": "2026-03-02T09:30:00Z"})
    assert ids(work, tickets.READING, where) == [id]


def key(*parts: Any) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode(list(parts))).decode().rstrip("=")


@pytest.mark.parametrize("place", ["after", "before"])
@pytest.mark.parametrize(
    ("order", "text"),
    [
        *(("id", text) for text in ("x", "!!!!", "é", "\ud800", "A" * 10_000, "bnVsbA", "e30", "W10")),
        ("id", key(1)),
        ("id", key(1, 2, 3)),
        ("id", key("1", 1)),
        ("id", key(1, "1")),
        ("id", key(None, 1)),
        ("id", key(1, 1.5)),
        ("id", key(True, 1)),
        ("id", key(2**63, 1)),
        ("id", key(1, 2**63)),
        ("id", key(1, -(2**63) - 1)),
        ("title", key(None, 1)),
        ("title", key(7, 1)),
        ("title", key("nul\x00", 1)),
        ("title", key(["a"], 1)),
        ("created_at", key("soon", 1)),
        ("created_at", key(None, 1)),
        ("created_at", key("0001-01-01T00:00:00+14:00", 1)),
        ("created_at", key("9999-12-31T23:59:59-14:00", 1)),
        ("due_at", key(5, 1)),
    ],
)
def test_a_key_that_is_none_of_this_list_is_refused(work: Work, place: str, order: str, text: str) -> None:
    make.ticket(work)

    with pytest.raises(Invalid) as refused:
        VIEW.page(work, Filter(), Page(order=order, **{place: text}))

    assert refused.value.problems.keys() == {"after"}


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    order=st.sampled_from(ORDERS),
    value=st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.datetimes().map(str),
    id=st.integers(),
)
def test_a_made_up_key_is_answered_or_refused(work: Work, order: str, value: Any, id: int) -> None:
    try:
        text = key(value, id)
    except (msgspec.EncodeError, UnicodeEncodeError):
        return
    with suppress(Invalid):
        VIEW.page(work, Filter(), Page(order=order, after=text))


def test_a_key_is_read_as_it_was_written(work: Work) -> None:
    id = make.ticket(work)

    assert VIEW.page(work, Filter(), Page(before=write_key(id + 1, id + 1))).items[0][0] == id


def test_a_list_has_orders_of_its_own(work: Work) -> None:
    make.ticket(work)

    with pytest.raises(Invalid) as refused:
        VIEW.page(work, Filter(), Page(order="description"))

    assert refused.value.problems["order"].why is Why.UNKNOWN


@pytest.mark.parametrize("descending", [False, True])
def test_the_shortest_addresses_can_be_walked_by_key(work: Work, descending: bool) -> None:
    made = [make.contact(work, email=f"{'p' * n}@acme.example") for n in (3, 1, 2)]
    wanted = [made[1], made[2], made[0]]
    page = Page(size=2, order="email_length", descending=descending)
    view = contacts.READING.view(("id",))

    first = view.page(work, contacts.Filter(), page)
    second = view.page(work, contacts.Filter(), at(page, after=first.last))

    walked = [row[0] for row in (*first.items, *second.items)]
    assert walked == (wanted[::-1] if descending else wanted)


def test_a_list_needs_the_right_to_read_it(work: Work) -> None:
    stranger = acting(work, rights=frozenset({"customers:read"}))

    with pytest.raises(Forbidden):
        VIEW.page(stranger, Filter(), Page())
    with pytest.raises(Forbidden):
        VIEW.one(stranger, make.ticket(work))


def test_what_is_not_yours_is_not_there(work: Work) -> None:
    view = customers.READING.view(("name",))
    acme, birch = make.customer(work), make.customer(work, name="Birch")
    olga = acting(work, customer_id=birch)

    with pytest.raises(NotFound) as others:
        view.one(olga, acme)
    with pytest.raises(NotFound) as nobodys:
        view.one(olga, 2**62)

    assert str(others.value) == str(nobodys.value)


@pytest.mark.parametrize("asked", ["übergröße", "ÜBERGRÖSSE"])
@pytest.mark.parametrize(
    ("room", "made", "holds", "by"),
    [
        (assets, make.agent, "model", "like"),
        (assets, make.agent, "type", "type"),
        (knowledge, make.article, "body", "like"),
        (leads, make.lead, "subject", "like"),
        (leads, make.lead, "source", "source"),
        (products, make.product, "description", "text"),
        (replies, make.reply, "body", "like"),
    ],
)
def test_letters_beyond_english_are_found_without_their_case_too(
    room: Any, made: Callable[..., int], holds: str, by: str, asked: str, work: Work
) -> None:
    wanted = made(work, **{holds: "Übergröße"})
    made(work, **{holds: "Größe"})
    assert ids(work, room.READING, room.Filter.check({by: asked})) == [wanted]
