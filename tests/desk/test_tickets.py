"""Rules of tickets."""

from datetime import timedelta
from itertools import product
from typing import Any

import pytest

import make
from desk.looking import acting, at, counted, how_many, ids, last_entry, later
from quarterdeck.desk import contacts, customers, tickets
from quarterdeck.desk.contacts import Contact
from quarterdeck.desk.errors import Forbidden, Invalid, NotFound, Stale, Why
from quarterdeck.desk.tickets import Changes, Filter, Involved, Priority, Stage
from quarterdeck.desk.work import Work

ALLOWED = {
    ("open", "pending"),
    ("open", "resolved"),
    ("pending", "open"),
    ("pending", "resolved"),
    ("pending", "closed"),
    ("resolved", "open"),
    ("resolved", "closed"),
}
STAGES = ("open", "pending", "resolved", "closed")


def test_an_open_ticket_cannot_be_closed_before_it_is_resolved(work: Work) -> None:
    id = make.ticket(work)

    with pytest.raises(Invalid, match="resolve the ticket first"):
        tickets.change(work, id, Changes(status="closed"))


@pytest.mark.parametrize(("now", "to"), [*product(STAGES, STAGES)])
def test_a_ticket_goes_only_where_the_rules_let_it(work: Work, now: str, to: str) -> None:
    id = make.ticket(work, status=now)

    if now == to or (now, to) in ALLOWED:
        tickets.change(work, id, Changes(status=to))
        ticket = tickets.get(work, id)
        assert (ticket.status, ticket.stage) == (to, Stage(to))
    else:
        with pytest.raises(Invalid) as refused:
            tickets.change(work, id, Changes(status=to))
        assert refused.value.problems["status"].why is Why.REFUSED
        assert tickets.get(work, id).status == now


@pytest.mark.parametrize(
    ("now", "stage"),
    [("open", Stage.OPEN), ("pending", Stage.PENDING), ("resolved", Stage.OPEN)],
)
def test_a_status_of_ones_own_keeps_an_unfinished_ticket_at_its_stage(work: Work, now: str, stage: Stage) -> None:
    id = make.ticket(work, status=now)

    tickets.change(later(work), id, Changes(status="At the bench"))

    ticket = tickets.get(work, id)
    assert (ticket.status, ticket.stage, ticket.resolved_at) == ("At the bench", stage, None)
    assert ticket.status_changed_at == later(work).now


def test_a_status_of_ones_own_does_not_reopen_a_closed_ticket(work: Work) -> None:
    id = make.ticket(work, status="closed")

    with pytest.raises(Invalid, match="final"):
        tickets.change(work, id, Changes(status="At the bench"))


def test_the_rules_hold_for_a_ticket_in_a_status_of_ones_own(work: Work) -> None:
    id = make.ticket(work, status="At the bench")

    with pytest.raises(Invalid, match="resolve the ticket first"):
        tickets.change(work, id, Changes(status="closed"))
    tickets.change(work, id, Changes(status="resolved"))

    assert tickets.get(work, id).stage is Stage.RESOLVED


@pytest.mark.parametrize("status", ["Open", "OPEN", " open "])
def test_the_four_statuses_are_known_in_any_case(work: Work, status: str) -> None:
    id = make.ticket(work, status=status)

    assert tickets.get(work, id).status == "open"


def test_a_status_of_ones_own_can_be_listed(work: Work) -> None:
    make.ticket(work)
    id = make.ticket(work, status="At the bench")

    assert ids(work, tickets.READING, Filter.check({"status": "At the bench"})) == [id]


def test_resolving_sets_the_moment(work: Work) -> None:
    id = make.ticket(work)

    tickets.change(later(work), id, Changes(status="resolved"))

    ticket = tickets.get(work, id)
    assert (ticket.resolved_at, ticket.closed_at) == (later(work).now, None)


def test_closing_keeps_the_moment_of_resolving(work: Work) -> None:
    id = make.ticket(work)
    tickets.change(later(work, hours=1), id, Changes(status="resolved"))

    tickets.change(later(work, hours=2), id, Changes(status="closed"))

    ticket = tickets.get(work, id)
    assert (ticket.resolved_at, ticket.closed_at) == (later(work, hours=1).now, later(work, hours=2).now)


