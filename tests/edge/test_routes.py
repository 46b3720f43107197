"""Which endpoint a path leads to."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quarterdeck.edge.routes import Tree, segments

PATHS = (
    "/tickets",
    "/tickets/{id}",
    "/tickets/lastmodified",
    "/tickets/{id}/comments",
    "/tickets/StatusModified",
    "/customvalues/{kind}/{id}/{name}",
    "/customvalues/ticketfield/{id}/list",
    "/agents/machine/{name}",
    "/agents/{id}/alerts/{alert}",
)


@pytest.fixture(scope="module")
def tree() -> Tree[str]:
    tree: Tree[str] = Tree()
    for path in PATHS:
        tree.add("GET", path, path)
    tree.add("POST", "/tickets", "make")
    return tree


def lead(tree: Tree[str], path: bytes) -> tuple[str, dict[str, str]] | None:
    found = tree.find(segments(path))
    if found is None:
        return None
    ends, values = found
    end, names = ends["GET"]
    return end, dict(zip(names, values, strict=True))


@pytest.mark.parametrize(
    ("path", "end", "values"),
    [
        (b"/tickets", "/tickets", {}),
        (b"/tickets/7", "/tickets/{id}", {"id": "7"}),
        (b"/TICKETS/7/Comments", "/tickets/{id}/comments", {"id": "7"}),
        (b"/tickets/statusmodified", "/tickets/StatusModified", {}),
        (b"/Tickets/STATUSMODIFIED", "/tickets/StatusModified", {}),
        (b"/tickets/", "/tickets", {}),
        (b"//tickets///7//", "/tickets/{id}", {"id": "7"}),
        (b"tickets/7", "/tickets/{id}", {"id": "7"}),
        (b"/tickets/lastmodified", "/tickets/lastmodified", {}),
        (b"/tickets/lastmodified/comments", "/tickets/{id}/comments", {"id": "lastmodified"}),
        (b"/agents/machine/alerts", "/agents/machine/{name}", {"name": "alerts"}),
        (b"/agents/machine/alerts/3", "/agents/{id}/alerts/{alert}", {"id": "machine", "alert": "3"}),
        (b"/customvalues/ticketfield/1/list", "/customvalues/ticketfield/{id}/list", {"id": "1"}),
        (
            b"/customvalues/ticketfield/1/Floor",
            "/customvalues/{kind}/{id}/{name}",
            {"kind": "ticketfield", "id": "1", "name": "Floor"},
        ),
        (b"/agents/machine/A%2FB%20C", "/agents/machine/{name}", {"name": "A/B C"}),
        (b"/agents/machine/A+B", "/agents/machine/{name}", {"name": "A+B"}),
        (b"/agents/machine/%C3%A9", "/agents/machine/{name}", {"name": "é"}),
        (b"/agents/machine/Keep%20Case", "/agents/machine/{name}", {"name": "Keep Case"}),
        (b"/%74ickets", "/tickets", {}),
    ],
)
def test_a_path_leads_to_its_end(tree: Tree[str], path: bytes, end: str, values: dict[str, str]) -> None:
    assert lead(tree, path) == (end, values)


@pytest.mark.parametrize(
    "path",
    [b"", b"/", b"/ticket", b"/tickets/7/8", b"/agents", b"/agents/machine", b"/tickets%2F7", b"/tickets/7/comments/1"],
)
def test_other_paths_lead_nowhere(tree: Tree[str], path: bytes) -> None:
    assert lead(tree, path) is None


def test_an_end_knows_its_methods(tree: Tree[str]) -> None:
    found = tree.find(segments(b"/tickets"))

    assert found is not None
    assert found[0].keys() == {"GET", "POST"}


def test_an_endpoint_cannot_be_put_where_one_is() -> None:
    tree: Tree[str] = Tree()
    tree.add("GET", "/tickets/{id}", "one")

    with pytest.raises(AssertionError, match="there twice"):
        tree.add("GET", "/Tickets/{number}", "other")


@given(path=st.binary(max_size=80))
def test_any_path_is_looked_up(tree: Tree[str], path: bytes) -> None:
    with suppress(UnicodeDecodeError):
        tree.find(segments(path))


@pytest.mark.parametrize("path", [b"/agents/machine/%FF", b"/agents/machine/\xff", b"/%C3/x", b"/a%ED%A0%80"])
def test_a_path_that_is_no_text_is_refused(path: bytes) -> None:
    with pytest.raises(UnicodeDecodeError):
        segments(path)


def test_a_long_path_is_looked_up_in_no_time(tree: Tree[str]) -> None:
    assert lead(tree, b"/tickets" * 500) is None
