"""What editors and who approves do with an edit. Every step is one transaction."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.plain_dutch import PlainDutch
from handoff.clean_text import clean_text
from handoff.clock import AMSTERDAM, Clock
from handoff.console.rights import Right, rights_of
from handoff.editing.catalogue import OFFICE, Kind, Shipped
from handoff.editing.overlay import Overlay
from handoff.editing.rules import Remark, check
from handoff.editing.week import WeekBroken, read_week
from handoff.http_errors import ApiError
from handoff.ledger import Ledger, Store
from handoff.ledger.edits import OPEN, Edit, EditState, Subject
from handoff.model import Agent

_LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class Preview:
    """A text as tenants get it. ``segments``: what one SMS message costs counts in these."""

    chat: str
    spoken: str
    segments: int


@dataclass(frozen=True, slots=True)
class Showing:
    """How a text becomes what a tenant reads or hears."""

    fill: Callable[[str], str]
    speak: Callable[[str], str]
    segments: Callable[[str], int]

    def preview(self, text: str) -> Preview:
        filled = self.fill(text)
        return Preview(filled, self.speak(filled), self.segments(filled))


@dataclass(frozen=True, slots=True)
class EditingWork:
    store: Store
    clock: Clock
    overlay: Overlay
    plain: PlainDutch
    known: Container[str]
    showing: Showing
    new_id: Callable[[], str]

    async def undecided(self, agent: Agent) -> dict[Subject, Edit]:
        """The draft or proposal of every subject that has one."""
        _may(agent, Right.EDIT_CONTENT, Right.APPROVE_CONTENT)
        found = await self.store.read(lambda ledger: ledger.edits.undecided())
        return {edit.subject: edit for edit in found}

    async def history(self, agent: Agent, subject: Subject) -> tuple[Shipped, Sequence[Edit]]:
        _may(agent, Right.EDIT_CONTENT, Right.APPROVE_CONTENT)
        shipped = self.subject(subject)
        return shipped, await self.store.read(lambda ledger: ledger.edits.history(subject))

    def subject(self, subject: Subject) -> Shipped:
        shipped = self.overlay.catalogue.get(subject)
        if shipped is None:
            raise ApiError(404, "content_unknown")
        return shipped

    def checked(self, agent: Agent, subject: Subject, text: str) -> list[Remark]:
        _may(agent, Right.EDIT_CONTENT, Right.APPROVE_CONTENT)
        return check(text, self.subject(subject), self.plain, self.known)

    def preview(self, subject: Subject, text: str) -> Preview:
        """As tenants get it; of hours the words, since the blocks are for us."""
        if self.subject(subject).kind is Kind.HOURS:
            try:
                text = read_week(text).in_words
            except WeekBroken:
                text = ""
        return self.showing.preview(text)

    async def save(
        self, agent: Agent, subject: Subject, text: str, reason: str, base: str, propose: bool
    ) -> Edit:
        """Write a draft or proposal, or write over the own one.

        Raises:
            ApiError: 409 somebody else has one open, or the text changed meanwhile; 422 the text
                breaks a rule that may not be broken.
        """
        _may(agent, Right.EDIT_CONTENT)
        shipped = self.subject(subject)
        text, reason = _kept(text), clean_text(reason)[:_LONGEST_REASON]
        if any(remark.hard for remark in self.checked(agent, subject, text)):
            raise ApiError(422, "content_refused")
        state = EditState.PROPOSED if propose else EditState.DRAFT

        def work(ledger: Ledger) -> Edit:
            before = self._as_read(ledger, shipped, base)
            if text == before:
                raise ApiError(422, "content_same")
            now, mine = self.clock.now(), _open(ledger, subject)
            if mine is not None:
                if mine.author != agent.id:
                    raise ApiError(409, "edit_open", name=mine.author_name)
                if mine.base == base:
                    ledger.edits.rewrite(mine.id, text, reason, state, now)
                    return replace(mine, after=text, reason=reason, state=state, written_at=now)
                ledger.edits.settle(mine.id, EditState.WITHDRAWN, agent.id, now)
            edit = Edit(
                self.new_id(), subject, base, before, text, reason, state, agent.id, now, agent.name
            )
            ledger.edits.add(edit)
            return edit

        return await self.store.write(work)

    async def approve(self, agent: Agent, id: str) -> None:
        """Make a proposal of somebody else hold from this moment on.

        Raises:
            ApiError: 403 it is the own one; 409 it was decided on or overtaken.
        """
        _may(agent, Right.APPROVE_CONTENT)

        def work(ledger: Ledger) -> Sequence[Edit]:
            edit = self._to_decide(ledger, id)
            if edit.author == agent.id:
                raise ApiError(403, "own_edit")
            shipped = self.subject(edit.subject)
            self._as_read(ledger, shipped, edit.base)
            if any(r.hard for r in check(edit.after, shipped, self.plain, self.known)):
                # What was right when it was written may name a fact that is gone since.
                raise ApiError(422, "content_refused")
            ledger.edits.settle(id, EditState.APPROVED, agent.id, self.clock.now())
            self._bring_in(ledger, edit)
            return ledger.edits.in_force()

        self.overlay.load(await self.store.write(work))

    async def reject(self, agent: Agent, id: str, reason: str) -> None:
        _may(agent, Right.APPROVE_CONTENT)
        why = clean_text(reason)[:_LONGEST_REASON]
        if not why:
            raise ApiError(422, "content_reason")

        def work(ledger: Ledger) -> None:
            edit = self._to_decide(ledger, id)
            if edit.author == agent.id:
                raise ApiError(403, "own_edit")
            ledger.edits.settle(id, EditState.REJECTED, agent.id, self.clock.now(), why)

        await self.store.write(work)

    async def withdraw(self, agent: Agent, id: str) -> None:
        _may(agent, Right.EDIT_CONTENT)

        def work(ledger: Ledger) -> None:
            edit = ledger.edits.by_id(id)
            if edit is None or edit.author != agent.id:
                raise ApiError(404, "content_unknown")
            if not ledger.edits.settle(id, EditState.WITHDRAWN, agent.id, self.clock.now()):
                raise ApiError(409, "edit_decided")

        await self.store.write(work)

    async def close_today(self, agent: Agent, reason: str) -> date:
        """Close for the rest of today at once, alone; the history marks it.

        Raises:
            ApiError: 422 without a reason, 409 when today is a closed day already.
        """
        _may(agent, Right.EDIT_CONTENT, Right.APPROVE_CONTENT)
        why = clean_text(reason)[:100]
        if not why:
            raise ApiError(422, "content_reason")
        subject = Subject(Kind.HOURS, OFFICE)
        shipped, now = self.subject(subject), self.clock.now()
        today = now.astimezone(AMSTERDAM).date()

        def work(ledger: Ledger) -> Sequence[Edit]:
            ledger.edits.lock_subject(subject)
            before, base = _holding(ledger, shipped)
            week = read_week(before)
            if today in week.closed_on:
                raise ApiError(409, "closed_already")
            after = replace(week, closed_on={**week.closed_on, today: why}).written()
            ledger.edits.add(
                Edit(
                    self.new_id(), subject, base, before, after, why, EditState.APPROVED, agent.id,
                    now, agent.name, agent.id, agent.name, now, "", True,
                )
            )  # fmt: skip
            return ledger.edits.in_force()

        self.overlay.load(await self.store.write(work))
        return today

    def _as_read(self, ledger: Ledger, shipped: Shipped, base: str) -> str:
        """The text that holds, if it is still the one the edit was made on."""
        ledger.edits.lock_subject(shipped.subject)
        before, newest = _holding(ledger, shipped)
        if newest != base:
            raise ApiError(409, "edit_stale")
        return before

    def _to_decide(self, ledger: Ledger, id: str) -> Edit:
        edit = ledger.edits.by_id(id)
        if edit is None:
            raise ApiError(404, "content_unknown")
        if edit.state is not EditState.PROPOSED:
            raise ApiError(409, "edit_decided")
        return edit

    def _bring_in(self, ledger: Ledger, edit: Edit) -> None:
        """A reply to choose from stands in a table of its own."""
        if edit.subject.kind == Kind.CANNED:
            ledger.edits.word_canned(edit.subject.key, edit.after)


def _holding(ledger: Ledger, shipped: Shipped) -> tuple[str, str]:
    found = {edit.subject: edit for edit in ledger.edits.in_force()}.get(shipped.subject)
    return (found.after, found.id) if found else (shipped.text, "")


def _open(ledger: Ledger, subject: Subject) -> Edit | None:
    return next((e for e in ledger.edits.history(subject) if e.state in OPEN), None)


def _kept(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _may(agent: Agent, *rights: Right) -> None:
    """Any of these rights will do.

    Raises:
        ApiError: 403 with none of them.
    """
    if not rights_of(agent.roles) & set(rights):
        raise ApiError(403, "not_editor")
