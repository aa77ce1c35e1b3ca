"""Facts and settings in texts: filled in when they hold, refused when they do not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.facts import FactExpired, Facts, UnknownPlaceholder
from bot.lined_yaml import YamlBroken

pytestmark = pytest.mark.unit

ROOT = Path(__file__).resolve().parents[2]
FACTS = """\
limit:
  value: 38479
  unit: euro
  valid_from: 2026-01-01
  valid_to: 2026-12-31
  source: "wet"
  verified: true
percent:
- {value: 5, unit: procent, valid_from: 2025-07-01, valid_to: 2026-06-30, source: a, verified: true}
- {value: 4.1, unit: procent, valid_from: 2026-07-01, valid_to: null, source: b, verified: false}
"""
CORPORATION = """\
phone: "085 000"
links:
  portal: "https://x.example"
closed_on: [2026-12-24]
"""


def _facts(folder: Path, facts: str = FACTS) -> Facts:
    (folder / "facts.yml").write_text(facts, encoding="utf-8")
    corporation = (
        'phone: "085 000"\nlinks:\n  portal: "https://x.example"\nclosed_on: [2026-12-24]\n'
    )
    (folder / "corporation.yml").write_text(corporation, encoding="utf-8")
    return Facts.load(folder / "facts.yml", folder / "corporation.yml")


def test_facts_and_settings_are_filled_in_as_a_dutch_reader_expects(tmp_path: Path) -> None:
    text = "Tot [[facts.limit]] euro, [[facts.percent]] procent. Bel [[corporation.phone]]."
    filled = _facts(tmp_path).render(text, date(2026, 11, 24))
    assert filled == "Tot 38.479 euro, 4,1 procent. Bel 085 000."


def test_a_setting_inside_a_group_has_a_dotted_name(tmp_path: Path) -> None:
    said = _facts(tmp_path).render("Zie [[corporation.links.portal]].", date(2026, 1, 1))
    assert said == "Zie https://x.example."


@pytest.mark.parametrize(
    ("day", "percent"),
    [(date(2026, 6, 30), "5"), (date(2026, 7, 1), "4,1"), (date(2031, 1, 1), "4,1")],
)
def test_of_several_periods_the_one_that_holds_is_used(
    tmp_path: Path, day: date, percent: str
) -> None:
    assert _facts(tmp_path).render("[[facts.percent]]", day) == percent


@pytest.mark.parametrize("day", [date(2025, 12, 31), date(2027, 1, 1)])
def test_an_old_amount_is_never_given(tmp_path: Path, day: date) -> None:
    with pytest.raises(FactExpired, match=r"facts\.limit"):
        _facts(tmp_path).render("Tot [[facts.limit]] euro", day)


def test_a_fact_holds_on_its_first_and_its_last_day(tmp_path: Path) -> None:
    facts = _facts(tmp_path)
    for day in (date(2026, 1, 1), date(2026, 12, 31)):
        assert facts.render("[[facts.limit]]", day) == "38.479"


@pytest.mark.parametrize("name", ["facts.nothing", "corporation.nothing", "weather.today"])
def test_an_unknown_name_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnknownPlaceholder):
        _facts(tmp_path).render(f"[[{name}]]", date(2026, 11, 24))


def test_the_hubs_own_texts_may_not_hold_what_can_expire(tmp_path: Path) -> None:
    with pytest.raises(UnknownPlaceholder):
        _facts(tmp_path).render_corporation("[[facts.limit]]")


@pytest.mark.parametrize("part", ["value", "unit", "valid_from", "source", "verified"])
def test_a_fact_without_a_part_is_refused_with_its_line(tmp_path: Path, part: str) -> None:
    kept = [line for line in FACTS.splitlines() if not line.startswith(f"  {part}:")]
    with pytest.raises(YamlBroken, match=rf"facts\.yml:1: limit: {part} is missing"):
        _facts(tmp_path, "\n".join(kept))


def test_every_shipped_fact_holds_today_and_names_its_source() -> None:
    facts = Facts.load(ROOT / "data" / "facts.yml", ROOT / "corporation.yml")
    for name, periods in facts.facts.items():
        assert all(period.source for period in periods)
        assert facts.render(f"[[facts.{name}]]", date(2026, 11, 24))
