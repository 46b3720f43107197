"""Rules of what is sold."""

import pytest

import make
from desk.looking import acting, found, ids, last_entry, later
from quarterdeck.desk import products
from quarterdeck.desk.errors import Forbidden, Invalid, NotFound, Stale
from quarterdeck.desk.paging import Page
from quarterdeck.desk.products import Category, Changes, Filter
from quarterdeck.desk.work import Work


def changed(work: Work, id: int, **changes: object) -> None:
    products.change(work, id, Changes.check(changes))


def test_a_product_keeps_what_was_said_of_it(work: Work) -> None:
    id = make.product(work, name="  Dock  ", price_cents=21900, quantity="7.50", discount_percent="2.5", stocked=True)

    product = products.get(work, id)
    assert (product.name, product.price_cents, product.quantity) == ("Dock", 21900, "7.50")
    assert (product.discount_percent, product.stocked, product.taxable, product.archived) == ("2.5", True, True, False)


def test_a_product_needs_a_name(work: Work) -> None:
    with pytest.raises(Invalid) as refused:
        make.product(work, name=" ")

    assert refused.value.problems.keys() == {"name"}


@pytest.mark.parametrize(
    "wrong",
    [{"price_cents": 10**14}, {"quantity": "0.00001"}, {"quantity": "NaN"}, {"discount_percent": "101"}],
    ids=str,
)
def test_amounts_have_bounds(work: Work, wrong: dict[str, object]) -> None:
    with pytest.raises(Invalid) as refused:
        make.product(work, **wrong)

    assert refused.value.problems.keys() == wrong.keys()


def test_a_category_is_made_once_whatever_the_case_of_its_name(work: Work) -> None:
    first = products.get(work, make.product(work, category_name="Hardware"))
    second = products.get(work, make.product(work, category_name="HARDWARE "))

    assert first.category_id == second.category_id
    category = work.find(Category, first.category_id or 0)
    assert category is not None
    assert category.name == "Hardware"


def test_a_category_that_is_made_is_written_down(work: Work) -> None:
    make.product(work, name="Cable", category_name="Odds and ends")

    assert last_entry(work).what == "product.created"
    assert ids(work, products.CATEGORIES, products.CategoryFilter(name="odds"))


def test_a_product_can_be_taken_out_of_its_category(work: Work) -> None:
    id = make.product(work, category_name="Hardware")

    changed(work, id, category_name=None)

    assert products.get(work, id).category_id is None


def test_a_category_must_be_there(work: Work) -> None:
    with pytest.raises(Invalid) as refused:
        make.product(work, category_id=2**62)

    assert refused.value.problems.keys() == {"category_id"}


def test_only_what_is_named_changes(work: Work) -> None:
    id = make.product(work, name="Dock", price_cents=100, quantity="7", stocked=True)

    changed(later(work), id, price_cents=250)

    product = products.get(work, id)
    assert (product.name, product.price_cents, product.quantity, product.stocked) == ("Dock", 250, "7", True)
    entry = last_entry(work)
    assert (entry.what, entry.before, entry.after) == ("product.changed", {"price_cents": 100}, {"price_cents": 250})


def test_a_change_to_another_version_is_refused(work: Work) -> None:
    id = make.product(work)
    changed(work, id, notes="seen")

    with pytest.raises(Stale):
        products.change(work, id, Changes(notes="late"), version=1)


def test_a_product_is_archived_and_stays(work: Work) -> None:
    id = make.product(work)

    products.archive(work, id)

    assert products.get(work, id).archived is True
    assert id in ids(work, products.READING, Filter(archived=True))
    assert id not in ids(work, products.READING, Filter(archived=False))


def test_products_are_found(work: Work) -> None:
    cable = make.product(work, name="Änderung Quince", sku="CAB-6", barcode="400123", category_name="Quinces")
    dock = make.product(work, name="Dock", description="For quince laptops", sku="DOCK-2")

    def matching(**where: object) -> list[int]:
        return ids(work, products.READING, Filter.check(where))

    assert matching(text="quince") == [cable, dock]
    assert matching(text="dock-2") == [dock]
    assert matching(text="40012") == [cable]
    assert matching(name="änderung") == [cable]
    assert matching(sku=" CAB-6 ") == [cable]
    assert matching(sku="CAB") == []
    assert matching(barcode="400123") == [cable]
    assert matching(category_name="QUINCES") == [cable]
    assert matching(category_id=products.get(work, cable).category_id) == [cable]
    assert matching(ids=[dock, cable], not_ids=[cable]) == [dock]
    assert matching(text="100%_") == []


def test_products_are_found_by_when_they_changed(work: Work) -> None:
    make.product(work)
    recent = make.product(later(work, days=400))

    assert ids(work, products.READING, Filter(changed_since=later(work, days=399).now)) == [recent]


def test_products_are_listed_by_name(work: Work) -> None:
    ids_by_name = [make.product(work, name=name) for name in ("zebra quine", "Apple quine", "mango quine")]

    rows = found(work, products.READING, Filter(name="quine"), Page(order="name")).items

    assert [row[0] for row in rows] == [ids_by_name[1], ids_by_name[2], ids_by_name[0]]


def test_a_barcode_names_what_is_on_sale(work: Work) -> None:
    old, new = make.product(work, barcode="777"), make.product(work, barcode="777")

    products.archive(work, old)

    assert products.by_barcode(work, " 777") == new
    assert products.by_barcode(work, "778") is None


def test_labor_is_the_first_product_of_its_category(work: Work) -> None:
    make.product(work, category_name="Hardware")
    assert products.for_labor(work) is None
    gone = make.product(work, category_name="Labour")
    id = make.product(work, category_name="labor")
    products.archive(work, gone)

    labor = products.for_labor(work)

    assert labor is not None
    assert labor.id == id


def test_products_need_rights(work: Work) -> None:
    id = make.product(work)
    vic = acting(work, rights=work.actor.rights - {"products:write"})

    with pytest.raises(Forbidden):
        make.product(vic)
    with pytest.raises(Forbidden):
        products.archive(vic, id)
    with pytest.raises(Forbidden):
        products.get(acting(work, rights=frozenset()), id)


def test_a_product_that_never_was_is_not_found(work: Work) -> None:
    with pytest.raises(NotFound):
        products.get(work, 2**62)
