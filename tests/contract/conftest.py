"""The real Rasa server, for the contracts that it keeps beside a scripted part."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from rasa_running import RunningRasa, running_rasa


@pytest.fixture(scope="session")
def rasa_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningRasa]:
    with running_rasa(tmp_path_factory.mktemp("rasa")) as running:
        yield running
