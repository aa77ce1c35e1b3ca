"""A question of ours with a few answers, and what a tenant picks. Pure: words in, choice out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from actions.dutch_when import AMSTERDAM, When, find_when
from actions.wording import Phrase, find, is_just, words_of

_FILE = Path(__file__).resolve().parents[2] / "data" / "repair_picks.yml"
SHOWN = 3
"""So many of the answers that are not always there are offered at once."""
STOP, PERSON, NONE, FREE, UNCLEAR = "stop", "person", "none", "free", "unclear"
YES, NO, FINE, OTHER = "yes", "no", "fine", "other"
_SPARE = 4
_TELLING = 4
"""Shorter words say nothing of which answer is meant."""


@dataclass(frozen=True, slots=True)
class Option:
    """One answer. ``begin`` and ``end`` (aware) where it is a block of time."""

    value: str
    title: str
    phrases: tuple[Phrase, ...] = ()
    begin: datetime | None = None
    end: datetime | None = None

    def written(self) -> dict[str, str]:
        times = {"begin": self.begin, "end": self.end}
        told = {name: moment.isoformat() for name, moment in times.items() if moment}
        return {"value": self.value, "title": self.title, **told}

    @classmethod
    def read(cls, raw: Mapping[str, Any]) -> Option:
        begin, end = raw.get("begin"), raw.get("end")
        return cls(
            str(raw["value"]),
            str(raw["title"]),
            begin=datetime.fromisoformat(str(begin)) if begin else None,
            end=datetime.fromisoformat(str(end)) if end else None,
        )


@dataclass(frozen=True, slots=True)
class Offer:
    """What was asked: the question's name, the answers that differ each time, and what goes on.

    ``then`` is the action that takes the answer; ``key`` names this question once, so that what
    is written because of its answer is written once; ``about`` is the thing it is about.
    """

    pick: str
    then: str
    key: str
    options: tuple[Option, ...] = ()
    about: str = ""
    told: str = ""
    at: int = 0

    @property
    def shown(self) -> tuple[Option, ...]:
        """Those that are offered now, then those that are always there."""
        return (*self.options[self.at : self.at + SHOWN], *pick_lists().picks[self.pick].options)

    @property
    def more(self) -> Offer | None:
        """The same question with the next answers; None when there are none."""
        later = self.at + SHOWN
        return replace(self, at=later) if later < len(self.options) else None

    def written(self) -> dict[str, Any]:
        """As it lies in a slot."""
        return {
            "pick": self.pick,
            "then": self.then,
            "key": self.key,
            "about": self.about,
            "told": self.told,
            "at": self.at,
            "options": [option.written() for option in self.options],
        }

    @classmethod
    def read(cls, raw: object) -> Offer | None:
        """Out of a slot; None for what is not one of ours."""
        if not isinstance(raw, Mapping) or raw.get("pick") not in pick_lists().picks:
            return None
        names = ("pick", "then", "key", "about", "told")
        return cls(
            **{name: str(raw.get(name) or "") for name in names},
            options=tuple(Option.read(each) for each in raw.get("options") or ()),
            at=int(raw.get("at") or 0),
        )


@dataclass(frozen=True, slots=True)
class Pick:
    """The part of a question that is always the same."""

    ask: str
    options: tuple[Option, ...]
    free: bool


@dataclass(frozen=True, slots=True)
class Lists:
    picks: Mapping[str, Pick]
    places: Mapping[str, tuple[Phrase, ...]]
    stop: tuple[Phrase, ...]
    report: tuple[Phrase, ...]


def picked(text: str, offer: Offer, at: datetime) -> str | None:
    """The value of the answer that the text picks; None when it picks none, or several."""
    spoken, lists = words_of(text), pick_lists()
    if not spoken:
        return None
    titled = [option for option in offer.shown if words_of(option.title) == spoken]
    if titled:
        return titled[0].value
    by_place = _by_place(spoken, offer, lists)
    if by_place and not _tells_time(spoken, offer, at, lists):
        return by_place
    by_time = _by_time(text, offer.options, at)
    if by_time:
        return by_time
    fixed = lists.picks[offer.pick].options
    alone = [option for option in fixed if is_just(option.phrases, spoken, spare=_SPARE)]
    return _best(alone or fixed, spoken) or _by_words(spoken, offer.options)


def stops(text: str) -> bool:
    return is_just(pick_lists().stop, words_of(text), spare=2)


def _by_time(text: str, options: Sequence[Option], at: datetime) -> str | None:
    """The block that fits the day and the hour that were said, if only one does; NONE if none."""
    timed = [option for option in options if option.begin]
    wanted = find_when(text, at) if timed else ()
    if not wanted:
        return None
    fitting = fitting_blocks(timed, wanted)
    if not fitting:
        return NONE
    return fitting[0].value if len(fitting) == 1 else None


def fitting_blocks(options: Sequence[Option], wanted: Sequence[When]) -> list[Option]:
    """Those on the very day; else those on that day of another week."""
    for whens in (wanted, tuple(map(any_week, wanted))):
        fitting = [option for option in options if any(fits(option, when) for when in whens)]
        if fitting:
            return fitting
    return []


def any_week(when: When) -> When:
    """ "woensdag" is this Wednesday, and if nobody can come then, another one."""
    if when.first is None or when.first != when.last:
        return When(None, None, when.weekly, when.start, when.end)
    return When(None, None, frozenset({when.first.weekday()}), when.start, when.end)


def narrowed(text: str, offer: Offer, at: datetime) -> Offer | None:
    """The same question with the blocks first that fit what was said; None when nothing changes."""
    fitting = fitting_blocks(offer.options, find_when(text, at))
    others = tuple(option for option in offer.options if option not in fitting)
    better = replace(offer, options=(*fitting, *others), at=0)
    return better if fitting and better != offer else None


def fits(option: Option, when: When) -> bool:
    """Whether a block of time lies, at least in part, in this stretch."""
    if option.begin is None or option.end is None:
        return False
    begin, end = option.begin.astimezone(AMSTERDAM), option.end.astimezone(AMSTERDAM)
    day = begin.date()
    if (when.first and day < when.first) or (when.last and day > when.last):
        return False
    if when.weekly and day.weekday() not in when.weekly:
        return False
    if when.start and when.start == when.end:
        return begin.time() <= when.start < end.time()
    starts = when.start is None or end.time() > when.start
    return starts and (when.end is None or begin.time() < when.end)


def _tells_time(spoken: Sequence[str], offer: Offer, at: datetime, lists: Lists) -> bool:
    """Whether a day or hour is told beside the place: "dinsdag de eerste" is no first answer."""
    places = {word for named in lists.places.values() for each in named for word in each.words}
    rest = " ".join(word for word in spoken if word not in places)
    return any(option.begin for option in offer.options) and bool(find_when(rest, at))


def _by_place(spoken: Sequence[str], offer: Offer, lists: Lists) -> str | None:
    shown = offer.options[offer.at : offer.at + SHOWN] or offer.shown
    order = ("first", "second", "third")
    for place, name in enumerate(order):
        if place < len(shown) and is_just(lists.places[name], spoken, spare=_SPARE):
            return shown[place].value
    return shown[-1].value if is_just(lists.places["last"], spoken, spare=_SPARE) else None


def _best(options: Sequence[Option], spoken: Sequence[str]) -> str | None:
    scored = [
        (max((find(phrase, spoken) for phrase in option.phrases), default=0.0), -place, option)
        for place, option in enumerate(options)
    ]
    score, _, option = max(scored, default=(0.0, 0, None), key=lambda each: each[:2])
    return option.value if option and score else None


def _by_words(spoken: Sequence[str], options: Sequence[Option]) -> str | None:
    """The one answer whose title shares a telling word with what was said."""
    telling = {word for word in spoken if len(word) >= _TELLING or word.isdecimal()}
    near = [option for option in options if telling & set(words_of(option.title))]
    return near[0].value if len(near) == 1 else None


@lru_cache(maxsize=1)
def pick_lists() -> Lists:
    raw: Mapping[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return Lists(
        {str(name): _pick(each) for name, each in raw["picks"].items()},
        {str(name): _phrases(words) for name, words in raw["places"].items()},
        _phrases(raw["stop"]),
        _phrases(raw["report"]),
    )


def _pick(raw: Mapping[str, Any]) -> Pick:
    options = tuple(
        Option(str(each["value"]), str(each["title"]), _phrases(each["words"]))
        for each in raw.get("options") or ()
    )
    return Pick(str(raw["ask"]), options, bool(raw.get("free")))


def _phrases(words: Sequence[object]) -> tuple[Phrase, ...]:
    return tuple(Phrase.read(str(word)) for word in words)
