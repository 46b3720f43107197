"""What the forms of the settings offer, and what was typed into one."""

from collections.abc import Iterable, Mapping
from typing import Any

from quarterdeck.web.kit import Visit


def options(visit: Visit, words: Mapping[Any, str]) -> list[tuple[Any, str]]:
    """What a list of words offers to choose from."""
    return [(str(value), visit.speech._(text)) for value, text in words.items()]


def typed(visit: Visit, names: Iterable[str]) -> dict[str, Any]:
    """What was sent of these fields."""
    return {name: visit.form[name] for name in names if name in visit.form}


def differing(asked: Mapping[str, Any], record: Any) -> dict[str, Any]:
    """What is asked of a record that it does not hold already."""
    return {name: value for name, value in asked.items() if value != getattr(record, name)}
