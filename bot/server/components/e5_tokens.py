"""Cuts a text into the word pieces of the encoder: the likeliest way to write it (Viterbi)."""

from bot.server.components.e5_package import Pieces

LONGEST = 128
"""Word pieces that are looked at: about 90 words. What comes later is left to the n-grams."""

_MARK = "\u2581"
"""Stands for the space before a word."""
_QUERY = "query: "
"""The encoder was trained with this before each question."""
_NEVER = -1e30


def word_pieces(text: str, pieces: Pieces) -> list[int]:
    """The numbers of the pieces, with those that mark begin and end."""
    written = _written(text, pieces)
    found = _likeliest(written, pieces)
    return [pieces.begin, *found[: LONGEST - 2], pieces.end]


def _written(text: str, pieces: Pieces) -> str:
    replaced = (_QUERY + text).translate(pieces.replacements)
    while "  " in replaced:
        replaced = replaced.replace("  ", " ")
    return (replaced if replaced.startswith(" ") else " " + replaced).replace(" ", _MARK)


def _likeliest(written: str, pieces: Pieces) -> list[int]:
    length = len(written)
    best = [0.0] + [_NEVER] * length
    piece, start = [0] * (length + 1), [0] * (length + 1)
    number_of, scores = pieces.number_of.get, pieces.scores
    for at in range(length):
        so_far = best[at]
        for end in range(at + 1, min(length, at + pieces.longest) + 1):
            number = number_of(written[at:end])
            if number is not None and so_far + scores[number] > best[end]:
                best[end], piece[end], start[end] = so_far + scores[number], number, at
        if so_far + pieces.unknown_score > best[at + 1]:
            best[at + 1], piece[at + 1] = so_far + pieces.unknown_score, pieces.unknown
            start[at + 1] = at
    found, at = [], length
    while at > 0:
        found.append(piece[at])
        at = start[at]
    return found[::-1]
