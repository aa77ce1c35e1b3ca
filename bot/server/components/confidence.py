"""From which confidence on the assistant answers, per topic, and when it had better not guess.

All is fitted on texts of writers whom the model had not met, and stored with the model.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

import numpy as np

from bot.server.components import calibration

_LEAST_ALARM = 0.2
CHOICES = 3
"""Topics that are offered when the assistant asks back."""


@dataclass(frozen=True)
class Promise:
    """What is promised of the answers given."""

    allowed_wrong: float = 0.02
    """Of the answers given, at most this share wrong."""
    strict: Mapping[str, float] = field(default_factory=dict)
    """A smaller share for topics where a wrong answer costs more; ``rent_*`` names many."""
    refusals: tuple[str, ...] = ()
    """Intents that answer nothing: taking a text for one of them is no wrong answer."""
    also_right: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """An answer, and the topics for whose texts it is right as well."""
    worth_asking: float = 0.5
    """Choices are offered when they hold the right one at least this often."""
    alarms: tuple[str, ...] = ()
    """Intents of danger. They count together, and far below the threshold of an answer."""
    allowed_alarms: float = 0.005
    """Of the texts without danger, at most this share may alarm."""

    def allowed_for(self, name: str) -> float:
        found = [share for pattern, share in self.strict.items() if fnmatchcase(name, pattern)]
        return min([self.allowed_wrong, *found])

    def right(self, names: Sequence[str]) -> np.ndarray:
        """Whether the answer of a column is right for a text of the topic of a row."""
        found = np.eye(len(names), dtype=bool)
        for place, answer in enumerate(names):
            for row, name in enumerate(names):
                found[row, place] |= _is_one(name, self.also_right.get(answer, ()))
        return found

    def is_refusal(self, name: str) -> bool:
        return _is_one(name, self.refusals)

    def is_alarm(self, name: str) -> bool:
        return _is_one(name, self.alarms)


@dataclass(frozen=True)
class Confidence:
    """What held-out texts said about this model. Stored with it."""

    threshold: float = 0.6
    """For a topic without a threshold of its own."""
    thresholds: Mapping[str, float] = field(default_factory=dict)
    ask_from: float = 0.0
    """Below this sum of the likeliest three a person is better than choices."""
    alarm_from: float = 1.0
    """From this sum of the shares of all dangers on, the text is taken for one."""
    alarms: Sequence[str] = ()
    texts: int = 0
    accuracy: float = 0.0
    answered: float = 0.0
    wrong_among_answers: float = 0.0
    calibration_error: float = 0.0

    def threshold_of(self, name: str) -> float:
        return self.thresholds.get(name, self.threshold)


def measure(
    scores: np.ndarray, truth: np.ndarray, names: Sequence[str], promise: Promise
) -> Confidence:
    """Fit thresholds on held-out scores (text, topic) of honest size."""
    if not len(truth):
        return Confidence()
    shares = calibration.probabilities(scores)
    sure, taken = shares.max(axis=1), shares.argmax(axis=1)
    allowed_answers = promise.right(names)
    right = allowed_answers[truth, taken]
    answering = np.array([not promise.is_refusal(name) for name in names])[taken]
    strict = sorted({promise.allowed_for(name) for name in names})
    common = {
        share: calibration.fit_threshold(sure[answering], right[answering], share)
        for share in {promise.allowed_wrong, *strict}
    }
    thresholds = {}
    for place, name in enumerate(names):
        allowed, mine = promise.allowed_for(name), answering & (taken == place)
        thresholds[name] = calibration.own_threshold(
            sure[mine], right[mine], allowed, common[allowed]
        )
    bars = np.array([thresholds[name] for name in names])[taken]
    answered = answering & (sure >= bars)
    top = np.argsort(-shares, axis=1)[:, :CHOICES]
    return Confidence(
        threshold=round(common[promise.allowed_wrong], 4),
        thresholds={name: round(value, 4) for name, value in thresholds.items()},
        ask_from=round(
            _ask_from(shares, top, allowed_answers[truth], ~answered, promise.worth_asking), 4
        ),
        alarm_from=round(_alarm_from(shares, truth, names, promise), 4),
        alarms=[name for name in names if promise.is_alarm(name)],
        texts=len(truth),
        accuracy=round(float(right.mean()), 4),
        answered=round(float(answered.mean()), 4),
        wrong_among_answers=round(float((~right[answered]).mean()) if answered.any() else 0.0, 4),
        calibration_error=round(calibration.expected_error(sure, right), 4),
    )


def _is_one(name: str, patterns: Iterable[str]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)


def _alarm_from(
    shares: np.ndarray, truth: np.ndarray, names: Sequence[str], promise: Promise
) -> float:
    """The lowest sum at which the texts without danger keep quiet."""
    danger = np.array([promise.is_alarm(name) for name in names])
    quiet = np.sort(shares[:, danger].sum(axis=1)[~danger[truth]])
    if not danger.any() or not len(quiet):
        return 1.0
    place = min(len(quiet) - 1, int(np.ceil(len(quiet) * (1 - promise.allowed_alarms))))
    return float(min(max(quiet[place], _LEAST_ALARM), 1.0))


def _ask_from(
    shares: np.ndarray, top: np.ndarray, right: np.ndarray, asked: np.ndarray, worth: float
) -> float:
    """The lowest sum of the choices' shares from which they hold the right one often enough."""
    summed = np.take_along_axis(shares, top, axis=1).sum(axis=1)[asked]
    holds = np.take_along_axis(right, top, axis=1).any(axis=1)[asked]
    edges = np.arange(0.0, 0.8, 0.05)
    for edge in edges:
        near = (summed >= edge) & (summed < edge + 0.1)
        if near.sum() >= 5 and holds[near].mean() >= worth:
            return float(edge)
    return 0.0
