"""What Quarterdeck adds to the vendor's API: filters, orders, deep pages, search, and good manners of HTTP."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from shared import desk_on, fresh_email, ids, new_contact, new_customer, new_ticket, refused

import make
from conftest import Client, Databases, stage_on
from quarterdeck.desk import access
from quarterdeck.desk.work import Work
from quarterdeck.dialects.atera import ATERA


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def desk(request: pytest.FixtureRequest, databases: Databases) -> Iterator[Client]:
    """A desk that many cases share."""
    with desk_on(databases, request.param) as client:
        yield client


# Filters


def january(work: Work) -> None:
    """The first of everything: Acme's, in January."""
    acme = make.customer(work, name="Acme Dental", domain="acme.example")
    pat = make.contact(work, customer_id=acme, email="pat@acme.example", phone="(303) 555-0111")
    fire = make.ticket(
        work, contact_id=pat, technician_id=1, priority="high", type="incident", due_at="2026-03-10T09:00:00Z"
    )
    make.comment(work, fire, body="Looking", internal=True)
    make.time_entry(work, fire, starts_at="2026-01-05T09:00:00Z", ends_at="2026-01-05T10:00:00Z", technician_id=1)
    agent = make.agent(work, customer_id=acme, online=True)
    make.alert(work, customer_id=acme, asset_id=agent, severity="warning")
    make.contract(work, customer_id=acme)
    make.department(work, name="Finance")
    make.article(work, customer_id=acme, name="VPN how-to")


def february(work: Work) -> None:
    """The second of everything: Harbor Law's, in February."""
    harbor = make.customer(work, name="Harbor Law", domain="harbor.example")
    kim = make.contact(
        work, customer_id=harbor, email="kim@harbor.example", first_name="Kim", phone="303 555 0222", archived=True
    )
    vpn = make.ticket(
        work,
        title="VPN is slow",
        contact_id=kim,
        technician_id=2,
        status="pending",
        type="request",
        due_at="2026-04-10T09:00:00Z",
    )
    make.comment(work, vpn, body="We are on it")
    make.time_entry(
        work,
        vpn,
        starts_at="2026-02-05T09:00:00Z",
        ends_at="2026-02-05T10:00:00Z",
        technician_id=2,
        billable=False,
    )
    agent = make.agent(work, customer_id=harbor, name="HL-01")
    make.alert(work, customer_id=harbor, asset_id=agent, severity="critical", archived=True)
    make.contract(work, customer_id=harbor, active=False)
    make.department(work, name="Sales")
    make.article(work, customer_id=harbor, name="Scanner to mail", body="Type the address.")
    access.change(work, 2, access.Changes(active=False))


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def year(request: pytest.FixtureRequest, databases: Databases) -> Iterator[Client]:
    """A desk on which there are two of everything: 1 is Acme's, of January, and 2 Harbor Law's, of February."""
    with desk_on(databases, request.param) as client:
        for month, build in enumerate((january, february), start=1):
            client.stage.clock.now = datetime(2026, month, 5, 9, tzinfo=UTC)
            client.stage.do(build)
        client.stage.clock.now = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
        yield client


