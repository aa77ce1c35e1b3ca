"""A product with a phone line, and calls to it that walk the TwiML."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from channels.fakes.phone import FakeCall
from channels.fakes.twilio_webhooks import SignedForm
from handoff.clock import TestClock
from handoff.ledger import Ledger
from handoff.model import Conversation, Message, Promise
from handoff.testing import PASSWORD, Bench, StaffSide, start_bench

ACCOUNT, TOKEN = "AC" + "0" * 31 + "1", "geheim-van-de-proef"
BASE, STAFF = "https://balie.example", "+31850009999"
START, STATUS = f"{BASE}/channels/phone", f"{BASE}/channels/phone/status"
SUNDAY = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
RENT = "wanneer moet ik de huur betalen"


@dataclass
class Scene:
    """The product with a phone line, working in the background as it does when it runs."""

    bench: Bench

    def call(self, **changes: Any) -> FakeCall:
        return FakeCall(self.post, START, ACCOUNT, TOKEN, **changes)

    async def post(self, form: SignedForm) -> tuple[int, str]:
        asked = urlsplit(form.url)
        path = f"{asked.path}?{asked.query}" if asked.query else asked.path
        answer = await self.bench.client.post(path, content=form.body, headers=dict(form.headers))
        return answer.status_code, answer.text

    async def log(self, call: FakeCall) -> list[Message]:
        def work(ledger: Ledger) -> list[Message]:
            talk = ledger.conversations.latest_at("phone", call.call_sid)
            return list(ledger.messages.after(talk.id, 0)) if talk else []

        return await self.bench.product.store.read(work)

    async def said(self, call: FakeCall) -> list[str]:
        """What the caller said, as it is kept."""
        return [one.text for one in await self.log(call) if one.author.kind == "tenant"]

    async def notes(self, call: FakeCall) -> str:
        return " ".join(one.text for one in await self.log(call) if one.kind == "note")

    async def state(self, call: FakeCall) -> str:
        store = self.bench.product.store
        talk = await store.read(lambda one: one.conversations.latest_at("phone", call.call_sid))
        return talk.state.value if talk else "none"

    async def talk(self, call: FakeCall) -> Conversation:
        store = self.bench.product.store
        talk = await store.read(lambda one: one.conversations.latest_at("phone", call.call_sid))
        assert talk is not None
        return talk

    async def promises(self, call: FakeCall) -> list[Promise]:
        talk, store = await self.talk(call), self.bench.product.store
        return list(await store.read(lambda ledger: ledger.desk.promises(talk.id)))

    async def staff(self) -> StaffSide:
        transport = httpx.ASGITransport(self.bench.app)
        client = httpx.AsyncClient(transport=transport, base_url=BASE, headers={"Origin": BASE})
        login = {"login": "fatma", "password": PASSWORD}
        assert (await client.post("/console/api/login", json=login)).status_code == 200
        return StaffSide(client)

    async def close(self) -> None:
        if self.bench.assistant.gate is not None:
            self.bench.assistant.gate.set()
        await self.bench.client.aclose()
        await self.bench.product.stop()


class Opener:
    """Opens a phone line with settings of a test's own."""

    def __init__(self, environment: pytest.MonkeyPatch) -> None:
        self._environment = environment
        self._scenes: list[tuple[Scene, asyncio.Task[None]]] = []

    async def __call__(self, at: datetime | None = None, **phone: str) -> Scene:
        settings = {"STAFF_NUMBER": STAFF, "VOICE": "Polly.Laura-Neural", **phone}
        self._environment.setenv("TWILIO__ACCOUNT_SID", ACCOUNT)
        self._environment.setenv("TWILIO__AUTH_TOKEN", TOKEN)
        for name, value in settings.items():
            self._environment.setenv(f"PHONE__{name}", value)
        clock = TestClock(at) if at else None
        bench = await start_bench(clock=clock, public_base_url=BASE)
        scene = Scene(bench)
        self._scenes.append((scene, bench.product.worker.run_in_background()))
        return scene

    async def close(self) -> None:
        for scene, working in self._scenes:
            await scene.close()
            await working
