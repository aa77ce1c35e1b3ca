"""A file of a tenant is recognised by its bytes, made harmless and kept under our own name."""

from __future__ import annotations

import io
import os
import stat
from pathlib import Path

import pytest
from PIL import Image

from channels.media import MediaRefusal, MediaRefused
from handoff.ledger.media import FileKind, FileState
from handoff.media import samples
from handoff.media.keeping import harmless, keep_upload
from handoff.media.pictures import LONGEST_SIDE, anew
from handoff.media.shelf import NotOnShelf, Shelf, new_file_id
from handoff.media.sniff import LARGEST_PHOTO, sniff
from handoff.model import ConversationId
from handoff.testing import Bench

pytestmark = pytest.mark.unit
VOICE, FILE, PHOTO = FileKind.VOICE, FileKind.FILE, FileKind.PHOTO


@pytest.mark.parametrize(
    ("raw", "kind", "content_type"),
    [
        (samples.photo(), PHOTO, "image/jpeg"),
        (samples.photo(kind="PNG"), PHOTO, "image/png"),
        (samples.photo(kind="GIF"), PHOTO, "image/gif"),
        (samples.photo(kind="WEBP"), PHOTO, "image/webp"),
        (samples.voice_note(), VOICE, "audio/ogg"),
        (samples.wave(), VOICE, "audio/wav"),
        (b"#!AMR\n\x3c\x91", VOICE, "audio/amr"),
        (b"ID3\x03\x00\x00\x00\x00\x00\x00", VOICE, "audio/mpeg"),
        (b"\xff\xfb\x90\x64\x00\x00", VOICE, "audio/mpeg"),
        (b"\xff\xf1\x50\x80\x01\x1f\xfc", VOICE, "audio/aac"),
        (samples.boxed(b"M4A "), VOICE, "audio/mp4"),
        (samples.boxed(b"isom", b"soun"), VOICE, "audio/mp4"),
        (samples.boxed(b"isom", b"vide soun"), FILE, "video/mp4"),
        (samples.boxed(b"heic"), FILE, "image/heic"),
        (samples.pdf(), FILE, "application/pdf"),
    ],
)
def test_a_file_is_recognised_by_its_bytes(raw: bytes, kind: FileKind, content_type: str) -> None:
    found = sniff(raw)
    assert (found.kind, found.content_type) == (kind, content_type)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", MediaRefusal.WRONG_TYPE),
        (b"MZ\x90\x00 a program", MediaRefusal.WRONG_TYPE),
        (samples.HTML, MediaRefusal.WRONG_TYPE),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", MediaRefusal.WRONG_TYPE),
        (b"PK\x03\x04 an archive", MediaRefusal.WRONG_TYPE),
        (samples.voice_note() + samples.HTML, MediaRefusal.BROKEN),
        (b"ID3\x03\x00\x00\x00\x00\x00\x00<?xml version='1.0'?>", MediaRefusal.BROKEN),
        (samples.photo()[:200], MediaRefusal.BROKEN),
        (b"\xff\xd8\xff" + samples.HTML, MediaRefusal.BROKEN),
        (b"GIF89a/*" + samples.HTML, MediaRefusal.BROKEN),
        (samples.bomb(), MediaRefusal.TOO_LARGE),
        (samples.bomb(7_000), MediaRefusal.TOO_LARGE),
        (samples.bomb(100), MediaRefusal.BROKEN),
        (samples.photo() + b"\0" * LARGEST_PHOTO, MediaRefusal.TOO_LARGE),
    ],
)
def test_what_we_do_not_take_is_refused_with_its_reason(raw: bytes, reason: MediaRefusal) -> None:
    with pytest.raises(MediaRefused) as refused:
        harmless(raw)
    assert refused.value.reason is reason


def test_a_photo_is_kept_upright_without_place_or_comment() -> None:
    before = samples.photo_with_place()
    assert samples.PLACE in before
    body = harmless(before).body
    assert samples.PLACE not in body
    assert b"Exif" not in body
    with Image.open(io.BytesIO(body)) as after:
        assert not after.getexif()
        assert "comment" not in after.info
        assert after.size == (48, 64)
        red, _, blue = after.convert("RGB").getpixel((24, 5))
        assert red > 200 > 60 > blue  # what was left of a picture on its side is its top


def test_a_photo_that_is_also_a_page_is_no_page_any_more() -> None:
    before = samples.photo_that_is_a_page()
    assert b"<script>" in before
    after = harmless(before)
    assert b"<script" not in after.body
    assert after.content_type == "image/jpeg"


def test_a_large_photo_becomes_smaller_and_keeps_its_shape() -> None:
    with Image.open(io.BytesIO(anew(samples.photo(5_000, 2_500), "image/jpeg"))) as after:
        assert after.size == (LONGEST_SIDE, LONGEST_SIDE // 2)


def test_what_one_sees_through_is_white() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(out, "PNG")
    with Image.open(io.BytesIO(anew(out.getvalue(), "image/png"))) as after:
        assert after.getpixel((5, 5)) == (255, 255, 255)


def test_a_file_lies_on_the_shelf_for_the_owner_only_and_can_be_removed(tmp_path: Path) -> None:
    shelf, id = Shelf(tmp_path / "media"), new_file_id()
    shelf.put(id, b"one")
    shelf.put(id, b"two")
    assert shelf.read(id) == b"two"
    assert shelf.place(id) == tmp_path / "media" / id[:2] / id
    assert stat.S_IMODE(shelf.place(id).stat().st_mode) == 0o600
    assert [file.name for file in shelf.place(id).parent.iterdir()] == [id]
    shelf.remove(id)
    shelf.remove(id)
    with pytest.raises(NotOnShelf):
        shelf.read(id)


@pytest.mark.parametrize("id", ["", "../../etc/passwd", "a" * 31, "A" * 32, "a" * 32 + "\n", "/x"])
def test_nothing_lies_under_a_name_from_outside(tmp_path: Path, id: str) -> None:
    shelf = Shelf(tmp_path)
    for step in (shelf.place, shelf.read, shelf.remove, lambda name: shelf.put(name, b"x")):
        with pytest.raises(NotOnShelf):
            step(id)
    assert list(tmp_path.iterdir()) == []


async def test_an_upload_is_kept_and_written_down(bench: Bench, tmp_path: Path) -> None:
    tenant, store, shelf = await bench.tenant(), bench.product.store, Shelf(tmp_path)
    talk = ConversationId(tenant.id)
    file = await keep_upload(samples.photo_with_place(), talk, store, shelf, bench.clock)
    assert await store.read(lambda ledger: ledger.media.get(file.id)) == file
    assert (file.kind, file.state, file.message) == (PHOTO, FileState.KEPT, None)
    assert file.size == len(shelf.read(file.id))
    assert samples.PLACE not in shelf.read(file.id)


async def test_of_an_upload_that_is_refused_nothing_is_left(bench: Bench, tmp_path: Path) -> None:
    tenant, store = await bench.tenant(), bench.product.store
    talk = ConversationId(tenant.id)
    with pytest.raises(MediaRefused):
        await keep_upload(samples.HTML, talk, store, Shelf(tmp_path), bench.clock)
    assert os.listdir(tmp_path) == []
    assert not await store.read(lambda ledger: ledger.media.of(talk))
