"""Numbers: a caller's, one that goes to somebody else, and one that two tenants share."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest
from identity_scene import HOME, JANSEN, MOBILE, Scene, start_scene, tenant

from actions.backoffice.values import Claim
from actions.backoffice.verification import Level
from actions.services import Proof
from handoff.identities import Address
from handoff.ledger import Ledger
from handoff.model import ConversationId, MessageKind

pytestmark = pytest.mark.stories
WHATSAPP, SMS = Address("whatsapp", f"whatsapp:{MOBILE}"), Address("sms", MOBILE)
OTHERS = "+31622222222"


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    scene = await start_scene()
    yield scene
    await scene.bench.product.stop()


async def call(scene: Scene, name: str, number: str | None) -> str:
    """A call with this number, as the phone line keeps it; None: hidden."""
    session = await scene.phone("phone", name)
    id, now = ConversationId(session.split(".")[0]), scene.bench.clock.now()

    def work(ledger: Ledger) -> None:
        if number is not None:
            ledger.identity_checks.called_from(id, number, now)

    await scene.bench.product.store.write(work)
    scene.texts.sent.clear()
    return session


async def test_a_caller_gets_a_code_on_the_number_that_is_called_with(scene: Scene) -> None:
    session = await call(scene, "CA1", MOBILE)
    assert await scene.level(session) is Level.ANONYMOUS
    assert await scene.checks.code_to_known_number(session) is Proof.CODE_SENT
    assert await scene.checks.code(session, await scene.code()) is Proof.GIVEN
    assert await scene.level(session) is Level.CLAIMED


async def test_a_hidden_caller_can_get_no_code_that_way(scene: Scene) -> None:
    assert await scene.checks.code_to_known_number(await call(scene, "CA1", None)) is Proof.NO_WAY


async def test_a_fixed_or_unknown_number_of_a_caller_gets_no_code(scene: Scene) -> None:
    for name, number in (("CA1", "+31301234567"), ("CA2", OTHERS)):
        session = await call(scene, name, number)
        assert await scene.checks.code_to_known_number(session) is Proof.CODE_SENT
        await scene.bench.work()
        assert scene.texts.sent == []


async def test_one_number_has_its_tries_over_all_its_calls(scene: Scene) -> None:
    wrong = [replace(HOME, huisnummer=100 + no) for no in range(6)]
    answers = [
        await scene.claim(await call(scene, f"CA{no}", MOBILE), claim)
        for no, claim in enumerate(wrong)
    ]
    assert answers == [Proof.WRONG] * 4 + [Proof.PERSON] * 2


async def test_hidden_callers_have_their_tries_together(scene: Scene) -> None:
    for no in range(25):
        await scene.claim(await call(scene, f"CA{no}", None), replace(HOME, huisnummer=100 + no))
    assert len(scene.office.calls) == 20


@pytest.mark.parametrize("owner", [None, "de-vries"])
async def test_a_number_that_is_no_longer_theirs_ends_the_proof(
    scene: Scene, owner: str | None
) -> None:
    session = await scene.phone("whatsapp", WHATSAPP.address)
    await scene.verified(session)
    assert await scene.level(session) is Level.VERIFIED
    scene.office.put(tenant(number=OTHERS))
    if owner:
        scene.office.put(tenant(owner, huisnummer=14))
    scene.bench.clock.move(timedelta(minutes=2))
    assert await scene.level(session) is Level.ANONYMOUS
    scene.office.put(tenant())
    assert await scene.level(session) is Level.ANONYMOUS


async def test_a_number_that_was_never_on_file_is_no_reason_to_end_it(scene: Scene) -> None:
    session = await scene.phone("whatsapp", f"whatsapp:{OTHERS}")
    await scene.verified(session)
    for _ in range(3):
        assert await scene.level(session) is Level.VERIFIED
        scene.bench.clock.move(timedelta(minutes=2))
    scene.office.put(tenant("de-vries", number=OTHERS, huisnummer=14))
    assert await scene.level(session) is Level.ANONYMOUS


async def test_within_a_minute_it_is_looked_up_once(scene: Scene) -> None:
    session = await scene.phone("whatsapp", WHATSAPP.address)
    await scene.claim(session)
    for _ in range(5):
        await scene.level(session)
    assert scene.office.calls.count("find_by_number") == 1


async def test_a_number_that_went_to_another_tenant_is_parted_from_the_first(scene: Scene) -> None:
    sms = await scene.phone("sms", MOBILE)
    await scene.verified(sms)
    await scene.verified(await scene.phone("whatsapp", WHATSAPP.address))
    scene.office.put(tenant(number=OTHERS))
    scene.office.put(tenant("de-vries", huisnummer=14))
    theirs = Claim("1234AB", 14, HOME.geboortedatum)
    assert await scene.claim(sms, theirs, Level.VERIFIED) is Proof.CODE_SENT
    assert await scene.checks.code(sms, await scene.code()) is Proof.GIVEN
    store, id = scene.bench.product.store, ConversationId(sms.split(".")[0])
    assert await store.read(lambda ledger: list(ledger.persons.joined_with(SMS))) == [SMS]
    log = await store.read(lambda ledger: ledger.messages.after(id, 0))
    assert any("andere huurder" in one.text for one in log if one.kind is MessageKind.NOTE)


async def test_two_tenants_with_one_number_get_no_code_by_number(scene: Scene) -> None:
    scene.office.put(tenant("partner"))
    session = await scene.phone("whatsapp", WHATSAPP.address)
    before = len(scene.texts.sent)
    assert await scene.checks.code_to_known_number(session) is Proof.CODE_SENT
    await scene.bench.work()
    assert len(scene.texts.sent) == before
    assert JANSEN in scene.office.dossiers
