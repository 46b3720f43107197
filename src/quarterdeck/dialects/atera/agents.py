"""Agents: devices under care."""

from dataclasses import replace

from quarterdeck.desk import assets, leaving
from quarterdeck.dialects.atera.lists import of_customer
from quarterdeck.edge.rest import Answer, Call, Resource, Verb, index, listed, remove, show
from quarterdeck.wire.codecs import BOOL, INSTANT, INT, TEXTS, Codec, json_out
from quarterdeck.wire.shape import Shape, fixed, shown, taken

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
    shown("CustomerID", "customer_id"),
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
    verbs=(
        Verb("GET", "", index, "List agents", "assets:read", gives=SHAPE, many=True),
        Verb("GET", "/{id}", show, "Get an agent", "assets:read", gives=SHAPE),
        Verb("DELETE", "/{id}", remove, "Delete an agent", "assets:write", body="none"),
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
