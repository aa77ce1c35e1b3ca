"""The briefing: what a person sees on taking over. A value built by a pure function."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.signals import EscalationReason
from handoff.model import Assignment, Conversation, Promise, Turn
from handoff.policy import PERSON_INTENT, Catalogue, Words

_MOST_TRIED = 10
_MOST_LIKELY = 3
_PHOTO = "repair_photo"


@dataclass(frozen=True, slots=True)
class LikelyTopic:
    intent: str
    title: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Briefing:
    """Why a person was asked, what was tried, what it is probably about, what was filled in."""

    reason: EscalationReason | None
    note: str
    asked_at: datetime | None
    urgent_kind: str | None
    tried: tuple[Turn, ...]
    likely: tuple[LikelyTopic, ...]
    form: tuple[tuple[str, str], ...]
    promises: tuple[Promise, ...]


def brief(
    conversation: Conversation,
    assignment: Assignment | None,
    remark: str,
    turns: Sequence[Turn],
    promises: Sequence[Promise],
    catalogue: Catalogue,
) -> Briefing:
    """Gather the story. ``turns`` oldest first; ``remark`` is what plain code saw in the words."""
    form = next((turn.form for turn in reversed(turns) if turn.form), ())
    return Briefing(
        reason=assignment.reason if assignment else None,
        note="\n".join(filter(None, (assignment.note if assignment else "", remark))),
        asked_at=assignment.asked_at if assignment else None,
        urgent_kind=conversation.urgent_kind,
        tried=tuple(turns[-_MOST_TRIED:]),
        likely=_likely(turns, catalogue),
        form=tuple((slot, value) for slot, value in form if value),
        promises=tuple(promises),
    )


def with_photos(briefing: Briefing, count: int, words: Words) -> Briefing:
    """Photos that came are the photo of the report; without a report the note tells of them."""
    if not count:
        return briefing
    text = words.text("photos_in_briefing" if count > 1 else "photos_in_briefing_one", count=count)
    if not briefing.form:
        return replace(briefing, note="\n".join(filter(None, (briefing.note, text))))
    told = tuple((slot, value) for slot, value in briefing.form if slot != _PHOTO)
    return replace(briefing, form=(*told, (_PHOTO, text)))


def _likely(turns: Sequence[Turn], catalogue: Catalogue) -> tuple[LikelyTopic, ...]:
    """The likeliest topics of the last turn that is about a matter, not about saying hello."""
    for turn in reversed(turns):
        found = [
            LikelyTopic(intent, catalogue[intent].title, confidence)
            for intent, confidence in turn.ranking
            if intent in catalogue and catalogue[intent].offered and intent != PERSON_INTENT
        ]
        if found and turn.intent in {topic.intent for topic in found} | {"nlu_fallback"}:
            return tuple(found[:_MOST_LIKELY])
    return ()
