"""One desk, two faces: what is written through one is at once the same through the other.

Which fields both know follows from the declarations: a path that one face's shape takes and the other's shows.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import make
from conftest import Client, Databases, Syncro, desk_on
from quarterdeck.desk import assets
from quarterdeck.desk.alerts import Severity
from quarterdeck.desk.customers import Category
from quarterdeck.desk.hours import TimeEntry
from quarterdeck.desk.record import Record
from quarterdeck.desk.tickets import Priority, Stage, Type
from quarterdeck.desk.work import Work
from quarterdeck.dialects.atera import ATERA
from quarterdeck.dialects.syncro import SYNCRO
from quarterdeck.dialects.syncro.kinds import Kind
from quarterdeck.edge.rest import Resource
from quarterdeck.wire.codecs import MINUTES, PLAIN
from quarterdeck.wire.shape import Field


class Desk:
    """Both faces of one desk."""

    def __init__(self, client: Client) -> None:
        self.stage = client.stage
        self.atera = client
        self.syncro = Syncro(client, client.stage)

    def of(self, on: Resource) -> Client | Syncro:
        return self.syncro if isinstance(on, Kind) else self.atera

    def create(self, on: Resource, more: Mapping[str, Any]) -> int:
        answer = self.of(on).post(f"/{on.path}", {**needed(on), **more})
        assert answer.status_code in (200, 201), answer.text
        body = answer.json()
        return int(body[on.wrapper]["id"] if isinstance(on, Kind) else body["ActionID"])

    def change(self, on: Resource, id: int, body: Mapping[str, Any]) -> None:
        answer = self.of(on).put(f"/{on.path}/{id}", body)
        assert answer.status_code == 200, answer.text

    def show(self, on: Resource, id: int) -> dict[str, Any]:
        if not reads(on, "/{id}"):
            rows = self.of(on).get(f"/{on.path}?orderBy={on.id_name} desc").json()["items"]
            return next(dict(row) for row in rows if row[on.id_name] == id)
        answer = self.of(on).get(f"/{on.path}/{id}")
        assert answer.status_code == 200, answer.text
        shown: dict[str, Any] = answer.json()[on.wrapper] if isinstance(on, Kind) else answer.json()
        return shown


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def desk(request: pytest.FixtureRequest, databases: Databases) -> Iterator[Desk]:
    """A desk with two of what records name: customers, contacts, contracts, technicians."""
    with desk_on(databases, request.param) as client:
        client.stage.do(two_of_each)
        yield Desk(client)


def two_of_each(work: Work) -> None:
    for n in (1, 2):
        make.customer(work, name=f"Customer {n}")
        make.contract(work, customer_id=1)
        make.contact(work, customer_id=1, email=f"asker{n}@acme.example")
        make.ticket(work, customer_id=1)
    for guid in (GUID, str(uuid4())):
        assets.create(work, assets.New.check({"customer_id": 1, "name": "ACME-WS-01"}), UUID(guid))


GUID = "0b9d3a52-7c1e-4f7d-9a40-3f0f8f6f1a01"
EMAIL = iter(f"cross{n}@acme.example" for n in range(1_000_000))
# What a record cannot do without, by its table and face.
NEEDED: dict[tuple[str, bool], dict[str, Any]] = {
    ("customers", False): {"CustomerName": "Acme"},
    ("customers", True): {"business_name": "Acme"},
    ("contacts", False): {"CustomerID": 1},
    ("contacts", True): {"customer_id": 1, "name": "Jane Doe"},
    ("tickets", False): {"TicketTitle": "Printer on fire", "CustomerID": 1},
    ("tickets", True): {"subject": "Printer on fire", "customer_id": 1},
    ("assets", True): {"name": "ACME-WS-01", "asset_type_name": "Desktop", "customer_id": 1},
    ("time_entries", True): {"ticket_id": 1, "start_time": "2026-03-02T08:00:00Z", "duration_minutes": 30},
    ("alerts", False): {"DeviceGuid": GUID, "Title": "Disk almost full"},
    ("alerts", True): {"customer_id": 1, "description": "Disk almost full"},
    ("contracts", False): {"CustomerID": 1, "ContractName": "Managed", "ContractType": "Hourly"},
    ("contracts", True): {"customer_id": 1, "name": "Managed"},
}


def needed(on: Resource) -> dict[str, Any]:
    body = NEEDED[on.reading.record.__tablename__, isinstance(on, Kind)]
    # On one of the faces a contact has to have a mail address, and nobody has another's.
    return {"Email": next(EMAIL), **body} if on.path == "contacts" and not isinstance(on, Kind) else body


TEXTS = (
    "Austin",
    "Ünï ☃ 李小龍 🚀 e\u0301",
    "two\nlines\tand a tab",
    "\"quoted\" 'so' \\ <b>&amp;</b> %_",
    " blanks around ",
    "007",
    "null",
    "x" * 250,
)
TRIMMED = tuple(text.strip() for text in TEXTS)
MOMENTS = ("2026-03-04T05:06:07.000000Z", "1999-12-31T23:59:59.000000Z")
REFERENCES = (1, 2)
# Values as the database gives them, by where they are kept; everything else is text as it was written.
VALUES: dict[str, tuple[Any, ...]] = {
    **dict.fromkeys(
        ("customer_id", "technician_id", "contact_id", "contract_id", "ticket_id", "rate_id", "asset_id"), REFERENCES
    ),
    **dict.fromkeys(("name", "title"), TRIMMED),
    **dict.fromkeys(("archived", "billable", "primary", "ignored", "on_site"), (True, False)),
    **dict.fromkeys(("created_at", "due_at", "resolved_at", "starts_at"), MOMENTS),
    "serial": ("SN-{0}", "ünï {0}"),
    "ends_at": ("2026-03-04T06:06:07.000000Z",),
    "latitude": (-90.0, 12.345678, 0.0, 90.0),
    "longitude": (-180.0, 12.345678, 0.0, 180.0),
    "email": ("Jane.Doe+{0}@Acme.example", "ünï{0}@münchen.example"),
    "code": (0, 4712),
    "snoozed_until": ("2026-03-04T05:06:07.000000Z",),
    "severity": tuple(Severity),
    "priority": tuple(Priority),
    "status": (Stage.OPEN, Stage.PENDING, Stage.RESOLVED, "Waiting for parts"),
    "type": tuple(Type),
    "category": tuple(Category),
}


@dataclass(frozen=True)
class Way:
    """From one field of one face to a field of the other that leads to the same place."""

    one: Resource
    written: Field
    other: Resource
    shown: Field

    @property
    def id(self) -> str:
        return f"{self.one.path}.{self.written.name} {self.other.path}.{self.shown.name}"


def places(resources: Sequence[Resource]) -> dict[type[Record], Resource]:
    """Where each kind of record is shown by itself: of several paths to it, the first."""
    found: dict[type[Record], Resource] = {}
    for on in sorted(resources, key=lambda on: not reads(on, "/{id}")):
        if "{" not in on.path and "id" in on.shape.paths and (reads(on, "/{id}") or reads(on, "")):
            found.setdefault(on.reading.record, on)
    return found


def reads(on: Resource, path: str) -> bool:
    return any(verb.method == "GET" and verb.path == path for verb in on.verbs)


def takes(on: Resource, method: str) -> bool:
    path = "" if method == "POST" else "/{id}"
    return any((verb.method, verb.path) == (method, path) and verb.takes is not None for verb in on.verbs)


HERE, THERE = places(ATERA.resources), places(SYNCRO.resources)
PAIRS = [pair for kind in HERE if kind in THERE for pair in ((HERE[kind], THERE[kind]), (THERE[kind], HERE[kind]))]
# Those of which one may be made by its fields alone.
MADE = [pair for pair in PAIRS if any((on.reading.record.__tablename__, isinstance(on, Kind)) in NEEDED for on in pair)]

# What stays as it was at first, or changes only with something else.
STAYS = {"created_at", "resolved_at", "ticket_id", "starts_at", "ends_at"}
# Contracts of each kind have terms of their own.
APART = {"terms"}
# What makes sense only together with something else.
WITH = {"resolved_at": {"status": "Resolved"}}

WAYS = [
    Way(one, written, other, shown)
    for one, other in MADE
    if takes(one, "POST") or takes(one, "PUT")
    for written in one.shape.fields
    if written.taken and written.path not in APART
    for shown in other.shape.fields
    if shown.shown and shown.path == written.path
]


def wire(field: Field, value: Any) -> Any:
    return field.codec.encode(value) if field.codec.encode else value


def ways(method: str) -> list[Any]:
    def may(way: Way) -> bool:
        # A contract stays its customer's, and an alert is of the customer whose device it is about.
        place = (way.one.reading.record.__tablename__, way.written.path)
        stays = method == "PUT" and (way.written.path in STAYS or place == ("contracts", "customer_id"))
        return takes(way.one, method) and not stays and place != ("alerts", "customer_id")

    return [pytest.param(way, id=way.id) for way in WAYS if may(way)]


def values(way: Way) -> Iterator[Any]:
    for value in VALUES.get(way.written.path, TEXTS):
        yield value.format(next(EMAIL).split("@")[0]) if isinstance(value, str) and "{0}" in value else value


@pytest.mark.parametrize("way", ways("POST"))
def test_a_field_written_at_first_through_one_face_is_the_same_through_the_other(desk: Desk, way: Way) -> None:
    for value in values(way):
        more = WITH.get(way.written.path, {})
        id = desk.create(way.one, {way.written.name: wire(way.written, value), **more})

        assert desk.show(way.other, id)[way.shown.name] == wire(way.shown, value)


@pytest.mark.parametrize("way", ways("PUT"))
def test_a_field_changed_through_one_face_is_changed_in_the_other(desk: Desk, way: Way) -> None:
    for value in values(way):
        id = desk.create(way.other if takes(way.other, "POST") else way.one, {})

        desk.change(way.one, id, {way.written.name: wire(way.written, value)})

        assert desk.show(way.other, id)[way.shown.name] == wire(way.shown, value)


def test_the_faces_have_in_common_what_they_should() -> None:
    """Were a path renamed in one place, the fields would quietly no longer be the same."""
    common: dict[str, set[str]] = {}
    for way in WAYS:
        common.setdefault(way.one.reading.record.__tablename__, set()).add(way.written.path)

    assert common["customers"] >= {"name", "phone", "address", "city", "state", "zip", "notes", "latitude", "longitude"}
    assert common["contacts"] >= {"customer_id", "email", "phone", "mobile", "job_title", "archived"}
    assert common["tickets"] >= {"title", "status", "priority", "type", "customer_id", "contact_id", "technician_id"}
    assert common["time_entries"] >= {"starts_at", "ends_at", "billable", "notes", "technician_id"}
    assert common["assets"] >= {"name", "customer_id", "serial"}


# Whole records


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=60)
# Texts that come back just as they went in, whatever they are.
WHOLE = {
    "customers": ("address", "city", "state", "zip", "phone", "notes"),
    "contacts": ("phone", "mobile", "job_title"),
}
RECORDS = [
    pytest.param(one, other, id=f"{one.path} {'to' if isinstance(other, Kind) else 'from'} syncro")
    for one, other in MADE
    if one.path == other.path and one.path in WHOLE
]


@pytest.mark.parametrize(("one", "other"), RECORDS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_text_goes_through_both_faces_unharmed(
    desk: Desk, one: Resource, other: Resource, data: st.DataObject
) -> None:
    values = {path: data.draw(TEXT, label=path) for path in WHOLE[one.path]}
    id = desk.create(one, {one.shape.names[path]: value for path, value in values.items()})

    shown = desk.show(other, id)

    assert {path: shown[other.shape.names[path]] for path in values} == values


@pytest.mark.parametrize(("one", "other"), MADE, ids=lambda on: f"{type(on).__name__} {on.path}")
def test_what_both_faces_show_of_a_record_agrees(desk: Desk, one: Resource, other: Resource) -> None:
    id = desk.create(one if takes(one, "POST") else other, {})

    mine, theirs = desk.show(one, id), desk.show(other, id)

    for field in one.shape.fields:
        for twin in other.shape.fields:
            if field.shown and twin.shown and field.path and field.path == twin.path and field.inside is None:
                assert read(field, mine) == read(twin, theirs), (field.name, twin.name)


def read(field: Field, shown: Mapping[str, Any]) -> Any:
    """A value in the desk's terms; nothing is nothing, also where a face writes it as an empty text."""
    value = shown[field.name]
    if value in (None, "") or field.codec is PLAIN:
        return value or None
    return value * 60 if field.codec is MINUTES else field.codec.decode(value)


