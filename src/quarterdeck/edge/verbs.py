"""The ordinary verbs of a resource, written once."""

from collections.abc import Iterable

from quarterdeck.desk.input import Input
from quarterdeck.desk.paging import Page
from quarterdeck.edge.http import Answer
from quarterdeck.edge.rest import Call, Verb, asking
from quarterdeck.wire.shape import Shape


def index(call: Call) -> Answer:
    return listed(call, call.filtered())


def listed(call: Call, where: Input, page: Page | None = None) -> Answer:
    """A page of the records that meet a filter, as the vendor lists them."""
    form = call.on.row
    with asking():
        found = form.view.page(call.work, where, page or call.manners.page(call))
    return call.manners.listing(call, found, call.encoded(found.items, form))


def show(call: Call) -> Answer:
    item, version = call.record(call.id)
    answer = call.manners.single(call, item)
    answer.version = version
    return answer


def create(call: Call) -> Answer:
    on = call.on
    assert on.new is not None
    assert on.create is not None
    id = on.create(call.work, call.asked(on.new, on.shape, fresh=True))
    call.keep(id)
    item, version = call.record(id)
    answer = call.manners.created(call, id, item)
    answer.version = version
    return answer


def change(call: Call) -> Answer:
    on = call.on
    assert on.changes is not None
    assert on.change is not None
    on.change(call.work, call.id, call.asked(on.changes, on.shape), call.version)
    call.keep(call.id)
    item, version = call.record(call.id)
    answer = call.manners.changed(call, call.id, item)
    answer.version = version
    return answer


def remove(call: Call) -> Answer:
    assert call.on.remove is not None
    result = call.on.remove(call.work, call.id, call.version)
    return call.manners.removed(call, call.id, result)


def usual(
    one: str,
    right: str,
    shape: Shape,
    *,
    updates: Iterable[str] = ("PUT",),
    required: tuple[str, ...] = (),
    needs: str = "",
    created: int = 201,
) -> tuple[Verb, ...]:
    """List, show, create, change and remove. `needs` says what no list of required fields can."""
    some = f"an {one}" if one[0] in "aeio" else f"a {one}"
    return (
        Verb("GET", "", index, f"List {one}s", f"{right}:read", gives=shape, many=True),
        Verb(
            "POST",
            "",
            create,
            f"Create {some}",
            f"{right}:write",
            takes=shape,
            required=required,
            gives=shape,
            status=created,
            note=needs,
        ),
        Verb("GET", "/{id}", show, f"Get {some}", f"{right}:read", gives=shape),
        *(
            Verb(method, "/{id}", change, f"Update {some}", f"{right}:write", takes=shape, gives=shape)
            for method in updates
        ),
        Verb("DELETE", "/{id}", remove, f"Delete {some}", f"{right}:write", body="none"),
    )
