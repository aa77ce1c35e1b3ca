"""Delivering to a corporation's own webhook: what each way of answering means for the message."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from aiohttp import web

from channels.port import Channel, DeliveryResult, Outbound, Receipt
from channels.registry import channels_on

pytestmark = pytest.mark.contract

SECRET = "geheim-van-de-proef"


@dataclass
class Receiver:
    """The corporation's side, on loopback. It answers as its address says."""

    url: str = ""
    got: list[tuple[str, bytes]] = field(default_factory=list)
    never: asyncio.Event = field(default_factory=asyncio.Event)

    async def answer(self, request: web.Request) -> web.Response:
        body = await request.read()
        self.got.append((request.headers.get("x-thuisbalie-signature", ""), body))
        match request.match_info["how"]:
            case "hang":
                await self.never.wait()
            case "cut":
                assert request.transport is not None
                request.transport.abort()
            case "redirect":
                return web.Response(status=307, headers={"Location": "/200"})
            case status:
                return web.Response(status=int(status))
        return web.Response()


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    found = Receiver()
    app = web.Application()
    app.router.add_post("/{how}", found.answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    found.url = f"http://{host}:{port}"
    yield found
    found.never.set()
    await runner.cleanup()


def channel(url: str) -> Channel:
    settings = {"secret": SECRET, "url": url, "patience_seconds": 0.5}
    return channels_on({"webhook": settings})["webhook"]


async def deliver(url: str) -> Receipt:
    webhook = channel(url)
    message = Outbound("m-1", "klant-77", "Digitale assistent", "Voor de 1e van de maand. é \ud83d")
    (rendered,) = webhook.render(message)
    return await webhook.deliver(rendered)


@pytest.mark.parametrize(
    ("how", "result"),
    [
        ("200", DeliveryResult.ACCEPTED),
        ("204", DeliveryResult.ACCEPTED),
        ("400", DeliveryResult.REJECTED),
        ("404", DeliveryResult.REJECTED),
        ("429", DeliveryResult.UNCERTAIN),
        ("500", DeliveryResult.UNCERTAIN),
        ("503", DeliveryResult.UNCERTAIN),
        ("hang", DeliveryResult.UNCERTAIN),
        ("cut", DeliveryResult.UNCERTAIN),
        ("redirect", DeliveryResult.REJECTED),
    ],
)
async def test_each_way_of_answering_has_a_meaning(
    receiver: Receiver, how: str, result: DeliveryResult
) -> None:
    receipt = await deliver(f"{receiver.url}/{how}")
    assert receipt.result is result
    assert len(receiver.got) == 1
    assert bool(receipt.detail) != (result is DeliveryResult.ACCEPTED)


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/in", "http://", "geen adres", "ftp://x/y"])
async def test_an_address_that_does_not_answer_is_uncertain(url: str) -> None:
    assert (await deliver(url)).result is DeliveryResult.UNCERTAIN


async def test_what_is_sent_is_signed_and_named(receiver: Receiver) -> None:
    receipt = await deliver(f"{receiver.url}/200")
    ((signature, body),) = receiver.got
    assert signature == hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
    sent = json.loads(body)
    assert sent["to"] == "klant-77" and sent["text"].startswith("Voor de 1e")
    assert sent["id"] == receipt.provider_ref == "m-1.0"
