"""Tunes the upper layers of the encoder on the training texts.

Texts of one topic are drawn together and texts of different topics apart, by learning to name
the topic from the mean of the last states. The lower layers stay as they are, so their states
are computed once per text. Runs on JAX, and only when the assistant is trained.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from bot.server.components import e5_layers
from bot.server.components.e5_package import E5Package, Layer

SIZES = {16: 96, 24: 64, 36: 42, 64: 24, 128: 12}
"""Texts are filled up to one of these lengths, each compiled by itself; and so many of them make
one step, so that every step costs about the same."""


@dataclass(frozen=True)
class TuningSettings:
    layers: int = 6
    """How many of the upper layers learn."""
    epochs: int = 1
    most_texts: int = 20_000
    """Of more texts these many, by chance, are enough; all of them cost minutes."""
    rate: float = 3e-4
    head_rate: float = 2e-3
    warm_up: float = 0.1
    """Share of the steps in which the rate grows."""
    dropped: float = 0.1
    smoothing: float = 0.1
    """Share of each label that is spread over all topics: no text is beyond doubt."""
    sharpness: float = 20.0
    """Means have length one; this makes their likeness large enough to be sure of a topic."""
    decay: float = 0.01
    seed: int = 7


_NOBODY = -1
"""The topic of a row that holds no text."""


class Parameters(NamedTuple):
    layers: list[e5_layers.Weights]
    head: jax.Array
    bias: jax.Array


class _Moments(NamedTuple):
    first: Parameters
    second: Parameters


class Batch(NamedTuple):
    states: np.ndarray
    seen: np.ndarray
    truth: np.ndarray


def tune(
    package: E5Package,
    pieces: Sequence[list[int]],
    truth: np.ndarray,
    settings: TuningSettings,
    say: Callable[[str], None],
) -> list[Layer]:
    """The tuned upper layers; ``pieces`` are the word pieces of each text."""
    chance = np.random.default_rng(settings.seed)
    taken = np.sort(chance.permutation(len(pieces))[: settings.most_texts])
    pieces, truth = [pieces[number] for number in taken], truth[taken]
    depth = package.depth - settings.layers
    lower = [package.layer(number) for number in range(depth)]
    upper = [package.layer(number) for number in range(depth, package.depth)]
    states = _lower_states(package, lower, pieces, say)
    topics = int(truth.max()) + 1
    head = chance.normal(0, 0.02, (package.hidden, topics)).astype(np.float32)
    parameters = Parameters(e5_layers.to_jax(upper), jnp.asarray(head), jnp.zeros(topics))
    steps = settings.epochs * len(_groups(states, np.arange(len(states))))
    learner = _Learner(package, settings, steps)
    moments = _Moments(*(jax.tree_util.tree_map(jnp.zeros_like, parameters) for _ in range(2)))
    for epoch in range(settings.epochs):
        losses = []
        for batch in _batches(states, truth, chance):
            parameters, moments, loss = learner.step(parameters, moments, batch)
            losses.append(loss)
        say(f"tuning: round {epoch + 1} of {settings.epochs}, loss {np.mean(losses):.2f}")
    return e5_layers.from_jax(parameters.layers)


class _Learner:
    """Adam with a rate that grows and then falls to nought."""

    def __init__(self, package: E5Package, settings: TuningSettings, steps: int) -> None:
        self._package, self._settings, self._steps = package, settings, steps
        self._done = 0
        self._key = jax.random.PRNGKey(settings.seed)
        self._jitted = jax.jit(self._improved, donate_argnums=(0, 1))

    def step(
        self, parameters: Parameters, moments: _Moments, batch: Batch
    ) -> tuple[Parameters, _Moments, float]:
        self._done += 1
        warm = max(1, int(self._settings.warm_up * self._steps))
        left = (self._steps - self._done) / max(1, self._steps - warm)
        share = min(self._done / warm, max(0.0, left))
        self._key, key = jax.random.split(self._key)
        parameters, moments, loss = self._jitted(
            parameters, moments, batch, key, float(self._done), share
        )
        return parameters, moments, float(loss)

    def _loss(self, parameters: Parameters, batch: Batch, key: jax.Array) -> jax.Array:
        settings, package = self._settings, self._package
        states = e5_layers.run(
            parameters.layers,
            batch.states,
            batch.seen,
            heads=package.heads,
            epsilon=package.epsilon,
            chance=key,
            dropped=settings.dropped,
        )
        means = e5_layers.mean(states, batch.seen)
        scores = means @ parameters.head * settings.sharpness + parameters.bias
        topics = scores.shape[1]
        wanted = jax.nn.one_hot(batch.truth, topics) * (1 - settings.smoothing)
        wanted += settings.smoothing / topics
        counts = batch.truth != _NOBODY
        surprise = -(wanted * jax.nn.log_softmax(scores)).sum(axis=-1)
        return (surprise * counts).sum() / counts.sum()

    def _improved(
        self,
        parameters: Parameters,
        moments: _Moments,
        batch: Batch,
        key: jax.Array,
        done: float,
        share: float,
    ) -> tuple[Parameters, _Moments, jax.Array]:
        loss, slope = jax.value_and_grad(self._loss)(parameters, batch, key)
        each = jax.tree_util.tree_map
        first = each(lambda old, new: 0.9 * old + 0.1 * new, moments.first, slope)
        second = each(lambda old, new: 0.98 * old + 0.02 * new**2, moments.second, slope)

        def moved(rate: float, decay: float) -> Callable[..., jax.Array]:
            def move(weight: jax.Array, mean: jax.Array, square: jax.Array) -> jax.Array:
                root = jnp.sqrt(square / (1 - 0.98**done)) + 1e-6
                change = mean / (1 - 0.9**done) / root + decay * weight
                return weight - rate * share * change

            return move

        settings = self._settings
        slow, fast = moved(settings.rate, settings.decay), moved(settings.head_rate, settings.decay)
        parameters = Parameters(
            each(slow, parameters.layers, first.layers, second.layers),
            fast(parameters.head, first.head, second.head),
            fast(parameters.bias, first.bias, second.bias),
        )
        return parameters, _Moments(first, second), loss


def _lower_states(
    package: E5Package,
    lower: Sequence[Layer],
    pieces: Sequence[list[int]],
    say: Callable[[str], None],
) -> list[np.ndarray]:
    """The states below the layers that learn, half precision, one array per text."""
    known = e5_layers.to_jax(lower)

    @jax.jit
    def below(layers: list[e5_layers.Weights], states: jax.Array, seen: jax.Array) -> jax.Array:
        # The layers are an argument: as constants they would be folded at every compilation.
        heads, epsilon = package.heads, package.epsilon
        return e5_layers.run(layers, states, seen, heads=heads, epsilon=epsilon)

    found: list[np.ndarray] = [np.empty(0)] * len(pieces)
    first = [package.first_states(numbers) for numbers in pieces]
    for numbers in _groups(first, np.arange(len(first))):
        filled = _filled([first[number] for number in numbers], np.zeros(0, dtype=np.int32))
        above = np.asarray(below(known, filled.states, filled.seen))
        for row, number in enumerate(numbers):
            found[number] = above[row, : len(pieces[number])].astype(np.float16)
    say(f"tuning: {len(pieces)} texts read")
    return found


def _batches(
    states: Sequence[np.ndarray], truth: np.ndarray, chance: np.random.Generator
) -> Iterator[Batch]:
    """All texts once, in an order by chance, with texts of like length together."""
    groups = _groups(states, chance.permutation(len(states)))
    for place in chance.permutation(len(groups)):
        numbers = np.array(groups[place])
        yield _filled([states[number] for number in numbers], truth[numbers])


def _groups(states: Sequence[np.ndarray], order: np.ndarray) -> list[list[int]]:
    """Numbers of texts that go through together, each in the given order."""
    open_groups: dict[int, list[int]] = {length: [] for length in SIZES}
    groups = []
    for number in order:
        length = _length_for(len(states[number]))
        open_groups[length].append(int(number))
        if len(open_groups[length]) == SIZES[length]:
            groups.append(open_groups[length])
            open_groups[length] = []
    return groups + [group for group in open_groups.values() if group]


def _length_for(pieces: int) -> int:
    return next(length for length in SIZES if pieces <= length)


def _filled(states: Sequence[np.ndarray], truth: np.ndarray) -> Batch:
    """Texts of one batch under each other, filled up with nothing, which counts for nothing."""
    length = _length_for(max(map(len, states)))
    size, hidden = SIZES[length], states[0].shape[1]
    wide = np.zeros((size, length, hidden), dtype=np.float32)
    seen = np.zeros((size, length), dtype=np.float32)
    seen[len(states) :, 0] = 1  # an empty text must not divide by nought
    for row, one in enumerate(states):
        wide[row, : len(one)], seen[row, : len(one)] = one, 1
    wanted = np.full(size, _NOBODY, dtype=np.int32)
    wanted[: len(truth)] = truth
    return Batch(wide, seen, wanted)
