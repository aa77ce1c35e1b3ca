"""Makes the connector from what the corporation set, and says what is missing."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import datetime

from actions.backoffice.vera.addresses import addresses, checked
from actions.backoffice.vera.client import CALL_SECONDS, Client, Clock
from actions.backoffice.vera.connector import VeraConnector
from actions.backoffice.vera.resources import scopes
from actions.backoffice.vera.tokens import ApiKey, ClientCredentials, Proof


class Incomplete(ValueError):
    """A setting is missing. Names it."""


def vera(
    settings: Mapping[str, str],
    now: Callable[[], datetime],
    elapsed: Callable[[], float] = time.monotonic,
    call_seconds: float = CALL_SECONDS,
) -> VeraConnector:
    """``url`` and/or ``url_<domain>``; ``api_key``, or ``token_url``, ``client_id`` and
    ``client_secret``.

    Raises:
        Incomplete: no way to show who we are.
        UnsafeAddress: an address is missing or not safe.
    """
    clock = Clock(now, elapsed)
    client = Client(addresses(settings), _proof(settings, elapsed), clock, call_seconds)
    return VeraConnector(client, now)


def _proof(settings: Mapping[str, str], elapsed: Callable[[], float]) -> Proof:
    given = [settings.get(name, "") for name in ("token_url", "client_id", "client_secret")]
    if all(given):
        url, client_id, secret = given
        return ClientCredentials(checked(url), client_id, secret, scopes(), elapsed)
    if any(given):
        raise Incomplete("token_url, client_id and client_secret go together")
    if not settings.get("api_key"):
        raise Incomplete("api_key")
    return ApiKey(settings["api_key"])
