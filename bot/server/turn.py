"""One turn through Rasa: read it, seed the conversation, run it, and say plainly how it went."""

import json
from dataclasses import dataclass, field
from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.shared.core.trackers import DialogueStateTracker

from bot.server.action_watch import watched
from bot.server.components import dutch
from bot.server.components.topic_classifier import ALARM, ANSWER, BAND
from bot.server.conversation import carry_of, gave_way, seed, topic_of_form
from bot.server.reply_collector import ReplyCollector
from bot.server.tracker_store import living

_RANKING = 10


class BadTurn(ValueError):
    """The request is not a turn. The message never repeats what the tenant wrote."""


class TurnFailed(Exception):
    """Rasa ran, and the turn is worth nothing."""

    def __init__(self, error: str, detail: str) -> None:
        super().__init__(f"{error}: {detail}")
        self.error = error
        self.detail = detail


@dataclass(frozen=True)
class Turn:
    turn_id: str
    session: str
    text: str
    channel: str
    payload: str | None = None
    carry: dict[str, Any] = field(default_factory=dict)


def read_turn(body: bytes) -> Turn:
    try:
        read = json.loads(body)
    except ValueError:
        raise BadTurn("not JSON") from None
    if not isinstance(read, dict):
        raise BadTurn("not an object")
    for name in ("turn_id", "session", "text", "channel"):
        if not isinstance(read.get(name), str):
            raise BadTurn(f"{name} is missing or not a string")
    payload, carry = read.get("payload"), read.get("carry") or {}
    if not (payload is None or (isinstance(payload, str) and payload.startswith("/"))):
        raise BadTurn("payload is neither null nor /intent")
    if not isinstance(carry, dict):
        raise BadTurn("carry is not an object")
    if not read["session"]:
        raise BadTurn("session is empty")
    names = ("turn_id", "session", "text", "channel")
    return Turn(**{name: read[name] for name in names}, payload=payload, carry=carry)


async def run_turn(agent: Any, turn: Turn) -> dict[str, Any]:
    """What Rasa says to this turn.

    Raises:
        BadTurn: the payload names no intent of this model.
        TurnFailed: an action failed, or nothing was said.
    """
    store = living(agent.tracker_store)
    replies = ReplyCollector(turn.channel)
    message = UserMessage(
        _what_rasa_reads(agent, turn), replies, turn.session, input_channel=turn.channel
    )
    try:
        before = await seed(store, agent.domain, turn.session, turn.carry)
        form_topic = topic_of_form(before) if before.active_loop_name else None
        with watched(agent.processor) as failures:
            await agent.handle_message(message)
        if failures:
            raise TurnFailed("action_failed", ", ".join(failures))
        if not replies.messages:
            raise TurnFailed("silent", "no message")
    except BaseException:
        # Half a turn is worse than none: the next one starts from what the gateway carries.
        store.drop(turn.session)
        raise
    tracker = await store.retrieve(turn.session)
    return {
        "messages": replies.messages,
        "ranking": _ranking(tracker, None if gave_way(tracker) else form_topic),
        "band": _heard(tracker, BAND) or ANSWER,
        "alarm": _heard(tracker, ALARM),
        "carry": carry_of(tracker),
    }


def _what_rasa_reads(agent: Any, turn: Turn) -> str:
    """A payload as it is; tenant text such that Rasa can never read a command in it."""
    if turn.payload is None:
        # Rasa takes a leading slash for an intent.
        return dutch.clean(turn.text).lstrip("/ ") or "?"
    name = turn.payload[1:].partition("{")[0].strip()
    if name not in agent.domain.intents:
        raise BadTurn("payload names an unknown intent")
    return turn.payload


def _heard(tracker: DialogueStateTracker, part: str) -> Any:
    """What our classifier added to the message; a button has nothing of the kind."""
    said = tracker.latest_message
    return said.parse_data.get(part) if said is not None and said.parse_data else None


def _ranking(tracker: DialogueStateTracker, form_topic: str | None) -> list[dict[str, Any]]:
    """The likeliest topics. An answer to a form's question is surely about the form's topic."""
    said = tracker.latest_message
    if said is None or said.parse_data is None:
        return []
    ranking = said.parse_data.get("intent_ranking") or [said.parse_data["intent"]]
    guesses = [
        {"intent": guess["name"], "confidence": round(float(guess["confidence"]), 4)}
        for guess in ranking
        if guess.get("name") and guess["name"] != form_topic
    ]
    certain = [{"intent": form_topic, "confidence": 1.0}] if form_topic else []
    return [*certain, *guesses][:_RANKING]