# What a deletion through one face only resolves is not among them.
DELETED = [
    pair
    for pair in MADE
    if pair[0].path != "rmm_alerts" and any((verb.method, verb.path) == ("DELETE", "/{id}") for verb in pair[0].verbs)
]


@pytest.mark.parametrize(("one", "other"), DELETED, ids=lambda on: f"{type(on).__name__} {on.path}")
def test_what_is_deleted_through_one_face_is_gone_from_the_other(desk: Desk, one: Resource, other: Resource) -> None:
    id = desk.create(one if takes(one, "POST") else other, {})

    assert desk.of(one).delete(f"/{one.path}/{id}").status_code == 200

    if reads(other, "/{id}"):
        assert desk.of(other).get(f"/{other.path}/{id}").status_code == 404
    else:
        assert id not in [row[other.id_name] for row in desk.of(other).get(f"/{other.path}").json()["items"]]


# What the faces say in different ways


ATERA_CONTACTS, SYNCRO_CONTACTS = next(pair for pair in MADE if pair[0].path == pair[1].path == "contacts")


@pytest.mark.parametrize(
    ("first", "last", "whole"),
    [
        ("Jane", "Doe", "Jane Doe"),
        ("Mary Ann", "Lee", "Mary Ann Lee"),
        ("Mary", "Ann Lee", "Mary Ann Lee"),
        ("Cher", None, "Cher"),
        (None, "Doe", "Doe"),
        (None, "van der Berg", "van der Berg"),
        ("李", "小龍", "李 小龍"),
    ],
)
def test_two_names_are_one_on_the_other_face(desk: Desk, first: str, last: str, whole: str) -> None:
    id = desk.create(ATERA_CONTACTS, {"FirstName": first, "LastName": last})
    assert desk.show(SYNCRO_CONTACTS, id)["name"] == whole

    desk.change(SYNCRO_CONTACTS, id, {"name": whole, "title": "CFO"})

    shown = desk.show(ATERA_CONTACTS, id)
    assert (shown["FirstName"], shown["LastName"]) == (first, last), "a name that stays is not cut anew"


