"""What the actions on repairs share: the tenant's repairs, or an end that a person goes on from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rasa_sdk.events import EventType, FollowupAction
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from actions.backoffice.errors import BackOfficeDown, NotAllowed, NotFound
from actions.backoffice.port import BackOffice
from actions.backoffice.values import Onderhoudsverzoek
from actions.backoffice.verification import Verification
from actions.repairs.hand_over import signal, to_person
from actions.repairs.office_words import office_words, shown
from actions.repairs.pick_form import LISTEN, forget
from actions.repairs.who import who_is_it
from actions.services import Services
from bot.signals import Done, EscalationReason


@dataclass(frozen=True, slots=True)
class Seen:
    """The tenant's own repairs, newest first, and the proof with which they were read."""

    office: BackOffice
    who: Verification
    repairs: Sequence[Onderhoudsverzoek]

    @property
    def open(self) -> list[Onderhoudsverzoek]:
        return [each for each in self.repairs if each.open]

    def repair(self, id: str) -> Onderhoudsverzoek | None:
        return next((each for each in self.repairs if each.id == id), None)


class Turn:
    """One turn of an action: how it looks and how it ends."""

    def __init__(
        self, services: Services, dispatcher: CollectingDispatcher, tracker: Tracker
    ) -> None:
        self.services = services
        self.dispatcher = dispatcher
        self.tracker = tracker
        self.now = services.now()

    async def look(self, resume: str) -> Seen | list[EventType]:
        """The tenant's repairs; else the events that ask who it is, or end the turn."""
        office = self.services.back_office
        if office is None:
            return self.ended()
        who = await who_is_it(self.services, self.dispatcher, self.tracker, resume)
        if isinstance(who, list):
            return who
        if who is None:
            return self.person(EscalationReason.POLICY, office_words().line("note_not_identified"))
        try:
            return Seen(office, who, await office.onderhoudsverzoeken(who))
        except BackOfficeDown:
            return self.down("utter_repair_not_seen", office_words().line("note_status_down"))
        except (NotAllowed, NotFound):
            return self.person(EscalationReason.POLICY, office_words().line("note_not_identified"))

    def say(self, response: str, told: str = "") -> None:
        self.dispatcher.utter_message(response=response, **shown(told))

    def done(self, response: str, told: str = "") -> list[EventType]:
        """Said, and nobody has to act."""
        self.say(response, told)
        signal(self.dispatcher, Done())
        return self.ended()

    def person(
        self, reason: EscalationReason, note: str, response: str = "utter_repair_person"
    ) -> list[EventType]:
        self.say(response)
        to_person(self.dispatcher, reason, note)
        return self.ended()

    def down(self, response: str, note: str) -> list[EventType]:
        return self.person(EscalationReason.BACKOFFICE_DOWN, note, response)

    def ended(self) -> list[EventType]:
        return [*forget(), FollowupAction(LISTEN)]
