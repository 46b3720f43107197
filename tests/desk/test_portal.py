"""Rules of those who sign in at the portal."""

import io
import zipfile
from typing import Any

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher

import make
from desk.looking import acting, how_many, ids, last_entry, later
from quarterdeck.desk import contacts, leaving, portal
from quarterdeck.desk.errors import Forbidden, Invalid, NotFound, Stale
from quarterdeck.desk.journal import Entry
from quarterdeck.desk.portal import PortalUser
from quarterdeck.desk.work import Work

SECRET = "correct horse battery"


def found(work: Work, **where: Any) -> list[int]:
    return ids(work, portal.READING, portal.Filter.check(where))


def test_of_a_password_only_a_hash_is_kept(work: Work) -> None:
    id = make.portal_user(work, password=SECRET, confirmation=SECRET)

    kept = portal.get(work, id).password_hash
    assert kept is not None
    assert SECRET not in kept
    assert PasswordHasher().verify(kept, SECRET)


def test_no_password_is_written_down(work: Work) -> None:
    id = make.portal_user(work, password=SECRET, confirmation=SECRET)
    portal.change(later(work), id, portal.Changes(password="another " + SECRET))

    entries = work.db.execute(sa.select(Entry.before, Entry.after).where(Entry.kind_of == "portal user")).all()
    assert len(entries) == 2
    assert not any("password" in str(entry) or SECRET in str(entry) or "argon2" in str(entry) for entry in entries)


def test_no_password_goes_into_an_archive(work: Work) -> None:
    customer = make.customer(work)
    make.portal_user(work, customer_id=customer, email="ann@acme.example", password=SECRET)

    content = leaving.content(work, leaving.remove_customer(work, customer)).content

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        text = "".join(archive.read(name).decode() for name in archive.namelist())
    assert "ann@acme.example" in text
    assert "argon2" not in text


def test_a_password_is_said_twice_alike(work: Work) -> None:
    for given in ({"password": SECRET, "confirmation": "other"}, {"confirmation": SECRET}):
        with pytest.raises(Invalid) as refused:
            make.portal_user(work, **given)
        assert refused.value.problems == {"confirmation": "is not the password"}
    assert how_many(work, PortalUser) == 0


def test_somebody_may_wait_for_a_password(work: Work) -> None:
    id = make.portal_user(work)
    assert portal.get(work, id).password_hash is None

    portal.change(later(work), id, portal.Changes(password=SECRET))
    assert PasswordHasher().verify(portal.get(work, id).password_hash or "", SECRET)


def test_a_contact_says_whose_person_it_is(work: Work) -> None:
    contact = make.contact(work)

    id = make.portal_user(work, contact_id=contact)

    assert portal.get(work, id).customer_id == contacts.get(work, contact).customer_id
    with pytest.raises(Invalid) as refused:
        make.portal_user(work, contact_id=contact, customer_id=make.customer(work, name="Other"))
    assert refused.value.problems == {"contact_id": "belongs to another customer"}


def test_somebody_of_no_customer_is_refused(work: Work) -> None:
    with pytest.raises(Invalid) as refused:
        make.portal_user(work, customer_id=None)
    assert refused.value.problems == {"customer_id": "is required"}


def test_an_address_signs_in_one_person(work: Work) -> None:
    make.portal_user(work, email="ann@acme.example")

    with pytest.raises(Invalid) as refused:
        make.portal_user(work, email="ANN@acme.example")
    assert refused.value.problems == {"email": "belongs to another portal user"}


def test_portal_users_are_found_by_address_or_customer(work: Work) -> None:
    customer = make.customer(work)
    ann = make.portal_user(work, email="ann@acme.example", customer_id=customer)
    make.portal_user(work)

    assert found(work, email="ANN@ACME.example") == [ann]
    assert found(work, customer_id=customer) == [ann]
    assert found(work, changed_since=later(work).now) == []


def test_nobody_is_invited_while_there_is_no_mail(work: Work) -> None:
    id = make.portal_user(work)

    with pytest.raises(Invalid, match="mail is not set up"):
        portal.invite(work, portal.Invitation(id=id))
    with pytest.raises(NotFound):
        portal.invite(work, portal.Invitation(id=99_999))


def test_what_happens_is_written_down(work: Work) -> None:
    id = make.portal_user(work, email="ann@acme.example")

    portal.change(later(work), id, portal.Changes(email="ann.lee@acme.example"))
    entry = last_entry(work)
    assert (entry.what, entry.after) == ("portal user.changed", {"email": "ann.lee@acme.example"})

    portal.remove(later(work), id)
    assert (last_entry(work).what, how_many(work, PortalUser)) == ("portal user.deleted", 0)


def test_a_change_of_another_version_is_refused(work: Work) -> None:
    id = make.portal_user(work)

    with pytest.raises(Stale):
        portal.change(work, id, portal.Changes(email="ann.lee@acme.example"), version=2)
    with pytest.raises(Stale):
        portal.remove(work, id, version=2)


def test_people_of_others_are_not_there_for_a_key_of_one_customer(work: Work) -> None:
    own, other = make.customer(work, name="Own"), make.customer(work, name="Other")
    theirs, mine = make.portal_user(work, customer_id=other), make.portal_user(work, customer_id=own)
    olga = acting(work, customer_id=own)

    assert found(olga) == [mine]
    for act in (
        lambda: portal.change(olga, theirs, portal.Changes(email="olga@own.example")),
        lambda: portal.remove(olga, theirs),
        lambda: portal.invite(olga, portal.Invitation(id=theirs)),
    ):
        with pytest.raises(NotFound):
            act()
    for change in (lambda: make.portal_user(olga, customer_id=other), lambda: give(olga, mine, other)):
        with pytest.raises(Invalid):
            change()


def give(work: Work, id: int, customer_id: int) -> None:
    portal.change(work, id, portal.Changes(customer_id=customer_id))


def test_who_may_only_look_cannot_change(work: Work) -> None:
    id = make.portal_user(work)
    vic = acting(work, rights=frozenset({"portal:read"}))

    for act in (
        lambda: portal.create(vic, portal.New(email="vic@acme.example")),
        lambda: portal.change(vic, id, portal.Changes(email="vic@acme.example")),
        lambda: portal.remove(vic, id),
        lambda: portal.invite(vic, portal.Invitation(id=id)),
    ):
        with pytest.raises(Forbidden):
            act()
