"""Gives a new Rasa conversation what the tenant already told us, and takes it out again."""

from typing import Any

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import (
    ACTION_LISTEN_NAME,
    ACTION_SESSION_START_NAME,
    REQUESTED_SLOT,
)
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActiveLoop,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

_INTERNAL = {REQUESTED_SLOT, "session_started_metadata"}
# Who somebody says to be is asked again; only what the questions are for is remembered.
_OF_IDENTITY = "identify_"
_KEPT_OF_IDENTITY = {"identify_level", "identify_for", "identify_way"}


async def seed(
    store: TrackerStore, domain: Domain, session: str, carry: dict[str, Any]
) -> DialogueStateTracker:
    """The conversation: the one that Rasa still knows, or a new one."""
    known = await store.retrieve(session)
    if known is not None:
        return known
    tracker = store.init_tracker(session)
    tracker.update_with_events(_opening(domain, carry), domain)
    await store.save(tracker)
    return tracker


def _opening(domain: Domain, carry: dict[str, Any]) -> list[Event]:
    events: list[Event] = [ActionExecuted(ACTION_SESSION_START_NAME), SessionStarted()]
    known = {slot.name for slot in domain.slots} - _INTERNAL
    slots = carry.get("slots")
    for name, value in (slots if isinstance(slots, dict) else {}).items():
        if name in known:  # a slot of an older model is dropped, not an error
            events.append(SlotSet(name, value))
    form = carry.get("active_form")
    if form in domain.form_names:
        # As if the form had just asked its question.
        events += [
            ActionExecuted(form),
            ActiveLoop(form),
            SlotSet(REQUESTED_SLOT, carry.get("requested_slot")),
        ]
    events.append(ActionExecuted(ACTION_LISTEN_NAME))
    return events


def topic_of_form(tracker: DialogueStateTracker) -> str | None:
    """The intent with which the open form began, if this conversation saw it begin."""
    events = list(tracker.events)
    began = max(
        (at for at, e in enumerate(events) if isinstance(e, ActiveLoop) and e.name), default=0
    )
    said = [e for e in events[:began] if isinstance(e, UserUttered)]
    return said[-1].intent_name if said else None


def gave_way(tracker: DialogueStateTracker) -> bool:
    """Whether the open form left the last message to another topic."""
    for event in reversed(tracker.events):
        if isinstance(event, ActionExecutionRejected):
            return True
        if isinstance(event, UserUttered):
            return False
    return False


def carry_of(tracker: DialogueStateTracker) -> dict[str, Any]:
    """What must survive a change of conversation."""
    slots = {
        name: slot.value
        for name, slot in tracker.slots.items()
        if slot.value is not None and _survives(name)
    }
    return {
        "slots": slots,
        "active_form": tracker.active_loop_name,
        "requested_slot": tracker.get_slot(REQUESTED_SLOT),
    }


def _survives(name: str) -> bool:
    if name.startswith(_OF_IDENTITY):
        return name in _KEPT_OF_IDENTITY
    return name not in _INTERNAL
