"""Timelogs as Syncro's clients know them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import make
from conftest import NOW, Stage, Syncro
from quarterdeck.desk import access
from quarterdeck.desk.work import Work


def test_a_technician_clocks_in_and_out(stage: Stage, syncro: Syncro) -> None:
    begun = syncro.put("/timelogs", {"in_note": "Early"}).json()
    stage.clock.now = NOW + timedelta(hours=8)

    ended = syncro.put("/timelogs", {"out_at": "2026-03-02T17:30:00Z", "out_note": "Done", "lunch": True}).json()

    wrapped = ended.pop("timelog")
    assert wrapped == ended
    assert ended == {
        "id": begun["id"],
        "in_at": "2026-03-02T09:30:00.000Z",
        "out_at": "2026-03-02T17:30:00.000Z",
        "account_id": 1,
        "user_id": 1,
        "in_note": "Early",
        "out_note": "Done",
        "created_at": "2026-03-02T09:30:00.000Z",
        "updated_at": "2026-03-02T17:30:00.000Z",
        "lunch": True,
        "manually_updated": False,
    }


def test_the_last_timelog_is_that_of_whoever_asks(syncro: Syncro) -> None:
    assert syncro.get("/timelogs/last").status_code == 404
    log = syncro.put("/timelogs").json()["timelog"]

    assert syncro.get("/timelogs/last").json()["timelog"] == log
    assert syncro.get("/timelogs/last?user_id=1").json()["id"] == log["id"]
    assert syncro.get("/timelogs/last?user_id=2").status_code == 404
    assert syncro.get("/timelogs/last?user_id=me").status_code == 400


def test_timelogs_are_listed_newest_first(syncro: Syncro) -> None:
    first = syncro.put("/timelogs", {"in_at": "2026-03-01", "out_at": "2026-03-01T08:00:00Z"}).json()["id"]
    second = syncro.put("/timelogs").json()["id"]

    def listed(query: str = "") -> list[int]:
        return [row["id"] for row in syncro.get(f"/timelogs{query}").json()["timelogs"]]

    assert listed() == listed("?user_id=1") == [second, first]
    assert listed("?user_id=2") == listed("?since_updated_at=2026-04-01") == []


def test_nobody_clocks_out_before_clocking_in(syncro: Syncro) -> None:
    answer = syncro.put("/timelogs", {"out_at": "2026-03-02T17:30:00Z"})

    assert (answer.status_code, answer.json()["error"]) == (422, "in_at is required: you are not clocked in")


def test_of_many_who_clock_in_at_once_one_does(syncro: Syncro) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: syncro.put("/timelogs", {"in_note": "Here"}), range(8)))

    assert {answer.status_code for answer in answers} == {200}
    assert len(syncro.get("/timelogs").json()["timelogs"]) == 1


def test_timelogs_are_the_providers_own_affair(stage: Stage, syncro: Syncro) -> None:
    olga = stage.do(key_of_one)

    for method, path in (("GET", "/timelogs"), ("GET", "/timelogs/last"), ("PUT", "/timelogs")):
        assert syncro.request(method, path, key=olga).status_code == 401
    assert syncro.get("/timelogs", key="vic").status_code == 200
    assert syncro.put("/timelogs", key="vic").status_code == 401


def key_of_one(work: Work) -> str:
    customer = make.customer(work, name="Birch")
    return access.give_key(work, access.NewKey(name="Olga's", technician_id=1, customer_id=customer))[1]
