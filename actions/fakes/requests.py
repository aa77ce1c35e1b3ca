"""What the hub keeps for actions, in memory: requests that wait, faults of buildings, photos."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from actions.backoffice.values import NewOnderhoudsverzoek, NewZaak
from actions.services import KnownFault


@dataclass(slots=True)
class FakeKept:
    """``repairs`` and ``cases`` by their key: the same key is kept once."""

    repairs: dict[str, NewOnderhoudsverzoek] = field(default_factory=dict)
    cases: dict[str, NewZaak] = field(default_factory=dict)

    async def keep_repair(self, session: str, new: NewOnderhoudsverzoek, key: str) -> None:
        self.repairs.setdefault(key, new)

    async def keep_case(self, session: str, new: NewZaak, key: str) -> None:
        self.cases.setdefault(key, new)


@dataclass(slots=True)
class FakeFaults:
    """``confirmed`` by complex and place; ``reports`` as they were counted."""

    confirmed: dict[tuple[str, str], KnownFault] = field(default_factory=dict)
    reports: list[tuple[str, str, str]] = field(default_factory=list)

    async def told(self, cluster: str, defect: str, location: str) -> Sequence[KnownFault]:
        fault = self.confirmed.get((cluster, location))
        return [fault] if fault else []

    async def reported(self, cluster: str, defect: str, location: str, session: str) -> None:
        self.reports.append((cluster, defect, location))


@dataclass(slots=True)
class FakePhotos:
    ids: tuple[str, ...] = ()

    async def of_this_report(self, session: str) -> Sequence[str]:
        return self.ids
