"""Codes of a phone that change every 30 seconds (RFC 6238), and codes for when it is lost. Pure."""

from __future__ import annotations

import hashlib
import hmac
import io
import re
import secrets
from datetime import datetime

import pyotp
import segno

_STEP_SECONDS = 30
_DRIFT = (0, -1, 1)
"""Steps around now that count: a phone's clock may be half a minute off."""
_BACKUP_CODES = 10
_BACKUP_BYTES = 8
_ISSUER = "Thuisbalie"


def new_secret() -> str:
    """160 bits in base32, as authenticator apps want it."""
    return pyotp.random_base32()


def matching_step(secret: str, code: str, now: datetime) -> int | None:
    """The step this code belongs to; None when it is not a code of about now."""
    digits = re.sub(r"\s", "", code)
    if not re.fullmatch(r"[0-9]{6}", digits):
        return None
    current = int(now.timestamp()) // _STEP_SECONDS
    totp = pyotp.TOTP(secret)
    for step in (current + drift for drift in _DRIFT):
        if hmac.compare_digest(totp.generate_otp(step), digits):
            return step
    return None


def address(secret: str, login: str) -> str:
    """What the app reads from the picture."""
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=_ISSUER)


def picture(text: str) -> str:
    """A QR code as SVG, without a size of its own, black on white for any theme."""
    drawn = io.BytesIO()
    segno.make(text, error="m").save(
        drawn, kind="svg", xmldecl=False, svgns=True, omitsize=True, light="#fff", border=4
    )
    return drawn.getvalue().decode()


def backup_codes() -> list[str]:
    """Ten codes of 64 bits, in groups of four."""
    found = (secrets.token_hex(_BACKUP_BYTES) for _ in range(_BACKUP_CODES))
    return ["-".join(re.findall("....", code)) for code in found]


def backup_hash(code: str) -> str:
    """64 random bits need no slow hash: there is nothing to guess."""
    return hashlib.sha256(re.sub(r"[\s-]", "", code).lower().encode()).hexdigest()
