"""What is spoken of the log: our own words as a caller can hear them, in Dutch, with keys to press.

Pure. The log stays as it is; only what is heard differs from what is read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.lined_yaml import YamlBroken, read
from channels.port import Outbound, OutboundChoice
from handoff import policy
from handoff.counter import Counter
from handoff.language_lines import LanguageLines
from handoff.languages import DUTCH
from handoff.model import Message
from handoff.phone.spoken_dutch import SpokenDutch
from handoff.phone.telephone import Telephone
from handoff.urgent_words import fold

_SHIPPED = Path(__file__).resolve().parents[2] / "data/phone.yml"
_OTHERWISE = ("not_readable", "which_one", "closed", "waiting_ack")
"""Texts that speak of typing or of what stands below; aloud ``phone_<key>`` is said instead."""
_AROUND = " .,!?;:…()\"'"
_PERSON_KEY = 0


@dataclass(frozen=True, slots=True)
class Speech:
    """Words for one phone line, written out as they are said.

    ``repeats``: what asks to hear the last answer again; ``farewells``: what ends a call.
    """

    telephone: Telephone
    counter: Counter
    repeats: frozenset[str]
    farewells: frozenset[str]
    dutch: SpokenDutch

    def text(self, key: str, **values: object) -> str:
        return self.dutch.say(self.counter.words.text(key, **values))

    def asks_again(self, text: str) -> bool:
        """Whether these words ask for nothing but to hear the last answer again."""
        return _plain(text) in self.repeats

    def says_goodbye(self, text: str) -> bool:
        """Whether these words do nothing but end the call."""
        return _plain(text) in self.farewells

    def of(self, messages: Sequence[Message]) -> list[str]:
        """These messages as sentences, and the keys for the choices of the last one."""
        said = [line for message in messages for line in self._lines(message)]
        return said + (self.options(messages[-1]) if messages else [])

    def options(self, message: Message) -> list[str]:
        """Which key chooses what. A person is always key 0."""
        keys = (
            (_PERSON_KEY if policy.is_person_payload(choice.payload) else place, choice.title)
            for place, choice in enumerate(message.choices, 1)
        )
        return [self.text("phone_option", number=key, title=title) for key, title in keys]

    def _lines(self, message: Message) -> list[str]:
        text = only_dutch(message.text, self.counter.lines)
        text = self._said_otherwise().get(text, text)
        choices = tuple(OutboundChoice(choice.id, choice.title) for choice in message.choices)
        outbound = Outbound(message.id, "", message.author.name, text, choices)
        return [
            self.dutch.say(line)
            for part in self.telephone.render(outbound)
            if (line := str(part.payload["text"]).strip())
        ]

    def _said_otherwise(self) -> Mapping[str, str]:
        words = self.counter.words
        return {words.text(key): words.text(f"phone_{key}") for key in _OTHERWISE}


def only_dutch(text: str, lines: LanguageLines) -> str:
    """Our own words without what was put below them in another language: a Dutch voice says it."""
    for texts in lines.safety.values():
        for language, safety in texts.items():
            if language != DUTCH:
                text = text.replace(safety, "")
    foreign = {line for part in lines.lines.values() for line in part.values()}
    return "\n".join(line for line in text.split("\n") if line not in foreign).strip()


def load_phrases(name: str, path: Path = _SHIPPED) -> frozenset[str]:
    """One list of whole phrases from ``data/phone.yml``, such as ``repeat``.

    Raises:
        YamlBroken: they are not there, with file and line.
    """
    source = read(path)
    listed = source.data.get(name)
    if not isinstance(listed, Mapping) or not all(isinstance(v, str) for v in listed.values()):
        raise YamlBroken(path, source.line_of(name), f"{name} must hold words per language")
    phrases = (phrase for words in listed.values() for phrase in words.split(","))
    return frozenset(plain for phrase in phrases if (plain := _plain(phrase)))


def _plain(text: str) -> str:
    words = (word.strip(_AROUND) for word in fold(text).split())
    return " ".join(word for word in words if word)
