"""Files that come from others and go to others: their names, their kinds, and tables that hold more than words."""

import csv
import gzip
import io
import re
import zipfile
from collections.abc import Iterator
from urllib.parse import unquote, urljoin, urlsplit

import pytest

import make
from acts import PAGES, address
from conftest import Browser, Client, Databases, Stage, desk_on
from quarterdeck.desk import attachments, importing
from quarterdeck.desk.merging import Kind
from quarterdeck.desk.work import Work

NAMES = (
    "../../../etc/passwd",
    "..\\..\\windows\\win.ini",
    "....//....//x.html",
    "/absolute.txt",
    "C:\\boot.ini",
    "..",
    ".htaccess",
    "CON",
    "a\x00.html",
    'a".html',
    'a"; filename="b.html',
    "a'; DROP TABLE x.txt",
    "a\r\nSet-Cookie: owned=1\r\n\r\n<script>.html",
    "invoice\u202egpj.exe",
    "\u2066x\u2069.svg",
    "page.html",
    "page.xhtml",
    "picture.svg",
    "picture.png.exe",
    "<img src=x onerror=alert(1)>.png",
    "%2e%2e%2f%2e%2e%2flive",
    "a?b=c#d.png",
    "a;b.png",
    "Über größe 日本語 👩‍👧.pdf",
    "é" * 500 + ".png",
    "x" * 10_000,
    " . . ",
    "",
)
TYPES = (
    "text/html",
    "TEXT/HTML; charset=utf-7",
    "image/svg+xml",
    "application/xhtml+xml",
    "text/xml",
    "application/javascript",
    "text/css",
    "application/pdf",
    "multipart/x-mixed-replace",
    "image/png\r\nx-evil: 1",
    "image/png",
    "text/plain",
    "",
    "x" * 5000,
)
HARMLESS = {"application/octet-stream", "image/png", "image/jpeg", "image/gif", "image/webp", "text/plain"}
PAGE = b"<!doctype html><script>alert(1)</script><svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
FORMULAS = (
    "=cmd|' /C calc'!A0",
    "+1+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    '"=HYPERLINK("http://evil.example")',
    " =1+1",
    "\u200b=1+1",
    "＝1+1",
    "'=1+1",
    "x;=1+1",
    "x,=1+1",
)
# What a spreadsheet would take for the beginning of a formula.
FORMULA = re.compile(r"[\s\"\u200b\ufeff]*[=+\-@＝＋－＠]|[\t\r\n]")


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def client(request: pytest.FixtureRequest, databases: Databases) -> Iterator[Client]:
    with desk_on(databases, request.param) as made:
        yield made


@pytest.fixture(scope="module")
def stage(client: Client) -> Stage:
    return client.stage


def kept(answer: object) -> str:
    """The name that a browser would save a file under, once it is seen that it would save it and do nothing else."""
    headers = answer.headers  # type: ignore[attr-defined]
    assert headers["content-type"].partition(";")[0] in HARMLESS
    assert headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["cache-control"] == "private, no-store"
    assert "set-cookie" not in headers
    assert not [name for name in headers if name.startswith("x-evil")]
    found = re.fullmatch(
        r"attachment; filename=\"([\w ._()+=,@-]+)\"; filename\*=UTF-8''([\w%.~-]+)", headers["content-disposition"]
    )
    assert found, headers["content-disposition"]
    return unquote(found[2], errors="strict")


def test_a_file_is_saved_whatever_it_is_called_and_says_it_is(browser: Browser, stage: Stage) -> None:
    ticket = stage.do(lambda work: make.ticket(work))
    asked = [(name, "text/html") for name in NAMES] + [("page.html", type) for type in TYPES]
    for name, type in asked:
        id = stage.do(
            lambda work, n=name, t=type: make.attachment(work, ticket_id=ticket, name=n, type=t, content=PAGE)
        )
        file = stage.do(lambda work, id=id: attachments.get(work, id))
        for end in ("x", "..%2f..%2flive", "page.html", "%0d%0aa", "日本語"):
            said = kept(browser.get(f"/attachments/{file.guid}/{end}"))
            assert said == file.name
        assert not re.search(r"[/\\\x00-\x1f\u202a-\u202e\u2066-\u2069]|^\.|\.$", file.name)
        assert len(file.name) <= 200

    page = browser.get(f"/tickets/{ticket}").text
    links = re.findall(r'(?:href|src)="(/attachments/[^"]*)"', page)
    assert len(links) >= len(asked)
    for link in links:
        path = urlsplit(urljoin("http://desk.example/tickets/1", link.replace("&amp;", "&"))).path
        assert re.fullmatch(r"/attachments/[0-9a-f-]{36}/[^/]+", path), link
    assert "onerror=alert(1)>" not in page


