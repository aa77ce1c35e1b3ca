"""A step of a call in the provider's own language, and what survives the end of a stream."""

from __future__ import annotations

import json
from collections.abc import Mapping

from handoff.phone.place import PREFIX, Place
from handoff.phone.steps import Bridge, Connect, HangUp, Listen, Step
from handoff.phone.telephone import Telephone

AFTER_STREAM = f"{PREFIX}/relayed"
_CONNECT, _HANG_UP = "connect", "hang_up"


def as_xml(step: Step, telephone: Telephone) -> str:
    """What the provider is answered with, when it asks again for each turn."""
    match step:
        case Listen(said, place, hints):
            return telephone.listen(said, place.for_words, hints)
        case Bridge(said, place):
            return telephone.bridge(said, place.for_waiting)
        case Connect(said, place):
            return telephone.connect(said, place.after_ringing)
        case HangUp(said):
            return telephone.hang_up(said)


def as_stream(step: Step, telephone: Telephone, call: str) -> str:
    """The same, but where it listens the talk goes on over a stream, if the line has one."""
    if isinstance(step, Listen) and telephone.streams:
        then = step.place.for_stream(call)
        return telephone.stream(step.said, then, AFTER_STREAM, step.hints)
    return as_xml(step, telephone)


def handed_over(step: Connect | HangUp) -> str:
    """What must be done when the stream has ended: words at its end would be cut off."""
    if isinstance(step, HangUp):
        return json.dumps({"do": _HANG_UP, "said": step.said}, ensure_ascii=False)
    at = {"turn": step.place.turn, "told": step.place.told}
    return json.dumps({"do": _CONNECT, "said": step.said, **at}, ensure_ascii=False)


def read_handed(handed: str) -> Connect | HangUp | None:
    """What we handed over; None when the stream broke off or this is not ours."""
    try:
        told = json.loads(handed)
    except ValueError:
        return None
    if not isinstance(told, dict) or not _are_words(told.get("said")):
        return None
    said = tuple(told["said"])
    if told.get("do") == _HANG_UP:
        return HangUp(said)
    turn, seq = _number(told, "turn"), _number(told, "told")
    return Connect(said, Place(turn=turn, told=seq)) if told.get("do") == _CONNECT else None


def _are_words(said: object) -> bool:
    return isinstance(said, list) and all(isinstance(line, str) for line in said)


def _number(told: Mapping[str, object], name: str) -> int:
    value = told.get(name)
    return value if isinstance(value, int) and value > 0 else 1
