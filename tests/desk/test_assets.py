"""Rules of devices."""

from typing import Any

import pytest

import make
from desk.looking import acting, how_many, ids, last_entry, later
from quarterdeck.desk import assets, contacts, customers
from quarterdeck.desk.assets import Patch, Software
from quarterdeck.desk.errors import Forbidden, Invalid, NotFound, Stale
from quarterdeck.desk.work import Work

PATCH = {"code": "KB1", "title": "Cumulative update", "state": "missing", "at": "2026-03-01T06:00:00Z"}


def test_a_change_is_written_down(work: Work) -> None:
    id = make.agent(work, notes="old")

    assets.change(later(work), id, assets.Changes(notes="new", serial="S1"))

    asset = assets.get(work, id)
    assert (asset.notes, asset.serial_key, asset.version, asset.updated_at) == ("new", "s1", 2, later(work).now)
    entry = last_entry(work)
    assert (entry.what, entry.before, entry.after) == (
        "agent.changed",
        {"notes": "old"},
        {"notes": "new", "serial": "S1"},
    )


def test_a_change_of_another_version_is_refused(work: Work) -> None:
    id = make.agent(work)

    with pytest.raises(Stale):
        assets.change(work, id, assets.Changes(notes="new"), version=2)


def test_who_may_only_look_changes_no_device(work: Work) -> None:
    id = make.agent(work)
    vic = acting(work, rights=frozenset({"assets:read", "customers:read"}))

    with pytest.raises(Forbidden):
        assets.change(vic, id, assets.Changes(notes="new"))
    with pytest.raises(Forbidden):
        assets.report_patch(vic, id, assets.NewPatch.check(PATCH))
    with pytest.raises(Forbidden):
        assets.report_software(vic, id, [])


def test_a_device_of_another_customer_is_not_there(work: Work) -> None:
    id = make.agent(work)
    olga = acting(work, customer_id=make.customer(work))

    for act in (
        lambda: assets.change(olga, id, assets.Changes(notes="mine")),
        lambda: assets.report_patch(olga, id, assets.NewPatch.check(PATCH)),
        lambda: assets.report_software(olga, id, []),
    ):
        with pytest.raises(NotFound):
            act()


def test_a_user_or_site_has_to_be_the_same_customers(work: Work) -> None:
    id = make.agent(work)
    contact = make.contact(work)
    site = customers.add_site(work, customers.NewSite(customer_id=make.customer(work), name="Harbour"))

    for changes in ({"contact_id": contact}, {"site_id": site}, {"contact_id": 99_999}):
        with pytest.raises(Invalid):
            assets.change(work, id, assets.Changes(**changes))


def test_a_device_that_moves_leaves_its_people_and_its_site_behind(work: Work) -> None:
    old, new = make.customer(work), make.customer(work)
    contact = make.contact(work, customer_id=old)
    site = customers.add_site(work, customers.NewSite(customer_id=old, name="Harbour"))
    id = make.agent(work, customer_id=old, contact_id=contact, site_id=site)
    contacts.change(work, contact, contacts.Changes(default_asset_id=id))
    version = contacts.get(work, contact).version

    assets.change(later(work), id, assets.Changes(customer_id=new))

    asset = assets.get(work, id)
    assert (asset.customer_id, asset.contact_id, asset.site_id) == (new, None, None)
    kept = contacts.get(work, contact)
    assert (kept.default_asset_id, kept.version, kept.updated_at) == (None, version + 1, later(work).now)


def test_a_device_that_stays_keeps_its_people(work: Work) -> None:
    customer = make.customer(work)
    contact = make.contact(work, customer_id=customer)
    id = make.agent(work, customer_id=customer, contact_id=contact)

    assets.change(work, id, assets.Changes(customer_id=customer))

    assert assets.get(work, id).contact_id == contact


@pytest.mark.parametrize("again", ["ABC-1", " abc-1 ", "ＡＢＣ-1"])
def test_a_serial_number_is_one_devices_of_a_customer(work: Work, again: str) -> None:
    customer = make.customer(work)
    make.agent(work, customer_id=customer, serial="ABC-1")
    other = make.agent(work, customer_id=customer)

    with pytest.raises(Invalid, match="serial"):
        make.agent(work, customer_id=customer, serial=again)
    with pytest.raises(Invalid, match="serial"):
        assets.change(work, other, assets.Changes(serial=again))
    elsewhere = make.agent(work, serial=again)
    with pytest.raises(Invalid, match="serial"):
        assets.change(work, elsewhere, assets.Changes(customer_id=customer))


@pytest.mark.parametrize("word", ["To be filled by O.E.M.", "Default string", "None", "0", "", " "])
def test_what_makers_leave_in_place_of_a_serial_number_is_none(work: Work, word: str) -> None:
    customer = make.customer(work)

    made = [make.agent(work, customer_id=customer, serial=word) for _ in range(2)]

    assert assets.get(work, made[0]).serial == word
    assert ids(work, assets.READING, assets.Filter(serial=word)) == []


def test_a_day_has_to_be_one() -> None:
    assert assets.Changes.check({"warranty_until": "2026-02-28"}).warranty_until == "2026-02-28"
    for text in ("2026-02-30", "soon", ""):
        with pytest.raises(Invalid):
            assets.Changes.check({"warranty_until": text})


def test_types_are_the_usual_ones_and_those_in_use(work: Work) -> None:
    make.agent(work, type="Time clock")
    other = make.customer(work)

    assert assets.types(work) == [*assets.STOCK, "Time clock"]
    assert assets.types(acting(work, customer_id=other)) == list(assets.STOCK)


def test_the_latest_word_on_a_patch_counts(work: Work) -> None:
    id = make.agent(work)

    first = assets.report_patch(work, id, assets.NewPatch.check(PATCH))
    second = assets.report_patch(work, id, assets.NewPatch.check({**PATCH, "state": "installed"}))

    assert first == second
    assert how_many(work, Patch) == 1
    assert ids(work, assets.PATCHES, assets.PatchFilter(asset_id=id, installed=True)) == [first]
    assert ids(work, assets.PATCHES, assets.PatchFilter(asset_id=id, installed=False)) == []


def test_programs_replace_those_found_before(work: Work) -> None:
    id = make.agent(work)

    for found in (("7-Zip", "VLC"), ("VLC",)):
        assets.report_software(work, id, [assets.NewSoftware(name=name) for name in found])

    assert how_many(work, Software) == 1
    assert last_entry(work).what == "agent.software reported"


@pytest.mark.parametrize(
    ("where", "wanted"),
    [
        ({"type": "SERVER"}, [1]),
        ({"type": None}, [0]),
        ({"serial": "abc"}, [1]),
        ({"like": "ab"}, [1]),
        ({"like": "OPTI"}, [0]),
        ({"like": "%"}, []),
        ({"online": True}, [1]),
    ],
)
def test_devices_are_found(work: Work, where: dict[str, Any], wanted: list[int]) -> None:
    made = [
        make.agent(work, name="WS", model="OptiPlex"),
        make.agent(work, name="SRV", type="Server", serial="ABC", online=True),
    ]

    assert ids(work, assets.READING, assets.Filter(**where)) == [made[one] for one in wanted]
