"""What an upgrade makes of the records that are there."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command

from conftest import Databases
from quarterdeck import migrations
from quarterdeck.storage import engine_for


@pytest.fixture(params=["sqlite", "postgresql"])
def old(request: pytest.FixtureRequest, databases: Databases, tmp_path: Path) -> Iterator[sa.Engine]:
    """A database as the first release left it."""
    url = f"sqlite:///{tmp_path / 'old.db'}"
    if request.param == "postgresql":
        databases.execute("CREATE DATABASE old")
        url = databases.postgresql.replace("/postgres?", "/old?")
    engine = engine_for(url)
    command.upgrade(migrations.config(engine), "0002")
    yield engine
    engine.dispose()
    databases.drop(url)


def fill(engine: sa.Engine) -> None:
    tables = sa.MetaData()
    tables.reflect(engine)
    moment = "2026-03-02T09:30:00.000000Z"
    kept = {"id": 1, "created_at": moment, "updated_at": moment, "version": 1}
    truths = {"primary": False, "ignored": False, "archived": False, "monitored": True, "online": False}
    rows = {
        "customers": {"name": "Acme GmbH", "name_key": "acme gmbh", "domain_key": "acme.example", "phone": "+1 555-0100"},
        "contacts": {"customer_id": 1, "first_name": "Pat", "last_name": "Moore", "name_key": "pat moore",
                     "email": "pat@acme.example", "email_key": "pat@acme.example", "phone": "555 0101"},
        "assets": {"customer_id": 1, "name": "WS-1", "name_key": "ws-1", "guid": "g", "serial": "SN-17a",
                   "mac_addresses": "[]", "ip_addresses": "[]", "disks": "[]"},
    }  # fmt: skip
    with engine.begin() as db:
        for name, row in rows.items():
            table = tables.tables[name]
            whole = {**kept, **{key: value for key, value in truths.items() if key in table.columns}, **row}
            values = ", ".join(f"'{value}'" for value in whole.values())
            columns = ", ".join(f'"{column}"' for column in whole)
            if engine.dialect.name == "sqlite":
                values = values.replace("'True'", "1").replace("'False'", "0")
            db.exec_driver_sql(f"INSERT INTO {name} ({columns}) VALUES ({values})")


def test_records_get_the_keys_by_which_they_are_compared(old: sa.Engine) -> None:
    fill(old)

    migrations.upgrade(old)

    with old.connect() as db:
        customer = db.exec_driver_sql("SELECT alike_key, alike_domain, phone_key FROM customers").one()
        contact = db.exec_driver_sql("SELECT alike_key, phone_key FROM contacts").one()
        asset = db.exec_driver_sql("SELECT serial_key FROM assets").one()
    assert tuple(customer) == ("acme", "acme.example", "15550100")
    assert (tuple(contact), tuple(asset)) == (("moore pat", "5550101"), ("sn-17a",))
