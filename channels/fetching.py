"""Fetching a file from a provider, within bounds: how many bytes, how long, and from where.

The first address is one we made ourselves from settings. What it redirects to is not, so that is
asked without credentials, only at hosts that are named, and never at an inner address.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import DefaultResolver

from channels.media import FetchedFile, MediaGone, MediaRefusal, MediaRefused, MediaUncertain

SECONDS = 15.0
_MOST_REDIRECTS = 3
_CHUNK = 65_536
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_GONE = frozenset({404, 410})
_OK = 200
_AS_IT_IS = {"Accept-Encoding": "identity"}
"""Packed, a few kilobytes could become many megabytes here."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """``limit`` in bytes. ``stores``: hosts that may be redirected to; ".x.nl" is all below x.nl.

    ``seconds``: for all of it, so that a file that comes byte by byte ends too.
    """

    limit: int
    stores: Sequence[str] = ()
    seconds: float = SECONDS


async def fetch(
    url: str, bounds: Bounds, credentials: tuple[str, str] | None = None
) -> FetchedFile:
    """Get what lies there.

    Raises:
        MediaRefused: it leads to another place, or is more than the limit.
        MediaGone: nothing lies there.
        MediaUncertain: no answer as it should be, this time. Never names the address.
    """
    try:
        async with asyncio.timeout(bounds.seconds):
            return await _follow(url, bounds, credentials)
    except (TimeoutError, aiohttp.ClientError, OSError, ValueError) as failure:
        # Not its message, nor itself: an address may hold a key.
        raise MediaUncertain(type(failure).__name__) from None


async def _follow(url: str, bounds: Bounds, credentials: tuple[str, str] | None) -> FetchedFile:
    first, here, headers = _origin(url), url, _AS_IT_IS
    if credentials:
        headers = {**headers, "Authorization": aiohttp.encode_basic_auth(*credentials)}
    for _ in range(_MOST_REDIRECTS + 1):
        found = await _ask(here, bounds.limit, headers, _origin(here) == first)
        if isinstance(found, FetchedFile):
            return found
        here, headers = urljoin(here, found), _AS_IT_IS
        if not _may_follow(here, first, bounds.stores):
            raise MediaRefused(MediaRefusal.FOREIGN_ADDRESS)
    raise MediaRefused(MediaRefusal.FOREIGN_ADDRESS)


async def _ask(url: str, limit: int, headers: Mapping[str, str], ours: bool) -> FetchedFile | str:
    """The file, or where it lies instead."""
    connector = aiohttp.TCPConnector(resolver=DefaultResolver() if ours else _PublicOnly())
    async with (
        aiohttp.ClientSession(connector=connector, auto_decompress=False) as session,
        session.get(url, headers=headers, allow_redirects=False) as answer,
    ):
        if answer.status in _REDIRECTS:
            return answer.headers.get("Location", "")
        if answer.status in _GONE:
            raise MediaGone
        if answer.status != _OK:
            raise MediaUncertain(f"HTTP {answer.status}")
        return FetchedFile(await _body(answer, limit), answer.content_type)


async def _body(answer: aiohttp.ClientResponse, limit: int) -> bytes:
    if (answer.content_length or 0) > limit:
        raise MediaRefused(MediaRefusal.TOO_LARGE)
    body = bytearray()
    async for chunk in answer.content.iter_chunked(_CHUNK):
        body += chunk
        if len(body) > limit:
            raise MediaRefused(MediaRefusal.TOO_LARGE)
    return bytes(body)


def _origin(url: str) -> tuple[str, str, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname or "", parts.port


def _may_follow(url: str, first: tuple[str, str, int | None], stores: Sequence[str]) -> bool:
    parts = urlsplit(url)
    if parts.username is not None or parts.password is not None:
        return False
    if _origin(url) == first:
        return True
    host = parts.hostname or ""
    named = any(host.endswith(s) if s.startswith(".") else host == s for s in stores)
    return parts.scheme == "https" and parts.port in (None, 443) and named


class _PublicOnly(AbstractResolver):
    """Finds hosts on the internet only: a name may be made to point at a machine of ours."""

    def __init__(self) -> None:
        self._names = DefaultResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        return public(await self._names.resolve(host, port, family))

    async def close(self) -> None:
        await self._names.close()


def public(found: list[ResolveResult]) -> list[ResolveResult]:
    """These addresses, when all of them are on the internet.

    Raises:
        MediaRefused: one is inner.
    """
    if not all(ipaddress.ip_address(one["host"].partition("%")[0]).is_global for one in found):
        raise MediaRefused(MediaRefusal.FOREIGN_ADDRESS)
    return found
