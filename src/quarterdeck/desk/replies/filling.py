"""Canned replies with names in them that stand for something: `Hello {{contact.first_name}}`. Pure."""

import re
from collections.abc import Mapping

NAME = re.compile(r"\{\{\s*([a-z_]+(?:\.[a-z_]+)*)\s*\}\}", re.IGNORECASE)


def filled(text: str, known: Mapping[str, str | None]) -> str:
    """The text with what is known in the place of its names. A name nothing is known for stays, for all to see."""
    return NAME.sub(lambda found: known.get(found[1].lower()) or found[0], text)