def test_a_pending_ticket_that_is_closed_was_resolved_then(work: Work) -> None:
    id = make.ticket(work, status="pending")

    tickets.change(later(work), id, Changes(status="closed"))

    ticket = tickets.get(work, id)
    assert (ticket.resolved_at, ticket.closed_at) == (later(work).now, later(work).now)


def test_reopening_takes_the_moment_of_resolving_away(work: Work) -> None:
    id = make.ticket(work, status="resolved")

    tickets.change(later(work), id, Changes(status="open"))

    ticket = tickets.get(work, id)
    assert (ticket.resolved_at, ticket.closed_at) == (None, None)


def test_saying_the_same_status_again_moves_nothing(work: Work) -> None:
    id = make.ticket(work, status="resolved")

    tickets.change(later(work), id, Changes(status="resolved"))

    ticket = tickets.get(work, id)
    assert (ticket.resolved_at, ticket.status_changed_at) == (work.now, work.now)


def test_a_closed_ticket_may_be_retitled(work: Work) -> None:
    id = make.ticket(work, status="closed")

    tickets.change(work, id, Changes(title="Printer smoked", status="closed"))

    assert tickets.get(work, id).title == "Printer smoked"


@pytest.mark.parametrize(("priority", "hours"), [("critical", 1), ("high", 4), ("medium", 8), ("low", 24)])
def test_the_due_time_follows_the_priority(work: Work, priority: str, hours: int) -> None:
    ticket = tickets.get(work, make.ticket(work, priority=priority))

    assert ticket.due_at == ticket.respond_by == work.now + timedelta(hours=hours)


def test_a_new_priority_moves_the_due_time(work: Work) -> None:
    id = make.ticket(work, priority="low")

    tickets.change(later(work, hours=3), id, Changes(priority=Priority.HIGH))

    ticket = tickets.get(work, id)
    assert ticket.due_at == ticket.respond_by == work.now + timedelta(hours=4)


def test_a_due_time_set_by_hand_stays_when_the_priority_moves(work: Work) -> None:
    due = work.now + timedelta(days=5)
    id = make.ticket(work, priority="low", due_at=due)

    tickets.change(work, id, Changes(priority=Priority.CRITICAL))

    ticket = tickets.get(work, id)
    assert (ticket.due_at, ticket.respond_by) == (due, work.now + timedelta(hours=1))


def test_a_due_time_set_later_stays_when_the_priority_moves(work: Work) -> None:
    due = work.now + timedelta(days=5)
    id = make.ticket(work)
    tickets.change(work, id, Changes(due_at=due))

    tickets.change(work, id, Changes(priority=Priority.CRITICAL))

    assert tickets.get(work, id).due_at == due


def test_a_cleared_due_time_follows_the_priority_again(work: Work) -> None:
    id = make.ticket(work, priority="high", due_at=work.now + timedelta(days=5))

    tickets.change(work, id, Changes(due_at=None))
    assert tickets.get(work, id).due_at == work.now + timedelta(hours=4)

    tickets.change(work, id, Changes(priority=Priority.CRITICAL))
    assert tickets.get(work, id).due_at == work.now + timedelta(hours=1)


def test_a_due_time_and_a_priority_may_come_together(work: Work) -> None:
    due = work.now + timedelta(days=5)
    id = make.ticket(work)

    tickets.change(work, id, Changes(priority=Priority.CRITICAL, due_at=due))

    ticket = tickets.get(work, id)
    assert (ticket.due_at, ticket.respond_by) == (due, work.now + timedelta(hours=1))


def test_a_promise_runs_from_the_opening_of_an_older_ticket(work: Work) -> None:
    ticket = tickets.get(work, make.ticket(work, created_at="2025-01-01T00:00:00Z", priority="high"))

    assert ticket.created_at == ticket.last_activity_at == ticket.status_changed_at == at("2025-01-01T00:00:00Z")
    assert ticket.due_at == at("2025-01-01T04:00:00Z")


