"""How it stands with the tenant's own repairs, in plain words; late ones go to a person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from rasa_sdk.events import EventType, FollowupAction
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict

from actions.backoffice.values import Onderhoudsverzoek
from actions.repairs.delay import delays, histories
from actions.repairs.hand_over import FORM, to_person
from actions.repairs.office import Turn
from actions.repairs.office_words import office_words
from actions.repairs.pick import PERSON, UNCLEAR, YES, Offer
from actions.repairs.pick_form import answered, ask, forget, key_of
from actions.repairs.planning import coming, passed, reported, show_block
from actions.repairs.promises import promises
from actions.services import Served
from bot.signals import EscalationReason

MOST = 3
STATUS, NONE_OPEN, DELAYED = "action_repair_status", "action_repair_none", "action_repair_delayed"
_IN_NOTE = 2


def told(verzoek: Onderhoudsverzoek, now: datetime) -> str:
    """One repair: what, since when, how it stands, and when somebody comes."""
    words, ahead, over = office_words(), coming(verzoek, now), passed(verzoek, now)
    lines = [
        reported(verzoek, now),
        words.status(verzoek.status),
    ]
    if ahead:
        lines.append(words.line("planned", when=show_block(ahead.begin, ahead.eind, now)))
    elif over:
        lines.append(words.line("passed", when=show_block(over[0].begin, over[0].eind, now)))
    else:
        lines.append(words.line("not_planned"))
    return " ".join(lines)


class ActionRepairStatus(Served, Action):
    def name(self) -> str:
        return STATUS

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        if self.services.back_office is None:
            dispatcher.utter_message(response="utter_repair_status")
            return []
        turn = Turn(self.services, dispatcher, tracker)
        seen = await turn.look(STATUS)
        if isinstance(seen, list):
            return seen
        if not seen.open:
            return ask(Offer("report_none", NONE_OPEN, key_of(tracker, STATUS)))
        _tell(turn, seen.open)
        late = delays(seen.repairs, promises(), turn.now)
        if not late:
            return turn.done("utter_repair_status_next")
        history = histories(seen.repairs, late, turn.now, _IN_NOTE)
        note = office_words().line("note_late", history=history)
        return turn.person(EscalationReason.POLICY, note, "utter_repair_late")


def _tell(turn: Turn, repairs: Sequence[Onderhoudsverzoek]) -> None:
    for verzoek in repairs[:MOST]:
        turn.say("utter_repair_status_one", told(verzoek, turn.now))
    left = len(repairs) - MOST
    if left > 0:
        words = office_words()
        text = words.line("one_more") if left == 1 else words.line("more", count=left)
        turn.say("utter_repair_status_one", text)


class ActionRepairNone(Served, Action):
    """There is no open repair: whether the tenant wants to report one."""

    def name(self) -> str:
        return NONE_OPEN

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        _, answer = answered(tracker)
        turn = Turn(self.services, dispatcher, tracker)
        if answer == YES:
            return [*forget(), FollowupAction(FORM)]
        if answer in (PERSON, UNCLEAR):
            asked = answer == PERSON
            reason = EscalationReason.ASKED if asked else EscalationReason.NOT_UNDERSTOOD
            return turn.person(reason, office_words().line("history_none"))
        return turn.done("utter_repair_none_fine")


class ActionRepairDelayed(Served, Action):
    """The tenant says that it takes too long: sorry, and a person with the history."""

    def name(self) -> str:
        return DELAYED

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        if self.services.back_office is None:
            dispatcher.utter_message(response="utter_repair_delayed")
            return []
        turn = Turn(self.services, dispatcher, tracker)
        seen = await turn.look(DELAYED)
        if isinstance(seen, list):
            return seen
        turn.say("utter_repair_delayed_sorry")
        late = delays(seen.repairs, promises(), turn.now)
        history = histories(seen.repairs, late, turn.now, _IN_NOTE)
        note = office_words().line("note_says_late", history=history)
        to_person(dispatcher, EscalationReason.POLICY, note)
        return turn.ended()
