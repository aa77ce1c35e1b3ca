"""A stream notices silence itself: the same question, keys and person as without one."""

from __future__ import annotations

import asyncio
import json

import pytest

from channels.twilio.voice import Voice
from handoff.inbox import Meaning
from handoff.phone.lines import line_for
from handoff.phone.place import Place
from handoff.phone.stream import Stream, StreamClosed
from tests.stories.phone.scene import ACCOUNT, Opener

pytestmark = pytest.mark.stories
SETUP = {"type": "setup", "callSid": "CA1", "accountSid": ACCOUNT, "from": "+31612345678"}


class QuietCaller:
    """A ``Socket`` whose caller is there and says nothing; it keeps what is spoken."""

    def __init__(self) -> None:
        self._coming: asyncio.Queue[str | None] = asyncio.Queue()
        self._coming.put_nowait(json.dumps(SETUP))
        self.sent: list[dict[str, object]] = []

    def goes(self) -> None:
        self._coming.put_nowait(None)

    async def receive(self) -> str:
        message = await self._coming.get()
        if message is None:
            raise StreamClosed
        return message

    async def send(self, message: str) -> None:
        self.sent.append(json.loads(message))


async def stream_of(opened: Opener, caller: QuietCaller, silence: float) -> Stream:
    scene = await opened(MODE="relay")
    voice = scene.bench.product.channels["phone"]
    assert isinstance(voice, Voice)
    line = line_for(voice, scene.bench.product, lambda text: Meaning())
    # A negative wait is over at once, also after words that take seconds to speak.
    return Stream(line, caller, "CA1", Place(), silence)


async def test_silence_on_a_stream_brings_a_question_the_keys_and_a_person(
    opened: Opener,
) -> None:
    caller = QuietCaller()
    stream = await stream_of(opened, caller, silence=-1_000.0)
    await asyncio.wait_for(stream.run(), 10)
    *tokens, end = caller.sent
    spoken = [str(one["token"]) for one in tokens]
    assert "Ik hoor niets" in spoken[0] and "Druk op nul" in spoken[1]
    handed = json.loads(str(end["handoffData"]))
    assert (end["type"], handed["do"]) == ("end", "connect")
    assert handed["said"][-1].startswith("Ik verbind u door")


async def test_a_caller_who_goes_ends_the_stream_without_a_word(opened: Opener) -> None:
    caller = QuietCaller()
    caller.goes()
    stream = await stream_of(opened, caller, silence=60.0)
    await asyncio.wait_for(stream.run(), 10)
    assert caller.sent == []
