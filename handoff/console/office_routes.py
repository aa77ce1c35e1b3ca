"""Console: faults of buildings, and requests that wait for the back office.

No postponed annotations here: FastAPI must see what `Staff` depends on.
"""

from collections.abc import Awaitable, Callable
from enum import Enum
from typing import Annotated

from fastapi import APIRouter, Depends, Response

from handoff.console import office_schemas as s
from handoff.console.given import plain_id
from handoff.console.office_work import OfficeWork
from handoff.console.sessions import StaffSessions
from handoff.http_errors import error_responses
from handoff.model import Agent, ConversationId


def add_office_routes(
    routes: APIRouter,
    work: OfficeWork,
    sessions: StaffSessions,
    talk: Callable[[str, Agent], Awaitable[ConversationId]],
) -> None:
    """``talk`` reads the conversation in the address, for staff only."""
    Staff = Annotated[Agent, Depends(sessions.agent)]
    Talk = Annotated[ConversationId, Depends(talk)]
    tags: list[str | Enum] = ["console: back office"]
    gone = error_responses(404)

    @routes.get("/faults", tags=tags)
    async def read_faults(agent: Staff) -> s.FaultsView:
        """What several homes report, what tenants are told, and what ended lately."""
        return await work.overview(agent)

    @routes.post("/faults", tags=tags, status_code=201)
    async def confirm_fault(body: s.FaultConfirmed, agent: Staff) -> s.FaultView:
        """From now on tenants of this complex hear of it."""
        return await work.confirm(agent, body)

    @routes.post("/faults/none", tags=tags, status_code=204)
    async def no_fault(body: s.FaultKindGiven, agent: Staff) -> Response:
        """What was reported so far is no fault of the building."""
        await work.none(agent, body)
        return Response(status_code=204)

    @routes.put("/faults/{fault}", tags=tags, responses=gone)
    async def change_fault(fault: str, body: s.FaultTelling, agent: Staff) -> s.FaultView:
        return await work.change(agent, plain_id(fault, "fault_unknown"), body)

    @routes.post("/faults/{fault}/end", tags=tags, responses=gone)
    async def end_fault(fault: str, agent: Staff) -> s.FaultEnded:
        """It is over: who reported it hears so, once."""
        return await work.end(agent, plain_id(fault, "fault_unknown"))

    @routes.get("/kept-requests", tags=tags)
    async def read_kept(agent: Staff) -> s.KeptList:
        """All that waits for the back office or for a person, oldest first."""
        return await work.undone(agent)

    @routes.get("/conversations/{id}/kept-requests", tags=tags, responses=gone)
    async def read_kept_of(id: Talk, agent: Staff) -> s.KeptList:
        return await work.of(agent, id)

    @routes.post("/conversations/{id}/kept-requests/{request}/try", tags=tags, responses=gone)
    async def try_kept(id: Talk, request: str, agent: Staff) -> s.KeptView:
        """Try now; also what was given up."""
        return await work.try_now(agent, id, plain_id(request, "kept_unknown"))

    @routes.post("/conversations/{id}/kept-requests/{request}/done", tags=tags, responses=gone)
    async def kept_by_hand(id: Talk, request: str, body: s.DoneByHand, agent: Staff) -> s.KeptView:
        """A colleague put it into the system, under this number."""
        return await work.by_hand(agent, id, plain_id(request, "kept_unknown"), body.number)
