"""The one way out: every request this server makes to others goes through here.

A name is looked up once, every address it has must be one that the whole internet may reach, and the connection goes
to the very address that was checked. Each redirect is looked at in the same way.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlencode, urljoin, urlsplit

from quarterdeck.desk.errors import Busy, Invalid, Problem, Why

URL_MAX = 2000
REDIRECTS_MAX = 3
REDIRECTS = {301, 302, 303, 307, 308}
CONNECT_WITHIN = 5.0
ALL_WITHIN = 20.0
AT_ONCE = 4
PIECE = 2**16
# What stands in a path or query as it is.
PLAIN = "/%:@!$&'()*+,;=~?[]"
PORTS = {"http": 80, "https": 443}

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
# The addresses of a name, as text.
Resolve = Callable[[str, int], Sequence[str]]

GLOBAL_V6 = ipaddress.ip_network("2000::/3")
# Addresses that carry one of the other kind: the first for networks without the older kind, the others out of use.
NAT64 = ipaddress.ip_network("64:ff9b::/96")
TUNNELS = (ipaddress.ip_network("2002::/16"), ipaddress.ip_network("2001::/23"))


@dataclass(frozen=True)
class Fetched:
    content: bytes
    # What the other side said it is.
    type: str
    # The last word of the path it came from.
    name: str


@dataclass(frozen=True)
class Sent:
    """A body to send, and the headers that go with it."""

    content: bytes
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Target:
    """A URL taken apart, once it is seen to be one of ours to follow."""

    secure: bool
    host: str
    port: int
    path: str
    url: str

    @property
    def authority(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS["https" if self.secure else "http"] else f"{host}:{self.port}"


class Client:
    """Fetches what others have. `allowed` are hosts, addresses and networks an admin trusts beyond the internet."""

    def __init__(self, allowed: Iterable[str] = (), *, longest: int, resolve: Resolve | None = None) -> None:
        self.hosts, self.networks = sorted_out(allowed)
        self.longest = longest
        self.resolve = resolve or look_up
        self.slots = threading.BoundedSemaphore(AT_ONCE)

    def fetch(self, url: str) -> Fetched:
        """The content of a URL, or `Invalid`."""
        if not self.slots.acquire(blocking=False):
            raise Busy("too many files are being fetched just now")
        try:
            return self.follow(url, time.monotonic() + ALL_WITHIN)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise refused("could not be fetched") from error
        finally:
            self.slots.release()

    def follow(self, url: str, until: float) -> Fetched:
        for _ in range(REDIRECTS_MAX + 1):
            target = taken_apart(url)
            with self.answer(target, until) as answer:
                if answer.status not in REDIRECTS:
                    return self.content(answer, target)
                url = urljoin(target.url, answer.headers.get("Location", ""))
        raise refused(f"redirects more than {REDIRECTS_MAX} times")

    def send(self, url: str, form: Mapping[str, str], authorization: str | None = None) -> Fetched:
        """What comes back for a form. It holds secrets, so it goes to this URL and is not led elsewhere."""
        if not self.slots.acquire(blocking=False):
            raise Busy("too much is being fetched just now")
        headers = {"Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded"}
        headers |= {"Authorization": authorization} if authorization else {}
        target = taken_apart(url)
        try:
            sent = Sent(urlencode(form).encode(), headers)
            with self.answer(target, time.monotonic() + ALL_WITHIN, sent) as answer:
                return self.content(answer, target)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise refused("could not be fetched") from error
        finally:
            self.slots.release()

    @contextmanager
    def answer(self, target: Target, until: float, sent: "Sent | None" = None) -> Iterator[http.client.HTTPResponse]:
        """The other side's answer; the connection is cut when its time is over."""
        with closing(self.connected(target, until)) as plain, cut_at(until, plain):
            with (
                closing(secured(plain, target) if target.secure else plain) as line,
                closing(asked(line, target, sent)) as answer,
            ):
                yield answer
            if time.monotonic() >= until:
                raise TimeoutError

    def connected(self, target: Target, until: float) -> socket.socket:
        """A connection to an address that was checked, and to no other."""
        addresses = self.checked(target)
        failed: OSError = TimeoutError()
        for address in addresses:
            left = min(CONNECT_WITHIN, until - time.monotonic())
            if left <= 0:
                break
            try:
                return socket.create_connection((address, target.port), timeout=left)
            except OSError as error:
                failed = error
        raise failed

    def checked(self, target: Target) -> Sequence[str]:
        """The host's addresses, every one of which may be connected to."""
        found = self.resolve(target.host, target.port)
        if not found or not (target.host in self.hosts or all(self.may_reach(one) for one in found)):
            raise refused("leads to an address this server does not fetch from")
        return found

    def may_reach(self, text: str) -> bool:
        try:
            address = ipaddress.ip_address(text.partition("%")[0])
        except ValueError:
            return False
        return is_public(address) or any(address in network for network in self.networks)

    def content(self, answer: http.client.HTTPResponse, target: Target) -> Fetched:
        if answer.status != 200:
            raise refused("was not given out: the other side says no")
        if answer.headers.get("Content-Encoding", "identity").strip().lower() != "identity":
            raise refused("came packed, which was not asked for")
        if (answer.length or 0) > self.longest:
            raise refused(f"is longer than {self.longest} bytes")
        parts, size = [], 0
        while part := answer.read1(PIECE):
            size += len(part)
            if size > self.longest:
                raise refused(f"is longer than {self.longest} bytes")
            parts.append(part)
        if answer.length:
            raise refused("ended before it was whole")
        name = unquote(urlsplit(target.path).path.rpartition("/")[2])
        return Fetched(b"".join(parts), answer.headers.get("Content-Type", ""), name)


