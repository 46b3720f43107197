"""An authenticator in software: makes passkeys and signs with them, as one in a phone or on a key ring does."""

import hashlib
import json
import secrets
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

PRESENT, VERIFIED, HOLDS_KEY = 0x01, 0x04, 0x40


def text(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def data(given: str) -> bytes:
    return urlsafe_b64decode(given + "=" * (-len(given) % 4))


@dataclass
class Authenticator:
    origin: str = "http://desk.example"
    host: str = "desk.example"
    # Whether it asks its owner who they are.
    verifies: bool = True
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    count: int = 0

    def seen(self, what: str, challenge: str) -> bytes:
        said = {"type": what, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return json.dumps(said).encode()

    def state(self, flags: int) -> bytes:
        self.count += 1
        whole = PRESENT | (VERIFIED if self.verifies else 0) | flags
        return hashlib.sha256(self.host.encode()).digest() + bytes([whole]) + struct.pack(">I", self.count)

    def create(self, asked: dict[str, Any]) -> dict[str, Any]:
        numbers = self.key.public_key().public_numbers()
        public = cbor2.dumps({1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32), -3: numbers.y.to_bytes(32)})
        held = self.state(HOLDS_KEY) + bytes(16) + struct.pack(">H", len(self.id)) + self.id + public
        made = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": held})
        response = {
            "clientDataJSON": text(self.seen("webauthn.create", asked["challenge"])),
            "attestationObject": text(made),
        }
        return {"id": text(self.id), "rawId": text(self.id), "type": "public-key", "response": response}

    def get(self, asked: dict[str, Any]) -> dict[str, Any]:
        seen, state = self.seen("webauthn.get", asked["challenge"]), self.state(0)
        signature = self.key.sign(state + hashlib.sha256(seen).digest(), ec.ECDSA(hashes.SHA256()))
        response = {
            "clientDataJSON": text(seen),
            "authenticatorData": text(state),
            "signature": text(signature),
            "userHandle": None,
        }
        return {"id": text(self.id), "rawId": text(self.id), "type": "public-key", "response": response}
