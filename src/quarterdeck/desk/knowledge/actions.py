"""What can happen to pages."""

import itertools
import re
from typing import Any

from quarterdeck.desk import assets, customers, journal
from quarterdeck.desk.errors import Invalid, Problem, Why
from quarterdeck.desk.input import fold
from quarterdeck.desk.knowledge.inputs import Changes, New
from quarterdeck.desk.knowledge.queries import get, slugs_like
from quarterdeck.desk.knowledge.records import Article
from quarterdeck.desk.work import Work, exists, unchanged, unique

NO_CUSTOMER = Problem("names no customer", Why.UNKNOWN)
NO_ASSET = Problem("names no device", Why.UNKNOWN)
OTHER_CUSTOMERS = Problem("belongs to another customer", Why.UNKNOWN)
TAKEN = Problem("belongs to another page", Why.TAKEN)


def create(work: Work, new: New) -> int:
    work.require("knowledge:write")
    values = settled(work, new.model_dump())
    values["slug"] = slug_of(new.slug) if new.slug else unused(work, slug_of(new.name))

    with unique("slug", TAKEN):
        id = work.insert(Article, **values)
    journal.record(work, "article.created", id, customer_id=values["customer_id"], after=values)
    return id


def change(work: Work, id: int, changes: Changes, version: int | None = None) -> None:
    """Change a page. Under another name it is still found where it was."""
    work.require("knowledge:write")
    article = get(work, id, hold=True)
    unchanged(article, version)
    values = settled(work, changes.sent, article)
    if "slug" in values:
        values["slug"] = slug_of(changes.slug)

    with unique("slug", TAKEN):
        work.update(Article, article.id, **values)
    before = {name: getattr(article, name) for name in values}
    journal.record(work, "article.changed", article.id, customer_id=article.customer_id, before=before, after=values)


def remove(work: Work, id: int, version: int | None = None) -> None:
    work.require("knowledge:write")
    article = get(work, id, hold=True)
    unchanged(article, version)

    work.delete(Article, Article.id == article.id)
    before = {"name": article.name, "slug": article.slug}
    journal.record(work, "article.deleted", article.id, customer_id=article.customer_id, before=before)


def slug_of(text: str) -> str:
    """`VPN how-to` is `vpn-how-to`."""
    return re.sub(r"[\W_]+", "-", fold(text)).strip("-") or "page"


def unused(work: Work, base: str) -> str:
    """A slug no other page has."""
    taken = set(work.db.scalars(slugs_like(base)))
    numbered = (f"{base}-{number}" for number in itertools.count(2))
    return next(slug for slug in itertools.chain([base], numbered) if slug not in taken)


def settled(work: Work, values: dict[str, Any], before: Article | None = None) -> dict[str, Any]:
    """The values with every id known to exist. A page about a device is of the device's customer."""
    if not values.keys() & {"customer_id", "asset_id"}:
        return dict(values)
    exists(work, values, "customer_id", customers.seen, NO_CUSTOMER)
    asset = exists(work, {"asset_id": before and before.asset_id, **values}, "asset_id", assets.seen, NO_ASSET)
    if asset is not None and values.get("customer_id") not in (None, asset.customer_id):
        raise Invalid({"asset_id": OTHER_CUSTOMERS})
    kept = values.get("customer_id", before and before.customer_id)
    # What a key of one customer writes is that customer's.
    return {**values, "customer_id": asset.customer_id if asset else kept or work.actor.customer_id}
