"""The public chat API in memory, for browser tests: scriptable, and able to fail in every way."""

import asyncio
import contextlib
import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from aiohttp import web

from handoff.clock import SystemClock
from handoff.corporation_pages import filled

Json = dict[str, Any]
WEB = Path(__file__).resolve().parents[2] / "web"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
GREETING = (
    "Welkom bij Woonstichting De Linde. Ik ben een digitale assistent, geen mens. "
    "Waar kan ik u mee helpen?"
)
FIRST_CHOICES = [
    {"id": "c1", "title": "Een reparatie melden"},
    {"id": "c2", "title": "Hoe kan ik betalen?"},
    {"id": "c3", "title": "De huur opzeggen"},
]
LONGEST = 10_000


class Conversation:
    def __init__(self) -> None:
        self.state = "bot"
        self.events: list[Json] = []
        self.known: dict[str, tuple[Json, int]] = {}
        self.streams: set[asyncio.Queue[bytes | None]] = set()

    def tell(self, author: str, text: str, **fields: Any) -> int:
        now = SystemClock().now().isoformat()
        seq = len(self.events) + 1
        event = {"seq": seq, "author": author, "name": "", "text": text, "choices": [], "at": now}
        self.events.append(event | fields)
        if "state" in fields:
            self.state = fields["state"]
        self.push(frame(self.events[-1]))
        return seq

    def hint(self, author: str, typing: bool) -> None:
        data = json.dumps({"author": author, "typing": typing})
        self.push(f"event: typing\ndata: {data}\n\n".encode())

    def push(self, data: bytes | None) -> None:
        for stream in self.streams:
            stream.put_nowait(data)


def frame(event: Json) -> bytes:
    return f"id: {event['seq']}\ndata: {json.dumps(event)}\n\n".encode()


def refusal(status: int, code: str, message: str, **headers: str) -> web.Response:
    body = {"error": {"code": code, "message": message}}
    return web.json_response(body, status=status, headers=headers)


