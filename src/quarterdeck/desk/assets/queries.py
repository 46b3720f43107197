"""How devices are read."""

from quarterdeck.desk.assets.records import Asset
from quarterdeck.desk.errors import NotFound
from quarterdeck.desk.input import fold
from quarterdeck.desk.reading import Reading, Where
from quarterdeck.desk.work import Work

READING = Reading(
    Asset,
    "assets:read",
    filters={
        "customer_id": Where(lambda value: Asset.customer_id == value),
        "name": Where(lambda value: Asset.name_key == value, prepare=fold),
        "online": Where(lambda value: Asset.online == value),
        "guid": Where(lambda value: Asset.guid == value, prepare=fold),
    },
    orders={"name": Asset.name_key, "updated_at": Asset.updated_at},
    belongs=Asset.customer_id,
)


def seen(work: Work, id: int, *, hold: bool = False) -> Asset | None:
    """The agent, where the actor may see it."""
    asset = work.find(Asset, id, hold=hold)
    return asset if asset is not None and work.actor.customer_id in (None, asset.customer_id) else None


def get(work: Work, id: int, *, hold: bool = False) -> Asset:
    work.require("assets:read")
    asset = seen(work, id, hold=hold)
    if asset is None:
        raise NotFound("agent", id)
    return asset
