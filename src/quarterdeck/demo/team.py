"""The provider whose desk this is, and the people who work there."""

from dataclasses import dataclass

from quarterdeck.desk.access import Role

PROVIDER = {
    "name": "Copper Ridge IT",
    "address": "2180 E Agave Court, Suite 210",
    "city": "Tucson",
    "state": "AZ",
    "zip": "85719",
    "country": "United States",
    "phone": "(520) 555-0100",
    "time_zone": "America/Phoenix",
}
MAIL_DOMAIN = "copperridge.example"


@dataclass(frozen=True)
class Member:
    """Someone who works here: how many years, how much of the work, and how well each skill suits them."""

    first_name: str
    last_name: str
    role: Role
    years: float
    load: float = 0.0
    skills: tuple[tuple[str, int], ...] = ()

    @property
    def email(self) -> str:
        return f"{self.first_name}.{self.last_name}@{MAIL_DOMAIN}".lower()


OWNER = Member(
    "Marisol",
    "Becker",
    Role.OWNER,
    6.0,
    0.5,
    (("security", 3), ("orders", 3), ("servers", 1), ("network", 1), ("cloud", 1), ("workplace", 1)),
)
TEAM = (
    OWNER,
    Member("Tomasz", "Wieczorek", Role.TECHNICIAN, 5.6, 1.0, (("servers", 9), ("security", 4), ("network", 2))),
    Member("Desmond", "Achebe", Role.TECHNICIAN, 4.2, 1.0, (("network", 9), ("workplace", 2), ("servers", 2))),
    Member("Priya", "Raghunathan", Role.TECHNICIAN, 3.1, 1.1, (("cloud", 9), ("security", 5), ("orders", 2))),
    Member("Kelsey", "Lindqvist", Role.TECHNICIAN, 1.4, 1.3, (("workplace", 9), ("orders", 4), ("cloud", 3))),
    Member("Howard", "Nakai", Role.READ_ONLY, 2.6),
)
