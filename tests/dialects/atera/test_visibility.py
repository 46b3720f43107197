"""Olga's key is for one customer. Nothing of another customer exists for her, on any route."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from shared import desk_on, ids

import make
from conftest import Client, Databases
from quarterdeck.desk import access, assets, attachments, fields, leaving
from quarterdeck.desk.work import Work
from quarterdeck.dialects.atera import ATERA
from quarterdeck.edge.rest import Resource, Verb

# Stands in every text of the other customers.
MARK = "zebrafish"
# What all who work here share: nobody's customer is in it.
SHARED = {"department", "technician", "account", "custom field"}


def across(on: Resource, verb: Verb) -> bool:
    """Whether an operation looks at all customers at once, as finding and merging duplicates does."""
    return on.one == "merge" or "merge" in verb.path or "duplicates" in verb.path


@dataclass
class Town:
    """Olga's customer and another one, each with a record of every kind; a third one has gone."""

    client: Client
    own: dict[str, Any]
    other: dict[str, Any]

    def ask(self, method: str, path: str, **more: Any) -> Any:
        return self.client.request(method, path, key="olga", **more)


def people(work: Work, word: str) -> dict[str, Any]:
    """A customer with a record of every kind, in which every text holds a word."""
    email = f"pat@{word}.example"
    customer = make.customer(work, name=f"{word} Ltd", domain=f"{word}.example", notes=word, city=word)
    contact = make.contact(work, customer_id=customer, email=email, first_name=word, last_name=word, phone=word)
    agent = make.agent(work, customer_id=customer, name=f"{word}-WS", description=word)
    contract = make.contract(work, customer_id=customer, name=word)
    ticket = make.ticket(work, contact_id=contact, title=word, description=word, contract_id=contract)
    comment = make.comment(work, ticket, body=word)
    make.comment(work, ticket, body=word, contact_id=contact)
    make.time_entry(work, ticket, notes=word)
    make.article(work, customer_id=customer, name=word, body=word)
    alert = make.alert(work, customer_id=customer, asset_id=agent, title=word, message=word, ticket_id=ticket)
    file = make.attachment(work, ticket_id=ticket, name=word, content=word.encode())
    made = {"customer": customer, "contact": contact, "agent": agent, "contract": contract, "ticket": ticket}
    values = {
        kind: fields.put(work, fields.Target(kind), id, fields.NewValue(name="Owner", value=word))
        for kind, id in made.items()
    }
    guid = work.find(fields.Value, values["ticket"]).guid  # type: ignore[union-attr]
    extra = {"email": email, "name": f"{word} Ltd", "machine": f"{word}-WS", "guid": guid, "comment": comment}
    device = assets.get(work, agent).guid
    return {**made, **extra, "alert": alert, "device": device, "file": attachments.get(work, file).guid}


def build(work: Work) -> tuple[dict[str, Any], dict[str, Any], str]:
    own, other, gone = (people(work, word) for word in ("olga", MARK, f"{MARK}-gone"))
    other["archive"] = leaving.remove_customer(work, gone["customer"])
    make.department(work)
    _, key = access.give_key(work, access.NewKey(name="Olga's", technician_id=1, customer_id=own["customer"]))
    return own, other, key


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def town(request: pytest.FixtureRequest, databases: Databases) -> Iterator[Town]:
    with desk_on(databases, request.param) as client:
        own, other, client.stage.keys["olga"] = client.stage.do(build)
        yield Town(client, own, other)


@pytest.fixture(autouse=True)
def nothing_of_the_others_is_changed(town: Town) -> Iterator[None]:
    before = everything(town)
    yield
    assert everything(town) == before


