"""What the desk knows: found, read, written, and gone."""

import make
from conftest import Browser, Client, Stage
from quarterdeck.desk import knowledge


def test_articles_are_found_by_their_words_and_by_who_may_read_them(browser: Browser, stage: Stage) -> None:
    stage.do(lambda work: make.article(work, name="VPN how-to", body="Dial in."))
    stage.do(make.customer)
    stage.do(lambda work: make.article(work, name="Door code", body="Ask at the desk", public=True, customer_id=1))

    assert "Here will be what the desk knows" not in browser.get("/articles").text
    assert "Door code" not in browser.get("/articles?q=dial").text
    assert "VPN how-to" in browser.get("/articles?q=dial").text
    assert "VPN how-to" not in browser.get("/articles?readers=customers").text
    assert "VPN how-to" not in browser.get("/articles?customer=1").text
    assert "No article fits" in browser.get("/articles?q=fax").text
    file = browser.get("/articles.csv?q=code").text.splitlines()
    assert '"Name","Customer","For customers","Text"' in file[0]
    assert file[1].startswith('"Door code",')
    assert len(file) == 2


def test_an_article_is_written_read_changed_and_deleted(browser: Browser, stage: Stage) -> None:
    assert "Here will be what the desk knows" in browser.get("/articles").text
    typed = {"part": "article", "name": "Fax", "body": "Press **start**\r\n<script>x</script>", "customer_name": "Acme"}

    refused = browser.send("/articles", typed)
    customer = stage.do(lambda work: make.customer(work, name="Borealis Bakery"))
    where = browser.send("/articles", {**typed, "customer_name": "borealis bakery"}).headers["location"]

    assert refused.status_code == 422
    assert "Press **start**" in refused.text
    page = browser.get(where).text
    assert "Press <strong>start</strong>" in page
    assert "<script>x" not in page
    assert "For technicians only." in page
    assert "Fax" in browser.get(f"/customers/{customer}/knowledge").text
    id = int(where.rpartition("/")[2])
    now = stage.do(lambda work: knowledge.get(work, id))
    held = {"part": "article", "was.name": "Fax", "was.body": now.body, "was.customer_name": "Borealis Bakery"}
    browser.send(f"{where}/text", {**held, "name": "The fax", "body": now.body, "public": "1", "customer_name": ""})
    now = stage.do(lambda work: knowledge.get(work, id))
    assert (now.name, now.public, now.customer_id) == ("The fax", True, None)
    assert browser.send(f"{where}/deletion", {"typed": "Fax"}).status_code == 422
    assert browser.send(f"{where}/deletion", {"typed": "the fax"}).headers["location"] == "/articles"
    assert browser.get(where).status_code == 404


def test_two_people_who_write_the_same_article_are_told(browser: Browser, stage: Stage) -> None:
    id = stage.do(lambda work: make.article(work, name="VPN", body="Dial in."))
    stage.do(lambda work: knowledge.change(work, id, knowledge.Changes(body="Do not dial.")))
    held = {"part": "article", "was.name": "VPN", "was.body": "Dial in."}

    answer = browser.send(f"/articles/{id}/text", {**held, "name": "VPN", "body": "Dial in twice."})

    assert answer.status_code == 422
    assert "Dial in twice." in answer.text
    assert stage.do(lambda work: knowledge.get(work, id)).body == "Do not dial."


def test_whoever_may_only_look_reads_articles_and_writes_none(client: Client, stage: Stage) -> None:
    id = stage.do(make.article)
    vic = Browser(client, stage, technician_id=2)

    assert "New article" not in vic.get("/articles").text
    assert f"/articles/{id}/text" not in vic.get(f"/articles/{id}").text
    for path in ("/articles/new", f"/articles/{id}/text"):
        assert vic.get(path).status_code == 403
    for path in ("/articles", f"/articles/{id}/text", f"/articles/{id}/deletion"):
        assert vic.send(path, {"name": "x", "body": "y", "typed": "VPN how-to"}).status_code == 403
