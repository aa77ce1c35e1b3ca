"""What the rent account says. Pure: values of the back office in, Dutch lines out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from actions.backoffice.values import Betalingsregeling, Boeking, Debiteur
from actions.rent.words import euros, line, shortened, show_date

_DUE = frozenset({"VOR", "SKS"})
_RECEIVED, _SETTLEMENT = "ONT", "SKS"
_RUNS = "ACT"
_SAME = timedelta(days=7)
"""Two payments of one amount within this time may be one too many."""
_RECENT = timedelta(days=45)
_ROOM = 28
"""So many words of what is open, so that with what comes behind an answer stays short."""


@dataclass(frozen=True, slots=True)
class Double:
    amount: Decimal
    first: date
    second: date


def open_items(account: Debiteur) -> Sequence[Boeking]:
    """What is still to be paid, oldest first."""
    due = (one for one in account.boekingen if one.soort in _DUE and one.saldo > 0)
    return sorted(due, key=_due_on)


def payments(account: Debiteur) -> Sequence[Boeking]:
    """Newest first."""
    got = (one for one in account.boekingen if one.soort == _RECEIVED)
    return sorted(got, key=lambda one: one.boekdatum, reverse=True)


def double_payment(account: Debiteur, today: date) -> Double | None:
    """Two payments of the same amount, shortly after each other and not long ago."""
    got = payments(account)
    for later, earlier in ((a, b) for at, a in enumerate(got) for b in got[at + 1 :]):
        near = later.boekdatum - earlier.boekdatum <= _SAME
        if abs(later.bedrag) == abs(earlier.bedrag) and near and today - later.boekdatum <= _RECENT:
            return Double(abs(later.bedrag), earlier.boekdatum, later.boekdatum)
    return None


def balance_lines(account: Debiteur) -> list[str]:
    """The balance, what is open, and the last payment."""
    if account.saldo < 0:
        lines = [line("credit", amount=euros(account.saldo))]
    elif account.saldo == 0:
        lines = [line("nothing_open")]
    else:
        owed = line("owed", amount=euros(account.saldo))
        lines = shortened([owed, *map(_item_line, open_items(account))], _ROOM)
    got = payments(account)
    if got:
        last = got[0]
        day = show_date(last.boekdatum)
        lines.append(line("last_payment", amount=euros(last.bedrag), day=day))
    return lines


def double_line(double: Double) -> str:
    first, second = show_date(double.first), show_date(double.second)
    return line("double", amount=euros(double.amount), first=first, second=second)


def arrears_lines(account: Debiteur) -> list[str]:
    """What is open and since when."""
    items = open_items(account)
    lines = [line("owed", amount=euros(account.saldo))]
    if items:
        lines.append(line("open_since", day=show_date(_due_on(items[0]))))
    return lines


def plan_lines(plans: Sequence[Betalingsregeling]) -> list[str]:
    """The plan that runs, if one does."""
    running = [one for one in plans if one.status == _RUNS]
    return [line("plan_runs", amount=euros(one.termijnbedrag)) for one in running[:1]]


def settlement_line(account: Debiteur) -> str:
    """The newest settlement of service costs; above zero is to be paid."""
    settled = [one for one in account.boekingen if one.soort == _SETTLEMENT]
    if not settled:
        return line("no_settlement")
    last = max(settled, key=lambda one: one.boekdatum)
    name = "settled_back" if last.bedrag < 0 else "settled_pay"
    return line(name, day=show_date(last.boekdatum), amount=euros(last.bedrag))


def _due_on(one: Boeking) -> date:
    return one.vervaldatum or one.boekdatum


def _item_line(item: Boeking) -> str:
    what, amount = item.omschrijving, euros(item.saldo)
    if not item.vervaldatum:
        return line("item_no_day", what=what, amount=amount)
    return line("item", what=what, amount=amount, day=show_date(item.vervaldatum))
