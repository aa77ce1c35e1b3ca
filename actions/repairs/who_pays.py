"""Answers "who pays this?" from the rules, where the tenant says what is broken."""

from __future__ import annotations

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict

from actions.repairs.lexicon import lexicon
from actions.repairs.pays import pays_table, who_pays
from actions.repairs.things import Report, reports
from actions.repairs.tracker import said, story
from actions.wording import words_of


class ActionRepairWhoPays(Action):
    """The reason for this part and defect; the general answer where neither is named."""

    def name(self) -> str:
        return "action_repair_who_pays"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        text = said(tracker).text
        report = _report(text) or _report(story(tracker))
        if report is None:
            dispatcher.utter_message(response="utter_repair_responsibility")
            return []
        table = pays_table()
        pays = who_pays(report.room, report.element, report.defect, words_of(text), table)
        dispatcher.utter_message(text=pays.reason, buttons=[dict(table.report)])
        return []


def _report(text: str) -> Report | None:
    """What is broken, if the text says so; a room alone is not enough."""
    named = (each for each in reports(text, lexicon()) if each.element or each.defect)
    return next(named, None)
