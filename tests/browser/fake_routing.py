"""Presence, offers and transfer of the fake console; a part of ``FakeConsole``'s state."""

from datetime import UTC, datetime, timedelta
from time import time
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.browser.fake_console_state import AGENTS, Json, now


def soon(seconds: int) -> str:
    return (datetime.fromtimestamp(time(), UTC) + timedelta(seconds=seconds)).isoformat()


class FakeRouting:
    """What the routing of the gateway answers, over the state of one fake console."""

    def __init__(self, console: Any) -> None:
        self.console = console
        self.statuses: dict[str, str] = {}
        self.offers: list[Json] = []
        self.alarms: list[Json] = []
        self.declined: list[str] = []
        self.transfers: list[Json] = []
        self.said: list[Json] = []

    def routes(self, guarded: Any) -> list[Route]:
        one = "/conversations/{ref}"
        return [
            Route("/presence", guarded(self.presence), methods=["POST"]),
            Route("/colleagues", guarded(self.colleagues)),
            Route("/offers/{offer}/accept", guarded(self.accept), methods=["POST"]),
            Route("/offers/{offer}/decline", guarded(self.decline), methods=["POST"]),
            Route(f"{one}/transfer", guarded(self.transfer), methods=["POST"]),
            Route(f"{one}/alarm/acknowledge", guarded(self.acknowledge), methods=["POST"]),
        ]

    def offer(self, ref: str, seconds: int = 60) -> None:
        talk = self.console.conversations[ref]
        self.offers.append(
            {
                "id": f"offer-{ref}",
                "conversation_id": ref,
                "reference": talk["reference"],
                "queue": talk["queue"],
                "queue_label": "Reparaties",
                "topic_title": "Lekkende kraan",
                "urgent": False,
                "waiting_since": now(),
                "expires_at": soon(seconds),
            }
        )
        self.console.tell("offer", {"id": ref})

    async def presence(self, request: Request, agent: Json, ref: None) -> Response:
        body = await request.json()
        if "status" in body:
            self.said.append(body)
            self.statuses[agent["id"]] = body["status"]
        status = self.statuses.setdefault(agent["id"], "online")
        standing = {"status": status, "until": None, "lease_until": soon(90), "now": now()}
        return JSONResponse({**standing, "offers": self.offers, "alarms": self.alarms})

    async def colleagues(self, request: Request, agent: Json, ref: None) -> Response:
        found = [
            {
                "id": one["id"],
                "name": one["name"],
                "status": "online",
                "load": 1,
                "capacity": 4,
                "queues": ["huur"],
                "lead": False,
            }
            for one in AGENTS.values()
        ]
        return JSONResponse({"colleagues": found})

    async def accept(self, request: Request, agent: Json, ref: None) -> Response:
        known = [one for one in self.offers if one["id"] == request.path_params["offer"]]
        if not known:
            gone = {"code": "offer_gone", "message": "Dit aanbod geldt niet meer."}
            return JSONResponse({"error": gone}, 409)
        self.offers.remove(known[0])
        taken = known[0]["conversation_id"]
        self.console.change(taken, state="held", held_by=agent)
        return JSONResponse({"conversation": self.console.conversations[taken]})

    async def decline(self, request: Request, agent: Json, ref: None) -> Response:
        id = request.path_params["offer"]
        self.declined.append(id)
        self.offers = [one for one in self.offers if one["id"] != id]
        return Response(status_code=204)

    async def transfer(self, request: Request, agent: Json, ref: str) -> Response:
        body = await request.json()
        self.transfers.append(body)
        queue = body.get("queue") or self.console.conversations[ref]["queue"]
        fields = {"state": "waiting", "queue": queue, "held_by": None, "waiting_since": now()}
        self.console.change(ref, **fields)
        return JSONResponse({"conversation": self.console.conversations[ref]})

    async def acknowledge(self, request: Request, agent: Json, ref: str) -> Response:
        self.alarms = [one for one in self.alarms if one["conversation_id"] != ref]
        return Response(status_code=204)
