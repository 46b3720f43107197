"""Rules of finding by words."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import make
from desk.looking import ids
from quarterdeck.desk import contacts, customers, leaving, tickets
from quarterdeck.desk.work import Work


def tickets_of(work: Work, text: str) -> list[int]:
    return ids(work, tickets.READING, tickets.Filter(text=text))


@pytest.mark.parametrize(
    ("title", "asked"),
    [
        ("Printer on fire", "printer"),
        ("Printer on fire", "FIRE"),
        ("Café wifi", "cafe"),
        ("Cafe wifi", "café"),
        ("Cafe\u0301 wifi", "café"),
        ("Straße gesperrt", "STRASSE"),
        ("ＦＵＬＬ width", "full"),
        ("İstanbul office", "istanbul"),
        ("Принтер горит", "ПРИНТЕР"),
        ("打印机 着火", "打印机"),
        ("Mail to pat@acme.example bounced", "pat@acme.example"),
        ("Error 0x80070005 in setup.exe", "0x80070005"),
        ("Error in setup.exe", "setup.exe"),
        ("O'Neil's laptop", "o'neil"),
        ("snake_case_name", "case"),
        ("Printer on fire", "fire, printer!"),
        ("Printer on fire", "   printer   "),
    ],
)
def test_words_are_found_however_they_are_written(work: Work, title: str, asked: str) -> None:
    make.ticket(work, title="Something else entirely")
    id = make.ticket(work, title=title)

    assert tickets_of(work, asked) == [id]


def test_every_word_must_occur_somewhere(work: Work) -> None:
    pat = make.contact(work, first_name="Jane", last_name="Lund")
    id = make.ticket(work, title="Printer on fire", contact_id=pat)
    make.comment(work, id, body="The toner melted")
    make.ticket(work, title="Printer offline")

    assert tickets_of(work, "printer jane toner") == [id]
    assert tickets_of(work, "printer jane keyboard") == []


def test_the_last_word_may_be_unfinished(work: Work) -> None:
    id = make.ticket(work, title="Printer on fire")

    assert tickets_of(work, "fire prin") == [id]
    assert tickets_of(work, "prin fire") == []
    assert tickets_of(work, "fire pr") == []


@pytest.mark.parametrize("asked", ["Acme Dental", "Moore", "pat@acme.example"])
def test_a_ticket_is_found_by_its_people(work: Work, asked: str) -> None:
    customer = make.customer(work, name="Acme Dental")
    pat = make.contact(work, customer_id=customer, last_name="Moore", email="pat@acme.example")
    id = make.ticket(work, contact_id=pat)
    make.ticket(work, customer_id=make.customer(work, name="Birch"))

    assert tickets_of(work, asked) == [id]


def test_a_changed_title_is_found_by_its_new_words_alone(work: Work) -> None:
    id = make.ticket(work, title="Printer on fire")
    make.comment(work, id, body="The toner melted")

    tickets.change(work, id, tickets.Changes(title="Scanner stuck"))

    assert tickets_of(work, "scanner") == [id]
    assert tickets_of(work, "toner") == [id]
    assert tickets_of(work, "printer") == []


def test_a_renamed_customers_tickets_are_found_by_the_new_name(work: Work) -> None:
    customer, other = make.customer(work, name="Acme"), make.ticket(work, customer_id=make.customer(work, name="Birch"))
    id = make.ticket(work, customer_id=customer)

    customers.change(work, customer, customers.Changes(name="Zenith"))

    assert tickets_of(work, "zenith") == [id]
    assert other not in tickets_of(work, "zenith")


def test_a_renamed_contacts_tickets_are_found_by_the_new_name(work: Work) -> None:
    pat = make.contact(work, last_name="Moore")
    id = make.ticket(work, contact_id=pat)

    contacts.change(work, pat, contacts.Changes(last_name="Zenith"))

    assert tickets_of(work, "zenith") == [id]
    assert ids(work, contacts.READING, contacts.Filter(text="zenith")) == [pat]
    assert ids(work, contacts.READING, contacts.Filter(text="moore")) == []


def test_a_ticket_that_moved_is_found_by_its_new_customer_alone(work: Work) -> None:
    acme, birch = make.customer(work, name="Acme"), make.customer(work, name="Birch")
    id = make.ticket(work, customer_id=acme)

    tickets.change(work, id, tickets.Changes(customer_id=birch))

    assert tickets_of(work, "birch") == [id]
    assert tickets_of(work, "acme") == []


def test_a_deleted_ticket_is_found_no_more(work: Work) -> None:
    id = make.ticket(work, title="Printer on fire")

    leaving.remove_ticket(work, id)

    assert tickets_of(work, "printer") == []


def test_a_customer_is_found_by_its_notes(work: Work) -> None:
    id = make.customer(work, notes="Key is under the mat")
    make.customer(work)

    assert ids(work, customers.READING, customers.Filter(text="under mat")) == [id]


@pytest.mark.parametrize(
    "asked",
    [
        *("", " ", '"', "'", "*", "a*", "()", "(", "NEAR(a b)", "AND", "OR NOT", "a:b", "words:x", "^a", "-a", "a | b"),
        *("a & b", "!a", "\\", "a\\", "%", "_", "\u200b", "\ufffd", "🙂", "a" * 500, "x " * 250, "''':*", "<->", ";--"),
    ],
)
def test_no_question_is_an_error(work: Work, asked: str) -> None:
    make.ticket(work, title="Printer on fire")

    assert tickets_of(work, asked) == []


@pytest.mark.parametrize("asked", ["", "!?", "___"])
def test_a_question_without_words_finds_nothing(work: Work, asked: str) -> None:
    make.ticket(work)

    assert tickets_of(work, asked) == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=60))
def test_whatever_is_asked_is_answered(work: Work, asked: str) -> None:
    tickets_of(work, asked)


def test_more_words_than_a_database_row_holds_are_no_error(work: Work) -> None:
    source = random.Random(7)
    customer = make.customer(work, name="Acme")
    id = make.ticket(work, customer_id=customer)

    for _ in range(8):
        make.comment(work, id, body=" ".join(f"{source.getrandbits(64):016x}" for _ in range(11_000)))
    customers.change(work, customer, customers.Changes(name="Zenith"))
    tickets.change(work, id, tickets.Changes(title="Lighthouse"))

    assert tickets_of(work, "lighthouse") == [id]


def test_a_text_that_grows_when_it_is_folded_is_no_error(work: Work) -> None:
    squares = [chr(one) for one in range(0x3300, 0x3358)]
    source = random.Random(7)

    id = make.ticket(
        work, title="Squares", description=" ".join("".join(source.choices(squares, k=3)) for _ in range(49_000))
    )

    assert tickets_of(work, "squares") == [id]
