"""Tickets as Syncro's clients know them."""

from datetime import timedelta
from typing import Any

import pytest

import make
from conftest import NOW, Client, Stage, Syncro
from quarterdeck.desk import access, customers, tickets

ROW_KEYS = {
    "id", "number", "subject", "created_at", "customer_id", "customer_business_then_name", "due_date", "resolved_at",
    "start_at", "end_at", "location_id", "location_name", "problem_type", "status", "ticket_type_id",
    "ticket_type_name", "properties", "user_id", "updated_at", "pdf_url", "priority", "billing_status", "tag_list",
    "sla_name", "creator_name_or_email", "contact_fullname", "contract_name", "address_id", "parent", "parent_id",
    "child", "recurring", "customer_reply", "total_formatted_billable_time", "contact_id", "sla_breached",
    "sla_breaching_soon", "contract_id", "sla_id", "customer_tag_list", "resolution_time", "response_time",
    "customer_icons", "comments", "user",
}  # fmt: skip
DETAIL_KEYS = ROW_KEYS | {
    "intake_form_html", "signature_name", "signature_date", "asset_ids", "outtake_form_name", "outtake_form_date",
    "outtake_form_html", "attachments", "ticket_timers", "line_items", "worksheet_results", "assets", "appointments",
    "ticket_fields", "ticket_answers", "customer", "contact", "ticket_type", "address", "mentionables",
}  # fmt: skip
USER_KEYS = {"id", "email", "full_name", "created_at", "updated_at", "group", "admin", "admin?", "color"}
COMMENT_KEYS = {
    "id", "created_at", "updated_at", "ticket_id", "subject", "body", "tech", "hidden", "user_id", "is_rich_text",
    "user", "destination_emails", "email_sender",
}  # fmt: skip
TYPE_KEYS = {
    "id", "name", "account_id", "created_at", "updated_at", "disabled", "intake_terms", "skip_intake",
    "outtake_terms", "skip_outtake", "ticket_fields",
}  # fmt: skip
SETTINGS_KEYS = {
    "ticket_status_list", "default_labor_product_id", "ticket_timer_charge_by_default", "saved_searches",
    "ticket_types", "ticket_type_fields", "ticket_type_field_answers", "appointment_types", "users",
    "dashboard_settings", "worksheet_templates", "require_ticket_type", "require_intake_form_with_ticket",
    "require_outtake_form_with_ticket", "ticket_workflow_default_id",
}  # fmt: skip


def made(stage: Stage, **given: Any) -> int:
    id = stage.do(lambda work: make.ticket(work, **given))
    assert isinstance(id, int)
    return id


def ids(syncro: Syncro, query: str) -> list[int]:
    answer = syncro.get(f"/tickets?{query}")
    assert answer.status_code == 200, answer.text
    return [row["id"] for row in answer.json()["tickets"]]


@pytest.fixture
def acme(stage: Stage) -> int:
    id = stage.do(lambda work: make.customer(work, name="Acme Corporation"))
    assert isinstance(id, int)
    return id


def test_a_row_has_every_key_the_vendor_documents(stage: Stage, syncro: Syncro, acme: int) -> None:
    made(stage, customer_id=acme, technician_id=1, description="No mail since nine", title="Mail is down")

    answer = syncro.get("/tickets").json()

    (row,) = answer["tickets"]
    assert row.keys() >= ROW_KEYS
    assert row["user"].keys() == USER_KEYS
    assert row["user"]["admin"] is row["user"]["admin?"] is True
    assert (row["number"], row["customer_business_then_name"]) == (row["id"], "Acme Corporation")
    assert [comment["body"] for comment in row["comments"]] == ["No mail since nine"]
    assert row["comments"][0].keys() >= COMMENT_KEYS
    assert answer["meta"] == {"total_pages": 1, "total_entries": 1, "per_page": 25, "page": 1}


