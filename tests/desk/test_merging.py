"""Rules of how duplicates are found, become one, and are taken apart again."""

import re
import time
from typing import Any

import pytest
import sqlalchemy as sa

import make
from desk.hanging import settle
from desk.looking import acting, counted, how_many, ids, last_entry, later
from quarterdeck.desk import access, assets, contacts, contracts, customers, fields, leaving, merging, search, tickets
from quarterdeck.desk.aliases import Alias, Merge
from quarterdeck.desk.appointments import Appointment
from quarterdeck.desk.contacts import Contact
from quarterdeck.desk.customers import Customer
from quarterdeck.desk.errors import Conflict, Forbidden, Invalid, NotFound
from quarterdeck.desk.fields import NewValue, Target
from quarterdeck.desk.journal import Entry
from quarterdeck.desk.likeness import company_domain, company_key, person_key
from quarterdeck.desk.merging import Kind
from quarterdeck.desk.merging.duplicates import REASONS, groups
from quarterdeck.desk.paging import Page
from quarterdeck.desk.records import METADATA
from quarterdeck.desk.work import Work

# What a merge leaves behind also when it is undone.
TRACES = {"journal", "merges", "counters", "calls"}
# What changes of a record each time it is touched.
STAMPS = {"updated_at", "version"}


def rows(work: Work) -> dict[str, list[Any]]:
    """Every row, without the stamps of when and how often it was changed."""
    kept = {}
    for table in METADATA.sorted_tables:
        if table.name not in TRACES:
            columns = [column for column in table.columns if column.name not in STAMPS]
            kept[table.name] = sorted((tuple(row) for row in work.db.execute(sa.select(*columns))), key=str)
    for kind in search.KINDS:
        words = sa.select(sa.column("rowid"), sa.cast(sa.column("words"), sa.Text()))
        kept[f"{kind}_search"] = sorted(
            (id, sorted(set(text.split())))
            for id, text in work.db.execute(words.select_from(sa.text(f"{kind}_search")))
        )
    return kept


def owners(work: Work, customer_id: int) -> dict[str, int]:
    """How many rows of each table name a customer."""
    return {
        table.name: n
        for table in METADATA.sorted_tables
        if "customer_id" in table.columns and table.name not in TRACES
        if (n := how_many_of(work, table, customer_id))
    }


def how_many_of(work: Work, table: sa.Table, customer_id: int) -> int:
    there = sa.select(sa.func.count()).select_from(table).where(table.columns.customer_id == customer_id)
    return work.db.scalar(there) or 0


def test_all_that_was_the_duplicates_is_the_primarys(work: Work) -> None:
    primary, made = make.customer(work, name="Acme"), settle(work, "Acme Inc")
    had = owners(work, made["customer"])

    merging.merge(work, Kind.CUSTOMER, primary, made["customer"])

    assert owners(work, primary) == had
    assert owners(work, made["customer"]) == {}
    assert tickets.get(work, made["ticket"]).customer_id == primary
    assert work.find(Customer, made["customer"]) is None


def test_a_preview_tells_what_moves(work: Work) -> None:
    primary, made = make.customer(work, name="Acme"), settle(work, "Acme Inc")
    before = rows(work)

    seen = merging.preview(work, Kind.CUSTOMER, primary, made["customer"])

    assert {name: seen.moves.get(name) for name in ("tickets", "contacts", "agents", "work hours", "attachments")} == {
        "tickets": 2, "contacts": 1, "agents": 1, "work hours": 1, "attachments": 1,
    }  # fmt: skip
    assert not seen.moves.keys() & {"customer", "merges", "old ids"}
    assert rows(work) == before


