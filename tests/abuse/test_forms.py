"""Forms as no page of ours would send them."""

import re
from collections.abc import Iterator
from importlib import resources
from typing import Any
from urllib.parse import quote

import msgspec
import pytest

import make
from acts import ACTS, PASSWORD, address, form, prepared
from conftest import Browser, Client, Databases, Stage, desk_on

# Every field that a form of ours has, whichever page it is on.
FIELDS = sorted(
    {
        name
        for file in (resources.files("quarterdeck.web") / "templates").rglob("*.html")  # type: ignore[attr-defined]
        for name in re.findall(r'\bname="([a-z_.]+)"', file.read_text())
    }
)
ODD = {
    "nothing": "",
    "nul": "a\x00b",
    "a mix": "-1\x01\x1b[2J\r\n\u2028\ufeff\U0010ffff =1+1; DROP TABLE tickets; %s %(a)s {0} ' \" \\" + "9" * 400,
    "long": "ab " * 60_000,
    "no number": "²",
    "no number of ours": "9" * 5000,
}
# What JSON may hold in the place of a text.
SHAPES: tuple[Any, ...] = ([1, "x", {}], {"a": {"b": None}}, None, 2**63, -0.5, True)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def client(request: pytest.FixtureRequest, databases: Databases) -> Iterator[Client]:
    with desk_on(databases, request.param) as made:
        yield made


@pytest.fixture(scope="module")
def stage(client: Client) -> Stage:
    return client.stage


def somebody(client: Client, stage: Stage) -> tuple[Browser, dict[str, Any]]:
    id = stage.do(lambda work: make.technician(work, role="owner", password=PASSWORD))
    return Browser(client, stage, id), prepared(stage, "POST /me/passkeys/{id} {timer}", id)


def still(act: str) -> bool:
    """Whether a session goes on after an act."""
    return not act.endswith(("/sign-out", "/end-all", "/leave", "POST /sign-in", "/me/password"))


@pytest.mark.parametrize("kind", ODD)
def test_no_text_in_any_field_breaks_an_act(kind: str, client: Client, stage: Stage) -> None:
    browser, on = somebody(client, stage)
    text, key = ODD[kind], browser.form_key
    broken = {}
    for act in filter(still, ACTS):
        path = address(ACTS[act].path, on)
        names = [*form(act, on), *(FIELDS if len(text) < 1000 else [])]
        # One field at a time is odd, beside others that are not; and all of them at once.
        for odd in (form(act, on).keys(), names):
            sent = {**form(act, on), **dict.fromkeys(odd, text), "form_key": key}
            body = "&".join(f"{quote(name)}={quote(value)}" for name, value in sent.items()).encode()
            headers = {"content-type": "application/x-www-form-urlencoded"}
            status = browser.request("POST", path, content=body, headers=headers).status_code
            if status >= 500:
                broken[act] = status

    assert broken == {}


def test_no_shape_of_a_body_breaks_an_act(client: Client, stage: Stage) -> None:
    browser, on = somebody(client, stage)
    headers = {"x-form-key": browser.form_key}
    broken = {}
    for act in filter(still, ACTS):
        path = address(ACTS[act].path, on)
        names = [*form(act, on), *FIELDS, "credential"]
        data = {name: SHAPES[place % len(SHAPES)] for place, name in enumerate(names)}
        flat = "&".join(f"{name}[]=x&{name}[a][b]=y" for name in names[:60])
        json, nested = "application/json", "application/x-www-form-urlencoded"
        for content, type in ((msgspec.json.encode(data), json), (flat.encode(), nested), (b"[1,2]", json)):
            sent = {**headers, "content-type": type}
            status = browser.request("POST", path, content=content, headers=sent).status_code
            if status >= 500:
                broken[act] = status

    assert broken == {}


@pytest.mark.parametrize("email", ["a\x00b", "\x00", "x" * 5000, "a@b\r\nc", "\U0010ffff", "%00", "' OR 1=1 --"])
def test_nothing_typed_at_the_way_in_breaks_it(email: str, client: Client, stage: Stage) -> None:
    someone = Browser(client, stage, technician_id=None)
    someone.get("/sign-in")
    someone.form_key = someone.cookies["form_key"]
    assert someone.send("/sign-in", {"email": email, "password": email}).status_code in (422, 429)
    someone.cookies["session"] = quote(email)
    assert someone.get("/queue").status_code == 303
    for id in (email, [], {"a": 1}, None):
        credential = {"id": id, "rawId": id, "response": {"clientDataJSON": id}}
        sent = {"x-form-key": someone.form_key, "content-type": "application/json"}
        body = msgspec.json.encode({"credential": credential})
        assert someone.request("POST", "/sign-in/passkey", content=body, headers=sent).status_code in (403, 422)
