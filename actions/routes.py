"""The address where Rasa has its actions run. Loopback only, behind a token."""

from __future__ import annotations

import hmac
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from actions.executor import Executor

HEADER = "X-Thuisbalie-Secret"


def router(executor: Executor, token: str) -> APIRouter:
    """``POST /actions/webhook``; kept out of the public description."""
    routes = APIRouter(include_in_schema=False)

    @routes.post("/actions/webhook")
    async def run_action(request: Request) -> JSONResponse:
        shown = request.headers.get(HEADER, "").encode()
        if not hmac.compare_digest(shown, token.encode()):
            return JSONResponse({"error": "forbidden"}, 403)
        call = await _call(request)
        if call is None:
            return JSONResponse({"error": "not an action call"}, 422)
        status, body = await executor.run(call)
        return JSONResponse(body, status)

    return routes


async def _call(request: Request) -> dict[str, Any] | None:
    try:
        call = await request.json()
    except ValueError:
        return None
    return call if isinstance(call, dict) else None
