"""What the gate adds to every answer, and what it tells nobody."""

import io
import json
import re
from typing import Any

import pytest
import sqlalchemy as sa

import make
from conftest import Client, Stage
from quarterdeck.desk import access
from quarterdeck.edge.gate import agrees
from quarterdeck.edge.observe import Figures, Log
from quarterdeck.storage import engine_for

TAG = b'"7-abc"'


@pytest.mark.parametrize(
    ("condition", "agree"),
    [
        (b'"7-abc"', True),
        (b'W/"7-abc"', True),
        (b'"1-x", "7-abc"', True),
        (b'"1-x",W/"7-abc" ', True),
        (b"*", True),
        (b'"7-abd"', False),
        (b'"7"', False),
        (b"7-abc", False),
        (b"", False),
        (b'"7-abc', False),
    ],
)
def test_a_condition_agrees_with_a_tag_it_names(condition: bytes, agree: bool) -> None:
    assert agrees(condition, TAG) is agree


@pytest.fixture
def log(stage: Stage) -> io.StringIO:
    """What an operator would read."""
    written = io.StringIO()
    log = Log(written)
    stage.app.log = log
    for door in stage.app.doors.values():
        door.log = log
    return written


def lines(stage: Stage, log: io.StringIO) -> list[dict[str, Any]]:
    stage.app.log.flush()
    return [json.loads(line) for line in log.getvalue().splitlines()]


def test_each_request_has_one_line(client: Client, stage: Stage, log: io.StringIO) -> None:
    id = stage.do(make.ticket)

    client.get(f"/tickets/{id}", headers={"X-Request-Id": "abc-1"})

    (line,) = lines(stage, log)
    assert line.pop("ms") >= 0
    assert line.pop("at").endswith("Z")
    assert line == {
        "id": "abc-1",
        "face": "atera",
        "status": 200,
        "client": "127.0.0.1",
        "key": 1,
        "operation": "GET /api/v3/tickets/{id}",
    }


@pytest.mark.parametrize(
    ("method", "path", "key"),
    [
        ("GET", "/tickets?q=CANARY", "dana"),
        ("GET", "/tickets?page=CANARY", "dana"),
        ("POST", "/tickets", "dana"),
        ("POST", "/contacts", "dana"),
        ("PUT", "/customers/1", "dana"),
        ("POST", "/customers", "vic"),
        ("GET", "/CANARY", "dana"),
        ("GET", "/tickets/CANARY", "dana"),
        ("CANARY", "/tickets", "dana"),
        ("GET", "/tickets", "qd_CANARY"),
        ("GET", "/tickets", None),
    ],
)
def test_no_line_holds_what_a_client_sent(
    client: Client, stage: Stage, log: io.StringIO, method: str, path: str, key: str | None
) -> None:
    body = {"TicketTitle": "CANARY", "CustomerName": "CANARY", "Email": "CANARY", "Phone": 5}

    headers = {"Authorization": "Basic CANARY", "Cookie": "CANARY", "User-Agent": "CANARY", "Idempotency-Key": "CANARY"}
    client.request(method, path, key=key, json=body, headers=headers)

    assert len(lines(stage, log)) == 1
    if method != "CANARY":
        assert "CANARY" not in log.getvalue()
    assert not [one for one in stage.keys.values() if one in log.getvalue()]


def test_a_line_stays_one_line(client: Client, stage: Stage, log: io.StringIO) -> None:
    client.get("/tickets", headers={"X-Request-Id": 'a"b'})

    assert re.fullmatch(r"[0-9a-f]+-[0-9a-f]+", lines(stage, log)[0]["id"])


def test_a_client_finds_its_request_id_again(client: Client) -> None:
    assert client.get("/tickets", headers={"X-Request-Id": "abc-1"}).headers["x-request-id"] == "abc-1"
    assert client.get("/tickets", key=None).headers["x-request-id"]


def test_figures_count_each_answer(client: Client) -> None:
    for _ in range(3):
        client.get("/tickets")
    client.get("/tickets", key=None)
    client.get("/no-such-path")

    figures = client.get("http://desk.example/metrics").text

    ours = 'quarterdeck_requests_total{face="atera",operation="GET /api/v3/tickets",status="200"} 3.0'
    assert ours in figures
    assert 'operation="none",status="401"} 1.0' in figures
    assert 'operation="none",status="404"} 1.0' in figures
    assert 'quarterdeck_request_seconds_count{face="atera",operation="GET /api/v3/tickets"} 3.0' in figures


def test_figures_grow_with_the_operations_not_with_the_paths(client: Client) -> None:
    for n in range(20):
        client.get(f"/tickets/{n}")
        client.get(f"/nowhere/{n}")

    counted = re.findall(
        r"^quarterdeck_requests_total.*$", client.get("http://desk.example/metrics").text, re.MULTILINE
    )
    assert len(counted) <= 4


def test_figures_of_one_app_are_its_own() -> None:
    one, other = Figures(), Figures()

    one.saw("atera", "GET /x", 200, 0.01)

    assert b'operation="GET /x"' in one.text()
    assert b'operation="GET /x"' not in other.text()


def test_a_bug_is_told_to_the_operator_alone(client: Client, stage: Stage, log: io.StringIO) -> None:
    def broken() -> Any:
        raise RuntimeError("the works are exposed")

    stage.app.doors[b"/api/v3"].clock = broken

    answer = client.get("/tickets")

    assert answer.status_code == 500
    assert "exposed" not in answer.text
    assert "exposed" in log.getvalue()


def test_a_key_is_noted_as_used(client: Client, stage: Stage, database: str) -> None:
    client.get("/tickets")
    stage.storage.close()

    engine = engine_for(database)
    with engine.connect() as connection:
        used = connection.execute(sa.select(access.ApiKey.name, access.ApiKey.last_used_at)).all()
    engine.dispose()
    assert {name for name, at in used if at is not None} == {"Dana's script"}


def test_a_log_that_cannot_be_written_any_more_stops_nothing() -> None:
    gone = io.StringIO()
    gone.close()
    log = Log(gone)

    log.request(status=200)
    log.flush()
    log.event("bug")

    assert log.waiting == []
