"""The console's HTTP interface in memory, for browser tests: honest about terms and holders."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Mount, Route

from tests.browser.fake_attachments import FakeAttachments
from tests.browser.fake_card import FakeCard
from tests.browser.fake_console_state import AGENTS, PASSWORD, ConsoleState, Json, now
from tests.browser.fake_lists import FakeLists
from tests.browser.fake_office import FakeOffice
from tests.browser.fake_routing import FakeRouting


def error(status: int, code: str, message: str, **more: Any) -> JSONResponse:
    return JSONResponse({"error": {"code": code, "message": message, **more}}, status)


class FakeConsole(ConsoleState):
    """The routes over that state."""

    def __init__(self) -> None:
        super().__init__()
        self.card = FakeCard()
        self.attachments = FakeAttachments(self)
        self.office = FakeOffice()
        self.routing = FakeRouting(self)
        self.lists = FakeLists(self)
        self.preferences: dict[str, Json] = {}

    def app(self) -> Starlette:
        one = "/conversations/{ref}"
        api = [
            Route("/login", self.login, methods=["POST"]),
            Route("/logout", self.logout, methods=["POST"]),
            Route("/me", self.guarded(self.me)),
            Route("/preferences", self.guarded(self.wishes), methods=["GET", "PUT"]),
            Route("/events", self.guarded(self.events)),
            Route("/conversations", self.guarded(self.list_some)),
            Route(one, self.guarded(self.open)),
            Route(f"{one}/briefing", self.guarded(self.briefing)),
            Route(f"{one}/messages", self.guarded(self.newer)),
            Route(f"{one}/take", self.guarded(self.take), methods=["POST"]),
            Route(f"{one}/say", self.guarded(self.say), methods=["POST"]),
            Route(f"{one}/note", self.guarded(self.note), methods=["POST"]),
            Route(f"{one}/release", self.guarded(self.release), methods=["POST"]),
            Route(f"{one}/close", self.guarded(self.close), methods=["POST"]),
            Route(f"{one}/typing", self.guarded(self.type_now), methods=["POST"]),
            Route(f"{one}/person", self.guarded(self.person)),
            Route(f"{one}/person/join", self.guarded(self.join), methods=["POST"]),
            Route(f"{one}/person/part", self.guarded(self.part), methods=["POST"]),
            Route(f"{one}/say-elsewhere", self.guarded(self.say_elsewhere), methods=["POST"]),
        ]
        api += self.attachments.routes(self.guarded)
        api += self.card.routes(self.guarded)
        api += self.office.routes(self.guarded)
        api += self.routing.routes(self.guarded)
        api += self.lists.routes(self.guarded)
        return Starlette(routes=[Mount("/console/api", routes=api)])

    def guarded(self, act: Any) -> Any:
        async def guard(request: Request) -> Response:
            if self.down:
                return error(503, "down", "De balie is even dicht.")
            agent = self.sessions.get(request.cookies.get("thuisbalie_staff", ""))
            if agent is None:
                return error(401, "signed_out", "Log eerst in.")
            ref = request.path_params.get("ref")
            if ref is not None and ref not in self.conversations:
                return error(404, "unknown", "Dit gesprek bestaat niet.")
            answer: Response = await act(request, agent, ref)
            return answer

        return guard

    async def login(self, request: Request) -> Response:
        body = await request.json()
        if self.too_often:
            answer = error(429, "too_often", "Te vaak geprobeerd.")
            answer.headers["Retry-After"] = "120"
            return answer
        agent = AGENTS.get(body["login"])
        if agent is None or body["password"] != PASSWORD:
            return error(401, "wrong_login", "Die gegevens kloppen niet.")
        self.sessions[f"s-{agent['id']}"] = agent
        response = JSONResponse({"agent": agent})
        response.set_cookie("thuisbalie_staff", f"s-{agent['id']}", httponly=True)
        return response

    async def logout(self, request: Request) -> Response:
        self.sessions.pop(request.cookies.get("thuisbalie_staff", ""), None)
        return Response(status_code=204)

    async def me(self, request: Request, agent: Json, ref: None) -> Response:
        return JSONResponse({"agent": agent})

    async def wishes(self, request: Request, agent: Json, ref: None) -> Response:
        if request.method == "PUT":
            self.preferences[agent["id"]] = await request.json()
        return JSONResponse(self.preferences.get(agent["id"]))

    async def list_some(self, request: Request, agent: Json, ref: None) -> Response:
        if self.hold_list is not None:
            await self.hold_list.wait()
        if self.list_fails:
            return error(500, "broken", "Er ging iets mis.")
        states = request.query_params.getlist("state") or ["waiting", "held"]
        rows = [row for row in self.conversations.values() if row["state"] in states]
        return JSONResponse({"conversations": rows, "next_cursor": None})

    async def open(self, request: Request, agent: Json, ref: str) -> Response:
        return JSONResponse(
            {
                "conversation": self.conversations[ref],
                "briefing": self.briefings.get(ref),
                "messages": self.messages[ref],
            }
        )

    async def briefing(self, request: Request, agent: Json, ref: str) -> Response:
        return JSONResponse(self.briefings.get(ref))

    async def newer(self, request: Request, agent: Json, ref: str) -> Response:
        after = int(request.query_params.get("after", "0"))
        rows = [message for message in self.messages[ref] if message["pos"] > after]
        return JSONResponse({"messages": rows})

    async def take(self, request: Request, agent: Json, ref: str) -> Response:
        row = self.conversations[ref]
        if row["state"] == "held" and row["held_by"]["id"] != agent["id"]:
            words = f"{row['held_by']['name'].split()[0]} heeft dit gesprek al."
            return error(409, "held_by_other", words, held_by=row["held_by"])
        self.take_as(ref, agent["login"])
        return self.told(ref)

    async def say(self, request: Request, agent: Json, ref: str) -> Response:
        body, row = await request.json(), self.conversations[ref]
        known = self.earlier(ref, body["client_msg_id"])
        self.posts.append(body["client_msg_id"])
        holds = row["state"] == "held" and row["held_by"]["id"] == agent["id"]
        if known is None and (not holds or body.get("term") not in (None, row["term"])):
            return error(409, "not_holder", "U heeft dit gesprek niet meer.")
        fields = {"name": agent["name"], "client_msg_id": body["client_msg_id"]}
        if body.get("files"):
            message = known or self.attachments.sent(ref, body, **fields)
        else:
            message = known or self.put(ref, "agent", body["text"], **fields)
        if self.lose_next_answer:
            self.lose_next_answer = False
            return error(503, "lost", "Het antwoord ging verloren.")
        return JSONResponse({"message": message}, 201)

    def earlier(self, ref: str, client_msg_id: str) -> Json | None:
        rows = self.messages[ref]
        return next((m for m in rows if m.get("client_msg_id") == client_msg_id), None)

    async def note(self, request: Request, agent: Json, ref: str) -> Response:
        body = await request.json()
        message = self.earlier(ref, body["client_msg_id"]) or self.put(
            ref,
            "agent",
            body["text"],
            name=agent["name"],
            kind="note",
            visibility="desk",
            client_msg_id=body["client_msg_id"],
        )
        return JSONResponse({"message": message}, 201)

    async def person(self, request: Request, agent: Json, ref: str) -> Response:
        nobody: Json = {"joined": [], "earlier": [], "proposals": []}
        return JSONResponse(self.persons.get(ref, nobody))

    async def join(self, request: Request, agent: Json, ref: str) -> Response:
        self.move_address(ref, (await request.json())["conversation"], "proposals", "joined")
        return await self.person(request, agent, ref)

    async def part(self, request: Request, agent: Json, ref: str) -> Response:
        self.move_address(ref, (await request.json())["conversation"], "joined", "proposals")
        return await self.person(request, agent, ref)

    async def say_elsewhere(self, request: Request, agent: Json, ref: str) -> Response:
        body = await request.json()
        other = body["conversation"]
        if self.lose_next_answer:
            self.lose_next_answer = False
            return error(503, "lost", "Het antwoord ging verloren.")
        if not body["reason"].strip():
            return error(422, "reason_empty", "Schrijf kort waarom u een ander kanaal kiest.")
        self.posts.append(body["client_msg_id"])
        self.put(ref, "system", f"Reden: {body['reason']}.", kind="note", visibility="desk")
        known = self.earlier(other, body["client_msg_id"])
        fields = {"name": agent["name"], "client_msg_id": body["client_msg_id"]}
        if body.get("files"):
            message = known or self.attachments.sent(other, body, ref, **fields)
        else:
            message = known or self.put(other, "agent", body["text"], **fields)
        return JSONResponse({"conversation": other, "message": message}, 201)

    async def release(self, request: Request, agent: Json, ref: str) -> Response:
        body = await request.json()
        self.releases.append(body)
        if body.get("to") == "queue":
            if not body.get("queue"):
                return error(422, "queue_unknown", "Deze wachtrij kennen wij niet.")
            self.change(
                ref, state="waiting", queue=body["queue"], held_by=None, waiting_since=now()
            )
        else:
            self.change(ref, state="bot", held_by=None)
        return self.told(ref)

    async def close(self, request: Request, agent: Json, ref: str) -> Response:
        self.change(ref, state="closed", held_by=None)
        return self.told(ref)

    async def type_now(self, request: Request, agent: Json, ref: str) -> Response:
        self.typing.append((ref, (await request.json())["typing"]))
        return Response(status_code=204)

    def told(self, ref: str) -> Response:
        return JSONResponse({"conversation": self.conversations[ref]})

    async def events(self, request: Request, agent: Json, ref: None) -> Response:
        return StreamingResponse(self.lines(), media_type="text/event-stream")

    async def lines(self) -> AsyncIterator[str]:
        stream: asyncio.Queue[str | None] = asyncio.Queue()
        self.streams.add(stream)
        try:
            yield f"event: hello\r\ndata: {json.dumps({'now': now()})}\r\n\r\n"
            while (line := await stream.get()) is not None:
                yield line
        finally:
            self.streams.discard(stream)
