"""Pages of knowledge."""

from dataclasses import replace

from quarterdeck.desk import knowledge
from quarterdeck.edge.rest import Resource, Verb
from quarterdeck.edge.verbs import index
from quarterdeck.wire.codecs import BOOL, INSTANT, INT, Codec
from quarterdeck.wire.shape import Shape, fixed, shown, taken

PRIVATE = Codec(BOOL.schema, lambda value: value == 0)

SHAPE = Shape(
    shown("KBID", "id"),
    shown("KBTimestamp", "created_at", INSTANT),
    shown("KBContext", "name"),
    shown("KBProduct", "customer.name"),
    # Nobody rates pages here.
    fixed("KBRating_Yes", 0),
    fixed("KBRating_No", 0),
    fixed("KBRating_Views", 0),
    shown("KBLastModified", "updated_at", INSTANT),
    shown("KBIsPrivate", "public", PRIVATE),
    fixed("KBStatus", 1),
    fixed("KBPriority", 1),
    fixed("KBKeywords", None),
    shown("KBAddress", "slug"),
    fixed("SectionId", None),
    fixed("SectionName", None),
    fixed("CategoryId", None),
    fixed("CategoryName", None),
)

PAGES = Resource(
    path="knowledgebases",
    one="article",
    id_name="KBID",
    reading=knowledge.READING,
    shape=SHAPE,
    filter=knowledge.Filter,
    filters=Shape(taken("search", "like"), taken("customerId", "customer_id", INT)),
    orders={"KBContext": "name", "KBTimestamp": "created_at", "KBLastModified": "updated_at"},
    page_max=500,
    verbs=(Verb("GET", "", index, "List pages of knowledge", "knowledge:read", gives=SHAPE, many=True),),
)

KNOWLEDGE = (PAGES, replace(PAGES, path="knowledgebase"))
