"""Small SVG drawings for the report: no script, no font, readable in light and dark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT = 560, 320
_LEFT, _BOTTOM, _TOP, _RIGHT = 56, 44, 12, 16


@dataclass(frozen=True, slots=True)
class Line:
    """A named line through points (x, y) in the unit of the axes."""

    name: str
    points: Sequence[tuple[float, float]]
    kind: str = "ours"


@dataclass(frozen=True, slots=True)
class Axes:
    """What the axes say and how far they go, from nought."""

    across: str
    up: str
    most_across: float = 1.0
    most_up: float = 1.0

    def x(self, value: float) -> float:
        return _LEFT + value / self.most_across * (WIDTH - _LEFT - _RIGHT)

    def y(self, value: float) -> float:
        high = min(value, self.most_up) / self.most_up
        return HEIGHT - _BOTTOM - high * (HEIGHT - _BOTTOM - _TOP)


def chart(axes: Axes, lines: Sequence[Line], marks: Sequence[Line] = ()) -> str:
    """Lines, and points by themselves, over labelled axes."""
    parts = [_frame(axes)]
    for line in lines:
        path = " ".join(f"{axes.x(x):.1f},{axes.y(y):.1f}" for x, y in line.points)
        parts.append(f'<polyline class="{line.kind}" points="{path}" fill="none"/>')
    for line in marks:
        parts += [
            f'<circle class="{line.kind}" cx="{axes.x(x):.1f}" cy="{axes.y(y):.1f}" r="4"/>'
            for x, y in line.points
        ]
    names = [line for line in (*lines, *marks) if line.name]
    for place, line in enumerate(names):
        y = _TOP + 16 + 18 * place
        parts.append(
            f'<rect class="{line.kind}" x="{_LEFT + 12}" y="{y - 8}" width="14" height="4"/>'
        )
        parts.append(f'<text x="{_LEFT + 34}" y="{y}">{escape(line.name)}</text>')
    label = escape(f"{axes.up} / {axes.across}")
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{label}">'
        + "".join(parts)
        + "</svg>"
    )


def _frame(axes: Axes) -> str:
    parts = []
    for step in range(5):
        share = step / 4
        x, y = axes.x(share * axes.most_across), axes.y(share * axes.most_up)
        bottom, left = HEIGHT - _BOTTOM, _LEFT
        parts.append(
            f'<line class="grid" x1="{left}" x2="{WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
        )
        up, across = share * axes.most_up, share * axes.most_across
        parts.append(f'<text class="end" x="{left - 6}" y="{y + 4:.1f}">{_percent(up)}</text>')
        parts.append(f'<text class="mid" x="{x:.1f}" y="{bottom + 16}">{_percent(across)}</text>')
    middle = (WIDTH + _LEFT) / 2
    parts.append(f'<text class="mid" x="{middle}" y="{HEIGHT - 8}">{escape(axes.across)}</text>')
    turned = f"translate(14 {HEIGHT / 2}) rotate(-90)"
    parts.append(f'<text class="mid" transform="{turned}">{escape(axes.up)}</text>')
    return "".join(parts)


def _percent(share: float) -> str:
    return f"{share * 100:.3g}%"
