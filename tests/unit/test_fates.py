"""News of what became of a message comes late, twice and in any order."""

from __future__ import annotations

from itertools import permutations

import pytest

from channels.port import Fate
from handoff.fates import moves

pytestmark = pytest.mark.unit


def _after(news: tuple[Fate, ...]) -> str:
    state = "sent"
    for fate in news:
        if moves(state, fate):
            state = fate.value
    return state


@pytest.mark.parametrize(
    "news", list(permutations((Fate.SENT, Fate.DELIVERED, Fate.READ))), ids=str
)
def test_in_whatever_order_news_comes_the_furthest_state_stays(news: tuple[Fate, ...]) -> None:
    assert _after(news) == "read"


def test_a_failure_gives_way_to_a_late_delivery_but_not_to_a_late_sent() -> None:
    assert _after((Fate.FAILED, Fate.SENT)) == "failed"
    assert _after((Fate.FAILED, Fate.DELIVERED)) == "delivered"
    assert _after((Fate.DELIVERED, Fate.FAILED)) == "delivered"


def test_the_same_news_again_is_no_news() -> None:
    assert not moves("delivered", Fate.DELIVERED)
    assert not moves("failed", Fate.FAILED)


def test_a_send_that_ended_in_doubt_is_settled_by_a_callback() -> None:
    assert moves("unknown", Fate.SENT)
    assert moves("sending", Fate.FAILED)
