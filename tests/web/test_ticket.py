"""One ticket: reading it, answering, and what is done on the way."""

from datetime import UTC, datetime, timedelta
from typing import Any

import make
from conftest import NOW, Browser, Client, Stage
from quarterdeck.desk import access, attachments, fields, hours, queues, replies, tickets, timers
from quarterdeck.desk.paging import Page
from quarterdeck.desk.work import Work


def asked(stage: Stage, **given: object) -> int:
    """A ticket of Pat's at Acme."""

    def act(work: Work) -> int:
        contact = make.contact(work, email="pat@acme.example")
        return make.ticket(work, **{"contact_id": contact, "description": "It **burns**", **given})

    return int(stage.do(act))


def test_a_ticket_shows_what_was_said_from_the_first_word(browser: Browser, stage: Stage) -> None:
    id = asked(stage)
    stage.do(lambda work: make.comment(work, id, body="Which one?"))
    stage.do(lambda work: make.comment(work, id, body="The one with the fax", internal=True))

    page = browser.get(f"/tickets/{id}")

    assert page.status_code == 200, page.text
    assert "It <strong>burns</strong>" in page.text
    assert page.text.index("burns") < page.text.index("Which one?") < page.text.index("The one with the fax")
    assert "Internal note" in page.text


def test_an_answer_is_public_and_can_resolve(browser: Browser, stage: Stage) -> None:
    id = asked(stage)

    page = browser.get(f"/tickets/{id}")
    answer = browser.send(f"/tickets/{id}/answers", {"answer": "Done.", "then": "resolved"})

    assert "Send to pat@acme.example" in page.text
    assert answer.status_code == 303
    assert answer.headers["location"].startswith(f"/tickets/{id}#comment-")
    last = said(stage, id)[-1]
    assert (last.body, last.internal, last.technician_id) == ("Done.", False, 1)
    assert stage.do(lambda work: tickets.get(work, id)).stage is tickets.Stage.RESOLVED


def test_a_note_stays_among_technicians(browser: Browser, stage: Stage) -> None:
    id = asked(stage)

    browser.send(f"/tickets/{id}/notes", {"note": "They kicked it"})

    assert said(stage, id)[-1].internal
    assert stage.do(lambda work: tickets.get(work, id)).first_responded_at is None


def test_nothing_is_sent_where_nothing_was_written(browser: Browser, stage: Stage) -> None:
    id = asked(stage)

    answer = browser.send(f"/tickets/{id}/answers", {"answer": "  "})

    assert answer.status_code == 422
    assert 'id="answer-aside">Is required' in answer.text
    assert len(said(stage, id)) == 1


def test_what_was_typed_is_still_there_where_it_is_refused(browser: Browser, stage: Stage) -> None:
    id = asked(stage)

    answer = browser.send(f"/tickets/{id}/answers", {"answer": "Half a thought", "then": "closed"})

    assert answer.status_code == 422
    assert "Half a thought</textarea>" in answer.text
    assert len(said(stage, id)) == 1


def test_an_answer_brings_its_files(browser: Browser, stage: Stage) -> None:
    id = asked(stage)
    files = [
        ("files", ("../log.txt", b"It is on fire", "text/plain")),
        ("files", ("", b"", "application/octet-stream")),
    ]

    answer = browser.send(f"/tickets/{id}/answers", {"answer": "See the log"}, files=files)

    assert answer.status_code == 303, answer.text
    page = browser.get(f"/tickets/{id}").text
    link = page.split('<a href="/attachments/')[1].split('"')[0]
    file = browser.get(f"/attachments/{link}")
    assert link.endswith("/log.txt")
    assert file.content == b"It is on fire"
    assert file.headers["content-disposition"].startswith('attachment; filename="log.txt"')
    assert "sandbox" in file.headers["content-security-policy"]


