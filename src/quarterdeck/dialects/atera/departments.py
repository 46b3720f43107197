"""Departments."""

from quarterdeck.desk import contacts, departments
from quarterdeck.dialects.atera.words import NAME_REQUIRED
from quarterdeck.edge.rest import Resource
from quarterdeck.edge.verbs import usual
from quarterdeck.wire.shape import Shape, field, shown, taken

SHAPE = Shape(
    shown("Id", "id"),
    field("Name", "name"),
    field("Description", "description"),
)

DEPARTMENTS = Resource(
    path="departments",
    one="department",
    id_name="Id",
    reading=departments.READING,
    shape=SHAPE,
    filter=departments.Filter,
    filters=Shape(taken("name", "name")),
    orders={"Name": "name"},
    page_max=500,
    new=departments.New,
    create=departments.create,
    changes=departments.Changes,
    change=departments.change,
    remove=contacts.remove_department,
    words=NAME_REQUIRED,
    verbs=usual("department", "departments", SHAPE, updates=("POST", "PUT"), required=("Name",)),
)
