"""The true product behind a proxy, and a fake Twilio that both takes and posts over real HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx

from channels.fakes.twilio import FakeTwilio, on_loopback
from channels.fakes.twilio_webhooks import NO_ANSWER, Post, SignedForm, behind
from channels.port import Channel
from channels.registry import channels_on
from handoff.arrivals import Arrivals
from handoff.clock import TestClock
from handoff.fates import Fates
from handoff.ledger import Delivery, Ledger
from handoff.model import AgentId, AuthorKind, Message, State
from handoff.reconcile import Reconciler
from handoff.settings import ReconcileSettings
from handoff.testing import PASSWORD, Bench, StaffSide, start_bench
from tests.channels.twilio_scene import ACCOUNT, OURS, TENANT
from tests.serving import serving

PUBLIC = "https://balie.example"
PREFIX = {"sms": "", "whatsapp": "whatsapp:"}


def channel(name: str, base_url: str, **own: object) -> Channel:
    """SMS or WhatsApp of the fake's account, which answers at this address."""
    family = {
        "account_sid": ACCOUNT.sid,
        "auth_token": ACCOUNT.auth_token,
        "base_url": base_url,
        "patience_seconds": 10.0,
    }
    return channels_on({"twilio": family, name: {"sender": OURS, **own}}, PUBLIC)[name]


@dataclass
class Wire:
    """The line from the provider to us, which can be cut; then requests are kept, not made."""

    send: Post
    cut: bool = False
    kept: list[SignedForm] = field(default_factory=list)

    async def post(self, form: SignedForm) -> int:
        if not self.cut:
            return await self.send(form)
        self.kept.append(form)
        return NO_ANSWER


@dataclass
class Provider:
    """One channel of the product with the provider behind it."""

    bench: Bench
    fake: FakeTwilio
    name: str
    base_url: str
    wire: Wire

    @property
    def ours(self) -> str:
        return PREFIX[self.name] + OURS

    @property
    def tenant(self) -> str:
        return PREFIX[self.name] + TENANT

    @property
    def clock(self) -> TestClock:
        return self.bench.clock

    async def writes(self, text: str, sender: str = "", **more: Any) -> list[int]:
        """Somebody writes to us; the HTTP status of each answer of ours."""
        return list(await self.fake.write(sender or self.tenant, self.ours, text, **more))

    async def writes_later(self, text: str, sender: str = "", **more: Any) -> list[SignedForm]:
        """Somebody writes while we are away. The requests that did not reach us."""
        before = len(self.wire.kept)
        self.wire.cut = True
        await self.writes(text, sender, **more)
        self.wire.cut = False
        return self.wire.kept[before:]

    async def writes_unheard(self, text: str, sender: str = "", **more: Any) -> None:
        """Somebody writes while we are away: nothing reaches us."""
        await self.writes_later(text, sender, **more)

    async def post(self, form: SignedForm) -> int:
        """Make this request; the HTTP status of our answer."""
        return await self.wire.post(form)

    def replace(self, **own: object) -> None:
        """The same channel, with other settings."""
        base_url = str(own.pop("base_url", self.base_url))
        self.bench.product.channels[self.name] = channel(self.name, base_url, **own)

    def reconciler(self, **settings: float) -> Reconciler:
        product = self.bench.product
        fates = Fates(product.store, product.clock, product.outbox.held, product.hints)
        arrivals = Arrivals(product.inbox, fates)
        wanted = ReconcileSettings(**settings)
        return Reconciler(product.store, arrivals, product.channels, product.clock, wanted)

    async def staff(self, login: str = "fatma") -> StaffSide:
        """A browser of its own for this member of staff, at the public address."""
        transport = httpx.ASGITransport(self.bench.app, raise_app_exceptions=True)
        client = httpx.AsyncClient(transport=transport, base_url=PUBLIC, headers={"Origin": PUBLIC})
        body = {"login": login, "password": PASSWORD}
        answer = await client.post("/console/api/login", json=body)
        assert answer.status_code == 200, answer.text
        return StaffSide(client)

    async def log(self, address: str = "") -> list[Message]:
        def work(ledger: Ledger) -> list[Message]:
            talk = ledger.conversations.latest_at(self.name, address or self.tenant)
            return list(ledger.messages.after(talk.id, 0)) if talk else []

        return await self.bench.product.store.read(work)

    async def said(self, address: str = "") -> list[str]:
        """What the tenant said, as it is in the log."""
        log = await self.log(address)
        return [one.text for one in log if one.author.kind is AuthorKind.TENANT]

    async def rows(self) -> int:
        """How many conversations there are."""
        states = [State(one) for one in ("bot", "waiting", "held", "closed")]
        listed = await self.bench.product.store.read(
            lambda ledger: ledger.conversations.listed(states, 100, 0, AgentId("nobody"))
        )
        return len(listed)

    async def last_delivery(self) -> Delivery:
        message = [one for one in await self.log() if one.author.kind is not AuthorKind.TENANT][-1]
        store = self.bench.product.store
        delivery = await store.read(lambda ledger: ledger.deliveries.get(message.id))
        assert delivery is not None
        return delivery


@asynccontextmanager
async def a_provider(
    name: str, public_base_url: str = PUBLIC, database_url: str = "sqlite://"
) -> AsyncIterator[Provider]:
    bench = await start_bench(public_base_url=public_base_url, database_url=database_url)
    async with serving(bench.app) as serving_at:
        wire = Wire(behind(public_base_url, serving_at.url))
        webhook = f"{public_base_url}/channels/{name}"
        fake = FakeTwilio(ACCOUNT, bench.clock.now, webhook=webhook, post=wire.post)
        async with on_loopback(fake) as base_url:
            bench.product.channels[name] = channel(name, base_url)
            yield Provider(bench, fake, name, base_url, wire)
    await bench.client.aclose()
    await bench.product.stop()
