"""Puts together what editors work with, and what the hub reads through it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from bot.canned_replies import load_canned_replies
from bot.facts import FactExpired, UnknownPlaceholder
from bot.lined_yaml import read
from bot.plain_dutch import PlainDutch
from bot.texts import Texts
from handoff.clock import AMSTERDAM, Clock
from handoff.console.editing_work import EditingWork, Showing
from handoff.content import Content
from handoff.counter import Counter
from handoff.editing import catalogue
from handoff.editing.catalogue import Catalogue, Shipped
from handoff.editing.overlay import EditedFacts, Overlay, edited_counter, edited_facts
from handoff.editing.week import Week
from handoff.hours import WEEKDAYS
from handoff.ledger import Store
from handoff.phone.spoken_dutch import spoken_dutch

_ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Editing:
    """``counter`` and ``facts`` show what is approved at the moment they are read."""

    overlay: Overlay
    counter: Counter
    facts: EditedFacts

    async def load(self, store: Store) -> None:
        """Bring the approved edits of earlier days in force."""
        self.overlay.load(await store.read(lambda ledger: ledger.edits.in_force()))


def editing_of(content: Content) -> Editing:
    overlay = Overlay(_shipped(content))
    facts = edited_facts(content.facts, overlay)
    return Editing(overlay, edited_counter(content.counter, facts, overlay), facts)


def editing_work(
    editing: Editing, store: Store, clock: Clock, segments: Callable[[str], int]
) -> EditingWork:
    """``segments`` counts what a text costs as SMS."""
    facts = editing.facts

    def fill(text: str) -> str:
        try:
            return facts.render(text, clock.now().astimezone(AMSTERDAM).date())
        except (FactExpired, UnknownPlaceholder):
            return text

    return EditingWork(
        store,
        clock,
        editing.overlay,
        PlainDutch.load(_ROOT / "data" / "plain_dutch.yml"),
        facts.names,
        Showing(fill, spoken_dutch().say, segments),
        lambda: uuid4().hex,
    )


def _shipped(content: Content) -> Catalogue:
    return {one.subject: one for one in _all(content)}


def _all(content: Content) -> Iterator[Shipped]:
    yield catalogue.office(_week().written())
    yield from catalogue.promises(
        content.counter.service.minutes, lambda queue: content.counter.words.text(f"queue_{queue}")
    )
    # Topics as the catalogue of the counter holds them; texts with their places still open.
    yield from catalogue.answers(content.counter.catalogue)
    yield from catalogue.texts(Texts.load(_ROOT / "data" / "texts.yml").by_key)
    yield from catalogue.canned(load_canned_replies(_ROOT / "data" / "canned_replies.yml"))


def _week() -> Week:
    raw: Mapping[str, object] = read(_ROOT / "corporation.yml").data
    hours, closed = raw["opening_hours"], raw.get("closed_on") or ()
    assert isinstance(hours, Mapping) and isinstance(closed, list | tuple)
    blocks = {day: tuple(map(str, hours.get(day) or ())) for day in WEEKDAYS}
    # The file gives no reason for a closed day; the day itself says it.
    return Week(blocks, {day: f"{day:%d-%m-%Y}" for day in closed}, str(raw["opening_hours_text"]))
