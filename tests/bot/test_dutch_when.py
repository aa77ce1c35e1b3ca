"""Days and times as tenants write them, read on Tuesday 24 November 2026 at half past ten."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.dutch_since import find_since
from actions.dutch_when import AMSTERDAM, When, find_when
from actions.dutch_when_shown import show_when

pytestmark = pytest.mark.unit

NOW = datetime(2026, 11, 24, 10, 30, tzinfo=AMSTERDAM)


def shown(text: str) -> str:
    return show_when(find_when(text, NOW))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("morgen", "woensdag 25 november"),
        ("mrgn kan wel", "woensdag 25 november"),
        ("overmorgen graag", "donderdag 26 november"),
        ("volgende week dinsdag", "dinsdag 1 december"),
        ("dinsdag volgende week", "dinsdag 1 december"),
        ("volgende dinsdag", "dinsdag 1 december"),
        ("aanstaande donderdag", "donderdag 26 november"),
        ("komende vrijdag", "vrijdag 27 november"),
        ("donderdach", "donderdag 26 november"),
        ("dinsdag", "dinsdag 1 december"),
        ("dinsdag over een week", "dinsdag 8 december"),
        ("over twee weken", "dinsdag 8 december"),
        ("over 3 dagen", "vrijdag 27 november"),
        ("over een maand", "donderdag 24 december"),
        ("de 3e", "donderdag 3 december"),
        ("op de derde of zo", "donderdag 3 december"),
        ("de 24ste", "dinsdag 24 november"),
        ("3 december", "donderdag 3 december"),
        ("drie december", "donderdag 3 december"),
        ("1 mrt", "maandag 1 maart"),
        ("3-12-2026", "donderdag 3 december"),
        ("3/12", "donderdag 3 december"),
        ("2026-12-03", "donderdag 3 december"),
        ("3 en 5 december", "donderdag 3 december of zaterdag 5 december"),
        ("van 3 t/m 5 december", "donderdag 3 december tot en met zaterdag 5 december"),
        ("volgende week", "maandag 30 november tot en met zondag 6 december"),
        ("deze week nog", "dinsdag 24 november tot en met zondag 29 november"),
        ("dit weekend", "zaterdag 28 november tot en met zondag 29 november"),
        ("vanaf maandag", "vanaf maandag 30 november"),
        ("voor vrijdag", "tot vrijdag 27 november"),
        ("doordeweeks", "doordeweeks"),
        ("in het weekend", "in het weekend"),
        ("elke dinsdag", "elke dinsdag"),
        ("zaterdags", "elke zaterdag"),
        ("di of do", "dinsdag 1 december of donderdag 26 november"),
        ("tomorrow", "woensdag 25 november"),
        ("jutro", "woensdag 25 november"),
        ("yarın", "woensdag 25 november"),
    ],
)
def test_a_day_is_found_from_the_day_it_is_said(text: str, meant: str) -> None:
    assert shown(text) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("half drie", "om 14:30"),
        ("half een", "om 12:30"),
        ("kwart voor acht", "om 07:45"),
        ("kwart voor acht 's avonds", "om 19:45"),
        ("kwart over drie", "om 15:15"),
        ("tien voor half vier", "om 15:20"),
        ("vijf over half zes", "om 17:35"),
        ("om 4 uur", "om 16:00"),
        ("14:30", "om 14:30"),
        ("16u30", "om 16:30"),
        ("om 9.15", "om 09:15"),
        ("na vijven", "vanaf 17:00"),
        ("na 17.00u", "vanaf 17:00"),
        ("bel me na zessen", "vanaf 18:00"),
        ("vanaf half negen", "vanaf 08:30"),
        ("tegen zessen", "om 18:00"),
        ("van half negen tot kwart over elf", "tussen 08:30 en 11:15"),
        ("voor 12 uur", "tot 12:00"),
        ("tot 3 uur", "tot 15:00"),
        ("tussen 9 en 12", "tussen 09:00 en 12:00"),
        ("tusen half tien en kwart over elf", "tussen 09:30 en 11:15"),
        ("van 9 tot 5", "tussen 09:00 en 17:00"),
        ("9-12 uur", "tussen 09:00 en 12:00"),
        ("8 tot 10 uur", "tussen 08:00 en 10:00"),
        ("'s ochtends", "tussen 08:00 en 12:00"),
        ("smiddags", "tussen 12:00 en 17:00"),
        ("tussen de middag", "tussen 12:00 en 13:30"),
        ("s avonds na 7", "vanaf 19:00"),
    ],
)
def test_an_hour_is_found(text: str, meant: str) -> None:
    assert shown(text) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("morgenmiddag", "woensdag 25 november tussen 12:00 en 17:00"),
        ("vanavond 8 uur", "dinsdag 24 november om 20:00"),
        ("dinsdag morgen", "dinsdag 1 december tussen 08:00 en 12:00"),
        ("volgnde week donderdagmidag", "donderdag 3 december tussen 12:00 en 17:00"),
        ("ik ben doordeweeks na half 6 thuis", "doordeweeks vanaf 17:30"),
        ("maandag en woensdag na vijven",
         "maandag 30 november vanaf 17:00 of woensdag 25 november vanaf 17:00"),
        ("ma t/m do tussen 8 en 10",
         "maandag 30 november tot en met donderdag 3 december tussen 08:00 en 10:00"),
        ("dinsdagochtend of woensdagmiddag",
         "dinsdag 1 december tussen 08:00 en 12:00 of woensdag 25 november tussen 12:00 en 17:00"),
        ("ben thuis maandag 9 tot 12, dinsdag 13 tot 17",
         "maandag 30 november tussen 09:00 en 12:00 of dinsdag 1 december tussen 13:00 en 17:00"),
        ("kan overmorgen om tien over half drie", "donderdag 26 november om 14:40"),
        ("woensdag 2 december na achten", "woensdag 2 december vanaf 20:00"),
        ("3-12 om twee uur", "donderdag 3 december om 14:00"),
        ("over twee uur", "dinsdag 24 november om 12:30"),
    ],
)  # fmt: skip
def test_days_and_hours_go_together(text: str, meant: str) -> None:
    assert shown(text) == meant


@pytest.mark.parametrize(
    "text",
    [
        "", "op de derde verdieping", "de eerste keer dat ik bel", "ja zo goed",
        "niet op dinsdag", "ik werk tot 4 dus daarna", "dat maakt mij niet uit",
        "drie stopcontacten", "ik wo in een flat", "half huis zonder stroom", "31 februari",
        "bel 06-12345678", "wanneer u wilt", "een paar uur", "mijn zoontje van 3 weken",
        "een kind van 4", "tussen twee verdiepingen", "in tweeen", "elke maand voor een abonnement",
    ],
)  # fmt: skip
def test_what_is_no_moment_or_rules_one_out_is_left_alone(text: str) -> None:
    assert find_when(text, NOW) == ()


def test_the_dutch_day_counts_and_not_the_day_in_greenwich() -> None:
    late = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)
    (when,) = find_when("morgen", late)
    assert when.first == date(2026, 11, 26)


def test_over_two_hours_crosses_midnight() -> None:
    (when,) = find_when("over twee uur", datetime(2026, 11, 24, 23, 0, tzinfo=AMSTERDAM))
    assert when == When(date(2026, 11, 25), date(2026, 11, 25), start=time(1), end=time(1))


def test_a_date_that_passed_is_next_year() -> None:
    (when,) = find_when("3 maart", NOW)
    assert when.first == date(2027, 3, 3)


@pytest.mark.parametrize(
    ("text", "words", "days_ago"),
    [
        ("de kraan lekt sinds gisteren", "sinds gisteren", 1),
        ("al drie dagen geen warm water", "al drie dagen", 3),
        ("sinds vorige week dinsdag", "sinds vorige week dinsdag", 7),
        ("hij doet het al een week niet meer", "al een week", 7),
        ("begon gisteravond", "gisteravond", 1),
        ("vannacht begon het te lekken", "vannacht", 0),
        ("3 dagen geleden", "3 dagen geleden", 3),
        ("al sinds zaterdag", "sinds zaterdag", 3),
        ("afgelopen vrijdag ging ie stuk", "afgelopen vrijdag", 4),
        ("al ruim 2 weken", "al ruim 2 weken", 14),
        ("al maanden schimmel", "al maanden", None),
        ("al een paar weken", "al een paar weken", None),
    ],
)
def test_since_when_is_found_in_the_past(text: str, words: str, days_ago: int | None) -> None:
    since = find_since(text, NOW)
    assert since is not None and since.words == words
    day = None if days_ago is None else NOW.date() - timedelta(days_ago)
    assert since.day == day


@pytest.mark.parametrize(
    "text", ["ik ben maandag thuis", "vanaf morgen", "alle lampen", "al goed", "deze week"]
)
def test_what_is_still_to_come_is_not_since_when(text: str) -> None:
    assert find_since(text, NOW) is None


@given(st.text(max_size=200))
def test_any_text_is_read_without_an_error(text: str) -> None:
    show_when(find_when(text, NOW))
    find_since(text, NOW)


WORDS = ["de", "3e", "half", "voor", "over", "na", "tot", "dinsdag", "5", "uur", "december",
         "en", "tussen", "31", "t/m", "volgende", "week", "kwart", "99", "24:00", "0-0",
         "vijven"]  # fmt: skip


@given(st.lists(st.sampled_from(WORDS), max_size=12))
def test_any_row_of_time_words_is_read_without_an_error(row: list[str]) -> None:
    show_when(find_when(" ".join(row), NOW))
    find_since(" ".join(row), NOW)
