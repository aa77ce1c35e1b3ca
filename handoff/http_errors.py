"""Errors as the outside sees them: one envelope, a stable code, a sentence a person can read."""

from __future__ import annotations

from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from handoff.clean_text import LONGEST
from handoff.ledger import StoreBusy
from handoff.policy import Words

log = structlog.get_logger()
_CODES = {
    400: "bad_request",
    401: "unauthorized",
    403: "foreign_origin",
    404: "not_found",
    405: "method",
    422: "bad_request",
    503: "unavailable",
}


class ErrorBody(BaseModel):
    """What went wrong. ``message`` is Dutch and may be shown; ``held_by`` only on a conflict."""

    code: str
    message: str
    held_by: dict[str, str] | None = None


class ErrorEnvelope(BaseModel):
    error: ErrorBody


class ApiError(Exception):
    """An expected refusal. The sentence is the text ``error_<code>``."""

    def __init__(
        self, status: int, code: str, *, headers: dict[str, str] | None = None, **values: Any
    ) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.headers = headers
        self.values = values
        self.held_by: dict[str, str] | None = None


def error_responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """For the OpenAPI description of a route."""
    return {status: {"model": ErrorEnvelope} for status in statuses}


def install(app: FastAPI, words: Words) -> None:
    """Make every error of the app leave in the one envelope."""

    def answer(
        status: int,
        code: str,
        headers: dict[str, str] | None = None,
        held_by: dict[str, str] | None = None,
        **values: Any,
    ) -> JSONResponse:
        body = ErrorBody(code=code, message=words.text(f"error_{code}", **values), held_by=held_by)
        content = ErrorEnvelope(error=body).model_dump(exclude_none=True)
        return JSONResponse(content, status, headers)

    async def expected(_: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, ApiError)
        return answer(error.status, error.code, error.headers, error.held_by, **error.values)

    async def not_valid(_: Request, error: Exception) -> JSONResponse:
        return answer(422, "bad_request")

    async def http(_: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, HTTPException)
        headers = dict(error.headers) if error.headers else None
        return answer(error.status_code, _CODES.get(error.status_code, "bad_request"), headers)

    async def busy(_: Request, error: Exception) -> JSONResponse:
        log.error("store_busy", error=str(error))
        return answer(503, "unavailable", {"Retry-After": "2"})

    app.add_exception_handler(ApiError, expected)
    app.add_exception_handler(RequestValidationError, not_valid)
    app.add_exception_handler(HTTPException, http)
    app.add_exception_handler(StoreBusy, busy)


async def read_body(request: Request, most: int) -> bytes:
    """The raw body, refused as soon as it is larger than ``most`` bytes."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise ApiError(413, "too_long", limit=LONGEST)
    return bytes(body)
