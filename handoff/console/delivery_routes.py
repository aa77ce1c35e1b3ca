"""Console: how far messages to a provider came, and sending one again.

No postponed annotations here: FastAPI must see what `Staff` depends on.
"""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import APIRouter, Depends

from handoff.console import delivery_schemas as s
from handoff.console.deliveries import Deliveries
from handoff.console.given import plain_id
from handoff.console.sessions import StaffSessions
from handoff.http_errors import error_responses
from handoff.model import Agent, ConversationId, MessageId


def add_delivery_routes(
    routes: APIRouter,
    deliveries: Deliveries,
    sessions: StaffSessions,
    talk: Callable[[str, Agent], Awaitable[ConversationId]],
) -> None:
    """``talk`` reads the conversation in the address, for staff only."""
    Staff = Annotated[Agent, Depends(sessions.agent)]
    Talk = Annotated[ConversationId, Depends(talk)]

    @routes.get(
        "/conversations/{id}/deliveries",
        tags=["console: reading"],
        responses=error_responses(404),
    )
    async def read_deliveries(id: Talk, agent: Staff) -> s.DeliveryList:
        """How far each message came that went to a provider. Empty for the web chat."""
        found = await deliveries.read(agent, id)
        return s.DeliveryList(deliveries=list(found.values()))

    @routes.post(
        "/conversations/{id}/messages/{message}/resend",
        tags=["console: steps"],
        responses=error_responses(404, 409),
    )
    async def resend(
        id: Talk, message: str, agent: Staff, body: s.Resend | None = None
    ) -> s.Resent:
        """Send what failed again, or what nobody knows of. A second time does nothing."""
        attempt = body.attempt if body else None
        view = await deliveries.resend(
            agent, id, MessageId(plain_id(message, "message_unknown")), attempt
        )
        return s.Resent(delivery=view)
