"""One ticket: reading it, answering, and what is done on the way."""

import make
from conftest import NOW, Browser, Client, Stage
from quarterdeck.desk import attachments, hours, queues, tickets, timers
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
