"""Getting what a provider keeps for us, and having it deleted there when we have it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

import structlog

from channels.media import CarriesMedia, MediaGone, MediaRefusal, MediaRefused, MediaUncertain
from channels.port import Channel, MediaRef
from handoff.change import Applied, Change
from handoff.clock import Clock
from handoff.counter import Counter
from handoff.hints import Hints
from handoff.ledger import Job, Ledger, Store
from handoff.ledger.media import FileState, MediaFile
from handoff.media.keeping import kept
from handoff.media.shelf import Shelf
from handoff.media.sniff import limit_for
from handoff.model import Closed, Conversation, Draft

log = structlog.get_logger()
MOST_ATTEMPTS = 6
"""Over about ten minutes; then the tenant is asked to send it again."""
MOST_DELETIONS = 10
_SURELY_GONE = 2
"""A provider may tell of a file a moment before it has it."""
_FIRST_PAUSE = timedelta(seconds=10)
_UNREACHABLE, _MISSING = "unreachable", "missing"
_TOLD = {
    MediaRefusal.TOO_LARGE.value: "media_too_large",
    MediaRefusal.WRONG_TYPE.value: "media_wrong_type",
    MediaRefusal.BROKEN.value: "media_wrong_type",
    MediaRefusal.NO_MEDIA.value: "media_not_here",
    _UNREACHABLE: "media_not_here",
    _MISSING: "media_not_here",
}
"""Text by what went wrong. No line for a foreign address: no honest message holds one."""


@dataclass(frozen=True, slots=True)
class Fetching:
    """The handlers of ``fetch`` and ``forget`` jobs."""

    store: Store
    channels: Mapping[str, Channel]
    shelf: Shelf
    counter: Counter
    clock: Clock
    hints: Hints

    async def run(self, job: Job) -> None:
        """Fetch one file, or note why there is none."""
        file, channel = await self._subject(job)
        if file is None or file.state is not FileState.WAITING:
            await self.store.write(lambda ledger: ledger.jobs.finish(job))
            return
        try:
            await self._end(job, await self._fetched(file, channel))
        except MediaRefused as refused:
            await self._end(job, _without(file, FileState.REFUSED, refused.reason.value))
        except MediaGone:
            await self._again(job, file, _MISSING, _SURELY_GONE)
        except MediaUncertain as failure:
            log.warning("media_uncertain", file=file.id, error=str(failure))
            await self._again(job, file, _UNREACHABLE, MOST_ATTEMPTS)

    async def _fetched(self, file: MediaFile, channel: Channel | None) -> MediaFile:
        if not isinstance(channel, CarriesMedia):
            raise MediaRefused(MediaRefusal.NO_MEDIA)
        limit = limit_for(file.content_type)
        fetched = await channel.fetch_media(_ref(file), limit)
        return await kept(file, fetched.body, self.shelf)

    async def _subject(self, job: Job) -> tuple[MediaFile | None, Channel | None]:
        def work(ledger: Ledger) -> tuple[MediaFile | None, Conversation | None]:
            return ledger.media.get(job.payload["file"]), ledger.conversations.get(job.conversation)

        file, talk = await self.store.read(work)
        return file, self.channels.get(talk.channel) if talk else None

    async def _again(self, job: Job, file: MediaFile, why: str, most: int) -> None:
        if job.attempt >= most:
            await self._end(job, _without(file, FileState.GONE, why))
            return
        due = self.clock.now() + _FIRST_PAUSE * 2 ** (job.attempt - 1)
        await self.store.write(lambda ledger: ledger.jobs.retry(job, due, why))

    async def _end(self, job: Job, file: MediaFile) -> None:
        def work(ledger: Ledger) -> Conversation | None:
            now = self.clock.now()
            talk = ledger.conversations.get(file.conversation, lock=True)
            if talk is None or not ledger.jobs.finish(job):
                return None
            ledger.media.save(file)
            if file.state is not FileState.GONE:
                payload = {"file": file.id}
                ledger.jobs.put("forget", talk.id, now, f"forget:{file.id}", payload)
            told = self._told(ledger, talk, file)
            return told.conversation if told else talk

        conversation = await self.store.write(work)
        if conversation is not None:
            self.hints.changed(conversation)

    def _told(self, ledger: Ledger, talk: Conversation, file: MediaFile) -> Applied | None:
        """What was thanked for and did not come must be said, unless all is over."""
        key = _TOLD.get(file.detail)
        if key is None or isinstance(talk.holder, Closed):
            return None
        change = Change(drafts=(Draft(self.counter.system, self.counter.words.text(key)),))
        change = self.counter.lines.added_to(change, ledger.messages.after(talk.id, 0))
        return ledger.conversations.apply(talk.id, talk.term, change, self.clock.now())

    async def forget(self, job: Job) -> None:
        """Have the provider delete what we took or refused."""
        file, channel = await self._subject(job)
        if file is None or not file.provider_ref or not isinstance(channel, CarriesMedia):
            await self.store.write(lambda ledger: ledger.jobs.finish(job))
            return
        try:
            await channel.forget_media(_ref(file))
        except MediaUncertain as failure:
            await self._forget_later(job, str(failure))
            return

        def work(ledger: Ledger) -> None:
            now = ledger.media.get(file.id)
            if ledger.jobs.finish(job) and now is not None:
                ledger.media.save(replace(now, provider_ref=""))

        await self.store.write(work)

    async def _forget_later(self, job: Job, why: str) -> None:
        if job.attempt >= MOST_DELETIONS:
            log.error("media_still_at_provider", job=job.id, error=why)
            await self.store.write(lambda ledger: ledger.jobs.bury(job, why))
            return
        due = self.clock.now() + _FIRST_PAUSE * 2 ** (job.attempt - 1)
        await self.store.write(lambda ledger: ledger.jobs.retry(job, due, why))


def _ref(file: MediaFile) -> MediaRef:
    return MediaRef(file.provider_ref, file.content_type)


def _without(file: MediaFile, state: FileState, why: str) -> MediaFile:
    return replace(file, state=state, size=0, detail=why)
