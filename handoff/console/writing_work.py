"""What staff do while they write: keep a draft, choose a reply, run a macro, look up an answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from bot.plain_dutch import Marks, PlainDutch
from handoff import desk
from handoff.change import Change
from handoff.clean_text import clean_text
from handoff.console.work import DeskWork, found, words_for_tenant
from handoff.console.written import filled, topics_about, written_answer
from handoff.counter import say_when
from handoff.hints import Matter
from handoff.http_errors import ApiError
from handoff.ledger import Ledger, Row
from handoff.ledger.lists import Label
from handoff.ledger.writing import (
    ActionKind,
    AgentDraft,
    CannedReply,
    DraftKind,
    MacroAction,
    Mention,
)
from handoff.model import Agent, Conversation, ConversationId, Message
from handoff.policy import PERSON_INTENT

LARGEST_DRAFT = 100_000
"""Bytes of UTF-8."""
_MOST_MENTIONS = 50
_LABEL_COLOUR = "grey"
_MOST_ANSWERS = 20


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A written answer. ``confidence`` None: it was looked up, not recognised."""

    intent: str
    title: str
    text: str
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Shelf:
    """What there is to write with. ``render`` gives None when a fact in the text has expired."""

    plain: PlainDutch
    known: Mapping[str, str]
    """Places in a canned reply that are the same in every conversation."""
    render: Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class WritingWork:
    desk: DeskWork
    shelf: Shelf

    async def drafts(self, agent: Agent, id: ConversationId) -> Sequence[AgentDraft]:
        def work(ledger: Ledger) -> Sequence[AgentDraft]:
            # Not logged: somebody's own words, and nothing of the tenant.
            found(ledger, id)
            return ledger.writing.drafts(id, agent.id)

        return await self.desk.store.read(work)

    async def put_draft(
        self, agent: Agent, id: ConversationId, kind: DraftKind, text: str, base: int
    ) -> AgentDraft:
        """Keep what is typed so far.

        Raises:
            ApiError: 413 too large, 409 when another screen of this agent wrote since ``base``.
        """
        # The marks keep the blanks at both ends: they belong to who still types.
        words = clean_text(f"|{text}|")[1:-1]
        if len(words.encode()) > LARGEST_DRAFT:
            raise ApiError(413, "draft_too_long")

        def work(ledger: Ledger) -> bool:
            found(ledger, id)
            now = self.desk.clock.now()
            return ledger.writing.put_draft(id, agent.id, kind, words, base, now)

        if not await self.desk.store.write(work):
            raise ApiError(409, "draft_stale")
        self.desk.hints.for_agent(agent.id, id, Matter.DRAFT)
        return AgentDraft(kind, words, base + 1)

    async def drop_draft(self, agent: Agent, id: ConversationId, kind: DraftKind) -> None:
        """Empty it; the revision goes on, so that no older screen can bring the words back."""

        def work(ledger: Ledger) -> bool:
            found(ledger, id)
            for draft in ledger.writing.drafts(id, agent.id):
                if draft.kind is kind and draft.text:
                    now = self.desk.clock.now()
                    return ledger.writing.put_draft(id, agent.id, kind, "", draft.revision, now)
            return False

        if await self.desk.store.write(work):
            self.desk.hints.for_agent(agent.id, id, Matter.DRAFT)

    async def canned(self, agent: Agent, id: ConversationId) -> Sequence[CannedReply]:
        """All replies to choose from, filled in with what is known here."""

        def work(ledger: Ledger) -> Sequence[CannedReply]:
            known = self._known(ledger, found(ledger, id), agent)
            return [
                CannedReply(one.key, one.title, filled(one.text, known), one.queue, one.actions)
                for one in ledger.writing.canned()
            ]

        return await self.desk.store.read(work)

    def _known(self, ledger: Ledger, talk: Conversation, agent: Agent) -> Mapping[str, str]:
        known = {**self.shelf.known, "reference": talk.reference, "agent_name": agent.name}
        due = [promise.due_at for promise in ledger.desk.promises(talk.id)]
        if due:
            now, words = self.desk.clock.now(), self.desk.counter.words
            known["promise_time"] = say_when(min(due), now, words)
        return known

    async def suggestions(self, agent: Agent, id: ConversationId) -> Sequence[Suggestion]:
        """The written answers of what this conversation is probably about."""
        briefing = await self.desk.briefing(agent, id)
        told = ((one.intent, one.confidence) for one in briefing.likely)
        return [s for intent, sure in told if (s := self._suggestion(intent, sure))]

    def answers(self, query: str) -> Sequence[Suggestion]:
        """Written answers of all topics that have these words."""
        catalogue = self.desk.counter.catalogue
        offered = (t for t in catalogue.values() if t.offered and t.name != PERSON_INTENT)
        hits = topics_about(offered, query, _MOST_ANSWERS)
        return [s for topic in hits if (s := self._suggestion(topic.name, None))]

    def _suggestion(self, intent: str, sure: float | None) -> Suggestion | None:
        topic = self.desk.counter.catalogue[intent]
        answer = written_answer(topic)
        text = self.shelf.render(answer) if answer else None
        return Suggestion(intent, topic.title, text, sure) if text else None

    def marks(self, text: str) -> Marks:
        return self.shelf.plain.marks(text)

    async def run_macro(
        self,
        agent: Agent,
        id: ConversationId,
        term: int | None,
        key: str,
        text: str,
        client_msg_id: str,
    ) -> tuple[Message, Row]:
        """Send the text and do what the macro says, in one transaction.

        Raises:
            ApiError: 404 for no such macro, and whatever sending and its step refuse.
        """
        words = words_for_tenant(text)

        def work(ledger: Ledger) -> tuple[Message, Row]:
            macro = next((one for one in ledger.writing.canned() if one.key == key), None)
            if macro is None:
                raise ApiError(404, "macro_unknown")
            conversation = found(ledger, id, lock=True)
            known = ledger.messages.by_client_id(id, client_msg_id)
            if known is not None:
                if known.text != words or known.author.ref != agent.id:
                    raise ApiError(409, "message_conflict")
                return known, ledger.conversations.row(conversation, agent.id)
            said = self.desk.apply(
                ledger, conversation, term, lambda c: desk.say(c, agent, words, client_msg_id)
            )
            applied = said
            for action in macro.actions:
                if self._sorted(ledger, agent, action, applied.conversation):
                    continue
                applied = self.desk.apply(
                    ledger, applied.conversation, None, partial(self._step, agent, action)
                )
            row = ledger.conversations.row(applied.conversation, agent.id)
            return said.messages[0], row

        message, row = await self.desk.store.write(work)
        self.desk.hints.changed(row.conversation)
        return message, row

    def _sorted(
        self, ledger: Ledger, agent: Agent, action: MacroAction, conversation: Conversation
    ) -> bool:
        """Label it or put it off, when the macro says that; of this the tenant hears nothing."""
        now = self.desk.clock.now()
        if action.kind is ActionKind.LABEL:
            label = self._label(ledger, action.value)
            ledger.lists.add_label(conversation.id, label.id, agent.id, now)
        elif action.kind is ActionKind.SNOOZE:
            until = now + timedelta(hours=int(action.value))
            ledger.lists.snooze(conversation, agent.id, until)
        return action.kind in (ActionKind.LABEL, ActionKind.SNOOZE)

    def _label(self, ledger: Ledger, name: str) -> Label:
        """The label of this name; it is made when nobody made it yet."""
        known = next((one for one in ledger.lists.labels() if one.name == name), None)
        if known is None:
            known = Label(self.desk.counter.new_id(), name, _LABEL_COLOUR)
            ledger.lists.put_label(known)
        return known

    def _step(self, agent: Agent, action: MacroAction, conversation: Conversation) -> Change:
        counter = self.desk.counter
        if action.kind is ActionKind.CLOSE:
            return desk.close(conversation, agent, counter)
        now = self.desk.clock.now()
        return desk.release_to_queue(conversation, agent, action.value, "", counter, now)

    async def mentions(self, agent: Agent) -> Sequence[Mention]:
        return await self.desk.store.read(
            lambda ledger: ledger.writing.mentions(agent.id, _MOST_MENTIONS)
        )
