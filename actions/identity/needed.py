"""What an action asks before it shows or does something of a tenant: enough proof (R12)."""

from __future__ import annotations

from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from actions.backoffice.verification import Level, Verification
from actions.identity.endings import say_ending
from actions.identity.slots import FOR, FORM, LEVEL, OUTCOME, Ending
from actions.services import Services


async def need(
    dispatcher: CollectingDispatcher,
    tracker: Tracker,
    services: Services,
    level: Level,
    resume: str,
    *,
    general: bool = False,
) -> tuple[Verification | None, list[EventType]]:
    """The verification, when this conversation has proved enough.

    Else None: with events when the turn ends with them (the questions begin, after which the
    action named ``resume`` runs again), without when the action must answer in general: nothing
    is connected, the tenant did not want to say, or other questions are open, which would be lost.
    ``general``: the action has an answer for everybody, so who writes for another hears that one.
    """
    if services.back_office is None or services.identity is None:
        return None, []
    who = await services.identity.verification(tracker.sender_id)
    if who.third_party and general:
        return None, []
    if who.third_party:
        say_ending(dispatcher, Ending.THIRD_PARTY)
        return None, [SlotSet(OUTCOME, None)]
    if who.reaches(level, services.now()):
        return who, []
    if not may_ask(tracker):
        return None, []
    dispatcher.utter_message(response=f"utter_identify_needed_{level.name.lower()}")
    return None, [SlotSet(LEVEL, str(int(level))), SlotSet(FOR, resume), FollowupAction(FORM)]


def may_ask(tracker: Tracker) -> bool:
    """Whether the questions can begin: nobody declined them, and no others are open."""
    return not tracker.get_slot(OUTCOME) and not tracker.active_loop_name
