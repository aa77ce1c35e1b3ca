"""Stops asking a system that keeps failing, so that no tenant waits for it in vain."""

from __future__ import annotations

from collections.abc import Callable

FAILURES = 5
PAUSE_SECONDS = 30.0


class Breaker:
    """Open after so many failures in a row; after the pause it lets tries through again."""

    def __init__(self, elapsed: Callable[[], float]) -> None:
        self._elapsed = elapsed
        """Seconds that only go up."""
        self._failed = 0
        self._open_until = 0.0

    @property
    def open(self) -> bool:
        """Whether not to ask now."""
        return self._failed >= FAILURES and self._elapsed() < self._open_until

    def succeeded(self) -> None:
        self._failed = 0

    def failed(self) -> None:
        self._failed += 1
        if self._failed >= FAILURES:
            # A failed try after the pause opens it anew, for another pause.
            self._open_until = self._elapsed() + PAUSE_SECONDS
