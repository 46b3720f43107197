"""What a Syncro resource has beyond every resource: how its records are wrapped, paged and confirmed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from quarterdeck.desk import access
from quarterdeck.edge.rest import Answer, Call, Resource, Verb
from quarterdeck.wire.shape import Shape


@dataclass(frozen=True, kw_only=True)
class Kind(Resource):
    # The key of one record, and of a list of them.
    wrapper: str
    many: str
    # The vendor gives single records without a wrapper, most clients look for one: both are sent.
    flat: bool = False
    # Rows of a list are wrapped as well.
    rows_wrapped: bool = False
    size: int = 25
    newest_first: bool = False
    # Whether all problems stand in `errors` as one text, as some readers of the vendor's insist.
    errors_as_text: bool = False
    farewell: Any = None


def sheet(path: str, do: Callable[[Call], Answer], summary: str, right: str | None, gives: Any, **more: Any) -> Kind:
    """A path where something is told that is no record of ours."""
    verb = Verb("GET", "", do, summary, right, gives=gives, **more)
    return Kind(
        path=path, one=path, wrapper=path, many=path, reading=access.READING, shape=Shape(), size=100, verbs=(verb,)
    )
