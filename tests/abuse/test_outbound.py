"""The one way out cannot be led inside: not by an address, a spelling, a name, a redirect or a second look-up."""

import ast
import http.server
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

import make
import quarterdeck
from conftest import Client as Caller
from conftest import Stage, Syncro, stage_on
from quarterdeck import outbound
from quarterdeck.desk.errors import Busy, Invalid
from quarterdeck.outbound import Client, is_public, taken_apart

MIB = 2**20
SECRET = b"the canary sings"

Write = Callable[[http.server.BaseHTTPRequestHandler], None]


@dataclass
class Canary:
    """A listener on loopback that counts who comes, and answers as it is told."""

    port: int = 0
    came: int = 0
    asked: list[str] = field(default_factory=list)
    heads: list[dict[str, str]] = field(default_factory=list)
    answer: Write | None = None
    secure: ssl.SSLContext | None = None


@pytest.fixture
def canary() -> Iterator[Canary]:
    made = Canary()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            made.asked.append(self.path)
            made.heads.append({name.lower(): value for name, value in self.headers.items()})
            (made.answer or plain(SECRET))(self)

        def log_message(self, *_: object) -> None:
            pass

    class Server(http.server.ThreadingHTTPServer):
        daemon_threads = True

        def get_request(self) -> tuple[socket.socket, object]:
            made.came += 1
            line, address = super().get_request()
            if made.secure is None:
                return line, address
            return made.secure.wrap_socket(line, server_side=True, do_handshake_on_connect=False), address

        def handle_error(self, *_: object) -> None:
            """Callers hang up here on purpose."""

    with Server(("127.0.0.1", 0), Handler) as server:
        made.port = server.server_port
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield made
        server.shutdown()
        thread.join()


def plain(content: bytes, status: int = 200, **headers: str) -> Write:
    def write(to: http.server.BaseHTTPRequestHandler) -> None:
        to.send_response(status)
        for name, value in {"Content_Length": str(len(content)), "Content_Type": "text/plain", **headers}.items():
            to.send_header(name.replace("_", "-"), value)
        to.end_headers()
        to.wfile.write(content)

    return write


def moved(to: str, status: int = 302) -> Write:
    return plain(SECRET, status, Location=to)


def to_loopback(host: str, port: int) -> Sequence[str]:
    """A resolver for which every name is this machine."""
    return ["127.0.0.1"]


def client(*allowed: str, resolve: outbound.Resolve | None = None, longest: int = MIB) -> Client:
    return Client(allowed, longest=longest, resolve=resolve)


INSIDE = [
    "http://127.0.0.1:{port}/",
    "http://127.1:{port}/",
    "http://0:{port}/",
    "http://0.0.0.0:{port}/",
    "http://[::]:{port}/",
    "http://[::1]:{port}/",
    "http://[::ffff:127.0.0.1]:{port}/",
    "http://[::ffff:7f00:1]:{port}/",
    "http://[::127.0.0.1]:{port}/",
    "http://[64:ff9b::7f00:1]:{port}/",
    "http://[64:ff9b:1::7f00:1]:{port}/",
    "http://[2002:7f00:1::]:{port}/",
    "http://[2001:0:7f00:1::]:{port}/",
    "http://[fe80::1]:{port}/",
    "http://[fe80::1%25lo]:{port}/",
    "http://[fec0::1]:{port}/",
    "http://[fc00::1]:{port}/",
    "http://[fd00:ec2::254]/latest/meta-data/",
    "http://[ff02::1]:{port}/",
    "http://2130706433:{port}/",
    "http://0x7f.1:{port}/",
    "http://0x7f000001:{port}/",
    "http://0177.1:{port}/",
    "http://0177.0.0.01:{port}/",
    "http://①②⑦.⓪.⓪.①:{port}/",
    "http://127。0。0。1:{port}/",
    "http://127.0.0.1.:{port}/",
    "http://localhost:{port}/",
    "http://localhost.:{port}/",
    "http://LOCALHOST:{port}/",
    "http://anything.localhost:{port}/",
    "http://ⓛocalhost:{port}/",
    "http://169.254.169.254/latest/meta-data/",
    "http://10.0.0.1/",
    "http://172.16.0.1/",
    "http://192.168.0.1/",
    "http://100.64.0.1/",
    "http://192.0.2.1/",
    "http://198.18.0.1/",
    "http://224.0.0.1/",
    "http://240.0.0.1/",
    "http://255.255.255.255/",
    "http://example.com@127.0.0.1:{port}/",
    "http://user:pass@127.0.0.1:{port}/",
    "http://@127.0.0.1:{port}/",
    "http://127.0.0.1:{port}\\@example.com/",
    "http://127.0.0.1:{port}#@example.com/",
    "http://127.0.0.1:{port}?@example.com/",
    "http:\\\\127.0.0.1:{port}/",
    "http://127.0.0.1%2f:{port}/",
    "http://%31%32%37.0.0.1:{port}/",
    "http://\t127.0.0.1:{port}/",
    "http://127.0.0.1\n:{port}/",
    " http://127.0.0.1:{port}/",
    "http://127.0.0.1:{port}/ HTTP/1.1\r\nX-Injected: 1\r\n\r\n",
    "//127.0.0.1:{port}/",
    "127.0.0.1:{port}",
    "file:///etc/passwd",
    "file://127.0.0.1:{port}/",
    "gopher://127.0.0.1:{port}/_GET",
    "ftp://127.0.0.1:{port}/",
    "unix:///run/docker.sock",
    "dict://127.0.0.1:{port}/",
    "data:text/plain,hello",
    "javascript:alert(1)",
    "http://",
    "http://:{port}/",
    "http://127.0.0.1:0/",
    "http://127.0.0.1:99999/",
    "http://127.0.0.1:-1/",
    "http://[127.0.0.1]:{port}/",
    "http://[::1/",
    "http://" + "a" * 300 + ".example/",
    "http://127.0.0.1:{port}/" + "a" * 3000,
    "",
]


