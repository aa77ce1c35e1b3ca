"""Faults of buildings and requests that wait, of the fake console."""

from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

if TYPE_CHECKING:
    from tests.browser.fake_console_state import Json

LIFT = {
    "cluster": "Lindehof", "defect": "NWF", "location": "LIF",
    "place": "de lift", "defect_label": "werkt niet",
}  # fmt: skip
DOOR = {**LIFT, "location": "ENT", "place": "de ingang", "defect_label": "klemt"}
WORDS = "De storing aan de lift is bekend. De monteur komt vandaag."


def fault(id: str, kind: Any, **changes: Any) -> "Json":
    told = {
        "id": id, "kind": kind, "words": WORDS, "since": "2026-11-24T08:10:00Z",
        "until": "2026-11-25T08:10:00Z", "expected_end": "2026-11-24T16:00:00Z", "ended_at": None,
    }  # fmt: skip
    return told | changes


def kept(id: str, conversation: str, what: str, state: str = "waiting") -> "Json":
    return {
        "id": id, "conversation": conversation, "reference": f"TB-{id}", "kind": "repair",
        "what": what, "state": state, "attempts": 3, "asked_at": "2026-11-24T08:10:00Z",
        "next_at": "2026-11-24T09:30:00Z", "number": "",
    }  # fmt: skip


class FakeOffice:
    def __init__(self) -> None:
        self.suspected: list[Json] = []
        self.running: list[Json] = []
        self.ended: list[Json] = []
        self.kept: list[Json] = []
        self.asked: list[tuple[str, Any]] = []
        self.gone = False
        """Somebody else was there first."""

    def fill(self, conversation: str, other: str) -> None:
        since = "2026-11-24T08:10:00Z"
        suggestion = "De storing aan de ingang is bekend. Wij werken eraan."
        self.suspected = [{"kind": DOOR, "homes": 3, "since": since, "suggestion": suggestion}]
        self.running = [fault("f1", LIFT)]
        self.ended = [fault("f0", DOOR, ended_at="2026-11-20T15:00:00Z")]
        self.kept = [
            kept("k1", conversation, "kraan, keuken: lekt"),
            kept("k2", other, "Klacht over de schoonmaak van het trappenhuis", "given_up"),
        ]

    def routes(self, guarded: Any) -> list[Route]:
        one = "/conversations/{ref}/kept-requests"
        return [
            Route("/faults", guarded(self.read), methods=["GET"]),
            Route("/faults", guarded(self.confirm), methods=["POST"]),
            Route("/faults/none", guarded(self.none), methods=["POST"]),
            Route("/faults/{id}", guarded(self.change), methods=["PUT"]),
            Route("/faults/{id}/end", guarded(self.end), methods=["POST"]),
            Route("/kept-requests", guarded(self.list_kept)),
            Route(one, guarded(self.list_kept)),
            Route(f"{one}/{{id}}/try", guarded(self.try_now), methods=["POST"]),
            Route(f"{one}/{{id}}/done", guarded(self.by_hand), methods=["POST"]),
        ]

    async def read(self, request: Request, agent: Any, ref: None) -> Response:
        places = {"LIF": "de lift", "ENT": "de ingang"}
        lists = {"suspected": self.suspected, "running": self.running, "ended": self.ended}
        return JSONResponse({**lists, "places": places})

    async def confirm(self, request: Request, agent: Any, ref: None) -> Response:
        body = await request.json()
        self.asked.append(("confirm", body))
        telling = {key: body[key] for key in ("words", "until", "expected_end")}
        made = fault(f"f{len(self.asked) + 1}", {**DOOR, "cluster": body["cluster"]}, **telling)
        self.running.append(made)
        self.suspected = []
        return JSONResponse(made, 201)

    async def none(self, request: Request, agent: Any, ref: None) -> Response:
        self.asked.append(("none", await request.json()))
        self.suspected = []
        return Response(status_code=204)

    async def change(self, request: Request, agent: Any, ref: None) -> Response:
        self.asked.append(("change", await request.json()))
        self.running[0] |= self.asked[-1][1]
        return JSONResponse(self.running[0])

    async def end(self, request: Request, agent: Any, ref: None) -> Response:
        self.asked.append(("end", request.path_params["id"]))
        self.ended += self.running
        self.running = []
        return JSONResponse({"told": 3})

    async def list_kept(self, request: Request, agent: Any, ref: str | None) -> Response:
        found = [one for one in self.kept if ref is None or one["conversation"] == ref]
        if ref is None:
            found = [one for one in found if one["state"] != "done"]
        return JSONResponse({"requests": found})

    async def try_now(self, request: Request, agent: Any, ref: str) -> Response:
        return self._changed("try", request, state="waiting", attempts=4)

    async def by_hand(self, request: Request, agent: Any, ref: str) -> Response:
        number = (await request.json())["number"]
        return self._changed("done", request, state="done", number=number)

    def _changed(self, what: str, request: Request, **changes: Any) -> Response:
        if self.gone:
            message = "Dit verzoek wacht niet meer. Een collega of het systeem was u voor."
            return JSONResponse({"error": {"code": "kept_unknown", "message": message}}, 404)
        (one,) = (each for each in self.kept if each["id"] == request.path_params["id"])
        one |= changes
        self.asked.append((what, changes))
        return JSONResponse(one)
