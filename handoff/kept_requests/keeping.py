"""Keeps what the back office could not take, and tries until it is done exactly once.

The row and its job are written in one transaction, so no crash parts them. Each try uses the key
of the first: if that one was done and only its answer was lost, nothing is done twice. Whatever
goes wrong, a request ends as done or with a person: its job is never buried.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import Any

import structlog

from actions.backoffice.errors import BackOfficeDown, NotAllowed, NotFound
from actions.backoffice.port import BackOffice
from actions.backoffice.values import NewOnderhoudsverzoek, NewZaak
from actions.backoffice.verification import Level, RelatieId, Verification
from handoff.change import Applied
from handoff.clock import Clock
from handoff.counter import Counter
from handoff.crash_points import crash_point
from handoff.hints import Hints
from handoff.kept_requests.bodies import (
    CASE,
    REPAIR,
    New,
    Unreadable,
    body_of,
    done,
    kind_of,
)
from handoff.kept_requests.telling import told_done, told_given_up
from handoff.ledger import Job, Ledger, Store
from handoff.ledger.kept_requests import KeptRequest, KeptState
from handoff.model import AgentId, Conversation, ConversationId
from handoff.sessions import conversation_of

log = structlog.get_logger()
KEPT = "kept"
"""The kind of the job that tries again."""
_PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 10, 30))
_LAST_PAUSE = timedelta(hours=1)
_ONE_TRY = timedelta(minutes=1)
_MOST_BROKEN = 5
"""How often a try may break off (killed, or not to be written down) before a person gets it."""


class UnknownConversation(Exception):
    """The session is of no conversation that we have."""


class NotWaiting(Exception):
    """It was done by now, or there is no such request of this conversation."""


def pause_after(attempts: int) -> timedelta:
    """How long to wait after so many tries that failed."""
    return _PAUSES[attempts] if attempts < len(_PAUSES) else _LAST_PAUSE


@dataclass(frozen=True, slots=True)
class Keeping:
    """``actions.services.KeptRequests``, the handler of its jobs, and what staff do with them."""

    store: Store
    back_office: BackOffice | None
    counter: Counter
    clock: Clock
    hints: Hints
    give_up_after: timedelta

    async def keep_repair(self, session: str, new: NewOnderhoudsverzoek, key: str) -> None:
        await self._keep(session, REPAIR, body_of(new), key)

    async def keep_case(self, session: str, new: NewZaak, key: str) -> None:
        await self._keep(session, CASE, body_of(new), key)

    async def _keep(self, session: str, kind: str, body: Mapping[str, Any], key: str) -> None:
        now, id = self.clock.now(), conversation_of(session)

        def work(ledger: Ledger) -> Conversation:
            own = ledger.conversations.get(id, lock=True)
            if own is None:
                raise UnknownConversation(id)
            proven = ledger.verifications.of(id)
            request = KeptRequest(
                self.counter.new_id(),
                id,
                kind,
                body,
                key,
                proven.relatie if proven else None,
                proven.level if proven else Level.ANONYMOUS,
                asked_at=now,
                next_at=now + pause_after(0),
                changed_at=now,
            )
            if ledger.kept.add(request):
                _line_up(ledger, id)
            return own

        self.hints.changed(await self.store.write(work))

    def keep_for_staff(
        self, ledger: Ledger, id: ConversationId, relatie: RelatieId, new: New, key: str
    ) -> None:
        """Staff asked it for this tenant: tried at once, in the transaction's wake, and again."""
        now = self.clock.now()
        request = KeptRequest(
            self.counter.new_id(),
            id,
            kind_of(new),
            body_of(new),
            key,
            relatie,
            Level.STAFF,
            asked_at=now,
            next_at=now,
            changed_at=now,
        )
        if ledger.kept.add(request):
            _line_up(ledger, id)

    async def run(self, job: Job) -> None:
        """One try."""
        request = await self.store.read(lambda ledger: ledger.kept.get(job.payload["request"]))
        if request is None or request.state is not KeptState.WAITING:
            await self.store.write(lambda ledger: ledger.jobs.finish(job))
            return
        if job.attempt > _MOST_BROKEN:
            log.error("kept_request_breaks", request=request.id, attempt=job.attempt)
            after = self._changed(request, state=KeptState.GIVEN_UP)
        else:
            after = await self._one_try(request)
        changed = await self.store.write(partial(self._settle, job, request, after))
        if changed is not None:
            self.hints.changed(changed)

    async def _one_try(self, request: KeptRequest) -> KeptRequest:
        try:
            if self.back_office is None:
                raise BackOfficeDown("none is connected")
            number = await done(self.back_office, self._who(request), request)
        except BackOfficeDown:
            return self._tried(request)
        except (NotFound, NotAllowed, Unreadable):
            return self._changed(request, state=KeptState.GIVEN_UP)
        crash_point("after_kept_request_done")
        return self._changed(request, state=KeptState.DONE, number=number)

    def _who(self, request: KeptRequest) -> Verification:
        # Who asked was proved to be so when it was asked, and the tenant was told that it is kept.
        # That the proof has ended since is no reason to forget what was asked: it holds for this
        # one call, and for nothing that anybody reads.
        if request.relatie is None:
            raise NotAllowed("nobody was identified")
        return Verification(request.level, request.relatie, self.clock.now() + _ONE_TRY)

    def _tried(self, request: KeptRequest) -> KeptRequest:
        now, attempts = self.clock.now(), request.attempts + 1
        if now >= request.asked_at + self.give_up_after:
            return self._changed(request, state=KeptState.GIVEN_UP, attempts=attempts)
        return self._changed(request, attempts=attempts, next_at=now + pause_after(attempts))

    def _changed(self, request: KeptRequest, **parts: Any) -> KeptRequest:
        return replace(request, **{"changed_at": self.clock.now(), **parts})

    def _settle(
        self, job: Job, before: KeptRequest, after: KeptRequest, ledger: Ledger
    ) -> Conversation | None:
        own = ledger.conversations.get(after.conversation, lock=True)
        if not ledger.jobs.finish(job) or own is None:
            return None
        now = ledger.kept.get(after.id)
        if now is not None and now.next_at != before.next_at:  # staff asked for a try meanwhile
            after = replace(after, next_at=now.next_at)
        if not ledger.kept.save(after, KeptState.WAITING):
            return None
        _line_up(ledger, after.conversation)
        return own if after.state is KeptState.WAITING else self._tell(ledger, after).conversation

    def _tell(self, ledger: Ledger, request: KeptRequest) -> Applied:
        """Where the tenant is now: a later conversation at the same address, if there is one."""
        own = ledger.conversations.get(request.conversation, lock=True)
        assert own is not None, "a request is of a conversation"
        latest = ledger.conversations.latest_at(own.channel, own.address) or own
        at = ledger.conversations.get(latest.id, lock=True) or own
        now = self.clock.now()
        if request.state is KeptState.DONE:
            change = told_done(at, request, self.counter)
        else:
            change = told_given_up(at, request, self.counter, now)
        said = ledger.messages.after(at.id, 0)
        change = self.counter.lines.added_to(change, said)
        return ledger.conversations.apply(at.id, at.term, change, now)

    async def try_now(self, id: ConversationId, request: str) -> KeptRequest:
        """Staff do not wait for the pause to end; what was given up is tried again as well.

        Raises:
            NotWaiting: there is nothing to try.
        """

        def work(ledger: Ledger) -> KeptRequest:
            found = self._undone(ledger, id, request)
            now = self.clock.now()
            due = self._changed(found, state=KeptState.WAITING, next_at=now)
            ledger.kept.save(due, found.state)
            _line_up(ledger, id)
            return due

        due = await self.store.write(work)
        self.hints.work.set()
        return due

    async def by_hand(
        self, id: ConversationId, request: str, number: str, agent: AgentId
    ) -> KeptRequest:
        """A colleague put it into the system: never tried again, and told as if we had.

        Raises:
            NotWaiting: it was done by now.
        """

        def work(ledger: Ledger) -> tuple[KeptRequest, Applied]:
            found = self._undone(ledger, id, request)
            after = self._changed(found, state=KeptState.DONE, number=number, done_by=agent)
            ledger.kept.save(after, found.state)
            return after, self._tell(ledger, after)

        after, applied = await self.store.write(work)
        self.hints.changed(applied.conversation)
        return after

    def _undone(self, ledger: Ledger, id: ConversationId, request: str) -> KeptRequest:
        ledger.conversations.get(id, lock=True)
        found = ledger.kept.get(request)
        if found is None or found.conversation != id or found.state is KeptState.DONE:
            raise NotWaiting(request)
        return found


def _line_up(ledger: Ledger, id: ConversationId) -> None:
    """A job for each request that waits, the soonest first: jobs of a conversation go in turn.

    A job of its own for each try: one that breaks off is never counted with those before it.
    """
    ledger.jobs.drop(KEPT, id)
    waiting = [one for one in ledger.kept.of(id) if one.state is KeptState.WAITING]
    for one in sorted(waiting, key=lambda each: each.next_at):
        key = f"{KEPT}:{one.id}:{one.attempts}:{one.next_at.isoformat()}"
        ledger.jobs.put(KEPT, id, one.next_at, key, {"request": one.id})
