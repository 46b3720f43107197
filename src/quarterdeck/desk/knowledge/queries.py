"""How pages are read."""

from typing import Any

import sqlalchemy as sa

from quarterdeck.desk.finding import Finder
from quarterdeck.desk.input import fold
from quarterdeck.desk.knowledge.records import Article
from quarterdeck.desk.reading import Reading, Where, escaped, folded


def alike(value: sa.ColumnElement[str]) -> sa.ColumnElement[bool]:
    """Name or body contain a text, whatever its case."""
    return sa.or_(*(folded(column).like(value, escape="\\") for column in (Article.name, Article.body)))


READING = Reading(
    Article,
    "knowledge:read",
    filters={
        "customer_id": Where(lambda value: Article.customer_id == value),
        "asset_id": Where(lambda value: Article.asset_id == value),
        "public": Where(lambda value: Article.public == value),
        "slug": Where(lambda value: Article.slug == value),
        "like": Where(alike, sa.Text(), lambda text: f"%{escaped(fold(text))}%"),
        "created_since": Where(lambda value: Article.created_at >= value),
        "changed_since": Where(lambda value: Article.updated_at >= value),
    },
    orders={"name": Article.name, "created_at": Article.created_at, "updated_at": Article.updated_at},
    belongs=Article.customer_id,
)

FINDER = Finder(Article, "knowledge:read", lambda article: article.customer_id)
seen, get = FINDER.seen, FINDER.get


def slugs_like(base: str) -> sa.Select[Any]:
    return sa.select(Article.slug).where(Article.slug.like(f"{escaped(base)}%", escape="\\"))
