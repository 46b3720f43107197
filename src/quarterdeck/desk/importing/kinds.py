"""Which fields a table may fill, by which words they are known elsewhere, and how one row becomes a record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from quarterdeck.desk import contacts, customers, fields
from quarterdeck.desk.errors import Invalid, Problem, Why
from quarterdeck.desk.fields import NewValue, Target
from quarterdeck.desk.input import fold
from quarterdeck.desk.merging import Kind
from quarterdeck.desk.paging import Page
from quarterdeck.desk.work import Work

CUSTOM = "field:"
CUSTOM_MAX = 200
# The fields of each kind, and the words other programs have for them.
FIELDS: dict[Kind, dict[str, str]] = {
    Kind.CUSTOMER: {
        "name": "name, customer, company, business, customer name, company name, business name, "
        "client, account, kunde, firma, unternehmen, firmenname",
        "first_name": "first name, firstname, given name, vorname",
        "last_name": "last name, lastname, surname, family name, nachname",
        "email": "email, e mail, mail, email address, mail address, e mail adresse, mailadresse",
        "phone": "phone, telephone, phone number, tel, main phone, business phone, telefon, telefonnummer",
        "mobile": "mobile, cell, cell phone, mobile phone, mobil, handy, mobiltelefon",
        "fax": "fax, fax number",
        "website": "website, web, url, homepage",
        "domain": "domain, mail domain",
        "business_number": "business number, tax number, vat, vat number, company number, firmennummer, "
        "firmen nr., ust id",
        "category": "category, type, customer type, kategorie",
        "address": "address, street, address 1, address line 1, strasse, straße, adresse",
        "address_2": "address 2, address line 2, second line, adresszusatz",
        "city": "city, town, ort, stadt",
        "state": "state, province, region, county, state or region, bundesland, kanton",
        "zip": "zip, zip code, postcode, postal code, plz, postleitzahl",
        "country": "country, land",
        "referred_by": "referred by, source, empfohlen von",
        "tax_rate": "tax rate, steuersatz",
        "notification_email": "notification email, notices to, benachrichtigungen an",
        "invoice_cc_emails": "invoice cc emails, invoices also to, rechnungen auch an",
        "archived": "archived, inactive, archiviert, inaktiv",
        "no_email": "no email, keine e mails",
        "notes": "notes, note, comment, comments, description, notizen, notiz, bemerkung",
        "created_at": "created, created at, customer since, erstellt, kunde seit",
    },
    Kind.CONTACT: {
        "customer_name": "customer, company, business, customer name, company name, business name, "
        "client, account, kunde, firma, unternehmen, firmenname",
        "full_name": "name, full name, contact, contact name, kontakt, ganzer name",
        "first_name": "first name, firstname, given name, vorname",
        "last_name": "last name, lastname, surname, family name, nachname",
        "email": "email, e mail, mail, email address, mail address, e mail adresse, mailadresse",
        "phone": "phone, telephone, phone number, tel, work phone, business phone, telefon, telefonnummer",
        "extension": "extension, ext, durchwahl",
        "mobile": "mobile, cell, cell phone, mobile phone, mobil, handy, mobiltelefon",
        "job_title": "job title, job, title, position, funktion, stelle",
        "department_name": "department, department name, abteilung",
        "address": "address, street, address 1, address line 1, strasse, straße, adresse",
        "address_2": "address 2, address line 2, second line, adresszusatz",
        "city": "city, town, ort, stadt",
        "state": "state, province, region, county, state or region, bundesland, kanton",
        "zip": "zip, zip code, postcode, postal code, plz, postleitzahl",
        "primary": "primary, main contact, hauptkontakt",
        "archived": "archived, inactive, archiviert, inaktiv",
        "opt_out": "opted out, opt out, abbestellt",
        "notes": "notes, note, comment, comments, description, notizen, notiz, bemerkung",
        "created_at": "created, created at, erstellt, kunde seit",
    },
}
# Whose absence every row would be refused for.
NEEDED = {Kind.CUSTOMER: ("name",), Kind.CONTACT: ("customer_name",)}
SAME_NAME = Problem("is the name of a customer who is here already", Why.TAKEN)
SAME_EMAIL = Problem("is the mail address of a contact who is here already", Why.TAKEN)
NOBODY = Problem("or a mail address is required", Why.MISSING)


class Known(StrEnum):
    """What becomes of a row whose record is here already."""

    REFUSE = "refuse"
    UPDATE = "update"


@dataclass(frozen=True)
class Row:
    """A row as it is to be taken in: the values of its record, and of its custom fields by name."""

    values: dict[str, Any]
    custom: dict[str, str]


def custom_names(work: Work, kind: Kind) -> list[str]:
    view = fields.DEFINITIONS.view(["name"])
    found = view.page(work, fields.Filter.check({"target": Target(kind)}), Page(size=CUSTOM_MAX))
    return [row[0] for row in found.items]


def field_names(work: Work, kind: Kind) -> list[str]:
    """Everything a column may be taken for."""
    return [*FIELDS[kind], *(CUSTOM + name for name in custom_names(work, kind))]


def guess(work: Work, kind: Kind, header: Sequence[str]) -> list[str]:
    """What each column is, judged by its title; nothing where that says nothing. No field is filled twice."""
    known = {CUSTOM + name: {plain(name)} for name in custom_names(work, kind)}
    words = {name: {plain(one) for one in said.split(",")} for name, said in FIELDS[kind].items()}
    guessed: list[str] = []
    for title in header:
        asked = plain(title)
        found = next((name for name, said in {**words, **known}.items() if asked in said and name not in guessed), "")
        guessed.append(found)
    return guessed


def plain(title: str) -> str:
    return " ".join(fold(title).replace("_", " ").replace("-", " ").split())


def row_of(kind: Kind, columns: Mapping[int, str], cells: Sequence[str]) -> Row:
    """What the columns of a row say. An empty cell says nothing."""
    values: dict[str, Any] = {}
    custom: dict[str, str] = {}
    for place, name in columns.items():
        cell = cells[place] if place < len(cells) else ""
        if not cell.strip():
            continue
        if name.startswith(CUSTOM):
            custom[name.removeprefix(CUSTOM)] = cell
        else:
            values[name] = fold(cell) if name == "category" else cell
    return Row(values, custom)


def take_in(work: Work, kind: Kind, row: Row, known: Known) -> bool:
    """Make a record of a row, or change the one it names; returns whether it is new."""
    if kind is Kind.CUSTOMER:
        id, fresh = customer(work, row.values, known)
    else:
        id, fresh = contact(work, row.values, known)
    for name, text in row.custom.items():
        try:
            fields.put(work, Target(kind), id, NewValue.check({"name": name, "value": text}))
        except Invalid as invalid:
            raise Invalid({name: next(iter(invalid.problems.values()))}) from None
    return fresh


def customer(work: Work, values: dict[str, Any], known: Known) -> tuple[int, bool]:
    id = customers.by_name(work, values["name"]) if values.get("name") else None
    if id is None:
        return customers.create(work, customers.New.check(values)), True
    if known is Known.REFUSE:
        raise Invalid({"name": SAME_NAME})
    customers.change(work, id, customers.Changes.check(changes(values)))
    return id, False


def contact(work: Work, values: dict[str, Any], known: Known) -> tuple[int, bool]:
    if not values.keys() & {"full_name", "first_name", "last_name", "email"}:
        raise Invalid({"name": NOBODY})
    id = contacts.by_email(work, values["email"].strip()) if values.get("email") else None
    if id is None:
        return contacts.create(work, contacts.New.check(values)), True
    if known is Known.REFUSE:
        raise Invalid({"email": SAME_EMAIL})
    contacts.change(work, id, contacts.Changes.check(changes(values, "customer_name")))
    return id, False


def changes(values: dict[str, Any], *but: str) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in ("created_at", *but)}


def foreseen(work: Work, kind: Kind, row: Row, known: Known) -> dict[str, str]:
    """What would be wrong with a row, as far as can be told without taking it in."""
    values = row.values
    try:
        if kind is Kind.CUSTOMER:
            customers.New.check(values)
            if known is Known.REFUSE and customers.by_name(work, values["name"]) is not None:
                raise Invalid({"name": SAME_NAME})
            return {}
        contacts.New.check(values)
        if not values.keys() & {"full_name", "first_name", "last_name", "email"}:
            raise Invalid({"name": NOBODY})
        here = contacts.by_email(work, values["email"].strip()) if values.get("email") else None
        if here is not None and known is Known.REFUSE:
            raise Invalid({"email": SAME_EMAIL})
        if here is None:
            contacts.settled(work, {"customer_id": None, **values})
            if not values.get("customer_name"):
                raise Invalid({"customer_name": "is required"})
    except Invalid as invalid:
        return dict(invalid.problems)
    return {}
