"""What technicians leave behind as they work: drafts, presence, links; and replies that are filled."""

from dataclasses import replace
from datetime import timedelta

import pytest

import make
from quarterdeck.desk import contacts, leaving, queues, replies, tickets
from quarterdeck.desk.errors import Forbidden, Invalid, NotFound
from quarterdeck.desk.queues import Seen
from quarterdeck.desk.work import Work


def colleague(work: Work) -> Work:
    id = make.technician(work, first_name="Mia")
    return replace(work, actor=replace(work.actor, technician_id=id))


def olga(work: Work) -> Work:
    """Somebody who sees one other customer only."""
    return replace(work, actor=replace(work.actor, customer_id=make.customer(work, name="Olga Ltd")))


def test_a_draft_is_its_writers_alone(work: Work) -> None:
    queues.keep_draft(work, "ticket/7/answer", "Half")
    queues.keep_draft(work, "ticket/7/answer", "Half an answer")

    assert queues.drafts(work, ["ticket/7/answer", "ticket/7/note"])["ticket/7/answer"].body == "Half an answer"
    assert queues.drafts(colleague(work), ["ticket/7/answer"]) == {}


def test_an_empty_draft_is_none(work: Work) -> None:
    queues.keep_draft(work, "ticket/7/answer", "Half")
    queues.keep_draft(work, "ticket/7/answer", "  \n")

    assert queues.drafts(work, ["ticket/7/answer"]) == {}


def test_a_draft_has_a_place_and_an_end(work: Work) -> None:
    for place, body in (("", "x"), ("p" * 61, "x"), ("place", "x" * 200_001)):
        with pytest.raises(Invalid):
            queues.keep_draft(work, place, body)


def test_who_goes_to_another_ticket_fades_from_the_first(work: Work) -> None:
    first, second = make.ticket(work), make.ticket(work)
    mia = colleague(work)
    queues.be_here(mia, first, writing=True)
    assert [(one.name, one.writing) for one in queues.others_here(work, first)] == [("Mia Reyes", True)]
    assert queues.others_here(mia, first) == []

    later = replace(mia, now=mia.now + timedelta(minutes=2))
    queues.be_here(later, second, writing=False)
    assert queues.others_here(replace(work, now=later.now), first) == []
    assert [one.writing for one in queues.others_here(replace(work, now=later.now), second)] == [False]


def test_nobody_is_at_a_ticket_they_cannot_see(work: Work) -> None:
    id = make.ticket(work)
    with pytest.raises(NotFound):
        queues.be_here(olga(work), id, writing=False)
    with pytest.raises(NotFound):
        queues.follow(olga(work), id)
    with pytest.raises(NotFound):
        tickets.history(olga(work), id)


def test_tickets_are_linked_once(work: Work) -> None:
    one, other = make.ticket(work, title="One"), make.ticket(work, title="Other")
    queues.relate(work, one, other)
    queues.relate(work, other, one)

    assert [row[0] for row in queues.related(work, one)] == [other]
    assert [row[0] for row in queues.related(work, other)] == [one]
    queues.unrelate(work, other, one)
    assert queues.related(work, one) == []


def test_another_customers_ticket_cannot_be_linked_to(work: Work) -> None:
    theirs = make.ticket(work)
    limited = olga(work)
    own = make.ticket(work, customer_id=limited.actor.customer_id)

    with pytest.raises(Invalid, match="names no ticket"):
        queues.relate(limited, own, theirs)
    with pytest.raises(NotFound):
        queues.relate(limited, theirs, own)


def test_whoever_may_only_look_links_and_splits_nothing(work: Work) -> None:
    id = make.ticket(work, description="x")
    comment = make.comment(work, id)
    vic = replace(work, actor=replace(work.actor, rights=frozenset({"tickets:read"})))

    with pytest.raises(Forbidden):
        queues.relate(vic, id, make.ticket(work))
    with pytest.raises(Forbidden):
        queues.split(vic, id, comment, queues.NewSplit(title="New"))


def test_a_comment_of_another_ticket_is_not_split_off(work: Work) -> None:
    comment = make.comment(work, make.ticket(work))
    with pytest.raises(NotFound):
        queues.split(work, make.ticket(work), comment, queues.NewSplit(title="New"))


def test_what_was_split_off_keeps_its_words_and_its_asker(work: Work) -> None:
    pat = make.contact(work)
    customer = contacts.get(work, pat).customer_id
    id = make.ticket(work, contact_id=pat, priority="high", description="First")
    sam = make.contact(work, first_name="Sam", customer_id=customer)
    comment = make.comment(work, id, body="And another thing", contact_id=sam)

    made = tickets.get(work, queues.split(work, id, comment, queues.NewSplit(title="Another thing")))

    assert (made.title, made.description, made.contact_id, made.priority) == (
        "Another thing",
        "And another thing",
        sam,
        "high",
    )
    assert work.find(tickets.Comment, comment) is not None


def test_what_was_noted_of_a_ticket_goes_with_it(work: Work) -> None:
    id, other = make.ticket(work), make.ticket(work)
    queues.saw(work, id)
    queues.follow(work, id)
    queues.be_here(work, id, writing=True)
    queues.relate(work, id, other)

    leaving.remove_ticket(work, id)

    assert queues.related(work, other) == []
    assert work.delete(Seen, Seen.ticket_id == id) == 0


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("Hello {{contact.first_name}}!", "Hello Pat!"),
        ("{{ Contact.First_Name }}", "Pat"),
        ("#{{ticket.id}} {{weather}}", "#7 {{weather}}"),
        ("{{contact.phone}} stays, {{}} and { too", "{{contact.phone}} stays, {{}} and { too"),
        ("{{contact.{{ticket.id}}}}", "{{contact.7}}"),
    ],
)
def test_a_reply_is_filled_with_what_is_known(text: str, filled: str) -> None:
    known = {"contact.first_name": "Pat", "ticket.id": "7", "contact.phone": None}
    assert replies.filled(text, known) == filled


def test_what_is_filled_in_is_not_filled_again() -> None:
    assert replies.filled("{{contact.first_name}}", {"contact.first_name": "{{date}}", "date": "today"}) == "{{date}}"
