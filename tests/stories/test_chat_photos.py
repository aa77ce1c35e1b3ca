"""Photos in the web chat, from the upload to the colleague who reads the report."""

from __future__ import annotations

import io

import httpx
import pytest
from PIL import Image

from handoff.chat.uploads import MOST_PHOTOS
from handoff.http_errors import LARGEST_FILE
from handoff.settings import RateLimitSettings
from handoff.testing import Bench, TenantSide, start_bench, unique

pytestmark = pytest.mark.stories


def photo(colour: str = "red", form: str = "JPEG") -> bytes:
    out = io.BytesIO()
    where = Image.Exif()
    where[0x8825] = {1: "N", 2: (52.0, 5.0, 0.0)}
    Image.new("RGB", (64, 48), colour).save(out, form, exif=where)
    return out.getvalue()


async def upload(tenant: TenantSide, body: bytes, id: str | None = None) -> httpx.Response:
    return await tenant.bench.client.post(
        f"/chat/conversations/{tenant.id}/files",
        params={"client_msg_id": id or unique()},
        content=body,
        headers=tenant.headers | {"Content-Type": "image/jpeg"},
    )


async def see(tenant: TenantSide, file: str, token: str | None = None) -> httpx.Response:
    url = f"/chat/conversations/{tenant.id}/files/{file}"
    headers = {"Authorization": f"Bearer {token}"} if token else tenant.headers
    return await tenant.bench.client.get(url, headers=headers)


async def photos_in_log(tenant: TenantSide) -> list[str]:
    return [file["id"] for event in await tenant.events() for file in event.get("files", [])]


async def test_a_photo_is_in_the_log_and_comes_back_without_its_place(bench: Bench) -> None:
    tenant = await bench.tenant()
    answer = await upload(tenant, photo())
    assert answer.status_code == 202
    said = next(e for e in await tenant.events() if e["seq"] == answer.json()["seq"])
    assert said["author"] == "tenant" and len(said["files"]) == 1
    seen = await see(tenant, said["files"][0]["id"])
    assert seen.status_code == 200
    assert seen.headers["content-type"] == "image/jpeg"
    assert seen.headers["cache-control"].startswith("private")
    shown = Image.open(io.BytesIO(seen.content))
    assert shown.size == (64, 48) and not shown.getexif()


async def test_the_tenant_hears_that_the_photo_came(bench: Bench) -> None:
    tenant = await bench.tenant()
    seq = (await upload(tenant, photo())).json()["seq"]
    await bench.work()
    assert any("Dank u voor uw foto" in event["text"] for event in await tenant.events(seq))


async def test_the_same_id_again_is_one_message_with_one_photo(bench: Bench) -> None:
    tenant = await bench.tenant()
    first = await upload(tenant, photo(), "telefoon-1")
    again = await upload(tenant, photo(), "telefoon-1")
    assert (first.json(), again.status_code) == (again.json(), 202)
    assert len(await photos_in_log(tenant)) == 1
    kept = await bench.product.store.read(lambda ledger: ledger.media.of(tenant.id))  # type: ignore[arg-type]
    assert len(kept) == 1


async def test_an_id_of_a_text_is_not_taken_for_a_photo(bench: Bench) -> None:
    tenant = await bench.tenant()
    await tenant.post({"client_msg_id": "woord-1", "text": "Hallo"})
    assert (await upload(tenant, photo(), "woord-1")).status_code == 409
    assert await photos_in_log(tenant) == []


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 422, "photo_unreadable"),
        (b"\xff\xd8\xff\xe0 geen foto", 422, "photo_unreadable"),
        (b"%PDF-1.7", 422, "photo_unreadable"),
        (b"OggS" + b"\0" * 24 + b"OpusHead", 422, "photo_unreadable"),
        (b"<script>alert(1)</script>", 422, "photo_unreadable"),
        (b"\xff" * (LARGEST_FILE + 1), 413, "photo_too_large"),
        (b"\xff" * (LARGEST_FILE + 500_000), 413, "too_long"),
    ],
    ids=["empty", "broken", "pdf", "sound", "html", "too large", "much too large"],
)
async def test_what_is_no_photo_of_a_phone_is_refused(
    bench: Bench, body: bytes, status: int, code: str
) -> None:
    tenant = await bench.tenant()
    answer = await upload(tenant, body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert await photos_in_log(tenant) == []


@pytest.mark.parametrize("id", ["", "a b", "a/b", "é", "x" * 101])
async def test_a_bad_id_is_refused(bench: Bench, id: str) -> None:
    tenant = await bench.tenant()
    answer = await bench.client.post(
        f"/chat/conversations/{tenant.id}/files",
        params={"client_msg_id": id},
        content=photo(),
        headers=tenant.headers,
    )
    assert answer.status_code == 422


async def test_a_photo_is_for_the_holder_of_the_token_only(bench: Bench) -> None:
    tenant, other = await bench.tenant(), await bench.tenant()
    await upload(tenant, photo())
    (file,) = await photos_in_log(tenant)
    assert (await see(tenant, file, other.token)).status_code == 404
    assert (await see(other, file)).status_code == 404, "own token, a stranger's photo"
    url = f"/chat/conversations/{tenant.id}/files"
    assert (await bench.client.get(f"{url}/{file}")).status_code == 401
    sent = await bench.client.post(
        url, params={"client_msg_id": "a"}, content=photo(), headers=other.headers
    )
    assert sent.status_code == 404
    for unknown in ("0" * 32, "..%2f..%2fetc%2fpasswd", "a.b"):
        assert (await see(tenant, unknown)).status_code == 404


async def test_there_are_enough_photos_after_thirty(bench: Bench) -> None:
    tenant = await bench.tenant()
    for _ in range(MOST_PHOTOS):
        assert (await upload(tenant, photo())).status_code == 202
    answer = await upload(tenant, photo())
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "photo_too_many")


async def test_photos_are_rate_limited() -> None:
    bench = await start_bench(rate_limit=RateLimitSettings(photo="2/minute"))
    tenant = await bench.tenant()
    codes = [(await upload(tenant, photo())).status_code for _ in range(3)]
    await bench.client.aclose()
    await bench.product.stop()
    assert codes == [202, 202, 429]
