"""The tickets document, example by example and row by row."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from shared import desk_on, fresh_email, ids, new_contact, new_customer, new_ticket, refused

import make
from conftest import NOW, Client, Databases, stage_on


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def desk(request: pytest.FixtureRequest, databases: Databases) -> Iterator[Client]:
    """A desk that many cases share."""
    with desk_on(databases, request.param) as client:
        yield client


def technician_of(client: Client, **given: Any) -> int:
    return int(client.stage.do(lambda work: make.technician(work, **given)))


# Words


STATUSES = ("Open", "Pending", "Resolved", "Closed")
PRIORITIES = {"Critical": 1, "High": 4, "Medium": 8, "Low": 24}
TYPES = ("Problem", "Request", "Incident", "Change")


@pytest.mark.parametrize("status", STATUSES)
def test_a_ticket_can_have_each_status(desk: Client, status: str) -> None:
    assert desk.get(f"/tickets/{new_ticket(desk, TicketStatus=status)}").json()["TicketStatus"] == status


@pytest.mark.parametrize(("priority", "hours"), PRIORITIES.items())
def test_a_priority_promises_an_answer_within_its_hours(desk: Client, priority: str, hours: int) -> None:
    ticket = desk.get(f"/tickets/{new_ticket(desk, TicketPriority=priority)}").json()

    assert ticket["TicketPriority"] == priority
    assert ticket["DueDate"] == f"{NOW + timedelta(hours=hours):%Y-%m-%dT%H:%M:%SZ}"


@pytest.mark.parametrize("type", TYPES)
def test_a_ticket_can_have_each_type(desk: Client, type: str) -> None:
    assert desk.get(f"/tickets/{new_ticket(desk, TicketType=type)}").json()["TicketType"] == type


@pytest.mark.parametrize("source", ["Portal", "Email", "Agent", "API"])
def test_a_ticket_says_how_it_came_in(desk: Client, source: str) -> None:
    id = desk.stage.do(lambda work: make.ticket(work, source=source.lower()))

    assert desk.get(f"/tickets/{id}").json()["TicketSource"] == source


def test_a_ticket_filed_here_came_in_through_the_api(desk: Client) -> None:
    assert desk.get(f"/tickets/{new_ticket(desk)}").json()["TicketSource"] == "API"


def test_a_new_ticket_is_open(desk: Client) -> None:
    assert desk.get(f"/tickets/{new_ticket(desk)}").json()["TicketStatus"] == "Open"


# Field table


FIELDS = {
    "TicketID": int,
    "TicketTitle": str,
    "Description": str,
    "TicketPriority": str,
    "TicketStatus": str,
    "TicketType": str,
    "CustomerID": int,
    "CustomerName": str,
    "EndUserID": int,
    "EndUserEmail": str,
    "EndUserFirstName": str,
    "EndUserLastName": str,
    "TechnicianContactID": int,
    "TechnicianFullName": str,
    "TechnicianEmail": str,
    "TicketCreatedDate": datetime,
    "TicketResolvedDate": datetime,
    "FirstResponseDate": datetime,
    "LastActivityDate": datetime,
    "DueDate": datetime,
    "TicketSource": str,
}


@pytest.fixture(scope="module")
def full_ticket(desk: Client) -> dict[str, Any]:
    """A ticket in which every field of the table says something."""
    contact = new_contact(desk, FirstName="John", LastName="Smith")
    technician = technician_of(desk, first_name="Jane", last_name="Tech")
    id = new_ticket(desk, EndUserID=contact, TechnicianContactID=technician, Description="Since 9am")
    desk.post(f"/tickets/{id}/comments", {"CommentText": "On it", "IsInternal": False})
    desk.post(f"/tickets/{id}", {"TicketStatus": "Resolved"})
    ticket: dict[str, Any] = desk.get(f"/tickets/{id}").json()
    return ticket


@pytest.mark.parametrize(("name", "kind"), FIELDS.items())
def test_a_ticket_has_every_field_of_the_table(full_ticket: dict[str, Any], name: str, kind: type) -> None:
    value = full_ticket[name]

    if kind is datetime:
        assert datetime.strptime(value, "%Y-%m-%dT%H:%M:%SZ")
    else:
        assert type(value) is kind


WRITABLE = {
    "TicketTitle": "Unable to access email",
    "Description": "Outlook disconnected since 9am",
    "TicketPriority": "Critical",
    "TicketStatus": "Pending",
    "TicketType": "Incident",
    "DueDate": "2026-04-01T12:00:00Z",
}


def writable(client: Client, name: str, customer: int) -> Any:
    """A value for a field, where the field names another record one of that customer's."""
    match name:
        case "CustomerID":
            return customer
        case "EndUserID":
            return new_contact(client, CustomerID=customer)
        case "TechnicianContactID":
            return technician_of(client)
    return WRITABLE[name]