# What finds the first record, the second, and none, under each name of each list.
DATES = {
    "From": ("", "2026-02-01", "2026-02-06T00:00:00Z"),
    "To": ("2026-02-01T00:00:00Z", "", "2026-01-01"),
}
FILTERS: dict[str, dict[str, tuple[Any, Any, Any]]] = {
    "customers": {
        "name": ("acme", "HARBOR l", "nobody"),
        "customerName": ("dental", "law", "%"),
        "domain": ("ACME.example", "https://www.harbor.example/", "example"),
        "createdFrom": DATES["From"],
        "createdTo": DATES["To"],
        "modifiedFrom": DATES["From"],
        "FromLastModifiedDate": DATES["From"],
        "modifiedTo": DATES["To"],
        "q": ("dental", "harbor", "nobody"),
    },
    "contacts": {
        "customerId": (1, 2, 99),
        "Email": ("pat@acme", "KIM@HARBOR.EXAMPLE", "nobody@"),
        "searchOptions.email": ("acme.example", "kim", "_"),
        "Phone": ("5550111", "555-0222", "999"),
        "searchOptions.phone": ("303-555-0111", "0222", "999"),
        "name": ("pat m", "KIM", "nobody"),
        "archived": ("false", "True", None),
        "createdFrom": DATES["From"],
        "createdTo": DATES["To"],
        "modifiedFrom": DATES["From"],
        "FromLastModifiedDate": DATES["From"],
        "modifiedTo": DATES["To"],
        "q": ("pat", "kim", "nobody"),
    },
    "tickets": {
        "customerId": (1, 2, 99),
        "endUserId": (1, 2, 99),
        "contactId": (1, 2, 99),
        "technicianContactId": (1, 2, 99),
        "technicianId": (1, 2, 99),
        "ticketStatus": ("open", "PENDING", "Closed"),
        "status": ("Open", "Pending", "Waiting"),
        "ticketPriority": ("High", "low", "Critical"),
        "priority": ("high", "Low", "Medium"),
        "ticketType": ("Incident", "request", "Change"),
        "type": ("incident", "Request", "Problem"),
        "createdFrom": DATES["From"],
        "DateFrom": DATES["From"],
        "createdTo": DATES["To"],
        "DateTo": DATES["To"],
        "modifiedFrom": DATES["From"],
        "modifiedTo": DATES["To"],
        "dueFrom": ("", "2026-04-01", "2026-05-01"),
        "dueTo": ("2026-04-01", "", "2026-03-01"),
        "q": ("printer fire", "vpn", "printer vpn"),
    },
    "agents": {"customerId": (1, 2, 99), "online": ("true", "false", None)},
    "alerts": {
        "customerId": (1, 2, 99),
        "alertSeverity": ("Warning", "critical", "Information"),
        "archived": ("false", "true", None),
        "alertStatus": ("Open", "Resolved", "Snoozed"),
    },
    "contracts": {"customerId": (1, 2, 99), "active": ("true", "false", None)},
    "departments": {"name": ("Finance", "sales", "nobody")},
    "knowledgebases": {
        "search": ("vpn", "ADDRESS", "nobody"),
        "customerId": (1, 2, 99),
    },
    "knowledgebase": {
        "search": ("vpn", "ADDRESS", "nobody"),
        "customerId": (1, 2, 99),
    },
    "technicians": {"email": ("DANA@msp.example", "vic@msp.example", "nobody"), "active": ("true", "false", None)},
    "workhours": {
        "startWorkhour": ("", "2026-02-01", "2026-02-06"),
        "endWorkhour": ("2026-02-01", "", "2026-01-05T09:00:00"),
        "customerId": (1, 2, 99),
        "technicianContactId": (1, 2, 99),
        "billable": ("true", "false", None),
    },
}
# A month without an end holds both.
CASES = [
    pytest.param(path, name, value, found, id=f"{path}?{name}={value}")
    for path, names in FILTERS.items()
    for name, values in names.items()
    for value, found in zip(values, ([1], [2], []), strict=True)
    if value not in (None, "")
]
LISTS = {on.path: on for on in ATERA.resources if any(verb.many and not verb.path for verb in on.verbs)}
# What is merged, and found by filters, is tried in test_atera_merging.py.
ELSEWHERE = {"merges"}


@pytest.mark.parametrize(("path", "name", "value", "found"), CASES)
def test_a_filter_finds_what_meets_it(year: Client, path: str, name: str, value: Any, found: list[int]) -> None:
    answer = year.get(f"/{path}", params={name: value})

    assert ids(answer, LISTS[path].id_name) == found
    assert answer.json()["totalItems"] == len(found)


def test_every_filter_of_every_list_is_in_the_table() -> None:
    tried = {(path, name.casefold()) for path, names in FILTERS.items() for name in names}
    there = {(on.path, one.name.casefold()) for on in LISTS.values() if "{" not in on.path for one in on.filters.fields}

    assert {one for one in there if one[0] not in ELSEWHERE} <= tried


def test_comments_are_filtered_by_whom_they_are_for(year: Client) -> None:
    assert year.get("/tickets/1/comments?isInternal=true").json()["totalItems"] == 1
    assert year.get("/tickets/1/comments?isInternal=false").json()["totalItems"] == 0


