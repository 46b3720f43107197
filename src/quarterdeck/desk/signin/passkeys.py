"""Passkeys: an authenticator proves that its owner is there, and has shown it who they are."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from typing import Any

import msgspec
import sqlalchemy as sa

from quarterdeck.desk import journal
from quarterdeck.desk.access import Technician, hashed
from quarterdeck.desk.errors import Invalid, NotFound, Problem
from quarterdeck.desk.signin import attempts, challenges
from quarterdeck.desk.signin.actions import WRONG, Browser, Outcome, enter
from quarterdeck.desk.signin.inputs import PasskeyName
from quarterdeck.desk.signin.queries import oneself
from quarterdeck.desk.signin.records import Passkey
from quarterdeck.desk.statement import Statement
from quarterdeck.desk.work import Work, unique

NEW, KNOWN = "passkey to add", "passkey to come in"
TIMEOUT = int(challenges.SOON.total_seconds() * 1000)
# As authenticators write the name of a passkey.
NAMED = re.compile(r"[\w-]{1,2000}", re.ASCII)
NOT_ACCEPTED = {"passkey": Problem("was not accepted")}

CREDENTIALS = Statement(sa.select(Passkey.credential_id).where(Passkey.technician_id == sa.bindparam("id")))
BY_CREDENTIAL = Statement(
    sa.select(Passkey.id, Passkey.technician_id, Passkey.public_key, Passkey.sign_count).where(
        Passkey.credential_id == sa.bindparam("credential")
    )
)


@dataclass(frozen=True)
class Site:
    """Where passkeys are used: they answer to no other name."""

    host: str
    origin: str


def ask_to_add(work: Work, site: Site) -> str:
    """What a browser needs to make a passkey, as JSON."""
    from webauthn import generate_registration_options, options_to_json  # slow to load, and wanted by few
    from webauthn.helpers import structs

    me = oneself(work)
    held = [urlsafe_b64decode(padded(id)) for (id,) in CREDENTIALS.rows(work.link, {"id": me.id})]
    options = generate_registration_options(
        rp_id=site.host,
        rp_name="Quarterdeck",
        # Says nothing to whoever finds it on a lost authenticator.
        user_id=bytes.fromhex(hashed(f"passkeys of technician {me.id}")),
        user_name=me.email,
        user_display_name=f"{me.first_name} {me.last_name}".strip(),
        timeout=TIMEOUT,
        authenticator_selection=structs.AuthenticatorSelectionCriteria(
            resident_key=structs.ResidentKeyRequirement.REQUIRED,
            user_verification=structs.UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[structs.PublicKeyCredentialDescriptor(id=id) for id in held],
    )
    challenges.ask(work, NEW, text(options.challenge), attempts.asker(work, None), technician_id=me.id)
    return options_to_json(options)


def add(work: Work, credential: dict[str, Any], name: str, site: Site) -> int:
    """Keep a passkey that a browser has made."""
    from webauthn import verify_registration_response
    from webauthn.helpers.exceptions import WebAuthnException

    me = oneself(work)
    called = PasskeyName.check({"name": name})
    challenge = challenge_of(credential)
    said = challenges.take(work, NEW, challenge)
    if said is None or said["technician_id"] != me.id:
        raise Invalid(NOT_ACCEPTED)
    try:
        made = verify_registration_response(
            credential=credential,
            expected_challenge=urlsafe_b64decode(padded(challenge)),
            expected_rp_id=site.host,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, TypeError, KeyError) as error:
        raise Invalid(NOT_ACCEPTED) from error

    with unique("passkey", NOT_ACCEPTED["passkey"]):
        id = work.insert(
            Passkey,
            technician_id=me.id,
            credential_id=text(made.credential_id),
            public_key=made.credential_public_key,
            sign_count=made.sign_count,
            name=called.name,
            created_at=work.now,
            last_used_at=None,
        )
    journal.record(work, "technician.passkey added", me.id, after={"name": called.name})
    return id


def ask_to_enter(work: Work, site: Site, address: str | None) -> str:
    """What a browser needs to come in with a passkey, whoever it may be, as JSON."""
    from webauthn import generate_authentication_options, options_to_json
    from webauthn.helpers.structs import UserVerificationRequirement

    options = generate_authentication_options(
        rp_id=site.host, timeout=TIMEOUT, user_verification=UserVerificationRequirement.REQUIRED
    )
    challenges.ask(work, KNOWN, text(options.challenge), attempts.asker(work, address))
    return options_to_json(options)


def come_in_with(work: Work, credential: dict[str, Any], site: Site, browser: Browser) -> Outcome:
    """Sign in with a passkey alone: having it is one factor, and what unlocks it is another."""
    from webauthn import verify_authentication_response
    from webauthn.helpers.exceptions import WebAuthnException

    challenge, id = challenge_of(credential), credential.get("id")
    named = isinstance(id, str) and NAMED.fullmatch(id) is not None
    row = BY_CREDENTIAL.first(work.link, {"credential": id}) if named else None
    if challenges.take(work, KNOWN, challenge) is None or row is None:
        return WRONG
    passkey_id, technician_id, public_key, sign_count = row
    technician = work.find(Technician, technician_id, hold=True)
    if technician is None or not technician.active:
        return WRONG
    try:
        proof = verify_authentication_response(
            credential=credential,
            expected_challenge=urlsafe_b64decode(padded(challenge)),
            expected_rp_id=site.host,
            expected_origin=site.origin,
            credential_public_key=bytes(public_key),
            credential_current_sign_count=sign_count,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, TypeError, KeyError):
        journal.record(work, "technician.passkey refused", technician_id, after={"address": browser.address})
        return WRONG
    work.update(Passkey, passkey_id, sign_count=proof.new_sign_count, last_used_at=work.now)
    return enter(work, technician, browser, "passkey", whole=True)


def rename(work: Work, id: int, name: str) -> None:
    work.update(Passkey, own(work, id).id, name=PasskeyName.check({"name": name}).name)


def remove(work: Work, id: int) -> None:
    passkey = own(work, id)
    work.delete(Passkey, Passkey.id == id)
    journal.record(work, "technician.passkey removed", passkey.technician_id, before={"name": passkey.name})


def own(work: Work, id: int) -> Passkey:
    passkey = work.find(Passkey, id)
    if passkey is None or passkey.technician_id != oneself(work).id:
        raise NotFound("passkey", id)
    return passkey


def challenge_of(credential: dict[str, Any]) -> str:
    """The challenge that an authenticator says it answers; whether we asked it is looked up."""
    try:
        client_data = msgspec.json.decode(urlsafe_b64decode(padded(credential["response"]["clientDataJSON"])))
        challenge = client_data["challenge"]
        return challenge if isinstance(challenge, str) and challenge.isascii() else ""
    except (KeyError, TypeError, ValueError, AttributeError):
        return ""


def padded(text: str) -> str:
    return text + "=" * (-len(text) % 4)


def text(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()
