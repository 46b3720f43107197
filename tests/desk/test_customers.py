"""Rules of customers and their sites."""

from datetime import timedelta

import pytest

import make
from desk.looking import acting, counted, ids, last_entry, later
from quarterdeck.desk import customers
from quarterdeck.desk.customers import Site
from quarterdeck.desk.errors import Forbidden, Invalid, NotFound, Stale, Why
from quarterdeck.desk.work import Work


def test_a_name_is_trimmed(work: Work) -> None:
    id = make.customer(work, name="  Acme Dental\t")

    assert customers.get(work, id).name == "Acme Dental"


@pytest.mark.parametrize("name", ["", "   ", "\t\n", None])
def test_a_name_is_required(work: Work, name: str | None) -> None:
    with pytest.raises(Invalid) as refused:
        make.customer(work, name=name)

    assert refused.value.problems["name"].why is Why.MISSING


def test_a_name_cannot_be_cleared_later() -> None:
    with pytest.raises(Invalid) as refused:
        customers.Changes.check({"name": " "})

    assert refused.value.problems["name"].why is Why.MISSING


@pytest.mark.parametrize("name", ["x" * 251, "nul\x00", "half \ud83d"])
def test_a_name_that_could_not_be_kept_is_refused(name: str) -> None:
    with pytest.raises(Invalid):
        customers.New.check({"name": name})


def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(Invalid) as refused:
        customers.New.check({"name": "", "longitude": 181, "latitude": "north", "city": "x" * 501})

    assert refused.value.problems.keys() == {"name", "longitude", "latitude", "city"}


@pytest.mark.parametrize(
    "domain",
    [
        "acme.example",
        "ACME.Example",
        "www.acme.example",
        "https://www.acme.example/",
        "http://acme.example/contact?x=1",
        "info@acme.example",
        "  acme.example ",
    ],
)
def test_a_domain_is_the_same_however_it_is_written(work: Work, domain: str) -> None:
    id = make.customer(work, domain=domain)

    assert customers.by_mail(work, "Pat@ACME.example") == id
    assert ids(work, customers.READING, customers.Filter(domain="acme.example")) == [id]


def test_a_domain_is_shown_as_it_was_written(work: Work) -> None:
    id = make.customer(work, domain="https://www.Acme.example/")

    assert customers.get(work, id).domain == "https://www.Acme.example/"


def test_a_cleared_domain_is_no_longer_known(work: Work) -> None:
    id = make.customer(work, domain="acme.example")

    customers.change(work, id, customers.Changes(domain=None))

    assert customers.by_mail(work, "pat@acme.example") is None


def test_a_mail_of_a_subdomain_is_not_taken_for_the_domain(work: Work) -> None:
    make.customer(work, domain="acme.example")

    assert customers.by_mail(work, "pat@mail.acme.example") is None


def test_the_oldest_of_two_customers_of_one_name_is_found(work: Work) -> None:
    first = make.customer(work, name="Acme")
    make.customer(work, name="ACME")

    assert customers.by_name(work, " acme ") == first


def test_the_counter_follows_what_is_made(work: Work) -> None:
    before = counted(work, "customer")

    make.customer(work)
    make.customer(work)

    assert counted(work, "customer") == before + 2


def test_a_change_touches_only_what_was_sent(work: Work) -> None:
    id = make.customer(work, name="Acme", city="Lisbon", phone="1")

    customers.change(work, id, customers.Changes(city=None))

    customer = customers.get(work, id)
    assert (customer.name, customer.city, customer.phone) == ("Acme", None, "1")


def test_a_change_counts_the_version_up(work: Work) -> None:
    id = make.customer(work)

    customers.change(work, id, customers.Changes(city="Porto"))
    customers.change(work, id, customers.Changes(city="Faro"))

    assert customers.get(work, id).version == 3


def test_a_change_moves_the_time_of_change_alone(work: Work) -> None:
    id = make.customer(work)

    customers.change(later(work, hours=2), id, customers.Changes(city="Porto"))

    customer = customers.get(work, id)
    assert customer.created_at == work.now
    assert customer.updated_at == work.now + timedelta(hours=2)


def test_a_change_of_another_version_is_refused(work: Work) -> None:
    id = make.customer(work)
    customers.change(work, id, customers.Changes(city="Porto"), version=1)

    with pytest.raises(Stale):
        customers.change(work, id, customers.Changes(city="Faro"), version=1)

    assert customers.get(work, id).city == "Porto"


