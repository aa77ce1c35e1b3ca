"""Console: by when a tenant is owed an answer, and what tenants think of the help.

No postponed annotations here: FastAPI must see what `Staff` depends on.
"""

from collections.abc import Awaitable, Callable
from enum import Enum
from typing import Annotated

from fastapi import APIRouter, Depends

from handoff.console.service_schemas import OpinionList, ServiceView
from handoff.console.service_work import ServiceWork
from handoff.console.sessions import StaffSessions
from handoff.http_errors import error_responses
from handoff.model import Agent, ConversationId


def add_service_routes(
    routes: APIRouter,
    service: ServiceWork,
    sessions: StaffSessions,
    talk: Callable[[str, Agent], Awaitable[ConversationId]],
) -> None:
    """``talk`` reads the conversation in the address, for staff only."""
    Staff = Annotated[Agent, Depends(sessions.agent)]
    Talk = Annotated[ConversationId, Depends(talk)]
    tags: list[str | Enum] = ["console: service"]

    @routes.get("/conversations/{id}/service", tags=tags, responses=error_responses(404))
    async def read_service(id: Talk, agent: Staff) -> ServiceView:
        """What was owed when, and the tenant's opinion of the help."""
        return await service.of(agent, id)

    @routes.get("/opinions/flagged", tags=tags)
    async def read_flagged(agent: Staff) -> OpinionList:
        """Low scores, complaints and compliments. For team leads."""
        return OpinionList(opinions=await service.flagged(agent))
