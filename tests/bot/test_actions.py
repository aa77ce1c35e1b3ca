"""Actions run inside the gateway: which there are, and what Rasa hears when one fails."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml
from fastapi import FastAPI
from rasa_sdk.interfaces import Action, ActionExecutionRejection

from actions.executor import Executor, build_executor
from actions.routes import HEADER, router
from actions.services import Served, Services

pytestmark = pytest.mark.unit


class Says(Action):
    def name(self) -> str:
        return "action_says"

    async def run(self, dispatcher: Any, tracker: Any, domain: Any) -> list[dict[str, Any]]:
        dispatcher.utter_message(response="utter_x")
        return [{"event": "slot", "name": "x", "value": tracker.get_slot("y")}]


class Crashes(Says):
    def name(self) -> str:
        return "action_crashes"

    async def run(self, dispatcher: Any, tracker: Any, domain: Any) -> list[dict[str, Any]]:
        raise ValueError("tenant text")


class Rejects(Says):
    def name(self) -> str:
        return "action_rejects"

    async def run(self, dispatcher: Any, tracker: Any, domain: Any) -> list[dict[str, Any]]:
        raise ActionExecutionRejection(self.name())


class Hangs(Says):
    def name(self) -> str:
        return "action_hangs"

    async def run(self, dispatcher: Any, tracker: Any, domain: Any) -> list[dict[str, Any]]:
        await asyncio.Event().wait()
        return []


class Asks(Served, Says):
    def name(self) -> str:
        return "action_asks"

    async def run(self, dispatcher: Any, tracker: Any, domain: Any) -> list[dict[str, Any]]:
        return [{"event": "slot", "name": "now", "value": self.services.now().isoformat()}]


TOPICS = Path(__file__).parents[2] / "data" / "nlu"
SERVICES = Services(lambda: datetime(2026, 11, 24, 10, 0, tzinfo=UTC))
EXECUTOR = Executor([Says, Crashes, Rejects, Hangs, Asks], SERVICES, limit_seconds=0.02)


def call(name: str) -> dict[str, Any]:
    tracker = {
        "sender_id": "s", "slots": {"y": 7}, "latest_message": {}, "events": [], "paused": False,
        "followup_action": None, "active_loop": {}, "latest_action_name": None,
    }  # fmt: skip
    return {"next_action": name, "sender_id": "s", "tracker": tracker}


def test_every_action_that_the_topics_name_is_registered_and_no_other() -> None:
    files = [yaml.safe_load(file.read_text("utf-8")) for file in sorted(TOPICS.glob("*.yml"))]
    named = {name for topic in files for name in topic.get("actions") or ()}
    assert set(build_executor(SERVICES).names) == named


async def test_an_action_answers_with_events_and_responses() -> None:
    status, body = await EXECUTOR.run(call("action_says"))
    assert status == 200
    assert body["events"][0]["value"] == 7 and body["responses"][0]["response"] == "utter_x"


async def test_an_action_that_asks_the_hub_is_handed_what_it_asks() -> None:
    status, body = await EXECUTOR.run(call("action_asks"))
    assert status == 200 and body["events"][0]["value"] == "2026-11-24T10:00:00+00:00"


@pytest.mark.parametrize(
    ("name", "status"),
    [("action_unknown", 404), ("", 404), ("action_rejects", 400), ("action_crashes", 500),
     ("action_hangs", 500)],
)  # fmt: skip
async def test_each_way_to_fail_has_its_status(name: str, status: int) -> None:
    got, body = await EXECUTOR.run(call(name))
    assert got == status and body["action_name"] == name
    assert "tenant text" not in str(body)


async def test_a_call_without_a_tracker_is_a_failure_and_not_a_crash() -> None:
    status, _ = await EXECUTOR.run({"next_action": "action_says"})
    assert status == 500


async def post(token: str, **request: Any) -> httpx.Response:
    app = FastAPI()
    app.include_router(router(EXECUTOR, "geheim"))
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as http:
        return await http.post("/actions/webhook", headers={HEADER: token}, **request)


async def test_the_route_runs_an_action_for_who_knows_the_token() -> None:
    assert (await post("geheim", json=call("action_says"))).status_code == 200


async def test_the_route_refuses_everybody_else_and_what_is_no_call() -> None:
    assert (await post("gok", json=call("action_says"))).status_code == 403
    assert (await post("", json=call("action_says"))).status_code == 403
    assert (await post("geheim", content=b"{")).status_code == 422
    assert (await post("geheim", json=[])).status_code == 422
