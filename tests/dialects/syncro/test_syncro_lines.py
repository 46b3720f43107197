"""Lines as Syncro's clients know them."""

from typing import Any

import pytest

import make
from conftest import Stage, Syncro
from quarterdeck.desk import access
from quarterdeck.desk.work import Work


@pytest.fixture
def ticket(stage: Stage) -> int:
    id: int = stage.do(make.ticket)
    return id


def added(syncro: Syncro, ticket: int, **body: Any) -> Any:
    answer = syncro.post(f"/tickets/{ticket}/add_line_item", {"name": "Cable", "description": "Cat 6, 2 m", **body})
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_line_is_added_to_a_ticket(syncro: Syncro, ticket: int) -> None:
    line = added(syncro, ticket, quantity=1, price_cost=2, price_retail="5.00", taxable=False, upc_code="77")

    wrapped = line.pop("ticket_line_item")
    assert wrapped == line
    assert line == {
        "id": line["id"],
        "ticket_id": ticket,
        "user_id": 1,
        "product_id": None,
        "name": "Cable",
        "description": "Cat 6, 2 m",
        "quantity": "1.0",
        "product_category": None,
        "upc_code": "77",
        "taxable": False,
        "cost_cents": 200,
        "retail_cents": 500,
        "created_at": "2026-03-02T09:30:00.000Z",
        "updated_at": "2026-03-02T09:30:00.000Z",
        "converted": False,
        "item_id": None,
        "position": 1,
        "estimate_line_item_id": None,
        "old_price": None,
        "line_discount_percent": None,
        "discount_dollars": None,
        "original_ticket_line_item_id": None,
        "price_cost": 2,
        "price_retail": 5,
    }


def test_a_line_is_filled_from_its_product(syncro: Syncro, ticket: int) -> None:
    body = {"name": "Dock", "description": "Dual display", "price_retail": 219, "product_category": "Hardware"}
    product = syncro.post("/products", body).json()["product"]["id"]

    line = syncro.post(f"/tickets/{ticket}/add_line_item", {"product_id": product, "quantity": "2"}).json()

    assert {name: line[name] for name in body} == body
    assert (line["product_id"], line["quantity"]) == (product, "2.0")


def test_another_clients_path_and_words_are_read(syncro: Syncro, ticket: int) -> None:
    line = syncro.post(f"/tickets/{ticket}/line_items", {"description": "Odd job", "price": 64.99, "quantity": 1.5})

    assert {name: line.json()[name] for name in ("name", "price_retail", "quantity")} == {
        "name": "Odd job",
        "price_retail": 64.99,
        "quantity": "1.5",
    }


def test_a_line_that_says_nothing_is_refused_in_one_text(syncro: Syncro, ticket: int) -> None:
    def errors(body: dict[str, Any]) -> Any:
        answer = syncro.post(f"/tickets/{ticket}/add_line_item", body)
        assert answer.status_code == 422
        return answer.json()["errors"]

    assert errors({}) == "Name can't be blank"
    assert errors({"price_retail": "much", "quantity": "x"}) == "price_retail is not a number,quantity is not a number"


def test_a_ticket_shows_its_lines(syncro: Syncro, ticket: int) -> None:
    line = added(syncro, ticket)["ticket_line_item"]

    assert syncro.get(f"/tickets/{ticket}").json()["ticket"]["line_items"] == [line]


def test_a_line_is_updated_by_the_id_in_the_body(syncro: Syncro, ticket: int) -> None:
    line = added(syncro, ticket)

    body = {"ticket_line_item_id": str(line["id"]), "price_retail": 7.5, "quantity": ""}
    changed = syncro.put(f"/tickets/{ticket}/update_line_item", {**body, "quantity": "3"}).json()["ticket_line_item"]

    assert (changed["id"], changed["retail_cents"], changed["quantity"]) == (line["id"], 750, "3.0")
    assert changed["name"] == "Cable"


def test_a_line_is_removed(syncro: Syncro, ticket: int) -> None:
    id = added(syncro, ticket)["id"]

    answer = syncro.post(f"/tickets/{ticket}/remove_line_item", {"ticket_line_item_id": id})

    assert answer.json() == {"success": True, "message": ""}
    assert syncro.get(f"/line_items/{id}").status_code == 404


@pytest.mark.parametrize(
    ("method", "path"), [("PUT", "update_line_item"), ("POST", "remove_line_item")], ids=["update", "remove"]
)
def test_the_line_must_be_named_and_the_tickets(
    stage: Stage, syncro: Syncro, ticket: int, method: str, path: str
) -> None:
    others = added(syncro, stage.do(make.ticket))["id"]

    def answered(body: dict[str, Any], where: int = ticket) -> tuple[int, str]:
        answer = syncro.request(method, f"/tickets/{where}/{path}", json=body)
        return answer.status_code, answer.json()["error"]

    assert answered({}) == (422, "ticket_line_item_id is required")
    assert answered({"ticket_line_item_id": "first"}) == (422, "ticket_line_item_id is not a whole number")
    assert answered({"ticket_line_item_id": others}) == (404, "Line item not found")
    assert answered({"ticket_line_item_id": 10**9}) == (404, "Line item not found")
    assert answered({"ticket_line_item_id": others}, 10**9) == (404, "Ticket not found")
    assert syncro.get(f"/line_items/{others}").status_code == 200


