"""Addresses outside the console where one file of staff can be had: signed, and only for a while.

Pure. What an address is for stands in its signature: a page for a tenant is not a file for a
provider, and the other way round.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

_TOKEN = re.compile(r"([0-9a-f]{32})\.([0-9a-f]{1,10})\.([A-Za-z0-9_-]{22})")
_SIGNATURE_BYTES = 16
"""128 bits: nobody guesses one, and it stays short in a text message."""


class Purpose(StrEnum):
    FETCH = "fetch"
    """A provider fetches the file itself."""
    PAGE = "page"
    """A tenant opens a page, and gets the file from there."""


PATHS = {Purpose.FETCH: "/f/fetch/", Purpose.PAGE: "/f/"}


@dataclass(frozen=True, slots=True)
class Token:
    """What an address says. It proves nothing until ``opens`` says so."""

    file: str
    until: datetime
    signature: str

    def opens(self, key: str, purpose: Purpose, now: datetime) -> bool:
        """Whether the file with this key may be had, for this, now (aware UTC)."""
        right = _signature(key, self.file, purpose, int(self.until.timestamp()))
        return bool(key) and hmac.compare_digest(right, self.signature) and now < self.until


def address(base: str, key: str, file: str, purpose: Purpose, until: datetime) -> str:
    """Where this file can be had until then (aware UTC, whole seconds)."""
    moment = int(until.timestamp())
    token = f"{file}.{moment:x}.{_signature(key, file, purpose, moment)}"
    return f"{base.rstrip('/')}{PATHS[purpose]}{token}"


def read_token(given: str) -> Token | None:
    """The parts of a token; None for anything that is none."""
    found = _TOKEN.fullmatch(given)
    if found is None:
        return None
    return Token(found[1], datetime.fromtimestamp(int(found[2], 16), UTC), found[3])


def _signature(key: str, file: str, purpose: Purpose, until: int) -> str:
    said = f"{purpose}:{file}:{until}".encode()
    digest = hmac.new(key.encode(), said, hashlib.sha256).digest()
    return urlsafe_b64encode(digest[:_SIGNATURE_BYTES]).rstrip(b"=").decode()
