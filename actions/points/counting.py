"""Asks the counting process, and starts it at first use."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import select
import subprocess
import sys
import threading
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Protocol

from actions.points.result import BadHome, Group, NotNow, Points, UnknownYear

_ROOT = Path(__file__).resolve().parents[2]
_KEPT = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT")
PATIENCE_SECONDS = 4.0
"""Below the limit of an action. Starting takes 1 to 3 seconds, a count some 20 ms."""


class Counter(Protocol):
    def wake(self) -> None:
        """Points will be counted soon."""

    async def count(self, home: Mapping[str, Any], day: date) -> Points:
        """Count the points of this home on this day, local date.

        Raises:
            UnknownYear, BadHome, NotNow
        """


class CountingProcess:
    """One process for all; questions wait for each other."""

    def __init__(self, patience_seconds: float = PATIENCE_SECONDS) -> None:
        self._patience = patience_seconds
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def wake(self) -> None:
        """Start it beside what is going on, if it does not run."""
        if self._lock.acquire(blocking=False):
            try:
                self._running()
            finally:
                self._lock.release()

    async def count(self, home: Mapping[str, Any], day: date) -> Points:
        asked = {"home": dict(home), "date": day.isoformat()}
        return read_points(await asyncio.to_thread(self._ask, asked))

    def stop(self) -> None:
        """End it; the next question starts another."""
        with self._lock:
            self._end()

    def _ask(self, asked: Mapping[str, Any]) -> Mapping[str, Any]:
        line = json.dumps(asked).encode() + b"\n"
        if not self._lock.acquire(timeout=self._patience):
            raise NotNow("busy")
        try:
            return self._exchange(line)
        except (OSError, ValueError) as broken:
            self._end()
            raise NotNow(type(broken).__name__) from broken
        finally:
            self._lock.release()

    def _exchange(self, line: bytes) -> Mapping[str, Any]:
        process = self._running()
        assert process.stdin is not None and process.stdout is not None
        process.stdin.write(line)
        process.stdin.flush()
        ready, _, _ = select.select([process.stdout], [], [], self._patience)
        if not ready:
            raise TimeoutError  # an answer that comes later must not be read as the next one
        answer = json.loads(process.stdout.readline())
        if not isinstance(answer, dict):
            raise ValueError("no answer")
        return answer

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._end()
            self._process = subprocess.Popen(
                [sys.executable, "-m", "actions.points.child"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=_ROOT,
                # Nothing of our settings and secrets; one thread is enough for adding up.
                env={
                    **{name: os.environ[name] for name in _KEPT if name in os.environ},
                    "OPENBLAS_NUM_THREADS": "1",
                },
            )
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):  # it died with a question half written
                    pipe.close()


def read_points(answer: Mapping[str, Any]) -> Points:
    """The answer of the process as values.

    Raises:
        UnknownYear, BadHome
    """
    error = answer.get("error")
    if error == "year":
        raise UnknownYear
    if error is not None or answer.get("points") is None or answer.get("maximum") is None:
        raise BadHome(str(answer.get("why") or "no points"))
    return Points(
        round(Decimal(str(answer["points"]))),
        Decimal(str(answer["maximum"])).quantize(Decimal("0.01")),
        tuple(Group(str(code), Decimal(str(points or 0))) for code, points in answer["groups"]),
        tuple(str(one) for one in answer["warnings"]),
    )


counting = CountingProcess()
"""The one of this process. It takes no memory until it is asked."""
