"""The photo, voice note or file in a message of Telegram, by the name Telegram keeps it under."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from channels.port import MediaRef

_USUAL_TYPE = {
    "voice": "audio/ogg",
    "audio": "audio/mpeg",
    "video": "video/mp4",
    "video_note": "video/mp4",
    "live_photo": "video/mp4",
    "document": "application/octet-stream",
}
"""Content type of a file that comes without one. A moving picture (GIF) comes as document too."""


def files_of(message: Mapping[str, Any]) -> tuple[MediaRef, ...]:
    """The one file of a message; none when there is none that can be fetched."""
    if photo := _largest(message.get("photo")):
        return (MediaRef(photo, "image/jpeg"),)
    for kind, usual in _USUAL_TYPE.items():
        ref = _file_id(found := message.get(kind))
        if ref:
            given = found.get("mime_type") if isinstance(found, dict) else None
            return (MediaRef(ref, given if isinstance(given, str) else usual),)
    return ()


def _largest(sizes: object) -> str | None:
    """Telegram offers one photo in several sizes; a defect is best seen on the largest."""
    found = [size for size in sizes if _file_id(size)] if isinstance(sizes, list) else []
    return _file_id(max(found, key=_pixels)) if found else None


def _pixels(size: Mapping[str, Any]) -> int:
    width, height = size.get("width"), size.get("height")
    return width * height if isinstance(width, int) and isinstance(height, int) else 0


def _file_id(raw: object) -> str | None:
    ref = raw.get("file_id") if isinstance(raw, dict) else None
    return ref if isinstance(ref, str) and ref else None
