"""Makes one text fit for the encoders, and one plain enough for n-grams."""

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

import yaml

LIMIT = 2000
"""Characters the encoders get to see; more costs seconds and says nothing new."""

_WORDS = Path(__file__).with_name("dutch_words.yml")
_TOKEN = re.compile(r"'?\w+(?:'\w+)*|[^\w\s]")
_LONG_RUN = re.compile(r"(.)\1{2,}")
_NUMBER = re.compile(r"\d+")
_SOUNDS = [
    ("sch", "sg"), ("ch", "g"), ("auw", "au"), ("ouw", "au"), ("ou", "au"), ("ij", "ei"),
    ("y", "ei"), ("dt", "t"), ("qu", "kw"), ("x", "ks"), ("th", "t"), ("ph", "f"), ("ck", "k"),
]  # fmt: skip
_SOFT_C = re.compile("c(?=[ei])")
_LAST = [(re.compile(r"d\b"), "t"), (re.compile(r"b\b"), "p"), (re.compile(r"en\b"), "e")]
_TWICE = re.compile(r"(.)\1+")
_ALIKE = str.maketrans("czv", "ksf")


@lru_cache(maxsize=1)
def _words() -> tuple[dict[str, str], frozenset[str]]:
    read = yaml.safe_load(_WORDS.read_text(encoding="utf-8"))
    spelling = {str(key): str(value) for key, value in read["spelling"].items()}
    return spelling, frozenset(read["fillers"])


def clean(text: str, limit: int = LIMIT) -> str:
    """Text without what breaks an encoder: control characters, lone surrogates, endless length.

    NUL cuts a C string short and a lone surrogate cannot be encoded at all.
    """
    whole = text[: limit * 4].encode("utf-16", "surrogatepass").decode("utf-16", "ignore")
    printable = "".join(
        " " if unicodedata.category(character)[0] == "C" and character != "\u200d" else character
        for character in unicodedata.normalize("NFC", whole)
    )
    return " ".join(printable.split())[:limit]


def plain(text: str) -> str:
    """Lower case, no accents, common short forms written out, fillers left out."""
    spelling, fillers = _words()
    folded = unicodedata.normalize("NFKD", text.lower().replace("\u2019", "'"))
    folded = "".join(c for c in folded if not unicodedata.combining(c))
    folded = _LONG_RUN.sub(r"\1\1", folded)
    kept = [spelling.get(token, token) for token in _TOKEN.findall(folded) if token not in fillers]
    return _NUMBER.sub("0", " ".join(kept)) or folded


def sounds(text: str) -> str:
    """A plain text as it sounds, one spelling for each sound: "wacht" and "wagt" are one word.

    Rough on purpose. It is for people who write what they hear.
    """
    for spelt, heard in _SOUNDS:
        text = text.replace(spelt, heard)
    text = _SOFT_C.sub("s", text).translate(_ALIKE)
    for ending, heard in _LAST:
        text = ending.sub(heard, text)
    return _TWICE.sub(r"\1", text)
