"""How soon each page is there: one browser, signed in, that asks for one page after the other."""

import http.client
import time
from dataclasses import dataclass
from statistics import median

from bench.data import BEGAN, YEAR
from bench.processes import Server
from quarterdeck.web import ROUTES

PERIOD = f"from={BEGAN:%Y-%m-%d}&to={BEGAN + YEAR:%Y-%m-%d}"
# The addresses at which each page is asked for: as it opens, and as it costs most.
ADDRESSES: dict[str, tuple[str, ...]] = {
    "/queue": (
        "",
        *(f"?view={view}" for view in ("unassigned", "overdue", "waiting", "open", "all")),
        *(f"?view=open&sort={order}" for order in ("priority", "-activity", "-number", "number", "title")),
        *(f"?view=open&sort={order}" for order in ("customer", "contact", "technician", "status")),
        "?view=open&priority=critical&technician=2",
        "?view=all&status=closed&customer=7",
        "?view=all&q=printer",
        "?view=all&q=vpn+offline",
        "?view=open&q=the",
        "?view=all&q=acme",
        "?view=all&q=%2377",
    ),
    "/queue/views/new": ("",),
    "/tickets/new": ("", "?who=green"),
    "/tickets/{id}": ("/7", "/50000", "/99999", "/99990?list=view%3Dopen"),
    "/contacts": ("", "?q=ab", "?q=an", "?q=miller", "?q=anna+m", "?sort=-email"),
    "/contacts/new": ("",),
    "/contacts/{id}": ("/7",),
    "/contacts/{id}/tickets": ("/7/tickets",),
    "/contacts/{id}/history": ("/7/history",),
    "/contacts/{id}/deletion": ("/7/deletion",),
    "/customers": ("", "?q=ab", "?q=green", "?sort=-name"),
    "/customers/new": ("",),
    "/customers/{id}": ("/7",),
    "/customers/{id}/{tab}": tuple(
        f"/7/{tab}" for tab in ("tickets", "contacts", "assets", "billing", "alerts", "knowledge", "history")
    ),
    "/customers/{id}/deactivation": ("/7/deactivation",),
    "/assets": ("", "?q=ws", "?q=oak"),
    "/assets/new": ("",),
    "/assets/{id}": ("/7",),
    "/assets/{id}/software": ("/7/software",),
    "/assets/{id}/history": ("/7/history",),
    "/assets/{id}/deletion": ("/7/deletion",),
    "/archives": ("",),
    "/duplicates": ("",),
    "/duplicates/{kind}/{id}": ("/customer/7", "/contact/7"),
    "/merges": ("",),
    "/imports": ("",),
    "/dashboard": ("",),
    "/search": ("", "?q=printer", "?q=the", "?q=an", "?q=vpn+offline", "?q=%2377"),
    "/articles": ("",),
    "/articles/new": ("",),
    "/reports/{kind}": tuple(
        f"/{kind}?{PERIOD}{narrowed}"
        for kind in ("ages", "flow", "promises", "technicians", "customers", "unbilled")
        for narrowed in ("", "&technician=2")
    ),
    "/settings": ("",),
    "/settings/technicians": ("",),
    "/settings/technicians/{id}": ("/2",),
    "/settings/keys": ("",),
    "/settings/keys/new": ("",),
    "/settings/fields": ("",),
    "/settings/fields/new": ("",),
    "/settings/words": ("",),
    "/settings/replies": ("",),
    "/settings/replies/new": ("",),
    "/settings/replies/categories": ("",),
    "/settings/audit": ("", "?q=bench", "?what=ticket.changed"),
    "/settings/system": ("",),
    "/styleguide": ("",),
    "/me": ("",),
    "/me/security": ("",),
    "/me/sessions": ("",),
}
# What is no page, leads on, or comes only with a state that this desk has not.
OTHERS = {
    *("/", "/reports", "/live", "/queue/changed", "/tickets/{id}/replies/{reply}", "/setup", "/welcome/{token}"),
    *("/sign-in", "/sign-in/code", "/sign-in/provider", "/sign-in/provider/answer"),
    *("/tickets/{id}/comments/{comment}/pictures", "/tickets/{id}/customer", "/search/found"),
    *("/articles/{id}", "/articles/{id}/text", "/contracts/{id}", "/schedules/{id}"),
    *("/attachments/{guid}/{name}", "/archives/{id}/file", "/queue/delete", "/queue/merge", "/queue/views/{id}"),
    *("/duplicates/{kind}/{primary}/{duplicate}", "/imports/{id}", "/settings/fields/{id}", "/settings/replies/{id}"),
}
QUICKER = ("/queue", "/tickets/{id}")


def unlisted() -> list[str]:
    """Pages that are neither measured nor known to be left out."""
    pages = [route.path for route in ROUTES if route.method == "GET" and not route.path.endswith(".csv")]
    return [path for path in pages if path not in ADDRESSES and path not in OTHERS]


@dataclass(frozen=True)
class Waited:
    """How long a page took, in milliseconds."""

    page: str
    address: str
    median: float
    worst: float
    bytes: int

    @property
    def bar(self) -> float:
        return 50 if self.page in QUICKER else 100


def addresses(tickets: int) -> list[tuple[str, str]]:
    """Every page and an address of it, on a desk with so many tickets."""
    found = []
    for page, asked in ADDRESSES.items():
        begin = page.partition("/{")[0]
        for one in asked:
            if page == "/tickets/{id}":
                id, _, query = one[1:].partition("?")
                one = f"/{max(1, int(id) * tickets // 100_000)}{'?' + query if query else ''}"
            found.append((page, begin + one))
    return found


def waited(server: Server, session: str, tickets: int, times: int) -> list[Waited]:
    """Every page so many times, in turn, after once that does not count; the slowest first."""
    asked = addresses(tickets)
    taken: dict[str, list[float]] = {address: [] for _, address in asked}
    sizes: dict[str, int] = {}
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    headers = {"cookie": f"session={session}", "accept-encoding": "gzip"}
    for turn in range(times + 1):
        for _, address in asked:
            began_at = time.perf_counter()
            line.request("GET", address, headers=headers)
            answer = line.getresponse()
            body = answer.read()
            if answer.status != 200:
                raise SystemExit(f"{address} answers {answer.status}")
            sizes[address] = len(body)
            if turn:
                taken[address].append((time.perf_counter() - began_at) * 1000)
    line.close()
    found = [
        Waited(page, address, median(taken[address]), max(taken[address]), sizes[address]) for page, address in asked
    ]
    return sorted(found, key=lambda one: one.median / one.bar, reverse=True)
