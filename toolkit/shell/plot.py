"""Lines over time drawn with the letters of a terminal. Pure: numbers and a width in, lines of strokes out.

The solid line is what happened, dots are what was expected, a shade is a range, faint lines are for comparison. They
differ in shape, so that nothing depends on colour; without Unicode they are drawn in ASCII.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, isfinite, log10
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from toolkit.shell.blocks import Stroke
from toolkit.shell.layout import cell_width, pad

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Values: TypeAlias = "Sequence[float | None]"
CurveKind = Literal["line", "dots", "faint"]

_SPARKS: Final = "▁▂▃▄▅▆▇█"
NARROWEST: Final = 24
"""Columns below which a drawing says nothing."""


@dataclass(frozen=True)
class Curve:
    """One value a slot, None where there is none; all curves of a plot have as many."""

    kind: CurveKind
    values: Values


@dataclass(frozen=True)
class Shade:
    """A range over the slots."""

    low: Values
    high: Values


@dataclass(frozen=True)
class _Pen:
    flat: str
    upright: str
    rise: tuple[str, str]  # where a step upwards leaves its row, and where it arrives
    fall: tuple[str, str]


_PENS: Final = {
    "line": _Pen("─", "│", ("╯", "╭"), ("╮", "╰")),
    "faint": _Pen("┄", "┊", ("┄", "┄"), ("┄", "┄")),
}
_ASCII_PENS: Final = {
    "line": _Pen("*", "*", ("*", "*"), ("*", "*")),
    "faint": _Pen("-", "-", ("-", "-"), ("-", "-")),
}
_DOT: Final = {True: "·", False: "."}
_SHADE: Final = {True: "░", False: ":"}
_AXIS: Final = {True: ("┤", "│", "└", "─", "┬"), False: ("+", "|", "+", "-", "+")}


def sample(kind: CurveKind | Literal["shade"], *, unicode: bool = True) -> str:
    """Two cells of a line, for a legend."""
    if kind == "shade":
        return _SHADE[unicode] * 2
    return (_DOT[unicode] if kind == "dots" else (_PENS if unicode else _ASCII_PENS)[kind].flat) * 2


def plot(
    curves: Sequence[Curve], shade: Shade | None, *, width: int, height: int, label: Callable[[float], str],
    marks: Sequence[tuple[int, str]] = (), unicode: bool = True,
) -> list[list[Stroke]]:  # fmt: skip
    """A plot at most `width` columns wide and `height` rows high without its axis.

    `label` says what a value on the left is called; `marks` are (slot, text) below, those that have no room left out,
    the first ones kept before the later ones. [] where there is no value, or no room.
    """
    bands: list[Values] = [shade.low, shade.high] if shade else []
    every = [value for values in (*(one.values for one in curves), *bands) for value in values if value is not None]
    slots = max((len(one.values) for one in curves), default=0)
    if not every or not slots or not all(map(isfinite, every)):
        return []
    low, high = min(0.0, *every), max(0.0, *every)
    if high == low:
        high = low + 1
    named = _round_values(low, high, most=max(height // 2, 2))
    ticks = {_row(value, low, high, height): label(value) for value in named}
    margin = max(map(cell_width, ticks.values())) + 1
    columns = width - margin - 1
    if columns < NARROWEST // 2:
        return []
    grid = _Grid(columns, height, slots, (low, high), unicode)
    if shade:
        grid.shade(shade)
    for kind in ("faint", "dots", "line"):
        for curve in curves:
            if curve.kind == kind:
                grid.draw(curve)
    return _framed(grid, ticks, margin, marks, unicode)


class _Grid:
    """Cells of a drawing; what is drawn later covers what was drawn before."""

    def __init__(self, columns: int, height: int, slots: int, span: tuple[float, float], unicode: bool) -> None:
        self.columns, self.height, self.slots, self.unicode = columns, height, slots, unicode
        self.low, self.high = span
        self.cells = [[(" ", False)] * columns for _ in range(height)]

    def column(self, slot: int) -> int:
        return round(slot * (self.columns - 1) / (self.slots - 1)) if self.slots > 1 else 0

    def rows(self, values: Values) -> list[int | None]:
        """The row of each column, values between two slots on the straight line between them."""
        return [self._row_at(values, column) for column in range(self.columns)]

    def shade(self, shade: Shade) -> None:
        for column, (top, bottom) in enumerate(zip(self.rows(shade.high), self.rows(shade.low), strict=True)):
            if top is not None and bottom is not None:
                for row in range(top, bottom + 1):
                    self.cells[row][column] = (_SHADE[self.unicode], True)

    def draw(self, curve: Curve) -> None:
        before: int | None = None
        for column, row in enumerate(self.rows(curve.values)):
            if row is not None:
                if curve.kind == "dots":
                    self.cells[row][column] = (_DOT[self.unicode], False)
                else:
                    self._step(curve.kind, column, row, row if before is None else before)
            before = row

    def _step(self, kind: str, column: int, row: int, before: int) -> None:
        pen = (_PENS if self.unicode else _ASCII_PENS)[kind]
        faint = kind == "faint"
        if row == before:
            self.cells[row][column] = (pen.flat, faint)
            return
        leaves, arrives = pen.rise if row < before else pen.fall
        for between in range(min(row, before) + 1, max(row, before)):
            self.cells[between][column] = (pen.upright, faint)
        self.cells[before][column] = (leaves, faint)
        self.cells[row][column] = (arrives, faint)

    def _row_at(self, values: Values, column: int) -> int | None:
        step = (self.slots - 1) / (self.columns - 1) if self.columns > 1 else 0.0
        place, near = column * step, round(column * step)
        if abs(place - near) <= step / 2 or self.slots == 1:
            value = values[near]
        else:
            first = floor(place)
            here, then = values[first], values[first + 1]
            value = None if here is None or then is None else here + (then - here) * (place - first)
        return None if value is None else _row(value, self.low, self.high, self.height)


def _row(value: float, low: float, high: float, height: int) -> int:
    return round((high - value) / (high - low) * (height - 1))


def _round_values(low: float, high: float, most: int) -> list[float]:
    """Up to `most` + 1 round values from low to high: steps of 1, 2 or 5 and zeros."""
    rough = (high - low) / most
    size = 10.0 ** floor(log10(rough))
    step = next(factor * size for factor in (1, 2, 5, 10) if factor * size >= rough * (1 - 1e-9))
    return [step * n for n in range(ceil(low / step - 1e-9), floor(high / step + 1e-9) + 1)]


def _framed(
    grid: _Grid, ticks: dict[int, str], margin: int, marks: Sequence[tuple[int, str]], unicode: bool
) -> list[list[Stroke]]:
    tick, side, corner, floor_, mark = _AXIS[unicode]
    lines = []
    for row, cells in enumerate(grid.cells):
        left = pad(ticks.get(row, ""), margin - 1, "right") + " " + (tick if row in ticks else side)
        lines.append([Stroke(left), *_strokes(cells)])
    below, base = [" "] * grid.columns, [floor_] * grid.columns
    for slot, text in marks:
        at = grid.column(slot)
        begin = min(max(at - len(text) // 2, 0), grid.columns - len(text))
        room = below[max(begin - 1, 0) : begin + len(text) + 1]
        if begin >= 0 and all(letter == " " for letter in room):
            below[begin : begin + len(text)] = text
            base[at] = mark
    lines.append([Stroke(" " * margin + corner + "".join(base))])
    return [*lines, [Stroke(" " * (margin + 1) + "".join(below).rstrip())]]


def _strokes(cells: Sequence[tuple[str, bool]]) -> list[Stroke]:
    """Cells of one row, neighbours of a kind taken together, without the empty ones at the end."""
    last = max((column for column, (letter, _) in enumerate(cells) if letter != " "), default=-1)
    strokes: list[Stroke] = []
    for letter, faint in cells[: last + 1]:
        if strokes and strokes[-1].faint == faint:
            strokes[-1] = Stroke(strokes[-1].text + letter, faint)
        else:
            strokes.append(Stroke(letter, faint))
    return strokes


def spark(values: Sequence[float | None]) -> str:
    """A value a column, as small blocks whose tallest is the greatest value; a space where there is none."""
    top = max((value for value in values if value is not None), default=0.0)
    last = len(_SPARKS) - 1
    return "".join(
        " " if value is None else _SPARKS[min(max(int(value / top * len(_SPARKS)), 0), last) if top > 0 else 0]
        for value in values
    )
