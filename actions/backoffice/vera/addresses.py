"""Where a corporation serves VERA: all domains under one address, or one address per domain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import quote, unquote, urlsplit

from actions.backoffice.vera.resources import DOMAINS, Resource

_OVERRIDE = "url_"


class UnsafeAddress(ValueError):
    """Not an address that tenants' data may be sent to."""


def checked(url: str) -> str:
    """The address without a slash at its end.

    Raises:
        UnsafeAddress: no host, a password in it, or no TLS outside this machine.
    """
    parts = urlsplit(url)
    if not parts.hostname or parts.username or parts.password or parts.query or parts.fragment:
        raise UnsafeAddress("not a plain address of a server")
    if parts.scheme != "https" and not (parts.scheme == "http" and _loopback(parts.hostname)):
        raise UnsafeAddress("not https")
    return url.rstrip("/")


@dataclass(frozen=True, slots=True)
class Addresses:
    """``own`` holds the domains that have an address of their own."""

    shared: str
    own: Mapping[str, str]

    def of(self, resource: Resource) -> str:
        """The list of this resource; also what its references begin with."""
        base = self.own.get(resource.domain, self.shared)
        if not base:
            raise UnsafeAddress(f"no address for {resource.domain}")
        return f"{base}/{resource.path}"

    def one(self, resource: Resource, id: str) -> str:
        return f"{self.of(resource)}/{quote(id, safe='')}"


def addresses(settings: Mapping[str, str]) -> Addresses:
    """From ``url`` and ``url_<domain>``.

    Raises:
        UnsafeAddress: one of them is not safe, or a domain has none.
    """
    shared = settings.get("url", "")
    own = {
        domain: checked(given)
        for domain in DOMAINS
        if (given := settings.get(f"{_OVERRIDE}{domain.lower()}", ""))
    }
    if not shared and len(own) < len(DOMAINS):
        raise UnsafeAddress("no address for some domains")
    return Addresses(checked(shared) if shared else "", own)


def id_in(reference: str) -> str:
    """The id that a reference ends with. The reference itself is never followed: it may lead
    anywhere."""
    return unquote(urlsplit(reference).path.rstrip("/").rpartition("/")[2])


def collection_in(reference: str) -> str:
    """The kind of thing that a reference leads to, e.g. ``huurovereenkomsten``."""
    return urlsplit(reference).path.rstrip("/").rpartition("/")[0].rpartition("/")[2]


def _loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
