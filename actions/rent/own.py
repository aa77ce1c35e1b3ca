"""The answers about the tenant's own balance, payments, price and service costs."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from actions.backoffice.errors import NotFound
from actions.backoffice.port import BackOffice
from actions.backoffice.values import Debiteur, Huurovereenkomst
from actions.backoffice.verification import Verification
from actions.rent.account import (
    arrears_lines,
    balance_lines,
    double_line,
    double_payment,
    plan_lines,
    settlement_line,
)
from actions.rent.answering import RentAction, all_said, hand_over, tell, tell_allowance
from actions.rent.contract import (
    increase_line,
    named,
    payment_lines,
    price_lines,
    running,
    service_lines,
)
from actions.rent.words import euros, line, months_owed, phrases, shortened
from actions.wording import says, words_of
from bot.signals import EscalationReason

_ROOM = 46
"""So many words of what the contracts say, so that an answer stays short."""


async def running_contracts(
    office: BackOffice, who: Verification, today: date
) -> Sequence[Huurovereenkomst]:
    """Those that run.

    Raises:
        NotFound: there is none.
    """
    found = running(await office.huurovereenkomsten(who), today)
    if not found:
        raise NotFound("huurovereenkomst")
    return found


class ActionRentBalance(RentAction):
    topic = "rent_balance_check"

    async def answer(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        office: BackOffice,
        who: Verification,
    ) -> list[EventType]:
        account = await office.debiteur(who)
        plans = await office.betalingsregelingen(who) if account.saldo > 0 else ()
        tell(dispatcher, [*balance_lines(account), *plan_lines(plans)])
        double = double_payment(account, self.today)
        if double:
            tell(dispatcher, [double_line(double)])
            note = line("note_double", amount=euros(double.amount))
            hand_over(dispatcher, EscalationReason.POLICY, note)
        elif account.saldo > 0:
            dispatcher.utter_message(response="utter_rent_own_open")
        return []


class ActionRentArrears(RentAction):
    # Who dares to say this hears first what helps, not a question of ours.
    topic, general, asks = "rent_arrears_help", True, True

    async def answer(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        office: BackOffice,
        who: Verification,
    ) -> list[EventType]:
        account = await office.debiteur(who)
        if account.saldo <= 0:
            tell(dispatcher, balance_lines(account)[:1])
            dispatcher.utter_message(response="utter_rent_arrears_help")
            return []
        contracts = running(await office.huurovereenkomsten(who), self.today)
        note = _why_a_person(tracker, account, sum(one.brutohuur for one in contracts))
        dispatcher.utter_message(response="utter_rent_own_warm")
        tell(dispatcher, arrears_lines(account))
        # A person who comes anyhow is not offered as well.
        dispatcher.utter_message(response=f"utter_rent_own_help{'_person' if note else ''}")
        tell_allowance(dispatcher, tracker)
        if note:
            hand_over(dispatcher, EscalationReason.SENSITIVE, note)
        return []


def _why_a_person(tracker: Tracker, account: Debiteur, rent: Decimal | int) -> str:
    """The note for the person who must go on; empty when none must."""
    if says(phrases("distress"), words_of(all_said(tracker))):
        return line("note_distress")
    if rent and account.saldo >= rent * months_owed():
        return line("note_arrears", amount=euros(account.saldo), months=months_owed())
    return ""


class _OfContract(RentAction):
    """Answers from each running contract, then says ``next``."""

    general = True
    next = ""
    allowance = False

    @abstractmethod
    def lines(self, contract: Huurovereenkomst) -> list[str]:
        """What is said of one contract."""

    async def answer(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        office: BackOffice,
        who: Verification,
    ) -> list[EventType]:
        contracts = await running_contracts(office, who, self.today)
        for told in _in_turn(contracts, self._told(contracts)):
            tell(dispatcher, told)
        if self.next:
            dispatcher.utter_message(response=self.next)
        if self.allowance:
            tell_allowance(dispatcher, tracker)
        return []

    def _told(self, contracts: Sequence[Huurovereenkomst]) -> list[list[str]]:
        room = _ROOM // len(contracts)
        return [shortened(self.lines(one), room) for one in contracts]


def _in_turn(
    contracts: Sequence[Huurovereenkomst], told: Sequence[Sequence[str]]
) -> list[list[str]]:
    lines = named(contracts, told)
    return [lines] if len(contracts) == 1 else [[one] for one in lines]


class ActionRentPaymentDate(_OfContract):
    topic = "rent_payment_date"

    def lines(self, contract: Huurovereenkomst) -> list[str]:
        return payment_lines(contract, self.today)


class ActionRentDirectDebit(_OfContract):
    topic, next = "rent_direct_debit", "utter_rent_own_account_number"

    def lines(self, contract: Huurovereenkomst) -> list[str]:
        return payment_lines(contract, self.today)


class ActionRentPrice(_OfContract):
    topic, allowance = "rent_price_explanation", True

    def lines(self, contract: Huurovereenkomst) -> list[str]:
        return price_lines(contract, self.today)


class ActionRentIncrease(_OfContract):
    topic, next = "rent_increase_info", "utter_rent_own_increase"
    allowance = True

    def lines(self, contract: Huurovereenkomst) -> list[str]:
        return [increase_line(contract, self.today)]


class ActionServiceCosts(_OfContract):
    topic, next = "service_costs_explanation", "utter_rent_own_service"

    def lines(self, contract: Huurovereenkomst) -> list[str]:
        return service_lines(contract, self.today)


class ActionServiceSettlement(RentAction):
    topic = "service_costs_settlement"

    async def answer(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        office: BackOffice,
        who: Verification,
    ) -> list[EventType]:
        tell(dispatcher, [settlement_line(await office.debiteur(who))])
        dispatcher.utter_message(response="utter_rent_own_settled")
        return []
