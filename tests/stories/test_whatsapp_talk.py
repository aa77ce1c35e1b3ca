"""WhatsApp through the whole product: choices however they come back, and what is not words."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from handoff.ledger import Ledger
from tests.channels.whatsapp_scene import GATHER, Phone, a_phone

pytestmark = [
    pytest.mark.stories,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]
NAMELESS = "whatsapp:NL.1000000000000000001"


@pytest.fixture
async def phone() -> AsyncIterator[Phone]:
    async with a_phone() as phone:
        yield phone


async def offered(phone: Phone) -> list[tuple[str, str]]:
    """The ids and titles of the newest choices, however they were shown."""
    talk = await phone.conversation()

    def work(ledger: Ledger) -> list[tuple[str, str]]:
        said = [one for one in ledger.messages.after(talk.id, 0) if one.choices]
        return [(choice.id, choice.title) for choice in said[-1].choices]

    return await phone.bench.product.store.read(work)


async def log(phone: Phone) -> list[tuple[str, str]]:
    staff, talk = await phone.staff(), await phone.conversation()
    opened = await staff.open(talk.id)
    return [(one["author"], one["text"]) for one in opened["messages"]]


@pytest.mark.parametrize("way", ["number", "words", "title", "button", "list"])
async def test_a_choice_is_understood_however_it_comes_back(phone: Phone, way: str) -> None:
    await phone.ask("Hallo")
    await phone.ask("blub")
    (id, title), *_ = await offered(phone)
    answers = {
        "number": ("1", {}),
        "words": ("de eerste", {}),
        "title": (title.lower(), {}),
        "button": (title, {"ButtonPayload": id, "ButtonText": title, "MessageType": "button"}),
        "list": (title, {"ListId": id, "ListTitle": title, "MessageType": "interactive"}),
    }
    body, fields = answers[way]
    assert await phone.ask(body, **fields) != []
    said = [text for author, text in await log(phone) if author == "tenant"]
    assert said == ["Hallo", "blub", title]


async def test_the_greeting_shows_its_choices_as_a_list_that_can_be_tapped(phone: Phone) -> None:
    await phone.write("Hallo")
    await phone.bench.work()
    greeting = phone.arrived()[0]
    shown = phone.fake.contents.shown(greeting.form)
    tapped = (shown.get("items") or shown["actions"])[0]
    title = tapped.get("item") or tapped["title"]
    await phone.ask(title, ListId=tapped["id"], ListTitle=title, MessageType="interactive")
    assert ("tenant", title) in await log(phone)


async def test_a_tenant_without_a_number_is_answered_and_stays_the_same(phone: Phone) -> None:
    phone.address = NAMELESS
    own = {"ExternalUserId": "NL.1000000000000000001", "ProfileUsername": "sanne.v"}
    first = await phone.ask("Hallo", **own)
    assert first and {one.recipient for one in phone.fake.sent} == {NAMELESS}
    talk = await phone.conversation()
    await phone.ask("blub", **own)
    assert (await phone.conversation()).id == talk.id and talk.address == NAMELESS


@pytest.mark.parametrize(
    ("fields", "kept", "answer"),
    [
        (
            {"MessageType": "location", "Latitude": "52.1", "Longitude": "5.1", "Label": "Thuis"},
            "(Locatie: 52.1, 5.1, Thuis)",
            "uw locatie is bewaard",
        ),
        ({"MessageType": "contacts"}, "(Een contactkaart.)", "contactkaart"),
        ({"MessageType": "sticker"}, "(Een sticker.)", "sticker"),
        (
            {"MessageType": "reaction", "Body": "\N{THUMBS UP SIGN}"},
            "(Reactie op een bericht: \N{THUMBS UP SIGN})",
            None,
        ),
        ({"MessageType": "reaction"}, "(De reactie op een bericht is weggehaald.)", None),
        ({"MessageType": "revoke"}, "(De huurder heeft een bericht verwijderd.)", None),
        ({"MessageType": "unsupported"}, "(Een bericht dat hier niet te lezen is.)", "lezen"),
    ],
    ids=lambda value: value.get("MessageType") if isinstance(value, dict) else "",
)
async def test_what_is_not_words_is_kept_for_staff_and_not_put_to_the_assistant(
    phone: Phone, fields: dict[str, str], kept: str, answer: str | None
) -> None:
    await phone.ask("Hallo")
    before = len(phone.bench.assistant.asked)
    told = await phone.ask(fields.pop("Body", ""), **fields)
    assert ("tenant", kept) in await log(phone)
    assert len(phone.bench.assistant.asked) == before
    assert (answer is None and told == []) or (answer is not None and answer in told[0])


async def test_a_reaction_does_not_open_a_closed_conversation_and_a_place_does(
    phone: Phone,
) -> None:
    await phone.ask("Ik wil een medewerker spreken")
    staff = await phone.taken_by()
    await staff.step((await phone.conversation()).id, "close")
    await phone.ask("\N{THUMBS UP SIGN}", MessageType="reaction")
    assert (await phone.conversation()).state.value == "closed"
    await phone.ask("", MessageType="location", Latitude="52.1", Longitude="5.1")
    assert (await phone.conversation()).state.value == "bot"


async def test_a_sticker_to_a_person_gets_no_line_of_the_assistant(phone: Phone) -> None:
    await phone.ask("Ik wil een medewerker spreken")
    await phone.taken_by()
    assert await phone.ask("", MessageType="sticker") == []


async def test_a_reaction_during_a_question_does_not_take_its_answer_away(phone: Phone) -> None:
    await phone.ask("Hallo")
    await phone.write("wanneer moet ik de huur betalen")
    await phone.write("\N{THUMBS UP SIGN}", MessageType="reaction")
    phone.bench.clock.move(GATHER)
    await phone.bench.work()
    assert any("1e" in text or "eerste" in text for text in phone.news())
    assert "reactie" not in str(phone.bench.assistant.asked).lower()


async def test_danger_in_a_message_that_was_changed_is_seen(phone: Phone) -> None:
    await phone.ask("Hallo")
    told = await phone.ask("Ik ruik gas in huis", MessageType="edit")
    assert any("112" in text or "0800" in text for text in told)
