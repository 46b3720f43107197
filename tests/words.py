"""What the pages say, gathered from where it is said, and the catalogues that say it in other languages."""

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
PAGES = ROOT / "src" / "quarterdeck" / "web"
LANGUAGES = PAGES / "languages"
TEMPLATE = LANGUAGES / "quarterdeck.pot"
METHODS = [("**.py", "python"), ("templates/**.html", "jinja2")]
OPTIONS = {"templates/**.html": {"trim_blocks": "true", "lstrip_blocks": "true", "extensions": "jinja2.ext.do"}}
# Functions that say something: which of their arguments are texts.
SAYING = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2), "many": (1, 2)}
# Headers about what git knows better.
FOR_GIT = (b'"Project-', b'"POT-', b'"PO-', b'"Report-', b'"Last-', b'"Language-Team', b'"Generated-')
LOOKS = {"width": 120, "sort_output": True, "include_lineno": False}


def said() -> Catalog:
    """All that the pages say."""
    found = Catalog(
        project="Quarterdeck", version="", header_comment="# What the pages say. Made by bin/words.", fuzzy=False
    )
    rows = extract_from_dir(PAGES, METHODS, OPTIONS, keywords=SAYING)
    for file, _, text, _, context in sorted(rows, key=lambda row: row[0]):
        found.add(text, locations=[(file, 0)], context=context)
    return found


def update(catalogue: Path, found: Catalog) -> int:
    """Bring a catalogue up to what is said; how many texts it has no words for."""
    with catalogue.open("rb") as file:
        kept = read_po(file, locale=catalogue.stem)
    kept.update(found, no_fuzzy_matching=True, update_creation_date=False)
    kept.obsolete.clear()
    kept.project, kept.version, kept.fuzzy = "Quarterdeck", "", False
    kept.header_comment = f"# What the pages say in {kept.locale.english_name}. Brought up to date by bin/words."
    write(catalogue, kept)
    return sum(1 for one in kept if one.id and not all(one.string if one.pluralizable else [one.string]))


def write(file: Path, catalogue: Catalog) -> None:
    text = io.BytesIO()
    write_po(text, catalogue, **LOOKS)
    lines = text.getvalue().splitlines(keepends=True)
    file.write_bytes(b"".join(one for one in lines if not one.startswith(FOR_GIT)))


def main(languages: list[str]) -> None:
    found = said()
    write(TEMPLATE, found)
    for language in languages:
        if not (LANGUAGES / f"{language}.po").exists():
            write(LANGUAGES / f"{language}.po", Catalog(locale=language))
    for catalogue in sorted(LANGUAGES.glob("*.po")):
        missing = update(catalogue, found)
        print(f"{catalogue.relative_to(ROOT)}: {len(found)} texts, {missing} without words")


if __name__ == "__main__":
    main(sys.argv[1:])
