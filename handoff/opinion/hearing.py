"""What a tenant answers to our question after closing; the conversation stays closed for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.signals import EscalationReason
from handoff.change import Change
from handoff.counter import Counter, event
from handoff.handover import hand_over
from handoff.ledger import Ledger
from handoff.model import Bot, Choice, Closed, Conversation, Draft, State
from handoff.opinion.answers import Answers, Words, shipped_answers
from handoff.opinion.values import (
    COMPLAIN,
    HIGHEST,
    LOWEST,
    NOTHING_MORE,
    PAYLOAD,
    Flag,
    Opinion,
)
from handoff.policy import HandOver

_COMPLAINTS = "klachten"


@dataclass(frozen=True, slots=True)
class Hearing:
    """Must be asked after danger and the wish for a person: those go before any score."""

    counter: Counter
    answers: Answers

    @classmethod
    def shipped(cls, counter: Counter) -> Hearing:
        return cls(counter, shipped_answers())

    def heard(
        self, ledger: Ledger, conversation: Conversation, said: Draft, now: datetime
    ) -> Change | None:
        """The change when this answers our question; None when it goes the normal way."""
        payload = said.payload or ""
        pressed = payload.startswith(PAYLOAD)
        if not pressed and (payload or not isinstance(conversation.holder, Closed)):
            return None
        opinion = ledger.opinions.latest(conversation.id)
        if opinion is None:
            return None
        if pressed:
            return self._pressed(ledger, conversation, opinion, said, now)
        return self._typed(ledger, conversation, opinion, said, now)

    def _pressed(
        self,
        ledger: Ledger,
        conversation: Conversation,
        opinion: Opinion,
        said: Draft,
        now: datetime,
    ) -> Change:
        if said.payload == COMPLAIN:
            ledger.opinions.put(replace(opinion, flag=Flag.COMPLAINT, words_at=now))
            return self._complaint(conversation, said, now)
        if said.payload == NOTHING_MORE:
            return self._done(ledger, conversation, opinion, said, now, "")
        score = int((said.payload or "").removeprefix(PAYLOAD))
        return self._scored(ledger, conversation, opinion, said, score, now)

    def _typed(
        self,
        ledger: Ledger,
        conversation: Conversation,
        opinion: Opinion,
        said: Draft,
        now: datetime,
    ) -> Change | None:
        if not opinion.stands(conversation, now) or opinion.words_at is not None:
            return None
        number = self.answers.score_in(said.text)
        if number is not None and LOWEST <= number <= HIGHEST:
            return self._scored(ledger, conversation, opinion, said, number, now)
        if number is not None and opinion.score is None:
            return self._reply(ledger, conversation, said, "opinion_scale")
        words = self.answers.words_in(said.text)
        if words.nothing:
            return self._done(ledger, conversation, opinion, said, now, "")
        if words.opinion:
            opinion = replace(opinion, flag=_flag(opinion, words))
            if not words.goes_on:
                return self._done(ledger, conversation, opinion, said, now, said.text)
            ledger.opinions.put(replace(opinion, words=said.text, words_at=now))
        return None

    def _scored(
        self,
        ledger: Ledger,
        conversation: Conversation,
        opinion: Opinion,
        said: Draft,
        score: int,
        now: datetime,
    ) -> Change:
        scored = replace(opinion, score=score, scored_at=now)
        ledger.opinions.put(scored)
        if opinion.words_at is not None or not scored.stands(conversation, now):
            return self._reply(ledger, conversation, said, "opinion_done")
        key = "opinion_more_low" if scored.low else "opinion_more"
        choices = [self._choice("opinion_no", NOTHING_MORE)]
        if scored.low:
            choices.append(self._choice("opinion_complain", COMPLAIN))
        return self._reply(ledger, conversation, said, key, tuple(choices))

    def _done(
        self,
        ledger: Ledger,
        conversation: Conversation,
        opinion: Opinion,
        said: Draft,
        now: datetime,
        words: str,
    ) -> Change:
        ledger.opinions.put(replace(opinion, words=words, words_at=now))
        return self._reply(ledger, conversation, said, "opinion_done")

    def _reply(
        self,
        ledger: Ledger,
        conversation: Conversation,
        said: Draft,
        key: str,
        choices: tuple[Choice, ...] = (),
    ) -> Change:
        marked = replace(said, payload=said.payload or NOTHING_MORE)
        told = Draft(self.counter.system, self.counter.words.text(key), choices=choices)
        # A question that still waits for the assistant keeps waiting for it.
        answered = not ledger.turns.unanswered(conversation)
        return Change(drafts=(marked, told), answered=answered)

    def _complaint(self, conversation: Conversation, said: Draft, now: datetime) -> Change:
        """The tenant asked for it: a person of the complaints desk takes it from here."""
        closed = isinstance(conversation.holder, Closed)
        opened = replace(conversation, holder=Bot()) if closed else conversation
        if not isinstance(opened.holder, Bot):
            return Change(drafts=(said,), answered=True)  # a person is there or on the way
        again = (event(self.counter, "reopened", State.BOT),) if closed else ()
        asked = HandOver(EscalationReason.ASKED, _COMPLAINTS)
        return hand_over(opened, asked, self.counter, now, before=(said, *again))

    def _choice(self, key: str, payload: str) -> Choice:
        return Choice(self.counter.new_id(), self.counter.words.text(key), payload)


def _flag(opinion: Opinion, words: Words) -> Flag:
    """Praise beside a low score is no compliment."""
    if words.flag is Flag.COMPLIMENT and opinion.low:
        return Flag.NONE
    return words.flag if opinion.flag is Flag.NONE else opinion.flag
