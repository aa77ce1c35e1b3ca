"""The one door of the console's interface: every request is held against the declared rights."""

from collections.abc import Awaitable, Callable

from fastapi import Request

from handoff.console.rights import Right, right_for, rights_of
from handoff.console.sessions import StaffSessions
from handoff.http_errors import ApiError


def allowed(sessions: StaffSessions) -> Callable[[Request], Awaitable[None]]:
    """A dependency for all routes of the console together; a route nobody declared is refused."""

    async def check(request: Request) -> None:
        right = right_for(request.method, request.scope["route"].path)
        if right is Right.NONE_NEEDED:
            return
        agent = await sessions.agent(request)
        if right is None or right not in rights_of(agent.roles):
            raise ApiError(403, "not_allowed")

    return check