@pytest.mark.parametrize("name", [*WRITABLE, "CustomerID", "EndUserID", "TechnicianContactID"])
def test_a_field_of_a_ticket_is_taken_on_create(desk: Client, name: str) -> None:
    customer = new_customer(desk)
    value = writable(desk, name, customer)

    id = new_ticket(desk, **{"CustomerID": customer, name: value})

    assert desk.get(f"/tickets/{id}").json()[name] == value


@pytest.mark.parametrize("method", ["POST", "PUT"])
@pytest.mark.parametrize("name", [*WRITABLE, "CustomerID", "EndUserID", "TechnicianContactID"])
def test_a_field_of_a_ticket_is_taken_on_update_alone(desk: Client, name: str, method: str) -> None:
    id = new_ticket(desk, TicketPriority="Medium", Description="Before")
    before = desk.get(f"/tickets/{id}").json()
    value = writable(desk, name, new_customer(desk))

    assert desk.request(method, f"/tickets/{id}", json={name: value}).status_code == 200

    after = desk.get(f"/tickets/{id}").json()
    assert after[name] == value
    untouched = {"TicketTitle", "Description", "TicketPriority", "TicketStatus", "TicketType"} - {name}
    assert {one for one in untouched if after[one] != before[one]} == set()


SYSTEM = {
    "TicketID": 999_999,
    "CustomerName": "Nobody's Company",
    "EndUserEmail": "nobody@nowhere.example",
    "EndUserFirstName": "Nobody",
    "EndUserLastName": "Nobody",
    "TechnicianFullName": "Nobody",
    "TicketCreatedDate": "2001-01-01T00:00:00Z",
    "TicketResolvedDate": "2001-01-01T00:00:00Z",
    "FirstResponseDate": "2001-01-01T00:00:00Z",
    "LastActivityDate": "2001-01-01T00:00:00Z",
}


@pytest.mark.parametrize(("name", "value"), SYSTEM.items())
def test_a_system_field_of_a_ticket_is_ignored_on_write(desk: Client, name: str, value: Any) -> None:
    id = new_ticket(desk, **{"EndUserID": new_contact(desk, FirstName="John", LastName="Smith"), name: value})
    assert desk.get(f"/tickets/{id}").json()[name] != value

    assert desk.post(f"/tickets/{id}", {name: value}).status_code == 200
    assert desk.get(f"/tickets/{id}").json()[name] != value


@pytest.mark.parametrize("email", ["", "nonsense", "nobody@nowhere.example"])
def test_a_mail_address_beside_an_id_says_nothing(desk: Client, email: str) -> None:
    mails = {"EndUserEmail": email, "TechnicianEmail": email}
    named = {"EndUserID": new_contact(desk), "TechnicianContactID": technician_of(desk)}

    id = new_ticket(desk, **named, **mails)

    assert desk.get(f"/tickets/{id}").json().items() >= named.items()
    assert desk.put(f"/tickets/{id}", {**named, **mails}).status_code == 200
    assert desk.get(f"/tickets/{id}").json().items() >= named.items()


