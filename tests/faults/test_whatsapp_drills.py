"""kill -9 while an answer is held for WhatsApp's 24 hours: it arrives, once, and in its order."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from channels.fakes.twilio import FakeTwilio, on_loopback
from channels.fakes.twilio_webhooks import SignedForm, behind
from handoff.clock import AMSTERDAM, TestClock
from tests.channels.twilio_scene import ACCOUNT, OURS, OURS_WHATSAPP, TENANT_WHATSAPP
from tests.channels.whatsapp_scene import DAY, PUBLIC, TEMPLATE
from tests.running_product import LOGIN, PASSWORD, RunningProduct

pytestmark = pytest.mark.faults
START = datetime(2026, 11, 24, 10, 0, tzinfo=AMSTERDAM)
FIRST, SECOND = "De monteur komt dinsdag.", "Bent u dan thuis?"


class Desk:
    """Fatma's console, behind the public address that a proxy serves."""

    def __init__(self, url: str) -> None:
        self._client = httpx.AsyncClient(base_url=url, headers={"Origin": PUBLIC}, timeout=20)

    async def enter(self) -> None:
        entered = await self._client.post(
            "/console/api/login", json={"login": LOGIN, "password": PASSWORD}
        )
        assert entered.status_code == 200, entered.text
        # The cookie is for https, which ends at the proxy.
        name, _, value = entered.headers["set-cookie"].partition(";")[0].partition("=")
        self._client.headers["Cookie"] = f"{name}={value}"

    async def conversation(self) -> str:
        listed = await self._client.get(
            "/console/api/conversations", params={"state": ["waiting", "held", "bot"]}
        )
        (row,) = listed.json()["conversations"]
        return str(row["id"])

    async def shows(self, state: str) -> bool:
        listed = await self._client.get("/console/api/conversations", params={"state": state})
        return bool(listed.json()["conversations"])

    async def step(self, what: str, **body: str) -> None:
        id = await self.conversation()
        answer = await self._client.post(f"/console/api/conversations/{id}/{what}", json=body)
        assert answer.status_code in (200, 201), answer.text

    async def states(self) -> list[str]:
        id = await self.conversation()
        opened = (await self._client.get(f"/console/api/conversations/{id}")).json()
        said = [one for one in opened["messages"] if one["author"] == "agent"]
        return [one["delivery"]["state"] for one in said if one["delivery"]]


async def until(done: Callable[[], Awaitable[bool]], patience: float = 25) -> None:
    async with asyncio.timeout(patience):
        while not await done():  # noqa: ASYNC110 - another process tells us nothing
            await asyncio.sleep(0.05)


class Drill:
    """The product in a process of its own, the fake Twilio in this one, one day passing."""

    def __init__(self, folder: Path) -> None:
        self.clock = TestClock(START.astimezone(UTC))
        self.fake = FakeTwilio(
            ACCOUNT,
            self.clock.now,
            webhook=f"{PUBLIC}/channels/whatsapp",
            window=DAY,
            post=self._post,
        )
        self.template = self.fake.contents.approve(TEMPLATE)
        self._folder = folder
        self._environment: dict[str, str] = {}
        self.product: RunningProduct | None = None
        self._door = behind(PUBLIC, "http://127.0.0.1:9")

    async def _post(self, form: SignedForm) -> int:
        return await self._door(form)

    def know(self, base_url: str) -> None:
        self._environment = {
            "TWILIO__ACCOUNT_SID": ACCOUNT.sid,
            "TWILIO__AUTH_TOKEN": ACCOUNT.auth_token,
            "TWILIO__BASE_URL": base_url,
            "WHATSAPP__SENDER": OURS,
            "WHATSAPP__REOPEN_TEMPLATE": self.template,
            "PUBLIC_BASE_URL": PUBLIC,
        }

    async def start(self, crash_at: str = "") -> Desk:
        now = self.clock.now().astimezone(AMSTERDAM).isoformat()
        self.product = RunningProduct(self._folder, **self._environment, DEMO_NOW=now)
        await asyncio.to_thread(self.product.start, crash_at)
        self._door = behind(PUBLIC, self.product.url)
        desk = Desk(self.product.url)
        await desk.enter()
        return desk

    async def died(self) -> None:
        assert self.product is not None
        assert await asyncio.to_thread(self.product.wait_until_dead) == -signal.SIGKILL

    def kill(self) -> None:
        if self.product is not None:
            self.product.end(signal.SIGKILL)

    async def write(self, body: str) -> int:
        (status,) = await self.fake.write(TENANT_WHATSAPP, OURS_WHATSAPP, body)
        return status

    def arrived(self) -> list[str]:
        """What the tenant got since he was asked to react."""
        through = [one for one in self.fake.sent if one.magic_code() is None]
        asked = [
            no for no, one in enumerate(through) if one.form.get("ContentSid") == self.template
        ]
        assert len(asked) <= 1, "asked more than once"
        return [one.body for one in through[asked[0] + 1 :]] if asked else []


@pytest.mark.parametrize("killed_at", ["after_inbox_commit", "after_send"])
async def test_killed_around_the_reaction_held_answers_arrive_once_and_in_order(
    tmp_path: Path, killed_at: str
) -> None:
    drill = Drill(tmp_path)
    async with on_loopback(drill.fake) as base_url:
        drill.know(base_url)
        try:
            await _a_day_of_silence(drill)
            await _held_and_asked_once_though_killed(drill)
            await drill.start(killed_at)
            await drill.write("ja")
            await drill.died()
            await drill.start()

            async def both() -> bool:
                return {FIRST, SECOND} <= set(drill.arrived())

            await until(both)
            assert await drill.write("Dank u") == 204
            arrived = drill.arrived()
            # What the product said itself in that night comes too, where it belongs.
            assert [text for text in arrived if text in (FIRST, SECOND)] == [FIRST, SECOND]
            assert len(set(arrived)) == len(arrived)
        finally:
            drill.kill()


async def _a_day_of_silence(drill: Drill) -> None:
    desk = await drill.start()
    assert await drill.write("Ik wil een medewerker spreken") == 204
    await until(lambda: desk.shows("waiting"))
    await desk.step("take")
    await desk.step("say", client_msg_id="s-0", text="Ik zoek het voor u uit.")

    async def sent() -> bool:
        return await desk.states() == ["sent"]

    await until(sent)
    drill.kill()
    drill.clock.move(DAY + timedelta(hours=1))


async def _held_and_asked_once_though_killed(drill: Drill) -> None:
    desk = await drill.start("after_send")  # of the request to react
    await desk.step("take")  # who was away all night holds nothing any more
    await desk.step("say", client_msg_id="s-1", text=FIRST)
    await drill.died()
    desk = await drill.start()
    await desk.step("say", client_msg_id="s-2", text=SECOND)

    async def held() -> bool:
        return await desk.states() == ["sent", "held", "held"]

    await until(held)
    assert drill.arrived() == []
    assert drill.template in [one.form.get("ContentSid") for one in drill.fake.sent]
    drill.kill()
