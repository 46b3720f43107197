"""An identity provider (OpenID Connect): where to send somebody, and what the provider says about who came back.

All that comes from there is believed only as far as it is signed for this desk, for this one sign-in. Who may come in
as whom is for the desk to say.
"""

import base64
import hashlib
import hmac
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import msgspec

from quarterdeck.desk.errors import Busy, Invalid, Problem
from quarterdeck.desk.signin import Asked
from quarterdeck.outbound import Client, Fetched

ANSWER_PATH = "/sign-in/provider/answer"
# How long what a provider says of itself is believed, in seconds.
BELIEVED = 3600
# Clocks may differ by so much, in seconds.
LEEWAY = 60
# Never one that shares a secret, or signs nothing.
SIGNED_WITH = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519")
SUBJECT_MAX = 255
AWAY = Problem("cannot be reached just now, or did not answer as it should")
NOT_BELIEVED = Problem("gave an answer that cannot be believed")
REFUSED = Problem("did not let you in")


@dataclass
class Provider:
    """The one provider of this desk."""

    issuer: str
    client_id: str
    secret: str
    name: str
    # Where this desk is: never taken from what a browser says.
    base: str
    client: Client
    known: dict[str, Any] = field(default_factory=dict)
    known_until: float = 0

    @property
    def answer_url(self) -> str:
        return self.base + ANSWER_PATH

    def address(self, asked: Asked) -> str:
        """Where to send somebody who wants to come in."""
        proof = hashlib.sha256(asked.verifier.encode()).digest()
        query = {
            "response_type": "code",
            "client_id": self.client_id,
            "redirect_uri": self.answer_url,
            "scope": "openid",
            "state": asked.state,
            "nonce": asked.nonce,
            "code_challenge": base64.urlsafe_b64encode(proof).rstrip(b"=").decode(),
            "code_challenge_method": "S256",
        }
        where = self.end("authorization_endpoint")
        return f"{where}{'&' if urlsplit(where).query else '?'}{urlencode(query)}"

    def subject(self, asked: Asked, answer: Mapping[str, str], now: datetime) -> str:
        """Whom the provider says it has seen, or `Invalid`."""
        if answer.get("iss", self.issuer) != self.issuer:
            raise refused(NOT_BELIEVED)
        code = answer.get("code")
        if not code or "error" in answer:
            raise refused(REFUSED)
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.answer_url,
            "code_verifier": asked.verifier,
            "client_id": self.client_id,
        }
        try:
            given = self.read(self.exchange(form))
        except (Invalid, Busy) as error:
            raise refused(REFUSED) from error
        return self.named(given.get("id_token"), asked, now)

    def exchange(self, form: dict[str, str]) -> Fetched:
        """Send the code where only we can use it."""
        where = self.end("token_endpoint")
        if "client_secret_basic" in self.about().get("token_endpoint_auth_methods_supported", ["client_secret_basic"]):
            pair = f"{quote(self.client_id, safe='')}:{quote(self.secret, safe='')}"
            return self.client.send(where, form, f"Basic {base64.b64encode(pair.encode()).decode()}")
        return self.client.send(where, {**form, "client_secret": self.secret})

    def named(self, token: Any, asked: Asked, now: datetime) -> str:
        """The subject of a token that was signed by this issuer, for this desk, for this sign-in, and just now."""
        from joserfc import jwt  # slow to load, and wanted by few
        from joserfc.errors import JoseError
        from joserfc.jwk import KeySet

        if not isinstance(token, str):
            raise refused(NOT_BELIEVED)
        keys = self.read(self.fetch(self.end("jwks_uri")))
        rules = jwt.JWTClaimsRegistry(
            now=int(now.timestamp()),
            leeway=LEEWAY,
            iss={"essential": True, "value": self.issuer},
            aud={"essential": True, "value": self.client_id},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
            nonce={"essential": True},
        )
        try:
            claims = jwt.decode(token, KeySet.import_key_set(keys), algorithms=SIGNED_WITH).claims  # type: ignore[arg-type]
            rules.validate(claims)
        except (JoseError, ValueError, TypeError, KeyError) as error:
            raise refused(NOT_BELIEVED) from error
        nonce, subject = str(claims["nonce"]), claims["sub"]
        alone = claims["aud"] in (self.client_id, [self.client_id])
        if not hmac.compare_digest(nonce.encode(), asked.nonce.encode()):
            raise refused(NOT_BELIEVED)
        if claims.get("azp", None if not alone else self.client_id) != self.client_id:
            raise refused(NOT_BELIEVED)
        if not isinstance(subject, str) or not 0 < len(subject) <= SUBJECT_MAX:
            raise refused(NOT_BELIEVED)
        return subject

    def end(self, name: str) -> str:
        """An address of the provider's own, which secrets may be sent to."""
        where = self.about().get(name)
        if not isinstance(where, str) or not is_safe(where):
            raise refused(AWAY)
        return where

    def about(self) -> dict[str, Any]:
        """What the provider says of itself."""
        if time.monotonic() >= self.known_until:
            if not is_safe(self.issuer):
                raise refused(AWAY)
            said = self.read(self.fetch(f"{self.issuer.rstrip('/')}/.well-known/openid-configuration"))
            if said.get("issuer") != self.issuer:
                raise refused(NOT_BELIEVED)
            self.known, self.known_until = said, time.monotonic() + BELIEVED
        return self.known

    def fetch(self, url: str) -> Fetched:
        try:
            return self.client.fetch(url)
        except (Invalid, Busy) as error:
            raise refused(AWAY) from error

    def read(self, fetched: Fetched) -> dict[str, Any]:
        try:
            said = msgspec.json.decode(fetched.content)
        except (msgspec.DecodeError, RecursionError) as error:
            raise refused(AWAY) from error
        if not isinstance(said, dict):
            raise refused(AWAY)
        return said


def is_safe(url: str) -> bool:
    """Whether nobody reads along: encrypted, or on this machine."""
    try:
        parts = urlsplit(url)
        return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in ("127.0.0.1", "::1"))
    except ValueError:
        return False


def refused(problem: Problem) -> Invalid:
    return Invalid({"provider": problem})
