"""Fills the companies with people and devices: who works there since when, and on what."""

import unicodedata
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from quarterdeck.demo import inventory, team
from quarterdeck.demo.cast import Contact, Customer, Device, Technician
from quarterdeck.demo.chance import Dice, dice, pick
from quarterdeck.demo.companies import Company
from quarterdeck.demo.hours import DAY, open_at
from quarterdeck.demo.industries import INDUSTRIES
from quarterdeck.demo.people import FAMILIES

YEAR = timedelta(days=365.25)
MOBILE_AREAS = (520, 480, 602, 928, 505, 619)
# Letters that are no plain letter with an accent.
LETTERS = str.maketrans({"đ": "d", "ø": "o", "ł": "l", "ß": "ss", "æ": "ae"})


def staff(today: datetime) -> list[Technician]:
    return [Technician(member, (today - YEAR * member.years).replace(microsecond=0)) for member in team.TEAM]


def customers(companies: Iterable[Company], today: datetime) -> list[Customer]:
    taken: set[str] = set()
    return [customer(company, number, today, taken) for number, company in enumerate(companies, 1)]


def customer(company: Company, number: int, today: datetime, taken: set[str]) -> Customer:
    by = dice("customer", company.code)
    since = open_at(by, today - YEAR * company.years)
    made = Customer(company, INDUSTRIES[company.industry], f"(520) 555-01{number:02}", since)
    made.contacts = [contact(by, made, place, today, taken) for place in range(company.contacts)]
    made.devices = [device(by, made, number, place, today) for place in range(company.computers + company.servers)]
    for person, machine in zip(made.contacts, made.computers, strict=False):
        person.device = machine
        machine.given["last_user"] = person.email.partition("@")[0]
    return made


def contact(by: Dice, of: Customer, place: int, today: datetime, taken: set[str]) -> Contact:
    first, last = unheard(by, taken)
    jobs = of.industry.jobs
    title, department = jobs[place] if place < len(jobs) else by.choice(jobs[2:])
    joined = of.since + timedelta(minutes=20 + 5 * place)
    if place > 2 and by.random() < 0.2:
        joined = open_at(by, of.since + (today - 3 * DAY - of.since) * by.random())
    gone = place >= 5 and by.random() < 0.25
    return Contact(
        first,
        last,
        f"{address(first, last, short=len(of.company.domain) % 3 == 0)}@{of.company.domain}",
        f"{of.phone} ext. {100 + place}",
        f"({by.choice(MOBILE_AREAS)}) 555-01{by.randrange(100):02}" if by.random() < 0.6 else None,
        title,
        department,
        primary=place == 0,
        since=joined,
        left=open_at(by, joined + (today - 20 * DAY - joined) * by.uniform(0.4, 0.9)) if gone else None,
    )


def unheard(by: Dice, taken: set[str]) -> tuple[str, str]:
    """A name that nobody has yet."""
    while True:
        first, last = name(by)
        if f"{first} {last}" not in taken:
            taken.add(f"{first} {last}")
            return first, last


def name(by: Dice) -> tuple[str, str]:
    _, firsts, lasts = pick(by, FAMILIES, [often for often, _, _ in FAMILIES])
    return by.choice(firsts), by.choice(lasts)


def address(first: str, last: str, *, short: bool) -> str:
    return f"{plain(first)[0]}{plain(last)}" if short else f"{plain(first)}.{plain(last)}"


def plain(text: str) -> str:
    """The name in the letters that mail addresses are mostly made of."""
    bare = unicodedata.normalize("NFKD", text.lower().translate(LETTERS))
    return "".join(letter for letter in bare if letter.isascii() and letter.isalnum())


def device(by: Dice, of: Customer, network: int, place: int, today: datetime) -> Device:
    server = place >= of.company.computers
    portable = not server and by.random() < 0.4
    models = inventory.SERVERS if server else inventory.LAPTOPS if portable else inventory.DESKTOPS
    model = by.choice(models)
    apple = model.vendor == "Apple Inc."
    number = place - of.company.computers + 1 if server else place + 1
    label = f"{of.company.code}-{'SRV' if server else 'LT' if portable else 'WS'}-{number:02}"
    since = of.since + timedelta(hours=2, minutes=4 * place)
    # The first is there from the first day, so that there is always one that something can be about.
    if not server and place > 0 and by.random() < 0.5:
        since = open_at(by, of.since + (today - 2 * DAY - of.since) * by.random())
    memory, disk = by.choice(model.memory_gib), by.choice(model.disk_gib)
    os, version, build = by.choice(systems(server, apple))
    online = server or by.random() < (0.55 if portable else 0.8)
    silent = timedelta(minutes=by.uniform(0.5, 9)) if online else timedelta(hours=by.uniform(5, 150))
    given = {
        "guid": UUID(int=by.getrandbits(128), version=4),
        "name": label,
        "domain": f"ad.{of.company.domain}" if of.company.servers and not apple else "WORKGROUP",
        "description": f"{model.name}, {by.choice(of.industry.rooms)}"
        if not server
        else f"File server, {of.industry.app}",
        "device_class": "Server" if server else "Work Station",
        "online": online,
        "reported_from": f"203.0.113.{network}",
        "agent_version": inventory.AGENT_VERSION,
        "os": os,
        "os_version": version,
        "os_build": build,
        "vendor": model.vendor,
        "model": model.name,
        "serial": "".join(by.choices("0123456789BCDFGHJKLMNPQRSTVWXYZ", k=7)),
        "processor": model.processor,
        "cores": model.cores,
        "memory_mib": memory * 1024,
        "office": None if server else by.choice(inventory.OFFICES),
        "mac_addresses": ["02:" + ":".join(f"{by.randrange(256):02X}" for _ in range(5))],
        "ip_addresses": [f"10.{20 + network}.1.{10 + place if server else 50 + place}"],
        "disks": disks(by, disk * 1024, server=server, apple=apple),
    }
    running = timedelta(hours=by.uniform(2, 30 * 24 if server else 9 * 24))
    return Device(label, server, since, given, model.price, silent, running)


def systems(server: bool, apple: bool) -> tuple[tuple[str, str, str], ...]:
    if server:
        return inventory.WINDOWS_SERVER
    return (inventory.MACOS,) if apple else inventory.WINDOWS


def disks(by: Dice, size: int, *, server: bool, apple: bool) -> list[dict[str, str | int]]:
    """The drives of a device, in MiB."""
    drives = {"C:": 120 * 1024, "D:": size} if server else {"/" if apple else "C:": size}
    found: list[dict[str, str | int]] = []
    for drive, total in drives.items():
        used = int(total * by.uniform(0.25, 0.93))
        found.append({"drive": drive, "free": total - used, "used": used, "total": total})
    return found
