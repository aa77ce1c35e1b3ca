"""Two bars per figure, drawn by hand as SVG: no plotting library for one picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

_WIDTH, _BAR, _ROW, _TOP = 760, 14, 58, 44
_ROOM = 620
_OURS, _PEER = "#1b6e53", "#8a8f98"


@dataclass(frozen=True, slots=True)
class Bars:
    """One figure of both servers; the longer bar fills the room."""

    label: str
    ours: float
    peer: float
    digits: int


def draw(bars: Sequence[Bars]) -> str:
    """The picture as one SVG document."""
    height = _TOP + _ROW * len(bars) + 10
    rows = "".join(_row(number, pair) for number, pair in enumerate(bars))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" '
        'font-family="sans-serif" font-size="13" role="img">'
        "<title>Thuisbalie beside stock Rasa</title>"
        f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>'
        f"{_key(10, _OURS, 'Thuisbalie')}{_key(130, _PEER, 'stock Rasa 3.6.21')}{rows}</svg>\n"
    )


def _key(x: int, colour: str, name: str) -> str:
    return (
        f'<rect x="{x}" y="12" width="{_BAR}" height="{_BAR}" fill="{colour}"/>'
        f'<text x="{x + 20}" y="24">{name}</text>'
    )


def _row(number: int, pair: Bars) -> str:
    top = _TOP + _ROW * number
    largest = max(pair.ours, pair.peer) or 1.0
    return (
        f'<text x="10" y="{top + 12}">{escape(pair.label)}</text>'
        f"{_bar(top + 18, pair.ours, largest, _OURS, pair.digits)}"
        f"{_bar(top + 34, pair.peer, largest, _PEER, pair.digits)}"
    )


def _bar(y: int, value: float, largest: float, colour: str, digits: int) -> str:
    width = max(1.0, value / largest * _ROOM)
    return (
        f'<rect x="10" y="{y}" width="{width:.1f}" height="{_BAR}" fill="{colour}"/>'
        f'<text x="{width + 16:.1f}" y="{y + 12}">{value:.{digits}f}</text>'
    )
