"""How devices are read, with their patches and programs."""

from typing import Any

import sqlalchemy as sa

from quarterdeck.desk.assets.records import Asset, Patch, PatchState, Software
from quarterdeck.desk.finding import Finder
from quarterdeck.desk.input import fold
from quarterdeck.desk.reading import Reading, Where, folded, having, one_of
from quarterdeck.desk.record import Instant
from quarterdeck.desk.statement import Statement
from quarterdeck.desk.work import Work

# The sorts of device every desk begins with.
STOCK = ("Desktop", "Laptop", "Server", "Network Device", "Printer", "Mobile Device", "Other")

READING = Reading(
    Asset,
    "assets:read",
    filters={
        "customer_id": Where(lambda value: Asset.customer_id == value),
        "contact_id": Where(lambda value: Asset.contact_id == value),
        "ids": one_of(Asset.id),
        "name": Where(lambda value: Asset.name_key == value, prepare=fold),
        "type": Where(
            lambda value: folded(Asset.type).is_not_distinct_from(value),
            sa.Text(),
            lambda word: None if word is None else fold(word),
        ),
        "serial": Where(lambda value: Asset.serial_key == value, prepare=fold),
        "like": having((Asset.name_key, Asset.serial_key, folded(Asset.model)), ()),
        "online": Where(lambda value: Asset.online == value),
        "guid": Where(lambda value: Asset.guid == value, prepare=fold),
        "changed_since": Where(lambda value: Asset.updated_at >= value),
    },
    orders={
        "name": Asset.name_key,
        "serial": Asset.serial_key,
        "warranty_until": Asset.warranty_until,
        "created_at": Asset.created_at,
        "updated_at": Asset.updated_at,
    },
    belongs=Asset.customer_id,
)

FINDER = Finder(Asset, "assets:read", lambda asset: asset.customer_id)
seen, get = FINDER.seen, FINDER.get


def owner_of(record: Any) -> Any:
    return sa.select(Asset.customer_id).where(Asset.id == record.asset_id).scalar_subquery()


PATCHES = Reading(
    Patch,
    "assets:read",
    filters={
        "asset_id": Where(lambda value: Patch.asset_id == value),
        "installed": Where(lambda value: (Patch.state == sa.literal(PatchState.INSTALLED, Patch.state.type)) == value),
    },
    orders={"at": Patch.at},
    belongs=owner_of(Patch),
)
SOFTWARE = Reading(
    Software,
    "assets:read",
    filters={"asset_id": Where(lambda value: Software.asset_id == value)},
    orders={"name": Software.name},
    belongs=owner_of(Software),
)

# The room of contacts is built upon this one: here, people are known by their table alone.
CONTACTS = sa.table(
    "contacts",
    *(sa.column(name, sa.BigInteger) for name in ("id", "customer_id", "default_asset_id", "version")),
    sa.column("updated_at", Instant),
)
CUSTOMER_OF_CONTACT = Statement(sa.select(CONTACTS.c.customer_id).where(CONTACTS.c.id == sa.bindparam("id")))
NO_LONGER_THEIRS = Statement(
    sa.update(CONTACTS)
    .where(CONTACTS.c.default_asset_id == sa.bindparam("asset"))
    .values(default_asset_id=None, updated_at=sa.bindparam("now"), version=CONTACTS.c.version + 1)
)
BY_SERIAL = Statement(
    sa.select(Asset.id)
    .where(Asset.customer_id == sa.bindparam("customer"), Asset.serial_key == sa.bindparam("serial"))
    .order_by(Asset.id)
    .limit(1)
)
BY_GUID = Statement(sa.select(Asset.id).where(Asset.guid == sa.bindparam("guid")))
PATCH_OF = Statement(
    sa.select(Patch.id).where(Patch.asset_id == sa.bindparam("asset"), Patch.code == sa.bindparam("code"))
)
TYPES = Statement(sa.select(Asset.type).where(Asset.type.is_not(None)).distinct().order_by(Asset.type))
TYPES_OF = Statement(
    sa.select(Asset.type)
    .where(Asset.type.is_not(None), Asset.customer_id == sa.bindparam("customer"))
    .distinct()
    .order_by(Asset.type)
)


def first(work: Work, statement: Statement, **given: Any) -> int | None:
    row = statement.first(work.link, given)
    return int(row[0]) if row else None


def by_guid(work: Work, guid: str) -> int | None:
    """The device with this guid, whoever may see it."""
    return first(work, BY_GUID, guid=fold(guid))


def types(work: Work) -> list[str]:
    """What sorts of device there are: the usual ones, and all that are in use."""
    work.require("assets:read")
    only = work.actor.customer_id
    rows = TYPES.rows(work.link, {}) if only is None else TYPES_OF.rows(work.link, {"customer": only})
    return list(dict.fromkeys([*STOCK, *(row[0] for row in rows)]))
