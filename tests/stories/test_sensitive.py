"""What we never ask is not kept when a tenant types it, whatever way it comes in (R11)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from channels.port import Aside, Attached, Body, Edited, Text
from handoff.testing import Bench, PhoneSide, TenantSide, start_bench

pytestmark = pytest.mark.stories
BSN = "123456782"
IBAN = "NL91 ABNA 0417 1643 00"
SECRETS = (BSN, "0417 1643", "NL91 ABNA", "1850 euro", "astma")
NOT_NEEDED = "hebben wij hier niet nodig"


@pytest.fixture
async def kept(tmp_path: Path) -> AsyncIterator[Bench]:
    """A product whose database and files are in a folder of this test."""
    url = f"sqlite:///{tmp_path / 'thuisbalie.sqlite'}"
    running = await start_bench(database_url=url, data_dir=tmp_path)
    yield running
    await running.client.aclose()
    await running.product.stop()


def stored_of(folder: Path) -> bytes:
    """Every byte that is kept, also in the database's journal."""
    return b"\n".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())


def leaked(folder: Path) -> list[str]:
    stored = stored_of(folder)
    return [secret for secret in SECRETS if secret.encode() in stored]


def told(texts: list[str]) -> int:
    return sum(NOT_NEEDED in text for text in texts)


async def texts_for(tenant: TenantSide, said: str) -> list[str]:
    return [event["text"] for event in await tenant.ask(said)]


BODIES = {
    "words": Text(f"mijn bsn is {BSN} en de kraan lekt"),
    "all at once": Text(f"ik verdien 1850 euro, rekening {IBAN}, en mijn zoon heeft astma"),
    "an edited message": Edited(f"ik bedoel rekening {IBAN}"),
    "below a photo": Attached(f"foto van de schimmel, mijn bsn {BSN}", ()),
    "a place that was shared": Aside("location", f"Dorpsstraat 1, bsn {BSN}"),
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
@pytest.mark.parametrize("channel", ["whatsapp", "sms", "telegram", "voice", "webhook"])
async def test_nothing_of_it_is_on_the_disk(
    kept: Bench, tmp_path: Path, channel: str, body: Body
) -> None:
    phone = PhoneSide(kept, channel)
    await phone.sends(body)
    assert not leaked(tmp_path)
    assert any("[" in one.text for one in await phone.log())


async def test_nothing_of_the_web_chat_is_on_the_disk(kept: Bench, tmp_path: Path) -> None:
    tenant = await kept.tenant()
    await tenant.ask(f"mijn rekening is {IBAN}, wilt u dat veranderen")
    assert b"[bankrekening]" in stored_of(tmp_path)
    assert not leaked(tmp_path)


async def test_the_assistant_reads_what_is_left_and_cannot_repeat_the_number(bench: Bench) -> None:
    tenant = await bench.tenant()
    texts = await texts_for(tenant, f"mijn bsn is {BSN}")
    assert [ask.text for ask in bench.assistant.asked] == ["mijn bsn is [burgerservicenummer]"]
    assert not any(BSN in text for text in texts)


async def test_the_tenant_hears_once_in_a_conversation_that_it_was_not_kept(bench: Bench) -> None:
    tenant = await bench.tenant()
    first = await texts_for(tenant, f"mijn bsn is {BSN}, wanneer komt de monteur")
    again = await texts_for(tenant, f"en mijn rekening is {IBAN}")
    assert (told(first), told(again)) == (1, 0)


async def test_who_waits_for_a_person_hears_it_too(bench: Bench) -> None:
    tenant = await bench.tenant()
    await tenant.ask("ik wil een medewerker")
    assert told(await texts_for(tenant, f"mijn rekening is {IBAN}")) == 1


async def test_in_danger_nothing_is_said_about_it_and_what_was_taken_stays_readable(
    bench: Bench,
) -> None:
    tenant = await bench.tenant()
    texts = await texts_for(tenant, f"ik wil dood en heb oxazepam geslikt, mijn bsn is {BSN}")
    assert told(texts) == 0
    assert await tenant.state() == "waiting"
    seen = (await (await bench.staff()).open(tenant.id))["messages"]
    said = next(one["text"] for one in seen if "dood" in one["text"])
    assert "oxazepam" in said and BSN not in said


async def test_staff_sees_that_something_stood_there_and_search_does_not_find_it(
    bench: Bench,
) -> None:
    tenant, fatma = await bench.tenant(), await bench.staff()
    await tenant.ask(f"mijn bsn is {BSN}, ik wil een medewerker")
    seen = (await fatma.open(tenant.id))["messages"]
    assert any("[burgerservicenummer]" in one["text"] for one in seen)
    assert not any(BSN in str(one) for one in seen)


async def test_words_about_our_help_are_masked_too(kept: Bench, tmp_path: Path) -> None:
    tenant, fatma = await kept.tenant(), await kept.staff()
    await tenant.ask("ik wil een medewerker")
    await fatma.step(tenant.id, "take")
    await fatma.step(tenant.id, "close")
    await tenant.ask(f"prima geholpen, mijn bsn is {BSN}")
    assert not leaked(tmp_path)


async def test_the_same_message_twice_is_still_one(bench: Bench) -> None:
    tenant = await bench.tenant()
    body = {"client_msg_id": "zelfde", "text": f"mijn bsn is {BSN}"}
    first, second = await tenant.post(body), await tenant.post(body)
    assert first.json() == second.json()
