"""Hops 3 to 5: take what the tenant said, ask the assistant, settle what comes back.

Whatever happens in here, the tenant hears something: an answer, a choice, or that a person comes.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from bot.port import Answer, Ask, Assistant, AssistantFailed, AssistantSilent
from bot.signals import EscalationReason
from handoff import desk, handover, policy, sessions
from handoff.asking import Asking
from handoff.change import Applied, Change
from handoff.clock import Clock
from handoff.counter import Counter
from handoff.crash_points import crash_point
from handoff.hints import Hints
from handoff.ledger import Job, Ledger, SessionRecord, StaleTerm, Store
from handoff.memory.past import LOOKED_AT, Past, past_of
from handoff.memory.recall import Meant, Memory, Recalled
from handoff.model import AuthorKind, Bot, Conversation, Message, Outcome, Turn, TurnId, Waiting
from handoff.photo_links.offer import PhotoOffers
from handoff.unasked import NotKept

log = structlog.get_logger()
PATIENCE = timedelta(seconds=8)
"""How long the assistant may think."""
PROMISE = timedelta(seconds=9.5)
"""The tenant hears something within 10 seconds (P3); this leaves time to write it."""
SHORTEST = timedelta(seconds=1)
"""With less time left than this the assistant is not asked any more."""
STALE = timedelta(minutes=10)
LONGEST_ASK = 2_000
"""Characters the assistant reads of what was said; all of it is stored and shown to staff."""
MOST_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Begun:
    """A turn that is under way."""

    conversation: Conversation
    turn: Turn
    session: SessionRecord
    ask: Ask
    past: Past
    oldest: datetime


class Turns:
    """The handler of ``turn`` jobs."""

    def __init__(
        self,
        store: Store,
        assistant: Assistant,
        counter: Counter,
        memory: Memory,
        clock: Clock,
        hints: Hints,
        photo_offers: PhotoOffers | None = None,
    ) -> None:
        self._store = store
        self._asking = Asking(assistant, memory, counter.catalogue)
        self._counter = counter
        self._memory = memory
        self._clock = clock
        self._hints = hints
        self._photo_offers = photo_offers
        self._up_since = clock.now()

    async def run(self, job: Job) -> None:
        begun = await self._store.write(lambda ledger: self._begin(ledger, job))
        if begun is None:
            return
        crash_point("after_turn_begun")
        late = self._too_late(begun, job)
        if late is not None:
            await self._fail(job, begun, late)
            return
        recalled = self._recall(begun)
        if isinstance(recalled, Meant):
            begun = replace(begun, ask=replace(begun.ask, payload=recalled.payload))
        elif recalled is not None:
            await self._settle(job, begun, recalled, 0.0)
            return
        self._hints.typing(begun.conversation.id, AuthorKind.BOT, True)
        try:
            await self._ask_and_settle(job, begun)
        finally:
            self._hints.typing(begun.conversation.id, AuthorKind.BOT, False)

    def _recall(self, begun: Begun) -> Recalled | Meant | None:
        try:
            return self._memory.recall(begun.ask, begun.past)
        except Exception:
            # Remembering is extra: without it the assistant reads the message by itself.
            log.exception("memory_broke", turn=begun.turn.id)
            return None

    async def _ask_and_settle(self, job: Job, begun: Begun) -> None:
        started = time.monotonic()
        try:
            told = await self._asking.ask(begun.ask, begun.past, self._time_left(begun))
        except (AssistantSilent, TimeoutError):
            await self._fail(job, begun, EscalationReason.BOT_SILENT)
        except AssistantFailed as failure:
            log.warning("assistant_failed", turn=begun.turn.id, error=str(failure))
            await self._fail(job, begun, EscalationReason.BOT_ERROR)
        except Exception:
            log.exception("assistant_broke", turn=begun.turn.id)
            await self._fail(job, begun, EscalationReason.BOT_ERROR)
        else:
            crash_point("after_assistant_replied")
            if told.in_parts:
                begun = replace(begun, session=sessions.renewed(begun.session))
            ms = (time.monotonic() - started) * 1000
            await self._settle(job, begun, told.recalled, ms)

    def _begin(self, ledger: Ledger, job: Job) -> Begun | None:
        now = self._clock.now()
        conversation = ledger.conversations.get(job.conversation, lock=True)
        if conversation is None or not isinstance(conversation.holder, Bot | Waiting):
            ledger.jobs.finish(job)
            return None
        said = ledger.turns.unanswered(conversation)
        if not said:
            ledger.jobs.finish(job)
            return None
        session = sessions.session_for(ledger.turns.session(conversation.id), conversation, now)
        turn = _turn(conversation, said, now)
        ledger.turns.begin(turn)
        ask = Ask(
            turn_id=turn.id,
            session=sessions.name_of(session, conversation),
            text=turn.text,
            channel=conversation.channel,
            payload=_payload(said),
            carry=sessions.carry_for(session, conversation),
        )
        past = past_of(
            ledger.turns.recent(conversation.id, LOOKED_AT),
            self._counter.lines.off(
                ledger.messages.after(conversation.id, conversation.answered_pos)
            ),
            conversation.term,
            said[0].pos,
            now,
        )
        return Begun(conversation, turn, session, ask, past, said[0].at)

    def _too_late(self, begun: Begun, job: Job) -> EscalationReason | None:
        """Whether an answer would come too late to be worth anything."""
        now = self._clock.now()
        if job.attempt > MOST_ATTEMPTS or now - begun.oldest > STALE:
            return EscalationReason.BOT_ERROR
        return EscalationReason.BOT_SILENT if self._time_left(begun) < SHORTEST else None

    def _time_left(self, begun: Begun) -> timedelta:
        """Until the tenant must have heard something. What we were not up for does not count."""
        waited = self._clock.now() - max(begun.oldest, self._up_since)
        return min(PATIENCE, PROMISE - waited)

    async def _settle(self, job: Job, begun: Begun, told: Recalled, ms: float) -> None:
        answer, decision = told.answer, told.decision

        def work(ledger: Ledger) -> Applied | None:
            now = self._clock.now()
            if not ledger.jobs.finish(job):
                return None  # another worker took this turn over; what we have is a late copy
            change, outcome = desk.settle(begun.conversation, answer, decision, self._counter, now)
            change = replace(change, answered_to=begun.turn.to_pos)
            talk = begun.conversation
            if self._photo_offers is not None:
                change = self._photo_offers.added_to(change, answer, talk, ledger, now)
            change = self._with_own_lines(change, ledger, begun)
            applied = ledger.conversations.apply(talk.id, begun.turn.term, change, now)
            ledger.turns.finish(_ended(begun.turn, answer, outcome, ms, self._counter.words), now)
            session = sessions.used(begun.session, answer.carry, now)
            ledger.turns.save_session(talk.id, session)
            crash_point("before_settle_commit")
            return applied

        try:
            applied = await self._store.write(work)
        except StaleTerm:
            applied = await self._store.write(
                lambda ledger: self._withhold(ledger, job, begun, answer, ms)
            )
        crash_point("after_settle_commit")
        self._tell(applied)

    def _withhold(
        self, ledger: Ledger, job: Job, begun: Begun, answer: Answer, ms: float
    ) -> Applied | None:
        """A person took over while the assistant was thinking: its words stay on the desk (P6)."""
        now = self._clock.now()
        if not ledger.jobs.finish(job):
            return None
        ledger.turns.finish(
            _ended(begun.turn, answer, Outcome.WITHHELD, ms, self._counter.words), now
        )
        current = ledger.conversations.get(begun.conversation.id, lock=True)
        change = desk.withhold(answer, self._counter)
        if current is None or not change.drafts:
            return None
        return ledger.conversations.apply(current.id, current.term, change, now)

    async def _fail(self, job: Job, begun: Begun, reason: EscalationReason) -> None:
        def work(ledger: Ledger) -> Applied | None:
            now = self._clock.now()
            if not ledger.jobs.finish(job):
                return None
            change = handover.fail(begun.conversation, reason, self._counter, now)
            change = self._with_own_lines(change, ledger, begun)
            applied = ledger.conversations.apply(
                begun.conversation.id, begun.turn.term, change, now
            )
            ledger.turns.finish(replace(begun.turn, outcome=Outcome.FAILED), now)
            return applied

        def drop(ledger: Ledger) -> None:
            ledger.jobs.finish(job)
            ledger.turns.finish(replace(begun.turn, outcome=Outcome.FAILED), self._clock.now())

        try:
            self._tell(await self._store.write(work))
        except StaleTerm:
            await self._store.write(drop)  # a person already has it

    def _with_own_lines(self, change: Change, ledger: Ledger, begun: Begun) -> Change:
        said = ledger.messages.after(begun.conversation.id, 0)
        told = NotKept(self._counter).told_first(change, begun.conversation, said, begun.turn.text)
        return self._counter.lines.added_to(told, said)

    def _tell(self, applied: Applied | None) -> None:
        if applied is not None:
            self._hints.changed(applied.conversation)


def _turn(conversation: Conversation, said: Sequence[Message], now: datetime) -> Turn:
    first, last = said[0], said[-1]
    return Turn(
        id=TurnId(f"{conversation.id}:{last.pos}"),
        conversation=conversation.id,
        term=conversation.term,
        from_pos=first.pos,
        to_pos=last.pos,
        text="\n".join(_words(message) for message in said)[:LONGEST_ASK],
        started_at=now,
    )


def _words(message: Message) -> str:
    """What the assistant reads of a message: the words behind a button when it carries words."""
    payload = message.payload
    if payload is None or payload.startswith(("/", policy.OWN_PAYLOAD)):
        return message.text
    return payload


def _payload(said: Sequence[Message]) -> str | None:
    """A quick reply counts as such only when it is the last thing that was said."""
    payload = said[-1].payload
    return payload if payload and payload.startswith("/") else None


def _ended(turn: Turn, answer: Answer, outcome: Outcome, ms: float, words: policy.Words) -> Turn:
    best = answer.best
    return replace(
        turn,
        outcome=outcome,
        intent=best.intent if best else None,
        confidence=best.confidence if best else None,
        ranking=tuple((guess.intent, guess.confidence) for guess in answer.ranking[:5]),
        form=policy.form_of(answer) or _open_form(answer, words),
        milliseconds=ms,
        model=answer.model,
    )


def _open_form(answer: Answer, words: policy.Words) -> tuple[tuple[str, str], ...]:
    """The fields of a form that is not complete yet: a person must not ask them again.

    What has no label for people is the assistant's own.
    """
    if answer.carry.active_form is None:
        return ()
    return tuple(
        (slot, str(value))
        for slot, value in answer.carry.slots.items()
        if value and f"slot_{slot}" in words and slot != sessions.REFERENCE_SLOT
    )
