"""kill -9 after the back office did what was kept, before we wrote it down: done and told once."""

from __future__ import annotations

import signal
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from actions.backoffice.demo.people import NOBODY_BEHIND
from actions.backoffice.verification import Level
from handoff.ledger import Ledger
from handoff.ledger.kept_requests import KeptRequest
from handoff.model import ConversationId
from handoff.store.engine import SqlStore, make_engine
from tests.running_product import LOGIN, PASSWORD, RunningProduct, Tenant

pytestmark = pytest.mark.faults
WHAT = "De schoonmaker komt al drie weken niet"
ASKED = datetime(2026, 11, 24, 9, tzinfo=UTC)


@pytest.fixture
def product(tmp_path: Path) -> Iterator[RunningProduct]:
    running = RunningProduct(tmp_path)
    yield running
    running.end(signal.SIGKILL)


def keep(data_dir: Path, id: str) -> str:
    """A case that nobody tries before tomorrow; gives its id."""
    request = KeptRequest(
        "kept-1",
        ConversationId(id),
        "case",
        {"zaaktype": "KLA", "omschrijving": WHAT, "toelichting": ""},
        "key-1",
        NOBODY_BEHIND.id,
        Level.VERIFIED,
        asked_at=ASKED,
        next_at=ASKED + timedelta(days=1),
        changed_at=ASKED,
    )

    def work(ledger: Ledger) -> None:
        ledger.conversations.get(request.conversation, lock=True)
        assert ledger.kept.add(request)

    store = SqlStore(make_engine(f"sqlite:///{data_dir / 'thuisbalie.sqlite'}"))
    store.write_now(work)
    store.close()
    return request.id


def try_now(product: RunningProduct, conversation: str, request: str) -> None:
    with httpx.Client(base_url=f"{product.url}/console/api", timeout=10) as staff:
        assert staff.post("/login", json={"login": LOGIN, "password": PASSWORD}).is_success
        try:
            answer = staff.post(f"/conversations/{conversation}/kept-requests/{request}/try")
            assert answer.is_success, answer.text
        except httpx.TransportError:
            pass  # killed before it could answer


def cases(data_dir: Path) -> int:
    with sqlite3.connect(data_dir / "demo.sqlite") as office:
        found = office.execute("SELECT count(*) FROM zaak WHERE omschrijving = ?", (WHAT,))
        return int(found.fetchone()[0])


def told(tenant: Tenant) -> list[dict[str, Any]]:
    return [one for one in tenant.events() if "is nu geregistreerd" in one["text"]]


def test_killed_after_the_back_office_did_it_a_kept_request_is_done_and_told_once(
    product: RunningProduct, tmp_path: Path
) -> None:
    product.start()
    tenant = Tenant(product.url)
    tenant.wait_for_answer(tenant.send("m1", "hallo") or 0)
    said = tenant.events()[-1]["seq"]
    product.end()
    request = keep(tmp_path, tenant.id)
    product.start("after_kept_request_done")
    try_now(product, tenant.id, request)
    assert product.wait_until_dead() == -signal.SIGKILL
    assert cases(tmp_path) == 1
    product.start()
    (words,) = tenant.wait_for_answer(said)
    assert words["author"] == "system" and "Het nummer is" in words["text"]
    tenant.wait_for_answer(tenant.send("m2", "wanneer moet ik de huur betalen") or 0)
    assert len(told(tenant)) == 1 and cases(tmp_path) == 1
