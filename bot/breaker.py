"""Stops asking an assistant that keeps failing, so that no tenant waits for it in vain."""

from __future__ import annotations

import time
from collections.abc import Callable


class Breaker:
    """Open after so many failures in a row; after the pause it lets tries through again."""

    def __init__(
        self,
        failures: int = 5,
        pause_seconds: float = 30.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._limit = failures
        self._pause = pause_seconds
        self._clock = clock
        self._failed = 0
        self._opened_at: float | None = None

    @property
    def open(self) -> bool:
        """Whether not to ask now."""
        if self._opened_at is None:
            return False
        return self._clock() - self._opened_at < self._pause

    def succeeded(self) -> None:
        self._failed = 0
        self._opened_at = None

    def failed(self) -> None:
        self._failed += 1
        if self._failed >= self._limit:
            # A failed try after the pause opens it anew, for another pause.
            self._opened_at = self._clock()
