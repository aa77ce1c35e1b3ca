"""Makes a good answer of the VERA server wrong."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from actions.backoffice.fakes.vera_faults import Fault

_ERROR = {"code": "500", "omschrijving": "Er ging iets mis"}
_STATUS: Mapping[Fault, int] = {
    Fault.TOO_MANY_CALLS: 429,
    Fault.BROKEN: 500,
    Fault.UNAVAILABLE: 503,
    Fault.REFUSED: 403,
    Fault.DUPLICATE: 409,
}
_LARGE = 5 * 1024 * 1024


def spoiled(answer: web.Response, fault: Fault) -> web.StreamResponse:
    if fault in _STATUS:
        return web.json_response(_ERROR, status=_STATUS[fault])
    if fault is Fault.ERROR_BODY:
        return web.json_response(_ERROR, status=answer.status)
    if fault is Fault.HTML:
        page = "<html><body>Onderhoud</body></html>"
        return web.Response(text=page, content_type="text/html", status=answer.status)
    if fault is Fault.ELSEWHERE:
        return web.Response(status=307, headers={"Location": "https://elders.example/v4"})
    if fault in (Fault.NOT_JSON, Fault.EMPTY, Fault.TOO_LARGE):
        text = {Fault.NOT_JSON: '[{"id": ', Fault.EMPTY: ""}.get(
            fault, f"{answer.text}{' ' * _LARGE}"
        )
        return web.Response(text=text, content_type="application/json", status=answer.status)
    body = json.loads(answer.text or "null")
    return web.json_response(
        _changed(body, fault), status=answer.status, headers=_headers(answer, fault)
    )


def _changed(body: Any, fault: Fault) -> Any:
    if fault is Fault.WRONG_TYPES:
        return _turned(body)
    if fault is Fault.NO_ID:
        return [_without_id(one) for one in body] if isinstance(body, list) else _without_id(body)
    if fault is Fault.ENVELOPE:
        return {"items": body, "next": 2}
    return body


def _headers(answer: web.Response, fault: Fault) -> dict[str, str]:
    kept = {name: value for name, value in answer.headers.items() if name.startswith("X-")}
    if fault is Fault.LOST_PAGES:
        kept["X-Parameters-Aantal"] = "7000"
    if fault is Fault.OTHER_PAGE:
        kept["X-Parameters-Pagina"] = "3"
    return kept


def _turned(value: Any) -> Any:
    """Every plain value of another type, except ids: those are checked on their own."""
    if isinstance(value, list):
        return [_turned(one) for one in value]
    if isinstance(value, dict):
        return {name: one if name == "id" else _turned(one) for name, one in value.items()}
    return 7 if isinstance(value, str) else "zeven"


def _without_id(row: Any) -> Any:
    return {name: value for name, value in row.items() if name != "id"}
