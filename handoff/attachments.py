"""Photos, voice notes and files in a message: the rows they get, and what the tenant hears.

What lies with a provider is fetched later (``handoff.media``); here nothing waits for a network.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import uuid4

from bot.sensitive import Kind
from channels.port import Attached, Body, MediaRef
from handoff import policy
from handoff.change import Change
from handoff.counter import Counter, event
from handoff.ledger import Ledger
from handoff.ledger.media import FileKind, FileState, MediaFile
from handoff.model import (
    AuthorKind,
    Bot,
    Choice,
    Closed,
    Conversation,
    ConversationId,
    Draft,
    Held,
    Message,
    MessageKind,
    State,
    Waiting,
)
from handoff.said import words_of

REPORT = "/repair_report"
MOST_FILES = 10
"""Of one message."""
_LONGEST_TYPE = 100
_OWN_LINES = (
    *("photo_for_report", "voice_not_heard", "file_kept"),
    *(f"unasked_{kind}" for kind in Kind),
)


class UnknownUpload(Exception):
    """This upload is not of this conversation, or went with another message."""


@dataclass(frozen=True, slots=True)
class Talk:
    """What is known when files come in. ``in_form``: the assistant asks the fields of a report."""

    conversation: Conversation
    before: Sequence[Message]
    in_form: bool
    waited_for: bool


def kind_of(content_type: str) -> FileKind:
    """What a file seems to be, before anybody looked into it."""
    family = content_type.lower().partition("/")[0]
    return {"image": FileKind.PHOTO, "audio": FileKind.VOICE}.get(family, FileKind.FILE)


def without_words(body: Body) -> bool:
    """Files and nothing else: no turn of the assistant is due for these."""
    return isinstance(body, Attached) and bool(body.media) and not words_of(body)


def talk_of(ledger: Ledger, conversation: Conversation, waited_for: bool) -> Talk:
    """What is known of a conversation when files come in."""
    in_form = bool(ledger.turns.session(conversation.id).carry.get("active_form"))
    return Talk(conversation, ledger.messages.after(conversation.id, 0), in_form, waited_for)


def take(talk: Talk, body: Body, client_msg_id: str, counter: Counter) -> Change:
    """Files without words. A question that waits for the assistant still gets its answer."""
    kind = _leading(body.media if isinstance(body, Attached) else ())
    said = Draft(
        counter.tenant,
        counter.words.text(f"tenant_sent_{kind}"),
        payload=policy.FILES,
        client_msg_id=client_msg_id,
    )
    match talk.conversation.holder:
        case Held():
            return Change(drafts=(said,), answered=True)
        case Waiting():
            told = Draft(counter.system, counter.words.text("waiting_ack"))
            return Change(drafts=(said,) if talk.waited_for else (said, told), answered=True)
        case Closed():
            again = event(counter, "reopened", State.BOT)
            drafts = (said, again, *_told(talk, kind, counter))
            return Change(drafts=drafts, holder=Bot(), answered=True, new_session=True)
        case Bot():
            return Change(drafts=(said, *_told(talk, kind, counter)))


def thanked(change: Change, talk: Talk, body: Body, counter: Counter) -> Change:
    """Files with words: the words get their answer, and right behind them a line on the files."""
    if not isinstance(body, Attached) or not body.media or not change.turn_due:
        return change
    line = Draft(counter.bot, counter.words.text(_line(talk, _leading(body.media))))
    said, *rest = change.drafts
    return replace(change, drafts=(said, line, *rest))


def _told(talk: Talk, kind: FileKind, counter: Counter) -> tuple[Draft, ...]:
    key = _line(talk, kind)
    line = Draft(counter.bot, counter.words.text(key))
    last = _bot_lines(talk.before)[-1:]
    question = _question(talk, counter) if talk.in_form else None
    if question is None:
        choices = _choices(kind, counter)
        line = replace(line, text=counter.words.text(f"{key}_alone"), choices=choices)
    ends = question or line
    if last and last[0].text == ends.text and _only_files_since(talk.before, last[0]):
        return ()  # a photo of the same album: the thanks and the question stand there already
    return (line, question) if question else (line,)


def _line(talk: Talk, kind: FileKind) -> str:
    if kind is FileKind.PHOTO:
        return "photo_for_report" if talk.in_form else "photo_kept"
    return "voice_not_heard" if kind is FileKind.VOICE else "file_kept"


def _leading(media: Sequence[MediaRef]) -> FileKind:
    """What the tenant must hear something of: a voice note goes before a photo."""
    kinds = {kind_of(ref.content_type) for ref in media}
    first = (kind for kind in (FileKind.VOICE, FileKind.PHOTO) if kind in kinds)
    return next(first, FileKind.FILE)


def _choices(kind: FileKind, counter: Counter) -> tuple[Choice, ...]:
    person = Choice(counter.new_id(), counter.words.text("choice_person"), policy.PERSON)
    topic = counter.catalogue.get(REPORT.removeprefix("/"))
    if kind is FileKind.VOICE or topic is None:
        return (person,)
    return Choice(counter.new_id(), topic.title, REPORT), person


def _bot_lines(before: Sequence[Message]) -> list[Message]:
    return [
        message
        for message in before
        if message.author.kind is AuthorKind.BOT
        and message.seq is not None
        and message.kind is MessageKind.TEXT
    ]


def _question(talk: Talk, counter: Counter) -> Draft | None:
    """The question of the report that still stands, to be asked again below the thanks."""
    own = {counter.words.text(key) for key in _OWN_LINES}
    asked = [message for message in _bot_lines(talk.before) if message.text not in own]
    if not asked:
        return None
    again = tuple(Choice(counter.new_id(), c.title, c.payload) for c in asked[-1].choices)
    return Draft(counter.bot, asked[-1].text, choices=again)


def _only_files_since(before: Sequence[Message], line: Message) -> bool:
    """Whether the tenant said nothing but files around this line of ours: it was an answer to one,
    and nothing came after it."""
    earlier = [m for m in before if m.author.kind is AuthorKind.TENANT and m.pos < line.pos]
    later = [m for m in before if m.author.kind is AuthorKind.TENANT and m.pos > line.pos]
    answered = bool(earlier) and earlier[-1].payload == policy.FILES
    return answered and all(m.payload == policy.FILES for m in later)


def write_down(ledger: Ledger, message: Message, body: Body, now: datetime) -> None:
    """Give each file its row beside the message, and a job where a provider still has it.

    Raises:
        UnknownUpload: an upload that is not free for this message.
    """
    if not isinstance(body, Attached):
        return
    for no, ref in enumerate(body.media[:MOST_FILES]):
        if ref.uploaded:
            if not ledger.media.attach(ref.ref, message.conversation, message.id):
                raise UnknownUpload(ref.ref)
            continue
        file = _waiting(message, ref, uuid4().hex, now + timedelta(microseconds=no))
        ledger.media.add(file)
        ledger.jobs.put("fetch", file.conversation, now, f"fetch:{file.id}", {"file": file.id})


def photos_that_came(ledger: Ledger, conversation: ConversationId) -> int:
    """How many photos a person can see, now or in a moment."""
    there = (FileState.WAITING, FileState.KEPT)
    return sum(
        1
        for file in ledger.media.of(conversation)
        if file.kind is FileKind.PHOTO
        and file.state in there
        and file.message is not None
        and file.by is None
    )


def _waiting(message: Message, ref: MediaRef, id: str, at: datetime) -> MediaFile:
    return MediaFile(
        id=id,
        conversation=message.conversation,
        message=message.id,
        kind=kind_of(ref.content_type),
        content_type=ref.content_type[:_LONGEST_TYPE],
        size=0,
        state=FileState.WAITING,
        provider_ref=ref.ref,
        detail="",
        at=at,
    )
