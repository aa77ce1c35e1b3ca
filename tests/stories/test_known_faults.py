"""Several homes of one complex report the same: staff confirm it, tenants hear it at once."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from handoff.known_faults.faults import Faults
from handoff.testing import Bench, PhoneSide, StaffSide, start_bench

pytestmark = pytest.mark.stories
LIFT = {"cluster": "complex-1", "defect": "NWF", "location": "LIF"}
WORDS = "De storing aan de lift is bekend. De monteur komt vandaag."


@dataclass
class Scene:
    bench: Bench
    staff: StaffSide
    phones: list[PhoneSide] = field(default_factory=list)

    @property
    def faults(self) -> Faults:
        return self.bench.product.office.faults

    async def report(self, no: int, cluster: str = "complex-1") -> PhoneSide:
        phone = PhoneSide(self.bench, f"sms{no}", f"+3160000000{no}")
        await phone.ask("hallo")
        talk = await phone.conversation()
        await self.faults.reported(cluster, "NWF", "LIF", f"{talk.id}.1.0")
        self.phones.append(phone)
        return phone

    async def told(self) -> Sequence[str]:
        return [one.words for one in await self.faults.told("complex-1", "NWF", "LIF")]

    async def seen(self) -> dict[str, Any]:
        answer = await self.staff.client.get("/console/api/faults")
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def confirm(self, hours: float = 24, **parts: Any) -> Any:
        until = self.bench.clock.now() + timedelta(hours=hours)
        body = {**LIFT, "words": WORDS, "until": until.isoformat(), **parts}
        return await self.staff.client.post("/console/api/faults", json=body)

    async def end(self, id: str) -> Any:
        answer = await self.staff.client.post(f"/console/api/faults/{id}/end")
        await self.bench.work()
        return answer


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    bench = await start_bench()
    yield (made := Scene(bench, await bench.staff()))
    await made.staff.client.aclose()
    await bench.client.aclose()
    await bench.product.stop()


async def test_three_homes_make_a_suspicion_that_tenants_are_not_told(scene: Scene) -> None:
    await scene.report(1)
    await scene.report(1)
    await scene.report(2)
    await scene.report(4, cluster="complex-2")
    assert (await scene.seen())["suspected"] == []
    await scene.report(3)
    (one,) = (await scene.seen())["suspected"]
    assert (one["homes"], one["kind"]["place"]) == (3, "de lift")
    assert one["suggestion"] == "De storing aan de lift is bekend. Wij werken eraan."
    assert await scene.told() == []


async def test_reports_of_another_day_do_not_count_together(scene: Scene) -> None:
    await scene.report(1)
    await scene.report(2)
    scene.bench.clock.move(timedelta(hours=25))
    await scene.report(3)
    assert list((await scene.faults.overview()).suspected) == []


async def test_what_staff_confirm_is_told_until_it_no_longer_holds(scene: Scene) -> None:
    for no in (1, 2, 3):
        await scene.report(no)
    ready = scene.bench.clock.now() + timedelta(hours=3)
    assert (await scene.confirm(expected_end=ready.isoformat())).status_code == 201
    assert (await scene.seen())["suspected"] == []
    assert await scene.told() == [f"{WORDS} Wij verwachten dat het vandaag voor 14:00 klaar is."]
    assert await scene.faults.told("complex-2", "NWF", "LIF") == []
    assert await scene.faults.told("complex-1", "LEK", "LIF") == []
    scene.bench.clock.move(timedelta(hours=4))
    assert await scene.told() == [WORDS]
    scene.bench.clock.move(timedelta(hours=21))
    assert await scene.told() == []


async def test_staff_change_what_is_told(scene: Scene) -> None:
    made = (await scene.confirm()).json()
    body = {"words": "De lift rijdt morgen weer.", "until": made["until"]}
    url = f"/console/api/faults/{made['id']}"
    assert (await scene.staff.client.put(url, json=body)).status_code == 200
    assert await scene.told() == ["De lift rijdt morgen weer."]


async def test_who_reported_it_hears_once_that_it_is_over(scene: Scene) -> None:
    one, two = await scene.report(1), await scene.report(2)
    talk = await two.conversation()
    await scene.staff.step(talk.id, "take")
    await scene.bench.work()
    made = (await scene.confirm()).json()
    before = len(two.line.sent)
    assert (await scene.end(made["id"])).json() == {"told": 2}
    assert sum("De storing aan de lift is opgelost" in text for text in one.line.sent) == 1
    assert len(two.line.sent) == before  # a colleague holds it: only the colleague is told
    assert any("opgelost. Vertel dit zelf" in message.text for message in await two.log())
    assert (await scene.end(made["id"])).status_code == 404
    assert await scene.told() == []
    assert (await scene.seen())["suspected"] == []


async def test_staff_say_that_it_is_no_fault_of_the_building(scene: Scene) -> None:
    for no in (1, 2, 3):
        await scene.report(no)
    answer = await scene.staff.client.post("/console/api/faults/none", json=LIFT)
    assert answer.status_code == 204
    seen = await scene.seen()
    assert seen["suspected"] == [] and seen["ended"] == []
    assert await scene.told() == []


async def test_words_that_tenants_do_not_understand_are_refused(scene: Scene) -> None:
    long = "De storing aan de lift wordt " + "heel erg " * 9 + "snel gemaakt door de monteur."
    for parts in ({"words": long}, {"words": " "}, {"hours": -1}):
        assert (await scene.confirm(**parts)).status_code == 422
    assert await scene.told() == []
