"""Where everybody comes in, and leaves."""

import secrets

from quarterdeck.desk import signin
from quarterdeck.edge.http import Answer
from quarterdeck.web.kit import SESSION, STRANGERS_KEY, Visit, act, page


def start(visit: Visit) -> Answer:
    return visit.go("/queue")


def sign_in_page(visit: Visit) -> Answer:
    """The form, with a key of its own: a stranger has no session that could hold one."""
    key = visit.visitor.form_key or secrets.token_urlsafe(24)
    visit.give_form_key(key)
    answer = visit.page("sign-in.html", next=inside(visit.query.get("next") or visit.form.get("next")))
    answer.headers.append(visit.cookie(STRANGERS_KEY, key))
    return answer


def sign_in(visit: Visit) -> Answer:
    form = visit.form
    request = visit.request
    token = signin.come_in(
        visit.work,
        str(form.get("email", "")),
        str(form.get("password", "")),
        request.client,
        request.header(b"user-agent"),
    )
    answer = visit.go(inside(form.get("next")))
    answer.headers.append(visit.cookie(SESSION, token))
    return answer


def sign_out(visit: Visit) -> Answer:
    if visit.visitor.session_id is not None:
        signin.leave(visit.work, visit.visitor.session_id)
    answer = visit.go("/sign-in", visit.speech._("You have signed out."))
    answer.headers.append(visit.cookie(SESSION, ""))
    return answer


def inside(where: object) -> str:
    """A path of ours to go on to, whatever was asked."""
    path = where if isinstance(where, str) else ""
    plain = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if plain else "/queue"


ROUTES = (
    page("/", start),
    page("/sign-in", sign_in_page, open=True),
    act("/sign-in", sign_in, again=sign_in_page, open=True),
    act("/sign-out", sign_out),
)
