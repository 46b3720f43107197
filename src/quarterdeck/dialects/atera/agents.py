"""Agents: devices under care."""

from dataclasses import replace
from typing import Any

from quarterdeck.desk import assets, leaving
from quarterdeck.desk.assets import PatchState
from quarterdeck.desk.errors import NotFound, Why
from quarterdeck.desk.record import write_instant
from quarterdeck.dialects.atera.lists import of_customer
from quarterdeck.dialects.atera.words import NO_CUSTOMER, said
from quarterdeck.edge.nesting import Form
from quarterdeck.edge.rest import Answer, Call, Resource, Verb
from quarterdeck.edge.verbs import index, listed, remove, show
from quarterdeck.wire.codecs import BOOL, EMPTY, INSTANT, INT, TEXTS, Choice, Codec, json_out, seconds_out
from quarterdeck.wire.shape import Shape, field, fixed, listed_as, shown, taken

DISKS = Codec(
    {"type": "array", "items": {"type": "object"}},
    lambda value: [
        {name.capitalize(): disk.get(name) for name in ("drive", "free", "used", "total")} for disk in json_out(value)
    ],
)

SHAPE = Shape(
    fixed("MachineID", None),
    shown("AgentID", "id"),
    shown("DeviceGuid", "guid"),
    fixed("FolderID", None),
    fixed("FolderName", None),
    field("CustomerID", "customer_id", INT),
    shown("CustomerName", "customer.name"),
    shown("AgentName", "name"),
    shown("SystemName", "name"),
    shown("MachineName", "name"),
    shown("DomainName", "domain"),
    shown("CurrentLoggedUsers", "last_user"),
    shown("ComputerDescription", "description"),
    shown("Monitored", "monitored", BOOL),
    shown("AgentVersion", "agent_version"),
    fixed("Favorite", False),
    fixed("ThresholdID", None),
    fixed("MonitoredAgentID", None),
    shown("Created", "created_at", INSTANT),
    shown("Modified", "updated_at", INSTANT),
    shown("Online", "online", BOOL),
    shown("LastSeen", "last_seen_at", INSTANT),
    shown("ReportedFromIP", "reported_from"),
    fixed("AppViewUrl", None),
    fixed("Motherboard", None),
    shown("Processor", "processor"),
    shown("Memory", "memory_mib"),
    fixed("Display", None),
    fixed("Sound", None),
    shown("ProcessorCoresCount", "cores"),
    fixed("SystemDrive", None),
    fixed("ProcessorClock", None),
    shown("Vendor", "vendor"),
    shown("VendorSerialNumber", "serial"),
    shown("VendorBrandModel", "model"),
    shown("ProductName", "model"),
    fixed("BiosManufacturer", None),
    fixed("BiosVersion", None),
    fixed("BiosReleaseDate", None),
    shown("MacAddresses", "mac_addresses", TEXTS),
    shown("IpAddresses", "ip_addresses", TEXTS),
    shown("HardwareDisks", "disks", DISKS),
    fixed("BatteryInfo", None),
    shown("OS", "os"),
    shown("OSType", "device_class"),
    fixed("WindowsSerialNumber", None),
    shown("Office", "office"),
    fixed("OfficeSP", None),
    fixed("OfficeOEM", False),
    fixed("OfficeSerialNumber", None),
    fixed("OSNum", None),
    shown("LastRebootTime", "last_reboot_at", INSTANT),
    shown("OSVersion", "os_version"),
    shown("OSBuild", "os_build"),
    fixed("OfficeFullVersion", None),
    shown("LastLoginUser", "last_user"),
    fixed("DeviceType", "PC"),
)


def by_name(call: Call) -> Answer:
    """Agents of a machine's name. Some clients write a space in the path as a plus sign."""
    name = call.request.params["machineName"]
    found = listed(call, call.filtered(name=name))
    if not found.content["items"] and "+" in name:
        return listed(call, call.filtered(name=name.replace("+", " ")))
    return found


STATE = Choice(PatchState, missing="Available", failed="Failed", rejected="Rejected", installed="Installed")
AVAILABLE = Form(
    assets.PATCHES,
    Shape(
        shown("name", "title"),
        shown("class", "category", EMPTY),
        shown("kbId", "code"),
        shown("status", "state", STATE),
    ),
)
INSTALLED = Form(
    assets.PATCHES,
    Shape(
        shown("name", "title"),
        shown("class", "category", EMPTY),
        shown("kbId", "code"),
        shown("installDate", "at", INSTANT),
    ),
)


