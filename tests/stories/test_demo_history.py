"""A fresh demo begins with the figures of an invented past: reports say something from day one."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest
import pytest_asyncio

from handoff.demo.history import MARK, invented_past, read_odds
from handoff.ledger.lists import Filters
from handoff.testing import PASSWORD, Bench, new_client, start_bench

pytestmark = pytest.mark.stories
API = "/console/api"
_SHOWN = 28


@pytest_asyncio.fixture
async def demo() -> AsyncIterator[Bench]:
    bench = await start_bench(demo_lead=True, demo_history=True)
    yield bench
    await bench.product.stop()


async def _lead(bench: Bench) -> httpx.AsyncClient:
    browser = new_client(bench.app)
    who = {"login": "fatmalead", "password": PASSWORD}
    assert (await browser.post(f"{API}/login", json=who)).status_code == 200
    return browser


async def test_every_report_of_a_fresh_demo_shows_something_now_and_before(demo: Bench) -> None:
    browser = await _lead(demo)
    read = (await browser.get(f"{API}/reports", params={"days": _SHOWN})).json()
    empty = [
        f"{table['name']} {when}"
        for table in read["tables"]
        for when in ("now", "before")
        if not any(line[when] for line in table["lines"])
    ]
    assert read["tables"] and empty == []
    labels = [line["label"] for table in read["tables"] for line in table["lines"]]
    assert not [label for label in labels if "_" in label], "a topic or reason without its title"


async def test_the_wallboard_of_a_fresh_demo_shows_the_hours_before(demo: Bench) -> None:
    board = (await (await _lead(demo)).get(f"{API}/reports/wallboard")).json()
    assert sum(hour["opened"] for hour in board["trend"]) > 0
    assert board["held"] == 0
    assert sum(queue["waiting"] for queue in board["queues"]) == 0


async def test_the_invented_past_stands_in_no_list_of_conversations(demo: Bench) -> None:
    browser = await _lead(demo)
    listed = await browser.get(f"{API}/conversations", params={"state": "closed"})
    assert listed.json()["conversations"] == []
    assert await demo.product.store.read(lambda ledger: ledger.lists.count(Filters())) == 0


async def test_the_past_is_marked_as_the_demos_and_lies_before_now(demo: Bench) -> None:
    now = demo.clock.now()
    past = invented_past(now, read_odds())
    assert all(row["id"].startswith(MARK) for rows in past.values() for row in rows)
    assert all(row["closed_at"] < now for row in past["conversation"])
    assert all(row["asked_at"] <= row["taken_at"] for row in past["assignment"] if row["taken_at"])


async def test_a_demo_that_was_used_gets_no_second_past(demo: Bench) -> None:
    browser = await _lead(demo)
    before = (await browser.get(f"{API}/reports", params={"days": _SHOWN})).json()["total"]
    demo.product.invent_a_past()
    after = (await browser.get(f"{API}/reports", params={"days": _SHOWN})).json()["total"]
    assert before == after > 0


async def test_a_lead_reads_complaints_and_compliments_in_the_tenants_words(demo: Bench) -> None:
    browser = await _lead(demo)
    found = (await browser.get(f"{API}/opinions/flagged")).json()["opinions"]
    assert {"complaint", "compliment"} <= {one["flag"] for one in found}
    assert all(one["low"] or one["flag"] for one in found)
    told = next(one for one in found if one["flag"] == "complaint")
    assert told["words"] in read_odds()["words"]["complaint"]
    assert told["reference"].startswith("DEMO-") and not told["readable"]
    looks = (await browser.get(f"{API}/access-log")).json()["looks"]
    assert "opinions" in {one["what"] for one in looks}
