"""Console: drafts, replies to choose from, macros, suggested answers, plain Dutch, mentions.

No postponed annotations here: FastAPI must see what `Staff` depends on.
"""

from collections.abc import Awaitable, Callable, Sequence
from enum import Enum
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from bot.plain_dutch import Marks
from handoff.console import writing_schemas as s
from handoff.console.given import client_id
from handoff.console.sessions import StaffSessions
from handoff.console.views import conversation_view, message_view
from handoff.console.writing_work import Suggestion, WritingWork
from handoff.console.written import open_places
from handoff.counter import Counter
from handoff.http_errors import error_responses
from handoff.ledger.writing import (
    ActionKind,
    AgentDraft,
    CannedReply,
    DraftKind,
    MacroAction,
    Mention,
)
from handoff.model import Agent, ConversationId

_BEYOND_BASIC_PLANE = 0xFFFF
Talk = Callable[[str, Agent], Awaitable[ConversationId]]


def add_writing_routes(
    routes: APIRouter, writing: WritingWork, sessions: StaffSessions, talk: Talk
) -> None:
    """``talk`` reads the conversation in the address, for staff only."""
    _drafts(routes, writing, sessions, talk)
    _answers(routes, writing, sessions, talk)
    _while_typing(routes, writing, sessions)


def _drafts(routes: APIRouter, writing: WritingWork, sessions: StaffSessions, talk: Talk) -> None:
    Staff = Annotated[Agent, Depends(sessions.agent)]
    Here = Annotated[ConversationId, Depends(talk)]
    tags: list[str | Enum] = ["console: writing"]

    @routes.get("/conversations/{id}/draft", tags=tags, responses=error_responses(404))
    async def read_drafts(id: Here, agent: Staff) -> s.DraftList:
        """What this member of staff has typed here and not sent, on any screen."""
        return s.DraftList(drafts=[_draft(one) for one in await writing.drafts(agent, id)])

    @routes.put("/conversations/{id}/draft", tags=tags, responses=error_responses(404, 409))
    async def put_draft(id: Here, body: s.PutDraft, agent: Staff) -> s.DraftView:
        """Keep what is typed. 409 `draft_stale`: another screen wrote since; read it first."""
        kind = DraftKind(body.kind)
        return _draft(await writing.put_draft(agent, id, kind, body.text, body.revision))

    @routes.delete(
        "/conversations/{id}/draft", tags=tags, status_code=204, responses=error_responses(404)
    )
    async def drop_draft(id: Here, agent: Staff, kind: Annotated[s.DraftKind, Query()]) -> Response:
        """It was sent or thrown away."""
        await writing.drop_draft(agent, id, DraftKind(kind))
        return Response(status_code=204)


def _answers(routes: APIRouter, writing: WritingWork, sessions: StaffSessions, talk: Talk) -> None:
    Staff = Annotated[Agent, Depends(sessions.agent)]
    Here = Annotated[ConversationId, Depends(talk)]
    tags: list[str | Enum] = ["console: writing"]
    counter = writing.desk.counter

    @routes.get("/conversations/{id}/canned-replies", tags=tags, responses=error_responses(404))
    async def read_canned(id: Here, agent: Staff) -> s.CannedList:
        """Replies to choose from, filled in; one with actions is a macro."""
        replies = await writing.canned(agent, id)
        return s.CannedList(replies=[_canned(one, counter) for one in replies])

    @routes.get("/conversations/{id}/suggestions", tags=tags, responses=error_responses(404))
    async def read_suggestions(id: Here, agent: Staff) -> s.SuggestionList:
        """Written answers of the likeliest topics, at most three."""
        return _suggested(await writing.suggestions(agent, id))

    @routes.get("/answers", tags=tags)
    async def read_answers(
        agent: Staff, q: Annotated[str, Query(max_length=200)] = ""
    ) -> s.SuggestionList:
        """Written answers of all topics with these words."""
        return _suggested(writing.answers(q))

    @routes.post(
        "/conversations/{id}/macro",
        status_code=201,
        tags=tags,
        responses=error_responses(404, 409),
    )
    async def run_macro(id: Here, body: s.RunMacro, agent: Staff) -> s.MacroDone:
        """Send the text and take the macro's steps, both or neither."""
        message, row = await writing.run_macro(
            agent, id, body.term, body.key, body.text, client_id(body.client_msg_id)
        )
        return s.MacroDone(
            message=message_view(message, counter), conversation=conversation_view(row, counter)
        )


def _while_typing(routes: APIRouter, writing: WritingWork, sessions: StaffSessions) -> None:
    Staff = Annotated[Agent, Depends(sessions.agent)]
    tags: list[str | Enum] = ["console: writing"]

    @routes.post("/plain-check", tags=tags)
    async def plain_check(body: s.PlainText, agent: Staff) -> s.PlainView:
        """Where a text is not plain Dutch. Advice only; nothing is refused for it."""
        text = body.text
        return _plain(text, writing.marks(text), writing.shelf.plain.longest_sentence)

    @routes.get("/mentions", tags=tags)
    async def read_mentions(agent: Staff) -> s.MentionList:
        """Notes that name this member of staff. Opening the conversation makes them seen."""
        return s.MentionList(mentions=[_mention(one) for one in await writing.mentions(agent)])


def _draft(draft: AgentDraft) -> s.DraftView:
    return s.DraftView(kind=draft.kind.value, text=draft.text, revision=draft.revision)


def _canned(one: CannedReply, counter: Counter) -> s.CannedView:
    return s.CannedView(
        key=one.key,
        title=one.title,
        text=one.text,
        queue=one.queue,
        missing=list(open_places(one.text)),
        actions=[_action(action, counter) for action in one.actions],
    )


def _action(action: MacroAction, counter: Counter) -> s.ActionView:
    value = action.value
    if action.kind is ActionKind.TRANSFER:
        value = counter.words.text(f"queue_{value}")
    label = counter.words.text(f"macro_{action.kind.value}", value=value)
    return s.ActionView(kind=action.kind.value, value=action.value, label=label)


def _suggested(found: Sequence[Suggestion]) -> s.SuggestionList:
    return s.SuggestionList(
        suggestions=[
            s.SuggestionView(
                intent=one.intent, title=one.title, text=one.text, confidence=one.confidence
            )
            for one in found
        ]
    )


def _plain(text: str, marks: Marks, longest: int) -> s.PlainView:
    def unit(place: int) -> int:
        return place + sum(ord(letter) > _BEYOND_BASIC_PLANE for letter in text[:place])

    return s.PlainView(
        plain=marks.is_plain,
        hard_to_read=marks.easy is False,
        longest_sentence=longest,
        sentences=[
            s.LongSentenceView(start=unit(one.start), end=unit(one.end), words=one.words)
            for one in marks.long_sentences
        ],
        words=[
            s.HardWordView(
                start=unit(one.start),
                end=unit(one.end),
                word=text[one.start : one.end],
                better=one.better,
            )
            for one in marks.hard_words
        ],
    )


def _mention(one: Mention) -> s.MentionView:
    return s.MentionView(
        message=one.message,
        conversation=one.conversation,
        reference=one.reference,
        named_by=one.named_by,
        named_at=one.named_at,
        excerpt=one.excerpt,
        seen=one.seen,
    )
