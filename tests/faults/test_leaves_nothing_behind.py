"""However the product ends, no process of it goes on (and a second start is as good as a first)."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.running_product import RunningProduct, Tenant

pytestmark = pytest.mark.faults


@pytest.fixture
def product(tmp_path: Path) -> Iterator[RunningProduct]:
    running = RunningProduct(tmp_path, bot="rasa")
    yield running
    running.end(signal.SIGKILL)


def children_of(pid: int) -> set[int]:
    """Process ids of all descendants, from /proc."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                stat = (entry / "stat").read_text()
            except OSError:
                continue
            parents[int(entry.name)] = int(stat.rsplit(")", 1)[1].split()[1])
    found: set[int] = set()
    while fresh := {p for p, parent in parents.items() if parent in found | {pid}} - found:
        found |= fresh
    return found


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rsplit(")", 1)[1].split()[0] != "Z"


def wait_until_gone(pids: set[int], patience: float = 10) -> None:
    until = time.monotonic() + patience
    while left := {pid for pid in pids if alive(pid)}:
        assert time.monotonic() < until, f"still running: {left}"
        time.sleep(0.05)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_no_process_is_left(product: RunningProduct, how: signal.Signals) -> None:
    product.start(patience=120)
    assert product.process is not None
    children = children_of(product.process.pid)
    assert children, "the assistant should run as a process of its own"
    product.end(how)
    wait_until_gone(children)


def test_a_dead_assistant_is_started_again_and_nobody_is_left_without_a_word(
    product: RunningProduct,
) -> None:
    product.start(patience=120)
    assert product.process is not None
    for pid in children_of(product.process.pid):
        os.kill(pid, signal.SIGKILL)
    tenant = Tenant(product.url)
    seq = tenant.send("m1", "wanneer moet ik de huur betalen")
    assert seq is not None
    notice = tenant.wait_for_answer(seq, patience=11)[0]
    assert notice.get("state") == "waiting" or notice["author"] == "bot"
    product.wait_for("/health", 60)
    later = Tenant(product.url)
    seq = later.send("m1", "wanneer moet ik de huur betalen")
    assert seq is not None
    assert later.wait_for_answer(seq)[0]["author"] == "bot"
