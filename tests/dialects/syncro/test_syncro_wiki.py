"""Pages of knowledge, as both faces show them."""

import make
from conftest import Client, Stage, Syncro

SENT = {"name": "VPN how-to", "body": "<p>Dial in.</p>"}


def test_a_page_is_kept_and_shown(syncro: Syncro) -> None:
    made = syncro.post("/wiki_pages", SENT)

    assert made.status_code == 200
    page = made.json()["wiki_page"]
    expected = {
        **SENT,
        "account_id": 1,
        "slug": "vpn-how-to",
        "interpolated_body": "<p>Dial in.</p>",
        "customer_id": None,
        "asset_id": None,
        "public": False,
        "visibility": "private",
    }
    assert {name: page[name] for name in expected} == expected
    assert syncro.get(f"/wiki_pages/{page['id']}").json() == {"wiki_page": page}


def test_a_page_goes_by_its_title(syncro: Syncro) -> None:
    page = syncro.post("/wiki_pages", {"title": "Router", "body": "Unplug it.", "public": True}).json()["wiki_page"]

    assert (page["name"], page["visibility"]) == ("Router", "public")


def test_pages_are_filtered(stage: Stage, syncro: Syncro) -> None:
    customer = stage.do(make.customer)
    vpn = syncro.post("/wiki_pages", {**SENT, "visibility": "public"}).json()["wiki_page"]["id"]
    router = syncro.post("/wiki_pages", {"name": "Router", "body": "x", "customer_id": customer}).json()["wiki_page"][
        "id"
    ]

    def found(query: str) -> list[int]:
        return [row["id"] for row in syncro.get(f"/wiki_pages?{query}").json()["wiki_pages"]]

    assert found("query=dial") == found("public=true") == [vpn]
    assert found(f"customer_id={customer}") == found("public=false") == [router]
    assert syncro.get("/wiki_pages").json()["meta"]["per_page"] == 100


def test_a_page_is_changed_and_deleted(syncro: Syncro) -> None:
    id = syncro.post("/wiki_pages", SENT).json()["wiki_page"]["id"]

    changed = syncro.put(f"/wiki_pages/{id}", {"body": "Call us."}).json()["wiki_page"]
    assert (changed["name"], changed["body"]) == ("VPN how-to", "Call us.")

    assert syncro.delete(f"/wiki_pages/{id}").json() == {"success": True}
    assert syncro.get(f"/wiki_pages/{id}").status_code == 404


def test_what_is_wrong_is_said_in_the_vendors_words(syncro: Syncro) -> None:
    refused = syncro.post("/wiki_pages", {"name": "", "visibility": "internal"})

    assert refused.status_code == 422
    assert {"Name can't be blank", "Body can't be blank"} < set(refused.json()["message"])
    assert refused.json()["errors"]["public"] == ["public (visibility) is not one of public, private"]


def test_the_other_face_shows_the_page(client: Client, syncro: Syncro) -> None:
    id = syncro.post("/wiki_pages", SENT).json()["wiki_page"]["id"]

    for path in ("/knowledgebases", "/knowledgebase?search=vpn"):
        (page,) = client.get(path).json()["items"]
        shown = (page["KBID"], page["KBContext"], page["KBIsPrivate"], page["KBAddress"], page["KBRating_Views"])
        assert shown == (id, "VPN how-to", True, "vpn-how-to", 0)
    assert client.get("/knowledgebases?search=nothing").json()["items"] == []


def test_a_key_of_one_customer_sees_its_own_pages(stage: Stage, syncro: Syncro) -> None:
    other = syncro.post("/wiki_pages", SENT).json()["wiki_page"]["id"]
    olga = stage.do(make.key_of_one_customer)

    mine = syncro.post("/wiki_pages", SENT, key=olga).json()["wiki_page"]

    assert mine["customer_id"] is not None
    assert [row["id"] for row in syncro.get("/wiki_pages", key=olga).json()["wiki_pages"]] == [mine["id"]]
    assert syncro.put(f"/wiki_pages/{other}", {"body": "Mine"}, key=olga).status_code == 404