def test_filters_narrow_each_other(year: Client) -> None:
    assert ids(year.get("/tickets?customerId=1&priority=High&q=printer"), "TicketID") == [1]
    assert ids(year.get("/tickets?customerId=1&priority=Low"), "TicketID") == []


@pytest.mark.parametrize(
    "query",
    [
        "tickets?customerId=abc",
        "tickets?priority=Urgent",
        "tickets?type=Wish",
        "tickets?createdFrom=soon",
        "contacts?archived=perhaps",
        "alerts?alertSeverity=Loud",
        "customers?orderBy=Shoe",
        "customers?orderBy=CustomerName sideways",
        "customers?SortBy=Shoe",
        "customers?after=nonsense",
        "tickets?orderBy=DueDate&before=W10",
    ],
)
def test_a_filter_that_cannot_be_read_is_refused(desk: Client, query: str) -> None:
    refused(desk.get(f"/{query}"), 400)


# Orders and walks


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def crowd(request: pytest.FixtureRequest, databases: Databases) -> Iterator[Client]:
    """A desk with seven of most things: some alike, some without a value."""
    with desk_on(databases, request.param) as client:
        client.stage.do(populate)
        yield client


def populate(work: Work, count: int = 7) -> None:
    for n in range(count):
        # 0 1 2 0 1 2 0: alike in threes, and out of order.
        kind, later = n * 2 % 3, timedelta(hours=n * 2 % 3)
        work.now += timedelta(minutes=1)
        customer = make.customer(work, name=f"Company {kind}", created_at=work.now - later)
        make.contact(work, customer_id=customer, first_name=f"Name {kind}", created_at=work.now - later)
        make.ticket(
            work,
            customer_id=customer,
            title=f"Title {kind}",
            status="resolved" if kind else "open",
            due_at=work.now.replace(day=10 + kind),
            created_at=work.now - later,
        )
        make.agent(work, customer_id=customer, name=f"WS {kind}")
        make.department(work, name=f"Department {n}")
        make.article(work, name=f"Page {kind}")
        make.comment(work, 1, body=f"Comment {n}", at=work.now - later)
        make.time_entry(work, 1, starts_at=f"2026-03-01T0{kind}:00:00Z", ends_at="2026-03-01T09:00:00Z")


WALKS = [
    pytest.param(path.replace("{id}", "1"), on.id_name, order, way, id=f"{path} {order} {way}")
    for path, on in LISTS.items()
    if "{customerId}" not in path and path not in ("technicians", "archives", "alerts", "contracts", "merges")
    for order in (on.id_name, *on.orders)
    for way in ("asc", "desc")
]


def walk(client: Client, url: str, link: str, id_name: str, between: Callable[[], None] = lambda: None) -> list[int]:
    """The ids on all pages, following a link until it is empty."""
    seen: list[int] = []
    for _ in range(40):
        answer = client.get(url)
        seen += ids(answer, id_name)
        url = answer.json()[link]
        if not url:
            return seen
        between()
    raise AssertionError("the walk does not end")


@pytest.mark.parametrize(("path", "id_name", "order", "way"), WALKS)
def test_following_next_links_sees_each_record_once(
    crowd: Client, path: str, id_name: str, order: str, way: str
) -> None:
    whole = ids(crowd.get(f"/{path}?orderBy={order} {way}&itemsInPage=50"), id_name)

    assert len(whole) == len(set(whole)) == 7
    for size in (1, 2, 3, 7):
        assert walk(crowd, f"/{path}?orderBy={order} {way}&itemsInPage={size}", "nextLink", id_name) == whole


@pytest.mark.parametrize(("path", "id_name", "order", "way"), WALKS)
def test_following_links_back_sees_each_record_once(
    crowd: Client, path: str, id_name: str, order: str, way: str
) -> None:
    whole = ids(crowd.get(f"/{path}?orderBy={order} {way}&itemsInPage=50"), id_name)

    seen, url = [], f"/{path}?orderBy={order} {way}&itemsInPage=2&page=4"
    for page in (4, 3, 2, 1):
        answer = crowd.get(url)
        assert answer.json()["page"] == page
        seen = ids(answer, id_name) + seen
        url = answer.json()["prevLink"]
    assert url == ""
    assert seen == whole


