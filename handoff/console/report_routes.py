"""Console: reports, their files for a spreadsheet, and the wallboard. For who leads.

No postponed annotations here: FastAPI must see what `Staff` depends on.
"""

from datetime import date
from enum import Enum
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from handoff.console.report_schemas import ReportsView, WallboardView
from handoff.console.report_work import ReportWork
from handoff.console.sessions import StaffSessions
from handoff.http_errors import ApiError, error_responses
from handoff.model import Agent
from handoff.reports.period import MOST_DAYS, BadPeriod, Period, last_days


def add_report_routes(routes: APIRouter, work: ReportWork, sessions: StaffSessions) -> None:
    Staff = Annotated[Agent, Depends(sessions.agent)]
    tags: list[str | Enum] = ["console: reports"]

    async def asked(
        days: Annotated[int | None, Query(ge=1, le=MOST_DAYS)] = None,
        first: date | None = None,
        last: date | None = None,
    ) -> Period:
        """So many ``days`` up to today, or from ``first`` up to and including ``last``."""
        if first is None or last is None:
            return last_days(work.desk.clock.now(), days or 28)
        try:
            return Period(first, last)
        except BadPeriod as bad:
            raise ApiError(422, "bad_request") from bad

    Asked = Annotated[Period, Depends(asked)]

    @routes.get("/reports", tags=tags)
    async def read_reports(agent: Staff, period: Asked) -> ReportsView:
        """All figures, held against as many days before."""
        return await work.reports(agent, period)

    @routes.get("/reports/wallboard", tags=tags)
    async def read_wallboard(_: Staff) -> WallboardView:
        """How it stands now; nothing of a tenant is in it."""
        return await work.wallboard()

    @routes.get(
        "/reports/files/{name}",
        tags=tags,
        response_class=Response,
        responses=error_responses(404) | {200: {"content": {"text/csv": {}}}},
    )
    async def read_report_file(name: str, agent: Staff, period: Asked) -> Response:
        """One report for a spreadsheet."""
        found = await work.file(agent, period, name)
        if found is None:
            raise ApiError(404, "not_found")
        called = f'attachment; filename="{name}-{period.first}-{period.last}.csv"'
        headers = {"Content-Disposition": called}
        return Response(found, media_type="text/csv; charset=utf-8", headers=headers)
