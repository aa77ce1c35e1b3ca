"""The number of a caller: kept so that a code may go there, and never taken for proof."""

from __future__ import annotations

import pytest

from handoff.ledger import Ledger
from handoff.verification.talk import number_of
from tests.stories.phone.scene import RENT, Scene

pytestmark = pytest.mark.stories


@pytest.mark.parametrize(
    ("caller", "kept"),
    [("+31612345678", "+31612345678"), ("+266696687", None), ("anonymous", None)],
)
async def test_the_number_of_a_call_is_kept_unless_it_is_hidden(
    scene: Scene, caller: str, kept: str | None
) -> None:
    call = scene.call(caller=caller)
    await call.dials()
    await call.says(RENT)
    talk = await scene.talk(call)

    def work(ledger: Ledger) -> tuple[str | None, bool]:
        return number_of(ledger, talk), ledger.verifications.of(talk.id) is None

    assert await scene.bench.product.store.read(work) == (kept, True)
