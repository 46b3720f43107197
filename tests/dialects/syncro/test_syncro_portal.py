"""Portal users as Syncro's clients know them."""

from typing import Any

import pytest

import make
from conftest import Stage, Syncro

SECRET = "correct horse battery"


@pytest.fixture
def sent(stage: Stage) -> dict[str, Any]:
    contact = stage.do(make.contact)
    secret = {"password": SECRET, "password_confirmation": SECRET}
    return {"email": "ann@acme.example", "contact_id": contact, **secret}


def test_a_portal_user_is_kept_without_showing_the_password(syncro: Syncro, sent: dict[str, Any]) -> None:
    made = syncro.post("/portal_users", sent)

    assert made.status_code == 200
    user = made.json()
    assert (user["email"], user["contact_id"], user["account_id"]) == (sent["email"], sent["contact_id"], 1)
    assert user["portal_user"]["id"] == user["id"]
    listed = syncro.get("/portal_users")
    assert [row["customer_id"] for row in listed.json()["portal_users"]] == [user["customer_id"]]
    for answer in (made, listed):
        assert "password" not in answer.text
        assert "argon2" not in answer.text


def test_a_password_is_said_twice_alike(syncro: Syncro, sent: dict[str, Any]) -> None:
    refused = syncro.post("/portal_users", {**sent, "password_confirmation": "something else"})

    assert refused.status_code == 422
    assert refused.json()["message"] == ["Password confirmation doesn't match Password"]
    assert refused.json()["params"] == {"email": sent["email"], "contact_id": sent["contact_id"]}
    assert SECRET not in refused.text


def test_portal_users_are_filtered(syncro: Syncro, sent: dict[str, Any]) -> None:
    user = syncro.post("/portal_users", sent).json()

    def found(query: str) -> list[int]:
        return [row["id"] for row in syncro.get(f"/portal_users?{query}").json()["portal_users"]]

    assert found("email=ANN@acme.example") == found(f"customer_id={user['customer_id']}") == [user["id"]]
    assert found("email=bob@acme.example") == []


def test_a_portal_user_is_changed(syncro: Syncro, sent: dict[str, Any]) -> None:
    id = syncro.post("/portal_users", sent).json()["id"]

    changed = syncro.put(f"/portal_users/{id}", {"portal_user": {"email": "ann.lee@acme.example"}}).json()

    assert (changed["id"], changed["email"]) == (id, "ann.lee@acme.example")


def test_a_portal_user_deleted_is_shown_once_more(syncro: Syncro, sent: dict[str, Any]) -> None:
    user = syncro.post("/portal_users", sent).json()

    gone = syncro.delete(f"/portal_users/{user['id']}")

    assert (gone.status_code, gone.json()) == (200, user)
    assert syncro.delete(f"/portal_users/{user['id']}").json()["error"] == "Portal user not found"


def test_nobody_is_said_to_be_invited_who_is_not(syncro: Syncro, sent: dict[str, Any]) -> None:
    id = syncro.post("/portal_users", sent).json()["id"]

    refused = syncro.post("/portal_users/create_invitation", {"id": id})

    assert (refused.status_code, refused.json()["success"]) == (422, False)
    assert refused.json()["message"] == ["Mail is not set up on this server: nobody was invited"]
    assert syncro.post("/portal_users/create_invitation", {"id": 99}).status_code == 404


def test_what_is_wrong_is_said_in_the_vendors_words(syncro: Syncro, sent: dict[str, Any]) -> None:
    assert syncro.post("/portal_users", {}).json()["message"] == ["Email can't be blank"]
    assert syncro.post("/portal_users", {"email": "ann@acme.example"}).json()["error"] == "customer_id required"
    syncro.post("/portal_users", sent)
    assert syncro.post("/portal_users", sent).json()["error"] == "Email has already been taken"


def test_a_key_of_one_customer_sees_its_own_people(stage: Stage, syncro: Syncro, sent: dict[str, Any]) -> None:
    id = syncro.post("/portal_users", sent).json()["id"]
    olga = stage.do(make.key_of_one_customer)

    assert syncro.get("/portal_users", key=olga).json()["portal_users"] == []
    assert syncro.put(f"/portal_users/{id}", {"email": "olga@other.example"}, key=olga).status_code == 404
    assert syncro.post("/portal_users", {**sent, "email": "o@other.example"}, key=olga).status_code == 422
