"""A member's months, made comparable: per working day, so that Tết and short months make no wave of their own.

A month that is still running stands apart, and the first month only counts where the ledger knows it from its first
week, by the days since then. Seasons are ratios to the trend's line (the classical ratio-to-trend method), by calendar
month, and only said where two whole years are known.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import TYPE_CHECKING, Final

from toolkit.kpi.metrics import adds_up
from toolkit.kpi.trend import Trend, trend

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from fractions import Fraction

    from toolkit.kpi.ledger import Ledger
    from toolkit.kpi.model import MetricDef
    from toolkit.kpi.workweek import WorkWeeks

MOST: Final = 120
"""Months that can be looked back on."""
ENOUGH_FOR_SEASONS: Final = 24
_TELLS: Final = 0.1  # a season closer to the line than this isn't worth a word
_FIRST_WEEK: Final = 7
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class Month:
    """A month (its first day) with its figure, the working days in it that were lived, and the figure per working day.

    `value` is what months are compared by: per working day for what adds up, else the figure itself; None where there
    was no working day, or nothing to reckon from.
    """

    start: date
    figure: Fraction | None
    working: Fraction
    value: Fraction | None


@dataclass(frozen=True)
class Season:
    """A calendar month (1–12) that lay on the same side of the line every year: `index` times the line in the middle
    of `years` years."""

    month: int
    index: float
    years: int


@dataclass(frozen=True)
class Months:
    """`whole` months, oldest first; `running` the one that isn't over. `trend` is that of the whole months' values."""

    metric: MetricDef
    whole: tuple[Month, ...]
    running: Month | None
    trend: Trend | None
    seasons: tuple[Season, ...]


def months_of(
    metric: MetricDef, engagements: Collection[str], ledger: Ledger, calendar: WorkWeeks, *, as_of: date, most: int = 12
) -> Months:
    """Up to `most` whole months before the end of the day `as_of` (before the year 9999), and the running one."""
    known = ledger.first_day(metric, engagements)

    def month(start: date, end: date) -> Month:
        figure = ledger.figure(metric, engagements, start, end)
        working = calendar.working_days(max(start, known or start), end)
        if figure is None or not adds_up(metric):
            return Month(start, figure, working, figure)
        return Month(start, figure, working, figure / working if working else None)

    if known is None or known > as_of:
        return Months(metric, (), None, None, ())
    first = known.replace(day=1) if known.day <= _FIRST_WEEK else _next(known)
    whole: list[Month] = []
    start, running = as_of.replace(day=1), None
    end = as_of + _DAY
    if end.day == 1:
        start = _next(start)
    elif start >= known.replace(day=1):
        running = month(start, end)
    while len(whole) < most and start > first:
        end, start = start, _before(start)
        whole.insert(0, month(start, end))
    values = [float(month.value) for month in whole if month.value is not None]
    line = trend(values)
    return Months(metric, tuple(whole), running, line, tuple(_seasons(whole, line)))


def _seasons(whole: Sequence[Month], line: Trend | None) -> list[Season]:
    known = [month for month in whole if month.value is not None]
    if len(known) < ENOUGH_FOR_SEASONS or line is None:
        return []
    ratios: dict[int, list[float]] = {}
    for place, month in enumerate(known):
        usual = line.line(place)
        if usual <= 0 or month.value is None:
            return []  # a line that crosses nothing divides into nothing
        ratios.setdefault(month.start.month, []).append(float(month.value) / usual)
    found = []
    for number in sorted(ratios):
        those = ratios[number]
        one_side = all(ratio > 1 for ratio in those) or all(ratio < 1 for ratio in those)
        if len(those) > 1 and one_side and min(abs(ratio - 1) for ratio in those) >= _TELLS:
            found.append(Season(number, median(those), len(those)))
    return found


def _next(day: date) -> date:
    return (day.replace(day=28) + 4 * _DAY).replace(day=1)


def _before(first: date) -> date:
    return (first - _DAY).replace(day=1)
