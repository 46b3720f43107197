"""What is done with a whole ticket: resolved and taken back, moved to somebody else, made from where one stands."""

import re

import make
from conftest import Browser, Client, Stage
from quarterdeck.desk import tickets
from quarterdeck.desk.tickets import Ticket
from quarterdeck.desk.work import Work


def kept(stage: Stage, id: int) -> Ticket:
    return stage.do(lambda work: tickets.get(work, id))  # type: ignore[no-any-return]


def undoing(page: str) -> str:
    """Where the button leads that takes back what was just done."""
    found = re.search(r'action="(/tickets/\d+/resolution/\d+/undoing)"', page)
    assert found, page
    return found[1]


def test_a_ticket_that_was_resolved_can_be_taken_back_from_the_next_one(browser: Browser, stage: Stage) -> None:
    id = stage.do(lambda work: make.ticket(work, technician_id=1, priority="critical", status="pending"))
    next_id = stage.do(lambda work: make.ticket(work, technician_id=1, priority="low"))

    there = browser.send(f"/tickets/{id}/resolution").headers["location"]
    page = browser.get(there).text

    assert there.startswith(f"/tickets/{next_id}?done=")
    assert f"#{id} is resolved." in page
    answer = browser.send(undoing(page))
    assert answer.headers["location"] == f"/tickets/{id}"
    assert (kept(stage, id).status, kept(stage, id).resolved_at) == ("pending", None)
    assert "is resolved." not in browser.get(there).text


def test_what_was_resolved_and_closed_since_is_not_taken_back(browser: Browser, stage: Stage) -> None:
    id = stage.do(lambda work: make.ticket(work, technician_id=1, priority="critical"))
    stage.do(lambda work: make.ticket(work, technician_id=1))
    page = browser.get(browser.send(f"/tickets/{id}/resolution").headers["location"]).text
    stage.do(lambda work: tickets.change(work, id, tickets.Changes(status="closed")))

    answer = browser.send(undoing(page))

    assert answer.status_code == 409
    assert kept(stage, id).status == "closed"


def test_resolving_again_offers_nothing_to_take_back(browser: Browser, stage: Stage) -> None:
    id = stage.do(lambda work: make.ticket(work, technician_id=1, status="resolved"))

    assert browser.send(f"/tickets/{id}/resolution").headers["location"] == "/queue"


def test_a_ticket_is_moved_to_another_contact_and_customer(browser: Browser, stage: Stage) -> None:
    def act(work: Work) -> tuple[int, int, int]:
        pat = make.contact(work, email="pat@acme.example")
        other = make.customer(work, name="Borealis Bakery")
        lee = make.contact(work, customer_id=other, first_name="Lee", last_name="Long", email="lee@borealis.example")
        contract = make.contract(work, name="Gold", customer_id=1)
        return make.ticket(work, contact_id=pat, contract_id=contract), lee, other

    id, lee, other = stage.do(act)

    page = browser.get(f"/tickets/{id}/customer?who=Lee").text
    answer = browser.send(f"/tickets/{id}/customer", {"to": f"contact-{lee}"})

    assert f"/tickets/{id}/customer" in browser.get(f"/tickets/{id}").text
    assert "Contract: Gold" in page
    assert f'value="contact-{lee}"' in page
    assert answer.headers["location"] == f"/tickets/{id}"
    now = kept(stage, id)
    assert (now.customer_id, now.contact_id, now.contract_id) == (other, lee, None)
    browser.send(f"/tickets/{id}/customer", {"to": "customer-1"})
    assert (kept(stage, id).customer_id, kept(stage, id).contact_id) == (1, None)


def test_a_ticket_that_is_moved_to_nobody_stays(browser: Browser, stage: Stage) -> None:
    id = stage.do(make.ticket)

    for to in ("", "contact-", "contact-99999", "customer-99999", "technician-1"):
        assert browser.send(f"/tickets/{id}/customer", {"to": to}).status_code == 422
    assert kept(stage, id).customer_id == 1


def test_whoever_may_only_look_moves_nothing(client: Client, stage: Stage) -> None:
    id = stage.do(make.ticket)
    vic = Browser(client, stage, technician_id=2)

    assert vic.get(f"/tickets/{id}/customer").status_code == 403
    assert vic.send(f"/tickets/{id}/customer", {"to": "customer-1"}).status_code == 403
    assert f"/tickets/{id}/customer" not in vic.get(f"/tickets/{id}").text


def test_a_new_ticket_knows_whose_page_it_was_begun_on(browser: Browser, stage: Stage) -> None:
    contact = stage.do(lambda work: make.contact(work, first_name="Pat", last_name="Quinn", email="pat@acme.example"))
    asset = stage.do(lambda work: make.agent(work, customer_id=1, name="ACME-WS-01"))
    for where in ("/customers/1", f"/contacts/{contact}", f"/assets/{asset}"):
        link = re.search(r'href="(/tickets/new\?[^"]+)"', browser.get(where).text)
        assert link
        page = browser.get(link[1].replace("&amp;", "&")).text
        assert 'name="customer_id" value="1"' in page
    assert "about the device ACME-WS-01" in page

    made = browser.send("/tickets/new", {"title": "It hums", "customer_id": "1", "asset_id": str(asset)})

    assert "ACME-WS-01" in browser.get(made.headers["location"]).text