def test_a_change_is_activity(work: Work) -> None:
    id = make.ticket(work)

    tickets.change(later(work), id, Changes(title="Printer smokes"))

    ticket = tickets.get(work, id)
    assert ticket.last_activity_at == ticket.updated_at == later(work).now
    assert (ticket.created_at, ticket.status_changed_at, ticket.version) == (work.now, work.now, 2)


def test_a_comment_is_activity(work: Work) -> None:
    id = make.ticket(work)

    make.comment(later(work), id)

    assert tickets.get(work, id).last_activity_at == later(work).now


def test_work_is_activity(work: Work) -> None:
    id = make.ticket(work)

    make.time_entry(later(work), id)

    assert tickets.get(work, id).last_activity_at == later(work).now


def test_a_ticket_needs_a_title(work: Work) -> None:
    with pytest.raises(Invalid) as refused:
        make.ticket(work, title="  ")

    assert refused.value.problems["title"].why is Why.MISSING


def test_a_ticket_needs_a_customer_or_a_contact(work: Work) -> None:
    with pytest.raises(Invalid) as refused:
        tickets.create(work, tickets.New(title="Printer on fire"))

    assert refused.value.problems["customer_id"].why is Why.MISSING


def test_a_ticket_by_contact_knows_its_customer(work: Work) -> None:
    customer = make.customer(work)
    pat = make.contact(work, customer_id=customer)

    ticket = tickets.get(work, make.ticket(work, contact_id=pat))

    assert (ticket.customer_id, ticket.contact_id) == (customer, pat)


def test_contact_and_customer_must_agree(work: Work) -> None:
    pat, other = make.contact(work), make.customer(work, name="Birch")

    with pytest.raises(Invalid) as refused:
        make.ticket(work, contact_id=pat, customer_id=other)

    assert refused.value.problems["contact_id"].why is Why.UNKNOWN


@pytest.mark.parametrize("field", ["customer_id", "contact_id", "technician_id", "contract_id"])
def test_what_a_ticket_names_must_be_there(work: Work, field: str) -> None:
    customer = make.customer(work)

    with pytest.raises(Invalid) as refused:
        make.ticket(work, **{"customer_id": customer, field: 2**62})
    assert refused.value.problems[field].why is Why.UNKNOWN

    id = make.ticket(work, customer_id=customer)
    with pytest.raises(Invalid) as refused:
        tickets.change(work, id, Changes.check({field: 2**62}))
    assert refused.value.problems[field].why is Why.UNKNOWN


def test_a_ticket_by_mail_finds_its_contact(work: Work) -> None:
    pat = make.contact(work, email="pat@acme.example")

    ticket = tickets.get(work, make.ticket(work, contact_email=" PAT@acme.example"))

    assert ticket.contact_id == pat


def test_a_ticket_by_an_unknown_mail_makes_the_contact(work: Work) -> None:
    customer = make.customer(work, name="Birch")

    id = make.ticket(
        work,
        customer_id=customer,
        contact_email="new@elsewhere.example",
        contact_first_name="Nell",
        contact_last_name="Ray",
        contact_phone="555",
    )

    contact = contacts.get(work, tickets.get(work, id).contact_id or 0)
    assert (contact.customer_id, contact.email, contact.first_name, contact.last_name, contact.phone) == (
        customer,
        "new@elsewhere.example",
        "Nell",
        "Ray",
        "555",
    )


def test_a_ticket_by_an_unknown_mail_finds_the_customer_by_its_domain(work: Work) -> None:
    customer = make.customer(work, domain="acme.example")

    ticket = tickets.get(work, make.ticket(work, contact_email="new@ACME.example"))

    assert ticket.customer_id == customer
    assert contacts.get(work, ticket.contact_id or 0).email == "new@ACME.example"


def test_a_ticket_by_a_mail_of_nobody_is_refused(work: Work) -> None:
    make.customer(work, domain="acme.example")

    with pytest.raises(Invalid) as refused:
        make.ticket(work, contact_email="new@elsewhere.example")

    assert refused.value.problems["contact_email"].why is Why.UNKNOWN
    assert how_many(work, Contact) == 0


