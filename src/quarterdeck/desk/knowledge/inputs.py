"""What may be asked of pages."""

from quarterdeck.desk.input import UNSENT, Body, Id, Input, Moment, Name, Text


class New(Input):
    name: Name
    body: Body
    # Left out, it is made of the name.
    slug: Name | None = None
    customer_id: Id | None = None
    asset_id: Id | None = None
    public: bool = False


class Changes(Input):
    name: Name = UNSENT
    body: Body = UNSENT
    slug: Name = UNSENT
    customer_id: Id | None = UNSENT
    asset_id: Id | None = UNSENT
    public: bool = UNSENT


class Filter(Input):
    customer_id: Id = UNSENT
    asset_id: Id = UNSENT
    public: bool = UNSENT
    slug: Text = UNSENT
    # Some part of the name or the body.
    like: Text = UNSENT
    created_since: Moment = UNSENT
    changed_since: Moment = UNSENT
