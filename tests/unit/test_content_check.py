"""The check of all content: what is shipped passes, and each kind of mistake is found."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from bot.content_check import check, main

pytestmark = pytest.mark.unit

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 11, 24)
TOPIC = "data/nlu/rent_payment_date.yml"
TEXTS, SETTINGS = "data/texts.yml", "corporation.yml"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of all content, to break."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    shutil.copy(ROOT / "corporation.yml", tmp_path)
    return tmp_path


def _change(content: Path, file: str, pattern: str, by: str) -> None:
    path = content / file
    text = path.read_text(encoding="utf-8")
    changed = re.sub(pattern, by, text, count=0 if pattern.startswith("language") else 1)
    assert changed != text, f"{pattern!r} is not in {file}"
    path.write_text(changed, encoding="utf-8")


def test_what_is_shipped_has_no_mistakes() -> None:
    assert check(ROOT, TODAY).errors == []


def test_facts_that_nobody_verified_are_listed_and_let_pass() -> None:
    assert any("not verified: mediation_price" in remark for remark in check(ROOT, TODAY).remarks)


def test_an_answer_with_an_expired_amount_is_refused_with_file_and_line() -> None:
    found = check(ROOT, date(2027, 7, 1))
    assert any(
        re.match(r"data/nlu/rent_increase_info\.yml:\d+: .*rent_increase_max_percent", error)
        for error in found.errors
    )
    assert any("expired: rent_increase_max_percent" in remark for remark in found.remarks)


@pytest.mark.parametrize(
    ("file", "pattern", "by", "where", "what"),
    [
        (TOPIC, "  owner: Team Huur\n", "", TOPIC, "topic.owner is missing"),
        (TOPIC, "queue: huur", "queue: elders", TOPIC, "unknown queue"),
        (TOPIC, "U betaalt de huur vooruit", "U dient te betalen", TOPIC, "write 'moet'"),
        (TOPIC, "corporation.payment_day", "corporation.pay", TOPIC, "unknown placeholder"),
        (TOPIC, "  - channel: voice\n", "  - channel: radio\n", TOPIC, "no spoken answer"),
        (
            TOPIC,
            r"(rules:\n- rule: \w+\n  steps:\n  )- intent: \w+",
            r"\1- intent: thanks",
            TOPIC,
            "no rule starts with",
        ),
        (TOPIC, "    - vervaldag huur\n", "    - dank je\n", "data/nlu/thanks.yml", "already"),
        (TOPIC, r"    - vervaldag huur\n[^$]*", "", TOPIC, "examples, at least"),
        (TOPIC, "language: other", "language: nl", TOPIC, "examples in other languages"),
        (
            TOPIC,
            "    - vervaldag huur\n",
            "    - hoelaat staat morgen het geld van de huur eraf\n"
            "    - hoelaat staat morgen het geld van mijn huur eraf\n",
            TOPIC,
            "almost the same",
        ),
        ("data/facts.yml", "  unit: procent\n", "", "data/facts.yml", "unit is missing"),
        (
            "data/texts.yml",
            "reason_asked:",
            "reason_x:",
            "data/texts.yml",
            "reason_asked is missing",
        ),
        (TEXTS, 'closed: "Dit', 'closed: "[[facts.x]] Dit', TEXTS, "unknown"),
        (
            "corporation.yml",
            r"\[repair_report,",
            "[garden,",
            "corporation.yml",
            "no topic 'garden'",
        ),
        (SETTINGS, '"08:30-17:00"', '"09:15-17:00"', SETTINGS, "09:15 is not in"),
        (SETTINGS, "    spoed: 5\n", "", SETTINGS, "no minutes for queue spoed"),
    ],
)
def test_a_mistake_is_found_and_placed(
    content: Path, file: str, pattern: str, by: str, where: str, what: str
) -> None:
    _change(content, file, pattern, by)
    errors = check(content, TODAY).errors
    assert any(re.match(rf"{re.escape(where)}:\d+: ", e) and what in e for e in errors), errors


def test_the_command_prints_the_mistakes_and_ends_with_one(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--root", str(content), "--on", "2026-11-24"]) == 0
    _change(content, TOPIC, "queue: huur", "queue: elders")
    assert main(["--root", str(content), "--on", "2026-11-24"]) == 1
    assert f"ERROR   {TOPIC}:12: unknown queue 'elders'" in capsys.readouterr().out
