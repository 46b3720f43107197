"""The queue, as somebody at a browser without script sees it."""

import csv
import io
import re
from datetime import timedelta

import pytest

import make
from conftest import NOW, Browser, Client, Stage
from quarterdeck.desk import fields, queues, tickets
from quarterdeck.desk.work import Work
from quarterdeck.web import directory, queue_file


def titles(page: str) -> list[str]:
    return re.findall(r'class="open" title="([^"]*)"', page)


def test_the_queue_shows_what_is_open_and_mine_most_urgent_first(browser: Browser, stage: Stage) -> None:
    def desk(work: Work) -> None:
        make.ticket(work, title="Slow", technician_id=1, priority="low")
        make.ticket(work, title="Fire", technician_id=1, priority="critical")
        make.ticket(work, title="Done", technician_id=1, status="resolved")
        make.ticket(work, title="Another's", technician_id=2)

    stage.do(desk)
    page = browser.get("/queue")
    assert page.status_code == 200
    assert titles(page.text) == ["Fire", "Slow"]
    assert "Critical = 1 hour after Mon" in page.text


def test_each_view_has_its_tickets_and_says_how_many(browser: Browser, stage: Stage) -> None:
    def desk(work: Work) -> None:
        make.ticket(work, title="Nobody's")
        make.ticket(work, title="Held", status="pending", technician_id=2)
        make.ticket(work, title="Late", technician_id=2, due_at="2026-03-01T00:00:00Z")
        make.ticket(work, title="Done", status="closed")

    stage.do(desk)
    found = {view: titles(browser.get(f"/queue?view={view}").text) for view in ("unassigned", "waiting", "overdue")}
    assert found == {"unassigned": ["Nobody's".replace("'", "&#39;")], "waiting": ["Held"], "overdue": ["Late"]}
    assert len(titles(browser.get("/queue?view=open").text)) == 3
    page = browser.get("/queue?view=all").text
    assert len(titles(page)) == 4
    assert re.search(r'Overdue <span class="count">1</span>', page)


def test_an_address_narrows_a_view_to_when_tickets_came_and_are_due(browser: Browser, stage: Stage) -> None:
    def desk(work: Work) -> None:
        make.ticket(work, title="Soon", due_at="2026-03-02T11:00:00Z")
        make.ticket(work, title="Old", created_at="2026-02-01T00:00:00Z", due_at="2026-03-09T00:00:00Z")

    stage.do(desk)
    assert titles(browser.get("/queue?view=open&due=next+2+hours").text) == ["Soon"]
    assert titles(browser.get("/queue?view=open&older=7+days+ago").text) == ["Old"]
    assert titles(browser.get("/queue?view=open&newer=7+days+ago").text) == ["Soon"]
    assert browser.get("/queue?view=open&due=whenever").status_code == 422


def test_tickets_on_which_the_customer_wrote_last_wait_on_us(browser: Browser, stage: Stage) -> None:
    def desk(work: Work) -> None:
        customer = make.customer(work)
        contact = make.contact(work, customer_id=customer)
        asked = make.ticket(work, title="Asked", customer_id=customer, contact_id=contact)
        make.comment(work, asked, contact_id=contact)
        answered = make.ticket(work, title="Answered", customer_id=customer, contact_id=contact)
        make.comment(work, answered, contact_id=contact)
        make.comment(work, answered, technician_id=1)

    stage.do(desk)
    assert titles(browser.get("/queue?view=open&turn=us").text) == ["Asked"]
    assert titles(browser.get("/queue?view=open&turn=them").text) == ["Answered"]
    assert browser.get("/queue?view=open&turn=mine").status_code == 422
    assert '/queue?view=open&amp;turn=us">1</a>' in browser.get("/dashboard").text


def test_a_view_nobody_has_is_not_found(browser: Browser) -> None:
    assert browser.get("/queue?view=12345").status_code == 404
    assert browser.get("/queue?view=x").status_code == 404


