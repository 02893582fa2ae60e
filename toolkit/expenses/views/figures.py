"""Figures that a terminal can draw: bars, shares, stretches of time."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from toolkit.shell.blocks import Sayable, When, Words, said

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from toolkit.core.dates.periods import Period
    from toolkit.shell.blocks import Cell
    from toolkit.shell.messages import Messages

_FULL, _HALF, _EMPTY, _MARK, _BEYOND = "█", "▌", "·", "│", "+"
WIDE: Final = 72
"""Columns from which a table has room for everything."""
NARROW: Final = 64
"""Columns below which a list leaves out what is the same on most lines, so that the rest isn't cut into words."""
CRAMPED: Final = 56
"""Columns below which only what tells the lines apart has room."""


@dataclass(frozen=True)
class Bar(Sayable):
    """A bar of `width` cells, `part` of them filled. `mark` is a place to compare with, from 0 to 1."""

    part: Fraction
    width: int
    mark: Fraction | None = None

    def said(self, messages: Messages) -> str:
        del messages
        halves = round(min(max(self.part, Fraction(0)), Fraction(1)) * self.width * 2)
        if self.part > 0:
            halves = max(halves, 1)
        cells = _FULL * (halves // 2) + _HALF * (halves % 2)
        if self.mark is None:
            return cells
        cells = cells.ljust(self.width, _EMPTY)
        place = min(int(self.mark * self.width), self.width - 1)
        return cells[:place] + _MARK + cells[place + 1 :] + (_BEYOND if self.part > 1 else "")


@dataclass(frozen=True)
class Percent(Sayable):
    """A share in whole hundredths, half up: `17 %`."""

    part: Fraction
    signed: bool = False

    def said(self, messages: Messages) -> str:
        number = percent(self.part)
        sign = "−" if number < 0 else "+" if self.signed and number > 0 else ""
        return f"{sign}{messages.number(abs(number))} %"


@dataclass(frozen=True)
class Capital(Sayable):
    """A cell that begins a line."""

    cell: Cell

    def said(self, messages: Messages) -> str:
        text = said(self.cell, messages)
        return text[:1].upper() + text[1:]


def fitting(codes: Sequence[str], width: int | None, first: str, then: str = "") -> list[str]:
    """The columns for a screen of `width`: without `first` where it is narrow, without `then` too where it is cramped.

    A pipe (None) has room for all of them.
    """
    if width is None or width >= NARROW:
        return list(codes)
    return [code for code in codes if code != first and (code != then or width >= CRAMPED)]


def percent(part: Fraction) -> int:
    """Whole hundredths, half up and away from zero."""
    size = (abs(part) * 200 + 1) // 2
    return int(-size if part < 0 else size)


def share(amount: int, whole: int) -> Fraction:
    """`amount` as a part of `whole`; 0 of nothing."""
    return Fraction(amount, whole) if whole else Fraction(0)


def period_words(period: Period) -> Words:
    """`tháng 11/2026`, `quý 4/2026`, `năm 2026`, `16/11/2026`, `01/11/2026–18/11/2026`."""
    start = period.start
    names = {"month": start.month, "quarter": (start.month + 2) // 3, "year": start.year}
    if period.kind in names and period.end == _whole_end(period):
        return Words(f"expenses.period_{period.kind}", number=str(names[period.kind]), year=str(start.year))
    return Words("expenses.period_days", days=f"{start:%d/%m/%Y}" if period.days == 1 else _span(period))


def month_words(month: date) -> Words:
    return Words("expenses.period_month", number=str(month.month), year=str(month.year))


def group_in_time(by: str, day: date, this_year: int) -> Cell:
    """A day, a week or a month as the name of its row."""
    if by == "month":
        return month_words(day)
    return (
        Words("expenses.week_from", day=When(day, this_year=this_year))
        if by == "week"
        else When(day, this_year=this_year)
    )


def _span(period: Period) -> str:
    same_year = period.start.year == period.last.year
    return f"{period.start:%d/%m}–{period.last:%d/%m/%Y}" if same_year else str(period)


def _whole_end(period: Period) -> date:
    from toolkit.core.dates.periods import month_of, quarter_of, year_period

    whole = {"month": month_of, "quarter": quarter_of}.get(period.kind)
    return (whole(period.start) if whole else year_period(period.start.year)).end