def test_a_preview_tells_what_is_filled_and_what_contradicts(work: Work) -> None:
    primary = make.customer(work, name="Acme", phone="555-0100", notes="")
    duplicate = make.customer(work, name="Acme Inc", phone="555-0199", notes="VIP", email="it@acme.example")
    for id, text in ((primary, "gold"), (duplicate, "silver")):
        fields.put(work, Target.CUSTOMER, id, NewValue(name="Level", value=text))
        fields.put(work, Target.CUSTOMER, id, NewValue(name="Region", value="North"))

    seen = merging.preview(work, Kind.CUSTOMER, primary, duplicate)

    assert seen.fills == {"notes": "VIP", "email": "it@acme.example"}
    assert seen.conflicts == [("Level", "gold", "silver")]
    assert seen.moves == {"custom values": 2}


def test_the_primary_gets_what_it_lacks(work: Work) -> None:
    primary = make.customer(work, name="Acme", phone="555-0100")
    duplicate = make.customer(work, name="Acme Inc", phone="555-0199", email="IT@acme.example", opt_out=True)

    merging.merge(work, Kind.CUSTOMER, primary, duplicate)

    acme = customers.get(work, primary)
    assert (acme.name, acme.phone, acme.email, acme.email_key) == (
        "Acme",
        "555-0100",
        "IT@acme.example",
        "it@acme.example",
    )
    assert acme.opt_out
    assert ids(work, customers.READING, customers.Filter(text="it@acme.example")) == [primary]


def test_halves_of_two_addresses_make_no_third(work: Work) -> None:
    primary = make.customer(work, name="Acme", city="Lisbon", first_name="Ann")
    elsewhere = make.customer(work, name="Acme Inc", city="Porto", zip="4000", first_name="Bob", last_name="Lee")
    same = make.customer(work, name="Acme Ltd", city="LISBON", zip="1000")

    merging.merge(work, Kind.CUSTOMER, primary, elsewhere)
    assert customers.get(work, primary).zip is None
    assert customers.get(work, primary).last_name is None
    merging.merge(work, Kind.CUSTOMER, primary, same)

    assert (customers.get(work, primary).city, customers.get(work, primary).zip) == ("Lisbon", "1000")


def test_custom_values_move_where_the_primary_has_none(work: Work) -> None:
    primary, duplicate = make.customer(work), make.customer(work)
    for id, name, text in ((primary, "Level", "gold"), (duplicate, "Level", "silver"), (duplicate, "Region", "North")):
        fields.put(work, Target.CUSTOMER, id, NewValue(name=name, value=text))

    merging.merge(work, Kind.CUSTOMER, primary, duplicate)

    kept = fields.VALUES.view(("field.name", "text")).page(work, fields.ValueFilter(record_id=primary), Page())
    assert {row[:2] for row in kept.items} == {("Level", "gold"), ("Region", "North")}
    assert how_many(work, fields.Value) == 2


def test_the_counters_and_searches_follow_a_merge(work: Work) -> None:
    primary, made = make.customer(work, name="Acme"), settle(work, "Birchwood")
    before = counted(work, "customer")

    merging.merge(work, Kind.CUSTOMER, primary, made["customer"])

    assert counted(work, "customer") == before - 1
    assert ids(work, customers.READING, customers.Filter(text="birchwood")) == []
    assert made["ticket"] in ids(work, tickets.READING, tickets.Filter(text="acme"))


def test_moved_records_count_as_changed(work: Work) -> None:
    primary, duplicate = make.customer(work), make.customer(work)
    ticket = make.ticket(work, customer_id=duplicate)

    merging.merge(later(work), Kind.CUSTOMER, primary, duplicate)

    assert ids(work, tickets.READING, tickets.Filter(changed_since=later(work).now)) == [ticket]


def test_a_merge_is_written_down_for_both(work: Work) -> None:
    primary, made = make.customer(work), settle(work, "Acme")

    id = merging.merge(work, Kind.CUSTOMER, primary, made["customer"])

    told = sa.select(Entry.record_id).where(Entry.what == "customer.merged")
    assert sorted(work.db.scalars(told)) == [primary, made["customer"]]
    assert last_entry(work).after["merge_id"] == id
    assert last_entry(work).after["tickets.customer_id"] == 2


