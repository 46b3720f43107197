"""The desk's own words as people read them."""

import re
from datetime import datetime, time

from quarterdeck.web.speech import Speech


def N_(text: str) -> str:
    """Mark a text to be translated where it is said."""
    return text


WORDS = {
    "open": N_("Open"),
    "pending": N_("Pending"),
    "resolved": N_("Resolved"),
    "closed": N_("Closed"),
    "new": N_("New"),
    "in progress": N_("In progress"),
    "customer reply": N_("Customer reply"),
    "scheduled": N_("Scheduled"),
    "on hold": N_("On hold"),
    "waiting on customer": N_("Waiting on customer"),
    "waiting for parts": N_("Waiting for parts"),
    "waiting on parts": N_("Waiting on parts"),
    "invoiced": N_("Invoiced"),
    "low": N_("Low"),
    "medium": N_("Medium"),
    "high": N_("High"),
    "critical": N_("Critical"),
    "problem": N_("Problem"),
    "request": N_("Request"),
    "incident": N_("Incident"),
    "change": N_("Change"),
    "none": N_("None"),
    "minor": N_("Minor"),
    "major": N_("Major"),
    "server": N_("Server"),
    "site": N_("Site"),
    "crisis": N_("Crisis"),
    "business": N_("Business"),
    "residential": N_("Residential"),
    "government": N_("Government"),
    "non-profit": N_("Non-profit"),
    "owner": N_("Owner"),
    "technician": N_("Technician"),
    "read-only": N_("Read-only"),
    "retainer": N_("Retainer"),
    "hourly": N_("Hourly"),
    "block hours": N_("Block hours"),
    "block money": N_("Block money"),
    "remote monitoring": N_("Remote monitoring"),
    "online backup": N_("Online backup"),
    "project fee": N_("Project fee"),
    "project hourly": N_("Project hourly"),
    "active": N_("Active"),
    "inactive": N_("Inactive"),
    "daily": N_("Daily"),
    "weekly": N_("Weekly"),
    "biweekly": N_("Every two weeks"),
    "monthly": N_("Monthly"),
    "quarterly": N_("Quarterly"),
    "semi-annually": N_("Every half year"),
    "annually": N_("Annually"),
    "biennially": N_("Every two years"),
    "triennially": N_("Every three years"),
    "information": N_("Information"),
    "warning": N_("Warning"),
    "email": N_("Mail"),
    "portal": N_("Portal"),
    "phone": N_("Phone"),
    "true": N_("yes"),
    "false": N_("no"),
}