def test_one_ticket_has_every_key_the_vendor_documents(stage: Stage, syncro: Syncro, acme: int) -> None:
    def several(work: Any) -> int:
        pat = make.contact(work, customer_id=acme, first_name="Pat", last_name="Moore")
        site = customers.add_site(work, customers.NewSite(customer_id=acme, name="Main street"))
        device = make.agent(work, customer_id=acme)
        id = make.ticket(work, contact_id=pat, site_id=site, asset_ids=[device], technician_id=1)
        make.time_entry(work, id)
        return id

    id = stage.do(several)

    ticket = syncro.get(f"/tickets/{id}").json()["ticket"]

    assert ticket.keys() >= DETAIL_KEYS
    assert ticket["ticket_type"].keys() == TYPE_KEYS
    assert ticket["customer"]["business_name"] == "Acme Corporation"
    assert ticket["contact"]["name"] == ticket["contact_fullname"] == "Pat Moore"
    assert ticket["address"]["name"] == "Main street"
    assert [asset["id"] for asset in ticket["assets"]] == ticket["asset_ids"]
    assert ticket["user"]["full_name"] == "Dana Reyes"
    assert [timer["active_duration"] for timer in ticket["ticket_timers"]] == [1800]


def test_a_ticket_of_nobody_in_particular_shows_nobody(stage: Stage, syncro: Syncro) -> None:
    ticket = syncro.get(f"/tickets/{made(stage)}").json()["ticket"]

    assert [ticket[name] for name in ("contact", "user", "address", "contact_fullname")] == [None] * 4
    assert (ticket["comments"], ticket["assets"], ticket["asset_ids"]) == ([], [], [])


def test_the_newest_tickets_come_first(stage: Stage, syncro: Syncro) -> None:
    first, second = made(stage), made(stage)

    assert ids(syncro, "") == [second, first]
    assert ids(syncro, "sort=created_at+ASC") == [first, second]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("customer_id={customer}", True),
        ("contact_id={contact}", True),
        ("user_id=1", True),
        ("user_id=2", False),
        ("mine=true", True),
        ("number={id}", True),
        ("id[]={id}&id[]=999999", True),
        ("id={id},7777", True),
        ("status=In+Progress", True),
        ("status=in+progress", True),
        ("status=Resolved", False),
        ("status=Not+Closed", True),
        ("status=open", True),
        ("status=closed", False),
        ("status=all", True),
        ("resolved=false", True),
        ("resolved=true", False),
        ("priority=High", True),
        ("priority=1+High", True),
        ("priority=Low", False),
        ("problem_type=hardware", True),
        ("problem_type=Virus", False),
        ("parent_id={parent}", True),
        ("asset_name=ACME-WS-77", True),
        ("asset_serial=sn-77", True),
        ("asset_serial=sn-78", False),
        ("created_after=2026-03-01", True),
        ("created_after=2026-03-03", False),
        ("date_from=2026-3-2&date_to=2026-3-2", True),
        ("date_to=2026-03-01", False),
        ("since_updated_at=2026-03-02T09:00:00Z", True),
        ("since=2026-03-04", False),
        ("resolved_after=2026-01-01", False),
        ("query=printer", True),
        ("query={id}", True),
        ("term=acme", True),
        ("query=nothing", False),
        ("comment_format=richtext&ticket_search_id=4&all_comments=false", True),
    ],
)
def test_a_list_can_be_narrowed(stage: Stage, syncro: Syncro, query: str, found: bool) -> None:
    def several(work: Any) -> dict[str, int]:
        customer = make.customer(work)
        contact = make.contact(work, customer_id=customer)
        parent = make.ticket(work, customer_id=customer, title="All of it", status="resolved")
        device = make.agent(work, customer_id=customer, name="ACME-WS-77", serial="SN-77")
        id = make.ticket(
            work,
            contact_id=contact,
            parent_id=parent,
            asset_ids=[device],
            technician_id=1,
            status="In Progress",
            priority="high",
            problem="Hardware",
        )
        make.ticket(work, customer_id=make.customer(work, name="Bolt", domain=None), title="Else", status="resolved")
        return {"customer": customer, "contact": contact, "parent": parent, "id": id}

    names = stage.do(several)

    assert (names["id"] in ids(syncro, query.format(**names))) is found


