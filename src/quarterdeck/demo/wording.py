"""What the braces in a story stand for, this time at this customer."""

import re
from datetime import datetime

from quarterdeck.demo.cast import Contact, Customer, Device, Technician
from quarterdeck.demo.chance import Dice
from quarterdeck.demo.hours import LOCAL
from quarterdeck.demo.town import name

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
CLOCK = ("9:30", "10 o'clock", "10:30", "11:15", "1 o'clock", "1:30", "2:15", "3 o'clock", "4 o'clock")
# Places that people speak of with an article.
WITH_ARTICLE = {"practice", "depot", "yard", "stand", "branch", "pantry", "warehouse", "house", "store", "office"}


def names(
    by: Dice, at: datetime, customer: Customer, caller: Contact, tech: Technician, device: Device
) -> dict[str, str]:
    others = [one for one in customer.contacts if one is not caller and one.here(at)]
    colleague = by.choice(others or customer.contacts[1:])
    newcomer = name(by)
    company, industry = customer.company, customer.industry
    return {
        "first": caller.first_name,
        "full": caller.full_name,
        "colleague": colleague.full_name,
        "colleague_first": colleague.first_name,
        "newcomer": " ".join(newcomer),
        "newcomer_first": newcomer[0],
        "tech": tech.first_name,
        "company": company.name,
        "domain": company.domain,
        "isp": company.isp,
        "app": industry.app,
        "device": device.name,
        "server": next((one.name for one in customer.servers), "the server"),
        "printer": by.choice(industry.printers),
        "room": by.choice(industry.rooms),
        "site": place(by.choice([site[0] for site in company.sites] or ["Main office"])),
        "when": lately(at),
        "day": WEEKDAYS[(weekday(at) + by.randint(1, 3)) % 5],
        "hour": by.choice(CLOCK),
        "num": str(by.randint(3, 9)),
        "pct": str(by.randint(88, 97)),
    }


def weekday(at: datetime) -> int:
    """The working day that a moment belongs to; a weekend belongs to Friday."""
    return min(at.astimezone(LOCAL).weekday(), 4)


def lately(at: datetime) -> str:
    hour = at.astimezone(LOCAL).hour
    return "yesterday evening" if hour < 10 else "this morning" if hour < 15 else "early this afternoon"


def place(site: str) -> str:
    if site.rpartition(" ")[2].lower() not in WITH_ARTICLE:
        return site
    return f"the {site}" if " " in site.replace("Main ", "") else f"the {site.lower()}"


def filled(text: str, names: dict[str, str]) -> str:
    """The text with its names, and a capital at the beginning of each sentence."""
    return re.sub(r"(^|[.!?] )([a-z])", lambda found: found[1] + found[2].upper(), text.format_map(names))
