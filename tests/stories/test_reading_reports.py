"""Reports and the wallboard, over HTTP."""

from __future__ import annotations

import httpx
import pytest

from handoff.console.sessions import hash_password
from handoff.model import Agent, AgentId
from handoff.testing import Bench, new_client

pytestmark = pytest.mark.stories
API = "/console/api"
WORD = "een-lang-wachtwoord"


async def lead(bench: Bench, role: str = "lead") -> httpx.AsyncClient:
    agent = Agent(AgentId("id-lead"), "leiding", "Leiding", (role,))
    await bench.product.store.write(lambda ledger: ledger.staff.put(agent, hash_password(WORD)))
    browser = new_client(bench.app)
    await browser.post(f"{API}/login", json={"login": "leiding", "password": WORD})
    return browser


async def test_a_lead_reads_figures_files_and_the_wallboard(bench: Bench) -> None:
    tenant = await bench.tenant()
    await tenant.ask("ik wil een medewerker")
    browser = await lead(bench)
    read = (await browser.get(f"{API}/reports", params={"days": 1})).json()
    assert read["total"] == 1
    by = {
        table["name"]: {line["key"]: line["now"] for line in table["lines"]}
        for table in read["tables"]
    }
    assert by["channels"] == {"webchat": 1}
    assert by["handled"]["handed_over"] == 1
    assert by["waits"] == {"taken": 0, "untaken": 1, "median": None, "p90": None}
    file = await browser.get(f"{API}/reports/files/channels", params={"days": 1})
    assert file.content.startswith(b"\xef\xbb\xbf")
    assert '"Webchat";"1";"0"' in file.text
    board = (await browser.get(f"{API}/reports/wallboard")).json()
    assert sum(queue["waiting"] for queue in board["queues"]) == 1
    assert board["trend"][-1]["opened"] == 1


async def test_who_runs_the_installation_reads_figures_but_no_conversations(bench: Bench) -> None:
    browser = await lead(bench, "admin")
    for path in ("/reports", "/reports/wallboard", "/reports/files/channels"):
        assert (await browser.get(API + path)).status_code == 200
    assert (await browser.get(f"{API}/conversations")).status_code == 403


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/reports?days=0", 422),
        ("/reports?first=2026-11-24&last=2026-11-23", 422),
        ("/reports?first=2024-01-01&last=2026-11-23", 422),
        ("/reports?first=0001-01-01&last=0001-01-01", 422),
        ("/reports/files/bestaat-niet", 404),
    ],
)
async def test_a_period_or_a_report_that_cannot_be_is_refused(
    bench: Bench, path: str, status: int
) -> None:
    assert (await (await lead(bench)).get(API + path)).status_code == status


async def test_who_answers_tenants_only_reads_no_reports(bench: Bench) -> None:
    staff = await bench.staff()
    for path in ("/reports", "/reports/wallboard", "/reports/files/channels"):
        assert (await staff.client.get(API + path)).status_code == 403
