"""Which endpoint a path leads to: a tree of path segments, so that the number of routes does not matter."""

from collections.abc import Mapping
from typing import Generic, TypeVar
from urllib.parse import unquote_to_bytes

End = TypeVar("End")


class Tree(Generic[End]):
    """Paths without regard to case, doubled and trailing slashes; words before `{parameters}`."""

    def __init__(self) -> None:
        self.words: dict[str, Tree[End]] = {}
        self.parameter: Tree[End] | None = None
        self.ends: dict[str, tuple[End, tuple[str, ...]]] = {}

    def add(self, method: str, path: str, end: End) -> None:
        """Put an endpoint at a path such as `/tickets/{id}/comments`."""
        node, names = self, []
        for segment in filter(None, path.split("/")):
            if segment.startswith("{"):
                names.append(segment[1:-1])
                node.parameter = node.parameter or Tree()
                node = node.parameter
            else:
                node = node.words.setdefault(segment.casefold(), Tree())
        assert method not in node.ends, f"{method} {path} is there twice"
        node.ends[method] = (end, tuple(names))

    def find(self, segments: list[str]) -> tuple[Mapping[str, tuple[End, tuple[str, ...]]], list[str]] | None:
        """The endpoints by method at a path, and the values of its parameters."""
        if not segments:
            return (self.ends, []) if self.ends else None
        first, rest = segments[0], segments[1:]
        word = self.words.get(first) or self.words.get(first.casefold())
        if word is not None and (found := word.find(rest)) is not None:
            return found
        if self.parameter is not None and (found := self.parameter.find(rest)) is not None:
            return found[0], [first, *found[1]]
        return None


def segments(path: bytes) -> list[str]:
    """The path's segments. A slash that was written as %2F belongs to its segment. `UnicodeDecodeError` where one is
    not text."""
    if b"%" in path:
        return [unquote_to_bytes(segment).decode() for segment in path.split(b"/") if segment]
    return [segment for segment in path.decode().split("/") if segment]
