"""A request to pay in parts: the amount a month and, if one likes, why. Never decided here."""

from __future__ import annotations

from hashlib import sha256

from rasa_sdk.events import ActiveLoop, EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import FormValidationAction
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict

from actions.backoffice.errors import BackOfficeDown, NotAllowed, NotFound
from actions.backoffice.port import BackOffice
from actions.backoffice.values import NewZaak
from actions.backoffice.verification import Level, Verification
from actions.identity.needed import need
from actions.identity.slots import Ending
from actions.rent.account import arrears_lines, balance_lines, plan_lines
from actions.rent.amounts import read_amount
from actions.rent.answering import RentAction, hand_over, tell
from actions.rent.words import line, phrases
from actions.services import Served
from actions.wording import is_just, words_of
from bot.signals import CaseOpened, EscalationReason, FormFilled, to_custom

FORM, DONE = "payment_plan_form", "action_payment_plan_done"
AMOUNT, REASON, OUTCOME = "plan_amount", "plan_reason", "plan_outcome"
_REQUESTED = "requested_slot"
_MOST_WORDS = 200
_SURE = 0.8
_NO_OTHER_TOPIC = frozenset(
    {"", "nlu_fallback", "out_of_scope", "affirm", "deny", "thanks", "greeting",
     "payment_plan_request", "rent_arrears_help"}
)  # fmt: skip


class ActionPaymentPlan(RentAction):
    topic = "payment_plan_request"

    async def answer(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        office: BackOffice,
        who: Verification,
    ) -> list[EventType]:
        try:
            account = await office.debiteur(who)
            told = arrears_lines(account) if account.saldo > 0 else balance_lines(account)[:1]
            running = plan_lines(await office.betalingsregelingen(who))
            tell(dispatcher, [*told, *running])
        except BackOfficeDown:
            pass  # The request can be made all the same; it is kept.
        dispatcher.utter_message(response="utter_plan_never_decided")
        return [FollowupAction(FORM)]


class ValidatePaymentPlanForm(FormValidationAction):
    def name(self) -> str:
        return f"validate_{FORM}"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        requested = str(tracker.get_slot(_REQUESTED) or "")
        if not requested:
            return [SlotSet(AMOUNT, None), SlotSet(REASON, None)]
        message = tracker.latest_message
        intent = message.get("intent") or {}
        name = str(intent.get("name") or "")
        text = str(message.get("text") or "")
        if name == "human_agent_request":
            return [SlotSet(OUTCOME, "person"), ActiveLoop(None)]
        if is_just(phrases("stop"), words_of(text), spare=2):
            return [SlotSet(OUTCOME, "stopped"), ActiveLoop(None)]
        amount = read_amount(text) if requested == AMOUNT else None
        if amount:
            return [SlotSet(AMOUNT, amount)]
        sure = float(intent.get("confidence") or 0.0) >= _SURE
        if name not in _NO_OTHER_TOPIC and sure:
            return []
        if requested == REASON:
            skipped = is_just(phrases("skip"), words_of(text), spare=3)
            return [SlotSet(REASON, line("no_reason") if skipped else text[:_MOST_WORDS])]
        dispatcher.utter_message(response="utter_plan_amount_needed")
        return [SlotSet(AMOUNT, None)]


class ActionPaymentPlanDone(Served, Action):
    """Registers the request, or has it kept; a colleague decides in each case."""

    def name(self) -> str:
        return DONE

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        outcome = tracker.get_slot(OUTCOME)
        forgotten = _forgotten()
        if outcome == "stopped":
            dispatcher.utter_message(response="utter_plan_stopped")
            return forgotten
        if outcome == "person" or not tracker.get_slot(AMOUNT):
            dispatcher.utter_message(response="utter_identify_person")
            hand_over(dispatcher, EscalationReason.ASKED)
            return forgotten
        who, events = await need(dispatcher, tracker, self.services, Level.VERIFIED, DONE)
        if events:
            return events  # the proof expired on the way; what was told is still there
        told = {"amount": str(tracker.get_slot(AMOUNT)), "reason": str(tracker.get_slot(REASON))}
        note = line("note_plan", **told)
        kept = who is not None and await self._register(dispatcher, tracker, who, told)
        fields = ((AMOUNT, told["amount"]), (REASON, told["reason"]))
        dispatcher.utter_message(json_message=to_custom(FormFilled(FORM, fields)))
        if kept:
            note = f"{note} {line('note_plan_kept')}"
        hand_over(dispatcher, EscalationReason.POLICY, note)
        return forgotten

    def given_up(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, ending: Ending
    ) -> list[EventType]:
        """Who it is cannot be proved any more. A person who goes on sees what was told."""
        told = [(slot, str(tracker.get_slot(slot) or "")) for slot in (AMOUNT, REASON)]
        if ending is not Ending.STOPPED:
            dispatcher.utter_message(json_message=to_custom(FormFilled(FORM, tuple(told))))
        return _forgotten()

    async def _register(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        who: Verification,
        told: dict[str, str],
    ) -> bool:
        """Whether it was kept for later instead of registered."""
        office, kept = self.services.back_office, self.services.kept
        new = NewZaak(line("case_type"), line("case_title"), line("case_text", **told))
        key = _key(tracker, told)
        try:
            if office is None:
                raise BackOfficeDown("none")
            zaak = await office.create_zaak(who, new, key)
        except BackOfficeDown:
            if kept is None:
                dispatcher.utter_message(response="utter_plan_down")
                return False
            await kept.keep_case(tracker.sender_id, new, key)
            dispatcher.utter_message(response="utter_plan_kept")
            return True
        except (NotFound, NotAllowed):
            dispatcher.utter_message(response="utter_plan_down")
            return False
        dispatcher.utter_message(response="utter_plan_registered")
        dispatcher.utter_message(json_message=to_custom(CaseOpened(zaak.code)))
        return False


def _forgotten() -> list[EventType]:
    return [SlotSet(slot, None) for slot in (AMOUNT, REASON, OUTCOME)]


def _key(tracker: Tracker, told: dict[str, str]) -> str:
    """The same request of the same turn has the same key. Opaque."""
    turns = [e.get("timestamp") for e in tracker.events if e.get("event") == "user"]
    text = f"{tracker.sender_id}|{turns[-1] if turns else ''}|{sorted(told.items())}"
    return sha256(text.encode()).hexdigest()[:32]
