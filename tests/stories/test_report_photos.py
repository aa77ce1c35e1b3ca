"""Photos go with the report they were sent for, and with no other."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from channels.port import Attached, MediaRef
from handoff.media import samples
from handoff.testing import Bench, PhoneSide, start_bench
from tests.kept_requests_scene import NEW
from tests.media.depot import Depot

pytestmark = pytest.mark.stories
FILES = {
    "photo-0": samples.photo(40, 30),
    "photo-1": samples.photo(41, 30),
    "letter": samples.pdf(),
}
REPORT = "mijn kraan lekt"
FILLED = "de kraan in de keuken"
"""The scripted assistant hears what leaks, asks where, and then passes the report on."""


@dataclass(frozen=True)
class Scene:
    bench: Bench
    phone: PhoneSide

    async def sends(self, name: str, type: str = "image/jpeg") -> None:
        self.bench.clock.move(timedelta(minutes=1))
        await self.phone.sends(Attached("", (MediaRef(name, type),)))

    async def says(self, text: str) -> None:
        self.bench.clock.move(timedelta(minutes=1))
        await self.phone.ask(text)

    async def session(self) -> str:
        return f"{(await self.phone.conversation()).id}.1.0"

    async def photos(self) -> Sequence[str]:
        return await self.bench.product.office.photos.of_this_report(await self.session())

    async def in_order(self) -> Sequence[str]:
        """Every photo of the conversation."""
        id = (await self.phone.conversation()).id
        found = await self.bench.product.store.read(lambda ledger: ledger.media.of(id))
        return [file.id for file in found]


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    bench = await start_bench(data_dir=tmp_path)
    made = Scene(bench, PhoneSide(bench, line=Depot(FILES)))
    await made.phone.ask("hallo")
    yield made
    await bench.client.aclose()
    await bench.product.stop()


async def test_photos_before_and_during_a_report_are_all_of_it_in_their_order(scene: Scene) -> None:
    await scene.sends("photo-0")
    await scene.says(REPORT)
    await scene.sends("photo-1")
    first, second = await scene.in_order()
    assert await scene.photos() == [first, second]


async def test_a_report_that_was_passed_on_keeps_its_photos_to_itself(scene: Scene) -> None:
    await scene.says(REPORT)
    await scene.sends("photo-0")
    await scene.says(FILLED)
    assert await scene.photos() == []
    await scene.sends("photo-1")
    assert await scene.photos() == (await scene.in_order())[1:]


async def test_two_kept_reports_one_after_the_other_share_no_photos(scene: Scene) -> None:
    await scene.sends("photo-0")
    (first,) = await scene.photos()
    scene.bench.clock.move(timedelta(minutes=1))
    await scene.bench.product.office.kept.keep_repair(await scene.session(), NEW, "key-1")
    assert await scene.photos() == []
    await scene.sends("photo-1")
    (second,) = await scene.photos()
    assert [first, second] == list(await scene.in_order())


async def test_other_talk_before_the_report_is_registered_loses_no_photo(scene: Scene) -> None:
    await scene.sends("photo-0")
    await scene.says(REPORT)
    await scene.says("wanneer moet ik de huur betalen")
    assert len(await scene.photos()) == 1


async def test_a_photo_of_yesterday_and_a_file_are_of_no_report(scene: Scene) -> None:
    await scene.sends("photo-0")
    await scene.sends("letter", "application/pdf")
    assert len(await scene.photos()) == 1
    scene.bench.clock.move(timedelta(days=1))
    assert await scene.photos() == []
