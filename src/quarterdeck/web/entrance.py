"""Where everybody comes in, and leaves."""

import hmac
import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from babel.dates import format_timedelta

from quarterdeck.desk import access, signin
from quarterdeck.desk.errors import Invalid, NotFound
from quarterdeck.edge.http import JSON, Answer
from quarterdeck.web.kit import SESSION, STRANGERS_KEY, Visit, act, kept, page
from quarterdeck.web.openid import ANSWER_PATH

# What a browser keeps while somebody is at their identity provider.
STATE = "provider"


def start(visit: Visit) -> Answer:
    return visit.go("/queue")


def sign_in_page(visit: Visit) -> Answer:
    next = inside(visit.query.get("next") or visit.form.get("next"))
    if visit.visitor.signed_in:
        return visit.go(next)
    if visit.visitor.halfway and not visit.problems:
        return visit.go("/sign-in/code", next=next)
    if not access.owned(visit.work):
        return visit.go("/setup")
    return for_strangers(visit, "entrance/sign-in.html", next=next)


def for_strangers(visit: Visit, template: str, **context: Any) -> Answer:
    """A page with a key for its forms: a stranger has no session that could hold one."""
    key = visit.visitor.form_key or secrets.token_urlsafe(24)
    visit.give_form_key(key)
    answer = visit.page(template, **context)
    if visit.visitor.session_id is None:
        answer.headers.append(visit.cookie(STRANGERS_KEY, key))
    return answer


def sign_in(visit: Visit) -> Answer:
    _ = visit.speech._
    outcome = signin.come_in(visit.work, said(visit, "email"), said(visit, "password"), browser(visit), apart(visit))
    return arrived(visit, outcome, sign_in_page, password=_("is not right for this address"))


def arrived(visit: Visit, outcome: signin.Outcome, again: Callable[[Visit], Answer], **wrong: str) -> Answer:
    """On to where somebody wanted to go; to their second factor; or back, with what was wrong or how long to wait."""
    if outcome.token is not None:
        where = inside(visit.form.get("next"))
        answer = visit.go("/sign-in/code", next=where) if outcome.halfway else visit.go(where)
        answer.headers.append(visit.cookie(SESSION, outcome.token))
        return answer
    if outcome.wait is None:
        visit.problems = wrong
        return again(visit)
    return slowed(visit, outcome.wait, again, next(iter(wrong)))


def slowed(visit: Visit, wait: timedelta, again: Callable[[Visit], Answer], field: str) -> Answer:
    words = format_timedelta(wait, granularity="second", locale=visit.speech.locale)
    visit.problems = {field: visit.speech._("too many attempts: please try again in %(wait)s", wait=words)}
    answer = again(visit)
    answer.status = 429
    answer.headers.append((b"retry-after", str(int(wait.total_seconds()) + 1).encode()))
    return answer


def code_page(visit: Visit) -> Answer:
    if not visit.visitor.halfway:
        return visit.go("/sign-in")
    return visit.page("entrance/code.html", next=inside(visit.query.get("next") or visit.form.get("next")))


def give_code(visit: Visit) -> Answer:
    session_id = visit.visitor.session_id
    if session_id is None or not visit.visitor.halfway:
        return visit.go("/sign-in")
    outcome = signin.second_factor(visit.work, session_id, said(visit, "code"), browser(visit))
    return arrived(visit, outcome, code_page, code=visit.speech._("is not right, or has been used"))


def begin_again(visit: Visit) -> Answer:
    """Leave from halfway in."""
    return sign_out(visit, "")


def sign_out(visit: Visit, said: str | None = None) -> Answer:
    if visit.visitor.session_id is not None:
        signin.leave(visit.work, visit.visitor.session_id)
    answer = visit.go("/sign-in", visit.speech._("You have signed out.") if said is None else said)
    answer.headers.append(visit.cookie(SESSION, ""))
    return answer


def ask_passkey(visit: Visit) -> Answer:
    return Answer(200, signin.ask_to_enter(visit.work, place(visit), visit.request.client).encode(), [], JSON)


def give_passkey(visit: Visit) -> Answer:
    credential = visit.sent.get("credential")
    asked = credential if isinstance(credential, dict) else {}
    outcome = signin.come_in_with(visit.work, asked, place(visit), browser(visit))
    if outcome.token is None:
        return Answer(422, b"{}", [], JSON)
    return Answer(200, b"{}", [visit.cookie(SESSION, outcome.token)], JSON)


def to_provider(visit: Visit) -> Answer:
    """On to the identity provider, to come in from there."""
    where = inside(visit.query.get("next"))
    if visit.provider is not None and visit.visitor.signed_in:
        return visit.go(where)
    return asking_provider(visit, visit.go, where, link=visit.query.get("link"))


