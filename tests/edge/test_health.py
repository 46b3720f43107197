"""What a load balancer is told."""

from pathlib import Path

import httpx

from conftest import Client, Databases, Stage, stage_on

HEALTH = "http://desk.example/health"


def asked(client: Client) -> httpx.Response:
    return client.get(HEALTH, key=None)


def test_a_desk_with_its_database_is_well(client: Client) -> None:
    answer = asked(client)

    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "database": "ok"})


def away(stage: Stage) -> None:
    client = Client(stage)
    try:
        answer = asked(client)
        assert (answer.status_code, answer.json()["database"]) == (503, "away")
    finally:
        client.close()
        stage.storage.close()


def test_a_desk_whose_server_dropped_the_database_is_not_well(databases: Databases) -> None:
    url = databases.fresh("postgresql")
    stage = stage_on(url)

    databases.lose(url)

    away(stage)


def test_a_desk_whose_file_is_gone_is_not_well(databases: Databases, tmp_path: Path) -> None:
    stage = stage_on(databases.copied(tmp_path / "desk.db"))

    (tmp_path / "desk.db").unlink()

    away(stage)


def test_a_desk_whose_tables_are_gone_is_not_well(database: str) -> None:
    stage = stage_on(database)

    with stage.storage.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE alembic_version")

    away(stage)


def test_calls_are_refused_as_busy_while_the_database_is_away(databases: Databases) -> None:
    url = databases.fresh("postgresql")
    stage = stage_on(url)
    client = Client(stage)
    databases.lose(url)

    answer = client.get("/tickets")

    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "1"
    assert "desk_" not in answer.text
    client.close()
    stage.storage.close()
