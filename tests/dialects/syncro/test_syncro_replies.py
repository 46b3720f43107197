"""Canned responses as Syncro's clients know them."""

import make
from conftest import Stage, Syncro

SENT = {"title": "Greeting", "body": "Hello!", "subject": "Update", "category": "General"}


def test_a_canned_response_is_kept_and_shown(syncro: Syncro) -> None:
    made = syncro.post("/canned_responses", SENT)

    assert made.status_code == 201
    reply = made.json()["canned_response"]
    expected = {**SENT, "name": "Greeting", "category_name": "General"}
    assert {name: reply[name] for name in expected} == expected
    assert syncro.get(f"/canned_responses/{reply['id']}").json() == {"canned_response": reply}
    assert syncro.get("/canned_responses").json()["canned_responses"] == [reply]


def test_categories_and_subjects_are_listed(syncro: Syncro) -> None:
    category = syncro.post("/canned_responses", SENT).json()["canned_response"]["canned_response_category_id"]

    assert syncro.get("/canned_responses/settings").json() == {
        "canned_response_categories": [{"id": category, "name": "General"}],
        "subjects": ["Update"],
        "can_manage": True,
    }
    assert syncro.get("/canned_responses/settings", key="vic").json()["can_manage"] is False


def test_canned_responses_are_filtered(syncro: Syncro) -> None:
    hello = syncro.post("/canned_responses", SENT).json()["canned_response"]
    bye = syncro.post("/canned_responses", {"name": "Parting", "body": "Good bye"}).json()["canned_response"]

    def found(query: str) -> list[int]:
        return [row["id"] for row in syncro.get(f"/canned_responses?{query}").json()["canned_responses"]]

    assert found("query=HELLO") == found("category=general") == [hello["id"]]
    assert found(f"category={hello['canned_response_category_id']}") == [hello["id"]]
    assert found("query=parting") == [bye["id"]]


def test_a_canned_response_is_changed_and_deleted_without_a_word(syncro: Syncro) -> None:
    id = syncro.post("/canned_responses", SENT).json()["canned_response"]["id"]

    changed = syncro.patch(f"/canned_responses/{id}", {"body": "Hi!"}).json()["canned_response"]
    assert (changed["title"], changed["body"]) == ("Greeting", "Hi!")

    gone = syncro.delete(f"/canned_responses/{id}")
    assert (gone.status_code, gone.content) == (204, b"")
    assert syncro.delete(f"/canned_responses/{id}").status_code == 404


def test_what_is_missing_is_said_at_once(syncro: Syncro) -> None:
    refused = syncro.post("/canned_responses", {"canned_response_category_id": 1})

    assert refused.status_code == 422
    assert set(refused.json()["message"]) == {"Title can't be blank", "Body can't be blank"}
    unknown = syncro.post("/canned_responses", {**SENT, "category": None, "canned_response_category_id": 99})
    assert (unknown.status_code, unknown.json()["error"]) == (422, "Category not found")


def test_a_key_of_one_customer_only_reads_them(stage: Stage, syncro: Syncro) -> None:
    id = syncro.post("/canned_responses", SENT).json()["canned_response"]["id"]
    olga = stage.do(make.key_of_one_customer)

    assert syncro.get(f"/canned_responses/{id}", key=olga).status_code == 200
    assert syncro.post("/canned_responses", SENT, key=olga).status_code == 401
    assert syncro.delete(f"/canned_responses/{id}", key=olga).status_code == 401
