"""The console's HTTP interface in memory, for browser tests: scriptable, and honest about terms."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from time import time
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Mount, Route

Json = dict[str, Any]

AGENTS: dict[str, Json] = {
    "sanne": {"id": "a1", "name": "Sanne de Wit", "login": "sanne", "roles": ["agent"]},
    "fatma": {"id": "a2", "name": "Fatma Yilmaz", "login": "fatma", "roles": ["agent"]},
}
PASSWORD = "welkom-thuis"


def now() -> str:
    return ago()


def ago(**span: float) -> str:
    return (datetime.fromtimestamp(time(), UTC) - timedelta(**span)).isoformat()


def error(status: int, code: str, message: str, **more: Any) -> JSONResponse:
    return JSONResponse({"error": {"code": code, "message": message, **more}}, status)


class FakeConsole:
    """State first, routes below. Every change tells the open streams, like the real one."""

    def __init__(self) -> None:
        self.conversations: dict[str, Json] = {}
        self.messages: dict[str, list[Json]] = {}
        self.briefings: dict[str, Json] = {}
        self.sessions: dict[str, Json] = {}
        self.streams: set[asyncio.Queue[str | None]] = set()
        self.typing: list[tuple[str, bool]] = []
        self.releases: list[Json] = []
        self.posts: list[str] = []
        self.too_often = False
        self.down = False
        self.list_fails = False
        self.hold_list: asyncio.Event | None = None
        self.lose_next_answer = False

    # -- what a test scripts -------------------------------------------------

    def add(self, ref: str, **fields: Any) -> str:
        base: Json = {
            "id": ref,
            "state": "waiting",
            "queue": "huur",
            "held_by": None,
            "reason": "asked",
            "reason_label": "Huurder vraagt om een medewerker",
            "topic": None,
            "topic_title": None,
            "urgent": False,
            "urgent_kind": None,
            "waiting_since": ago(minutes=3),
            "last_message": None,
            "unread": 0,
            "channel": "webchat",
            "term": 2,
            "opened_at": ago(minutes=9),
            "reference": ref,
        }
        self.conversations[ref] = base | fields
        self.messages[ref] = []
        self.hint(ref)
        return ref

    def put(self, ref: str, author: str, text: str, **fields: Any) -> Json:
        rows = self.messages[ref]
        message: Json = {
            "id": f"{ref}-{len(rows) + 1}",
            "pos": len(rows) + 1,
            "author": author,
            "name": None,
            "text": text,
            "choices": None,
            "visibility": "tenant",
            "at": now(),
            "kind": "text",
        }
        message |= fields
        rows.append(message)
        if message["kind"] == "text":
            last = {"author": author, "text": text, "at": message["at"]}
            self.conversations[ref]["last_message"] = last
        self.hint(ref)
        return message

    def brief(self, ref: str, **fields: Any) -> None:
        base: Json = {
            "reason": "asked",
            "reason_label": "Huurder vraagt om een medewerker",
            "note": None,
            "tried": [],
            "likely": [],
            "form": None,
            "promises": [],
            "urgent_kind": None,
            "asked_at": ago(minutes=3),
        }
        self.briefings[ref] = base | fields

    def change(self, ref: str, **fields: Any) -> None:
        if "state" in fields:
            fields = {"term": self.conversations[ref]["term"] + 1} | fields
        self.conversations[ref] |= fields
        self.hint(ref)

    def take_as(self, ref: str, login: str, *, tell: bool = True) -> None:
        agent = AGENTS[login]
        self.conversations[ref] |= {
            "state": "held",
            "held_by": {"id": agent["id"], "name": agent["name"]},
            "term": self.conversations[ref]["term"] + 1,
        }
        if tell:
            self.hint(ref)

    def end_sessions(self) -> None:
        self.sessions.clear()
        self.drop_streams()

    def go_down(self) -> None:
        self.down = True
        self.drop_streams()

    def drop_streams(self) -> None:
        for stream in self.streams:
            stream.put_nowait(None)

    def hint(self, ref: str) -> None:
        row = self.conversations[ref]
        data = {
            "id": ref,
            "state": row["state"],
            "term": row["term"],
            "urgent": row["urgent"],
            "pos": len(self.messages[ref]),
        }
        for stream in self.streams:
            stream.put_nowait(f"event: conversation\r\ndata: {json.dumps(data)}\r\n\r\n")

    def texts(self, ref: str, kind: str = "text") -> list[str]:
        return [m["text"] for m in self.messages[ref] if m["kind"] == kind]

    # -- the interface -------------------------------------------------------

    def app(self) -> Starlette:
        one = "/conversations/{ref}"
        api = [
            Route("/login", self.login, methods=["POST"]),
            Route("/logout", self.logout, methods=["POST"]),
            Route("/me", self.guarded(self.me)),
            Route("/events", self.guarded(self.events)),
            Route("/conversations", self.guarded(self.list)),
            Route(one, self.guarded(self.open)),
            Route(f"{one}/briefing", self.guarded(self.briefing)),
            Route(f"{one}/messages", self.guarded(self.newer)),
            Route(f"{one}/take", self.guarded(self.take), methods=["POST"]),
            Route(f"{one}/say", self.guarded(self.say), methods=["POST"]),
            Route(f"{one}/note", self.guarded(self.note), methods=["POST"]),
            Route(f"{one}/release", self.guarded(self.release), methods=["POST"]),
            Route(f"{one}/close", self.guarded(self.close), methods=["POST"]),
            Route(f"{one}/typing", self.guarded(self.type), methods=["POST"]),
        ]
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

    async def list(self, request: Request, agent: Json, ref: None) -> Response:
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

    async def type(self, request: Request, agent: Json, ref: str) -> Response:
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
