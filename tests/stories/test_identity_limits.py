"""Guessing: on one home from many places, on many homes, over many days and with forged headers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from identity_scene import BORN, HOME, MOBILE, Scene, start_scene, tenant
from structlog.testing import capture_logs

from actions.backoffice.values import Claim
from actions.backoffice.verification import Level
from actions.services import Proof
from handoff.clock import TestClock
from handoff.settings import IdentitySettings

pytestmark = pytest.mark.stories


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    scene = await start_scene()
    yield scene
    await scene.bench.product.stop()


def guess(no: int) -> Claim:
    return replace(HOME, geboortedatum=date(1930, 1, 1) + timedelta(days=no))


def home(no: int) -> Claim:
    return Claim("1234AB", 100 + no, BORN)


async def test_the_fifth_failure_in_a_conversation_leads_to_a_person(scene: Scene) -> None:
    session = await scene.web()
    answers = [await scene.claim(session, home(no)) for no in range(5)]
    assert answers == [Proof.WRONG] * 4 + [Proof.PERSON]
    assert await scene.claim(session) is Proof.PERSON
    assert scene.office.calls == ["find"] * 5


async def test_a_thousand_tries_on_one_home_from_fifty_places_are_five(scene: Scene) -> None:
    sessions = [await scene.web(f"198.51.100.{no}") for no in range(50)]
    answers = [await scene.claim(sessions[no % 50], guess(no)) for no in range(1_000)]
    assert answers[4:] == [Proof.PERSON] * 996
    assert len(scene.office.calls) == 5


async def test_the_doors_of_one_number_share_their_tries(scene: Scene) -> None:
    for no in range(5):
        wrong = replace(guess(no), toevoeging="ABCDE"[no], postcode=" 1234 ab")
        await scene.claim(await scene.web(f"198.51.100.{no}"), wrong)
    assert await scene.claim(await scene.web()) is Proof.PERSON


async def test_one_try_on_a_thousand_homes_from_one_place_is_twenty(scene: Scene) -> None:
    # A new conversation for each, and a header that claims another place each time.
    answers = []
    for no in range(100):
        forged = {"X-Forwarded-For": f"192.0.2.{no}", "X-Real-IP": f"192.0.2.{no}"}
        answers.append(await scene.claim(await scene.web(**forged), home(no)))
    assert answers.count(Proof.WRONG) == 19
    assert len(scene.office.calls) == 20


async def test_one_try_on_a_thousand_homes_from_everywhere_stops_and_is_told() -> None:
    scene = await start_scene(identity=IdentitySettings(failures_overall=50))
    with capture_logs() as logs:
        for no in range(100):
            await scene.claim(await scene.web(f"198.51.100.{no}"), home(no))
    assert len(scene.office.calls) == 50
    assert any(one["event"] == "identity_limit_overall" for one in logs)
    await scene.bench.product.stop()


async def test_one_connection_of_ipv6_is_one_place(scene: Scene) -> None:
    for no in range(25):
        await scene.claim(await scene.web(f"2001:db8:1:2::{no:x}"), home(no))
    assert len(scene.office.calls) == 20
    assert await scene.claim(await scene.web("2001:db8:1:3::1")) is Proof.GIVEN


async def test_a_phone_number_has_its_tries_on_every_channel_together(scene: Scene) -> None:
    chosen = IdentitySettings(failures_per_origin=4)
    one = await start_scene(identity=chosen)
    for no, (channel, address) in enumerate(
        [("sms", MOBILE), ("whatsapp", f"whatsapp:{MOBILE}")] * 2
    ):
        await one.claim(await one.phone(channel, address), home(no))
    assert await one.claim(await one.phone("sms", MOBILE)) is Proof.PERSON
    await one.bench.product.stop()


async def test_a_day_later_one_may_try_again(scene: Scene) -> None:
    session = await scene.web()
    for no in range(5):
        await scene.claim(session, guess(no))
    scene.bench.clock.move(timedelta(hours=24, minutes=1))
    assert await scene.claim(session) is Proof.GIVEN


async def test_a_restart_forgets_nothing(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder, clock = tmp_path_factory.mktemp("kept"), TestClock()
    place = {"database_url": f"sqlite:///{folder}/t.sqlite", "data_dir": folder, "clock": clock}
    before = await start_scene(**place)
    for no in range(5):
        await before.claim(await before.web(f"198.51.100.{no}"), guess(no))
    await before.bench.product.stop()
    after = await start_scene(**place)
    assert await after.claim(await after.web()) is Proof.PERSON
    await after.bench.product.stop()


async def test_right_claims_use_no_tries_up(scene: Scene) -> None:
    for _ in range(12):
        assert await scene.claim(await scene.web()) is Proof.GIVEN


async def test_codes_are_asked_for_three_times_an_hour_right_or_wrong(scene: Scene) -> None:
    for claim in (HOME, home(7)):
        session = await scene.web()
        answers = [await scene.claim(session, claim, Level.VERIFIED) for _ in range(4)]
        assert answers == [Proof.CODE_SENT] * 3 + [Proof.PERSON]


async def test_one_tenant_gets_three_codes_an_hour_whoever_asks() -> None:
    scene = await start_scene(tenant(), identity=IdentitySettings(codes_an_hour=3))
    sender = await scene.phone("whatsapp", f"whatsapp:{MOBILE}")
    before = len(scene.texts.sent)
    for _ in range(3):
        await scene.checks.code_to_known_number(sender)
        await scene.bench.work()
    assert await scene.claim(await scene.web(), level=Level.VERIFIED) is Proof.CODE_SENT
    await scene.bench.work()
    assert len(scene.texts.sent) == before + 3
    await scene.bench.product.stop()


async def test_wrong_codes_are_failures_of_the_home_as_well(scene: Scene) -> None:
    for place in range(2):
        session = await scene.web(f"198.51.100.{place}")
        await scene.claim(session, home(3), Level.VERIFIED)
        for _ in range(3):
            await scene.checks.code(session, "123456")
    assert await scene.claim(await scene.web(), home(3)) is Proof.PERSON
