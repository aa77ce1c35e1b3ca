"""Tells everybody who looks at a phone that something on it may have changed."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager


class Bell:
    """``ring`` wakes every listener once, however often it rang meanwhile."""

    def __init__(self) -> None:
        self._listeners: dict[asyncio.Event, str] = {}

    def ring(self) -> None:
        for listener in self._listeners:
            listener.set()

    def looks(self, number: str) -> bool:
        """Whether somebody looks at the phone with this number now."""
        return number in self._listeners.values()

    @contextmanager
    def listening(self, number: str) -> Iterator[asyncio.Event]:
        event = asyncio.Event()
        self._listeners[event] = number
        try:
            yield event
        finally:
            del self._listeners[event]
