"""A file of staff meets a closed window, a busy provider, an empty shelf, another channel."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from handoff.media.shelf import Shelf
from handoff.testing import unique
from tests.phone_visitor import Visitor, a_visitor
from tests.staff_files_scene import ASK, PDF, a_desk, holding, whatsapp_of

pytestmark = [
    pytest.mark.stories,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]


@pytest.fixture
async def visitor(tmp_path: Any) -> AsyncIterator[Visitor]:
    async with a_visitor(data_dir=tmp_path) as visitor:
        yield visitor


async def test_a_file_behind_a_closed_window_waits_and_then_arrives(visitor: Visitor) -> None:
    desk = await a_desk(visitor, "whatsapp")
    desk.bench.clock.move(timedelta(hours=25))
    desk.staff = await desk.bench.staff()  # the next day: logged in anew
    await desk.sends((PDF, "Brief.pdf"))
    assert not [one for one in whatsapp_of(visitor).sent if one.media]
    await visitor.writes("whatsapp", text="ja")
    await visitor.time_passes()
    (message,) = [one for one in whatsapp_of(visitor).sent if one.media]
    assert message.media[0].file.content == PDF


@pytest.mark.parametrize("device", ["whatsapp", "telegram", "sms"])
async def test_a_file_that_a_provider_refused_for_now_arrives_later_and_once(
    visitor: Visitor, device: str
) -> None:
    desk = await a_desk(visitor, device)
    await visitor.breaks(device, "busy")
    await desk.sends((PDF, "Brief.pdf"))
    assert "Brief.pdf" not in visitor.texts(device)
    await visitor.breaks(device, "none")
    for _ in range(6):
        await visitor.time_passes(timedelta(minutes=1))
    assert visitor.texts(device).count("Document: Brief.pdf") == 1


async def test_a_file_that_is_gone_fails_with_its_reason_and_the_words_arrive(
    visitor: Visitor,
) -> None:
    desk = await a_desk(visitor, "telegram")
    added = (await desk.adds(PDF, "Brief.pdf")).json()["file"]["id"]
    Shelf(desk.bench.product.settings.shelf).remove(added)
    await desk.says([added], "Hier is de brief.")
    words, document = await desk.log()
    assert words["delivery"]["state"] == "sent"
    assert (document["delivery"]["state"], document["delivery"]["reason"]) == (
        "failed",
        "file_gone",
    )
    assert "Hier is de brief." in visitor.texts("telegram")


async def test_files_go_along_to_another_channel_of_the_same_person(visitor: Visitor) -> None:
    await visitor.writes("telegram", text=ASK)
    await visitor.time_passes()
    desk = await holding(visitor.bench)
    await visitor.writes("sms", text="hallo")
    await visitor.time_passes()
    rows = await desk.staff.listed("bot", "waiting", "held")
    there = next(row["id"] for row in rows if row["channel"] == "sms")
    await desk.staff.step(desk.id, "person/join", conversation=there)
    added = (await desk.adds(PDF, "Brief.pdf")).json()["file"]["id"]
    body = {"conversation": there, "text": "", "files": [added], "client_msg_id": unique()}
    answer = await desk.staff.step(desk.id, "say-elsewhere", reason="op verzoek", **body)
    assert answer.status_code == 201, answer.text
    again = await desk.staff.step(desk.id, "say-elsewhere", reason="op verzoek", **body)
    assert again.json() == answer.json()
    await desk.bench.work()
    assert "Document: Brief.pdf http" in visitor.texts("sms")
    assert "Brief.pdf" not in visitor.texts("telegram")
    notes = [m for m in (await desk.staff.open(desk.id))["messages"] if m["kind"] == "note"]
    assert "Document: Brief.pdf" in notes[-1]["text"]
    assert (await desk.ready())["files"] == []
