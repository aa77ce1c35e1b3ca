"""The files of messages at Twilio: fetched once, then deleted there.

Twilio keeps a file until somebody deletes it, and gives it to whoever has its address where the
account does not ask for credentials. So it lies there as shortly as we can help.
"""

from __future__ import annotations

import asyncio
import re
from urllib.parse import urlsplit

import aiohttp

from channels.fetching import SECONDS, Bounds, fetch
from channels.media import FetchedFile, MediaRefusal, MediaRefused, MediaUncertain
from channels.port import MediaRef
from channels.twilio.wire import DEFAULT_BASE_URL, AccountSettings

_VERSION = "2010-04-01"
_PATH = re.compile(
    rf"/{_VERSION}/Accounts/(AC[0-9A-Za-z]{{1,40}})"
    r"/Messages/((?:SM|MM)[0-9a-f]{32})/Media/(ME[0-9a-f]{32})"
)
_DELETED = frozenset({200, 204, 404, 410})


class TwilioMedia:
    """The files of one account. An address of another one is refused, whoever signed for it."""

    def __init__(self, account: AccountSettings) -> None:
        self._account = account
        base = account.base_url.rstrip("/")
        # Led to another address, the product's host becomes the first folder, as everywhere here.
        self._base = base if base == DEFAULT_BASE_URL else f"{base}/api"
        self._stores = tuple(filter(None, (s.strip() for s in account.media_hosts.split(","))))

    async def fetch(self, ref: MediaRef, limit: int) -> FetchedFile:
        """The file behind the ``MediaUrl`` of a webhook. Raises as ``CarriesMedia`` says."""
        url = self._ours(ref.ref)
        return await fetch(url, Bounds(limit, self._stores), self._credentials())

    async def forget(self, ref: MediaRef) -> None:
        """Delete it at Twilio. What is not ours is left alone. Raises as ``CarriesMedia`` says."""
        try:
            url = self._ours(ref.ref)
        except MediaRefused:
            return
        headers = {"Authorization": aiohttp.encode_basic_auth(*self._credentials())}
        try:
            async with (
                asyncio.timeout(SECONDS),
                aiohttp.ClientSession() as session,
                session.delete(f"{url}.json", headers=headers, allow_redirects=False) as answer,
            ):
                if answer.status not in _DELETED:
                    raise MediaUncertain(f"HTTP {answer.status}")
        except (TimeoutError, aiohttp.ClientError, OSError) as failure:
            raise MediaUncertain(type(failure).__name__) from None

    def _ours(self, given: str) -> str:
        """The address as we make it ourselves; of the given one only the names are used.

        Raises:
            MediaRefused: it is not a file of a message of our account at Twilio.
        """
        foreign = MediaRefused(MediaRefusal.FOREIGN_ADDRESS)
        try:
            parts = urlsplit(given)
            port = parts.port
        except ValueError as wrong:
            raise foreign from wrong
        found = _PATH.fullmatch(parts.path)
        if (parts.scheme, parts.netloc) != ("https", urlsplit(DEFAULT_BASE_URL).netloc):
            raise foreign
        if found is None or port or parts.query or parts.fragment:
            raise foreign
        account, message, media = found.groups()
        if account != self._account.account_sid:
            raise foreign
        return f"{self._base}/{_VERSION}/Accounts/{account}/Messages/{message}/Media/{media}"

    def _credentials(self) -> tuple[str, str]:
        return self._account.account_sid, self._account.auth_token.get_secret_value()
