"""Customers: their list, their pages, how they change and leave."""

import re

import make
import pytest
from conftest import Browser, Client, Stage


def text_of(answer: object) -> str:
    return getattr(answer, "text")


def test_every_tab_of_a_full_customer_is_shown(browser: Browser, stage: Stage) -> None:
    def fill(work: object) -> int:
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