def test_a_file_that_is_too_long_is_told_beside_its_box(browser: Browser, stage: Stage) -> None:
    id = asked(stage)
    stage.app.site.premises.outside.files.longest = 10  # type: ignore[attr-defined]

    answer = browser.send(
        f"/tickets/{id}/answers",
        {"answer": "See the log"},
        files=[("files", ("log.txt", b"It is on fire", "text/plain"))],
    )

    assert answer.status_code == 422
    assert "Is longer than 10 bytes" in answer.text
    assert "See the log</textarea>" in answer.text
    assert len(said(stage, id)) == 1


def test_a_file_is_given_to_nobody_who_has_not_signed_in(client: Client, stage: Stage, browser: Browser) -> None:
    id = asked(stage)
    guid = stage.do(lambda work: attachments.get(work, make.attachment(work, ticket_id=id)).guid)

    assert browser.get(f"/attachments/{guid}/log.txt").status_code == 200
    stranger = Browser(client, stage, technician_id=None).get(f"/attachments/{guid}/log.txt")
    assert stranger.headers["location"].startswith("/sign-in")


def test_a_draft_is_there_until_it_is_sent(browser: Browser, client: Client, stage: Stage) -> None:
    id = asked(stage)
    browser.send(f"/tickets/{id}/drafts", {"answer": "Half an answer"})
    browser.send("/sign-out")
    browser.come_in(stage, 1)

    assert "Half an answer</textarea>" in browser.get(f"/tickets/{id}").text
    assert "Half an answer" not in Browser(client, stage, technician_id=2).get(f"/tickets/{id}").text

    browser.send(f"/tickets/{id}/answers", {"answer": "A whole answer"})
    assert "Half an answer" not in browser.get(f"/tickets/{id}").text


def test_canned_replies_are_offered_with_and_without_a_category(browser: Browser, stage: Stage) -> None:
    ticket = stage.do(make.ticket)
    category = stage.do(lambda work: replies.create_category(work, replies.NewCategory(name="Passwords")))
    stage.do(lambda work: make.reply(work, title="Reset", category_id=category))
    stage.do(lambda work: make.reply(work, title="Hello"))

    text = browser.get(f"/tickets/{ticket}").text

    assert text.index(">Hello</option>") < text.index('<optgroup label="Passwords">') < text.index(">Reset</option>")


def test_a_canned_reply_is_filled_with_what_is_known(browser: Browser, stage: Stage) -> None:
    id = asked(stage)
    body = "Hello {{contact.first_name}}, #{{ ticket.id }} is {{weather}}. {{technician.first_name}}"
    reply = stage.do(lambda work: make.reply(work, body=body))

    assert f"Hello Pat, #{id} is {{{{weather}}}}. Dana</textarea>" in browser.get(f"/tickets/{id}?reply={reply}").text
    assert "Hello Pat" in browser.get(f"/tickets/{id}/replies/{reply}").text


def test_fields_are_changed_one_by_one(browser: Browser, stage: Stage) -> None:
    id = asked(stage)

    browser.send(
        f"/tickets/{id}/fields", {"priority": "high", "was.priority": "low", "tags": "vpn, fax", "was.tags": ""}
    )
    browser.send(f"/tickets/{id}/fields", {"technician_id": "1", "was.technician_id": ""})

    one = stage.do(lambda work: tickets.get(work, id))
    assert (one.priority, one.tags, one.technician_id) == ("high", ["vpn", "fax"], 1)


def test_two_people_who_change_different_fields_both_win(browser: Browser, stage: Stage) -> None:
    id = asked(stage)
    stage.do(lambda work: tickets.change(work, id, tickets.Changes(priority="high")))

    browser.send(
        f"/tickets/{id}/fields",
        {"type": "incident", "was.type": "problem", "priority": "low", "was.priority": "low"},
    )

    one = stage.do(lambda work: tickets.get(work, id))
    assert (one.priority, one.type) == ("high", "incident")


