"""What the assistant may say while a person is waited for: what it surely knows, and no more.

Pure. The conversation keeps waiting; a person who takes it stops these answers too (ADR 0002).
"""

from __future__ import annotations

from dataclasses import replace

from bot.port import Answer
from bot.topics import Handoff, Kind
from handoff import policy
from handoff.change import Change
from handoff.counter import Counter
from handoff.model import Choice, Draft, Outcome
from handoff.policy import Decision, Say


def settle(answer: Answer, decision: Decision, counter: Counter) -> tuple[Change, Outcome]:
    """An answer on a known topic is said with the note that a colleague comes; else nothing is."""
    topic = policy.topic_of(answer, counter.catalogue)
    known = topic is not None and topic.offered and topic.kind is Kind.TENANT
    asks_on = answer.carry.active_form is not None
    if not isinstance(decision, Say) or not known or asks_on:
        return Change(), Outcome.WITHHELD
    if topic is not None and topic.handoff is Handoff.ALWAYS:
        return Change(), Outcome.WITHHELD
    drafts = [
        Draft(
            counter.bot,
            reply.text,
            choices=tuple(
                Choice(counter.new_id(), choice.title, choice.payload)
                for choice in reply.choices
                if not policy.is_person_payload(choice.payload)
            ),
        )
        for reply in decision.replies
    ]
    note = counter.words.text("meanwhile")
    drafts[-1] = replace(drafts[-1], text=f"{drafts[-1].text}\n\n{note}")
    return Change(drafts=tuple(drafts)), Outcome.ANSWERED
