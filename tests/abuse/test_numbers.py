"""Numbers that are none, too large or strange, wherever a page or an id is asked for."""

import time

import pytest
from operations import OPERATIONS, Operation, lay_on

from conftest import Client, Stage

NUMBERS = ("0", "-1", "1.5", "1e3", "1000000000", "9223372036854775807", "9223372036854775808", "1" + "0" * 30,
           "9" * 500, "abc", "", "１２", "٣", "0x10", "1_000", " 1", "+1", "%00", "NaN", "Infinity", "null", "1,2")  # fmt: skip
LISTS = [one for one in OPERATIONS if one.verb.many]
IDS = ("id", "customerId", "agentId", "fieldId")
BY_ID = [one for one in OPERATIONS if {*one.parameters} & {*IDS}]
# In seconds, on a machine with other work: what it keeps out is a scan of everything, or a number of a thousand digits.
QUICK = 1.0


def quickly(client: Client, method: str, path: str, **more: object) -> int:
    began = time.monotonic()
    status = client.request(method, path, **more).status_code
    assert time.monotonic() - began < QUICK, f"{method} {path} is slow"
    return status


@pytest.mark.parametrize("operation", LISTS, ids=str)
def test_a_page_is_clamped_or_refused(client: Client, stage: Stage, operation: Operation) -> None:
    path = lay_on(stage).path(operation)
    queries = [f"{name}={number}" for name in ("page", "itemsInPage", "PAGE") for number in NUMBERS]
    queries += ["page=1&page=2&page=abc", "itemsInPage=1&itemsInPage=-1", "page=1000000000&itemsInPage=1000000000"]

    statuses = {query: quickly(client, "GET", f"{path}?{query.replace('+', '%2B')}") for query in queries}

    assert {query: status for query, status in statuses.items() if status not in (200, 400)} == {}
    for nonsense in ("abc", "1.5", "1" + "0" * 30, "１２", "NaN"):
        assert statuses[f"page={nonsense}"] == 400
    for clamped in ("0", "-1", "1000000000"):
        assert statuses[f"page={clamped}"] == statuses[f"itemsInPage={clamped}"] == 200


def test_an_id_that_is_none_names_nothing(client: Client, stage: Stage) -> None:
    ground = lay_on(stage)
    wrong = []
    asked = [(operation, name) for operation in BY_ID for name in operation.parameters if name in IDS]
    for operation, parameter in asked:
        for number in NUMBERS:
            body = ground.body(operation)
            path = ground.path(operation, **{parameter: number})
            status = quickly(client, operation.verb.method, path, **({} if body is None else {"json": body}))
            if not (400 <= status < 500 or (number == "" and status < 500)):
                wrong.append(f"{operation} {parameter}={number}: {status}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("path", ["/tickets/billableduration", "/tickets/billableworkhourssiteduration"])
def test_an_id_in_an_array_that_is_none_is_refused(client: Client, path: str) -> None:
    for number in (*NUMBERS, "[]", "{}", "true"):
        for content in (f"[{number}]", f'["{number}"]', "[" + ",".join([number or "1"] * 1000) + "]"):
            answer = client.post(path, content=content.encode(), headers={"Content-Type": "application/json"})
            assert answer.status_code in ((200, 400, 404) if content == "[]" else (400, 404)), content
