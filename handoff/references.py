"""Short names of conversations."""

from __future__ import annotations

import secrets

_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def new_reference() -> str:
    """A short name for a conversation that can be read out over the phone."""
    return "TB-" + "".join(secrets.choice(_LETTERS) for _ in range(6))
