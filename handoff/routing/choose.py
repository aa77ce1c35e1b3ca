"""Who is offered a conversation that waits. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from handoff.model import AgentId
from handoff.routing.values import Colleague, Status


def choose(
    queue: str, colleagues: Sequence[Colleague], abandoned_by: Collection[AgentId]
) -> Colleague | None:
    """The least loaded of who may, and of those the longest idle; then a team lead; then nobody.

    ``abandoned_by``: who was asked in this wait and did not take it; they are not asked again.
    Never somebody who is not online, and never above what somebody can carry.
    """
    free = [
        one
        for one in colleagues
        if one.status is Status.ONLINE and one.has_room and one.agent not in abandoned_by
    ]
    able = [one for one in free if queue in one.skills.queues and not one.is_lead]
    leads = [one for one in free if one.is_lead]
    for candidates in (able, leads):
        if candidates:
            return min(candidates, key=lambda one: (one.load, one.idle_since, one.agent))
    return None


def owner_of_queue(queue: str, colleagues: Sequence[Colleague]) -> Colleague | None:
    """Who answers for what nobody of this queue has: its lead, else any lead, asleep or not."""
    leads = sorted((one for one in colleagues if one.is_lead), key=lambda one: one.agent)
    own = [one for one in leads if queue in one.skills.queues]
    return next(iter([*own, *leads]), None)
