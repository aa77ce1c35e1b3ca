"""What staff do with a conversation: each step one fenced transaction, then a hint."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.topic import QUEUES
from handoff import desk
from handoff.attachments import photos_that_came
from handoff.briefing import Briefing, brief, with_photos
from handoff.change import Applied, Change
from handoff.clean_text import clean_text
from handoff.clock import Clock
from handoff.console.written import named_in, open_places
from handoff.counter import Counter
from handoff.hints import Hints, Matter
from handoff.http_errors import ApiError
from handoff.language_lines import typed_by_tenant
from handoff.ledger import Ledger, Row, StaleTerm, Store
from handoff.model import Agent, AgentId, Conversation, ConversationId, Held, Message, State

Step = Callable[[Conversation], Change]
Also = Callable[[Ledger, Conversation], None]
_MOST_READ = 100
"""Messages of a tenant that are read for a note to staff."""


@dataclass(frozen=True, slots=True)
class Story:
    """One conversation with everything the work screen shows of it."""

    row: Row
    briefing: Briefing
    messages: Sequence[Message]


def _nothing(_: Sequence[str]) -> str:
    return ""


def _no_more(_: Ledger, __: Message) -> None:
    return None


def _nothing_more(_: Ledger, __: Conversation) -> None:
    return None


@dataclass(frozen=True, slots=True)
class DeskWork:
    store: Store
    counter: Counter
    clock: Clock
    hints: Hints
    note_on: Callable[[Sequence[str]], str] = _nothing
    """What plain code has to say to staff about the words of a tenant."""

    async def listed(
        self, agent: Agent, states: Sequence[State], limit: int, offset: int
    ) -> Sequence[Row]:
        return await self.store.read(
            lambda ledger: ledger.conversations.listed(states, limit, offset, agent.id)
        )

    async def story(self, agent: Agent, id: ConversationId) -> Story:
        """Open a conversation: marks it read and leaves a line in the access log."""

        def work(ledger: Ledger) -> Story:
            conversation = found(ledger, id, lock=True)
            ledger.conversations.mark_read(id, agent.id, conversation.last_pos)
            ledger.desk.log_access(agent.id, id, "open", self.clock.now())
            ledger.writing.see_mentions(agent.id, id, self.clock.now())
            row = ledger.conversations.row(conversation, agent.id)
            return Story(row, self._brief(ledger, conversation), ledger.messages.after(id, 0))

        return await self.store.write(work)

    async def briefing(self, agent: Agent, id: ConversationId) -> Briefing:
        def work(ledger: Ledger) -> Briefing:
            ledger.desk.log_access(agent.id, id, "briefing", self.clock.now())
            return self._brief(ledger, found(ledger, id))

        return await self.store.write(work)

    async def messages(self, agent: Agent, id: ConversationId, after: int) -> Sequence[Message]:
        def work(ledger: Ledger) -> Sequence[Message]:
            conversation = found(ledger, id, lock=True)
            ledger.conversations.mark_read(id, agent.id, conversation.last_pos)
            ledger.desk.log_access(agent.id, id, "messages", self.clock.now())
            return ledger.messages.after(id, after)

        return await self.store.write(work)

    def _brief(self, ledger: Ledger, conversation: Conversation) -> Briefing:
        said = ledger.messages.after(conversation.id, 0)
        words = typed_by_tenant(said)
        told = brief(
            conversation,
            ledger.desk.assignment(conversation.id),
            self.note_on(words[-_MOST_READ:]),
            ledger.turns.of(conversation.id),
            ledger.desk.promises(conversation.id),
            self.counter.catalogue,
        )
        return with_photos(told, photos_that_came(ledger, conversation.id), self.counter.words)

    async def take(self, agent: Agent, id: ConversationId, term: int | None) -> Row:
        return await self._move(agent, id, term, lambda c: desk.take(c, agent, self.counter))

    async def close(
        self, agent: Agent, id: ConversationId, term: int | None, also: Also = _nothing_more
    ) -> Row:
        """``also`` is done in the same transaction."""
        return await self._move(agent, id, term, lambda c: desk.close(c, agent, self.counter), also)

    async def release(
        self, agent: Agent, id: ConversationId, term: int | None, queue: str | None, note: str
    ) -> Row:
        """Hand back to the assistant, or to a queue when one is named."""
        if queue is None:
            return await self._move(
                agent, id, term, lambda c: desk.release_to_assistant(c, agent, self.counter)
            )
        if queue not in QUEUES:
            raise ApiError(422, "queue_unknown")
        now = self.clock.now()
        return await self._move(
            agent,
            id,
            term,
            lambda c: desk.release_to_queue(c, agent, queue, note, self.counter, now),
        )

    async def say(
        self, agent: Agent, id: ConversationId, term: int | None, text: str, client_msg_id: str
    ) -> Message:
        words = words_for_tenant(text)
        return await self._write_once(
            agent,
            id,
            term,
            client_msg_id,
            words,
            lambda c: desk.say(c, agent, words, client_msg_id),
        )

    async def note(
        self, agent: Agent, id: ConversationId, text: str, client_msg_id: str
    ) -> Message:
        """Write for colleagues; who is named with an ``@`` is told."""
        words, named = _words(text), set[AgentId]()

        def name(ledger: Ledger, written: Message) -> None:
            now = self.clock.now()
            colleagues = ledger.routing.attendance.colleagues(now)
            names = {str(one.agent): one.name for one in colleagues if one.agent != agent.id}
            named.update(AgentId(who) for who in named_in(words, names))
            ledger.writing.name_in_note(written.id, id, sorted(named), agent.id, now)

        message = await self._write_once(
            agent,
            id,
            None,
            client_msg_id,
            words,
            lambda _: desk.note(agent, words, client_msg_id),
            name,
        )
        for colleague in named:
            self.hints.for_agent(colleague, id, Matter.MENTION)
        return message

    async def _move(
        self,
        agent: Agent,
        id: ConversationId,
        term: int | None,
        step: Step,
        also: Also = _nothing_more,
    ) -> Row:
        def work(ledger: Ledger) -> Row:
            conversation = found(ledger, id, lock=True)
            applied = self.apply(ledger, conversation, term, step)
            also(ledger, applied.conversation)
            return ledger.conversations.row(applied.conversation, agent.id)

        row = await self.store.write(work)
        self.hints.changed(row.conversation)
        return row

    async def _write_once(
        self,
        agent: Agent,
        id: ConversationId,
        term: int | None,
        client_msg_id: str,
        words: str,
        step: Step,
        also: Callable[[Ledger, Message], None] = _no_more,
    ) -> Message:
        def work(ledger: Ledger) -> tuple[Message, Applied | None]:
            conversation = found(ledger, id, lock=True)
            known = ledger.messages.by_client_id(id, client_msg_id)
            if known is not None:
                if known.text != words or known.author.ref != agent.id:
                    raise ApiError(409, "message_conflict")
                return known, None
            applied = self.apply(ledger, conversation, term, step)
            also(ledger, applied.messages[0])
            return applied.messages[0], applied

        message, applied = await self.store.write(work)
        if applied is not None:
            self.hints.changed(applied.conversation)
        return message

    def apply(
        self, ledger: Ledger, conversation: Conversation, term: int | None, step: Step
    ) -> Applied:
        """Take a step on the conversation as it is, fenced by the term the agent has read.

        Raises:
            ApiError: 409 with who holds it, or because it changed meanwhile.
        """
        try:
            change = step(conversation)
            read = conversation.term if term is None else term
            return ledger.conversations.apply(conversation.id, read, change, self.clock.now())
        except desk.HeldByOther as held:
            raise _held_by(ledger, held) from held
        except desk.NotHolder as refused:
            raise ApiError(409, "not_holder") from refused
        except desk.ConversationClosed as closed:
            raise ApiError(409, "conversation_closed") from closed
        except StaleTerm as stale:
            raise ApiError(409, "stale_term") from stale


def found(ledger: Ledger, id: ConversationId, *, lock: bool = False) -> Conversation:
    conversation = ledger.conversations.get(id, lock=lock)
    if conversation is None:
        raise ApiError(404, "conversation_unknown")
    return conversation


def _held_by(ledger: Ledger, held: desk.HeldByOther) -> ApiError:
    holder = ledger.staff.agent(held.holder)
    name = holder.name if holder else "?"
    conflict = ApiError(409, "held_by_other", name=name)
    conflict.held_by = {"id": held.holder, "name": name}
    return conflict


def _words(text: str) -> str:
    words = clean_text(text)
    if not words:
        raise ApiError(422, "text_empty")
    return words


def words_for_tenant(text: str) -> str:
    """What staff send, clean.

    Raises:
        ApiError: 422 when it is empty, or a place of a canned reply was not filled in.
    """
    words = _words(text)
    for name in open_places(words):
        raise ApiError(422, "place_not_filled", name=name)
    return words


def holds(conversation: Conversation, agent: Agent) -> bool:
    """Whether this agent holds the conversation."""
    return isinstance(conversation.holder, Held) and conversation.holder.agent == agent.id
