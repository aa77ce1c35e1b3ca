"""What is in the words of staff: places still to be filled in, colleagues named, topics sought."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from bot.topic import Topic
from handoff.clean_text import clean_text

_VARIABLE = re.compile(r"\{([a-z_]+)\}")
_WORD = re.compile(r"[^\W_]+")
_FACT = re.compile(r"\[\[.*?\]\]")


def filled(text: str, known: Mapping[str, str]) -> str:
    """The text with what is known in its places; what is not known stays visible."""
    return _VARIABLE.sub(lambda place: known.get(place[1], place[0]), text)


def open_places(text: str) -> tuple[str, ...]:
    """The names of places that nobody filled in, in their order."""
    return tuple(dict.fromkeys(_VARIABLE.findall(text)))


def named_in(text: str, names: Mapping[str, str]) -> tuple[str, ...]:
    """Who is named with an ``@`` in a note. ``names``: by id. The longest name that fits counts,
    so "@Anna de Wit" is not also a colleague "Anna"."""
    by_length = sorted(names.items(), key=lambda one: -len(one[1]))
    found: dict[str, None] = {}
    lowered = text.casefold()
    for at in (place.end() for place in re.finditer(r"(?<!\w)@", lowered)):
        for id, name in by_length:
            said = name.casefold()
            if lowered.startswith(said, at) and not lowered[at + len(said) :][:1].isalnum():
                found[id] = None
                break
    return tuple(found)


def written_answer(topic: Topic) -> str | None:
    """What the assistant says about a topic when it is written, facts not filled in."""
    texts = [said for said in topic.said if said.channel is None]
    own = [said.text for said in texts if said.response == f"utter_{topic.name}"]
    return next(iter(own or [said.text for said in texts]), None)


def topics_about(topics: Iterable[Topic], query: str, most: int) -> Sequence[Topic]:
    """Topics with every word of the query in title, group or answer; a title that has them first.

    Any text is a query. An empty one gives the topics by title.
    """
    asked = clean_text(query)
    sought = [word.casefold() for word in _WORD.findall(asked)]
    if asked and not sought:
        return ()  # nothing but marks: that is said in no answer

    def missing(text: str) -> int:
        lowered = _FACT.sub("", text).casefold()
        return sum(word not in lowered for word in sought)

    def place(topic: Topic) -> tuple[int, str]:
        return missing(topic.title), topic.title

    hits = [t for t in topics if not missing(f"{t.title} {t.group} {written_answer(t) or ''}")]
    return sorted(hits, key=place)[:most]