def everything(town: Town) -> list[Any]:
    """All that Dana sees of the other customer."""
    other = town.other
    paths = [
        f"/customers/{other['customer']}",
        f"/contacts/{other['contact']}",
        f"/tickets/{other['ticket']}",
        f"/tickets/{other['ticket']}/comments",
        f"/tickets/{other['ticket']}/workhoursrecords",
        f"/agents/{other['agent']}",
        f"/customvalues/ticket/{other['ticket']}",
        f"/customvalues/customer/{other['customer']}",
        f"/customvalues/contact/{other['contact']}",
        f"/customvalues/agent/{other['agent']}",
        f"/customvalues/contract/{other['contract']}",
    ]
    answers = [town.client.get(path) for path in paths]
    assert {answer.status_code for answer in answers} == {200}
    return [answer.json() for answer in answers]


def routes() -> Iterator[Any]:
    """Every operation, but for changes to what belongs to no customer."""
    for on in ATERA.resources:
        for verb in on.verbs:
            if not (verb.changes and on.one in SHARED):
                yield pytest.param(on, verb, id=f"{verb.method} /{on.path}{verb.path}")


# Enough for every operation to get as far as looking for its record.
BODY = {
    "CommentText": "Hello",
    "StartWorkHour": "2026-03-02T08:00:00Z",
    "EndWorkHour": "2026-03-02T08:30:00Z",
    "FieldName": "Owner",
    "Value": "Olga",
}


def filled(on: Resource, verb: Verb, of: dict[str, Any]) -> str:
    """The operation's path, with every parameter naming what is this customer's."""
    values = {
        "{id}": of.get(on.one, 1),
        "{customerId}": of["customer"],
        "{agentId}": of["agent"],
        "{machineName}": of["machine"],
        "{guid}": of["file"] if on.one == "attachment" else of["guid"],
        "{deviceGuid}": of["device"],
        "{name}": "log.txt",
        "{fieldName}": "Owner",
        "{fieldId}": 1,
        "{value}": "Olga",
    }
    path = f"/{on.path}{verb.path}"
    for name, value in values.items():
        path = path.replace(name, str(value))
    assert "{" not in path, "a parameter this test does not know"
    return path


def names_another(on: Resource, verb: Verb) -> bool:
    """Whether the path names a record that some customer owns."""
    path = f"/{on.path}{verb.path}"
    return any(name in path for name in ("{customerId}", "{agentId}", "{deviceGuid}", "{guid}")) or (
        "{id}" in path and on.one not in SHARED
    )


@pytest.mark.parametrize(("on", "verb"), [one for one in routes() if across(*one.values)])
def test_what_looks_at_all_customers_is_not_hers(town: Town, on: Resource, verb: Verb) -> None:
    duplicate = {"DuplicateID": town.own["contact"]}
    sent = {"params": duplicate} if verb.method == "GET" else {"json": duplicate}

    answer = town.ask(verb.method, filled(on, verb, town.own), **sent)

    if answer.status_code == 200:
        assert answer.json()["items"] == []
    else:
        assert answer.status_code in (403, 404), answer.text


@pytest.mark.parametrize(("on", "verb"), [one for one in routes() if not across(*one.values)])
def test_a_path_to_another_customers_record_leads_nowhere(town: Town, on: Resource, verb: Verb) -> None:
    body = [town.other["ticket"]] if verb.body == "array" else BODY

    answer = town.ask(verb.method, filled(on, verb, town.other), **({"json": body} if verb.method != "GET" else {}))

    if names_another(on, verb) or verb.body == "array":
        assert answer.status_code == 404, answer.text
    assert answer.status_code < 500
    assert MARK not in answer.text.lower()


def reads() -> Iterator[Any]:
    """Every operation that only reads, but for the archive of her customer, who has not gone."""
    for one in routes():
        on, verb = one.values
        if verb.method == "GET" and (on.one, verb.path) != ("archive", "/{id}") and not across(on, verb):
            yield one


@pytest.mark.parametrize(("on", "verb"), list(reads()))
def test_what_is_her_own_is_shown(town: Town, on: Resource, verb: Verb) -> None:
    answer = town.ask("GET", filled(on, verb, town.own))

    assert answer.status_code == 200, answer.text
    assert MARK not in answer.text.lower()


