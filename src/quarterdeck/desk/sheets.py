"""Tables as CSV: written so that no program takes a cell for a formula, read as other programs write them."""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quarterdeck.desk.errors import Invalid

# What begins a formula, also in its full-width form.
BEGINNINGS = "=+\\-@＝＋－＠"
# Where a program may believe a cell to begin: at its beginning, and after whatever parts cells and rows elsewhere.
CELL = r"(?:(?<=[;,|\t\r\n])|\A)"
FORMULA = rf"[\s'\"\u200b\ufeff]*[{BEGINNINGS}]"
DANGEROUS = rf"{CELL}(?={FORMULA})|\A(?=['\"]*[\t\r\n])"
NEUTRALISED = rf"{CELL}'(?={FORMULA})|\A'(?=['\"]*[\t\r\n])"
WRITE, READ = re.compile(DANGEROUS), re.compile(NEUTRALISED)

BYTES_MAX = 10 * 2**20
ROWS_MAX = 50_000
COLUMNS_MAX = 100
CELL_MAX = 250_000
SAMPLE = 20_000
DELIMITERS = ",;\t|"

csv.field_size_limit(CELL_MAX)


def neutral(text: str) -> str:
    """A cell that no program runs: an apostrophe stands before whatever could be a formula."""
    return WRITE.sub("'", text)


def plain(cell: str) -> str:
    """A cell as it was before `neutral`."""
    return READ.sub("", cell)


def written(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A table as a file that spreadsheets open as it is."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, quoting=csv.QUOTE_ALL)
    writer.writerow([neutral(cell) for cell in header])
    writer.writerows([neutral(cell) for cell in row] for row in rows)
    return file.getvalue().encode("utf-8-sig")


@dataclass(frozen=True)
class Sheet:
    """A table that was read: its header, its rows with the line each begins in, and how it was written."""

    header: list[str]
    rows: list[tuple[int, list[str]]]
    encoding: str
    delimiter: str


def read(content: bytes) -> Sheet:
    """The table in a file, however its letters and its columns are told apart."""
    if len(content) > BYTES_MAX:
        raise Invalid({"file": f"is longer than {BYTES_MAX // 2**20} MB"})
    text, encoding = decoded(content)
    if "\x00" in text:
        raise Invalid({"file": "is no table of text"})
    text, delimiter = parted(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[tuple[int, list[str]]] = []
    begins = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((begins, [plain(cell) for cell in cells]))
            begins = reader.line_num + 1
            if len(rows) > ROWS_MAX + 1:
                raise Invalid({"file": f"has more than {ROWS_MAX} rows"})
    except csv.Error as error:
        raise Invalid({"file": f"cannot be read in line {reader.line_num}: {error}"}) from None
    if len(rows) < 2:
        raise Invalid({"file": "holds no rows under a header"})
    (_, header), *rows = rows
    if len(header) > COLUMNS_MAX:
        raise Invalid({"file": f"has more than {COLUMNS_MAX} columns"})
    return Sheet([cell.strip() for cell in header], rows, encoding, delimiter)


def decoded(content: bytes) -> tuple[str, str]:
    """A text and what it was encoded as. Latin letters of one byte are what older programs write."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return content.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1"), "latin-1"


def parted(text: str) -> tuple[str, str]:
    """The text without a first line that only names what parts its columns, and what does."""
    if named := re.match(r"sep=(.)\r?\n", text):
        return text[named.end() :], named[1] if named[1] in DELIMITERS else ","
    sample = text[:SAMPLE]
    if len(text) > SAMPLE:
        sample = sample[: sample.rfind("\n") + 1] or sample
    try:
        found = csv.Sniffer().sniff(sample, DELIMITERS).delimiter
    except csv.Error:
        found = ""
    first = sample.partition("\n")[0]
    if not found or found not in DELIMITERS or found not in first:
        found = max(DELIMITERS, key=first.count)
    return text, found
