"""Records to begin with, and what answers of the Syncro face have to hold."""

import itertools
from typing import Any

from conftest import Syncro

NUMBER = itertools.count(1)


def fresh_email(name: str = "pat") -> str:
    return f"{name}.{next(NUMBER)}@acme.example"


def new_customer(syncro: Syncro, **more: Any) -> int:
    answer = syncro.post("/customers", {"business_name": "Acme Corporation", **more})
    assert answer.status_code == 200, answer.text
    return int(answer.json()["customer"]["id"])


def new_contact(syncro: Syncro, **more: Any) -> int:
    if "customer_id" not in more:
        more["customer_id"] = new_customer(syncro)
    answer = syncro.post("/contacts", {"name": "Jane Doe", **more})
    assert answer.status_code == 200, answer.text
    return int(answer.json()["id"])


def new_ticket(syncro: Syncro, **more: Any) -> int:
    if "customer_id" not in more:
        more["customer_id"] = new_customer(syncro)
    answer = syncro.post("/tickets", {"subject": "Printer on fire", **more})
    assert answer.status_code == 200, answer.text
    return int(answer.json()["ticket"]["id"])


def ids(answer: Any) -> list[int]:
    """The ids on a page, which says about itself what every known client looks for."""
    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert [type(body["meta"][name]) for name in ("total_pages", "total_entries", "per_page", "page")] == [int] * 4
    (rows,) = (value for name, value in body.items() if name != "meta")
    return [row["id"] for row in rows]


def refused(answer: Any, status: int, words: str, *more: str) -> None:
    """The answer says no, with this status and with these words where every known client looks."""
    assert answer.status_code == status, answer.text
    body = answer.json()
    assert body["error"] == words
    told = body["message"] if isinstance(body["message"], list) else [body["message"]]
    assert set(more) <= set(told), told
    if status == 422:
        assert (body["success"], body["title"], told[0]) == (False, "Validation failed", words)
