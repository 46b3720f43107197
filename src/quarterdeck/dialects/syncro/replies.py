"""Canned responses and their categories."""

from quarterdeck.desk import replies
from quarterdeck.desk.errors import Why
from quarterdeck.dialects.syncro.kinds import Kind
from quarterdeck.dialects.syncro.words import MILLIS, said
from quarterdeck.edge.nesting import Form
from quarterdeck.edge.rest import Answer, Call, Verb
from quarterdeck.edge.verbs import remove, usual
from quarterdeck.wire.codecs import INT
from quarterdeck.wire.shape import Shape, field, listed_as, shown, taken

SHAPE = Shape(
    shown("id", "id"),
    field("title", "title"),
    shown("name", "title"),
    taken("name", "title"),
    field("body", "body"),
    taken("content", "body"),
    field("subject", "subject"),
    field("canned_response_category_id", "category_id", INT),
    taken("category_id", "category_id", INT),
    shown("category_name", "category.name"),
    taken("category_name", "category_name"),
    shown("category", "category.name"),
    taken("category", "category_name"),
    shown("created_at", "created_at", MILLIS),
    shown("updated_at", "updated_at", MILLIS),
)

CATEGORY = Form(replies.CATEGORIES, Shape(shown("id", "id"), shown("name", "name")))

SETTINGS = {
    "type": "object",
    "properties": {
        "canned_response_categories": listed_as(id="integer", name="string"),
        "subjects": {"type": "array", "items": {"type": "string"}},
        "can_manage": {"type": "boolean"},
    },
    "required": ["canned_response_categories", "subjects", "can_manage"],
}


def settings(call: Call) -> Answer:
    return Answer(
        200,
        {
            "canned_response_categories": CATEGORY.all(call.work, replies.CategoryFilter()),
            "subjects": replies.subjects(call.work),
            "can_manage": "replies:write" in call.work.actor.rights,
        },
    )


def remove_in_silence(call: Call) -> Answer:
    remove(call)
    return Answer(204)


CANNED_RESPONSES = Kind(
    path="canned_responses",
    one="canned response",
    wrapper="canned_response",
    many="canned_responses",
    reading=replies.READING,
    shape=SHAPE,
    filter=replies.Filter,
    filters=Shape(
        taken("query", "like"),
        taken("category", "category"),
        taken("canned_response_category_id", "category"),
        taken("since_updated_at", "changed_since", MILLIS),
    ),
    orders={"title": "title", "created_at": "created_at", "updated_at": "updated_at"},
    size=500,
    new=replies.New,
    create=replies.create,
    changes=replies.Changes,
    change=replies.change,
    remove=replies.remove,
    words={
        ("title", Why.MISSING): said("Title can't be blank"),
        ("body", Why.MISSING): said("Body can't be blank"),
        ("category_id", Why.UNKNOWN): said("Category not found"),
    },
    verbs=(
        *(
            verb
            for verb in usual("canned response", "replies", SHAPE, updates=("PATCH", "PUT"), required=("title", "body"))
            if verb.do is not remove
        ),
        Verb(
            "DELETE", "/{id}", remove_in_silence, "Delete a canned response", "replies:write", body="none", status=204
        ),
        Verb("GET", "/settings", settings, "Categories and subjects", "replies:read", gives=SETTINGS),
    ),
)