def test_a_file_in_a_form_is_taken_as_one_file_however_its_part_is_written(browser: Browser, stage: Stage) -> None:
    ticket = stage.do(lambda work: make.ticket(work))
    heads = (
        b'form-data; name="files"; filename="a\\".html"',
        b'form-data; name="files"; filename="../../../x.svg"',
        b"form-data; name=files; filename=../x.html",
        b'form-data; name="files"; filename="a.png"; filename="b.html"',
        b"form-data; name=\"files\"; filename*=UTF-8''%2e%2e%2fx.html",
        b'form-data; name="files"; filename="\xff\xfe.html"',
        b'form-data; name="files"; filename="a\x00b.html"',
    )
    for head in heads:
        parts = [
            (b'form-data; name="form_key"', browser.form_key.encode()),
            (b'form-data; name="note"', b"See file"),
            (head, PAGE),
        ]
        body = b"".join(
            b"--B\r\ncontent-disposition: %s\r\ncontent-type: text/html\r\n\r\n%s\r\n" % part for part in parts
        )
        answer = browser.request(
            "POST",
            f"/tickets/{ticket}/notes",
            content=body + b"--B--\r\n",
            headers={"content-type": "multipart/form-data; boundary=B"},
        )
        assert answer.status_code in (303, 400, 422), head
    for link in re.findall(r'href="(/attachments/[^"]*)"', browser.get(f"/tickets/{ticket}").text):
        kept(browser.get(link))


def test_a_strangers_and_a_guessed_link_give_no_file(browser: Browser, client: Client, stage: Stage) -> None:
    guid = stage.do(lambda work: attachments.get(work, make.attachment(work)).guid)
    assert Browser(client, stage, technician_id=None).get(f"/attachments/{guid}/log.txt").status_code == 303
    for wrong in (guid[:-1], guid + "0", guid.replace("-", ""), "1", "%00", "..", guid[:-4] + "0000"):
        assert browser.get(f"/attachments/{wrong}/log.txt").status_code == 404


def test_no_cell_of_any_list_is_a_formula(browser: Browser, stage: Stage) -> None:
    def fill(work: Work) -> int:
        for n, text in enumerate(FORMULAS):
            customer = make.customer(work, name=text, domain=None, city=text, notes=text, address=text)
            contact = make.contact(work, customer_id=customer, first_name=text, last_name=text, job_title=text)
            make.agent(work, customer_id=customer, name=text, notes=text)
            technician = make.technician(work, first_name=text, last_name=text)
            ticket = make.ticket(work, contact_id=contact, title=text, technician_id=technician)
            make.time_entry(work, ticket, notes=text, billable=True, technician_id=technician)
            make.article(work, name=f"{text} {n}", customer_id=customer, body=text)
        me = Work(work.link, work.actor, work.now, "tests")
        table = io.StringIO()
        csv.writer(table).writerows([["name", "email", "=1+1"], *([text, "no address", text] for text in FORMULAS)])
        return importing.receive(me, Kind.CUSTOMER, "=list.csv", table.getvalue().encode())

    on = {"import": stage.do(fill)}
    where = f"/imports/{on['import']}"
    assert browser.send(f"{where}/run", {"column-0": "name", "column-1": "email"}).status_code == 303
    assert stage.app.runner.once()
    lists = [name for name in PAGES if name.endswith(".csv")]
    assert len(lists) >= 9
    empty = []
    for name in lists:
        path = address(PAGES[name].path, on)
        answer = browser.get(f"{path}?view=all&from=2026-02-01&to=2026-03-31")
        assert answer.status_code == 200, name
        assert answer.headers["content-type"] == "text/csv; charset=utf-8"
        assert re.fullmatch(r'attachment; filename="[\w.-]+\.csv"', answer.headers["content-disposition"])
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
        assert [cell for row in rows for cell in row if FORMULA.match(cell)] == [], name
        if not [cell for row in rows for cell in row if re.match("'[=+@-]", cell)]:
            empty.append(name)
    # Those that name neither people nor customers.
    assert {re.split(r"[/.]", name)[-2] for name in empty} <= {"promises", "ages", "flow"}