@pytest.mark.parametrize("url", INSIDE)
def test_nothing_leads_inside(canary: Canary, url: str) -> None:
    with pytest.raises(Invalid) as refused:
        client().fetch(url.replace("{port}", str(canary.port)))

    assert canary.came == 0
    assert SECRET.decode() not in str(refused.value)


@pytest.mark.parametrize("url", [url for url in INSIDE if "{port}" in url and "//" in url])
def test_nothing_leads_inside_by_a_redirect(canary: Canary, url: str) -> None:
    """The first hop is allowed by its name, the second is what it leads to."""
    canary.answer = moved(url.replace("{port}", str(canary.port)).partition("\r")[0])
    with pytest.raises(Invalid):
        client("files.example", resolve=one_name).fetch(f"http://files.example:{canary.port}/a")

    assert canary.came == 1


def one_name(host: str, port: int) -> Sequence[str]:
    """Knows a name, and leaves all else to the machine."""
    return ["127.0.0.1"] if host == "files.example" else outbound.look_up(host, port)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_each_kind_of_redirect_is_looked_at(canary: Canary, status: int) -> None:
    canary.answer = moved(f"http://127.0.0.1:{canary.port}/secret", status)
    with pytest.raises(Invalid, match="an address this server does not fetch from"):
        client("files.example", resolve=one_name).fetch(f"http://files.example:{canary.port}/a")

    assert canary.asked == ["/a"]


def test_a_redirect_to_where_one_may_go_is_followed(canary: Canary) -> None:
    def answer(to: http.server.BaseHTTPRequestHandler) -> None:
        (plain(b"here") if to.path == "/there/b.txt" else moved("/there/b.txt"))(to)

    canary.answer = answer
    found = client("127.0.0.1").fetch(f"http://127.0.0.1:{canary.port}/a")

    assert (found.content, found.name, found.type) == (b"here", "b.txt", "text/plain")


def test_redirects_come_to_an_end(canary: Canary) -> None:
    canary.answer = moved("/again")
    with pytest.raises(Invalid, match="redirects more than 3 times"):
        client("127.0.0.1").fetch(f"http://127.0.0.1:{canary.port}/a")

    assert canary.came == 4


def test_a_name_that_changes_its_mind_is_believed_once(canary: Canary, monkeypatch: pytest.MonkeyPatch) -> None:
    """It was seen to be public: then nothing but that public address is connected to."""
    answers = iter([["93.184.215.14"], ["127.0.0.1"]])
    connected: list[object] = []
    monkeypatch.setattr(socket, "create_connection", lambda address, **_: connected.append(address) or failed())

    with pytest.raises(Invalid, match="could not be fetched"):
        client(resolve=lambda host, port: next(answers)).fetch(f"http://rebind.example:{canary.port}/")
    assert connected == [("93.184.215.14", canary.port)]
    assert (canary.came, next(answers)) == (0, ["127.0.0.1"])


