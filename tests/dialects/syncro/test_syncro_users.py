"""Users and the caller as Syncro's clients know them."""

import make
from conftest import Stage, Syncro
from quarterdeck.desk import access
from quarterdeck.desk.work import Work


def key(work: Work, *scopes: str) -> str:
    return access.give_key(work, access.NewKey(name="a script", technician_id=1, scopes=list(scopes)))[1]


def test_users_are_pairs_of_id_and_name(syncro: Syncro) -> None:
    answer = syncro.get("/users").json()
    assert answer["users"][0] == [1, "Dana Reyes"]
    assert answer["meta"] == {"total_pages": 1, "total_entries": 2, "per_page": 1000, "page": 1}


def test_who_has_left_is_not_listed_but_can_be_asked_for(stage: Stage, syncro: Syncro) -> None:
    left = stage.do(lambda work: make.technician(work, first_name="Lena"))
    stage.do(lambda work: access.change(work, left, access.Changes(active=False)))

    assert left not in [id for id, _ in syncro.get("/users").json()["users"]]
    assert syncro.get(f"/users/{left}").json()["user"]["full_name"] == "Lena Reyes"


def test_a_user_is_shown_with_group_and_both_spellings_of_admin(syncro: Syncro) -> None:
    dana = syncro.get("/users/1").json()["user"]
    assert (dana["email"], dana["group"], dana["admin"], dana["admin?"]) == ("dana@msp.example", "Admins", True, True)
    assert dana["created_at"] == "2026-03-02T09:30:00.000Z"


def test_a_user_there_is_not_is_not_found(syncro: Syncro) -> None:
    answer = syncro.get("/users/9000")
    assert (answer.status_code, answer.json()["error"]) == (404, "User not found")


def test_me_is_whose_key_it_is(syncro: Syncro) -> None:
    me = syncro.get("/me", key="vic").json()
    assert (me["user_email"], me["user_name"], me["admin"]) == ("vic@msp.example", "Vic Lund", False)
    assert me["user"] == {
        "id": me["user_id"],
        "email": "vic@msp.example",
        "name": "Vic Lund",
        "full_name": "Vic Lund",
        "role": "Read Only",
        "admin": False,
    }


def test_me_never_tells_the_key(stage: Stage, syncro: Syncro) -> None:
    answer = syncro.get("/me")
    assert answer.json()["user_token"] is None
    assert stage.keys["dana"] not in answer.text


def test_a_key_of_any_right_may_ask_what_it_may_do(stage: Stage, syncro: Syncro) -> None:
    narrow = stage.do(lambda work: key(work, "customers:read"))
    permissions = syncro.get("/me", key=narrow).json()["permissions"]
    assert permissions["customer"] == {"read": True, "write": False, "delete": False}
    assert permissions["ticket"] == permissions["invoice"] == {"read": False, "write": False, "delete": False}


def test_me_refuses_a_wrong_key(syncro: Syncro) -> None:
    answer = syncro.get("/me", key="qd_wrong")
    assert (answer.status_code, answer.json()) == (401, {"error": "Unauthorized", "message": "Unauthorized"})