def test_whoever_changes_what_was_just_changed_is_asked(browser: Browser, stage: Stage) -> None:
    id = asked(stage)
    stage.do(lambda work: tickets.change(work, id, tickets.Changes(priority="high")))
    form = {"priority": "critical", "was.priority": "low"}

    asks = browser.send(f"/tickets/{id}/fields", form)
    assert asks.status_code == 422
    assert "Was changed meanwhile, to “High”" in asks.text
    assert 'name="was.priority" value="high"' in asks.text

    assert browser.send(f"/tickets/{id}/fields", form | {"was.priority": "high"}).status_code == 303
    assert stage.do(lambda work: tickets.get(work, id)).priority == "critical"


def test_whoever_rewrites_a_title_or_description_that_was_just_changed_is_asked(browser: Browser, stage: Stage) -> None:
    id = asked(stage)
    held = {"title": "Printer on fire", "description": "It **burns**"}
    stage.do(lambda work: tickets.change(work, id, tickets.Changes(title="Fire!", description="Smoke\nonly")))

    for name, was in held.items():
        answer = browser.send(f"/tickets/{id}/{name}", {name: "Mine", f"was.{name}": was})
        assert answer.status_code == 422
        assert "Was changed meanwhile, to “" in answer.text
        assert "Mine" in answer.text
    browser.send(f"/tickets/{id}/title", {"title": "Mine", "was.title": "Fire!"})
    browser.send(f"/tickets/{id}/description", {"description": "Mine", "was.description": "Smoke\r\nonly"})
    now = stage.do(lambda work: tickets.get(work, id))
    assert (now.title, now.description) == ("Mine", "Mine")


def test_a_due_time_is_told_and_taken_by_the_persons_own_clock(browser: Browser, stage: Stage) -> None:
    id = asked(stage)
    stage.do(lambda work: work.update(access.Technician, 1, preferences={"time_zone": "Europe/Lisbon"}))

    browser.send(f"/tickets/{id}/fields", {"due_at": "2026-07-01T10:00", "was.due_at": ""})

    assert stage.do(lambda work: tickets.get(work, id)).due_at == datetime(2026, 7, 1, 9, tzinfo=UTC)
    assert 'value="2026-07-01T10:00"' in browser.get(f"/tickets/{id}").text
    assert "set by hand" in browser.get(f"/tickets/{id}").text
    browser.send(f"/tickets/{id}/fields", {"due_at": "", "was.due_at": "2026-07-01T10:00"})
    assert not stage.do(lambda work: tickets.get(work, id)).due_by_hand


def test_custom_values_are_set_and_cleared(browser: Browser, stage: Stage) -> None:
    id = asked(stage)
    field = stage.do(lambda work: make.field(work, target="ticket", name="People", type="number"))
    box = f"field-{field}"

    wrong = browser.send(f"/tickets/{id}/fields", {box: "many", f"was.{box}": ""})
    assert (wrong.status_code, "Is not a number" in wrong.text) == (422, True)
    browser.send(f"/tickets/{id}/fields", {box: "12", f"was.{box}": ""})
    assert f'name="{box}" value="12"' in browser.get(f"/tickets/{id}").text
    browser.send(f"/tickets/{id}/fields", {box: "", f"was.{box}": "12"})
    assert f'name="{box}" value=""' in browser.get(f"/tickets/{id}").text


def test_whoever_changes_a_custom_value_that_was_just_changed_is_asked(browser: Browser, stage: Stage) -> None:
    id = asked(stage)
    field = stage.do(lambda work: make.field(work, target="ticket", name="Cause"))
    box = f"field-{field}"
    browser.send(f"/tickets/{id}/fields", {box: "User", f"was.{box}": ""})

    answer = browser.send(f"/tickets/{id}/fields", {box: "Dust", f"was.{box}": ""})

    assert answer.status_code == 422
    assert "Was changed meanwhile, to “User”" in answer.text
    assert 'value="Dust"' in answer.text
    assert browser.send(f"/tickets/{id}/fields", {box: "Dust", f"was.{box}": "User"}).status_code == 303


