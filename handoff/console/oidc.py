"""What OpenID Connect says: a token is checked here, whoever brought it. Pure."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

# Signed with a key that only the provider has. Never HS256: that key would be one we share.
_ALGORITHMS = ["RS256", "PS256", "ES256"]
_LEEWAY_SECONDS = 60


class TokenRefused(Exception):
    """The token is not one for us, of this moment and of this attempt. Says which check failed."""


@dataclass(frozen=True, slots=True)
class Provider:
    """What the discovery document says."""

    issuer: str
    authorization: str
    token: str
    jwks: str
    end_session: str


@dataclass(frozen=True, slots=True)
class Expected:
    issuer: str
    client_id: str
    nonce: str


def is_safe_address(address: str) -> bool:
    """HTTPS, or loopback for trying out."""
    parts = urlsplit(address)
    local = parts.hostname in ("127.0.0.1", "::1", "localhost")
    return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and local))


def provider_from(found: Mapping[str, Any], issuer: str) -> Provider:
    """
    Raises:
        TokenRefused: the document is of another issuer, or names an address we do not call.
    """
    if found.get("issuer") != issuer:
        raise TokenRefused("issuer of the discovery document")
    end = str(found.get("end_session_endpoint", ""))
    addresses = [
        str(found.get(name, ""))
        for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")
    ]
    if not all(is_safe_address(one) for one in (*addresses, *([end] if end else []))):
        raise TokenRefused("addresses of the discovery document")
    authorization, token, jwks = addresses
    return Provider(issuer, authorization, token, jwks, end)


def challenge(verifier: str) -> str:
    """PKCE, S256."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def claims_of(
    token: str, keys: Mapping[str, Any], expected: Expected, now: datetime
) -> dict[str, Any]:
    """The claims of an identity token that passed every check.

    Raises:
        TokenRefused: signature, algorithm, issuer, audience, time or nonce is wrong.
    """
    try:
        known = KeySet.import_key_set({"keys": [_public(key) for key in keys.get("keys", [])]})
        decoded = jwt.decode(token, known, algorithms=_ALGORITHMS)
        registry = jwt.JWTClaimsRegistry(
            now=int(now.timestamp()),
            leeway=_LEEWAY_SECONDS,
            iss={"essential": True, "value": expected.issuer},
            aud={"essential": True, "value": expected.client_id},
            exp={"essential": True},
            iat={"essential": True},
            sub={"essential": True},
        )
        registry.validate(decoded.claims)
    except (JoseError, ValueError, TypeError, KeyError, AttributeError) as wrong:
        raise TokenRefused(type(wrong).__name__) from wrong
    claims: dict[str, Any] = dict(decoded.claims)
    nonce = claims.get("nonce")
    if not isinstance(nonce, str) or not hmac.compare_digest(nonce, expected.nonce):
        raise TokenRefused("nonce")
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if several and claims.get("azp") != expected.client_id:
        raise TokenRefused("azp")
    return claims


def _public(key: Mapping[str, Any]) -> dict[str, Any]:
    """A key that signs; a symmetric one has no place in a public list."""
    if key.get("kty") == "oct":
        raise TokenRefused("symmetric key")
    return dict(key)


def roles_from(given: object, mapping: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Our roles for the groups or app roles of a token. What is not in the mapping gives none."""
    names = [given] if isinstance(given, str) else given
    if not isinstance(names, list):
        return frozenset()
    return frozenset().union(*(mapping.get(str(name), frozenset()) for name in names))
