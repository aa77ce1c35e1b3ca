"""Console: the tenant card.

No postponed annotations here: FastAPI must see what `Staff` depends on.
"""

from collections.abc import Awaitable, Callable
from enum import Enum
from typing import Annotated

from fastapi import APIRouter, Depends, Query

from actions.backoffice.verification import RelatieId
from handoff.console import tenant_card_schemas as s
from handoff.console.sessions import StaffSessions
from handoff.console.tenant_card import Part, TenantCard
from handoff.console.tenant_card_people import PeopleWork
from handoff.console.tenant_card_request_routes import add_request_routes
from handoff.console.tenant_card_views import about_view, card_view, flags_view, person_found
from handoff.http_errors import error_responses
from handoff.model import Agent, ConversationId


def add_tenant_card(
    routes: APIRouter,
    card: TenantCard,
    sessions: StaffSessions,
    talk: Callable[[str, Agent], Awaitable[ConversationId]],
) -> None:
    """``talk`` reads the conversation in the address, for staff only."""
    Staff = Annotated[Agent, Depends(sessions.agent)]
    Talk = Annotated[ConversationId, Depends(talk)]
    tags: list[str | Enum] = ["console: tenant card"]
    people, clock, at = PeopleWork(card), card.desk.clock, "/conversations/{id}/tenant-card"
    errors = error_responses(404, 409)

    @routes.get(at, tags=tags, responses=error_responses(404))
    async def read_card(
        id: Talk, agent: Staff, part: Annotated[list[Part] | None, Query(max_length=9)] = None
    ) -> s.TenantCardView:
        """Whom the conversation is about, what we promised, and these parts of the back office,
        read now. Without `part`: none of them."""
        found = await card.card(agent, id, frozenset(part or ()))
        return card_view(found, card.at_close, clock.now())

    @routes.get(f"{at}/flags", tags=tags, responses=errors)
    async def read_flags(id: Talk, agent: Staff) -> s.FlagsPart:
        """Warnings about this tenant, such as debt or aggression. For team leads only."""
        return flags_view(await card.flags(agent, id))

    @routes.get(f"{at}/people", tags=tags, responses=errors)
    async def find_people(
        id: Talk,
        agent: Staff,
        postcode: Annotated[str, Query(pattern=r"^ {0,3}[0-9]{4} {0,3}[A-Za-z]{2} {0,3}$")],
        number: Annotated[int, Query(ge=1, le=99_999)],
    ) -> s.PeopleFound:
        """Who rents at this address."""
        found = await people.at(agent, id, postcode, number)
        return s.PeopleFound(people=[person_found(one) for one in found])

    @routes.post(f"{at}/link", tags=tags, responses=errors)
    async def link(id: Talk, body: s.Link, agent: Staff) -> s.Linked:
        """The conversation is about this person. It proves nothing for the tenant."""
        about = await people.link(agent, id, RelatieId(body.relatie))
        return s.Linked(about=about_view(about, clock.now()))

    @routes.post(f"{at}/unlink", tags=tags, responses=errors)
    async def unlink(id: Talk, agent: Staff) -> s.Linked:
        """Undo that."""
        return s.Linked(about=about_view(await people.unlink(agent, id), clock.now()))

    add_request_routes(routes, card, sessions, talk)