# When a ticket was changed is not shown; `lastmodified` has tests of its own.
SHOWN = [one for one in WALKS if one.values[0::2][:2] != ("tickets", "LastModified")]


@pytest.mark.parametrize(("path", "id_name", "order", "way"), SHOWN)
def test_a_list_is_in_the_order_asked_for(crowd: Client, path: str, id_name: str, order: str, way: str) -> None:
    items = crowd.get(f"/{path}?orderBy={order} {way}").json()["items"]
    values = [item[order] for item in items]

    kept = [value for value in values if value is not None]
    assert kept == sorted(kept, reverse=way == "desc")
    assert values == kept + [None] * (len(values) - len(kept)), "what has no value comes last"


@pytest.mark.parametrize("order", ["CustomerName desc", "-CustomerName", "customername DESC", "-customername"])
def test_an_order_has_two_spellings(crowd: Client, order: str) -> None:
    names = [one["CustomerName"] for one in crowd.get("/customers", params={"orderBy": order}).json()["items"]]

    assert names == sorted(names, reverse=True)


def test_a_deep_page_is_the_same_by_number_as_by_link(crowd: Client) -> None:
    by_link = crowd.get(crowd.get("/tickets?orderBy=-DueDate&itemsInPage=3").json()["nextLink"]).json()
    by_number = crowd.get("/tickets?orderBy=-DueDate&itemsInPage=3&page=2").json()

    assert by_link["items"] == by_number["items"]


CHANGING = [
    "TicketID",
    "-TicketID",
    "TicketTitle",
    "-TicketTitle",
    "TicketResolvedDate",
    "-TicketResolvedDate",
    "-DueDate",
]


@pytest.mark.parametrize("link", ["nextLink", "prevLink"])
@pytest.mark.parametrize("order", CHANGING)
def test_a_walk_misses_nothing_while_records_come_or_go(client: Client, order: str, link: str) -> None:
    client.stage.do(populate)
    url = f"/tickets?orderBy={order}&itemsInPage=2&page={1 if link == 'nextLink' else 4}"
    before = set(ids(client.get("/tickets?itemsInPage=50"), "TicketID"))
    seen: list[int] = []

    def meanwhile() -> None:
        """Two of those already seen go, and new ones come at both ends of the order."""
        for id in [one for one in seen if one in before][-2:]:
            client.delete(f"/tickets/{id}")
        for title, day in (("AAA", "2026-03-01"), ("ZZZ", "2026-05-01")):
            new_ticket(client, CustomerID=1, TicketTitle=title, DueDate=f"{day}T00:00:00Z")

    for step in range(20):
        answer = client.get(url)
        seen += ids(answer, "TicketID")
        url = answer.json()[link]
        if not url:
            break
        if step < 3:
            meanwhile()

    assert before <= set(seen)
    assert len(seen) == len(set(seen))


# Search


@pytest.fixture(scope="module")
def library(desk: Client) -> dict[str, int]:
    """Records with words to find them by."""
    customer = new_customer(desk, CustomerName="Crème Brûlée GmbH", Notes="Backs up at midnight")
    contact = new_contact(
        desk, CustomerID=customer, FirstName="Zoë", LastName="Müller-Lüdenscheidt", Email="zoe@creme.example"
    )
    ticket = new_ticket(desk, EndUserID=contact, TicketTitle="Scanner jams", Description="Tray 2, ERR-4711")
    desk.post(f"/tickets/{ticket}/comments", {"CommentText": "Replaced the pickup roller"})
    return {"customers": customer, "contacts": contact, "tickets": ticket}


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("customers", "brûlée"),
        ("customers", "BRULEE creme"),
        ("customers", "midnight"),
        ("contacts", "zoe"),
        ("contacts", "MÜLLER"),
        ("contacts", "lüdensch"),
        ("contacts", "zoe@creme.example"),
        ("tickets", "scanner"),
        ("tickets", "SCANNER jams tray"),
        ("tickets", "err-4711"),
        ("tickets", "pickup roller"),
        ("tickets", "muller"),
        ("tickets", "zoe@creme.example"),
        ("tickets", "creme brulee"),
        ("tickets", '"scanner'),
        ("tickets", "scanner & !'"),
    ],
)
def test_words_find_a_record(desk: Client, library: dict[str, int], path: str, text: str) -> None:
    assert ids(desk.get(f"/{path}", params={"q": text}), LISTS[path].id_name) == [library[path]]


