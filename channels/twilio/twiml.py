"""What a call does next, as TwiML: speak and listen, speak and look again, connect, or end.

Pure. Every word that is spoken comes from outside; here is only how it is spoken.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from twilio.twiml.voice_response import (  # type: ignore[import-untyped]
    Connect,
    Dial,
    Gather,
    VoiceResponse,
)

LANGUAGE: Final = "nl-NL"
_WAIT_FOR_FIRST_WORD: Final = 6
_PAUSE_ENDS_SPEECH: Final = 2
"""Seconds. Who speaks with pauses is not cut off; "auto" ends at the first one."""
_RINGS: Final = 25
"""Seconds a colleague's phone rings before the caller is told that nobody is free."""
_MOST_HINTS: Final = 500
_LONGEST_HINT: Final = 100


@dataclass(frozen=True, slots=True)
class Speaker:
    """Whose voice is heard, and which model listens."""

    voice: str
    speech_model: str


def listen(speaker: Speaker, said: Sequence[str], then: str, hints: Iterable[str] = ()) -> str:
    """Say this and take the next words or key; silence too is posted to ``then``.

    The caller may speak through what is said. ``hints``: words that are likely to come.
    """
    response = VoiceResponse()
    gather = Gather(
        input="dtmf speech",
        language=LANGUAGE,
        speech_model=speaker.speech_model,
        timeout=_WAIT_FOR_FIRST_WORD,
        speech_timeout=str(_PAUSE_ENDS_SPEECH),
        num_digits=1,
        barge_in=True,
        action=then,
        method="POST",
        action_on_empty_result=True,
        # A filter would put stars where a tenant tells of a threat.
        profanity_filter=False,
        hints=_joined(hints),
    )
    _say(gather, speaker, said)
    response.append(gather)
    response.redirect(then, method="POST")
    return str(response)


def bridge(speaker: Speaker, said: Sequence[str], then: str) -> str:
    """Say this and come back at once: the answer is not ready."""
    response = VoiceResponse()
    _say(response, speaker, said)
    response.redirect(then, method="POST")
    return str(response)


def connect(speaker: Speaker, said: Sequence[str], number: str, then: str) -> str:
    """Say this and ring a colleague; how that ended is posted to ``then``. Nothing is recorded."""
    response = VoiceResponse()
    _say(response, speaker, said)
    dial = Dial(action=then, method="POST", timeout=_RINGS, record="do-not-record")
    dial.number(number)
    response.append(dial)
    return str(response)


@dataclass(frozen=True, slots=True)
class RelayTalk:
    """Who speaks, in which voice, and who listens, with which model, in a ConversationRelay."""

    speaks: str
    voice: str
    listens: str
    speech_model: str


def stream(
    talk: RelayTalk, said: Sequence[str], url: str, over: str, hints: Iterable[str] = ()
) -> str:
    """Say this and talk on over the WebSocket at ``url``; how that ended is posted to ``over``.

    The caller may speak through what is said, and every key is told at once.
    """
    response = VoiceResponse()
    connect = Connect(action=over, method="POST")
    connect.conversation_relay(
        url=url,
        welcome_greeting=_speakable(" ".join(said)) or None,
        welcome_greeting_interruptible="any",
        interruptible="any",
        language=LANGUAGE,
        tts_provider=talk.speaks,
        voice=talk.voice,
        transcription_provider=talk.listens,
        speech_model=talk.speech_model,
        dtmf_detection=True,
        profanity_filter=False,
        hints=_joined(hints),
    )
    response.append(connect)
    return str(response)


def hang_up(speaker: Speaker, said: Sequence[str]) -> str:
    """Say this and end the call."""
    response = VoiceResponse()
    _say(response, speaker, said)
    response.hangup()
    return str(response)


def _say(verb: VoiceResponse | Gather, speaker: Speaker, said: Sequence[str]) -> None:
    for line in said:
        verb.say(_speakable(line), voice=speaker.voice, language=LANGUAGE)


def _speakable(line: str) -> str:
    """One line without what XML cannot hold."""
    return " ".join("".join(c if c.isprintable() else " " for c in line).split())


def _joined(hints: Iterable[str]) -> str | None:
    """Hints as the attribute wants them: phrases with commas between, none of them too long."""
    phrases = (_speakable(hint.replace(",", " "))[:_LONGEST_HINT] for hint in hints)
    return ",".join([phrase for phrase in phrases if phrase][:_MOST_HINTS]) or None
