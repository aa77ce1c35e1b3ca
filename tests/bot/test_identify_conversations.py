"""Identity and rent through Rasa, with the real actions and a back office in memory."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from uuid import uuid4

import pytest
from identity_talk import ANNA, CLAIM, NOW, Talk
from rasa_running import SECRET, RunningRasa, running_rasa

from actions.backoffice.port import BackOffice
from actions.fakes.identity import FakeIdentity
from actions.services import Services
from bot.port import Answer, Ask
from bot.rasa_client import RasaClient
from bot.signals import CaseOpened, Escalate, EscalationReason

pytestmark = pytest.mark.rasa


@pytest.fixture(scope="module")
def office_rasa(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[RunningRasa, Talk]]:
    talk = Talk()
    office = BackOffice(talk.office, lambda: NOW)
    services = Services(lambda: NOW, office, talk.identity, talk.kept)
    with running_rasa(tmp_path_factory.mktemp("identity"), services) as running:
        yield running, talk


@pytest.fixture
async def client(office_rasa: tuple[RunningRasa, Talk]) -> AsyncIterator[RasaClient]:
    running, talk = office_rasa
    fresh = FakeIdentity(lambda: NOW, {CLAIM: ANNA}, ANNA)
    for name in FakeIdentity.__slots__:
        setattr(talk.identity, name, getattr(fresh, name))
    made = RasaClient(running.url, SECRET, timeout_seconds=20)
    yield made
    await made.close()


async def tell(client: RasaClient, *said: str) -> list[Answer]:
    session = uuid4().hex
    asks = [Ask(uuid4().hex, session, text, "webchat") for text in said]
    first = replace(asks[0], payload=said[0] if said[0].startswith("/") else None)
    return [await client.reply(ask) for ask in (first, *asks[1:])]


def text(answer: Answer) -> str:
    return "\n".join(reply.text for reply in answer.replies)


WHO = ("1234 AB 12", "3 mei 1961")


async def test_the_balance_is_told_after_the_code(client: RasaClient) -> None:
    *asked, last = await tell(client, "/rent_balance_check", *WHO, "482913")
    assert [answer.carry.requested_slot for answer in asked] == [
        "identify_address", "identify_birth_date", "identify_code",
    ]  # fmt: skip
    assert "helemaal bij" in text(last) and last.carry.active_form is None
    assert all("1961" not in str(answer.carry.slots) for answer in (*asked, last))


async def test_five_wrong_codes_bring_a_person(client: RasaClient) -> None:
    *_, last = await tell(client, "/rent_balance_check", *WHO, *["111111"] * 5)
    (escalate,) = [signal for signal in last.signals if isinstance(signal, Escalate)]
    assert escalate.reason is EscalationReason.POLICY


async def test_another_question_is_answered_and_then_it_goes_on(client: RasaClient) -> None:
    *_, between, last = await tell(client, "/rent_balance_check", "mag ik een hond hebben?", WHO[0])
    assert between.carry.requested_slot == "identify_address"
    assert last.carry.requested_slot == "identify_birth_date"


async def test_a_payment_plan_is_registered(client: RasaClient) -> None:
    *_, last = await tell(client, "/payment_plan_request", *WHO, "482913", "50 euro", "overslaan")
    assert any(isinstance(signal, CaseOpened) for signal in last.signals)