def test_contacts_become_one_with_all_they_said(work: Work) -> None:
    made = settle(work, "Acme")
    keep = make.contact(work, customer_id=made["customer"], first_name="Pat", email=None)
    portal = make.contact(work, customer_id=made["customer"], primary=True)

    merging.merge(work, Kind.CONTACT, keep, made["contact"])
    merging.merge(work, Kind.CONTACT, keep, portal)

    kept, ticket = contacts.get(work, keep), tickets.get(work, made["ticket"])
    assert (kept.email, kept.primary, kept.site_id) == ("pat@acme.example", True, made["site"])
    assert contacts.by_email(work, "pat@acme.example") == keep
    assert ticket.contact_id == assets.get(work, made["agent"]).contact_id == keep
    comment = work.find(tickets.Comment, made["comment"])
    assert comment is not None
    assert comment.contact_id == keep


@pytest.mark.parametrize("kind", Kind)
def test_undoing_a_merge_makes_everything_as_it_was(work: Work, kind: Kind) -> None:
    made = settle(work, "Acme Inc")
    builder = make.customer if kind is Kind.CUSTOMER else make.contact
    given = {"name": "Acme"} if kind is Kind.CUSTOMER else {"customer_id": made["customer"], "email": None}
    primary = builder(work, **given)
    for id in (primary, made[kind]):
        fields.put(work, Target(kind), id, NewValue(name=f"Colour of {kind}", value=f"blue {id}"))
        fields.put(work, Target(kind), id, NewValue(name=f"Only {id}", value="x"))
    before = rows(work)

    id = merging.merge(work, kind, primary, made[kind])
    merging.undo(later(work, days=29), id)

    assert rows(work) == before
    assert counted(work, kind) == how_many(work, Customer if kind is Kind.CUSTOMER else Contact)
    assert last_entry(work).what == f"{kind}.unmerged"


def test_what_was_changed_meanwhile_stays_when_a_merge_is_undone(work: Work) -> None:
    primary = make.customer(work, name="Acme")
    duplicate = make.customer(work, name="Acme Inc", email="it@acme.example", phone="555")
    moved, gone, given_away = (make.ticket(work, customer_id=duplicate) for _ in range(3))
    birch = make.customer(work, name="Birch")

    id = merging.merge(work, Kind.CUSTOMER, primary, duplicate)
    customers.change(work, primary, customers.Changes.check({"email": "help@acme.example"}))
    leaving.remove_ticket(work, gone)
    tickets.change(work, given_away, tickets.Changes.check({"customer_id": birch}))
    new = make.ticket(work, customer_id=primary)
    merging.undo(work, id)

    assert (customers.get(work, primary).email, customers.get(work, primary).phone) == ("help@acme.example", None)
    assert [tickets.get(work, one).customer_id for one in (moved, given_away, new)] == [duplicate, birch, primary]


@pytest.mark.parametrize("lost", ["site_id", "department_id", "default_asset_id"])
def test_what_is_gone_meanwhile_is_not_named_again(work: Work, lost: str) -> None:
    customer = make.customer(work)
    keep, duplicate = make.contact(work, customer_id=customer), make.contact(work, customer_id=customer)
    made = {
        "site_id": customers.add_site(work, customers.NewSite(name="Office", customer_id=customer)),
        "department_id": make.department(work),
        "default_asset_id": make.agent(work, customer_id=customer),
    }
    for one in (keep, duplicate):
        contacts.change(work, one, contacts.Changes.check(made))

    id = merging.merge(work, Kind.CONTACT, keep, duplicate)
    removals: dict[str, Any] = {"department_id": contacts.remove_department, "default_asset_id": leaving.remove_agent}
    if lost == "site_id":
        work.update(Contact, keep, site_id=None)
        work.delete(customers.Site, customers.Site.id == made[lost])
    else:
        removals[lost](work, made[lost])
    merging.undo(work, id)

    back = contacts.get(work, duplicate)
    assert {name: getattr(back, name) for name in made} == {**made, lost: None}


