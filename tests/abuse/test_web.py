"""Who may do what at the pages: every page and act for every role, against one table; and what an act needs besides."""

import re
from collections.abc import Iterator

import pytest

import make
from acts import ACTS, PAGES, PASSWORD, Ground, changed, everything, form, look, perform, prepared
from conftest import Browser, Client, Databases, Stage, desk_on
from quarterdeck.desk import access, queues
from quarterdeck.desk.work import Actor, Work
from quarterdeck.web import ROUTES

# Whoever has not signed in may come here, and nowhere else.
ANYBODY = """
GET /sign-in
POST /sign-in
GET /sign-in/code
POST /sign-in/code
POST /sign-in/code/leave
POST /sign-in/passkey/question
POST /sign-in/passkey
GET /sign-in/provider
GET /sign-in/provider/answer
GET /welcome/{token}
POST /welcome/{token}
GET /setup
POST /setup
"""
# Whoever works here may look at all records, and has settings, views, drafts, follows and sessions of their own: those who
# may only look, too.
EVERYBODY = """
GET /
POST /sign-out
GET /live
GET /queue
GET /queue/changed
GET /queue/views/new
POST /queue/views/new
GET /queue/views/{id}
POST /queue/views/{id}
POST /queue/views/{id}/delete
POST /queue/views/{id}/restoration
GET /queue.csv
GET /me
POST /me
GET /me/security
POST /me/password
POST /me/second-factor
POST /me/second-factor/confirmation
POST /me/second-factor/discard
POST /me/second-factor/removal
POST /me/recovery-codes
POST /me/passkeys/question
POST /me/passkeys
POST /me/passkeys/{id}
POST /me/passkeys/{id}/removal
POST /me/accounts
POST /me/accounts/{id}/removal
GET /me/sessions
POST /me/sessions/{id}/end
POST /me/sessions/end-others
POST /me/sessions/end-all
GET /tickets/{id}
POST /tickets/{id}/drafts
POST /tickets/{id}/drafts/removal
GET /tickets/{id}/replies/{reply}
POST /tickets/{id}/presence
POST /previews
GET /tickets/{id}/comments/{comment}/pictures
GET /attachments/{guid}/{name}
POST /tickets/{id}/follow
GET /contacts
GET /contacts.csv
GET /contacts/{id}
GET /contacts/{id}/tickets
GET /contacts/{id}/history
GET /contracts/{id}
GET /schedules/{id}
GET /customers
GET /customers.csv
GET /customers/{id}
GET /customers/{id}/{tab}
GET /archives
GET /archives/{id}/file
GET /assets
GET /assets.csv
GET /assets/{id}
GET /assets/{id}/software
GET /assets/{id}/history
GET /duplicates
GET /merges
GET /imports/{id}
POST /imports/{id}/stop
GET /imports/{id}/refused.csv
GET /articles
GET /articles.csv
GET /articles/{id}
GET /dashboard
GET /reports
GET /reports/{kind}
GET /reports/ages.csv
GET /reports/flow.csv
GET /reports/promises.csv
GET /reports/technicians.csv
GET /reports/customers.csv
GET /reports/unbilled.csv
GET /search
GET /search/found
GET /settings
GET /settings/fields
GET /settings/fields/{id}
GET /settings/words
GET /settings/replies
GET /settings/replies/categories
GET /settings/replies/{id}
GET /styleguide
"""
# Those who change records.
TECHNICIANS = """
POST /merges/{id}/undoing
POST /queue/change
POST /queue/changes/{id}/undo
GET /queue/delete
POST /queue/delete
GET /queue/merge
POST /queue/merge
GET /tickets/new
POST /tickets/new
POST /tickets/{id}/fields
POST /tickets/{id}/title
POST /tickets/{id}/description
POST /tickets/{id}/devices
POST /tickets/{id}/resolution
POST /tickets/{id}/resolution/{change}/undoing
POST /tickets/{id}/answers
POST /tickets/{id}/notes
POST /tickets/{id}/hours
POST /tickets/{id}/hours/{entry}/removal
POST /tickets/{id}/charges
POST /tickets/{id}/charges/{charge}/removal
POST /tickets/{id}/timers
POST /tickets/{id}/timers/{timer}/end
POST /tickets/{id}/timers/{timer}/removal
POST /tickets/{id}/links
POST /tickets/{id}/links/{other}/removal
POST /tickets/{id}/merge
POST /tickets/{id}/comments/{comment}/split
GET /tickets/{id}/customer
POST /tickets/{id}/customer
GET /contacts/new
POST /contacts
POST /contacts/{id}/changes
POST /contacts/{id}/fields
POST /contacts/{id}/customer
POST /contacts/{id}/archive
POST /contacts/{id}/restoration
POST /customers/{id}/contracts
POST /contracts/{id}/changes
POST /contracts/{id}/fields
POST /customers/{id}/schedules
POST /schedules/{id}/changes
POST /schedules/{id}/lines
POST /schedules/{id}/lines/{line}
GET /customers/new
POST /customers
POST /customers/{id}/changes
POST /customers/{id}/fields
POST /customers/{id}/archive
POST /customers/{id}/restoration
POST /customers/{id}/sites
POST /customers/{id}/sites/{site}
POST /customers/{id}/phones
POST /customers/{id}/phones/{phone}
GET /customers/{id}/deactivation
POST /customers/{id}/deactivation
GET /contacts/{id}/deletion
POST /contacts/{id}/deletion
GET /assets/{id}/deletion
POST /assets/{id}/deletion
GET /assets/new
POST /assets
POST /assets/{id}/changes
POST /assets/{id}/fields
POST /assets/{id}/customer
GET /duplicates/{kind}/{id}
GET /duplicates/{kind}/{primary}/{duplicate}
POST /duplicates/{kind}/{primary}/{duplicate}
GET /imports
POST /imports
POST /imports/{id}/run
GET /articles/new
POST /articles
GET /articles/{id}/text
POST /articles/{id}/text
POST /articles/{id}/deletion
GET /settings/fields/new
POST /settings/fields/new
POST /settings/fields/{id}
POST /settings/fields/{id}/removal
GET /settings/replies/new
POST /settings/replies/new
POST /settings/replies/categories
POST /settings/replies/categories/{id}
POST /settings/replies/categories/{id}/removal
POST /settings/replies/{id}
POST /settings/replies/{id}/removal
"""
# Those who say who works here, and for whom all work.
OWNERS = """
POST /settings
GET /settings/technicians
POST /settings/technicians
GET /settings/technicians/{id}
POST /settings/technicians/{id}
POST /settings/technicians/{id}/link
POST /settings/technicians/{id}/second-factor/removal
GET /settings/keys
GET /settings/keys/new
POST /settings/keys/new
POST /settings/keys/{id}/revocation
GET /settings/audit
GET /settings/system
POST /settings/system/backups
"""