def test_an_empty_mail_address_says_nothing(desk: Client) -> None:
    technician = technician_of(desk)
    id = new_ticket(desk, CustomerID=new_customer(desk), EndUserEmail="", TechnicianContactID=technician)

    assert desk.put(f"/tickets/{id}", {"TechnicianEmail": ""}).status_code == 200

    ticket = desk.get(f"/tickets/{id}").json()
    assert (ticket["EndUserID"], ticket["TechnicianContactID"]) == (None, technician)


def test_nobody_is_made_of_a_malformed_mail_address(desk: Client) -> None:
    body = {"TicketTitle": "Printer", "CustomerID": new_customer(desk), "EndUserEmail": "nonsense"}

    refused(desk.post("/tickets", body), 400, "EndUserEmail is not a mail address")


def test_the_technician_named_by_id_counts_before_the_one_named_by_mail(desk: Client) -> None:
    named, other = technician_of(desk), desk.get(f"/technicians/{technician_of(desk)}").json()

    id = new_ticket(desk, TechnicianContactID=named, TechnicianEmail=other["TechnicianEmail"])

    assert desk.get(f"/tickets/{id}").json()["TechnicianContactID"] == named


# Examples


NEW = {
    "TicketTitle": "Unable to access email - multiple users affected",
    "Description": "Sales team (5 users) reporting Outlook disconnected since 9am",
    "TicketPriority": "High",
    "TicketType": "Problem",
}


def test_a_ticket_is_created_as_in_the_example(desk: Client) -> None:
    contact, technician = new_contact(desk), technician_of(desk)

    answer = desk.post("/tickets", {**NEW, "EndUserID": contact, "TechnicianContactID": technician})

    assert answer.status_code == 201
    made = answer.json()
    assert made["ActionID"] == made["TicketID"]
    assert type(made["ActionID"]) is int
    assert made["TicketTitle"] == NEW["TicketTitle"]


def test_a_ticket_is_shown_as_in_the_example(client: Client) -> None:
    acme = new_customer(client, CustomerName="Acme Corporation")
    john = new_contact(client, CustomerID=acme, FirstName="John", LastName="Smith", Email="john.smith@acme.com")
    jane = technician_of(client, first_name="Jane", last_name="Tech", email="jane@msp.example")
    id = client.stage.do(
        lambda work: make.ticket(
            work, title=NEW["TicketTitle"], priority="high", contact_id=john, technician_id=jane, source="email"
        )
    )

    answer = client.get(f"/tickets/{id}")

    assert answer.status_code == 200
    example = {
        "TicketID": id,
        "TicketTitle": "Unable to access email - multiple users affected",
        "TicketStatus": "Open",
        "TicketPriority": "High",
        "TicketType": "Problem",
        "CustomerID": acme,
        "CustomerName": "Acme Corporation",
        "EndUserID": john,
        "EndUserFirstName": "John",
        "EndUserLastName": "Smith",
        "EndUserEmail": "john.smith@acme.com",
        "TechnicianContactID": jane,
        "TechnicianFullName": "Jane Tech",
        "TechnicianEmail": "jane@msp.example",
        "TicketCreatedDate": "2026-03-02T09:30:00Z",
        "TicketSource": "Email",
    }
    assert answer.json().items() >= example.items()


def test_a_ticket_is_updated_as_in_the_example(desk: Client) -> None:
    id = new_ticket(desk, **NEW)

    answer = desk.post(f"/tickets/{id}", {"TicketStatus": "Resolved", "TicketPriority": "Medium"})

    assert answer.status_code == 200
    assert answer.json()["ActionID"] == id
    ticket = desk.get(f"/tickets/{id}").json()
    assert (ticket["TicketStatus"], ticket["TicketPriority"]) == ("Resolved", "Medium")
    assert ticket["TicketTitle"] == NEW["TicketTitle"]


def test_tickets_are_listed_as_in_the_example(client: Client) -> None:
    customer = new_customer(client)
    client.stage.do(lambda work: [make.ticket(work, customer_id=customer) for _ in range(57)])

    page = client.get("/tickets?page=1&itemsInPage=50").json()

    assert page.items() >= {"totalItems": 57, "page": 1, "itemsInPage": 50, "totalPages": 2}.items()
    assert len(page["items"]) == 50