def test_a_merge_is_undone_once_and_within_thirty_days(work: Work) -> None:
    id = merging.merge(work, Kind.CUSTOMER, make.customer(work), make.customer(work))

    with pytest.raises(Conflict, match="30 days"):
        merging.undo(later(work, days=31), id)
    merging.undo(work, id)
    with pytest.raises(Conflict, match="has been undone"):
        merging.undo(work, id)


def test_a_merge_that_was_merged_on_is_undone_last_first(work: Work) -> None:
    first, second, third = (make.customer(work, name=name) for name in ("A", "B", "C"))
    ticket = make.ticket(work, customer_id=first)
    one = merging.merge(work, Kind.CUSTOMER, second, first)
    two = merging.merge(work, Kind.CUSTOMER, third, second)

    assert customers.get(work, first).id == third
    with pytest.raises(Conflict, match="undo that first"):
        merging.undo(work, one)
    merging.undo(work, two)
    assert (customers.get(work, first).id, tickets.get(work, ticket).customer_id) == (second, second)
    merging.undo(work, one)

    assert (customers.get(work, first).id, tickets.get(work, ticket).customer_id) == (first, first)
    assert how_many(work, Alias) == 0


def test_a_merge_into_what_is_gone_cannot_be_undone(work: Work) -> None:
    customer = make.customer(work)
    keep, other = make.contact(work, customer_id=customer), make.contact(work, customer_id=customer)
    merging.merge(work, Kind.CONTACT, keep, other)
    kept = work.db.scalar(sa.select(Merge.id))
    assert kept is not None
    work.delete(Contact, Contact.id == keep)

    with pytest.raises(Conflict, match="is gone"):
        merging.undo(work, kept)


def test_an_address_somebody_took_meanwhile_keeps_a_merge_as_it_is(work: Work) -> None:
    customer = make.customer(work)
    keep = make.contact(work, customer_id=customer)
    other = make.contact(work, customer_id=customer, email="pat@acme.example")
    id = merging.merge(work, Kind.CONTACT, keep, other)
    make.contact(work, customer_id=customer, email="pat@acme.example")

    savepoint = work.db.begin_nested()
    with pytest.raises(Conflict, match="belongs to another contact"):
        merging.undo(work, id)
    savepoint.rollback()


def test_a_record_is_not_merged_with_itself(work: Work) -> None:
    primary, duplicate = make.customer(work), make.customer(work)
    merging.merge(work, Kind.CUSTOMER, primary, duplicate)

    for same in (primary, duplicate):
        with pytest.raises(Invalid, match="is the same customer"):
            merging.merge(work, Kind.CUSTOMER, primary, same)


def test_an_old_id_is_no_duplicate_of_a_third(work: Work) -> None:
    primary, duplicate, third = (make.customer(work) for _ in range(3))
    merging.merge(work, Kind.CUSTOMER, primary, duplicate)

    with pytest.raises(Invalid, match="names no customer"):
        merging.merge(work, Kind.CUSTOMER, third, duplicate)
    assert customers.get(work, primary).id == primary


def test_contacts_of_two_customers_stay_two(work: Work) -> None:
    keep, other = make.contact(work), make.contact(work)

    with pytest.raises(Invalid, match="another customer"):
        merging.merge(work, Kind.CONTACT, keep, other)


def test_what_is_not_there_is_not_merged(work: Work) -> None:
    id = make.customer(work)

    with pytest.raises(NotFound):
        merging.merge(work, Kind.CUSTOMER, 2**62, id)
    with pytest.raises(Invalid):
        merging.merge(work, Kind.CUSTOMER, id, 2**62)
    with pytest.raises(NotFound):
        merging.undo(work, 2**62)


