"""Shared fixtures, and the rule that every test module says what kind it is."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

import pytest

from handoff.testing import Bench, start_bench

KINDS = {"unit", "contract", "stories", "rasa", "browser", "faults"}


def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    for item in items:
        kinds = KINDS & {mark.name for mark in item.iter_markers()}
        if len(kinds) != 1:
            raise pytest.UsageError(f"{item.nodeid} must have exactly one of {sorted(KINDS)}")


@pytest.fixture
async def bench() -> AsyncIterator[Bench]:
    """The true product with the scripted assistant."""
    running = await start_bench()
    yield running
    await running.client.aclose()
    await running.product.stop()