@pytest.mark.parametrize("text", ["canner", "scanner toaster", "4712", "OR", "NOT", "***", "''", "\\"])
def test_other_words_find_nothing(desk: Client, library: dict[str, int], text: str) -> None:
    assert ids(desk.get("/tickets", params={"q": text}), "TicketID") == []


def test_a_ticket_is_found_by_the_new_names_of_its_people(client: Client) -> None:
    customer = new_customer(client, CustomerName="Old Mill")
    contact = new_contact(client, CustomerID=customer, LastName="Maiden")
    ticket = new_ticket(client, EndUserID=contact)

    client.put(f"/customers/{customer}", {"CustomerName": "New Windmill"})
    client.put(f"/contacts/{contact}", {"LastName": "Wedded", "Email": "wedded@mill.example"})

    for text in ("windmill", "wedded", "wedded@mill.example"):
        assert ids(client.get(f"/tickets?q={text}"), "TicketID") == [ticket]
    assert ids(client.get("/contacts?q=maiden"), "EndUserID") == []
    assert ids(client.get("/customers?q=old"), "CustomerID") == []


def test_a_ticket_is_found_by_its_new_title_only(client: Client) -> None:
    ticket = new_ticket(client, TicketTitle="Scanner")
    client.post(f"/tickets/{ticket}/comments", {"CommentText": "roller"})

    client.put(f"/tickets/{ticket}", {"TicketTitle": "Copier"})

    assert [client.get(f"/tickets?q={text}").json()["totalItems"] for text in ("copier", "roller", "scanner")] == [
        1,
        1,
        0,
    ]


def test_what_is_deleted_is_not_found(client: Client) -> None:
    customer = new_customer(client, CustomerName="Windmill")
    new_ticket(client, EndUserID=new_contact(client, CustomerID=customer, FirstName="Windmill"))

    client.delete(f"/customers/{customer}")

    for path in ("customers", "contacts", "tickets"):
        assert client.get(f"/{path}?q=windmill").json()["totalItems"] == 0


def test_found_records_can_be_walked_in_pages(client: Client) -> None:
    customer = new_customer(client)
    made = [new_ticket(client, CustomerID=customer, TicketTitle="Windmill") for _ in range(5)]
    new_ticket(client, CustomerID=customer)

    assert walk(client, "/tickets?q=windmill&itemsInPage=2", "nextLink", "TicketID") == made


# Conditions


RECORDS = {"customers": new_customer, "contacts": new_contact, "tickets": new_ticket}
CHANGE = {"customers": {"City": "Austin"}, "contacts": {"JobTitle": "COO"}, "tickets": {"TicketTitle": "Fire out"}}


