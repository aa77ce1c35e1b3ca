"""Two channels of one verified tenant are one person; nothing less joins them."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from identity_scene import MOBILE, Scene, start_scene, tenant

from actions.backoffice.values import Claim
from actions.backoffice.verification import Level
from handoff.identities import Address
from handoff.ledger.accounts import LookedFor
from handoff.model import ConversationId, MessageKind

pytestmark = pytest.mark.stories
SMS, WHATSAPP = Address("sms", MOBILE), Address("whatsapp", f"whatsapp:{MOBILE}")


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    scene = await start_scene()
    yield scene
    await scene.bench.product.stop()


async def joined(scene: Scene) -> set[Address]:
    store = scene.bench.product.store
    return set(await store.read(lambda ledger: ledger.persons.joined_with(SMS)))


async def notes(scene: Scene, session: str) -> list[str]:
    id = ConversationId(session.split(".")[0])
    found = await scene.bench.product.store.read(lambda ledger: ledger.messages.after(id, 0))
    return [one.text for one in found if one.kind is MessageKind.NOTE]


async def test_level_two_on_a_second_channel_joins_them_and_tells_staff(scene: Scene) -> None:
    first, second = (
        await scene.phone("sms", MOBILE),
        await scene.phone("whatsapp", WHATSAPP.address),
    )
    await scene.verified(first)
    assert await joined(scene) == {SMS}
    await scene.verified(second)
    assert await joined(scene) == {SMS, WHATSAPP}
    assert any("één persoon" in one for one in await notes(scene, second))
    assert await notes(scene, first) == []


async def test_level_one_joins_nothing(scene: Scene) -> None:
    for channel, address in (("sms", MOBILE), ("whatsapp", WHATSAPP.address)):
        await scene.claim(await scene.phone(channel, address))
    assert await joined(scene) == {SMS}


async def test_a_phone_that_two_tenants_share_is_joined_with_nobody() -> None:
    scene = await start_scene(tenant(), tenant("partner", huisnummer=14))
    sms = await scene.phone("sms", MOBILE)
    await scene.claim(sms, Claim("1234AB", 14, tenant().relatie.geboortedatum), Level.VERIFIED)  # type: ignore[arg-type]
    await scene.checks.code(sms, await scene.code())
    await scene.verified(sms)
    await scene.verified(await scene.phone("whatsapp", WHATSAPP.address))
    assert await joined(scene) == {SMS}
    await scene.bench.product.stop()


async def test_every_step_is_in_the_log_of_access(scene: Scene) -> None:
    session = await scene.web()
    await scene.checks.code(session, "123456")
    await scene.verified(session)
    found = await scene.bench.product.store.read(
        lambda ledger: ledger.accounts.looked(LookedFor(), 50, 0)
    )
    steps = [one.what for one in reversed(found) if one.login == "tenant"]
    assert steps == [
        "identity_code_wrong",
        "identity_code_asked",
        "identity_code_sent",
        "identity_given_verified",
    ]
