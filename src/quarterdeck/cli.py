"""The command line. What was asked for goes to standard output, all else to standard error.

Each command brings its own imports: nobody should wait for a database library to read the help.
"""

import argparse
import gc
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quarterdeck.signals import ending_on_signals
from quarterdeck.trouble import Trouble

if TYPE_CHECKING:
    from quarterdeck.settings import Settings

USUAL_PORT = 8470
ABOUT = """A service desk that speaks the APIs your scripts already speak.

Settings come from the environment; `quarterdeck settings` lists them."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 could not, 2 not understood."""
    os.umask(0o077)  # databases, backups and keys are for their owner's eyes
    asked = parser().parse_args(arguments)
    try:
        return asked.run(asked) or 0
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        words = explained(error)
        if words is None:
            raise
        tell(f"quarterdeck: {words}")
        return 1


def explained(error: Exception) -> str | None:
    """What happened, for a person; None for a bug."""
    from alembic.util import CommandError
    from pydantic import ValidationError
    from sqlalchemy.exc import ArgumentError, OperationalError

    from quarterdeck.desk.errors import Refusal
    from quarterdeck.storage import Unavailable

    match error:
        case Trouble() | Refusal():
            return str(error)
        case ValidationError():
            wrong = (f"QUARTERDECK_{str(one['loc'][0]).upper()}: {one['msg']}" for one in error.errors())
            return "a setting is wrong.\n" + "\n".join(wrong)
        case CommandError():
            return "The database was made by a newer version of Quarterdeck. Install that version, or restore a backup."
        case ArgumentError():
            return "QUARTERDECK_DATABASE_URL is not an address of a SQLite or PostgreSQL database."
        case OperationalError() | Unavailable():
            said = str(error.orig if isinstance(error, OperationalError) else error).strip().partition("\n")[0]
            return (
                f"The database cannot be used: {said}\nIts address is QUARTERDECK_DATABASE_URL; see quarterdeck doctor."
            )
        case FileNotFoundError() | PermissionError():
            return f"{error.filename}: {error.strerror}"
    return None