def calls(work: Work, one: int, other: int, merge_id: int) -> list[Any]:
    return [
        lambda as_: merging.preview(as_, Kind.CUSTOMER, one, other),
        lambda as_: merging.merge(as_, Kind.CUSTOMER, one, other),
        lambda as_: merging.undo(as_, merge_id),
        lambda as_: merging.get(as_, merge_id),
        lambda as_: merging.duplicates(as_, Kind.CUSTOMER, Page()),
        lambda as_: merging.duplicates(as_, Kind.CONTACT, Page()),
    ]


def test_a_key_of_one_customer_merges_nothing(work: Work) -> None:
    one, other = make.customer(work), make.customer(work)
    merge_id = merging.merge(work, Kind.CUSTOMER, one, make.customer(work))
    olga = acting(work, customer_id=one)

    for call in calls(work, one, other, merge_id):
        with pytest.raises(Forbidden):
            call(olga)
    assert ids(olga, merging.READING, merging.Filter()) == []
    assert ids(work, merging.READING, merging.Filter()) == [merge_id]


def test_merging_needs_every_right_it_touches(work: Work) -> None:
    one, other = make.customer(work), make.customer(work)

    for right in ("customers:write", "tickets:write", "leads:write", "schedules:write"):
        with pytest.raises(Forbidden):
            merging.merge(acting(work, rights=work.actor.rights - {right}), Kind.CUSTOMER, one, other)


def test_a_key_of_the_duplicate_is_one_of_the_primary(work: Work) -> None:
    primary, duplicate = make.customer(work), make.customer(work)
    asked = {"name": "x", "technician_id": work.actor.technician_id, "customer_id": duplicate}
    _, key = access.give_key(work, access.NewKey.check(asked))

    merging.merge(work, Kind.CUSTOMER, primary, duplicate)

    found = access.bearer(work.link, key, work.now)
    assert found is not None
    assert found[0].customer_id == primary


def test_an_old_id_is_written_as_the_one_it_leads_to(work: Work) -> None:
    primary, old = make.customer(work), make.customer(work)
    pat, old_pat = make.contact(work, customer_id=primary), make.contact(work, customer_id=primary)
    merging.merge(work, Kind.CUSTOMER, primary, old)
    merging.merge(work, Kind.CONTACT, pat, old_pat)

    contact = make.contact(work, customer_id=old)
    ticket = make.ticket(work, customer_id=old, contact_id=old_pat)
    tickets.change(work, ticket, tickets.Changes.check({"customer_id": old, "contact_id": old_pat}))
    comment = work.find(tickets.Comment, make.comment(work, ticket, contact_id=old_pat))
    assert comment is not None
    made = (
        contacts.get(work, contact),
        tickets.get(work, ticket),
        assets.get(work, make.agent(work, customer_id=old)),
        contracts.get(work, make.contract(work, customer_id=old)),
        customers.SITE.get(work, customers.add_site(work, customers.NewSite(name="A", customer_id=old))),
        customers.PHONE.get(work, customers.add_phone(work, customers.NewPhone(number="1", customer_id=old))),
    )
    make.alert(work, customer_id=old)
    fields.put(work, Target.CUSTOMER, old, NewValue(name="Level", value="gold"))

    assert {one.customer_id for one in made} == {primary}
    assert (made[1].contact_id, comment.contact_id) == (pat, pat)
    assert owners(work, old) == {}
    assert how_many(work, fields.Value, fields.Value.record_id == primary) == 1


def test_a_change_through_an_old_id_changes_the_primary(work: Work) -> None:
    primary, old = make.customer(work), make.customer(work)
    pat, old_pat = make.contact(work, customer_id=primary), make.contact(work, customer_id=primary)
    merging.merge(work, Kind.CUSTOMER, primary, old)
    merging.merge(work, Kind.CONTACT, pat, old_pat)

    customers.change(work, old, customers.Changes.check({"name": "New name"}))
    contacts.change(work, old_pat, contacts.Changes.check({"first_name": "Patricia"}))

    assert customers.get(work, primary).name == "New name"
    assert contacts.get(work, pat).first_name == "Patricia"