def patches(call: Call, name: str, form: Form, *, installed: bool) -> Answer:
    """What a device said of its updates when it was last seen."""
    guid = call.request.params["deviceGuid"]
    id = assets.by_guid(call.work, guid)
    if id is None:
        raise NotFound("agent", guid)
    asset = assets.get(call.work, id)
    found = form.all(call.work, assets.PatchFilter(asset_id=asset.id, installed=installed))
    seen = seconds_out(write_instant(asset.last_seen_at)) if asset.last_seen_at else None
    return Answer(200, {"deviceGuid": asset.guid, "timestamp": seen, name: found})


def available(call: Call) -> Answer:
    return patches(call, "availableUpdates", AVAILABLE, installed=False)


def installed(call: Call) -> Answer:
    return patches(call, "installedUpdates", INSTALLED, installed=True)


def patches_of(name: str, *words: str) -> dict[str, Any]:
    moment = {"type": ["string", "null"], "format": "date-time"}
    properties = {
        "deviceGuid": {"type": "string"},
        "timestamp": moment,
        name: listed_as(**dict.fromkeys(words, "string")),
    }
    return {"type": "object", "properties": properties, "required": list(properties)}


AVAILABLE_PATCHES = patches_of("availableUpdates", "name", "class", "kbId", "status")
INSTALLED_PATCHES = patches_of("installedUpdates", "name", "class", "kbId", "installDate")
RELATIONS = Shape(taken("CustomerID", "customer_id", INT))


def relate(call: Call) -> Answer:
    """Give a device to another customer."""
    id = assets.get(call.work, call.id).id
    assets.change(call.work, id, call.asked(assets.Move, RELATIONS), call.version)
    item, version = call.record(call.id)
    answer = call.manners.changed(call, call.id, item)
    answer.version = version
    return answer


AGENTS = Resource(
    path="agents",
    one="agent",
    id_name="AgentID",
    reading=assets.READING,
    shape=SHAPE,
    filter=assets.Filter,
    filters=Shape(taken("customerId", "customer_id", INT), taken("online", "online", BOOL)),
    orders={"AgentName": "name", "Modified": "updated_at"},
    page_max=500,
    remove=leaving.remove_agent,
    words={
        ("customer_id", Why.MISSING): said("CustomerID required"),
        ("customer_id", Why.UNKNOWN): NO_CUSTOMER,
        ("customer_id", Why.MALFORMED): NO_CUSTOMER,
    },
    verbs=(
        Verb("GET", "", index, "List agents", "assets:read", gives=SHAPE, many=True),
        Verb("GET", "/{id}", show, "Get an agent", "assets:read", gives=SHAPE),
        Verb("DELETE", "/{id}", remove, "Delete an agent", "assets:write", body="none"),
        Verb(
            "PUT",
            "/{id}/relations",
            relate,
            "Move an agent to another customer",
            "assets:write",
            takes=RELATIONS,
            required=("CustomerID",),
            gives=SHAPE,
            input=assets.Move,
            note="Contacts of the customer it leaves no longer have it as theirs.",
        ),
        Verb(
            "GET",
            "/{deviceGuid}/available-patches",
            available,
            "List an agent's missing updates",
            "assets:read",
            gives=AVAILABLE_PATCHES,
        ),
        Verb(
            "GET",
            "/{deviceGuid}/installed-patches",
            installed,
            "List an agent's installed updates",
            "assets:read",
            gives=INSTALLED_PATCHES,
        ),
        Verb(
            "GET",
            "/customer/{customerId}",
            of_customer,
            "List a customer's agents",
            "assets:read",
            gives=SHAPE,
            many=True,
        ),
        Verb(
            "GET",
            "/machine/{machineName}",
            by_name,
            "List the agents of a machine",
            "assets:read",
            gives=SHAPE,
            many=True,
        ),
    ),
)

AGENTS_OF_CUSTOMER = replace(
    AGENTS,
    path="customers/{customerId}/agents",
    verbs=(Verb("GET", "", of_customer, "List a customer's agents", "assets:read", gives=SHAPE, many=True),),
)
