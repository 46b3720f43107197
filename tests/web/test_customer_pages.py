"""Customers, contacts and assets: their lists, their pages, how they change, merge and leave."""

import io
import zipfile
from typing import Any

import pytest

import make
from conftest import Browser, Client, Stage
from desk.hanging import settle
from quarterdeck.desk import assets, contacts, customers
from quarterdeck.desk.work import Work


def test_every_tab_of_a_full_customer_is_shown(browser: Browser, stage: Stage) -> None:
    def fill(work: Work) -> int:
        id = make.customer(work, notes="# Hello", first_name="Ann", email="a@x.example", address="Main St 1")
        contact = make.contact(work, customer_id=id, primary=True)
        agent = make.agent(work, customer_id=id, contact_id=contact, disks=[{"drive": "C:", "used": 5, "total": 10}])
        ticket = make.ticket(work, customer_id=id, contact_id=contact, asset_ids=[agent])
        make.time_entry(work, ticket)
        make.alert(work, customer_id=id, asset_id=agent)
        make.contract(work, customer_id=id)
        make.article(work, customer_id=id)
        make.lead(work, customer_id=id)
        make.field(work, type="date", name="Since")
        make.field(work, type="choice", name="Tier", options=["Gold", "Tin"])
        make.field(work, type="yes/no", name="VIP")
        return id

    id = stage.do(fill)
    for tab in (
        "",
        "/tickets",
        "/contacts",
        "/assets",
        "/billing",
        "/alerts",
        "/knowledge",
        "/history",
        "/deactivation",
    ):
        answer = browser.get(f"/customers/{id}{tab}")
        assert answer.status_code == 200, (tab, answer.text[-3000:])
    for path in (
        "/contacts/1", "/contacts/1/tickets", "/contacts/1/history", "/contacts/1/deletion", "/assets/1",
        "/assets/1/software", "/assets/1/history", "/assets/1/deletion", "/customers", "/contacts", "/assets",
        "/customers/new", "/contacts/new", "/contacts/new?customer=1", "/assets/new", "/archives", "/duplicates",
        "/duplicates?kind=contact", "/merges", "/duplicates/customer/1", "/customers.csv", "/contacts.csv",
        "/assets.csv", "/customers?q=acme", "/customers?sort=-name&category=business&archived=all",
    ):  # fmt: skip
        answer = browser.get(path)
        assert answer.status_code == 200, (path, answer.text[-3000:])


def customer(stage: Stage, id: int) -> Any:
    return stage.do(lambda work: customers.get(work, id))


def test_a_list_finds_unfinished_names_and_whole_words(browser: Browser, stage: Stage) -> None:
    long = "The Sister Margaret O'Shaughnessy Foundation for Rural Hospice"
    stage.do(
        lambda work: [make.customer(work, name=long, notes="piano"), make.customer(work, name="Acme", city="Rome")]
    )
    for asked, found in (("sis", True), ("hospice margaret", True), ("piano", True), ("rome", False), ("zzz", False)):
        text = browser.get(f"/customers?q={asked}").text
        assert ("Shaughnessy" in text) == found, asked
    assert "No customer fits" in browser.get("/customers?q=zzz").text


def test_pages_of_a_list_lead_on_and_back(browser: Browser, stage: Stage) -> None:
    stage.do(lambda work: [make.customer(work, name=f"C{n:03}") for n in range(120)])
    seen, where = [], "/customers?sort=-name"
    for _ in range(3):
        page = browser.get(where).text
        seen += [line for line in page.split(">") if line.startswith("C") and line[1:4].isdigit()]
        where = page.partition('rel="next"')[0].rpartition('href="')[2].partition('"')[0].replace("&amp;", "&")
    assert [one[:4] for one in seen] == [f"C{n:03}" for n in reversed(range(120))]
    last = browser.get("/customers?sort=-name&after=" + "x")
    assert last.status_code == 422


def test_fields_change_in_place_and_two_people_who_change_different_ones_both_win(
    browser: Browser, stage: Stage
) -> None:
    id = stage.do(lambda work: make.customer(work, name="Acme", phone="1", city="Rome"))
    form = {"part": "company", "name": "Acme", "was.name": "Acme", "phone": "2", "was.phone": "1"}
    stage.do(lambda work: customers.change(work, id, customers.Changes(name="Acme Ltd")))
    assert browser.send(f"/customers/{id}/changes", form).status_code == 303
    assert (customer(stage, id).name, customer(stage, id).phone) == ("Acme Ltd", "2")

    form = {"part": "company", "phone": "3", "was.phone": "1"}
    answer = browser.send(f"/customers/{id}/changes", form)
    assert answer.status_code == 422
    assert "Was changed meanwhile, to" in answer.text
    assert 'value="3"' in answer.text
    assert customer(stage, id).phone == "2"


