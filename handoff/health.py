"""Whether this installation can answer, for who watches over it."""

from __future__ import annotations

from fastapi import FastAPI
from fastapi.responses import JSONResponse

from bot.port import Assistant


def add_health(app: FastAPI, assistant: Assistant) -> None:
    @app.get("/health", tags=["health"])
    async def health() -> JSONResponse:
        """200 when the assistant can answer; 503 while it starts or is away (people still can)."""
        ready = await assistant.ready()
        return JSONResponse({"gateway": True, "assistant": ready}, 200 if ready else 503)
