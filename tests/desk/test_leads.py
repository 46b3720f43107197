"""Rules of leads, and what becomes of them."""

from typing import Any

import pytest

import make
from desk.looking import acting, how_many, ids, last_entry, later
from quarterdeck.desk import contacts, customers, leads, tickets
from quarterdeck.desk.access.rights import OF_ONE_CUSTOMER
from quarterdeck.desk.customers import Customer
from quarterdeck.desk.errors import Forbidden, Invalid, NotFound, Stale
from quarterdeck.desk.leads import Lead
from quarterdeck.desk.work import Work


def found(work: Work, **where: Any) -> list[int]:
    return ids(work, leads.READING, leads.Filter.check(where))


def convert(work: Work, id: int, **asked: Any) -> tuple[int, int | None]:
    return leads.convert(later(work), id, leads.Conversion.check(asked))


def test_a_lead_becomes_a_customer(work: Work) -> None:
    id = make.lead(work, business_name="Park & Sons", phone="555-0100", city="Porto")

    customer_id, ticket_id = convert(work, id)

    customer, lead = customers.get(work, customer_id), leads.get(work, id)
    assert (customer.name, customer.email, customer.city) == ("Park & Sons", "lea@park.example", "Porto")
    assert (lead.converted, lead.customer_id, ticket_id) == (True, customer_id, None)
    assert last_entry(work).what == "lead.converted"


def test_the_person_of_a_lead_is_a_contact_of_the_customer(work: Work) -> None:
    id = make.lead(work)

    customer_id, _ = convert(work, id)

    contact = contacts.get(work, leads.get(work, id).contact_id or 0)
    assert (contact.customer_id, contact.first_name, contact.email) == (customer_id, "Lea", "lea@park.example")


@pytest.mark.parametrize(
    ("known", "said"),
    [
        pytest.param({"email": "LEA@park.example"}, {"email": "lea@park.example"}, id="by mail"),
        pytest.param({"phone": "(555) 0100"}, {"phone": "555-0100"}, id="by number"),
        pytest.param({"name": "park & sons"}, {"business_name": "Park & Sons"}, id="by name"),
    ],
)
def test_a_customer_who_is_known_is_not_made_again(work: Work, known: dict[str, str], said: dict[str, str]) -> None:
    customer = make.customer(work, **known)

    assert convert(work, make.lead(work, **{"email": None, **said}))[0] == customer
    assert how_many(work, Customer) == 1


def test_a_lead_from_a_contact_becomes_a_ticket_of_the_contacts_customer(work: Work) -> None:
    contact = make.contact(work, email="lea@park.example")
    id = make.lead(work, subject="New laptops", description="Ten of them")

    customer_id, ticket_id = convert(work, id, create_ticket=True)

    ticket = tickets.get(work, ticket_id or 0)
    assert customer_id == contacts.get(work, contact).customer_id
    assert (ticket.title, ticket.description, ticket.contact_id) == ("New laptops", "Ten of them", contact)


def test_a_ticket_may_be_called_otherwise_than_the_lead(work: Work) -> None:
    _, ticket_id = convert(work, make.lead(work, subject="Laptops"), create_ticket=True, ticket_title="Quote laptops")

    assert tickets.get(work, ticket_id or 0).title == "Quote laptops"


def test_a_lead_is_converted_once(work: Work) -> None:
    id = make.lead(work)

    assert convert(work, id, create_ticket=True) == convert(work, id, create_ticket=True)
    assert how_many(work, Customer) == 1


def test_a_lead_that_names_nobody_cannot_become_a_customer(work: Work) -> None:
    id = make.lead(work, first_name=None, last_name=None, email=None)

    with pytest.raises(Invalid):
        convert(work, id)


def test_converting_takes_the_rights_of_what_it_makes(work: Work) -> None:
    id = make.lead(work)

    with pytest.raises(Forbidden):
        convert(acting(work, rights=frozenset({"leads:read", "leads:write", "contacts:write"})), id)


def test_somebody_at_the_counter_says_what_is_wanted(work: Work) -> None:
    with pytest.raises(Invalid) as refused:
        make.lead(work, walked_in=True, description=" ")
    assert refused.value.problems == {"description": "is required"}


def test_leads_are_found_by_how_far_they_have_come(work: Work) -> None:
    new, won, lost = (make.lead(work, status=status) for status in ("New", "Won", "Lost"))

    assert found(work, statuses=["won", "LOST"]) == [won, lost]
    assert found(work, statuses=["New", "nothing"]) == [new]


def test_leads_are_found_by_what_they_say(work: Work) -> None:
    ticket = make.ticket(work)
    first = make.lead(
        work, business_name="Zebra Ltd", source="Web", phone="555-0100", technician_id=make.technician(work)
    )
    second = make.lead(work, subject="Zebra printers", ticket_id=ticket, email="sam@elsewhere.example")

    assert found(work, like="zebra") == [first, second]
    assert found(work, like="LEA@") == [first]
    assert found(work, like="5550100") == [first]
    assert found(work, has_ticket=True) == [second]
    assert found(work, has_ticket=False) == [first]
    assert found(work, source="web") == [first]
    assert found(work, email="SAM@elsewhere.example") == [second]
    assert found(work, technician_ids=[leads.get(work, first).technician_id]) == [first]
    assert found(work, changed_since=later(work).now) == []


def test_a_lead_that_goes_is_put_away(work: Work) -> None:
    id = make.lead(work)

    leads.remove(later(work), id)

    assert found(work, archived=True) == [id]


def test_contact_and_ticket_of_a_lead_are_of_one_customer(work: Work) -> None:
    contact, ticket = make.contact(work), make.ticket(work)

    with pytest.raises(Invalid) as refused:
        make.lead(work, contact_id=contact, ticket_id=ticket)
    assert refused.value.problems == {"ticket_id": "belongs to another customer"}
    assert leads.get(work, make.lead(work, contact_id=contact)).customer_id == contacts.get(work, contact).customer_id


def test_a_change_is_written_down(work: Work) -> None:
    id = make.lead(work)

    leads.change(later(work), id, leads.Changes(status="Won"))

    entry = last_entry(work)
    assert (entry.what, entry.before, entry.after) == ("lead.changed", {"status": "New"}, {"status": "Won"})
    assert found(work, statuses=["won"]) == [id]
    with pytest.raises(Stale):
        leads.change(work, id, leads.Changes(status="Lost"), version=1)


def test_leads_of_others_are_not_there_for_a_key_of_one_customer(work: Work) -> None:
    other = make.customer(work, name="Other")
    nobodys, theirs = make.lead(work), make.lead(work, customer_id=other)
    olga = acting(work, customer_id=make.customer(work), rights=OF_ONE_CUSTOMER)

    mine = make.lead(olga, email="olga@own.example", business_name="Other")

    assert found(olga) == [mine]
    for id in (nobodys, theirs):
        for act in (lambda id=id: convert(olga, id), lambda id=id: leads.remove(olga, id)):
            with pytest.raises(NotFound):
                act()
    with pytest.raises(Invalid):
        leads.change(olga, mine, leads.Changes(customer_id=other))
    assert convert(olga, mine, create_ticket=True)[0] == olga.actor.customer_id


def test_who_may_only_look_cannot_change(work: Work) -> None:
    id = make.lead(work)
    vic = acting(work, rights=frozenset({"leads:read"}))

    for act in (lambda: make.lead(vic), lambda: leads.remove(vic, id), lambda: convert(vic, id)):
        with pytest.raises(Forbidden):
            act()
    assert how_many(work, Lead) == 1
