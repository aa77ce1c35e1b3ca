"""A phone call without a phone: does what TwiML says and posts what a caller does, signed.

It listens at ``<Gather>``, follows ``<Redirect>``, rings at ``<Dial>`` and ends at ``<Hangup>``, or
where the TwiML ends, as Twilio does. With ``open_relay`` it talks over ``<ConversationRelay>`` too.
"""

from __future__ import annotations

import xml.etree.ElementTree as Xml
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import Final
from urllib.parse import urljoin
from uuid import uuid4

from channels.fakes.phone_relay import FakeRelay, OpenRelay, relay_signature
from channels.fakes.twilio_webhooks import SignedForm, signed

_MOST_REDIRECTS: Final = 20
_OK: Final = 200
Post = Callable[[SignedForm], Awaitable[tuple[int, str]]]
"""Makes the POST and gives the HTTP status and the body of the answer."""


class Now(Enum):
    """What the call does at this moment."""

    LISTENING = "listening"
    RINGING = "ringing"
    ENDED = "ended"


class BadTwiml(Exception):
    """The answer is not one that a call can go on with."""


@dataclass
class FakeCall:
    """One call. ``start`` is the address that the number posts a new call to."""

    post: Post
    start: str
    account_sid: str
    auth_token: str
    caller: str = "+31600000001"
    call_sid: str = field(default_factory=lambda: f"CA{uuid4().hex}")
    heard: list[str] = field(default_factory=list)
    """All that was spoken, in order."""
    rang: str = ""
    """The number that was rung last."""
    redirects: int = 0
    now: Now = Now.ENDED
    last: SignedForm | None = None
    """The last request that was made: Twilio may make it again."""
    open_relay: OpenRelay | None = None
    """How a WebSocket is opened; without it a call cannot be carried by one."""
    relay: FakeRelay | None = None
    """The session that the call is in now."""
    _next: str = ""
    _document: str = ""

    async def dials(self) -> list[str]:
        """Call the number; gives what is spoken first."""
        return await self._ask(self.start, {"CallStatus": "ringing"})

    async def says(self, words: str, confidence: float | None = 0.93) -> list[str]:
        """Say something; gives what is spoken back."""
        if self.relay is not None:
            return await self._tells("prompt", voicePrompt=words, lang="nl-NL", last=True)
        sure = {} if confidence is None else {"Confidence": str(confidence)}
        return await self._gathered({"SpeechResult": words, **sure})

    async def presses(self, digit: str) -> list[str]:
        if self.relay is not None:
            return await self._tells("dtmf", digit=digit)
        return await self._gathered({"Digits": digit, "FinishedOnKey": ""})

    async def is_silent(self) -> list[str]:
        return await self._gathered({"SpeechResult": ""})

    async def ringing_ends(self, status: str) -> list[str]:
        """``completed``: a colleague took the call and it is over; else ``no-answer``, ``busy``."""
        assert self.now is Now.RINGING, f"the call is {self.now.value}"
        return await self._ask(self._next, {"DialCallStatus": status, "DialCallSid": "CA0"})

    async def hangs_up(self, status_url: str) -> int:
        """End the call; the status callback is posted, and its HTTP status comes back."""
        self.now = Now.ENDED
        if self.relay is not None:
            await self.relay.line.close()
            self.relay = None
        form = self._form(status_url, {"CallStatus": "completed", "CallDuration": "31"})
        status, _ = await self.post(form)
        return status

    async def is_asked_again(self) -> list[str]:
        """The last request comes a second time; gives what is spoken to it."""
        assert self.last is not None, "nothing was asked yet"
        return await self._do(self.last)

    async def loses_the_stream(self) -> list[str]:
        """The WebSocket breaks off while the caller is still there; gives what is spoken then."""
        assert self.relay is not None, "there is no stream"
        await self.relay.line.close()
        return await self._relay_over({"SessionStatus": "failed", "ErrorCode": "64105"})

    async def _tells(self, kind: str, **values: object) -> list[str]:
        assert self.relay is not None and self.now is Now.LISTENING, f"the call is {self.now.value}"
        await self.relay.tell(kind, **values)
        said = await self.relay.hears()
        self.heard += said
        if not self.relay.ended:
            return said
        handed = self.relay.handed
        ended = {"SessionStatus": "ended"} | ({} if handed is None else {"HandoffData": handed})
        return said + await self._relay_over(ended)

    async def _relay_over(self, fields: dict[str, str]) -> list[str]:
        self.relay = None
        return await self._ask(self._next, {"SessionId": "VX0", **fields})

    async def _relayed(self, verb: Xml.Element) -> str:
        """Go on over a WebSocket: the first words are spoken while it opens."""
        assert self.open_relay is not None, "this call has no way to open a WebSocket"
        talk = next(verb.iter("ConversationRelay"))
        url, greeting = talk.get("url", ""), talk.get("welcomeGreeting", "")
        self.heard += [greeting] if greeting else []
        self._stop(Now.LISTENING, verb)
        line = await self.open_relay(url, relay_signature(url, self.auth_token))
        self.relay = FakeRelay(line)
        await self.relay.set_up(self.call_sid, self.account_sid, self.caller)
        return ""

    async def _gathered(self, fields: dict[str, str]) -> list[str]:
        assert self.now is Now.LISTENING, f"the call is {self.now.value}"
        return await self._ask(self._next, {"Language": "nl-NL", **fields})

    async def _ask(self, url: str, fields: dict[str, str]) -> list[str]:
        return await self._do(self._form(url, {"CallStatus": "in-progress", **fields}))

    async def _do(self, form: SignedForm) -> list[str]:
        """Make the request and follow the answer until the call listens, rings or ends."""
        before = len(self.heard)
        self.last = form
        for _ in range(_MOST_REDIRECTS):
            redirect = await self._walk(form)
            if not redirect:
                return self.heard[before:]
            self.redirects += 1
            form = self._form(redirect, {"CallStatus": "in-progress"})
        raise BadTwiml("redirects without an end")

    async def _walk(self, form: SignedForm) -> str:
        """Do what the answer says; gives where it redirects to."""
        status, text = await self.post(form)
        if status != _OK:
            raise BadTwiml(f"HTTP {status}: a caller would hear an error of Twilio's")
        self._document = form.url
        self.now = Now.ENDED
        for verb in Xml.fromstring(text):  # noqa: S314 - from the product itself
            match verb.tag:
                case "Say":
                    self.heard.append(verb.text or "")
                case "Gather":
                    self.heard += [said.text or "" for said in verb.iter("Say")]
                    return self._stop(Now.LISTENING, verb)
                case "Connect":
                    return await self._relayed(verb)
                case "Dial":
                    self.rang = (verb.findtext("Number") or verb.text or "").strip()
                    return self._stop(Now.RINGING, verb)
                case "Redirect":
                    return urljoin(self._document, verb.text or "")
                case "Hangup":
                    return ""
                case other:
                    raise BadTwiml(f"<{other}> is not played here")
        return ""

    def _stop(self, now: Now, verb: Xml.Element) -> str:
        self.now = now
        self._next = urljoin(self._document, verb.get("action", ""))
        return ""

    def _form(self, url: str, fields: dict[str, str]) -> SignedForm:
        about = {
            "AccountSid": self.account_sid,
            "ApiVersion": "2010-04-01",
            "CallSid": self.call_sid,
            "Direction": "inbound",
            "From": self.caller,
            "To": "+31850001234",
        }
        return signed(url, {**about, **fields}, self.auth_token)
