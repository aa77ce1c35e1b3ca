"""Conversations on repairs with a back office, through Rasa, the real rules and the real forms."""

from __future__ import annotations

from uuid import uuid4

import pytest
from rasa_running import RunningRasa
from repair_office import FREE, TENANT, office, repair
from repair_office_talk import Known, OfficeTalk

from actions.backoffice.values import Afspraak
from actions.backoffice.verification import Level
from actions.executor import Executor, action_classes
from actions.fakes.requests import FakeFaults
from actions.services import KnownFault
from bot.port import Answer, Ask
from bot.rasa_client import RasaClient
from bot.signals import CaseOpened, Done, Escalate, EscalationReason

pytestmark = pytest.mark.rasa

REPORT = (
    "ik wil een reparatie melden",
    "de kraan in de keuken lekt, geen gevaar, bel me op 0612345678 woensdag",
)


class Tenant:
    """One tenant who is known already, and what the back office holds."""

    def __init__(
        self, client: RasaClient, rasa: RunningRasa, told: OfficeTalk, channel: str = "webchat"
    ) -> None:
        self.channel = channel
        self.client, self.office, self.told = client, told.office, told
        self.session = uuid4().hex
        rasa.actions.other = Executor(action_classes(), told.services)

    async def tell(self, *said: str, payload: str | None = None) -> Answer:
        for text in said:
            ask = Ask(uuid4().hex, self.session, text, self.channel, payload=payload)
            answer = await self.client.reply(ask)
        return answer


def text_of(answer: Answer) -> str:
    return "\n".join(reply.text for reply in answer.replies)


def escalation(answer: Answer) -> Escalate:
    (escalate,) = [signal for signal in answer.signals if isinstance(signal, Escalate)]
    return escalate


def visits(tenant: Tenant) -> list[Afspraak]:
    return [a for each in tenant.office.repairs for a in each.afspraken if a.status == "GEP"]


async def test_a_whole_report_ends_with_a_number_and_an_appointment(
    client: RasaClient, rasa: RunningRasa
) -> None:
    tenant = Tenant(client, rasa, OfficeTalk())
    registered = await tenant.tell(*REPORT, "ja")
    assert CaseOpened("R4701") in registered.signals
    assert "R4701" in text_of(registered)
    assert registered.replies[-1].choices[0].title == "woensdag 2 december, 8 tot 12 uur"
    planned = await tenant.tell("dinsdag om 9 uur")
    assert "dinsdag 1 december, 8 tot 12 uur" in text_of(planned)
    assert [a.begin for a in visits(tenant)] == [FREE[0]] and planned.carry.active_form is None


async def test_who_it_is_is_asked_after_the_report_and_nothing_is_told_twice(
    client: RasaClient, rasa: RunningRasa
) -> None:
    tenant = Tenant(client, rasa, OfficeTalk(who=Known(Level.ANONYMOUS)))
    asked = await tenant.tell(*REPORT, "ja")
    assert asked.carry.active_form == "identify_form" and not tenant.office.made
    registered = await tenant.tell("1234 AB 12A", "3 mei 1961")
    assert CaseOpened("R4701") in registered.signals
    assert registered.carry.requested_slot == "repair_pick"
    await tenant.tell("de tweede")
    assert [a.begin for a in visits(tenant)] == [FREE[0]]


async def test_on_the_phone_all_of_it_is_spoken(client: RasaClient, rasa: RunningRasa) -> None:
    told = OfficeTalk(who=Known(Level.ANONYMOUS))
    tenant = Tenant(client, rasa, told, channel="voice")
    spoken = "de kraan in de keuken lekt, geen gevaar, bel me op nul zes een twee drie vier vijf"
    asked = await tenant.tell(
        REPORT[0], f"{spoken} zes zeven acht, woensdag", "ja", "nee", "twaalf vierendertig a b"
    )
    assert asked.carry.requested_slot == "identify_number", text_of(asked)
    registered = await tenant.tell("twaalf a", "drie mei negentien eenenzestig")
    assert CaseOpened("R4701") in registered.signals
    await tenant.tell("de tweede")
    assert [a.begin for a in visits(tenant)] == [FREE[0]]


async def test_who_does_not_want_to_say_it_gets_a_person_with_the_report(
    client: RasaClient, rasa: RunningRasa
) -> None:
    tenant = Tenant(client, rasa, OfficeTalk(who=Known(Level.ANONYMOUS)))
    why = await tenant.tell(*REPORT, "ja", "dat wil ik niet zeggen")
    assert why.carry.active_form == "identify_form" and not why.signals
    last = await tenant.tell("nee, dat zeg ik niet")
    assert escalation(last).reason is EscalationReason.POLICY and not tenant.office.made
    assert "kraan" in escalation(last).note


