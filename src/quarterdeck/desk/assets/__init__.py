"""Devices under care."""

from quarterdeck.desk.assets.actions import create
from quarterdeck.desk.assets.inputs import Filter, New
from quarterdeck.desk.assets.queries import READING, get, seen
from quarterdeck.desk.assets.records import Asset

__all__ = [
    "READING",
    "Asset",
    "Filter",
    "New",
    "create",
    "get",
    "seen",
]
