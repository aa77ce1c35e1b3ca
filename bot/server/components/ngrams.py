"""Words, letters, pieces and sounds of a text, weighed by tf-idf: the views of what is written.

Each survives another kind of error: the start of a word as it sounds (endings, spelling by ear),
its letters in any order (swapped keys), pieces of words (compounds), and the sounds of the whole
text without spaces (words cut or joined wrongly).
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.server.components import dutch

_START = 5
"""Sounds at the start of a word that say which word it is."""


def _starts(plain: str) -> str:
    return " ".join(word[:_START] for word in dutch.sounds(plain).split())


def _letters(plain: str) -> str:
    return " ".join(word[0] + "".join(sorted(set(word))) for word in dutch.sounds(plain).split())


def _pieces(plain: str) -> str:
    return plain


def _stream(plain: str) -> str:
    return dutch.sounds(plain).replace(" ", "")


@dataclass(frozen=True)
class Kind:
    """How a plain text is written before it is cut, and how it is cut."""

    rewrite: Callable[[str], str]
    analyzer: str
    lengths: tuple[int, int]

    def vectorizer(self, **more: object) -> TfidfVectorizer:
        words = {"token_pattern": r"\S+"} if self.analyzer == "word" else {}
        return TfidfVectorizer(
            sublinear_tf=True,
            dtype=np.float32,
            lowercase=False,
            preprocessor=self.rewrite,
            analyzer=self.analyzer,
            ngram_range=self.lengths,
            **words,
            **more,
        )


KINDS = {
    "words": Kind(_starts, "word", (1, 2)),
    "letters": Kind(_letters, "word", (1, 2)),
    "pieces": Kind(_pieces, "char_wb", (2, 5)),
    "sounds": Kind(_stream, "char", (3, 5)),
}


class NGrams:
    """Fitted on the training texts; kept as JSON, never as a pickle."""

    def __init__(self, parts: dict[str, TfidfVectorizer]) -> None:
        self._parts = parts

    @classmethod
    def fit(cls, texts: Sequence[str]) -> "NGrams":
        plain = [dutch.plain(text) for text in texts]
        # What occurs once can be learned from, but not by heart: with few texts all is rare.
        least = 2 if len(texts) > 1000 else 1
        return cls({name: kind.vectorizer(min_df=least).fit(plain) for name, kind in KINDS.items()})

    def transform(self, texts: Sequence[str]) -> list[csr_matrix]:
        """One matrix per kind, one row per text."""
        plain = [dutch.plain(text) for text in texts]
        return [part.transform(plain) for part in self._parts.values()]

    def save(self, folder: Path) -> None:
        for name, part in self._parts.items():
            terms = sorted(part.vocabulary_, key=part.vocabulary_.get)
            body = {"terms": terms, "idf": [round(float(weight), 4) for weight in part.idf_]}
            (folder / f"ngrams_{name}.json").write_text(json.dumps(body), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "NGrams":
        parts = {}
        for name, kind in KINDS.items():
            body = json.loads((folder / f"ngrams_{name}.json").read_text(encoding="utf-8"))
            vocabulary = {term: index for index, term in enumerate(body["terms"])}
            part = kind.vectorizer(vocabulary=vocabulary)
            part.idf_ = np.array(body["idf"], dtype=np.float32)
            parts[name] = part
        return cls(parts)