def test_those_who_are_done_are_resolved_and_closed(stage: Stage, syncro: Syncro) -> None:
    new, resolved, closed = (made(stage, status=status) for status in ("open", "resolved", "closed"))

    assert ids(syncro, "status=closed") == [closed, resolved]
    assert ids(syncro, "status=Closed") == [closed]
    assert ids(syncro, "status=New") == ids(syncro, "status=Not+Closed") == [new]
    assert ids(syncro, "resolved_after=2026-03-01") == [closed, resolved]


@pytest.mark.parametrize(
    "query", ["customer_id=x", "status[]=New&status[]=Resolved", "priority=Purple", "created_after=soon", "mine=maybe"]
)
def test_a_filter_that_cannot_be_read_is_a_bad_question(syncro: Syncro, query: str) -> None:
    answer = syncro.get(f"/tickets?{query}")

    assert (answer.status_code, answer.json()["error"]) == (400, "Invalid parameters")


def test_all_comments_are_listed_where_that_is_asked_for(stage: Stage, syncro: Syncro) -> None:
    id = made(stage, description="No mail")
    stage.do(lambda work: make.comment(work, id, body="Looked at it"))

    (row,) = syncro.get("/tickets?all_comments=true").json()["tickets"]

    assert [comment["body"] for comment in row["comments"]] == ["Looked at it", "No mail"]


def test_a_ticket_is_kept_as_it_was_sent(stage: Stage, syncro: Syncro, acme: int) -> None:
    device = stage.do(lambda work: make.agent(work, customer_id=acme))
    sent = {
        "customer_id": acme,
        "subject": "Mail is down",
        "status": "Waiting for Parts",
        "problem_type": "Software",
        "user_id": 1,
        "due_date": "2026-03-05T00:00:00.000Z",
        "start_at": "2026-03-03T09:00:00.000Z",
        "end_at": "2026-03-03T10:00:00.000Z",
        "created_at": "2025-12-31T23:59:00.000Z",
        "tag_list": ["mail", "urgent"],
        "asset_ids": [device],
        "ticket_type_id": 3,
        "properties": {"Case": "7"},
    }

    answer = syncro.post("/tickets", sent)

    assert answer.status_code == 200
    ticket = answer.json()["ticket"]
    assert {name: ticket[name] for name in sent} == sent
    assert ticket["ticket_type_name"] == "Incident"


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Urgent", "0 Urgent"),
        ("0 Urgent", "0 Urgent"),
        ("high", "1 High"),
        ("1 High", "1 High"),
        ("Medium", "2 Normal"),
        ("2 Normal", "2 Normal"),
        ("4 Low", "3 Low"),
    ],
)
def test_a_priority_is_known_by_its_word(syncro: Syncro, acme: int, said: str, shown: str) -> None:
    ticket = syncro.post("/tickets", {"customer_id": acme, "subject": "Mail", "priority": said}).json()["ticket"]

    assert ticket["priority"] == shown


@pytest.mark.parametrize("said", ["New", "In Progress", "Waiting on Customer", "On Hold (Technician)", "Invoiced"])
def test_a_status_may_be_any_word(syncro: Syncro, acme: int, said: str) -> None:
    id = syncro.post("/tickets", {"customer_id": acme, "subject": "Mail", "status": said}).json()["ticket"]["id"]

    assert syncro.get(f"/tickets/{id}").json()["ticket"]["status"] == said


@pytest.mark.parametrize("said", [{"ticket_type": "request"}, {"ticket_type_id": "2"}, {"ticket_type": {"id": 2}}])
def test_a_type_may_be_named_or_numbered(syncro: Syncro, acme: int, said: dict[str, Any]) -> None:
    ticket = syncro.post("/tickets", {"customer_id": acme, "subject": "Mail", **said}).json()["ticket"]

    assert (ticket["ticket_type_id"], ticket["ticket_type"]["name"]) == (2, "Request")


