"""Rules of contacts."""

import pytest

import make
from desk.looking import acting, counted, ids, last_entry, later
from quarterdeck.desk import contacts, customers
from quarterdeck.desk.errors import Forbidden, Invalid, NotFound, Stale, Why
from quarterdeck.desk.work import Work

SAME_MAIL = [
    pytest.param("Pat@Acme.Example", id="case"),
    pytest.param("  pat@acme.example ", id="spaces around"),
    pytest.param("pat@ａｃｍｅ.example", id="full-width domain"),
]


@pytest.mark.parametrize("mail", SAME_MAIL)
def test_a_mail_address_belongs_to_one_contact(work: Work, mail: str) -> None:
    make.contact(work, email="pat@acme.example")

    with pytest.raises(Invalid) as refused:
        make.contact(work, email=mail)

    assert refused.value.problems["email"].why is Why.TAKEN


@pytest.mark.parametrize("mail", SAME_MAIL)
def test_a_mail_address_written_in_another_way_is_taken_too(work: Work, mail: str) -> None:
    make.contact(work, email=mail)
    id = make.contact(work, email="sam@acme.example")

    with pytest.raises(Invalid) as made:
        make.contact(work, email="pat@acme.example")
    with pytest.raises(Invalid) as changed:
        contacts.change(work, id, contacts.Changes(email="pat@acme.example"))

    assert made.value.problems["email"].why is changed.value.problems["email"].why is Why.TAKEN


@pytest.mark.parametrize("mail", SAME_MAIL)
def test_a_mail_address_cannot_be_changed_to_a_taken_one(work: Work, mail: str) -> None:
    make.contact(work, email="pat@acme.example")
    id = make.contact(work, email="sam@acme.example")

    with pytest.raises(Invalid) as refused:
        contacts.change(work, id, contacts.Changes.check({"email": mail}))

    assert refused.value.problems["email"].why is Why.TAKEN
    assert contacts.get(work, id).email == "sam@acme.example"


def test_a_mail_address_may_be_written_anew_by_its_owner(work: Work) -> None:
    id = make.contact(work, email="pat@acme.example")

    contacts.change(work, id, contacts.Changes(email="Pat@acme.example"))

    assert contacts.get(work, id).email == "Pat@acme.example"
    assert contacts.by_email(work, "PAT@ACME.EXAMPLE") == id


def test_a_mail_address_given_up_is_free_again(work: Work) -> None:
    id = make.contact(work, email="pat@acme.example")

    contacts.change(work, id, contacts.Changes(email="moore@acme.example"))

    assert make.contact(work, email="pat@acme.example") != id


@pytest.mark.parametrize(
    "mail",
    [
        "pat",
        "pat@",
        "@acme.example",
        "pat@acme",
        "pat@@acme.example",
        "pat acme@acme.example",
        "pat@acme..example",
        "pat@-acme.example",
        ".pat@acme.example",
        "pat.@acme.example",
        "pat@acme.example\nBcc: eve@evil.example",
        "Pat Moore <pat@acme.example>",
        "pat@acme.example, sam@acme.example",
        "pat@[127.0.0.1]",
        "pat\x00@acme.example",
        "pat@" + "a" * 64 + ".example",
        "pat@" + "acme." * 60 + "example",
        "pat@acme.example" + "\u202e",
    ],
)
def test_what_is_no_mail_address_is_refused(mail: str) -> None:
    with pytest.raises(Invalid) as refused:
        contacts.New.check({"customer_id": 1, "email": mail})

    assert refused.value.problems["email"].why is Why.MALFORMED


@pytest.mark.parametrize(
    "mail",
    [
        "pat@acme.example",
        "pat+printer@acme.example",
        "p.a-t_1@sub.acme.example",
        "o'neil@acme.example",
        "josé@acme.example",
        "pat@bücher.example",
        "pat@xn--bcher-kva.example",
        "1@acme.example",
    ],
)
def test_unusual_mail_addresses_are_taken(work: Work, mail: str) -> None:
    id = make.contact(work, email=mail)

    assert contacts.get(work, id).email == mail
    assert contacts.by_email(work, mail.upper()) == id


