"""What is sold."""

from quarterdeck.desk.products.actions import archive, change, create
from quarterdeck.desk.products.inputs import CategoryFilter, Changes, Filter, New
from quarterdeck.desk.products.queries import CATEGORIES, READING, by_barcode, for_labor, get, seen
from quarterdeck.desk.products.records import Category, Product

__all__ = [
    "CATEGORIES",
    "READING",
    "Category",
    "CategoryFilter",
    "Changes",
    "Filter",
    "New",
    "Product",
    "archive",
    "by_barcode",
    "change",
    "create",
    "for_labor",
    "get",
    "seen",
]