@pytest.mark.parametrize(
    ("whole", "first", "last"),
    [
        ("Jane Doe", "Jane", "Doe"),
        ("Mary Ann Lee", "Mary", "Ann Lee"),
        ("Cher", "Cher", None),
        ("Jane  Doe", "Jane ", "Doe"),
        ("Jane\tDoe", "Jane\tDoe", None),
    ],
)
def test_one_name_is_two_on_the_other_face(desk: Desk, whole: str, first: str, last: str | None) -> None:
    id = desk.create(SYNCRO_CONTACTS, {"name": whole})

    shown = desk.show(ATERA_CONTACTS, id)
    assert (shown["FirstName"], shown["LastName"]) == (first, last)
    assert desk.show(SYNCRO_CONTACTS, id)["name"] == whole


@pytest.mark.parametrize("target", ["customer", "contact", "ticket"])
def test_a_custom_value_is_a_property(desk: Desk, target: str) -> None:
    one, other = next(pair for pair in MADE if pair[0].path == pair[1].path == f"{target}s")
    id = desk.create(one, {})
    values = f"/customvalues/{target}/{id}"

    for text in TRIMMED:
        desk.atera.post(values, {"FieldName": "Plan", "Value": text})
        assert desk.show(other, id)["properties"]["Plan"] == text

    desk.change(other, id, {"properties": {"Plan": "Silver", "Seats": 12}})
    shown = {one["FieldName"]: one["Value"] for one in desk.atera.get(values).json()}
    assert shown == {"Plan": "Silver", "Seats": "12"}

    desk.change(other, id, {"properties": {"Plan": None}})
    assert [one["FieldName"] for one in desk.atera.get(values).json()] == ["Seats"]
    desk.atera.delete(f"{values}/Seats")
    assert "Seats" not in desk.show(other, id)["properties"]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("internal", [True, False])
