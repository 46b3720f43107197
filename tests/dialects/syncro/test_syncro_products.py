"""Products as Syncro's clients know them."""

from typing import Any

import make
from conftest import Stage, Syncro
from quarterdeck.desk import access
from quarterdeck.desk.work import Work


def made(syncro: Syncro, **body: Any) -> Any:
    answer = syncro.post("/products", {"name": "Cable", **body})
    assert answer.status_code == 200, answer.text
    return answer.json()["product"]


def names(syncro: Syncro, query: str = "") -> list[str]:
    return [row["name"] for row in syncro.get(f"/products{query}").json()["products"]]


def test_a_product_is_given_back_as_it_was_sent(syncro: Syncro) -> None:
    body = {
        "name": "USB-C dock",
        "description": "Dual display",
        "price_cost": 164.0,
        "price_retail": "219.99",
        "price_wholesale": 180,
        "condition": "New",
        "maintain_stock": True,
        "quantity": 7,
        "warranty": "2 years",
        "sort_order": "10",
        "reorder_at": 2,
        "disabled": False,
        "taxable": False,
        "product_category": "Hardware",
        "upc_code": "400123",
        "discount_percent": 2.5,
        "desired_stock_level": 9,
        "notes": "Fits all",
        "physical_location": "Shelf 3",
        "serialized": True,
    }

    product = made(syncro, **body)

    assert {name: product[name] for name in body} == {**body, "price_retail": 219.99}
    assert (product["category_path"], product["category_ids"]) == ("Hardware", [product["category_id"]])
    assert syncro.get(f"/products/{product['id']}").json()["product"] == product


def test_another_clients_words_are_read(syncro: Syncro) -> None:
    product = made(syncro, price=9.5, cost="2.10", category="Hardware")

    assert (product["price_retail"], product["price_cost"], product["product_category"]) == (9.5, 2.1, "Hardware")
    assert product["description"] is None


def test_a_category_can_be_named_by_id(syncro: Syncro) -> None:
    first = made(syncro, product_category="Hardware")

    assert made(syncro, category_ids=[first["category_id"]])["product_category"] == "Hardware"
    refused = syncro.post("/products", {"name": "Cable", "category_ids": [999]})
    assert (refused.status_code, refused.json()["error"]) == (422, "Category not found")


def test_a_product_without_a_name_is_refused(syncro: Syncro) -> None:
    answer = syncro.post("/products", {"price_retail": "a lot"})

    assert answer.status_code == 422
    assert answer.json()["message"] == ["Name can't be blank", "price_retail is not a number"]


def test_an_amount_has_whole_cents(syncro: Syncro) -> None:
    assert syncro.post("/products", {"name": "Cable", "price_retail": 1.999}).status_code == 422
    assert made(syncro, price_retail=0.1)["price_retail"] == 0.1


def test_only_what_is_sent_changes(syncro: Syncro) -> None:
    product = made(syncro, maintain_stock=True, quantity="3", price_retail=10)

    changed = syncro.put(f"/products/{product['id']}", {"product": {"price_retail": 12}}).json()["product"]

    assert {**changed, "updated_at": ""} == {**product, "price_retail": 12, "updated_at": ""}


def test_a_change_to_a_version_not_read_is_refused(syncro: Syncro) -> None:
    product = made(syncro)
    etag = syncro.get(f"/products/{product['id']}").headers["etag"]

    assert syncro.put(f"/products/{product['id']}", {"notes": "a"}, headers={"If-Match": etag}).status_code == 200
    assert syncro.put(f"/products/{product['id']}", {"notes": "b"}, headers={"If-Match": etag}).status_code == 412


def test_a_deleted_product_is_off_the_list_and_still_there(syncro: Syncro) -> None:
    product = made(syncro)

    assert syncro.delete(f"/products/{product['id']}").json() == {"success": True}

    assert names(syncro) == []
    assert names(syncro, "?include_disabled=true") == names(syncro, "?disabled=1") == ["Cable"]
    assert syncro.get(f"/products/{product['id']}").json()["product"]["disabled"] is True


def test_products_are_looked_up(syncro: Syncro) -> None:
    cable = made(syncro, name="Cable", sku="CAB", upc_code="1", product_category="Hardware")
    hour = made(syncro, name="Remote hour", sku="LAB", upc_code="2", product_category="Labor", description="By phone")

    for query, found in {
        "query=phone": [hour],
        "query=CAB": [cable],
        "name=cab": [cable],
        "sku=LAB": [hour],
        "upc_code=1": [cable],
        "category=labor": [hour],
        f"category_id={cable['category_id']}": [cable],
        f"id[]={cable['id']}&id[]={hour['id']}": [cable, hour],
        f"id={hour['id']}": [hour],
        f"id_not[]={hour['id']}": [cable],
        "sort=name DESC": [hour, cable],
        "since_updated_at=2026-03-01": [cable, hour],
        "since_updated_at=2026-04-01": [],
        "unknown=1": [cable, hour],
    }.items():
        assert syncro.get(f"/products?{query}").json()["products"] == found, query


def test_a_list_has_its_meta(syncro: Syncro) -> None:
    made(syncro)
    made(syncro)

    assert syncro.get("/products?per_page=1&page=2").json()["meta"] == {
        "total_pages": 2,
        "total_entries": 2,
        "per_page": 1,
        "page": 2,
    }
    assert syncro.get("/products").json()["meta"]["per_page"] == 25


def test_a_barcode_is_looked_up(syncro: Syncro) -> None:
    product = made(syncro, upc_code="400123")

    assert syncro.get("/products/barcode?barcode=400123").json()["product"] == product
    for query in ("?barcode=4", "?barcode=", ""):
        answer = syncro.get(f"/products/barcode{query}")
        assert (answer.status_code, answer.json()["error"]) == (404, "Product not found")


def test_categories_are_listed(syncro: Syncro) -> None:
    made(syncro, product_category="Hardware")
    made(syncro, product_category="hardware")

    (category,) = syncro.get("/products/categories").json()["categories"]
    assert category == {
        "id": category["id"],
        "account_id": 1,
        "ancestry": None,
        "name": "Hardware",
        "description": None,
        "device_product_id": None,
        "names_depth_cache": "Hardware",
    }


def test_a_product_that_never_was_is_not_found(syncro: Syncro) -> None:
    for answer in (syncro.get("/products/99"), syncro.put("/products/99", {}), syncro.delete("/products/99")):
        assert (answer.status_code, answer.json()["error"]) == (404, "Product not found")
    assert syncro.get("/products/first").status_code == 400


def test_who_may_only_look_makes_no_product(stage: Stage, syncro: Syncro) -> None:
    assert syncro.post("/products", {"name": "Cable"}, key="vic").status_code == 401
    assert syncro.get("/products", key="vic").status_code == 200


def test_a_key_of_one_customer_sees_the_catalogue_and_changes_nothing(stage: Stage, syncro: Syncro) -> None:
    product = made(syncro)
    olga = stage.do(key_of_one)

    assert syncro.get(f"/products/{product['id']}", key=olga).status_code == 200
    assert syncro.put(f"/products/{product['id']}", {"price_retail": 0}, key=olga).status_code == 401
    assert syncro.post("/products", {"name": "Mine"}, key=olga).status_code == 401


def key_of_one(work: Work) -> str:
    customer = make.customer(work, name="Birch")
    return access.give_key(work, access.NewKey(name="Olga's", technician_id=1, customer_id=customer))[1]