# What the fields of records are called, where no form of their own says it.
FIELDS = {
    "active": N_("Active"),
    "address": N_("Street"),
    "address_2": N_("Second line"),
    "again": N_("Password again"),
    "agents": N_("Assets"),
    "all_day": N_("All day"),
    "amount": N_("Amount"),
    "archived": N_("Archived"),
    "articles": N_("Articles"),
    "asset": N_("Asset"),
    "asset_id": N_("Asset"),
    "asset_ids": N_("Assets"),
    "billable": N_("Billable"),
    "billed": N_("Billed"),
    "billed_as": N_("Kind"),
    "body": N_("Text"),
    "business_name": N_("Business name"),
    "business_number": N_("Business number"),
    "category": N_("Category"),
    "category_id": N_("Category"),
    "change": N_("The change"),
    "charge": N_("Charge"),
    "city": N_("City"),
    "closed_at": N_("Closed"),
    "code": N_("Code"),
    "comment_id": N_("Comment"),
    "comments": N_("Comments"),
    "condition": N_("The condition"),
    "contact_id": N_("Contact"),
    "contract_id": N_("Contract"),
    "converted": N_("Converted"),
    "cores": N_("Cores"),
    "country": N_("Country"),
    "covers_all": N_("Covers everything"),
    "created_at": N_("Created"),
    "custom values": N_("Custom values"),
    "customer": N_("Customer"),
    "customer_id": N_("Customer"),
    "customer_name": N_("Customer"),
    "department_id": N_("Department"),
    "department_name": N_("Department"),
    "description": N_("Description"),
    "device_class": N_("Kind of device"),
    "disks": N_("Disks"),
    "domain": N_("Domain"),
    "due_at": N_("Due"),
    "due_by_hand": N_("Due by hand"),
    "duplicate_id": N_("Became part of it"),
    "email": N_("Mail address"),
    "ends_at": N_("End"),
    "ends_on": N_("Last day"),
    "extension": N_("Extension"),
    "fax": N_("Fax"),
    "field": N_("The field"),
    "file": N_("The file"),
    "files": N_("The files"),
    "first_name": N_("First name"),
    "first_responded_at": N_("First answer"),
    "form_key": N_("The form"),
    "frequency": N_("How often"),
    "full_name": N_("Whole name"),
    "get_billing": N_("Gets invoices"),
    "get_marketing": N_("Gets marketing"),
    "get_reports": N_("Gets reports"),
    "get_sms": N_("Gets text messages"),
    "hint": N_("Begins with"),
    "id": N_("Number"),
    "ids": N_("The tickets"),
    "ignored": N_("Mail from here makes no tickets"),
    "impact": N_("Impact"),
    "internal": N_("Internal"),
    "invoice_cc_emails": N_("Invoices also to"),
    "involved devices": N_("Assets on tickets"),
    "ip_addresses": N_("Addresses"),
    "job_title": N_("Job"),
    "label": N_("Label"),
    "last_activity_at": N_("Last activity"),
    "last_name": N_("Last name"),
    "last_reboot_at": N_("Last started"),
    "last_seen_at": N_("Last seen"),
    "last_used_at": N_("Last used"),
    "last_user": N_("Last user"),
    "likelihood": N_("Likelihood"),
    "line items": N_("Charges"),
    "location": N_("Place"),
    "mac_addresses": N_("Hardware addresses"),
    "memory_mib": N_("Memory in MiB"),
    "merge_id": N_("Joining of two records"),
    "message": N_("Message"),
    "minutes": N_("Minutes"),
    "mobile": N_("Mobile"),
    "model": N_("Model"),
    "monitored": N_("Monitored"),
    "name": N_("Name"),
    "next_run": N_("Next"),
    "no_email": N_("No mail at all"),
    "notes": N_("Notes"),
    "notification_email": N_("Notices to"),
    "number": N_("Number"),
    "on": N_("Day"),
    "on_site": N_("On site"),
    "online": N_("Online"),
    "opt_out": N_("Opted out"),
    "options": N_("Options"),
    "order": N_("Order"),
    "os": N_("System"),
    "os_version": N_("Version"),
    "password": N_("Password"),
    "patches": N_("Patches"),
    "paused": N_("Paused"),
    "phone": N_("Phone"),
    "phones": N_("Phone numbers"),
    "portal users": N_("Portal users"),
    "position": N_("Place among the views"),
    "price": N_("Price"),
    "price_cents": N_("Price in cents"),
    "primary": N_("The first one to ask for"),
    "primary_id": N_("Stays"),
    "priority": N_("Priority"),
    "problem": N_("Sort of problem"),
    "processor": N_("Processor"),
    "product_id": N_("Product"),
    "public": N_("Customers may read it"),
    "purchased_on": N_("Purchased on"),
    "quantity": N_("Quantity"),
    "record_id": N_("Record"),
    "referred_by": N_("Referred by"),
    "resolved_at": N_("Resolved"),
    "respond_by": N_("To be answered by"),
    "role": N_("Role"),
    "schedule lines": N_("Lines of schedules"),
    "scope": N_("The scope"),
    "scopes": N_("Scopes"),
    "seconds": N_("Seconds"),
    "serial": N_("Serial number"),
    "severity": N_("Severity"),
    "shared": N_("Everybody sees it"),
    "site_id": N_("Site"),
    "sites": N_("Sites"),
    "snoozed_until": N_("Put off until"),
    "software": N_("Programs"),
    "source": N_("Source"),
    "stage": N_("Stage"),
    "started_at": N_("Start"),
    "starts_at": N_("Start"),
    "state": N_("State or region"),
    "status": N_("Status"),
    "subject": N_("Subject"),
    "summary": N_("Summary"),
    "tags": N_("Tags"),
    "target": N_("Kind of record"),
    "tax_rate": N_("Tax rate"),
    "technician": N_("Technician"),
    "technician_id": N_("Technician"),
    "ticket_id": N_("Ticket"),
    "time_zone": N_("Time zone"),
    "timers": N_("Timers"),
    "title": N_("Title"),
    "type": N_("Type"),
    "updated_at": N_("Changed"),
    "value": N_("Value"),
    "vendor": N_("Vendor"),
    "version": N_("Version"),
    "warranty_until": N_("Warranty until"),
    "website": N_("Website"),
    "whole": N_("The condition"),
    "work hours": N_("Time entries"),
    "zip": N_("Postcode"),
}