@pytest.mark.parametrize(
    "said",
    [
        {"email": "FRONT@acme.example"},
        {"phone": "555 123 4567"},
        {"customer_name": "acme corporation"},
        {"customer_name": "Other", "email": "front@acme.example"},
    ],
)
def test_a_customer_may_be_named_as_people_know_it(stage: Stage, syncro: Syncro, said: dict[str, str]) -> None:
    known = {"name": "Acme Corporation", "email": "front@acme.example", "phone": "(555) 123-4567"}
    acme = stage.do(lambda work: make.customer(work, **known))

    assert syncro.post("/tickets", {"subject": "Mail", **said}).json()["ticket"]["customer_id"] == acme


def test_a_customer_nobody_knows_is_made(syncro: Syncro) -> None:
    said = {"customer_name": "Bolt", "email": "front@bolt.example", "phone": "555-0100"}

    customer = syncro.post("/tickets", {"subject": "Mail", **said}).json()["ticket"]["customer"]

    assert (customer["business_name"], customer["email"], customer["phone"]) == tuple(said.values())


def test_a_bad_address_of_a_new_customer_is_said(syncro: Syncro) -> None:
    answer = syncro.post("/tickets", {"subject": "Mail", "customer_name": "Bolt", "email": "nowhere"})

    assert answer.status_code == 422
    assert answer.json()["message"] == ["Invalid email format", "Email is not an email"]


@pytest.mark.parametrize(
    "said",
    [
        {"body": "No mail", "comment_body": "Since nine"},
        {"description": "No mail", "comments_attributes": [{"body": "Since nine"}]},
        {"comments_attributes": [{"body": "No mail"}, {"body": "Since nine"}, {"body": " "}]},
        {"comments_attributes": {"0": {"body": "No mail"}, "1": {"body": "Since nine"}}},
        {"comment_body": "No mail", "comments_attributes": {"body": "Since nine"}},
    ],
)
def test_comments_may_come_in_any_spelling(syncro: Syncro, acme: int, said: dict[str, Any]) -> None:
    ticket = syncro.post("/tickets", {"customer_id": acme, "subject": "Mail", **said}).json()["ticket"]

    assert [comment["body"] for comment in ticket["comments"]] == ["Since nine", "No mail"]
    (row,) = syncro.get("/tickets").json()["tickets"]
    assert [comment["body"] for comment in row["comments"]] == ["No mail"]


def test_a_form_may_number_its_comments(syncro: Syncro, acme: int) -> None:
    form = {"customer_id": acme, "subject": "Mail", "comments_attributes[0][body]": "No mail"}

    ticket = syncro.post("/tickets", data=form).json()["ticket"]

    assert [comment["body"] for comment in ticket["comments"]] == ["No mail"]


def test_a_comment_that_came_with_its_ticket_is_kept_whole(syncro: Syncro, acme: int) -> None:
    first = {
        "comment_body": "No mail",
        "comment_subject": "Outage",
        "comment_tech": "Ann Lee",
        "comment_hidden": "1",
        "comment_do_not_email": "1",
    }

    (comment,) = syncro.post("/tickets", {"customer_id": acme, "subject": "Mail", **first}).json()["ticket"]["comments"]

    assert (comment["subject"], comment["tech"], comment["hidden"]) == ("Outage", "Ann Lee", True)


@pytest.mark.parametrize("said", ["x", [7], [{"body": "No mail", "hidden": "perhaps"}]])
def test_comments_that_cannot_be_read_are_refused(syncro: Syncro, acme: int, said: Any) -> None:
    answer = syncro.post("/tickets", {"customer_id": acme, "subject": "Mail", "comments_attributes": said})

    assert answer.status_code == 422
    assert answer.json()["errors"].keys() == {"comments_attributes"}


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"subject": "Mail"}, ["customer_id required", "Customer required field"]),
        ({"customer_id": 1}, ["subject is required", "Subject can't be blank"]),
        ({"subject": "Mail", "customer_id": 1, "user_id": 99}, ["User not found"]),
        ({"subject": "Mail", "customer_id": 1, "contact_id": 99}, ["Contact not found"]),
        ({"subject": "Mail", "customer_id": 1, "asset_ids": [99]}, ["Asset not found"]),
    ],
)
def test_what_is_wrong_is_said(syncro: Syncro, acme: int, sent: dict[str, Any], message: list[str]) -> None:
    answer = syncro.post("/tickets", sent)

    assert answer.status_code == 422
    body = answer.json()
    assert (body["success"], body["error"], body["message"], body["params"]) == (False, message[0], message, sent)


