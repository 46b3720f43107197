"""Pages of knowledge."""

from quarterdeck.desk import knowledge
from quarterdeck.desk.errors import Why
from quarterdeck.dialects.syncro.kinds import Kind
from quarterdeck.dialects.syncro.words import MILLIS, NO_CUSTOMER, said
from quarterdeck.edge.verbs import usual
from quarterdeck.wire.codecs import BOOL, INT, Codec, Unreadable
from quarterdeck.wire.shape import Shape, field, fixed, shown, taken

VISIBLE = {"public": True, "private": False}


def visible_from(value: object) -> bool:
    word = value.strip().casefold() if isinstance(value, str) else ""
    if word not in VISIBLE:
        raise Unreadable(f"(visibility) is not one of {', '.join(VISIBLE)}")
    return VISIBLE[word]


VISIBILITY = Codec({"type": "string", "enum": [*VISIBLE]}, lambda value: "public" if value else "private", visible_from)

SHAPE = Shape(
    shown("id", "id"),
    fixed("account_id", 1),
    field("name", "name"),
    taken("title", "name"),
    field("slug", "slug"),
    field("body", "body"),
    # Nothing in a page stands for something else.
    shown("interpolated_body", "body"),
    field("customer_id", "customer_id", INT),
    field("asset_id", "asset_id", INT),
    field("public", "public", BOOL),
    field("visibility", "public", VISIBILITY),
    shown("created_at", "created_at", MILLIS),
    shown("updated_at", "updated_at", MILLIS),
)

WIKI_PAGES = Kind(
    path="wiki_pages",
    one="wiki page",
    wrapper="wiki_page",
    many="wiki_pages",
    reading=knowledge.READING,
    shape=SHAPE,
    filter=knowledge.Filter,
    filters=Shape(
        taken("customer_id", "customer_id", INT),
        taken("asset_id", "asset_id", INT),
        taken("query", "like"),
        taken("public", "public", BOOL),
        taken("slug", "slug"),
        taken("since_updated_at", "changed_since", MILLIS),
    ),
    orders={"name": "name", "created_at": "created_at", "updated_at": "updated_at"},
    size=100,
    new=knowledge.New,
    create=knowledge.create,
    changes=knowledge.Changes,
    change=knowledge.change,
    remove=knowledge.remove,
    words={
        **NO_CUSTOMER,
        ("name", Why.MISSING): said("Name can't be blank"),
        ("body", Why.MISSING): said("Body can't be blank"),
        ("slug", Why.TAKEN): said("Slug has already been taken"),
        ("asset_id", Why.UNKNOWN): said("Asset not found"),
    },
    verbs=usual("wiki page", "knowledge", SHAPE, required=("name", "body"), created=200),
)
