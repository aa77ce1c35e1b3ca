"""Rights, the second factor, the list of staff and the log of who looked at what."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pyotp
import pytest

from handoff.console.access_csv import as_csv, plain_cell
from handoff.console.rights import API, Right, right_for
from handoff.console.sessions import hash_password
from handoff.ledger.accounts import Looked
from handoff.model import Agent, AgentId
from handoff.settings import AccountSettings
from handoff.testing import Bench, StaffSide, new_client, start_bench

pytestmark = pytest.mark.stories
WORD = "een-lang-wachtwoord"
HASH = hash_password(WORD)


async def having(bench: Bench, *roles: str) -> httpx.AsyncClient:
    """A browser in which somebody with these roles is logged in."""
    browser, answer = await asked(bench, *roles)
    assert answer.status_code == 200, answer.text
    return browser


async def asked(bench: Bench, *roles: str) -> tuple[httpx.AsyncClient, httpx.Response]:
    login = "-".join(roles)
    agent = Agent(AgentId(f"id-{login}"), login, login.title(), roles)
    await bench.product.store.write(lambda ledger: ledger.staff.put(agent, HASH))
    browser = new_client(bench.app)
    return browser, await browser.post(f"{API}/login", json={"login": login, "password": WORD})


async def test_every_route_of_the_console_asks_for_a_declared_right() -> None:
    bench = await start_bench()
    routes = [
        (method.upper(), path)
        for path, ways in bench.app.openapi()["paths"].items()
        if path.startswith(API)
        for method in ways
    ]
    assert len(routes) > 30
    assert [one for one in routes if right_for(*one) is None] == []
    free = {path for method, path in routes if right_for(method, path) is Right.NONE_NEEDED}
    assert all(path.removeprefix(API).startswith(("/log", "/sso")) for path in free)
    await bench.product.stop()


async def test_each_role_gets_what_its_work_needs_and_no_more() -> None:
    bench = await start_bench()
    tenant = await bench.tenant()
    await tenant.ask("Ik wil een medewerker spreken")
    paths = (f"/conversations/{tenant.id}", "/search?words=huur", "/access-log", "/staff")
    expected: dict[str, list[bool]] = {
        "agent": [True, True, False, False],
        "lead": [True, True, False, False],
        "editor": [False, False, False, False],
        "privacy_officer": [False, False, True, False],
        "admin": [False, False, False, True],
        "unknown": [False, False, False, False],
    }
    for role, may in expected.items():
        browser = await having(bench, role)
        got = [(await browser.get(API + path)).status_code != 403 for path in paths]
        assert got == may, role
        said = await StaffSide(browser).say(tenant.id, "Hallo")
        assert (said.status_code == 403) == (role not in ("agent", "lead")), role
    await bench.product.stop()


async def enrolled(bench: Bench) -> tuple[str, list[str], dict[str, Any]]:
    """A lead sets up a second factor: the secret, the codes on paper, and a new half login."""
    browser, answer = await asked(bench, "lead")
    assert (answer.status_code, answer.json()["step"]) == (202, "enrol")
    token = answer.json()["token"]
    assert (await browser.get(f"{API}/me")).status_code == 401
    made = (await browser.post(f"{API}/login/enrol", json={"token": token})).json()
    assert made["picture"].startswith("<svg") and made["secret"] in made["address"]
    code = pyotp.TOTP(made["secret"]).at(bench.clock.now())
    entered = await browser.post(f"{API}/login/code", json={"token": token, "code": code})
    assert entered.status_code == 200, entered.text
    assert (await browser.get(f"{API}/me")).status_code == 200
    _, again = await asked(bench, "lead")
    assert again.json()["step"] == "code"
    return made["secret"], entered.json()["backup_codes"], again.json()


async def strict() -> Bench:
    return await start_bench(accounts=AccountSettings(require_totp=True))


async def test_a_code_works_once_and_only_about_now() -> None:
    bench = await strict()
    secret, _, half = await enrolled(bench)
    used = pyotp.TOTP(secret).at(bench.clock.now())

    async def give(code: str) -> int:
        body = {"token": half["token"], "code": code}
        return (await bench.client.post(f"{API}/login/code", json=body)).status_code

    assert await give(used) == 401
    assert await give(pyotp.TOTP(secret).at(bench.clock.now() + timedelta(minutes=5))) == 401
    assert await give("abcdef") == 401
    bench.clock.move(timedelta(seconds=60))
    fresh = pyotp.TOTP(secret).at(bench.clock.now())
    assert await give(fresh) == 200
    assert await give(fresh) == 401
    await bench.product.stop()


async def test_guessing_ends_the_half_login() -> None:
    bench = await strict()
    secret, _, half = await enrolled(bench)
    bench.clock.move(timedelta(seconds=60))
    right = pyotp.TOTP(secret).at(bench.clock.now())
    wrong = "000000" if right != "000000" else "111111"
    for _ in range(6):
        body = {"token": half["token"], "code": wrong}
        await bench.client.post(f"{API}/login/code", json=body)
    body = {"token": half["token"], "code": right}
    answer = await bench.client.post(f"{API}/login/code", json=body)
    assert answer.json()["error"]["code"] == "login_over"
    await bench.product.stop()


async def test_a_code_on_paper_works_once_and_the_secret_is_not_in_the_database() -> None:
    bench = await strict()
    secret, paper, half = await enrolled(bench)
    factor = await bench.product.store.read(
        lambda ledger: ledger.accounts.second_factor(AgentId("id-lead"))
    )
    assert factor is not None and secret not in factor.secret
    body = {"token": half["token"], "code": paper[0]}
    assert (await bench.client.post(f"{API}/login/code", json=body)).status_code == 200
    _, again = await asked(bench, "lead")
    body["token"] = again.json()["token"]
    assert (await bench.client.post(f"{API}/login/code", json=body)).status_code == 401
    await bench.product.stop()


async def test_who_is_put_off_is_out_at_once_and_one_administrator_stays() -> None:
    bench = await start_bench()
    admin, fatma = await having(bench, "admin"), await bench.staff()
    members = (await admin.get(f"{API}/staff")).json()["members"]
    ids = {one["login"]: one["id"] for one in members}
    change = {"name": "F", "roles": ["agent"], "active": False, "queues": ["huur"], "capacity": 2}
    answer = await admin.put(f"{API}/staff/{ids['fatma']}", json=change)
    assert (answer.status_code, answer.json()["queues"]) == (200, ["huur"])
    assert (await fatma.client.get(f"{API}/me")).status_code == 401
    last = await admin.put(f"{API}/staff/{ids['admin']}", json=change)
    assert last.json()["error"]["code"] == "last_admin"
    await bench.product.stop()


async def test_an_added_colleague_comes_in_with_the_password_shown() -> None:
    bench = await start_bench()
    admin = await having(bench, "admin")
    new = {"login": "nina", "name": "Nina", "roles": ["editor"]}
    made = (await admin.post(f"{API}/staff", json=new)).json()
    body = {"login": "nina", "password": made["password"]}
    me = await new_client(bench.app).post(f"{API}/login", json=body)
    assert me.json()["agent"]["roles"] == ["editor"]
    assert (await admin.post(f"{API}/staff", json=new)).status_code == 409
    await bench.product.stop()


async def test_the_log_tells_who_read_which_dossier() -> None:
    bench = await start_bench()
    tenant = await bench.tenant()
    await tenant.ask("Ik wil een medewerker spreken")
    fatma, officer = await bench.staff(), await having(bench, "privacy_officer")
    reference = (await fatma.open(tenant.id))["conversation"]["reference"]
    for rest in ("/briefing", "/messages?after=0", "/person"):
        await fatma.client.get(f"{API}/conversations/{tenant.id}{rest}")
    query = {"person": "FATMA", "reference": reference.lower()}
    looks = (await officer.get(f"{API}/access-log", params=query)).json()["looks"]
    assert {one["what"] for one in looks} == {"open", "briefing", "messages", "person"}
    none = (await officer.get(f"{API}/access-log", params={"person": "nobody"})).json()
    assert none["looks"] == []
    file = await officer.get(f"{API}/access-log/file", params=query)
    rows = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == len(looks) + 1
    assert rows[0] == ["at", "login", "name", "what", "reference", "relatie"]
    await bench.product.stop()


def test_the_file_says_whose_card_was_read() -> None:
    row = Looked(datetime(2026, 11, 24, 9, tzinfo=UTC), "els", "Els", "card_person", "TB-1", "R-7")
    assert as_csv([row]).decode("utf-8-sig").splitlines()[1].endswith('"card_person";"TB-1";"R-7"')


@pytest.mark.parametrize("text", ["=1+1", " =1", "\t@x", "\u00a0+1", "ok\n=2", '"=3', "-4"])
def test_nothing_in_the_file_is_run_by_a_spreadsheet(text: str) -> None:
    assert all(line.startswith("'") or line == "ok" for line in plain_cell(text).split("\n"))
