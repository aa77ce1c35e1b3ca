"""What the hub itself needs of ``corporation.yml``; texts refer to the rest by placeholder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import yaml

from handoff.hours import OpeningHours, read_hours
from handoff.known_faults.counting import Threshold
from handoff.service_levels.targets import Targets, read_targets

_ASK_AFTER = 2.0


@dataclass(frozen=True, slots=True)
class Corporation:
    hours: OpeningHours
    answer_minutes: Mapping[str, int]
    """Minutes to a person's first word, per queue, while open."""
    first_choices: tuple[str, ...]
    targets: Targets
    ask_opinion_after: timedelta
    """How long after closing a tenant is asked for an opinion."""
    building_faults: Threshold


def read_corporation(path: Path) -> Corporation:
    """Read the settings.

    Raises:
        KeyError, ValueError: a part is missing or malformed.
    """
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    minutes = {str(q): int(m) for q, m in raw["promises"]["answer_minutes"].items()}
    hours = read_hours(raw["opening_hours"], raw.get("closed_on") or ())
    targets = read_targets(raw.get("service_levels") or {}, minutes, hours)
    wait = timedelta(minutes=float(raw.get("ask_opinion_after_minutes", _ASK_AFTER)))
    first = tuple(raw.get("first_choices") or ())
    faults = _threshold(raw.get("building_faults") or {})
    return Corporation(hours, minutes, first, targets, wait, faults)


def _threshold(raw: Mapping[str, float]) -> Threshold:
    usual = Threshold()
    hours = float(raw.get("within_hours", usual.within / timedelta(hours=1)))
    return Threshold(int(raw.get("homes", usual.homes)), timedelta(hours=hours))
