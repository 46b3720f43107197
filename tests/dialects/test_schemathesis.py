"""Requests made up from each dialect's own document: no bug shows, and every answer is as documented.

Each operation gets a few dozen requests, the same every time. The full length, run by hand, is
`QUARTERDECK_TEST_EXAMPLES=10000 bin/test tests/dialects/test_schemathesis.py`. It is no mark: requests are made up while
tests are collected, also for those that would not be run.
"""

import os
import re
import zlib
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis import Case
from schemathesis.config import SchemathesisConfig
from schemathesis.generation.meta import TestPhase
from schemathesis.generation.stateful import run_state_machine_as_test
from schemathesis.specs.openapi import checks

import conftest
from conftest import Databases, Stage
from furnish import keyed
from operations import OPERATIONS, Ground, Operation, is_id, kind_named, lay_on
from quarterdeck.app import App
from quarterdeck.dialects.atera import ATERA
from quarterdeck.dialects.syncro import SYNCRO
from quarterdeck.edge import openapi
from quarterdeck.edge.http import Receive, Scope, Send
from quarterdeck.edge.rest import Dialect

ASKED = int(os.environ.get("QUARTERDECK_TEST_EXAMPLES", "0"))
EXAMPLES = ASKED or 10
STEPS = 10
SCENARIOS = ASKED // STEPS or 5
# So many sets of records are there to be read and changed, and as many for each kind that others hang on, and that
# can be taken away.
KNOWN = 4
ROOTS = ("customer", "contact", "ticket", "agent", "schedule", "others")
# One request in so many is sent just as it was made up.
RECKLESS = 6
TAKES_AWAY = re.compile(r"^DELETE|/merge\b|/undo|/remove_|/delete_|/charge_|/convert")
# Fields that only fit what the desk knows.
HARD_TO_MEET = ("customername", "departmentname", "technicianemail", "rateid")
# Places in a list, and conditions, that are made up are none.
MADE_UP = ("after", "before", "orderby", "idempotency-key", "if-match", "if-none-match")

# Not among them: negative_data_rejection and positive_data_acceptance. The reader is lenient on purpose, since clients
# are not exact (numbers as text, unknown fields and parameters, empty ones), and much that fits a schema is still
# refused (ids of nothing, mail in use). What must be refused whoever sends it is tested in tests/edge/test_openapi.py.
CHECKS = [
    schemathesis.checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
    checks.response_headers_conformance,
    checks.ignored_auth,
    checks.unsupported_method,
    checks.allow_header_conformance,
]


class InTurn:
    """Stands for the apps of the desks: the requests are made up before there is one."""

    app: App
    # Sets of records that there are.
    sets: list[Ground]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            raise NotImplementedError("desks are opened and closed by their fixture")
        await self.app(scope, receive, send)


IN_TURN = InTurn()


def api(dialect: Dialect, mode: str = "all") -> Any:
    """The dialect's operations. What is not there yet answers 501 to everything (tests/edge/test_openapi.py)."""
    config = SchemathesisConfig.from_dict(
        {
            "generation": {"max-examples": EXAMPLES, "deterministic": True, "database": "none", "mode": mode},
            "checks": {name: {"enabled": False} for name in ("negative_data_rejection", "positive_data_acceptance")},
        }
    )
    made = schemathesis.openapi.from_dict(openapi.document(dialect, "test"), config=config)
    made.app = IN_TURN
    made = made.exclude(tag=openapi.NOT_YET)
    return made if ASKED else made.exclude(path_regex=TWINS[dialect.name])


# The custom values of all kinds of records are one code, and so are two names of one list: one says enough of them in
# a short run.
TWINS = {
    ATERA.name: "^/customvalues/(contact|ticket|agent|contract)",
    SYNCRO.name: "^/assets|^/customers/{customer_id}/assets",
}
ATERA_API, SYNCRO_API = api(ATERA), api(SYNCRO)
PATIENT = settings(deadline=None, suppress_health_check=list(HealthCheck))
BY_LABEL = {(one.dialect.name, f"{one.verb.method} /{one.on.path}{one.verb.path}"): one for one in OPERATIONS}


def aimed(case: Case, dialect: Dialect) -> Case:
    """Made up at random, most ids name nothing and most conditions fail, and no bug behind them would be seen.

    Most requests are therefore aimed at records there are, of one of several sets. What takes records away takes them
    from sets of its own.
    """
    operation = BY_LABEL[dialect.name, case.operation.label]
    luck = luck_of(case)
    spare = TAKES_AWAY.search(str(operation)) is not None
    ground = IN_TURN.sets[(KNOWN * (1 + root(operation)) if spare else 0) + luck % KNOWN]
    case.path_parameters = in_path(case.path_parameters, operation, ground, always=spare)
    if luck // KNOWN % RECKLESS == 0:
        return case
    case.body = placed(case.body, operation, ground)
    case.query = known(case.query, ground)
    case.headers = known(case.headers, ground)
    return case


