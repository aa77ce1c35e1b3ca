"""The files of a message, as the console's HTTP interface shows them."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel


class FileView(BaseModel):
    """Of one message. ``size`` in bytes, 0 unless kept. ``detail`` is a key for words: why it was
    refused or is gone, else ""."""

    id: str
    kind: Literal["photo", "voice", "file"]
    state: Literal["waiting", "kept", "refused", "gone"]
    content_type: str
    size: int
    detail: str
