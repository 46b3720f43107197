"""The texts of a large desk: varied as technicians and customers write, and the same every time."""

from random import Random


def several(text: str, between: str = "|") -> list[str]:
    return text.split(between)


FIRST = several(
    "Ada Ben Carla Deniz Elif Farid Greta Hugo Ines Jonas Kofi Lena Mateo Nadia Omar Priya Quinn Rosa Samir Tara Uwe "
    "Vera Wanda Ximena Yusuf Zoe Aaron Bruna Cyril Dalia Emil Freya Gustav Hana Ivo Jelena Karim Linh Marek Noor",
    " ",
)
LAST = several(
    "Abbott Bauer Castro Dietrich Eriksen Farrow Gomez Haddad Ivanov Jensen Keller Lindqvist Moreau Novak Okafor "
    "Petrov Quispe Rossi Sato Tanaka Ueda Vargas Weber Xu Yilmaz Zeman Almeida Brandt Costa Duarte Engel Fischer "
    "Garnier Hofmann Iversen Jansen Kowalski Laurent Meyer Nakamura",
    " ",
)
PLACE = several(
    "Harbour Northgate Riverside Lakeview Oakwood Summit Meadow Castle Granite Silver Westend Orchard Beacon Canal "
    "Foundry Hillcrest Juniper Kestrel Larch Marina Nettle Osprey Pinewood Quarry Rowan Sandstone Thistle Union Valley "
    "Willow",
    " ",
)
TRADE = several(
    "Dental Logistics Bakery Architects Legal Motors Pharmacy Brewing Accounting Printing Veterinary Insurance "
    "Plumbing Textiles Catering Optics Surveyors Roofing Media Nurseries",
    " ",
)
CITY = several(
    "Aarhus Bergen Cork Dresden Evora Fermo Ghent Halle Imola Jena Kiel Lugo Malmo Namur Odense Porto",
    " ",
)
THING = several(
    "printer|scanner|laptop|docking station|Outlook|mailbox|shared drive|VPN|wireless network|router|firewall|switch|"
    "backup|server|accounting program|browser|headset|phone|monitor|keyboard|Teams|calendar|password|account|licence|"
    "certificate|web site|till|label printer|projector|antivirus|database|spreadsheet|remote desktop|badge reader|"
    "camera|tablet|update|file server|archive"
)
TROUBLE = several(
    "offline|very slow|crashes on start|cannot connect|asks for a password again|shows an error|full|locked|missing|"
    "frozen since this morning|not found|disconnects every hour|out of date|no sound|flickers|prints blank pages|"
    "cannot be opened|wrong time|not syncing|sends twice|expired|refuses the login|lost its settings|stuck in queue|"
    "timed out|denied|overheating|unreadable|needs replacing|noisy"
)
WHERE = several(
    "at the front desk|in the warehouse|on the second floor|in the meeting room|at home|in the workshop|for everybody|"
    "for one person|in accounting|on all laptops|after the update|since the move|when travelling|before payroll"
)
SINCE = several(
    "It began on Monday after the power cut.|Nobody has changed anything that we know of.|It worked yesterday evening.|"
    "Restarting helped for about ten minutes.|Three colleagues report the same thing.|The error code is {code}.|"
    "We need this before the end of the month.|The device is {host}.|Please call before you connect to {host}.|"
    "A photo of the message follows.|The supplier says it is not on their side.|We have a customer waiting.|"
    "It is worse in the afternoon.|The same trouble was solved in spring, by replacing the cable."
)
SAID = several(
    "Connected to {host} and read the event log: error {code} repeats every few minutes.|Restarted the service, "
    "watching it until tomorrow.|Replaced the cable and the adapter, all lights are green.|Cleared the queue and "
    "installed the current driver.|Asked the supplier for a spare part; delivery on Thursday.|Works again, thank you "
    "for the quick help.|Still the same this morning, please look again.|Reset the password and signed out every "
    "session.|Moved the mailbox and rebuilt the index.|Could not reach you by phone, please name a time.|Updated the "
    "firmware to {code}.|Restored the file from last night's backup."
)


def pick(random: Random, words: list[str]) -> str:
    # Far quicker than `choice`, and this is called millions of times.
    return words[int(random.random() * len(words))]


def common(random: Random, words: list[str]) -> str:
    """One of the words, the earlier the likelier: as in life, some things break more often."""
    return words[int(random.random() ** 2 * len(words))]


def host(random: Random) -> str:
    return f"{pick(random, PLACE)[:4].upper()}-WS-{int(random.random() * 900) + 100}"


def filled(random: Random, sentence: str) -> str:
    if "{" not in sentence:
        return sentence
    return sentence.format(host=host(random), code=f"0x{int(random.random() * 65536):04X}")


def title(random: Random) -> str:
    return f"{common(random, THING).capitalize()} {common(random, TROUBLE)} {pick(random, WHERE)}"


def description(random: Random) -> str:
    told = " ".join(filled(random, pick(random, SINCE)) for _ in range(2 + int(random.random() * 4)))
    return f"Our {common(random, THING)} is {common(random, TROUBLE)} {pick(random, WHERE)}. {told}"


def reply(random: Random) -> str:
    return " ".join(filled(random, pick(random, SAID)) for _ in range(1 + int(random.random() * 3)))


def question(random: Random) -> str:
    """Two words that somebody would search for: a thing and what is wrong with it."""
    trouble = max(common(random, TROUBLE).split(), key=len)
    return f"{common(random, THING).split()[-1].lower()} {trouble.lower()}"
