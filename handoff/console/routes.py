"""The console's HTTP interface: log in, list, read, take, say, note, release, close, follow.

No postponed annotations here: FastAPI must see what `Staff` depends on.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from handoff.console import schemas as s
from handoff.console.sessions import StaffSessions
from handoff.console.stream import follow_all
from handoff.console.views import briefing_view, conversation_view, message_view
from handoff.console.work import DeskWork, holds
from handoff.hints import Hints
from handoff.http_errors import ApiError, error_responses
from handoff.ledger import Row
from handoff.model import Agent, AuthorKind, ConversationId, State

_MOST_LISTED = 200


@dataclass(frozen=True, slots=True)
class ConsoleServices:
    work: DeskWork
    sessions: StaffSessions
    hints: Hints


def router(services: ConsoleServices) -> APIRouter:
    sessions = services.sessions

    async def same_origin(request: Request) -> None:
        if request.method not in ("GET", "HEAD"):
            sessions.check_origin(request)

    routes = APIRouter(
        prefix="/console/api",
        dependencies=[Depends(same_origin)],
        responses=error_responses(401, 403, 422, 503),
    )
    _login(routes, services)
    _reading(routes, services, sessions)
    _steps(routes, services, sessions)
    return routes


def _view(agent: Agent) -> s.Me:
    return s.Me(
        agent=s.AgentView(id=agent.id, name=agent.name, login=agent.login, roles=list(agent.roles))
    )


def _login(routes: APIRouter, services: ConsoleServices) -> None:
    sessions = services.sessions

    @routes.post("/login", tags=["console: session"], responses=error_responses(429))
    async def login(body: s.Login, request: Request, response: Response) -> s.Me:
        """Start a session; the cookie `thuisbalie_staff` carries it."""
        return _view(await sessions.login(request, response, body.login, body.password))

    @routes.post("/logout", status_code=204, tags=["console: session"])
    async def logout(request: Request) -> Response:
        response = Response(status_code=204)
        await sessions.logout(request, response)
        return response

    @routes.get("/me", tags=["console: session"])
    async def me(agent: Annotated[Agent, Depends(sessions.agent)]) -> s.Me:
        """Who is logged in."""
        return _view(agent)


def _reading(routes: APIRouter, services: ConsoleServices, sessions: StaffSessions) -> None:
    tags: list[str | Enum] = ["console: reading"]
    work = services.work
    Staff = Annotated[Agent, Depends(sessions.agent)]

    @routes.get("/conversations", tags=tags)
    async def list_conversations(
        agent: Staff,
        state: Annotated[list[s.State] | None, Query()] = None,
        limit: Annotated[int, Query(ge=1, le=_MOST_LISTED)] = 100,
        cursor: Annotated[str | None, Query(pattern=r"^\d{1,6}$")] = None,
    ) -> s.ConversationList:
        """Urgent first, then longest waiting. Without `state`: waiting and held."""
        states = [State(name) for name in state or ("waiting", "held")]
        offset = int(cursor or 0)
        rows = await work.listed(agent, states, limit + 1, offset)
        more = str(offset + limit) if len(rows) > limit else None
        views = [conversation_view(row, work.counter) for row in rows[:limit]]
        return s.ConversationList(conversations=views, next_cursor=more)

    @routes.get("/conversations/{id}", tags=tags, responses=error_responses(404))
    async def read_conversation(id: str, agent: Staff) -> s.ConversationDetail:
        """One conversation whole: briefing and every message, notes included."""
        story = await work.story(agent, ConversationId(id))
        return s.ConversationDetail(
            conversation=conversation_view(story.row, work.counter),
            briefing=briefing_view(story.briefing, work.counter),
            messages=[message_view(m, work.counter) for m in story.messages],
        )

    @routes.get("/conversations/{id}/briefing", tags=tags, responses=error_responses(404))
    async def read_briefing(id: str, agent: Staff) -> s.BriefingView:
        """Why a person was asked, what was tried, what it is probably about."""
        return briefing_view(await work.briefing(agent, ConversationId(id)), work.counter)

    @routes.get("/conversations/{id}/messages", tags=tags, responses=error_responses(404))
    async def read_messages(
        id: str, agent: Staff, after: Annotated[int, Query(ge=0, le=2_147_483_647)] = 0
    ) -> s.MessageList:
        """The messages after position `after`."""
        messages = await work.messages(agent, ConversationId(id), after)
        return s.MessageList(messages=[message_view(m, work.counter) for m in messages])

    @routes.get(
        "/events",
        tags=tags,
        response_class=Response,
        responses={200: {"content": {"text/event-stream": {}}, "description": "hints"}},
    )
    async def follow(request: Request, agent: Staff) -> Response:
        """A stream of hints that a conversation changed. Read it again to see what; on (re)connect
        read the list. Events: `hello`, `conversation` {id, state, term, pos, urgent}, `typing`."""

        async def still_here() -> bool:
            try:
                await sessions.agent(request)
            except ApiError:
                return False
            return True

        return follow_all(services.hints, still_here)


def _steps(routes: APIRouter, services: ConsoleServices, sessions: StaffSessions) -> None:
    tags: list[str | Enum] = ["console: steps"]
    work = services.work
    Staff = Annotated[Agent, Depends(sessions.agent)]
    errors = error_responses(404, 409)

    def moved(row: Row) -> s.Moved:
        return s.Moved(conversation=conversation_view(row, work.counter))

    @routes.post("/conversations/{id}/take", tags=tags, responses=errors)
    async def take(id: str, agent: Staff, body: s.Take | None = None) -> s.Moved:
        """Take the conversation. 409 `held_by_other` says who has it."""
        term = body.term if body else None
        return moved(await work.take(agent, ConversationId(id), term))

    @routes.post("/conversations/{id}/say", status_code=201, tags=tags, responses=errors)
    async def say(id: str, body: s.Say, agent: Staff) -> s.Written:
        """Answer the tenant. Only who holds the conversation may."""
        message = await work.say(
            agent, ConversationId(id), body.term, body.text, body.client_msg_id
        )
        return s.Written(message=message_view(message, work.counter))

    @routes.post("/conversations/{id}/note", status_code=201, tags=tags, responses=errors)
    async def note(id: str, body: s.Note, agent: Staff) -> s.Written:
        """Write a note for colleagues. The tenant never sees it."""
        message = await work.note(agent, ConversationId(id), body.text, body.client_msg_id)
        return s.Written(message=message_view(message, work.counter))

    @routes.post("/conversations/{id}/release", tags=tags, responses=errors)
    async def release(id: str, agent: Staff, body: s.Release | None = None) -> s.Moved:
        """Hand back to the assistant, or to a queue for a colleague. The tenant is told."""
        body = body or s.Release()
        queue = body.queue if body.to == "queue" else None
        if body.to == "queue" and queue is None:
            raise ApiError(422, "queue_unknown")
        row = await work.release(agent, ConversationId(id), body.term, queue, body.note)
        return moved(row)

    @routes.post("/conversations/{id}/close", tags=tags, responses=errors)
    async def close(id: str, agent: Staff, body: s.Close | None = None) -> s.Moved:
        """The matter is done. A new message of the tenant opens the conversation again."""
        term = body.term if body else None
        return moved(await work.close(agent, ConversationId(id), term))

    @routes.post(
        "/conversations/{id}/typing",
        status_code=204,
        tags=tags,
        responses=errors,
    )
    async def typing(id: str, body: s.TypingNow, agent: Staff) -> Response:
        """Tell the tenant that the holder is typing, or no longer."""
        conversation = await work.store.read(
            lambda ledger: ledger.conversations.get(ConversationId(id))
        )
        if conversation is None:
            raise ApiError(404, "conversation_unknown")
        if not holds(conversation, agent):
            raise ApiError(409, "not_holder")
        services.hints.typing(conversation.id, AuthorKind.AGENT, body.typing)
        return Response(status_code=204)