def test_a_refused_form_is_shown_open_with_what_was_typed(browser: Browser, stage: Stage) -> None:
    id = stage.do(lambda work: make.customer(work, name="Acme"))
    answer = browser.send(f"/customers/{id}/changes", {"part": "company", "name": " ", "was.name": "Acme"})
    assert answer.status_code == 422
    assert '<details class="edit" open>' in answer.text
    assert "Is required" in answer.text
    answer = browser.send(f"/customers/{id}/changes", {"part": "person", "email": "no mail", "was.email": ""})
    assert "Is not a mail address" in answer.text
    assert 'value="no mail"' in answer.text


def test_custom_fields_are_kept_by_their_type(browser: Browser, stage: Stage) -> None:
    def fill(work: Work) -> int:
        make.field(work, name="Since", type="date")
        make.field(work, name="Seats", type="number")
        return make.customer(work)

    id = stage.do(fill)
    assert browser.send(f"/customers/{id}/fields", {"part": "fields", "field-1": "2026-03-02"}).status_code == 303
    answer = browser.send(f"/customers/{id}/fields", {"part": "fields", "field-2": "many"})
    assert answer.status_code == 422
    assert "Is not a number" in answer.text
    assert "2026-03-02" in browser.get(f"/customers/{id}").text


def test_whoever_changes_a_custom_field_that_was_just_changed_is_told(browser: Browser, stage: Stage) -> None:
    stage.do(make.customer)
    id = stage.do(lambda work: make.field(work, target="customer", name="Tier"))
    key = f"field-{id}"
    browser.send("/customers/1/fields", {"part": "fields", key: "Gold", f"was.{key}": ""})

    answer = browser.send("/customers/1/fields", {"part": "fields", key: "Silver", f"was.{key}": ""})

    assert answer.status_code == 422
    assert "changed meanwhile, to “Gold”" in answer.text
    assert 'value="Silver"' in answer.text


def test_customers_contacts_and_assets_are_made_and_moved(browser: Browser, stage: Stage) -> None:
    where = browser.send("/customers", {"name": "Acme", "city": "Rome"}).headers["location"]
    browser.send(f"{where}/sites", {"part": "site", "name": "Harbour", "city": "Ostia"})
    browser.send(f"{where}/phones", {"part": "phone", "number": "+39 06 1", "label": "Night"})
    page = browser.get(where).text
    assert "Harbour" in page
    assert "+39 06 1" in page
    browser.send(f"{where}/sites/1", {"part": "site-1", "name": "Port", "was.name": "Harbour"})
    other = stage.do(lambda work: make.customer(work, name="Other"))
    for place in ("sites", "phones"):
        assert browser.send(f"/customers/{other}/{place}/1", {"do": "remove", "name": "Lost"}).status_code == 404
    gone = browser.send(f"{where}/phones/1", {"part": "phone-1", "do": "remove"})
    once_more = browser.get(gone.headers["location"]).text
    assert all(f'value="{one}"' in once_more for one in ("+39 06 1", "Night"))
    page = browser.get(where).text
    assert "Port" in page
    assert "tel:+39061" not in page

    person = browser.send("/contacts", {"customer_name": "acme", "first_name": "Ann"}).headers["location"]
    assert browser.send("/contacts", {"customer_name": "Nobody", "first_name": "Ann"}).status_code == 422
    device = browser.send("/assets", {"customer_id": "1", "name": "WS-1", "warranty_until": "2027-01-01"})
    for path in (person, device.headers["location"]):
        assert browser.send(f"{path}/customer", {"part": "move", "customer_name": "other"}).status_code == 303
    assert stage.do(lambda work: (contacts.get(work, 1).customer_id, assets.get(work, 1).customer_id)) == (2, 2)


def test_what_is_archived_leaves_the_list_and_comes_back(browser: Browser, stage: Stage) -> None:
    id = stage.do(lambda work: make.customer(work, name="Acme"))
    browser.send(f"/customers/{id}/archive")
    assert "Acme" not in browser.get("/customers").text
    assert "Acme" in browser.get("/customers?archived=yes").text
    browser.send(f"/customers/{id}/restoration")
    assert "Acme" in browser.get("/customers").text


def test_a_customer_leaves_when_named_and_leaves_an_archive(browser: Browser, stage: Stage) -> None:
    id = stage.do(lambda work: make.customer(work, name="Acme  Dental"))
    stage.do(lambda work: make.ticket(work, customer_id=id, title="Printer on fire"))
    page = browser.get(f"/customers/{id}/deactivation").text
    assert "1 ticket is still open" in page
    assert f"/queue?view=open&amp;customer={id}" in page
    assert "Printer on fire" in page
    assert browser.send(f"/customers/{id}/deactivation", {"name": "Acme"}).status_code == 422
    answer = browser.send(f"/customers/{id}/deactivation", {"name": "acme dental"})
    assert answer.headers["location"].startswith("/archives")
    assert browser.get(f"/customers/{id}").status_code == 404
    content = browser.get("/archives/1/file").content
    assert "customer.jsonl" in zipfile.ZipFile(io.BytesIO(content)).namelist()
    for kind, path in (("contact", "contacts"), ("agent", "assets")):
        stage.do(lambda work, kind=kind: getattr(make, kind)(work))
        name = {"contact": "Pat Moore", "agent": "ACME-WS-01"}[kind]
        assert browser.get(f"/{path}/1/deletion").status_code == 200
        assert browser.send(f"/{path}/1/deletion", {"name": name}).status_code == 303
        assert browser.get(f"/{path}/1").status_code == 404


