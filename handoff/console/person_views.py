"""From a person on several channels to what the console shows, with its Dutch labels."""

from __future__ import annotations

from handoff.console import person_schemas as s
from handoff.console.person_work import Person, Place
from handoff.counter import Counter
from handoff.model import Conversation, Message


def person_view(person: Person, counter: Counter) -> s.PersonView:
    return s.PersonView(
        joined=[_address(place, counter) for place in person.joined],
        earlier=[_earlier(talk, last, counter) for talk, last in person.earlier],
        proposals=[_address(place, counter) for place in person.proposals],
    )


def _address(place: Place, counter: Counter) -> s.AddressView:
    return s.AddressView(
        channel=place.at.channel,
        channel_label=_channel(place.at.channel, counter),
        address=place.at.address,
        conversation=place.conversation.id,
        reference=place.conversation.reference,
        here=place.here,
        can_send=place.can_send,
        window_closes_at=place.window.closes_at if place.window else None,
    )


def _earlier(talk: Conversation, last: Message | None, counter: Counter) -> s.EarlierView:
    topic = counter.catalogue.get(talk.topic or "")
    return s.EarlierView(
        id=talk.id,
        reference=talk.reference,
        channel=talk.channel,
        channel_label=_channel(talk.channel, counter),
        state=talk.state.value,
        topic_title=topic.title if topic else None,
        opened_at=talk.opened_at,
        changed_at=last.at if last else talk.opened_at,
    )


def _channel(name: str, counter: Counter) -> str:
    """The Dutch label, or the bare name of a channel nobody has worded yet."""
    key = f"channel_{name}"
    return counter.words.text(key) if key in counter.words else name
