"""A link for photos, for who reports a repair by SMS: offered, opened, used once."""

from __future__ import annotations

import base64
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import ClassVar

import httpx
import pytest

from bot.scripted import Scripted
from channels.port import Capabilities
from channels.twilio.segments import is_gsm7, segments
from handoff.ledger.media import FileState
from handoff.testing import Bench, Line, PhoneSide, start_bench
from tests.stories.test_chat_photos import photo

pytestmark = pytest.mark.stories
BASE = "https://balie.example"
SCRIPT = {
    "rules": [
        {
            "words": ["foto"],
            "intent": "repair_report",
            "form": "repair_form",
            "slots": {"repair_photo": "ja"},
            "replies": [{"text": "Een foto is welkom."}],
        },
        {
            "words": ["klaar"],
            "intent": "repair_report",
            "replies": [{"text": "Dank u."}],
            "signals": [
                {"signal": "form_filled", "form": "repair_form", "fields": {"repair_room": "bad"}}
            ],
        },
        {"words": ["huur"], "intent": "rent_payment_date", "replies": [{"text": "De eerste."}]},
    ],
    "otherwise": {"signals": [{"signal": "not_sure"}]},
}


class TextOnly(Line):
    """A channel that carries no files."""

    capabilities: ClassVar[Capabilities] = replace(Line.capabilities, files=False)


@dataclass(frozen=True)
class Scene:
    bench: Bench
    phone: PhoneSide

    async def link(self) -> str:
        told = "\n".join(await self.phone.ask("Ik heb een foto van het lek"))
        found = re.search(rf"{BASE}(/u/[A-Za-z0-9_-]+)", told)
        assert found, told
        return found[1]

    async def send(
        self, link: str, *photos: bytes, upload: str = "0123456789abcdef"
    ) -> httpx.Response:
        body = {"upload": upload, "photos": [base64.b64encode(p).decode() for p in photos]}
        return await self.bench.client.post(f"{link}/photos", json=body)

    async def kept(self) -> int:
        talk = await self.phone.conversation()
        files = await self.bench.product.store.read(lambda ledger: ledger.media.of(talk.id))
        said = [file for file in files if file.state is FileState.KEPT]
        assert all(file.message for file in said)
        return len(said)


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    bench = await start_bench(Scripted(SCRIPT), public_base_url=BASE)
    yield Scene(bench, PhoneSide(bench, line=TextOnly()))
    await bench.client.aclose()
    await bench.product.stop()


async def test_who_speaks_of_a_photo_by_sms_gets_a_link_that_fits(scene: Scene) -> None:
    told = await scene.phone.ask("Ik heb een foto van het lek")
    assert told[-1].startswith(f"Stuur hier uw foto: {BASE}/u/")
    assert is_gsm7(told[-1]) and segments(told[-1]) <= 3


async def test_a_complete_report_gets_a_link_once_a_day(scene: Scene) -> None:
    told = await scene.phone.ask("klaar")
    assert any("/u/" in text for text in told)
    assert not any("/u/" in text for text in await scene.phone.ask("klaar"))


async def test_another_question_gets_no_link(scene: Scene) -> None:
    assert not any("/u/" in text for text in await scene.phone.ask("wanneer betaal ik huur"))


async def test_a_channel_with_files_and_a_product_without_address_get_no_link(
    scene: Scene,
) -> None:
    with_files = PhoneSide(scene.bench, channel="line", address="x", line=Line())
    assert not any("/u/" in text for text in await with_files.ask("een foto"))
    bare = await start_bench(Scripted(SCRIPT))
    told = await PhoneSide(bare, line=TextOnly()).ask("een foto")
    await bare.client.aclose()
    await bare.product.stop()
    assert not any("/u/" in text for text in told)


async def test_only_a_hash_of_the_link_is_kept(scene: Scene) -> None:
    token = (await scene.link()).rsplit("/", 1)[-1]
    talk = await scene.phone.conversation()
    kept = await scene.bench.product.store.read(lambda ledger: ledger.photo_links.latest(talk.id))
    assert kept is not None and token not in repr(kept) and len(token) * 6 >= 128


async def test_three_photos_in_one_go_are_with_the_report_and_the_link_is_used(
    scene: Scene,
) -> None:
    link = await scene.link()
    page = await scene.bench.client.get(link)
    assert page.status_code == 200 and "set-cookie" not in page.headers
    assert (await scene.send(link, photo(), photo("blue"), photo("green"))).status_code == 204
    assert await scene.kept() == 3
    again = await scene.send(link, photo(), upload="f" * 16)
    assert (again.status_code, again.json()["error"]["code"]) == (410, "photo_link_dead")
    gone = await scene.bench.client.get(link)
    assert gone.status_code == 410 and "Deze link werkt niet meer" in gone.text
    assert await scene.kept() == 3


async def test_the_same_upload_again_after_a_lost_answer_is_the_same_photo(scene: Scene) -> None:
    link = await scene.link()
    assert (await scene.send(link, photo())).status_code == 204
    assert (await scene.send(link, photo())).status_code == 204
    assert await scene.kept() == 1


async def test_a_link_expires_after_a_day(scene: Scene) -> None:
    link = await scene.link()
    scene.bench.clock.move(timedelta(hours=24))
    assert (await scene.bench.client.get(link)).status_code == 410
    assert (await scene.send(link, photo())).status_code == 410
    assert await scene.kept() == 0


@pytest.mark.parametrize("token", ["onbekend", "x" * 5_000, "%00"])
async def test_a_link_nobody_was_given_is_told_in_plain_words(scene: Scene, token: str) -> None:
    answer = await scene.bench.client.get(f"/u/{token}")
    assert answer.status_code in (404, 410)
    assert (await scene.send(f"/u/{token}", photo())).status_code in (404, 410)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b'{"upload":"0123456789abcdef","photos":[]}',
        b'{"upload":"0123456789abcdef","photos":["a","a","a","a"]}',
        b'{"upload":"0123456789abcdef","photos":["%%%"]}',
        '{"upload":"0123456789abcdef","photos":["\u00e9"]}'.encode(),
        b'{"upload":"kort","photos":["aaaa"]}',
        b'{"upload":"0123456789abcdef","photos":["JVBERi0xLjc="]}',
    ],
)
async def test_what_is_no_photo_is_refused_and_leaves_the_link(scene: Scene, body: bytes) -> None:
    link = await scene.link()
    answer = await scene.bench.client.post(f"{link}/photos", content=body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "photo_unreadable")
    assert await scene.kept() == 0
    assert (await scene.send(link, photo())).status_code == 204