def test_a_contact_by_mail_of_another_customer_is_refused(work: Work) -> None:
    make.contact(work, email="pat@acme.example")

    with pytest.raises(Invalid):
        make.ticket(work, customer_id=make.customer(work, name="Birch"), contact_email="pat@acme.example")


def test_a_technician_is_found_by_mail(work: Work) -> None:
    tess = make.technician(work, email="tess@msp.example")

    id = make.ticket(work, technician_email="TESS@msp.example")

    assert tickets.get(work, id).technician_id == tess


def test_a_technician_may_be_changed_by_mail(work: Work) -> None:
    tess = make.technician(work, email="tess@msp.example")
    id = make.ticket(work)

    tickets.change(work, id, Changes(technician_email="tess@msp.example"))

    assert tickets.get(work, id).technician_id == tess


def test_a_ticket_may_be_taken_from_its_technician(work: Work) -> None:
    id = make.ticket(work, technician_id=make.technician(work))

    tickets.change(work, id, Changes(technician_id=None))

    assert tickets.get(work, id).technician_id is None


def test_an_unknown_technicians_mail_is_refused(work: Work) -> None:
    with pytest.raises(Invalid) as refused:
        make.ticket(work, technician_email="who@msp.example")

    assert refused.value.problems["technician_email"].why is Why.UNKNOWN


def test_a_contract_must_be_the_customers(work: Work) -> None:
    customer = make.customer(work)
    own, foreign = make.contract(work, customer_id=customer), make.contract(work)

    id = make.ticket(work, customer_id=customer, contract_id=own)
    assert tickets.get(work, id).contract_id == own
    with pytest.raises(Invalid, match="another customer"):
        make.ticket(work, customer_id=customer, contract_id=foreign)
    with pytest.raises(Invalid, match="another customer"):
        tickets.change(work, id, Changes(contract_id=foreign))


def test_a_ticket_that_moves_to_another_customer_loses_what_was_the_olds(work: Work) -> None:
    acme, birch = make.customer(work), make.customer(work, name="Birch")
    contract, pat = make.contract(work, customer_id=acme), make.contact(work, customer_id=acme)
    id = make.ticket(work, contact_id=pat, contract_id=contract)

    tickets.change(work, id, Changes(customer_id=birch))

    ticket = tickets.get(work, id)
    assert (ticket.customer_id, ticket.contact_id, ticket.contract_id) == (birch, None, None)


def test_a_ticket_moves_with_a_contact_of_another_customer(work: Work) -> None:
    birch = make.customer(work, name="Birch")
    sam = make.contact(work, customer_id=birch)
    id = make.ticket(work)

    tickets.change(work, id, Changes(contact_id=sam))

    ticket = tickets.get(work, id)
    assert (ticket.customer_id, ticket.contact_id) == (birch, sam)


def test_naming_its_own_customer_again_keeps_a_tickets_contact(work: Work) -> None:
    pat = make.contact(work)
    id = make.ticket(work, contact_id=pat)

    tickets.change(work, id, Changes(customer_id=tickets.get(work, id).customer_id))

    assert tickets.get(work, id).contact_id == pat


def test_a_contact_may_be_taken_from_a_ticket(work: Work) -> None:
    id = make.ticket(work, contact_id=make.contact(work))

    tickets.change(work, id, Changes(contact_id=None))

    assert tickets.get(work, id).contact_id is None


def test_making_one_is_written_down(work: Work) -> None:
    customer = make.customer(work)
    id = make.ticket(acting(work, key_id=7), customer_id=customer)

    entry = last_entry(work)
    assert (entry.what, entry.record_id, entry.customer_id, entry.key_id, entry.face) == (
        "ticket.created",
        id,
        customer,
        7,
        "tests",
    )
    assert (entry.after["title"], entry.after["status"], entry.before) == ("Printer on fire", "open", None)


def test_a_change_is_written_down_with_all_that_followed(work: Work) -> None:
    id = make.ticket(work)

    tickets.change(later(work), id, Changes(status="resolved"))

    entry = last_entry(work)
    assert entry.what == "ticket.changed"
    assert (entry.before["status"], entry.after["status"]) == ("open", "resolved")
    assert entry.after["resolved_at"] == "2026-03-02T10:30:00.000000Z"
    assert "title" not in entry.after