def failed() -> socket.socket:
    raise OSError("not out of a test")


def test_a_name_with_one_address_inside_is_refused_whole(canary: Canary) -> None:
    for addresses in (["93.184.215.14", "127.0.0.1"], ["127.0.0.1", "93.184.215.14"], ["no address"], []):
        with pytest.raises(Invalid, match="an address this server does not fetch from"):
            client(resolve=lambda host, port, found=addresses: found).fetch(f"http://two.example:{canary.port}/")

    assert canary.came == 0


@pytest.mark.parametrize("entry", ["127.0.0.1", "127.0.0.0/8", "files.example", "FILES.example.", "::1, 127.0.0.1"])
def test_what_an_admin_allows_is_reached_once(canary: Canary, entry: str) -> None:
    allowed = [one.strip() for one in entry.split(",")]
    found = client(*allowed, resolve=to_loopback).fetch(f"http://files.example:{canary.port}/log.txt?x=1#top")

    assert found.content == SECRET
    assert canary.came == 1
    assert canary.asked == ["/log.txt?x=1"]
    assert canary.heads[0]["host"] == f"files.example:{canary.port}"


@pytest.mark.parametrize("entry", ["10.0.0.0/8", "::1", "example", "iles.example", "a.files.example", "127.0.0.2"])
def test_what_an_admin_allows_opens_nothing_else(canary: Canary, entry: str) -> None:
    with pytest.raises(Invalid):
        client(entry, resolve=to_loopback).fetch(f"http://files.example:{canary.port}/")

    assert canary.came == 0


def test_a_proxy_of_the_environment_is_not_used(canary: Canary, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "https_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{canary.port}")
    monkeypatch.setattr(socket, "create_connection", lambda *_, **__: failed())
    with pytest.raises(Invalid):
        client(resolve=lambda host, port: ["93.184.215.14"]).fetch("http://files.example/")

    assert canary.came == 0


@pytest.mark.parametrize("status", [201, 204, 304, 400, 401, 403, 404, 500, 503])
def test_what_is_not_given_out_is_not_told(canary: Canary, status: int) -> None:
    canary.answer = plain(b"" if status in (204, 304) else SECRET, status)
    with pytest.raises(Invalid) as refused:
        client("127.0.0.1").fetch(f"http://127.0.0.1:{canary.port}/")

    assert SECRET.decode() not in str(refused.value)
    assert str(status) not in str(refused.value)


def chunked(to: http.server.BaseHTTPRequestHandler) -> None:
    to.protocol_version = "HTTP/1.1"
    to.send_response(200)
    to.send_header("Transfer-Encoding", "chunked")
    to.end_headers()
    for _ in range(64):
        to.wfile.write(b"10000\r\n" + b"a" * 2**16 + b"\r\n")
    to.wfile.write(b"0\r\n\r\n")


def endless(to: http.server.BaseHTTPRequestHandler) -> None:
    to.send_response(200)
    to.end_headers()
    for _ in range(64):
        to.wfile.write(b"a" * 2**16)


@pytest.mark.parametrize("answer", [chunked, endless, plain(b"a" * (MIB + 1))], ids=["chunks", "no length", "a length"])
def test_more_than_is_wanted_is_not_taken(canary: Canary, answer: Write) -> None:
    canary.answer = answer
    with pytest.raises(Invalid, match=f"longer than {MIB} bytes"):
        client("127.0.0.1").fetch(f"http://127.0.0.1:{canary.port}/")


def test_chunks_are_put_together(canary: Canary) -> None:
    canary.answer = chunked

    assert client("127.0.0.1", longest=8 * MIB).fetch(f"http://127.0.0.1:{canary.port}/").content == b"a" * 64 * 2**16


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(plain(b"half", Content_Length="8"), id="less than it said"),
        pytest.param(plain(b"\x1f\x8b", Content_Encoding="gzip"), id="packed"),
        pytest.param(lambda to: to.wfile.write(b"no HTTP at all"), id="no HTTP"),
        pytest.param(lambda to: to.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"X-A: 1\r\n" * 1000 + b"\r\n"), id="many headers"),
        pytest.param(lambda to: to.wfile.write(b"HTTP/1.1 200 OK\r\nX-A: " + b"a" * 2**20), id="a long header"),
        pytest.param(lambda to: None, id="nothing"),
    ],
)  # fmt: skip
def test_an_answer_that_is_none_is_refused(canary: Canary, answer: Write) -> None:
    canary.answer = answer
    with pytest.raises(Invalid):
        client("127.0.0.1").fetch(f"http://127.0.0.1:{canary.port}/")