class FakeChat:
    """State and what a test may script first, HTTP below."""

    def __init__(self) -> None:
        self.conversations: dict[str, Conversation] = {}
        self.answers: dict[str, Json] = {}
        self.posts: list[Json] = []
        self.unreachable = False
        self.silent = False
        self.refuse_next: list[web.Response] = []
        self.lose_answers = 0
        self.photos: list[bytes] = []

    # -- what a test scripts ---------------------------------------------------------------

    @property
    def latest(self) -> Conversation:
        return list(self.conversations.values())[-1]

    def drop_streams(self) -> None:
        for conversation in self.conversations.values():
            conversation.push(None)

    def forget_everything(self) -> None:
        self.drop_streams()
        self.conversations.clear()

    def hand_over_to(self, name: str) -> None:
        text = f"{name}, medewerker, neemt het gesprek over."
        self.latest.tell("system", text, name=name, state="held")

    def close(self) -> None:
        self.latest.tell("system", "Dit gesprek is afgesloten.", name="De Linde", state="closed")

    # -- HTTP ------------------------------------------------------------------------------

    async def open(self, _request: web.Request) -> web.StreamResponse:
        id = f"gesprek-{len(self.conversations) + 1}"
        self.conversations[id] = Conversation()
        self.latest.tell("bot", GREETING, name="Digitale assistent", choices=FIRST_CHOICES)
        return web.json_response({"conversation_id": id, "token": f"sleutel-{id}"}, status=201)

    async def send(self, request: web.Request) -> web.StreamResponse:
        conversation = self.find(request)
        if conversation is None:
            return refusal(404, "not_found", "Dit gesprek bestaat niet.")
        if self.refuse_next:
            return self.refuse_next.pop(0)
        body = await request.json()
        self.posts.append(body)
        response = self.store(conversation, body)
        if self.lose_answers:
            self.lose_answers -= 1
            cut(request)
        return response

    async def send_photo(self, request: web.Request) -> web.StreamResponse:
        conversation = self.find(request)
        if conversation is None:
            return refusal(404, "not_found", "Dit gesprek bestaat niet.")
        if self.refuse_next:
            return self.refuse_next.pop(0)
        raw, id = await request.read(), request.query["client_msg_id"]
        self.posts.append({"client_msg_id": id, "photo": len(raw)})
        if id not in conversation.known:
            self.photos.append(raw)
            files = [{"id": str(len(self.photos))}]
            seq = conversation.tell("tenant", "(Foto)", name="U", client_msg_id=id, files=files)
            conversation.known[id] = ({}, seq)
        if self.lose_answers:
            self.lose_answers -= 1
            cut(request)
        return web.json_response({"seq": conversation.known[id][1]}, status=202)

    async def see_photo(self, request: web.Request) -> web.StreamResponse:
        if self.find(request) is None:
            return refusal(404, "not_found", "Dit gesprek bestaat niet.")
        photo = self.photos[int(request.match_info["file"]) - 1]
        return web.Response(body=photo, content_type="image/jpeg")

    def store(self, conversation: Conversation, body: Json) -> web.Response:
        id = body["client_msg_id"]
        if id in conversation.known:
            first, seq = conversation.known[id]
            if first != body:
                return refusal(409, "conflict", "Dit bericht kennen we al met andere woorden.")
            return web.json_response({"seq": seq}, status=202)
        text = body.get("text")
        if text is not None and len(text) > LONGEST:
            return refusal(413, "too_long", "Uw bericht is te lang. Maak het korter.")
        if text is not None and not text.strip():
            return refusal(422, "empty", "Uw bericht is leeg.")
        said = text if text is not None else self.title_of(conversation, body["choice_id"])
        seq = conversation.tell("tenant", said, name="U", client_msg_id=id)
        conversation.known[id] = (body, seq)
        self.react(conversation, body, said)
        return web.json_response({"seq": seq}, status=202)

    def title_of(self, conversation: Conversation, choice_id: str) -> str:
        offered = [c for event in conversation.events for c in event["choices"]]
        titles = {choice["id"]: choice["title"] for choice in offered}
        return titles.get(choice_id, "Ik wil een medewerker")

    def react(self, conversation: Conversation, body: Json, said: str) -> None:
        if body.get("choice_id") == "medewerker":
            text = "Ik verbind u door met een medewerker. U krijgt hier antwoord."
            conversation.tell("system", text, name="De Linde", state="waiting")
        elif conversation.state in ("bot", "closed") and not self.silent:
            answer = self.answers.get(said, {"text": f"Antwoord op: {said}"})
            conversation.tell("bot", name="Digitale assistent", **answer)

    async def events(self, request: web.Request) -> web.StreamResponse:
        conversation = self.find(request)
        if conversation is None:
            return refusal(404, "not_found", "Dit gesprek bestaat niet.")
        since = int(request.query.get("since", "0"))
        if "text/event-stream" in request.headers.get("Accept", ""):
            return await self.stream(request, conversation, since)
        body = {"state": conversation.state, "events": conversation.events[since:]}
        return web.json_response(body)

    async def stream(
        self, request: web.Request, conversation: Conversation, since: int
    ) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        state = json.dumps({"state": conversation.state})
        await response.write(f": ping\n\nevent: state\ndata: {state}\n\n".encode())
        queue: asyncio.Queue[bytes | None] = asyncio.Queue()
        for event in conversation.events[since:]:
            queue.put_nowait(frame(event))
        conversation.streams.add(queue)
        try:
            with contextlib.suppress(ConnectionResetError):
                while (data := await queue.get()) is not None:
                    await response.write(data)
            cut(request)
        finally:
            conversation.streams.discard(queue)
        return response

    def find(self, request: web.Request) -> Conversation | None:
        id = request.match_info["id"]
        mine = request.headers.get("Authorization") == f"Bearer sleutel-{id}"
        return self.conversations.get(id) if mine else None

    def app(self) -> web.Application:
        app = web.Application(middlewares=[self.reachable], client_max_size=2**20)
        app.router.add_post("/chat/conversations", self.open)
        app.router.add_post("/chat/conversations/{id}/messages", self.send)
        app.router.add_post("/chat/conversations/{id}/files", self.send_photo)
        app.router.add_get("/chat/conversations/{id}/files/{file}", self.see_photo)
        app.router.add_get("/chat/conversations/{id}/events", self.events)
        for address, name in (("/", "index.html"), ("/chat", "chat.html")):
            app.router.add_get(address, serve(WEB / "pages" / name))
        app.router.add_static("/widget", WEB / "widget" / "dist")
        app.router.add_static("/pages", WEB / "pages")
        app.router.add_static("/axe", WEB / "node_modules" / "axe-core")
        return app

    @property
    def reachable(self) -> Any:
        @web.middleware
        async def check(request: web.Request, handler: Any) -> web.StreamResponse:
            if self.unreachable and request.path.startswith("/chat/conversations"):
                cut(request)
            answer: web.StreamResponse = await handler(request)
            if not answer.prepared:
                answer.headers["Content-Security-Policy"] = POLICY
            return answer

        return check


def serve(path: Path) -> Callable[[web.Request], Any]:
    async def page(_request: web.Request) -> web.StreamResponse:
        if path.name == "chat.html":
            return web.Response(text=filled(path), content_type="text/html")
        return web.FileResponse(path)

    return page


def cut(request: web.Request) -> None:
    """Ends the connection without an answer, as a dead line does."""
    if request.transport is not None:
        request.transport.abort()


class ChatServer:
    """The fake behind a real port, in a thread; `script` runs a change on its event loop."""

    def __init__(self, port: int) -> None:
        self.chat = FakeChat()
        self.url = f"http://127.0.0.1:{port}"
        self.loop = asyncio.new_event_loop()
        self.runner = web.AppRunner(self.chat.app(), shutdown_timeout=0.1)
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        self.on_loop(self.listen(port))

    async def listen(self, port: int) -> None:
        await self.runner.setup()
        await web.TCPSite(self.runner, "127.0.0.1", port, reuse_address=True).start()

    def on_loop(self, work: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(timeout=10)

    def script(self, act: Callable[[FakeChat], Any]) -> Any:
        async def run() -> Any:
            return act(self.chat)

        return self.on_loop(run())

    def stop(self) -> None:
        self.script(lambda chat: chat.drop_streams())
        self.on_loop(self.runner.cleanup())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(timeout=5)
