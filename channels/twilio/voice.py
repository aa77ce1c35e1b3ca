"""The phone over Twilio: a caller speaks or presses a key, and hears what stands in the log.

The only channel whose answer is the answer to the webhook itself: TwiML, within 15 seconds. What a
turn is, what is said and when a person is rung, the hub decides; here is what a form of a call says
and how it is spoken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import ClassVar, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, Field

from channels.port import (
    Capabilities,
    DeliveryResult,
    FileWay,
    Inbound,
    NotUnderstood,
    Outbound,
    RawRequest,
    Receipt,
    Rendered,
    Text,
    TooLong,
)
from channels.twilio import form, relay, twiml, wire
from channels.twilio.segments import split
from channels.twilio.wire import AccountSettings, Form

_MOST_SPOKEN = 600
"""Characters in one breath: about 40 seconds."""
_TURN = re.compile(r"/turn/([0-9]{1,4})/?$")
_DIGIT = re.compile(r"[0-9]")
_NUMBER = re.compile(r"\+[0-9]{6,15}")
_CONFIDENCE = re.compile(r"[01](\.[0-9]{1,20})?")
_NOBODY = frozenset(
    {"+266696687", "+265696687", "+7378742833", "+2562533", "+8656696", "+86282452253"}
)
"""What stands in From when a caller hides the number: ANONYMOUS, RESTRICTED, ... on the keys."""
_OVER = frozenset({"completed", "busy", "failed", "no-answer", "canceled"})
_ANSWERED = frozenset({"completed", "answered"})


class VoiceSettings(AccountSettings):
    """Any ``PHONE__...`` switches the phone on; the account comes from ``TWILIO__...``."""

    staff_number: str = Field(default="", pattern=r"^(\+[0-9]{6,15})?$")
    """Where a person is rung in opening hours. Empty: a person is promised, never rung."""
    speech_model: str = "deepgram_nova-3"
    """What listens. Pinned: Twilio's own choice has changed before."""
    voice: str = "Polly.Laura-Neural"
    mode: Literal["gather", "relay"] = "gather"
    """``relay``: ConversationRelay over a WebSocket; needs an addendum with Twilio."""
    relay_voice: str = "Laura-Neural"
    relay_speaks: Literal["Amazon", "Google", "ElevenLabs"] = "Amazon"
    relay_listens: Literal["Deepgram", "Google"] = "Deepgram"
    relay_speech_model: str = "nova-3-general"
    """Who speaks and who listens in mode ``relay``, by their names there."""
    answer_seconds: float = Field(default=3.0, gt=0, le=10)
    """How long a caller hears silence before a sentence fills it."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What a form of a call says beside the words themselves."""

    call: str
    number: str
    """The caller's number, "" when it is hidden. Anybody can forge it: it proves nothing."""
    digit: str
    confidence: float | None
    """How sure the listener is of the words, 0 to 1; None when it does not say."""
    over: bool
    """The call has ended."""
    answered: bool
    """A colleague who was rung took the call."""


