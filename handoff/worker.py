"""The worker: leases due jobs and runs them, many conversations at once, each in order."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping
from datetime import timedelta
from uuid import uuid4

import structlog

from handoff.clock import Clock
from handoff.hints import Hints
from handoff.ledger import Job, Ledger, Store

log = structlog.get_logger()
Handler = Callable[[Job], Awaitable[None]]
LEASE = timedelta(seconds=30)
MOST_AT_ONCE = 16
MOST_CRASHES = 5
_LOOK_EVERY = 1.0
_PAUSE_AFTER_ERROR = timedelta(seconds=1)
_PAUSE_OF_THE_LASTING = timedelta(minutes=10)


class Worker:
    """``lasting``: kinds that are never given up, as somebody waits for what they do."""

    def __init__(
        self,
        store: Store,
        handlers: Mapping[str, Handler],
        clock: Clock,
        hints: Hints,
        lasting: Collection[str] = (),
    ) -> None:
        self._store = store
        self._handlers = handlers
        self._lasting = frozenset(lasting)
        self._clock = clock
        self._hints = hints
        self._name = uuid4().hex
        self._running: set[asyncio.Task[None]] = set()
        self._stopping = False

    async def work(self) -> None:
        """Run until stopped. A hint starts a look at the table at once; so does a second's wait."""
        while not self._stopping:
            self._hints.work.clear()
            room = MOST_AT_ONCE - len(self._running)
            jobs = await self._claim(room) if room else ()
            for job in jobs:
                self._start(job)
            if jobs and room > len(jobs):
                continue
            await self._wait()

    async def _claim(self, room: int) -> list[Job]:
        def work(ledger: Ledger) -> list[Job]:
            now = self._clock.now()
            kinds = tuple(self._handlers)
            return list(ledger.jobs.claim(kinds, self._name, now, now + LEASE, room))

        try:
            return await self._store.write(work)
        except Exception:
            log.exception("claim_failed")  # the database is away; look again in a second
            return []

    def _start(self, job: Job) -> None:
        task = asyncio.create_task(self._run(job))
        self._running.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        self._hints.work.set()

    async def _run(self, job: Job) -> None:
        try:
            await self._handlers[job.kind](job)
        except Exception as error:
            log.exception("job_failed", job=job.id, kind=job.kind, attempt=job.attempt)
            await self._put_back(job, type(error).__name__)

    async def _put_back(self, job: Job, error: str) -> None:
        def work(ledger: Ledger) -> None:
            if job.attempt < MOST_CRASHES:
                ledger.jobs.retry(job, self._clock.now() + _PAUSE_AFTER_ERROR, error)
            elif job.kind in self._lasting:
                ledger.jobs.retry(job, self._clock.now() + _PAUSE_OF_THE_LASTING, error)
            else:
                ledger.jobs.bury(job, error)

        try:
            await self._store.write(work)
        except Exception:
            log.exception("put_back_failed", job=job.id)  # the lease runs out by itself

    async def _wait(self) -> None:
        try:
            async with asyncio.timeout(_LOOK_EVERY):
                await self._hints.work.wait()
        except TimeoutError:
            return

    def run_in_background(self) -> asyncio.Task[None]:
        return asyncio.create_task(self.work(), name="worker")

    async def drain(self) -> None:
        """Run all that is due now, and what follows from it, then return. For tests and tools."""
        while jobs := await self._claim(MOST_AT_ONCE):
            await asyncio.gather(*(self._run(job) for job in jobs))

    async def stop(self, patience: float = 10.0) -> None:
        """Claim nothing more; let running jobs end. What is not done in time keeps its lease."""
        self._stopping = True
        self._hints.work.set()
        if self._running:
            await asyncio.wait(self._running, timeout=patience)
