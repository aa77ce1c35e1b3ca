"""What goes over the wire to our channel in Rasa and back. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.port import Answer, Ask, Band, Carry, Choice, Guess, Reply
from bot.signals import Signal, UnknownSignal, from_custom


class NotAnAnswer(ValueError):
    """The body is JSON, and not what our channel answers."""


def write_ask(ask: Ask) -> dict[str, object]:
    command = ask.payload if (ask.payload or "").startswith("/") else None
    # Any other quick reply stands for words, as if the tenant had typed them.
    text = ask.text if command or not ask.payload else ask.payload
    return {
        "turn_id": ask.turn_id,
        "session": ask.session,
        # A lone surrogate cannot be sent as UTF-8.
        "text": text.encode("utf-8", "replace").decode("utf-8"),
        "channel": ask.channel,
        "payload": command,
        "carry": {
            "slots": dict(ask.carry.slots),
            "active_form": ask.carry.active_form,
            "requested_slot": ask.carry.requested_slot,
        },
    }


def read_answer(body: Mapping[str, Any], render: Callable[[str], str]) -> Answer:
    """The answer in our own values.

    Raises:
        NotAnAnswer: a part is missing or of the wrong kind.
        LookupError: what ``render`` raises for a placeholder it does not know.
    """
    try:
        replies, signals = _messages(body["messages"], render)
        ranking = tuple(
            Guess(str(guess["intent"]), float(guess["confidence"])) for guess in body["ranking"]
        )
        alarm = body.get("alarm")
        return Answer(
            replies=replies,
            signals=signals,
            ranking=ranking,
            carry=_carry(body["carry"]),
            model=str(body["model"]),
            band=Band(body.get("band") or Band.ANSWER),
            alarm=str(alarm) if alarm else None,
        )
    except (KeyError, TypeError, AttributeError, ValueError) as broken:
        raise NotAnAnswer(f"{type(broken).__name__}: {broken}") from broken


def _messages(
    messages: list[Mapping[str, Any]], render: Callable[[str], str]
) -> tuple[tuple[Reply, ...], tuple[Signal, ...]]:
    replies: list[Reply] = []
    signals: list[Signal] = []
    for message in messages:
        text, custom = message.get("text"), message.get("custom")
        choices = tuple(
            Choice(render(str(choice["title"])), str(choice["payload"]))
            for choice in message.get("choices") or []
        )
        if text or choices:
            replies.append(Reply(render(str(text or "")), choices))
        if custom:
            signals.append(_signal(custom))
    return tuple(replies), tuple(signals)


def _signal(custom: Mapping[str, Any]) -> Signal:
    try:
        return from_custom(custom)
    except UnknownSignal as unknown:
        raise NotAnAnswer(str(unknown)) from unknown


def _carry(carry: Mapping[str, Any]) -> Carry:
    form, requested = carry.get("active_form"), carry.get("requested_slot")
    return Carry(
        dict(carry["slots"]),
        str(form) if form else None,
        str(requested) if requested else None,
    )
