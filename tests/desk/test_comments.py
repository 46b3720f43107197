"""Rules of what is said on tickets."""

import pytest

import make
from desk.looking import acting, at, ids, last_entry, later
from quarterdeck.desk import tickets
from quarterdeck.desk.errors import Invalid, NotFound, Why
from quarterdeck.desk.tickets import Comment
from quarterdeck.desk.work import Work


def comment_of(work: Work, id: int) -> Comment:
    comment = work.find(Comment, id)
    assert comment is not None
    return comment


def test_the_first_public_word_of_a_technician_is_the_first_response(work: Work) -> None:
    id = make.ticket(work)

    make.comment(later(work, minutes=5), id)
    make.comment(later(work, minutes=9), id)

    assert tickets.get(work, id).first_responded_at == later(work, minutes=5).now


def test_an_internal_word_is_no_response(work: Work) -> None:
    id = make.ticket(work)

    make.comment(later(work, minutes=5), id, internal=True)
    assert tickets.get(work, id).first_responded_at is None

    make.comment(later(work, minutes=9), id)
    assert tickets.get(work, id).first_responded_at == later(work, minutes=9).now


def test_a_contacts_word_is_no_response(work: Work) -> None:
    pat = make.contact(work)
    id = make.ticket(work, contact_id=pat)

    make.comment(work, id, contact_id=pat)

    assert tickets.get(work, id).first_responded_at is None


def test_a_word_of_nobody_in_particular_is_no_response(work: Work) -> None:
    id = make.ticket(work)

    make.comment(acting(work, technician_id=None), id)

    assert tickets.get(work, id).first_responded_at is None


def test_a_word_said_before_keeps_its_moment(work: Work) -> None:
    id = make.ticket(work)

    said = make.comment(work, id, at="2026-03-01T08:00:00Z")

    assert comment_of(work, said).at == at("2026-03-01T08:00:00Z")
    ticket = tickets.get(work, id)
    assert (ticket.first_responded_at, ticket.last_activity_at) == (at("2026-03-01T08:00:00Z"), work.now)


def test_nobody_named_means_the_technician_who_asks(work: Work) -> None:
    comment = comment_of(work, make.comment(work, make.ticket(work)))

    assert (comment.technician_id, comment.contact_id) == (work.actor.technician_id, None)
    assert (comment.first_name, comment.email) == ("Dana", "dana@msp.example")


@pytest.mark.parametrize("by", ["id", "mail"])
def test_another_technician_may_be_named(work: Work, by: str) -> None:
    tess = make.technician(work, first_name="Tess", email="tess@msp.example")
    given = {"technician_id": tess} if by == "id" else {"technician_email": "Tess@msp.example"}

    comment = comment_of(work, make.comment(work, make.ticket(work), **given))

    assert (comment.technician_id, comment.first_name) == (tess, "Tess")


def test_a_contact_may_be_named(work: Work) -> None:
    pat = make.contact(work, first_name="Pat", last_name="Moore", email="pat@acme.example")
    id = make.ticket(work, contact_id=pat)

    comment = comment_of(work, make.comment(work, id, contact_id=pat))

    assert (comment.contact_id, comment.technician_id) == (pat, None)
    assert (comment.first_name, comment.last_name, comment.email) == ("Pat", "Moore", "pat@acme.example")


@pytest.mark.parametrize("field", ["technician_id", "contact_id"])
def test_an_author_must_be_there(work: Work, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        make.comment(work, make.ticket(work), **{field: 2**62})

    assert refused.value.problems[field].why is Why.UNKNOWN


def test_the_last_word_of_either_side_is_known(work: Work) -> None:
    pat = make.contact(work)
    id = make.ticket(work, contact_id=pat)
    make.comment(work, id)
    ours, theirs = make.comment(work, id, internal=True), make.comment(work, id, contact_id=pat)

    ticket = tickets.get(work, id)

    assert (ticket.last_technician_comment_id, ticket.last_contact_comment_id) == (ours, theirs)


@pytest.mark.parametrize("body", ["", "  \n\t", "nul\x00", "half \ud83d", "x" * 200_001])
def test_what_cannot_be_said_is_refused(body: str) -> None:
    with pytest.raises(Invalid) as refused:
        tickets.NewComment.check({"body": body})

    assert refused.value.problems.keys() == {"body"}


def test_what_is_said_stays_as_it_was_said(work: Work) -> None:
    body = "  Line one\r\n\tline two — ünïcode 🙂 <b>\n"

    assert comment_of(work, make.comment(work, make.ticket(work), body=body)).body == body


def test_internal_words_are_listed_apart(work: Work) -> None:
    id = make.ticket(work)
    public, internal = make.comment(work, id), make.comment(work, id, internal=True)
    make.comment(work, make.ticket(work))

    assert ids(work, tickets.COMMENTS, tickets.CommentFilter(ticket_id=id, internal=False)) == [public]
    assert ids(work, tickets.COMMENTS, tickets.CommentFilter(ticket_id=id)) == [public, internal]


def test_saying_something_is_written_down_without_the_words(work: Work) -> None:
    id = make.ticket(work)

    said = make.comment(work, id, body="the password is hunter2", internal=True)

    entry = last_entry(work)
    assert (entry.what, entry.record_id, entry.after) == (
        "ticket.commented",
        id,
        {"comment_id": said, "internal": True},
    )


def test_nothing_can_be_said_on_a_ticket_that_is_not_there(work: Work) -> None:
    with pytest.raises(NotFound):
        make.comment(work, 2**62)
