"""What devices say of their patches and programs."""

from collections.abc import Sequence
from typing import Any

import msgspec

from quarterdeck.desk import assets
from quarterdeck.desk.assets import PatchState
from quarterdeck.dialects.syncro.kinds import Kind
from quarterdeck.dialects.syncro.words import MILLIS
from quarterdeck.edge.rest import Answer, Call, Verb
from quarterdeck.edge.verbs import listed
from quarterdeck.wire.codecs import Choice
from quarterdeck.wire.shape import Shape, shown

READ = "assets:read"

STATE = Choice(
    PatchState,
    missing="Missing Patches",
    failed="Failed Patches",
    rejected="Rejected Patches",
    installed="Recently Installed",
)

PATCH = Shape(
    shown("kb", "code"),
    shown("title", "title"),
    shown("category", "category"),
    shown("severity", "severity"),
    shown("status", "state", STATE),
    shown("at", "at", MILLIS),
    shown("failure_reason", "reason"),
)
# What the moment of a patch is called.
WHEN = {
    "Missing Patches": "evaluated_at",
    "Failed Patches": "attempted_installation",
    "Rejected Patches": "rejected_at",
    "Recently Installed": "installed_at",
}
SOFTWARE = Shape(shown("name", "name"), shown("vendor", "vendor"), shown("version", "release"))


def patches(call: Call) -> Answer:
    """Those that are missing, a page of them, and those that are there."""
    work, under = call.work, call.showing(PATCHES)
    asset_id = assets.get(work, call.id).id
    page = under.manners.page(under)
    missing = under.on.form.view.page(work, assets.PatchFilter(asset_id=asset_id, installed=False), page)
    available = [dated(item) for item in under.encoded(missing.items)]
    installed = [dated(item) for item in under.on.form.all(work, assets.PatchFilter(asset_id=asset_id, installed=True))]
    answer = under.manners.listing(under, missing, available)
    meta = answer.content["meta"]
    answer.content = {
        "available_patches": available,
        "installed_patches": installed,
        "available_patches_meta": meta,
        "patches": in_brief(available, installed),
        "meta": meta,
    }
    return answer


def dated(item: Any) -> dict[str, Any]:
    """A patch with its moment under the name its state asks for."""
    made: dict[str, Any] = msgspec.to_builtins(item)
    made[WHEN[made["status"]]] = made.pop("at")
    return made if made["status"] == "Failed Patches" else {k: v for k, v in made.items() if k != "failure_reason"}


def in_brief(available: Sequence[dict[str, Any]], installed: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The same as other documents have it."""
    return {
        "available": [
            {**{name: one[name] for name in ("kb", "title", "severity")}, "release_date": one.get("evaluated_at")}
            for one in available
        ],
        "installed": [
            {**{name: one[name] for name in ("kb", "title")}, "installed_date": one["installed_at"]}
            for one in installed
        ],
        "last_scan": max((one["evaluated_at"] for one in available if "evaluated_at" in one), default=None),
    }


def programs(call: Call) -> Answer:
    return listed(call, call.filtered(asset_id=assets.get(call.work, call.id).id))


PATCHES = Kind(
    path="customer_assets/{id}/patches",
    one="patch",
    wrapper="patch",
    many="available_patches",
    reading=assets.PATCHES,
    shape=PATCH,
    size=50,
    verbs=(),
)
PROGRAMS = Kind(
    path="customer_assets/{id}/installed_applications",
    one="program",
    wrapper="installed_application",
    many="installed_applications",
    reading=assets.SOFTWARE,
    shape=SOFTWARE,
    filter=assets.SoftwareFilter,
    orders={"name": "name"},
    verbs=(Verb("GET", "", programs, "List an asset's programs", READ, gives=SOFTWARE, many=True),),
)