@pytest.mark.parametrize("path", RECORDS)
def test_a_record_read_before_is_not_sent_again_until_it_changes(desk: Client, path: str) -> None:
    where = f"/{path}/{RECORDS[path](desk)}"
    etag = desk.get(where).headers["etag"]

    again = desk.get(where, headers={"If-None-Match": etag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", etag)
    desk.put(where, CHANGE[path])
    assert desk.get(where, headers={"If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize("condition", ["*", 'W/{etag}, "x"', '"x", {etag}'])
def test_conditions_are_read_in_every_form(desk: Client, condition: str) -> None:
    where = f"/customers/{new_customer(desk)}"
    etag = desk.get(where).headers["etag"]

    assert desk.get(where, headers={"If-None-Match": condition.format(etag=etag)}).status_code == 304


def test_a_changed_name_of_the_customer_is_seen_on_its_contact(desk: Client) -> None:
    customer = new_customer(desk)
    where = f"/contacts/{new_contact(desk, CustomerID=customer)}"
    etag = desk.get(where).headers["etag"]

    desk.put(f"/customers/{customer}", {"CustomerName": "Renamed"})

    assert desk.get(where, headers={"If-None-Match": etag}).json()["CustomerName"] == "Renamed"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
@pytest.mark.parametrize("path", RECORDS)
def test_a_change_to_what_has_changed_meanwhile_is_refused(desk: Client, path: str, method: str) -> None:
    where = f"/{path}/{RECORDS[path](desk)}"
    old = desk.get(where).headers["etag"]
    new = desk.put(where, CHANGE[path]).headers["etag"]

    refused(desk.request(method, where, json={}, headers={"If-Match": old}), 412)
    refused(desk.request(method, where, json={}, headers={"If-Match": '"nonsense"'}), 412)
    assert desk.get(where).status_code == 200
    assert desk.request(method, where, json={}, headers={"If-Match": new}).status_code == 200


def test_a_change_may_ask_only_that_the_record_exists(desk: Client) -> None:
    where = f"/customers/{new_customer(desk)}"

    assert desk.put(where, {"City": "Austin"}, headers={"If-Match": "*"}).status_code == 200


# Repeats


ONCE = {"Idempotency-Key": "a1b2"}


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/customers", {"CustomerName": "Acme"}),
        ("/departments", {"Name": "Finance"}),
        ("/tickets/{ticket}/comments", {"CommentText": "Hello"}),
        ("/tickets/{ticket}/workhours", {"StartDate": "2026-03-02T08:00:00Z", "EndDate": "2026-03-02T09:00:00Z"}),
        ("/customvalues/ticket/{ticket}", {"FieldName": "Owner", "Value": "Sam"}),
        ("/tickets/{ticket}", {"TicketTitle": "Again"}),
    ],
)
def test_a_repeated_request_is_done_once(client: Client, path: str, body: dict[str, Any]) -> None:
    where = path.format(ticket=new_ticket(client))

    first, second = (client.post(where, body, headers=ONCE) for _ in range(2))

    assert (second.status_code, second.content) == (first.status_code, first.content)
    assert "idempotency-replayed" not in first.headers
    assert second.headers["idempotency-replayed"] == "true"
    assert second.headers.get("location") == first.headers.get("location")


def test_a_repeated_create_makes_one_record(client: Client) -> None:
    for _ in range(3):
        client.post("/customers", {"CustomerName": "Acme"}, headers=ONCE)

    assert client.get("/customers").json()["totalItems"] == 1


def test_another_body_under_the_same_key_is_refused(client: Client) -> None:
    client.post("/customers", {"CustomerName": "Acme"}, headers=ONCE)

    refused(client.post("/customers", {"CustomerName": "Other"}, headers=ONCE), 422)
    assert client.get("/customers").json()["totalItems"] == 1


def test_an_idempotency_key_counts_for_its_path_alone(client: Client) -> None:
    client.post("/customers", {"CustomerName": "Acme"}, headers=ONCE)

    assert client.post("/departments", {"Name": "Finance"}, headers=ONCE).status_code == 201


def test_an_idempotency_key_counts_for_its_callers_key_alone(client: Client) -> None:
    new_key = access.NewKey(name="Another script", technician_id=1)
    client.stage.keys["second"] = client.stage.do(lambda work: access.give_key(work, new_key))[1]

    made = [client.post("/customers", {"CustomerName": "Acme"}, headers=ONCE, key=key) for key in ("dana", "second")]

    assert [one.json()["CustomerID"] for one in made] == [1, 2]


@pytest.mark.parametrize(("hours", "count"), [(23, 1), (25, 2)])
def test_an_answer_is_kept_for_a_day(client: Client, hours: int, count: int) -> None:
    client.post("/customers", {"CustomerName": "Acme"}, headers=ONCE)
    client.stage.clock.now += timedelta(hours=hours)

    client.post("/customers", {"CustomerName": "Acme"}, headers=ONCE)

    assert client.get("/customers").json()["totalItems"] == count


def test_a_refused_request_may_be_mended_under_its_key(client: Client) -> None:
    refused(client.post("/customers", {"CustomerName": ""}, headers=ONCE), 400)

    assert client.post("/customers", {"CustomerName": "Acme"}, headers=ONCE).status_code == 201


@pytest.mark.parametrize("key", ["", "x" * 256])
def test_an_idempotency_key_has_a_length(desk: Client, key: str) -> None:
    refused(desk.post("/customers", {"CustomerName": "Acme"}, headers={"Idempotency-Key": key}), 400)


# Manners of HTTP


def test_a_long_answer_is_compressed_for_those_who_can_read_it(crowd: Client) -> None:
    packed = crowd.get("/tickets", headers={"Accept-Encoding": "gzip"})
    plain = crowd.get("/tickets", headers={"Accept-Encoding": "identity"})

    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["vary"] == "accept-encoding"
    assert "content-encoding" not in plain.headers
    assert packed.json() == plain.json()


def test_a_request_keeps_the_id_it_came_with(desk: Client) -> None:
    assert desk.get("/account", headers={"X-Request-Id": "run-7.a:b"}).headers["x-request-id"] == "run-7.a:b"


@pytest.mark.parametrize("id", ["", "with space", "x" * 101, "<script>"])
def test_a_request_without_a_decent_id_is_given_one(desk: Client, id: str) -> None:
    one, other = (desk.get("/account", headers={"X-Request-Id": id}).headers["x-request-id"] for _ in range(2))

    assert one != other
    assert id not in (one, other)


@pytest.mark.parametrize("path", ["/customers", "/customers/{id}", "/account"])
def test_head_answers_what_get_does_without_the_body(desk: Client, path: str) -> None:
    where = path.format(id=new_customer(desk))

    head, whole = desk.request("HEAD", where), desk.get(where)

    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == whole.headers["content-length"]
    assert head.headers.get("etag") == whole.headers.get("etag")


@pytest.fixture
def limited(database: str) -> Iterator[Client]:
    """A client of a desk that allows five calls a minute."""
    client = Client(stage_on(database, atera_calls_per_minute=5))
    yield client
    client.close()
    client.stage.storage.close()


def test_every_answer_tells_what_is_left_of_the_minute(limited: Client) -> None:
    answers = [limited.get("/account") for _ in range(6)]

    assert [one.status_code for one in answers] == [200] * 5 + [429]
    assert [one.headers["x-ratelimit-remaining"] for one in answers] == ["4", "3", "2", "1", "0", "0"]
    assert {one.headers["x-ratelimit-limit"] for one in answers} == {"5"}
    assert {one.headers["ratelimit-policy"] for one in answers} == {'"default";q=5;w=60'}
    assert answers[0].headers["ratelimit"].startswith('"default";r=4;t=')
    assert ["retry-after" in one.headers for one in answers] == [False] * 5 + [True]
    refused(answers[-1], 429, "Rate limited")


def test_each_key_has_its_own_allowance(limited: Client) -> None:
    for _ in range(6):
        limited.get("/account")

    assert limited.get("/account", key="vic").status_code == 200


def test_a_body_that_is_too_long_is_refused(database: str) -> None:
    client = Client(stage_on(database, body_max=1024))

    answer = client.post("/customers", {"CustomerName": "Acme", "Notes": "x" * 1024})
    kept = client.get("/customers").json()["totalItems"]
    client.close()
    client.stage.storage.close()

    refused(answer, 413)
    assert kept == 0


@pytest.mark.parametrize("kind", ["application/xml", "multipart/form-data; boundary=x", "text/html", "nonsense"])
def test_a_body_of_another_kind_is_refused(desk: Client, kind: str) -> None:
    refused(desk.post("/customers", content=b"<a/>", headers={"Content-Type": kind}), 415)


@pytest.mark.parametrize(
    "body", [b"{", b"[]", b'"text"', b"7", b"{'a': 1}", b"\xff\xfe", b"[" * 100_000, b'{"a": NaN}']
)
def test_a_body_that_is_no_object_is_refused(desk: Client, body: bytes) -> None:
    refused(desk.post("/customers", content=body, headers={"Content-Type": "application/json"}), 400)


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("PATCH", "/customers/1", "DELETE, GET, HEAD, POST, PUT"),
        ("PUT", "/customers", "GET, HEAD, POST"),
        ("DELETE", "/tickets/statusmodified", "GET, HEAD"),
        ("GET", "/tickets/billableworkhourssiteduration", "POST"),
        ("POST", "/account", "GET, HEAD"),
    ],
)
def test_a_wrong_method_is_told_the_right_ones(desk: Client, method: str, path: str, allowed: str) -> None:
    answer = desk.request(method, path)

    refused(answer, 405)
    assert answer.headers["allow"] == allowed