def test_what_custom_fields_say_of_the_customer_stands_beside_a_ticket(browser: Browser, stage: Stage) -> None:
    id = asked(stage)

    def act(work: Work) -> None:
        for name, type, value in (("Tier", "text", "Gold"), ("Review", "date", "2026-03-05"), ("VIP", "yes/no", "yes")):
            make.field(work, target="customer", name=name, type=type)
            fields.write(work, fields.Target.CUSTOMER, 1, name, value)

    stage.do(act)
    page = browser.get(f"/tickets/{id}").text

    assert "<dt>Tier</dt><dd>Gold</dd>" in page
    assert "<dt>Review</dt><dd>Mar 5, 2026</dd>" in page
    assert "<dt>VIP</dt><dd>Yes</dd>" in page


def test_time_is_entered_in_one_line(browser: Browser, stage: Stage) -> None:
    id = asked(stage)

    browser.send(f"/tickets/{id}/hours", {"line": "1h15 fixed the printer", "on_site": "1"})

    (entry,) = entries(stage, id)
    assert (entry.seconds, entry.notes, entry.billable, entry.on_site) == (4500, "fixed the printer", False, True)
    assert entry.ends_at == NOW


def test_a_line_without_time_is_shown_again(browser: Browser, stage: Stage) -> None:
    id = asked(stage)

    answer = browser.send(f"/tickets/{id}/hours", {"line": "fixed the printer", "billable": "1"})

    assert answer.status_code == 422
    assert "begin with 30m" in answer.text
    assert 'value="fixed the printer"' in answer.text


def test_a_timer_runs_until_it_is_stopped(browser: Browser, stage: Stage) -> None:
    id = asked(stage)
    browser.send(f"/tickets/{id}/timers")
    stage.clock.now = NOW + timedelta(minutes=20)
    assert ">0:20<" in browser.get(f"/tickets/{id}").text

    timer = timer_of(stage)
    browser.send(f"/tickets/{id}/timers/{timer}/end", {"notes": "Put it out", "billable": "1"})

    (entry,) = entries(stage, id)
    assert (entry.seconds, entry.notes, entry.billable) == (1200, "Put it out", True)
    assert timer_of(stage) is None


def test_a_timer_can_be_discarded(browser: Browser, stage: Stage) -> None:
    id = asked(stage)
    browser.send(f"/tickets/{id}/timers")
    there = browser.send(f"/tickets/{id}/timers/{timer_of(stage)}/removal").headers["location"]

    assert (entries(stage, id), timer_of(stage)) == ([], None)
    assert 'name="line" class="grow"' in browser.get(there).text
    assert 'value="1m"' in browser.get(there).text


def test_time_that_was_removed_stands_in_the_line_again(browser: Browser, stage: Stage) -> None:
    id = asked(stage)
    browser.send(f"/tickets/{id}/hours", {"line": "20m put it out"})
    entry = stage.do(
        lambda work: hours.READING.view(("id",)).page(work, hours.Filter(ticket_id=id), Page()).items[0][0]
    )

    there = browser.send(f"/tickets/{id}/hours/{entry}/removal").headers["location"]

    assert entries(stage, id) == []
    assert 'value="09:10-09:30 put it out"' in browser.get(there).text


def test_resolving_leads_to_the_ticket_that_is_due_next(browser: Browser, stage: Stage) -> None:
    later, sooner, first = (
        stage.do(lambda work, one=one: make.ticket(work, technician_id=1, priority=one))
        for one in ("low", "high", "critical")
    )

    assert browser.send(f"/tickets/{first}/resolution").headers["location"].startswith(f"/tickets/{sooner}?done=")
    assert browser.send(f"/tickets/{sooner}/resolution").headers["location"].startswith(f"/tickets/{later}?done=")
    assert browser.send(f"/tickets/{later}/resolution").headers["location"].startswith("/queue?done=")


