"""Who the tenant is: level 1 of identity, which repairs and appointments need (R12)."""

from __future__ import annotations

from rasa_sdk.events import EventType, FollowupAction
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from actions.backoffice.verification import Level, Verification
from actions.identity.needed import need
from actions.repairs.pick_form import LISTEN
from actions.services import Services


async def who_is_it(
    services: Services, dispatcher: CollectingDispatcher, tracker: Tracker, resume: str
) -> Verification | list[EventType] | None:
    """The proof; else the events that end the turn; None when a person must go on."""
    who, events = await need(dispatcher, tracker, services, Level.CLAIMED, resume)
    if who is not None:
        return who
    if not events:
        return None
    return events if asks(events) else [*events, FollowupAction(LISTEN)]


def asks(events: list[EventType]) -> bool:
    """Whether the questions of who it is begin; else a person goes on already."""
    return any(event["event"] == "followup" and event["name"] != LISTEN for event in events)
