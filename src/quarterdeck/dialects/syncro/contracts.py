"""Contracts."""

from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any

from quarterdeck.desk import contracts, leaving
from quarterdeck.desk.errors import Why
from quarterdeck.dialects.syncro.kinds import Kind
from quarterdeck.dialects.syncro.words import MILLIS, NO_CUSTOMER, said
from quarterdeck.edge.rest import Answer, Call
from quarterdeck.edge.verbs import create, usual
from quarterdeck.wire.codecs import BOOL, INT, Codec, json_out, nullable, text_from
from quarterdeck.wire.shape import Shape, field, fixed, shown, taken

# What a contract is that has just been made.
FRESH = "Opportunity"
# How often it is billed, as a term of it.
PERIODS = {
    "Weekly": "weekly",
    "BiWeekly": "biweekly",
    "Monthly": "monthly",
    "Quarterly": "quarterly",
    "TwiceAYear": "semi-annually",
    "Yearly": "annually",
    "OnDemand": "on demand",
}
THEIRS = {said.casefold(): ours for ours, said in PERIODS.items()} | {"annual": "Yearly", "yearly": "Yearly"}


def worth(amount: str | None) -> Decimal | None:
    """The amount, where it is a number."""
    try:
        value = Decimal((amount or "").replace(",", "").lstrip("$€£ "))
    except InvalidOperation:
        return None
    return value if value.is_finite() and abs(value) < 10**15 else None


def period(terms: Any) -> str | None:
    """As it was said, or as it stands among the terms of the contract's kind."""
    kept = json_out(terms) or {}
    said = [kept, *(term for term in kept.values() if isinstance(term, dict))]
    word = next((one["BillingPeriod"] for one in said if "BillingPeriod" in one), None)
    return PERIODS.get(word, word) if isinstance(word, str) else None


def period_from(value: Any) -> dict[str, Any]:
    word = text_from(value)
    return {"BillingPeriod": THEIRS.get(word.casefold(), word)}


WORTH = Codec(nullable("number"), worth, text_from)
PERIOD = Codec(nullable("string"), period, period_from)

SHAPE = Shape(
    shown("id", "id"),
    fixed("account_id", 1),
    field("customer_id", "customer_id", INT),
    field("name", "name"),
    taken("value", "amount", WORTH),
    field("contract_amount", "amount"),
    field("start_date", "starts_at", MILLIS),
    field("end_date", "ends_at", MILLIS),
    field("primary_contact", "primary_contact"),
    field("description", "notes"),
    shown("created_at", "created_at", MILLIS),
    shown("updated_at", "updated_at", MILLIS),
    shown("status", "standing"),
    taken("status", "status"),
    field("likelihood", "likelihood", INT),
    field("apply_to_all", "covers_all", BOOL),
    fixed("sla_id", None),
    field("contract_type", "sort"),
    shown("value", "amount", WORTH),
    field("billing_frequency", "terms", PERIOD),
    field("notes", "notes"),
    fixed("product_price_overrides", []),
    fixed("non_billable_product_ids", []),
)


def add(call: Call) -> Answer:
    call.data = {"status": FRESH, **{name: value for name, value in call.data.items() if value not in (None, "")}}
    return create(call)


CONTRACTS = Kind(
    path="contracts",
    one="contract",
    wrapper="contract",
    many="contracts",
    reading=contracts.READING,
    shape=SHAPE,
    filter=contracts.Filter,
    filters=Shape(
        taken("customer_id", "customer_id", INT),
        taken("query", "name"),
        taken("status", "standing"),
        taken("since_updated_at", "changed_since", MILLIS),
    ),
    orders={"name": "name", "created_at": "created_at", "updated_at": "updated_at"},
    size=50,
    flat=True,
    errors_as_text=True,
    new=contracts.New,
    create=contracts.create,
    changes=contracts.Changes,
    change=contracts.change,
    remove=leaving.remove_contract,
    words={**NO_CUSTOMER, ("name", Why.MISSING): said("name is required", "Name can't be blank")},
    verbs=tuple(
        replace(verb, do=add) if verb.do is create else verb
        for verb in usual("contract", "contracts", SHAPE, required=("customer_id", "name"), created=200)
    ),
)

__all__ = ["CONTRACTS"]
