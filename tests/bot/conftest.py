"""One Rasa server for all tests of this folder; its actions are switched back after each test."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
from rasa_running import SECRET, RunningRasa, running_rasa

from bot.rasa_client import RasaClient


@pytest.fixture(scope="session")
def rasa_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningRasa]:
    with running_rasa(tmp_path_factory.mktemp("rasa")) as running:
        yield running


@pytest.fixture
def rasa(rasa_server: RunningRasa) -> Iterator[RunningRasa]:
    rasa_server.actions.instead = rasa_server.actions.other = None
    yield rasa_server
    rasa_server.actions.instead = rasa_server.actions.other = None


@pytest.fixture
async def client(rasa: RunningRasa) -> AsyncIterator[RasaClient]:
    client = RasaClient(rasa.url, SECRET, timeout_seconds=20)
    yield client
    await client.close()