@pytest.mark.parametrize("address", ["/queue?done=²", "/queue/changed?ids=²", "/tickets/new?customer_id=²"])
def test_a_digit_that_is_no_number_names_nothing(browser: Browser, address: str) -> None:
    assert browser.get(address).status_code == 200


def test_filters_search_and_order_stand_in_the_address(browser: Browser, stage: Stage) -> None:
    def desk(work: Work) -> None:
        make.ticket(work, title="Printer jams", priority="high", technician_id=2)
        make.ticket(work, title="Printer asks for toner", priority="low")
        make.ticket(work, title="Mail bounces", priority="high")

    stage.do(desk)
    assert titles(browser.get("/queue?view=open&q=print&sort=-title").text) == [
        "Printer jams",
        "Printer asks for toner",
    ]
    assert titles(browser.get("/queue?view=open&q=print&priority=high").text) == ["Printer jams"]
    assert titles(browser.get("/queue?view=open&technician=nobody&sort=title").text) == [
        "Mail bounces",
        "Printer asks for toner",
    ]
    assert browser.get("/queue?sort=colour").status_code in (400, 422)
    assert "No ticket of this view is like that" in browser.get("/queue?view=open&q=zebra").text


def test_a_long_list_is_read_page_by_page_and_back(browser: Browser, stage: Stage) -> None:
    def desk(work: Work) -> None:
        customer_id = make.customer(work)
        for n in range(60):
            make.ticket(work, title=f"Number {n:02}", customer_id=customer_id)

    stage.do(desk)
    first = browser.get("/queue?view=open&sort=title").text
    further = re.search(r'href="([^"]*)" rel="next"', first)
    assert further
    second = browser.get(further[1].replace("&amp;", "&")).text
    assert titles(first) + titles(second) == [f"Number {n:02}" for n in range(60)]
    earlier = re.search(r'href="([^"]*)" rel="prev"', second)
    assert earlier
    assert titles(browser.get(earlier[1].replace("&amp;", "&")).text) == titles(first)


def test_what_others_did_since_i_looked_is_new_to_me(browser: Browser, stage: Stage) -> None:
    id = stage.do(lambda work: make.ticket(work, technician_id=1))
    stage.clock.now = stage.clock.now.replace(hour=10)
    stage.do(lambda work: queues.saw(work, id))
    assert 'class="unread"' not in browser.get("/queue").text

    def answer(work: Work) -> None:
        work.actor = work.actor.__class__("Vic", work.actor.rights, technician_id=2)
        make.comment(work, id)

    stage.clock.now = stage.clock.now.replace(hour=11)
    stage.do(answer)
    assert 'class="unread"' in browser.get("/queue").text
    stage.do(lambda work: queues.saw(work, id))
    assert 'class="unread"' not in browser.get("/queue").text


def test_many_tickets_change_at_once_and_back_again(browser: Browser, stage: Stage) -> None:
    def desk(work: Work) -> list[int]:
        return [make.ticket(work, title="A"), make.ticket(work, title="B"), make.ticket(work, status="closed")]

    a, b, closed = stage.do(desk)
    form = {f"t{id}": "1" for id in (a, b, closed)}
    back = {"back": "/queue?view=open&sort=title"}
    answer = browser.send(
        "/queue/change", {**form, **back, "do": "change", "assign": "me", "status": "pending", "add": "vip"}
    )
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/queue?view=open&sort=title&done=")
    page = browser.get(answer.headers["location"]).text
    assert "2 tickets changed." in page
    assert "closed is final" in page
    kept = stage.do(lambda work: [tickets.get(work, id) for id in (a, b)])
    assert {(one.technician_id, one.status, tuple(one.tags)) for one in kept} == {(1, "pending", ("vip",))}

    done = answer.headers["location"].rpartition("=")[2]
    again = browser.send(f"/queue/changes/{done}/undo", back)
    assert "2 tickets are as they were." in browser.get(again.headers["location"]).text
    kept = stage.do(lambda work: [tickets.get(work, id) for id in (a, b)])
    assert {(one.technician_id, one.status, tuple(one.tags)) for one in kept} == {(None, "open", ())}
    assert browser.send(f"/queue/changes/{done}/undo", back).status_code == 409


