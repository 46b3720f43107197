"""A customer with one of everything that can hang on it."""

from datetime import timedelta

import make
from quarterdeck.desk import customers, fields
from quarterdeck.desk.appointments import Appointment
from quarterdeck.desk.assets import Asset, Patch, PatchState, Software
from quarterdeck.desk.charges import Charge
from quarterdeck.desk.contacts import Contact
from quarterdeck.desk.fields import NewValue, Target
from quarterdeck.desk.knowledge import Article
from quarterdeck.desk.leads import Lead
from quarterdeck.desk.portal import PortalUser
from quarterdeck.desk.schedules import Frequency, Line, Schedule
from quarterdeck.desk.tickets import Involved, Ticket
from quarterdeck.desk.timers import Timer
from quarterdeck.desk.work import Work

# The rooms' own tables; what is not a record of its own has no id here.
Made = dict[str, int]


def settle(work: Work, name: str) -> Made:
    made = with_old_kinds(work, name)
    own, on_ticket = {"customer_id": made["customer"]}, {"ticket_id": made["ticket"]}
    soon = {"starts_at": work.now, "ends_at": work.now + timedelta(hours=1)}
    mail = f"pat@{short(name)}.example"
    work.update(Contact, made["contact"], site_id=made["site"], default_asset_id=made["agent"])
    work.update(Asset, made["agent"], site_id=made["site"], contact_id=made["contact"])
    work.update(Ticket, made["ticket"], site_id=made["site"])
    made["part"] = make.ticket(work, customer_id=made["customer"], parent_id=made["ticket"], title="A part of it")
    made["phone"] = customers.add_phone(work, customers.NewPhone(number="555 0100", **own))
    made["charge"] = work.insert(Charge, name="Labour", **on_ticket)
    made["timer"] = work.insert(Timer, technician_id=make.technician(work), started_at=work.now, **on_ticket)
    made["involved"] = work.insert(Involved, asset_id=made["agent"], **on_ticket)
    made["attachment"] = make.attachment(work, content=name.encode(), **on_ticket)
    made["patch"] = work.insert(
        Patch, asset_id=made["agent"], code="KB1", title="Cumulative", state=PatchState.MISSING, at=work.now
    )
    made["software"] = work.insert(Software, asset_id=made["agent"], name="Editor")
    made["appointment"] = work.insert(Appointment, summary="Visit", **soon, **own, **on_ticket)
    made["article"] = work.insert(
        Article, name="Router", slug=f"router-{short(name)}", body="", asset_id=made["agent"], **own
    )
    made["lead"] = work.insert(
        Lead, status="Won", status_key="won", contact_id=made["contact"], ticket_id=made["ticket"], **own
    )
    made["portal user"] = work.insert(PortalUser, email=mail, email_key=mail, contact_id=made["contact"], **own)
    made["schedule"] = work.insert(Schedule, name="Monthly", frequency=Frequency.MONTHLY, next_run=work.now, **own)
    made["line"] = work.insert(Line, schedule_id=made["schedule"], name="Care")
    return made


def with_old_kinds(work: Work, name: str) -> Made:
    mail = f"pat@{short(name)}.example"
    made = {"customer": make.customer(work, name=name, domain=f"{short(name)}.example", notes="Quillmark")}
    own = {"customer_id": made["customer"]}
    made["site"] = customers.add_site(work, customers.NewSite(name="Main office", **own))
    made["contact"] = make.contact(work, email=mail, first_name="Quillmark", **own)
    made["agent"] = make.agent(work, **own)
    made["contract"] = make.contract(work, **own)
    made["ticket"] = make.ticket(work, contact_id=made["contact"], contract_id=made["contract"], title="Quillmark")
    made["comment"] = make.comment(work, made["ticket"], contact_id=made["contact"], body="Quillmark fürs Büro")
    made["hours"] = make.time_entry(work, made["ticket"])
    made["alert"] = make.alert(work, asset_id=made["agent"], ticket_id=made["ticket"], **own)
    for target in Target:
        if target.value in made:
            fields.put(work, target, made[target], NewValue(name=f"Colour of {target}", value=f"red {name}"))
    return made


def short(name: str) -> str:
    return name.lower().replace(" ", "-")
