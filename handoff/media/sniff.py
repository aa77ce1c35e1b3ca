"""What a file is, read from its bytes. What a sender or a provider calls it is not believed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from channels.media import MediaRefusal, MediaRefused
from handoff.ledger.media import FileKind

LARGEST_PHOTO = 8 * 1024 * 1024
LARGEST_OTHER = 16 * 1024 * 1024
"""Bytes of a voice note, a film or a PDF."""
_HEAD = 1024
_PHOTO_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1", b"avif"})
_SOUND_BRANDS = frozenset({b"M4A ", b"M4B "})
_ACTIVE = re.compile(rb"<script|<iframe|<!doctype html", re.IGNORECASE)
_ACTIVE_HEAD = re.compile(rb"<html|<svg|<body|<\?xml|<\?php", re.IGNORECASE)
"""Too short to be looked for in millions of bytes of sound, where they come up by chance."""


@dataclass(frozen=True, slots=True)
class Sniffed:
    """What a file is, and what it is for us."""

    kind: FileKind
    content_type: str


def limit_for(declared: str) -> int:
    """How many bytes to take of a file that is said to be of this type."""
    return LARGEST_PHOTO if declared.lower().startswith("image/") else LARGEST_OTHER


def sniff(raw: bytes) -> Sniffed:
    """Recognise a file.

    Raises:
        MediaRefused: it is nothing we take, too large for what it is, or two things at once.
    """
    found = next((known for fits, known in _KNOWN if fits(raw)), None)
    if found is None:
        raise MediaRefused(MediaRefusal.WRONG_TYPE)
    largest = LARGEST_PHOTO if found.kind is FileKind.PHOTO else LARGEST_OTHER
    if len(raw) > largest:
        raise MediaRefused(MediaRefusal.TOO_LARGE)
    if found.kind is FileKind.VOICE and (_ACTIVE.search(raw) or _ACTIVE_HEAD.search(raw[:_HEAD])):
        # A photo is made anew, and a file is only downloaded; sound goes to the browser as it is.
        raise MediaRefused(MediaRefusal.BROKEN)
    return found


def _starts(*signatures: bytes) -> Callable[[bytes], bool]:
    return lambda raw: raw.startswith(signatures)


def _riff(form: bytes) -> Callable[[bytes], bool]:
    return lambda raw: raw.startswith(b"RIFF") and raw[8:12] == form


def _brand(raw: bytes) -> bytes:
    return raw[8:12] if raw[4:8] == b"ftyp" else b""


def _phone_photo(raw: bytes) -> bool:
    return _brand(raw) in _PHOTO_BRANDS


def _sound_in_mp4(raw: bytes) -> bool:
    """Phones record sound in the same box as films; a film has a track of kind "vide"."""
    brand = _brand(raw)
    return brand in _SOUND_BRANDS or (bool(brand) and b"soun" in raw and b"vide" not in raw)


def _mpeg_sound(raw: bytes) -> bool:
    """A frame of MPEG audio, layer 3: eleven bits of sync, and no reserved value behind them."""
    if raw.startswith(b"ID3"):
        return True
    if len(raw) < 4 or raw[0] != 0xFF or raw[1] & 0xE6 != 0xE2:
        return False
    return raw[1] & 0x18 != 0x08 and raw[2] & 0xF0 != 0xF0 and raw[2] & 0x0C != 0x0C


def _aac_sound(raw: bytes) -> bool:
    return len(raw) > 6 and raw[0] == 0xFF and raw[1] & 0xF6 == 0xF0


def _ogg_sound(raw: bytes) -> bool:
    """Ogg carries films too; sound of a phone or browser names its codec in the first page."""
    first = raw[:128]
    return raw.startswith(b"OggS") and (b"OpusHead" in first or b"\x01vorbis" in first)


_KNOWN: tuple[tuple[Callable[[bytes], bool], Sniffed], ...] = (
    (_starts(b"\xff\xd8\xff"), Sniffed(FileKind.PHOTO, "image/jpeg")),
    (_starts(b"\x89PNG\r\n\x1a\n"), Sniffed(FileKind.PHOTO, "image/png")),
    (_starts(b"GIF87a", b"GIF89a"), Sniffed(FileKind.PHOTO, "image/gif")),
    (_riff(b"WEBP"), Sniffed(FileKind.PHOTO, "image/webp")),
    # Phones send JPEG to every channel; who sends this as a file gets it kept as a file.
    (_phone_photo, Sniffed(FileKind.FILE, "image/heic")),
    (_ogg_sound, Sniffed(FileKind.VOICE, "audio/ogg")),
    (_starts(b"#!AMR\n", b"#!AMR-WB\n"), Sniffed(FileKind.VOICE, "audio/amr")),
    (_riff(b"WAVE"), Sniffed(FileKind.VOICE, "audio/wav")),
    (_sound_in_mp4, Sniffed(FileKind.VOICE, "audio/mp4")),
    (lambda raw: bool(_brand(raw)), Sniffed(FileKind.FILE, "video/mp4")),
    (_aac_sound, Sniffed(FileKind.VOICE, "audio/aac")),
    (_mpeg_sound, Sniffed(FileKind.VOICE, "audio/mpeg")),
    (_starts(b"%PDF-"), Sniffed(FileKind.FILE, "application/pdf")),
)
