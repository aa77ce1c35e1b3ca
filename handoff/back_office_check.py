"""Whether the settings of the back office are complete: part of ``make doctor``.

Settings are named, their values never shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from handoff.settings import BackOfficeSettings

DOMAINS = ("relaties", "overeenkomsten", "vastgoed", "financien", "dossier", "ohd", "bdo")
"""Of VERA, as far as they are used; a test holds them beside those of the connector."""
_HERE = frozenset({"127.0.0.1", "::1", "localhost"})
_PREFIX = "BACKOFFICE__"


def vera_faults(settings: BackOfficeSettings) -> list[str]:
    """Sentences on what is missing or wrong for ``BACKOFFICE__KIND=vera``; empty when all is
    there."""
    return [*_addresses(settings), *_proof(settings)]


def _addresses(settings: BackOfficeSettings) -> Iterator[str]:
    given = {domain.lower(): url for domain, url in settings.urls.items()}
    for domain in sorted(given.keys() - set(DOMAINS)):
        yield f"{_PREFIX}URLS__{domain.upper()} names no domain."
    if not settings.url and set(DOMAINS) - given.keys():
        yield f"{_PREFIX}URL is missing."
    named = {"URL": settings.url, "TOKEN_URL": settings.token_url}
    named |= {f"URLS__{domain.upper()}": url for domain, url in given.items()}
    for name, url in named.items():
        if url and not _safe(url):
            yield f"{_PREFIX}{name} is wrong: it must be a plain https address."


def _proof(settings: BackOfficeSettings) -> Iterator[str]:
    """A key, or all three of OAuth2."""
    oauth = {
        "TOKEN_URL": settings.token_url,
        "CLIENT_ID": settings.client_id,
        "CLIENT_SECRET": settings.client_secret.get_secret_value(),
    }
    missing = [name for name, value in oauth.items() if not value]
    if len(missing) == len(oauth):
        if not settings.api_key.get_secret_value():
            names = ", ".join(f"{_PREFIX}{name}" for name in oauth)
            yield f"{_PREFIX}API_KEY is missing, or {names}."
        return
    yield from (f"{_PREFIX}{name} is missing." for name in missing)


def _safe(url: str) -> bool:
    """The rule that the connector keeps too: TLS, except on this machine."""
    parts = urlsplit(url)
    if not parts.hostname or parts.username or parts.password or parts.query or parts.fragment:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _HERE)