def test_a_customer_won_before_keeps_that_day(work: Work) -> None:
    id = make.customer(work, created_at="2019-05-01T10:00:00+02:00")

    assert customers.get(work, id).created_at.isoformat() == "2019-05-01T08:00:00+00:00"


def test_a_customer_that_is_not_there_is_not_found(work: Work) -> None:
    with pytest.raises(NotFound, match="customer not found"):
        customers.change(work, 2**62, customers.Changes(city="Porto"))


def test_making_one_is_written_down(work: Work) -> None:
    id = make.customer(acting(work, key_id=7), name="Acme", city="Lisbon")

    entry = last_entry(work)
    assert (entry.what, entry.kind_of, entry.record_id, entry.customer_id) == ("customer.created", "customer", id, id)
    assert (entry.who, entry.technician_id, entry.key_id) == ("Dana Reyes", work.actor.technician_id, 7)
    assert (entry.face, entry.at, entry.before) == ("tests", work.now, None)
    assert entry.after == {"name": "Acme", "domain": "acme.example", "city": "Lisbon"}


def test_a_change_is_written_down_with_before_and_after(work: Work) -> None:
    id = make.customer(work, name="Acme", city="Lisbon")

    customers.change(later(work), id, customers.Changes(city="Porto", phone="1"))

    entry = last_entry(work)
    assert (entry.what, entry.at) == ("customer.changed", later(work).now)
    assert (entry.before, entry.after) == ({"city": "Lisbon"}, {"city": "Porto", "phone": "1"})


def test_a_refused_change_leaves_no_entry(work: Work) -> None:
    id = make.customer(work)
    before = last_entry(work).id

    with pytest.raises(Stale):
        customers.change(work, id, customers.Changes(city="Porto"), version=9)

    assert last_entry(work).id == before


def test_a_site_belongs_to_its_customer(work: Work) -> None:
    customer = make.customer(work)

    id = customers.add_site(work, customers.NewSite(customer_id=customer, name="Main office", city="Lisbon"))

    site = work.find(Site, id)
    assert site is not None
    assert (site.customer_id, site.name, site.city) == (customer, "Main office", "Lisbon")
    entry = last_entry(work)
    assert (entry.what, entry.record_id, entry.customer_id) == ("site.created", id, customer)


def test_a_site_of_nobody_is_refused(work: Work) -> None:
    with pytest.raises(NotFound):
        customers.add_site(work, customers.NewSite(customer_id=2**62, name="Main office"))


def test_who_may_only_look_cannot_change(work: Work) -> None:
    id = make.customer(work)
    vic = acting(work, rights=frozenset({"customers:read"}))

    for act in (
        lambda: make.customer(vic),
        lambda: customers.change(vic, id, customers.Changes(city="Porto")),
        lambda: customers.add_site(vic, customers.NewSite(customer_id=id, name="Main office")),
    ):
        with pytest.raises(Forbidden):
            act()


def test_someone_of_one_customer_sees_no_other(work: Work) -> None:
    acme, other = make.customer(work), make.customer(work, name="Birch")
    olga = acting(work, customer_id=other)

    assert ids(olga, customers.READING, customers.Filter()) == [other]
    with pytest.raises(NotFound):
        customers.get(olga, acme)
    with pytest.raises(NotFound):
        customers.change(olga, acme, customers.Changes(city="Porto"))
    with pytest.raises(NotFound):
        customers.add_site(olga, customers.NewSite(customer_id=acme, name="Main office"))


def test_someone_of_one_customer_makes_no_other(work: Work) -> None:
    olga = acting(work, customer_id=make.customer(work))

    with pytest.raises(Forbidden):
        make.customer(olga)


@pytest.mark.parametrize("text", ["acme", "DENTAL", "me de", "Äcme"])
def test_a_customer_is_found_by_part_of_the_name(work: Work, text: str) -> None:
    id = make.customer(work, name="Äcme Dental" if "Ä" in text else "Acme Dental")
    make.customer(work, name="Birch")

    assert ids(work, customers.READING, customers.Filter(name=text)) == [id]


@pytest.mark.parametrize("text", ["%", "_", "100%", "a_c", "\\"])
def test_signs_of_a_pattern_are_taken_as_they_are(work: Work, text: str) -> None:
    make.customer(work, name="abc 100 percent")
    id = make.customer(work, name="100% a_c \\o/")

    assert ids(work, customers.READING, customers.Filter(name=text)) == [id]
