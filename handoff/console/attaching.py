"""Photos and PDFs that staff send: made ready with the draft, and sent as messages."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from channels.media import MediaRefusal, MediaRefused
from channels.port import Channel, FileWay
from handoff import desk
from handoff.change import Applied, Change
from handoff.clean_text import clean_text
from handoff.console.work import DeskWork, found, holds, words_for_tenant
from handoff.http_errors import ApiError
from handoff.ledger import Ledger
from handoff.ledger.media import FileKind, FileState, MediaFile
from handoff.media.keeping import OfStaff, keep_upload
from handoff.media.sending import Door, ways_open
from handoff.media.shelf import Shelf
from handoff.media.sniff import sniff
from handoff.media.sweeping import Sweeping
from handoff.model import Agent, Conversation, ConversationId, Message

MOST_READY = 5
_LONGEST_NAME = 80
_PDF = "application/pdf"
_PDF_TAIL = 2_048
_ACTIVE_PDF = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFile|RichMedia)\b")
"""What a letter or a contract does not need, and a tenant's phone should not get from us."""


@dataclass(frozen=True, slots=True)
class Ready:
    """What lies ready, and the code of why it cannot go from here, "" when it can."""

    files: Sequence[MediaFile]
    refusal: str


@dataclass(frozen=True, slots=True)
class Attaching:
    desk: DeskWork
    channels: Mapping[str, Channel]
    shelf: Shelf
    door: Door

    async def ready(self, agent: Agent, id: ConversationId) -> Ready:
        def work(ledger: Ledger) -> Ready:
            here = found(ledger, id)
            return Ready(_ready(ledger, agent, id), self.refusal(here))

        return await self.desk.store.read(work)

    async def add(self, agent: Agent, id: ConversationId, raw: bytes, name: str) -> MediaFile:
        """Keep a file with the draft; it goes nowhere yet.

        Raises:
            ApiError: 404 no such conversation; 409 this agent does not hold it, the channel takes
                no files, or there are enough; 413 or 422 it is no photo or PDF that may go.
        """

        def may(ledger: Ledger) -> None:
            here = found(ledger, id)
            if not holds(here, agent):
                raise ApiError(409, "not_holder")
            self.check(here)
            if len(_ready(ledger, agent, id)) >= MOST_READY:
                raise ApiError(409, "file_too_many")
            ledger.desk.log_access(agent.id, id, "file_add", self.desk.clock.now())

        await self.desk.store.write(may)
        try:
            kind = _kind(raw)
            called = OfStaff(agent.id, self._name(name, kind))
            store, clock = self.desk.store, self.desk.clock
            return await keep_upload(raw, id, store, self.shelf, clock, called)
        except MediaRefused as refused:
            raise _refused(refused) from refused

    async def drop(self, agent: Agent, id: ConversationId, file: str) -> None:
        """Take a file out of the draft. A second time is harmless; a sent one stays.

        Raises:
            ApiError: 404 it is not of this member of staff, or it was sent.
        """
        known = await self.desk.store.read(lambda ledger: ledger.media.get(file))
        if known is None or known.by != agent.id or known.conversation != id:
            raise ApiError(404, "file_unknown")
        if not await Sweeping(self.desk.store, self.shelf, self.desk.clock).remove(file):
            raise ApiError(404, "file_unknown")

    async def say(
        self,
        agent: Agent,
        id: ConversationId,
        term: int | None,
        text: str,
        files: Sequence[str],
        client_msg_id: str,
    ) -> Message:
        """Answer the tenant with files; the first of the messages.

        Raises:
            ApiError: 409 as for any answer, or the channel takes no files; 404 a file is not
                there, or it was sent before.
        """
        words = words_for_answer(text, files)

        def work(ledger: Ledger) -> tuple[Message, Applied | None]:
            here = found(ledger, id, lock=True)
            known = ledger.messages.by_client_id(id, client_msg_id)
            if known is not None:
                return the_same(known, agent, words), None
            self.check(here)
            labels = self.labels(ledger, agent, files)
            applied = self.desk.apply(
                ledger, here, term, partial(_shown, agent, words, client_msg_id, labels)
            )
            self.give(ledger, agent, files, applied.messages)
            return applied.messages[0], applied

        message, applied = await self.desk.store.write(work)
        if applied is not None:
            self.desk.hints.changed(applied.conversation)
        return message

    def refusal(self, conversation: Conversation) -> str:
        """Why no file can go there, as the code of an error; "" when it can."""
        channel = self.channels.get(conversation.channel)
        if channel is None or channel.capabilities.sends_files is FileWay.NONE:
            return "files_not_here"
        open_now = ways_open(self.channels, conversation.channel, self.door)
        return "files_no_address" if open_now is FileWay.NONE else ""

    def check(self, conversation: Conversation) -> None:
        """Raises ApiError (409) when no file can go there."""
        refusal = self.refusal(conversation)
        if refusal:
            raise ApiError(409, refusal)

    def labels(self, ledger: Ledger, agent: Agent, files: Sequence[str]) -> Sequence[str]:
        """What stands in the log for each file; ApiError (404) for one that cannot be sent."""
        words, labels = self.desk.counter.words, []
        for id in files:
            file = ledger.media.get(id)
            if file is None or file.by != agent.id or file.message or not _is_kept(file):
                raise ApiError(404, "file_unknown")
            photo = file.kind is FileKind.PHOTO
            key = "agent_sent_photo" if photo else "agent_sent_file"
            labels.append(words.text(key, name=file.name))
        return labels

    def give(
        self, ledger: Ledger, agent: Agent, files: Sequence[str], written: Sequence[Message]
    ) -> None:
        """Give each file its message: the last of those that were written."""
        for id, message in zip(files, written[len(written) - len(files) :], strict=True):
            if not ledger.media.send(id, agent.id, message.conversation, message.id):
                raise ApiError(404, "file_unknown")
            now = self.desk.clock.now()
            ledger.desk.log_access(agent.id, message.conversation, "file_send", now)

    def _name(self, given: str, kind: FileKind) -> str:
        """A name that a tenant can read, with the ending of what the file is."""
        words = self.desk.counter.words
        if kind is FileKind.PHOTO:
            return words.text("agent_file_name_photo")
        plain = re.sub(r'[\\/:*?"<>|\n\t]+', " ", clean_text(given)).strip(" .")
        stem = re.sub(r"\.pdf$", "", " ".join(plain.split()), flags=re.IGNORECASE)
        stem = stem[:_LONGEST_NAME].strip(" .")
        return f"{stem}.pdf" if stem else words.text("agent_file_name_pdf")


