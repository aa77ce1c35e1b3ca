"""Where a call is. It travels in the address that the provider asks next, which its signature
covers, so nothing of a call is kept in memory and the same request again means the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from urllib.parse import urlencode

PREFIX = "/channels/phone"
GREETING = 1
"""``seq`` of the greeting, which every conversation begins with."""


@dataclass(frozen=True, slots=True)
class Place:
    """``told``: up to this ``seq`` of the log the caller has heard everything."""

    turn: int = 1
    told: int = GREETING
    asked: int = 0
    """``seq`` of the words whose answer is waited for."""
    looked: int = 0
    """How often a sentence has filled the wait for it."""
    silences: int = 0
    unclear: bool = False
    """The last words were not understood well enough to keep them."""
    offer: bool = False
    """We just asked whether the caller wants a text."""
    done: bool = False
    """Nothing is left to say: silence ends the call."""

    def next(self, told: int | None = None) -> Place:
        """The turn after this one, with nothing held against the caller."""
        return Place(turn=self.turn + 1, told=max(self.told, told or 0))

    def silent(self) -> Place:
        return replace(self.next(), silences=self.silences + 1, done=self.done)

    def not_clear(self) -> Place:
        return replace(self.next(), unclear=True)

    def offering(self) -> Place:
        return replace(self, offer=True)

    def with_all_said(self) -> Place:
        return replace(self.next(), done=True)

    @property
    def for_words(self) -> str:
        return self._path("turn")

    @property
    def for_waiting(self) -> str:
        return self._path("wait")

    @property
    def after_ringing(self) -> str:
        return self._path("rung")

    def for_stream(self, call: str) -> str:
        """Of this call alone, so that a signature on it is good for no other."""
        return self._path("relay", {"call": call})

    def _path(self, what: str, more: Mapping[str, str] | None = None) -> str:
        values: dict[str, int | str] = {
            name: int(value)
            for name, value in asdict(self).items()
            if name != "turn" and value != getattr(Place(), name)
        }
        values |= more or {}
        query = f"?{urlencode(values)}" if values else ""
        return f"{PREFIX}/{what}/{self.turn}{query}"
