"""What can happen to products. One that lines name is never deleted: it is archived."""

from typing import Any

from quarterdeck.desk import journal
from quarterdeck.desk.errors import Problem, Why
from quarterdeck.desk.input import fold
from quarterdeck.desk.products.inputs import Changes, New
from quarterdeck.desk.products.queries import CATEGORY, category_by_name, get
from quarterdeck.desk.products.records import Category, Product
from quarterdeck.desk.work import Work, exists, unchanged

NO_CATEGORY = Problem("names no category", Why.UNKNOWN)


def create(work: Work, new: New) -> int:
    work.require("products:write")
    values = sorted_into(work, new.model_dump())

    id = work.insert(Product, **values, name_key=fold(new.name))
    journal.record(work, "product.created", id, after=values)
    return id


def change(work: Work, id: int, changes: Changes, version: int | None = None) -> None:
    work.require("products:write")
    product = get(work, id, hold=True)
    unchanged(product, version)
    values = sorted_into(work, changes.model_dump(exclude_unset=True))

    folded = {"name_key": fold(changes.name)} if "name" in values else {}
    work.update(Product, product.id, **values, **folded)
    before = {name: getattr(product, name) for name in values}
    journal.record(work, "product.changed", product.id, before=before, after=values)


def archive(work: Work, id: int, version: int | None = None) -> None:
    """Take a product off the list; lines that name it go on doing so."""
    change(work, id, Changes(archived=True), version)


def sorted_into(work: Work, values: dict[str, Any]) -> dict[str, Any]:
    """The values with a category's name turned into its id; the category is made where there is none."""
    if "category_name" in values:
        name = values.pop("category_name")
        values.setdefault("category_id", None)
        if name and values["category_id"] is None:
            values["category_id"] = category_by_name(work, name) or categorise(work, name)
    category = exists(work, values, "category_id", CATEGORY.seen, NO_CATEGORY)
    return values if category is None else {**values, "category_id": category.id}


def categorise(work: Work, name: str) -> int:
    id = work.insert(Category, name=name, name_key=fold(name), description=None, parent_id=None)
    journal.record(work, "product category.created", id, after={"name": name})
    return id
