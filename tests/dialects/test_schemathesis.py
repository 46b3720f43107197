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
import sqlalchemy as sa
from hypothesis import HealthCheck, settings
from schemathesis import Case
from schemathesis.config import SchemathesisConfig
from schemathesis.generation.meta import TestPhase
from schemathesis.generation.stateful import run_state_machine_as_test
from schemathesis.specs.openapi import checks

import conftest
import make
from conftest import Databases, Stage
from quarterdeck.app import App
from quarterdeck.desk import fields
from quarterdeck.desk.work import Work
from quarterdeck.dialects.atera import ATERA
from quarterdeck.edge import openapi
from quarterdeck.edge.http import Receive, Scope, Send

EXAMPLES = int(os.environ.get("QUARTERDECK_TEST_EXAMPLES", "20"))
LONG = int(os.environ.get("QUARTERDECK_TEST_EXAMPLES", "10000"))
SCENARIOS, STEPS = 8, 12
# So many sets of records are there to be read and changed, and as many for each kind that can be deleted.
KNOWN = 4
DELETED = ("customers", "contacts", "tickets", "agents", "alerts", "departments", "customvalues")
TECHNICIANS = 2
# One request in so many is sent just as it was made up.
RECKLESS = 6
ID = re.compile(r"id$", re.IGNORECASE)
# Fields that only fit what the desk knows.
HARD_TO_MEET = ("customername", "departmentname", "technicianemail", "rateid")

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
    # A custom value there is.
    guid: str

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            raise NotImplementedError("desks are opened and closed by their fixture")
        await self.app(scope, receive, send)


IN_TURN = InTurn()


def api(examples: int, mode: str = "all") -> Any:
    config = SchemathesisConfig.from_dict(
        {
            "generation": {"max-examples": examples, "deterministic": True, "database": "none", "mode": mode},
            "checks": {name: {"enabled": False} for name in ("negative_data_rejection", "positive_data_acceptance")},
        }
    )
    made = schemathesis.openapi.from_dict(openapi.document(ATERA, "test"), config=config)
    made.app = IN_TURN
    return made


# What is not there yet answers 501 to everything (tests/edge/test_openapi.py); and the custom values of all kinds of
# records are one code, so that one kind says enough of them in a short run.
WELL_MEANT = api(EXAMPLES, "positive").exclude(tag=openapi.NOT_YET)
FULL = api(LONG).exclude(tag=openapi.NOT_YET)
BRIEF = api(EXAMPLES).exclude(tag=openapi.NOT_YET).exclude(path_regex="^/customvalues/(contact|ticket|agent|contract)")
PATIENT = settings(deadline=None, suppress_health_check=list(HealthCheck))


def aimed(case: Case) -> Case:
    """Made up at random, most ids name nothing and most conditions fail, and no bug behind them would be seen.

    Most requests are therefore aimed at what is there: every record of the desk is one of a set under the same number.
    Deletions take from sets of their own.
    """
    luck = zlib.crc32(repr((case.path_parameters, case.query, case.headers, case.body)).encode())
    number = luck % KNOWN + 1
    spare = case.operation.method.upper() == "DELETE"
    first = KNOWN * (1 + DELETED.index(case.operation.path.split("/")[1])) if spare else 0
    case.path_parameters = known(case.path_parameters, first + number, always=spare)
    if luck // KNOWN % RECKLESS == 0:
        return case
    case.body = placed(case, number)
    case.query = known(case.query, number, hidden=("after", "before", "orderby"))
    case.headers = known(case.headers, number, hidden=("idempotency-key", "if-match"))
    return case


def placed(case: Case, number: int) -> Any:
    """The body, about records there are; contacts and tickets have to belong to a customer."""
    if not isinstance(case.body, dict):
        return case.body
    hidden = () if case.operation.path.startswith("/customers") else HARD_TO_MEET
    body = known({**case.body}, number, hidden=hidden)
    if case.operation.label in ("POST /contacts", "POST /tickets") and body.get("CustomerID") is None:
        body["CustomerID"] = number
    return body


