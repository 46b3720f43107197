"""Signing in with an identity provider: a small one on loopback, which can be told to lie."""

import base64
import hashlib
import html
import http.server
import json
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey

import make
from conftest import NOW, Browser, Client, Stage, stage_on
from quarterdeck.desk import access, signin

HERE = "http://desk.example"
PASSWORD = "correct horse"


@dataclass
class Provider:
    port: int = 0
    key: ECKey = field(default_factory=lambda: ECKey.generate_key("P-256", {"kid": "one", "use": "sig"}))
    # What it was asked to let through, by code.
    asked: dict[str, dict[str, str]] = field(default_factory=dict)
    subject: str = "u-1"
    # What it says otherwise than it should.
    lies: dict[str, Any] = field(default_factory=dict)
    about_lies: dict[str, Any] = field(default_factory=dict)
    forms: list[dict[str, str]] = field(default_factory=list)
    secrets: list[str] = field(default_factory=list)
    sign_with: Any = None
    algorithm: str = "ES256"

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def about(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            **self.about_lies,
        }

    def allow(self, where: str) -> str:
        """Somebody says yes there; returns where they are sent back to."""
        query = dict(parse_qsl(urlsplit(where).query))
        code = f"code-{len(self.asked)}"
        self.asked[code] = query
        return f"{urlsplit(query['redirect_uri']).path}?code={code}&state={query['state']}"

    def token(self, form: dict[str, str]) -> dict[str, Any] | None:
        asked = self.asked.pop(form.get("code", ""), None)
        if asked is None:
            return None
        proof = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).rstrip(b"=").decode()
        if proof != asked["code_challenge"] or form["redirect_uri"] != asked["redirect_uri"]:
            return None
        now = int(NOW.timestamp())
        claims = {
            "iss": self.issuer,
            "aud": asked["client_id"],
            "sub": self.subject,
            "nonce": asked["nonce"],
            "iat": now,
            "exp": now + 300,
            "email": "dana@msp.example",
            "email_verified": True,
            **self.lies,
        }
        claims = {name: value for name, value in claims.items() if value is not None}
        header = {"alg": self.algorithm, "kid": "one"}
        signed = jwt.encode(header, claims, self.sign_with or self.key, algorithms=[self.algorithm])
        return {"access_token": "x", "token_type": "Bearer", "id_token": signed}


@pytest.fixture
def provider() -> Iterator[Provider]:
    made = Provider()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            known = {
                "/.well-known/openid-configuration": made.about,
                "/keys": lambda: {"keys": [made.key.as_dict(private=False)]},
            }
            self.say(known[self.path]() if self.path in known else None)

        def do_POST(self) -> None:
            form = dict(parse_qsl(self.rfile.read(int(self.headers["content-length"])).decode()))
            made.forms.append(form)
            made.secrets.append(self.headers.get("authorization", ""))
            self.say(made.token(form))

        def say(self, content: dict[str, Any] | None) -> None:
            body = json.dumps(content or {"error": "invalid_grant"}).encode()
            self.send_response(200 if content else 400)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        made.port = server.server_port
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield made
        server.shutdown()
        thread.join()


@pytest.fixture
def stage(database: str, provider: Provider) -> Iterator[Stage]:
    made = stage_on(
        database,
        public_url=HERE,
        outbound_allow="127.0.0.1",
        openid_issuer=provider.issuer,
        openid_client_id="desk",
        openid_client_secret="a secret/with signs",
        openid_name="Acme ID",
    )
    yield made
    made.storage.close()


@pytest.fixture
def stranger(client: Client, stage: Stage) -> Browser:
    return Browser(client, stage, technician_id=None)


def come_in(browser: Browser, provider: Provider, path: str = "/sign-in/provider") -> httpx.Response:
    return browser.get(provider.allow(browser.get(path).headers["location"]))


def onward(browser: Browser, password: str = PASSWORD) -> str:
    """Where somebody who is in is led to link an account."""
    page = browser.send("/me/accounts", {"account_password": password})
    assert page.status_code == 200, page.text
    found = re.search(r'href="([^"]+)">Go on to Acme ID', page.text)
    assert found
    return html.unescape(found[1])


