"""Phone lines for the stories of calls."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.stories.phone.scene import Opener, Scene


@pytest.fixture
async def opened(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Opener]:
    opener = Opener(monkeypatch)
    yield opener
    await opener.close()


@pytest.fixture
async def scene(opened: Opener) -> Scene:
    return await opened()