# Fields that hold one of our words.
WORDED = {
    "billed_as",
    "category",
    "frequency",
    "impact",
    "priority",
    "role",
    "severity",
    "source",
    "stage",
    "status",
    "type",
}
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)")

# The kinds of records there are.
THINGS = {
    "API key": N_("API key"),
    "account": N_("Account"),
    "agent": N_("Asset"),
    "alert": N_("Alert"),
    "appointment": N_("Appointment"),
    "appointment type": N_("Type of appointment"),
    "archive": N_("Archive file"),
    "article": N_("Article"),
    "attachment": N_("Attachment"),
    "canned reply": N_("Canned reply"),
    "canned reply category": N_("Category of canned replies"),
    "change": N_("Bulk change"),
    "comment": N_("Comment"),
    "contact": N_("Contact"),
    "contract": N_("Contract"),
    "custom field": N_("Custom field"),
    "custom value": N_("Custom value"),
    "customer": N_("Customer"),
    "department": N_("Department"),
    "form": N_("Form"),
    "job": N_("Long work"),
    "key": N_("API key"),
    "lead": N_("Lead"),
    "line item": N_("Charge"),
    "link": N_("Link"),
    "merge": N_("Joining of two records"),
    "page": N_("Page"),
    "passkey": N_("Passkey"),
    "patch": N_("Patch"),
    "phone": N_("Phone number"),
    "portal user": N_("Portal user"),
    "product": N_("Product"),
    "product category": N_("Category of products"),
    "provider": N_("Provider"),
    "report": N_("Report"),
    "schedule": N_("Schedule"),
    "schedule line": N_("Line of a schedule"),
    "second factor": N_("Second factor"),
    "session": N_("Session"),
    "shift": N_("Shift"),
    "site": N_("Site"),
    "software": N_("Program"),
    "technician": N_("Technician"),
    "ticket": N_("Ticket"),
    "time entry": N_("Time entry"),
    "timer": N_("Timer"),
    "view": N_("View"),
}

