"""Rules of alerts."""

import pytest

import make
from desk.looking import acting, counted, ids, last_entry, later
from quarterdeck.desk import alerts, assets
from quarterdeck.desk.errors import Forbidden, Invalid, NotFound, Stale
from quarterdeck.desk.work import Work


def test_an_alert_is_of_the_customer_whose_device_it_is_about(work: Work) -> None:
    customer = make.customer(work)
    agent = make.agent(work, customer_id=customer)
    guid = assets.get(work, agent).guid

    by_id = alerts.create(work, alerts.New(asset_id=agent, title="Hot"))
    by_guid = alerts.create(work, alerts.New(asset_guid=guid.upper(), title="Hot"))

    for id in (by_id, by_guid):
        assert (alerts.get(work, id).customer_id, alerts.get(work, id).asset_id) == (customer, agent)


def test_an_alert_of_nobody_is_refused(work: Work) -> None:
    with pytest.raises(Invalid, match="customer_id"):
        alerts.create(work, alerts.New(title="Hot"))
    for where in ({"customer_id": 99_999}, {"asset_id": 99_999}, {"asset_guid": "none"}):
        with pytest.raises(Invalid, match=next(iter(where))):
            alerts.create(work, alerts.New.check({"title": "Hot", **where}))


def test_an_alert_that_arrives_resolved_says_when(work: Work) -> None:
    alert = alerts.get(work, make.alert(work, archived=True))

    assert alert.archived_at == work.now


def test_an_alert_rests_until_a_moment(work: Work) -> None:
    id = make.alert(work)
    until = later(work, days=1).now

    alerts.snooze(work, id, until)

    assert alerts.get(work, id).snoozed_until == until
    assert last_entry(work).what == "alert.snoozed"
    assert ids(work, alerts.READING, alerts.Filter(snoozed_at=work.now)) == [id]
    assert ids(work, alerts.READING, alerts.Filter(awake_at=later(work, days=2).now)) == [id]


def test_an_alert_is_resolved_once(work: Work) -> None:
    id = make.alert(work)

    alerts.resolve(work, id, note="Cleaned up")
    entry = last_entry(work)
    alerts.resolve(later(work), id)

    alert = alerts.get(work, id)
    assert (alert.archived, alert.archived_at, alert.version) == (True, work.now, 2)
    assert (entry.what, entry.after) == ("alert.resolved", {"note": "Cleaned up"})
    assert last_entry(work).id == entry.id


def test_a_deleted_alert_is_counted_no_more(work: Work) -> None:
    id = make.alert(work)
    before = counted(work, "alert")

    alerts.remove(work, id)

    assert counted(work, "alert") == before - 1
    assert last_entry(work).before == {"title": "Disk almost full"}
    with pytest.raises(NotFound):
        alerts.get(work, id)


def test_a_change_of_another_version_is_refused(work: Work) -> None:
    id = make.alert(work)

    for act in (alerts.resolve, alerts.remove):
        with pytest.raises(Stale):
            act(work, id, 2)
    with pytest.raises(Stale):
        alerts.snooze(work, id, work.now, 2)


def test_an_alert_of_another_customer_is_not_there(work: Work) -> None:
    id = make.alert(work)
    olga = acting(work, customer_id=make.customer(work))

    for act in (alerts.resolve, alerts.remove, alerts.get):
        with pytest.raises(NotFound):
            act(olga, id)
    with pytest.raises(NotFound):
        alerts.snooze(olga, id, work.now)


def test_who_may_only_look_changes_no_alert(work: Work) -> None:
    id = make.alert(work)
    vic = acting(work, rights=frozenset({"alerts:read"}))

    for act in (alerts.resolve, alerts.remove):
        with pytest.raises(Forbidden):
            act(vic, id)
    with pytest.raises(Forbidden):
        alerts.snooze(vic, id, work.now)
