"""Rules of contracts."""

from typing import Any

import pytest

import make
from desk.looking import acting, ids, last_entry, later
from quarterdeck.desk import contracts, leaving, tickets
from quarterdeck.desk.contracts import Kind
from quarterdeck.desk.errors import Forbidden, Invalid, NotFound, Stale
from quarterdeck.desk.work import Work


def test_a_change_is_written_down(work: Work) -> None:
    id = make.contract(work)

    contracts.change(later(work), id, contracts.Changes(name="Managed Silver"))

    contract = contracts.get(work, id)
    assert (contract.name, contract.version, contract.updated_at) == ("Managed Silver", 2, later(work).now)
    entry = last_entry(work)
    assert (entry.what, entry.before, entry.after) == (
        "contract.changed",
        {"name": "Managed Gold"},
        {"name": "Managed Silver"},
    )


@pytest.mark.parametrize(
    ("given", "changes", "active", "status"),
    [
        ({"status": "Opportunity"}, {}, False, "Opportunity"),
        ({"status": "active"}, {}, True, "active"),
        ({"status": "Opportunity"}, {"status": "Active"}, True, "Active"),
        ({"status": "Active"}, {"status": "Lost"}, False, "Lost"),
        ({"status": "Active"}, {"active": False}, False, "Inactive"),
        ({"status": "Opportunity"}, {"active": True}, True, "Active"),
        ({"status": "Opportunity"}, {"active": False}, False, "Opportunity"),
        ({"active": False}, {}, False, "Inactive"),
        ({}, {"name": "Other"}, True, "Active"),
    ],
)
def test_status_and_being_active_never_disagree(
    work: Work, given: dict[str, Any], changes: dict[str, Any], active: bool, status: str
) -> None:
    id = make.contract(work, **given)

    contracts.change(work, id, contracts.Changes(**changes))

    assert contracts.get(work, id).active is active
    row = contracts.READING.view(("standing",)).one(work, id)
    assert row[0] == status
    assert ids(work, contracts.READING, contracts.Filter(standing=status.upper())) == [id]


def test_a_contract_stays_with_its_customer(work: Work) -> None:
    customer = make.customer(work)
    id = make.contract(work, customer_id=customer)

    contracts.change(work, id, contracts.Changes(customer_id=customer))
    with pytest.raises(Invalid, match="cannot be changed"):
        contracts.change(work, id, contracts.Changes(customer_id=make.customer(work)))


def test_terms_that_are_not_named_stay(work: Work) -> None:
    id = make.contract(work, terms={"Flat": {"Quantity": 1, "Rate": 9}, "Period": "Monthly"})

    contracts.change(work, id, contracts.Changes(terms={"Flat": {"Quantity": 2}}))
    assert contracts.get(work, id).terms == {"Flat": {"Quantity": 2, "Rate": 9}, "Period": "Monthly"}

    contracts.change(work, id, contracts.Changes(terms=None))
    assert contracts.get(work, id).terms == {"Flat": {"Quantity": 2, "Rate": 9}, "Period": "Monthly"}


def test_a_new_kind_begins_without_terms(work: Work) -> None:
    id = make.contract(work, terms={"Flat": {"Quantity": 1}})

    contracts.change(work, id, contracts.Changes(billed_as=Kind.RETAINER))
    assert contracts.get(work, id).terms == {"Flat": {"Quantity": 1}}

    contracts.change(work, id, contracts.Changes(billed_as=Kind.HOURLY))
    assert contracts.get(work, id).terms is None


def test_likelihood_is_per_cent() -> None:
    for number in (-1, 101):
        with pytest.raises(Invalid):
            contracts.Changes.check({"likelihood": number})


def test_tickets_outlive_their_contract(work: Work) -> None:
    customer = make.customer(work)
    id = make.contract(work, customer_id=customer)
    ticket = make.ticket(work, customer_id=customer, contract_id=id)

    leaving.remove_contract(work, id)

    assert tickets.get(work, ticket).contract_id is None
    entry = last_entry(work)
    assert (entry.what, entry.before) == ("contract.deleted", {"name": "Managed Gold", "tickets": 1})
    with pytest.raises(NotFound):
        contracts.get(work, id)


def test_a_change_of_another_version_is_refused(work: Work) -> None:
    id = make.contract(work)

    with pytest.raises(Stale):
        contracts.change(work, id, contracts.Changes(name="Other"), version=2)
    with pytest.raises(Stale):
        leaving.remove_contract(work, id, version=2)


def test_a_contract_of_another_customer_is_not_there(work: Work) -> None:
    id = make.contract(work)
    olga = acting(work, customer_id=make.customer(work))

    with pytest.raises(NotFound):
        contracts.change(olga, id, contracts.Changes(name="Mine"))
    with pytest.raises(NotFound):
        leaving.remove_contract(olga, id)


def test_who_may_only_look_changes_no_contract(work: Work) -> None:
    id = make.contract(work)
    vic = acting(work, rights=frozenset({"contracts:read"}))

    with pytest.raises(Forbidden):
        contracts.change(vic, id, contracts.Changes(name="Other"))
    with pytest.raises(Forbidden):
        leaving.remove_contract(vic, id)