def packed(content: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("list.csv", content)
    return made.getvalue()


HOSTILE = {
    "nothing": b"",
    "a mark": b"\xef\xbb\xbf",
    "half a mark": b"\xff",
    "a header": b"name,email\n",
    "empty lines": b"\n" * 100_000,
    "nul": b"name,email\na\x00b,c\n",
    "utf-16": "name,email\nAcme,a@b.example\n".encode("utf-16"),
    "half of utf-16": "name,email\nAcme,a@b.example\n".encode("utf-16")[:-1],
    "utf-16 without mark": "name,email\nAcme,a@b.example\n".encode("utf-16-le"),
    "utf-32": "name,email\nAcme,a@b.example\n".encode("utf-32"),
    "utf-7": b"name,email\n+ADw-script+AD4-,x\n",
    "no utf-8": b"name,email\n\xc3\x28,\xf0\x28\x8c\x28\n",
    "surrogates": b"name,email\n\xed\xa0\x80,\xed\xbf\xbf\n",
    "controls": b"name,email\n\x01\x02\x1b[31m,\x7f\n",
    "a wide cell": b"name,email\n" + b"x" * 300_000 + b",y\n",
    "a wide cell that is allowed": b"name,email\n" + b"x" * 200_000 + b",y\n",
    "many columns": b",".join(b"c%d" % n for n in range(5000)) + b"\n" + b"x," * 5000 + b"\n",
    "no end of quotes": b'name,email\n"Acme,b@c.example\n' * 500,
    "quotes": b'name,email\n"""""""""""""""",""\n' + b'"' * 9999 + b"\n",
    "lone returns": b"name,email\rAcme,a@b.example\rGlobex,g@h.example\r",
    "delimiters": b";,|\t" * 20_000 + b"\n" + b",;|\t" * 20_000,
    "named delimiter": b"sep=\x07\nname\x07email\nAcme\x07a@b.example\n",
    "twice a column": b"name,name,name\nAcme,Globex,Hooli\n",
    "columns of ours": b"id,field:1,customer_id,created_at,__proto__\n1,x,2,9999-99-99,y\n",
    "more rows than names": b"name\n" + b"Acme,x,y,z\n" * 2000,
    "formulas": b"name,email\n=cmd|' /C calc'!A0,@x\n",
    "dates": b"name,created_at\nAcme,0000-00-00\nGlobex,99999999999999\nHooli,-1\n",
    "long names": b"name,email\n" + ("\u00fc" * 5000 + ",x@" + "y" * 5000 + "\n").encode() * 5,
    "an archive": packed(b"name\nAcme\n"),
    "a packed file": gzip.compress(b"name\nAcme\n" * 1000),
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 50,
    "a page": b"<!doctype html><table><tr><td>=1+1</td></tr></table>",
    "json": b'[{"name":"Acme"}]',
    "too long": b"name\n" + b"x\n" * 6_000_000,
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_table_that_is_none_ends_in_rows_refused_and_never_in_a_failure(
    name: str, browser: Browser, stage: Stage
) -> None:
    form = {"form_key": browser.form_key, "kind": "customer"}
    files = {"file": ("../<b>=list.csv", HOSTILE[name], "text/html")}
    answer = browser.request("POST", "/imports", data=form, files=files)
    assert answer.status_code in (303, 413, 422)
    if answer.status_code != 303:
        return
    where = answer.headers["location"]
    page = browser.get(where)
    assert page.status_code == 200
    assert "<b>" not in page.text
    began = browser.send(f"{where}/run", {"column-0": "name", "column-1": "email", "column-999999999999": "city"})
    assert began.status_code in (303, 422)
    if began.status_code == 422:
        began = browser.send(f"{where}/run", {"column-0": "name"})
    while stage.app.runner.once():
        pass
    assert browser.get(where).status_code == 200
    assert browser.get(f"{where}/refused.csv").status_code == 200
    assert "Something went wrong" not in browser.get(where).text
