"""A provider of single sign-on on loopback: what Entra ID and others do, and what a bad one does.

For tests and for trying out; it lets in whoever it is told to.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from aiohttp import web
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from handoff.clock import Clock
from handoff.console.oidc import challenge

CLIENT_ID = "thuisbalie"
CLIENT_SECRET = "proef-geheim"  # noqa: S105 - of a provider that protects nothing
_KEY_BITS = 2048


@dataclass
class SignOnProvider:
    clock: Clock
    issuer: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    """Put over what an honest token says. A value of None takes the claim away."""
    algorithm: str = "RS256"
    """``HS256``: signed with the public key as a password. ``none``: not signed."""
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(_KEY_BITS, {"kid": "one"}))
    signing_key: RSAKey | None = None
    """Another key than the one that is published."""
    _codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def approve(self, address: str) -> dict[str, str]:
        """The person logs in at the address the product sent the browser to.

        Returns what comes back in the address of the product: ``code`` and ``state``.
        """
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        code = secrets.token_urlsafe(16)
        self._codes[code] = asked
        return {"code": code, "state": asked["state"]}

    def token(self, nonce: str) -> str:
        now = int(self.clock.now().timestamp())
        honest = {
            "iss": self.issuer,
            "sub": "person-1",
            "aud": CLIENT_ID,
            "iat": now,
            "exp": now + 600,
            "nonce": nonce,
            "name": "Samira",
            "roles": ["Balie"],
        }
        told = {k: v for k, v in {**honest, **self.claims}.items() if v is not None}
        header = {"alg": self.algorithm, "kid": "one"}
        if self.algorithm == "none":
            signed = jwt.encode({"alg": "RS256"}, told, self.key)
            head = "eyJhbGciOiJub25lIn0"
            return f"{head}.{signed.split('.')[1]}."
        if self.algorithm == "HS256":
            return jwt.encode(header, told, OctKey.import_key(self.key.as_pem(private=False)))
        return jwt.encode(header, told, self.signing_key or self.key)

    async def _discovery(self, _: web.Request) -> web.Response:
        return web.json_response(
            {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
            }
        )

    async def _keys(self, _: web.Request) -> web.Response:
        return web.json_response({"keys": [self.key.as_dict(private=False)]})

    async def _exchange(self, request: web.Request) -> web.Response:
        form = await request.post()
        asked = self._codes.pop(str(form.get("code", "")), None)
        if (
            asked is None
            or not hmac.compare_digest(str(form.get("client_secret")), CLIENT_SECRET)
            or form.get("redirect_uri") != asked["redirect_uri"]
            or challenge(str(form.get("code_verifier"))) != asked["code_challenge"]
        ):
            return web.json_response({"error": "invalid_grant"}, status=400)
        return web.json_response({"id_token": self.token(asked["nonce"]), "token_type": "Bearer"})


@asynccontextmanager
async def running_provider(clock: Clock) -> AsyncIterator[SignOnProvider]:
    """On a free port of loopback."""
    provider, app = SignOnProvider(clock), web.Application()
    app.router.add_get("/.well-known/openid-configuration", provider._discovery)
    app.router.add_get("/keys", provider._keys)
    app.router.add_post("/token", provider._exchange)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    provider.issuer = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield provider
    finally:
        await runner.cleanup()