def _ready(ledger: Ledger, agent: Agent, id: ConversationId) -> Sequence[MediaFile]:
    files = ledger.media.of(id)
    return [one for one in files if one.by == agent.id and not one.message and _is_kept(one)]


def _is_kept(file: MediaFile) -> bool:
    return file.state is FileState.KEPT


def _kind(raw: bytes) -> FileKind:
    """What it is, from its bytes.

    Raises:
        MediaRefused: no photo or PDF, or a PDF that is not whole or does something.
    """
    found = sniff(raw)
    if found.kind is FileKind.PHOTO:
        return found.kind
    if found.content_type != _PDF:
        raise MediaRefused(MediaRefusal.WRONG_TYPE)
    if b"%%EOF" not in raw[-_PDF_TAIL:] or _ACTIVE_PDF.search(raw):
        raise MediaRefused(MediaRefusal.BROKEN)
    return found.kind


def _refused(refused: MediaRefused) -> ApiError:
    match refused.reason:
        case MediaRefusal.TOO_LARGE:
            return ApiError(413, "file_too_large")
        case MediaRefusal.BROKEN:
            return ApiError(422, "file_broken")
        case _:
            return ApiError(422, "file_wrong_type")


def words_for_answer(text: str, files: Sequence[str]) -> str:
    """What staff write, clean; with files it may be nothing.

    Raises:
        ApiError: 422 when it is empty without files, or a place in it was not filled in.
    """
    return "" if files and not text.strip() else words_for_tenant(text)


def the_same(known: Message, agent: Agent, words: str) -> Message:
    """What was written with this id already; 409 when that is something else."""
    if known.author.ref != agent.id or (words and known.text != words):
        raise ApiError(409, "message_conflict")
    return known


def _shown(
    agent: Agent, words: str, key: str, labels: Sequence[str], conversation: Conversation
) -> Change:
    return desk.show(conversation, agent, words, key, labels)