def test_nothing_ticked_or_nothing_chosen_is_said_beside_the_list(browser: Browser, stage: Stage) -> None:
    id = stage.do(lambda work: make.ticket(work, technician_id=1))
    nothing = browser.send("/queue/change", {"do": "change", "assign": "me", "back": "/queue?view=mine"})
    assert nothing.status_code == 422
    assert "ticked first" in nothing.text
    assert "has to be chosen" in browser.send("/queue/change", {f"t{id}": "1", "do": "change"}).text
    assert browser.send("/queue/change", {f"t{id}": "1", "status": "", "priority": "urgent"}).status_code == 422


def test_many_tickets_go_when_their_number_is_typed(browser: Browser, stage: Stage) -> None:
    ids = stage.do(lambda work: [make.ticket(work), make.ticket(work)])
    on = browser.send("/queue/change", {**{f"t{id}": "1" for id in ids}, "do": "delete", "back": "/queue?view=open"})
    page = browser.get(on.headers["location"]).text
    assert "Delete 2 tickets?" in page
    asked = {"ids": ",".join(map(str, ids)), "back": "/queue?view=open"}
    assert browser.send("/queue/delete", {**asked, "typed": "3"}).status_code == 422
    gone = browser.send("/queue/delete", {**asked, "typed": "2"})
    assert "2 tickets deleted." in browser.get(gone.headers["location"]).text
    assert "There is no ticket here." in browser.get("/queue?view=all").text


def test_several_tickets_become_one(browser: Browser, stage: Stage) -> None:
    def desk(work: Work) -> list[int]:
        customer_id = make.customer(work)
        return [make.ticket(work, title=title, customer_id=customer_id) for title in ("Kept", "Other")]

    kept, other = stage.do(desk)
    assert "Which one stays?" in browser.get(f"/queue/merge?ids={kept},{other}").text
    answer = browser.send("/queue/merge", {"ids": f"{kept},{other}", "into": str(kept)})
    assert answer.headers["location"] == f"/tickets/{kept}"
    assert stage.do(lambda work: tickets.get(work, other).id) == kept


def test_tickets_of_two_customers_are_not_offered_to_be_merged(browser: Browser, stage: Stage) -> None:
    ids = stage.do(lambda work: [make.ticket(work, customer_id=make.customer(work, name=name)) for name in ("A", "B")])
    page = browser.get(f"/queue/merge?ids={ids[0]},{ids[1]}").text
    assert "several customers" in page
    assert browser.send("/queue/merge", {"ids": f"{ids[0]},{ids[1]}", "into": str(ids[0])}).status_code == 409
    assert browser.get(f"/queue/merge?ids={ids[0]}").status_code == 409


def test_a_view_is_saved_shared_changed_and_deleted(browser: Browser, client: Client, stage: Stage) -> None:
    stage.do(lambda work: [make.ticket(work, title="Big", priority="high"), make.ticket(work, title="Small")])
    assert "New view" in browser.get("/queue/views/new?view=open&priority=high").text
    rows = {
        "field0": "priority",
        "is0": "one of",
        "value0": "high, critical",
        "field1": "technician",
        "is1": "one of",
        "value1": "nobody",
    }
    answer = browser.send("/queue/views/new", {"name": "Urgent", "join": "all", "shared": "1", "order": "due", **rows})
    where = answer.headers["location"]
    assert titles(browser.get(where).text) == ["Big"]
    id = where.rpartition("=")[2]

    vic = Browser(client, stage, technician_id=2)
    assert "Urgent" in vic.get("/queue").text
    assert vic.send(f"/queue/views/{id}/delete").status_code == 403
    page = browser.get(f"/queue/views/{id}").text
    assert 'value="high, critical"' in page
    changed = {
        "name": "Calm ones",
        "join": "all",
        "order": "due",
        "field0": "priority",
        "value0": "low",
        "is0": "none of",
    }
    assert browser.send(f"/queue/views/{id}", changed).status_code == 303
    assert "Calm ones" not in vic.get("/queue").text
    assert vic.get(f"/queue?view={id}").status_code == 404
    gone = browser.send(f"/queue/views/{id}/delete").headers["location"]
    assert "The view has been deleted." in browser.get(gone).text
    assert f'/queue?view={id}"' not in browser.get("/queue").text


