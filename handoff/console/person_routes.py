"""Console: one person on several channels.

No postponed annotations here: FastAPI must see what `Staff` depends on.
"""

from collections.abc import Awaitable, Callable
from enum import Enum
from typing import Annotated

from fastapi import APIRouter, Depends

from handoff.console import person_schemas as s
from handoff.console.given import client_id, plain_id
from handoff.console.person_views import person_view
from handoff.console.person_work import PersonWork
from handoff.console.sessions import StaffSessions
from handoff.console.views import message_view
from handoff.http_errors import error_responses
from handoff.model import Agent, ConversationId


def add_person_routes(
    routes: APIRouter,
    persons: PersonWork,
    sessions: StaffSessions,
    talk: Callable[[str, Agent], Awaitable[ConversationId]],
) -> None:
    """``talk`` reads the conversation in the address, for staff only."""
    Staff = Annotated[Agent, Depends(sessions.agent)]
    Talk = Annotated[ConversationId, Depends(talk)]
    tags: list[str | Enum] = ["console: person"]
    counter = persons.desk.counter

    @routes.get("/conversations/{id}/person", tags=tags, responses=error_responses(404))
    async def read_person(id: Talk, agent: Staff) -> s.PersonView:
        """Where else this tenant writes, as far as staff know, and where he may."""
        return person_view(await persons.person(agent, id), counter)

    @routes.post("/conversations/{id}/person/join", tags=tags, responses=error_responses(404, 409))
    async def join(id: Talk, body: s.Other, agent: Staff) -> s.PersonView:
        """Hold this address and that of the other conversation for one person."""
        return person_view(await persons.join(agent, id, _other(body.conversation)), counter)

    @routes.post("/conversations/{id}/person/part", tags=tags, responses=error_responses(404, 409))
    async def part(id: Talk, body: s.Other, agent: Staff) -> s.PersonView:
        """Undo a join: the other conversation's address is not of this person."""
        return person_view(await persons.part(agent, id, _other(body.conversation)), counter)

    @routes.post(
        "/conversations/{id}/say-elsewhere",
        status_code=201,
        tags=tags,
        responses=error_responses(404, 409),
    )
    async def say_elsewhere(id: Talk, body: s.SayElsewhere, agent: Staff) -> s.SaidElsewhere:
        """Answer by another channel of the same person. A note in both says so, and why."""
        other = _other(body.conversation)
        message = await persons.say_elsewhere(
            agent,
            id,
            other,
            body.term,
            body.text,
            body.reason,
            client_id(body.client_msg_id),
            body.files,
        )
        return s.SaidElsewhere(conversation=other, message=message_view(message, counter))


def _other(id: str) -> ConversationId:
    return ConversationId(plain_id(id, "conversation_unknown"))
