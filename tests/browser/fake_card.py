"""The tenant card of the fake console: one tenant, parts that can be down, and what was asked."""

from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

if TYPE_CHECKING:
    from tests.browser.fake_console_state import Json

ANNA = {"relatie": "relatie-1", "name": "mevrouw A. de Vries", "born": "1984-02-29"}
ABOUT = {"relatie": "relatie-1", "by": "staff", "level": 0, "until": None, "holds": False}
PARTS: dict[str, dict[str, Any]] = {
    "person": {"person": {**ANNA, "first_name": "Anna", "language": "nl", "died": None}},
    "details": {"details": []},
    "homes": {
        "homes": [
            {"id": "h", "kind": "WOO", "street": "Lindelaan", "number": "12", "built": 1978}
            | {"postcode": "1234AB", "place": "Lindestad"}
        ]
    },
    "repairs": {"repairs": []},
    "account": {"balance": "648.15", "open_items": []},
    "plans": {"plans": []},
    "contracts": {"contracts": []},
    "contacts": {"contacts": []},
    "cases": {"cases": []},
}
PREPARED = {
    "repair": {"location": "BAD", "defect": "LEK", "title": "Kraan lekt", "words": ""}
    | {"priority": "normaal", "reachable": "", "preferred": ""},
    "contact": {"subject": "Kraan", "text": "Huurder: hij lekt", "channel": "INT"}
    | {"direction": "INK"},
    "photos": [],
    "locations": [{"code": "BAD", "name": "Badkamer"}],
    "defects": [{"code": "LEK", "name": "Lekt"}],
}


class FakeCard:
    """``connected`` is off until a test wants the card."""

    def __init__(self) -> None:
        self.connected = False
        self.linked = False
        self.down: set[str] = set()
        self.asked: list[tuple[str, Json]] = []
        self.read: list[str] = []

    def routes(self, guarded: Any) -> list[Route]:
        at = "/conversations/{ref}/tenant-card"
        return [
            Route(at, guarded(self.card)),
            Route(f"{at}/flags", guarded(self.flags)),
            Route(f"{at}/people", guarded(self.people)),
            Route(f"{at}/prepared", guarded(self.prepared)),
            Route(f"{at}/link", guarded(self.link), methods=["POST"]),
            Route(f"{at}/unlink", guarded(self.unlink), methods=["POST"]),
            Route(f"{at}/{{what}}", guarded(self.do), methods=["POST"]),
        ]

    async def card(self, request: Request, agent: Any, ref: str) -> Response:
        about = {**ABOUT, "differs": False} if self.linked else None
        parts: dict[str, Any] = dict.fromkeys(PARTS)
        for part in request.query_params.getlist("part"):
            self.read.append(part)
            down = part in self.down
            parts[part] = {"state": "down"} if down else {"state": "ready", **PARTS[part]}
        shown = {"connected": self.connected, "about": about, "promises": [], **parts}
        shown["at_close"] = "ask"
        return JSONResponse(shown)

    async def flags(self, request: Request, agent: Any, ref: str) -> Response:
        return JSONResponse({"state": "ready", "flags": [{"kind": "AGR", "since": "2025-05-01"}]})

    async def people(self, request: Request, agent: Any, ref: str) -> Response:
        return JSONResponse({"people": [ANNA]})

    async def prepared(self, request: Request, agent: Any, ref: str) -> Response:
        return JSONResponse(PREPARED)

    async def link(self, request: Request, agent: Any, ref: str) -> Response:
        self.linked = True
        return JSONResponse({"about": {**ABOUT, "differs": False}})

    async def unlink(self, request: Request, agent: Any, ref: str) -> Response:
        self.linked = False
        return JSONResponse({"about": None})

    async def do(self, request: Request, agent: Any, ref: str) -> Response:
        what = request.path_params["what"]
        body = await request.json()
        self.asked.append((what, body))
        if body.get("later"):
            return JSONResponse({"number": "", "say": "", "kept": True}, 201)
        if "do" in self.down:
            error = {"code": "card_not_done", "message": "Het systeem gaf geen antwoord."}
            return JSONResponse({"error": error}, 503)
        say = "Uw reparatie is gemeld. Het nummer is R4702."
        return JSONResponse({"number": "R4702", "say": say, "kept": False}, 201)