def test_a_comment_is_said_on_both_faces(desk: Desk, text: str, internal: bool) -> None:
    id = desk.atera.post("/tickets", {"TicketTitle": "Printer", "CustomerID": 1}).json()["ActionID"]
    desk.atera.post(f"/tickets/{id}/comments", {"CommentText": text, "IsInternal": internal})
    desk.syncro.post(f"/tickets/{id}/comment", {"subject": "Update", "body": text, "hidden": internal})

    here = desk.atera.get(f"/tickets/{id}/comments").json()["items"]
    there = desk.syncro.get(f"/tickets/{id}/comments").json()["comments"]

    assert [(one["CommentText"], one["IsInternal"]) for one in here] == [(text, internal)] * 2
    assert [(one["body"], one["hidden"]) for one in there] == [(text, internal)] * 2
    assert {one["CommentID"] for one in here} == {one["id"] for one in there}


def test_a_description_is_the_first_comment_of_the_other_face(desk: Desk) -> None:
    id = desk.atera.post("/tickets", {"TicketTitle": "Printer", "CustomerID": 1, "Description": "It burns"}).json()[
        "ActionID"
    ]
    assert [one["body"] for one in desk.syncro.get(f"/tickets/{id}").json()["ticket"]["comments"]] == ["It burns"]

    other = desk.syncro.post(
        "/tickets",
        {"subject": "Printer", "customer_id": 1, "comments_attributes": [{"subject": "Issue", "body": "It burns"}]},
    ).json()["ticket"]["id"]
    assert desk.atera.get(f"/tickets/{other}").json()["FirstComment"] == "It burns"


