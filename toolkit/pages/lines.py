"""Lines over time as an inline drawing: what happened, what was expected, where it may end, how it went before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WIDE: Final = 300
"""Units of the drawing from its left to its right side; it is stretched to the page's width."""
TALL: Final = 100

Point: TypeAlias = "tuple[float, float]"
CurveKind = Literal["actual", "pace", "ahead", "earlier"]


@dataclass(frozen=True)
class Curve:
    """One line. Points are shares, 0 to 1, from the left and from the bottom. `label` is what the legend calls it."""

    label: str
    kind: CurveKind
    points: Sequence[Point]


@dataclass(frozen=True)
class Band:
    """Where the end may lie: (from the left, lowest, highest), shares from 0 to 1."""

    label: str
    points: Sequence[tuple[float, float, float]]


@dataclass(frozen=True)
class Lines:
    """Lines in one drawing with a table to unfold. `description` says the drawing in a sentence; `ends` are the first
    and the last place of the axis, `highest` what the top stands for, `show` what the unfolding is called."""

    title: str
    description: str
    curves: Sequence[Curve]
    band: Band | None
    ends: tuple[str, str]
    highest: str
    show: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    now: float | None = None
    remark: str = ""


def drawing(block: Lines) -> Iterator[str]:
    """What stands inside of the drawing's svg element, from the back to the front."""
    if block.band is not None and len(block.band.points) > 1:
        above = [_place((x, high)) for x, _, high in block.band.points]
        below = [_place((x, low)) for x, low, _ in reversed(block.band.points)]
        yield f'<polygon class="fan" points="{" ".join((*above, *below))}"/>'
    order = ("earlier", "pace", "ahead", "actual")
    for curve in sorted(block.curves, key=lambda one: order.index(one.kind)):
        if len(curve.points) > 1:
            yield f'<polyline class="{curve.kind}" points="{" ".join(map(_place, curve.points))}"/>'
    if block.now is not None:
        x = number(WIDE * _clamped(block.now))
        yield f'<line class="now" x1="{x}" x2="{x}" y1="0" y2="{TALL}"/>'
    yield f'<line class="base" x1="0" x2="{WIDE}" y1="{TALL}" y2="{TALL}"/>'


def sample(kind: CurveKind | Literal["fan"]) -> str:
    """A short piece of a line, for the legend; it says nothing by itself."""
    shape = (
        '<rect class="fan" width="24" height="10"/>'
        if kind == "fan"
        else f'<polyline class="{kind}" points="0,5 24,5"/>'
    )
    return f'<svg viewBox="0 0 24 10" width="24" height="10" aria-hidden="true" focusable="false">{shape}</svg>'


def number(value: float) -> str:
    """A length in a drawing, short."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _place(point: Point) -> str:
    x, y = point
    return f"{number(WIDE * _clamped(x))},{number(TALL * (1 - _clamped(y)))}"


def _clamped(share: float) -> float:
    return min(max(share, 0.0), 1.0)
