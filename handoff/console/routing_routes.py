"""Presence, offers, transfer, colleagues and alarms over HTTP.

No postponed annotations here: FastAPI must see what `Staff` depends on.
"""

from enum import Enum
from typing import Annotated

from fastapi import APIRouter, Depends, Response

from handoff.clean_text import clean_text
from handoff.console import routing_schemas as r
from handoff.console import schemas as s
from handoff.console.given import plain_id, read_term
from handoff.console.routing_work import RoutingWork
from handoff.console.sessions import StaffSessions
from handoff.console.views import conversation_view
from handoff.http_errors import error_responses
from handoff.model import Agent, AgentId, Conversation, ConversationId, Waiting
from handoff.routing.shifts import Standing
from handoff.routing.values import Alarm, Offer, Skills, Status


def add_routing(routes: APIRouter, work: RoutingWork, sessions: StaffSessions) -> None:
    """Add these routes to the console's."""
    _presence(routes, work, sessions)
    _offers(routes, work, sessions)
    _passing_on(routes, work, sessions)


def _presence(routes: APIRouter, work: RoutingWork, sessions: StaffSessions) -> None:
    tags: list[str | Enum] = ["console: routing"]
    Staff = Annotated[Agent, Depends(sessions.agent)]
    shifts = work.routing.shifts

    @routes.post("/presence", tags=tags)
    async def presence(agent: Staff, body: r.Presence | None = None) -> r.Standing:
        """A sign of life, at least once a minute while the console is open; or how you stand."""
        if body is None or body.status is None:
            standing = await shifts.renew(agent)
        else:
            standing = await shifts.say(agent, Status(body.status), reassign=body.reassign)
        return _standing_view(standing, work)

    @routes.get("/colleagues", tags=tags)
    async def colleagues(agent: Staff) -> r.ColleagueList:
        """Everybody of staff: who is there, and how much they have."""
        return r.ColleagueList(
            colleagues=[
                r.ColleagueView(
                    id=one.agent,
                    name=one.name,
                    status=one.status.value,
                    load=one.load,
                    capacity=one.skills.capacity,
                    queues=sorted(one.skills.queues),
                    lead=one.is_lead,
                )
                for one in await work.colleagues()
            ]
        )

    @routes.put(
        "/colleagues/{id}/skills", status_code=204, tags=tags, responses=error_responses(404)
    )
    async def skills(id: str, body: r.Skills, agent: Staff) -> Response:
        """What a colleague may be given. For team leads."""
        of = AgentId(plain_id(id, "agent_unknown"))
        await work.set_skills(agent, of, Skills(frozenset(body.queues), body.capacity))
        return Response(status_code=204)


def _offers(routes: APIRouter, work: RoutingWork, sessions: StaffSessions) -> None:
    tags: list[str | Enum] = ["console: routing"]
    Staff = Annotated[Agent, Depends(sessions.agent)]
    errors = error_responses(404, 409)

    @routes.post("/offers/{id}/accept", tags=tags, responses=errors)
    async def accept(id: str, agent: Staff) -> s.Moved:
        """Take the conversation that was offered to you."""
        row = await work.accept(agent, plain_id(id, "offer_gone", 409))
        return s.Moved(conversation=conversation_view(row, work.work.counter))

    @routes.post("/offers/{id}/decline", status_code=204, tags=tags, responses=errors)
    async def decline(id: str, agent: Staff) -> Response:
        """Not me: the next person is asked."""
        await work.decline(agent, plain_id(id, "offer_gone", 409))
        return Response(status_code=204)


def _passing_on(routes: APIRouter, work: RoutingWork, sessions: StaffSessions) -> None:
    tags: list[str | Enum] = ["console: routing"]
    Staff = Annotated[Agent, Depends(sessions.agent)]
    errors = error_responses(404, 409)

    @routes.post("/conversations/{id}/transfer", tags=tags, responses=errors)
    async def transfer(id: str, body: r.Transfer, agent: Staff) -> s.Moved:
        """Pass the conversation on to a colleague who is there, or to a queue, with a note."""
        talk = ConversationId(plain_id(id, "conversation_unknown"))
        to = AgentId(plain_id(body.agent, "agent_unknown", 422)) if body.agent is not None else None
        note = clean_text(body.note)
        row = await work.transfer(agent, talk, read_term(body.term), to, body.queue, note)
        return s.Moved(conversation=conversation_view(row, work.work.counter))

    @routes.post(
        "/conversations/{id}/alarm/acknowledge", status_code=204, tags=tags, responses=errors
    )
    async def acknowledge(id: str, agent: Staff) -> Response:
        """I have seen this alarm; who is on call is not told of it again."""
        await work.acknowledge(agent, ConversationId(plain_id(id, "conversation_unknown")))
        return Response(status_code=204)


def _standing_view(standing: Standing, work: RoutingWork) -> r.Standing:
    presence, now = standing.presence, standing.now
    return r.Standing(
        status=presence.at(now).value,
        until=presence.until,
        lease_until=presence.lease_until,
        offers=[_offer_view(offer, talk, work) for offer, talk in standing.offers],
        alarms=[_alarm_view(alarm, talk, work) for alarm, talk in standing.alarms],
        now=now,
    )


def _offer_view(offer: Offer, conversation: Conversation, work: RoutingWork) -> r.OfferView:
    holder, counter = conversation.holder, work.work.counter
    queue = holder.queue if isinstance(holder, Waiting) else None
    topic = counter.catalogue.get(conversation.topic or "")
    return r.OfferView(
        id=offer.id,
        conversation_id=conversation.id,
        reference=conversation.reference,
        queue=queue,
        queue_label=counter.words.text(f"queue_{queue}") if queue else None,
        topic_title=topic.title if topic else None,
        urgent=conversation.urgent_kind is not None,
        waiting_since=conversation.waiting_since,
        expires_at=offer.expires_at,
    )


def _alarm_view(alarm: Alarm, conversation: Conversation, work: RoutingWork) -> r.AlarmView:
    return r.AlarmView(
        conversation_id=conversation.id,
        reference=conversation.reference,
        urgent_label=work.work.counter.urgent_labels.get(conversation.urgent_kind or ""),
        raised_at=alarm.raised_at,
        times=alarm.times,
    )
