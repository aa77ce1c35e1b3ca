"""Service levels and the tenant's opinion, put together."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

from channels.port import Channel
from handoff.clock import Clock
from handoff.corporation import read_corporation
from handoff.counter import Counter
from handoff.hints import Hints
from handoff.ledger import Job, Store
from handoff.opinion.asking import Asking
from handoff.opinion.values import ASK
from handoff.service_levels.keeping import SERVICE, Keeper
from handoff.service_levels.targets import Targets
from handoff.service_levels.warnings import Warnings

_CORPORATION = Path(__file__).resolve().parents[1] / "corporation.yml"


def shipped_keeper() -> Keeper:
    """What keeps the clocks of this corporation."""
    corporation = read_corporation(_CORPORATION)
    return Keeper(corporation.targets, corporation.ask_opinion_after)


def service_handlers(
    store: Store,
    counter: Counter,
    targets: Targets,
    channels: Mapping[str, Channel],
    clock: Clock,
    hints: Hints,
) -> Mapping[str, Callable[[Job], Awaitable[None]]]:
    """The kinds of job of this subject."""
    return {
        SERVICE: Warnings(store, counter, targets, clock, hints).run,
        ASK: Asking(store, counter, channels, clock, hints).run,
    }
