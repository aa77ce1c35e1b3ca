"""The figures of an evaluation, pure: what was read in, numbers out."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from evaluation.readings import ANSWER, ASK, Reading
from evaluation.sets import PERSON, Alarm, Stray, Utterance, Wish
from handoff.policy import LEAST_SHARE, MOST_CHOICES

DUTCH = "nl"
# What a text may be taken for without being "answered as a topic".
NO_TOPIC = ("out_of_scope", "chitchat", "greeting", "thanks", "goodbye", "affirm", "deny")
NO_TOPIC_PREFIX = "referral_"

Read = tuple[Utterance, Reading]


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many. ``None`` as value when there was nothing to count."""

    hits: int
    of: int

    @property
    def value(self) -> float | None:
        return self.hits / self.of if self.of else None

    @classmethod
    def among(cls, items: Iterable[bool]) -> Share:
        counted = list(items)
        return cls(sum(counted), len(counted))


@dataclass(frozen=True, slots=True)
class Point:
    """One threshold: the share answered, and the share wrong among the answers."""

    threshold: float
    answered: float
    wrong: float


@dataclass(frozen=True, slots=True)
class Bin:
    """Texts of like confidence: how sure the assistant was, how often it was right."""

    sure: float
    right: float
    texts: int


@dataclass(frozen=True, slots=True)
class Figures:
    """All measures of one assistant on one folder."""

    right_dutch: Share
    right_other: Share
    answered: Share
    wrong: Share
    within_choices: Share
    strays_answered: Share
    alarms_found: Share
    false_alarms: Share
    wishes_found: Share
    false_wishes: Share
    calibration_error: float | None
    milliseconds: tuple[float, float] | None
    """Median and 95th percentile for one message."""
    curve: tuple[Point, ...] = ()
    bins: tuple[Bin, ...] = ()
    confusions: tuple[tuple[str, str, int], ...] = ()
    """Right topic, topic taken, how often; most frequent first."""
    by_voice: dict[str, Share] = field(default_factory=dict)
    by_language: dict[str, Share] = field(default_factory=dict)


def is_right(utterance: Utterance, reading: Reading) -> bool:
    return reading.best in utterance.right


def understanding(
    read: Sequence[Read], strays: Sequence[tuple[Stray, Reading]], ms: Sequence[float]
) -> dict[str, object]:
    """The measures that need no rules of the hub."""
    answered = [pair for pair in read if pair[1].band == ANSWER]
    return {
        "right_dutch": Share.among(is_right(*pair) for pair in read if pair[0].language == DUTCH),
        "right_other": Share.among(is_right(*pair) for pair in read if pair[0].language != DUTCH),
        "answered": Share(len(answered), len(read)),
        "wrong": Share.among(not is_right(*pair) for pair in answered),
        "within_choices": Share.among(_within_choices(*pair) for pair in read),
        "strays_answered": Share.among(answered_as_topic(one, found) for one, found in strays),
        "calibration_error": _calibration_error(read),
        "milliseconds": (_quantile(ms, 0.5), _quantile(ms, 0.95)) if ms else None,
        "curve": tuple(_curve(read)),
        "bins": tuple(_bins(read)),
        "confusions": _confusions(read),
        "by_voice": _split(read, lambda utterance: utterance.voice),
        "by_language": _split(read, lambda utterance: utterance.language),
    }


def safety(read: Sequence[tuple[Alarm, Reading]]) -> dict[str, object]:
    """Emergencies found by the rules or the model, whichever fires; and what alarms for nothing."""
    return {
        "alarms_found": Share.among(alarms(found) for one, found in read if one.urgent),
        "false_alarms": Share.among(alarms(found) for one, found in read if not one.urgent),
    }


def wishes(read: Sequence[tuple[Wish, Reading]]) -> dict[str, object]:
    return {
        "wishes_found": Share.among(brings_person(found) for one, found in read if one.wanted),
        "false_wishes": Share.among(brings_person(found) for one, found in read if not one.wanted),
    }


def _within_choices(utterance: Utterance, reading: Reading) -> bool:
    """Right at once, or among the choices of the one ask-back."""
    if reading.band == ANSWER:
        return is_right(utterance, reading)
    likely = [name for name, share in reading.ranking if share >= LEAST_SHARE]
    offered = [name for name in likely if name not in NO_TOPIC][:MOST_CHOICES]
    return reading.band == ASK and any(name in utterance.right for name in offered)


def answered_as_topic(stray: Stray, reading: Reading) -> bool:
    """Something that is none of ours got an answer as if it were; referrals are none."""
    best = reading.best
    return reading.band == ANSWER and best not in NO_TOPIC and not best.startswith(NO_TOPIC_PREFIX)


def alarms(reading: Reading) -> bool:
    """The rules or the model hear danger, whichever fires."""
    return bool(reading.alarms) or reading.model_alarm


def brings_person(reading: Reading) -> bool:
    """The rules find it, or the model's best guess is a wish, however unsure (as the hub does)."""
    return reading.wants_person or reading.best == PERSON


def _calibration_error(read: Sequence[Read]) -> float | None:
    if not read:
        return None
    return sum(abs(bin.sure - bin.right) * bin.texts for bin in _bins(read)) / len(read)


def _bins(read: Sequence[Read], count: int = 10) -> list[Bin]:
    groups: list[list[Read]] = [[] for _ in range(count)]
    for pair in read:
        groups[min(int(pair[1].sure * count), count - 1)].append(pair)
    return [
        Bin(
            sure=sum(reading.sure for _, reading in group) / len(group),
            right=sum(is_right(*pair) for pair in group) / len(group),
            texts=len(group),
        )
        for group in groups
        if group
    ]


def _curve(read: Sequence[Read]) -> Iterable[Point]:
    """Share answered and share wrong when only the surest texts were answered."""
    ordered = sorted(read, key=lambda pair: -pair[1].sure)
    wrong = 0
    for number, pair in enumerate(ordered, start=1):
        wrong += not is_right(*pair)
        if number % max(1, len(ordered) // 100) == 0 or number == len(ordered):
            yield Point(pair[1].sure, number / len(ordered), wrong / number)


def _confusions(read: Sequence[Read]) -> tuple[tuple[str, str, int], ...]:
    wrong = Counter(
        (utterance.label, reading.best)
        for utterance, reading in read
        if not is_right(utterance, reading)
    )
    return tuple((right, taken, count) for (right, taken), count in wrong.most_common())


def _split(read: Sequence[Read], by: Callable[[Utterance], str]) -> dict[str, Share]:
    groups: dict[str, list[bool]] = {}
    for pair in read:
        groups.setdefault(by(pair[0]), []).append(is_right(*pair))
    return {name: Share.among(group) for name, group in sorted(groups.items()) if name}


def _quantile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, math.ceil(share * len(ordered)) - 1)]
