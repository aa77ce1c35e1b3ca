"""The encoder's layers in JAX, for training only; the assistant itself runs the ONNX graph."""

from collections.abc import Sequence

import jax
import jax.numpy as jnp

from bot.server.components.e5_package import Layer

Weights = dict[str, jax.Array]
"""One layer, on its way through training."""

_FAR_BELOW = -1e9


def to_jax(layers: Sequence[Layer]) -> list[Weights]:
    return [{name: jnp.asarray(value) for name, value in layer.items()} for layer in layers]


def from_jax(layers: Sequence[Weights]) -> list[Layer]:
    return [{name: jax.device_get(value) for name, value in layer.items()} for layer in layers]


def run(
    layers: Sequence[Weights],
    states: jax.Array,
    seen: jax.Array,
    *,
    heads: int,
    epsilon: float,
    chance: jax.Array | None = None,
    dropped: float = 0.0,
) -> jax.Array:
    """States (text, piece, hidden) after the layers; ``seen`` is 1 where a text has a piece.

    With ``chance`` (a random key) a share of what each half of a layer adds is left out. The
    layers stand under each other: as a loop they compile faster and run a third slower.
    """
    keys = jax.random.split(
        chance if chance is not None else jax.random.PRNGKey(0), 2 * len(layers)
    )
    unseen = (1 - seen)[:, None, None, :] * _FAR_BELOW

    def thin(added: jax.Array, key: jax.Array) -> jax.Array:
        if chance is None or not dropped:
            return added
        return added * jax.random.bernoulli(key, 1 - dropped, added.shape) / (1 - dropped)

    for number, layer in enumerate(layers):
        attended = thin(_attend(layer, states, unseen, heads), keys[2 * number])
        states = _normal(states + attended, layer, "attention", epsilon)
        inner = jax.nn.gelu(_dense(layer, states, "fi"), approximate=False)
        added = thin(_dense(layer, inner, "fo"), keys[2 * number + 1])
        states = _normal(states + added, layer, "output", epsilon)
    return states


def mean(states: jax.Array, seen: jax.Array) -> jax.Array:
    """The mean over the pieces of each text, of length one."""
    summed = (states * seen[..., None]).sum(axis=1) / seen.sum(axis=1, keepdims=True)
    return summed / jnp.linalg.norm(summed, axis=-1, keepdims=True)


def _attend(layer: Weights, states: jax.Array, unseen: jax.Array, heads: int) -> jax.Array:
    texts, pieces, hidden = states.shape

    def split(part: str) -> jax.Array:
        shape = (texts, pieces, heads, hidden // heads)
        return _dense(layer, states, part).reshape(shape).transpose(0, 2, 1, 3)

    likeness = split("q") @ split("k").transpose(0, 1, 3, 2) / (hidden / heads) ** 0.5
    shares = jax.nn.softmax(likeness + unseen, axis=-1)
    joined = (shares @ split("v")).transpose(0, 2, 1, 3).reshape(states.shape)
    return _dense(layer, joined, "ao")


def _dense(layer: Weights, states: jax.Array, part: str) -> jax.Array:
    return states @ layer[part] + layer[f"{part}_bias"]


def _normal(states: jax.Array, layer: Weights, part: str, epsilon: float) -> jax.Array:
    centred = states - states.mean(axis=-1, keepdims=True)
    spread = jax.lax.rsqrt(jnp.square(centred).mean(axis=-1, keepdims=True) + epsilon)
    return centred * spread * layer[f"{part}_scale"] + layer[f"{part}_shift"]