def test_tickets_are_linked_both_ways(browser: Browser, stage: Stage) -> None:
    id, other = asked(stage), stage.do(lambda work: make.ticket(work, title="Smoke in the hall"))

    browser.send(f"/tickets/{id}/links", {"other_id": f"#{other}"})
    assert "Smoke in the hall" in browser.get(f"/tickets/{id}").text
    assert "Printer on fire" in browser.get(f"/tickets/{other}").text
    browser.send(f"/tickets/{other}/links/{id}/removal")
    assert "Smoke in the hall" not in browser.get(f"/tickets/{id}").text
    assert browser.send(f"/tickets/{id}/links", {"other_id": "99999"}).status_code == 422
    assert browser.send(f"/tickets/{id}/links", {"other_id": str(id)}).status_code == 422


def test_a_comment_is_split_off_into_a_ticket_of_its_own(browser: Browser, stage: Stage) -> None:
    id = asked(stage)
    contact = stage.do(lambda work: tickets.get(work, id)).contact_id
    comment = stage.do(lambda work: make.comment(work, id, body="And the fax is **wet**", contact_id=contact))
    stage.do(lambda work: make.attachment(work, ticket_id=id, comment_id=comment))

    made = browser.send(f"/tickets/{id}/comments/{comment}/split", {"split_title": "Wet fax"}).headers["location"]

    page = browser.get(made).text
    assert "And the fax is <strong>wet</strong>" in page
    assert "log.txt" in page
    assert "Printer on fire" in page
    assert stage.do(lambda work: tickets.get(work, int(made.rpartition("/")[2]))).contact_id == contact


def test_those_who_follow_are_told_apart(browser: Browser, stage: Stage) -> None:
    id = asked(stage)
    browser.send(f"/tickets/{id}/follow")
    browser.send(f"/tickets/{id}/follow")
    assert stage.do(lambda work: queues.followers(work, id)) == [(1, "Dana Reyes")]
    browser.send(f"/tickets/{id}/follow", {"stop": "1"})
    assert stage.do(lambda work: queues.followers(work, id)) == []


def test_who_else_is_here_is_seen_for_a_minute(browser: Browser, client: Client, stage: Stage) -> None:
    id = asked(stage)
    vic = Browser(client, stage, technician_id=2)
    vic.send(f"/tickets/{id}/presence", {"writing": "1"})

    assert "Vic Lund is writing" in browser.send(f"/tickets/{id}/presence").text
    assert "Vic" not in vic.send(f"/tickets/{id}/presence").text.replace("Dana Reyes is reading", "")
    assert "Vic Lund is reading" in browser.get(f"/tickets/{id}").text
    stage.clock.now = NOW + timedelta(seconds=61)
    assert "Vic Lund is" not in browser.get(f"/tickets/{id}").text
    vic.send(f"/tickets/{id}/presence")
    vic.send(f"/tickets/{id}/presence", {"gone": "1"})
    assert "Vic Lund is" not in browser.get(f"/tickets/{id}").text


def test_whoever_may_only_look_is_shown_no_form(client: Client, stage: Stage) -> None:
    id = asked(stage)
    vic = Browser(client, stage, technician_id=2)

    page = vic.get(f"/tickets/{id}").text
    assert "burns" in page
    assert "<textarea" not in page
    assert 'action="/tickets/' not in page.replace(f'action="/tickets/{id}/follow"', "").replace(
        f'action="/tickets/{id}/fields"', ""
    )
    for where in ("answers", "fields", "title", "hours", "links", "resolution", "timers", "devices", "description"):
        answer = vic.send(
            f"/tickets/{id}/{where}",
            {"answer": "x", "title": "x", "priority": "high", "line": "5m x", "other_id": "1", "asset_id": "1"},
        )
        assert answer.status_code == 403, where


def test_a_ticket_that_is_not_there_is_not_found(browser: Browser) -> None:
    for path in ("/tickets/77", "/tickets/x", "/tickets/99999999999999999999"):
        assert browser.get(path).status_code == 404
    assert browser.send("/tickets/77/answers", {"answer": "x"}).status_code == 404


