"""One's own page: how the pages look, how one comes in, and where one is signed in."""

import re
from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any
from zoneinfo import available_timezones

import segno
from markupsafe import Markup

from quarterdeck.desk import signin
from quarterdeck.edge.http import JSON, Answer
from quarterdeck.web.entrance import apart, arrived, asking_provider, browser, place, said, slowed
from quarterdeck.web.kit import SESSION, Visit, act, page
from quarterdeck.web.speech import LANGUAGES, Speech

ZONES = tuple(
    sorted(
        one
        for one in available_timezones()
        if one == "UTC" or ("/" in one and not one.startswith(("Etc/", "SystemV/", "US/", "posix/", "right/")))
    )
)

# What a browser calls itself, the more special names first.
BROWSERS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Vivaldi/", "Vivaldi"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


def me(visit: Visit) -> Answer:
    chosen = visit.visitor.preferences or {}
    return visit.page("me/preferences.html", here="preferences", chosen=chosen, languages=LANGUAGES, zones=ZONES)


def prefer(visit: Visit) -> Answer:
    names = ("language", "time_zone", "theme", "keys")
    sent = {name: visit.form[name] for name in names if name in visit.form}
    if sent.get("language", "en") not in LANGUAGES:
        visit.refuse(language=visit.speech._("is not one we speak"))
    signin.prefer(visit.work, signin.Preferences.check(sent))
    # In the language that was just chosen.
    speech = Speech(sent.get("language", visit.speech.language), "UTC", visit.work.now)
    return visit.go("/me", speech._("Kept."))


def security(visit: Visit) -> Answer:
    work = visit.work
    offered = signin.offer(work)
    shown: dict[str, Any] = {}
    if offered is not None:
        shown = {"secret": spaced(offered[0]), "picture": square(offered[1])}
    return visit.page(
        "me/security.html",
        here="security",
        has_password=signin.has_password(work),
        factor=signin.asked_of(work, visit.visitor.technician_id or 0),
        codes_left=signin.codes_left(work),
        offered=shown,
        passkeys=[SimpleNamespace(id=a, name=b, created_at=c, used_at=d) for a, b, c, d in signin.passkeys(work)],
        identities=[SimpleNamespace(id=a, issuer=b, created_at=c) for a, b, c in signin.identities(work)],
        named=named_place(visit),
    )


def change_password(visit: Visit) -> Answer:
    chosen = signin.Chosen.check(visit.form)
    outcome = signin.change_password(visit.work, said(visit, "old"), chosen, browser(visit), apart(visit))
    if not outcome.done:
        return arrived(visit, outcome, security, old=visit.speech._("is not right"))
    answer = visit.go("/me/security", visit.speech._("Your password is changed. You are signed out everywhere else."))
    answer.headers.append(visit.cookie(SESSION, outcome.token or ""))
    return answer


def begin_factor(visit: Visit) -> Answer:
    def begin() -> Answer:
        signin.begin_factor(visit.work)
        return visit.go("/me/security#second-factor")

    return with_password(visit, begin, "begin_password")


def confirm_factor(visit: Visit) -> Answer:
    codes, token = signin.confirm(visit.work, said(visit, "code"), browser(visit))
    answer = show_codes(visit, codes)
    answer.headers.append(visit.cookie(SESSION, token))
    return answer


def discard_factor(visit: Visit) -> Answer:
    """Give up on a second factor before its first code."""
    signin.discard_factor(visit.work)
    return visit.go("/me/security")


def show_codes(visit: Visit, codes: list[str]) -> Answer:
    """Once, in the answer itself: a page that was loaded again would have to keep them."""
    return visit.page("me/codes.html", here="security", codes=codes)


def renew_codes(visit: Visit) -> Answer:
    return with_password(visit, lambda: show_codes(visit, signin.renew_codes(visit.work)), "codes_password")


def remove_factor(visit: Visit) -> Answer:
    def off() -> Answer:
        signin.remove_factor(visit.work, visit.visitor.technician_id or 0)
        return visit.go("/me/security", visit.speech._("The second factor is off."))

    return with_password(visit, off, "factor_password")


def with_password(visit: Visit, do: Callable[[], Answer], field: str) -> Answer:
    """Do it once the password was right, where there is one: an open browser may be anybody's."""
    if not signin.has_password(visit.work):
        return do()
    refused = signin.proved(visit.work, said(visit, field), browser(visit), apart(visit))
    if refused is None:
        return do()
    if refused.wait is not None:
        return slowed(visit, refused.wait, security, field)
    visit.problems = {field: visit.speech._("is not right")}
    return security(visit)


