"""Writes the encoder's layers as an ONNX graph with 8-bit weights.

The graph takes the first states of one text and gives the mean of its states half way and at
the end. Eight bits keep what tuning changed; the four bits of the package would round it away.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from bot.server.components.e5_package import Layer

STATES, HALF_WAY, FINAL = "states", "half_way", "final"
_OPSET = 17
_IR = 8


@dataclass(frozen=True)
class Shape:
    hidden: int
    heads: int
    epsilon: float


def write_graph(layers: Sequence[Layer], half_way: int, shape: Shape, file: Path) -> None:
    """Write all layers to ``file``; ``half_way`` of them lie below the first output."""
    graph = _Graph(shape)
    states = STATES
    for number, layer in enumerate(layers):
        states = graph.layer(states, layer, f"l{number}")
        if number + 1 == half_way:
            graph.mean(states, HALF_WAY)
    graph.mean(states, FINAL)
    rough = file.with_suffix(".whole.onnx")
    onnx.save(graph.model(), rough)
    quantize_dynamic(rough, file, weight_type=QuantType.QInt8, per_channel=True)
    rough.unlink()


class _Graph:
    """Collects nodes. One text at a time, so that no position has to be masked."""

    def __init__(self, shape: Shape) -> None:
        self._shape = shape
        self._nodes: list[onnx.NodeProto] = []
        self._stored: list[onnx.TensorProto] = []
        width = shape.hidden // shape.heads
        self._store("split", np.array([-1, shape.heads, width], dtype=np.int64))
        self._store("join", np.array([-1, shape.hidden], dtype=np.int64))
        self._store("root", np.array(1 / np.sqrt(width), dtype=np.float32))
        for name, value in (("half", 0.5), ("one", 1.0), ("root_half", np.sqrt(0.5))):
            self._store(name, np.array(value, dtype=np.float32))

    def layer(self, states: str, weights: Layer, name: str) -> str:
        heads = {
            part: self._heads(states, weights, part, name, turned=part == "k")
            for part in ("q", "k", "v")
        }
        likeness = self._node("MatMul", heads["q"], heads["k"])
        shares = self._node("Softmax", self._node("Mul", likeness, "root"), axis=-1)
        mixed = self._node("MatMul", shares, heads["v"])
        joined = self._node("Reshape", self._node("Transpose", mixed, perm=[1, 0, 2]), "join")
        attended = self._dense(joined, weights, "ao", name)
        states = self._normal(self._node("Add", states, attended), weights, "attention", name)
        inner = self._bend(self._dense(states, weights, "fi", name))
        added = self._node("Add", states, self._dense(inner, weights, "fo", name))
        return self._normal(added, weights, "output", name)

    def mean(self, states: str, output: str) -> None:
        node = helper.make_node("ReduceMean", [states], [output], axes=[0], keepdims=0)
        self._nodes.append(node)

    def model(self) -> onnx.ModelProto:
        hidden = self._shape.hidden
        takes = helper.make_tensor_value_info(STATES, TensorProto.FLOAT, ["pieces", hidden])
        gives = [
            helper.make_tensor_value_info(name, TensorProto.FLOAT, [hidden])
            for name in (HALF_WAY, FINAL)
        ]
        graph = helper.make_graph(self._nodes, "encoder", [takes], gives, self._stored)
        opset = [helper.make_opsetid("", _OPSET)]
        return helper.make_model(graph, opset_imports=opset, ir_version=_IR)

    def _heads(self, states: str, weights: Layer, part: str, name: str, *, turned: bool) -> str:
        split = self._node("Reshape", self._dense(states, weights, part, name), "split")
        return self._node("Transpose", split, perm=[1, 2, 0] if turned else [1, 0, 2])

    def _dense(self, states: str, weights: Layer, part: str, name: str) -> str:
        matrix = self._store(f"{name}.{part}", weights[part])
        bias = self._store(f"{name}.{part}_bias", weights[f"{part}_bias"])
        return self._node("Add", self._node("MatMul", states, matrix), bias)

    def _normal(self, states: str, weights: Layer, part: str, name: str) -> str:
        scale = self._store(f"{name}.{part}_scale", weights[f"{part}_scale"])
        shift = self._store(f"{name}.{part}_shift", weights[f"{part}_shift"])
        epsilon = self._shape.epsilon
        return self._node("LayerNormalization", states, scale, shift, axis=-1, epsilon=epsilon)

    def _bend(self, states: str) -> str:
        """The exact GELU: x * (1 + erf(x / sqrt 2)) / 2."""
        bent = self._node("Erf", self._node("Mul", states, "root_half"))
        return self._node("Mul", self._node("Mul", states, self._node("Add", bent, "one")), "half")

    def _node(self, kind: str, *takes: str, **settings: object) -> str:
        name = f"n{len(self._nodes)}"
        self._nodes.append(helper.make_node(kind, list(takes), [name], **settings))
        return name

    def _store(self, name: str, value: np.ndarray) -> str:
        self._stored.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name
