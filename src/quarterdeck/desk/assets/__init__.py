"""Devices under care, with their patches and programs."""

from quarterdeck.desk.assets.actions import change, create, report_patch, report_software
from quarterdeck.desk.assets.inputs import (
    Changes,
    Filter,
    Move,
    New,
    NewPatch,
    NewSoftware,
    PatchFilter,
    SoftwareFilter,
)
from quarterdeck.desk.assets.queries import PATCHES, READING, SOFTWARE, STOCK, by_guid, get, seen, types
from quarterdeck.desk.assets.records import Asset, Patch, PatchState, Software

__all__ = [
    "PATCHES",
    "READING",
    "SOFTWARE",
    "STOCK",
    "Asset",
    "Changes",
    "Filter",
    "Move",
    "New",
    "NewPatch",
    "NewSoftware",
    "Patch",
    "PatchFilter",
    "PatchState",
    "Software",
    "SoftwareFilter",
    "by_guid",
    "change",
    "create",
    "get",
    "report_patch",
    "report_software",
    "seen",
    "types",
]