def test_tickets_modified_after_a_date_are_listed(client: Client) -> None:
    clock = client.stage.clock
    clock.now = datetime(2024, 1, 31, 9, tzinfo=UTC)
    before, after = new_ticket(client), new_ticket(client)
    clock.now = datetime(2024, 2, 15, 9, tzinfo=UTC)
    client.post(f"/tickets/{after}", {"TicketStatus": "Pending"})
    client.post(f"/tickets/{before}", {"Description": "Another text, the same status"})

    answer = client.get("/tickets/statusmodified?modifiedAfter=2024-02-01T00:00:00Z")

    assert ids(answer, "TicketID") == [after]


def test_comments_are_listed_as_in_the_example(client: Client) -> None:
    id = new_ticket(client)
    answer = client.post(
        f"/tickets/{id}/comments",
        {"CommentText": "Initial triage: Checking Exchange connectivity", "IsInternal": True},
    )

    page = client.get(f"/tickets/{id}/comments").json()

    (comment,) = page["items"]
    example = {
        "CommentID": answer.json()["CommentID"],
        "TicketID": id,
        "CommentText": "Initial triage: Checking Exchange connectivity",
        "CommentDate": "2026-03-02T09:30:00Z",
        "CreatorContactID": 1,
        "IsInternal": True,
    }
    assert comment.items() >= example.items()


def test_a_comment_is_created_as_in_the_example(desk: Client) -> None:
    id = new_ticket(desk)
    body = {"CommentText": "Identified root cause - Exchange certificate expired", "IsInternal": False}

    answer = desk.post(f"/tickets/{id}/comments", body)

    assert answer.status_code == 201
    assert answer.json().items() >= {"ActionID": answer.json()["CommentID"], **body}.items()


def test_the_billable_duration_is_as_in_the_example(desk: Client) -> None:
    id = new_ticket(desk)
    desk.stage.do(
        lambda work: [
            make.time_entry(work, id, starts_at="2024-02-15T09:00:00Z", ends_at="2024-02-15T10:00:00Z"),
            make.time_entry(work, id, billable=False),
        ]
    )

    durations = desk.get(f"/tickets/{id}/billableduration").json()

    assert durations.items() >= {"TotalBillableDuration": 3600, "TotalBillableHours": 1.0}.items()


def test_work_hours_are_listed_as_in_the_example(desk: Client) -> None:
    id = new_ticket(desk)
    entry = {
        "TechnicianContactID": technician_of(desk),
        "StartDate": "2024-02-15T09:00:00Z",
        "EndDate": "2024-02-15T10:30:00Z",
        "IsBillable": True,
        "Notes": "Initial investigation and resolution",
    }
    made = desk.post(f"/tickets/{id}/workhours", entry).json()

    (shown,) = desk.get(f"/tickets/{id}/workhours").json()["items"]

    assert shown.items() >= {"WorkHourID": made["WorkHourID"], "TicketID": id, "Duration": 5400, **entry}.items()


# Status transitions


ALLOWED = {
    "Open": {"Open", "Pending", "Resolved"},
    "Pending": {"Open", "Pending", "Resolved", "Closed"},
    "Resolved": {"Open", "Resolved", "Closed"},
    "Closed": {"Closed"},
}


@pytest.mark.parametrize("method", ["POST", "PUT"])
@pytest.mark.parametrize("to", STATUSES)
@pytest.mark.parametrize("status", STATUSES)
def test_a_status_leads_only_where_the_rules_say(desk: Client, status: str, to: str, method: str) -> None:
    id = new_ticket(desk, TicketStatus=status)

    answer = desk.request(method, f"/tickets/{id}", json={"TicketStatus": to})

    if to in ALLOWED[status]:
        assert answer.status_code == 200
        assert desk.get(f"/tickets/{id}").json()["TicketStatus"] == to
    else:
        refused(answer, 400)
        assert "TicketStatus cannot" in answer.json()["Message"]
        assert desk.get(f"/tickets/{id}").json()["TicketStatus"] == status