def refused(problem: str) -> Invalid:
    """What is wrong with a URL. What was found there is not told."""
    return Invalid({"url": Problem(problem, Why.REFUSED)})


def taken_apart(url: str) -> Target:
    """The parts of a URL. What others read differently from one another is refused, not guessed."""
    if len(url) > URL_MAX or any(one <= " " or one in "\\\x7f" for one in url):
        raise refused("is not a web address")
    try:
        parts = urlsplit(url)
        port, host = parts.port, (parts.hostname or "").rstrip(".")
        host = host if ":" in host else host.encode("idna").decode("ascii").lower()
    except ValueError:
        raise refused("is not a web address") from None
    if parts.scheme not in PORTS or not host or "@" in parts.netloc or "%" in host or port == 0:
        raise refused("is not a web address of http or https, without a name or password")
    path = quote(parts.path or "/", safe=PLAIN)
    query = f"?{quote(parts.query, safe=PLAIN)}" if parts.query else ""
    return Target(parts.scheme == "https", host, port or PORTS[parts.scheme], path + query, url)


def is_public(address: Address) -> bool:
    """Whether the whole internet may reach an address."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped
        if inner is None and address in NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
        if address not in GLOBAL_V6 or any(address in tunnel for tunnel in TUNNELS):
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved)


def look_up(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def sorted_out(allowed: Iterable[str]) -> tuple[frozenset[str], tuple[Network, ...]]:
    """Names of hosts, and networks: a single address is a network of one."""
    hosts, networks = set(), []
    for one in allowed:
        try:
            networks.append(ipaddress.ip_network(one.strip("[]"), strict=False))
        except ValueError:
            hosts.add(one.rstrip(".").lower())
    return frozenset(hosts), tuple(networks)


def secured(plain: socket.socket, target: Target) -> ssl.SSLSocket:
    """The line encrypted, and the other side known by the name that was asked for."""
    context = ssl.create_default_context()
    # An end that nobody announced may have been made by someone in between.
    return context.wrap_socket(plain, server_hostname=target.host, suppress_ragged_eofs=False)


def asked(line: socket.socket, target: Target, sent: Sent | None = None) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection(target.host, target.port)
    connection.sock = line
    connection.putrequest("POST" if sent else "GET", target.path, skip_host=True, skip_accept_encoding=True)
    headers = {"Host": target.authority, "Accept": "*/*", "Accept-Encoding": "identity", "User-Agent": "Quarterdeck"}
    if sent is not None:
        headers |= {**sent.headers, "Content-Length": str(len(sent.content))}
    for name, value in headers.items():
        connection.putheader(name, value)
    connection.putheader("Connection", "close")
    connection.endheaders(sent.content if sent is not None else None)
    return connection.getresponse()


@contextmanager
def cut_at(until: float, line: socket.socket) -> Iterator[None]:
    """Meanwhile, end whatever waits on the line once its time is over, however slowly the other side goes on."""
    with closing(line.dup()) as handle:
        ending = threading.Timer(max(0.0, until - time.monotonic()), cut, [handle])
        ending.daemon = True
        ending.start()
        try:
            yield
        finally:
            ending.cancel()
            ending.join()


def cut(line: socket.socket) -> None:
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)
