"""The true product with a scripted assistant, a clock that can be moved and a database in memory.

For tests and for trying things out; nothing here is a stand-in for a part of the hub.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any, ClassVar

import httpx
from fastapi import FastAPI
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from pydantic import SecretStr

from actions.backoffice.port import BackOffice
from bot.port import Assistant
from bot.scripted import Scripted
from channels.port import (
    Body,
    Capabilities,
    DeliveryResult,
    Event,
    Inbound,
    Outbound,
    RawRequest,
    Receipt,
    Rendered,
    Text,
)
from handoff.app import Product, make_app, put_together
from handoff.clock import TestClock
from handoff.demo.phones import Phones
from handoff.ledger import Ledger
from handoff.model import Conversation, Message
from handoff.settings import RateLimitSettings, Settings

PASSWORD = "proef-wachtwoord-1"  # noqa: S105 - of the demo logins in memory
_numbers = count(1)
# Checked a hundred times in a test run, of a password that protects nothing.
_LIGHT = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=64, parallelism=1),))


def unique() -> str:
    """A client message id that was not used before in this process."""
    return f"test-{next(_numbers)}"


@dataclass(repr=False)
class Bench:
    """One running product and an HTTP client to it, without a network."""

    product: Product
    app: FastAPI
    client: httpx.AsyncClient

    @property
    def clock(self) -> TestClock:
        assert isinstance(self.product.clock, TestClock)
        return self.product.clock

    @property
    def assistant(self) -> Scripted:
        assert isinstance(self.product.assistant, Scripted)
        return self.product.assistant

    async def work(self) -> None:
        """Do all that is due."""
        await self.product.worker.drain()

    async def tenant(self) -> TenantSide:
        opened = (await self.client.post("/chat/conversations")).json()
        return TenantSide(self, opened["conversation_id"], opened["token"])

    async def staff(self, login: str = "fatma") -> StaffSide:
        """A browser of its own for this member of staff."""
        client = new_client(self.app)
        answer = await client.post(
            "/console/api/login", json={"login": login, "password": PASSWORD}
        )
        assert answer.status_code == 200, answer.text
        return StaffSide(client)


@dataclass(frozen=True)
class TenantSide:
    """A tenant's web chat."""

    bench: Bench
    id: str
    token: str

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    async def post(self, body: Mapping[str, Any]) -> httpx.Response:
        url = f"/chat/conversations/{self.id}/messages"
        return await self.bench.client.post(url, json=body, headers=self.headers)

    async def say(self, text: str) -> int:
        answer = await self.post({"client_msg_id": unique(), "text": text})
        assert answer.status_code == 202, answer.text
        seq: int = answer.json()["seq"]
        return seq

    async def choose(self, title: str) -> None:
        """Press the newest quick reply with this title."""
        for event in reversed(await self.events()):
            for choice in event["choices"]:
                if choice["title"] == title:
                    body = {"client_msg_id": unique(), "choice_id": choice["id"]}
                    assert (await self.post(body)).status_code == 202
                    return
        raise AssertionError(f"no quick reply {title!r}")

    async def read(self, since: int = 0) -> dict[str, Any]:
        url = f"/chat/conversations/{self.id}/events"
        answer = await self.bench.client.get(url, params={"since": since}, headers=self.headers)
        assert answer.status_code == 200, answer.text
        body: dict[str, Any] = answer.json()
        return body

    async def events(self, since: int = 0) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = (await self.read(since))["events"]
        return found

    async def state(self) -> str:
        return str((await self.read())["state"])

    async def ask(self, text: str) -> list[dict[str, Any]]:
        """Say something, let the product work, and give what came back."""
        seq = await self.say(text)
        await self.bench.work()
        return await self.events(seq)


class Line:
    """A channel whose provider takes everything and keeps it: the ``Channel`` port in memory."""

    name: ClassVar[str] = "line"
    capabilities: ClassVar[Capabilities] = Capabilities(
        max_text=4_000,
        choices=False,
        typing=False,
        push=True,
        idempotent=False,
        gather=timedelta(0),
    )

    def __init__(self) -> None:
        self.sent: list[str] = []
        """The texts a tenant got, in order."""
        self.answers: list[Receipt] = []
        """What the provider says next, before it takes everything again."""

    def verify(self, request: RawRequest) -> None:
        return None

    def parse(self, request: RawRequest) -> Sequence[Event]:
        return ()

    def render(self, message: Outbound) -> Sequence[Rendered]:
        return [Rendered({"text": message.text, "id": message.message_id})]

    async def deliver(self, rendered: Rendered) -> Receipt:
        if self.answers:
            return self.answers.pop(0)
        self.sent.append(str(rendered.payload["text"]))
        return Receipt(DeliveryResult.ACCEPTED, f"ref-{rendered.payload['id']}")