def ask_passkey(visit: Visit) -> Answer:
    def ask() -> Answer:
        return Answer(200, signin.ask_to_add(visit.work, place(visit)).encode(), [], JSON)

    return with_password(visit, ask, "passkey_password")


def add_passkey(visit: Visit) -> Answer:
    credential = visit.sent.get("credential")
    asked: Mapping[str, Any] = credential if isinstance(credential, dict) else {}
    signin.add(visit.work, dict(asked), said(visit, "name").strip() or device(visit), place(visit))
    answer = visit.go("/me/security", visit.speech._("The passkey is added."))
    return Answer(200, b"{}", [one for one in answer.headers if one[0] != b"location"], JSON)


def rename_passkey(visit: Visit) -> Answer:
    signin.rename_passkey(visit.work, visit.id(), said(visit, "name"))
    return visit.go("/me/security#passkeys", visit.speech._("Kept."))


def remove_passkey(visit: Visit) -> Answer:
    signin.remove_passkey(visit.work, visit.id())
    return visit.go("/me/security#passkeys", visit.speech._("The passkey is removed."))


def link(visit: Visit) -> Answer:
    """To the identity provider by a link: browsers let no form lead to another site's pages."""

    def lead(address: str) -> Answer:
        return visit.page("me/onward.html", here="security", address=address)

    return with_password(visit, lambda: asking_provider(visit, lead, "/me/security", linking=True), "account_password")


def unlink(visit: Visit) -> Answer:
    signin.unlink(visit.work, visit.id())
    return visit.go("/me/security", visit.speech._("The account is no longer linked."))


def sessions(visit: Visit) -> Answer:
    found = [(one, browser_of(one.agent, visit)) for one in signin.sessions(visit.work)]
    return visit.page("me/sessions.html", here="sessions", sessions=found, current=visit.visitor.session_id)


def end_session(visit: Visit) -> Answer:
    signin.leave(visit.work, visit.id())
    return visit.go("/me/sessions", visit.speech._("That browser is signed out."))


def end_others(visit: Visit) -> Answer:
    ended = signin.leave_others(visit.work, visit.visitor.session_id)
    words = visit.speech.many("%(n)s other browser is signed out.", "%(n)s other browsers are signed out.", ended)
    return visit.go("/me/sessions", words)


def end_all(visit: Visit) -> Answer:
    signin.leave_others(visit.work, None)
    answer = visit.go("/sign-in", visit.speech._("You have signed out everywhere."))
    answer.headers.append(visit.cookie(SESSION, ""))
    return answer


def browser_of(agent: str | None, visit: Visit) -> str:
    """`Firefox on Windows`, as far as a browser says."""
    text = agent or ""
    name = next((name for mark, name in BROWSERS if mark in text), None)
    system = next((name for mark, name in SYSTEMS if mark in text), None)
    if name and system:
        return visit.speech._("%(browser)s on %(system)s", browser=name, system=system)
    return name or system or text[:40] or visit.speech._("Unknown browser")


def device(visit: Visit) -> str:
    """A first name for a passkey: what it was made with."""
    return browser_of(visit.request.header(b"user-agent"), visit)


def named_place(visit: Visit) -> bool:
    """Whether this desk is reached by a name: passkeys answer to no bare address."""
    host = place(visit).host
    return bool(host) and ":" not in host and not re.fullmatch(r"[0-9.]+", host)


def square(text: str) -> Markup:
    """What an authenticator reads with its camera. Black on white, whatever the colours of the page."""
    made = segno.make(text, micro=False).svg_inline(border=4, dark="#000", light="#fff", omitsize=True)
    return Markup(made)  # noqa: S704  # drawn here


def spaced(secret: str) -> str:
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


ROUTES = (
    page("/me", me),
    act("/me", prefer, again=me),
    page("/me/security", security),
    act("/me/password", change_password, again=security),
    act("/me/second-factor", begin_factor, again=security),
    act("/me/second-factor/confirmation", confirm_factor, again=security),
    act("/me/second-factor/discard", discard_factor, again=security),
    act("/me/second-factor/removal", remove_factor, again=security),
    act("/me/recovery-codes", renew_codes, again=security),
    act("/me/passkeys/question", ask_passkey),
    act("/me/passkeys", add_passkey),
    act("/me/passkeys/{id}", rename_passkey, again=security),
    act("/me/passkeys/{id}/removal", remove_passkey, again=security),
    act("/me/accounts", link, again=security),
    act("/me/accounts/{id}/removal", unlink, again=security),
    page("/me/sessions", sessions),
    act("/me/sessions/{id}/end", end_session),
    act("/me/sessions/end-others", end_others),
    act("/me/sessions/end-all", end_all),
)
