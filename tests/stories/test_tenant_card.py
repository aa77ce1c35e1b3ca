"""The tenant card: who a conversation is about, read live, each part on its own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from actions.backoffice.verification import Level
from handoff.ledger import Ledger
from handoff.ledger.accounts import LookedFor
from handoff.model import Agent
from handoff.testing import StaffSide, start_bench, unique
from tests.tenant_office import ANNA, BRAM, NUMBER, POSTCODE, Card, card_of

pytestmark = pytest.mark.stories

EVERY = (
    *("person", "details", "homes", "contracts", "account", "plans"),
    *("repairs", "contacts", "cases"),
)


@pytest.fixture
async def card() -> AsyncIterator[Card]:
    found = await card_of()
    yield found
    await found.close()


async def looks(card: Card) -> list[str]:
    def work(ledger: Ledger) -> list[str]:
        return [one.what for one in ledger.accounts.looked(LookedFor(), 100, 0)]

    return await card.bench.product.store.read(work)


async def lead(card: Card) -> StaffSide:
    """Fatma's account becomes that of a team lead."""

    def work(ledger: Ledger) -> None:
        found = ledger.staff.by_login("fatma")
        assert found is not None
        agent, password = found
        ledger.staff.put(Agent(agent.id, agent.login, agent.name, ("lead",)), password)

    await card.bench.product.store.write(work)
    return await card.bench.staff()


async def test_nobody_is_known_before_somebody_proved_or_said_it(card: Card) -> None:
    found = await card.read(*EVERY)
    assert found["connected"] and found["about"] is None
    assert all(found[part] is None for part in EVERY)
    assert card.office.calls == []
    assert (await card.get("/prepared")).status_code == 200
    assert (await card.do("contact", subject="x", channel="INT")).status_code == 409


async def test_who_proved_who_they_are_is_shown_with_the_level_and_whether_it_holds(
    card: Card,
) -> None:
    await card.prove(level=Level.CLAIMED)
    about = (await card.read())["about"]
    assert (about["by"], about["level"], about["holds"]) == ("tenant", 1, True)
    card.bench.clock.move(timedelta(minutes=31))
    about = (await card.read())["about"]
    assert (about["relatie"], about["holds"]) == (ANNA, False)


async def test_all_parts_of_the_card_are_read_live(card: Card) -> None:
    await card.prove()
    found = await card.read(*EVERY)
    assert {found[part]["state"] for part in EVERY} == {"ready"}
    assert found["person"]["person"]["name"] == "mevrouw A. de Vries"
    assert found["homes"]["homes"][0]["street"] == "Lindelaan"
    assert [one["amount"] for one in found["contracts"]["contracts"][0]["prices"]] == ["612.40"]
    assert found["account"]["balance"] == "648.15"
    assert [one["text"] for one in found["account"]["open_items"]] == ["Huur oktober"]
    assert found["plans"]["plans"][0]["left"] == "150.00"
    repair = found["repairs"]["repairs"][0]
    assert (repair["number"], repair["appointments"][0]["status"]) == ("R4001", "GEP")
    assert found["contacts"]["contacts"][0]["subject"] == "Vraag over huur"
    assert found["cases"]["cases"][0]["number"] == "Z101"


async def test_a_confidential_contact_detail_is_not_shown(card: Card) -> None:
    await card.prove()
    shown = (await card.read("details"))["details"]["details"]
    assert [one["value"] for one in shown] == ["+31612345678"]


async def test_a_part_that_is_down_or_silent_says_so_and_leaves_the_others(card: Card) -> None:
    await card.prove()
    card.office.down.add("debiteur")
    card.office.silent.add("onderhoudsverzoeken")
    found = await card.read(*EVERY)
    assert found["account"] == {"state": "down", "balance": None, "open_items": None}
    assert found["repairs"] == {"state": "down", "repairs": None}
    assert found["homes"]["state"] == "ready"
    card.office.down.clear()
    assert (await card.read("account"))["account"]["state"] == "ready"


async def test_what_the_back_office_does_not_have_is_told_apart_from_down(card: Card) -> None:
    await card.link(BRAM)
    assert (await card.read("account"))["account"]["state"] == "none"
    assert (await card.read("repairs"))["repairs"] == {"state": "ready", "repairs": []}


async def test_each_part_that_is_read_leaves_its_own_line_in_the_access_log(card: Card) -> None:
    await card.prove()
    await card.read("account", "homes")
    assert (await looks(card))[:2] == ["card_homes", "card_account"]