def test_time_taken_with_a_timer_is_work_hours(desk: Desk) -> None:
    """Started on one face, stopped, and shown on the other."""
    id = desk.syncro.post("/tickets", {"subject": "Printer", "customer_id": 1}).json()["ticket"]["id"]
    now = desk.stage.clock.now
    made = desk.syncro.post(
        f"/tickets/{id}/timer_entry", {"start_at": now.isoformat(), "duration_minutes": 30, "notes": "Toner"}
    )

    entry = desk.show(HERE[TimeEntry], made.json()["id"])
    assert entry["TicketID"] == id
    assert (entry["Duration"], entry["Notes"], entry["TechnicianContactID"]) == (1800, "Toner", 1)


def test_work_hours_are_timers_of_the_other_face(desk: Desk) -> None:
    id = desk.syncro.post("/tickets", {"subject": "Printer", "customer_id": 1}).json()["ticket"]["id"]
    body = {
        "StartWorkHour": "2026-03-02T08:00:00Z",
        "EndWorkHour": "2026-03-02T08:45:00Z",
        "TechnicianContactID": 2,
        "Billable": False,
        "Notes": "On site",
    }
    made = desk.atera.post(f"/tickets/{id}/workhours", body)
    assert made.status_code in (200, 201), made.text

    (timer,) = desk.syncro.get(f"/tickets/{id}").json()["ticket"]["ticket_timers"]

    assert (timer["start_time"], timer["end_time"]) == ("2026-03-02T08:00:00.000Z", "2026-03-02T08:45:00.000Z")
    assert (timer["user_id"], timer["billable"], timer["notes"]) == (2, False, "On site")
    assert (timer["active_duration"], timer["duration_minutes"]) == (2700, 45)


def test_an_etag_of_one_face_is_good_for_a_change_through_the_other(desk: Desk) -> None:
    """Both tell the record's version, so a change between them is noticed whichever face made it."""
    id = desk.create(SYNCRO_CONTACTS, {})
    etag = desk.atera.get(f"/contacts/{id}").headers["etag"]

    assert desk.syncro.put(f"/contacts/{id}", {"title": "COO"}, headers={"If-Match": etag}).status_code == 200
    assert desk.atera.put(f"/contacts/{id}", {"JobTitle": "CFO"}, headers={"If-Match": etag}).status_code == 412
