"""A VERA service on loopback, for tests: it knows what the descriptions know and nothing else.

Every request is checked against the description (``violations`` keeps what was wrong with it),
and so is every answer. Needs the packages of the development environment.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from aiohttp import encode_basic_auth, web

from actions.backoffice.fakes.vera_description import Description, Operation, described
from actions.backoffice.fakes.vera_faults import Fault
from actions.backoffice.fakes.vera_spoiling import spoiled
from actions.backoffice.fakes.vera_store import Store
from actions.backoffice.vera.resources import DOMAINS, Resource

API_KEY = "key-of-the-fake"
CLIENT_ID, CLIENT_SECRET = "thuisbalie", "secret-of-the-fake"
_VERSION = "v4"


class VeraServer:
    """``faults``: what the next calls of a path get, e.g. ``{"debiteuren": [Fault.HTML]}``, or of
    any path: ``"*"``. ``calls``: what was asked, in order."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._base = ""
        self._runner: web.AppRunner | None = None
        self._ending = asyncio.Event()
        self._tokens: dict[str, frozenset[str]] = {}
        self.store = Store(self.reference)
        self.violations: list[str] = []
        self.calls: list[str] = []
        self.faults: dict[str, list[Fault]] = {}
        self.page_size = 100
        self.token_seconds = 3600
        self.cursors = True
        self.filters = True
        """False: lists answer with everything, whatever was asked."""
        self.unique_keys = False
        """A second thing with the same idExtern is refused (409)."""

    async def start(self) -> None:
        for domain in DOMAINS:
            # Read now: a description takes a second, and nobody should wait for it in a call.
            described(domain, self._folder)
        app = web.Application()
        app.router.add_post("/oauth/token", self._token)
        app.router.add_route("*", f"/{{domain}}/{_VERSION}/{{path}}", self._answer)
        app.router.add_route("*", f"/{{domain}}/{_VERSION}/{{path}}/{{id}}", self._answer)
        app.router.add_route("*", "/{rest:.*}", self._unknown)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        port = self._runner.addresses[0][1]
        self._base = f"http://127.0.0.1:{port}"

    async def stop(self) -> None:
        self._ending.set()
        if self._runner is not None:
            await self._runner.cleanup()

    @property
    def settings(self) -> Mapping[str, str]:
        """As a corporation would set them, with an API key."""
        urls = {f"url_{one.lower()}": f"{self._base}/{one}/{_VERSION}" for one in DOMAINS}
        return {**urls, "api_key": API_KEY}

    @property
    def oauth_settings(self) -> Mapping[str, str]:
        own = {name: value for name, value in self.settings.items() if name != "api_key"}
        return {
            **own,
            "token_url": f"{self._base}/oauth/token",
            "client_id": CLIENT_ID,
            "client_secret": CLIENT_SECRET,
        }

    def reference(self, resource: Resource, id: str) -> str:
        return f"{self._base}/{resource.domain}/{_VERSION}/{resource.path}/{quote(id, safe='')}"

    def forget_tokens(self) -> None:
        """As a token server does that was started anew."""
        self._tokens.clear()

    async def _token(self, request: web.Request) -> web.StreamResponse:
        self.calls.append("POST token")
        form = await request.post()
        if request.headers.get("Authorization") != encode_basic_auth(CLIENT_ID, CLIENT_SECRET):
            return web.json_response({"error": "invalid_client"}, status=401)
        if form.get("grant_type") != "client_credentials":
            self.violations.append("token: grant_type")
        token = f"token-{len(self.calls)}"
        self._tokens[token] = frozenset(str(form.get("scope", "")).split())
        fields = {
            "access_token": token,
            "token_type": "Bearer",
            "expires_in": self.token_seconds,
        }
        return web.json_response(fields)

    async def _unknown(self, request: web.Request) -> web.StreamResponse:
        self.violations.append(f"{request.method} of an unknown place")
        raise web.HTTPNotFound

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        domain, path = request.match_info["domain"], request.match_info["path"]
        id = request.match_info.get("id")
        template = f"/{path}" + ("/{id}" if id is not None else "")
        self.calls.append(f"{request.method} {path}" + ("/{id}" if id is not None else ""))
        description = described(domain, self._folder) if domain in DOMAINS else None
        operation = description.operation(request.method, template) if description else None
        if description is None or operation is None:
            self.violations.append(f"{request.method} {domain}{template} is not described")
            raise web.HTTPNotFound
        body = await request.read()
        if (refusal := self._refusal(description, operation, request)) is not None:
            return refusal
        if (wrong := self._wrong(description, operation, request, body)) is not None:
            return wrong
        fault = self._fault(path)
        if fault in (Fault.CUT, Fault.SILENT):
            return await self._no_answer(request, fault)
        if fault is Fault.IGNORED:
            return web.json_response({"code": "1", "omschrijving": "Niet verwerkt"})
        answer = self._done(description, operation, request, json.loads(body) if body else {}, id)
        if fault is Fault.CUT_AFTER:
            return await self._no_answer(request, fault)
        return spoiled(answer, fault) if fault and fault is not Fault.NONE else answer

    def _refusal(
        self, description: Description, operation: Operation, request: web.Request
    ) -> web.StreamResponse | None:
        """The description lists only OAuth2 per operation and the key for all: both are good."""
        if request.headers.get("X-API-KEY") == API_KEY:
            return None
        _, _, token = request.headers.get("Authorization", "").partition("Bearer ")
        if token not in self._tokens:
            return web.Response(status=401)
        if not self._tokens[token] & description.scopes(operation):
            self.violations.append(f"{operation.method} {operation.path}: scope")
            return web.json_response({"code": "403", "omschrijving": "scope"}, status=403)
        return None

    def _wrong(
        self, description: Description, operation: Operation, request: web.Request, body: bytes
    ) -> web.StreamResponse | None:
        faults = description.query_faults(operation, dict(request.query))
        faults += description.header_faults(operation, dict(request.headers))
        if "requestBody" in operation.description:
            if request.content_type != "application/json":
                faults.append("body is not JSON")
            else:
                faults += description.body_faults(operation, json.loads(body))
        elif body:
            faults.append("a body that is not described")
        if not faults:
            return None
        self.violations += [f"{operation.method} {operation.path}: {one}" for one in faults]
        return web.json_response({"code": "400", "omschrijving": faults[0]}, status=400)

    def _done(
        self,
        description: Description,
        operation: Operation,
        request: web.Request,
        fields: dict[str, Any],
        id: str | None,
    ) -> web.Response:
        name = f"{operation.domain}{operation.path.removesuffix('/{id}')}"
        status = 200
        body: Any = None
        headers: dict[str, str] = {}
        if operation.method == "GET" and id is not None:
            body = self.store.one(name, id)
            status = 200 if body is not None else 404
        elif operation.method == "GET":
            body, headers = self._page(name, request)
        elif operation.method == "POST":
            if self.unique_keys and self.store.some(name, {"idExtern": fields.get("idExtern", "")}):
                return web.Response(status=409)
            status, body = 201, self.store.create(name, fields)
        elif operation.method == "PATCH" and id is None:
            status = 200 if self.store.change(name, fields) else 404
        else:
            status = 405
            self.violations.append(f"{operation.method} {operation.path} is not played")
        faults = description.answer_faults(operation, status, body) if status < 405 else []
        # What the server itself says wrongly is ours to mend, not the connector's.
        self.violations += [f"answer of {operation.path}: {one}" for one in faults]
        if body is None:
            return web.Response(status=status)
        return web.json_response(body, status=status, headers=headers)

    def _page(self, name: str, request: web.Request) -> tuple[Sequence[Any], dict[str, str]]:
        query = dict(request.query)
        cursor = query.pop("cursor", "")
        number = int(query.pop("pagina", "1"))
        asked = int(request.headers.get("X-Parameters-AantalPerPagina", self.page_size))
        size = min(asked, self.page_size)
        found = self.store.some(name, query if self.filters else {})
        page = found[(number - 1) * size : number * size]
        if self.cursors and number > 1 and page and cursor != f"cursor-{number}":
            self.violations.append(f"{name}: page {number} without its cursor")
        headers = {
            "X-Parameters-Aantal": str(len(found)),
            "X-Parameters-AantalPerPagina": str(size),
            "X-Parameters-Pagina": str(number),
        }
        if self.cursors and len(found) > number * size:
            headers["X-Parameters-Cursor"] = f"cursor-{number + 1}"
        return page, headers

    def _fault(self, path: str) -> Fault | None:
        waiting = self.faults.get(path) or self.faults.get("*")
        return waiting.pop(0) if waiting else None

    async def _no_answer(self, request: web.Request, fault: Fault) -> web.StreamResponse:
        if fault is Fault.SILENT:
            await self._ending.wait()
        if request.transport is not None:
            request.transport.close()
        return web.Response()
