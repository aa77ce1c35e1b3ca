"""One request and its whole answer, within bounds of time, size and place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp

from actions.backoffice.errors import BackOfficeDown

LARGEST_BYTES = 4 * 1024 * 1024
_CHUNK = 64 * 1024


class Unreachable(BackOfficeDown):
    """No whole answer: too late, too large or cut off."""


class CutOff(Unreachable):
    """The line broke."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> bool:
        kind = self.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        return kind == "application/json" or kind.endswith("+json")


async def answered(session: aiohttp.ClientSession, method: str, url: str, **request: Any) -> Answer:
    """Redirects are answers, not followed: the next host is not one that was set.

    Raises:
        Unreachable: there is no whole answer.
    """
    try:
        async with session.request(method, url, allow_redirects=False, **request) as response:
            return Answer(response.status, response.headers, await _body(response))
    except TimeoutError as late:
        raise Unreachable("no answer in time") from late
    except (aiohttp.ClientError, OSError, ValueError) as broken:
        # Their texts hold the address with its filters.
        raise CutOff(type(broken).__name__) from None


async def _body(response: aiohttp.ClientResponse) -> bytes:
    parts = bytearray()
    async for part in response.content.iter_chunked(_CHUNK):
        parts += part
        if len(parts) > LARGEST_BYTES:
            raise Unreachable("answer too large")
    return bytes(parts)