def tell(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def answer(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def table(rows: Sequence[Sequence[Any]]) -> None:
    wide = [max(len(str(row[column])) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        answer("  ".join(str(cell).ljust(width) for cell, width in zip(row, wide, strict=True)).rstrip())


def settings(asked: argparse.Namespace) -> "Settings":
    """From the environment, and what this command line says instead."""
    from quarterdeck.settings import Settings

    said = {name: getattr(asked, name, None) for name in Settings.model_fields}
    return Settings(**{name: value for name, value in said.items() if value is not None})


def parser() -> argparse.ArgumentParser:
    whole = argparse.ArgumentParser("quarterdeck", description=ABOUT, formatter_class=argparse.RawTextHelpFormatter)
    commands = whole.add_subparsers(title="commands", metavar="COMMAND", required=True)
    demo_parser(commands.add_parser("demo", help="try it: a believable provider, or an empty one for tests"))
    serve_parser(commands.add_parser("serve", help="run the server"))
    commands.add_parser("migrate", help="make the database, or bring it up to date").set_defaults(run=migrate)
    doctor = commands.add_parser("doctor", help="say what is wrong with the set-up, and what to do")
    doctor.add_argument("--json", action="store_true", help="print a list of objects")
    doctor.set_defaults(run=run_doctor)
    backup = commands.add_parser("backup", help="copy the database while the server runs")
    backup.add_argument("file", metavar="FILE", type=Path, help="where to")
    backup.add_argument("--force", action="store_true", help="replace a file that is there")
    backup.set_defaults(run=run_backup)
    key_parser(commands.add_parser("key", help="list, create and revoke API keys"))
    user_parser(commands.add_parser("user", help="list, add, help and deactivate the people who work here"))
    commands.add_parser("settings", help="print every setting").set_defaults(run=show_settings)
    return whole


def demo_parser(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--size", choices=["empty", "small", "full"], help="how much is in it (full)")
    parser.add_argument("--port", type=int, help=f"{USUAL_PORT}, or a free one if that is taken; 0: a free one")
    parser.add_argument("--data", metavar="DIR", type=Path, default=Path("data/demo"), help="its folder (data/demo)")
    parser.add_argument("--fresh", action="store_true", help="start over")
    parser.add_argument("--no-limits", action="store_true", help="any number of calls per minute")
    parser.add_argument(
        "--json", action="store_true", help="print address and keys as one line of JSON, once it answers"
    )
    parser.add_argument("--reload", action="store_true", help="start again when the code changes")
    parser.set_defaults(run=run_demo)


def run_demo(asked: argparse.Namespace) -> int:
    with ending_on_signals():
        from quarterdeck.sandbox import as_json, as_text, sandbox, settings_for
        from quarterdeck.serving import free_port, serve

        write = as_json if asked.json else as_text
        port = free_port(USUAL_PORT) if asked.port is None else asked.port
        with sandbox(asked.data, asked.size, tell, fresh=asked.fresh) as credentials:
            chosen = settings_for(asked.data, port, limits=not asked.no_limits)
            return serve(chosen, lambda url: answer(write(url, credentials)), reload=asked.reload)


def serve_parser(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", help="the address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=int, help=f"the port to listen on ({USUAL_PORT}); 0 takes a free one")
    parser.add_argument("--workers", type=int, help="server processes (1); more than one wants PostgreSQL")
    parser.add_argument("--migrate", action="store_true", help="bring the database up to date first")
    parser.add_argument(
        "--allow-plain-http",
        action="store_true",
        default=None,
        help="listen beyond this machine without TLS; a proxy in front must add it",
    )
    parser.set_defaults(run=run_serve)


def run_serve(asked: argparse.Namespace) -> int:
    # Hardly anything is garbage before the server runs, which turns this on again.
    gc.disable()
    try:
        with ending_on_signals():
            from quarterdeck.serving import refuse_plain_http, serve

            chosen = settings(asked)
            refuse_plain_http(chosen)
            if asked.migrate:
                migrate(asked)
            return serve(chosen, lambda url: tell(greeting(chosen, url)))
    finally:
        gc.enable()


def greeting(chosen: "Settings", url: str) -> str:
    from quarterdeck.accounts import setup_link

    setup = setup_link(chosen, url)
    first = f"\nNobody owns this desk yet. Set it up at {setup}" if setup else ""
    return f"Quarterdeck runs at {url}{first}"


def migrate(asked: argparse.Namespace) -> None:
    from quarterdeck import migrations
    from quarterdeck.storage import engine_for

    engine = engine_for(settings(asked).database_url)
    before = migrations.current(engine)
    migrations.upgrade(engine)
    engine.dispose()
    after = migrations.newest()
    tell(f"The database is at {after} already." if before == after else f"The database is now at {after}.")


def run_doctor(asked: argparse.Namespace) -> int:
    from dataclasses import asdict

    from quarterdeck.doctor import examine

    found = list(examine(settings(asked)))
    if asked.json:
        answer(json.dumps([asdict(finding) for finding in found], indent=2))
    else:
        for finding in found:
            remedy = f"; {finding.remedy}" if finding.remedy else ""
            answer(f"{finding.level:<8} {finding.about}: {finding.says}{remedy}")
    return 1 if any(finding.level == "problem" for finding in found) else 0


def run_backup(asked: argparse.Namespace) -> None:
    from quarterdeck import accounts
    from quarterdeck.backup import backup

    chosen = settings(asked)
    size = backup(chosen, asked.file, overwrite=asked.force)
    tell(f"{asked.file}: {size / 2**20:.1f} MiB, whole and checked.")
    accounts.note_backup(chosen, asked.file.name, size)


def key_parser(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(metavar="ACTION", required=True)
    actions.add_parser("list", help="every key ever given").set_defaults(run=list_keys)
    create = actions.add_parser("create", help="print a new key; it is not shown again")
    create.add_argument("--name", required=True, help="what it is for")
    create.add_argument("--technician", required=True, metavar="EMAIL", help="whose rights it has at most")
    create.add_argument(
        "--scope", action="append", metavar="SCOPE", help="tickets:read, tickets:*, *:read ...; may be repeated (all)"
    )
    create.add_argument("--customer", type=int, metavar="ID", help="the one customer it sees (all)")
    create.add_argument("--ends", metavar="DATE", help="when it stops working, in UTC: 2027-01-31 or 2027-01-31T18:00")
    create.set_defaults(run=create_key)
    revoke = actions.add_parser("revoke", help="end a key at once")
    revoke.add_argument("id", type=int)
    revoke.set_defaults(run=revoke_key)


def list_keys(asked: argparse.Namespace) -> None:
    from quarterdeck import accounts

    table(accounts.list_keys(settings(asked)))


def create_key(asked: argparse.Namespace) -> None:
    from quarterdeck import accounts

    said = {"name": asked.name, "scopes": asked.scope, "customer_id": asked.customer, "ends_at": asked.ends}
    given = {name: value for name, value in said.items() if value is not None}
    id, text = accounts.create_key(settings(asked), asked.technician, given)
    tell(f"Key {id}. It is not shown again:")
    answer(text)


def revoke_key(asked: argparse.Namespace) -> None:
    from quarterdeck import accounts

    accounts.revoke_key(settings(asked), asked.id)
    tell(f"Key {asked.id} has ended.")


def user_parser(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(metavar="ACTION", required=True)
    actions.add_parser("list", help="everybody, also those who left").set_defaults(run=list_users)
    create = actions.add_parser("create", help="add somebody; the first is the owner")
    create.set_defaults(run=create_user)
    invite = actions.add_parser("invite", help="add somebody, and print the link by which they choose a password")
    invite.set_defaults(run=invite_user)
    for each in (create, invite):
        each.add_argument("--first-name", required=True)
        each.add_argument("--last-name", default="")
        each.add_argument("--email", required=True)
        each.add_argument("--role", choices=["owner", "technician", "read-only"], help="(technician)")
    reset = actions.add_parser("reset", help="print a link to choose another password; ends all sessions")
    reset.add_argument("email")
    reset.add_argument(
        "--second-factor", action="store_true", help="instead, turn the second factor off that they have lost"
    )
    reset.set_defaults(run=reset_user)
    password = actions.add_parser("password", help="set a new password")
    password.add_argument("email")
    password.set_defaults(run=set_password)
    for each in (create, password):
        each.add_argument(
            "--password-stdin", action="store_true", help="read it from standard input; else one is made up"
        )
    deactivate = actions.add_parser("deactivate", help="end somebody's access, and their keys'")
    deactivate.add_argument("email")
    deactivate.set_defaults(run=deactivate_user)


def list_users(asked: argparse.Namespace) -> None:
    from quarterdeck import accounts

    table(accounts.list_users(settings(asked)))


def create_user(asked: argparse.Namespace) -> None:
    from quarterdeck import accounts

    said = {"first_name": asked.first_name, "last_name": asked.last_name, "email": asked.email, "role": asked.role}
    made, password = accounts.create_user(settings(asked), said, password_from(asked))
    tell(f"Added {made}.")
    show(password)


def invite_user(asked: argparse.Namespace) -> None:
    from quarterdeck import accounts

    said = {"first_name": asked.first_name, "last_name": asked.last_name, "email": asked.email, "role": asked.role}
    made, link = accounts.invite_user(settings(asked), said)
    tell(f"Added {made}. This link lets them choose a password, once, within 7 days:")
    answer(link)


def reset_user(asked: argparse.Namespace) -> None:
    from quarterdeck import accounts

    if asked.second_factor:
        accounts.reset_factor(settings(asked), asked.email)
        tell(f"{asked.email} needs no second factor any more, and is signed out everywhere.")
        return
    link = accounts.reset_user(settings(asked), asked.email)
    tell(f"{asked.email} is signed out everywhere. This link lets them choose a password, once and soon:")
    answer(link)


def set_password(asked: argparse.Namespace) -> None:
    from quarterdeck import accounts

    password = accounts.set_password(settings(asked), asked.email, password_from(asked))
    tell("The password is set.")
    show(password)


def password_from(asked: argparse.Namespace) -> str | None:
    return sys.stdin.readline().rstrip("\r\n") if asked.password_stdin else None


def show(made_up: str | None) -> None:
    if made_up is not None:
        tell("Password, not shown again:")
        answer(made_up)


def deactivate_user(asked: argparse.Namespace) -> None:
    from quarterdeck import accounts

    accounts.deactivate_user(settings(asked), asked.email)
    tell(f"{asked.email} has no access any more.")


def show_settings(asked: argparse.Namespace) -> None:
    from quarterdeck.settings import Settings

    chosen = settings(asked)
    for name, field in Settings.model_fields.items():
        answer(f"QUARTERDECK_{name.upper()}={shown(name, getattr(chosen, name))}")
        answer(f"    {field.description} Default: {shown(name, field.default)}")


def shown(name: str, value: Any) -> str:
    """A value without the secret in it."""
    if name.endswith("_secret") and value:
        return "***"
    if name.endswith("_url") and value is not None:
        from sqlalchemy import make_url

        return make_url(value).render_as_string(hide_password=True)
    return "" if value is None else str(value)