# What the journal says has happened.
DEEDS = {
    "account linked": N_("linked an account"),
    "backed up": N_("made a copy of the database"),
    "account unlinked": N_("took away the link to an account"),
    "changed": N_("changed"),
    "charged": N_("charged"),
    "commented": N_("commented"),
    "converted": N_("converted"),
    "created": N_("created"),
    "deleted": N_("deleted"),
    "field cleared": N_("cleared a field"),
    "field set": N_("filled a field"),
    "line changed": N_("changed a line"),
    "line added": N_("added a line"),
    "line removed": N_("removed a line"),
    "link made": N_("made a link"),
    "linked": N_("linked"),
    "merged": N_("merged"),
    "passkey added": N_("added a passkey"),
    "passkey refused": N_("passkey refused"),
    "passkey removed": N_("removed a passkey"),
    "password chosen": N_("chose a password"),
    "patch reported": N_("reported a patch"),
    "recovery code used": N_("used a recovery code"),
    "recovery codes made": N_("made recovery codes"),
    "resolved": N_("resolved"),
    "revoked": N_("revoked"),
    "second factor off": N_("turned the second factor off"),
    "second factor on": N_("turned the second factor on"),
    "set up": N_("set up"),
    "signed in": N_("signed in"),
    "signed out": N_("signed out"),
    "signed out elsewhere": N_("signed out elsewhere"),
    "snoozed": N_("put off"),
    "software reported": N_("reported programs"),
    "started": N_("started"),
    "unlinked": N_("took a link away"),
    "unmerged": N_("undid a merge"),
}

# By which way something was done.
WAYS = {
    "pages": N_("these pages"),
    "jobs": N_("long work"),
    "command line": N_("the command line"),
    "demo": N_("the demo"),
    "atera": N_("the API like Atera's"),
    "syncro": N_("the API like Syncro's"),
}

# What keys of programs may reach.
ROOMS = {
    "customers": N_("Customers"),
    "contacts": N_("Contacts"),
    "departments": N_("Departments"),
    "tickets": N_("Tickets"),
    "hours": N_("Time entries"),
    "fields": N_("Custom fields"),
    "assets": N_("Assets"),
    "alerts": N_("Alerts"),
    "contracts": N_("Contracts"),
    "products": N_("Products"),
    "charges": N_("Charges"),
    "appointments": N_("Appointments"),
    "leads": N_("Leads"),
    "knowledge": N_("Articles"),
    "replies": N_("Canned replies"),
    "attachments": N_("Attachments"),
    "portal": N_("Portal users"),
    "schedules": N_("Schedules"),
    "shifts": N_("Shifts"),
    "access": N_("Technicians and keys"),
    "journal": N_("Audit log"),
}


def word(speech: Speech, value: str | None) -> str:
    """One of our words in the person's language; a provider's own as it is written."""
    if not value:
        return ""
    known = WORDS.get(value) or WORDS.get(value.lower())
    return speech._(known) if known else opening(value)


def label(speech: Speech, name: str) -> str:
    """What a field is called."""
    return speech._(FIELDS.get(name) or ROOMS.get(name) or opening(name.replace("_", " ")))


def held(speech: Speech, name: str, value: object) -> str:
    """What a field held, as the journal has it: our own words, moments and truths as people read them."""
    if value is None or value == "":
        return ""
    text = str(value)
    if MOMENT.fullmatch(text) and (at := moment_of(text)) is not None:
        # Midnight is a day that somebody chose.
        return speech.day(at.date(), "short") if at.time() == time() else speech.moment(at, "short")
    if isinstance(value, bool) or name in WORDED or text in ("true", "false"):
        return word(speech, text)
    return ", ".join(map(str, value)) if isinstance(value, list) else text


def moment_of(text: str) -> datetime | None:
    """What looks like a moment, unless there never was such a day."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def thing(speech: Speech, kind: str) -> str:
    """What a kind of record is called."""
    return speech._(THINGS[kind]) if kind in THINGS else opening(kind)


def deed(speech: Speech, what: str) -> str:
    """What the journal says has happened: `ticket.created` is `created`."""
    bare = what.partition(".")[2] or what
    return speech._(DEEDS[bare]) if bare in DEEDS else bare


def way(speech: Speech, face: str) -> str:
    """By which way something was done."""
    return speech._(WAYS[face]) if face in WAYS else face


def room(speech: Speech, name: str) -> str:
    """What a part of the desk is called that a key may reach."""
    return speech._(ROOMS[name]) if name in ROOMS else opening(name)


def opening(text: str) -> str:
    """A text as it begins a line. Letters further on stay as they are: in German they say what is a noun."""
    return text[:1].upper() + text[1:]
