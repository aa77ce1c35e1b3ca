"""Words that a caller is likely to say next: of the present question first, then of our topics."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.lined_yaml import LinedYaml, YamlBroken, read
from handoff.model import Choice

_DATA = Path(__file__).resolve().parents[2] / "data"


@dataclass(frozen=True, slots=True)
class HintBook:
    """``slots``: what answers the question for a slot of a form; ``always``: everything else."""

    always: tuple[str, ...]
    slots: Mapping[str, tuple[str, ...]]

    def of(self, slot: str | None, choices: Iterable[Choice] = ()) -> tuple[str, ...]:
        """For a caller who was asked for this slot and was offered these choices."""
        titles = (choice.title for choice in choices)
        return tuple(dict.fromkeys((*titles, *self.slots.get(slot or "", ()), *self.always)))


def load_hints(titles: Sequence[str], data: Path = _DATA) -> HintBook:
    """The book of ``data/phone.yml``, with the titles of our topics behind it.

    Raises:
        YamlBroken: ``hints`` is not what it should be, with file and line.
    """
    source = read(data / "phone.yml")
    hints = source.data.get("hints")
    if not isinstance(hints, Mapping) or not _is_words(hints.get("always")):
        raise YamlBroken(source.file, source.line_of("hints"), "hints: always must list words")
    repairs = read(data / "repair_words.yml")
    slots = hints.get("slots") or {}
    words = {name: _words(source, repairs, name, given) for name, given in slots.items()}
    return HintBook((*hints["always"], *titles), words)


def _words(source: LinedYaml, repairs: LinedYaml, slot: str, given: object) -> tuple[str, ...]:
    line = source.line_of("hints", "slots", slot)
    if not isinstance(given, Mapping):
        raise YamlBroken(source.file, line, f"{slot} needs words or words_of")
    if _is_words(given.get("words")):
        return tuple(given["words"])
    listed = repairs.data.get(str(given.get("words_of")))
    if not isinstance(listed, list):
        raise YamlBroken(source.file, line, f"{slot}: {given.get('words_of')} is no list of words")
    return tuple(str(one["label"]) for one in listed)


def _is_words(given: object) -> bool:
    return isinstance(given, list) and all(isinstance(word, str) for word in given)