def known(values: Any, number: int, *, hidden: tuple[str, ...] = (), always: bool = False) -> Any:
    if not values:
        return values
    for name in [name for name in values if name.casefold() in hidden]:
        del values[name]
    for name, value in values.items():
        if name == "fieldId":
            # Each set has a field for each kind of record; those of customers come first.
            values[name] = len(fields.Target) * (number - 1) + 1
        elif value.__class__ is int and value > 0 and ID.search(name) and (always or value > KNOWN):
            values[name] = number % TECHNICIANS + 1 if name.casefold().startswith("technician") else number
        elif name == "fieldName":
            values[name] = f"Field {number}"
        elif name == "guid":
            values[name] = IN_TURN.guid
    return values


def furnished(work: Work) -> None:
    """A desk with something of everything."""
    for number in range(1, (1 + len(DELETED)) * KNOWN + 1):
        customer = make.customer(work, name=f"Customer {number}")
        contact = make.contact(work, customer_id=customer)
        ticket = make.ticket(work, contact_id=contact, title=f"Trouble {number}")
        make.comment(work, ticket)
        make.comment(work, ticket, contact_id=contact)
        make.time_entry(work, ticket, billable=number % 2 == 0)
        make.department(work, name=f"Department {number}")
        agent = make.agent(work, customer_id=customer)
        make.alert(work, customer_id=customer)
        contract = make.contract(work, customer_id=customer)
        for target in fields.Target:
            make.field(work, name=f"Field {number}", target=target)
            record = {"agent": agent, "contract": contract, "contact": contact, "ticket": ticket}.get(target, customer)
            fields.put(work, target, record, fields.NewValue(name=f"Field {number}", value="gold"))


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def desk(
    request: pytest.FixtureRequest, databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stage]:
    url = databases.fresh(request.param, tmp_path_factory.mktemp("desk"))
    made = conftest.stage_on(url)
    made.do(furnished)
    IN_TURN.guid = made.do(lambda work: work.db.scalar(sa.select(fields.Value.guid).limit(1)))
    yield made
    made.storage.close()
    databases.drop(url)


def one_thing_wrong(case: Case) -> bool:
    """Whether the request is one of the many that are right but for one thing: most never get as far as a database,
    so that a short run sends them to one of the two."""
    return (
        case.meta is not None and case.meta.phase.name is TestPhase.COVERAGE and case.meta.generation.mode.is_negative
    )


def answered(case: Case, desk: Stage) -> None:
    """Send the request to the app in this process, and see whether the answer is one that may be given."""
    IN_TURN.app = desk.app
    aimed(case).call_and_validate(headers={"X-API-KEY": desk.keys["dana"]}, checks=CHECKS)


@BRIEF.parametrize()
@PATIENT
def test_every_answer_is_as_documented(case: Case, desk: Stage) -> None:
    if desk.storage.engine.dialect.name == "postgresql" and one_thing_wrong(case):
        return
    answered(case, desk)


@pytest.mark.long
@FULL.parametrize()
@PATIENT
def test_every_answer_is_as_documented_at_full_length(case: Case, desk: Stage) -> None:
    answered(case, desk)


@pytest.mark.parametrize("kind", ["customers", "contacts", "tickets", "departments"])
@pytest.mark.parametrize("scenarios", [SCENARIOS, pytest.param(LONG // STEPS, marks=pytest.mark.long)])
def test_what_was_made_is_there_and_what_was_deleted_is_gone(scenarios: int, kind: str, desk: Stage) -> None:
    """Made, read, changed and deleted in any order; the checks for use after deletion and for availability see to it."""
    IN_TURN.app = desk.app

    class Caller(WELL_MEANT.include(path_regex=f"^/{kind}(/{{id}}.*)?$").as_state_machine()):  # type: ignore[misc]
        def before_call(self, case: Case) -> None:
            case.body = placed(case, 1)
            case.headers = known(case.headers, 1, hidden=("idempotency-key", "if-match", "if-none-match"))

        def get_call_kwargs(self, case: Case) -> dict[str, Any]:
            return {"headers": {"X-API-KEY": desk.keys["dana"]}}

    steps = settings(PATIENT, max_examples=scenarios, stateful_step_count=STEPS, derandomize=True, database=None)
    run_state_machine_as_test(Caller, settings=steps)