def asking_provider(
    visit: Visit, lead: Callable[[str], Answer], where: str, *, link: str | None = None, linking: bool = False
) -> Answer:
    """Lead somebody to the address at which the identity provider is asked, and let only this browser come back."""
    provider = visit.provider
    if provider is None:
        raise NotFound("page")
    visit.outside(lambda _: provider.about())
    asked = signin.ask(visit.work, where, visit.request.client, link, linking=linking)
    answer = lead(provider.address(asked))
    answer.headers.append(visit.cookie(STATE, asked.state))
    return answer


def from_provider(visit: Visit) -> Answer:
    """Back from the identity provider, with what only this browser was sent there with."""
    provider, state = visit.provider, visit.query.get("state", "")
    if provider is None:
        raise NotFound("page")
    if not hmac.compare_digest(state.encode(), kept(visit.request, STATE).encode()):
        visit.refuse(provider="answered something that was not asked here: please begin again")
    asked = signin.answered(visit.work, state)
    now = visit.work.now

    def look(_: object) -> str | Invalid:
        try:
            return provider.subject(asked, visit.query, now)
        except Invalid as refusal:
            return refusal

    subject = visit.outside(look)
    if isinstance(subject, Invalid):
        visit.problems = subject.problems
        return provider_failed(visit)
    outcome = signin.come_in_as(visit.work, asked, provider.issuer, subject, browser(visit))
    told = visit.speech._("Your account is linked.") if asked.technician_id is not None else None
    answer = visit.go("/sign-in/code", next=asked.next) if outcome.halfway else visit.go(asked.next, told)
    if outcome.token is not None:
        answer.headers.append(visit.cookie(SESSION, outcome.token))
    return forgetting(visit, answer)


def provider_failed(visit: Visit) -> Answer:
    """What went wrong at the identity provider, told where somebody began."""
    if visit.visitor.signed_in:
        words = visit.problems.get("provider", "")
        return forgetting(visit, visit.go("/me/security", f"{visit.speech._('Your identity provider')} {words}"))
    return forgetting(visit, sign_in_page(visit))


def forgetting(visit: Visit, answer: Answer) -> Answer:
    answer.headers.append(visit.cookie(STATE, ""))
    return answer


def welcome_page(visit: Visit) -> Answer:
    """Somebody chooses a password, by a link of one use."""
    offer = signin.offered(visit.work, visit.request.params["token"])
    return for_strangers(visit, "entrance/welcome.html", offer=offer, token=visit.request.params["token"])


def welcome(visit: Visit) -> Answer:
    chosen = signin.Chosen.check(visit.form)
    outcome = signin.accept(visit.work, visit.request.params["token"], chosen, browser(visit), apart(visit))
    return arrived(visit, outcome, welcome_page)


def setup_page(visit: Visit) -> Answer:
    """The first owner makes themselves; afterwards there is no such page."""
    if access.owned(visit.work):
        raise NotFound("page")
    return for_strangers(visit, "entrance/setup.html", word=visit.query.get("word", ""))


def set_up(visit: Visit) -> Answer:
    if access.owned(visit.work):
        raise NotFound("page")
    owner = signin.Owner.check(visit.form)
    outcome = signin.set_up(visit.work, said(visit, "word"), owner, browser(visit), apart(visit))
    return arrived(visit, outcome, setup_page, word=visit.speech._("is not the one in the terminal"))


def said(visit: Visit, name: str) -> str:
    value = visit.form.get(name, "")
    return value if isinstance(value, str) else ""


def browser(visit: Visit) -> signin.Browser:
    request = visit.request
    return signin.Browser(request.client, request.header(b"user-agent"), visit.visitor.session_id)


def apart(visit: Visit) -> Callable[[Callable[[], Any]], Any]:
    """How the desk has work done that would keep others from the database."""
    return lambda work: visit.outside(lambda _: work())


def place(visit: Visit) -> signin.Site:
    parts = urlsplit(visit.request.base)
    return signin.Site(parts.hostname or "", f"{parts.scheme}://{parts.netloc}")


def inside(where: object) -> str:
    """A path of ours to go on to, whatever was asked."""
    path = where if isinstance(where, str) else ""
    plain = path.startswith("/") and not path.startswith("//") and "\\" not in path
    return path if plain and path.isascii() and path.isprintable() else "/queue"


ROUTES = (
    page("/", start),
    page("/sign-in", sign_in_page, open=True),
    act("/sign-in", sign_in, again=sign_in_page, open=True),
    page("/sign-in/code", code_page, open=True),
    act("/sign-in/code", give_code, again=code_page, open=True),
    act("/sign-in/code/leave", begin_again, open=True),
    act("/sign-in/passkey/question", ask_passkey, open=True),
    act("/sign-in/passkey", give_passkey, open=True),
    page("/sign-in/provider", to_provider, again=provider_failed, open=True, writes=True),
    page(ANSWER_PATH, from_provider, again=provider_failed, open=True, writes=True),
    act("/sign-out", sign_out),
    page("/welcome/{token}", welcome_page, open=True),
    act("/welcome/{token}", welcome, again=welcome_page, open=True),
    page("/setup", setup_page, open=True),
    act("/setup", set_up, again=setup_page, open=True),
)
