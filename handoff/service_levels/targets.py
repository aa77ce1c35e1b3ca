"""What a tenant may expect per queue, in working minutes, as ``corporation.yml`` says it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from handoff.hours import OpeningHours, read_hours

_FIRST_ANSWER = 30
_NEXT_ANSWER = 60
_RESOLUTION = 2_400
_WARN_AT = 80
_DAY_AND_NIGHT = "always"


class ClockKind(StrEnum):
    """What a clock counts down to."""

    FIRST_ANSWER = "first_answer"
    NEXT_ANSWER = "next_answer"
    RESOLUTION = "resolution"
    PROMISE = "promise"


@dataclass(frozen=True, slots=True)
class Target:
    """Working minutes per kind, and when somebody works on this queue (None: day and night)."""

    first_answer: int
    next_answer: int
    resolution: int
    hours: OpeningHours | None

    def minutes(self, kind: ClockKind) -> int:
        match kind:
            case ClockKind.FIRST_ANSWER:
                return self.first_answer
            case ClockKind.NEXT_ANSWER:
                return self.next_answer
            case _:
                return self.resolution


@dataclass(frozen=True, slots=True)
class Targets:
    """``warn_at``: the share of the target after which somebody is warned, 0 to 1."""

    default: Target
    by_queue: Mapping[str, Target]
    warn_at: float = _WARN_AT / 100

    def of(self, queue: str) -> Target:
        return self.by_queue.get(queue, self.default)


def read_targets(
    raw: Mapping[str, object], answer_minutes: Mapping[str, int], hours: OpeningHours
) -> Targets:
    """Read ``service_levels``; whatever is missing has a default.

    ``answer_minutes``: what tenants are promised per queue, which is the first answer.

    Raises:
        ValueError: a number that is no positive whole number, an unknown name, or bad hours.
    """
    _known(raw, {"warn_at_percent", "default", "queues"}, "service_levels")
    common = _mapping(raw.get("default"), "default")
    default = _target(common, {}, None, hours, "default")
    queues = _mapping(raw.get("queues"), "queues")
    by_queue = {
        name: _target(
            _mapping(queues.get(name), name), common, answer_minutes.get(name), hours, name
        )
        for name in sorted({*queues, *answer_minutes})
    }
    percent = _minutes(raw.get("warn_at_percent", _WARN_AT), "warn_at_percent")
    if percent > 100:
        raise ValueError("service_levels: warn_at_percent must be 1 to 100")
    return Targets(default, by_queue, percent / 100)


def _target(
    own: Mapping[str, object],
    common: Mapping[str, object],
    promised: int | None,
    hours: OpeningHours,
    name: str,
) -> Target:
    _known(own, {"first_answer", "next_answer", "resolution", "hours"}, name)

    def minutes(key: str, otherwise: int) -> int:
        return _minutes(own.get(key, common.get(key, otherwise)), f"{name}.{key}")

    first = own.get("first_answer", promised or common.get("first_answer", _FIRST_ANSWER))
    return Target(
        _minutes(first, f"{name}.first_answer"),
        minutes("next_answer", _NEXT_ANSWER),
        minutes("resolution", _RESOLUTION),
        _hours(own.get("hours", common.get("hours")), hours, name),
    )


def _hours(raw: object, hours: OpeningHours, name: str) -> OpeningHours | None:
    """Hours of a queue's own are closed on the same days as the corporation."""
    if raw is None:
        return hours
    if raw == _DAY_AND_NIGHT:
        return None
    return read_hours(_mapping(raw, f"{name}.hours"), tuple(hours.closed_on))


def _minutes(raw: object, name: str) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int) or raw <= 0:
        raise ValueError(f"service_levels: {name} must be a whole number above zero")
    return raw


def _mapping(raw: object, name: str) -> Mapping[str, object]:
    if raw is None:
        return {}
    if not isinstance(raw, Mapping):
        raise ValueError(f"service_levels: {name} must be a mapping")
    return raw


def _known(raw: Mapping[str, object], names: set[str], where: str) -> None:
    unknown = sorted(str(name) for name in raw if name not in names)
    if unknown:
        raise ValueError(f"service_levels: {where} does not know {', '.join(unknown)}")
