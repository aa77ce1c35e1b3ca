"""Tenants of the demo with something special, and what each says to be found (invented)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from actions.backoffice.values import Claim
from actions.backoffice.verification import RelatieId

POSTCODE = "4299ZA"
"""Where the special tenants live; one house number each. All others have their own postcode."""


@dataclass(frozen=True, slots=True)
class Special:
    """``number`` is the house number in ``POSTCODE``; ``index`` gives the ids."""

    index: int
    number: int
    born: date
    addition: str = ""

    @property
    def id(self) -> RelatieId:
        return RelatieId(f"relatie-{self.index:04}")

    @property
    def claim(self) -> Claim:
        return Claim(POSTCODE, self.number, self.born, self.addition)


NOBODY_BEHIND = Special(1, 1, date(1979, 3, 14))
ONE_MONTH_BEHIND = Special(2, 2, date(1984, 7, 2))
THREE_MONTHS_BEHIND = Special(3, 3, date(1990, 11, 23))
DOUBLE_DEBIT = Special(4, 4, date(1968, 1, 30))
PAYMENT_PLAN = Special(5, 5, date(1975, 9, 9))
SETTLEMENT_TO_PAY = Special(6, 6, date(1981, 4, 17))
SETTLEMENT_BACK = Special(7, 7, date(1959, 12, 1))
RENT_TOO_HIGH = Special(8, 8, date(1993, 6, 25))
NO_VALUATION = Special(9, 9, date(1987, 8, 8))
SHARED_FIRST = Special(10, 10, date(1970, 2, 11))
SHARED_SECOND = Special(11, 10, date(1972, 5, 19))
ADULT_CHILD = Special(12, 10, date(2003, 10, 4))
"""Lives with the two above and is in no contract: not found."""
MOVED = Special(13, 13, date(1988, 3, 3))
WITH_PARKING = Special(14, 14, date(1965, 7, 21))
DECEASED = Special(15, 15, date(1941, 1, 5))
WITHOUT_HOME = Special(16, 16, date(1995, 5, 5))
"""A home without a contract stands at this number; this person rents nothing."""
TWIN_ONE = Special(17, 17, date(1999, 9, 19))
TWIN_TWO = Special(18, 17, date(1999, 9, 19))
NO_CONTACT = Special(19, 19, date(1950, 6, 6))
CONFIDENTIAL = Special(20, 20, date(1986, 10, 10))
LEAP_DAY = Special(21, 21, date(1988, 2, 29))
LATE_REPAIR = Special(22, 22, date(1978, 12, 12))
TO_PLAN = Special(23, 23, date(1992, 4, 1))
PLANNED_TOMORROW = Special(24, 24, date(1983, 11, 11))
FLAGGED = Special(25, 25, date(1974, 8, 30))
ADDITION = Special(26, 26, date(1997, 1, 17), "A")
ADDITION_WORD = Special(27, 27, date(1990, 8, 2), "BIS")

SPECIAL: dict[int, Special] = {
    one.index: one for one in list(globals().values()) if isinstance(one, Special)
}


def number_of(index: int) -> str:
    """The mobile number (E.164) of the tenant with this index: one of the demo's own phones, which
    take theirs from 28 to 500 (web/pages/demo/identity.js)."""
    return f"+3165550{index:04}"


CONFIDENTIAL_NUMBER = number_of(CONFIDENTIAL.index)
