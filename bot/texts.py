"""The hub's own words, by key. All Dutch that is not an answer of a topic stands in one file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

from bot.lined_yaml import YamlBroken, read


class UnknownText(LookupError):
    """No text with this key, or a value that its text needs was not given."""


@dataclass(frozen=True, slots=True)
class Texts:
    """The catalogue. ``{name}`` in a text is filled in by the caller."""

    by_key: Mapping[str, str]

    @classmethod
    def load(cls, path: Path, fill: Callable[[str], str] = str) -> Texts:
        """Read ``data/texts.yml``.

        ``fill`` puts the corporation's settings in their places (``Facts.render_corporation``).

        Raises:
            YamlBroken: a value that is not a text, or a ``{place}`` that is not a plain name.
        """
        source = read(path)
        texts: dict[str, str] = {}
        for key, text in source.data.items():
            if not isinstance(text, str):
                raise YamlBroken(path, source.line_of(key), f"{key} must be a text between quotes")
            try:
                places = places_in(text)
            except ValueError as wrong:
                raise YamlBroken(path, source.line_of(key), f"{key}: {wrong}") from wrong
            if not all(place.isidentifier() for place in places):
                raise YamlBroken(path, source.line_of(key), f"{key}: use {{name}} with plain names")
            texts[str(key)] = fill(text)
        return cls(texts)

    def text(self, key: str, **values: object) -> str:
        """The text of a key, with its places filled in.

        Raises:
            UnknownText: no such key, or a place without a value.
        """
        if key not in self.by_key:
            raise UnknownText(key)
        try:
            return self.by_key[key].format_map(values)
        except KeyError as missing:
            raise UnknownText(f"{key} needs a value for {missing}") from missing

    def __contains__(self, key: object) -> bool:
        return key in self.by_key


def places_in(text: str) -> frozenset[str]:
    """The names between braces.

    Raises:
        ValueError: a brace that does not close.
    """
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)
