"""Numbers that are none, too large or strange, wherever a page or an id is asked for."""

import time

import pytest

from conftest import Client, Stage
from operations import OPERATIONS, Ground, Operation, call, lay_on
from quarterdeck.edge.rest import BadQuestion

NUMBERS = ("0", "-1", "1.5", "1e3", "1000000000", "9223372036854775807", "9223372036854775808", "1" + "0" * 30,
           "9" * 500, "abc", "", "１２", "٣", "0x10", "1_000", " 1", "+1", "%00", "NaN", "Infinity", "null", "1,2")  # fmt: skip
LISTS = [one for one in OPERATIONS if one.verb.many]
BY_ID = [one for one in OPERATIONS if one.named]
# In seconds of work, however long the machine is busy with other things: what it keeps out is a scan of everything, or a
# number of a thousand digits.
QUICK = 5.0
# The parameters that say which page, and how long it is.
PAGING = {"atera": ("page", "itemsInPage"), "syncro": ("page", "per_page")}


def quickly(client: Client, operation: Operation, ground: Ground, path: str, **more: object) -> int:
    began = time.process_time()
    status = call(client, operation, ground, client.stage.keys["dana"], path, **more).status_code
    assert time.process_time() - began < QUICK, f"{operation.verb.method} {path} is slow"
    return status


def test_a_page_is_clamped_or_refused(client: Client, stage: Stage) -> None:
    ground, wrong = lay_on(stage), list[str]()
    for operation in LISTS:
        page, size = PAGING[operation.dialect.name]
        bad = operation.status(BadQuestion)
        queries = [f"{name}={number}" for name in (page, size, page.upper()) for number in NUMBERS]
        queries += [f"{page}=1&{page}=2&{page}=abc", f"{size}=1&{size}=-1", f"{page}=1000000000&{size}=1000000000"]
        statuses = {
            query: quickly(client, operation, ground, asked(operation, ground, query), params=None) for query in queries
        }
        allowed = dict.fromkeys(queries, (200, bad))
        allowed |= {f"{page}={nonsense}": (bad,) for nonsense in ("abc", "1.5", "1" + "0" * 30, "１２", "NaN")}
        allowed |= {f"{name}={one}": (200,) for name in (page, size) for one in ("0", "-1", "1000000000")}
        wrong += [
            f"{operation}?{query}: {statuses[query]}" for query in queries if statuses[query] not in allowed[query]
        ]
    assert not wrong, "\n".join(wrong)


def asked(operation: Operation, ground: Ground, query: str) -> str:
    """The path with a query as it is written, which `params` would change."""
    own = "&".join(f"{name}={value}" for name, value in ground.query(operation).items())
    return f"{ground.path(operation)}?{query.replace('+', '%2B')}&{own}"


def test_an_id_that_is_none_names_nothing(client: Client, stage: Stage) -> None:
    ground = lay_on(stage)
    wrong = []
    for operation, parameter in ((one, name) for one in BY_ID for name in one.named):
        for number in NUMBERS:
            status = quickly(client, operation, ground, ground.path(operation, **{parameter: number}))
            if not (400 <= status < 500 or (number == "" and status < 500)):
                wrong.append(f"{operation} {parameter}={number}: {status}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("path", ["/tickets/billableduration", "/tickets/billableworkhourssiteduration"])
def test_an_id_in_an_array_that_is_none_is_refused(client: Client, path: str) -> None:
    for number in (*NUMBERS, "[]", "{}", "true"):
        for content in (f"[{number}]", f'["{number}"]', "[" + ",".join([number or "1"] * 1000) + "]"):
            answer = client.post(path, content=content.encode(), headers={"Content-Type": "application/json"})
            assert answer.status_code in ((200, 400, 404) if content == "[]" else (400, 404)), content
