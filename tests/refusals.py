"""The one envelope of every refusal: a stable code and a Dutch sentence."""

from __future__ import annotations

import httpx

DUTCH = frozenset(
    {"wilt", "typ", "wacht", "gebruik", "begin", "stuur", "dit", "het", "uw", "u", "er"}
)


def refused(answer: httpx.Response, status: int, code: str) -> str:
    """Check that this is a refusal with this code; gives its sentence."""
    assert answer.status_code == status, answer.text
    body = answer.json()
    assert set(body) == {"error"} and {"code", "message"} <= set(body["error"])
    assert body["error"]["code"] == code
    message: str = body["error"]["message"]
    assert message[0].isupper() and message[-1] in ".?", message
    assert DUTCH & {word.strip(".,?:").lower() for word in message.split()}, message
    return message
