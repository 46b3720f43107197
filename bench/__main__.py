"""`python -m bench`: the command line of the bench."""

import argparse
import json
import signal
import sys
from pathlib import Path
from typing import Any

from bench.cases import CASES, NAMES, TARGETS
from bench.data import TICKETS
from bench.report import lines, say, table
from bench.run import Plan, measure

DATABASES = ("sqlite", "postgresql")
# Short of the three minutes that were promised, in seconds.
QUICK = 165.0


def main() -> int:
    signal.signal(signal.SIGTERM, interrupted)
    asked = arguments()
    try:
        found = lines(measure(plan_of(asked)))
    except KeyboardInterrupt:
        say("Broken off; every process has ended")
        return 130
    print(table(found))
    if asked.json:
        Path(asked.json).write_text(json.dumps(found, indent=1) + "\n")
    return 0


def interrupted(*_: object) -> None:
    raise KeyboardInterrupt


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench", description="Measure the server and hold it to its targets.")
    parser.add_argument("--json", metavar="FILE", help="write the figures there as data, too")
    parser.add_argument("--quick", action="store_true", help="short rounds: all ends within three minutes")
    parser.add_argument("--growth", action="store_true", help="also with ten times the tickets; takes minutes more")
    parser.add_argument("--databases", default=DATABASES, type=one_of(DATABASES), help="sqlite, postgresql or both")
    parser.add_argument("--cases", default=NAMES, type=one_of(NAMES, ";"), help=f"any of: {'; '.join(NAMES)}")
    parser.add_argument("--tickets", default=TICKETS, type=int, help=f"how many are loaded ({TICKETS:,})")
    parser.add_argument("--seconds", type=float, help="how long each case runs in a round")
    parser.add_argument("--rounds", type=int, help="how many rounds; figures are their medians")
    asked = parser.parse_args()
    if asked.quick and asked.growth:
        parser.error("--growth takes longer than --quick allows")
    return asked


def one_of(known: tuple[str, ...], separator: str = ",") -> Any:
    def several(text: str) -> tuple[str, ...]:
        given = tuple(one.strip() for one in text.split(separator))
        if strange := set(given) - set(known):
            raise argparse.ArgumentTypeError(f"{', '.join(strange)}: not one of {f'{separator} '.join(known)}")
        return given

    return several


def plan_of(asked: argparse.Namespace) -> Plan:
    seconds, rounds = (0.6, 3) if asked.quick else (3.0, 5)
    return Plan(
        databases=asked.databases,
        cases=with_references(asked.cases),
        tickets=asked.tickets,
        seconds=asked.seconds or seconds,
        rounds=asked.rounds or rounds,
        growth=asked.growth,
        within=QUICK if asked.quick else None,
    )


def with_references(names: tuple[str, ...]) -> tuple[str, ...]:
    """The cases asked for, and those they are held against."""
    needed = {*names, *(case.floor for case in CASES if case.name in names)}
    needed |= {target.against for target in TARGETS if target.case in needed}
    return tuple(name for name in NAMES if name in needed)


if __name__ == "__main__":
    sys.exit(main())
