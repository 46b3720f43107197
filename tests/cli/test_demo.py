"""The sandbox that other programs' tests start."""

import re
import signal
import socket
import stat
import subprocess
from pathlib import Path

import httpx
import pytest
from command import client, done, run, running

EMPTY = ("demo", "--size", "empty", "--port", "0")
TOLD = [
    "url",
    "atera_api_key",
    "syncro_api_key",
    "read_only_api_key",
    "owner_email",
    "owner_password",
    "technician_id",
]


def test_a_demo_answers_at_the_address_it_prints_as_its_only_line(tmp_path: Path) -> None:
    with running(tmp_path, *EMPTY, "--data", tmp_path / "demo", "--json") as demo:
        told = demo.told()
        with client(told["url"], told["atera_api_key"]) as http:
            answer = http.get("/tickets")

        assert answer.status_code == 200
        assert answer.json()["totalItemCount"] == 0
        assert list(told) == TOLD
        assert type(told["technician_id"]) is int
        demo.stop()
        assert len(demo.out.read_text().splitlines()) == 1


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_demo_ends_cleanly_on_a_signal(tmp_path: Path, how: signal.Signals) -> None:
    with running(tmp_path, *EMPTY, "--data", tmp_path / "demo", "--json") as demo:
        demo.told()

        assert demo.stop(how) == 0
        assert "Traceback" not in demo.err.read_text()
        assert sorted(each.name for each in (tmp_path / "demo").iterdir()) == ["demo.db", "demo.json", "demo.lock"]


def test_a_demo_has_the_same_data_and_keys_when_run_again(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    with running(tmp_path, *EMPTY, "--data", folder, "--json") as demo:
        first = demo.told()
        with client(first["url"], first["atera_api_key"]) as http:
            http.post("/customers", json={"CustomerName": "Acme Dental"}).raise_for_status()

    with running(tmp_path, "demo", "--port", "0", "--data", folder, "--json") as demo:
        again = demo.told()
        with client(again["url"], again["atera_api_key"]) as http:
            names = [item["CustomerName"] for item in http.get("/customers").json()["items"]]

    assert names == ["Acme Dental"]
    assert {**again, "url": ""} == {**first, "url": ""}


def test_fresh_starts_over(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    with running(tmp_path, *EMPTY, "--data", folder, "--json") as demo:
        first = demo.told()
    with running(tmp_path, *EMPTY, "--data", folder, "--json", "--fresh") as demo:
        again = demo.told()
        with client(again["url"], first["atera_api_key"]) as http:
            assert http.get("/tickets").status_code == 401


def test_an_interrupted_making_is_not_taken_for_a_whole_one(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    folder.mkdir()
    (folder / "filling.db").write_bytes(b"half a database")

    with running(tmp_path, *EMPTY, "--data", folder, "--json") as demo:
        told = demo.told()
        with client(told["url"], told["atera_api_key"]) as http:
            assert http.get("/tickets").status_code == 200


def test_keys_are_kept_for_their_owner_alone(tmp_path: Path) -> None:
    with running(tmp_path, *EMPTY, "--data", tmp_path / "demo", "--json") as demo:
        demo.told()

    for name in ("demo.json", "demo.db"):
        assert stat.S_IMODE((tmp_path / "demo" / name).stat().st_mode) == 0o600


def test_a_demo_of_another_size_is_not_given_instead(tmp_path: Path) -> None:
    with running(tmp_path, *EMPTY, "--data", tmp_path / "demo", "--json") as demo:
        demo.told()

    said = run("demo", "--size", "small", "--port", "0", "--data", tmp_path / "demo")

    assert said.code == 1
    assert "is of size empty. Add --fresh" in said.err


def test_two_demos_do_not_share_a_folder(tmp_path: Path) -> None:
    with running(tmp_path, *EMPTY, "--data", tmp_path / "demo", "--json") as demo:
        demo.told()

        said = run("demo", "--port", "0", "--data", tmp_path / "demo", "--fresh")

    assert said.code == 1
    assert "Another demo runs on" in said.err


def test_a_port_that_was_asked_for_and_is_taken_is_refused(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        said = run("demo", "--size", "empty", "--port", str(taken.getsockname()[1]), "--data", tmp_path / "demo")

    assert said.code == 1
    assert "--port 0 takes a free one" in said.err


def test_without_limits_no_allowance_is_counted(tmp_path: Path) -> None:
    with running(tmp_path, *EMPTY, "--data", tmp_path / "demo", "--json", "--no-limits") as demo:
        told = demo.told()
        with client(told["url"], told["atera_api_key"]) as http:
            assert "x-ratelimit-limit" not in http.get("/tickets").headers
            assert "x-ratelimit-limit" not in http.get(f"{told['url']}/api/v1/tickets").headers


def test_the_printed_curl_lines_work_when_pasted(tmp_path: Path) -> None:
    with running(tmp_path, *EMPTY, "--data", tmp_path / "demo") as demo:
        demo.line(demo.out, "Ctrl-C ends it")
        lines = re.findall("curl .*", demo.out.read_text())
        pasted = [
            subprocess.run(["sh", "-c", f"{line} -s"], capture_output=True, text=True, timeout=30, check=True).stdout
            for line in lines
        ]

    for said, told in zip(('"totalItemCount":0', '"total_entries":0'), pasted, strict=True):
        assert said in told


def test_whoever_reads_the_terminal_signs_in_with_what_it_says(tmp_path: Path) -> None:
    with running(tmp_path, *EMPTY, "--data", tmp_path / "demo") as demo:
        demo.line(demo.out, "Ctrl-C ends it")
        said = demo.out.read_text()
        told = dict(re.findall(r"^  (Address|Mail address|Password|Atera v3 key|Syncro v1 key) +(\S+)$", said, re.M))
        assert len(told) == 5
        with httpx.Client(base_url=told["Address"], follow_redirects=True) as http:
            page = http.get("/")
            assert page.url.path == "/sign-in"
            key = re.search(r'name="form_key" value="([^"]+)"', page.text)
            assert key
            form = {"form_key": key[1], "email": told["Mail address"], "password": told["Password"]}
            assert http.post("/sign-in", data=form).url.path == "/queue"


def test_help_names_every_command() -> None:
    said = done("--help")

    for command in ("demo", "serve", "migrate", "doctor", "backup", "key", "user", "settings"):
        assert f"    {command} " in said.out
