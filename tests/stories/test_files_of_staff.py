"""Staff send a photo or a PDF: ready with the draft, and to the tenant as each channel can."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from handoff.ledger import Ledger
from handoff.media import samples
from handoff.store import tables as t
from handoff.store.sql_ledger import SqlLedger
from handoff.testing import Bench
from tests.phone_visitor import Visitor, a_visitor
from tests.staff_files_scene import PDF, Desk, a_desk, error, in_chat, whatsapp_of

pytestmark = [
    pytest.mark.stories,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]


@pytest.fixture
async def visitor(tmp_path: Any) -> AsyncIterator[Visitor]:
    async with a_visitor(data_dir=tmp_path) as visitor:
        yield visitor


@pytest.mark.parametrize("device", ["whatsapp", "telegram"])
async def test_a_photo_and_a_pdf_really_arrive_behind_the_words(
    visitor: Visitor, device: str
) -> None:
    desk = await a_desk(visitor, device)
    before = len(visitor.got(device))
    photo = samples.photo_with_place()
    answer = await desk.sends((photo, "IMG_1.jpg"), (PDF, "Huur 2026.pdf"), text="Zie hier.")
    assert answer.status_code == 201, answer.text
    words, shown, document = visitor.got(device)[before:]
    assert (words.text, shown.text, document.text) == (
        "Zie hier.",
        "Foto",
        "Document: Huur 2026.pdf",
    )
    assert shown.photo and document.document
    got = visitor.phones.file(shown.photo)
    assert got is not None
    assert got.content.startswith(b"\xff\xd8\xff")
    assert samples.PLACE not in got.content
    sent = [one["delivery"]["state"] for one in await desk.log()]
    assert set(sent) <= {"sent", "delivered", "read"} and len(sent) == 3


async def test_a_pdf_comes_whole_by_whatsapp_and_its_address_ends(visitor: Visitor) -> None:
    desk = await a_desk(visitor, "whatsapp")
    await desk.sends((PDF, "Brief.pdf"))
    (message,) = [one for one in whatsapp_of(visitor).sent if one.media]
    assert message.media[0].file.content == PDF
    address = message.form["MediaUrl"].split("/f/")[1]
    path = f"/f/{address}"
    assert (await visitor.client.get(path)).content == PDF
    # What is signed for a provider opens no page, and nothing when it is changed or too late.
    assert (await visitor.client.get(path.replace("/fetch/", "/"))).status_code == 410
    # The last character of base64 carries bits that count for nothing: another one is changed.
    other = "A" if path[-6] != "A" else "B"
    changed = f"{path[:-6]}{other}{path[-5:]}"
    assert (await visitor.client.get(changed)).status_code == 410
    desk.bench.clock.move(timedelta(hours=1, seconds=1))
    assert (await visitor.client.get(path)).status_code == 410


async def test_a_text_message_has_a_link_to_a_page_that_ends_after_two_weeks(
    visitor: Visitor,
) -> None:
    desk = await a_desk(visitor, "sms")
    await desk.sends((PDF, "Brief <b>.pdf"), text="Hier is de brief.")
    text = visitor.got("sms")[-1].text
    found = re.search(r"http://\S+(/f/\S+)", text)
    assert found is not None and text.startswith("Document: Brief")
    page = await visitor.client.get(found[1])
    assert page.status_code == 200 and "Brief b.pdf" in page.text
    assert page.headers["cache-control"] == "no-store"
    file = await visitor.client.get(f"{found[1]}/file")
    assert (file.content, file.headers["content-type"]) == (PDF, "application/pdf")
    assert "attachment" in file.headers["content-disposition"]
    assert (await visitor.client.get(found[1].replace("/f/", "/f/fetch/"))).status_code == 410
    desk.bench.clock.move(timedelta(days=14))
    gone = await visitor.client.get(found[1])
    assert gone.status_code == 410 and "werkt niet meer" in gone.text
    assert (await visitor.client.get(f"{found[1]}/file")).status_code == 410


async def test_the_web_chat_shows_a_photo_and_gives_a_document(bench: Bench) -> None:
    desk, tenant = await in_chat(bench)
    await desk.sends((samples.photo(), "x.jpg"), (PDF, "Brief.pdf"))
    photo, document = [e for e in await tenant.events() if e.get("files")]
    assert photo["files"] == [{"id": photo["files"][0]["id"]}]
    assert document["files"][0]["name"] == "Brief.pdf"
    for event, kind in ((photo, "image/jpeg"), (document, "application/pdf")):
        url = f"/chat/conversations/{tenant.id}/files/{event['files'][0]['id']}"
        got = await bench.client.get(url, headers=tenant.headers)
        assert (got.status_code, got.headers["content-type"]) == (200, kind)
        other = await bench.tenant()
        assert (await bench.client.get(url, headers=other.headers)).status_code == 404


async def test_what_lies_ready_is_only_there_for_who_made_it(bench: Bench) -> None:
    desk, tenant = await in_chat(bench)
    added = (await desk.adds(PDF, "../../etc/Brief.PDF")).json()["file"]
    assert (added["name"], added["of_staff"]) == ("etc Brief.pdf", True)
    ready = await desk.ready()
    assert ready["can_send"] and [one["id"] for one in ready["files"]] == [added["id"]]
    assert (await desk.staff.client.get(f"/console/api/files/{added['id']}")).content == PDF
    colleague = await bench.staff("fatma2")
    theirs = Desk(colleague, desk.id, bench)
    assert (await theirs.ready())["files"] == []
    assert (await colleague.client.get(f"/console/api/files/{added['id']}")).status_code == 404
    assert error(await colleague.client.delete(f"{desk.url}/{added['id']}")) == "404 file_unknown"
    assert error(await theirs.adds(PDF)) == "409 not_holder"
    url = f"/chat/conversations/{tenant.id}/files/{added['id']}"
    assert (await bench.client.get(url, headers=tenant.headers)).status_code == 404
    assert (await desk.staff.client.delete(f"{desk.url}/{added['id']}")).status_code == 204
    assert (await desk.ready())["files"] == []
    assert error(await desk.says([added["id"]])) == "404 file_unknown"


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (samples.HTML, "422 file_wrong_type"),
        (samples.voice_note(), "422 file_wrong_type"),
        (b"", "422 file_wrong_type"),
        (samples.bomb(), "413 file_too_large"),
        (PDF[:-8] + b"/JavaScript (x) %%EOF", "422 file_broken"),
        (PDF.replace(b"%%EOF", b""), "422 file_broken"),
        (PDF + b"\0" * (8 * 1024 * 1024), "413 file_too_large"),
    ],
)
async def test_only_whole_photos_and_quiet_pdfs_are_taken(
    bench: Bench, raw: bytes, why: str
) -> None:
    desk, _ = await in_chat(bench)
    assert error(await desk.adds(raw)) == why
    assert (await desk.ready())["files"] == []


async def test_the_same_answer_again_sends_nothing_twice_and_a_sent_file_is_sent(
    bench: Bench,
) -> None:
    desk, _ = await in_chat(bench)
    answer = await desk.sends((PDF, "Brief.pdf"), text="Zie hier.", client_msg_id="m-1")
    again = await desk.says(["x" * 32], "Zie hier.", client_msg_id="m-1")
    other = await desk.says(["x" * 32], "Iets anders.", client_msg_id="m-1")
    assert again.json()["message"]["id"] == answer.json()["message"]["id"]
    assert error(other) == "409 message_conflict"
    said = await desk.log()
    assert [len(one["files"]) for one in said] == [0, 1]
    file = said[1]["files"][0]["id"]
    assert error(await desk.says([file])) == "404 file_unknown"
    assert error(await desk.staff.client.delete(f"{desk.url}/{file}")) == "404 file_unknown"
    assert len(await desk.log()) == 2


async def test_no_more_than_five_lie_ready(bench: Bench) -> None:
    desk, _ = await in_chat(bench)
    for _n in range(5):
        assert (await desk.adds(PDF)).status_code == 201
    assert error(await desk.adds(PDF)) == "409 file_too_many"


async def test_a_channel_without_files_says_so(visitor: Visitor) -> None:
    desk = await a_desk(visitor, "sms")
    del desk.bench.product.channels["sms"]
    ready = await desk.ready()
    assert not ready["can_send"] and "kanaal" in ready["why_not"]
    assert error(await desk.adds(PDF)) == "409 files_not_here"


async def test_without_a_public_address_a_text_message_takes_no_file(tmp_path: Any) -> None:
    async with a_visitor(data_dir=tmp_path, public_base_url="") as visitor:
        desk = await a_desk(visitor, "sms")
        assert error(await desk.adds(PDF)) == "409 files_no_address"


async def test_who_added_sent_and_saw_a_file_stands_in_the_access_log(bench: Bench) -> None:
    desk, _ = await in_chat(bench)
    await desk.sends((PDF, "Brief.pdf"))
    file = (await desk.log())[0]["files"][0]["id"]
    await desk.staff.client.get(f"/console/api/files/{file}")

    def work(ledger: Ledger) -> list[str]:
        assert isinstance(ledger, SqlLedger)
        rows = ledger._connection.execute(t.access_log.select().order_by(t.access_log.c.id))
        return [row.what for row in rows if row.what.startswith("file")]

    assert await bench.product.store.read(work) == ["file_add", "file_send", "file"]


async def test_who_lost_the_conversation_sends_no_file(bench: Bench) -> None:
    desk, _ = await in_chat(bench)
    added = (await desk.adds(PDF)).json()["file"]["id"]
    await desk.staff.step(desk.id, "close")
    assert error(await desk.says([added])) == "409 conversation_closed"
    assert [one["id"] for one in (await desk.ready())["files"]] == [added]
