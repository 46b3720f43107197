"""What clients in the wild send, and what they trip over."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from shared import desk_on, fresh_email, ids, new_contact, new_customer, new_ticket, refused

import make
from conftest import Client, Databases, stage_on
from quarterdeck.dialects.atera import ATERA

POWERSHELL = {"User-Agent": "Mozilla/5.0 (Windows NT; Windows NT 10.0; en-US) WindowsPowerShell/5.1.19041.4648"}


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def desk(request: pytest.FixtureRequest, databases: Databases) -> Iterator[Client]:
    """A desk that many cases share."""
    with desk_on(databases, request.param) as client:
        yield client


# Paths and queries


@pytest.mark.parametrize("query", ["Page=2&ItemsInPage=1", "page=2&itemsInPage=1", "PAGE=2&ITEMSINPAGE=1"])
def test_query_names_count_in_any_case(desk: Client, query: str) -> None:
    customer = new_customer(desk)
    second = [new_contact(desk, CustomerID=customer) for _ in range(2)][1]

    assert ids(desk.get(f"/contacts?{query}&CUSTOMERID={customer}"), "EndUserID") == [second]


@pytest.mark.parametrize("query", ["itemsInPage=50&", "page=&itemsInPage=", "&", "customerId=&q=&orderBy=", "Foo=bar"])
@pytest.mark.parametrize("path", ["/tickets", "/customers", "/contacts", "/agents", "/customers/{id}"])
def test_empty_unknown_parameters_do_not_count(desk: Client, path: str, query: str) -> None:
    assert desk.get(f"{path.format(id=new_customer(desk))}?{query}").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/Customers/{id}",
        "/CUSTOMERS/{id}/",
        "//customers//{id}",
        "/customers/{id}//",
        "http://desk.example/API/V3/customers/{id}",
    ],
)
def test_paths_count_in_any_case_with_any_slashes(desk: Client, path: str) -> None:
    id = new_customer(desk)

    assert desk.get(path.format(id=id)).json()["CustomerID"] == id


@pytest.mark.parametrize("path", ["/tickets/noComments", "/tickets/nocomments", "/tickets/StatusModified"])
def test_words_in_a_path_come_before_ids(desk: Client, path: str) -> None:
    assert desk.get(path).json()["items"] is not None


@pytest.mark.parametrize("name", ["FRONT%20DESK", "front%20desk", "FRONT+DESK", "Front%20Desk/"])
def test_a_machine_is_found_however_its_name_is_written(desk: Client, name: str) -> None:
    id = desk.stage.do(lambda work: make.agent(work, name="Front Desk"))

    assert id in ids(desk.get(f"/agents/machine/{name}"), "AgentID")


def test_a_machine_with_a_plus_in_its_name_is_found(desk: Client) -> None:
    id = desk.stage.do(lambda work: make.agent(work, name="A+B"))

    assert ids(desk.get("/agents/machine/A+B"), "AgentID") == [id]


@pytest.mark.parametrize("name", ["Account%20Manager", "account+manager", "ACCOUNT%20MANAGER"])
def test_a_custom_field_is_found_however_its_name_is_written(desk: Client, name: str) -> None:
    id = new_customer(desk)
    desk.post(f"/customvalues/customer/{id}", {"FieldName": "Account Manager", "Value": "Sam"})

    assert [one["Value"] for one in desk.get(f"/customvalues/customerfield/{id}/{name}").json()] == ["Sam"]
    assert desk.get(f"/customvalues/customerfieldname/{name}").json()["FieldName"] == "Account Manager"
    assert desk.put(f"/customvalues/customerfield/{id}/{name}", {"Value": "Kim"}).status_code == 200
    assert desk.delete(f"/customvalues/customer/{id}/{name}").status_code == 200


def test_a_slash_in_a_field_name_stays_in_its_segment(desk: Client) -> None:
    id = new_customer(desk)
    desk.post(f"/customvalues/customer/{id}", {"FieldName": "Backup on/off", "Value": "on"})

    assert desk.get(f"/customvalues/customerfield/{id}/Backup%20on%2Foff").json()[0]["Value"] == "on"


# Bodies


@pytest.mark.parametrize("method", ["POST", "PUT"])
@pytest.mark.parametrize(
    ("path", "make_one", "body"),
    [
        ("customers", new_customer, {"City": "Austin"}),
        ("contacts", new_contact, {"JobTitle": "COO"}),
        ("tickets", new_ticket, {"TicketTitle": "Printer off"}),
    ],
)
def test_a_record_is_updated_by_either_verb(
    desk: Client, method: str, path: str, make_one: Any, body: dict[str, Any]
) -> None:
    id = make_one(desk)

    answer = desk.request(method, f"/{path}/{id}", json=body)

    assert answer.status_code == 200
    assert answer.json().items() >= {"ActionID": id, **body}.items()


def test_form_fields_are_read_as_the_values_they_stand_for(desk: Client) -> None:
    email = fresh_email()
    form = {"CustomerID": str(new_customer(desk)), "Email": email, "IsContactPerson": "true", "InIgnoreMode": "False"}

    made = desk.post("/contacts", data=form)

    assert made.status_code == 201
    contact = desk.get(f"/contacts/{made.json()['EndUserID']}").json()
    assert (contact["CustomerID"], contact["Email"]) == (int(form["CustomerID"]), email)
    assert (contact["IsContactPerson"], contact["InIgnoreMode"]) == (True, False)


@pytest.mark.parametrize("kind", ["application/json", "text/json", "application/merge-patch+json", "text/plain", None])
def test_json_is_read_under_every_name_clients_give_it(desk: Client, kind: str | None) -> None:
    headers = {"Content-Type": kind} if kind else {}

    answer = desk.post("/customers", content=b'\xef\xbb\xbf{"customername": "Acme"}', headers=headers)

    assert answer.status_code == 201


@pytest.mark.parametrize("body", [b"null", b"", b"{}", b"  "])
def test_an_empty_body_changes_nothing(desk: Client, body: bytes) -> None:
    id = new_customer(desk, City="Austin")

    answer = desk.put(f"/customers/{id}", content=body, headers={"Content-Type": "application/json"})

    assert answer.status_code == 200
    assert desk.get(f"/customers/{id}").json()["City"] == "Austin"


@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_a_content_type_without_a_body_does_not_matter(desk: Client, method: str) -> None:
    for kind in ("application/json", "text/xml"):
        path = f"/customers/{new_customer(desk)}"
        assert desk.request(method, path, headers={"Content-Type": kind}).status_code == 200


@pytest.mark.parametrize("accept", ["text/html", "application/xml", "text/json", "*/*"])
def test_json_is_answered_whatever_is_accepted(desk: Client, accept: str) -> None:
    answer = desk.get("/customers", headers={"Accept": accept})

    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("application/json")


@pytest.mark.parametrize("header", ["X-API-KEY", "x-api-key", "X-Api-Key"])
def test_the_key_counts_under_every_case_of_its_header(desk: Client, header: str) -> None:
    assert desk.get("/customers", key=None, headers={header: desk.stage.keys["dana"]}).status_code == 200


@pytest.mark.parametrize("first", ["FirstName", "Firstname", "FIRSTNAME"])
def test_a_contacts_name_is_written_in_any_casing(desk: Client, first: str) -> None:
    id = new_contact(desk, **{first: "Dana"})
    assert desk.put(f"/contacts/{id}", {first: "Kim"}).status_code == 200

    contact = desk.get(f"/contacts/{id}").json()

    assert contact["FirstName"] == contact["Firstname"] == "Kim"


@pytest.mark.parametrize("path", ["/contacts", "/contacts/{id}", "/contacts/customer/{customer}"])
def test_powershell_gets_no_names_that_differ_in_case_alone(desk: Client, path: str) -> None:
    customer = new_customer(desk)
    id = new_contact(desk, CustomerID=customer, FirstName="Dana")

    found = desk.get(path.format(id=id, customer=customer), headers=POWERSHELL).json()

    contact = found["items"][0] if "items" in found else found
    folded = [name.casefold() for name in contact]
    assert len(folded) == len(set(folded))
    assert "firstname" in folded


@pytest.mark.parametrize(("sent", "shown"), [("Website", "Links"), ("Links", "Website"), ("ZipCode", "ZipCodeStr")])
def test_both_names_of_a_field_of_a_customer_are_one(desk: Client, sent: str, shown: str) -> None:
    assert desk.get(f"/customers/{new_customer(desk, **{sent: '00802'})}").json()[shown] == "00802"


def test_a_contact_is_made_under_the_name_of_its_customer(desk: Client) -> None:
    customer = new_customer(desk, CustomerName="Contoso Ltd")

    answer = desk.post("/contacts", {"CustomerName": "contoso ltd", "Email": fresh_email()})

    assert answer.json()["CustomerID"] == customer
    refused(desk.post("/contacts", {"CustomerName": "Nobody", "Email": fresh_email()}), 400, "Customer not found")


@pytest.mark.parametrize(
    ("sent", "value", "shown"),
    [
        ("TicketImpact", "Site Down", "SiteDown"),
        ("TicketImpact", "No Impact", "NoImpact"),
        ("TicketImpact", "crisis", "Crisis"),
        ("TicketType", "Bug", "Problem"),
        ("TicketType", "Question", "Request"),
        ("TicketStatus", "Waiting customer", "Waiting customer"),
        ("TicketStatus", "PENDING", "Pending"),
    ],
)
def test_words_of_a_ticket_are_read_in_every_spelling(desk: Client, sent: str, value: str, shown: str) -> None:
    assert desk.get(f"/tickets/{new_ticket(desk, **{sent: value})}").json()[sent] == shown


@pytest.mark.parametrize("name", ["EndUserID", "ContactID"])
def test_a_tickets_contact_is_named_under_either_name(desk: Client, name: str) -> None:
    contact = new_contact(desk)

    assert desk.get(f"/tickets/{new_ticket(desk, CustomerID=None, **{name: contact})}").json()["EndUserID"] == contact


@pytest.mark.parametrize("name", ["EndUserEmail", "CustomerEmail"])
def test_a_tickets_contact_is_named_by_mail_under_either_name(desk: Client, name: str) -> None:
    email = fresh_email()
    contact = new_contact(desk, Email=email)

    assert desk.post("/tickets", {"TicketTitle": "Printer", name: email}).json()["EndUserID"] == contact


@pytest.mark.parametrize("name", ["TechnicianContactID", "TechnicianID", "TechnicianEmail"])
def test_a_technician_is_assigned_under_every_name(desk: Client, name: str) -> None:
    email = fresh_email("tech")
    technician = desk.stage.do(lambda work: make.technician(work, email=email))
    id = new_ticket(desk)

    desk.put(f"/tickets/{id}", {name: email if name == "TechnicianEmail" else technician})

    assert desk.get(f"/tickets/{id}").json()["TechnicianContactID"] == technician


@pytest.mark.parametrize(
    "moment",
    ["2026-04-01T12:00:00Z", "2026-04-01T12:00:00.1234567Z", "2026-04-01T14:00:00+02:00", "2026-04-01T12:00:00"],
)
def test_a_moment_is_read_in_every_form(desk: Client, moment: str) -> None:
    assert desk.get(f"/tickets/{new_ticket(desk, DueDate=moment)}").json()["DueDate"] == "2026-04-01T12:00:00Z"


# Lists


@pytest.mark.parametrize("name", ["email", "Email", "searchOptions.email", "searchoptions.email"])
def test_a_contact_is_searched_by_mail_with_the_exact_one_first(client: Client, name: str) -> None:
    customer = new_customer(client)
    longer = [new_contact(client, CustomerID=customer, Email=f"{more}dana@acme.example") for more in ("a.", "b.")]
    exact = new_contact(client, CustomerID=customer, Email="dana@acme.example")
    new_contact(client, CustomerID=customer, Email="kim@acme.example")

    assert ids(client.get(f"/contacts?{name}=DANA@acme.example"), "EndUserID") == [exact, *longer]
    assert ids(client.get(f"/contacts?{name}=dana@acme.example&itemsInPage=1"), "EndUserID") == [exact]


@pytest.mark.parametrize("name", ["Phone", "searchOptions.phone"])
def test_a_contact_is_searched_by_phone(client: Client, name: str) -> None:
    id = new_contact(client, Phone="(303) 555-0112")
    new_contact(client, Phone="303-555-9999")

    assert ids(client.get(f"/contacts?{name}=555-0112"), "EndUserID") == [id]


@pytest.fixture
def twelve(client: Client) -> Client:
    """A client of a desk with twelve customers."""
    client.stage.do(lambda work: [make.customer(work, name=f"Company {n:02}") for n in range(12)])
    return client


ALL_TWELVE = [f"Company {n:02}" for n in range(12)]


@pytest.mark.parametrize("size", [1, 5, 6, 12, 50])
def test_a_loop_that_ends_on_an_empty_link_sees_each_record_once(twelve: Client, size: int) -> None:
    seen, url = [], f"/customers?itemsInPage={size}"
    for _ in range(20):
        page = twelve.get(url).json()
        seen += [one["CustomerName"] for one in page["items"]]
        url = page["nextLink"]
        if url == "":
            break

    assert seen == ALL_TWELVE


@pytest.mark.parametrize("size", [1, 5, 6, 12, 50])
def test_a_loop_that_counts_pages_sees_each_record_once(twelve: Client, size: int) -> None:
    seen, page, pages = [], 1, 1
    while page <= pages <= 12:
        answer = twelve.get(f"/customers?page={page}&itemsInPage={size}").json()
        seen += [one["CustomerName"] for one in answer["items"]]
        pages, page = answer["totalPages"], page + 1

    assert seen == ALL_TWELVE


@pytest.mark.parametrize("size", [5, 6])
def test_a_loop_that_ends_on_fewer_items_sees_each_record_once(twelve: Client, size: int) -> None:
    seen = []
    for page in range(1, 20):
        items = twelve.get(f"/customers?page={page}&itemsInPage={size}").json()["items"]
        seen += [one["CustomerName"] for one in items]
        if len(items) < size:
            break

    assert seen == ALL_TWELVE


def test_a_list_names_its_total_twice(twelve: Client) -> None:
    page = twelve.get("/customers?itemsInPage=1").json()

    assert page["totalItems"] == page["totalItemCount"] == 12


def test_an_empty_list_is_one_page_without_links(client: Client) -> None:
    page = client.get("/customers").json()

    assert page == {
        "items": [],
        "totalItems": 0,
        "totalItemCount": 0,
        "page": 1,
        "itemsInPage": 20,
        "totalPages": 1,
        "prevLink": "",
        "nextLink": "",
    }


def test_a_page_beyond_the_end_is_empty_under_its_number(twelve: Client) -> None:
    answer = twelve.get("/customers?page=99&itemsInPage=5")

    assert answer.status_code == 200
    page = answer.json()
    assert (page["items"], page["page"], page["totalPages"], page["nextLink"]) == ([], 99, 3, "")


def test_links_lead_to_the_host_that_was_asked(twelve: Client) -> None:
    page = twelve.get("http://desk.example:8470/api/v3/customers?itemsInPage=5&page=2&name=company").json()

    for link in (page["nextLink"], page["prevLink"]):
        assert link.startswith("http://desk.example:8470/api/v3/customers?")
        assert "itemsInPage=5" in link
        assert "name=company" in link


FORWARDED = {"X-Forwarded-Host": "desk.msp.example", "X-Forwarded-Proto": "https"}


@pytest.mark.parametrize(
    ("proxies", "start"),
    [
        pytest.param("127.0.0.1", "https://desk.msp.example/api/v3/customers?", id="trusted"),
        pytest.param("10.0.0.1", "http://desk.example/api/v3/customers?", id="not trusted"),
    ],
)
def test_a_forwarded_host_is_believed_of_known_proxies_only(database: str, proxies: str, start: str) -> None:
    client = Client(stage_on(database, trusted_proxies=proxies))
    client.stage.do(lambda work: [make.customer(work) for _ in range(2)])

    link = client.get("/customers?itemsInPage=1", headers=FORWARDED).json()["nextLink"]

    client.close()
    client.stage.storage.close()
    assert link.startswith(start)


@pytest.mark.parametrize(
    ("query", "size"),
    [("", 20), ("itemsInPage=0", 20), ("itemsInPage=-3", 1), ("itemsInPage=", 20), ("itemsInPage=30", 30)],
)
def test_a_page_has_the_size_that_was_asked_for(desk: Client, query: str, size: int) -> None:
    assert desk.get(f"/customers?{query}").json()["itemsInPage"] == size


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/tickets", 50),
        ("/tickets/statusmodified", 50),
        ("/tickets/lastmodified", 50),
        ("/tickets/noComments", 50),
        ("/tickets/{ticket}/comments", 50),
        ("/tickets/{ticket}/workhoursrecords", 50),
        ("/workhours", 50),
        ("/customers", 500),
        ("/contacts", 500),
        ("/agents", 500),
        ("/alerts", 500),
        ("/contracts", 500),
        ("/departments", 500),
        ("/technicians", 500),
    ],
)
def test_a_page_is_cut_to_the_most_its_list_allows(desk: Client, path: str, most: int) -> None:
    where = path.format(ticket=new_ticket(desk))

    assert desk.get(f"{where}?itemsInPage=1000").json()["itemsInPage"] == most


@pytest.mark.parametrize("name", ["page", "itemsInPage"])
@pytest.mark.parametrize("value", ["abc", "1.5", "1e3", "--1", "10" * 15, "9" * 40, "٣", "%00"])
def test_a_page_that_is_no_number_is_refused(desk: Client, name: str, value: str) -> None:
    refused(desk.get(f"/customers?{name}={value}"), 400)


@pytest.mark.parametrize("page", ["0", "-5"])
def test_a_page_below_the_first_is_the_first(desk: Client, page: str) -> None:
    assert desk.get(f"/customers?page={page}").json()["page"] == 1


@pytest.mark.parametrize(
    ("way", "order"),
    [("", [1, 2, 3]), ("Creation", [3, 2, 1]), ("0", [3, 2, 1]), ("lastmodified", [1, 3, 2]), ("1", [1, 3, 2])],
)
def test_the_vendors_own_order_is_understood(client: Client, way: str, order: list[int]) -> None:
    for _ in range(3):
        new_customer(client)
    client.stage.clock.now += timedelta(hours=1)
    client.post("/customers/1", {"Notes": "Changed last"})

    assert ids(client.get(f"/customers?SortBy={way}"), "CustomerID") == order


# Changed tickets


@pytest.fixture
def history(client: Client) -> dict[str, int]:
    """Tickets opened on Sunday that came to different ends on Monday, an hour apart."""
    client.stage.clock.now = datetime(2026, 3, 1, 9, tzinfo=UTC)
    customer = new_customer(client)
    made = {name: new_ticket(client, CustomerID=customer) for name in ("open", "pending", "resolved", "closed")}
    for hour, (name, status) in enumerate(
        [("pending", "Pending"), ("closed", "Resolved"), ("closed", "Closed"), ("resolved", "Resolved")]
    ):
        client.stage.clock.now = datetime(2026, 3, 2, 9 + hour, tzinfo=UTC)
        client.post(f"/tickets/{made[name]}", {"TicketStatus": status})
    return made


def test_status_modified_lists_what_is_settled_with_the_latest_first(client: Client, history: dict[str, int]) -> None:
    assert ids(client.get("/tickets/statusmodified"), "TicketID") == [history["resolved"], history["closed"]]


def test_status_modified_after_a_moment_lists_every_status(client: Client, history: dict[str, int]) -> None:
    found = ids(client.get("/tickets/statusmodified?ModifiedAfter=2026-03-02T00:00:00Z"), "TicketID")

    assert found == [history["pending"], history["closed"], history["resolved"]]


def test_status_modified_leaves_out_what_changed_at_that_very_moment(client: Client, history: dict[str, int]) -> None:
    found = ids(client.get("/tickets/statusmodified?modifiedAfter=2026-03-02T09:00:00Z"), "TicketID")

    assert found == [history["closed"], history["resolved"]]


def test_last_modified_lists_todays_changes_in_their_order(client: Client, history: dict[str, int]) -> None:
    client.post(f"/tickets/{history['pending']}", {"TicketTitle": "Touched last"})

    found = ids(client.get("/tickets/lastmodified"), "TicketID")

    assert found == [history["closed"], *sorted([history["pending"], history["resolved"]])]


@pytest.mark.parametrize(
    ("date", "names"),
    [
        ("2026-03-01T00:00:00Z", ["open", "pending", "closed", "resolved"]),
        ("2026-03-02T11:00:00Z", ["closed", "resolved"]),
        ("2026-03-02T13:00:00+01:00", ["resolved"]),
        ("2026-03-03", []),
    ],
)
def test_last_modified_since_a_date(client: Client, history: dict[str, int], date: str, names: list[str]) -> None:
    found = ids(client.get("/tickets/lastmodified", params={"date": date}), "TicketID")

    assert found == [history[name] for name in names]


@pytest.mark.parametrize("path", ["statusmodified?modifiedAfter=soon", "lastmodified?date=yesterday"])
def test_a_date_that_is_none_is_refused(desk: Client, path: str) -> None:
    refused(desk.get(f"/tickets/{path}"), 400)


TEXTS = ("FirstComment", "LastEndUserComment", "LastTechnicianComment")


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/tickets?x=1", True),
        ("/tickets?includeComments=true", True),
        ("/tickets?includeComments=false", False),
        ("/tickets?IncludeComments=False", False),
        ("/tickets/statusmodified?x=1", True),
        ("/tickets/statusmodified?includeComments=false", False),
        ("/tickets/lastmodified?x=1", False),
        ("/tickets/lastmodified?includeComments=true", True),
        ("/tickets/noComments?x=1", False),
    ],
)
def test_a_list_tells_comments_where_it_is_asked_to(desk: Client, path: str, told: bool) -> None:
    contact = new_contact(desk)
    id = new_ticket(desk, EndUserID=contact, Description="Status light is red", TicketStatus="Resolved")
    desk.post(f"/tickets/{id}/comments", {"CommentText": "On my way", "IsInternal": False})
    desk.post(f"/tickets/{id}/comments", {"CommentText": "Still down", "EnduserCommentDetails": {"EnduserId": contact}})

    customer = desk.get(f"/tickets/{id}").json()["CustomerID"]
    (ticket,) = desk.get(f"{path}&customerId={customer}").json()["items"]

    words = ["Status light is red", "Still down", "On my way"]
    assert [ticket[name] for name in TEXTS] == (words if told else [None] * 3)
    assert ticket["Description"] == "Status light is red"


def test_the_known_statuses_are_listed(desk: Client) -> None:
    names = [one["StatusName"] for one in desk.get("/tickets/statuses").json()]

    assert names == ["Open", "Pending", "Resolved", "Closed"]


# Comments


@pytest.mark.parametrize(
    ("body", "internal"),
    [
        ({"CommentText": "Fixed", "IsInternal": True}, True),
        ({"CommentText": "Fixed"}, False),
        ({"Comment": "Fixed", "IsInternal": False}, False),
        ({"CommentText": "Fixed", "TechnicianCommentDetails": {"TechnicianId": 2, "IsInternal": True}}, True),
        ({"CommentText": "Fixed", "TechnicianCommentDetails": {"TechnicianEmail": "vic@msp.example"}}, False),
        ({"CommentText": "Fixed", "TechnicianContactID": 2}, False),
        ({"CommentText": "Fixed", "TechnicianId": 2, "IsInternal": "true"}, True),
        ({"commenttext": "Fixed", "techniciancommentdetails": {"technicianid": "2"}}, False),
    ],
)
def test_a_comment_is_read_in_every_spelling(desk: Client, body: dict[str, Any], internal: bool) -> None:
    id = new_ticket(desk)

    assert desk.post(f"/tickets/{id}/comments", body).status_code == 201

    (comment,) = desk.get(f"/tickets/{id}/comments").json()["items"]
    assert comment["Comment"] == comment["CommentText"] == "Fixed"
    assert comment["IsInternal"] is internal
    author = 2 if "2" in str(body) or "vic" in str(body) else 1
    assert comment["TechnicianContactID"] == comment["CreatorContactID"] == author
    assert (comment["FirstName"], comment["EndUserID"]) == ({1: "Dana", 2: "Vic"}[author], None)


def test_a_contact_comments_at_a_moment_of_its_own(desk: Client) -> None:
    email = fresh_email()
    contact = new_contact(desk, FirstName="Pat", Email=email)
    id = new_ticket(desk, EndUserID=contact)
    body = {
        "CommentText": "Still <down>",
        "CommentTimestampUTC": "2024-02-15T10:00:00",
        "EnduserCommentDetails": {"EnduserId": contact},
    }

    desk.post(f"/tickets/{id}/comments", body)

    (comment,) = desk.get(f"/tickets/{id}/comments").json()["items"]
    assert comment["Date"] == comment["CommentDate"] == "2024-02-15T10:00:00Z"
    assert comment["CommentHtml"] == "<p>Still &lt;down&gt;</p>"
    assert (comment["EndUserID"], comment["CreatorContactID"]) == (contact, contact)
    assert (comment["TechnicianContactID"], comment["Email"]) == (None, email)
    ticket = desk.get(f"/tickets/{id}").json()
    assert ticket["LastEndUserCommentTimestamp"] == "2024-02-15T10:00:00Z"
    assert ticket["FirstResponseDate"] is None


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({}, "CommentText required"),
        ({"CommentText": " "}, "CommentText required"),
        ({"CommentText": "Hi", "TechnicianCommentDetails": {"TechnicianId": 999}}, "Technician not found"),
        ({"CommentText": "Hi", "EnduserCommentDetails": {"EnduserId": 999_999}}, "Contact not found"),
    ],
)
def test_a_comment_that_cannot_be_is_refused(desk: Client, body: dict[str, Any], words: str) -> None:
    refused(desk.post(f"/tickets/{new_ticket(desk)}/comments", body), 400, words)


# Work hours


SPELLINGS = {
    "vendor": {
        "StartWorkHour": "2024-02-15T09:00:00Z",
        "EndWorkHour": "2024-02-15T10:30:00Z",
        "TechnicianContactID": 2,
        "Billiable": False,
        "OnCustomerSite": True,
        "Description": "Replaced fuser unit",
    },
    "PowerShell": {
        "StartWorkHour": "2024-02-15T09:00:00Z",
        "EndWorkHour": "2024-02-15T10:30:00Z",
        "TechnicianEmail": "vic@msp.example",
        "Billable": "false",
        "OnCustomerSite": "true",
        "Comments": "Replaced fuser unit",
    },
    "node": {
        "TechnicianContactID": 2,
        "Date": "2024-02-15",
        "StartTime": "09:00",
        "EndTime": "10:30",
        "IsBillable": False,
        "OnCustomerSite": True,
        "Description": "Replaced fuser unit",
    },
    "plugin": {
        "TechnicianContactID": 2,
        "Date": "2024-02-15T09:00:00Z",
        "Hours": 1.5,
        "Billable": False,
        "HourlyRate": 120,
        "OnCustomerSite": True,
        "Notes": "Replaced fuser unit",
    },
    "document": {
        "TechnicianContactID": 2,
        "StartDate": "2024-02-15T09:00:00Z",
        "EndDate": "2024-02-15T10:30:00Z",
        "IsBillable": False,
        "OnCustomerSite": True,
        "Notes": "Replaced fuser unit",
    },
}


@pytest.mark.parametrize("body", SPELLINGS.values(), ids=SPELLINGS)
def test_work_hours_are_read_in_every_spelling(desk: Client, body: dict[str, Any]) -> None:
    id = new_ticket(desk)

    made = desk.post(f"/tickets/{id}/workhours", body)

    assert made.status_code == 201
    (record,) = desk.get(f"/tickets/{id}/workhoursrecords").json()["items"]
    hours_id = made.json()["ActionID"]
    assert record["WorkHoursID"] == record["WorkHourID"] == hours_id
    assert record["TicketID"] == id
    assert record["StartWorkHour"] == record["StartDate"] == "2024-02-15T09:00:00Z"
    assert record["EndWorkHour"] == record["EndDate"] == "2024-02-15T10:30:00Z"
    assert record["Duration"] == 5400
    assert (record["TechnicianContactID"], record["TechnicianFullName"]) == (2, "Vic Lund")
    assert record["Billiable"] is record["Billable"] is record["IsBillable"] is False
    assert record["OnCustomerSite"] is True
    assert record["Description"] == record["Notes"] == "Replaced fuser unit"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"EndWorkHour": "2024-02-15T10:30:00Z"}, "StartWorkHour required"),
        ({"StartWorkHour": "2024-02-15T10:30:00Z"}, "EndWorkHour required"),
        ({**SPELLINGS["vendor"], "TechnicianContactID": 999}, "Technician not found"),
        ({**SPELLINGS["vendor"], "EndWorkHour": "2024-02-15T08:00:00Z"}, "EndWorkHour is before the start"),
        ({**SPELLINGS["vendor"], "StartWorkHour": "soon"}, "StartWorkHour is not a date and time"),
        ({"Date": "2024-02-15", "Hours": "many"}, "hours is not a number"),
        ({"Date": "2024-02-15", "Hours": 1e300}, "hours is out of range"),
    ],
)
def test_work_hours_that_cannot_be_are_refused(desk: Client, body: dict[str, Any], words: str) -> None:
    refused(desk.post(f"/tickets/{new_ticket(desk)}/workhours", body), 400, words)


@pytest.fixture
def worked(client: Client) -> int:
    """A ticket with an hour and a half on site, half an hour from afar, and a quarter that is not billed."""
    id = new_ticket(client)
    spans = [(90, True, True), (30, True, False), (15, False, False)]
    for minutes, billable, on_site in spans:
        start = datetime(2024, 2, 15, 9, tzinfo=UTC)
        end = start + timedelta(minutes=minutes)
        client.stage.do(
            lambda work, end=end, billable=billable, on_site=on_site: make.time_entry(
                work, id, starts_at="2024-02-15T09:00:00Z", ends_at=end, billable=billable, on_site=on_site
            )
        )
    return id


def test_durations_are_told_by_place(client: Client, worked: int) -> None:
    billable = {
        "ticketId": worked,
        "OnSiteDurationHours": 1.5,
        "OffSiteDurationHours": 0.5,
        "OnSLADurationHours": 2.0,
        "OffSLADurationHours": 0,
        "TotalDurationHours": 2.0,
        "TotalBillableDuration": 7200,
        "TotalBillableHours": 2.0,
    }
    given = {"ticketId": worked, "OffSiteDurationHours": 0.25, "OnSiteDurationHours": 0.0, "TotalDurationHours": 0.25}

    assert client.get(f"/tickets/{worked}/billableduration").json() == billable
    assert client.get(f"/tickets/{worked}/nonbillableduration").json().items() >= given.items()
    assert client.post("/tickets/billableduration", [worked]).json() == [billable]
    assert client.post("/tickets/billableworkhourssiteduration", [worked]).json() == {
        "TicketsWorkHoursSiteDurationSummaries": [
            {
                "TicketID": worked,
                "TotalDurationSeconds": 7200,
                "OnSiteDurationSeconds": 5400,
                "OffSiteDurationSeconds": 1800,
            }
        ]
    }


def test_work_hours_are_a_list_beside_their_sums(client: Client, worked: int) -> None:
    summary = client.get(f"/tickets/{worked}/workhours").json()

    assert (summary["TicketID"], summary["totalItems"], len(summary["items"])) == (worked, 3, 3)
    assert summary["Billable"]["TotalDurationHours"] == 2.0
    assert summary["NonBillable"]["TotalDurationHours"] == 0.25
    assert client.get(f"/tickets/{worked}/billabledurations").json()["totalItems"] == 2
    ticket = client.get(f"/tickets/{worked}").json()
    assert (ticket["OnSiteDurationMinutes"], ticket["OffSiteDurationMinutes"]) == (90, 45)
    assert ticket["TotalDurationSeconds"] == 8100


@pytest.mark.parametrize("body", [{}, {"id": 1}, "text", [0], ["x"], [None], list(range(1, 52))])
def test_durations_of_nonsense_are_refused(desk: Client, body: Any) -> None:
    refused(desk.request("POST", "/tickets/billableduration", json=body), 400)


def test_work_hours_of_all_tickets_are_found_by_their_day(client: Client, worked: int) -> None:
    assert client.get("/workhours?startWorkhour=2024-02-15&endWorkhour=2024-02-16").json()["totalItems"] == 3
    assert client.get("/workhours?startWorkhour=2024-02-16").json()["totalItems"] == 0
    refused(client.get("/workhours?startWorkhour=soon"), 400)


# Custom values


def owners(client: Client) -> dict[str, int]:
    """A record of each kind that can have values."""

    def build(work: Any) -> dict[str, int]:
        customer = make.customer(work)
        return {
            "customer": customer,
            "contact": make.contact(work, customer_id=customer, email=fresh_email()),
            "ticket": make.ticket(work, customer_id=customer),
            "agent": make.agent(work, customer_id=customer),
            "contract": make.contract(work, customer_id=customer),
        }

    made: dict[str, int] = client.stage.do(build)
    return made


KINDS = ("customer", "contact", "ticket", "agent", "contract")


@pytest.mark.parametrize("kind", KINDS)
def test_custom_values_are_the_same_in_all_families_of_paths(desk: Client, kind: str) -> None:
    id = owners(desk)[kind]
    desk.post(f"/customvalues/{kind}/{id}", {"FieldName": "Owner", "Value": "Sam"})
    ways = [f"{kind}/{id}", f"{kind}fields/{id}", f"{kind}field/{id}/owner"]
    (value,) = desk.get(f"/customvalues/{ways[0]}").json()

    assert all(desk.get(f"/customvalues/{way}").json() == [value] for way in ways)
    assert desk.get(f"/customvalues/{value['Id']}").json() == [value]
    assert value == {
        "ItemId": id,
        "Id": value["Id"],
        "FieldID": value["FieldID"],
        "FieldName": "Owner",
        "ValueAsString": "Sam",
        "ValueAsDecimal": 0,
        "ValueAsDateTime": None,
        "ValueAsBool": False,
        "OptionId": None,
        "Value": "Sam",
    }


@pytest.mark.parametrize("method", ["PUT", "POST"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_known_custom_field_is_set_by_either_verb(desk: Client, kind: str, method: str) -> None:
    id = owners(desk)[kind]
    desk.post(f"/customvalues/{kind}/{id}", {"FieldName": "Owner", "Value": "Sam"})

    answer = desk.request(method, f"/customvalues/{kind}field/{id}/Owner", json={"Value": "Kim"})

    assert answer.status_code == 200
    assert "ActionID" in answer.json()
    assert desk.get(f"/customvalues/{kind}field/{id}/Owner").json()[0]["Value"] == "Kim"


@pytest.mark.parametrize("kind", KINDS)
def test_a_custom_value_is_set_from_the_path(desk: Client, kind: str) -> None:
    id = owners(desk)[kind]
    desk.post(f"/customvalues/{kind}/{id}", {"FieldName": "Owner", "Value": "Sam"})

    assert desk.put(f"/customvalues/{kind}field/{id}/Owner/Kim%20Berg").status_code == 200
    assert desk.get(f"/customvalues/{kind}field/{id}/Owner").json()[0]["Value"] == "Kim Berg"


@pytest.mark.parametrize("kind", KINDS)
def test_a_custom_value_is_deleted_by_name_or_by_field(desk: Client, kind: str) -> None:
    id = owners(desk)[kind]
    for way in ("Owner", "field/{field}"):
        desk.post(f"/customvalues/{kind}/{id}", {"FieldName": "Owner", "Value": "Sam"})
        (value,) = desk.get(f"/customvalues/{kind}/{id}").json()
        where = f"/customvalues/{kind}/{id}/{way.format(field=value['FieldID'])}"
        assert desk.delete(where).status_code == 200
        assert desk.get(f"/customvalues/{kind}/{id}").json() == []
        assert desk.delete(where).status_code == 404


@pytest.mark.parametrize("kind", KINDS)
def test_an_unknown_custom_field_is_not_found_on_the_vendors_paths(desk: Client, kind: str) -> None:
    id = owners(desk)[kind]

    for method, path, body in (
        ("GET", f"{kind}field/{id}/Nonesuch", None),
        ("PUT", f"{kind}field/{id}/Nonesuch", {"Value": "x"}),
        ("POST", f"{kind}field/{id}/Nonesuch", {"Value": "x"}),
        ("PUT", f"{kind}field/{id}/Nonesuch/x", None),
        ("GET", f"{kind}fieldname/Nonesuch", None),
        ("DELETE", f"{kind}/{id}/Nonesuch", None),
    ):
        refused(desk.request(method, f"/customvalues/{path}", json=body), 404, "Custom field not found")


@pytest.mark.parametrize("kind", KINDS)
def test_a_custom_value_of_nothing_is_not_found(desk: Client, kind: str) -> None:
    words = f"{kind.capitalize()} not found"

    refused(desk.get(f"/customvalues/{kind}/999999"), 404, words)
    refused(desk.post(f"/customvalues/{kind}/999999", {"FieldName": "Owner", "Value": "x"}), 404, words)


@pytest.mark.parametrize("kind", KINDS)
def test_custom_fields_are_defined_by_name_and_type(client: Client, kind: str) -> None:
    body = {"FieldName": "Seats", "FieldType": "Numeric", "FieldDescription": "How many"}

    made = client.post(f"/customvalues/{kind}field", body)

    assert made.status_code == 201
    (listed,) = client.get(f"/customvalues/{kind}field").json()
    assert listed.items() >= {"FieldID": made.json()["FieldID"], **body, "Target": kind.capitalize()}.items()
    assert listed["Name"] == "Seats"
    assert client.get(f"/customvalues/{kind}fieldname/seats").json() == listed
    assert client.get("/customvalues/customfields").json() == [listed]
    refused(client.post(f"/customvalues/{kind}field", body), 400, "Field already exists")


@pytest.mark.parametrize(
    ("type", "given", "shown"),
    [
        ("Text", "Sam", {"Value": "Sam", "ValueAsString": "Sam"}),
        ("Text", 7, {"Value": "7"}),
        ("Text", None, {"Value": ""}),
        ("Numeric", "12.50", {"ValueAsDecimal": 12.5, "ValueAsString": "12.50"}),
        ("Numeric", 12.5, {"ValueAsDecimal": 12.5}),
        ("Boolean", True, {"ValueAsBool": True, "ValueAsString": "true"}),
        ("Boolean", "No", {"ValueAsBool": False, "ValueAsString": "false"}),
        ("Date", "2026-03-02", {"ValueAsDateTime": "2026-03-02T00:00:00Z", "Value": "2026-03-02T00:00:00Z"}),
        ("Date", "2026-03-02T10:00:00+02:00", {"ValueAsDateTime": "2026-03-02T08:00:00Z"}),
        ("Options", "gold", {"Value": "Gold"}),
        ("Numeric", "many", None),
        ("Numeric", "NaN", None),
        ("Boolean", "perhaps", None),
        ("Date", "soon", None),
        ("Options", "Lead", None),
    ],
)
def test_a_value_is_of_its_fields_type(client: Client, type: str, given: Any, shown: dict[str, Any] | None) -> None:
    field = {"FieldName": "F", "FieldType": type}
    options = {"PossibleValues": ["Gold", "Silver"]} if type == "Options" else {}
    client.post("/customvalues/customerfield", {**field, **options})
    id = new_customer(client)

    answer = client.post(f"/customvalues/customer/{id}", {"FieldName": "F", "Value": given})

    if shown is None:
        refused(answer, 400)
        assert client.get(f"/customvalues/customer/{id}").json() == []
    else:
        assert client.get(f"/customvalues/customer/{id}").json()[0].items() >= shown.items()


@pytest.mark.parametrize("name", [None, "", "  "])
def test_a_custom_value_needs_a_field(desk: Client, name: Any) -> None:
    refused(
        desk.post(f"/customvalues/customer/{new_customer(desk)}", {"FieldName": name, "Value": "x"}),
        400,
        "FieldName required",
    )


# The other rooms


def test_departments_come_and_go(client: Client) -> None:
    made = client.post("/departments", {"Name": "Finance", "Description": "Accounts and payroll"})
    id = made.json()["Id"]
    contact = new_contact(client, DepartmentID=id)

    assert (made.status_code, made.json()["ActionID"]) == (201, id)
    assert client.put(f"/departments/{id}", {"Name": "Accounts"}).status_code == 200
    assert client.post(f"/departments/{id}", {"Description": "Money"}).status_code == 200
    known = {"Id": id, "Name": "Accounts", "Description": "Money"}
    assert client.get(f"/departments/{id}").json() == known
    assert client.get("/departments").json()["items"] == [known]
    assert client.get(f"/contacts/{contact}").json()["DepartmentName"] == "Accounts"
    assert client.delete(f"/departments/{id}").json() == {"ActionID": id, "Success": True}
    assert client.get(f"/contacts/{contact}").json()["DepartmentID"] is None
    refused(client.get(f"/departments/{id}"), 404, "Department not found")
    refused(client.post("/departments", {}), 400, "Name required")


@pytest.mark.parametrize("path", ["/account", "/myaccount"])
def test_the_account_is_shown(desk: Client, path: str) -> None:
    account = desk.get(path).json()

    assert account["IsITDepartment"] is False
    assert account["CompanyName"]
    assert account.keys() >= {"AccountID", "CreatedOn", "TimeZoneName", "Plan", "Address", "PostalCode", "Phone"}


def test_technicians_are_listed(client: Client) -> None:
    page = client.get("/technicians").json()

    assert [one["TechnicianFullName"] for one in page["items"]] == ["Dana Reyes", "Vic Lund"]
    assert client.get("/technicians/2").json()["TechnicianEmail"] == "vic@msp.example"
    assert ids(client.get("/technicians?email=VIC@msp.example"), "TechnicianContactID") == [2]


def test_agents_are_read_on_every_path(desk: Client) -> None:
    customer = new_customer(desk)
    id = desk.stage.do(lambda work: make.agent(work, customer_id=customer, name="CTO-WS-014", online=True))
    agent = desk.get(f"/agents/{id}").json()

    known = {"AgentID": id, "CustomerID": customer, "MachineName": "CTO-WS-014", "Online": True, "MacAddresses": []}
    assert agent.items() >= known.items()
    paths = [
        f"/agents?customerId={customer}",
        f"/agents/customer/{customer}",
        f"/customers/{customer}/agents",
        "/agents/machine/cto-ws-014",
    ]
    assert [desk.get(path).json()["items"] for path in paths] == [[agent]] * 4
    assert desk.delete(f"/agents/{id}").status_code == 200
    refused(desk.get(f"/agents/{id}"), 404, "Agent not found")


def test_alerts_are_read_on_every_path(desk: Client) -> None:
    customer = new_customer(desk)
    agent = desk.stage.do(lambda work: make.agent(work, customer_id=customer))
    id = desk.stage.do(
        lambda work: make.alert(work, customer_id=customer, asset_id=agent, severity="warning", category="disk")
    )
    alert = desk.get(f"/alerts/{id}").json()

    known = {"AlertID": id, "Severity": "Warning", "AlertCategoryID": "Disk", "AgentId": agent, "Archived": False}
    assert alert.items() >= known.items()
    paths = [f"/alerts?customerId={customer}", f"/customers/{customer}/alerts", f"/alerts/agent/{agent}"]
    assert [desk.get(path).json()["items"] for path in paths] == [[alert]] * 3


def test_alerts_are_listed_by_status(client: Client) -> None:
    def build(work: Any) -> list[int]:
        customer = make.customer(work)
        return [
            make.alert(work, customer_id=customer),
            make.alert(work, customer_id=customer, snoozed_until="2026-03-02T10:00:00Z"),
            make.alert(work, customer_id=customer, snoozed_until="2026-03-02T09:00:00Z"),
            make.alert(work, customer_id=customer, archived=True),
        ]

    awake, snoozed, woken, done = client.stage.do(build)

    assert ids(client.get("/alerts"), "AlertID") == [awake, snoozed, woken, done]
    assert ids(client.get("/alerts?alertStatus=Open"), "AlertID") == [awake, woken]
    assert ids(client.get("/alerts?alertStatus=snoozed"), "AlertID") == [snoozed]
    assert ids(client.get("/alerts?alertStatus=Resolved"), "AlertID") == [done]
    refused(client.get("/alerts?alertStatus=Lost"), 400)


def test_contracts_are_read_on_every_path(desk: Client) -> None:
    customer = new_customer(desk)
    id = desk.stage.do(lambda work: make.contract(work, customer_id=customer, terms={"Quantity": 1}))
    contract = desk.get(f"/contracts/{id}").json()

    known = {"ContractID": id, "ContractName": "Managed Gold", "ContractType": "RetainerFlatFee", "Active": True}
    assert contract.items() >= known.items()
    for path in (f"/contracts?customerId={customer}", f"/contracts/customer/{customer}"):
        assert desk.get(path).json()["items"] == [contract]


@pytest.mark.parametrize(("method", "path"), ATERA.not_yet)
def test_what_is_not_there_yet_says_so(desk: Client, method: str, path: str) -> None:
    where = path.replace("{", "").replace("}", "")

    refused(desk.request(method, where), 501, "This operation is not available yet")


def test_a_contact_forgets_its_agent_with_the_agent(desk: Client) -> None:
    customer = new_customer(desk)
    agent = desk.stage.do(lambda work: make.agent(work, customer_id=customer))
    contact = new_contact(desk, CustomerID=customer, DefaultAgentId=agent)
    assert desk.get(f"/contacts/{contact}").json()["DefaultAgentId"] == agent

    desk.delete(f"/agents/{agent}")

    assert desk.get(f"/contacts/{contact}").json()["DefaultAgentId"] is None
    refused(desk.put(f"/contacts/{contact}", {"DefaultAgentId": agent}), 400, "Agent not found")


@pytest.mark.parametrize("nobody", [0, "0", "", None])
def test_nobody_is_assigned_by_any_of_the_values_accounts_show_for_it(client: Client, nobody: Any) -> None:
    made = client.post("/customers", {"CustomerName": "Acme"}).json()["ActionID"]
    ticket = client.post("/tickets", {"TicketTitle": "x", "CustomerID": made, "TechnicianContactID": 1}).json()

    answer = client.put(f"/tickets/{ticket['ActionID']}", {"TechnicianContactID": nobody})

    assert answer.status_code == 200
    assert answer.json()["TechnicianContactID"] is None


def test_an_empty_box_of_a_form_is_as_good_as_not_sent(client: Client) -> None:
    made = client.post("/customers", {"CustomerName": "Acme"}).json()["ActionID"]

    form = {"TicketTitle": "x", "CustomerID": str(made), "DueDate": "", "EndUserID": ""}
    answer = client.request("POST", "/tickets", data=form)

    assert answer.status_code == 201
    assert answer.json()["DueDate"] is not None


def test_a_status_of_ones_own_is_found_whatever_its_case(client: Client) -> None:
    made = client.post("/customers", {"CustomerName": "Acme"}).json()["ActionID"]
    client.post("/tickets", {"TicketTitle": "x", "CustomerID": made, "TicketStatus": "Waiting for parts"})

    assert client.get("/tickets?ticketStatus=waiting%20FOR%20parts").json()["totalItems"] == 1
