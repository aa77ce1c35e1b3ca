"""Words and pieces of words, weighed by tf-idf: the view that survives typing errors."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.server.components import dutch

_KINDS: dict[str, dict[str, object]] = {
    "words": {"analyzer": "word", "ngram_range": (1, 2), "token_pattern": r"\S+"},
    "pieces": {"analyzer": "char_wb", "ngram_range": (2, 5), "min_df": 2},
}


def _vectorizer(kind: str, **more: object) -> TfidfVectorizer:
    settings = {
        "sublinear_tf": True,
        "dtype": np.float32,
        "lowercase": False,
        **_KINDS[kind],
        **more,
    }
    return TfidfVectorizer(**settings)


class NGrams:
    """Fitted on the training texts; kept as JSON, never as a pickle."""

    def __init__(self, parts: list[tuple[str, TfidfVectorizer]]) -> None:
        self._parts = parts

    @classmethod
    def fit(cls, texts: Sequence[str]) -> "NGrams":
        plain = [dutch.plain(text) for text in texts]
        return cls([(kind, _vectorizer(kind).fit(plain)) for kind in _KINDS])

    def transform(self, texts: Sequence[str]) -> csr_matrix:
        plain = [dutch.plain(text) for text in texts]
        return hstack([part.transform(plain) for _, part in self._parts], format="csr")

    def save(self, folder: Path) -> None:
        for kind, part in self._parts:
            terms = sorted(part.vocabulary_, key=part.vocabulary_.get)
            body = {"terms": terms, "idf": [round(float(weight), 6) for weight in part.idf_]}
            (folder / f"ngrams_{kind}.json").write_text(json.dumps(body), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "NGrams":
        parts = []
        for kind in _KINDS:
            body = json.loads((folder / f"ngrams_{kind}.json").read_text(encoding="utf-8"))
            vocabulary = {term: index for index, term in enumerate(body["terms"])}
            part = _vectorizer(kind, vocabulary=vocabulary)
            part.idf_ = np.array(body["idf"], dtype=np.float32)
            parts.append((kind, part))
        return cls(parts)
