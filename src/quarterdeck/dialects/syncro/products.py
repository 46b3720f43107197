"""Products and their categories."""

from typing import Any

from quarterdeck.desk import products
from quarterdeck.desk.errors import NotFound, Why
from quarterdeck.dialects.syncro.kinds import Kind
from quarterdeck.dialects.syncro.words import EXACT, IDS, MILLIS, MONEY, ids_from, said
from quarterdeck.edge.rest import Answer, Call, Verb
from quarterdeck.edge.verbs import index, listed, show, usual
from quarterdeck.wire.codecs import BOOL, ID_TEXT, INT, Codec
from quarterdeck.wire.shape import Shape, field, fixed, shown, taken


def first_of(value: Any) -> int | None:
    """A product lies in one category: the first."""
    ids = ids_from(value)
    return ids[0] if ids else None


ONE_OF = Codec({"type": ["array", "null"], "items": INT.schema}, lambda id: [] if id is None else [id], first_of)

SHAPE = Shape(
    shown("id", "id"),
    field("name", "name"),
    field("description", "description"),
    shown("long_description", "description"),
    field("price_cost", "cost_cents", MONEY),
    taken("cost", "cost_cents", MONEY),
    field("price_retail", "price_cents", MONEY),
    taken("price", "price_cents", MONEY),
    field("price_wholesale", "wholesale_cents", MONEY),
    field("condition", "condition"),
    field("maintain_stock", "stocked", BOOL),
    field("quantity", "quantity", EXACT),
    field("warranty", "warranty"),
    field("sort_order", "sort_order"),
    field("reorder_at", "reorder_at", INT),
    field("disabled", "archived", BOOL),
    field("taxable", "taxable", BOOL),
    shown("product_category", "category.name"),
    taken("product_category", "category_name"),
    taken("category", "category_name"),
    shown("category_path", "category.name"),
    field("category_ids", "category_id", ONE_OF),
    field("category_id", "category_id", INT),
    field("upc_code", "barcode"),
    field("sku", "sku"),
    field("discount_percent", "discount_percent", EXACT),
    fixed("warranty_template_id", None),
    fixed("qb_item_id", None),
    field("desired_stock_level", "desired_stock", INT),
    field("notes", "notes"),
    fixed("tax_rate_id", None),
    fixed("vendor_ids", []),
    field("physical_location", "location"),
    field("serialized", "serialized", BOOL),
    fixed("product_skus", []),
    fixed("location_quantities", []),
    fixed("photos", []),
    shown("created_at", "created_at", MILLIS),
    shown("updated_at", "updated_at", MILLIS),
)

CATEGORY = Shape(
    shown("id", "id"),
    fixed("account_id", 1),
    shown("ancestry", "parent_id", ID_TEXT),
    shown("name", "name"),
    shown("description", "description"),
    fixed("device_product_id", None),
    shown("names_depth_cache", "name"),
)

FILTERS = Shape(
    taken("query", "text"),
    taken("name", "name"),
    taken("sku", "sku"),
    taken("upc_code", "barcode"),
    taken("category_id", "category_id", INT),
    taken("category", "category_name"),
    taken("id", "ids", IDS),
    taken("id_not", "not_ids", IDS),
    taken("archived", "archived", BOOL),
    taken("disabled", "archived", BOOL),
    taken("since_updated_at", "changed_since", MILLIS),
)
WITH_ARCHIVED = Shape(taken("include_disabled", "include_disabled", BOOL))
BARCODE = Shape(taken("barcode", "barcode"))


def search(call: Call) -> Answer:
    """The list, without what is no longer sold unless that is asked for."""
    asked, problems = WITH_ARCHIVED.decode(call.sent)
    on_sale = (
        {} if asked.get("include_disabled") or call.sent.keys() & {"archived", "disabled"} else {"archived": False}
    )
    return listed(call, call.filtered(problems, **on_sale))


def scanned(call: Call) -> Answer:
    """The product with a barcode."""
    id = products.by_barcode(call.work, str(call.sent.get("barcode", "")))
    if id is None:
        raise NotFound("product")
    call.request.params["id"] = str(id)
    return show(call)


PRODUCTS = Kind(
    path="products",
    one="product",
    wrapper="product",
    many="products",
    reading=products.READING,
    shape=SHAPE,
    filter=products.Filter,
    filters=FILTERS,
    orders={
        "name": "name",
        "sku": "sku",
        "price_retail": "price_cents",
        "created_at": "created_at",
        "updated_at": "updated_at",
    },
    new=products.New,
    create=products.create,
    changes=products.Changes,
    change=products.change,
    remove=products.archive,
    words={
        ("name", Why.MISSING): said("Name can't be blank"),
        ("category_id", Why.UNKNOWN): said("Category not found"),
    },
    verbs=(
        Verb("GET", "", search, "List products", "products:read", gives=SHAPE, many=True, parameters=WITH_ARCHIVED),
        *(
            verb
            for verb in usual("product", "products", SHAPE, required=("name",), created=200)
            if verb.do is not index
        ),
        Verb("GET", "/barcode", scanned, "Look a barcode up", "products:read", gives=SHAPE, parameters=BARCODE),
    ),
)

CATEGORIES = Kind(
    path="products/categories",
    one="product category",
    wrapper="category",
    many="categories",
    reading=products.CATEGORIES,
    shape=CATEGORY,
    filter=products.CategoryFilter,
    filters=Shape(taken("name", "name"), taken("since_updated_at", "changed_since", MILLIS)),
    orders={"name": "name"},
    size=1000,
    verbs=(Verb("GET", "", index, "List product categories", "products:read", gives=CATEGORY, many=True),),
)
