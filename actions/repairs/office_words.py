"""The words of data/repair_office.yml: repairs as tenants and staff read them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

_FILE = Path(__file__).resolve().parents[2] / "data" / "repair_office.yml"

_SHOWN = ("repair_told", "repair_status_told", "repair_change_told")


def shown(text: str) -> dict[str, Any]:
    """What an answer of ours shows, under the name that each topic's answers know it by."""
    return dict.fromkeys(_SHOWN, text)


@dataclass(frozen=True, slots=True)
class OfficeWords:
    """``lines`` are single texts with fields in braces, by their name in the file."""

    lines: Mapping[str, str]
    statuses: Mapping[str, str]
    shared_places: frozenset[str]
    shared_parts: Mapping[str, str]
    topics: Mapping[str, str]
    units: Mapping[str, frozenset[str]]
    channels: Mapping[str, str]

    def line(self, name: str, **values: object) -> str:
        return self.lines[name].format(**values)

    def status(self, code: str) -> str:
        """What a status means; one that a corporation added is said as being worked on."""
        return self.statuses.get(code, self.statuses["INB"])

    def channel(self, name: str | None) -> str:
        """VERA's COMMUNICATIEKANAAL for the channel that the tenant writes on."""
        return self.channels.get(name or "", self.channels["webchat"])


@lru_cache(maxsize=1)
def office_words() -> OfficeWords:
    raw: Mapping[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return OfficeWords(
        {name: text for name, text in raw.items() if isinstance(text, str)},
        {str(code): str(text) for code, text in raw["statuses"].items()},
        frozenset(map(str, raw["shared_places"])),
        {str(part): str(code) for part, code in raw["shared_parts"].items()},
        {str(topic): str(code) for topic, code in raw["topics"].items()},
        {
            unit: frozenset(map(str, raw[unit]))
            for unit in ("working_days", "days", "weeks", "hours")
        },
        {str(name): str(code) for name, code in raw["channels"].items()},
    )
