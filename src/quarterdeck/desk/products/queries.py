"""How products and their categories are read."""

from typing import Any

import sqlalchemy as sa

from quarterdeck.desk.finding import Finder
from quarterdeck.desk.input import fold
from quarterdeck.desk.products.records import Category, Product
from quarterdeck.desk.reading import Reading, Where, containing, escaped, folded, none_of, one_of
from quarterdeck.desk.statement import Statement
from quarterdeck.desk.work import Work

# Names of the category whose first product is the price of an hour, where none is named.
LABOR = ("labor", "labour")


def matching(value: sa.ColumnElement[str]) -> sa.ColumnElement[bool]:
    """Name, number, barcode or description contain a text, whatever its case."""
    texts = (Product.name_key, *map(folded, (Product.sku, Product.barcode, Product.description)))
    return sa.or_(*(text.like(value, escape="\\") for text in texts))


def called(name: sa.ColumnElement[str]) -> sa.ColumnElement[bool]:
    """The product lies in a category of this name."""
    return Product.category_id.in_(sa.select(Category.id).where(Category.name_key == name))


READING = Reading(
    Product,
    "products:read",
    filters={
        "ids": one_of(Product.id),
        "not_ids": none_of(Product.id),
        "name": containing(Product.name_key),
        "sku": Where(lambda value: Product.sku == value, prepare=str.strip),
        "barcode": Where(lambda value: Product.barcode == value, prepare=str.strip),
        "category_id": Where(lambda value: Product.category_id == value),
        "category_name": Where(called, sa.Text(), fold),
        "archived": Where(lambda value: Product.archived == value),
        "changed_since": Where(lambda value: Product.updated_at >= value),
        "text": Where(matching, sa.Text(), lambda text: f"%{escaped(fold(text))}%"),
    },
    orders={
        "name": Product.name_key,
        "sku": Product.sku,
        "price_cents": Product.price_cents,
        "created_at": Product.created_at,
        "updated_at": Product.updated_at,
    },
)

CATEGORIES = Reading(
    Category,
    "products:read",
    filters={
        "name": containing(Category.name_key),
        "changed_since": Where(lambda value: Category.updated_at >= value),
    },
    orders={"name": Category.name_key, "created_at": Category.created_at, "updated_at": Category.updated_at},
)

FINDER = Finder(Product, "products:read")
seen, get = FINDER.seen, FINDER.get
CATEGORY = Finder(Category, "products:read")


def first(*conditions: sa.ColumnElement[bool]) -> sa.Select[Any]:
    """The oldest product on sale of which this is true."""
    return sa.select(Product.id).where(~Product.archived, *conditions).order_by(Product.id).limit(1)


BY_BARCODE = Statement(first(Product.barcode == sa.bindparam("barcode")))
FOR_LABOR = Statement(
    first(Product.category_id.in_(sa.select(Category.id).where(sa.or_(*(Category.name_key == one for one in LABOR)))))
)
CATEGORY_BY_NAME = Statement(
    sa.select(Category.id).where(Category.name_key == sa.bindparam("name")).order_by(Category.id).limit(1)
)


def by_barcode(work: Work, barcode: str) -> int | None:
    row = BY_BARCODE.first(work.link, {"barcode": barcode.strip()})
    return row[0] if row else None


def for_labor(work: Work) -> Product | None:
    """The product that an hour is billed as, where no other is named."""
    row = FOR_LABOR.first(work.link, {})
    return seen(work, row[0]) if row else None


def category_by_name(work: Work, name: str) -> int | None:
    row = CATEGORY_BY_NAME.first(work.link, {"name": fold(name)})
    return row[0] if row else None