class Voice:
    """The ``Channel`` port over Twilio's calls, and the hub's ``Telephone``."""

    name: ClassVar[str] = "phone"
    family: ClassVar[str] = "twilio"
    Settings: ClassVar[type[BaseModel]] = VoiceSettings
    capabilities: ClassVar[Capabilities] = Capabilities(
        max_text=_MOST_SPOKEN,
        choices=True,
        typing=False,
        push=False,
        idempotent=True,
        gather=timedelta(0),
        files=False,
        sends_files=FileWay.NONE,
    )

    def __init__(self, settings: VoiceSettings) -> None:
        self._settings = settings
        self._speaker = twiml.Speaker(settings.voice, settings.speech_model)
        self._base = settings.public_base_url.rstrip("/")

    @property
    def can_connect(self) -> bool:
        """Whether there is a number where a person can be rung."""
        return bool(self._settings.staff_number)

    @property
    def streams(self) -> bool:
        """Whether a call goes over a WebSocket, not over a request for each turn."""
        return self._settings.mode == "relay"

    @property
    def answer_seconds(self) -> float:
        return self._settings.answer_seconds

    def verify(self, request: RawRequest) -> None:
        wire.verify(request, self._settings)

    def parse(self, request: RawRequest) -> Sequence[Inbound]:
        """What was said or pressed in one turn; nothing for silence or for news of the call.

        A call has no ids for turns, so the address that it posts to names them.

        Raises:
            TooLong: more than 10,000 characters.
            NotUnderstood: it is not a form of a call, or not of a turn.
        """
        posted = wire.read_form(request)
        call, account = form.id_in(posted, "CallSid"), form.id_in(posted, "AccountSid")
        text = _said(posted)
        if not text:
            return []
        turn = _TURN.search(urlsplit(request.url).path)
        if turn is None:
            raise NotUnderstood("words come in a turn, which the address must name")
        return [Inbound(self.name, account, call, f"{call}:{turn[1]}", Text(text))]

    def heard(self, request: RawRequest) -> Heard:
        """What else the form says.

        Raises:
            NotUnderstood: it is not a form of a call.
        """
        posted = wire.read_form(request)
        sure = posted.one("Confidence").strip()
        return Heard(
            call=form.id_in(posted, "CallSid"),
            number=_number(posted.one("From")),
            digit=_digit(posted),
            confidence=float(sure) if _CONFIDENCE.fullmatch(sure) else None,
            over=posted.one("CallStatus").lower() in _OVER,
            answered=posted.one("DialCallStatus").lower() in _ANSWERED,
        )

    def render(self, message: Outbound) -> Sequence[Rendered]:
        """The words in breaths, and choices with the key that chooses them after the last."""
        choices = [
            {"key": no, "title": choice.title} for no, choice in enumerate(message.choices, 1)
        ]
        *first, last = split(message.text, lambda part: len(part) <= _MOST_SPOKEN)
        return [
            *(Rendered({"text": part, "choices": []}) for part in first),
            Rendered({"text": last, "choices": choices}),
        ]

    async def deliver(self, rendered: Rendered) -> Receipt:
        """What is in the log is delivered: the call speaks it when it asks what to do next."""
        return Receipt(DeliveryResult.ACCEPTED)

    def listen(self, said: Sequence[str], then: str, hints: Iterable[str]) -> str:
        return twiml.listen(self._speaker, said, self._base + then, hints)

    def bridge(self, said: Sequence[str], then: str) -> str:
        return twiml.bridge(self._speaker, said, self._base + then)

    def connect(self, said: Sequence[str], then: str) -> str:
        return twiml.connect(self._speaker, said, self._settings.staff_number, self._base + then)

    def hang_up(self, said: Sequence[str]) -> str:
        return twiml.hang_up(self._speaker, said)

    def stream(self, said: Sequence[str], then: str, over: str, hints: Iterable[str]) -> str:
        settings = self._settings
        talk = twiml.RelayTalk(
            settings.relay_speaks,
            settings.relay_voice,
            settings.relay_listens,
            settings.relay_speech_model,
        )
        where = wire.as_stream(self._base + then)
        return twiml.stream(talk, said, where, self._base + over, hints)

    def verify_stream(self, url: str, headers: Mapping[str, str]) -> None:
        wire.verify_stream(url, headers, self._settings)

    def read_frame(self, message: str) -> relay.Frame:
        frame = relay.read_frame(message)
        if frame.kind is relay.FrameKind.SETUP and frame.account != self._settings.account_sid:
            raise NotUnderstood("a call of another account")
        if frame.kind is relay.FrameKind.KEY and not _DIGIT.fullmatch(frame.text):
            return replace(frame, text="")
        return replace(frame, number=_number(frame.number))

    def speak(self, said: Sequence[str], more_comes: bool) -> Sequence[str]:
        return relay.speak(said, more_comes)

    def leave(self, handed: str) -> str:
        return relay.leave(handed)

    def handed(self, request: RawRequest) -> str:
        return wire.read_form(request).one("HandoffData")


def _said(posted: Form) -> str:
    """The key that was pressed, else the words; "" when there was neither."""
    speech = posted.one("SpeechResult").strip()
    if len(speech) > form.LONGEST_TEXT:
        raise TooLong(f"{len(speech)} characters")
    return _digit(posted) or speech


def _number(caller: str) -> str:
    """The number of a caller, "" when it is hidden or none."""
    caller = caller.strip()
    return caller if _NUMBER.fullmatch(caller) and caller not in _NOBODY else ""


def _digit(posted: Form) -> str:
    pressed = posted.one("Digits")
    return pressed if _DIGIT.fullmatch(pressed) else ""
