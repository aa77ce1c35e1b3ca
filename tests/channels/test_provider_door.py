"""The door for providers, ``POST /channels/<name>``, with the signed webhook behind it."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
from typing import Any

import httpx
import pytest

from channels.registry import channels_on
from handoff.store import tables
from handoff.store.engine import SqlStore
from handoff.testing import Bench
from tests.refusals import refused

pytestmark = pytest.mark.contract

SECRET = "geheim-van-de-proef"


class Provider:
    """A corporation's app that talks to us over the webhook."""

    def __init__(self, bench: Bench) -> None:
        settings = {"webhook": {"secret": SECRET, "url": "http://127.0.0.1:9/in"}}
        bench.product.channels.update(channels_on(settings))
        self._client = bench.client

    async def send_raw(self, body: bytes, signature: str | None = None) -> httpx.Response:
        signed = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
        headers = {"X-Thuisbalie-Signature": signed if signature is None else signature}
        return await self._client.post("/channels/webhook", content=body, headers=headers)

    async def send(self, **message: Any) -> httpx.Response:
        return await self.send_raw(
            json.dumps({"id": "a-1", "from": "klant-77", **message}).encode()
        )


@pytest.fixture
def provider(bench: Bench) -> Provider:
    return Provider(bench)


async def rows(bench: Bench) -> list[str]:
    """What tenants said, of all conversations."""
    store = bench.product.store
    assert isinstance(store, SqlStore)
    query = tables.message.select().where(tables.message.c.author_kind == "tenant")
    with store._engine.connect() as connection:
        return [row["body"] for row in connection.execute(query).mappings()]


async def test_a_signed_message_is_stored_and_answered(bench: Bench, provider: Provider) -> None:
    answer = await provider.send(text="wanneer moet ik de huur betalen")
    assert (answer.status_code, answer.content) == (204, b"")
    assert await rows(bench) == ["wanneer moet ik de huur betalen"]


@pytest.mark.parametrize("signature", ["", "00", "ABCDEF" * 10 + "1234", "0" * 64])
async def test_a_forged_message_leaves_no_trace(
    bench: Bench, provider: Provider, signature: str
) -> None:
    body = b'{"id":"a-1","from":"klant-77","text":"hallo"}'
    refused(await provider.send_raw(body, signature), 403, "foreign_origin")
    assert await rows(bench) == [] and bench.assistant.asked == []


async def test_fifty_deliveries_of_one_message_are_one_message(
    bench: Bench, provider: Provider
) -> None:
    answers = await asyncio.gather(*(provider.send(text="huur betalen") for _ in range(50)))
    assert {answer.status_code for answer in answers} == {204}
    assert await rows(bench) == ["huur betalen"]
    assert (await provider.send(text="huur betalen")).status_code == 204
    refused(await provider.send(text="iets anders"), 409, "conflict")
    assert await rows(bench) == ["huur betalen"]


async def test_lengths_and_characters_are_treated_as_in_the_web_chat(
    bench: Bench, provider: Provider
) -> None:
    assert (await provider.send(id="1", text="a" * 10_000)).status_code == 204
    refused(await provider.send(id="2", text="a" * 10_001), 413, "too_long")
    refused(await provider.send_raw(b" " * 256_001), 413, "too_long")
    assert (await provider.send(id="3", text="kraan\x00 \ud83d lekt")).status_code == 204
    assert (await rows(bench))[1:] == ["kraan \ufffd lekt"]


async def test_what_is_no_message_is_refused(bench: Bench, provider: Provider) -> None:
    for body in (b"", b"[]", b"{", b"[" * 10_000, b"\xff", b'{"id":"1"}', b'{"id":1,"from":"x"}'):
        refused(await provider.send_raw(body), 422, "bad_request")
    for odd in ({"text": " "}, {"choice_id": "van-een-ander"}, {"from": "\ud800", "text": "x"}):
        refused(await provider.send(**odd), 422, "bad_request")
    assert await rows(bench) == []


async def test_two_senders_have_two_conversations(bench: Bench, provider: Provider) -> None:
    await provider.send(id="1", text="hallo")
    await provider.send(id="2", text="hallo", **{"from": "klant-78"})
    staff = await bench.staff()
    assert len(await staff.listed("bot")) == 2


async def test_what_we_cannot_read_gets_a_clear_word_and_is_not_put_to_the_assistant(
    bench: Bench, provider: Provider
) -> None:
    assert (await provider.send(kind="sticker")).status_code == 204
    assert bench.product.counter.words.text("tenant_unreadable") in await rows(bench)
    (listed,) = await (await bench.staff()).listed("bot")
    story = await (await bench.staff()).open(listed["id"])
    assert story["messages"][-1]["text"] == bench.product.counter.words.text("not_supported")
    assert bench.assistant.asked == []