async def test_the_access_log_says_whose_card_it_was(card: Card) -> None:
    await card.link(BRAM)
    await card.read("homes")

    def work(ledger: Ledger) -> list[tuple[str, str]]:
        every = ledger.accounts.looked(LookedFor(), 2, 0)
        return [(one.what, one.relatie) for one in every]

    seen = await card.bench.product.store.read(work)
    assert seen == [("card_homes", BRAM), ("card_link", BRAM)]


async def test_staff_find_who_lives_somewhere_and_link_one_of_them(card: Card) -> None:
    found = await card.get("/people", postcode="1234 ab", number=NUMBER)
    people = found.json()["people"]
    assert [one["name"] for one in people] == ["mevrouw A. de Vries", "de heer B. de Vries"]
    await card.link(people[1]["relatie"])
    assert (await card.read("person"))["person"]["person"]["first_name"] == "Bram"
    assert {"card_search", "card_link"} <= set(await looks(card))


async def test_linking_gives_the_tenant_no_level(card: Card) -> None:
    await card.link()
    about = (await card.read())["about"]
    assert (about["by"], about["level"], about["holds"]) == ("staff", 0, False)
    proof = await card.bench.product.store.read(lambda ledger: ledger.verifications.of(card.id))
    assert proof is None


async def test_a_link_is_undone_and_then_the_tenants_own_proof_counts_again(card: Card) -> None:
    await card.prove(ANNA)
    await card.link(BRAM)
    about = (await card.read())["about"]
    assert (about["relatie"], about["differs"]) == (BRAM, True)
    undone = await card.staff.step(card.id, "tenant-card/unlink")
    assert undone.json()["about"]["relatie"] == ANNA
    again = await card.staff.step(card.id, "tenant-card/unlink")
    assert again.json()["error"]["code"] == "card_not_linked"


async def test_somebody_who_is_not_in_the_back_office_is_not_linked(card: Card) -> None:
    answer = await card.staff.step(card.id, "tenant-card/link", relatie="niemand")
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "card_person_unknown")
    card.office.down.add("relatie")
    answer = await card.staff.step(card.id, "tenant-card/link", relatie=ANNA)
    assert answer.json()["error"]["code"] == "card_down"
    assert (await card.read())["about"] is None


@pytest.mark.parametrize(("postcode", "number"), [("1234", 1), ("1234AB", 0), ("x' OR 1=1", 1)])
async def test_what_is_no_address_is_not_searched(card: Card, postcode: str, number: int) -> None:
    answer = await card.get("/people", postcode=postcode, number=number)
    assert answer.status_code == 422
    assert card.office.calls == []


async def test_nobody_at_an_address_is_an_empty_list_and_down_is_not(card: Card) -> None:
    assert (await card.get("/people", postcode="9999ZZ", number=1)).json() == {"people": []}
    card.office.silent.add("find_at")
    answer = await card.get("/people", postcode=POSTCODE, number=NUMBER)
    assert answer.json()["error"]["code"] == "card_down"


async def test_warnings_are_for_team_leads_only(card: Card) -> None:
    await card.prove()
    refused = await card.get("/flags")
    assert refused.json()["error"]["code"] == "not_allowed"
    assert "signaleringen" not in card.office.calls
    fatma = await lead(card)
    shown = await fatma.client.get(f"/console/api/conversations/{card.id}/tenant-card/flags")
    assert [one["kind"] for one in shown.json()["flags"]] == ["AGR"]
    assert (await looks(card))[0] == "card_flags"
    await fatma.client.aclose()


async def test_warnings_are_in_no_part_that_others_read(card: Card) -> None:
    await card.prove()
    assert "AGR" not in (await card.get(part=list(EVERY))).text
    assert "signaleringen" not in card.office.calls


async def test_without_a_back_office_the_card_says_so() -> None:
    bench = await start_bench()
    tenant = await bench.tenant()
    await tenant.ask("hallo")
    staff = await bench.staff()
    url = f"/console/api/conversations/{tenant.id}/tenant-card"
    shown = (await staff.client.get(url, params={"part": "person"})).json()
    assert not shown["connected"] and shown["person"] is None
    body = {"client_id": unique(), "kind": "complaint", "text": "Niet goed geholpen."}
    answer = await staff.step(tenant.id, "tenant-card/case", **body)
    assert answer.json()["error"]["code"] == "card_not_connected"
    await bench.product.stop()
