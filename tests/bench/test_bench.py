"""The bench itself, on a desk too small for its figures to mean anything."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from bench.pages import unlisted

ROOT = Path(__file__).parents[2]
NAMES = (
    "bare ASGI",
    "floor",
    "floor, size of a list",
    "ticket by id",
    "list of 50",
    "page 1,000",
    "page 1,000 by key",
    "filtered list",
    "search",
    "queue page",
    "ticket page",
    "search page",
    "create",
)
COLUMNS = {"case", "database", "rps", "p50_ms", "p99_ms", "cpu_ms", "ratio", "against", "target", "met"}


def bench(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bench", *arguments], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )


def figures_of(folder: Path, *arguments: str) -> list[dict[str, Any]]:
    file = folder / "figures.json"
    ran = bench("--tickets", "300", "--seconds", "0.05", "--rounds", "1", "--json", str(file), *arguments)
    assert ran.returncode == 0, ran.stderr
    found: list[dict[str, Any]] = json.loads(file.read_text())
    return found


@pytest.fixture(scope="module")
def figures(tmp_path_factory):
    asked = (
        "--databases",
        "sqlite",
        "--cases",
        "ticket by id; list of 50; search; queue page; ticket page; search page; create",
    )
    return figures_of(tmp_path_factory.mktemp("bench"), *asked)


def test_a_case_is_measured_with_what_it_is_held_against(figures):
    measured = {one["case"] for one in figures if one["rps"]}

    assert measured >= {"ticket by id", "floor", "bare ASGI", "search", "search, bare driver", "create"}
    assert measured >= {"queue page", "ticket page", "search page"}


@pytest.mark.long
def test_every_case_is_measured_on_both_databases(tmp_path):
    measured = {(one["database"], one["case"]) for one in figures_of(tmp_path) if one["rps"]}

    for database in ("sqlite", "postgresql"):
        for case in NAMES:
            assert (database, case) in measured


def test_every_line_has_the_same_columns(figures):
    assert {frozenset(one) for one in figures} == {frozenset(COLUMNS)}


def test_every_target_is_judged(figures):
    for one in figures:
        assert (one["met"] is None) == (one["target"] is None)
    assert {one["case"] for one in figures if one["target"]} >= {"floor", "ticket by id", "list of 50", "peak memory"}


def test_every_page_is_measured_or_known_to_be_left_out():
    assert unlisted() == []


@pytest.mark.long
def test_every_page_is_asked_for_on_both_databases():
    command = [sys.executable, "-m", "bench.measures", "--tickets", "300", "--times", "1", "--no-browser"]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert ran.returncode == 0, ran.stderr
    for database in ("SQLite", "PostgreSQL"):
        assert f"| {database}: the queue, " in ran.stdout


def test_a_case_that_is_not_there_is_refused():
    ran = bench("--cases", "coffee")

    assert ran.returncode == 2
    assert "coffee" in ran.stderr
