"""The files of a message, as the console's HTTP interface shows them."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field


class FileView(BaseModel):
    """Of one message. ``size`` in bytes, 0 unless kept. ``detail`` is a key for words: why it was
    refused or is gone, else ""."""

    id: str
    kind: Literal["photo", "voice", "file"]
    state: Literal["waiting", "kept", "refused", "gone"]
    content_type: str
    size: int
    detail: str
    name: str = Field(default="", description="as staff called it; empty for a file of the tenant")
    of_staff: bool = False


class AttachmentList(BaseModel):
    """What this member of staff has ready to be sent here, and whether it can be."""

    can_send: bool
    why_not: str = Field(description="in words for staff; empty when files can be sent")
    most: int = Field(description="files that can be ready at once")
    largest: int = Field(description="bytes of one file")
    files: list[FileView]


class Attachment(BaseModel):
    file: FileView