def test_a_view_that_was_deleted_comes_back_as_it_was(browser: Browser, client: Client, stage: Stage) -> None:
    stage.do(lambda work: [make.ticket(work, title="Big", priority="high"), make.ticket(work, title="Small")])
    rows = {"field0": "priority", "is0": "one of", "value0": "high"}
    where = browser.send("/queue/views/new", {"name": "Urgent", "join": "all", "order": "title", **rows}).headers
    id = where["location"].rpartition("=")[2]
    page = browser.get(browser.send(f"/queue/views/{id}/delete").headers["location"]).text
    assert f'action="/queue/views/{id}/restoration"' in page

    vic = Browser(client, stage, technician_id=2)
    assert vic.send(f"/queue/views/{id}/restoration").status_code == 404
    back = browser.send(f"/queue/views/{id}/restoration").headers["location"]

    assert titles(browser.get(back).text) == ["Big"]
    assert "Urgent" in browser.get("/queue").text
    assert browser.send("/queue/views/99/restoration").status_code == 404


def test_a_view_asks_for_any_of_tags_custom_fields_and_dates(browser: Browser, stage: Stage) -> None:
    def act(work: Work) -> int:
        make.field(work, target="ticket", name="Root cause", type="choice", options=["User", "Hardware"])
        id = make.ticket(work, title="Broken")
        fields.write(work, fields.Target.TICKET, id, "Root cause", "Hardware")
        make.ticket(work, title="Tagged", tags=["VIP"])
        make.ticket(work, title="Late", due_at=NOW - timedelta(days=1))
        return make.ticket(work, title="Else")

    stage.do(act)
    page = browser.get("/queue/views/new").text
    assert '<option value="field:Root cause">Root cause</option>' in page
    assert '<option value="Hardware">' in page
    tests = [("field:Root cause", "one of", "Hardware"), ("tags", "one of", "vip"), ("due", "before", "now")]
    rows = {
        f"{part}{n}": said
        for n, test in enumerate(tests)
        for part, said in zip(("field", "is", "value"), test, strict=True)
    }

    where = browser.send("/queue/views/new", {"name": "Odd", "join": "any", "order": "number", **rows}).headers[
        "location"
    ]

    assert titles(browser.get(where).text) == ["Broken", "Tagged", "Late"]
    again = browser.get(f"/queue/views/{where.rpartition('=')[2]}").text
    assert '<option value="field:Root cause" selected>' in again
    assert 'value="Hardware"' in again


def test_the_list_is_given_out_as_a_file_as_it_is_asked_for(browser: Browser, stage: Stage) -> None:
    def act(work: Work) -> None:
        make.field(work, target="ticket", name="Root cause")
        id = make.ticket(work, title='=1+1 "loud"', tags=["a", "b"], priority="high")
        fields.write(work, fields.Target.TICKET, id, "Root cause", "Dust")
        for n in range(60):
            make.ticket(work, title=f"Number {n}")

    stage.do(act)
    assert "/queue.csv?view=all" in browser.get("/queue?view=all&sort=number").text

    whole = browser.get("/queue.csv?view=all&sort=number")
    some = browser.get("/queue.csv?view=all&priority=high")

    assert whole.headers["content-type"].startswith("text/csv")
    assert "attachment" in whole.headers["content-disposition"]
    assert len(whole.text.splitlines()) == 62
    rows = list(csv.DictReader(io.StringIO(some.text.lstrip("\ufeff"))))
    assert len(rows) == 1
    assert (rows[0]["Root cause"], rows[0]["Tags"], rows[0]["Priority"]) == ("Dust", "a, b", "high")
    assert rows[0]["Title"].endswith('=1+1 "loud"')
    assert not rows[0]["Title"].startswith("=")