def test_an_open_ticket_that_may_not_be_closed_is_told_to_be_resolved_first(desk: Client) -> None:
    answer = desk.post(f"/tickets/{new_ticket(desk)}", {"TicketStatus": "Closed"})

    assert "resolve the ticket first" in answer.json()["Message"]


def test_a_refused_status_leaves_the_rest_of_the_change_undone(desk: Client) -> None:
    id = new_ticket(desk, TicketTitle="Before")

    desk.post(f"/tickets/{id}", {"TicketStatus": "Closed", "TicketTitle": "After"})

    assert desk.get(f"/tickets/{id}").json()["TicketTitle"] == "Before"


# Errors


def error_cases() -> Iterator[Any]:
    """Status and words of the document, and every request that earns them."""
    for path in ("abc", "0", "-1", "1.5", "abc/comments", "abc/workhours", "0/billableduration"):
        yield pytest.param("GET", f"/tickets/{path}", None, "dana", 400, "Invalid ticket ID", id=f"400 {path}")
    for method in ("POST", "PUT", "DELETE"):
        yield pytest.param(method, "/tickets/abc", {}, "dana", 400, "Invalid ticket ID", id=f"400 {method}")
    for key in (None, "wrong"):
        yield pytest.param("GET", "/tickets", None, key, 401, "Unauthorized", id=f"401 key {key}")
        yield pytest.param("GET", "/tickets/abc", None, key, 401, "Unauthorized", id=f"401 bad id, key {key}")
    for method, path in (
        ("POST", "/tickets"),
        ("POST", "/tickets/1"),
        ("PUT", "/tickets/1"),
        ("DELETE", "/tickets/1"),
        ("POST", "/tickets/1/comments"),
        ("POST", "/tickets/1/workhours"),
    ):
        yield pytest.param(method, path, {}, "vic", 403, "Forbidden", id=f"403 {method} {path}")
    for method, path in (
        ("GET", ""),
        ("POST", ""),
        ("PUT", ""),
        ("DELETE", ""),
        ("GET", "/comments"),
        ("POST", "/comments"),
        ("GET", "/workhours"),
        ("POST", "/workhours"),
        ("GET", "/workhoursrecords"),
        ("GET", "/billableduration"),
        ("GET", "/nonbillableduration"),
    ):
        body = {"CommentText": "Hi", "StartDate": "2024-02-15T09:00:00Z", "EndDate": "2024-02-15T10:30:00Z"}
        where = f"/tickets/999999{path}"
        yield pytest.param(method, where, body, "dana", 404, "Ticket not found", id=f"404 {method} {where}")


@pytest.mark.parametrize(("method", "path", "body", "key", "status", "words"), list(error_cases()))
def test_an_error_has_the_documents_status_and_words(
    desk: Client, method: str, path: str, body: Any, key: str | None, status: int, words: str
) -> None:
    refused(desk.request(method, path, json=body, key=key), status, words)


@pytest.mark.parametrize("title", [{}, {"TicketTitle": None}, {"TicketTitle": ""}, {"TicketTitle": "  "}])
def test_a_ticket_needs_a_title(desk: Client, title: dict[str, Any]) -> None:
    refused(desk.post("/tickets", {"CustomerID": new_customer(desk), **title}), 400, "Title required")
    if title:
        refused(desk.post(f"/tickets/{new_ticket(desk)}", title), 400, "Title required")


@pytest.mark.parametrize("priority", ["Hihg", "Urgent", "", 3, True, ["High"]])
def test_a_priority_outside_the_table_is_refused(desk: Client, priority: Any) -> None:
    body = {"TicketTitle": "Printer", "CustomerID": new_customer(desk), "TicketPriority": priority}

    refused(desk.post("/tickets", body), 400, "Invalid priority")
    refused(desk.post(f"/tickets/{new_ticket(desk)}", {"TicketPriority": priority}), 400, "Invalid priority")