def linked(browser: Browser, provider: Provider) -> httpx.Response:
    return browser.get(provider.allow(onward(browser)))


def test_an_account_that_is_linked_lets_in(browser: Browser, stranger: Browser, provider: Provider) -> None:
    assert linked(browser, provider).headers["location"] == "/me/security"
    assert provider.issuer in browser.get("/me/security").text

    assert "Sign in with Acme ID" in stranger.get("/sign-in").text
    assert come_in(stranger, provider, "/sign-in/provider?next=/me").headers["location"] == "/me"
    assert "Dana" in stranger.get("/me").text


def test_the_provider_is_asked_with_proof_and_told_the_secret_in_its_header(
    browser: Browser, provider: Provider
) -> None:
    where = urlsplit(onward(browser))
    query = dict(parse_qsl(where.query))
    assert query["redirect_uri"] == f"{HERE}/sign-in/provider/answer"
    assert query["code_challenge_method"] == "S256"
    assert len(query["state"]) >= 43
    assert len(query["nonce"]) >= 43
    linked(browser, provider)
    assert provider.secrets == ["Basic " + base64.b64encode(b"desk:a%20secret%2Fwith%20signs").decode()]
    assert "client_secret" not in provider.forms[0]


def test_a_mail_address_alone_lets_nobody_in(stranger: Browser, provider: Provider) -> None:
    answer = come_in(stranger, provider)
    assert answer.status_code == 422
    assert "this desk does not yet" in answer.text
    assert stranger.get("/me").status_code == 303


def test_an_invitation_links_an_account(stranger: Browser, provider: Provider, stage: Stage, client: Client) -> None:
    _, token = stage.do(lambda work: signin.invite(work, access.New(first_name="Kim", email="kim@msp.example")))
    assert f"/sign-in/provider?link={token}" in stranger.get(f"/welcome/{token}").text
    assert come_in(stranger, provider, f"/sign-in/provider?link={token}").headers["location"] == "/queue"
    assert "Kim" in stranger.get("/me").text

    assert stranger.get(f"/welcome/{token}").status_code == 404
    later = Browser(client, stage, technician_id=None)
    assert come_in(later, provider).headers["location"] == "/queue"


@pytest.mark.parametrize(
    "lies",
    [
        {"iss": "http://127.0.0.1:1"},
        {"aud": "another"},
        {"aud": ["desk", "another"]},
        {"aud": ["desk", "another"], "azp": "another"},
        {"azp": "another"},
        {"nonce": "another"},
        {"nonce": None},
        {"exp": int(NOW.timestamp()) - 120},
        {"exp": None},
        {"iat": int(NOW.timestamp()) + 3600},
        {"sub": None},
        {"sub": ""},
        {"sub": 7},
        {"sub": "u" * 300},
    ],
)
def test_what_was_not_signed_for_this_sign_in_is_not_believed(
    lies: dict[str, Any], browser: Browser, stranger: Browser, provider: Provider
) -> None:
    linked(browser, provider)
    provider.lies = lies
    assert come_in(stranger, provider).status_code == 422
    assert stranger.get("/me").status_code == 303


def test_another_key_is_not_believed(browser: Browser, stranger: Browser, provider: Provider) -> None:
    linked(browser, provider)
    provider.sign_with = ECKey.generate_key("P-256", {"kid": "one"})
    assert come_in(stranger, provider).status_code == 422


def test_a_shared_secret_signs_nothing(browser: Browser, stranger: Browser, provider: Provider) -> None:
    linked(browser, provider)
    provider.sign_with, provider.algorithm = OctKey.import_key("a secret/with signs" * 3), "HS256"
    assert come_in(stranger, provider).status_code == 422


def test_an_answer_counts_once_and_at_the_browser_that_asked(
    browser: Browser, stranger: Browser, provider: Provider, client: Client, stage: Stage
) -> None:
    linked(browser, provider)
    back = provider.allow(stranger.get("/sign-in/provider").headers["location"])
    asked = stranger.cookies["provider"]
    other = Browser(client, stage, technician_id=None)
    assert other.get(back).status_code == 422
    assert stranger.get(back).status_code == 303
    other.cookies["provider"] = asked
    assert other.get(back).status_code == 422


