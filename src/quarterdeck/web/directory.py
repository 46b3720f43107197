"""Lists of records: search, filters, order and place, all of them in the address; and the same list as a file."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from urllib.parse import urlencode

from quarterdeck.desk import sheets
from quarterdeck.desk.fields import Target
from quarterdeck.desk.input import Input, whole
from quarterdeck.desk.paging import Found, Page
from quarterdeck.desk.reading import View
from quarterdeck.edge.http import Answer
from quarterdeck.web import editing
from quarterdeck.web.kit import Visit

SIZE = 50
# A file has no more rows than our own import takes.
EXPORTED_AT_ONCE, EXPORTED_MAX = 1000, sheets.ROWS_MAX
ASKED_MAX = 200
# An unfinished last word that is shorter is looked for within names first.
SHORT = 5
CSV = b"text/csv; charset=utf-8"


@dataclass(frozen=True)
class Directory:
    """One kind of list: where it is, what a row shows, and by which names it may be ordered, the usual one first."""

    where: str
    view: View
    filter: type[Input]
    orders: tuple[str, ...]
    # The parameters of its address that are conditions.
    asks: tuple[str, ...] = ()
    # Filters that look for words, besides `like`, which finds parts of names.
    whole_words: bool = True


@dataclass
class Shown:
    """A page of a list, with the addresses around it."""

    directory: Directory
    asked: Mapping[str, str]
    rows: Sequence[Any] = ()
    total: int = 0
    order: str = ""
    before: str | None = None
    after: str | None = None
    more: dict[str, Any] = field(default_factory=dict)

    def link(self, **changes: str | None) -> str:
        """This list with other conditions, from its beginning."""
        kept = {name: value for name, value in self.asked.items() if name not in ("after", "before")}
        asked = {name: value for name, value in {**kept, **changes}.items() if value}
        return self.directory.where + (f"?{urlencode(asked)}" if asked else "")

    def sorted_by(self, name: str) -> str:
        """This list in the order of a column, or the other way round where it is in that already."""
        return self.link(sort=f"-{name}" if self.order == name else name)

    @property
    def file(self) -> str:
        return f"{self.directory.where}.csv{self.link().removeprefix(self.directory.where)}"

    @property
    def narrowed(self) -> bool:
        return any(self.asked.get(name) for name in ("q", *self.directory.asks))


def shown(visit: Visit, directory: Directory, conditions: Mapping[str, Any], where: str | None = None) -> Shown:
    """The page of a list that an address asks for."""
    query = visit.query
    page = asked_page(query, directory)
    found = find(visit, directory, conditions, page)
    names = ("q", "sort", "after", "before", *directory.asks)
    sheet = Shown(directory, {name: query[name] for name in names if name in query})
    sheet.rows = directory.view.read(visit.work, found.items)
    sheet.total, sheet.order = found.total, ("-" if page.descending else "") + page.order
    if found.items:
        sheet.after = sheet.link(after=found.last) if page.before or found.further else None
        sheet.before = sheet.link(before=found.first) if page.after or (page.before and found.further) else None
    return sheet


def of_customer(visit: Visit) -> dict[str, Any]:
    """The condition of an address that asks for one customer's."""
    id = whole(visit.query.get("customer", ""))
    return {} if id is None else {"customer_id": id}


def asked_page(query: Mapping[str, str], directory: Directory) -> Page:
    sort = query.get("sort") or directory.orders[0]
    order = sort.removeprefix("-")
    if order not in {one.removeprefix("-") for one in directory.orders}:
        sort = directory.orders[0]
        order = sort.removeprefix("-")
    return Page(
        size=SIZE,
        order=order,
        descending=sort.startswith("-"),
        after=query.get("after"),
        before=query.get("before") if "after" not in query else None,
    )


def find(visit: Visit, directory: Directory, conditions: Mapping[str, Any], page: Page) -> Found[Any]:
    """What is looked for, by whole words or by parts of names, whichever is likelier, and else by the other."""
    asked = visit.query.get("q", "").strip()[:ASKED_MAX]
    ways = ["like"]
    if directory.whole_words:
        ways = ["like", "text"] if len(asked.split(" ")[-1]) < SHORT else ["text", "like"]
    found: Found[Any] = Found((), 0, page)
    for way in ways if asked else [None]:
        where = {**conditions, **({way: asked} if way else {})}
        found = directory.view.page(visit.work, directory.filter.check(where), page)
        if found.total:
            break
    return found


def file(
    visit: Visit,
    directory: Directory,
    conditions: Mapping[str, Any],
    name: str,
    columns: Sequence[tuple[str, str]],
    target: Target | None = None,
) -> Answer:
    """The whole list as a CSV file, as far as an import of ours would take it: each path under its title, and then
    what the records hold in their custom fields."""
    own = editing.definitions(visit, target) if target else []

    def rows() -> Iterator[list[str]]:
        page = asked_page({name: value for name, value in visit.query.items() if name == "sort"}, directory)
        after, left = None, EXPORTED_MAX
        while left > 0:
            part = Page(size=min(EXPORTED_AT_ONCE, left), order=page.order, descending=page.descending, after=after)
            found = find(visit, directory, conditions, part)
            read = directory.view.read(visit.work, found.items)
            ids, fields = [row.id for row in read], [one.id for one in own]
            held = editing.cells(visit, target, ids, fields) if target else [[]] * len(read)
            for row, values in zip(read, held, strict=True):
                yield [*(cell(getattr(row, path.replace(".", "_"))) for _, path in columns), *values]
            left -= len(read)
            after = found.last
            if not found.further:
                break

    header = [*(visit.speech._(title) for title, _ in columns), *(one.name for one in own)]
    return saved(visit, name, header, rows())


def saved(visit: Visit, name: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> Answer:
    """A CSV file to be kept, with the day in its name, and with how far it goes where that is not to the end."""
    taken = count()
    content = sheets.written(header, (row for row, _ in zip(rows, taken, strict=False)))
    part = f"-first-{EXPORTED_MAX}" if next(taken) >= EXPORTED_MAX else ""
    day = visit.speech.now.date().isoformat()
    headers = [(b"content-disposition", f'attachment; filename="{name}-{day}{part}.csv"'.encode())]
    return Answer(200, content, headers, CSV)


def cell(value: Any) -> str:
    """A value as a file of ours says it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if hasattr(value, "isoformat"):
        return str(value.isoformat()).replace("+00:00", "Z")
    return str(value)
