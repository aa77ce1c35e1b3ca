"""Quick replies that are typed: on a channel without buttons the tenant answers "2" or "de tweede".

Pure: the words for a place in a list stand in ``data/choices.yml``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.lined_yaml import LinedYaml, YamlBroken, read
from handoff.model import AuthorKind, Choice, Message, Visibility
from handoff.urgent_words import fold

_SHIPPED = Path(__file__).resolve().parents[1] / "data/choices.yml"
_LONGEST = 250
"""Characters; titles are shorter than this, and whoever writes more says more."""
_AROUND = ' .,!?;:…()[]"#*\ufe0f\u20e3'
"""What may stand around a word; the last two make a keycap emoji of a digit."""
_LAST = -1


@dataclass(frozen=True, slots=True)
class ChoiceWords:
    """Folded words. ``places``: which word is which place, counted from 1; -1 is the last.

    ``around``: words that may stand beside it without saying anything else.
    """

    places: Mapping[str, int]
    around: frozenset[str]

    def place_in(self, words: Sequence[str]) -> int | None:
        """The only place that is named, if nothing else is said."""
        said = [word for word in words if word not in self.around]
        # "one" is a number of its own, and says nothing in "the last one".
        said = said or [word for word in words if word in self.places]
        if len(said) != 1:
            return None
        word = said[0]
        return int(word) if word.isdecimal() else self.places.get(word)


def chosen(text: str, choices: Sequence[Choice], words: ChoiceWords) -> Choice | None:
    """The choice that a text is, as they were shown; None when it says anything else too."""
    if not choices or len(text) > _LONGEST:
        return None
    plain = _plain(text)
    for choice in choices:
        if text.strip() == choice.id or (plain and plain == _plain(choice.title)):
            return choice
    place = words.place_in(plain.split())
    if place == _LAST:
        return choices[-1]
    return choices[place - 1] if place and place <= len(choices) else None


def offered_in(messages: Sequence[Message]) -> Sequence[Choice]:
    """The quick replies of the last thing the tenant was told; nothing when it had none."""
    for message in reversed(messages):
        if message.visibility is Visibility.TENANT and message.author.kind is not AuthorKind.TENANT:
            return message.choices
    return ()


def _plain(text: str) -> str:
    """Folded words with one space between them, without what stands around them."""
    words = (word.strip(_AROUND) for word in fold(text).split())
    return " ".join(word for word in words if word)


def load_choice_words(path: Path) -> ChoiceWords:
    """Read ``data/choices.yml``.

    Raises:
        YamlBroken: a part is missing, or a word means two places; with file and line.
    """
    source = read(path)
    places: dict[str, int] = {}
    for place, word, line in _places(source):
        if word in places:
            raise YamlBroken(path, line, f"{word} stands here twice")
        places[word] = place
    return ChoiceWords(places, frozenset(_words(source, "around")))


@cache
def shipped_words() -> ChoiceWords:
    """The words of this product; they do not change while it runs."""
    return load_choice_words(_SHIPPED)


def _places(source: LinedYaml) -> Iterator[tuple[int, str, int]]:
    numbers = source.data.get("numbers")
    if not isinstance(numbers, Mapping):
        raise YamlBroken(source.file, source.line_of("numbers"), "numbers must be a mapping")
    for number in numbers:
        line = source.line_of("numbers", str(number))
        if not isinstance(number, int):
            raise YamlBroken(source.file, line, f"{number} is no number")
        for word in _words(source, "numbers", number):
            yield number, word, line
    for word in _words(source, "last"):
        yield _LAST, word, source.line_of("last")


def _words(source: LinedYaml, *key: str | int) -> list[str]:
    value: object = source.data
    for step in key:
        value = value.get(step) if isinstance(value, Mapping) else None
    if not isinstance(value, str):
        name = ".".join(str(step) for step in key)
        line = source.line_of(*(str(step) for step in key))
        raise YamlBroken(source.file, line, f"{name} must be words")
    return [_plain(word) for word in value.split()]
