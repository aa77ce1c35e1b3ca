"""Files that lie ready with a reply, in the fake console."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.browser.fake_console_state import ConsoleState, Json

LARGEST = 8 * 1024 * 1024
MOST = 5


class FakeAttachments:
    """``refuse_next``: the words of the next refusal of an upload."""

    def __init__(self, console: ConsoleState) -> None:
        self.console = console
        self.ready: dict[str, list[Json]] = {}
        self.contents: dict[str, tuple[str, bytes]] = {}
        self.why_not = ""
        self.refuse_next = ""

    def routes(self, guarded: Any) -> list[Route]:
        at = "/conversations/{ref}/attachments"
        return [
            Route(at, guarded(self.read)),
            Route(at, guarded(self.add), methods=["POST"]),
            Route(f"{at}/{{file}}", guarded(self.drop), methods=["DELETE"]),
            Route("/files/{file}", guarded(self.see)),
        ]

    async def read(self, request: Request, agent: Json, ref: str) -> Response:
        about = {"can_send": not self.why_not, "why_not": self.why_not}
        limits = {"most": MOST, "largest": LARGEST}
        return JSONResponse({**about, **limits, "files": self.ready.get(ref, [])})

    async def add(self, request: Request, agent: Json, ref: str) -> Response:
        content, name = await request.body(), request.query_params["name"]
        if self.refuse_next:
            words, self.refuse_next = self.refuse_next, ""
            return JSONResponse({"error": {"code": "file_broken", "message": words}}, 422)
        photo = content.startswith(b"\xff\xd8")
        kind = "image/jpeg" if photo else "application/pdf"
        id = f"file-{len(self.contents) + 1}"
        self.contents[id] = (kind, content)
        file = {"id": id, "kind": "photo" if photo else "file", "state": "kept", "name": name}
        file |= {"content_type": kind, "size": len(content), "detail": "", "of_staff": True}
        self.ready.setdefault(ref, []).append(file)
        return JSONResponse({"file": file}, 201)

    async def drop(self, request: Request, agent: Json, ref: str) -> Response:
        id = request.path_params["file"]
        self.ready[ref] = [one for one in self.ready.get(ref, []) if one["id"] != id]
        return Response(status_code=204)

    async def see(self, request: Request, agent: Json, ref: None) -> Response:
        kind, content = self.contents[request.path_params["file"]]
        return Response(content, media_type=kind)

    def sent(self, ref: str, body: Json, ready_at: str | None = None, **fields: Any) -> Json:
        """A message for the words, and one for each file, as the product writes them."""
        files = self.ready.pop(ready_at or ref, [])
        parts: list[tuple[str, list[Json]]] = [(body["text"], [])] if body["text"] else []
        for file in files:
            label = "Foto" if file["kind"] == "photo" else f"Document: {file['name']}"
            parts.append((label, [file]))
        key = fields.pop("client_msg_id")
        written = []
        for no, (text, own) in enumerate(parts):
            id = key if no == 0 else None
            written.append(
                self.console.put(ref, "agent", text, files=own, client_msg_id=id, **fields)
            )
        return written[0]
