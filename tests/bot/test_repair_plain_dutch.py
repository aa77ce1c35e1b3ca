"""What is put together for tenants out of word lists reads as plainly as the answers do."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from repair_office import FREE, NOW, repair
from repair_texts import SAID

from actions.backoffice.fakes.in_memory import BLOCK
from actions.backoffice.values import Afspraak
from actions.repairs.office_words import office_words
from actions.repairs.pick import pick_lists
from actions.repairs.status import told
from bot.plain_dutch import PlainDutch

pytestmark = pytest.mark.unit

PLAIN = PlainDutch.load(Path(__file__).parents[2] / "data" / "plain_dutch.yml")
TITLES = {option.title for pick in pick_lists().picks.values() for option in pick.options}


@pytest.mark.parametrize("title", sorted(TITLES))
def test_a_button_is_plain(title: str) -> None:
    assert not list(PLAIN.problems(title)) and len(title) <= 30


def test_every_question_has_its_answer_in_a_topic() -> None:
    assert {pick.ask for pick in pick_lists().picks.values()} <= SAID.keys()


@pytest.mark.parametrize("status", office_words().statuses)
def test_how_a_repair_stands_is_plain(status: str) -> None:
    visit = Afspraak("a", "v", "", "GEP", FREE[0], FREE[0] + BLOCK)
    over = Afspraak("b", "v", "", "GEP", NOW - timedelta(days=3), NOW - timedelta(days=2))
    for visits in ((visit,), (over,), ()):
        text = told(repair(1, status=status, afspraken=visits), NOW)
        assert not list(PLAIN.problems(text)), text
