"""Saying something on a ticket: answers and notes, their files and drafts, and who else is at it."""

from quarterdeck.desk import attachments, queues, replies, tickets
from quarterdeck.desk.errors import Invalid, NotFound, Problem
from quarterdeck.desk.tickets import SETTLED
from quarterdeck.edge.files import APART, AT_ONCE, INERT, Given, disposition, keep
from quarterdeck.edge.http import Answer, Damaged
from quarterdeck.edge.outside import Outside
from quarterdeck.web.boxes import ANSWER, NOTE, known, place
from quarterdeck.web.kit import HTML, Visit, act, called_here, page
from quarterdeck.web.tickets import TICKET, ticket

PREVIEW_MAX = 200_000
BOXES = (ANSWER, NOTE)
SAID = tickets.COMMENTS.view(("id", "ticket_id", "body", "at", "author", "email"))
# Of a message that shows pictures from elsewhere: nothing runs in it, and nothing is sent from it.
LOOKING = (
    b"default-src 'none'; img-src 'self' http: https:; style-src 'self'; base-uri 'none'; form-action 'none'; "
    b"frame-ancestors 'none'; sandbox allow-same-origin allow-popups allow-top-navigation-by-user-activation"
)


def answer(visit: Visit) -> Answer:
    """Say something that the contact reads too."""
    return say(visit, ANSWER)


def note(visit: Visit) -> Answer:
    """Say something among technicians."""
    return say(visit, NOTE)


def say(visit: Visit, box: str) -> Answer:
    work, id, form, _ = visit.work, visit.id(), visit.form, visit.speech._
    work.require("tickets:write")
    files = taken_in(visit)
    said = {"body": str(form.get(box, "")).replace("\r\n", "\n"), "internal": box == NOTE}
    with called_here(body=box, status=box):
        comment_id = tickets.comment(work, id, tickets.NewComment.check(said))
        then = str(form.get("then", ""))
        one = tickets.get(work, id)
        if then and then != one.status and not (then == tickets.Stage.RESOLVED and one.stage in SETTLED):
            tickets.change(work, id, tickets.Changes.check({"status": then}))
    for file in files:
        attachments.create(work, id, file.model_copy(update={"comment_id": comment_id}))
    queues.drop_draft(work, place(one.id, box))
    queues.saw(work, one.id)
    return visit.go(f"/tickets/{one.id}#comment-{comment_id}", _("Note saved.") if box == NOTE else _("Answer sent."))


def taken_in(visit: Visit) -> list[attachments.New]:
    """The files that came with the form, their content taken in outside the transaction."""
    if not visit.uploads:
        return []
    visit.work.require("attachments:write")
    if len(visit.uploads) > AT_ONCE:
        raise Invalid({"files": Problem(visit.speech._("are more than %(most)s at once", most=AT_ONCE))})
    with called_here(name="files", type="files"):
        given = [Given.check({"name": one.name, "type": one.type, "content": one.content}) for one in visit.uploads]

    def take_in(outside: Outside) -> list[attachments.New]:
        with called_here(content="files"):
            return [keep(outside, one) for one in given]

    return visit.outside(take_in)


def keep_draft(visit: Visit) -> Answer:
    """Keep what has been written so far; one of the boxes at a time, or both."""
    id = tickets.get(visit.work, visit.id()).id
    for box in BOXES:
        if box in visit.form:
            with called_here(body=box):
                queues.keep_draft(visit.work, place(id, box), str(visit.form[box]).replace("\r\n", "\n"))
    if visit.request.header(b"x-form-key"):
        return Answer(204, b"", [], HTML)
    return visit.go(f"/tickets/{id}", visit.speech._("Draft kept."))


def drop_draft(visit: Visit) -> Answer:
    id = tickets.get(visit.work, visit.id()).id
    box = visit.form.get("box")
    if box in BOXES:
        queues.drop_draft(visit.work, place(id, box))
    return visit.go(f"/tickets/{id}", visit.speech._("Draft thrown away."))


def preview(visit: Visit) -> Answer:
    """What a text will look like."""
    text = str(visit.form.get("text", ""))[:PREVIEW_MAX]
    return visit.page("tickets/preview.html", text=text)


def reply(visit: Visit) -> Answer:
    """A canned reply, with what its names stand for on this ticket in their place."""
    one = TICKET.read(visit.work, [TICKET.one(visit.work, visit.id())])[0]
    body = replies.filled(replies.get(visit.work, visit.id("reply")).body, known(visit, one))
    return visit.page("tickets/reply.html", body=body)


def presence(visit: Visit) -> Answer:
    """Still here. Tells who else is."""
    work, id = visit.work, visit.id()
    if visit.form.get("gone"):
        queues.go_away(work, id)
    else:
        queues.be_here(work, id, writing=bool(visit.form.get("writing")))
    return visit.page("tickets/presence.html", others=queues.others_here(work, id))


def pictures(visit: Visit) -> Answer:
    """One message with its pictures from elsewhere, once somebody has asked for them: apart from our own pages, so that
    those need never load anything from elsewhere."""
    one = tickets.get(visit.work, visit.id())
    said = SAID.read(visit.work, [SAID.one(visit.work, visit.id("comment"))])[0]
    if said.ticket_id != one.id:
        raise NotFound("comment", said.id)
    answer = visit.page("tickets/pictures.html", ticket=one, said=said)
    answer.headers = [(b"content-security-policy", LOOKING), *visit.clearing()]
    return answer


def download(visit: Visit) -> Answer:
    """The file itself, to be kept; pictures that can do no harm may be shown within our pages."""
    file = attachments.named(visit.work, visit.request.params["guid"])
    content = attachments.content(visit.work, file.hash)
    if content is None:
        content = visit.outside(lambda outside: outside.files.read(file.hash))
    if content is None or not attachments.genuine(content, file.hash):
        raise Damaged(f"attachment {file.id}: its content is not {file.hash}")
    type = file.type if file.type in INERT else attachments.ANYTHING
    return Answer(200, content, [(b"content-disposition", disposition(file.name)), APART], type.encode())


ROUTES = (
    act("/tickets/{id}/answers", answer, again=ticket, files=True),
    act("/tickets/{id}/notes", note, again=ticket, files=True),
    act("/tickets/{id}/drafts", keep_draft, again=ticket),
    act("/tickets/{id}/drafts/removal", drop_draft, again=ticket),
    page("/tickets/{id}/replies/{reply}", reply),
    act("/tickets/{id}/presence", presence),
    act("/previews", preview),
    page("/tickets/{id}/comments/{comment}/pictures", pictures),
    page("/attachments/{guid}/{name}", download),
)