def test_lists_of_an_old_id_are_the_primarys(work: Work) -> None:
    primary, old = make.customer(work), make.customer(work)
    pat, old_pat = make.contact(work, customer_id=primary), make.contact(work, customer_id=old)
    ticket = make.ticket(work, contact_id=pat)
    merging.merge(work, Kind.CUSTOMER, primary, old)
    merging.merge(work, Kind.CONTACT, pat, old_pat)

    assert ids(work, tickets.READING, tickets.Filter(customer_id=old)) == [ticket]
    assert ids(work, tickets.READING, tickets.Filter(contact_id=old_pat)) == [ticket]
    assert ids(work, contacts.READING, contacts.Filter(customer_id=old)) == [pat]
    assert ids(work, customers.READING, customers.Filter(ids=[old])) == [primary]


def test_an_old_id_is_not_there_for_other_customers(work: Work) -> None:
    primary, old, birch = make.customer(work), make.customer(work), make.customer(work, name="Birch")
    make.ticket(work, customer_id=old)
    merging.merge(work, Kind.CUSTOMER, primary, old)
    olga = acting(work, customer_id=birch)

    with pytest.raises(NotFound):
        customers.get(olga, old)
    assert ids(olga, tickets.READING, tickets.Filter(customer_id=old)) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Acme Corporation", "ACME Corp."),
        ("Müller GmbH & Co. KG", "Mueller-Söhne" if False else "Muller"),
        ("The Data-Flow Company", "DataFlow, Inc"),
        ("Nordlys S.A.R.L.", "nordlys sarl"),
        ("O’Brien & Sons Ltd", "O'Brien and Sons Limited"),
    ],
)
def test_names_of_one_company_are_alike(one: str, other: str) -> None:
    assert company_key(one) == company_key(other)


def test_names_of_two_companies_are_not() -> None:
    keys = [company_key(name) for name in ("Acme Dental", "Acme", "Acme Legal", "The Company", "日本", "Company AG")]
    assert len({key for key in keys if key}) == len(keys)
    assert company_key("!!!") is None


def test_words_of_a_name_count_in_any_order() -> None:
    assert person_key("Pat", "Moore") == person_key("MOORE,", "Pat")
    assert person_key(None, "") is None


def test_a_domain_that_many_share_is_nobodys() -> None:
    assert company_domain("gmail.com", "acme.example") == "acme.example"
    assert company_domain("gmail.com", None) is None


def pairs(work: Work, kind: Kind = Kind.CUSTOMER, page: Page = Page()) -> list[tuple[int, int, set[str]]]:  # noqa: B008
    found = merging.duplicates(work, kind, page).items
    return [(pair.primary_id, pair.duplicate_id, set(pair.reasons)) for pair in found]


def test_duplicates_are_found_with_reasons_and_the_strongest_first(work: Work) -> None:
    acme = make.customer(work, name="Acme", domain="acme.example", phone="+1 (555) 010-0200")
    number = make.customer(work, name="Birch", domain=None, phone="15550100200")
    both = make.customer(work, name="ACME Inc.", domain=None, email="it@acme.example")
    make.customer(work, name="Cedar", domain="gmail.com", email="x@gmail.com")
    make.customer(work, name="Dill", domain=None, email="y@gmail.com", phone="200")
    make.customer(work, name="Elm", domain=None, phone="200")

    assert pairs(work) == [(acme, both, {"name", "domain"}), (acme, number, {"phone"})]
    assert pairs(work, page=Page(number=2, size=1)) == [(acme, number, {"phone"})]
    assert merging.duplicates(work, Kind.CUSTOMER, Page(size=1)).total == 2