@pytest.mark.parametrize("mail", [None, "", "  "])
def test_a_mail_address_is_required_of_a_contact_known_by_it(mail: str | None) -> None:
    with pytest.raises(Invalid) as refused:
        contacts.NewByMail.check({"customer_id": 1, "email": mail})

    assert refused.value.problems["email"].why is Why.MISSING


def test_contacts_without_a_mail_address_stand_side_by_side(work: Work) -> None:
    customer = make.customer(work)
    first, second = (make.contact(work, customer_id=customer, email=None, full_name=name) for name in ("Jo", "Al"))
    assert contacts.get(work, first).email is contacts.get(work, second).email is None


@pytest.mark.parametrize("mail", [None, "", "  "])
def test_a_name_is_required_of_a_contact_known_by_it(mail: str | None) -> None:
    with pytest.raises(Invalid) as refused:
        contacts.NewByName.check({"customer_id": 1, "full_name": mail})

    assert refused.value.problems["full_name"].why is Why.MISSING


def test_a_contact_belongs_to_a_customer(work: Work) -> None:
    with pytest.raises(Invalid) as refused:
        make.contact(work, customer_id=None)

    assert refused.value.problems["customer_id"].why is Why.MISSING


def test_a_customer_that_is_not_there_is_refused(work: Work) -> None:
    with pytest.raises(Invalid) as refused:
        make.contact(work, customer_id=2**62)

    assert refused.value.problems["customer_id"].why is Why.UNKNOWN


def test_the_customer_may_be_named(work: Work) -> None:
    customer = make.customer(work, name="Acme Dental")

    id = make.contact(work, customer_id=None, customer_name=" ACME dental")

    assert contacts.get(work, id).customer_id == customer


def test_a_name_of_no_customer_is_refused(work: Work) -> None:
    make.customer(work, name="Acme Dental")

    with pytest.raises(Invalid) as refused:
        make.contact(work, customer_id=None, customer_name="Acme")

    assert refused.value.problems["customer_name"].why is Why.UNKNOWN


def test_the_department_may_be_named(work: Work) -> None:
    finance = make.department(work, name="Finance")

    id = make.contact(work, department_name="FINANCE ")

    assert contacts.get(work, id).department_id == finance


