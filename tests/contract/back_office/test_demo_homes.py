"""The points of the demo's homes can really be counted, and tell what their tenants are for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from actions.backoffice.demo import people as p
from actions.backoffice.demo import tables as t
from actions.backoffice.demo.seed import TENANTS, Rows, invented
from actions.points.counting import CountingProcess
from actions.points.judge import Finding, judge
from actions.points.words import points_words

pytestmark = pytest.mark.contract
DAY = date(2026, 11, 25)
LONG = 60.0
CODE_LISTS = Path(__file__).resolve().parents[3] / "data" / "vera_repair_codes.csv"
ENOUGH = 300
CODES = ("DEFECTSOORT", "DEFECTLOCATIE")


@pytest.fixture(scope="module")
def rows() -> Rows:
    return invented(datetime(2026, 11, 25, 12, tzinfo=UTC))


@pytest.fixture(scope="module")
def rents(rows: Rows) -> Mapping[str, Decimal]:
    """Basic rents by contract."""
    return {
        one["overeenkomst"]: one["bedrag"]
        for one in rows[t.prijscomponent]
        if one["detail_soort"] == "KAL" and one["einddatum"] is None
    }


@pytest.fixture(scope="module")
def counting() -> Iterator[CountingProcess]:
    process = CountingProcess(LONG)
    yield process
    process.stop()


async def test_most_homes_give_points_and_only_one_rent_is_too_high(
    rows: Rows, rents: Mapping[str, Decimal], counting: CountingProcess
) -> None:
    found: dict[int, Finding] = {}
    for home in rows[t.eenheid]:
        if home["vera"] is None:
            continue
        index = int(home["id"].rpartition("-")[2])
        points = await counting.count(home["vera"], DAY)
        rent = rents.get(f"contract-{index:04}")
        found[index] = judge(points, rent, points_words().free_from, contested=False)
    assert len(found) >= ENOUGH
    assert [index for index, one in found.items() if one is Finding.ABOVE] == [
        p.RENT_TOO_HIGH.index
    ]
    assert found[p.NOBODY_BEHIND.index] is Finding.FINE
    assert found[p.WITHOUT_HOME.index] is Finding.NO_RENT
    others = {one for index, one in found.items() if index not in p.SPECIAL}
    assert others == {Finding.FINE}
    assert p.NO_VALUATION.index not in found


def test_homes_and_repairs_differ_and_every_code_is_veras(rows: Rows) -> None:
    known = {
        tuple(line.split(";")[:2])
        for line in CODE_LISTS.read_text(encoding="utf-8").splitlines()
        if line.startswith(CODES)
    }
    kinds = {tuple(defect) for one in rows[t.onderhoudsverzoek] for defect in one["defecten"]}
    assert len(kinds) > 10
    for sort, place, _ in kinds:
        assert (CODES[0], sort) in known
        assert (CODES[1], place) in known
    areas = {one["vera"]["gebruiksoppervlakte"] for one in rows[t.eenheid] if one["vera"]}
    assert len(areas) > 2


def test_a_lift_stands_still_only_where_there_is_one(rows: Rows) -> None:
    homes = {one["id"]: one for one in rows[t.eenheid]}
    about_lifts = {
        homes[one["eenheid"]]["cluster"]
        for one in rows[t.onderhoudsverzoek]
        if one["defecten"][0][1] == "LIF"
    }
    houses = {
        one["cluster"]
        for one in homes.values()
        if one["vera"] and one["vera"]["panden"][0]["soort"]["code"] == "EGW"
    }
    assert about_lifts
    assert not about_lifts & houses


def test_everybody_is_addressed_as_their_first_name_says(rows: Rows) -> None:
    said: dict[str, set[str]] = {}
    for one in rows[t.relatie]:
        said.setdefault(one["roepnaam"], set()).add(one["aanschrijfnaam"].partition(" ")[0])
    assert len(rows[t.relatie]) == TENANTS
    assert all(len(words) == 1 for words in said.values())
    assert set.union(*said.values()) == {"mevrouw", "de"}


def test_the_same_day_gives_the_same_tenants(rows: Rows) -> None:
    assert invented(datetime(2026, 11, 25, 12, tzinfo=UTC)) == rows
