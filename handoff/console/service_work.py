"""How well we served, as staff read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from handoff.console.lists_work import must_lead
from handoff.console.service_schemas import FlaggedView, MeasuredView, OpinionView, ServiceView
from handoff.console.work import DeskWork, found
from handoff.counter import Counter
from handoff.ledger import Ledger
from handoff.model import Agent, Conversation, ConversationId
from handoff.opinion.values import Opinion
from handoff.service_levels.measure import ServiceClock, minutes_worked
from handoff.service_levels.targets import Targets

_ALL = ConversationId("*")
_FLAGGED_FOR = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class ServiceWork:
    desk: DeskWork
    targets: Targets

    async def of(self, agent: Agent, id: ConversationId) -> ServiceView:
        """Clocks and opinion of one conversation; leaves a line in the access log.

        Raises:
            ApiError: 404 for an unknown conversation.
        """

        def work(ledger: Ledger) -> tuple[Sequence[ServiceClock], Opinion | None]:
            found(ledger, id)
            ledger.desk.log_access(agent.id, id, "service", self.desk.clock.now())
            return ledger.service.history(id), ledger.opinions.latest(id)

        clocks, opinion = await self.desk.store.write(work)
        now, targets = self.desk.clock.now(), self.targets
        return ServiceView(
            clocks=[
                _measured(
                    replace(one, worked_minutes=minutes_worked(one, targets, now)),
                    self.desk.counter,
                )
                for one in clocks
            ],
            opinion=opinion_view(opinion) if opinion else None,
        )

    async def flagged(self, agent: Agent) -> list[FlaggedView]:
        """Low scores, complaints and compliments of the last 90 days, the newest first.

        Leaves a line in the access log: there are words of tenants in it.

        Raises:
            ApiError: 403 for who leads nobody.
        """
        must_lead(agent)
        since = self.desk.clock.now() - _FLAGGED_FOR

        def work(ledger: Ledger) -> list[FlaggedView]:
            ledger.desk.log_access(agent.id, _ALL, "opinions", self.desk.clock.now())
            opinions = ledger.opinions.flagged(since)
            talks = ledger.conversations.named([one.conversation for one in opinions], agent.id)
            by_id = {row.conversation.id: row.conversation for row in talks}
            return [self._flagged(one, by_id[one.conversation]) for one in opinions]

        return await self.desk.store.write(work)

    def _flagged(self, opinion: Opinion, talk: Conversation) -> FlaggedView:
        words = self.desk.counter.words
        topic = self.desk.counter.catalogue.get(opinion.topic or "")
        return FlaggedView(
            **opinion_view(opinion).model_dump(),
            reference=talk.reference,
            channel_label=words.text(f"channel_{opinion.channel}"),
            queue_label=words.text(f"queue_{opinion.queue}") if opinion.queue else "",
            topic_title=topic.title if topic else None,
            readable=talk.last_pos > 0,
        )


def _measured(clock: ServiceClock, counter: Counter) -> MeasuredView:
    return MeasuredView(
        kind=clock.kind.value,
        queue=clock.queue,
        queue_label=counter.words.text(f"queue_{clock.queue}"),
        target_minutes=clock.target_minutes,
        worked_minutes=clock.worked_minutes,
        started_at=clock.started_at,
        due_at=clock.due_at,
        ended_at=clock.ended_at,
        outcome=clock.outcome.value,
    )


def opinion_view(opinion: Opinion) -> OpinionView:
    return OpinionView(
        conversation=opinion.conversation,
        asked_at=opinion.asked_at,
        score=opinion.score,
        words=opinion.words,
        flag=opinion.flag.value,
        low=opinion.low,
    )