def test_a_customer_with_one_of_everything_leaves_through_the_page(browser: Browser, stage: Stage) -> None:
    made = stage.do(lambda work: settle(work, "Borealis Bakery"))
    where = f"/customers/{made['customer']}/deactivation"

    page = browser.get(where)

    assert page.status_code == 200
    for kind in (
        "Contacts",
        "Tickets",
        "Time entries",
        "Attachments",
        "Portal users",
        "Phone numbers",
        "Custom values",
    ):
        assert f"<li>{kind} <strong>" in page.text, kind
    refused = browser.send(where, {"name": ""})
    assert refused.status_code == 422
    assert "<li>Contacts <strong>" in refused.text
    answer = browser.send(where, {"name": "Borealis Bakery"})
    assert browser.get(answer.headers["location"]).status_code == 200
    assert browser.get(f"/tickets/{made['ticket']}").status_code == 404


def test_lists_of_one_customer_are_given_out_alone(browser: Browser, stage: Stage) -> None:
    def act(work: Work) -> int:
        for id in (make.customer(work), make.customer(work, name="Borealis Bakery")):
            make.contact(work, customer_id=id, email=f"pat{id}@acme.example")
            make.agent(work, customer_id=id, name=f"WS-{id}")
            make.ticket(work, customer_id=id, title=f"Of {id}")
        return id

    id = stage.do(act)

    for tab, path, own, other in (
        ("contacts", "/contacts.csv?", f"pat{id}@", "pat1@"),
        ("assets", "/assets.csv?", f"WS-{id}", "WS-1"),
        ("tickets", "/queue.csv?view=open&", f"Of {id}", "Of 1"),
    ):
        assert f"{path}customer={id}".replace("&", "&amp;") in browser.get(f"/customers/{id}/{tab}").text
        file = browser.get(f"{path}customer={id}").text
        assert own in file
        assert other not in file


def test_duplicates_are_shown_merged_and_taken_apart_again(browser: Browser, stage: Stage) -> None:
    def fill(work: Work) -> None:
        make.customer(work, name="Acme Dental Inc")
        two = make.customer(work, name="Acme Dental", city="Rome")
        make.ticket(work, customer_id=two)

    stage.do(fill)
    page = browser.get("/duplicates").text
    assert "same name" in page
    assert "/duplicates/customer/1/2" in page
    page = browser.get("/duplicates/customer/1/2").text
    assert "Tickets <strong>1</strong>" in page
    assert "Rome" in page
    assert browser.send("/duplicates/customer/1/2").headers["location"] == "/customers/1"
    assert browser.get("/customers/2").headers["location"] == "/customers/1"
    assert "Acme Dental" in browser.get("/merges").text
    assert browser.send("/merges/1/undoing").headers["location"] == "/customers/2"
    assert browser.get("/customers/2").status_code == 200
    assert browser.get("/duplicates/customer/1/1").status_code == 200


def test_who_may_only_look_sees_and_changes_nothing(client: Client, stage: Stage) -> None:
    stage.do(lambda work: [make.contact(work), make.agent(work, customer_id=1), make.customer(work)])
    vic = Browser(client, stage, technician_id=2)
    for path in ("/customers", "/customers/1", "/contacts", "/contacts/1", "/assets", "/assets/1", "/duplicates"):
        page = vic.get(path)
        assert page.status_code == 200, path
        assert '<form method="post"' not in page.text.replace('<form method="post" action="/sign-out"', ""), path
        assert "New customer" not in page.text
    for path in ("/customers/new", "/contacts/new", "/assets/new", "/imports", "/customers/1/deactivation"):
        assert vic.get(path).status_code == 403, path
    for path, form in (
        ("/customers", {"name": "X"}),
        ("/customers/1/changes", {"part": "notes", "notes": "x"}),
        ("/customers/1/archive", {}),
        ("/customers/1/sites", {"name": "x"}),
        ("/customers/1/phones", {"number": "1"}),
        ("/customers/1/deactivation", {"name": "Acme Dental"}),
        ("/contacts", {"customer_id": "1", "first_name": "x"}),
        ("/contacts/1/archive", {}),
        ("/contacts/1/deletion", {"name": "Pat Moore"}),
        ("/assets", {"customer_id": "1", "name": "x"}),
        ("/assets/1/changes", {"part": "notes", "notes": "x"}),
        ("/duplicates/customer/1/2", {}),
    ):
        assert vic.send(path, form).status_code == 403, path


@pytest.mark.parametrize(
    "path", ["/customers", "/contacts", "/assets", "/duplicates", "/merges", "/archives", "/imports"]
)
def test_an_empty_list_says_what_would_be_here(browser: Browser, path: str) -> None:
    assert browser.get(path).status_code == 200
