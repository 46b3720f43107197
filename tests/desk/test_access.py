"""Rules of people, roles and keys."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

import make
from desk.looking import acting, how_many, ids, last_entry, later
from quarterdeck.desk import access, tickets
from quarterdeck.desk.access import ApiKey, Changes, Filter, NewKey, Role, Technician
from quarterdeck.desk.errors import Conflict, Forbidden, Invalid, NotFound, Why
from quarterdeck.desk.records import METADATA
from quarterdeck.desk.work import Actor, Work


def key(work: Work, **given: Any) -> tuple[int, str]:
    asked = {"name": "Script", "technician_id": work.actor.technician_id, **given}
    return access.give_key(work, NewKey.check(asked))


def bearer(work: Work, text: str, now: datetime | None = None) -> Actor | None:
    found = access.bearer(work.link, text, now or work.now)
    return found[0] if found else None


@pytest.mark.parametrize(
    ("role", "may", "may_not"),
    [
        (Role.OWNER, {"tickets:write", "access:write", "journal:read"}, set()),
        (Role.TECHNICIAN, {"tickets:write", "customers:write"}, {"access:read", "access:write", "journal:read"}),
        (Role.READ_ONLY, {"tickets:read", "customers:read"}, {"tickets:write", "access:read", "journal:read"}),
    ],
)
def test_a_role_has_its_rights(work: Work, role: Role, may: set[str], may_not: set[str]) -> None:
    _, text = key(work, technician_id=make.technician(work, role=role))

    actor = bearer(work, text)
    assert actor is not None
    assert actor.rights == access.ROLES[role]
    assert may <= actor.rights
    assert not may_not & actor.rights


def test_whoever_only_reads_has_no_right_to_write() -> None:
    assert access.ROLES[Role.READ_ONLY] <= access.READ
    assert access.ROLES[Role.READ_ONLY] < access.ROLES[Role.TECHNICIAN] < access.ROLES[Role.OWNER] == access.ALL


@pytest.mark.parametrize(
    ("scopes", "rights"),
    [
        (["*"], access.ALL),
        (["*:read"], access.READ),
        (["tickets:read"], {"tickets:read"}),
        (["tickets:write"], {"tickets:read", "tickets:write"}),
        (["tickets:*"], {"tickets:read", "tickets:write"}),
        (["tickets"], {"tickets:read", "tickets:write"}),
        (["tickets:read", "hours:write"], {"tickets:read", "hours:read", "hours:write"}),
        ([], set()),
    ],
)
def test_scopes_narrow_a_key(work: Work, scopes: list[str], rights: set[str]) -> None:
    actor = bearer(work, key(work, scopes=scopes)[1])

    assert actor is not None
    assert actor.rights == rights


def test_scopes_give_nothing_the_role_has_not(work: Work) -> None:
    vic = make.technician(work, role="read-only")

    actor = bearer(work, key(work, technician_id=vic, scopes=["*"])[1])

    assert actor is not None
    assert actor.rights == access.ROLES[Role.READ_ONLY]


@pytest.mark.parametrize("scope", ["", "ticket:read", "tickets:delete", "tickets:read:write", "TICKETS:READ", "*:*:*"])
def test_a_scope_that_means_nothing_is_refused(scope: str) -> None:
    with pytest.raises(Invalid) as refused:
        NewKey.check({"name": "Script", "technician_id": 1, "scopes": [scope]})

    assert refused.value.problems.keys() == {"scopes"}


def test_a_key_knows_whose_it_is(work: Work) -> None:
    id, text = key(work)

    actor = bearer(work, text)
    assert actor is not None
    assert (actor.key_id, actor.technician_id, actor.customer_id) == (id, work.actor.technician_id, None)
    assert actor.name == "Dana Reyes"


def test_nothing_of_a_keys_text_is_kept(work: Work) -> None:
    _, text = key(work)

    kept = [
        str(value) for table in METADATA.sorted_tables for row in work.db.execute(sa.select(table)) for value in row
    ]

    # The first characters are kept on purpose: by them a person tells keys apart.
    secret = text[8:]
    assert text[:8] in kept
    assert not [value for value in kept if any(secret[n : n + 6] in value for n in range(len(secret) - 5))]


def test_a_key_is_too_long_to_be_guessed(work: Work) -> None:
    texts = {key(work)[1] for _ in range(20)}

    assert len(texts) == 20
    assert min(len(text) for text in texts) >= 43


@pytest.mark.parametrize("text", ["", "qd_", "qd_wrong", "\udcff", "x" * 10_000, "nul\x00"])
def test_what_is_no_key_opens_nothing(work: Work, text: str) -> None:
    key(work)

    assert bearer(work, text) is None


def test_a_hash_is_no_key(work: Work) -> None:
    _, text = key(work)

    assert bearer(work, access.hashed(text)) is None


def test_a_revoked_key_opens_nothing(work: Work) -> None:
    id, text = key(work)

    access.revoke_key(work, id)

    assert bearer(work, text) is None
    entry = last_entry(work)
    assert (entry.what, entry.record_id) == ("key.revoked", id)


def test_a_key_that_is_not_there_cannot_be_revoked(work: Work) -> None:
    with pytest.raises(NotFound):
        access.revoke_key(work, 2**62)


def test_a_key_ends_when_it_was_said_to(work: Work) -> None:
    ends = work.now + timedelta(days=1)
    _, text = key(work, ends_at=ends)

    assert bearer(work, text, ends - timedelta(microseconds=1)) is not None
    assert bearer(work, text, ends) is None


def test_a_key_ends_with_the_person(work: Work) -> None:
    tess = make.technician(work)
    _, text = key(work, technician_id=tess)

    access.change(work, tess, Changes(active=False))

    assert bearer(work, text) is None


def test_the_last_use_of_a_key_is_kept(work: Work) -> None:
    id, text = key(work)
    assert access.bearer(work.link, text, work.now)[1] is None  # type: ignore[index]

    access.saw_key(later(work), id)

    assert access.bearer(work.link, text, work.now)[1] == later(work).now  # type: ignore[index]


def test_a_key_may_be_of_one_customer_alone(work: Work) -> None:
    acme, birch = make.customer(work), make.customer(work, name="Birch")
    seen, unseen = make.ticket(work, customer_id=acme), make.ticket(work, customer_id=birch)
    actor = bearer(work, key(work, customer_id=acme)[1])
    assert actor is not None

    olga = Work(work.link, actor, work.now)

    assert ids(olga, tickets.READING, tickets.Filter()) == [seen]
    assert tickets.get(olga, seen).id == seen
    with pytest.raises(NotFound):
        tickets.get(olga, unseen)


@pytest.mark.parametrize("right", ["access:write", "access:read", "journal:read", "departments:write", "fields:write"])
def test_a_key_of_one_customer_changes_nothing_that_customers_share(work: Work, right: str) -> None:
    actor = bearer(work, key(work, customer_id=make.customer(work))[1])

    assert actor is not None
    assert right not in actor.rights
    assert "tickets:write" in actor.rights


def test_a_key_needs_a_person(work: Work) -> None:
    with pytest.raises(NotFound):
        key(work, technician_id=2**62)


def test_giving_a_key_is_written_down_without_its_text(work: Work) -> None:
    id, text = key(work, scopes=["tickets:read"])

    entry = last_entry(work)
    assert (entry.what, entry.record_id) == ("key.created", id)
    assert (entry.after["name"], entry.after["scopes"]) == ("Script", ["tickets:read"])
    assert text[3:] not in str(entry.after)


def test_the_last_owner_cannot_leave(work: Work) -> None:
    dana = work.actor.technician_id
    assert dana is not None

    for changes in (Changes(active=False), Changes(role=Role.TECHNICIAN)):
        with pytest.raises(Conflict, match="last owner"):
            access.change(work, dana, changes)


def test_an_owner_may_leave_when_another_stays(work: Work) -> None:
    dana = work.actor.technician_id
    assert dana is not None
    make.technician(work, role="owner")

    access.change(work, dana, Changes(role=Role.TECHNICIAN))

    assert access.get(work, dana).role is Role.TECHNICIAN


def test_an_owner_who_is_switched_off_does_not_count(work: Work) -> None:
    dana, other = work.actor.technician_id, make.technician(work, role="owner")
    assert dana is not None
    access.change(work, other, Changes(active=False))

    with pytest.raises(Conflict):
        access.change(work, dana, Changes(active=False))


def test_the_last_owner_may_be_renamed(work: Work) -> None:
    dana = work.actor.technician_id
    assert dana is not None

    assert access.change(work, dana, Changes(first_name="Daniela", role=Role.OWNER)).first_name == "Daniela"


def test_a_technicians_mail_belongs_to_one(work: Work) -> None:
    make.technician(work, email="tess@msp.example")

    with pytest.raises(Invalid) as refused:
        make.technician(work, email="TESS@msp.example")

    assert refused.value.problems["email"].why is Why.TAKEN


def test_a_password_is_kept_as_a_hash_alone(work: Work) -> None:
    id = make.technician(work, password="correct horse battery")
    access.change(work, id, Changes(password="another long password"))

    technician = work.find(Technician, id)
    assert technician is not None
    assert (technician.password_hash or "").startswith("$argon2id$")
    entry = last_entry(work)
    assert entry.what == "technician.changed"
    assert "password" not in str((entry.before, entry.after))


def test_a_short_password_is_refused(work: Work) -> None:
    with pytest.raises(Invalid) as refused:
        make.technician(work, password="too short")

    assert refused.value.problems.keys() == {"password"}


@pytest.mark.parametrize("rights", [access.ROLES[Role.TECHNICIAN], access.ROLES[Role.READ_ONLY]])
def test_only_owners_decide_who_works_here(work: Work, rights: frozenset[str]) -> None:
    id, _ = key(work)
    tess = acting(work, rights=rights)

    for act in (
        lambda: make.technician(tess),
        lambda: access.change(tess, work.actor.technician_id or 0, Changes(first_name="Eve")),
        lambda: key(tess),
        lambda: access.revoke_key(tess, id),
        lambda: access.keys(tess),
        lambda: access.everyone(tess),
    ):
        with pytest.raises(Forbidden):
            act()


def test_technicians_are_listed_by_mail_and_activity(work: Work) -> None:
    tess = make.technician(work, email="tess@msp.example")
    access.change(work, tess, Changes(active=False))

    assert ids(work, access.READING, Filter(email="TESS@msp.example")) == [tess]
    assert tess not in ids(work, access.READING, Filter(active=True))


def test_every_key_is_listed_without_its_text(work: Work) -> None:
    id, text = key(work, name="Report")

    (row,) = access.keys(work)

    assert (row[0], row[1], row[2]) == (id, "Report", text[:8])
    assert text not in str(row)
    assert how_many(work, ApiKey) == 1
