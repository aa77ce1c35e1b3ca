"""The list of staff for administrators, and the access log for the privacy officer.

No postponed annotations here: FastAPI must see what `Staff` depends on.
"""

from datetime import datetime
from enum import Enum
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response
from pydantic import AwareDatetime

from bot.topic import QUEUES
from handoff.console import account_schemas as a
from handoff.console.access_csv import as_csv
from handoff.console.given import plain_id
from handoff.console.rights import Role
from handoff.console.sessions import StaffSessions
from handoff.console.staff_work import StaffWork
from handoff.http_errors import error_responses
from handoff.ledger.accounts import Looked, LookedFor
from handoff.model import Agent, AgentId

_PAGE = 100
_MOST_ROWS = 50_000
"""Of one file; a longer period is asked for in parts."""


def add_staff_routes(routes: APIRouter, work: StaffWork, sessions: StaffSessions) -> None:
    """Add these routes to the console's."""
    Staff = Annotated[Agent, Depends(sessions.agent)]
    tags: list[str | Enum] = ["console: staff"]

    @routes.get("/staff", tags=tags)
    async def list_staff() -> a.MemberList:
        """Everybody with an account, active or not."""
        return a.MemberList(
            members=list(await work.members()),
            roles=[role.value for role in Role],
            queues=sorted(QUEUES),
        )

    @routes.post("/staff", status_code=201, tags=tags, responses=error_responses(409))
    async def add(body: a.NewMember, agent: Staff) -> a.NewPassword:
        """Add a member of staff. The password is shown this once."""
        member, password = await work.add(agent, body)
        return a.NewPassword(member=member, password=password)

    @routes.put("/staff/{id}", tags=tags, responses=error_responses(404, 409))
    async def change(id: str, body: a.MemberChange, agent: Staff) -> a.MemberView:
        """Name, roles, skills, active or not. Who loses a role or access is out at once."""
        return await work.change(agent, _plain(id), body)

    @routes.post("/staff/{id}/password", tags=tags, responses=error_responses(404, 409))
    async def new_password(id: str, agent: Staff) -> a.NewPassword:
        """A new password, shown this once; what was open with the old one is closed."""
        member, password = await work.new_password(agent, _plain(id))
        return a.NewPassword(member=member, password=password)

    @routes.delete(
        "/staff/{id}/second-factor", status_code=204, tags=tags, responses=error_responses(404)
    )
    async def drop_second_factor(id: str, agent: Staff) -> Response:
        """For a lost phone: the next login has no second factor, or sets up a new one."""
        await work.drop_second_factor(agent, _plain(id))
        return Response(status_code=204)


def add_access_log(routes: APIRouter, work: StaffWork, sessions: StaffSessions) -> None:
    """Add these routes to the console's. Reading the log is a line in it too."""
    Staff = Annotated[Agent, Depends(sessions.agent)]
    tags: list[str | Enum] = ["console: access log"]

    def asked(
        person: Annotated[str, Query(max_length=120)] = "",
        reference: Annotated[str, Query(max_length=40)] = "",
        since: AwareDatetime | None = None,
        until: AwareDatetime | None = None,
    ) -> LookedFor:
        return LookedFor(person.strip(), reference.strip(), since, until)

    Asked = Annotated[LookedFor, Depends(asked)]

    @routes.get("/access-log", tags=tags)
    async def read_log(
        what: Asked,
        agent: Staff,
        cursor: Annotated[str | None, Query(pattern=r"^\d{1,7}$")] = None,
    ) -> a.LookedList:
        """Who looked at what and when, newest first. From `since`, before `until`."""
        offset = int(cursor or 0)
        rows = await work.looked(agent, what, _PAGE + 1, offset)
        more = str(offset + _PAGE) if len(rows) > _PAGE else None
        return a.LookedList(looks=[_view(row) for row in rows[:_PAGE]], next_cursor=more)

    @routes.get(
        "/access-log/file",
        tags=tags,
        response_class=Response,
        responses={200: {"content": {"text/csv": {}}, "description": "the log"}},
    )
    async def download(what: Asked, agent: Staff) -> Response:
        """The same as a file for a spreadsheet, with nothing in it that one would run."""
        rows = await work.looked(agent, what, _MOST_ROWS, 0, "access_log_file")
        headers = {"Content-Disposition": 'attachment; filename="inzage.csv"'}
        return Response(as_csv(rows), media_type="text/csv; charset=utf-8", headers=headers)


def _view(row: Looked) -> a.LookedView:
    at: datetime = row.at
    return a.LookedView(
        at=at,
        login=row.login,
        name=row.name,
        what=row.what,
        reference=row.reference,
        relatie=row.relatie,
    )


def _plain(id: str) -> AgentId:
    return AgentId(plain_id(id, "agent_unknown"))
