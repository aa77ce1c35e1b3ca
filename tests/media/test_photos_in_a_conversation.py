"""A tenant sends photos or a voice note: what he hears, what staff see, what the provider keeps."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from channels.port import Attached, MediaRef, Text
from handoff import attachments
from handoff.media import fetching, samples
from handoff.media.shelf import Shelf
from handoff.store.tables import access_log
from handoff.testing import Bench, PhoneSide, StaffSide, new_client, start_bench
from tests.media.depot import Depot

pytestmark = pytest.mark.stories

SENT = {
    "photo": samples.photo_with_place(),
    "page": samples.photo_that_is_a_page(),
    "voice": samples.voice_note(),
    "pdf": samples.pdf(),
    "program": b"MZ a program",
    "large": samples.photo() + b"\0" * 9_000_000,
}
TYPES = {"voice": "audio/ogg", "pdf": "application/pdf"}


def attached(*names: str, text: str = "") -> Attached:
    return Attached(text, tuple(MediaRef(n, TYPES.get(n, "image/jpeg")) for n in names))


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    running = await start_bench(data_dir=tmp_path)
    yield running
    await running.client.aclose()
    await running.product.stop()


@pytest.fixture
def depot() -> Depot:
    return Depot(SENT)


@pytest.fixture
def phone(bench: Bench, depot: Depot) -> PhoneSide:
    return PhoneSide(bench, line=depot)


async def seen(phone: PhoneSide, staff: StaffSide) -> list[dict[str, Any]]:
    """The files as staff see them, in the order of the messages."""
    talk = await phone.conversation()
    messages = (await staff.open(talk.id))["messages"]
    return [file for message in messages for file in message["files"]]


def words(bench: Bench, key: str) -> str:
    return bench.product.counter.words.text(key)


async def test_a_photo_is_thanked_for_kept_without_its_place_and_deleted_at_the_provider(
    bench: Bench, phone: PhoneSide, depot: Depot
) -> None:
    await phone.ask("hallo")
    told = await phone.sends(attached("photo"))
    assert told == [words(bench, "photo_kept_alone")]
    staff = await bench.staff()
    [file] = await seen(phone, staff)
    assert (file["kind"], file["state"], file["content_type"]) == ("photo", "kept", "image/jpeg")
    answer = await staff.client.get(f"/console/api/files/{file['id']}")
    assert answer.status_code == 200
    assert len(answer.content) == file["size"]
    assert samples.PLACE in SENT["photo"]
    assert samples.PLACE not in answer.content
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["content-disposition"].startswith("inline;")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers.get_list("cache-control") == ["private, max-age=3600"]
    assert answer.headers.get_list("content-security-policy") == ["default-src 'none'; sandbox"]
    assert "photo" not in depot.files


async def test_nobody_without_a_session_sees_a_photo(bench: Bench, phone: PhoneSide) -> None:
    await phone.sends(attached("photo"))
    [file] = await seen(phone, await bench.staff())
    for id in (file["id"], "x", "0" * 32):
        answer = await new_client(bench.app).get(f"/console/api/files/{id}")
        assert answer.status_code == 401
    staff = await bench.staff()
    for id in ("0" * 32, "%20", "etc-passwd", "a" * 200):
        assert (await staff.client.get(f"/console/api/files/{id}")).status_code == 404


async def test_staff_can_listen_to_a_voice_note_and_jump_in_it(
    bench: Bench, phone: PhoneSide
) -> None:
    told = await phone.sends(attached("voice"))
    assert told[-1] == words(bench, "voice_not_heard_alone")
    choices = [c.title for m in await phone.log() for c in m.choices]
    assert choices[-1] == words(bench, "choice_person")
    staff = await bench.staff()
    [file] = await seen(phone, staff)
    url = f"/console/api/files/{file['id']}"
    answer = await staff.client.get(url)
    assert (answer.headers["content-type"], answer.content) == ("audio/ogg", SENT["voice"])
    assert answer.headers["content-disposition"].startswith("inline;")
    part = await staff.client.get(url, headers={"Range": "bytes=2-5"})
    assert (part.status_code, part.content) == (206, SENT["voice"][2:6])
    assert part.headers["content-range"] == f"bytes 2-5/{len(SENT['voice'])}"
    behind = await staff.client.get(url, headers={"Range": "bytes=99999-"})
    assert behind.status_code == 416


async def test_a_pdf_is_only_downloaded(bench: Bench, phone: PhoneSide) -> None:
    told = await phone.sends(attached("pdf"))
    assert told[-1] == words(bench, "file_kept_alone")
    staff = await bench.staff()
    [file] = await seen(phone, staff)
    answer = await staff.client.get(f"/console/api/files/{file['id']}")
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert file["kind"] == "file"


async def test_several_photos_in_one_message_are_all_kept_in_their_order(
    bench: Bench, phone: PhoneSide, depot: Depot
) -> None:
    names = [f"p{no}" for no in range(12)]
    sizes = [samples.photo(40 + no, 30) for no in range(12)]
    depot.files.update(dict(zip(names, sizes, strict=True)))
    await phone.sends(attached(*names))
    files = await seen(phone, await bench.staff())
    assert [file["state"] for file in files] == ["kept"] * attachments.MOST_FILES


async def test_an_album_is_thanked_for_once(bench: Bench, phone: PhoneSide) -> None:
    await phone.ask("hallo")
    first = await phone.sends(attached("photo"))
    assert len(first) == 1
    assert await phone.sends(attached("page")) == []
    assert len(await seen(phone, await bench.staff())) == 2


async def test_a_photo_right_behind_a_question_does_not_swallow_the_question(
    bench: Bench, phone: PhoneSide
) -> None:
    await phone.ask("hallo")
    alone = await phone.ask("Wanneer moet ik de huur betalen?")
    await phone.send(Text("Wanneer moet ik de huur betalen?"))
    both = await phone.sends(attached("photo"))
    assert words(bench, "photo_kept_alone") in both
    assert len(both) > 1
    assert alone  # what the question alone gets


async def test_a_photo_with_words_gets_an_answer_and_a_line_of_thanks(
    bench: Bench, phone: PhoneSide
) -> None:
    await phone.ask("hallo")
    told = await phone.sends(attached("photo", text="Wanneer moet ik de huur betalen?"))
    assert told[0] == words(bench, "photo_kept")
    assert len(told) > 1


async def test_a_page_in_a_photo_is_a_photo_only(bench: Bench, phone: PhoneSide) -> None:
    await phone.sends(attached("page"))
    staff = await bench.staff()
    [file] = await seen(phone, staff)
    answer = await staff.client.get(f"/console/api/files/{file['id']}")
    assert b"<script" not in answer.content


@pytest.mark.parametrize(
    ("name", "reason", "line"),
    [
        ("program", "wrong_type", "media_wrong_type"),
        ("large", "too_large", "media_too_large"),
    ],
)
async def test_what_is_refused_is_told_to_tenant_and_staff_and_deleted_at_the_provider(
    bench: Bench, phone: PhoneSide, depot: Depot, name: str, reason: str, line: str
) -> None:
    told = await phone.sends(attached(name))
    assert told[-1] == words(bench, line)
    staff = await bench.staff()
    [file] = await seen(phone, staff)
    assert (file["state"], file["detail"], file["size"]) == ("refused", reason, 0)
    assert (await staff.client.get(f"/console/api/files/{file['id']}")).status_code == 404
    assert name not in depot.files


async def test_a_provider_that_is_away_is_asked_again_later(
    bench: Bench, phone: PhoneSide, depot: Depot
) -> None:
    depot.away = 2
    await phone.sends(attached("photo"))
    staff = await bench.staff()
    [file] = await seen(phone, staff)
    assert file["state"] == "waiting"
    for _ in range(3):
        bench.clock.move(timedelta(minutes=1))
        await bench.work()
    [file] = await seen(phone, staff)
    assert (file["state"], depot.asked) == ("kept", 3)


async def test_a_provider_that_stays_away_is_given_up_and_the_tenant_is_told(
    bench: Bench, phone: PhoneSide, depot: Depot
) -> None:
    depot.away = 1_000
    await phone.sends(attached("photo"))
    for _ in range(fetching.MOST_ATTEMPTS):
        bench.clock.move(timedelta(minutes=30))
        await bench.work()
    [file] = await seen(phone, await bench.staff())
    assert (file["state"], file["detail"]) == ("gone", "unreachable")
    assert phone.line.sent[-1] == words(bench, "media_not_here")
    assert depot.asked == fetching.MOST_ATTEMPTS


async def test_what_was_not_deleted_at_the_provider_is_deleted_later(
    bench: Bench, phone: PhoneSide, depot: Depot
) -> None:
    await phone.send(attached("photo"))
    depot.away = 1
    talk = await phone.conversation()
    await bench.work()  # away once: the fetch comes again
    bench.clock.move(timedelta(minutes=1))
    depot.away = 0
    await bench.work()
    assert "photo" not in depot.files
    store = bench.product.store
    [file] = await store.read(lambda ledger: ledger.media.of(talk.id))
    assert file.provider_ref == ""


async def test_a_channel_that_carries_no_files_says_so(bench: Bench) -> None:
    phone = PhoneSide(bench)
    told = await phone.sends(attached("photo"))
    assert told[-1] == words(bench, "media_not_here")
    [file] = await seen(phone, await bench.staff())
    assert (file["state"], file["detail"]) == ("refused", "no_media")


async def test_looking_at_a_file_leaves_a_line_in_the_access_log(
    bench: Bench, phone: PhoneSide
) -> None:
    await phone.sends(attached("photo"))
    staff = await bench.staff()
    [file] = await seen(phone, staff)
    before = access_lines(bench)
    await staff.client.get(f"/console/api/files/{file['id']}")
    after = access_lines(bench)
    assert after[len(before) :] == ["file"]


async def test_files_lie_under_their_own_ids_and_nothing_else_does(
    bench: Bench, phone: PhoneSide
) -> None:
    await phone.sends(attached("photo", "program", "voice"))
    files = await seen(phone, await bench.staff())
    shelf = Shelf(bench.product.settings.shelf)
    lying = {path.name for path in shelf.root.glob("*/*")}
    assert lying == {file["id"] for file in files if file["state"] == "kept"}
    assert len(lying) == 2


async def test_a_photo_during_a_report_belongs_to_it_and_the_question_comes_again(
    bench: Bench, phone: PhoneSide
) -> None:
    question = (await phone.ask("de kraan lekt"))[-1]
    told = await phone.sends(attached("photo"))
    assert told == [words(bench, "photo_for_report"), question]
    assert (await phone.log())[-1].choices[0].title == "Keuken"
    assert await phone.sends(attached("page")) == []  # the same album
    await phone.ask("keuken")
    staff = await bench.staff()
    briefing = (await staff.open((await phone.conversation()).id))["briefing"]
    fields = {field["slot"]: field["value"] for field in briefing["form"]["fields"]}
    assert fields["repair_photo"].startswith("2 foto")
    assert fields["repair_room"] == "keuken"


async def test_a_voice_note_during_a_report_is_not_heard_and_the_question_comes_again(
    bench: Bench, phone: PhoneSide
) -> None:
    question = (await phone.ask("de kraan lekt"))[-1]
    assert await phone.sends(attached("voice")) == [words(bench, "voice_not_heard"), question]


async def test_a_photo_to_somebody_who_holds_the_conversation_gets_no_word_of_the_assistant(
    bench: Bench, phone: PhoneSide
) -> None:
    await phone.ask("medewerker")
    talk = await phone.conversation()
    staff = await bench.staff()
    assert (await staff.step(talk.id, "take")).status_code == 200
    await bench.work()
    assert await phone.sends(attached("photo")) == []
    assert [file["state"] for file in await seen(phone, staff)] == ["kept"]


def access_lines(bench: Bench) -> list[str]:
    with bench.product.store._engine.connect() as connection:
        return list(connection.scalars(select(access_log.c.what).order_by(access_log.c.id)))
