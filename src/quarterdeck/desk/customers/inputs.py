"""What may be asked of customers."""

from typing import Annotated

from pydantic import Field

from quarterdeck.desk.input import UNSENT, Id, Input, LongText, Moment, Name, Text

Longitude = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
Latitude = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]


class New(Input):
    name: Name
    business_number: Text | None = None
    domain: Text | None = None
    address: Text | None = None
    city: Text | None = None
    state: Text | None = None
    country: Text | None = None
    zip: Text | None = None
    phone: Text | None = None
    fax: Text | None = None
    website: Text | None = None
    notes: LongText | None = None
    longitude: Longitude | None = None
    latitude: Latitude | None = None
    # When the customer was won, where that was before it was entered here.
    created_at: Moment = UNSENT


class Changes(Input):
    name: Name = UNSENT
    business_number: Text | None = UNSENT
    domain: Text | None = UNSENT
    address: Text | None = UNSENT
    city: Text | None = UNSENT
    state: Text | None = UNSENT
    country: Text | None = UNSENT
    zip: Text | None = UNSENT
    phone: Text | None = UNSENT
    fax: Text | None = UNSENT
    website: Text | None = UNSENT
    notes: LongText | None = UNSENT
    longitude: Longitude | None = UNSENT
    latitude: Latitude | None = UNSENT


class Filter(Input):
    name: Text = UNSENT
    domain: Text = UNSENT
    created_since: Moment = UNSENT
    created_until: Moment = UNSENT
    changed_since: Moment = UNSENT
    changed_until: Moment = UNSENT
    text: Text = UNSENT


class NewSite(Input):
    customer_id: Id
    name: Name
    address: Text | None = None
    city: Text | None = None
    state: Text | None = None
    country: Text | None = None
    zip: Text | None = None
    phone: Text | None = None
