"""The desk's tests keep nothing, so that all of them share one database of each kind."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from conftest import Databases
from quarterdeck.storage import engine_for


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def engine(
    request: pytest.FixtureRequest, databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[sa.Engine]:
    url = databases.fresh(request.param, tmp_path_factory.mktemp("desk"))
    engine = engine_for(url)
    yield engine
    engine.dispose()
    databases.drop(url)
