"""The question whether a code may be sent to the number that somebody writes from."""

from __future__ import annotations

from datetime import date

import pytest

from actions.identity.answers import hear
from actions.identity.slots import WAY, Way

pytestmark = pytest.mark.unit
TODAY = date(2026, 11, 25)


@pytest.mark.parametrize("said", ["Ja", "ja graag", "is goed", "oke"])
def test_yes_means_the_number_that_is_written_from(said: str) -> None:
    assert hear(said, WAY, TODAY).slots == {WAY: Way.NUMBER}


@pytest.mark.parametrize("said", ["Nee", "nee hoor", "liever niet", "ander nummer"])
def test_no_means_the_questions_instead(said: str) -> None:
    assert hear(said, WAY, TODAY).slots == {WAY: Way.CLAIM}
