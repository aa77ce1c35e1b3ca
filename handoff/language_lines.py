"""Below a Dutch reply: one line, and in danger the safety text, in the tenant's own language.

Pure: which language a tenant writes is read from the words of the conversation, newest first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.lined_yaml import YamlBroken, read
from handoff.change import Change
from handoff.languages import DUTCH, LANGUAGES, Languages
from handoff.model import (
    AuthorKind,
    Draft,
    Message,
    MessageKind,
    State,
    Visibility,
    Waiting,
)
from handoff.policy import EDITED
from handoff.urgent_words import fold

OFFER, COMING, URGENT, HELP = "offer", "coming", "urgent", "help"
_PARTS = (OFFER, COMING, URGENT, HELP)
LANGUAGE_TOPIC = "language_help"
_LOOKED_AT = 30
"""So many messages of the tenant back a language is remembered."""
_FULL_SENTENCE = 3
"""Shorter messages do not change the language: "ok", "medewerker", "thanks"."""
_GAP = "\n\n"


@dataclass(frozen=True, slots=True)
class LanguageLines:
    """The lines by part and language; ``safety`` by kind of danger and language.

    ``danger_of``: which kind of danger a topic tells of.
    """

    languages: Languages
    lines: Mapping[str, Mapping[str, str]]
    names: Mapping[str, str] = field(default_factory=dict)
    safety: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    danger_of: Mapping[str, str] = field(default_factory=dict)

    def spoken_in(self, texts: Sequence[str]) -> str:
        """The language a tenant writes, from all he said, oldest first; Dutch when in doubt."""
        short: str | None = None
        for text in reversed(texts[-_LOOKED_AT:]):
            language = self.languages.recognise(text)
            if language is None:
                continue
            if len(text.split()) >= _FULL_SENTENCE:
                return language
            short = short or language
        return short or DUTCH

    def added_to(self, change: Change, messages: Iterable[Message]) -> Change:
        """The change with what the tenant reads in his own language, after these messages."""
        both: list[Message | Draft] = [*messages, *change.drafts]
        said = [one for one in both if one.author.kind is AuthorKind.TENANT]
        typed = typed_by_tenant(said)
        language = self.spoken_in(typed)
        if change.topic == LANGUAGE_TOPIC and not isinstance(change.holder, Waiting):
            return _ending_with(change, self._help(language, said))
        if language == DUTCH:
            return change
        return _ending_with(self._with_safety(change, language), self._line(change, language))

    def off(self, messages: Iterable[Message]) -> list[Message]:
        """The messages with our own words as they were before a line came below them."""
        return [replace(one, text=self.without(one.text)) for one in messages]

    def without(self, text: str) -> str:
        """Our own words without the line below them."""
        above, gap, last = text.rpartition(_GAP)
        ours = any(last == line for part in self.lines.values() for line in part.values())
        return above if gap and ours else text

    def _line(self, change: Change, language: str) -> str:
        last = _last_told(change)
        if last is None:
            return ""
        if change.urgent_kind:
            return self.lines[URGENT][language]
        told_by_us = change.drafts[last].author.kind is AuthorKind.BOT
        return self.lines[OFFER if told_by_us else COMING][language]

    def _help(self, language: str, said: Sequence[Message | Draft]) -> str:
        """Who names a language is answered in it; a button alone names none, so then in each."""
        if language == DUTCH and said and said[-1].payload is None:
            language = self._named_in(said[-1].text)
        elif language == DUTCH:
            return "\n".join(self.lines[OFFER][each] for each in LANGUAGES)
        return self.lines[HELP].get(language, "")

    def _named_in(self, text: str) -> str:
        words = (fold(word.strip(".,!?;:\"'()")) for word in text.split())
        return next((self.names[word] for word in words if word in self.names), DUTCH)

    def _with_safety(self, change: Change, language: str) -> Change:
        """The safety text in this language below the Dutch one, unless it stands there already."""
        kind = change.urgent_kind or self.danger_of.get(change.topic or "")
        texts = self.safety.get(kind or "")
        if not texts or any(texts[language] in draft.text for draft in change.drafts):
            return change
        told = [number for number, draft in enumerate(change.drafts) if _is_told(draft)]
        answers = [number for number in told if change.drafts[number].kind is MessageKind.TEXT]
        for place in (answers or told)[-1:]:
            return _below(change, place, texts[language])
        return change


def typed_by_tenant(messages: Iterable[Message | Draft]) -> list[str]:
    """What he typed himself: the words on our buttons are Dutch whoever presses them."""
    return [
        one.text
        for one in messages
        if one.author.kind is AuthorKind.TENANT and one.payload in (None, EDITED)
    ]


def load_lines(
    path: Path,
    languages: Languages,
    safety: Mapping[str, Mapping[str, str]],
    danger_of: Mapping[str, str],
) -> LanguageLines:
    """Read ``data/language_lines.yml``.

    Raises:
        YamlBroken: a line in one of the languages is missing, with file and line.
    """
    source = read(path)
    word = str(source.data.get("word", ""))
    lines: dict[str, dict[str, str]] = {}
    for part in (*_PARTS, "names"):
        content = source.data.get(part)
        content = content if isinstance(content, Mapping) else {}
        for language in LANGUAGES:
            if not isinstance(content.get(language), str):
                raise YamlBroken(path, source.line_of(part), f"{part}: no line in {language}")
        lines[part] = {each: str(content[each]).format(word=word) for each in LANGUAGES}
    named = lines.pop("names")
    names = {fold(name): each for each, listed in named.items() for name in listed.split()}
    return LanguageLines(languages, lines, names, safety, danger_of)


def _is_told(draft: Draft) -> bool:
    """Whether it is said to the tenant and not by him."""
    to_tenant = draft.visibility is Visibility.TENANT
    return to_tenant and draft.author.kind in (AuthorKind.BOT, AuthorKind.SYSTEM)


def _last_told(change: Change) -> int | None:
    """The last thing the tenant reads of this change, unless that only tells who has it now."""
    told = [number for number, draft in enumerate(change.drafts) if _is_told(draft)]
    if not told:
        return None
    last = change.drafts[told[-1]]
    answers = last.kind is MessageKind.TEXT or last.state is State.WAITING
    return told[-1] if answers else None


def _ending_with(change: Change, line: str) -> Change:
    last = _last_told(change)
    return _below(change, last, line) if line and last is not None else change


def _below(change: Change, number: int, text: str) -> Change:
    draft = change.drafts[number]
    longer = replace(draft, text=f"{draft.text}{_GAP}{text}")
    return replace(change, drafts=(*change.drafts[:number], longer, *change.drafts[number + 1 :]))
