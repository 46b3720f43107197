"""One record out and back."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quarterdeck.wire.codecs import BOOL, INSTANT, INT, MINUTES
from quarterdeck.wire.shape import Shape, field, fixed, group, shown, taken

PERSON = Shape(
    shown("PersonID", "id"),
    field("Firstname", "first_name"),
    field("FirstName", "first_name"),
    field("Age", "age", INT),
    shown("CreatedOn", "created_at", INSTANT),
    fixed("Kind", "person"),
    taken("Years", "age", INT),
    field("Active", "active", BOOL),
    shown("IsActive", "active", BOOL),
    fixed("Nothing", None),
    shown("Company", "customer.name"),
)
ROW = (7, "Pat", 44, "2026-03-02T09:30:00.000000Z", 1, "Acme", "tail", 3)


def written(shape: Shape, *rows: tuple[Any, ...], tail: int = 0) -> list[list[tuple[str, Any]]]:
    """Records as JSON has them: names and values in their order."""
    return [list(msgspec.json.decode(msgspec.json.encode(one)).items()) for one in shape.encoder(tail)(rows)]


def test_paths_are_read_once_and_in_order() -> None:
    assert PERSON.paths == ("id", "first_name", "age", "created_at", "active", "customer.name")


def test_a_record_is_written_in_the_vendors_order() -> None:
    assert written(PERSON, ROW, tail=2) == [
        [
            ("PersonID", 7),
            ("Firstname", "Pat"),
            ("FirstName", "Pat"),
            ("Age", 44),
            ("CreatedOn", "2026-03-02T09:30:00Z"),
            ("Kind", "person"),
            ("Active", True),
            ("IsActive", True),
            ("Nothing", None),
            ("Company", "Acme"),
        ]
    ]


def test_every_row_becomes_a_record() -> None:
    rows = [(n, *ROW[1:6]) for n in range(3)]

    assert [dict(one)["PersonID"] for one in written(PERSON, *rows)] == [0, 1, 2]
    assert written(PERSON) == []


def test_names_that_differ_in_case_alone_can_be_left_out() -> None:
    thin = PERSON.without_twins

    names = [name for name, _ in written(thin, ROW, tail=2)[0]]
    assert "Firstname" in names
    assert "FirstName" not in names
    assert thin.paths == PERSON.paths


def test_a_name_left_out_is_still_read() -> None:
    assert PERSON.without_twins.decode({"FirstName": "Pat"}) == ({"first_name": "Pat"}, {})


@pytest.mark.parametrize("name", ["Age", "age", "AGE", "Years", "yEARS"])
def test_names_count_without_case(name: str) -> None:
    assert PERSON.decode({name: "44"}) == ({"age": 44}, {})


def test_what_is_only_shown_is_not_taken() -> None:
    sent = {"PersonID": 9, "CreatedOn": "2026-01-01", "Kind": "robot", "IsActive": False, "Company": "Eve", "More": 1}

    assert PERSON.decode(sent) == ({}, {})


@pytest.mark.parametrize(
    ("sent", "age"),
    [
        ({"Age": 1, "Years": 2}, 2),
        ({"Years": 2, "Age": 1}, 1),
        ({"Age": 1, "Years": None}, 1),
        ({"Age": None, "Years": 2}, 2),
        ({"Age": None, "Years": None}, None),
        ({"Age": None}, None),
    ],
)
def test_of_two_names_the_later_counts_unless_it_says_nothing(sent: dict[str, Any], age: int | None) -> None:
    assert PERSON.decode(sent) == ({"age": age}, {})


def test_every_problem_is_told() -> None:
    values, problems = PERSON.decode({"Age": "old", "Active": "maybe", "Firstname": "Pat"})

    assert values == {"first_name": "Pat"}
    assert problems == {"age": "is not a whole number", "active": "is neither true nor false"}


def test_a_problem_is_told_under_the_first_name_that_leads_there() -> None:
    assert dict(PERSON.renamed({"age": "x", "first_name": "y", "unknown": "z"})) == {
        "Age": "x",
        "Firstname": "y",
        "unknown": "z",
    }


def test_shapes_add_up() -> None:
    both = Shape(field("A", "a")) + Shape(field("B", "b"))

    assert written(both, (1, 2)) == [[("A", 1), ("B", 2)]]


def test_a_group_holds_some_of_the_records_own_fields() -> None:
    machine = group("Machine", shown("Age", "age"), group("Dates", shown("Made", "created_at", INSTANT)))
    shape = Shape(shown("ID", "id"), machine, fixed("Extra", {}))

    assert shape.paths == ("id", "age", "created_at")
    assert written(shape, (7, 44, "2026-03-02T09:30:00.000000Z")) == [
        [("ID", 7), ("Machine", {"Age": 44, "Dates": {"Made": "2026-03-02T09:30:00Z"}}), ("Extra", {})]
    ]


@pytest.mark.parametrize("name", ["def", "class", "a b", "a-b", "1st", "rows", "record", "c0", "é", "{0}"])
def test_any_name_can_be_a_vendors(name: str) -> None:
    assert written(Shape(field(name, "a"), field("Other", "b")), (1, 2)) == [[(name, 1), ("Other", 2)]]


CODECS = {"id": None, "age": INT, "created_at": INSTANT, "active": BOOL, "worked": MINUTES}
NAMES = st.text(st.characters(categories=["L"]), min_size=1, max_size=8)


@given(
    paths=st.lists(st.sampled_from(sorted(CODECS)), min_size=1, max_size=12),
    names=st.lists(NAMES, min_size=12, max_size=12, unique=True),
    row=st.fixed_dictionaries(
        {
            "id": st.integers(1, 9),
            "age": st.none() | st.integers(0, 99),
            "created_at": st.none() | st.just("2026-03-02T09:30:00.123456Z"),
            "active": st.none() | st.integers(0, 1),
            "worked": st.none() | st.integers(0, 9999),
        }
    ),
)
def test_a_record_says_what_each_of_its_codecs_says(paths: list[str], names: list[str], row: dict[str, Any]) -> None:
    fields = [field(name, path, *filter(None, [CODECS[path]])) for name, path in zip(names, paths, strict=False)]
    shape = Shape(*fields)

    (record,) = written(shape, tuple(row[path] for path in shape.paths))

    assert record == [
        (one.name, row[one.path] if one.codec.encode is None else one.codec.encode(row[one.path])) for one in fields
    ]


@given(
    sent=st.dictionaries(
        st.text(max_size=10) | st.sampled_from(["Age", "Active", "Firstname"]),
        st.none() | st.integers() | st.text() | st.lists(st.integers()),
    )
)
def test_whatever_is_sent_is_read_or_told(sent: dict[str, Any]) -> None:
    values, problems = PERSON.decode(sent)

    assert values.keys() | problems.keys() <= {"first_name", "age", "active"}
