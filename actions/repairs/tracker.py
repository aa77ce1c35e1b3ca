"""What Rasa knows of the conversation, in the terms of the repair intake."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from rasa_sdk.interfaces import Tracker

from actions.repairs.intake import Said
from actions.repairs.slots import SLOTS, intake_words

NOT_UNDERSTOOD = "utter_repair_not_understood"
NUMBER_NEEDED = "utter_repair_number_needed"
FINISH = "action_repair_finish"
_LOOK_BACK = 3
"""Messages before the form began in which the repair may have been told."""


def known_slots(tracker: Tracker) -> dict[str, str]:
    values = {slot: tracker.get_slot(slot) for slot in SLOTS}
    return {slot: str(value) for slot, value in values.items() if value}


def said(tracker: Tracker) -> Said:
    """The latest message; what a button sent is no text."""
    latest: Mapping[str, Any] = tracker.latest_message
    intent = latest.get("intent") or {}
    return Said(
        _own_text(latest),
        str(intent.get("name") or ""),
        float(intent.get("confidence") or 0.0),
        _moment(tracker),
    )


def story(tracker: Tracker) -> str:
    """What was told of the repair just before the form began, oldest first."""
    texts: list[str] = []
    for event in _back(tracker):
        if event.get("event") == "action" and event.get("name") == FINISH:
            break
        if event.get("event") != "user":
            continue
        data: Mapping[str, Any] = event.get("parse_data") or {}
        topic = str((data.get("intent") or {}).get("name") or "")
        text = _own_text(event)
        if text and topic in intake_words().story_topics:
            texts.append(text)
        if len(texts) == _LOOK_BACK:
            break
    return ".\n".join(reversed(texts))


def all_said(tracker: Tracker) -> str:
    """Everything the tenant wrote since the last report ended."""
    texts: list[str] = []
    for event in _back(tracker):
        if event.get("event") == "action" and event.get("name") == FINISH:
            break
        if event.get("event") == "user":
            texts.append(_own_text(event))
    return " ".join(reversed(texts))


def missed_before(tracker: Tracker) -> bool:
    """Whether our words just before this message said that we need it in other words."""
    return any(_spoken_before(tracker, words) for words in (NOT_UNDERSTOOD, NUMBER_NEEDED))


def asked_before(tracker: Tracker, response: str) -> bool:
    """Whether this was said since the last report ended."""
    for event in _back(tracker):
        if event.get("event") == "action" and event.get("name") == FINISH:
            return False
        if _is_said(event, response):
            return True
    return False


def _spoken_before(tracker: Tracker, response: str) -> bool:
    before = list(tracker.events)
    while before and before[-1].get("event") != "user":
        before.pop()
    for event in reversed(before[:-1]):
        if event.get("event") == "user":
            return False
        if _is_said(event, response):
            return True
    return False


def _is_said(event: Mapping[str, Any], response: str) -> bool:
    metadata = event.get("metadata") or {}
    return event.get("event") == "bot" and metadata.get("utter_action") == response


def _back(tracker: Tracker) -> Iterator[Mapping[str, Any]]:
    yield from reversed(list(tracker.events))


def _own_text(message: Mapping[str, Any]) -> str:
    text = str(message.get("text") or "")
    return "" if text.startswith("/") else text


def _moment(tracker: Tracker) -> datetime:
    """When the latest message came in; the event carries its own time."""
    for event in _back(tracker):
        stamp = event.get("timestamp")
        if event.get("event") == "user" and isinstance(stamp, int | float):
            return datetime.fromtimestamp(stamp, UTC)
    return datetime.fromtimestamp(0, UTC)
