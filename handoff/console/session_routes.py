"""Logging in in one step or two, and who is logged in.

No postponed annotations here: FastAPI must see what `Staff` depends on.
"""

from collections.abc import Sequence
from enum import Enum
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from handoff.clean_text import clean_text
from handoff.console import account_schemas as a
from handoff.console import schemas as s
from handoff.console.rights import rights_of
from handoff.console.second_factor import Enrolment, SecondFactors
from handoff.console.sessions import StaffSessions
from handoff.http_errors import error_responses
from handoff.model import Agent

_TAGS: list[str | Enum] = ["console: session"]


def _agent(agent: Agent) -> s.AgentView:
    return s.AgentView(id=agent.id, name=agent.name, login=agent.login, roles=list(agent.roles))


def _rights(agent: Agent) -> list[str]:
    return sorted(rights_of(agent.roles))


def _enrolment(made: Enrolment) -> a.EnrolmentView:
    return a.EnrolmentView(secret=made.secret, address=made.address, picture=made.picture)


def add_session_routes(routes: APIRouter, sessions: StaffSessions, factors: SecondFactors) -> None:
    """Add these routes to the console's."""
    Staff = Annotated[Agent, Depends(sessions.agent)]

    @routes.post(
        "/login",
        tags=_TAGS,
        responses={**error_responses(429), 202: {"model": a.CodeNeeded}},
        response_model=a.Me | a.CodeNeeded,
    )
    async def login(body: s.Login, request: Request, response: Response) -> a.Me | a.CodeNeeded:
        """Start a session; the cookie `thuisbalie_staff` carries it. 202: a code is needed too."""
        agent = await sessions.check_password(request, clean_text(body.login), body.password)
        step = await factors.next_step(agent)
        if step is not None:
            response.status_code = 202
            return a.CodeNeeded(step=step.value, token=await factors.open_half(agent))
        await sessions.open(response, agent)
        return a.Me(agent=_agent(agent), rights=_rights(agent))

    @routes.post("/login/enrol", tags=_TAGS, responses=error_responses(409))
    async def enrol_first(body: a.HalfWay) -> a.EnrolmentView:
        """A secret for the app of somebody who must have one before they may come in."""
        return _enrolment(await factors.enrol_half(body.token))

    @routes.post("/login/code", tags=_TAGS, responses=error_responses(429))
    async def code(body: a.HalfWayCode, response: Response) -> a.Entered:
        """The second step. After the first code ever, the codes on paper come with it, once."""
        agent, backup = await factors.finish_half(body.token, body.code)
        await sessions.open(response, agent)
        return _entered(agent, backup)

    @routes.post("/logout", status_code=204, tags=_TAGS)
    async def logout(request: Request) -> Response:
        response = Response(status_code=204)
        await sessions.logout(request, response)
        return response

    @routes.get("/me", tags=_TAGS)
    async def me(agent: Staff) -> a.Me:
        """Who is logged in, and what they may do."""
        return a.Me(agent=_agent(agent), rights=_rights(agent))

    @routes.post("/me/second-factor", tags=_TAGS, responses=error_responses(409))
    async def enrol(agent: Staff) -> a.EnrolmentView:
        """A secret for the app of who wants a second factor."""
        return _enrolment(await factors.enrol(agent))

    @routes.post("/me/second-factor/confirm", tags=_TAGS, responses=error_responses(429))
    async def confirm(body: a.Code, agent: Staff) -> a.BackupCodes:
        """The first code of the app: from now on one is asked at every login."""
        return a.BackupCodes(backup_codes=list(await factors.check(agent, body.code)))


def _entered(agent: Agent, backup: Sequence[str]) -> a.Entered:
    return a.Entered(agent=_agent(agent), rights=_rights(agent), backup_codes=list(backup))