def root(operation: Operation) -> int:
    kind = operation.named.get("id", "")
    return ROOTS.index(kind if kind in ROOTS else "others")


def in_path(values: Any, operation: Operation, ground: Ground, *, always: bool) -> Any:
    if not values:
        return values
    there = ground.values(operation)
    for name, value in values.items():
        positive = value.__class__ is int and value > KNOWN
        if name in there and (positive or (always and value.__class__ is int and value > 0) or not is_id(name)):
            values[name] = there[name]
    return values


def placed(body: Any, operation: Operation, ground: Ground) -> Any:
    """The body, about records there are; what is made has to belong to somebody."""
    if not isinstance(body, dict):
        return body
    body = known({**body}, ground, hidden=HARD_TO_MEET if operation.on.one != "customer" else ())
    body |= ground.aside(operation)
    owner = operation.taken.get("customer_id")
    if operation.makes and owner is not None and body.get(owner.name) is None:
        body[owner.name] = ground.ids["customer"]
    return body


def known(values: Any, ground: Ground, *, hidden: tuple[str, ...] = MADE_UP) -> Any:
    if not values:
        return values
    for name in [name for name in values if name.casefold() in hidden]:
        del values[name]
    for name, value in values.items():
        id = ground.ids.get(kind_named(name)) if is_id(name) else None
        if id is not None and value.__class__ is int and value > 0:
            values[name] = id
    return values


@pytest.fixture(scope="module")
def desks(databases: Databases) -> Iterator[dict[str, tuple[Stage, list[Ground]]]]:
    made = {}
    for kind in ("sqlite", "postgresql"):
        stage = conftest.stage_on(databases.fresh(kind))
        # Something of everything, many times.
        made[kind] = (stage, [lay_on(stage, f"Acme{number}") for number in range(KNOWN * (1 + len(ROOTS)))])
    yield made
    for stage, _ in made.values():
        url = stage.app.settings.database_url
        stage.storage.close()
        databases.drop(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def desk(request: pytest.FixtureRequest, desks: dict[str, tuple[Stage, list[Ground]]]) -> Stage:
    stage, IN_TURN.sets = desks[request.param]
    IN_TURN.app = stage.app
    return stage


# Most requests that are made up never get as far as a database, and what the two differ in is tried by every filter and
# every text in tests/abuse: one says enough.
@pytest.fixture
def one_desk(desks: dict[str, tuple[Stage, list[Ground]]]) -> Stage:
    stage, IN_TURN.sets = desks["sqlite"]
    IN_TURN.app = stage.app
    return stage


def luck_of(case: Case) -> int:
    return zlib.crc32(repr((case.path_parameters, case.query, case.headers, case.body)).encode())


def answered(case: Case, desk: Stage, dialect: Dialect) -> None:
    """Send the request to the app in this process, and see whether the answer is one that may be given. A short run
    leaves half of those away that go through a schema value by value."""
    by_value = case.meta is not None and case.meta.phase.name is TestPhase.COVERAGE
    if by_value and not ASKED and luck_of(case) % 2:
        return
    headers = keyed(dialect, desk.keys["dana"])
    aimed(case, dialect).call_and_validate(headers=headers, checks=CHECKS)


@ATERA_API.parametrize()
@PATIENT
def test_every_answer_is_as_documented(case: Case, one_desk: Stage) -> None:
    answered(case, one_desk, ATERA)


@SYNCRO_API.parametrize()
@PATIENT
def test_every_answer_of_the_second_face_is_as_documented(case: Case, one_desk: Stage) -> None:
    answered(case, one_desk, SYNCRO)


# Kinds whose records are gone once deleted; products and leads are only put aside.
KINDS = [(ATERA, kind) for kind in ("customers", "contacts", "tickets", "departments")]
KINDS += [(SYNCRO, kind) for kind in ("customers", "contacts", "tickets", "appointments", "contracts", "wiki_pages")]


@pytest.mark.parametrize(("dialect", "kind"), KINDS, ids=lambda one: one if isinstance(one, str) else one.name)
def test_what_was_made_is_there_and_what_was_deleted_is_gone(dialect: Dialect, kind: str, desk: Stage) -> None:
    """Made, read, changed and deleted in any order; the checks for use after deletion and for availability see to it."""
    well_meant = api(dialect, "positive").include(path_regex=f"^/{kind}(/{{id}}.*)?$")

    class Caller(well_meant.as_state_machine()):  # type: ignore[misc]
        def before_call(self, case: Case) -> None:
            operation = BY_LABEL[dialect.name, case.operation.label]
            case.body = placed(case.body, operation, IN_TURN.sets[0])
            case.headers = known(case.headers, IN_TURN.sets[0])

        def get_call_kwargs(self, case: Case) -> dict[str, Any]:
            return {"headers": keyed(dialect, desk.keys["dana"])}

    steps = settings(PATIENT, max_examples=SCENARIOS, stateful_step_count=STEPS, derandomize=True, database=None)
    run_state_machine_as_test(Caller, settings=steps)
