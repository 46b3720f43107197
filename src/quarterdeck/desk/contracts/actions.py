"""What can happen to contracts. How one is deleted is in `leaving`."""

from typing import Any

from quarterdeck.desk import customers, journal
from quarterdeck.desk.contracts.inputs import Changes, New
from quarterdeck.desk.contracts.queries import get
from quarterdeck.desk.contracts.records import ACTIVE, Contract
from quarterdeck.desk.errors import Invalid, Problem, Why
from quarterdeck.desk.input import fold
from quarterdeck.desk.work import Work, exists, unchanged

NO_CUSTOMER = Problem("names no customer", Why.UNKNOWN)
STAYS = Problem("cannot be changed", Why.REFUSED)


def create(work: Work, new: New) -> int:
    work.require("contracts:write")
    values = {"starts_at": work.now, **new.model_dump(exclude={"starts_at"}), **new.sent}
    values |= standing(new.sent, None)
    exists(work, values, "customer_id", customers.seen, NO_CUSTOMER)

    id = work.insert(Contract, **values)
    journal.record(work, "contract.created", id, customer_id=values["customer_id"], after=new.sent)
    return id


def change(work: Work, id: int, changes: Changes, version: int | None = None) -> None:
    """Change a contract. Terms are those of its kind: a new kind begins without any."""
    work.require("contracts:write")
    contract = get(work, id, hold=True)
    unchanged(contract, version)
    values = changes.sent
    exists(work, values, "customer_id", customers.seen, NO_CUSTOMER)
    if values.pop("customer_id", contract.customer_id) != contract.customer_id:
        raise Invalid({"customer_id": STAYS})
    values |= standing(values, contract.status)
    named = values.pop("terms", None)
    kept = contract.terms if values.get("billed_as", contract.billed_as) == contract.billed_as else None
    if named or kept != contract.terms:
        values["terms"] = together(kept or {}, named or {}) or None

    work.update(Contract, contract.id, **values)
    before = {name: getattr(contract, name) for name in values}
    journal.record(work, "contract.changed", contract.id, customer_id=contract.customer_id, before=before, after=values)


def standing(sent: dict[str, Any], status: str | None) -> dict[str, Any]:
    """What a status says of being active, where that is not said, and the other way round: the two never disagree."""
    if sent.get("status"):
        return {"active": fold(sent["status"]) == fold(ACTIVE)}
    if "active" in sent and status is not None and (fold(status) == fold(ACTIVE)) is not sent["active"]:
        return {"status": None}
    return {}


def together(kept: dict[str, Any], named: dict[str, Any]) -> dict[str, Any]:
    """Terms with some of them changed; one that holds further terms keeps those that are not named."""
    changed = {
        name: {**kept[name], **term} if isinstance(term, dict) and isinstance(kept.get(name), dict) else term
        for name, term in named.items()
    }
    return {**kept, **changed}
