"""Appointments in words, and which free blocks to offer first. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from actions.backoffice.values import Afspraak, AfspraakOptie, Onderhoudsverzoek
from actions.dutch_when import AMSTERDAM, When, find_when
from actions.dutch_when_shown import show_day
from actions.repairs.office_words import office_words
from actions.repairs.pick import Option, any_week, fits

ASKED, PLANNED = "AAN", "GEP"
"""VERA's AFSPRAAKSTATUS: asked for, planned."""
CANCELLED = "ANN"
MOST_OPTIONS = 12


def show_date(moment: datetime, now: datetime) -> str:
    """ "dinsdag 1 december", with the year when it is another one."""
    day, today = moment.astimezone(AMSTERDAM).date(), now.astimezone(AMSTERDAM).date()
    shown = show_day(day)
    if day.year == today.year:
        return shown
    return office_words().line("day_of_year", day=shown, year=day.year)


def reported(verzoek: Onderhoudsverzoek, now: datetime) -> str:
    """ "Kraan, keuken: lekt, gemeld op zondag 22 november."."""
    what = verzoek.omschrijving[:1].upper() + verzoek.omschrijving[1:]
    return office_words().line("reported", what=what, day=show_date(verzoek.melddatum, now))


def show_block(begin: datetime, end: datetime, now: datetime) -> str:
    """ "dinsdag 1 december, 8 tot 12 uur"."""
    return office_words().line(
        "block", day=show_date(begin, now), start=_hour(begin), end=_hour(end)
    )


def _hour(moment: datetime) -> str:
    local = moment.astimezone(AMSTERDAM)
    return f"{local.hour}.{local.minute:02}" if local.minute else f"{local.hour}"


def offered(free: Iterable[AfspraakOptie], wish: str, now: datetime) -> tuple[Option, ...]:
    """Blocks that still lie ahead, those that the tenant wishes first, then the earliest."""
    ahead = sorted((each for each in free if each.begin > now), key=lambda each: each.begin)
    options = tuple(
        Option(each.id, show_block(each.begin, each.eind, now), (), each.begin, each.eind)
        for each in ahead
    )
    wanted = find_when(wish, now)
    likes = (wanted, tuple(map(any_week, wanted)), tuple(map(_any_day, wanted)))
    return tuple(sorted(options, key=lambda each: _liked(each, likes)))[:MOST_OPTIONS]


def _liked(option: Option, likes: Sequence[Sequence[When]]) -> int:
    """0 for the very day that was wished, then its weekday, then its hours, then all others."""
    fitting = (rank for rank, whens in enumerate(likes) if any(fits(option, w) for w in whens))
    return next(fitting, len(likes))


def _any_day(when: When) -> When:
    """The hours alone; without hours no day is liked better than another."""
    return When(start=when.start, end=when.end)


def coming(verzoek: Onderhoudsverzoek, now: datetime) -> Afspraak | None:
    """The next appointment that is planned, also the one that is under way."""
    ahead = [
        each for each in verzoek.afspraken if each.status in (ASKED, PLANNED) and each.eind > now
    ]
    return min(ahead, key=lambda each: each.begin, default=None)


def passed(verzoek: Onderhoudsverzoek, now: datetime) -> Sequence[Afspraak]:
    """Appointments that were planned and are over, newest first."""
    over = [each for each in verzoek.afspraken if each.status == PLANNED and each.eind <= now]
    return sorted(over, key=lambda each: each.begin, reverse=True)


def moved(verzoek: Onderhoudsverzoek) -> int:
    """How often an appointment of this repair was moved or called off."""
    return sum(each.status == CANCELLED for each in verzoek.afspraken)
