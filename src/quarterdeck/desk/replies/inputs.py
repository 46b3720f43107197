"""What may be asked of canned replies."""

from quarterdeck.desk.input import UNSENT, Body, Id, Input, Moment, Name, Text, Trimmed


class New(Input):
    title: Name
    body: Body
    subject: Text | None = None
    # A category by id, or by name: made where there is none of it.
    category_id: Id | None = None
    category_name: Trimmed | None = None


class Changes(Input):
    title: Name = UNSENT
    body: Body = UNSENT
    subject: Text | None = UNSENT
    category_id: Id | None = UNSENT
    category_name: Trimmed | None = UNSENT


class NewCategory(Input):
    name: Name


class Filter(Input):
    # A category by id or by name.
    category: Text = UNSENT
    # Some part of title, subject or body.
    like: Text = UNSENT
    created_since: Moment = UNSENT
    changed_since: Moment = UNSENT


class CategoryFilter(Input):
    changed_since: Moment = UNSENT
