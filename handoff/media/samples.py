"""Small files of every kind a tenant may send, honest and not, made here. For tests and fakes."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image

PLACE = b"52 deg 22' north"
"""Stands in the metadata of ``photo_with_place``."""
_GPS, _ORIENTATION, _QUARTER_TURN = 0x8825, 0x0112, 6
HTML = b"<html><script>alert(1)</script></html>"


def photo(width: int = 64, height: int = 48, kind: str = "JPEG") -> bytes:
    """A picture that is red on the left and blue on the right."""
    return _bytes(_picture(width, height), kind)


def photo_with_place() -> bytes:
    """As a phone makes it: lying on its side, with the place it was taken and a comment."""
    picture = _picture(64, 48)
    exif = Image.Exif()
    exif[_ORIENTATION] = _QUARTER_TURN
    exif.get_ifd(_GPS)[1] = "N"
    exif.get_ifd(_GPS)[2] = (52.0, 22.0, 12.0)
    exif[0x010E] = PLACE.decode()
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif, comment=PLACE)
    return out.getvalue()


def photo_that_is_a_page() -> bytes:
    """A JPEG that a careless browser would run as a page."""
    return photo() + HTML


def bomb(side: int = 30_000) -> bytes:
    """A few hundred bytes that say they are a picture of 900 million points."""
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    data = zlib.compress(b"\0" * 100)
    chunks = ((b"IHDR", head), (b"IDAT", data), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, body) for name, body in chunks)


def voice_note() -> bytes:
    """The first page of a voice note as WhatsApp and Telegram send it: Opus in Ogg."""
    opus = b"OpusHead\x01\x01\x38\x01\x80\xbb\x00\x00\x00\x00\x00"
    head = struct.pack("<4sBBqIIIB", b"OggS", 0, 2, 0, 1, 0, 0, 1)
    return head + bytes([len(opus)]) + opus + b"\x00" * 64


def wave() -> bytes:
    """A hundredth of a second of silence."""
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, 8_000, 8_000, 1, 8)
    data = struct.pack("<4sI", b"data", 80) + b"\x80" * 80
    return b"RIFF" + struct.pack("<I", 4 + len(form) + len(data)) + b"WAVE" + form + data


def pdf() -> bytes:
    return b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def boxed(brand: bytes, track: bytes = b"") -> bytes:
    """The head of a file as phones box films, sound and photos (ISO base media)."""
    return struct.pack(">I4s4sI", 16, b"ftyp", brand, 0) + b"hdlr" + track + b"\0" * 32


def _picture(width: int, height: int) -> Image.Image:
    picture = Image.new("RGB", (width, height), "blue")
    picture.paste("red", (0, 0, width // 2, height))
    return picture


def _bytes(picture: Image.Image, kind: str) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind)
    return out.getvalue()


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
