"""A member of staff who sends files: on the demo's phones, or in the web chat."""

from __future__ import annotations

from typing import Any

import httpx

from handoff.demo.providers import Device
from handoff.media import samples
from handoff.testing import Bench, StaffSide, TenantSide, unique
from tests.phone_visitor import Visitor

ASK = "ik wil een medewerker spreken"
PDF = samples.pdf()


class Desk:
    """A member of staff who holds one conversation."""

    def __init__(self, staff: StaffSide, id: str, bench: Bench) -> None:
        self.staff, self.id, self.bench = staff, id, bench

    @property
    def url(self) -> str:
        return f"/console/api/conversations/{self.id}/attachments"

    async def adds(self, raw: bytes, name: str = "") -> httpx.Response:
        return await self.staff.client.post(self.url, content=raw, params={"name": name})

    async def ready(self) -> dict[str, Any]:
        found: dict[str, Any] = (await self.staff.client.get(self.url)).json()
        return found

    async def sends(self, *files: tuple[bytes, str], text: str = "", **more: Any) -> Any:
        ids = []
        for raw, name in files:
            added = await self.adds(raw, name)
            assert added.status_code == 201, added.text
            ids.append(added.json()["file"]["id"])
        return await self.says(ids, text, **more)

    async def says(self, ids: list[str], text: str = "", **more: Any) -> httpx.Response:
        body = {"client_msg_id": unique(), "text": text, "files": ids} | more
        answer = await self.staff.step(self.id, "say", **body)
        await self.bench.work()
        return answer

    async def log(self) -> list[dict[str, Any]]:
        messages = (await self.staff.open(self.id))["messages"]
        return [one for one in messages if one["author"] == "agent" and one["kind"] == "text"]


async def a_desk(visitor: Visitor, device: str) -> Desk:
    await visitor.writes(device, text=ASK)
    await visitor.time_passes()
    return await holding(visitor.bench)


async def holding(bench: Bench) -> Desk:
    staff = await bench.staff()
    (row,) = await staff.listed("waiting")
    assert (await staff.step(row["id"], "take")).status_code == 200
    await bench.work()
    return Desk(staff, row["id"], bench)


async def in_chat(bench: Bench) -> tuple[Desk, TenantSide]:
    tenant = await bench.tenant()
    await tenant.ask(ASK)
    return await holding(bench), tenant


def error(answer: httpx.Response) -> str:
    return f"{answer.status_code} {answer.json()['error']['code']}"


def whatsapp_of(visitor: Visitor) -> Any:
    return visitor.phones._account(Device.WHATSAPP).fake
