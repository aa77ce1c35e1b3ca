"""Hashes with a key that is not in the database: six digits or a postcode are quickly guessed."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta

from actions.backoffice.values import Claim
from handoff.ledger.verifications import Code

CODE_LIFE = timedelta(minutes=10)
_DIGITS = 6
_ABOUT = b"thuisbalie identity\0"


@dataclass(frozen=True, slots=True, repr=False)
class Pepper:
    key: str

    def hash_of(self, kind: str, value: str) -> str:
        """The same value gives another hash for another kind."""
        said = f"{kind}\0{value}".encode()
        return hmac.new(_ABOUT + self.key.encode(), said, hashlib.sha256).hexdigest()

    def home(self, claim: Claim) -> str:
        """Without the addition: the doors of one number share their tries."""
        postcode = "".join(claim.postcode.split()).upper()
        return self.hash_of("home", f"{postcode} {claim.huisnummer}")

    def same(self, one: str, other: str) -> bool:
        return hmac.compare_digest(one.encode(), other.encode())


def new_code() -> str:
    return f"{secrets.randbelow(10**_DIGITS):0{_DIGITS}d}"


def hash_of_code(pepper: Pepper, code: Code, digits: str) -> str:
    return pepper.hash_of("code", f"{code.id} {digits}")