def test_duplicates_among_contacts_are_of_one_customer(work: Work) -> None:
    acme = make.customer(work)
    pat = make.contact(work, customer_id=acme, first_name="Pat", last_name="Moore", phone="555 010 0300")
    same = make.contact(work, customer_id=acme, first_name="moore", last_name="PAT", email=None)
    make.contact(work, first_name="Pat", last_name="Moore", phone="555 010 0300")
    call = make.contact(work, customer_id=acme, first_name="Patricia", last_name="M.", phone="5550100300")

    assert pairs(work, Kind.CONTACT) == [(pat, same, {"name"}), (pat, call, {"phone"})]


def test_what_is_archived_or_merged_is_no_duplicate(work: Work) -> None:
    first, second, third = (make.customer(work, name="Acme") for _ in range(3))
    customers.change(work, third, customers.Changes.check({"archived": True}))
    merging.merge(work, Kind.CUSTOMER, first, second)

    assert pairs(work) == []


def test_what_many_have_in_common_says_nothing(work: Work) -> None:
    for n in range(11):
        make.customer(work, name=f"Company {n}", domain="town.example")

    assert pairs(work) == []


def test_a_changed_record_is_compared_as_it_is(work: Work) -> None:
    acme, other = make.customer(work, name="Acme", domain=None), make.customer(work, name="Birch", domain=None)
    customers.change(work, other, customers.Changes.check({"name": "Acme LLC"}))
    assert pairs(work) == [(acme, other, {"name"})]
    customers.change(work, other, customers.Changes.check({"name": "Cedar", "email": "it@cedar.example"}))
    customers.change(work, acme, customers.Changes.check({"domain": "www.cedar.example"}))

    assert pairs(work) == [(acme, other, {"domain"})]


@pytest.mark.parametrize(("kind", "reason"), [(kind, one) for kind, reasons in REASONS.items() for one in reasons])
def test_duplicates_are_found_on_an_index(work: Work, kind: Kind, reason: Any) -> None:
    statement = groups(kind, reason, work.link.dialect)
    compiled = statement.compile(work.link.dialect)
    if work.link.dialect == "sqlite":
        plan = work.link.driver.execute(f"EXPLAIN QUERY PLAN {compiled.sql}", compiled.values({})).fetchall()
        assert "COVERING INDEX ix_" in str(plan), plan
        return
    # A table this small is quicker read as a whole: what counts is that an index answers.
    for way in ("seqscan", "bitmapscan", "sort", "hashagg"):
        work.db.execute(sa.text(f"SET LOCAL enable_{way} = off"))
    plan = work.link.driver.execute(f"EXPLAIN {compiled.sql}", compiled.values({})).fetchall()
    assert re.search(r"Index (Only )?Scan using ix_\w+_by_(likeness|phone|email|alike_domain)", str(plan)), plan


def test_duplicates_among_many_are_found_at_once(work: Work) -> None:
    """Twenty thousand customers, a tenth of them twice: far from the many minutes of comparing each with each."""
    work.db.execute(
        sa.insert(Customer),
        [
            {
                "name": f"Company {n % 18_000}",
                "name_key": f"company {n % 18_000}",
                "alike_key": f"company{n % 18_000}",
                "phone_key": f"555{n % 18_000:07}",
                "created_at": work.now,
                "updated_at": work.now,
            }
            for n in range(20_000)
        ],
    )
    begun = time.process_time()

    found = merging.duplicates(work, Kind.CUSTOMER, Page(size=25))

    assert time.process_time() - begun < 10
    assert (found.total, len(found.items)) == (2000, 25)


def test_appointments_follow_both_ways(work: Work) -> None:
    primary, made = make.customer(work), settle(work, "Acme")
    id = merging.merge(work, Kind.CUSTOMER, primary, made["customer"])
    visit = work.find(Appointment, made["appointment"])
    assert visit is not None
    assert visit.customer_id == primary

    merging.undo(work, id)

    back = work.find(Appointment, made["appointment"])
    assert back is not None
    assert back.customer_id == made["customer"]