@pytest.mark.parametrize("priority", ["high", "HIGH", " High "])
def test_a_priority_counts_in_any_case(desk: Client, priority: str) -> None:
    assert desk.get(f"/tickets/{new_ticket(desk, TicketPriority=priority)}").json()["TicketPriority"] == "High"


@pytest.mark.parametrize("contact", [999_999, 0, -1, "abc", 10**30])
def test_a_contact_that_is_not_there_is_refused(desk: Client, contact: Any) -> None:
    refused(desk.post("/tickets", {"TicketTitle": "Printer", "EndUserID": contact}), 400, "Customer not found")
    refused(desk.post(f"/tickets/{new_ticket(desk)}", {"EndUserID": contact}), 400, "Customer not found")


@pytest.mark.parametrize("customer", [999_999, 0, -1, "abc"])
def test_a_customer_that_is_not_there_is_refused(desk: Client, customer: Any) -> None:
    refused(desk.post("/tickets", {"TicketTitle": "Printer", "CustomerID": customer}), 400, "Invalid customer ID")


def test_a_ticket_needs_a_customer_or_a_contact(desk: Client) -> None:
    refused(desk.post("/tickets", {"TicketTitle": "Printer"}), 400, "CustomerID or EndUserID required")


def test_a_contact_of_another_customer_is_refused(desk: Client) -> None:
    body = {"TicketTitle": "Printer", "CustomerID": new_customer(desk), "EndUserID": new_contact(desk)}

    refused(desk.post("/tickets", body), 400, "Customer not found")


def test_one_call_more_than_the_limit_is_refused(database: str, stage_with_limit: Client) -> None:
    client = stage_with_limit
    assert [client.get("/tickets").status_code for _ in range(3)] == [200] * 3

    answer = client.get("/tickets")

    refused(answer, 429, "Rate limited")
    assert 1 <= int(answer.headers["retry-after"]) <= 60


@pytest.fixture
def stage_with_limit(database: str) -> Iterator[Client]:
    client = Client(stage_on(database, atera_calls_per_minute=3))
    yield client
    client.close()
    client.stage.storage.close()


# Workflows


def test_a_request_becomes_a_ticket(client: Client) -> None:
    """Received, the customer checked, the priority set, routed to a technician."""
    customer = new_customer(client, CustomerName="Acme Corporation", Domain="acme.com")
    contact = new_contact(client, CustomerID=customer, Email="john.smith@acme.com")
    jane = technician_of(client, first_name="Jane", last_name="Tech")

    (known,) = client.get("/contacts?email=john.smith@acme.com").json()["items"]
    assert (known["EndUserID"], known["CustomerID"]) == (contact, customer)
    made = client.post("/tickets", {**NEW, "EndUserID": contact, "TicketPriority": "Critical"}).json()
    assert made["CustomerID"] == customer
    routed = client.post(f"/tickets/{made['TicketID']}", {"TechnicianContactID": jane})

    assert routed.status_code == 200
    ticket = client.get(f"/tickets/{made['TicketID']}").json()
    assert ticket["TicketStatus"] == "Open"
    assert ticket["CustomerName"] == "Acme Corporation"
    assert ticket["TechnicianFullName"] == "Jane Tech"
    assert ticket["DueDate"] == "2026-03-02T10:30:00Z"
    assert ids(client.get(f"/tickets?technicianContactId={jane}"), "TicketID") == [made["TicketID"]]


def test_a_contact_known_by_mail_brings_the_customer(desk: Client) -> None:
    email = fresh_email()
    contact = new_contact(desk, Email=email)

    ticket = desk.post("/tickets", {"TicketTitle": "Printer", "EndUserEmail": email.upper()}).json()

    assert ticket["EndUserID"] == contact
    assert ticket["CustomerID"] == desk.get(f"/contacts/{contact}").json()["CustomerID"]


