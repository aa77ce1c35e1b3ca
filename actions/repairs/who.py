"""Who the tenant is: level 1 of identity, which repairs and appointments need (R12)."""

from __future__ import annotations

from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from actions.backoffice.verification import Level, Verification
from actions.services import Services

IDENTIFY = "identify_form"


async def who_is_it(
    services: Services, dispatcher: CollectingDispatcher, tracker: Tracker, resume: str
) -> Verification | list[EventType] | None:
    """The proof; else the events that ask for it; None when that was asked and did not help."""
    if services.identity is None:
        return None
    who = await services.identity.verification(tracker.sender_id)
    if who.reaches(Level.CLAIMED, services.now()):
        return who
    if _asked_now(tracker):
        return None
    return [SlotSet("identify_for", resume), FollowupAction(IDENTIFY)]


def _asked_now(tracker: Tracker) -> bool:
    """Whether the questions of who it is ended in this very turn."""
    for event in reversed(list(tracker.events)):
        if event.get("event") == "user":
            return False
        if event.get("event") == "action" and event.get("name") == IDENTIFY:
            return True
    return False
