"""The plain pages beside the faces."""

import re
from typing import Any

import httpx
import pytest

from conftest import Client
from quarterdeck.app import DIALECTS
from quarterdeck.edge.rest import Dialect
from quarterdeck.pages import FILES


def page(client: Client, path: str, **more: Any) -> httpx.Response:
    return client.get(f"http://desk.example{path}", key=None, **more)


def test_the_page_of_the_faces_leads_to_every_document(client: Client) -> None:
    answer = page(client, "/docs")
    links = re.findall(r'href="(/[^"]*)"', answer.text)
    for dialect in DIALECTS:
        assert {f"/docs/{dialect.name}", f"{dialect.prefix}/openapi.json"} <= set(links)
    assert "/health" in links
    for link in links:
        assert page(client, link).status_code == 200


def test_the_page_of_the_faces_shows_how_each_face_is_greeted(client: Client) -> None:
    text = page(client, "/docs").text
    for dialect in DIALECTS:
        assert f'curl -H "{dialect.outline.greeting}" "https://this.address{dialect.prefix}/customers"' in text


@pytest.mark.parametrize("path", ["/docs", *(f"/docs/{dialect.name}" for dialect in DIALECTS)])
def test_a_page_asks_no_other_host(client: Client, path: str) -> None:
    answer = page(client, path)
    loaded = re.findall(r'(?:src|<link[^>]*href)="([^"]*)"', answer.text)
    assert all(one.startswith(("/docs/files/", "data:")) for one in loaded)
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "http" not in policy
    assert "unsafe-eval" not in policy
    assert not re.search(r"script-src[^;]*unsafe", policy)


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda one: one.name)
def test_the_reference_finds_its_files(client: Client, dialect: Dialect) -> None:
    answer = page(client, f"/docs/{dialect.name}")
    for path in re.findall(r'"(/[^"]+\.(?:js|css|json))"', answer.text):
        assert page(client, path).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/docs/files/LICENSE",
        "/docs/files/swagger-editor.js",
        "/docs/files/../pages.py",
        "/docs/files/%2e%2e/pages.py",
        "/docs/files/..%2fpages.py",
        "/docs/files/",
        "/docs/files//swagger-ui.css/../home.html",
        "/docs/nobody",
    ],
)
def test_only_the_files_of_the_list_are_served(client: Client, path: str) -> None:
    assert page(client, path).status_code == 404


def test_the_list_names_files_that_are_there() -> None:
    assert all((folder / name).is_file() for name, (folder, _) in FILES.items())


def test_a_page_cannot_be_written_to(client: Client) -> None:
    answer = client.post("http://desk.example/", key=None)
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")


def test_the_head_of_a_page_is_that_of_the_whole(client: Client) -> None:
    whole = page(client, "/", headers={"Accept-Encoding": "identity"})
    head = client.request("HEAD", "http://desk.example/", key=None, headers={"Accept-Encoding": "identity"})
    assert head.content == b""
    assert head.headers["content-length"] == str(len(whole.content))


def test_health_says_that_the_database_answers(client: Client) -> None:
    assert page(client, "/health").json() == {"status": "ok", "database": "ok"}


def test_figures_count_the_calls(client: Client) -> None:
    client.get("/customers")
    assert 'quarterdeck_requests_total{face="atera",operation="GET /api/v3/customers",status="200"} 1.0' in (
        page(client, "/metrics").text
    )
