"""How devices are read."""

from quarterdeck.desk.assets.records import Asset
from quarterdeck.desk.finding import Finder
from quarterdeck.desk.input import fold
from quarterdeck.desk.reading import Reading, Where

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


FINDER = Finder(Asset, "assets:read", lambda asset: asset.customer_id)
seen, get = FINDER.seen, FINDER.get
