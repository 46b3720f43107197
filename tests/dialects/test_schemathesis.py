"""Requests made up from each dialect's own document: no bug shows, and every answer is as documented.

By default each operation gets a few dozen requests, the same every time. The full length is
`pytest -m long tests/dialects/test_schemathesis.py`; QUARTERDECK_TEST_EXAMPLES sets another number.
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

EXAMPLES = int(os.environ.get("QUARTERDECK_TEST_EXAMPLES", "20"))
LONG = int(os.environ.get("QUARTERDECK_TEST_EXAMPLES", "10000"))
SCENARIOS, STEPS = 8, 12
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


def api(dialect: Dialect, examples: int, mode: str = "all") -> Any:
    """The dialect's operations. What is not there yet answers 501 to everything (tests/edge/test_openapi.py)."""
    config = SchemathesisConfig.from_dict(
        {
            "generation": {"max-examples": examples, "deterministic": True, "database": "none", "mode": mode},
            "checks": {name: {"enabled": False} for name in ("negative_data_rejection", "positive_data_acceptance")},
        }
    )
    made = schemathesis.openapi.from_dict(openapi.document(dialect, "test"), config=config)
    made.app = IN_TURN
    return made.exclude(tag=openapi.NOT_YET)


# The custom values of all kinds of records are one code, and so are two names of one list: one says enough of them in
# a short run.
TWINS = {
    ATERA.name: "^/customvalues/(contact|ticket|agent|contract)",
    SYNCRO.name: "^/assets|^/customers/{customer_id}/assets",
}
ATERA_BRIEF = api(ATERA, EXAMPLES).exclude(path_regex=TWINS[ATERA.name])
SYNCRO_BRIEF = api(SYNCRO, EXAMPLES).exclude(path_regex=TWINS[SYNCRO.name])
ATERA_FULL, SYNCRO_FULL = api(ATERA, LONG), api(SYNCRO, LONG)
PATIENT = settings(deadline=None, suppress_health_check=list(HealthCheck))
BY_LABEL = {(one.dialect.name, f"{one.verb.method} /{one.on.path}{one.verb.path}"): one for one in OPERATIONS}


def aimed(case: Case, dialect: Dialect) -> Case:
    """Made up at random, most ids name nothing and most conditions fail, and no bug behind them would be seen.

    Most requests are therefore aimed at records there are, of one of several sets. What takes records away takes them
    from sets of its own.
    """
    operation = BY_LABEL[dialect.name, case.operation.label]
    luck = zlib.crc32(repr((case.path_parameters, case.query, case.headers, case.body)).encode())
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


# One statement for both databases: what they differ in is tried by every filter and every text in tests/abuse.
@pytest.fixture
def one_desk(desks: dict[str, tuple[Stage, list[Ground]]]) -> Stage:
    stage, IN_TURN.sets = desks["sqlite"]
    IN_TURN.app = stage.app
    return stage


def one_thing_wrong(case: Case) -> bool:
    """Whether the request is one of the many that are right but for one thing: most never get as far as a database,
    so that a short run sends them to one of the two."""
    return (
        case.meta is not None and case.meta.phase.name is TestPhase.COVERAGE and case.meta.generation.mode.is_negative
    )


def answered(case: Case, desk: Stage, dialect: Dialect) -> None:
    """Send the request to the app in this process, and see whether the answer is one that may be given."""
    headers = keyed(dialect, desk.keys["dana"])
    aimed(case, dialect).call_and_validate(headers=headers, checks=CHECKS)


@ATERA_BRIEF.parametrize()
@PATIENT
def test_every_answer_is_as_documented(case: Case, desk: Stage) -> None:
    if desk.storage.engine.dialect.name == "postgresql" and one_thing_wrong(case):
        return
    answered(case, desk, ATERA)


@SYNCRO_BRIEF.parametrize()
@PATIENT
def test_every_answer_of_the_second_face_is_as_documented(case: Case, one_desk: Stage) -> None:
    answered(case, one_desk, SYNCRO)


@pytest.mark.long
@ATERA_FULL.parametrize()
@PATIENT
def test_every_answer_is_as_documented_at_full_length(case: Case, desk: Stage) -> None:
    answered(case, desk, ATERA)


@pytest.mark.long
@SYNCRO_FULL.parametrize()
@PATIENT
def test_every_answer_of_the_second_face_is_as_documented_at_full_length(case: Case, desk: Stage) -> None:
    answered(case, desk, SYNCRO)


# Kinds whose records are gone once deleted; products and leads are only put aside.
KINDS = [(ATERA, kind) for kind in ("customers", "contacts", "tickets", "departments")]
KINDS += [(SYNCRO, kind) for kind in ("customers", "contacts", "tickets", "appointments", "contracts", "wiki_pages")]


@pytest.mark.parametrize(("dialect", "kind"), KINDS, ids=lambda one: one if isinstance(one, str) else one.name)
@pytest.mark.parametrize("scenarios", [SCENARIOS, pytest.param(LONG // STEPS, marks=pytest.mark.long)])
def test_what_was_made_is_there_and_what_was_deleted_is_gone(
    scenarios: int, dialect: Dialect, kind: str, desk: Stage
) -> None:
    """Made, read, changed and deleted in any order; the checks for use after deletion and for availability see to it."""
    well_meant = api(dialect, EXAMPLES, "positive").include(path_regex=f"^/{kind}(/{{id}}.*)?$")

    class Caller(well_meant.as_state_machine()):  # type: ignore[misc]
        def before_call(self, case: Case) -> None:
            operation = BY_LABEL[dialect.name, case.operation.label]
            case.body = placed(case.body, operation, IN_TURN.sets[0])
            case.headers = known(case.headers, IN_TURN.sets[0])

        def get_call_kwargs(self, case: Case) -> dict[str, Any]:
            return {"headers": keyed(dialect, desk.keys["dana"])}

    steps = settings(PATIENT, max_examples=scenarios, stateful_step_count=STEPS, derandomize=True, database=None)
    run_state_machine_as_test(Caller, settings=steps)
