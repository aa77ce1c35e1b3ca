"""Secrets of members of staff, encrypted with a key that is not in the database."""

from __future__ import annotations

import base64
import hashlib
import os
import secrets
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

_SHORTEST = 32


class KeyTooShort(ValueError):
    """``ACCOUNTS__KEY`` has fewer than 32 characters."""


class NotOpened(Exception):
    """Sealed with another key, or changed."""


class Seal:
    def __init__(self, key: str) -> None:
        """
        Raises:
            KeyTooShort: the key can be guessed.
        """
        if len(key) < _SHORTEST:
            raise KeyTooShort(f"ACCOUNTS__KEY needs {_SHORTEST} characters or more")
        digest = hashlib.sha256(b"thuisbalie second factor\0" + key.encode()).digest()
        self._fernet = Fernet(base64.urlsafe_b64encode(digest))

    def close(self, secret: str) -> str:
        return self._fernet.encrypt(secret.encode()).decode()

    def open(self, sealed: str) -> str:
        """
        Raises:
            NotOpened: sealed with another key, or changed.
        """
        try:
            return self._fernet.decrypt(sealed.encode()).decode()
        except InvalidToken as wrong:
            raise NotOpened from wrong


def key_in(folder: Path) -> str:
    """The key in this folder, made at the first start and readable by this account only."""
    file = folder / "accounts.key"
    folder.mkdir(parents=True, exist_ok=True)
    try:
        made = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text().strip()
    with os.fdopen(made, "w") as new:
        new.write(secrets.token_urlsafe(48))
    return file.read_text().strip()
