"""kill -9 while a message with a number in it is taken in: the number was never on the disk."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.running_product import RunningProduct, Tenant

pytestmark = pytest.mark.faults
BSN = "123456782"


@pytest.fixture
def product(tmp_path: Path) -> Iterator[RunningProduct]:
    running = RunningProduct(tmp_path)
    yield running
    running.end(signal.SIGKILL)


@pytest.mark.parametrize("crash_at", ["before_inbox_commit", "after_inbox_commit"])
def test_killed_while_taking_it_in_nothing_of_a_number_is_on_the_disk(
    product: RunningProduct, tmp_path: Path, crash_at: str
) -> None:
    product.start(crash_at)
    tenant = Tenant(product.url)
    tenant.send("m1", f"mijn bsn is {BSN}")
    assert product.wait_until_dead() == -signal.SIGKILL
    product.start()
    tenant.send("m1", f"mijn bsn is {BSN}")
    said = [event["text"] for event in tenant.events() if event["author"] == "tenant"]
    assert said == ["mijn bsn is [burgerservicenummer]"]
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert files and not [file for file in files if BSN.encode() in file.read_bytes()]