@pytest.mark.parametrize("path", ["/nonesuch", "/customers/1/nonesuch", "", "/customers/1/contacts/1"])
def test_an_unknown_path_is_not_found(desk: Client, path: str) -> None:
    refused(desk.get(path or "/api/v3"), 404, "Not found")


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
def test_a_key_is_taken_as_a_bearer_token(desk: Client, scheme: str) -> None:
    headers = {"Authorization": f"{scheme} {desk.stage.keys['dana']}"}

    assert desk.get("/account", key=None, headers=headers).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [{}, {"X-API-KEY": ""}, {"X-API-KEY": "wrong"}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic eDp5"}],
)
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/customers"),
        ("GET", "/nonesuch"),
        ("PATCH", "/customers"),
        ("POST", "/alerts"),
        ("GET", "/tickets/abc"),
    ],
)
def test_a_stranger_learns_nothing(desk: Client, method: str, path: str, headers: dict[str, str]) -> None:
    refused(desk.request(method, path, key=None, headers=headers), 401, "Unauthorized")


WRITES = [
    pytest.param(verb.method, f"/{on.path}{verb.path}", id=f"{verb.method} /{on.path}{verb.path}")
    for on in ATERA.resources
    for verb in on.verbs
    if verb.changes
]


@pytest.mark.parametrize(("method", "path"), WRITES)
def test_who_may_only_look_changes_nothing(desk: Client, method: str, path: str) -> None:
    where = path.replace("{id}", "1").replace("{", "").replace("}", "")

    refused(desk.request(method, where, key="vic", json={}), 403, "Forbidden")


