"""Chance that falls the same way every time."""

import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

Dice = random.Random


def dice(*of: object) -> Dice:
    """Dice of its own for each thing, so that a change to one leaves the others as they were."""
    return random.Random("/".join(str(one) for one in of))  # noqa: S311  # is to repeat, and hides nothing


def pick(by: Dice, choices: Sequence[T], weights: Sequence[float]) -> T:
    return by.choices(choices, weights)[0]
