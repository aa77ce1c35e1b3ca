"""The peer of the live measurement: a bare WebSocket broadcast that stores nothing."""

from __future__ import annotations

import asyncio
import contextlib
import time

from playwright.async_api import async_playwright
from websockets.asyncio.client import connect
from websockets.asyncio.server import ServerConnection, broadcast, serve

from bench.live_product import CHROMIUM, WATCH, Plan, stamps

_PAGE = "<main></main>"
_SHOW = """(url) => new Promise((ready) => {
  const line = new WebSocket(url);
  line.onopen = ready;
  line.onmessage = (event) => {
    const p = document.createElement("p");
    p.textContent = event.data;
    document.querySelector("main").append(p);
  };
})"""


async def measure_peer(plan: Plan) -> tuple[list[float], list[float]]:
    """Seconds from sending to a client, and to the screen."""
    everybody: set[ServerConnection] = set()
    seen: dict[str, float] = {}

    async def take(line: ServerConnection) -> None:
        everybody.add(line)
        async for said in line:
            broadcast(everybody, said)
        everybody.discard(line)

    async def listen(line: object) -> None:
        async for said in line:  # type: ignore[attr-defined]
            seen.setdefault(str(said), time.time())

    sent: dict[str, float] = {}
    async with serve(take, "127.0.0.1", 0) as server, async_playwright() as playwright:
        port = next(iter(server.sockets)).getsockname()[1]
        url = f"ws://127.0.0.1:{port}"
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = await browser.new_page()
        await page.set_content(_PAGE)
        await page.evaluate(WATCH)
        await page.evaluate(_SHOW, url)
        async with contextlib.AsyncExitStack() as stack:
            lines = [await stack.enter_async_context(connect(url)) for _ in range(plan.staff)]
            # The one that sends reads too: a line that nobody reads is closed by its ping.
            listening = [asyncio.ensure_future(listen(line)) for line in lines]
            for number in range(plan.messages):
                sent[word := f"mark-{number}-end"] = time.time()
                await lines[0].send(word)
                await asyncio.sleep(1 / plan.each_second)
            await asyncio.sleep(1)
            for one in listening:
                one.cancel()
        shown = await stamps(page)
        await browser.close()
    return (
        [seen[word] - at for word, at in sent.items() if word in seen],
        [shown[word] - at for word, at in sent.items() if word in shown],
    )
