"""People and keys from the command line."""

import re
from pathlib import Path

import httpx
import pytest
from command import done, run, running


@pytest.fixture
def owned(database: str) -> str:
    done("user", "create", "--first-name", "Dana", "--email", "dana@msp.example", database=database)
    return database


def test_the_first_user_is_the_owner(database: str) -> None:
    said = done("user", "create", "--first-name", "Dana", "--email", "dana@msp.example", database=database)

    assert "Added Dana, owner" in said.err
    assert len(said.out.strip()) >= 20


def test_the_first_user_cannot_be_anything_else(database: str) -> None:
    said = run(
        "user", "create", "--first-name", "Vic", "--email", "vic@msp.example", "--role", "read-only", database=database
    )

    assert said.code == 1
    assert "must be the owner" in said.err


def test_later_users_are_technicians(owned: str) -> None:
    done(
        "user",
        "create",
        "--first-name",
        "Vic",
        "--email",
        "vic@msp.example",
        "--password-stdin",
        database=owned,
        stdin="correct horse\n",
    )

    said = done("user", "list", database=owned)

    assert [line.split()[3] for line in said.out.splitlines()] == ["role", "owner", "technician"]


def test_a_short_password_is_refused(owned: str) -> None:
    said = run("user", "password", "dana@msp.example", "--password-stdin", database=owned, stdin="short\n")

    assert said.code == 1
    assert "password is shorter than 10 characters" in said.err


def test_an_empty_password_is_not_replaced_by_one_made_up(owned: str) -> None:
    said = run("user", "password", "dana@msp.example", "--password-stdin", database=owned, stdin="\n")

    assert said.code == 1
    assert said.out == ""


def test_the_last_owner_stays(owned: str) -> None:
    said = run("user", "deactivate", "dana@msp.example", database=owned)

    assert said.code == 1
    assert "the last owner" in said.err


def test_an_unknown_user_is_named(owned: str) -> None:
    said = run("user", "password", "nobody@msp.example", database=owned)

    assert said.code == 1
    assert "nobody@msp.example not found" in said.err


def test_a_key_is_alone_on_standard_output(owned: str) -> None:
    said = done("key", "create", "--name", "report", "--technician", "dana@msp.example", database=owned)

    assert said.out.startswith("qd_")
    assert said.out.count("\n") == 1


def test_a_key_is_listed_without_its_text(owned: str) -> None:
    text = done(
        "key", "create", "--name", "report", "--technician", "dana@msp.example", "--scope", "tickets:read",
        "--scope", "hours:read", "--ends", "2027-01-31", database=owned,
    ).out.strip()  # fmt: skip

    said = done("key", "list", database=owned)

    assert "report" in said.out
    assert "tickets:read hours:read" in said.out
    assert "2027-01-31" in said.out
    assert text not in said.out


def test_an_unknown_scope_is_refused(owned: str) -> None:
    said = run(
        "key", "create", "--name", "x", "--technician", "dana@msp.example", "--scope", "moon:read", database=owned
    )

    assert said.code == 1
    assert "no scope 'moon:read'" in said.err


def test_a_revoked_key_is_shown_as_such(owned: str) -> None:
    done("key", "create", "--name", "report", "--technician", "dana@msp.example", database=owned)
    done("key", "revoke", "1", database=owned)

    assert done("key", "list", database=owned).out.rstrip().endswith("revoked")


def test_an_invitation_is_a_link_alone_on_standard_output(owned: str) -> None:
    said = done("user", "invite", "--first-name", "Kim", "--email", "kim@msp.example", database=owned)

    assert "Added Kim, technician" in said.err
    assert re.fullmatch(r"http://127\.0\.0\.1:8470/welcome/[\w-]{43}\n", said.out)


def test_the_first_to_be_invited_is_the_owner(database: str) -> None:
    said = done("user", "invite", "--first-name", "Dana", "--email", "dana@msp.example", database=database)

    assert "Added Dana, owner" in said.err


def test_a_reset_is_a_link_to_the_address_of_the_settings(owned: str) -> None:
    said = done("user", "reset", "dana@msp.example", database=owned, public_url="https://desk.msp.example/")

    assert said.out.startswith("https://desk.msp.example/welcome/")
    assert said.out.count("\n") == 1


def test_a_lost_second_factor_is_turned_off(owned: str) -> None:
    said = done("user", "reset", "dana@msp.example", "--second-factor", database=owned)

    assert "needs no second factor any more" in said.err
    assert said.out == ""


def test_nobody_without_access_gets_a_link(owned: str) -> None:
    done("user", "invite", "--first-name", "Kim", "--email", "kim@msp.example", database=owned)
    done("user", "deactivate", "kim@msp.example", database=owned)

    said = run("user", "reset", "kim@msp.example", database=owned)

    assert said.code == 1
    assert said.out == ""


def test_a_server_without_an_owner_says_where_to_set_it_up(database: str, tmp_path: Path) -> None:
    with running(tmp_path, "serve", "--port", "0", database=database) as server:
        url = server.url()
        link = server.line(server.err, "Nobody owns this desk yet").rpartition(" ")[2]
        assert re.fullmatch(rf"{url}/setup\?word=[\w-]{{22}}", link)
        assert httpx.get(link).status_code == 200
        assert server.stop() == 0


def test_a_server_with_an_owner_says_nothing_of_that(owned: str, tmp_path: Path) -> None:
    with running(tmp_path, "serve", "--port", "0", database=owned) as server:
        assert httpx.get(f"{server.url()}/setup").status_code == 404
        assert server.stop() == 0
    assert "Nobody owns" not in server.err.read_text()


def test_the_secret_of_the_identity_provider_is_not_printed(owned: str) -> None:
    said = done("settings", database=owned, openid_client_secret="hush-hush")

    assert "hush-hush" not in said.out
    assert "QUARTERDECK_OPENID_CLIENT_SECRET=***" in said.out


def test_an_identity_provider_needs_the_address_people_come_back_to(owned: str) -> None:
    said = run("user", "list", database=owned, openid_issuer="https://id.msp.example")

    assert said.code == 1
    assert "QUARTERDECK_PUBLIC_URL" in said.err
