"""A call over a stream: the provider sends words and keys, and gets words back, turn by turn.

The same turns as when it asks for each of them; only silence is noticed here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Final, Protocol

import structlog

from channels.port import Inbound, NotUnderstood, Text
from handoff.phone.call import Call
from handoff.phone.line import Line
from handoff.phone.place import Place
from handoff.phone.spoken_steps import handed_over
from handoff.phone.steps import Bridge, Connect, HangUp, Listen, Step
from handoff.phone.telephone import Frame, FrameKind

log = structlog.get_logger()
_FIRST_FRAME: Final = 10.0
SILENCE: Final = 8.0
"""Seconds without a word after we have spoken."""
_CHARACTERS_A_SECOND: Final = 14.0
"""How fast a voice speaks: while it does, nobody is silent."""
_MOST_WAITING: Final = 100


class StreamClosed(Exception):
    """The other side is gone."""


class Socket(Protocol):
    """Both raise StreamClosed when the other side is gone."""

    async def receive(self) -> str: ...

    async def send(self, message: str) -> None: ...


@dataclass(frozen=True, slots=True)
class StreamHeard:
    """What is known of a caller on a stream, and the key that was pressed just now."""

    call: str
    number: str
    digit: str = ""
    confidence: float | None = None
    over: bool = False
    answered: bool = False


class Stream:
    """One stream of one call, from ``place`` on. ``call``: the call that it was opened for."""

    def __init__(
        self, line: Line, socket: Socket, call: str, place: Place, silence: float = SILENCE
    ) -> None:
        self._line = line
        self._socket = socket
        self._call = call
        self._place = place
        self._frames: asyncio.Queue[Frame | None] = asyncio.Queue(_MOST_WAITING)
        self._silence = silence
        self._patience = silence

    async def run(self) -> None:
        """Talk until the caller hangs up, or until a person is rung.

        Raises:
            NotUnderstood: the stream does not begin with this call.
        """
        reading = asyncio.create_task(self._read())
        try:
            heard, account = await self._set_up()
            await self._talk(heard, account)
        except StreamClosed:
            return
        finally:
            reading.cancel()

    async def _set_up(self) -> tuple[StreamHeard, str]:
        try:
            async with asyncio.timeout(_FIRST_FRAME):
                frame = await self._frames.get()
        except TimeoutError as silent:
            raise NotUnderstood("nothing came") from silent
        if frame is None:
            raise StreamClosed
        if frame.kind != FrameKind.SETUP or frame.call != self._call:
            raise NotUnderstood("a stream begins with the call that it was opened for")
        return StreamHeard(frame.call, frame.number), frame.account

    async def _talk(self, heard: StreamHeard, account: str) -> None:
        while True:
            frame = await self._next()
            if frame is None:
                step = await self._safely(Call(self._line, heard, self._place), silent=True)
            elif frame.kind == FrameKind.INTERRUPTED:
                await self._interrupted()
                continue
            elif frame.kind in (FrameKind.WORDS, FrameKind.KEY) and frame.text:
                digit = frame.text if frame.kind == FrameKind.KEY else ""
                now = StreamHeard(heard.call, heard.number, digit)
                inbound = self._inbound(account, frame.text)
                step = await self._safely(Call(self._line, now, self._place), inbound)
            else:
                continue
            if await self._do(step, heard):
                return

    async def _do(self, step: Step, heard: StreamHeard) -> bool:
        """Carry out a step; whether the stream is over then."""
        while isinstance(step, Bridge):
            await self._speak(step.said, more_comes=True)
            self._place = step.place
            if not self._frames.empty():
                # The caller says more, or presses 0: that goes before the wait.
                self._place = step.place.next()
                return False
            call = Call(self._line, heard, self._place)
            step = await self._guard(call, call.wait())
        match step:
            case Listen(said, place):
                self._place = place
                await self._speak(said, more_comes=False)
                return False
            case Connect() | HangUp():
                await self._socket.send(self._line.telephone.leave(handed_over(step)))
        return True

    async def _safely(
        self, call: Call, inbound: Inbound | None = None, silent: bool = False
    ) -> Step:
        return await self._guard(call, call.turn(None if silent else inbound))

    async def _guard(self, call: Call, step: Awaitable[Step]) -> Step:
        """A caller must hear something, whatever is broken."""
        try:
            return await step
        except Exception:
            log.exception("phone_turn_failed", call=self._call)
            return call.trouble()

    async def _speak(self, said: tuple[str, ...], more_comes: bool) -> None:
        self._patience = self._silence + sum(map(len, said)) / _CHARACTERS_A_SECOND
        for message in self._line.telephone.speak(said, more_comes):
            await self._socket.send(message)

    async def _interrupted(self) -> None:
        """A caller may speak through anything; of a safety text staff must know it."""
        conversation = await self._line.log.conversation(self._call)
        if conversation is not None and conversation.urgent_kind:
            await self._line.log.note(self._call, "phone_interrupted_for_staff")

    async def _next(self) -> Frame | None:
        """The next message; None when the caller is silent.

        Raises:
            StreamClosed: the caller is gone.
        """
        try:
            async with asyncio.timeout(self._patience):
                frame = await self._frames.get()
        except TimeoutError:
            return None
        if frame is None:
            raise StreamClosed
        return frame

    async def _read(self) -> None:
        """Read ahead, so that a key is known while an answer is waited for."""
        try:
            while True:
                try:
                    frame = self._line.telephone.read_frame(await self._socket.receive())
                except NotUnderstood as strange:
                    log.warning("phone_frame_not_understood", call=self._call, why=str(strange))
                    continue
                if frame.kind == FrameKind.TROUBLE:
                    log.warning("phone_stream_trouble", call=self._call, told=frame.text[:200])
                elif frame.kind != FrameKind.OTHER:
                    await self._frames.put(frame)
        except StreamClosed:
            await self._frames.put(None)

    def _inbound(self, account: str, text: str) -> Inbound:
        call = self._call
        name = self._line.telephone.name
        return Inbound(name, account, call, f"{call}:{self._place.turn}", Text(text))
