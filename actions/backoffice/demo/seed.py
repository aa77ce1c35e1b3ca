"""Five hundred invented tenants, the same for the same day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

import yaml
from sqlalchemy import Table

from actions.backoffice.demo import people as p
from actions.backoffice.demo import tables as t
from actions.backoffice.demo.blocks import AMSTERDAM, BLOCK, blocks_on, works_on
from actions.backoffice.demo.valuation import home_json

TENANTS = 500
_SEED = 20_261_125
_MONTHS = 15
_RAISES = ((date(2025, 7, 1), Decimal("0.050")), (date(2026, 7, 1), Decimal("0.041")))
"""The legal maxima of social housing (Rijksoverheid), for rents of 350 euros and more."""
_CENT = Decimal("0.01")
_PER_BUILDING = 10
_RENTS = (41_000, 51_000)
"""Basic rents in 2019, in cents: below the highest for each kind of home."""
_TOO_HIGH = Decimal("905.00")
_FAMILY = {p.TWIN_TWO: p.TWIN_ONE, p.ADULT_CHILD: p.SHARED_FIRST}
"""Who has whose name."""
_LIFT_REPORTS = 4
"""One in this many reports in a building with a lift is about it."""
Rows = dict[Table, list[dict[str, Any]]]


@lru_cache
def words() -> Any:
    return yaml.safe_load((Path(__file__).parent / "words.yml").read_text(encoding="utf-8"))


def invented(now: datetime) -> Rows:
    """All rows, for an aware ``now``."""
    rows: Rows = defaultdict(list)
    random = Random(_SEED)
    for index in range(1, TENANTS + 1):
        _Tenant(index, rows, random, now).put()
    return rows


class _Tenant:
    def __init__(self, index: int, rows: Rows, random: Random, now: datetime) -> None:
        self.index, self.rows, self.random, self.now = index, rows, random, now
        self.today = now.astimezone(AMSTERDAM).date()
        self.special = p.SPECIAL.get(index)
        kinds = words()["buildings"]
        self.kind = kinds[index // _PER_BUILDING % len(kinds)]
        self.id, self.home, self.contract = (
            f"{kind}-{index:04}" for kind in ("relatie", "eenheid", "contract")
        )

    def put(self) -> None:
        self._person()
        if self.special in (p.SHARED_SECOND, p.TWIN_TWO):
            first = f"contract-{self.index - 1:04}"
            self.rows[t.huurder].append({"overeenkomst": first, "relatie": self.id})
            return
        if self.special is p.ADULT_CHILD:
            return
        self._home()
        if self.special is not p.WITHOUT_HOME:
            self._contract()
            self._repair()
            self._others()

    def _person(self) -> None:
        woman = self.random.random() < 0.5
        first = self.random.choice(words()["women" if woman else "men"])
        last = self.random.choice(words()["last"])
        if self.special in _FAMILY:
            last = self.rows[t.relatie][_FAMILY[self.special].index - 1]["achternaam"]
        born = date(1940, 1, 1) + timedelta(days=self.random.randrange(24_000))
        gone = self.special is p.DECEASED
        self.rows[t.relatie].append({
            "id": self.id, "roepnaam": first, "achternaam": last, "voorkeurstaal": "nl",
            "aanschrijfnaam": words()["woman" if woman else "man"].format(
                initial=first[0], last=last
            ),
            "geboortedatum": self.special.born if self.special else born,
            "overlijdensdatum": self.today - timedelta(days=40) if gone else None,
        })  # fmt: skip
        if self.special is p.NO_CONTACT:
            return
        hidden = self.special is p.CONFIDENTIAL
        mail = f"huurder{self.index}@voorbeeld.example"
        for kind, value in (("TEL", p.number_of(self.index)), ("EMA", mail)):
            self.rows[t.contactgegeven].append({
                "id": f"{kind}-{self.index:04}", "relatie": self.id, "soort": kind,
                "waarde": value, "mobiel": kind == "TEL", "voorkeur": kind == "TEL",
                "vertrouwelijk": hidden and kind == "TEL",
            })  # fmt: skip

    def _home(self) -> None:
        building, flat = divmod(self.index, _PER_BUILDING)
        postcode = f"{4201 + building % 90}{'ABCDEFGHJK'[building % 10]}B"
        address: tuple[str, int, str] = (postcode, 1 + flat * 2, "")
        if self.special:
            address = (p.POSTCODE, self.special.number, self.special.addition)
        year = 1958 + building
        without = self.special is p.NO_VALUATION or (not self.special and self.index % 5 == 0)
        self._unit(
            self.home, address, "WOO", f"complex-{building:02}", year,
            None if without else home_json(
                self.home, address, year, self.kind, words()["place"], self.today
            ),
        )  # fmt: skip

    def _unit(
        self, id: str, address: tuple[str, int, str], kind: str, cluster: str, year: int,
        vera: dict[str, Any] | None,
    ) -> None:  # fmt: skip
        streets = words()["streets"]
        self.rows[t.eenheid].append({
            "id": id, "postcode": address[0], "huisnummer": address[1], "toevoeging": address[2],
            "straat": streets[self.index // _PER_BUILDING % len(streets)],
            "plaats": words()["place"], "soort": kind, "cluster": cluster, "bouwjaar": year,
            "vera": vera,
        })  # fmt: skip

    def _contract(self) -> None:
        base = Decimal(self.random.randrange(*_RENTS)) / 100
        if self.special is p.RENT_TOO_HIGH:
            base = _TOO_HIGH
        rents = [(date(2019, 3, 1), base)]
        for day, share in _RAISES:
            if day <= self.today:
                rents.append((day, (rents[-1][1] * (1 + share) - _CENT).quantize(_CENT)))
        services = Decimal("18.25")
        for at, (begin, bare) in enumerate(rents):
            end = rents[at + 1][0] - timedelta(days=1) if at + 1 < len(rents) else None
            reason = words()["raise"] if at else ""
            self._part(f"{at}", "NET", "KAL", words()["bare"], bare, begin, end, reason)
        for code, name in words()["services"].items():
            self._part(code, "SER", code, name, services / 2, rents[0][0], None, "")
        total = rents[-1][1] + (services / 2).quantize(_CENT) * 2
        ended = self.today - timedelta(days=60) if self.special is p.MOVED else None
        self._agreement(self.contract, self.home, total, rents[-1][1], ended)
        if self.special is p.WITH_PARKING:
            place = f"parkeerplaats-{self.index:04}"
            self._unit(place, (p.POSTCODE, 914, ""), "PAR", "complex-01", 1990, None)
            self._agreement(f"{self.contract}-p", place, Decimal("52.00"), None, None)
        self._account(rents, services)

    def _part(
        self, mark: str, kind: str, detail: str, name: str, amount: Decimal, begin: date,
        end: date | None, reason: str,
    ) -> None:  # fmt: skip
        self.rows[t.prijscomponent].append({
            "id": f"prijs-{self.index:04}-{mark}", "overeenkomst": self.contract, "soort": kind,
            "detail_soort": detail, "naam": name, "bedrag": amount.quantize(_CENT),
            "begindatum": begin, "einddatum": end, "wijzigingsreden": reason,
        })  # fmt: skip

    def _agreement(
        self, id: str, unit: str, total: Decimal, bare: Decimal | None, ended: date | None
    ) -> None:
        self.rows[t.overeenkomst].append({
            "id": id, "status": "BEE" if ended else "LOP", "begindatum": date(2019, 3, 1),
            "einddatum": ended, "brutohuur": total, "rekenhuur": bare,
            "incasso": self.index % 3 > 0, "incassodag": 28,
            "huur_herzieningsdatum": None if bare is None else self._raised(),
        })  # fmt: skip
        self.rows[t.huurder].append({"overeenkomst": id, "relatie": self.id})
        self.rows[t.gehuurd].append({"overeenkomst": id, "eenheid": unit})

    def _raised(self) -> date | None:
        """When the rent was last raised."""
        return max((day for day, _ in _RAISES if day <= self.today), default=None)

    def _account(self, rents: list[tuple[date, Decimal]], services: Decimal) -> None:
        behind = {p.ONE_MONTH_BEHIND: 1, p.THREE_MONTHS_BEHIND: 3, p.PAYMENT_PLAN: 3}
        unpaid = behind.get(self.special, 0) if self.special else int(self.index % 25 == 0)
        for ago, month in enumerate(_months(self.today)):
            bare = [amount for begin, amount in rents if begin <= month][-1]
            due = bare + (services / 2).quantize(_CENT) * 2
            label = f"{words()['months'][month.month - 1]} {month.year}"
            open_ = due if ago < unpaid else Decimal(0)
            self._line(f"v{ago:02}", "VOR", words()["rent"].format(month=label), due, open_, month)
            if not open_:
                self._line(f"b{ago:02}", "ONT", words()["payment"], -due, Decimal(0), month)
            if ago == 0 and self.special is p.DOUBLE_DEBIT:
                self._line("b99", "ONT", words()["payment"], -due, -due, month)
        settled = {p.SETTLEMENT_TO_PAY: "64.10", p.SETTLEMENT_BACK: "-38.45"}
        amount = Decimal(settled.get(self.special, "0")) if self.special else Decimal(0)
        if amount:
            text = words()["settlement"].format(year=self.today.year - 1)
            day = self.today - timedelta(days=12)
            self._line("s", "SKS", text, amount, amount, day)

    def _line(
        self, mark: str, kind: str, text: str, amount: Decimal, open_: Decimal, day: date
    ) -> None:
        self.rows[t.boeking].append({
            "id": f"boeking-{self.index:04}-{mark}", "overeenkomst": self.contract, "soort": kind,
            "omschrijving": text, "bedrag": amount, "saldo": open_, "boekdatum": day,
            "vervaldatum": day if kind in ("VOR", "SKS") else None,
        })  # fmt: skip

    def _repair(self) -> None:
        s = self.special
        if s is p.LATE_REPAIR:
            self._request("1", "BEO", 48)
            self._request("2", "REG", 9)
        elif s is p.TO_PLAN:
            self._request("1", "REG", 1)
        elif s is p.PLANNED_TOMORROW:
            visit = self._request("1", "INB", 6)
            day = self.today + timedelta(days=1)
            while not works_on(day):
                day += timedelta(days=1)
            self._visit(visit, next(blocks_on(day)))
        elif not s and self.index % 3 == 0:
            self._request("1", "FIN" if self.index % 2 else "REG", self.random.randrange(1, 90))

    def _request(self, mark: str, status: str, days: int) -> str:
        id = f"verzoek-{self.index:04}-{mark}"
        many = self.rows[t.onderhoudsverzoek]
        places = {"HAL", "TRI", *(room[1] for room in self.kind["rooms"])}
        kinds = [one for one in words()["repairs"] if one[1] in places]
        defect = kinds[0 if self.special else self.index // 3 % len(kinds)]
        if self.kind["lift"] and self.index % _LIFT_REPORTS == 0 and not self.special:
            defect = words()["lift"]
        many.append({
            "id": id, "nummer": 103_000 + len(many), "relatie": self.id, "eenheid": self.home,
            "omschrijving": defect[2], "status": status, "defecten": [defect],
            "melddatum": self.now - timedelta(days=days), "prioriteit": "normaal",
            "bereikbaar": "", "voorkeur": "", "fotos": [],
        })  # fmt: skip
        return id

    def _visit(self, request: str, begin: datetime) -> None:
        id = f"afspraak-{request}"
        self.rows[t.afspraak].append({
            "id": id, "onderhoudsverzoek": request, "onderwerp": words()["repairs"][0][2],
            "status": "GEP", "begin": begin, "eind": begin + BLOCK,
        })  # fmt: skip
        self.rows[t.taken_block].append({"begin": begin, "afspraak": id})

    def _others(self) -> None:
        if self.index % 4 == 0:
            subject, text = words()["contact"]
            self.rows[t.contactmoment].append({
                "id": f"contact-{self.index:04}", "relatie": self.id, "onderwerp": subject,
                "omschrijving": text, "kanaal": "TEL", "richting": "INK",
                "datum": self.now - timedelta(days=self.index % 50 + 1),
            })  # fmt: skip
        if self.index % 20 == 0:
            kind, text = words()["case"]
            self.rows[t.zaak].append({
                "id": f"zaak-{self.index:04}", "relatie": self.id, "nummer": 103_000 + self.index,
                "zaaktype": kind, "omschrijving": text, "toelichting": "", "open": True,
                "begindatum": self.now - timedelta(days=5),
                "uiterlijke_einddatum": self.now + timedelta(days=37),
            })  # fmt: skip
        if self.special is p.FLAGGED:
            for kind in ("AGR", "SCH"):
                self.rows[t.signalering].append({
                    "id": f"sig-{kind}-{self.index:04}", "relatie": self.id, "soort": kind,
                    "begindatum": self.today - timedelta(days=200),
                })  # fmt: skip
        if self.special is p.PAYMENT_PLAN:
            self.rows[t.betalingsregeling].append({
                "id": f"regeling-{self.index:04}", "relatie": self.id, "status": "ACT",
                "bedrag": Decimal("1200.00"), "termijnbedrag": Decimal("100.00"),
                "termijnen_aantal": 12, "begindatum": self.today - timedelta(days=70),
                "saldo": Decimal("1000.00"),
            })  # fmt: skip


def _months(today: date) -> Iterator[date]:
    """The first of this month and of those before it, newest first."""
    day = today.replace(day=1)
    for _ in range(_MONTHS):
        yield day
        day = (day - timedelta(days=1)).replace(day=1)
