"""The few ways the desk says no. A face finds the words and the status."""

from collections.abc import Mapping
from enum import StrEnum


class Why(StrEnum):
    """What is wrong with a field, for faces that have words of their own."""

    MISSING = "missing"
    MALFORMED = "malformed"
    TAKEN = "taken"
    UNKNOWN = "unknown"
    REFUSED = "refused"


class Problem(str):
    """Text that completes the sentence "*field* …", with the reason a face can look up."""

    why: Why

    def __new__(cls, text: str, why: Why = Why.MALFORMED) -> "Problem":
        problem = super().__new__(cls, text)
        problem.why = why
        return problem


MISSING = Problem("is required", Why.MISSING)


class Refusal(Exception):
    """Base of all refusals. Anything else that is raised is a bug."""


class Invalid(Refusal):
    """One problem per field, under the desk's own field names."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__("; ".join(f"{field} {problem}" for field, problem in problems.items()))
        self.problems = {
            field: problem if isinstance(problem, Problem) else Problem(problem) for field, problem in problems.items()
        }


class NotFound(Refusal):
    """No such record for this actor; whether it exists for others is not said."""

    def __init__(self, kind: str, id: object = None) -> None:
        super().__init__(f"{kind} not found")
        self.kind = kind
        self.id = id


class Conflict(Refusal):
    """Not in this state."""


class Stale(Refusal):
    """The record has changed since the caller read it."""


class Unknown(Refusal):
    """Who are you?"""


class Forbidden(Refusal):
    """Not you."""


class TooMany(Refusal):
    """Not so fast."""

    def __init__(self, message: str, wait: float) -> None:
        super().__init__(message)
        self.wait = wait


class Busy(Refusal):
    """Not right now: the database is locked, full or away."""
