"""A photo made anew: the same picture in new bytes, without place, time, maker or passengers."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image, ImageOps

from channels.media import MediaRefusal, MediaRefused

LONGEST_SIDE = 2_048
MOST_PIXELS = 40_000_000
"""A picture is some kilobytes on its way and four bytes a pixel here."""
_QUALITY = 85
_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/gif": "GIF", "image/webp": "WEBP"}
_RAISED = (OSError, SyntaxError, ValueError, TypeError, LookupError, EOFError, ArithmeticError)
"""What Pillow raises for bytes that are not the picture they begin as."""
_RAISED_DEEPER = (struct.error, zlib.error, MemoryError)
_BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)


def anew(raw: bytes, content_type: str) -> bytes:
    """The picture as JPEG: upright, at most 2,048 pixels a side, on white, with no metadata.

    Takes time and memory: not for the event loop.

    Raises:
        MediaRefused: it cannot be read, or it has more pixels than any camera of a phone takes.
    """
    try:
        with Image.open(io.BytesIO(raw), formats=[_FORMATS[content_type]]) as found:
            if found.width * found.height > MOST_PIXELS:
                raise MediaRefused(MediaRefusal.TOO_LARGE)
            found.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            return _saved(_plain(found))
    except _BOMBS as bomb:
        raise MediaRefused(MediaRefusal.TOO_LARGE) from bomb
    except (*_RAISED, *_RAISED_DEEPER) as wrong:
        raise MediaRefused(MediaRefusal.BROKEN) from wrong


def _plain(found: Image.Image) -> Image.Image:
    upright = ImageOps.exif_transpose(found)
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    seen = upright.convert("RGBA") if upright.has_transparency_data else upright.convert("RGB")
    # A new picture: Pillow takes comments and the like of the old one along when it saves that.
    plain = Image.new("RGB", seen.size, "white")
    plain.paste(seen, mask=seen.getchannel("A") if seen.mode == "RGBA" else None)
    return plain


def _saved(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue()
