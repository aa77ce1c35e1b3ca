"""Passwords that we make and a person types over."""

from __future__ import annotations

import secrets

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def readable_password() -> str:
    """Sixteen letters and digits in four groups: about 79 bits, easy to type over."""
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))
    return "-".join(groups)