def test_a_line_that_stands_alone_has_the_form_of_an_invoices(syncro: Syncro) -> None:
    body = {"name": "Managed services", "price": "500", "quantity": 1, "taxable": True, "discount_percent": 10}

    line = syncro.post("/line_items", body).json()["line_item"]

    assert line == {
        "id": line["id"],
        "created_at": "2026-03-02T09:30:00.000Z",
        "updated_at": "2026-03-02T09:30:00.000Z",
        "invoice_id": None,
        "estimate_id": None,
        "ticket_id": None,
        "item": "Managed services",
        "name": "Managed services",
        "cost": "0.0",
        "price": "500.0",
        "quantity": "1.0",
        "product_id": None,
        "taxable": True,
        "discount_percent": 10,
        "position": 0,
        "invoice_bundle_id": None,
        "discount_dollars": None,
        "product_category": None,
        "upc_code": None,
        "user_id": 1,
    }
    assert syncro.get(f"/line_items/{line['id']}").json()["line_item"] == line


def test_a_short_name_and_a_long_one_are_kept_apart(syncro: Syncro) -> None:
    line = syncro.post("/line_items", {"item": "MS", "name": "Managed services, March", "price": 64.99}).json()

    id = line["line_item"]["id"]
    changed = syncro.put(f"/line_items/{id}", {"item": "MSP", "price": "1.5"}).json()["line_item"]
    assert (changed["item"], changed["name"], changed["price"]) == ("MSP", "Managed services, March", "1.5")
    assert syncro.delete(f"/line_items/{id}").json() == {"success": True}
    assert syncro.delete(f"/line_items/{id}").status_code == 404


def test_a_line_without_words_is_refused(syncro: Syncro) -> None:
    answer = syncro.post("/line_items", {"price": 1})

    assert (answer.status_code, answer.json()["errors"]) == (422, "Item can't be blank")


@pytest.mark.parametrize(
    ("quantity", "shown"),
    [("1.50", "1.5"), (10, "10.0"), ("1E+2", "100.0"), ("0.25", "0.25"), (-1, "-1.0"), (0, "0.0")],
)
def test_amounts_are_written_without_padding(syncro: Syncro, quantity: Any, shown: str) -> None:
    line = syncro.post("/line_items", {"name": "Cable", "quantity": quantity, "price": quantity}).json()["line_item"]

    assert (line["quantity"], line["price"]) == (shown, shown)


def test_all_lines_are_listed_a_hundred_to_a_page(syncro: Syncro, ticket: int) -> None:
    first, second = added(syncro, ticket)["id"], syncro.post("/line_items", {"name": "Alone"}).json()["line_item"]["id"]

    def listed(query: str = "") -> list[int]:
        return [row["id"] for row in syncro.get(f"/line_items{query}").json()["line_items"]]

    assert listed() == [first, second]
    assert listed(f"?ticket_id={ticket}") == [first]
    assert listed("?since_updated_at=2026-03-03") == []
    assert syncro.get("/line_items").json()["meta"]["per_page"] == 100


@pytest.mark.parametrize(
    "query", ["invoice_id=1", "estimate_id=7", "invoice_id_not_null=true", "estimate_id_not_null=1"]
)
def test_no_line_is_an_invoices_yet(syncro: Syncro, ticket: int, query: str) -> None:
    added(syncro, ticket)

    answer = syncro.get(f"/line_items?{query}").json()

    assert answer["line_items"] == []
    assert answer["meta"] == {"total_pages": 1, "total_entries": 0, "per_page": 100, "page": 1}


def test_a_key_of_one_customer_sees_no_lines_of_others(stage: Stage, syncro: Syncro, ticket: int) -> None:
    id = added(syncro, ticket)["id"]
    olga, own = stage.do(olga_and_her_ticket)

    assert syncro.get("/line_items", key=olga).json()["line_items"] == []
    assert syncro.get(f"/line_items/{id}", key=olga).status_code == 404
    assert syncro.put(f"/line_items/{id}", {"price": 0}, key=olga).status_code == 404
    assert syncro.delete(f"/line_items/{id}", key=olga).status_code == 404
    assert syncro.post(f"/tickets/{ticket}/add_line_item", {"name": "x"}, key=olga).status_code == 404
    assert syncro.post("/line_items", {"name": "x", "ticket_id": ticket}, key=olga).status_code == 422
    taken = {"ticket_line_item_id": id}
    assert syncro.put(f"/tickets/{own}/update_line_item", taken, key=olga).status_code == 404
    assert syncro.post(f"/tickets/{own}/remove_line_item", taken, key=olga).status_code == 404
    assert syncro.post(f"/tickets/{own}/add_line_item", {"name": "x"}, key=olga).status_code == 200


def test_who_may_only_look_adds_no_line(syncro: Syncro, ticket: int) -> None:
    assert syncro.post(f"/tickets/{ticket}/add_line_item", {"name": "x"}, key="vic").status_code == 401


def olga_and_her_ticket(work: Work) -> tuple[str, int]:
    customer = make.customer(work, name="Birch")
    key = access.give_key(work, access.NewKey(name="Olga's", technician_id=1, customer_id=customer))[1]
    return key, make.ticket(work, customer_id=customer)