@pytest.mark.parametrize(
    ("given", "field"),
    [({"department_name": "Legal"}, "department_name"), ({"department_id": 2**62}, "department_id")],
)
def test_a_department_that_is_not_there_is_refused(work: Work, given: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        make.contact(work, **given)

    assert refused.value.problems[field].why is Why.UNKNOWN


def test_a_contact_may_move_to_another_customer(work: Work) -> None:
    acme, birch = make.customer(work), make.customer(work, name="Birch")
    id = make.contact(work, customer_id=acme)

    contacts.change(work, id, contacts.Changes(customer_id=birch))

    assert ids(work, contacts.READING, contacts.Filter(customer_id=birch)) == [id]
    assert ids(work, contacts.READING, contacts.Filter(customer_id=acme)) == []


def test_a_contact_cannot_move_to_nobody(work: Work) -> None:
    id = make.contact(work)

    with pytest.raises(Invalid) as refused:
        contacts.change(work, id, contacts.Changes(customer_id=2**62))

    assert refused.value.problems["customer_id"].why is Why.UNKNOWN


def test_names_are_trimmed(work: Work) -> None:
    contact = contacts.get(work, make.contact(work, first_name=" Pat ", last_name="\tMoore"))

    assert (contact.first_name, contact.last_name) == ("Pat", "Moore")


def test_a_contact_is_found_by_whole_name_after_half_of_it_changed(work: Work) -> None:
    id = make.contact(work, first_name="Pat", last_name="Moore")

    contacts.change(work, id, contacts.Changes(last_name="Lund"))

    assert ids(work, contacts.READING, contacts.Filter(name="pat lund")) == [id]
    assert ids(work, contacts.READING, contacts.Filter(name="moore")) == []


@pytest.mark.parametrize("asked", ["5550101", "(555) 01-01", "555.0101", "+1 555 0101"])
def test_a_phone_number_is_found_however_it_is_written(work: Work, asked: str) -> None:
    id = make.contact(work, phone="+1 (555) 01-01")
    make.contact(work, phone="+1 555 0202", mobile=None)

    assert ids(work, contacts.READING, contacts.Filter(phone=asked)) == [id]


def test_a_mobile_number_is_a_phone_number(work: Work) -> None:
    id = make.contact(work, phone=None, mobile="555-0303")

    assert ids(work, contacts.READING, contacts.Filter(phone="5550303")) == [id]


def test_making_one_is_written_down(work: Work) -> None:
    customer = make.customer(work)
    id = make.contact(acting(work, key_id=7), customer_id=customer, email="pat@acme.example")

    entry = last_entry(work)
    assert (entry.what, entry.record_id, entry.customer_id, entry.key_id) == ("contact.created", id, customer, 7)
    assert entry.after["email"] == "pat@acme.example"


def test_a_change_is_written_down_with_before_and_after(work: Work) -> None:
    id = make.contact(work, job_title="Clerk")

    contacts.change(later(work), id, contacts.Changes(job_title="Manager"))

    entry = last_entry(work)
    assert (entry.what, entry.before, entry.after) == (
        "contact.changed",
        {"job_title": "Clerk"},
        {"job_title": "Manager"},
    )
    contact = contacts.get(work, id)
    assert (contact.version, contact.updated_at) == (2, later(work).now)


def test_a_change_of_another_version_is_refused(work: Work) -> None:
    id = make.contact(work)

    with pytest.raises(Stale):
        contacts.change(work, id, contacts.Changes(job_title="Manager"), version=2)


def test_the_counter_follows_what_is_made(work: Work) -> None:
    before = counted(work, "contact")

    make.contact(work)

    assert counted(work, "contact") == before + 1


def test_who_may_only_look_cannot_change(work: Work) -> None:
    id, customer = make.contact(work), make.customer(work)
    vic = acting(work, rights=frozenset({"contacts:read", "customers:read"}))

    with pytest.raises(Forbidden):
        make.contact(vic, customer_id=customer)
    with pytest.raises(Forbidden):
        contacts.change(vic, id, contacts.Changes(job_title="Manager"))


def test_someone_of_another_customer_sees_nothing_of_a_contact(work: Work) -> None:
    id = make.contact(work, email="pat@acme.example")
    olga = acting(work, customer_id=make.customer(work, name="Birch"))

    assert ids(olga, contacts.READING, contacts.Filter(email="pat")) == []
    with pytest.raises(NotFound):
        contacts.get(olga, id)
    with pytest.raises(NotFound):
        contacts.change(olga, id, contacts.Changes(job_title="Manager"))


def test_someone_of_one_customer_makes_contacts_of_no_other(work: Work) -> None:
    acme = make.customer(work)
    own = make.customer(work, name="Birch")
    olga = acting(work, customer_id=own)

    for given in ({"customer_id": acme}, {"customer_id": None, "customer_name": "Acme Dental"}):
        with pytest.raises(Invalid):
            make.contact(olga, **given)


def test_someone_of_one_customer_gives_no_contact_away(work: Work) -> None:
    acme = make.customer(work)
    own = make.customer(work, name="Birch")
    id = make.contact(work, customer_id=own)

    with pytest.raises(Invalid):
        contacts.change(acting(work, customer_id=own), id, contacts.Changes(customer_id=acme))


def test_a_contact_still_names_a_customer_that_was_renamed(work: Work) -> None:
    customer = make.customer(work, name="Acme")
    id = make.contact(work, customer_id=customer)

    customers.change(work, customer, customers.Changes(name="Birch"))

    row = contacts.READING.view(("customer.name",)).one(work, id)
    assert row[0] == "Birch"
