"""The console's HTTP interface: log in, list, read, take, say, note, release, close, follow.

No postponed annotations here: FastAPI must see what `Staff` depends on.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from handoff.clean_text import clean_text
from handoff.console import schemas as s
from handoff.console.accounts import Accounts
from handoff.console.attaching import Attaching
from handoff.console.attachment_routes import add_attachment_routes
from handoff.console.deliveries import Deliveries
from handoff.console.delivery_routes import add_delivery_routes
from handoff.console.editing_routes import add_editing_routes
from handoff.console.editing_work import EditingWork
from handoff.console.file_routes import add_file_routes
from handoff.console.files import Files
from handoff.console.gate import allowed
from handoff.console.given import HIGHEST_NUMBER, client_id, plain_id, read_term
from handoff.console.lists_routes import add_lists
from handoff.console.lists_work import ListsWork
from handoff.console.office_routes import add_office_routes
from handoff.console.office_work import OfficeWork
from handoff.console.person_routes import add_person_routes
from handoff.console.person_work import PersonWork
from handoff.console.preference_routes import add_preferences
from handoff.console.report_routes import add_report_routes
from handoff.console.report_work import ReportWork
from handoff.console.routing_routes import add_routing
from handoff.console.routing_work import RoutingWork
from handoff.console.service_routes import add_service_routes
from handoff.console.service_work import ServiceWork
from handoff.console.session_routes import add_session_routes
from handoff.console.sessions import StaffSessions
from handoff.console.sign_on_routes import add_sign_on_routes
from handoff.console.staff_routes import add_access_log, add_staff_routes
from handoff.console.stream import follow_all
from handoff.console.tenant_card import TenantCard
from handoff.console.tenant_card_closing import ClosingContact
from handoff.console.tenant_card_routes import add_tenant_card
from handoff.console.views import briefing_view, conversation_view, message_view
from handoff.console.work import DeskWork, holds
from handoff.console.writing_routes import add_writing_routes
from handoff.console.writing_work import WritingWork
from handoff.hints import Hints
from handoff.http_errors import ApiError, error_responses
from handoff.ledger import Row
from handoff.model import Agent, AuthorKind, ConversationId, Message, State
from handoff.routing.assembly import DeskRouting

_MOST_LISTED = 200


@dataclass(frozen=True, slots=True)
class ConsoleServices:
    work: DeskWork
    sessions: StaffSessions
    hints: Hints
    deliveries: Deliveries
    routing: DeskRouting
    persons: PersonWork
    files: Files
    lists: ListsWork
    writing: WritingWork
    editing: EditingWork
    service: ServiceWork
    accounts: Accounts = field(kw_only=True)
    card: TenantCard = field(kw_only=True)
    attaching: Attaching = field(kw_only=True)

    @property
    def closing(self) -> ClosingContact:
        return ClosingContact(self.card)

    office: OfficeWork = field(kw_only=True)


def router(services: ConsoleServices) -> APIRouter:
    sessions = services.sessions

    async def same_origin(request: Request, response: Response) -> None:
        response.headers["Cache-Control"] = "no-store"
        if request.method not in ("GET", "HEAD"):
            sessions.check_origin(request)

    routes = APIRouter(
        prefix="/console/api",
        dependencies=[Depends(same_origin), Depends(allowed(sessions))],
        responses=error_responses(400, 401, 403, 413, 422, 503),
    )
    add_session_routes(routes, sessions, services.accounts.factors)
    add_sign_on_routes(routes, services.accounts.sign_on, sessions)
    add_staff_routes(routes, services.accounts.staff, sessions)
    add_access_log(routes, services.accounts.staff, sessions)
    _reading(routes, services, sessions)
    _steps(routes, services, sessions)
    add_delivery_routes(routes, services.deliveries, sessions, _talk(sessions))
    add_file_routes(routes, services.files, sessions)
    add_attachment_routes(routes, services.attaching, sessions, _talk(sessions))
    add_person_routes(routes, services.persons, sessions, _talk(sessions))
    add_tenant_card(routes, services.card, sessions, _talk(sessions))
    add_office_routes(routes, services.office, sessions, _talk(sessions))
    add_writing_routes(routes, services.writing, sessions, _talk(sessions))
    add_editing_routes(routes, services.editing, sessions)
    add_lists(routes, services.lists, sessions, _talk(sessions))
    add_service_routes(routes, services.service, sessions, _talk(sessions))
    add_report_routes(routes, ReportWork(services.work, services.service.targets), sessions)
    add_preferences(routes, services.work, sessions)
    add_routing(routes, RoutingWork(services.work, services.routing), sessions)
    return routes


def _talk(sessions: StaffSessions) -> Callable[[str, Agent], Awaitable[ConversationId]]:
    """The conversation in the address, for staff only. What is no id is not looked up."""

    async def talk(id: str, agent: Annotated[Agent, Depends(sessions.agent)]) -> ConversationId:
        return ConversationId(plain_id(id, "conversation_unknown"))

    return talk


def _term(body: s.Take | s.Say | s.Release | s.Close | None) -> int | None:
    return read_term(body.term if body else None)


async def _shown(
    services: ConsoleServices, id: ConversationId, messages: Sequence[Message]
) -> list[s.MessageView]:
    """Messages with how far they came, and with their files."""
    sent, files = await services.deliveries.of(id), await services.files.of(id)
    counter = services.work.counter
    return [message_view(m, counter, sent.get(m.id), files.get(m.id, ())) for m in messages]


def _reading(routes: APIRouter, services: ConsoleServices, sessions: StaffSessions) -> None:
    tags: list[str | Enum] = ["console: reading"]
    work = services.work
    Staff = Annotated[Agent, Depends(sessions.agent)]
    Talk = Annotated[ConversationId, Depends(_talk(sessions))]

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
        return s.ConversationList(conversations=views, next_cursor=more, now=work.clock.now())

    @routes.get("/conversations/{id}", tags=tags, responses=error_responses(404))
    async def read_conversation(id: Talk, agent: Staff) -> s.ConversationDetail:
        """One conversation whole: briefing and every message, notes included."""
        story = await work.story(agent, id)
        shown = await _shown(services, id, story.messages)
        return s.ConversationDetail(
            conversation=conversation_view(story.row, work.counter),
            briefing=briefing_view(story.briefing, work.counter),
            messages=shown,
        )

    @routes.get("/conversations/{id}/briefing", tags=tags, responses=error_responses(404))
    async def read_briefing(id: Talk, agent: Staff) -> s.BriefingView:
        """Why a person was asked, what was tried, what it is probably about."""
        return briefing_view(await work.briefing(agent, id), work.counter)

    @routes.get("/conversations/{id}/messages", tags=tags, responses=error_responses(404))
    async def read_messages(
        id: Talk, agent: Staff, after: Annotated[int, Query(ge=0, le=HIGHEST_NUMBER)] = 0
    ) -> s.MessageList:
        """The messages after position `after`."""
        messages = await work.messages(agent, id, after)
        return s.MessageList(messages=await _shown(services, id, messages))

    @routes.get(
        "/events",
        tags=tags,
        response_class=Response,
        responses={200: {"content": {"text/event-stream": {}}, "description": "hints"}},
    )
    async def follow(request: Request, agent: Staff) -> Response:
        """A stream of hints that a conversation changed. Read it again to see what; on (re)connect
        read the list. Events: `hello`, `conversation` {id, state, term, pos, urgent}, `typing`,
        `rows` (as the list has them, without `unread`), and `draft`, `mention` and `offer` {id}
        for this member of staff alone."""

        async def still_here() -> bool:
            try:
                await sessions.agent(request)
            except ApiError:
                return False
            return True

        return follow_all(services.hints, still_here, work.clock, agent.id)


def _steps(routes: APIRouter, services: ConsoleServices, sessions: StaffSessions) -> None:
    tags: list[str | Enum] = ["console: steps"]
    work = services.work
    Staff = Annotated[Agent, Depends(sessions.agent)]
    Talk = Annotated[ConversationId, Depends(_talk(sessions))]
    errors = error_responses(404, 409)

    def moved(row: Row) -> s.Moved:
        return s.Moved(conversation=conversation_view(row, work.counter))

    @routes.post("/conversations/{id}/take", tags=tags, responses=errors)
    async def take(id: Talk, agent: Staff, body: s.Take | None = None) -> s.Moved:
        """Take the conversation. 409 `held_by_other` says who has it."""
        return moved(await work.take(agent, id, _term(body)))

    @routes.post("/conversations/{id}/say", status_code=201, tags=tags, responses=errors)
    async def say(id: Talk, body: s.Say, agent: Staff) -> s.Written:
        """Answer the tenant. Only who holds the conversation may."""
        key = client_id(body.client_msg_id)
        if body.files:
            files, term = body.files, _term(body)
            message = await services.attaching.say(agent, id, term, body.text, files, key)
        else:
            message = await work.say(agent, id, _term(body), body.text, key)
        return s.Written(message=message_view(message, work.counter))

    @routes.post("/conversations/{id}/note", status_code=201, tags=tags, responses=errors)
    async def note(id: Talk, body: s.Note, agent: Staff) -> s.Written:
        """Write a note for colleagues. The tenant never sees it."""
        message = await work.note(agent, id, body.text, client_id(body.client_msg_id))
        return s.Written(message=message_view(message, work.counter))

    @routes.post("/conversations/{id}/release", tags=tags, responses=errors)
    async def release(id: Talk, agent: Staff, body: s.Release | None = None) -> s.Moved:
        """Hand back to the assistant, or to a queue for a colleague. The tenant is told."""
        body = body or s.Release()
        queue = body.queue if body.to == "queue" else None
        if body.to == "queue" and queue is None:
            raise ApiError(422, "queue_unknown")
        row = await work.release(agent, id, _term(body), queue, clean_text(body.note))
        return moved(row)

    @routes.post("/conversations/{id}/close", tags=tags, responses=errors)
    async def close(id: Talk, agent: Staff, body: s.Close | None = None) -> s.Moved:
        """The matter is done. A new message of the tenant opens the conversation again."""
        also = services.closing.with_wish(agent, body.contact if body else None)
        return moved(await work.close(agent, id, _term(body), also))

    @routes.post(
        "/conversations/{id}/typing",
        status_code=204,
        tags=tags,
        responses=errors,
    )
    async def typing(id: Talk, body: s.TypingNow, agent: Staff) -> Response:
        """Tell the tenant that the holder is typing, or no longer."""
        conversation = await work.store.read(lambda ledger: ledger.conversations.get(id))
        if conversation is None:
            raise ApiError(404, "conversation_unknown")
        if not holds(conversation, agent):
            raise ApiError(409, "not_holder")
        services.hints.typing(conversation.id, AuthorKind.AGENT, body.typing)
        return Response(status_code=204)
