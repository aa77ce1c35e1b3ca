"""A call from the page: the fake call with its lines kept, one call per number at a time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Final
from uuid import uuid4

import aiohttp
from yarl import URL

from channels.fakes.phone import BadTwiml, FakeCall, Now
from channels.fakes.twilio_webhooks import SignedForm
from handoff.demo.providers import Addresses, FakeAccount
from handoff.demo.views import CallView, LineView

_PATIENCE: Final = aiohttp.ClientTimeout(total=15)
"""As long as Twilio waits for TwiML, in seconds."""
_PLACE: Final = "/channels/phone"
Step = Callable[[FakeCall], Awaitable[object]]


class NotNow(Exception):
    """The call does something else at this moment."""


class DemoCall:
    """One call. Its lines are what was said by both, in order."""

    def __init__(
        self, account: FakeAccount, at: Addresses, number: str, changed: Callable[[], None]
    ) -> None:
        self._at = at
        self._changed = changed
        self._status_url = f"{at.public}{_PLACE}/status"
        self._lines: list[LineView] = []
        self._collected = 0
        self._busy = False
        self._state = "idle"
        self._call = FakeCall(
            post=self._post,
            start=at.public + _PLACE,
            account_sid=account.account.sid,
            auth_token=account.account.auth_token,
            caller=number or "Anonymous",
            call_sid=f"CA{uuid4().hex}",
        )

    @property
    def view(self) -> CallView:
        rang = self._call.rang if self._state == "ringing" else ""
        return CallView(state=self._state, rang=rang, lines=list(self._lines))

    @property
    def over(self) -> bool:
        return self._state in {"idle", "ended", "unreachable"}

    async def dial(self) -> None:
        await self._do(FakeCall.dials, "dialing")

    async def say(self, words: str) -> None:
        self._must_be("listening")
        self._lines.append(LineView(mine=True, text=words))
        await self._do(lambda call: call.says(words), "thinking")

    async def press(self, key: str) -> None:
        self._must_be("listening")
        self._lines.append(LineView(mine=True, text=key))
        await self._do(lambda call: call.presses(key), "thinking")

    async def be_silent(self) -> None:
        self._must_be("listening")
        await self._do(FakeCall.is_silent, "thinking")

    async def ringing_ends(self, status: str) -> None:
        self._must_be("ringing")
        await self._do(lambda call: call.ringing_ends(status), "thinking")

    async def hang_up(self) -> None:
        """Also in the middle of an answer: nobody hears that any more."""
        if self.over:
            return
        self._become("ended")
        await self._call.hangs_up(self._status_url)

    def drop(self) -> None:
        """The line is dead, and nobody is told."""
        if self._state != "ended":
            self._become("unreachable")

    async def _do(self, step: Step, meanwhile: str) -> None:
        if self._busy:
            raise NotNow
        self._busy = True
        self._become(meanwhile)
        try:
            await step(self._call)
            after = {Now.LISTENING: "listening", Now.RINGING: "ringing"}
            now = after.get(self._call.now, "ended")
        except (BadTwiml, aiohttp.ClientError, TimeoutError, OSError):
            now = "unreachable"
        finally:
            self._busy = False
        if self.over:  # hung up meanwhile
            return
        self._collect()
        self._become(now)
        if now == "ended":
            await self._call.hangs_up(self._status_url)

    def _must_be(self, state: str) -> None:
        if self._state != state or self._busy:
            raise NotNow

    def _become(self, state: str) -> None:
        self._state = state
        self._changed()

    def _collect(self) -> None:
        heard = self._call.heard[self._collected :]
        self._collected += len(heard)
        self._lines += [LineView(mine=False, text=said) for said in _joined(heard)]

    async def _post(self, form: SignedForm) -> tuple[int, str]:
        if not self.over and len(self._call.heard) > self._collected:
            self._collect()  # what is heard while the next document is fetched
            self._changed()
        inside = self._at.inside + form.url.removeprefix(self._at.public)
        async with (
            aiohttp.ClientSession(timeout=_PATIENCE) as session,
            session.post(
                URL(inside, encoded=True),
                data=form.body,
                headers=form.headers,
                allow_redirects=False,
            ) as response,
        ):
            return response.status, await response.text()


class Calls:
    """The newest call of each number."""

    def __init__(self, account: FakeAccount, at: Addresses, changed: Callable[[], None]) -> None:
        self._account, self._at, self._changed = account, at, changed
        self._calls: dict[str, DemoCall] = {}
        self.line_is_dead = False

    def view(self, number: str) -> CallView:
        call = self._calls.get(number)
        return CallView() if call is None else call.view

    def of(self, number: str) -> DemoCall:
        """Raises: NotNow: this number does not call."""
        call = self._calls.get(number)
        if call is None:
            raise NotNow
        return call

    async def dial(self, number: str) -> None:
        before = self._calls.get(number)
        if before is not None:
            await before.hang_up()
        call = DemoCall(self._account, self._at, number, self._changed)
        self._calls[number] = call
        if self.line_is_dead:
            call.drop()
            return
        await call.dial()

    def kill_line(self, dead: bool) -> None:
        self.line_is_dead = dead
        for call in self._calls.values() if dead else ():
            call.drop()


def _joined(heard: Sequence[str]) -> list[str]:
    return [said.strip() for said in heard if said.strip()]
