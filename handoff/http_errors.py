"""Errors as the outside sees them: one envelope, a stable code, a sentence a person can read."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from handoff.clean_text import LONGEST
from handoff.ledger import StoreBusy
from handoff.policy import Words

log = structlog.get_logger()
_REF = "#/components/schemas/{model}"
_LARGEST_BODY = 256_000
LARGEST_FILE = 8 * 1024 * 1024
"""Bytes of what may be sent to the few addresses that take photos and documents."""
_TAKES_FILES = re.compile(
    r"/chat/conversations/[^/]+/files|/u/[^/]+/photos|/console/api/conversations/[^/]+/attachments"
)
_CODES = {
    400: "bad_request",
    401: "unauthorized",
    403: "foreign_origin",
    404: "not_found",
    405: "method",
    413: "too_long",
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
    """For the OpenAPI description of a route.

    By name: FastAPI would build the model anew for each status of each route, which was half of the
    time that putting the app together took. ``install`` adds what the name stands for.
    """
    schema = {"$ref": _REF.format(model=ErrorEnvelope.__name__)}
    content = {"application/json": {"schema": schema}}
    return {s: {"description": HTTPStatus(s).phrase, "content": content} for s in statuses}


def _describe(app: FastAPI) -> None:
    """Add the envelope to the app's description."""
    plain = app.openapi

    def described() -> dict[str, Any]:
        found = plain()
        envelope = ErrorEnvelope.model_json_schema(ref_template=_REF)
        named = {**envelope.pop("$defs"), ErrorEnvelope.__name__: envelope}
        schemas = found.setdefault("components", {}).setdefault("schemas", {})
        found["components"]["schemas"] = dict(sorted({**schemas, **named}.items()))
        return found

    app.openapi = described  # type: ignore[method-assign]


def install(app: FastAPI, words: Words) -> None:
    """Make every error of the app leave in the one envelope."""
    _describe(app)

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
        code = _CODES.get(error.status_code, "bad_request")
        return answer(error.status_code, code, headers, limit=LONGEST)

    async def busy(_: Request, error: Exception) -> JSONResponse:
        log.error("store_busy", error=str(error))
        return answer(503, "unavailable", {"Retry-After": "2"})

    async def broken(_: Request, error: Exception) -> JSONResponse:
        return answer(500, "server")  # the server logs it; what broke is nobody's business

    app.add_exception_handler(ApiError, expected)
    app.add_exception_handler(RequestValidationError, not_valid)
    app.add_exception_handler(HTTPException, http)
    app.add_exception_handler(StoreBusy, busy)
    app.add_exception_handler(Exception, broken)
    app.add_middleware(BodyLimit)


class BodyLimit:
    """No request is read further than any of ours can be long, whoever sends it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        read = 0
        takes_files = _TAKES_FILES.fullmatch(scope.get("path", ""))
        # A little more, so that the address itself can say what was too large.
        most = LARGEST_FILE + _LARGEST_BODY if takes_files else _LARGEST_BODY

        async def counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > most:
                raise HTTPException(413)
            return message

        await self._app(scope, counted if scope["type"] == "http" else receive, send)


async def read_body(request: Request, most: int, code: str = "too_long") -> bytes:
    """The raw body, refused as soon as it is larger than ``most`` bytes."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise ApiError(413, code, limit=LONGEST)
    return bytes(body)
