"""Console: lists, search, labels, snoozes, views, topics, and who else is looking.

No postponed annotations here: FastAPI must see what `Staff` depends on.
"""

from collections.abc import Awaitable, Callable
from enum import Enum
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response
from pydantic import AwareDatetime

from handoff.clean_text import clean_text
from handoff.console import lists_schemas as ls
from handoff.console import schemas as s
from handoff.console.given import plain_id, read_term
from handoff.console.lists_cursor import cursor_after, place_of
from handoff.console.lists_views import hit_view, saved, setup_view, viewer_views
from handoff.console.lists_work import ListsWork
from handoff.console.sessions import StaffSessions
from handoff.console.views import conversation_view
from handoff.http_errors import ApiError, error_responses
from handoff.ledger import Row
from handoff.ledger.lists import Filters, Label, SavedView
from handoff.model import Agent, AgentId, ConversationId, State
from handoff.wanted import read_wanted

TalkOf = Callable[[str, Agent], Awaitable[ConversationId]]
_TAGS: list[str | Enum] = ["console: lists"]
_MOST = 50
Chosen = Annotated[list[str] | None, Query(max_length=_MOST)]


def _filters(
    state: Annotated[list[s.State] | None, Query()] = None,
    channel: Chosen = None,
    queue: Chosen = None,
    label: Chosen = None,
    agent: Chosen = None,
    topic: Chosen = None,
    since: AwareDatetime | None = None,
    before: AwareDatetime | None = None,
    snoozed: bool | None = None,
) -> Filters:
    chosen = ls.ListFilters(
        state=state or [],
        channel=channel or [],
        queue=queue or [],
        label=label or [],
        agent=agent or [],
        topic=topic or [],
        since=since,
        before=before,
        snoozed=snoozed,
    )
    return filters_of(chosen)


def filters_of(chosen: ls.ListFilters) -> Filters:
    """As the store reads them."""
    return Filters(
        states=tuple(State(name) for name in chosen.state),
        channels=tuple(map(clean_text, chosen.channel)),
        queues=tuple(map(clean_text, chosen.queue)),
        labels=tuple(map(clean_text, chosen.label)),
        agents=tuple(AgentId(clean_text(id)) for id in chosen.agent),
        topics=tuple(map(clean_text, chosen.topic)),
        since=chosen.since,
        before=chosen.before,
        snoozed=chosen.snoozed,
    )


def add_lists(routes: APIRouter, work: ListsWork, sessions: StaffSessions, talk: TalkOf) -> None:
    """Add these routes to the console's."""
    _finding(routes, work, sessions)
    _labels(routes, work, sessions, talk)
    _views(routes, work, sessions)
    _placing(routes, work, sessions, talk)
    _viewing(routes, work, sessions, talk)


def _finding(routes: APIRouter, work: ListsWork, sessions: StaffSessions) -> None:
    Staff = Annotated[Agent, Depends(sessions.agent)]
    Chosen = Annotated[Filters, Depends(_filters)]
    counter = work.desk.counter

    @routes.get("/lists/setup", tags=_TAGS)
    async def setup(agent: Staff) -> ls.Setup:
        """Labels, topics and channels to choose from."""
        return setup_view(await work.labels(), work.topics(), work.case_url, counter)

    @routes.get("/lists/page", tags=_TAGS)
    async def page(
        agent: Staff,
        filters: Chosen,
        limit: Annotated[int, Query(ge=1, le=200)] = 100,
        cursor: Annotated[str | None, Query(max_length=300)] = None,
    ) -> ls.Page:
        """A page of the conversations that these filters leave, closed ones too."""
        rows, total = await work.page(agent, filters, place_of(cursor), limit + 1)
        views = [conversation_view(row, counter) for row in rows[:limit]]
        more = cursor_after(rows[limit - 1]) if len(rows) > limit else None
        return ls.Page(conversations=views, next_cursor=more, total=total)

    @routes.get("/search", tags=_TAGS)
    async def search(
        agent: Staff, filters: Chosen, q: Annotated[str, Query(max_length=200)] = ""
    ) -> ls.Found:
        """Conversations with these words, this reference or this address. Logged."""
        typed = clean_text(q)
        wanted = read_wanted(typed)
        if not (wanted.terms or wanted.reference or wanted.address):
            return ls.Found(hits=[], more=False)
        hits = await work.search(agent, typed, wanted, filters, _MOST + 1)
        shown = [hit_view(hit, wanted, counter) for hit in hits[:_MOST]]
        return ls.Found(hits=shown, more=len(hits) > _MOST)


def _labels(routes: APIRouter, work: ListsWork, sessions: StaffSessions, talk: TalkOf) -> None:
    Staff = Annotated[Agent, Depends(sessions.agent)]
    Talk = Annotated[ConversationId, Depends(talk)]
    errors = error_responses(404, 409)

    @routes.post("/labels", status_code=201, tags=_TAGS, responses=errors)
    async def make(body: ls.NewLabel, agent: Staff) -> ls.LabelView:
        """A new label, for everybody. For team leads."""
        name = clean_text(body.name)
        if not name:
            raise ApiError(422, "text_empty")
        label = Label(work.desk.counter.new_id(), name, body.colour)
        await work.put_label(agent, label)
        return ls.LabelView(id=label.id, name=label.name, colour=body.colour)

    @routes.delete("/labels/{id}", status_code=204, tags=_TAGS, responses=errors)
    async def drop(id: str, agent: Staff) -> Response:
        """Take a label away everywhere. For team leads."""
        await work.drop_label(agent, plain_id(id, "label_unknown"))
        return Response(status_code=204)

    @routes.put("/conversations/{id}/labels/{label}", tags=_TAGS, responses=errors)
    async def add(id: Talk, label: str, agent: Staff) -> s.Moved:
        row = await work.label(agent, id, plain_id(label, "label_unknown"), on=True)
        return s.Moved(conversation=conversation_view(row, work.desk.counter))

    @routes.delete("/conversations/{id}/labels/{label}", tags=_TAGS, responses=errors)
    async def remove(id: Talk, label: str, agent: Staff) -> s.Moved:
        row = await work.label(agent, id, plain_id(label, "label_unknown"), on=False)
        return s.Moved(conversation=conversation_view(row, work.desk.counter))


