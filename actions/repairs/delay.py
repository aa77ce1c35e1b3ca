"""Which repairs take longer than they should, and their history in a note for staff. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from actions.backoffice.values import Onderhoudsverzoek
from actions.repairs.office_words import office_words
from actions.repairs.planning import coming, moved, passed, show_block, show_date
from actions.repairs.promises import Promises
from actions.repairs.request import UNKNOWN_CODE

SEVERAL = 2
"""So often moved is too often."""
BEFORE = timedelta(days=183)
"""The same fault again within this time was reported before."""


class Late(StrEnum):
    OVERDUE = "overdue"
    """Older than what is promised, and nobody comes."""
    PASSED = "passed"
    """The appointment is over, nothing came of it, and there is no new one."""
    MOVED = "moved"
    BEFORE = "before"


@dataclass(frozen=True, slots=True)
class Delay:
    """One repair that is late, and why. ``earlier`` are reports of the same, newest first."""

    verzoek: Onderhoudsverzoek
    why: frozenset[Late]
    earlier: tuple[Onderhoudsverzoek, ...]


def delays(every: Sequence[Onderhoudsverzoek], promised: Promises, now: datetime) -> list[Delay]:
    """The late ones among the open repairs, newest first."""
    found = (_delay(each, every, promised, now) for each in every if each.open)
    return [delay for delay in found if delay.why]


def _delay(
    verzoek: Onderhoudsverzoek,
    every: Sequence[Onderhoudsverzoek],
    promised: Promises,
    now: datetime,
) -> Delay:
    earlier = tuple(each for each in every if _is_before(each, verzoek))
    nobody_comes = coming(verzoek, now) is None
    until = promised.until(verzoek.prioriteit, verzoek.melddatum)
    why = {
        Late.OVERDUE: nobody_comes and now > until,
        Late.PASSED: nobody_comes and bool(passed(verzoek, now)),
        Late.MOVED: moved(verzoek) >= SEVERAL,
        Late.BEFORE: nobody_comes and bool(earlier),
    }
    return Delay(verzoek, frozenset(late for late, holds in why.items() if holds), earlier)


def _is_before(old: Onderhoudsverzoek, new: Onderhoudsverzoek) -> bool:
    """Whether this is an earlier report of the same defect in the same home."""
    ago = new.melddatum - old.melddatum
    if old.id == new.id or old.eenheid != new.eenheid or not timedelta() < ago <= BEFORE:
        return False
    mine = {(each.soort, each.locatie) for each in new.defecten if each.soort != UNKNOWN_CODE}
    return any((each.soort, each.locatie) in mine for each in old.defecten)


def history(verzoek: Onderhoudsverzoek, earlier: Sequence[Onderhoudsverzoek], now: datetime) -> str:
    """All that happened with dates, for the colleague who calls the tenant."""
    words, ahead = office_words(), coming(verzoek, now)
    lines = [
        words.line(
            "history",
            number=verzoek.code,
            what=verzoek.omschrijving,
            reported=show_date(verzoek.melddatum, now),
            status=words.status(verzoek.status),
        )
    ]
    if ahead:
        lines.append(words.line("history_planned", when=show_block(ahead.begin, ahead.eind, now)))
    for each in passed(verzoek, now):
        lines.append(words.line("history_passed", when=show_block(each.begin, each.eind, now)))
    if moved(verzoek):
        lines.append(words.line("history_moved", count=moved(verzoek)))
    if earlier:
        days = "; ".join(show_date(each.melddatum, now) for each in earlier)
        lines.append(words.line("history_before", days=days))
    return " ".join(lines)


def histories(
    every: Iterable[Onderhoudsverzoek], late: Iterable[Delay], now: datetime, most: int
) -> str:
    """Of the late repairs, or of the open ones where none is late; newest first."""
    delayed = [(each.verzoek, each.earlier) for each in late]
    chosen = delayed or [(each, ()) for each in every if each.open]
    told = [history(verzoek, earlier, now) for verzoek, earlier in chosen[:most]]
    return " ".join(told) or office_words().line("history_none")