def test_a_change_of_another_version_is_refused(work: Work) -> None:
    id = make.ticket(work)
    make.comment(work, id)

    with pytest.raises(Stale):
        tickets.change(work, id, Changes(title="Printer smokes"), version=1)


def test_the_counter_follows_what_is_made(work: Work) -> None:
    before = counted(work, "ticket")

    make.ticket(work)

    assert counted(work, "ticket") == before + 1


def test_settled_tickets_are_the_resolved_and_the_closed(work: Work) -> None:
    made = {status: make.ticket(work, status=status) for status in (*STAGES, "At the bench")}

    settled = ids(work, tickets.READING, Filter.check({"settled": True}))

    assert settled == [made["resolved"], made["closed"]]


def test_who_may_only_look_cannot_change(work: Work) -> None:
    id, customer = make.ticket(work), make.customer(work)
    vic = acting(work, rights=frozenset({"tickets:read"}))

    for act in (
        lambda: make.ticket(vic, customer_id=customer),
        lambda: tickets.change(vic, id, Changes(title="Printer smokes")),
        lambda: make.comment(vic, id),
        lambda: make.time_entry(vic, id),
    ):
        with pytest.raises(Forbidden):
            act()


def test_someone_of_another_customer_sees_nothing_of_a_ticket(work: Work) -> None:
    id = make.ticket(work)
    olga = acting(work, customer_id=make.customer(work, name="Birch"))

    assert ids(olga, tickets.READING, Filter()) == []
    for act in (
        lambda: tickets.get(olga, id),
        lambda: tickets.change(olga, id, Changes(title="Printer smokes")),
        lambda: make.comment(olga, id),
        lambda: make.time_entry(olga, id),
        lambda: tickets.READING.view(("id",)).one(olga, id),
    ):
        with pytest.raises(NotFound):
            act()


def test_someone_of_one_customer_reaches_no_other_through_a_ticket(work: Work) -> None:
    acme, birch = make.customer(work), make.customer(work, name="Birch")
    pat, contract = make.contact(work, customer_id=acme, email="pat@acme.example"), make.contract(work)
    olga = acting(work, customer_id=birch)
    id = make.ticket(olga, customer_id=birch)

    for given in (
        {"customer_id": acme},
        {"contact_id": pat},
        {"contact_email": "pat@acme.example"},
        {"contact_email": "new@acme.example"},
        {"customer_id": birch, "contract_id": contract},
    ):
        with pytest.raises(Invalid):
            make.ticket(olga, **given)
    for changes in ({"customer_id": acme}, {"contact_id": pat}, {"contract_id": contract}):
        with pytest.raises(Invalid):
            tickets.change(olga, id, Changes.check(changes))
    with pytest.raises(Invalid):
        make.comment(olga, id, contact_id=pat)


def test_what_was_said_before_comes_with_the_ticket(work: Work) -> None:
    said = [
        {"body": "No mail", "subject": "Outage", "said_by": "Ann Lee", "internal": True, "at": "2026-03-01T08:00:00Z"},
        {"body": "Looked at it"},
    ]

    id = make.ticket(work, comments=said)

    first, second = conversation(work, id)
    assert (first.initial, first.subject, first.body, first.internal) == (True, "Outage", "No mail", True)
    assert (first.first_name, first.last_name, first.at) == ("Ann", "Lee", at("2026-03-01T08:00:00Z"))
    assert (second.initial, second.body, second.first_name) == (False, "Looked at it", "Dana")
    ticket = tickets.get(work, id)
    assert (ticket.description, ticket.first_responded_at) == ("No mail", work.now)
    assert ids(work, tickets.READING, Filter.check({"text": "looked"})) == [id]


def test_a_description_is_said_before_all_else(work: Work) -> None:
    id = make.ticket(work, description="No mail", comments=[{"body": "Looked at it"}])

    assert [(one.body, one.initial) for one in conversation(work, id)] == [("No mail", True), ("Looked at it", False)]


