"""Assets of customers: devices under care, with their patches and programs."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from zlib import crc32

from quarterdeck.desk import assets, contacts, customers, leaving
from quarterdeck.desk.errors import MISSING, Invalid, Problem, Why
from quarterdeck.desk.fields import Target
from quarterdeck.desk.input import fold
from quarterdeck.desk.work import Work
from quarterdeck.dialects.syncro import updates
from quarterdeck.dialects.syncro.customers import CUSTOMER
from quarterdeck.dialects.syncro.kinds import Kind
from quarterdeck.dialects.syncro.places import SITE
from quarterdeck.dialects.syncro.words import IDS, MILLIS, NO_CUSTOMER, moment_in, said
from quarterdeck.edge.nesting import Custom, Form, Nest, one
from quarterdeck.edge.rest import Answer, BadQuestion, Call, Verb, asking, checked
from quarterdeck.edge.verbs import change, create, index, listed, usual
from quarterdeck.wire.codecs import BOOL, INT, Codec, Unreadable, int_from, json_out, nullable, text_from
from quarterdeck.wire.shape import Shape, field, fixed, group, shown, taken, within

# What a device is that has been given no other sort.
WATCHED = "Syncro Device"


def type_from(value: Any) -> str | None:
    word = text_from(value)
    return None if fold(word) == fold(WATCHED) else word


def type_id(word: str | None) -> int:
    """Always the same number for the same word."""
    known = [fold(one) for one in (WATCHED, *assets.STOCK)]
    key = fold(word or WATCHED)
    return known.index(key) + 1 if key in known else 1000 + crc32(key.encode())


def size(mib: int | None) -> str | None:
    return f"{mib / 1024:.4g} GB" if mib else None


def first(values: Any) -> Any:
    found = json_out(values)
    return found[0] if found else None


TYPE = Codec(nullable("string"), lambda word: word or WATCHED, type_from)
TYPE_ID = Codec(INT.schema, type_id, int_from)
SIZE = Codec(nullable("string"), size)
# Of a list that is always there: of an empty one, nothing.
PERHAPS = {"anyOf": [{"type": "string"}, {"type": "null"}]}
ROOM = Codec(PERHAPS, lambda disks: size(sum(disk.get("total") or 0 for disk in json_out(disks) or ())))
FIRST = Codec(PERHAPS, first)
NO_TYPE = Problem("names no type of asset", Why.UNKNOWN)
DAY = Codec(nullable("string", format="date"), None, lambda value: moment_in(value).date().isoformat())
TRIGGERS = ("bsod", "time", "no_av", "defrag", "firewall", "app_crash", "low_hd_space", "smart_failure",
            "device_manager", "agent_offline")  # fmt: skip
OVERRIDES = ("alert_agent_offline_mins", "alert_agent_rearm_after_mins", "low_hd_threshold", "low_hd_thresholds",
             "autoresolve_offline_alert")  # fmt: skip

SHAPE = Shape(
    shown("id", "id"),
    field("name", "name"),
    field("customer_id", "customer_id", INT),
    taken("customer_name", "customer_name"),
    taken("email", "customer_email"),
    taken("phone", "customer_phone"),
    field("contact_id", "contact_id", INT),
    shown("created_at", "created_at", MILLIS),
    shown("updated_at", "updated_at", MILLIS),
    shown("since_updated_at", "updated_at", MILLIS),
    field("asset_type", "type", TYPE),
    taken("asset_type_name", "type", TYPE),
    shown("asset_type_id", "type", TYPE_ID),
    field("asset_serial", "serial"),
    field("serial_number", "serial"),
    field("model", "model"),
    field("manufacturer", "vendor"),
    field("purchase_date", "purchased_on", DAY),
    field("warranty_expires", "warranty_until", DAY),
    field("notes", "notes"),
    taken("os", "os"),
    taken("os_name", "os"),
    taken("os_version", "os_version"),
    taken("cpu_name", "processor"),
    taken("cpu", "processor"),
    fixed("external_rmm_link", None),
    fixed("has_live_chat", False),
    fixed("snmp_enabled", False),
    fixed("device_info", {}),
    fixed("policy_folder_id", None),
    fixed("rmm_links", []),
    group(
        "rmm_store",
        shown("id", "id"),
        shown("asset_id", "id"),
        fixed("account_id", 1),
        group("triggers", *(fixed(f"{name}_triggered", "false") for name in TRIGGERS)),
        *(fixed(name, {}) for name in ("windows_updates", "emsisoft", "general")),
        shown("created_at", "created_at", MILLIS),
        shown("updated_at", "updated_at", MILLIS),
        *(fixed(f"override_{name}", None) for name in OVERRIDES),
    ),
    within("address", "site", SITE),
)

CUSTOM = Custom(
    "properties",
    Target.AGENT,
    beside=Shape(
        field("os", "os"),
        field("os_name", "os"),
        field("os_version", "os_version"),
        field("manufacturer", "vendor"),
        field("model", "model"),
        shown("ram", "memory_mib", SIZE),
        shown("memory", "memory_mib", SIZE),
        field("cpu_name", "processor"),
        field("cpu", "processor"),
        shown("hdd", "disks", ROOM),
        shown("disk_space", "disks", ROOM),
        shown("ip_address", "ip_addresses", FIRST),
        shown("last_boot", "last_reboot_at", MILLIS),
        shown("last_seen", "last_seen_at", MILLIS),
        shown("online", "online", BOOL),
        field("serial_number", "serial"),
        field("purchase_date", "purchased_on", DAY),
        field("warranty_expires", "warranty_until", DAY),
        field("notes", "notes"),
        shown("kabuto_live_uuid", "guid"),
        group(
            "kabuto_information",
            group(
                "general",
                shown("name", "name"),
                shown("manufacturer", "vendor"),
                shown("model", "model"),
                shown("form_factor", "device_class"),
                shown("domain", "domain"),
                shown("ip", "ip_addresses", FIRST),
                shown("mac", "mac_addresses", FIRST),
            ),
            group(
                "os",
                shown("name", "os"),
                shown("windows_release_version", "os_version"),
                shown("build", "os_build"),
                shown("last_boot_time", "last_reboot_at", MILLIS),
                fixed("pending_reboot", False),
            ),
            *(fixed(name, []) for name in ("network_adapters", "cpu", "hdd", "ram")),
            shown("last_synced_at", "last_seen_at", MILLIS),
            shown("last_user", "last_user"),
        ),
    ),
)

# An asset, by itself and wherever it is shown with another record.
ASSET = Form(assets.READING, SHAPE, (CUSTOM, Nest("customer", CUSTOMER, "id", owner="customer_id", gather=one)))

CHAT = Form(
    assets.READING,
    Shape(
        shown("id", "id"),
        shown("name", "name"),
        within(
            "customer",
            "customer",
            Shape(shown("id", "id"), shown("fullname", "full_name"), shown("business_name", "name")),
        ),
    ),
)

FILTERS = Shape(
    taken("customer_id", "customer_id", INT),
    taken("contact_id", "contact_id", INT),
    taken("asset_type", "type", TYPE),
    taken("asset_type_name", "type", TYPE),
    taken("asset_serial", "serial"),
    taken("serial_number", "serial"),
    taken("name", "name"),
    taken("query", "like"),
    taken("online", "online", BOOL),
    taken("id", "ids", IDS),
    taken("since_updated_at", "changed_since", MILLIS),
)
FURTHER = Shape(taken("asset_type_id", "type_id", INT), taken("snmp_enabled", "snmp", BOOL))
CHOSEN = Shape(taken("ids", "ids", IDS))


def types(work: Work) -> dict[int, str | None]:
    """The sorts of device by their numbers; None is that of those that are watched and no more."""
    return {type_id(word): word for word in (None, *assets.types(work))}


def with_type(call: Call) -> None:
    """Let the body name the type where it gives its number."""
    if call.data.get("asset_type_id") and not call.data.keys() & {"asset_type", "asset_type_name"}:
        known = types(call.work)
        try:
            word = known[int_from(call.data["asset_type_id"])]
        except (Unreadable, KeyError):
            raise Invalid({"type": NO_TYPE}) from None
        call.data = {**call.data, "asset_type": word or WATCHED}


def add(call: Call) -> Answer:
    with_type(call)
    return create(call)


def update(call: Call) -> Answer:
    with_type(call)
    return change(call)


def search(call: Call, **known: Any) -> Answer:
    asked, problems = FURTHER.decode(call.sent)
    named = types(call.work) if "type_id" in asked else {}
    if asked.get("type_id") in named:
        known["type"] = named[asked["type_id"]]
    elif named or asked.get("snmp"):
        known["ids"] = []
    return listed(call, call.filtered(problems, **known))


def of_customer(call: Call) -> Answer:
    return search(call, customer_id=customers.get(call.work, call.number("customer_id")).id)


def of_contact(call: Call) -> Answer:
    return search(call, contact_id=contacts.get(call.work, call.number("contact_id")).id)


def chat(call: Call) -> Answer:
    """Assets by their ids, with just enough to name them and their customers."""
    asked, problems = CHOSEN.decode(call.sent)
    if "ids" not in asked and not problems:
        raise BadQuestion({"ids": MISSING})
    with asking():
        where = checked(assets.Filter, asked, problems, CHOSEN)
    return Answer(200, {"assets": CHAT.all(call.work, where)})


READ = "assets:read"
OWN: dict[Callable[[Call], Answer], Callable[..., Answer]] = {create: add, change: update, index: search}

ASSETS = Kind(
    path="customer_assets",
    one="asset",
    wrapper="asset",
    many="assets",
    reading=assets.READING,
    shape=SHAPE,
    custom=CUSTOM,
    nests=tuple(nest for nest in ASSET.nests if nest is not CUSTOM),
    filter=assets.Filter,
    filters=FILTERS,
    orders={"name": "name", "asset_serial": "serial", "created_at": "created_at", "updated_at": "updated_at"},
    new=assets.New,
    create=assets.create,
    changes=assets.Changes,
    change=assets.change,
    remove=leaving.remove_agent,
    words={
        **NO_CUSTOMER,
        ("name", Why.MISSING): said("name is required", "Name can't be blank"),
        ("type", Why.MISSING): said("Invalid asset_type", "Asset type can't be blank"),
        ("type", Why.UNKNOWN): said("Invalid asset_type", "Asset type can't be blank"),
        ("serial", Why.TAKEN): said("Asset serial has already been taken"),
    },
    verbs=(
        *(
            replace(verb, do=OWN.get(verb.do, verb.do), parameters=FURTHER if verb.do is index else None)
            for verb in usual("asset", "assets", SHAPE, required=("name",), created=200)
        ),
        Verb("GET", "/assets_by_contact/{contact_id}", of_contact, "List a contact's assets", READ,
             gives=SHAPE, many=True),
        Verb("GET", "/chat_information_by_ids", chat, "Name assets and their customers", READ,
             parameters=CHOSEN, gives={"type": "object"}),
        Verb("GET", "/{id}/patches", updates.patches, "List an asset's patches", READ, gives={"type": "object"}),
    ),
)  # fmt: skip

# The same where some scripts look for it.
ALIASES = (
    replace(ASSETS, path="assets"),
    replace(updates.PROGRAMS, path="assets/{id}/installed_applications"),
    replace(
        ASSETS,
        path="customers/{customer_id}/assets",
        verbs=(
            Verb("GET", "", of_customer, "List a customer's assets", READ, gives=SHAPE, many=True, parameters=FURTHER),
        ),
    ),
)

__all__ = ["ALIASES", "ASSET", "ASSETS"]
