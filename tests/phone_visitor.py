"""Somebody on the page of demo phones: the product behind the fake providers, over HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx

from handoff.demo.phones import Phones, phones_for
from handoff.testing import Bench, start_bench
from tests.running_product import free_port
from tests.serving import serving

NUMBER = "+31612345678"
GATHERED = timedelta(seconds=3)


@dataclass
class Visitor:
    """Somebody on the page, over HTTP."""

    bench: Bench
    phones: Phones
    client: httpx.AsyncClient

    async def writes(self, device: str, **what: Any) -> int:
        answer = await self.client.post(
            f"/demo/api/{device}/messages", json={"number": NUMBER, **what}
        )
        assert answer.status_code == 200, answer.text
        return int(answer.json()["status"])

    async def calls(self, step: str, **what: str) -> int:
        body = {"number": NUMBER, "step": step, **what}
        return (await self.client.post("/demo/api/call", json=body)).status_code

    async def breaks(self, device: str, trouble: str) -> None:
        answer = await self.client.put(f"/demo/api/{device}/trouble", json={"trouble": trouble})
        assert answer.status_code == 204

    async def time_passes(self, by: timedelta = GATHERED) -> None:
        self.bench.clock.move(by)
        await self.bench.work()

    async def until(self, device: str, status: str) -> None:
        """Wait for the ticks, which the fake sends on its own."""
        with self.phones.bell.listening("nobody") as bell:
            async with asyncio.timeout(10):
                while status not in {bubble.status for bubble in self.got(device)}:
                    await bell.wait()
                    bell.clear()

    def got(self, device: str) -> list[Any]:
        shown = getattr(self.phones.view(NUMBER), device)
        return [bubble for bubble in shown if not bubble.mine]

    def texts(self, device: str) -> str:
        return "\n".join(bubble.text for bubble in self.got(device))


@asynccontextmanager
async def a_visitor(**changes: Any) -> AsyncIterator[Visitor]:
    """``changes`` of the settings. Tenants reach the product at its own address on loopback."""
    port = free_port()
    bench = await start_bench(
        phones=lambda chosen, clock: phones_for(chosen, {}, clock),
        **{"port": port, "public_base_url": f"http://127.0.0.1:{port}", **changes},
    )
    phones = bench.product.phones
    assert phones is not None
    async with (
        serving(bench.app, port) as served,
        httpx.AsyncClient(base_url=served.url, timeout=20) as client,
    ):
        yield Visitor(bench, phones, client)
    await bench.client.aclose()
    await bench.product.stop()
