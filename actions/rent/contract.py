"""What the contract says of the price and the day it is paid. Pure."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from actions.backoffice.values import Huurovereenkomst, Prijscomponent
from actions.rent.words import codes, euros, line, show_date


def running(contracts: Sequence[Huurovereenkomst], today: date) -> list[Huurovereenkomst]:
    """Contracts that run today, the dearest (the home) first."""
    now = [one for one in contracts if one.loopt and (one.einddatum or today) >= today]
    return sorted(now, key=lambda one: one.brutohuur, reverse=True)


def named(contracts: Sequence[Huurovereenkomst], told: Sequence[Sequence[str]]) -> list[str]:
    """The lines of each contract; behind its name when there is more than one."""
    if len(contracts) == 1:
        return list(told[0])
    names = ["home", *["other"] * (len(contracts) - 1)]
    return [
        line("of_contract", what=line(name), told=" ".join(lines))
        for name, lines in zip(names, told, strict=True)
    ]


def payment_lines(contract: Huurovereenkomst, today: date) -> list[str]:
    """The next day the rent is collected or must be there, and how much."""
    amount = euros(contract.brutohuur)
    if contract.incassodag is None:
        return [line("no_day", amount=amount)]
    day = show_date(next_day(contract.incassodag, today))
    return [line("collection" if contract.incasso else "own_payment", day=day, amount=amount)]


def next_day(day: int, today: date) -> date:
    """The next time it is this day of the month, today included; the last day of a short one."""
    this = date(today.year, today.month, min(day, monthrange(today.year, today.month)[1]))
    if this >= today:
        return this
    year, month = today.year + today.month // 12, today.month % 12 + 1
    return date(year, month, min(day, monthrange(year, month)[1]))


def price_lines(contract: Huurovereenkomst, today: date) -> list[str]:
    """The whole rent and each part of it."""
    parts = [one for one in contract.prijscomponenten if _holds(one, today)]
    whole = line("whole_rent", amount=euros(contract.brutohuur))
    return [whole, *(line("part", what=one.naam, amount=euros(one.bedrag)) for one in parts)]


def increase_line(contract: Huurovereenkomst, today: date) -> str:
    """The newest change of the bare rent, or the one that is announced."""
    bare = sorted(
        (one for one in contract.prijscomponenten if one.detail_soort in codes("bare")),
        key=lambda one: one.begindatum,
    )
    if len(bare) < 2 or not bare[-2].bedrag:
        return line("no_change")
    before, after = bare[-2], bare[-1]
    name = "will_change" if after.begindatum > today else "from_to"
    percent = (after.bedrag - before.bedrag) / before.bedrag * 100
    return line(
        name,
        day=show_date(after.begindatum),
        before=euros(before.bedrag),
        after=euros(after.bedrag),
        percent=f"{percent.quantize(Decimal('0.1'))}".replace(".", ",").removesuffix(",0"),
    )


def service_lines(contract: Huurovereenkomst, today: date) -> list[str]:
    """What is paid in advance for services, in all and by name."""
    every = contract.prijscomponenten
    parts = [one for one in every if one.soort in codes("service") and _holds(one, today)]
    if not parts:
        return [line("no_service")]
    total = sum((one.bedrag for one in parts), Decimal(0))
    each = [line("part", what=one.naam, amount=euros(one.bedrag)) for one in parts]
    return [line("advance", amount=euros(total)), *each]


def _holds(part: Prijscomponent, today: date) -> bool:
    return part.begindatum <= today and (part.einddatum is None or part.einddatum >= today)