def test_a_customer_that_is_not_there_is_not_found(syncro: Syncro) -> None:
    answer = syncro.post("/tickets", {"subject": "Mail", "customer_id": 4711})

    assert (answer.status_code, answer.json()["error"]) == (404, "Customer not found")


def test_a_ticket_is_changed_where_it_was_said(stage: Stage, syncro: Syncro) -> None:
    id = made(stage, priority="high", tags=["mail"])

    ticket = syncro.put(f"/tickets/{id}", {"subject": "Mail was down", "status": "Resolved"}).json()["ticket"]

    assert (ticket["subject"], ticket["status"], ticket["priority"]) == ("Mail was down", "Resolved", "1 High")
    assert (ticket["resolved_at"], ticket["tag_list"]) == ("2026-03-02T09:30:00.000Z", ["mail"])
    assert syncro.put(f"/tickets/{id}", {"status": "In Progress"}).json()["ticket"]["resolved_at"] is None


def test_a_ticket_may_be_sent_back_as_it_was_shown(stage: Stage, syncro: Syncro) -> None:
    def several(work: Any) -> int:
        acme = make.customer(work)
        device = make.agent(work, customer_id=acme)
        return make.ticket(work, customer_id=acme, asset_ids=[device], description="No mail", technician_id=1)

    shown = syncro.get(f"/tickets/{stage.do(several)}").json()["ticket"]

    again = syncro.put(f"/tickets/{shown['id']}", shown).json()["ticket"]

    assert {**again, "updated_at": None} == {**shown, "updated_at": None}


def test_an_open_ticket_is_resolved_before_it_is_closed(stage: Stage, syncro: Syncro) -> None:
    answer = syncro.put(f"/tickets/{made(stage)}", {"status": "Closed"})

    assert answer.status_code == 422
    assert "resolve the ticket first" in answer.json()["error"]


def test_a_blank_subject_is_refused(stage: Stage, syncro: Syncro) -> None:
    answer = syncro.put(f"/tickets/{made(stage)}", {"subject": " "})

    assert answer.status_code == 422
    assert "Subject can't be blank" in answer.json()["message"]


@pytest.mark.parametrize("name", ["body", "description"])
def test_what_a_ticket_begins_with_can_be_rephrased(stage: Stage, syncro: Syncro, name: str) -> None:
    id = made(stage, description="No mail")

    ticket = syncro.put(f"/tickets/{id}", {name: "No mail at all"}).json()["ticket"]

    assert [comment["body"] for comment in ticket["comments"]] == ["No mail at all"]


def test_something_may_be_said_with_a_change(stage: Stage, syncro: Syncro) -> None:
    id = made(stage, description="No mail")

    sent = {"status": "Resolved", "comment_body": "Restarted it", "comment_hidden": True}
    ticket = syncro.put(f"/tickets/{id}", sent).json()["ticket"]

    assert [(comment["body"], comment["hidden"]) for comment in ticket["comments"]] == [
        ("Restarted it", True),
        ("No mail", False),
    ]


def test_custom_values_are_merged(stage: Stage, syncro: Syncro) -> None:
    id = made(stage)
    syncro.put(f"/tickets/{id}", {"properties": {"Case": "7", "Floor": "2"}})

    ticket = syncro.put(f"/tickets/{id}", {"custom_fields": {"Case": "8"}}).json()["ticket"]

    assert ticket["properties"] == {"Case": "8", "Floor": "2"}