def test_a_new_mail_address_belongs_to_the_customer_of_its_domain(desk: Client) -> None:
    customer = new_customer(desk, Domain="harborlaw.example")
    body = {
        "TicketTitle": "New starter",
        "EndUserEmail": "Olga.Berg@HarborLaw.example",
        "EndUserFirstName": "Olga",
        "EndUserLastName": "Berg",
        "EndUserPhone": "555-0100",
    }

    ticket = desk.post("/tickets", body).json()

    assert ticket["CustomerID"] == customer
    contact = desk.get(f"/contacts/{ticket['EndUserID']}").json()
    assert (contact["FirstName"], contact["LastName"], contact["Phone"]) == ("Olga", "Berg", "555-0100")
    assert contact["Email"] == "Olga.Berg@HarborLaw.example"


def test_a_mail_address_of_nobody_is_refused(desk: Client) -> None:
    body = {"TicketTitle": "Printer", "EndUserEmail": "someone@nowhere.example"}

    refused(desk.post("/tickets", body), 400, "Customer not found")


def test_a_ticket_is_resolved(client: Client) -> None:
    """Findings in comments, time logged, resolved, the summary told, confirmed, closed."""
    clock = client.stage.clock
    contact = new_contact(client)
    id = new_ticket(client, EndUserID=contact, TicketPriority="High")

    clock.now += timedelta(minutes=15)
    client.post(f"/tickets/{id}/comments", {"CommentText": "Checking the certificate", "IsInternal": True})
    assert client.get(f"/tickets/{id}").json()["FirstResponseDate"] is None
    clock.now += timedelta(minutes=5)
    client.post(f"/tickets/{id}/comments", {"CommentText": "The certificate has expired", "IsInternal": False})
    assert client.get(f"/tickets/{id}").json()["FirstResponseDate"] == "2026-03-02T09:50:00Z"

    for billable, end in ((True, "10:30:00Z"), (False, "09:45:00Z")):
        entry = {"StartDate": "2026-03-02T09:30:00Z", "EndDate": f"2026-03-02T{end}", "IsBillable": billable}
        assert client.post(f"/tickets/{id}/workhours", entry).status_code == 201
    assert client.get(f"/tickets/{id}/billableduration").json()["TotalBillableHours"] == 1.0
    assert client.get(f"/tickets/{id}/nonbillableduration").json()["TotalDurationHours"] == 0.25

    clock.now += timedelta(minutes=40)
    client.post(f"/tickets/{id}", {"TicketStatus": "Resolved"})
    client.post(f"/tickets/{id}/comments", {"CommentText": "Renewed: please confirm", "IsInternal": False})
    resolved = client.get(f"/tickets/{id}").json()
    assert resolved["TicketResolvedDate"] == "2026-03-02T10:30:00Z"
    assert resolved["FirstResponseDate"] == "2026-03-02T09:50:00Z"

    clock.now += timedelta(hours=2)
    client.post(f"/tickets/{id}", {"TicketStatus": "Closed"})
    closed = client.get(f"/tickets/{id}").json()
    assert closed["TicketStatus"] == "Closed"
    assert closed["TicketResolvedDate"] == "2026-03-02T10:30:00Z"
    assert closed["LastActivityDate"] == "2026-03-02T12:30:00Z"
    said = client.get(f"/tickets/{id}/comments").json()["items"]
    assert [one["IsInternal"] for one in said] == [True, False, False]


def test_a_reopened_ticket_is_not_resolved_any_more(desk: Client) -> None:
    id = new_ticket(desk, TicketStatus="Resolved")

    desk.post(f"/tickets/{id}", {"TicketStatus": "Open"})

    ticket = desk.get(f"/tickets/{id}").json()
    assert (ticket["TicketStatus"], ticket["TicketResolvedDate"]) == ("Open", None)


def test_a_due_date_set_by_hand_does_not_follow_the_priority(desk: Client) -> None:
    id = new_ticket(desk, DueDate="2026-04-01T12:00:00Z")

    desk.post(f"/tickets/{id}", {"TicketPriority": "Critical"})

    assert desk.get(f"/tickets/{id}").json()["DueDate"] == "2026-04-01T12:00:00Z"