TABLE = {
    name: who
    for who, names in (
        ("anybody", ANYBODY),
        ("read-only", EVERYBODY),
        ("technician", TECHNICIANS),
        ("owner", OWNERS),
    )
    for name in names.strip().splitlines()
}
ROLES = ("read-only", "technician", "owner")
# What can be done once with a record, or ends the session it is done in.
ONCE = re.compile(
    r"/(views|delet|remov|merge|deactivat|archiv|restor|undo|resolution|customer$|end|sign-out|me/|split|run|stop)|timer"
)
# Want an authenticator, which tests/web/test_me.py has, and a folder for copies, which tests/web/test_settings.py has.
NOT_HERE = {"POST /me/passkeys": {422}, "POST /me/accounts": {404}, "POST /settings/system/backups": {303, 422}}
# A stream has no end to wait for; tests/web/test_live.py listens to it.
STREAMS = {"GET /live"}


def inside() -> list[str]:
    return [name for name, who in TABLE.items() if who != "anybody" and name not in STREAMS]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def client(request: pytest.FixtureRequest, databases: Databases) -> Iterator[Client]:
    with desk_on(databases, request.param) as made:
        yield made


@pytest.fixture(scope="module")
def stage(client: Client) -> Stage:
    return client.stage


@pytest.fixture(scope="module")
def people(stage: Stage) -> dict[str, int]:
    """One of each role."""
    return {
        role: stage.do(lambda work, role=role: make.technician(work, role=role, password=PASSWORD)) for role in ROLES
    }


