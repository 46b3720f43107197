"""The desk's tests keep nothing, so that all of them share one database of each kind."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from conftest import Databases
from quarterdeck.storage import engine_for


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, databases: Databases) -> Iterator[sa.Engine]:
    url = databases.fresh(request.param)
    engine = engine_for(url)
    yield engine
    engine.dispose()
    databases.drop(url)