def test_a_ticket_of_parts_says_so(stage: Stage, syncro: Syncro, acme: int) -> None:
    whole = made(stage, customer_id=acme)
    part = made(stage, customer_id=acme, parent_id=whole)

    rows = {row["id"]: row for row in syncro.get("/tickets").json()["tickets"]}

    assert (rows[whole]["parent"], rows[whole]["child"]) == (True, False)
    assert (rows[part]["parent"], rows[part]["child"], rows[part]["parent_id"]) == (False, True, whole)


def test_a_deleted_ticket_is_gone(stage: Stage, syncro: Syncro) -> None:
    id = made(stage, description="No mail")

    assert syncro.delete(f"/tickets/{id}").json() == {"message": "Ticket was successfully deleted. "}
    gone = syncro.get(f"/tickets/{id}")
    assert (gone.status_code, gone.json()) == (404, {"error": "Ticket not found", "message": "Not found"})


def test_printing_is_confirmed(stage: Stage, syncro: Syncro) -> None:
    assert syncro.post(f"/tickets/{made(stage)}/print").json() == {"message": "We queued up a print job"}
    assert syncro.post("/tickets/999/print").status_code == 404


@pytest.mark.parametrize("path", ["comment", "comments", "comment.json"])
def test_a_comment_is_answered_with_its_ticket(stage: Stage, syncro: Syncro, path: str) -> None:
    id = made(stage)

    answer = syncro.post(f"/tickets/{id}/{path}", {"body": "Looked at it", "hidden": True, "do_not_email": "1"})

    assert answer.status_code == 200
    comment = answer.json()["comment"]
    assert comment.keys() >= COMMENT_KEYS
    assert (comment["subject"], comment["body"], comment["hidden"]) == ("Update", "Looked at it", True)
    assert (comment["ticket_id"], comment["tech"], comment["user_id"]) == (id, "Dana Reyes", 1)
    assert answer.json()["ticket"]["comments"][0] == comment


def test_a_comment_needs_words(stage: Stage, syncro: Syncro) -> None:
    answer = syncro.post(f"/tickets/{made(stage)}/comment", {"subject": "Update"})

    assert (answer.status_code, answer.json()["message"]) == (422, ["Body can't be blank"])
    assert syncro.post("/tickets/999/comment", {"body": "Anyone?"}).status_code == 404


def test_comments_are_listed_ten_a_page_from_the_latest(stage: Stage, syncro: Syncro) -> None:
    id = made(stage)
    for place in range(12):
        at = (NOW - timedelta(hours=place)).isoformat()
        stage.do(lambda work, place=place, at=at: make.comment(work, id, body=f"{place}", at=at))

    answer = syncro.get(f"/tickets/{id}/comments").json()

    assert [comment["body"] for comment in answer["comments"]] == [f"{place}" for place in range(10)]
    assert answer["meta"] == {"total_pages": 2, "total_entries": 12, "per_page": 10, "page": 1}
    oldest = syncro.get(f"/tickets/{id}/comments?sort_by=created_at&sort_direction=ASC&per_page=1").json()
    assert [comment["body"] for comment in oldest["comments"]] == ["11"]
    late = syncro.get(f"/tickets/{id}/comments?created_after=2026-03-02T08:30:00Z&created_before=2026-03-02").json()
    assert [comment["body"] for comment in late["comments"]] == ["0", "1"]
    assert syncro.get("/tickets/999/comments").status_code == 404


def test_comments_of_all_tickets_go_from_ticket_to_ticket(stage: Stage, syncro: Syncro, acme: int) -> None:
    one, two = made(stage, customer_id=acme, technician_id=1), made(stage, status="resolved")
    for id, body in ((two, "a"), (one, "b"), (one, "c")):
        stage.do(lambda work, id=id, body=body: make.comment(work, id, body=body))

    def said(query: str = "") -> list[str]:
        answer = syncro.get(f"/ticket_comments?{query}")
        assert answer.status_code == 200
        return [row["body"] for row in answer.json()["ticket_comments"]]

    assert said() == ["c", "b", "a"]
    assert said("per_page=2&page=2") == ["a"]
    for query in (f"ticket_id={one}", f"customer_id={acme}", "user_id=1", "mine=1", "status=Not+Closed", "status=New"):
        assert said(query) == ["c", "b"], query
    for query in ("status=Resolved", "status=closed", "resolved=true"):
        assert said(query) == ["a"], query
    assert said("comment_created_after=2026-03-03") == said("contact_id=9") == said("since_updated_at=2026-03-03") == []
    assert said("comment_created_before=2026-03-02") == ["c", "b", "a"]


