"""Time on tickets as Syncro's clients know it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

import make
from conftest import NOW, Client, Stage, Syncro
from quarterdeck.desk import access
from quarterdeck.desk.work import Work

START = "2026-03-02T08:00:00.000Z"


@pytest.fixture
def ticket(stage: Stage) -> int:
    id: int = stage.do(make.ticket)
    return id


def entered(syncro: Syncro, ticket: int, **body: Any) -> Any:
    answer = syncro.post(f"/tickets/{ticket}/timer_entry", {"start_at": START, "duration_minutes": 30, **body})
    assert answer.status_code == 200, answer.text
    return answer.json()


def listed(syncro: Syncro, query: str = "") -> list[int]:
    return [row["id"] for row in syncro.get(f"/ticket_timers{query}").json()["ticket_timers"]]


def test_time_is_entered_on_a_ticket(syncro: Syncro, ticket: int) -> None:
    entry = entered(syncro, ticket, notes="Reset mailbox")

    wrapped = entry.pop("ticket_timer")
    assert wrapped == entry
    assert entry == {
        "id": entry["id"],
        "ticket_id": ticket,
        "user_id": 1,
        "start_time": START,
        "end_time": "2026-03-02T08:30:00.000Z",
        "recorded": False,
        "created_at": "2026-03-02T09:30:00.000Z",
        "updated_at": "2026-03-02T09:30:00.000Z",
        "billable": True,
        "notes": "Reset mailbox",
        "toggl_id": None,
        "product_id": None,
        "comment_id": None,
        "ticket_line_item_id": None,
        "active_duration": 1800,
        "billable_time": 1800,
        "billable_override": None,
        "duration_minutes": 30,
    }


def test_time_is_entered_for_somebody_else(stage: Stage, syncro: Syncro, ticket: int) -> None:
    product = syncro.post("/products", {"name": "Hour"}).json()["product"]["id"]

    entry = entered(syncro, ticket, user_id="2", product_id=product, billable=False, recorded="1")

    assert (entry["user_id"], entry["product_id"], entry["billable"]) == (2, product, False)
    assert (entry["recorded"], entry["billable_time"]) == (True, 0)


def test_an_end_before_the_start_is_refused(syncro: Syncro, ticket: int) -> None:
    answer = syncro.post(f"/tickets/{ticket}/timer_entry", {"start_at": START, "end_at": "2026-03-01"})

    assert (answer.status_code, answer.json()["error"]) == (422, "end_time is before the start")


def test_time_needs_a_start_and_an_end(syncro: Syncro, ticket: int) -> None:
    def error(**body: Any) -> str:
        return str(syncro.post(f"/tickets/{ticket}/timer_entry", body).json()["error"])

    assert error() == error(duration_minutes=5) == "start_at is required"
    assert error(start_at=START) == "end_at or duration_minutes is required"
    assert error(start_at=START, duration_minutes=5, user_id=99) == "User not found"
    assert error(start_at=START, duration_minutes=5, product_id=99) == "Product not found"


def test_time_may_be_entered_by_its_length_alone(syncro: Syncro, ticket: int) -> None:
    entry = syncro.post(f"/tickets/{ticket}/timer_entries", {"duration_minutes": 90, "notes": "Phone"}).json()

    assert (entry["start_time"], entry["end_time"]) == (START, "2026-03-02T09:30:00.000Z")
    begun = syncro.post(f"/tickets/{ticket}/timer_entries", {"duration_minutes": 5, "timer_started_at": START}).json()
    assert (begun["start_time"], begun["active_duration"]) == (START, 300)


def test_time_shows_on_its_ticket(syncro: Syncro, ticket: int) -> None:
    entry = entered(syncro, ticket)["ticket_timer"]

    assert syncro.get(f"/tickets/{ticket}").json()["ticket"]["ticket_timers"] == [entry]


def test_a_new_length_moves_the_end(syncro: Syncro, ticket: int) -> None:
    id = entered(syncro, ticket)["id"]

    changed = syncro.put(f"/tickets/{ticket}/update_timer_entry", {"timer_entry_id": id, "duration_minutes": 45})

    assert changed.json()["end_time"] == "2026-03-02T08:45:00.000Z"
    assert changed.json()["active_duration"] == 2700


def test_time_given_back_as_it_was_shown_changes_nothing(stage: Stage, syncro: Syncro, ticket: int) -> None:
    stage.clock.now = NOW + timedelta(microseconds=999_999)
    syncro.post(f"/tickets/{ticket}/timer")
    stage.clock.now = NOW + timedelta(seconds=100, microseconds=998_001)
    entry = syncro.post(f"/tickets/{ticket}/timer", {"action": "stop"}).json()["ticket_timer"]

    again = syncro.put(f"/ticket_timers/{entry['id']}", entry).json()["ticket_timer"]

    assert again == {**entry, "updated_at": again["updated_at"]}


def test_charged_time_is_a_line_of_its_ticket(syncro: Syncro, ticket: int) -> None:
    product = {"name": "Remote hour", "price_retail": 135, "category": "Labor"}
    labor = syncro.post("/products", product).json()["product"]["id"]
    assert syncro.get("/tickets/settings").json()["default_labor_product_id"] == labor
    id = entered(syncro, ticket, notes="Reset mailbox")["id"]

    charged = syncro.post(f"/tickets/{ticket}/charge_timer_entry", {"timer_entry_id": id}).json()

    (line,) = syncro.get(f"/tickets/{ticket}").json()["ticket"]["line_items"]
    assert (charged["id"], charged["recorded"], charged["ticket_line_item_id"]) == (id, True, line["id"])
    assert (line["name"], line["description"], line["quantity"]) == ("Remote hour", "Reset mailbox", "0.5")
    assert line["price_retail"] == 135
    again = syncro.post(f"/tickets/{ticket}/charge_timer_entry", {"timer_entry_id": id})
    assert (again.status_code, again.json()["error"]) == (409, "This time has been charged already")


def test_time_whose_line_is_removed_is_not_recorded(syncro: Syncro, ticket: int) -> None:
    id = entered(syncro, ticket)["id"]
    line = syncro.post(f"/tickets/{ticket}/charge_timer_entry", {"timer_entry_id": id}).json()["ticket_line_item_id"]

    syncro.post(f"/tickets/{ticket}/remove_line_item", {"ticket_line_item_id": line})

    entry = syncro.get(f"/ticket_timers/{id}").json()["ticket_timer"]
    assert (entry["recorded"], entry["ticket_line_item_id"]) == (False, None)


def test_time_is_deleted(syncro: Syncro, ticket: int) -> None:
    id = entered(syncro, ticket)["id"]

    assert syncro.post(f"/tickets/{ticket}/delete_timer_entry", {"timer_entry_id": id}).json() == {"success": True}

    again = syncro.post(f"/tickets/{ticket}/delete_timer_entry", {"timer_entry_id": id})
    assert (again.status_code, again.json()["error"]) == (404, "Ticket timer not found")


@pytest.mark.parametrize(
    ("method", "path"),
    [("PUT", "update_timer_entry"), ("POST", "charge_timer_entry"), ("POST", "delete_timer_entry")],
    ids=["update", "charge", "delete"],
)
def test_the_time_must_be_named_and_the_tickets(
    stage: Stage, syncro: Syncro, ticket: int, method: str, path: str
) -> None:
    others = entered(syncro, stage.do(make.ticket))["id"]

    def status(body: dict[str, Any]) -> int:
        return syncro.request(method, f"/tickets/{ticket}/{path}", json=body).status_code

    assert status({}) == status({"timer_entry_id": "x"}) == 422
    assert status({"timer_entry_id": others}) == status({"timer_entry_id": 10**9}) == 404


def test_all_time_is_listed_oldest_first_a_hundred_to_a_page(stage: Stage, syncro: Syncro, ticket: int) -> None:
    first = entered(syncro, ticket)["id"]
    stage.clock.now = NOW + timedelta(days=1)
    second = entered(syncro, stage.do(make.ticket), user_id=2)["id"]

    assert listed(syncro) == [first, second]
    assert listed(syncro, "?created_at_gt=2026-03-03") == [second]
    assert listed(syncro, "?created_at_lt=2026-03-03T00:00:00Z") == [first]
    assert listed(syncro, f"?ticket_id={ticket}") == [first]
    assert listed(syncro, "?user_id=2") == listed(syncro, "?since=2026-03-03") == [second]
    assert listed(syncro, "?since_updated_at=2026-03-04") == []
    assert syncro.get("/ticket_timers").json()["meta"]["per_page"] == 100
    assert syncro.get("/ticket_timers?created_at_gt=yesterday").status_code == 400


@pytest.mark.parametrize(
    "ways", [{"json": {"billable": False}}, {"params": {"billable": "false"}}], ids=["body", "query"]
)
def test_time_is_marked_as_not_billable(syncro: Syncro, ticket: int, ways: dict[str, Any]) -> None:
    id = entered(syncro, ticket)["id"]

    marked = syncro.request("PATCH", f"/ticket_timers/{id}", **ways).json()["ticket_timer"]

    assert (marked["billable"], marked["billable_time"], marked["active_duration"]) == (False, 0, 1800)


@pytest.mark.parametrize("body", [{}, {"billable": "maybe"}, {"billable": None}, {"billable": 7}], ids=str)
def test_a_mark_is_true_or_false(syncro: Syncro, ticket: int, body: dict[str, Any]) -> None:
    answer = syncro.patch(f"/ticket_timers/{entered(syncro, ticket)['id']}", body)

    assert answer.status_code == 422
    assert answer.json()["error"] == "billable must be true or false"
    assert answer.json()["errors"] == {"billable": ["billable must be true or false"]}


def test_time_that_never_was_cannot_be_marked(syncro: Syncro) -> None:
    answer = syncro.patch("/ticket_timers/99", {"billable": True})

    assert (answer.status_code, answer.json()["message"]) == (404, "Not found")


def test_another_client_keeps_time_as_records(syncro: Syncro, ticket: int) -> None:
    body = {"ticket_id": ticket, "start_time": START, "end_time": "2026-03-02T09:00:00Z", "notes": "Phone"}
    made = syncro.post("/ticket_timers", body).json()["ticket_timer"]

    path = f"/ticket_timers/{made['id']}"
    assert syncro.get(path).json()["ticket_timer"] == made
    assert made["duration_minutes"] == 60
    assert syncro.put(path, {"notes": "Mail", "billable": False}).json()["ticket_timer"]["notes"] == "Mail"
    assert syncro.delete(path).json() == {"success": True}
    assert syncro.get(path).status_code == 404
    assert syncro.post("/ticket_timers", {**body, "ticket_id": 999}).status_code == 404
    assert syncro.post("/ticket_timers", {**body, "ticket_id": None}).status_code == 422


def test_a_timer_runs_until_it_is_stopped(stage: Stage, syncro: Syncro, ticket: int) -> None:
    started = syncro.post(f"/tickets/{ticket}/timer", {"action": "start", "notes": "Looking"}).json()
    assert started["timer"] == {
        "id": started["timer"]["id"],
        "ticket_id": ticket,
        "user_id": 1,
        "started_at": "2026-03-02T09:30:00.000Z",
        "notes": "Looking",
        "billable": True,
        "product_id": None,
        "created_at": "2026-03-02T09:30:00.000Z",
        "updated_at": "2026-03-02T09:30:00.000Z",
    }
    assert syncro.get(f"/tickets/{ticket}/timer").json() == started
    stage.clock.now = NOW + timedelta(minutes=25)

    stopped = syncro.post(f"/tickets/{ticket}/timer", {"action": "stop", "notes": "Solved"}).json()

    assert stopped["timer"] == started["timer"]
    assert (stopped["ticket_timer"]["active_duration"], stopped["ticket_timer"]["notes"]) == (1500, "Solved")
    assert listed(syncro) == [stopped["ticket_timer"]["id"]]
    assert syncro.get(f"/tickets/{ticket}/timer").status_code == 404


def test_a_second_timer_is_refused_in_clear_words(stage: Stage, syncro: Syncro, ticket: int) -> None:
    syncro.post(f"/tickets/{ticket}/timer")

    answer = syncro.post(f"/tickets/{stage.do(make.ticket)}/timer", {"action": "start"})

    assert (answer.status_code, answer.json()["error"]) == (422, "A timer is already running: stop it first")


def test_of_many_starts_at_once_one_counts(syncro: Syncro, ticket: int) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: syncro.post(f"/tickets/{ticket}/timer"), range(8)))

    assert sorted(answer.status_code for answer in answers) == [200, *[422] * 7]


def test_of_many_stops_at_once_one_makes_time(syncro: Syncro, ticket: int) -> None:
    syncro.post(f"/tickets/{ticket}/timer")

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: syncro.post(f"/tickets/{ticket}/timer", {"action": "stop"}), range(8)))

    assert sorted(answer.status_code for answer in answers) == [200, *[404] * 7]
    assert len(listed(syncro)) == 1


def test_of_many_charges_at_once_one_makes_a_line(syncro: Syncro, ticket: int) -> None:
    body = {"timer_entry_id": entered(syncro, ticket)["id"]}

    with ThreadPoolExecutor(8) as pool:
        path = f"/tickets/{ticket}/charge_timer_entry"
        answers = list(pool.map(lambda _: syncro.post(path, body), range(8)))

    assert sorted(answer.status_code for answer in answers) == [200, *[409] * 7]
    assert len(syncro.get("/line_items").json()["line_items"]) == 1


def test_another_client_changes_and_discards_the_timer(syncro: Syncro, ticket: int) -> None:
    path = f"/tickets/{ticket}/timer"
    assert syncro.put(path, {"notes": "x"}).status_code == syncro.delete(path).status_code == 404
    syncro.post(path)

    changed = syncro.put(path, {"notes": "Looking", "started_at": START}).json()["timer"]

    assert (changed["notes"], changed["started_at"]) == ("Looking", START)
    assert syncro.delete(path).json() == {"success": True}
    assert listed(syncro) == []


def test_a_colleagues_timer_is_named_by_user(syncro: Syncro, ticket: int) -> None:
    path = f"/tickets/{ticket}/timer"
    syncro.post(path, {"user_id": 2})

    assert syncro.get(path).status_code == 404
    assert syncro.get(f"{path}?user_id=2").json()["timer"]["user_id"] == 2
    assert syncro.post(path, {"action": "stop", "user_id": 2}).json()["ticket_timer"]["user_id"] == 2


def test_a_timer_is_started_or_stopped_and_nothing_else(syncro: Syncro, ticket: int) -> None:
    answer = syncro.post(f"/tickets/{ticket}/timer", {"action": "pause"})

    assert (answer.status_code, answer.json()["error"]) == (422, "action is neither start nor stop")


def test_time_made_here_is_there_in_the_other_face(syncro: Syncro, client: Client, ticket: int) -> None:
    id = entered(syncro, ticket, notes="Reset mailbox", billable=False)["id"]

    (row,) = client.get(f"/tickets/{ticket}/workhoursrecords").json()["items"]
    assert (row["WorkHoursID"], row["Description"], row["Billiable"]) == (id, "Reset mailbox", False)
    assert (row["StartWorkHour"], row["EndWorkHour"]) == ("2026-03-02T08:00:00Z", "2026-03-02T08:30:00Z")
    syncro.put(f"/ticket_timers/{id}", {"billable": True, "duration_minutes": 60})
    assert client.get(f"/tickets/{ticket}/billableduration").json()["TotalDurationHours"] == 1
    syncro.delete(f"/ticket_timers/{id}")
    assert client.get(f"/tickets/{ticket}/workhoursrecords").json()["items"] == []


def test_time_of_the_other_face_is_there_in_this_one(syncro: Syncro, client: Client, ticket: int) -> None:
    body = {"StartWorkHour": START, "EndWorkHour": "2026-03-02T08:20:00Z", "Description": "On the phone"}
    client.post(f"/tickets/{ticket}/workhours", body)

    (row,) = syncro.get("/ticket_timers").json()["ticket_timers"]
    assert (row["start_time"], row["active_duration"], row["notes"]) == (START, 1200, "On the phone")


def test_a_deleted_ticket_takes_time_lines_and_timers_with_it(syncro: Syncro, ticket: int) -> None:
    id = entered(syncro, ticket)["id"]
    syncro.post(f"/tickets/{ticket}/charge_timer_entry", {"timer_entry_id": id})
    syncro.post(f"/tickets/{ticket}/timer")

    assert syncro.delete(f"/tickets/{ticket}").status_code == 200

    assert listed(syncro) == []
    assert syncro.get("/line_items").json()["line_items"] == []


def test_a_deleted_customer_takes_time_lines_and_timers_with_it(syncro: Syncro, ticket: int) -> None:
    id = entered(syncro, ticket)["id"]
    syncro.post(f"/tickets/{ticket}/charge_timer_entry", {"timer_entry_id": id})
    syncro.post(f"/tickets/{ticket}/timer")
    customer = syncro.get(f"/tickets/{ticket}").json()["ticket"]["customer_id"]

    assert syncro.delete(f"/customers/{customer}").status_code == 200

    assert listed(syncro) == []
    assert syncro.get("/line_items").json()["line_items"] == []


def test_a_key_of_one_customer_sees_no_time_of_others(stage: Stage, syncro: Syncro, ticket: int) -> None:
    id = entered(syncro, ticket)["id"]
    syncro.post(f"/tickets/{ticket}/timer")
    olga, own = stage.do(olga_and_her_ticket)

    assert syncro.get("/ticket_timers", key=olga).json()["ticket_timers"] == []
    body = {"timer_entry_id": id}
    for method, path, sent in (
        ("GET", f"/ticket_timers/{id}", None),
        ("PUT", f"/ticket_timers/{id}", {"notes": "x"}),
        ("PATCH", f"/ticket_timers/{id}", {"billable": False}),
        ("DELETE", f"/ticket_timers/{id}", None),
        ("POST", "/ticket_timers", {"ticket_id": ticket, "duration_minutes": 5}),
        ("POST", f"/tickets/{ticket}/timer_entry", {"start_at": START, "duration_minutes": 5}),
        ("PUT", f"/tickets/{own}/update_timer_entry", body),
        ("POST", f"/tickets/{own}/charge_timer_entry", body),
        ("POST", f"/tickets/{own}/delete_timer_entry", body),
        ("GET", f"/tickets/{ticket}/timer", None),
        ("POST", f"/tickets/{ticket}/timer", {"action": "stop"}),
        ("PUT", f"/tickets/{ticket}/timer", {"notes": "x"}),
        ("DELETE", f"/tickets/{ticket}/timer", None),
        ("GET", f"/tickets/{own}/timer", None),
    ):
        answer = syncro.request(method, path, key=olga, **({"json": sent} if sent is not None else {}))
        assert answer.status_code == 404, f"{method} {path}"
    assert listed(syncro) == [id]


def test_who_may_only_look_enters_no_time(syncro: Syncro, ticket: int) -> None:
    assert syncro.post(f"/tickets/{ticket}/timer", key="vic").status_code == 401
    assert syncro.post(f"/tickets/{ticket}/timer_entry", {"start_at": START}, key="vic").status_code == 401


def olga_and_her_ticket(work: Work) -> tuple[str, int]:
    customer = make.customer(work, name="Birch")
    key = access.give_key(work, access.NewKey(name="Olga's", technician_id=1, customer_id=customer))[1]
    return key, make.ticket(work, customer_id=customer)
