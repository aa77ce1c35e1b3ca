"""How long a caller hears nothing: from the words of a turn to the TwiML that answers them.

Over HTTP on loopback. Without ``--rasa``: the scripted assistant and a database in a file, what the
phone line itself adds. With it: the product as tenants get it, with the trained assistant.

    .venv/bin/python -m bench.phone --calls 40 --at-once 5 --rasa
"""

from __future__ import annotations

import argparse
import asyncio
import os
import tempfile
from pathlib import Path
from time import perf_counter
from urllib.parse import urlsplit

import httpx

from bench.launches import ADDRESS, product
from bench.stats import percentile
from channels.fakes.phone import FakeCall
from channels.fakes.twilio_webhooks import SignedForm
from handoff.testing import start_bench
from tests.serving import serving

BASE = "https://balie.example"
ACCOUNT, TOKEN = "AC" + "0" * 31 + "1", "a-token-for-the-bench"
_PATIENCE = 15.0
"""Seconds after which the provider hangs up."""
TURNS = ("hallo", "wanneer moet ik de huur betalen", "mijn kraan lekt", "keuken", "herhaal")


class Stopwatch:
    """Posts what a call posts and keeps the seconds that turns took."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client
        self.seconds: list[float] = []

    async def post(self, form: SignedForm) -> tuple[int, str]:
        asked = urlsplit(form.url)
        path = f"{asked.path}?{asked.query}" if asked.query else asked.path
        begun = perf_counter()
        answer = await self._client.post(path, content=form.body, headers=dict(form.headers))
        if "/turn/" in path:
            self.seconds.append(perf_counter() - begun)
        return answer.status_code, answer.text


async def one_call(watch: Stopwatch, busy: asyncio.Semaphore) -> None:
    async with busy:
        call = FakeCall(watch.post, f"{BASE}/channels/phone", ACCOUNT, TOKEN)
        await call.dials()
        for words in TURNS:
            await call.says(words)
            if call.now.value != "listening":
                return


async def call_all(client: httpx.AsyncClient, calls: int, at_once: int) -> list[float]:
    """The seconds of every turn of so many calls."""
    watch, busy = Stopwatch(client), asyncio.Semaphore(at_once)
    await asyncio.gather(*(one_call(watch, busy) for _ in range(calls)))
    return watch.seconds


async def measure_rasa(calls: int, at_once: int) -> list[float]:
    """With the product as a process of its own, and Rasa behind it."""
    ours = product()
    try:
        await ours.start(TURNS[0], fresh=True)
        async with httpx.AsyncClient(base_url=ADDRESS, timeout=_PATIENCE) as client:
            return await call_all(client, calls, at_once)
    finally:
        await ours.stop()


async def measure_scripted(calls: int, at_once: int) -> list[float]:
    """In this process, with the scripted assistant."""
    with tempfile.TemporaryDirectory() as folder:
        database = f"sqlite:///{Path(folder) / 'phone.sqlite'}"
        bench = await start_bench(public_base_url=BASE, database_url=database)
        working = bench.product.worker.run_in_background()
        async with serving(bench.app) as server, httpx.AsyncClient(base_url=server.url) as client:
            seconds = await call_all(client, calls, at_once)
        await bench.product.stop()
        await working
        return seconds


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--calls", type=int, default=40)
    options.add_argument("--at-once", type=int, default=5)
    options.add_argument("--rasa", action="store_true", help="the whole product, not the script")
    given = options.parse_args()
    os.environ |= {"TWILIO__ACCOUNT_SID": ACCOUNT, "TWILIO__AUTH_TOKEN": TOKEN}
    os.environ |= {"PHONE__STAFF_NUMBER": "+31850009999", "PUBLIC_BASE_URL": BASE}
    measure = measure_rasa if given.rasa else measure_scripted
    seconds = sorted(asyncio.run(measure(given.calls, given.at_once)))
    middle, p95 = percentile(seconds, 0.5), percentile(seconds, 0.95)
    print(
        f"{len(seconds)} turns, {given.at_once} calls at once: "
        f"p50 {middle * 1000:.0f} ms, p95 {p95 * 1000:.0f} ms, most {seconds[-1] * 1000:.0f} ms"
    )


if __name__ == "__main__":
    main()
