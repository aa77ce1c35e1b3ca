"""Reads a folder of word groups and rules, and says clearly what is wrong with a file.

``data/urgent/`` makes a lexicon of kinds of danger; ``read_rules`` takes any such folder.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import yaml

from handoff.urgent_match import RuleBook
from handoff.urgent_rules import Mask, Rule, Vocabulary
from handoff.urgent_words import WordIndex, fold

SHARED = "shared.yml"
LANGUAGES = ("nl", "en", "tr", "ar", "pl", "uk", "de")
_WITHIN = 8
_REACH = 9

Part = Mapping[str, object]


class LexiconError(ValueError):
    """A lexicon file cannot be used; the message names the file and the part."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of danger: how staff see it, where it goes, what the tenant reads and hears."""

    id: str
    label: str
    topic: str
    queue: str
    priority: int
    sensitive: bool
    safety: Mapping[str, str]
    spoken: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything ``recognise`` needs."""

    kinds: Mapping[str, Kind]
    book: RuleBook
    speech: Mapping[str, tuple[str, ...]]


def read_lexicon(folder: Path) -> Lexicon:
    """Read all files of the folder; groups of one file may be used in every other."""
    files = _files(folder)
    kinds = [_kind(name, content) for name, content in files.items() if "kind" in content]
    kinds.sort(key=lambda kind: kind.priority)
    return Lexicon(
        {kind.id: kind for kind in kinds},
        _book(files),
        _speech(_mapping(files[SHARED].get("languages"), SHARED)),
    )


def read_rules(folder: Path) -> RuleBook:
    """Read only groups, masks and rules; a kind needs no more than its ``id`` then.

    Raises:
        LexiconError: a file is missing a part, or names a group that does not exist.
    """
    return _book(_files(folder))


def _files(folder: Path) -> dict[str, Part]:
    files = {path.name: _read(path) for path in sorted(folder.glob("*.yml"))}
    if SHARED not in files:
        raise LexiconError(f"{folder / SHARED}: not found")
    return files


def _book(files: Mapping[str, Part]) -> RuleBook:
    shared = files[SHARED]
    neutral = [word for content in files.values() for word in _words(content.get("neutral"))]
    spellings = {
        short: str(full)
        for full, written in _mapping(shared.get("spellings"), SHARED).items()
        for short in _words(written)
    }
    vocabulary = Vocabulary(WordIndex(neutral, spellings))
    unions = {
        part: union
        for union, parts in _mapping(shared.get("unions"), SHARED).items()
        for part in _terms(parts)
    }
    groups = {name: _mapping(content.get("groups"), name) for name, content in files.items()}
    _add_groups(vocabulary, groups, unions)
    masks = [m for name, content in files.items() for m in _masks(vocabulary, name, content)]
    rules = [r for name, content in files.items() for r in _rules(vocabulary, name, content)]
    lifted = _mapping(shared.get("lifted_by"), SHARED)
    return RuleBook(
        vocabulary,
        tuple(rules),
        tuple(masks),
        {blocker: str(lifter) for blocker, lifter in lifted.items()},
    )


def _read(path: Path) -> Part:
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as wrong:
        raise LexiconError(f"{path}: {wrong}") from wrong
    return _mapping(content, path.name)


def _mapping(content: object, where: str) -> Part:
    if content is None:
        return {}
    if not isinstance(content, dict):
        raise LexiconError(f"{where}: a mapping is needed, not {type(content).__name__}")
    return cast(Part, content)


def _words(content: object) -> list[str]:
    if isinstance(content, dict):
        return [word for part in content.values() for word in _words(part)]
    return str(content or "").split()


def _terms(content: object) -> list[str]:
    return [term for term in (part.strip() for part in str(content or "").split(",")) if term]


def _add_groups(
    vocabulary: Vocabulary, files: Mapping[str, Part], unions: Mapping[str, str]
) -> None:
    """Single words first: phrases may refer to them with ``@group``."""
    todo = [
        (where, group, language, term)
        for where, groups in files.items()
        for name, by_language in groups.items()
        for group in (name, unions.get(name, name))
        for language, terms in _mapping(by_language, f"{where}: {name}").items()
        for term in _terms(terms)
    ]
    todo.sort(key=lambda entry: " " in entry[3] or "@" in entry[3])
    for where, group, language, term in todo:
        if language not in LANGUAGES:
            raise LexiconError(f"{where}: group {group} has unknown language {language}")
        try:
            vocabulary.add(group, language, term)
        except ValueError as wrong:
            raise LexiconError(f"{where}: group {group}: {wrong}") from wrong


def _masks(vocabulary: Vocabulary, where: str, content: Part) -> list[Mask]:
    masks = []
    for name, part in _mapping(content.get("masks"), where).items():
        mask = _mapping(part, f"{where}: mask {name}")
        hidden = frozenset(_terms(mask.get("hides")))
        _check_groups(vocabulary, f"{where}: mask {name}", hidden)
        _add_groups(vocabulary, {where: {f"mask.{name}": mask.get("terms")}}, {})
        masks.append(Mask(f"mask.{name}", hidden))
    return masks


def _kind(where: str, content: Part) -> Kind:
    part = _mapping(content["kind"], where)
    try:
        safety = {str(k): str(v).strip() for k, v in _mapping(part["safety"], where).items()}
        kind = Kind(
            id=str(part["id"]),
            label=str(part["label"]),
            topic=str(part["topic"]),
            queue=str(part["queue"]),
            priority=int(str(part["priority"])),
            sensitive=bool(part.get("sensitive", False)),
            safety=safety,
            spoken=str(part["spoken"]).strip(),
        )
    except KeyError as missing:
        raise LexiconError(f"{where}: kind has no {missing}") from missing
    absent = [language for language in LANGUAGES if not safety.get(language)]
    if absent:
        raise LexiconError(f"{where}: no safety text in {', '.join(absent)}")
    return kind


def _rules(vocabulary: Vocabulary, where: str, content: Part) -> list[Rule]:
    if "kind" not in content:
        return []
    kind = str(_mapping(content["kind"], where).get("id", ""))
    if not kind:
        raise LexiconError(f"{where}: kind has no 'id'")
    always = _terms(content.get("unless"))
    rules = []
    for name, part in _mapping(content.get("rules"), where).items():
        entry = _mapping(part, f"{where}: rule {name}")
        groups = tuple(_terms(entry.get("near") or entry.get("seq")))
        unless = [] if entry.get("firm") else always
        unless = [*unless, *_terms(entry.get("unless"))]
        if not groups:
            raise LexiconError(f"{where}: rule {name} has no groups")
        _check_groups(vocabulary, f"{where}: rule {name}", {*groups, *unless})
        rules.append(
            Rule(
                id=f"{kind}.{name}",
                kind=kind,
                groups=groups,
                within=int(str(entry.get("within", _WITHIN))),
                ordered="seq" in entry,
                unless=tuple(unless),
                reach=int(str(entry.get("reach", _REACH))),
            )
        )
    return rules


def _check_groups(vocabulary: Vocabulary, where: str, names: frozenset[str] | set[str]) -> None:
    unknown = sorted(names - vocabulary.groups)
    if unknown:
        raise LexiconError(f"{where}: unknown group {', '.join(unknown)}")


def _speech(languages: Part) -> dict[str, tuple[str, ...]]:
    """Which languages a small everyday word belongs to."""
    found: dict[str, list[str]] = {}
    for language, words in languages.items():
        for word in _words(words):
            found.setdefault(fold(word), []).append(language)
    return {word: tuple(spoken) for word, spoken in found.items()}
