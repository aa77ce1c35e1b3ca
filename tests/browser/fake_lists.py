"""Lists, search, labels and collision signs of the fake console."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.browser.fake_console_state import Json

LABELS = [
    {"id": "l-1", "name": "Terugbellen", "colour": "teal"},
    {"id": "l-2", "name": "Wacht op monteur", "colour": "amber"},
]
TOPICS = [{"name": "repair_report", "title": "Reparatie melden", "queue": "reparaties"}]


class FakeLists:
    """What the lists of the gateway answer, over the state of one fake console."""

    def __init__(self, console: Any) -> None:
        self.console = console
        self.many: list[Json] = []
        """What a list of everything holds; empty: the conversations of the console."""
        self.viewers: dict[str, list[Json]] = {}
        self.asked: list[str] = []
        self.case_url: str | None = None

    def routes(self, guarded: Any) -> list[Route]:
        one = "/conversations/{ref}"
        return [
            Route("/lists/setup", guarded(self.setup)),
            Route("/lists/page", guarded(self.page)),
            Route("/search", guarded(self.search)),
            Route("/views", guarded(self.views)),
            Route("/viewing", guarded(self.all_viewing)),
            Route(f"{one}/viewing", guarded(self.viewing), methods=["POST"]),
            Route(f"{one}/snooze", guarded(self.snooze), methods=["PUT", "DELETE"]),
            Route(f"{one}/labels/{{label}}", guarded(self.label), methods=["PUT", "DELETE"]),
        ]

    def fill(self, count: int) -> None:
        """Make so many conversations, each a little different."""
        first = next(iter(self.console.conversations.values()))
        self.many = [
            {**first, "id": f"many-{no}", "reference": f"TB-{no:06}", "topic_title": f"Zaak {no}"}
            for no in range(count)
        ]

    async def setup(self, request: Request, agent: Json, ref: None) -> Response:
        return JSONResponse(
            {"labels": LABELS, "topics": TOPICS, "channels": {}, "case_url": self.case_url}
        )

    async def page(self, request: Request, agent: Json, ref: None) -> Response:
        rows = self.many or list(self.console.conversations.values())
        start, limit = int(request.query_params.get("cursor", 0)), 200
        more = str(start + limit) if start + limit < len(rows) else None
        shown = rows[start : start + limit]
        return JSONResponse({"conversations": shown, "next_cursor": more, "total": len(rows)})

    async def search(self, request: Request, agent: Json, ref: None) -> Response:
        typed = request.query_params["q"]
        self.asked.append(typed)
        talk = next(iter(self.console.conversations.values()))
        pieces = [
            {"text": "<b>De</b> ", "hit": False},
            {"text": typed, "hit": True},
            {"text": " drupt", "hit": False},
        ]
        message = {"pos": 1, "author": "tenant", "note": True, "at": talk["opened_at"]}
        hit = {"conversation": talk, "message": {**message, "pieces": pieces}}
        return JSONResponse({"hits": [hit], "more": False})

    async def views(self, request: Request, agent: Json, ref: None) -> Response:
        return JSONResponse({"views": []})

    async def all_viewing(self, request: Request, agent: Json, ref: None) -> Response:
        return JSONResponse({"viewing": self.viewers})

    async def viewing(self, request: Request, agent: Json, ref: str) -> Response:
        return JSONResponse({"viewers": self.viewers.get(ref, [])})

    async def snooze(self, request: Request, agent: Json, ref: str) -> Response:
        put = request.method == "PUT"
        until = (await request.json())["until"] if put else None
        self.console.change(ref, snoozed_until=until)
        return JSONResponse({"conversation": self.console.conversations[ref]})

    async def label(self, request: Request, agent: Json, ref: str) -> Response:
        label, talk = request.path_params["label"], self.console.conversations[ref]
        rest = [one for one in talk.get("labels", []) if one != label]
        self.console.change(ref, labels=[*rest, label] if request.method == "PUT" else rest)
        return JSONResponse({"conversation": self.console.conversations[ref]})