@pytest.mark.parametrize("head", [b"HTTP/1.1 200 OK\r\n\r\n", b"HTTP/1.1 200 OK\r\nX-A: "], ids=["body", "head"])
def test_an_answer_without_end_is_cut(canary: Canary, monkeypatch: pytest.MonkeyPatch, head: bytes) -> None:
    """It sends a little all the time, so no single wait is long."""
    monkeypatch.setattr(outbound, "ALL_WITHIN", 0.5)
    ended, whole = threading.Event(), list[bool]()

    def drip(to: http.server.BaseHTTPRequestHandler) -> None:
        to.wfile.write(head)
        for _ in range(200):
            to.wfile.write(b"a")
            if ended.wait(0.02):
                return
        whole.append(True)

    canary.answer = drip
    try:
        with pytest.raises(Invalid, match="could not be fetched"):
            client("127.0.0.1").fetch(f"http://127.0.0.1:{canary.port}/")
    finally:
        ended.set()
    assert not whole


@pytest.fixture
def certified(canary: Canary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The canary behind TLS, known as files.example by a certificate that this machine trusts."""
    if shutil.which("openssl") is None:
        pytest.skip("there is no openssl here to make a certificate with")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=files.example", "-addext", "subjectAltName=DNS:files.example", "-keyout", key, "-out", certificate],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    canary.secure = context
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    return certificate


def test_the_other_side_is_known_by_its_certificate(canary: Canary, certified: Path) -> None:
    url = f"https://files.example:{canary.port}/a"
    assert client("127.0.0.1", resolve=to_loopback).fetch(url).content == SECRET

    with pytest.raises(Invalid, match="could not be fetched"):
        client("127.0.0.1", resolve=to_loopback).fetch(url.replace("files", "other"))
    with pytest.raises(Invalid, match="could not be fetched"):
        client("127.0.0.1").fetch(url.replace("files.example", "127.0.0.1"))


def test_a_certificate_that_nobody_vouches_for_is_refused(
    canary: Canary, certified: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(Invalid, match="could not be fetched"):
        client("127.0.0.1", resolve=to_loopback).fetch(f"https://files.example:{canary.port}/a")


def test_only_some_are_fetched_at_once(canary: Canary) -> None:
    fetching = client("127.0.0.1")
    for _ in range(outbound.AT_ONCE):
        assert fetching.slots.acquire(blocking=False)
    with pytest.raises(Busy):
        fetching.fetch(f"http://127.0.0.1:{canary.port}/")
    fetching.slots.release()

    for _ in range(outbound.AT_ONCE + 1):
        assert fetching.fetch(f"http://127.0.0.1:{canary.port}/").content == SECRET


def test_no_connection_is_left_open(canary: Canary) -> None:
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(20):
        client("127.0.0.1").fetch(f"http://127.0.0.1:{canary.port}/")

    assert len(list(Path("/proc/self/fd").iterdir())) < before + 20


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "93.184.215.14", "2606:2800:21f:cb07::1", "64:ff9b::808:808", "::ffff:8.8.8.8"]
)
def test_the_internet_is_outside(address: str) -> None:
    assert is_public(outbound.ipaddress.ip_address(address))


@pytest.mark.parametrize(
    ("url", "host", "path"),
    [
        ("https://Files.Example/a b", None, None),
        ("https://files.example", "files.example", "/"),
        ("https://files.example:443/ü?q=ß", "files.example", "/%C3%BC?q=%C3%9F"),
        ("https://bücher.example/a%20b", "xn--bcher-kva.example", "/a%20b"),
        ("https://files.example./?a=%2F#x", "files.example", "/?a=%2F"),
    ],
)
def test_a_web_address_is_taken_apart(url: str, host: str | None, path: str | None) -> None:
    if host is None:
        with pytest.raises(Invalid):
            taken_apart(url)
        return
    target = taken_apart(url)
    assert (target.host, target.path, target.authority) == (host, path, host)


def test_nobody_else_makes_requests() -> None:
    """Who may import what can open a connection, and why."""
    allowed = {
        "outbound.py": "this is the way out",
        "serving.py": "listens, and asks its own address whether it answers",
    }
    ways = {"http.client", "urllib.request", "socket", "ssl", "httpx", "requests", "aiohttp", "smtplib", "ftplib"}
    source = Path(quarterdeck.__file__).parent
    found = set()
    for file in source.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or "", *(f"{node.module}.{one.name}" for one in node.names)]
            if ways & set(names):
                found.add(str(file.relative_to(source)))

    assert found == allowed.keys()


@contextmanager
def desk(database: str, **settings: str) -> Iterator[tuple[Stage, Syncro]]:
    stage = stage_on(database, **settings)
    caller = Caller(stage)
    try:
        yield stage, Syncro(caller, stage)
    finally:
        caller.close()
        stage.storage.close()


def test_a_ticket_gets_files_from_where_an_admin_allows(database: str, canary: Canary) -> None:
    with desk(database, outbound_allow="127.0.0.1, 10.9.8.0/24") as (stage, syncro):
        ticket = stage.do(make.ticket)
        base = f"http://127.0.0.1:{canary.port}"
        listed = syncro.post(
            f"/tickets/{ticket}/attach_file_url",
            {"files": [{"url": f"{base}/a/b%20c.txt"}, {"url": f"{base}/x", "filename": "../named.txt"}]},
        )
        alone = syncro.post(f"/tickets/{ticket}/attach_file_url", data={"url": base, "filename": "alone.txt"})
        found = syncro.get(f"/tickets/{ticket}/attachments").json()["attachments"]

    said = {"message": "Processing - refresh ticket in a moment to see if it worked."}
    assert (listed.status_code, listed.json()) == (alone.status_code, alone.json()) == (200, said)
    assert [one["file_name"] for one in found] == ["b c.txt", "named.txt", "alone.txt"]
    assert {(one["content_type"], one["file_size"]) for one in found} == {("text/plain", len(SECRET))}
    assert canary.came == 3


def test_a_ticket_gets_nothing_from_inside(database: str, canary: Canary) -> None:
    with desk(database) as (stage, syncro):
        ticket = stage.do(make.ticket)
        answers = [
            syncro.post(f"/tickets/{ticket}/attach_file_url", {"files": [{"url": url.replace("{port}", str(canary.port))}]})
            for url in INSIDE
        ]  # fmt: skip
        there = syncro.get(f"/tickets/{ticket}/attachments").json()["meta"]["total_entries"]

    assert {answer.status_code for answer in answers} == {422}
    assert all(isinstance(answer.json()["error"], str) for answer in answers)
    assert (canary.came, there) == (0, 0)


def test_of_several_files_all_or_none_are_put_on_a_ticket(database: str, canary: Canary) -> None:
    canary.answer = lambda to: (plain(SECRET, 404) if to.path == "/none" else plain(SECRET))(to)
    with desk(database, outbound_allow="127.0.0.1") as (stage, syncro):
        ticket = stage.do(make.ticket)
        files = [{"url": f"http://127.0.0.1:{canary.port}/{name}"} for name in ("one", "none")]
        answer = syncro.post(f"/tickets/{ticket}/attach_file_url", {"files": files})
        there = syncro.get(f"/tickets/{ticket}/attachments").json()["meta"]["total_entries"]

    assert (answer.status_code, there) == (422, 0)
    assert SECRET.decode() not in answer.text


def test_a_file_is_not_fetched_twice_for_one_key(database: str, canary: Canary) -> None:
    with desk(database, outbound_allow="127.0.0.1") as (stage, syncro):
        ticket = stage.do(make.ticket)
        asked = {"url": f"http://127.0.0.1:{canary.port}/a"}
        answers = [
            syncro.post(f"/tickets/{ticket}/attach_file_url", asked, headers={"Idempotency-Key": "once"})
            for _ in range(3)
        ]

    assert {answer.status_code for answer in answers} == {200}
    assert canary.came == 1


def test_nothing_is_fetched_for_a_ticket_that_is_not_there(database: str, canary: Canary) -> None:
    with desk(database, outbound_allow="127.0.0.1") as (_, syncro):
        answer = syncro.post("/tickets/999/attach_file_url", {"url": f"http://127.0.0.1:{canary.port}/a"})

    assert (answer.status_code, canary.came) == (404, 0)
