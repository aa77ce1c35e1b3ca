"""Every way in which Rasa can fail gets one of two names. Against a false Rasa on loopback."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.breaker import Breaker
from bot.port import Ask, AssistantFailed, AssistantSilent, Carry
from bot.rasa_client import LARGEST_ANSWER, SECRET_HEADER, RasaClient
from bot.signals import Escalate, EscalationReason, NotSure

pytestmark = pytest.mark.contract

ASK = Ask("t1", "s1", "hallo", "webchat", carry=Carry({"room": "x"}, "form", "slot"))
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def body(**more: Any) -> dict[str, Any]:
    return {
        "ok": True,
        "turn_id": "t1",
        "messages": [{"text": "Goedendag.", "choices": [], "custom": None}],
        "ranking": [{"intent": "greeting", "confidence": 0.9}],
        "carry": {"slots": {}, "active_form": None, "requested_slot": None},
        "model": "m1",
        "ms": 1.0,
        **more,
    }


class FalseRasa:
    """Answers what a test tells it to, and remembers what it was asked."""

    def __init__(self) -> None:
        self.answers: Handler | None = None
        self.asked: list[tuple[dict[str, Any], str | None]] = []

    async def turn(self, request: web.Request) -> web.StreamResponse:
        self.asked.append((await request.json(), request.headers.get(SECRET_HEADER)))
        return await self.answers(request) if self.answers else web.json_response(body())

    def says(self, answer: object, status: int = 200) -> None:
        async def handler(_: web.Request) -> web.StreamResponse:
            raw = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
            return web.Response(body=raw, status=status, content_type="application/json")

        self.answers = handler


@pytest.fixture
async def server() -> AsyncIterator[tuple[FalseRasa, str]]:
    false = FalseRasa()
    app = web.Application()
    app.router.add_post("/webhooks/gateway/turn", false.turn)
    running = TestServer(app)
    await running.start_server()
    yield false, str(running.make_url("/"))
    await running.close()


@pytest.fixture
async def client(server: tuple[FalseRasa, str]) -> AsyncIterator[RasaClient]:
    client = RasaClient(server[1], "geheim", timeout_seconds=1)
    yield client
    await client.close()


@pytest.fixture
def false(server: tuple[FalseRasa, str]) -> FalseRasa:
    return server[0]


async def test_question_and_secret_go_over_as_agreed(false: FalseRasa, client: RasaClient) -> None:
    await client.reply(ASK)
    assert false.asked == [
        (
            {
                "turn_id": "t1",
                "session": "s1",
                "text": "hallo",
                "channel": "webchat",
                "payload": None,
                "carry": {"slots": {"room": "x"}, "active_form": "form", "requested_slot": "slot"},
            },
            "geheim",
        )
    ]


async def test_a_quick_reply_that_stands_for_words_goes_over_as_words(
    false: FalseRasa, client: RasaClient
) -> None:
    await client.reply(Ask("t", "s", "", "webchat", payload="Badkamer"))
    assert (false.asked[0][0]["text"], false.asked[0][0]["payload"]) == ("Badkamer", None)


async def test_a_lone_surrogate_does_not_break_the_road(client: RasaClient) -> None:
    assert await client.reply(Ask("t", "s", "\ud800", "webchat"))


async def test_words_choices_and_signals_come_back_as_our_values(
    false: FalseRasa, server: tuple[FalseRasa, str]
) -> None:
    false.says(
        body(
            messages=[
                {
                    "text": "[[a.b]]",
                    "choices": [{"title": "[[c.d]]", "payload": "/x"}],
                    "custom": None,
                },
                {"text": None, "choices": [], "custom": {"signal": "escalate", "reason": "policy"}},
            ]
        )
    )
    client = RasaClient(server[1], "geheim", render=lambda text: text.replace("[[", "<"))
    answer = await client.reply(ASK)
    await client.close()
    assert answer.replies[0].text == "<a.b]]"
    assert answer.replies[0].choices[0].title == "<c.d]]"
    assert answer.signals == (Escalate(EscalationReason.POLICY),)
    assert answer.best is not None and answer.best.confidence == 0.9


async def test_a_signal_alone_is_no_silence(false: FalseRasa, client: RasaClient) -> None:
    false.says(body(messages=[{"text": None, "choices": [], "custom": {"signal": "not_sure"}}]))
    assert (await client.reply(ASK)).signals == (NotSure(),)


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (b"<html>oops</html>", 200),
        (b"", 200),
        ([], 200),
        ({"ok": False, "error": "action_failed"}, 502),
        ({"ok": False, "error": "crashed"}, 500),
        ({"ok": False, "error": "not_ready"}, 503),
        ({"ok": False, "error": "forbidden"}, 403),
        ({"ok": True}, 200),
        (body(ok=False), 200),
        (body(messages=None), 200),
        (body(messages=[{"text": "x", "custom": {"signal": "dance"}}]), 200),
        (body(ranking=[{"intent": "x"}]), 200),
        (body(carry=None), 200),
        (body(messages=[{"text": "x" * LARGEST_ANSWER}]), 200),
        (body(), 500),
    ],
)
async def test_what_is_no_answer_is_a_failure(
    false: FalseRasa, client: RasaClient, answer: object, status: int
) -> None:
    false.says(answer, status)
    with pytest.raises(AssistantFailed):
        await client.reply(ASK)


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (body(messages=[]), 200),
        (body(messages=[{"text": "", "choices": [], "custom": None}]), 200),
        ({"ok": False, "error": "silent"}, 502),
    ],
)
async def test_an_answer_without_a_word_is_silence(
    false: FalseRasa, client: RasaClient, answer: object, status: int
) -> None:
    false.says(answer, status)
    with pytest.raises(AssistantSilent):
        await client.reply(ASK)


async def test_no_answer_in_time_is_silence(
    false: FalseRasa, server: tuple[FalseRasa, str]
) -> None:
    async def hang(_: web.Request) -> web.StreamResponse:
        await asyncio.Event().wait()
        raise AssertionError

    false.answers = hang
    client = RasaClient(server[1], "geheim", timeout_seconds=0.05)
    with pytest.raises(AssistantSilent):
        await client.reply(ASK)
    await client.close()


async def test_nobody_there_is_a_failure_and_not_ready() -> None:
    client = RasaClient("http://127.0.0.1:1", "geheim")
    with pytest.raises(AssistantFailed):
        await client.reply(ASK)
    assert not await client.ready()
    await client.close()


async def test_a_text_that_cannot_be_filled_in_is_a_failure(server: tuple[FalseRasa, str]) -> None:
    def render(text: str) -> str:
        raise LookupError(text)

    client = RasaClient(server[1], "geheim", render=render)
    with pytest.raises(AssistantFailed):
        await client.reply(ASK)
    await client.close()


async def test_after_failures_in_a_row_it_is_not_asked_for_a_while(
    false: FalseRasa, server: tuple[FalseRasa, str]
) -> None:
    client = RasaClient(server[1], "geheim", breaker=Breaker(failures=2, clock=lambda: 5.0))
    false.says(b"broken")
    for _ in range(4):
        with pytest.raises(AssistantFailed):
            await client.reply(ASK)
    await client.close()
    assert len(false.asked) == 2


async def test_one_failing_topic_does_not_silence_the_others(
    false: FalseRasa, server: tuple[FalseRasa, str]
) -> None:
    client = RasaClient(server[1], "geheim", breaker=Breaker(failures=2, clock=lambda: 5.0))
    false.says({"ok": False, "error": "action_failed"}, 502)
    for _ in range(4):
        with pytest.raises(AssistantFailed):
            await client.reply(ASK)
    await client.close()
    assert len(false.asked) == 4