def _views(routes: APIRouter, work: ListsWork, sessions: StaffSessions) -> None:
    Staff = Annotated[Agent, Depends(sessions.agent)]

    @routes.get("/views", tags=_TAGS)
    async def views(agent: Staff) -> ls.ViewList:
        """Saved filters, one's own and the shared ones, with a count."""
        found = await work.views(agent, lambda view: filters_of(saved(view)))
        return ls.ViewList(
            views=[
                ls.ViewOfList(
                    id=view.id,
                    name=view.name,
                    shared=view.shared,
                    mine=view.agent == agent.id,
                    filters=saved(view),
                    count=count,
                )
                for view, count in found
            ]
        )

    @routes.post("/views", status_code=201, tags=_TAGS, responses=error_responses(409))
    async def save(body: ls.NewView, agent: Staff) -> ls.ViewOfList:
        """Save filters under a name; team leads may share them."""
        name = clean_text(body.name)
        if not name:
            raise ApiError(422, "text_empty")
        kept = body.filters.model_dump(mode="json")
        view = SavedView(work.desk.counter.new_id(), agent.id, name, body.shared, kept)
        await work.save_view(view, agent)
        return ls.ViewOfList(
            id=view.id, name=name, shared=view.shared, mine=True, filters=body.filters, count=0
        )

    @routes.delete("/views/{id}", status_code=204, tags=_TAGS, responses=error_responses(404))
    async def drop(id: str, agent: Staff) -> Response:
        await work.drop_view(agent, plain_id(id, "view_unknown"))
        return Response(status_code=204)


def _placing(routes: APIRouter, work: ListsWork, sessions: StaffSessions, talk: TalkOf) -> None:
    Staff = Annotated[Agent, Depends(sessions.agent)]
    Talk = Annotated[ConversationId, Depends(talk)]
    errors = error_responses(404, 409)

    def moved(row: Row) -> s.Moved:
        return s.Moved(conversation=conversation_view(row, work.desk.counter))

    @routes.put("/conversations/{id}/snooze", tags=_TAGS, responses=errors)
    async def snooze(id: Talk, body: ls.Snooze, agent: Staff) -> s.Moved:
        """Put off what you hold, until a moment or until the tenant writes."""
        return moved(await work.snooze(agent, id, body.until))

    @routes.delete("/conversations/{id}/snooze", tags=_TAGS, responses=errors)
    async def wake(id: Talk, agent: Staff) -> s.Moved:
        return moved(await work.wake(agent, id))

    @routes.put("/conversations/{id}/topic", tags=_TAGS, responses=errors)
    async def correct(id: Talk, body: ls.CorrectTopic, agent: Staff) -> ls.Corrected:
        """What it really is about; kept to learn from, unless it is about a crisis."""
        row, other = await work.correct(agent, id, clean_text(body.topic))
        view = conversation_view(row, work.desk.counter)
        return ls.Corrected(conversation=view, other_queue=other)

    @routes.put("/conversations/{id}/queue", tags=_TAGS, responses=errors)
    async def move(id: Talk, body: ls.MoveToQueue, agent: Staff) -> s.Moved:
        """Who waits, waits in another queue from the same moment on."""
        return moved(await work.move(agent, id, read_term(body.term), body.queue))

    @routes.post("/conversations/{id}/reopen", tags=_TAGS, responses=errors)
    async def reopen(id: Talk, agent: Staff) -> s.Moved:
        """Open a closed conversation again and hold it. The tenant is not told."""
        return moved(await work.reopen(agent, id))


def _viewing(routes: APIRouter, work: ListsWork, sessions: StaffSessions, talk: TalkOf) -> None:
    Staff = Annotated[Agent, Depends(sessions.agent)]
    Talk = Annotated[ConversationId, Depends(talk)]

    @routes.post("/conversations/{id}/viewing", tags=_TAGS, responses=error_responses(404))
    async def viewing(id: Talk, agent: Staff, body: ls.Doing | None = None) -> ls.Viewers:
        """I have this open: good for 30 seconds. Answers who else has."""
        known = await work.desk.store.read(lambda ledger: ledger.conversations.get(id))
        if known is None:
            raise ApiError(404, "conversation_unknown")
        others = work.viewing.say(agent, id, (body or ls.Doing()).doing)
        return ls.Viewers(viewers=viewer_views(others))

    @routes.get("/viewing", tags=_TAGS)
    async def all_viewing(agent: Staff) -> ls.AllViewers:
        """Who has what open now; the stream tells of changes."""
        there = work.viewing.all()
        return ls.AllViewers(viewing={id: viewer_views(who) for id, who in there.items()})
