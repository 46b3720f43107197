"""Rules of the provider's own record."""

import pytest
import sqlalchemy as sa

from desk.looking import acting, how_many, last_entry, later
from quarterdeck.desk import provider
from quarterdeck.desk.errors import Forbidden, Invalid
from quarterdeck.desk.provider import Changes, Provider
from quarterdeck.desk.work import Work


def test_the_provider_is_there_from_the_start(work: Work) -> None:
    assert (provider.get(work).name, provider.get(work).time_zone) == ("Quarterdeck", "UTC")


def test_the_provider_can_be_changed(work: Work) -> None:
    provider.change(later(work), Changes(name=" Harbour IT ", city="Lisbon"))

    kept = provider.get(work)
    assert (kept.name, kept.city, kept.version, kept.updated_at) == ("Harbour IT", "Lisbon", 2, later(work).now)
    entry = last_entry(work)
    assert (entry.what, entry.before, entry.after) == (
        "provider.changed",
        {"name": "Quarterdeck"},
        {"name": "Harbour IT", "city": "Lisbon"},
    )


def test_the_provider_has_a_name() -> None:
    with pytest.raises(Invalid):
        Changes.check({"name": " "})


def test_only_owners_change_the_provider(work: Work) -> None:
    with pytest.raises(Forbidden):
        provider.change(acting(work, rights=frozenset({"tickets:read", "tickets:write"})), Changes(name="Eve"))


def test_there_is_one_provider(work: Work) -> None:
    with pytest.raises(sa.exc.IntegrityError), work.db.begin_nested():
        work.db.execute(sa.update(Provider).values(id=2))

    assert how_many(work, Provider) == 1
