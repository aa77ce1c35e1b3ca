"""The product's side of the live measurement."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import random
import time
from dataclasses import dataclass
from pathlib import Path

import httpx
from playwright.async_api import Page, async_playwright

from tests.running_product import LOGIN, PASSWORD, RunningProduct

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
WATCH = """() => {
  window.shown = {};
  const look = (text) => {
    const at = Date.now() / 1000;
    for (const [word] of text.matchAll(/mark-\\d+-end/g)) window.shown[word] ??= at;
  };
  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "characterData") look(change.target.textContent);
      for (const added of change.addedNodes) look(added.textContent);
    }
  }).observe(document.querySelector("main"), {
    subtree: true, childList: true, characterData: true,
  });
}"""
_BEAT = 20.0
_PERSON = "ik wil een medewerker spreken"


@dataclass(frozen=True, slots=True)
class Plan:
    """``each_second``: messages of tenants."""

    conversations: int
    staff: int
    seconds: float
    each_second: float

    @property
    def messages(self) -> int:
        return int(self.seconds * self.each_second)


@dataclass(frozen=True, slots=True)
class Sender:
    """A tenant with an open web chat."""

    client: httpx.AsyncClient
    id: str
    token: str

    async def say(self, key: str, text: str) -> None:
        answer = await self.client.post(
            f"/chat/conversations/{self.id}/messages",
            json={"client_msg_id": key, "text": text},
            headers={"Authorization": f"Bearer {self.token}"},
        )
        answer.raise_for_status()


async def stamps(page: Page) -> dict[str, float]:
    """When each mark first stood on the page, by the clock of the machine."""
    found: dict[str, float] = await page.evaluate("window.shown")
    return found


async def measure_product(plan: Plan, folder: Path) -> tuple[list[float], list[float]]:
    """Seconds from sending to the stream of staff, and to the screen."""
    product = RunningProduct(folder)
    await asyncio.to_thread(product.start)
    try:
        limits = httpx.Limits(max_connections=None)
        async with httpx.AsyncClient(base_url=product.url, timeout=60, limits=limits) as client:
            return await _measure(plan, product.url, client)
    finally:
        await asyncio.to_thread(product.end)


async def _measure(
    plan: Plan, url: str, client: httpx.AsyncClient
) -> tuple[list[float], list[float]]:
    gate = asyncio.Semaphore(8)

    async def one(number: int) -> Sender:
        async with gate:
            opened = (await client.post("/chat/conversations")).json()
            sender = Sender(client, opened["conversation_id"], opened["token"])
            await sender.say(f"open-{number}", _PERSON)
            return sender

    senders = await asyncio.gather(*(one(number) for number in range(plan.conversations)))
    answer = await client.post("/console/api/login", json={"login": LOGIN, "password": PASSWORD})
    answer.raise_for_status()
    hints: dict[str, list[float]] = {}
    listening = [asyncio.ensure_future(_listen(client, hints)) for _ in range(plan.staff - 1)]
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = await _open_console(await browser.new_page(), url, senders[0].id)
        sent = await _talk(plan, senders)
        await asyncio.sleep(3)
        shown = await stamps(page)
        await browser.close()
    for task in listening:
        task.cancel()
    streamed = [
        min(at for at in hints[who] if at >= begun) - begun
        for word, (who, begun) in sent.items()
        if any(at >= begun for at in hints.get(who, ()))
    ]
    mine = [(word, begun) for word, (who, begun) in sent.items() if who == senders[0].id]
    return streamed, [shown.get(word, begun + 60) - begun for word, begun in mine]


async def _talk(plan: Plan, senders: list[Sender]) -> dict[str, tuple[str, float]]:
    """Every second message is in the conversation that stands open."""
    sent: dict[str, tuple[str, float]] = {}
    doing: list[asyncio.Task[None]] = []
    for number in range(plan.messages):
        sender = senders[0] if number % 2 else senders[1 + number % (len(senders) - 1)]
        sent[word := f"mark-{number}-end"] = (sender.id, time.time())
        doing.append(asyncio.ensure_future(sender.say(word, word)))
        await asyncio.sleep(1 / plan.each_second)
    await asyncio.gather(*doing)
    return sent


async def _listen(client: httpx.AsyncClient, hints: dict[str, list[float]]) -> None:
    """A console without a screen: it listens, and gives a sign of life every 20 seconds."""
    beating = asyncio.ensure_future(_beat(client))
    try:
        with contextlib.suppress(httpx.HTTPError):
            async with client.stream("GET", "/console/api/events", timeout=None) as answer:
                async for line in answer.aiter_lines():
                    if line.startswith("data: {") and '"pos"' in line:
                        hints.setdefault(json.loads(line[5:])["id"], []).append(time.time())
    finally:
        beating.cancel()


async def _beat(client: httpx.AsyncClient) -> None:
    await asyncio.sleep(random.uniform(0, _BEAT))
    while True:
        with contextlib.suppress(httpx.HTTPError):
            await client.post("/console/api/presence", json={})
        await asyncio.sleep(_BEAT)


async def _open_console(page: Page, url: str, conversation: str) -> Page:
    await page.goto(f"{url}/console/")
    await page.get_by_label("Gebruikersnaam").fill(LOGIN)
    await page.get_by_label("Wachtwoord").fill(PASSWORD)
    await page.get_by_role("button", name="Inloggen").click()
    await page.get_by_role("tab").first.wait_for()
    await page.goto(f"{url}/console/conversations/{conversation}")
    await page.locator(".message").first.wait_for()
    await page.evaluate(WATCH)
    return page
