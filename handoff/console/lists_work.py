"""What staff do with lists: find, label, put off, correct, move, reopen. Each a transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.signals import EscalationReason
from bot.topic import QUEUES, Topic
from handoff import desk, policy, sorting
from handoff.change import Change
from handoff.console.viewing import Viewing
from handoff.console.work import DeskWork, found
from handoff.http_errors import ApiError
from handoff.ledger import Ledger, Row
from handoff.ledger.lists import (
    Filters,
    Hit,
    Label,
    Place,
    SavedView,
    TopicCorrection,
    Wanted,
)
from handoff.model import Agent, Conversation, ConversationId, State, Waiting
from handoff.routing.values import LEAD

_LONGEST_SNOOZE = timedelta(days=366)
_MOST_VIEWS = 50


@dataclass(frozen=True, slots=True)
class ListsWork:
    desk: DeskWork
    viewing: Viewing
    case_url: str | None = None

    def topics(self) -> Sequence[Topic]:
        """What a tenant can be about, by title."""
        offered = [t for t in self.desk.counter.catalogue.values() if t.offered]
        return sorted(offered, key=lambda topic: topic.title.lower())

    async def page(
        self, agent: Agent, filters: Filters, after: Place | None, limit: int
    ) -> tuple[Sequence[Row], int]:
        """A page, and how many there are in all."""
        return await self.desk.store.read(
            lambda ledger: (
                ledger.lists.page(filters, after, limit, agent.id),
                ledger.lists.count(filters),
            )
        )

    async def search(
        self, agent: Agent, typed: str, wanted: Wanted, filters: Filters, limit: int
    ) -> Sequence[Hit]:
        """Who looks for what leaves a line in the access log, whatever is found."""

        def work(ledger: Ledger) -> Sequence[Hit]:
            what = f"search {typed}"[:40]
            ledger.desk.log_access(agent.id, ConversationId("*"), what, self.desk.clock.now())
            return ledger.lists.search(wanted, filters, limit, agent.id)

        return await self.desk.store.write(work)

    async def labels(self) -> Sequence[Label]:
        return await self.desk.store.read(lambda ledger: ledger.lists.labels())

    async def put_label(self, agent: Agent, label: Label) -> None:
        """Raises: ApiError 403 for who leads nobody, 409 when the name is taken."""
        must_lead(agent)
        if not await self.desk.store.write(lambda ledger: ledger.lists.put_label(label)):
            raise ApiError(409, "label_taken")

    async def drop_label(self, agent: Agent, id: str) -> None:
        must_lead(agent)
        if not await self.desk.store.write(lambda ledger: ledger.lists.drop_label(id)):
            raise ApiError(404, "label_unknown")

    async def label(self, agent: Agent, id: ConversationId, label: str, on: bool) -> Row:
        def work(ledger: Ledger, conversation: Conversation) -> None:
            if all(one.id != label for one in ledger.lists.labels()):
                raise ApiError(404, "label_unknown")
            if on:
                ledger.lists.add_label(id, label, agent.id, self.desk.clock.now())
            else:
                ledger.lists.remove_label(id, label)

        return await self._mark(agent, id, work)

    async def snooze(self, agent: Agent, id: ConversationId, until: datetime) -> Row:
        """Put off what you hold. What was promised stays promised.

        Raises:
            ApiError: 409 not the holder, 422 when the moment is past or more than a year away.
        """
        now = self.desk.clock.now()
        if not now < until <= now + _LONGEST_SNOOZE:
            raise ApiError(422, "snooze_when")

        def work(ledger: Ledger, conversation: Conversation) -> None:
            def held(c: Conversation) -> Change:
                desk.must_hold(c, agent)
                return Change()

            applied = self.desk.apply(ledger, conversation, None, held)
            ledger.lists.snooze(applied.conversation, agent.id, until)

        return await self._mark(agent, id, work)

    async def wake(self, agent: Agent, id: ConversationId) -> Row:
        return await self._mark(agent, id, lambda ledger, _: bool(ledger.lists.wake(id)))

    async def _mark(
        self, agent: Agent, id: ConversationId, work: Callable[[Ledger, Conversation], object]
    ) -> Row:
        def marked(ledger: Ledger) -> Row:
            work(ledger, found(ledger, id, lock=True))
            return ledger.conversations.row(found(ledger, id), agent.id)

        row = await self.desk.store.write(marked)
        self.desk.hints.changed(row.conversation)
        return row

    async def correct(self, agent: Agent, id: ConversationId, name: str) -> tuple[Row, str | None]:
        """What it really is about. Answers the queue of that topic while it waits in another."""
        counter = self.desk.counter
        topic = counter.catalogue.get(name)
        if topic is None or not topic.offered:
            raise ApiError(422, "topic_unknown")

        def work(ledger: Ledger) -> Row:
            conversation = found(ledger, id, lock=True)
            if conversation.topic == name:
                return ledger.conversations.row(conversation, agent.id)
            ledger.lists.correct_topic(self._correction(ledger, conversation, name, agent))
            applied = self.desk.apply(ledger, conversation, None, lambda _: Change(topic=name))
            return ledger.conversations.row(applied.conversation, agent.id)

        row = await self.desk.store.write(work)
        self.desk.hints.changed(row.conversation)
        holder, queue = row.conversation.holder, policy.queue_of(topic)
        elsewhere = isinstance(holder, Waiting) and holder.queue != queue
        return row, queue if elsewhere else None

    def _correction(
        self, ledger: Ledger, conversation: Conversation, name: str, agent: Agent
    ) -> TopicCorrection:
        counter, turns = self.desk.counter, ledger.turns.recent(conversation.id, 20)
        asked = ledger.desk.assignment(conversation.id)
        crisis = sorting.is_crisis(
            conversation, counter, conversation.topic, name, *(turn.intent for turn in turns)
        )
        # The mark goes at closing; of what once was danger nobody can say any more which it was.
        unmarked = asked is not None and asked.reason is EscalationReason.URGENT
        trainable = not crisis and not (unmarked and conversation.urgent_kind is None)
        of = next((turn for turn in turns if turn.intent == conversation.topic), None)
        turn = of or (turns[0] if turns else None)
        return TopicCorrection(
            counter.new_id(),
            conversation.id,
            turn.id if turn and trainable else None,
            conversation.topic,
            name,
            agent.id,
            self.desk.clock.now(),
            trainable,
        )

    async def move(self, agent: Agent, id: ConversationId, term: int | None, queue: str) -> Row:
        """Who waits, waits in another queue; nothing is said and the place in time is kept."""
        if queue not in QUEUES:
            raise ApiError(422, "queue_unknown")

        def work(ledger: Ledger) -> Row:
            conversation = found(ledger, id, lock=True)
            asked = ledger.desk.assignment(id)
            try:
                step = sorting.to_queue(conversation, queue, asked)
            except sorting.NotWaiting as refused:
                raise ApiError(409, "not_waiting") from refused
            applied = self.desk.apply(ledger, conversation, term, lambda _: step)
            return ledger.conversations.row(applied.conversation, agent.id)

        row = await self.desk.store.write(work)
        self.desk.hints.changed(row.conversation)
        return row

    async def reopen(self, agent: Agent, id: ConversationId) -> Row:
        """Open a closed conversation again, held by who does it. The tenant hears nothing.

        Raises:
            ApiError: 409 when it is open, somebody was first, or the tenant talks in a newer one.
        """

        def work(ledger: Ledger) -> Row:
            conversation = found(ledger, id, lock=True)
            last = ledger.conversations.latest_at(conversation.channel, conversation.address)
            if last is not None and last.id != id and last.state is not State.CLOSED:
                raise ApiError(409, "open_elsewhere")
            topic = self.desk.counter.catalogue.get(conversation.topic or "")
            queue = policy.queue_of(topic)

            def step(c: Conversation) -> Change:
                try:
                    return sorting.reopen(c, agent, queue, self.desk.counter)
                except sorting.NotClosed as refused:
                    raise ApiError(409, "not_closed") from refused

            applied = self.desk.apply(ledger, conversation, None, step)
            return ledger.conversations.row(applied.conversation, agent.id)

        row = await self.desk.store.write(work)
        self.desk.hints.changed(row.conversation)
        return row

    async def views(
        self, agent: Agent, read: Callable[[SavedView], Filters]
    ) -> Sequence[tuple[SavedView, int]]:
        """One's own views and the shared ones, each with how many conversations it has now."""
        return await self.desk.store.read(
            lambda ledger: [
                (view, ledger.lists.count(read(view))) for view in ledger.lists.views(agent.id)
            ]
        )

    async def save_view(self, view: SavedView, agent: Agent) -> None:
        if view.shared:
            must_lead(agent)

        def work(ledger: Ledger) -> None:
            if sum(one.agent == agent.id for one in ledger.lists.views(agent.id)) >= _MOST_VIEWS:
                raise ApiError(409, "views_full")
            ledger.lists.put_view(view)

        await self.desk.store.write(work)

    async def drop_view(self, agent: Agent, id: str) -> None:
        def work(ledger: Ledger) -> None:
            if all(v.id != id or v.agent != agent.id for v in ledger.lists.views(agent.id)):
                raise ApiError(404, "view_unknown")
            ledger.lists.drop_view(id)

        await self.desk.store.write(work)


def must_lead(agent: Agent) -> None:
    if LEAD not in agent.roles and "admin" not in agent.roles:
        raise ApiError(403, "not_lead")