def seen(browser: Browser, name: str, on: Ground) -> int:
    return (look if name in PAGES else perform)(browser, name, on).status_code


def test_every_page_and_act_is_in_the_table_once() -> None:
    rows = "".join((ANYBODY, EVERYBODY, TECHNICIANS, OWNERS)).split("\n")
    assert sorted(row for row in rows if row) == sorted(f"{one.method} {one.path}" for one in ROUTES)
    assert {f"{one.method} {one.path}" for one in ROUTES if one.open} == {*ANYBODY.strip().splitlines()}


def test_whoever_may_not_is_refused_and_changes_nothing(client: Client, stage: Stage, people: dict[str, int]) -> None:
    on = {role: prepared(stage, "POST /me/passkeys/{id} {timer}", people[role]) for role in ROLES}
    browsers = {role: Browser(client, stage, people[role]) for role in ROLES}
    before = everything(stage)
    wrong = {}
    for place, role in enumerate(ROLES):
        for name in inside():
            if ROLES.index(TABLE[name]) > place and (status := seen(browsers[role], name, on[role])) != 403:
                wrong[f"{role} {name}"] = status

    assert wrong == {}
    assert changed(before, everything(stage)) == {}


def test_whoever_may_can(client: Client, stage: Stage, people: dict[str, int]) -> None:
    ground = {role: prepared(stage, "", people[role]) for role in ROLES}
    wrong = {}
    for name in inside():
        role = TABLE[name]
        on = prepared(stage, name, people[role]) if ONCE.search(name) else ground[role]
        answer = (look if name in PAGES else perform)(Browser(client, stage, people[role]), name, on)
        if answer.status_code not in NOT_HERE.get(name, {200, 204, 303}):
            wrong[f"{role} {name}"] = (
                answer.status_code,
                re.findall('class="(?:problem|trouble)"[^>]*>([^<]*)', answer.text),
            )
        if name == "POST /me/password":
            stage.do(lambda work, id=people[role]: access.change(work, id, access.Changes(password=PASSWORD)))

    assert wrong == {}


def test_looking_changes_nothing(client: Client, stage: Stage, people: dict[str, int]) -> None:
    on = prepared(stage, "POST /me/second-factor/confirmation", people["owner"])
    owner, stranger = Browser(client, stage, people["owner"]), Browser(client, stage, technician_id=None)
    before = everything(stage)
    for name in PAGES.keys() - STREAMS:
        assert look(owner, name, on).status_code < 500, name
        assert owner.request("HEAD", look(stranger, name, on).request.url.raw_path.decode()).status_code < 500, name

    assert changed(before, everything(stage)) == {}


