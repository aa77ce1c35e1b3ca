"""How we show who we are: the key of VERA's ApiKeyAuth, or a token of its OAuth2."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from typing import Protocol
from urllib.parse import quote_plus

import aiohttp

from actions.backoffice.errors import BackOfficeDown, NotAllowed
from actions.backoffice.vera.answers import Answer, answered
from actions.backoffice.vera.rows import Malformed, Row, parsed

LEEWAY_SECONDS = 30.0
"""A token that ends sooner is not used any more."""
_LONGEST_SECONDS = 24 * 3600.0

logger = logging.getLogger(__name__)


class Proof(Protocol):
    """Headers that say who asks."""

    async def headers(self, session: aiohttp.ClientSession) -> Mapping[str, str]:
        """Raises BackOfficeDown or NotAllowed when no token can be had."""

    def refused(self, headers: Mapping[str, str]) -> bool:
        """The system answered 401 to these. Whether trying again with new ones makes sense."""


class ApiKey:
    def __init__(self, key: str) -> None:
        self._headers = {"X-API-KEY": key}

    async def headers(self, session: aiohttp.ClientSession) -> Mapping[str, str]:
        return self._headers

    def refused(self, headers: Mapping[str, str]) -> bool:
        return False


class ClientCredentials:
    """OAuth2 client credentials (RFC 6749, 4.4). One token is kept until shortly before its end."""

    def __init__(
        self,
        token_url: str,
        client_id: str,
        client_secret: str,
        scope: str,
        elapsed: Callable[[], float],
    ) -> None:
        self._url = token_url
        # As form encoded values (RFC 6749, 2.3.1): an id with a colon must not break the header.
        self._basic = aiohttp.encode_basic_auth(quote_plus(client_id), quote_plus(client_secret))
        self._scope = scope
        self._elapsed = elapsed
        self._token = ""
        self._ends = 0.0
        self._asking = asyncio.Lock()

    async def headers(self, session: aiohttp.ClientSession) -> Mapping[str, str]:
        async with self._asking:
            if not self._token or self._elapsed() >= self._ends:
                await self._ask(session)
            return {"Authorization": f"Bearer {self._token}"}

    def refused(self, headers: Mapping[str, str]) -> bool:
        if headers.get("Authorization") == f"Bearer {self._token}":
            self._token = ""
        return True

    async def _ask(self, session: aiohttp.ClientSession) -> None:
        answer = await answered(
            session,
            "POST",
            self._url,
            headers={"Authorization": self._basic},
            data={"grant_type": "client_credentials", "scope": self._scope},
        )
        if answer.status in (400, 401, 403):
            logger.warning("vera: the token server refused us: %s", answer.status)
            raise NotAllowed("no token")
        self._keep(answer)

    def _keep(self, answer: Answer) -> None:
        if answer.status != 200:
            raise BackOfficeDown(f"token {answer.status}")
        fields = parsed(answer.body)
        if not isinstance(fields, dict):
            raise Malformed("token: not an object")
        token = Row("token", fields)
        if token.text("token_type").lower() != "bearer" or not token.text("access_token"):
            raise Malformed("token: token_type")
        seconds = token.whole("expires_in")
        self._token = token.text("access_token")
        lasts = min(float(seconds or 0), _LONGEST_SECONDS)
        self._ends = self._elapsed() + lasts - LEEWAY_SECONDS
