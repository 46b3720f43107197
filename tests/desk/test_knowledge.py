"""Rules of pages."""

from typing import Any

import pytest

import make
from desk.looking import acting, how_many, ids, last_entry, later
from quarterdeck.desk import assets, knowledge
from quarterdeck.desk.errors import Forbidden, Invalid, NotFound, Stale
from quarterdeck.desk.knowledge import Article
from quarterdeck.desk.work import Work


def found(work: Work, **where: Any) -> list[int]:
    return ids(work, knowledge.READING, knowledge.Filter.check(where))


def slug(work: Work, id: int) -> str:
    return knowledge.get(work, id).slug


@pytest.mark.parametrize(
    ("name", "slug"),
    [("VPN how-to", "vpn-how-to"), ("  Wi-Fi / 5 GHz! ", "wi-fi-5-ghz"), ("Ключи", "ключи"), ("???", "page")],
)
def test_a_link_is_made_of_the_name(work: Work, name: str, slug: str) -> None:
    assert knowledge.get(work, make.article(work, name=name)).slug == slug


def test_no_two_pages_have_one_link(work: Work) -> None:
    pages = [make.article(work, name="VPN") for _ in range(3)]

    assert [slug(work, id) for id in pages] == ["vpn", "vpn-2", "vpn-3"]
    with pytest.raises(Invalid) as refused:
        make.article(work, name="Another", slug="VPN")
    assert refused.value.problems == {"slug": "belongs to another page"}


def test_a_page_renamed_is_found_where_it_was(work: Work) -> None:
    id = make.article(work, name="VPN")

    knowledge.change(later(work), id, knowledge.Changes(name="Virtual private network"))
    assert slug(work, id) == "vpn"

    knowledge.change(later(work), id, knowledge.Changes(slug="Private Network"))
    assert slug(work, id) == "private-network"


def test_a_page_says_something(work: Work) -> None:
    for given in ({"name": " "}, {"body": " \n"}):
        with pytest.raises(Invalid):
            make.article(work, **given)


def test_a_page_about_a_device_is_of_its_customer(work: Work) -> None:
    agent = make.agent(work)

    id = make.article(work, asset_id=agent)

    assert knowledge.get(work, id).customer_id == assets.get(work, agent).customer_id
    with pytest.raises(Invalid) as refused:
        make.article(work, asset_id=agent, customer_id=make.customer(work, name="Other"))
    assert refused.value.problems == {"asset_id": "belongs to another customer"}


def test_pages_are_found_by_what_they_say(work: Work) -> None:
    customer = make.customer(work)
    vpn = make.article(work, name="VPN how-to", body="Dial in", public=True)
    router = make.article(work, name="Router", body="100% of the VPN goes here", customer_id=customer)

    assert found(work, like="vpn") == [vpn, router]
    assert found(work, like="100%") == [router]
    assert found(work, public=True) == [vpn]
    assert found(work, customer_id=customer) == [router]
    assert found(work, slug="router") == [router]
    assert found(work, changed_since=later(work).now) == []


def test_what_happens_is_written_down(work: Work) -> None:
    id = make.article(work)
    assert last_entry(work).what == "article.created"

    knowledge.change(later(work), id, knowledge.Changes(body="Call us."))
    entry = last_entry(work)
    assert (entry.what, entry.before, entry.after) == ("article.changed", {"body": "Dial in."}, {"body": "Call us."})

    knowledge.remove(later(work), id)
    assert (last_entry(work).what, how_many(work, Article)) == ("article.deleted", 0)


def test_a_change_of_another_version_is_refused(work: Work) -> None:
    id = make.article(work)

    with pytest.raises(Stale):
        knowledge.change(work, id, knowledge.Changes(body="Call us."), version=2)
    with pytest.raises(Stale):
        knowledge.remove(work, id, version=2)


def test_pages_of_others_are_not_there_for_a_key_of_one_customer(work: Work) -> None:
    own, other = make.customer(work, name="Own"), make.customer(work, name="Other")
    theirs, everybodys = make.article(work, customer_id=other), make.article(work)
    olga = acting(work, customer_id=own)

    mine = make.article(olga)

    assert knowledge.get(work, mine).customer_id == own
    assert found(olga) == [mine]
    for id in (theirs, everybodys):
        with pytest.raises(NotFound):
            knowledge.change(olga, id, knowledge.Changes(body="Mine"))
        with pytest.raises(NotFound):
            knowledge.remove(olga, id)
    knowledge.change(olga, mine, knowledge.Changes(customer_id=None))
    assert knowledge.get(work, mine).customer_id == own


def test_who_may_only_look_cannot_change(work: Work) -> None:
    id = make.article(work)
    vic = acting(work, rights=frozenset({"knowledge:read"}))

    for act in (
        lambda: make.article(vic),
        lambda: knowledge.change(vic, id, knowledge.Changes(body="Mine")),
        lambda: knowledge.remove(vic, id),
    ):
        with pytest.raises(Forbidden):
            act()
