"""Taking tables in, and giving them out."""

import csv
import io
import random

import pytest

import make
from conftest import Browser, Stage
from quarterdeck.desk import customers, sheets
from quarterdeck.desk.work import Work

PEOPLE = "Company;Name;E-Mail;Extra\r\nAcme Dental;Änne Groß;anne@acme.example;x\r\nNobody Ltd;Al;al@x.example;\r\n"


def sent(browser: Browser, kind: str, content: bytes, name: str = "list.csv") -> str:
    """Upload a file; returns the address of its import."""
    form = {"form_key": browser.form_key, "kind": kind}
    answer = browser.request("POST", "/imports", data=form, files={"file": (name, content, "text/csv")})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def names(stage: Stage) -> list[str]:
    view = customers.READING.view(["name"])

    def read(work: Work) -> list[str]:
        found = view.page(work, customers.Filter.check({}), make_page())
        return [row[0] for row in found.items]

    return sorted(stage.do(read))


def make_page() -> object:
    from quarterdeck.desk.paging import Page

    return Page(size=500)


def test_a_file_of_contacts_is_taken_in_and_what_is_refused_comes_back_with_its_reason(
    browser: Browser, stage: Stage
) -> None:
    stage.do(lambda work: make.customer(work, name="Acme Dental"))
    where = sent(browser, "contact", PEOPLE.encode("cp1252"))
    page = browser.get(where).text
    assert "Windows-1252" in page
    assert "semicolons" in page
    assert "names no customer" in page

    columns = {"column-0": "customer_name", "column-1": "full_name", "column-2": "email", "known": "refuse"}
    assert browser.send(f"{where}/run", columns).status_code == 303
    assert browser.get(where).headers["refresh"] == "3"
    assert stage.app.runner.once()

    page = browser.get(where).text
    assert "refresh" not in browser.get(where).headers
    assert "Save the refused rows" in page
    rows = list(csv.reader(io.StringIO(browser.get(f"{where}/refused.csv").content.decode("utf-8-sig"))))
    assert rows[0][:2] == ["Line", "Refused because"]
    assert rows[1] == ["3", "customer_name names no customer", "Nobody Ltd", "Al", "al@x.example"] or rows[1][:2] == [
        "3",
        "customer_name names no customer",
    ]
    assert "Änne Groß" in browser.get("/contacts").text


def test_a_list_given_out_comes_back_the_same_through_an_import(browser: Browser, stage: Stage) -> None:
    evil = ["=1+1", "+cmd|' /C calc'!A0", "-2", "@SUM(A1)", "＝1", "'=quoted", '"=x', "a;=b", "Plain & <b>Söhne</b>"]

    def fill(work: Work) -> None:
        make.field(work, name="Tier")
        for name in evil:
            make.customer(work, name=name, notes=f"-first\n=second\r\nthird {name}", phone="+1 555 0100", domain=None)

    stage.do(fill)
    exported = browser.get("/customers.csv").content
    for row in csv.reader(io.StringIO(exported.decode("utf-8-sig"))):
        assert not any(cell[:1] in tuple("=+-@＝\t\r") and cell for cell in row)

    stage.do(lambda work: [customers.change(work, id, customers.Changes(name=f"old {id}")) for id in range(1, 10)])
    where = sent(browser, "customer", exported)
    page = browser.get(where).text
    chosen = {"column-0": "name", "column-4": "phone", "column-23": "notes"}
    assert page.count(" selected>") > 20
    browser.send(f"{where}/run", chosen)
    assert stage.app.runner.once()
    assert [name for name in names(stage) if not name.startswith("old ")] == sorted(evil)
    assert browser.get("/customers.csv?archived=no").content.decode().count("'=second") == 18


def test_a_formula_is_neutralised_and_comes_back_whatever_stands_before_it() -> None:
    rng = random.Random(7)
    for _ in range(20_000):
        text = "".join(rng.choice("=+-@＝＠'\"\t\r\n;, |ab\u200b") for _ in range(rng.randint(0, 8)))
        neutral = sheets.neutral(text)
        assert sheets.plain(neutral) == text
        assert neutral.lstrip('"')[:1] not in tuple("=+-@＝＠\t\r") or not neutral.strip('"')


@pytest.mark.parametrize(
    ("content", "encoding", "delimiter"),
    [
        pytest.param(b"Name,Mail\nA,a@b.example\n", "utf-8-sig", ",", id="plain"),
        pytest.param("\ufeffName;Mail\nÄ;a@b.example\n".encode(), "utf-8-sig", ";", id="with a mark"),
        pytest.param("Name\tMail\r\nÄ\ta@b.example\r\n".encode("utf-16"), "utf-16", "\t", id="wide"),
        pytest.param("Name;Mail\r\nMüller, Söhne;a@b.example\r\n".encode("cp1252"), "cp1252", ";", id="older"),
        pytest.param(b"sep=|\r\nName|Mail\r\nA|a@b.example\r\n", "utf-8-sig", "|", id="named"),
        pytest.param(b"Name\nA\nB\n", "utf-8-sig", ",", id="one column"),
    ],
)
def test_letters_and_columns_are_told_apart(content: bytes, encoding: str, delimiter: str) -> None:
    sheet = sheets.read(content)
    assert (sheet.encoding, sheet.header[0], len(sheet.rows[0][1])) == (encoding, "Name", len(sheet.header))
    assert sheet.delimiter == delimiter or len(sheet.header) == 1


def test_what_is_no_table_is_refused_beside_its_field(browser: Browser) -> None:
    for content in (b"", b"Name\n", b"\x00\x01\x02", b"a,b\n" * 50_002, b"x" * (10 * 2**20 + 1)):
        form = {"form_key": browser.form_key, "kind": "customer"}
        answer = browser.request("POST", "/imports", data=form, files={"file": ("x.csv", content, "text/csv")})
        assert answer.status_code == 422, content[:20]
        assert 'id="file-aside"' in answer.text


def test_who_is_here_already_is_left_out_or_brought_up_to_date(browser: Browser, stage: Stage) -> None:
    stage.do(lambda work: make.customer(work, name="Acme Dental", city="Lisbon", phone="1"))
    content = b"Name,City,Phone\nAcme Dental,Porto,\n"
    for known, city in (("refuse", "Lisbon"), ("update", "Porto")):
        where = sent(browser, "customer", content)
        form = {"column-0": "name", "column-1": "city", "column-2": "phone", "known": known}
        browser.send(f"{where}/run", form)
        assert stage.app.runner.once()
        assert stage.do(lambda work: (customers.get(work, 1).city, customers.get(work, 1).phone)) == (city, "1")