def test_a_file_that_does_not_go_to_the_end_says_so_in_its_name(
    browser: Browser, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (directory, queue_file):
        monkeypatch.setattr(module, "EXPORTED_MAX", 2)
    stage.do(lambda work: [make.ticket(work) for _ in range(3)])
    cut = browser.get("/queue.csv?view=all")
    assert len(cut.text.splitlines()) == 3
    assert "-first-2.csv" in cut.headers["content-disposition"]
    assert "-first-" not in browser.get("/queue.csv?view=all&priority=critical").headers["content-disposition"]


def test_a_view_that_means_nothing_is_refused_with_what_was_typed(browser: Browser) -> None:
    wrong = browser.send("/queue/views/new", {"name": "X", "field0": "priority", "is0": "one of", "value0": "urgent"})
    assert wrong.status_code == 422
    assert "cannot have priority &#39;urgent&#39;" in wrong.text
    assert 'value="urgent"' in wrong.text
    assert browser.send("/queue/views/new", {"name": "X", "whole": "{"}).status_code == 422
    assert browser.send("/queue/views/new", {"name": "X", "whole": '{"any": 7}'}).status_code == 422
    assert browser.send("/queue/views/new", {"name": "X", "whole": "[]"}).status_code == 422


def test_a_ticket_is_made_for_a_contact_who_was_looked_up(browser: Browser, stage: Stage) -> None:
    contact_id = stage.do(lambda work: make.contact(work, first_name="Olive", last_name="Park"))
    assert "Olive Park" in browser.get("/tickets/new?who=oliv").text
    assert "Nobody is called like that." in browser.get("/tickets/new?who=zzz").text
    page = browser.get(f"/tickets/new?contact_id={contact_id}").text
    customer_id = re.search(r'name="customer_id" value="(\d+)"', page)
    assert customer_id
    form = {
        "customer_id": customer_id[1],
        "contact_id": str(contact_id),
        "title": "",
        "priority": "high",
        "technician_id": "me",
    }
    assert "is required" in browser.send("/tickets/new", form).text.lower()
    answer = browser.send("/tickets/new", {**form, "title": "No sound", "description": "Since *today*"})
    id = int(answer.headers["location"].rpartition("/")[2])
    made = stage.do(lambda work: tickets.get(work, id))
    assert (made.title, made.contact_id, made.technician_id, made.priority) == ("No sound", contact_id, 1, "high")
    assert browser.send("/tickets/new", {"title": "For whom?"}).status_code == 422


def test_who_may_only_read_is_offered_no_change(client: Client, stage: Stage) -> None:
    id = stage.do(lambda work: make.ticket(work, title="Seen", technician_id=2))
    vic = Browser(client, stage, technician_id=2)
    page = vic.get("/queue").text
    assert titles(page) == ["Seen"]
    assert 'id="bulk"' not in page
    assert "/tickets/new" not in page
    assert vic.send("/queue/change", {f"t{id}": "1", "do": "change", "assign": "me"}).status_code == 403
    assert vic.get("/tickets/new").status_code == 403


def test_an_open_page_may_ask_which_changed_tickets_are_its_own(browser: Browser, stage: Stage) -> None:
    mine, other = stage.do(lambda work: [make.ticket(work, technician_id=1), make.ticket(work)])
    assert browser.get(f"/queue/changed?view=mine&ids={mine},{other},x").json() == [mine]


def test_a_view_over_all_there_is_has_no_number(browser: Browser, stage: Stage) -> None:
    stage.do(lambda work: make.ticket(work, tags=["vip"]))
    tagged = {"field": "tags", "is": "one of", "value": "vip"}
    going_on = {"field": "stage", "is": "one of", "value": "open"}

    def save(work: Work) -> None:
        for name, tests in (("Ever", [tagged]), ("Still", [going_on, tagged])):
            queues.save_view(work, queues.NewView.check({"name": name, "condition": {"all": tests}}))

    stage.do(save)
    page = browser.get("/queue")
    assert re.findall(r"Still\s*<[^>]+>1<", page.text)
    assert "Ever" in page.text
    assert not re.findall(r"Ever\s*<[^>]+>1<", page.text)
