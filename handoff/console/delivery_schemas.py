"""How far a message to a provider came, and sending it again, as the console's HTTP shows it."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, Field

HIGHEST_ATTEMPT = 2_147_483_647


class DeliveryView(BaseModel):
    """Of one message. ``reason`` is a key for words, "" when there is nothing to say; ``attempt``
    counts from 1 and is sent back with a resend."""

    message: str
    state: str = Field(
        description="queued, sending, held, sent, delivered, read, failed or unknown"
    )
    reason: str
    attempt: int
    may_resend: bool
    changed_at: datetime | None = Field(description="UTC")


class DeliveryList(BaseModel):
    deliveries: list[DeliveryView]


class Resend(BaseModel):
    """``attempt`` is the one that was seen to fail. The same again sends nothing more."""

    attempt: int | None = Field(default=None, ge=0, le=HIGHEST_ATTEMPT)


class Resent(BaseModel):
    delivery: DeliveryView