def test_something_may_be_said_with_a_change(work: Work) -> None:
    id = make.ticket(work, description="No mail")

    tickets.change(work, id, Changes.check({"status": "resolved", "comments": [{"body": "Restarted it"}]}))

    assert [one.body for one in conversation(work, id)] == ["No mail", "Restarted it"]
    assert tickets.get(work, id).stage is Stage.RESOLVED


def test_a_ticket_may_name_its_customer_as_people_know_it(work: Work) -> None:
    acme = make.customer(work, name="Acme Dental", email="front@acme.example")

    id = make.ticket(work, customer_id=None, customer_email="front@acme.example")

    assert tickets.get(work, id).customer_id == acme


def test_a_contact_says_more_than_the_name_of_a_customer(work: Work) -> None:
    pat = make.contact(work)

    id = make.ticket(work, contact_id=pat, customer_name="Somebody new")

    assert tickets.get(work, id).customer_id == contacts.get(work, pat).customer_id


def test_what_is_wrong_with_a_new_customer_is_said_of_the_ticket(work: Work) -> None:
    with pytest.raises(Invalid) as refused:
        make.ticket(work, customer_id=None, customer_name="Bolt", customer_email="nowhere")

    assert refused.value.problems.keys() == {"customer_email"}


def test_a_ticket_of_another_customer_keeps_nothing_of_the_old_ones(work: Work) -> None:
    acme, bolt = make.customer(work), make.customer(work, name="Bolt")
    site = customers.add_site(work, customers.NewSite(customer_id=acme, name="Main street"))
    whole = make.ticket(work, customer_id=acme)
    device = make.agent(work, customer_id=acme)
    id = make.ticket(work, customer_id=acme, site_id=site, parent_id=whole, asset_ids=[device])
    part = make.ticket(work, customer_id=acme, parent_id=id)

    tickets.change(work, id, Changes(customer_id=bolt))

    ticket = tickets.get(work, id)
    assert (ticket.customer_id, ticket.site_id, ticket.parent_id) == (bolt, None, None)
    assert how_many(work, Involved, Involved.ticket_id == id) == 0
    assert tickets.get(work, part).parent_id is None


def test_a_ticket_is_found_by_its_number(work: Work) -> None:
    make.ticket(work)
    id = make.ticket(work)
    assert ids(work, tickets.READING, Filter.check({"text": f"{id}"})) == [id]

    tickets.change(work, id, Changes(title="Printer smokes"))

    assert ids(work, tickets.READING, Filter.check({"text": f"{id}"})) == [id]


def test_a_ticket_resolved_before_keeps_its_moment(work: Work) -> None:
    id = make.ticket(work, status="closed", created_at="2025-01-01T00:00:00Z", resolved_at="2025-01-02T00:00:00Z")

    ticket = tickets.get(work, id)
    assert ticket.resolved_at == ticket.closed_at == at("2025-01-02T00:00:00Z")
    assert tickets.get(work, make.ticket(work, resolved_at="2025-01-02T00:00:00Z")).resolved_at is None


def test_a_contact_who_had_the_last_word_waits_for_us(work: Work) -> None:
    pat = make.contact(work)
    id = make.ticket(work, contact_id=pat)

    def waits() -> bool:
        return bool(tickets.READING.view(("awaits_us",)).one(work, id)[0])

    assert not waits()
    make.comment(work, id, contact_id=pat)
    assert waits()
    make.comment(work, id)
    assert not waits()


def test_the_words_for_problems_are_each_told_once(work: Work) -> None:
    bolt = make.customer(work, name="Bolt")
    for problem in ("Network", "network", "Mail"):
        make.ticket(work, problem=problem)
    make.ticket(work, customer_id=bolt, problem="Printer")

    assert [word.casefold() for word in tickets.problems(work)] == ["mail", "network", "printer"]
    assert tickets.problems(acting(work, customer_id=bolt)) == ["Printer"]


def conversation(work: Work, id: int) -> list[Any]:
    """The comments of a ticket in the order in which they were kept."""
    kept = ids(work, tickets.COMMENTS, tickets.CommentFilter(ticket_id=id))
    return [work.find(tickets.Comment, one) for one in kept]