def test_the_settings_have_every_key_the_vendor_documents(syncro: Syncro) -> None:
    settings = syncro.get("/tickets/settings").json()

    assert settings.keys() == SETTINGS_KEYS
    assert settings["users"] == [{"id": 1, "name": "Dana Reyes"}, {"id": 2, "name": "Vic Lund"}]
    assert settings["ticket_status_list"][:3] == ["New", "In Progress", "Resolved"]
    assert [kind["id"] for kind in settings["ticket_types"]] == [1, 2, 3, 4]


def test_statuses_and_problems_can_be_listed(stage: Stage, syncro: Syncro) -> None:
    for problem in ("Remote Support", "virus", "remote support"):
        made(stage, problem=problem)

    assert syncro.get("/ticket_statuses").json()["ticket_statuses"][0] == {"id": 1, "name": "New"}
    problems = syncro.get("/ticket_problem_types").json()
    names = [one["name"] for one in problems["ticket_problem_types"]]
    assert names[:5] == ["Virus", "TuneUp", "Hardware", "Software", "Other"]
    assert [name.casefold() for name in names[5:]] == ["remote support"]
    assert problems["meta"]["total_entries"] == 6
    (found,) = syncro.get("/ticket_problem_types?query=hard").json()["ticket_problem_types"]
    assert syncro.get(f"/ticket_problem_types/{found['id']}").json() == {"ticket_problem_type": found}
    assert syncro.get("/ticket_problem_types/99").status_code == 404


def test_a_ticket_is_the_same_through_both_faces(client: Client, syncro: Syncro, acme: int) -> None:
    said = {"customer_id": acme, "subject": "Mail", "body": "No mail", "priority": "Urgent"}
    id = syncro.post("/tickets", said).json()["ticket"]["id"]

    other = client.get(f"/tickets/{id}").json()
    assert (other["TicketTitle"], other["Description"], other["FirstComment"]) == ("Mail", "No mail", "No mail")
    assert other["TicketPriority"] == "Critical"
    client.put(f"/tickets/{id}", {"Description": "No mail at all"})
    client.post(f"/tickets/{id}/comments", {"CommentText": "Looked at it", "IsInternal": True})
    ticket = syncro.get(f"/tickets/{id}").json()["ticket"]
    assert [(one["body"], one["hidden"]) for one in ticket["comments"]] == [
        ("Looked at it", True),
        ("No mail at all", False),
    ]


def test_a_ticket_of_the_other_face_begins_with_its_description(client: Client, syncro: Syncro, acme: int) -> None:
    sent = {"TicketTitle": "Mail", "CustomerID": acme, "Description": "No mail"}
    id = client.post("/tickets", sent).json()["ActionID"]

    (row,) = syncro.get("/tickets").json()["tickets"]
    assert (row["id"], row["comments"][0]["body"]) == (id, "No mail")
    syncro.put(f"/tickets/{id}", {"body": "No mail at all"})
    assert client.get(f"/tickets/{id}").json()["Description"] == "No mail at all"


@pytest.fixture
def theirs(stage: Stage, acme: int) -> dict[str, Any]:
    """Olga's key sees Bolt alone; one ticket is Bolt's, one Acme's."""

    def several(work: Any) -> dict[str, Any]:
        bolt = make.customer(work, name="Bolt", domain=None)
        key = access.give_key(work, access.NewKey(name="Olga", technician_id=1, customer_id=bolt))[1]
        acmes = make.ticket(work, customer_id=acme, description="Acme's secret", problem="Acme's")
        make.comment(work, acmes, body="Acme's answer")
        bolts = make.ticket(work, customer_id=bolt, description="Bolt's mail", technician_id=1)
        device = make.agent(work, customer_id=acme)
        pat = make.contact(work, customer_id=acme)
        return {"key": key, "bolt": bolt, "acmes": acmes, "bolts": bolts, "device": device, "pat": pat}

    found = stage.do(several)
    assert isinstance(found, dict)
    return found