class BlockingLine(Line):
    """A line whose provider itself blocks us after STOP, as with text messages."""

    capabilities: ClassVar[Capabilities] = replace(Line.capabilities, blocks_after_stop=True)


@dataclass(frozen=True)
class PhoneSide:
    """A tenant with a phone, behind a provider. ``channel`` is the name the hub knows."""

    bench: Bench
    channel: str = "sms"
    address: str = "+31600000001"
    line: Line = field(default_factory=Line)

    def __post_init__(self) -> None:
        self.bench.product.channels[self.channel] = self.line

    async def send(self, body: Body) -> None:
        inbound = Inbound(self.channel, "own", self.address, unique(), body)
        await self.bench.product.inbox.receive(inbound, self.line.capabilities)

    async def ask(self, text: str) -> list[str]:
        """Send a text, let the product work, and give what came back."""
        return await self.sends(Text(text))

    async def sends(self, body: Body) -> list[str]:
        """Send anything, let the product work, and give what came back."""
        before = len(self.line.sent)
        await self.send(body)
        await self.bench.work()
        return self.line.sent[before:]

    async def conversation(self) -> Conversation:
        def work(ledger: Ledger) -> Conversation | None:
            return ledger.conversations.latest_at(self.channel, self.address)

        found = await self.bench.product.store.read(work)
        assert found is not None
        return found

    async def log(self) -> list[Message]:
        """All of the conversation, also what only the desk sees."""
        talk = await self.conversation()
        store = self.bench.product.store
        return list(await store.read(lambda ledger: ledger.messages.after(talk.id, 0)))

    async def state(self) -> str:
        return (await self.conversation()).state.value


@dataclass(frozen=True)
class StaffSide:
    """The console of one member of staff."""

    client: httpx.AsyncClient

    async def step(self, id: str, what: str, **body: Any) -> httpx.Response:
        return await self.client.post(f"/console/api/conversations/{id}/{what}", json=body)

    async def say(self, id: str, text: str) -> httpx.Response:
        return await self.step(id, "say", client_msg_id=unique(), text=text)

    async def note(self, id: str, text: str) -> httpx.Response:
        return await self.step(id, "note", client_msg_id=unique(), text=text)

    async def listed(self, *states: str) -> list[dict[str, Any]]:
        params = {"state": states} if states else None
        answer = await self.client.get("/console/api/conversations", params=params)
        found: list[dict[str, Any]] = answer.json()["conversations"]
        return found

    async def open(self, id: str) -> dict[str, Any]:
        answer = await self.client.get(f"/console/api/conversations/{id}")
        assert answer.status_code == 200, answer.text
        body: dict[str, Any] = answer.json()
        return body


def new_client(app: FastAPI) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app, raise_app_exceptions=True)
    return httpx.AsyncClient(transport=transport, base_url="http://thuisbalie.test")


def settings(database_url: str = "sqlite://", data_dir: Path = Path("var/test")) -> Settings:
    return Settings(
        database_url=database_url,
        data_dir=data_dir,
        bot="scripted",
        demo=True,
        demo_lead=False,
        demo_history=False,
        demo_user="fatma",
        demo_password=SecretStr(PASSWORD),
        rate_limit=RateLimitSettings(enabled=False),
    )


async def start_bench(
    assistant: Assistant | None = None,
    clock: TestClock | None = None,
    phones: Callable[[Settings, TestClock], Phones | None] | None = None,
    back_office: BackOffice | None = None,
    **changes: Any,
) -> Bench:
    """Put the product together and start it; work is done when ``Bench.work`` is called.

    ``phones`` makes the demo's phones, which a test has only when it asks for them.
    """
    chosen, clock = settings().model_copy(update=changes), clock or TestClock()
    product = put_together(
        chosen,
        assistant=assistant or Scripted.from_file(),
        clock=clock,
        phones=phones(chosen, clock) if phones else None,
        back_office=back_office,
    )
    product.hash_password = _LIGHT.hash
    await product.start()
    app = make_app(product)
    return Bench(product, app, new_client(app))
