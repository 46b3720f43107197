"""Records to begin with, and what answers have to hold."""

import itertools
from typing import Any

from conftest import Client
from conftest import desk_on as desk_on

NUMBER = itertools.count(1)


def fresh_email(name: str = "pat") -> str:
    return f"{name}.{next(NUMBER)}@acme.example"


def new_customer(client: Client, **more: Any) -> int:
    answer = client.post("/customers", {"CustomerName": "Acme Dental", **more})
    assert answer.status_code == 201, answer.text
    return int(answer.json()["CustomerID"])


def new_contact(client: Client, **more: Any) -> int:
    if "CustomerID" not in more:
        more["CustomerID"] = new_customer(client)
    answer = client.post("/contacts", {"Email": fresh_email(), **more})
    assert answer.status_code == 201, answer.text
    return int(answer.json()["EndUserID"])


def new_ticket(client: Client, **more: Any) -> int:
    if not more.keys() & {"CustomerID", "EndUserID", "EndUserEmail"}:
        more["CustomerID"] = new_customer(client)
    answer = client.post("/tickets", {"TicketTitle": "Printer on fire", **more})
    assert answer.status_code == 201, answer.text
    return int(answer.json()["TicketID"])


def ids(answer: Any, name: str) -> list[int]:
    """The ids on a page."""
    assert answer.status_code == 200, answer.text
    return [item[name] for item in answer.json()["items"]]


def refused(answer: Any, status: int, *words: str) -> None:
    """The answer says no, with this status and with these words where every known client looks."""
    assert answer.status_code == status, answer.text
    body = answer.json()
    assert body["ErrorCode"] == body["status"] == status
    assert body["Message"] == body["error"] == body["title"]
    told = [body["Message"], *body.get("errors", [])]
    assert set(words) <= set(told), told