def lists() -> Iterator[Any]:
    for on in ATERA.resources:
        for verb in on.verbs:
            if verb.many and "{" not in on.path + verb.path and not across(on, verb):
                yield pytest.param(on, verb, id=f"/{on.path}{verb.path}")


@pytest.mark.parametrize(("on", "verb"), list(lists()))
def test_no_filter_finds_another_customers_records(town: Town, on: Resource, verb: Verb) -> None:
    other = town.other
    asked = {
        "customerId": other["customer"],
        "endUserId": other["contact"],
        "contactId": other["contact"],
        "q": MARK,
        "name": MARK,
        "customerName": MARK,
        "domain": f"{MARK}.example",
        "email": MARK,
        "phone": MARK,
        "date": "2001-01-01",
        "modifiedAfter": "2001-01-01",
    }
    for name, value in asked.items():
        answer = town.ask("GET", f"/{on.path}{verb.path}", params={name: value})
        assert answer.status_code == 200
        assert MARK not in str(answer.json()["items"]).lower()


@pytest.mark.parametrize(
    ("path", "id_name", "kind"),
    [
        ("/customers", "CustomerID", "customer"),
        ("/contacts", "EndUserID", "contact"),
        ("/tickets", "TicketID", "ticket"),
        ("/tickets/noComments", "TicketID", "ticket"),
        ("/tickets/lastmodified", "TicketID", "ticket"),
        ("/tickets/statusmodified?modifiedAfter=2001-01-01", "TicketID", "ticket"),
        ("/agents", "AgentID", "agent"),
        ("/alerts", "AlertID", "alert"),
        ("/contracts", "ContractID", "contract"),
    ],
)
def test_a_list_counts_what_is_her_own(town: Town, path: str, id_name: str, kind: str) -> None:
    answer = town.ask("GET", path)

    assert ids(answer, id_name) == [town.own[kind]]
    assert answer.json()["totalItems"] == 1


@pytest.mark.parametrize(
    ("path", "name", "kind"),
    [
        ("/contacts", "CustomerID", "customer"),
        ("/contacts", "CustomerName", "name"),
        ("/contacts", "DefaultAgentId", "agent"),
        ("/contacts", "Email", "email"),
        ("/contacts/{contact}", "CustomerID", "customer"),
        ("/contacts/{contact}", "DefaultAgentId", "agent"),
        ("/contacts/{contact}", "Email", "email"),
        ("/tickets", "CustomerID", "customer"),
        ("/tickets", "EndUserID", "contact"),
        ("/tickets", "ContactID", "contact"),
        ("/tickets", "EndUserEmail", "email"),
        ("/tickets", "ContractID", "contract"),
        ("/tickets/{ticket}", "CustomerID", "customer"),
        ("/tickets/{ticket}", "EndUserID", "contact"),
        ("/tickets/{ticket}", "ContractID", "contract"),
        ("/tickets/{ticket}/comments", "EnduserId", "contact"),
    ],
)
def test_a_body_cannot_name_another_customers_record(town: Town, path: str, name: str, kind: str) -> None:
    own = town.own
    fresh = {
        "Email": "new@olga.example",
        "TicketTitle": "Printer",
        "CommentText": "Hello",
        "CustomerID": own["customer"],
    }
    if "{" in path:
        fresh = {"CommentText": "Hello"}
    if name in ("CustomerName", "EndUserEmail"):
        del fresh["CustomerID"]

    answer = town.ask("POST", path.format(**own), json={**fresh, name: town.other[kind]})

    assert answer.status_code == 400, answer.text
    assert MARK not in answer.text.lower()


def test_a_mail_address_in_another_customers_domain_makes_nobody(town: Town) -> None:
    answer = town.ask("POST", "/tickets", json={"TicketTitle": "Hello", "EndUserEmail": f"new@{MARK}.example"})

    assert answer.status_code == 400
    assert town.client.get(f"/contacts?email=new@{MARK}").json()["totalItems"] == 0


def test_she_makes_no_customers(town: Town) -> None:
    assert town.ask("POST", "/customers", json={"CustomerName": "Mine too"}).status_code == 403
