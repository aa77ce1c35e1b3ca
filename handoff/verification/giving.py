"""A level is given: written down, logged, and two places of one verified person joined."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from actions.backoffice.verification import Level, RelatieId
from handoff.change import Applied, Change
from handoff.counter import Counter
from handoff.ledger import Ledger
from handoff.ledger.verifications import Proven
from handoff.model import AgentId, Conversation, Draft, MessageKind, Visibility
from handoff.reception import CHANNEL_WISH
from handoff.settings import IdentitySettings
from handoff.verification.talk import at

TENANT = AgentId("tenant")
"""Who did it, in the access log and for addresses that were joined by proof."""
_LONGEST = 40


def step(
    ledger: Ledger, talk: Conversation, what: str, now: datetime, by: AgentId = TENANT
) -> None:
    """A line in the access log: what, when, result. Never a code, a birth date or a number."""
    ledger.desk.log_access(by, talk.id, f"identity_{what}"[:_LONGEST], now)


@dataclass(frozen=True, slots=True)
class Giving:
    settings: IdentitySettings
    counter: Counter

    def give(
        self, ledger: Ledger, talk: Conversation, relatie: RelatieId, level: Level, now: datetime
    ) -> Applied | None:
        """Give this level. What was written in the conversation about it, if anything."""
        before = ledger.verifications.of(talk.id)
        if before is None or not _is_better(before, relatie, level, now):
            until = now + timedelta(minutes=self._minutes(level))
            ledger.verifications.give(talk.id, Proven(relatie, level, until, now))
        step(ledger, talk, f"given_{level.name.lower()}", now)
        return self._join(ledger, talk, relatie, now) if level is Level.VERIFIED else None

    def _minutes(self, level: Level) -> int:
        chosen = self.settings
        return chosen.verified_minutes if level is Level.VERIFIED else chosen.claimed_minutes

    def _join(
        self, ledger: Ledger, talk: Conversation, relatie: RelatieId, now: datetime
    ) -> Applied | None:
        """The same relatie was verified elsewhere as well: one person, and staff are told."""
        if not talk.address:
            return None
        before = ledger.verifications.relaties_at(at(talk))
        others = ledger.verifications.verified_at(relatie, at(talk), now)
        if before and relatie not in before and ledger.persons.part(at(talk)):
            # The number went to somebody else, whose past this is not.
            step(ledger, talk, "parted", now)
            return self._note(ledger, talk, "identity_parted_for_staff", now)
        joined = [one for one in others if ledger.persons.join(at(talk), one, TENANT, now)]
        if not joined:
            return None
        step(ledger, talk, "joined", now)
        return self._note(ledger, talk, "identity_joined_for_staff", now)

    def _note(self, ledger: Ledger, talk: Conversation, key: str, now: datetime) -> Applied:
        text = self.counter.words.text(key)
        note = Draft(self.counter.system, text, MessageKind.NOTE, Visibility.DESK)
        return ledger.conversations.apply(talk.id, talk.term, Change(drafts=(note,)), now)


def _is_better(before: Proven, relatie: RelatieId, level: Level, now: datetime) -> bool:
    """A lower level takes nothing away from the same person."""
    return before.relatie == relatie and before.level > level and before.holds(now)


def ends_with(ledger: Ledger, applied: Applied, change: Change, now: datetime) -> None:
    """Closing ends a proof, and so does STOP. Written with the change itself."""
    talk = applied.conversation
    closed = change.holder is not None and talk.closed_at is not None
    if (closed or _stopped(ledger, talk, change)) and ledger.verifications.end(talk.id):
        step(ledger, talk, "ended", now)


def _stopped(ledger: Ledger, talk: Conversation, change: Change) -> bool:
    wished = any(draft.payload == CHANNEL_WISH for draft in change.drafts)
    return wished and ledger.opt_outs.since(talk.channel, talk.address) is not None