def test_a_revoked_key_is_a_strangers(client: Client) -> None:
    key_id, key = client.stage.do(lambda work: access.give_key(work, access.NewKey(name="Old", technician_id=1)))
    client.stage.do(lambda work: access.revoke_key(work, key_id))

    refused(client.get("/account", key=key), 401, "Unauthorized")


def test_a_key_ends_on_its_day(client: Client) -> None:
    ends = access.NewKey(name="Until noon", technician_id=1, ends_at=datetime(2026, 3, 2, 12, tzinfo=UTC))
    _, key = client.stage.do(lambda work: access.give_key(work, ends))

    client.stage.clock.now = datetime(2026, 3, 2, 12, tzinfo=UTC)

    refused(client.get("/account", key=key), 401, "Unauthorized")


@pytest.mark.parametrize(
    ("scopes", "status"),
    [(["tickets:read"], 403), (["tickets:write"], 201), (["tickets:*"], 201), (["*:read"], 403), (["*"], 201)],
)
def test_a_key_does_what_its_scopes_name(desk: Client, scopes: list[str], status: int) -> None:
    scoped = access.NewKey(name="Scoped", technician_id=1, scopes=scopes)
    _, key = desk.stage.do(lambda work: access.give_key(work, scoped))
    customer = new_customer(desk)

    assert desk.post("/tickets", {"TicketTitle": "Printer", "CustomerID": customer}, key=key).status_code == status
    assert desk.get("/tickets", key=key).status_code == 200
    assert desk.get("/customers", key=key).status_code == (200 if "*" in scopes[0][:1] else 403)


def test_two_clients_that_change_different_fields_undo_nothing(desk: Client) -> None:
    id = new_contact(desk, Email=fresh_email())

    desk.put(f"/contacts/{id}", {"Phone": "555-1"})
    desk.post(f"/contacts/{id}", {"JobTitle": "COO"})

    contact = desk.get(f"/contacts/{id}").json()
    assert (contact["Phone"], contact["JobTitle"]) == ("555-1", "COO")


def test_null_clears_a_field(desk: Client) -> None:
    id = new_customer(desk, City="Austin")

    desk.put(f"/customers/{id}", {"City": None})

    assert desk.get(f"/customers/{id}").json()["City"] is None