def test_a_key_of_one_customer_sees_its_own_tickets(syncro: Syncro, acme: int, theirs: dict[str, Any]) -> None:
    key = theirs["key"]

    for path in (f"/tickets?customer_id={acme}", "/ticket_comments", "/tickets", "/ticket_problem_types"):
        answer = syncro.get(path, key=key)
        assert answer.status_code == 200
        assert "Acme" not in answer.text, path
    assert [row["id"] for row in syncro.get("/tickets", key=key).json()["tickets"]] == [theirs["bolts"]]
    own = syncro.get(f"/tickets/{theirs['bolts']}", key=key).json()["ticket"]
    assert own["customer"]["id"] == theirs["bolt"]
    for method, path in (
        ("GET", ""), ("PUT", ""), ("DELETE", ""), ("GET", "/comments"), ("POST", "/comment"), ("POST", "/print")
    ):  # fmt: skip
        answer = syncro.request(method, f"/tickets/{theirs['acmes']}{path}", key=key, json={"body": "x"})
        assert answer.status_code == 404, path


@pytest.mark.parametrize("name", ["customer_id", "parent_id", "asset_ids", "contact_id"])
def test_a_key_of_one_customer_names_nothing_of_another(
    syncro: Syncro, acme: int, theirs: dict[str, Any], name: str
) -> None:
    other = {"customer_id": acme, "parent_id": theirs["acmes"], "asset_ids": [theirs["device"]],
             "contact_id": theirs["pat"]}  # fmt: skip
    sent = {"customer_id": theirs["bolt"], "subject": "Mail", name: other[name]}

    refused = 404 if name == "customer_id" else 422
    assert syncro.post("/tickets", sent, key=theirs["key"]).status_code == refused
    changed = syncro.put(f"/tickets/{theirs['bolts']}", {name: other[name]}, key=theirs["key"])
    assert changed.status_code == refused


def test_a_key_of_one_customer_makes_no_other(syncro: Syncro, theirs: dict[str, Any]) -> None:
    for name in ("Acme Corporation", "Nobody"):
        answer = syncro.post("/tickets", {"subject": "Mail", "customer_name": name}, key=theirs["key"])
        assert answer.status_code == 401
    mine = syncro.post("/tickets", {"subject": "Mail", "customer_name": "Bolt"}, key=theirs["key"])
    assert mine.json()["ticket"]["customer_id"] == theirs["bolt"]


def test_who_may_only_look_writes_nothing(stage: Stage, syncro: Syncro, acme: int) -> None:
    id = made(stage, customer_id=acme)

    assert syncro.post("/tickets", {"customer_id": acme, "subject": "Mail"}, key="vic").status_code == 401
    assert syncro.post(f"/tickets/{id}/comment", {"body": "x"}, key="vic").status_code == 401
    assert syncro.get(f"/tickets/{id}", key="vic").status_code == 200


def test_a_ticket_is_kept_in_the_past(stage: Stage, syncro: Syncro, acme: int) -> None:
    sent = {
        "customer_id": acme,
        "subject": "Mail",
        "status": "Resolved",
        "created_at": "2025-01-02",
        "resolved_at": "2025-01-03T10:00:00Z",
        "comments_attributes": [{"body": "No mail", "created_at": "2025-01-02T08:00:00Z"}],
    }

    ticket = syncro.post("/tickets", sent).json()["ticket"]

    assert (ticket["created_at"], ticket["resolved_at"]) == ("2025-01-02T00:00:00.000Z", "2025-01-03T10:00:00.000Z")
    assert ticket["comments"][0]["created_at"] == "2025-01-02T08:00:00.000Z"
    assert stage.do(lambda work: tickets.get(work, ticket["id"]).stage) is tickets.Stage.RESOLVED