def test_an_answer_comes_too_late_after_ten_minutes(stranger: Browser, provider: Provider, stage: Stage) -> None:
    back = provider.allow(stranger.get("/sign-in/provider").headers["location"])
    stage.clock.now += timedelta(minutes=10)
    assert stranger.get(back).status_code == 422
    assert provider.forms == []


def test_an_answer_of_another_issuer_is_not_taken(stranger: Browser, provider: Provider) -> None:
    back = provider.allow(stranger.get("/sign-in/provider").headers["location"])
    assert stranger.get(f"{back}&iss=https://other.example").status_code == 422
    assert provider.forms == []


def test_a_provider_that_says_no_is_told_in_words(stranger: Browser, provider: Provider) -> None:
    back = provider.allow(stranger.get("/sign-in/provider").headers["location"])
    answer = stranger.get(back.replace("code=code-0", "error=access_denied"))
    assert answer.status_code == 422
    assert "did not let you in" in answer.text


@pytest.mark.parametrize(
    "lies",
    [
        {"issuer": "https://other.example"},
        {"authorization_endpoint": "http://other.example/authorize"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"authorization_endpoint": None},
    ],
)
def test_a_provider_that_says_odd_things_of_itself_is_left_alone(
    lies: dict[str, Any], stranger: Browser, provider: Provider
) -> None:
    provider.about_lies = lies
    assert stranger.get("/sign-in/provider").status_code == 422


def test_a_provider_that_is_away_is_told_in_words(stranger: Browser, provider: Provider, stage: Stage) -> None:
    assert stage.app.site.provider is not None
    stage.app.site.provider.issuer = "http://127.0.0.1:9"
    answer = stranger.get("/sign-in/provider")
    assert answer.status_code == 422
    assert "cannot be reached just now" in answer.text


def test_an_account_belongs_to_one_technician(
    browser: Browser, provider: Provider, stage: Stage, client: Client
) -> None:
    linked(browser, provider)
    vic = Browser(client, stage, 2)
    assert linked(vic, provider).headers["location"] == "/me/security"
    assert provider.issuer not in vic.get("/me/security").text


def test_an_account_is_linked_only_by_a_form_of_ours(browser: Browser, provider: Provider) -> None:
    # A link on another site could have somebody signed in at their provider as somebody else, and that account linked.
    assert browser.get("/sign-in/provider?next=/me").headers["location"] == "/me"
    assert browser.send("/me/accounts", headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert browser.request("POST", "/me/accounts").status_code == 403
    assert "provider" not in browser.cookies


def test_an_account_is_linked_only_with_the_password(client: Client, stage: Stage, provider: Provider) -> None:
    id = stage.do(lambda work: make.technician(work, password=PASSWORD))
    mia = Browser(client, stage, id)
    refused = mia.send("/me/accounts", {"account_password": "wrong"})
    assert refused.status_code == 422
    assert "Is not right" in refused.text
    assert "provider" not in mia.cookies
    assert linked(mia, provider).headers["location"] == "/me/security"
    assert provider.issuer in mia.get("/me/security").text


def test_the_second_factor_is_asked_for_here_too(
    browser: Browser, stranger: Browser, provider: Provider, stage: Stage
) -> None:
    linked(browser, provider)
    stage.do(lambda work: work.insert(signin.Factor, technician_id=1, secret="A" * 32, confirmed=True, created_at=NOW))
    assert come_in(stranger, provider).headers["location"].startswith("/sign-in/code")
    assert stranger.get("/me").status_code == 303


def test_somebody_switched_off_is_not_let_in(
    stranger: Browser, provider: Provider, stage: Stage, client: Client
) -> None:
    id = stage.do(lambda work: make.technician(work))
    linked(Browser(client, stage, id), provider)
    stage.do(lambda work: access.change(work, id, access.Changes(active=False)))
    assert come_in(stranger, provider).status_code == 422


def test_an_account_is_unlinked_only_where_there_is_another_way_in(browser: Browser, provider: Provider) -> None:
    linked(browser, provider)
    assert browser.send("/me/accounts/1/removal").status_code == 422
