"""What a call does next, as values: the same for every way in which a provider carries the call."""

from __future__ import annotations

from dataclasses import dataclass

from handoff.phone.place import Place


@dataclass(frozen=True, slots=True)
class Listen:
    """Speak, then take words or a key. ``hints``: words that are likely to come."""

    said: tuple[str, ...]
    place: Place
    hints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bridge:
    """Speak while the answer is not there yet, then look again."""

    said: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Connect:
    """Speak, then ring a person."""

    said: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class HangUp:
    """Speak, then end the call."""

    said: tuple[str, ...]


Step = Listen | Bridge | Connect | HangUp
