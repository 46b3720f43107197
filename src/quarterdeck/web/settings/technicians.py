"""Who works here: inviting them, their roles, how they come in, and switching them off."""

from quarterdeck.desk import access, signin
from quarterdeck.desk.access import Role
from quarterdeck.desk.errors import Conflict, Invalid
from quarterdeck.edge.http import Answer
from quarterdeck.web.kit import Visit, act, page
from quarterdeck.web.settings.forms import differing, options, typed
from quarterdeck.web.settings.tabs import shown
from quarterdeck.web.wording import N_

ROLES = {
    Role.OWNER: N_("Owner: may do everything"),
    Role.TECHNICIAN: N_("Technician: everything but people, keys, audit log and system"),
    Role.READ_ONLY: N_("Read-only: may look, and change nothing"),
}
SWITCHED = {
    True: N_("%(name)s may come in again."),
    False: N_("%(name)s is switched off, and signed out everywhere."),
}


def technicians_page(visit: Visit) -> Answer:
    return shown(
        visit,
        "technicians",
        "/technicians",
        people=access.everyone(visit.work),
        waiting=signin.waiting(visit.work),
        roles=options(visit, ROLES),
    )


def invite(visit: Visit) -> Answer:
    asked = access.New.check(typed(visit, ("first_name", "last_name", "email", "role")))
    id, token = signin.invite(visit.work, asked)
    return link_page(visit, id, token)


def link_page(visit: Visit, id: int, token: str) -> Answer:
    """The link, in the answer itself: it cannot be shown again."""
    who = access.get(visit.work, id)
    return shown(visit, "link", "/technicians", who=who, link=f"{visit.request.base}/welcome/{token}")


def technician_page(visit: Visit) -> Answer:
    who = access.get(visit.work, visit.id())
    visit.work.require("access:read")
    waiting = signin.waiting(visit.work).get(who.id)
    return shown(visit, "technician", "/technicians", who=who, waiting=waiting, roles=options(visit, ROLES))


def change_technician(visit: Visit) -> Answer:
    id = visit.id()
    asked = typed(visit, ("first_name", "last_name", "role"))
    if "active" in visit.form:
        asked["active"] = visit.form["active"] == "yes"
    before = access.get(visit.work, id)
    changed = differing(asked, before)
    try:
        if changed:
            access.change(visit.work, id, access.Changes.check(changed))
    except Conflict as conflict:
        raise Invalid({"role": str(conflict)}) from conflict
    text = SWITCHED[changed["active"]] if "active" in changed else N_("Kept.")
    name = f"{before.first_name} {before.last_name}".strip()
    return visit.go("/settings/technicians", visit.speech._(text, name=name))


def make_link(visit: Visit) -> Answer:
    """A link to choose a password: the first one, or another."""
    who = access.get(visit.work, visit.id())
    make = signin.invite_again if who.password_hash is None else signin.reset
    return link_page(visit, who.id, make(visit.work, who.id))


def reset_factor(visit: Visit) -> Answer:
    signin.reset_factor(visit.work, visit.id())
    return visit.go(f"/settings/technicians/{visit.id()}", visit.speech._("The second factor is off."))


ROUTES = (
    page("/settings/technicians", technicians_page),
    act("/settings/technicians", invite, again=technicians_page),
    page("/settings/technicians/{id}", technician_page),
    act("/settings/technicians/{id}", change_technician, again=technician_page),
    act("/settings/technicians/{id}/link", make_link),
    act("/settings/technicians/{id}/second-factor/removal", reset_factor),
)