async def test_another_question_between_is_answered_and_the_choice_comes_again(
    client: RasaClient, rasa: RunningRasa
) -> None:
    tenant = Tenant(client, rasa, OfficeTalk())
    aside = await tenant.tell(*REPORT, "ja", "wanneer moet ik de huur betalen?")
    assert len(aside.replies) == 2 and aside.carry.requested_slot == "repair_pick"
    await tenant.tell("de tweede")
    assert visits(tenant)


async def test_a_report_that_cannot_be_written_is_kept_and_said_to_be_so(
    client: RasaClient, rasa: RunningRasa
) -> None:
    tenant = Tenant(client, rasa, OfficeTalk())
    tenant.office.down.add("create_onderhoudsverzoek")
    last = await tenant.tell(*REPORT, "ja")
    assert "nog niet geregistreerd" in text_of(last) and len(tenant.told.kept.repairs) == 1
    assert last.carry.active_form is None and not last.carry.slots.get("repair_key")


async def test_the_same_defect_is_not_reported_twice(client: RasaClient, rasa: RunningRasa) -> None:
    tenant = Tenant(client, rasa, OfficeTalk(office=office(repair(1))))
    told = await tenant.tell(*REPORT, "ja")
    assert "al gemeld" in text_of(told)
    last = await tenant.tell("nee dank u")
    assert not tenant.office.made and last.carry.active_form is None
    assert any(isinstance(signal, Done) for signal in last.signals)


async def test_the_state_of_a_repair_is_told_and_nobody_has_to_look(
    client: RasaClient, rasa: RunningRasa
) -> None:
    tenant = Tenant(client, rasa, OfficeTalk(office=office(repair(1))))
    told = await tenant.tell("hoe staat het met mijn reparatie?")
    assert "gemeld op zondag 22 november" in text_of(told)
    assert [type(signal) for signal in told.signals] == [Done]


async def test_who_has_no_repair_can_report_one_right_away(
    client: RasaClient, rasa: RunningRasa
) -> None:
    tenant = Tenant(client, rasa, OfficeTalk())
    begun = await tenant.tell("hoe staat het met mijn reparatie?", "ja, een reparatie melden")
    assert begun.carry.requested_slot == "repair_room"


async def test_a_late_repair_goes_to_a_person_with_its_history(
    client: RasaClient, rasa: RunningRasa
) -> None:
    tenant = Tenant(client, rasa, OfficeTalk(office=office(repair(1, days=40))))
    for said in (
        "hoe staat het met mijn reparatie?",
        "ik heb dit weken geleden al gemeld en er is nog steeds niks gebeurd",
    ):
        told = await tenant.tell(said)
        assert escalation(told).reason is EscalationReason.POLICY, said
        assert "donderdag 15 oktober" in escalation(told).note and "spijt ons" in text_of(told)


async def test_an_appointment_is_cancelled_after_a_yes(
    client: RasaClient, rasa: RunningRasa
) -> None:
    visit = Afspraak("a1", "verzoek-1", "", "GEP", FREE[0], FREE[1])
    tenant = Tenant(client, rasa, OfficeTalk(office=office(repair(1, afspraken=(visit,)))))
    shown = await tenant.tell("ik wil mijn afspraak met de monteur afzeggen")
    assert "dinsdag 1 december" in text_of(shown)
    assert visits(tenant) and shown.carry.requested_slot == "repair_pick"
    last = await tenant.tell("ja")
    assert not visits(tenant) and "afgezegd" in text_of(last)


async def test_a_button_of_another_topic_leaves_the_question(
    client: RasaClient, rasa: RunningRasa
) -> None:
    tenant = Tenant(client, rasa, OfficeTalk())
    await tenant.tell("de lift doet het niet")
    begun = await tenant.tell("", payload="/repair_report")
    assert begun.carry.active_form == "repair_form"


async def test_a_fault_of_the_lift_that_is_known_is_told(
    client: RasaClient, rasa: RunningRasa
) -> None:
    words = "De storing aan de lift is bekend. De monteur komt vandaag."
    faults = FakeFaults({("complex-1", "LIF"): KnownFault("f", words)})
    tenant = Tenant(client, rasa, OfficeTalk(faults=faults))
    first = await tenant.tell("de lift doet het niet")
    assert "alarmknop" in text_of(first) and first.carry.requested_slot == "repair_pick"
    assert words in text_of(await tenant.tell("ja, kijk het na"))
    assert TENANT in tenant.office.dossiers and not tenant.office.made