@pytest.mark.parametrize(
    "headers",
    [
        {"x-form-key": ""},
        {"x-form-key": "another"},
        {"origin": "https://evil.example"},
        {"origin": "http://desk.example.evil.example"},
        {"origin": "http://desk.example:8000"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
    ids=str,
)
def test_no_act_is_done_for_another_site_or_without_the_key_of_its_form(
    headers: dict[str, str], client: Client, stage: Stage, people: dict[str, int]
) -> None:
    on = prepared(stage, "POST /me/passkeys/{id} {timer}", people["owner"])
    owner = Browser(client, stage, people["owner"])
    if "x-form-key" in headers:
        owner.form_key = headers["x-form-key"]
        headers = {}
    before = everything(stage)
    answers = {name: perform(owner, name, on, headers=headers).status_code for name in ACTS}

    assert {name: status for name, status in answers.items() if status != 403} == {}
    assert changed(before, everything(stage)) == {}


def test_the_key_of_a_form_of_somebody_else_fits_nothing(client: Client, stage: Stage, people: dict[str, int]) -> None:
    owner, other = Browser(client, stage, people["owner"]), Browser(client, stage, people["technician"])
    on = prepared(stage, "", people["owner"])
    owner.form_key = other.form_key
    assert {perform(owner, name, on).status_code for name in ACTS} == {403}


def test_a_stranger_is_sent_to_the_way_in_from_everywhere(client: Client, stage: Stage, people: dict[str, int]) -> None:
    on = prepared(stage, "", people["owner"])
    stranger = Browser(client, stage, technician_id=None)
    stranger.get("/sign-in")
    stranger.form_key = stranger.cookies["form_key"]
    before = everything(stage)
    wrong = {}
    for name in [*inside(), *STREAMS]:
        answer = (look if name in PAGES else perform)(stranger, name, on)
        if answer.status_code != 303 or not answer.headers["location"].startswith("/sign-in?next=/"):
            wrong[name] = answer.status_code

    assert wrong == {}
    assert changed(before, everything(stage)) == {}


# What is somebody's own, and how it is asked for.
OWN = {
    "GET /queue/views/{id}": 404,
    "POST /queue/views/{id}": 404,
    "POST /queue/views/{id}/delete": 404,
    "POST /queue/views/{id}/restoration": 404,
    "POST /me/sessions/{id}/end": 303,
    "POST /me/passkeys/{id}": 404,
    "POST /me/passkeys/{id}/removal": 404,
    "POST /me/accounts/{id}/removal": 404,
    "GET /imports/{id}": 404,
    "GET /imports/{id}/refused.csv": 404,
    "POST /imports/{id}/run": 404,
    "POST /imports/{id}/stop": 404,
    "POST /tickets/{id}/drafts/removal": 303,
}


def test_what_is_somebodys_own_is_not_there_for_others(client: Client, stage: Stage, people: dict[str, int]) -> None:
    theirs = stage.do(lambda work: make.technician(work, role="technician"))
    on = {**prepared(stage, "POST /me/accounts/{id}", theirs), **prepared(stage, "POST /me/passkeys/{id}", theirs)}
    view = stage.do(lambda work: queues.views(Work(work.link, Actor("", access.ALL, theirs), work.now))[0].id)
    on["view"] = view
    colleague = Browser(client, stage, people["technician"])
    before = everything(stage)
    answers = {name: seen(colleague, name, on) for name in OWN}

    assert answers == OWN
    assert changed(before, everything(stage)) == {}
    assert "Not sent yet" not in colleague.get(f"/tickets/{on['ticket']}").text


def test_a_view_that_is_shared_is_seen_by_all_and_changed_by_its_maker_and_owners(
    client: Client, stage: Stage, people: dict[str, int]
) -> None:
    on = prepared(stage, "", people["technician"])
    another = Browser(client, stage, stage.do(lambda work: make.technician(work, role="technician")))
    maker, owner = (Browser(client, stage, people[role]) for role in ("technician", "owner"))
    there = f"/queue/views/{on['view']}"
    asked = {**form("POST /queue/views/{id}", on), "shared": "1"}
    assert maker.send(there, asked).status_code == 303
    assert another.get(f"/queue?view={on['view']}").status_code == 200
    assert another.send(there, asked).status_code == 403
    assert another.send(f"{there}/delete").status_code == 403
    assert owner.send(there, asked).status_code == 303


def test_the_sessions_of_somebody_switched_off_end_at_once_everywhere(
    client: Client, stage: Stage, people: dict[str, int]
) -> None:
    id = stage.do(lambda work: make.technician(work, role="owner"))
    on = prepared(stage, "", id)
    browsers = [Browser(client, stage, id) for _ in range(2)]
    stage.do(lambda work: access.change(work, id, access.Changes(active=False)))
    before = everything(stage)
    for browser in browsers:
        assert {seen(browser, name, on) for name in inside()} == {303}
    assert changed(before, everything(stage)) == {}


def test_another_role_counts_from_the_next_request_on(client: Client, stage: Stage) -> None:
    id = stage.do(lambda work: make.technician(work, role="owner"))
    someone = Browser(client, stage, id)
    assert someone.get("/settings/technicians").status_code == 200
    stage.do(lambda work: access.change(work, id, access.Changes(role=access.Role.READ_ONLY)))
    assert someone.get("/settings/technicians").status_code == 403
    assert someone.send("/customers", {"name": "Globex"}).status_code == 403
