"""Asks one corporation's VERA service. Safe to ask twice: reads only; writes are sent once."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar
from uuid import uuid4

import aiohttp

from actions.backoffice.errors import BackOfficeDown, NotAllowed, NotFound
from actions.backoffice.vera.addresses import Addresses, id_in
from actions.backoffice.vera.answers import Answer, CutOff, answered
from actions.backoffice.vera.breaker import Breaker
from actions.backoffice.vera.paging import ASKED, Pages
from actions.backoffice.vera.resources import Resource
from actions.backoffice.vera.rows import Malformed, Row, parsed, row, rows
from actions.backoffice.vera.tokens import Proof

CALL_SECONDS = 2.0
"""For one call; below the patience of the port, which may need several."""
AT_ONCE = 8
_AGAIN = frozenset({502, 503, 504})
_OUR_NAME = "Thuisbalie"

T = TypeVar("T")
logger = logging.getLogger(__name__)


class Conflict(BackOfficeDown):
    """The system says that it has this already (409)."""


@dataclass(frozen=True, slots=True)
class Clock:
    now: Callable[[], datetime]
    """Aware."""
    elapsed: Callable[[], float]
    """Seconds that only go up."""


class Client:
    """All of VERA's resources. Raises ``NotFound``, ``NotAllowed``, ``BackOfficeDown`` only."""

    def __init__(
        self, addresses: Addresses, proof: Proof, clock: Clock, call_seconds: float = CALL_SECONDS
    ) -> None:
        self._addresses = addresses
        self._proof = proof
        self._clock = clock
        self._seconds = call_seconds
        self._session: aiohttp.ClientSession | None = None
        self._breakers: dict[str, Breaker] = {}

    def reference(self, resource: Resource, id: str) -> str:
        """How others refer to it; never to be followed."""
        return self._addresses.one(resource, id)

    async def one(self, resource: Resource, id: str) -> Row:
        """Raises NotFound when there is none of that id."""
        answer = await self._read(resource, self._addresses.one(resource, id), {}, {})
        if answer.status == 404:
            raise NotFound(str(resource))
        found = row(str(resource), self._json(resource, answer))
        if found.id != id:
            raise Malformed(f"{resource}: another id than was asked")
        return found

    async def some(self, resource: Resource, ids: Iterable[str]) -> list[Row]:
        """Those of these ids that there are, in this order."""
        found = await together(self._one_or_none(resource, id) for id in ids)
        return [one for one in found if one is not None]

    async def list(self, resource: Resource, **filters: str) -> list[Row]:
        """All that have these values. Only plain fields can be asked for: what the standard makes
        of an object or a list in a query is not defined."""
        pages = Pages(str(resource))
        more = True
        while more:
            asked = {**filters, **pages.asking()}
            answer = await self._read(resource, self._addresses.of(resource), asked, ASKED)
            if answer.status == 404:
                raise BackOfficeDown(f"{resource} 404")
            page = rows(str(resource), self._json(resource, answer))
            more = pages.add(page, answer.headers)
        return pages.rows

    async def create(self, resource: Resource, fields: Mapping[str, Any], key: str) -> Row:
        """Make one, unless one with this key was made before.

        VERA has no idempotency key. Ours is written as ``idExtern`` and looked up first; whether
        a write that got no answer was done is found out by the next try with the same key.
        """
        if (made := await self.made(resource, key)) is not None:
            return made
        try:
            answer = await self._write("POST", resource, {**fields, "idExtern": key}, key)
        except Conflict:
            if (made := await self.made(resource, key)) is not None:
                return made
            raise
        if answer.status != 201:
            raise BackOfficeDown(f"POST {resource} {answer.status}")
        if answer.body:
            return row(str(resource), self._json(resource, answer))
        return await self.one(resource, id_in(answer.headers.get("Location", "")) or "-")

    async def change(self, resource: Resource, id: str, fields: Mapping[str, Any], key: str) -> Row:
        """Change these fields of it, and read it again.

        By VERA's PATCH of the list, with the id in the body: that of ``/{id}`` takes only numbers.
        """
        answer = await self._write("PATCH", resource, {"id": id, **fields}, key)
        if answer.status == 404:
            raise NotFound(str(resource))
        if answer.status not in (200, 204):
            raise BackOfficeDown(f"PATCH {resource} {answer.status}")
        return await self.one(resource, id)

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    async def _one_or_none(self, resource: Resource, id: str) -> Row | None:
        try:
            return await self.one(resource, id)
        except NotFound:
            return None

    async def made(self, resource: Resource, key: str) -> Row | None:
        """What was made with this key."""
        # A system that ignores the filter must not make us take another's thing for ours.
        found = await self.list(resource, idExtern=key)
        return next((one for one in found if one.text("idExtern") == key), None)

    async def _read(
        self, resource: Resource, url: str, params: Mapping[str, str], headers: Mapping[str, str]
    ) -> Answer:
        """Asked once more when the line broke or a gateway failed; not after a time-out, when no
        patience is left."""
        answer: Answer | None
        try:
            answer = await self._asked("GET", resource, url, params=params, headers=headers)
        except CutOff:
            answer = None
        if answer is None or answer.status in _AGAIN:
            answer = await self._asked("GET", resource, url, params=params, headers=headers)
        return self._usable("GET", resource, answer)

    async def _write(
        self, method: str, resource: Resource, fields: Mapping[str, Any], key: str
    ) -> Answer:
        headers = {
            "Content-Type": "application/json",
            "X-Stuurgegevens-Referentienummer": key,
        }
        body = json.dumps(fields).encode()
        url = self._addresses.of(resource)
        answer = await self._asked(method, resource, url, data=body, headers=headers)
        return self._usable(method, resource, answer)

    async def _asked(
        self, method: str, resource: Resource, url: str, headers: Mapping[str, str], **request: Any
    ) -> Answer:
        breaker = self._breakers.setdefault(resource.domain, Breaker(self._clock.elapsed))
        if breaker.open:
            raise BackOfficeDown(f"{resource.domain} rests")
        sent = {**self._about(), **headers}
        try:
            answer = await self._proved(method, url, headers=sent, **request)
        except BackOfficeDown as down:
            breaker.failed()
            logger.warning("vera: %s %s: %s", method, resource, down)
            raise
        if answer.status >= 500 or answer.status == 429:
            breaker.failed()
        else:
            breaker.succeeded()
        return answer

    async def _proved(
        self, method: str, url: str, headers: Mapping[str, str], **request: Any
    ) -> Answer:
        """With proof of who we are, and once more with a new one when it was refused."""
        session = self._opened()
        proof = await self._proof.headers(session)
        answer = await answered(session, method, url, headers={**headers, **proof}, **request)
        if answer.status == 401 and self._proof.refused(proof):
            proof = await self._proof.headers(session)
            answer = await answered(session, method, url, headers={**headers, **proof}, **request)
        return answer

    def _usable(self, method: str, resource: Resource, answer: Answer) -> Answer:
        """An answer that says yes, or that there is none."""
        status = answer.status
        if 200 <= status < 300 or status == 404:
            return answer
        logger.warning("vera: %s %s: %s", method, resource, status)
        if status in (401, 403):
            raise NotAllowed(f"{method} {resource} {status}")
        if status == 409:
            raise Conflict(f"{method} {resource} 409")
        raise BackOfficeDown(f"{method} {resource} {status}")

    def _json(self, resource: Resource, answer: Answer) -> Any:
        if answer.status not in (200, 201) or not answer.json:
            raise Malformed(f"{resource}: not an answer in JSON")
        return parsed(answer.body)

    def _about(self) -> Mapping[str, str]:
        moment = self._clock.now().astimezone(UTC).isoformat(timespec="seconds")
        return {
            "Accept": "application/json",
            "X-Stuurgegevens-Zender-Organisatie": _OUR_NAME,
            "X-Stuurgegevens-Tijdstip-Bericht": moment.replace("+00:00", "Z"),
            "X-Stuurgegevens-Referentienummer": uuid4().hex,
        }

    def _opened(self) -> aiohttp.ClientSession:
        # Not before the first call: a session belongs to the loop that runs then.
        if self._session is None:
            self._session = aiohttp.ClientSession(
                timeout=aiohttp.ClientTimeout(total=self._seconds),
                connector=aiohttp.TCPConnector(limit_per_host=AT_ONCE),
                cookie_jar=aiohttp.DummyCookieJar(),
            )
        return self._session


async def together(calls: Iterable[Awaitable[T]]) -> list[T]:
    """All of them at once, in their order. When one fails the others are ended."""
    tasks = [asyncio.ensure_future(call) for call in calls]
    try:
        return await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
