"""The figures as a table for people and as data for programs."""

import sys
from statistics import median
from typing import TYPE_CHECKING, Any

from bench.cases import CASES, CREATE, DRIVER, GROWN, INSERTS, MEMORY, START, TARGETS, Case

if TYPE_CHECKING:
    from bench.run import Measured, Result

HEAD = ("database", "case", "per second", "p50 ms", "p99 ms", "CPU ms", "ratio", "against", "target", "")
Line = dict[str, Any]


def say(text: str) -> None:
    """Progress goes beside the figures, not among them."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def lines(results: "list[Result]") -> list[Line]:
    """One line for each case, database and comparison."""
    return [line for result in results for line in lines_of(result)]


def lines_of(result: "Result") -> list[Line]:
    found = []
    for case in CASES:
        if (measured := result.cases.get(case.name)) is None:
            continue
        for against, ratio in compared(case, measured, result):
            found.append(line(result.database, case.name, measured, ratio, against))
        if measured.driver:
            found.append(plain(result.database, f"{case.name}, {driver_of(case.name)}", median(measured.driver)))
    found.append(line(result.database, START, None, result.start.seconds, "seconds"))
    found.append(line(result.database, MEMORY, None, result.start.peak, "MiB"))
    for name, (before, after) in result.grown.items():
        found.append(line(result.database, name, after, before.against(after.rps), GROWN))
    return found


def driver_of(case: str) -> str:
    return INSERTS if case == CREATE else DRIVER


def compared(case: Case, measured: "Measured", result: "Result") -> list[tuple[str | None, float | None]]:
    """What a case is held against, and its ratio: its floor, whatever a target names, the bare driver."""
    others = dict.fromkeys([case.floor, *(target.against for target in TARGETS if target.case == case.name)])
    ratios: list[tuple[str | None, float | None]] = [
        (other, measured.against(result.cases[other].rps)) for other in others if other in result.cases
    ]
    if measured.driver:
        ratios.append((driver_of(case.name), measured.against(measured.driver)))
    return ratios or [(None, None)]


def line(database: str, case: str, measured: "Measured | None", ratio: float | None, against: str | None) -> Line:
    target = next((one for one in TARGETS if (one.case, one.against) == (case, against)), None)
    return {
        **plain(database, case, median(measured.rps) if measured else None),
        "p50_ms": round(median(measured.p50_ms), 3) if measured else None,
        "p99_ms": round(median(measured.p99_ms), 3) if measured else None,
        "cpu_ms": round(median(measured.cpu_ms), 4) if measured else None,
        "ratio": None if ratio is None else round(ratio, 3),
        "against": against,
        "target": target.on(database) if target else None,
        "met": target.met(database, ratio) if target and ratio is not None else None,
    }


def plain(database: str, case: str, rps: float | None) -> Line:
    empty = dict.fromkeys(("p50_ms", "p99_ms", "cpu_ms", "ratio", "against", "target", "met"))
    return {"case": case, "database": database, "rps": None if rps is None else round(rps, 1), **empty}


def table(found: list[Line]) -> str:
    """The lines as aligned text that Markdown reads as a table."""
    rows = [HEAD, *(cells(one) for one in found)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(HEAD))]
    ruler = tuple("-" * width for width in widths)
    return "\n".join(
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in [rows[0], ruler, *rows[1:]]
    )


def cells(one: Line) -> tuple[str, ...]:
    at_most = any(
        target.at_most for target in TARGETS if (target.case, target.against) == (one["case"], one["against"])
    )
    return (
        one["database"],
        one["case"],
        number(one["rps"], 0),
        number(one["p50_ms"], 2),
        number(one["p99_ms"], 2),
        number(one["cpu_ms"], 3),
        number(one["ratio"], 2),
        one["against"] or "",
        f"{'<=' if at_most else '>='} {one['target']:g}" if one["target"] is not None else "",
        verdict(one),
    )


def number(value: float | None, digits: int) -> str:
    return "" if value is None else f"{value:,.{digits}f}"


def verdict(one: Line) -> str:
    if one["met"] is None:
        return ""
    return "met" if one["met"] else f"missed by {abs(one['ratio'] / one['target'] - 1):.0%}"
