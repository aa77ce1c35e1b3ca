"""Puts together what staff write with: the plain Dutch rules, facts, and replies to choose from."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from bot.canned_replies import load_canned_replies
from bot.facts import FactExpired, Facts
from bot.plain_dutch import PlainDutch
from handoff.clock import AMSTERDAM, Clock
from handoff.console.office_work import OfficeWork
from handoff.console.work import DeskWork
from handoff.console.writing_work import Shelf, WritingWork
from handoff.ledger import Store
from handoff.ledger.writing import ActionKind, CannedReply, MacroAction
from handoff.tenant_services import OfficeDesk

_DATA = Path(__file__).resolve().parents[1] / "data"


def writing_desk(work: DeskWork, facts: Facts) -> WritingWork:
    """``facts`` fills the answers of topics and the places of canned replies."""

    def render(text: str) -> str | None:
        try:
            return facts.render(text, _today(work.clock))
        except FactExpired:
            return None

    settings = facts.corporation
    known = {
        "corporation_name": settings["name"],
        "opening_hours": settings["opening_hours_text"],
    }
    return WritingWork(work, Shelf(PlainDutch.load(_DATA / "plain_dutch.yml"), known, render))


def office_work(work: DeskWork, desk: OfficeDesk) -> OfficeWork:
    """Faults that staff confirm are held to the rules of plain Dutch."""
    return OfficeWork(work, desk.kept, desk.faults, PlainDutch.load(_DATA / "plain_dutch.yml"))


async def seed_canned_replies(store: Store) -> None:
    """The shipped replies, into an empty table; what staff changed since stays as it is."""
    shipped = [
        CannedReply(
            one.key,
            one.title,
            one.text,
            one.queue,
            tuple(MacroAction(ActionKind(kind), value) for kind, value in one.then),
        )
        for one in load_canned_replies(_DATA / "canned_replies.yml")
    ]
    await store.write(lambda ledger: ledger.writing.seed_canned(shipped))


def _today(clock: Clock) -> date:
    return clock.now().astimezone(AMSTERDAM).date()
