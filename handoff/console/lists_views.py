"""From the hub's values to what the lists of the console show."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import ValidationError

from bot.topic import Topic
from handoff import policy
from handoff.console import lists_schemas as ls
from handoff.console.views import conversation_view
from handoff.counter import Counter
from handoff.hints import Viewer
from handoff.ledger.lists import Hit, Label, SavedView, Wanted
from handoff.model import MessageKind
from handoff.wanted import pieces

_CHANNELS = ("webchat", "telegram", "whatsapp", "sms", "webhook", "phone")


def setup_view(
    labels: Sequence[Label], topics: Sequence[Topic], case_url: str | None, counter: Counter
) -> ls.Setup:
    words = counter.words
    return ls.Setup(
        labels=[ls.LabelView.model_validate(label, from_attributes=True) for label in labels],
        topics=[
            ls.TopicChoice(name=topic.name, title=topic.title, queue=policy.queue_of(topic))
            for topic in topics
        ],
        channels={c: words.text(f"channel_{c}") for c in _CHANNELS if f"channel_{c}" in words},
        case_url=case_url,
    )


def hit_view(hit: Hit, wanted: Wanted, counter: Counter) -> ls.HitView:
    message = hit.message
    shown = None
    if message is not None:
        shown = ls.FoundMessage(
            pos=message.pos,
            author=message.author.kind.value,
            note=message.kind is MessageKind.NOTE,
            at=message.at,
            pieces=[ls.Piece(text=part, hit=hit) for part, hit in pieces(message.text, wanted)],
        )
    return ls.HitView(conversation=conversation_view(hit.row, counter), message=shown)


def saved(view: SavedView) -> ls.ListFilters:
    """What was saved; a view of an older product that cannot be read any more shows everything."""
    try:
        return ls.ListFilters.model_validate(view.filters)
    except ValidationError:
        return ls.ListFilters()


def viewer_views(viewers: Sequence[Viewer]) -> list[ls.ViewerView]:
    return [
        ls.ViewerView.model_validate(
            {"id": v.agent, "name": v.name, "doing": v.doing, "until": v.until}
        )
        for v in viewers
    ]
