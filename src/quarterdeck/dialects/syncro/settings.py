"""What a client asks about the desk itself."""

from typing import Any

from quarterdeck.desk import assets, fields, provider, tickets
from quarterdeck.desk.fields import Target
from quarterdeck.desk.paging import Page
from quarterdeck.desk.reading import Reading
from quarterdeck.dialects.syncro.assets import WATCHED, types
from quarterdeck.dialects.syncro.kinds import sheet
from quarterdeck.dialects.syncro.tickets import TYPES, type_out
from quarterdeck.dialects.syncro.words import PRIORITY
from quarterdeck.edge.rest import Answer, Call

PROBLEMS = ("Virus", "TuneUp", "Hardware", "Software", "Other")
FIELD = fields.DEFINITIONS.view(("name",))
# The vendor's parts of its window, and whether there is something behind them here.
TABS = {
    "msp_dashboard": False,
    "customers": True,
    "assets": True,
    "alerts": True,
    "contracts": True,
    "invoices": False,
    "customer_purchases": False,
    "refurbs": False,
    "estimates": False,
    "tickets": True,
    "parts": False,
    "products": True,
    "purchase_orders": False,
    "field_jobs": False,
    "kabuto_policies": False,
    "scripts": False,
    "sales": False,
    "leads": True,
    "domo": False,
    "marketr": False,
    "recur": True,
    "reports": False,
    "wiki": True,
    "app_center": False,
    "pax8": False,
}


def settings(call: Call) -> Answer:
    us = provider.get(call.work)
    # Nobody has said otherwise yet: the desk keeps no calendar of its own.
    hours = [{"day": day, "start": None, "end": None, "closed": False} for day in range(7)]
    whole = {
        "customers": {
            "required_fields": ["business_name"],
            "customer_fields": custom(call, Target.CUSTOMER),
            "customer_field_answers": [],
        },
        "assets": {
            "asset_types": asset_types(call),
            "asset_type_fields": custom(call, Target.AGENT),
            "asset_type_field_answers": [],
        },
        "locale": {
            "iso_code": "en",
            "currency_symbol": "$",
            "date_format": "%Y-%m-%d",
            "time_format": "%H:%M",
            "time_zone": us.time_zone,
            "time_offset": "+00:00",
        },
        "ticket": {
            "ticket_types": [type_out(word) for word in TYPES],
            "ticket_type_fields": custom(call, Target.TICKET),
            "ticket_type_field_answers": [],
            "problem_types": problem_types(call),
            "priorities": sorted(one for one in PRIORITY.schema["enum"] if one),
        },
        "business_hours_enabled": False,
        "business_hours": hours,
        "default_holiday_calendar": None,
        "msp_addon": True,
    }
    return Answer(200, {**whole, "settings": ours(us)})


def ours(us: provider.Provider) -> dict[str, Any]:
    return {
        "business_name": us.name,
        "address": us.address,
        "city": us.city,
        "state": us.state,
        "zip": us.zip,
        "phone": us.phone,
        "email": None,
        "website": None,
        "timezone": us.time_zone,
        "currency": "USD",
        "date_format": "%Y-%m-%d",
        "time_format": "%H:%M",
    }


def reads(call: Call, reading: Reading) -> bool:
    """Whether the caller may see such records: whoever may not is told of none."""
    return reading.right in call.work.actor.rights


def problem_types(call: Call) -> list[str]:
    """The sorts of problem the vendor begins with, and those that tickets are about."""
    known = {name.casefold() for name in PROBLEMS}
    ours = tickets.problems(call.work) if reads(call, tickets.READING) else []
    return [*PROBLEMS, *(name for name in ours if name.casefold() not in known)]


def asset_types(call: Call) -> list[dict[str, Any]]:
    """What devices can be, by the numbers that stand for it elsewhere, for those who may see devices."""
    if not reads(call, assets.READING):
        return []
    return [{"id": id, "name": word or WATCHED} for id, word in types(call.work).items()]


def custom(call: Call, target: Target) -> list[dict[str, Any]]:
    """The custom fields of one kind of record, for those who may see them."""
    if not reads(call, fields.DEFINITIONS):
        return []
    found = FIELD.page(call.work, fields.Filter(target=target), Page(size=500))
    return [{"id": row[-1], "name": row[0]} for row in found.items]


def tabs(call: Call) -> Answer:
    return Answer(200, {"tabs": TABS})


def printing(call: Call) -> Answer:
    """No printers hang on this desk."""
    return Answer(200, {"messaging_channel": "", "registers": []})


def told(**kinds: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {name: {"type": kind} for name, kind in kinds.items()},
        "required": [*kinds],
    }


SETTINGS = (
    sheet(
        "settings",
        settings,
        "How this desk is set up",
        "tickets:read",
        told(customers="object", assets="object", locale="object", ticket="object", business_hours="array",
             business_hours_enabled="boolean", msp_addon="boolean", settings="object"),
    ),
    sheet("settings/tabs", tabs, "What can be done here", "tickets:read", told(tabs="object")),
    sheet(
        "settings/printing", printing, "Where things are printed", "tickets:read",
        told(messaging_channel="string", registers="array"),
    ),
)  # fmt: skip
