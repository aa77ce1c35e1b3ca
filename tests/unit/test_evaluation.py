"""The figures of an evaluation, on readings made for the purpose."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluation import figures, report
from evaluation.__main__ import measure
from evaluation.readings import Reading
from evaluation.sets import Alarm, SetBroken, Sets, Stray, Utterance, Wish, load

pytestmark = pytest.mark.unit


def reading(best: str, sure: float = 0.9, band: str = "answer", **more: object) -> Reading:
    rest = (("a", 0.04), ("b", 0.03), ("c", 0.02))
    others = tuple(pair for pair in rest if pair[0] != best)
    return Reading(((best, sure), *others), band, 5.0, **more)  # type: ignore[arg-type]


def utterance(label: str, language: str = "nl", *also: str) -> Utterance:
    return Utterance("tekst", (label, *also), language, "chat")


SETS = Sets(
    utterances=(
        utterance("a"),
        utterance("b", "nl", "a"),
        utterance("b"),
        utterance("x"),
        utterance("a", "tr"),
    ),
    strays=(Stray("weer", "general", "nl"), Stray("paspoort", "near", "nl")),
    alarms=(Alarm("gas!", ("gas",), True, "nl"), Alarm("gasrekening", ("a",), False, "nl")),
    wishes=(Wish("mens", True, "nl"), Wish("buurman", False, "nl")),
)
READ = [
    reading("a"),
    reading("a"),
    reading("a", 0.5, "ask"),
    reading("a"),
    reading("a"),
    reading("a"),
    reading("referral_municipality"),
    reading("gas", model_alarm=True),
    reading("a"),
    reading("human_agent_request", 0.3, "ask"),
    reading("a"),
]


def test_each_measure_counts_what_it_names() -> None:
    found = measure(SETS, READ)
    assert found.right_dutch == figures.Share(2, 4)
    assert found.right_other == figures.Share(1, 1)
    assert found.answered == figures.Share(4, 5)
    assert found.wrong == figures.Share(1, 4)
    assert found.within_choices == figures.Share(4, 5)
    assert found.strays_answered == figures.Share(1, 2)
    assert found.alarms_found == figures.Share(1, 1)
    assert found.false_alarms == figures.Share(0, 1)
    assert found.wishes_found == figures.Share(1, 1)
    assert found.false_wishes == figures.Share(0, 1)
    assert found.milliseconds == (5.0, 5.0)
    assert found.confusions == (("b", "a", 1), ("x", "a", 1))


def test_an_alarm_of_the_rules_counts_without_the_model() -> None:
    read = [*READ[:7], reading("a", alarms=frozenset({"gas"})), *READ[8:]]
    assert measure(SETS, read).alarms_found == figures.Share(1, 1)


def test_texts_as_sure_as_right_have_no_calibration_error() -> None:
    sets = Sets(tuple(utterance("a") for _ in range(10)), (), (), ())
    read = [reading("a", 0.8)] * 8 + [reading("b", 0.8)] * 2
    assert measure(sets, read).calibration_error == pytest.approx(0)


def test_the_curve_answers_the_surest_first() -> None:
    sets = Sets((utterance("a"), utterance("a")), (), (), ())
    curve = measure(sets, [reading("a", 0.9), reading("b", 0.4)]).curve
    assert [(point.answered, point.wrong) for point in curve] == [(0.5, 0.0), (1.0, 0.5)]


def test_the_table_and_the_page_show_every_measure() -> None:
    both = {report.OURS: measure(SETS, READ), "stock Rasa": measure(SETS, READ)}
    text, page = report.as_text(both), report.as_page(both, "model <x>")
    for shown in (text, page):
        assert all(one.name in shown.replace("&gt;", ">") for one in report.MEASURES)
    assert "model &lt;x&gt;" in page
    assert page.count("<svg") == 2


def test_a_folder_is_read_with_all_that_counts_as_right(tmp_path: Path) -> None:
    (tmp_path / "utterances.tsv").write_text(
        'text\tlabel\taccept\tvoice\tlang\nhet is "koud"\ta\tb|c\tchat\tnl\n', encoding="utf-8"
    )
    sets = load(tmp_path)
    assert sets.utterances == (Utterance('het is "koud"', ("a", "b", "c"), "nl", "chat"),)
    assert sets.texts == ['het is "koud"']


def test_a_folder_without_sets_and_a_file_without_a_column_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="holds none of"):
        load(tmp_path)
    (tmp_path / "human.tsv").write_text("text\tlang\nhallo\tnl\n", encoding="utf-8")
    with pytest.raises(SetBroken, match="label"):
        load(tmp_path)
