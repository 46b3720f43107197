"""What may be asked of customers."""

from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field, PlainSerializer, model_validator

from quarterdeck.desk.customers.records import Category
from quarterdeck.desk.input import UNSENT, Id, Ids, Input, LongText, Moment, Name, NoEmail, Text, Trimmed

Longitude = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
# Per cent.
TaxRate = Annotated[
    Decimal, Field(ge=0, le=1000, max_digits=9, decimal_places=5), PlainSerializer(lambda rate: format(rate, "f"))
]
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
    category: Category | None = None
    first_name: Trimmed | None = None
    last_name: Trimmed | None = None
    email: NoEmail = None
    mobile: Text | None = None
    address_2: Text | None = None
    referred_by: Text | None = None
    tax_rate: TaxRate | None = None
    archived: bool = False
    no_email: bool = False
    opt_out: bool = False
    get_sms: bool = False
    get_billing: bool = True
    get_marketing: bool = True
    get_reports: bool = True
    notification_email: NoEmail = None
    invoice_cc_emails: Text | None = None
    # When the customer was won, where that was before it was entered here.
    created_at: Moment = UNSENT


class NewByAnyName(New):
    """A customer who may be known by a person, or by a mail address alone."""

    @model_validator(mode="before")
    @classmethod
    def named(cls, asked: dict[str, Any]) -> dict[str, Any]:
        name, first, last, email = (
            str(asked.get(field) or "").strip() for field in ("name", "first_name", "last_name", "email")
        )
        name = name or f"{first} {last}".strip() or email
        return {**asked, "name": name} if name else asked


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
    category: Category | None = UNSENT
    first_name: Trimmed | None = UNSENT
    last_name: Trimmed | None = UNSENT
    email: NoEmail = UNSENT
    mobile: Text | None = UNSENT
    address_2: Text | None = UNSENT
    referred_by: Text | None = UNSENT
    tax_rate: TaxRate | None = UNSENT
    archived: bool = UNSENT
    no_email: bool = UNSENT
    opt_out: bool = UNSENT
    get_sms: bool = UNSENT
    get_billing: bool = UNSENT
    get_marketing: bool = UNSENT
    get_reports: bool = UNSENT
    notification_email: NoEmail = UNSENT
    invoice_cc_emails: Text | None = UNSENT


class Filter(Input):
    name: Text = UNSENT
    first_name: Text = UNSENT
    last_name: Text = UNSENT
    email: Text = UNSENT
    phone: Text = UNSENT
    domain: Text = UNSENT
    archived: bool = UNSENT
    category: Category = UNSENT
    ids: Ids = UNSENT
    not_ids: Ids = UNSENT
    # Some part of name, person, mail address or phone number.
    like: Text = UNSENT
    created_since: Moment = UNSENT
    created_until: Moment = UNSENT
    changed_since: Moment = UNSENT
    changed_until: Moment = UNSENT
    text: Text = UNSENT


class NewSite(Input):
    customer_id: Id
    name: Name
    address: Text | None = None
    address_2: Text | None = None
    city: Text | None = None
    state: Text | None = None
    country: Text | None = None
    zip: Text | None = None
    phone: Text | None = None


class SiteChanges(Input):
    name: Name = UNSENT
    address: Text | None = UNSENT
    address_2: Text | None = UNSENT
    city: Text | None = UNSENT
    state: Text | None = UNSENT
    country: Text | None = UNSENT
    zip: Text | None = UNSENT
    phone: Text | None = UNSENT


class SiteFilter(Input):
    customer_id: Id = UNSENT


class NewPhone(Input):
    customer_id: Id
    label: Text | None = None
    number: Name
    extension: Text | None = None


class PhoneChanges(Input):
    label: Text | None = UNSENT
    number: Name = UNSENT
    extension: Text | None = UNSENT


class PhoneFilter(Input):
    customer_id: Id = UNSENT