def test_a_long_conversation_shows_its_beginning_and_end(browser: Browser, stage: Stage) -> None:
    id = asked(stage)
    stage.do(lambda work: [make.comment(work, id, body=f"word{n}word") for n in range(120)])

    page = browser.get(f"/tickets/{id}").text
    assert "burns" in page
    assert "word119word" in page
    assert "word5word" not in page
    assert "Show 20 earlier messages" in page
    assert "word5word" in browser.get(f"/tickets/{id}?comments=all").text


def test_history_tells_who_changed_what(browser: Browser, stage: Stage) -> None:
    id = asked(stage)
    browser.send(f"/tickets/{id}/fields", {"priority": "high", "was.priority": "low"})

    assert "Priority: <del>Low</del>" in browser.get(f"/tickets/{id}").text


def test_a_text_of_others_runs_nothing(browser: Browser, stage: Stage) -> None:
    evil = (
        "<script>alert(1)</script><img src=x onerror=alert(1)> [x](javascript:alert(1)) ![](https://evil.example/x.png)"
    )
    id = asked(stage, title=evil[:200], description=evil)
    stage.do(lambda work: make.comment(work, id, body=evil, subject=evil[:200]))

    page = browser.get(f"/tickets/{id}").text
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert 'href="javascript' not in page
    assert "https://evil.example/x.png" not in page.replace("](https://evil.example", "")


def said(stage: Stage, id: int) -> list[Any]:
    view = tickets.COMMENTS.view(("id", "body", "internal", "technician_id"))
    return list(
        stage.do(lambda work: view.read(work, view.page(work, tickets.CommentFilter(ticket_id=id), Page()).items))
    )


def entries(stage: Stage, id: int) -> list[Any]:
    view = hours.READING.view(("seconds", "notes", "billable", "on_site", "ends_at"))
    return list(stage.do(lambda work: view.read(work, view.page(work, hours.Filter(ticket_id=id), Page()).items)))


def timer_of(stage: Stage) -> int | None:
    view = timers.READING.view(("id",))
    found = stage.do(lambda work: view.page(work, timers.Filter(technician_id=1), Page()).items)
    return int(found[0][0]) if found else None


def test_a_ticket_is_merged_into_another(browser: Browser, stage: Stage) -> None:
    id = asked(stage)
    other = stage.do(lambda work: make.ticket(work, title="Smoke", customer_id=tickets.get(work, id).customer_id))

    assert browser.send(f"/tickets/{id}/merge", {"into_id": "nothing"}).status_code == 422
    answer = browser.send(f"/tickets/{id}/merge", {"into_id": f"#{other}"})

    assert answer.headers["location"] == f"/tickets/{other}"
    assert "burns" in browser.get(f"/tickets/{other}").text
    assert browser.get(f"/tickets/{id}").headers["location"] == f"/tickets/{other}"


def test_resolving_leads_on_in_the_list_one_came_from(browser: Browser, stage: Stage) -> None:
    first, second = (stage.do(lambda work, one=one: make.ticket(work, priority=one)) for one in ("critical", "low"))
    page = browser.get("/queue?view=unassigned&sort=priority").text
    link = page.split(f'href="/tickets/{first}?')[1].split('"')[0]

    head = browser.get(f"/tickets/{first}?{link}").text
    action = head.split(f'action="/tickets/{first}/resolution')[1].split('"')[0]
    there = browser.send(f"/tickets/{first}/resolution{action}").headers["location"]
    assert there.startswith(f"/tickets/{second}?{link}&done=")
    last = browser.send(f"/tickets/{second}/resolution{action}").headers["location"]
    assert last.startswith("/queue?view=unassigned&sort=priority&done=")
    assert browser.send(f"/tickets/{second}/resolution?list=view=77").headers["location"] == "/queue"
