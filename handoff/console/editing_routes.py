"""Console: what editors change, try, propose, approve and undo.

No postponed annotations here: FastAPI must see what `Staff` depends on.
"""

from enum import Enum
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response

from handoff.console import editing_schemas as e
from handoff.console.editing_work import EditingWork
from handoff.console.rights import Right, rights_of
from handoff.console.sessions import StaffSessions
from handoff.editing.catalogue import Shipped
from handoff.http_errors import error_responses
from handoff.ledger.edits import Edit, Subject
from handoff.model import Agent

_TAGS: list[str | Enum] = ["console: editing"]


def add_editing_routes(routes: APIRouter, work: EditingWork, sessions: StaffSessions) -> None:
    _reading(routes, work, sessions)
    _writing(routes, work, sessions)
    _deciding(routes, work, sessions)


def _reading(routes: APIRouter, work: EditingWork, sessions: StaffSessions) -> None:
    Staff = Annotated[Agent, Depends(sessions.agent)]

    @routes.get("/content", tags=_TAGS)
    async def list_content(agent: Staff) -> e.SubjectList:
        """All that can be edited, with the draft or proposal that is open."""
        undecided, rights = await work.undecided(agent), rights_of(agent.roles)
        return e.SubjectList(
            subjects=[
                e.SubjectView(**_subject(work, shipped, undecided.get(subject), agent))
                for subject, shipped in work.overlay.catalogue.items()
            ],
            may_edit=Right.EDIT_CONTENT in rights,
            may_approve=Right.APPROVE_CONTENT in rights,
        )

    @routes.get("/content/subject", tags=_TAGS, responses=error_responses(404))
    async def read_content(
        agent: Staff,
        kind: Annotated[e.Kind, Query()],
        key: Annotated[str, Query(max_length=200)],
    ) -> e.SubjectDetail:
        """One subject with its history, newest first."""
        shipped, history = await work.history(agent, Subject(kind, key))
        opened = next((one for one in history if one.state in ("draft", "proposed")), None)
        return e.SubjectDetail(
            **_subject(work, shipped, opened, agent),
            shipped=shipped.text,
            version=work.overlay.version(shipped.subject),
            places=sorted(shipped.places),
            history=[_edit(one, agent) for one in history],
        )


def _writing(routes: APIRouter, work: EditingWork, sessions: StaffSessions) -> None:
    Staff = Annotated[Agent, Depends(sessions.agent)]

    @routes.post("/content/try", tags=_TAGS, responses=error_responses(404))
    async def try_content(body: e.Tried, agent: Staff) -> e.TriedView:
        """Check a text and show it as tenants get it. Keeps nothing."""
        subject = Subject(body.kind, body.key)
        remarks = work.checked(agent, subject, body.text)
        # A text with a place that does not exist cannot be filled in; it is shown as typed.
        shown = work.preview(subject, body.text)
        return e.TriedView(
            remarks=[e.RemarkView(code=r.code, about=r.about, hard=r.hard) for r in remarks],
            chat=shown.chat,
            spoken=shown.spoken,
            segments=shown.segments,
        )

    @routes.post("/content/edits", status_code=201, tags=_TAGS, responses=error_responses(404, 409))
    async def save_edit(body: e.SaveEdit, agent: Staff) -> e.EditView:
        """Keep a draft or propose it. 409 `edit_open` or `edit_stale`: read the subject again."""
        subject = Subject(body.kind, body.key)
        edit = await work.save(agent, subject, body.text, body.reason, body.base, body.propose)
        return _edit(edit, agent)

    @routes.post(
        "/content/edits/{id}/withdraw",
        status_code=204,
        tags=_TAGS,
        responses=error_responses(404, 409),
    )
    async def withdraw(id: str, agent: Staff) -> Response:
        await work.withdraw(agent, id)
        return Response(status_code=204)

    @routes.post("/content/approve/close-today", tags=_TAGS, responses=error_responses(409))
    async def close_today(body: e.Why, agent: Staff) -> e.ClosedDay:
        """Closed for the rest of today, at once and without a second person."""
        return e.ClosedDay(day=await work.close_today(agent, body.reason))


def _deciding(routes: APIRouter, work: EditingWork, sessions: StaffSessions) -> None:
    Staff = Annotated[Agent, Depends(sessions.agent)]

    @routes.post(
        "/content/approve/edits/{id}",
        status_code=204,
        tags=_TAGS,
        responses=error_responses(404, 409),
    )
    async def approve(id: str, agent: Staff) -> Response:
        """Holds from now on. 403 `own_edit` for its author."""
        await work.approve(agent, id)
        return Response(status_code=204)

    @routes.post(
        "/content/approve/edits/{id}/reject",
        status_code=204,
        tags=_TAGS,
        responses=error_responses(404, 409),
    )
    async def reject(id: str, body: e.Why, agent: Staff) -> Response:
        await work.reject(agent, id, body.reason)
        return Response(status_code=204)


def _subject(
    work: EditingWork, shipped: Shipped, opened: Edit | None, agent: Agent
) -> dict[str, Any]:
    subject = shipped.subject
    return {
        "kind": str(subject.kind),
        "key": subject.key,
        "title": shipped.title,
        "group": shipped.group,
        "text": work.overlay.text_of(shipped),
        "spoken": shipped.spoken,
        "edited": subject in work.overlay.in_force,
        "open": _edit(opened, agent) if opened else None,
    }


def _edit(edit: Edit, agent: Agent) -> e.EditView:
    return e.EditView(
        id=edit.id,
        state=edit.state.value,
        before=edit.before,
        after=edit.after,
        reason=edit.reason,
        author=edit.author_name,
        mine=edit.author == agent.id,
        written_at=edit.written_at,
        decided_by=edit.decided_by_name,
        decided_at=edit.decided_at,
        refusal=edit.refusal,
        alone=edit.alone,
    )
