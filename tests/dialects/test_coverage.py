"""The page that says what of a vendor's API works: it is current, and nothing is left out."""

from dataclasses import replace
from pathlib import Path

import pytest

from quarterdeck.app import DIALECTS
from quarterdeck.dialects.atera import ATERA
from quarterdeck.dialects.atera.vendor import KINDS, LISTED
from quarterdeck.dialects.syncro import SYNCRO
from quarterdeck.edge.coverage import dialect_path, further, named, page, standing
from quarterdeck.edge.openapi import plain
from quarterdeck.edge.rest import Dialect

DOCS = Path(__file__).parents[2] / "docs" / "dialects"
EACH = pytest.mark.parametrize("dialect", DIALECTS, ids=lambda one: one.name)


@EACH
def test_the_page_is_current(dialect: Dialect) -> None:
    command = f"python -m quarterdeck.edge.coverage {dialect_path(dialect)} > docs/dialects/{dialect.name}.md"
    assert (DOCS / f"{dialect.name}.md").read_text("utf-8") == page(dialect), f"run: {command}"


@EACH
def test_the_command_on_the_page_leads_to_the_dialect(dialect: Dialect) -> None:
    assert named(dialect_path(dialect)) is dialect


@EACH
def test_every_operation_of_the_vendor_is_on_the_page(dialect: Dialect) -> None:
    text = page(dialect)
    for method, path in dialect.outline.vendor:
        assert f"| `{method} {path}` | " in text


@EACH
def test_every_operation_of_ours_is_on_the_page(dialect: Dialect) -> None:
    ours = {(verb.method, plain(f"/{on.path}{verb.path}")) for on in dialect.resources for verb in on.verbs}
    theirs = {(method, plain(path)) for method, path in dialect.outline.vendor}
    beyond = {(method, plain(path)) for method, path in further(dialect)}
    assert ours == (ours & theirs) | beyond
    assert not beyond & theirs


@EACH
def test_nothing_is_both_there_and_not_yet(dialect: Dialect) -> None:
    ours = {(verb.method, plain(f"/{on.path}{verb.path}")) for on in dialect.resources for verb in on.verbs}
    assert not ours & {(method, plain(path)) for method, path in dialect.not_yet}


@EACH
def test_every_difference_is_of_an_operation(dialect: Dialect) -> None:
    ours = {f"{verb.method} /{on.path}{verb.path}" for on in dialect.resources for verb in on.verbs}
    assert dialect.differs.keys() <= ours


def test_an_operation_of_the_vendor_that_is_nowhere_stops_the_page() -> None:
    vendor = replace(ATERA.outline, vendor=(("GET", "/forgotten"),))
    with pytest.raises(AssertionError, match="forgotten is neither there nor declared"):
        page(replace(ATERA, outline=vendor))


def test_a_difference_is_told_with_its_reason() -> None:
    assert standing(ATERA, ("DELETE", "/customers/{customerId}")).startswith("differs: answers 200")
    assert standing(ATERA, ("GET", "/customers")) == "works"
    assert standing(ATERA, ("GET", "/billing/invoices")) == "not yet"


def test_atera_has_a_hundred_operations() -> None:
    """Counted by hand in the vendor's own description, generations of it together."""
    assert len(LISTED) == len(set(LISTED)) == 100
    assert len(KINDS) == 10
    by_method = {method: sum(1 for one, _ in LISTED if one == method) for method in ("GET", "POST", "PUT", "DELETE")}
    assert by_method == {"GET": 50, "POST": 26, "PUT": 11, "DELETE": 13}


def test_syncro_has_a_hundred_and_seventy_nine_operations() -> None:
    """The vendor's own description of this spring has 170; nine came since."""
    vendor = SYNCRO.outline.vendor
    assert len(vendor) == len(set(vendor)) == 179
