"""Conversations written as YAML, played through the true app with the scripted assistant.

Each file is one story: ``story`` (a sentence), optionally ``now`` (the product's clock at the
start), and ``steps``, each with one key:

- ``tenant: text`` says something, ``chooses: title`` presses the newest quick reply of that title,
  ``presses: medewerker`` presses the permanent button, ``sends: {...}`` posts a raw body
- ``bot / system / agent: words`` the next unread event is of this author and holds these words
- ``offers: [titles]`` are exactly the quick replies of the event that was read last
- ``silence:`` nothing unread is left
- ``state: bot|waiting|held|closed``
- ``<login>: take|release|close`` or ``<login> says / notes: text``: a step in the console
- ``refused: code`` the console step before it was refused with this code
- ``list: {...}`` the first conversation of the console's list has these values
- ``briefing: {...}`` the briefing has these values (``form`` as slot: value)
- ``later: seconds`` the clock moves on; ``works:`` the product does what is due

When a story fails, the conversation so far is printed.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from handoff.clock import TestClock
from handoff.testing import Bench, StaffSide, TenantSide, start_bench, unique

pytestmark = pytest.mark.stories
FOLDER = Path(__file__).parent / "conversations"
STORIES = sorted(FOLDER.glob("*.yml"))
Step = Callable[[Any], Awaitable[None]]


class Player:
    """Plays one story."""

    def __init__(self, bench: Bench, tenant: TenantSide) -> None:
        self.bench = bench
        self.tenant = tenant
        self.seen = 0
        self.last: dict[str, Any] = {}
        self.answer: httpx.Response | None = None
        self.staff: dict[str, StaffSide] = {}
        self.steps: dict[str, Step] = {
            "tenant": self.says,
            "chooses": self.chooses,
            "presses": self.presses,
            "sends": self.sends,
            "offers": self.offers,
            "silence": self.silence,
            "state": self.state,
            "refused": self.refused,
            "list": self.listed,
            "briefing": self.briefing,
            "later": self.later,
            "works": self.works,
        }

    async def play(self, step: dict[str, Any]) -> None:
        ((what, value),) = step.items()
        if what in ("bot", "system", "agent"):
            await self.reads(what, value)
        elif what in self.steps:
            await self.steps[what](value)
        else:
            await self.console(what, value)

    async def says(self, text: str) -> None:
        await self.tenant.say(text)
        await self.bench.work()

    async def chooses(self, title: str) -> None:
        await self.tenant.choose(title)
        await self.bench.work()

    async def presses(self, choice: str) -> None:
        await self.sends({"choice_id": choice})

    async def sends(self, body: dict[str, Any]) -> None:
        self.answer = await self.tenant.post({"client_msg_id": unique(), **body})
        await self.bench.work()

    async def unread(self) -> list[dict[str, Any]]:
        events = await self.tenant.events(self.seen)
        return [event for event in events if event["author"] != "tenant"]

    async def reads(self, author: str, words: str) -> None:
        unread = await self.unread()
        assert unread, f"nothing more was said; expected {author}: {words}"
        self.last = unread[0]
        self.seen = self.last["seq"]
        assert self.last["author"] == author, self.last
        assert words.lower() in self.last["text"].lower(), self.last["text"]

    async def offers(self, titles: list[str]) -> None:
        assert [choice["title"] for choice in self.last["choices"]] == titles

    async def silence(self, _: None) -> None:
        assert await self.unread() == []

    async def state(self, expected: str) -> None:
        assert await self.tenant.state() == expected

    async def console(self, what: str, value: str) -> None:
        login, _, verb = what.partition(" ")
        if login not in self.staff:
            self.staff[login] = await self.bench.staff(login)
        staff, id = self.staff[login], self.tenant.id
        if verb == "says":
            self.answer = await staff.say(id, value)
        elif verb == "notes":
            self.answer = await staff.note(id, value)
        else:
            self.answer = await staff.step(id, value)
        await self.bench.work()

    async def refused(self, code: str) -> None:
        assert self.answer is not None
        assert self.answer.json()["error"]["code"] == code, self.answer.text

    async def colleague(self) -> StaffSide:
        if not self.staff:
            self.staff["fatma"] = await self.bench.staff("fatma")
        return next(iter(self.staff.values()))

    async def listed(self, expected: dict[str, Any]) -> None:
        first = (await (await self.colleague()).listed())[0]
        assert {key: first[key] for key in expected} == expected

    async def briefing(self, expected: dict[str, Any]) -> None:
        found = (await (await self.colleague()).open(self.tenant.id))["briefing"]
        if "form" in expected:
            found["form"] = {field["slot"]: field["value"] for field in found["form"]["fields"]}
        if "likely" in expected:
            found["likely"] = [topic["intent"] for topic in found["likely"]]
        assert {key: found[key] for key in expected} == expected

    async def later(self, seconds: float) -> None:
        self.bench.clock.move(timedelta(seconds=seconds))

    async def works(self, _: None) -> None:
        await self.bench.work()

    async def transcript(self) -> str:
        lines = [
            f"{event['seq']:>3} {event['author']:<7} {event['text']}"
            + "".join(f" [{choice['title']}]" for choice in event["choices"])
            for event in await self.tenant.events()
        ]
        return "\n".join(lines)


@pytest.fixture(params=STORIES, ids=lambda path: path.stem)
async def story(request: pytest.FixtureRequest) -> AsyncIterator[tuple[dict[str, Any], Player]]:
    told = yaml.safe_load(request.param.read_text(encoding="utf-8"))
    moment = datetime.fromisoformat(told.get("now", "2026-11-24T11:00+01:00"))
    bench = await start_bench(clock=TestClock(moment))
    yield told, Player(bench, await bench.tenant())
    await bench.client.aclose()
    await bench.product.stop()


async def test_the_conversation_goes_as_written(story: tuple[dict[str, Any], Player]) -> None:
    told, player = story
    for number, step in enumerate(told["steps"], 1):
        try:
            await player.play(step)
        except AssertionError as wrong:
            said = await player.transcript()
            raise AssertionError(
                f"{told['story']}\nstep {number}, {step}: {wrong}\n\n{said}"
            ) from None


def test_there_are_stories() -> None:
    assert len(STORIES) >= 10
