"""A dialect's page for people: which of the vendor's operations work, which differ, which are not there yet."""

import sys
from importlib import import_module

from quarterdeck.edge.openapi import matched, plain
from quarterdeck.edge.rest import Dialect, Verb

WORKS, NOT_YET = "works", "not yet"

Operation = tuple[str, str]


def page(dialect: Dialect) -> str:
    """The page, as Markdown."""
    vendor = dialect.outline.vendor
    rows = [(one, standing(dialect, one)) for one in vendor]
    beyond = further(dialect)
    count = {word: sum(1 for _, said in rows if said == word) for word in (WORKS, NOT_YET)}
    parts = [
        f"# {dialect.title}",
        f"What of the vendor's API this desk speaks, below `{dialect.prefix}`. This page is made from the same "
        f"declarations as the server: `python -m quarterdeck.edge.coverage {dialect_path(dialect)}` prints it.",
        f"Of {len(rows)} operations of the vendor, {count[WORKS]} work, "
        f"{len(rows) - sum(count.values())} work with a difference, {count[NOT_YET]} are not there yet and answer 501. "
        f"{len(beyond)} more are not the vendor's.",
        "## Differences everywhere",
        "\n".join(f"- {habit}" for habit in dialect.outline.habits),
        "## The vendor's operations",
        *sections(rows),
        "## Beyond the vendor",
        table("Operation", "What it does", [(one, described(verb)) for one, verb in beyond.items()]),
    ]
    return "\n\n".join(parts) + "\n"


def standing(dialect: Dialect, one: Operation) -> str:
    """How one of the vendor's operations stands here."""
    key = (one[0], plain(one[1]))
    if key in {(method, plain(path)) for method, path in dialect.not_yet}:
        return NOT_YET
    ours = {(method, plain(path)): f"{method} {path}" for method, path in matched(dialect.outline.vendor, dialect)}
    assert key in ours, f"{' '.join(one)} is neither there nor declared as not yet"
    reason = dialect.differs.get(ours[key])
    return f"differs: {reason[0].lower()}{reason[1:]}" if reason else WORKS


def further(dialect: Dialect) -> dict[Operation, Verb]:
    """Operations of ours that the vendor has not."""
    theirs = matched(dialect.outline.vendor, dialect)
    ours = {(verb.method, f"/{on.path}{verb.path}"): verb for on in dialect.resources for verb in on.verbs}
    return {one: verb for one, verb in ours.items() if one not in theirs}


def described(verb: Verb) -> str:
    return f"{verb.summary}. {verb.note}" if verb.note else f"{verb.summary}."


def sections(rows: list[tuple[Operation, str]]) -> list[str]:
    """A table for each of the vendor's kinds of record."""
    kinds: dict[str, list[tuple[Operation, str]]] = {}
    for one, said in rows:
        kinds.setdefault(one[1].split("/")[1], []).append((one, said))
    return [f"### {kind}\n\n{table('Operation', 'Here', of_kind)}" for kind, of_kind in kinds.items()]


def table(left: str, right: str, rows: list[tuple[Operation, str]]) -> str:
    lines = [f"| `{method} {path}` | {said} |" for (method, path), said in rows]
    return "\n".join([f"| {left} | {right} |", "| --- | --- |", *lines])


def dialect_path(dialect: Dialect) -> str:
    return f"quarterdeck.dialects.{dialect.name}:{dialect.name.upper()}"


def named(path: str) -> Dialect:
    """The dialect at a path such as `quarterdeck.dialects.atera:ATERA`: this package does not know them."""
    module, _, name = path.partition(":")
    dialect = getattr(import_module(module), name)
    assert isinstance(dialect, Dialect)
    return dialect


if __name__ == "__main__":
    sys.stdout.write(page(named(sys.argv[1])))
