"""The course of a target, day by day: what came in, what an even walk expects, where it may end, how it went before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from fractions import Fraction
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Final

from toolkit.kpi.metrics import adds_up, part_of
from toolkit.kpi.progress import LEVEL, counted_until, days_to_come, each_day, project

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from datetime import date

    from toolkit.kpi.ledger import Ledger
    from toolkit.kpi.model import MetricDef
    from toolkit.kpi.progress import Calendar, Progress

EARLIER: Final = 3
"""So many own periods before are shown beside the running one."""
_FEW_DAYS: Final = 100  # of a longer period a median is asked for once a week
_COUNTED_WHOLE: Final = ("sale", "line", "payment", "manual", "feedback")  # whose every record is one in an average
_KNOTS: Final = 12  # forecasts that a fan is drawn through; the rest lies between them
_DAY: Final = timedelta(days=1)
_NONE: Final = Fraction(0)


@dataclass(frozen=True)
class CourseDay:
    """A day of the period. `working` is how much of it counts (0 to 1). Amounts are totals from the period's start to
    the end of the day, in the metric's unit, None where there is none: `actual` after the as-of day, the range
    `low`–`mid`–`high` before it."""

    date: date
    working: Fraction
    actual: Fraction | None
    expected: Fraction | None
    low: float | None = None
    mid: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Earlier:
    """An own period before: its total, and what stood there after the same share of its working days as on each day of
    the running period."""

    start: date
    end: date
    total: Fraction
    values: tuple[Fraction, ...]


@dataclass(frozen=True)
class Course:
    """`days` of the whole period, `earlier` periods newest first. `level` is how likely the range holds the truth."""

    progress: Progress
    days: tuple[CourseDay, ...]
    earlier: tuple[Earlier, ...]
    level: float


def course_of(
    found: Progress, ledger: Ledger, calendar: Calendar, *, engagements: Collection[str] | None = None,
    level: float = LEVEL, earlier: int = EARLIER,
) -> Course:  # fmt: skip
    """The course of a target as it stands. Total: a metric that doesn't add up has its value so far on each day, and
    neither range nor earlier periods."""
    target, metric = found.target, found.metric
    of = target.engagements if engagements is None else engagements
    days = list(each_day(target.shape, calendar, target.start, target.end))
    gone = list(accumulate(weight for _, weight in days))
    actual = _actual(found, ledger, of, [day for day, _ in days])
    fan = _fan(found, calendar, days, level)
    course = tuple(
        CourseDay(day, weight, actual.get(day), _expected(found, after), *fan.get(day, (None, None, None)))
        for (day, weight), after in zip(days, gone, strict=True)
    )
    before: tuple[Earlier, ...] = ()
    if adds_up(metric) and gone and gone[-1]:
        shares = [after / gone[-1] for after in gone]
        before = tuple(_earlier(found, ledger, calendar, engagements=of, shares=shares, most=earlier))
    return Course(found, course, before, level)


def _actual(
    found: Progress, ledger: Ledger, engagements: Collection[str], days: Sequence[date]
) -> Mapping[date, Fraction | None]:
    """The value after each day that has been lived; of a median over a long period after each seventh."""
    target, metric = found.target, found.metric
    until = counted_until(target, found.as_of)
    lived = [day for day in days if day < until]

    def so_far(one: MetricDef) -> Iterator[Fraction]:
        daily = ledger.daily(one, engagements, target.start, until)
        return accumulate(daily.get(day, _NONE) for day in lived)

    if adds_up(metric):
        return dict(zip(lived, so_far(metric), strict=True))
    parts = _parts(metric, ledger)
    if parts is not None:
        sums = zip(lived, so_far(parts[0]), so_far(parts[1]), strict=True)
        return {day: above / below if below else None for day, above, below in sums}
    few = lived if len(lived) <= _FEW_DAYS else [*lived[6:-1:7], lived[-1]]
    return {day: ledger.figure(metric, engagements, target.start, day + _DAY) for day in few}


def _parts(metric: MetricDef, ledger: Ledger) -> tuple[MetricDef, MetricDef] | None:
    """What an average or a share is the quotient of, where both add up over days; None for others."""
    if metric.aggregate == "avg" and metric.object in _COUNTED_WHOLE:
        return replace(metric, aggregate="sum"), replace(metric, aggregate="count")
    over = ledger.metrics.get(metric.over) if metric.aggregate == "ratio" else None
    return (part_of(metric, ledger.metrics), over) if over is not None and adds_up(over) else None


def _expected(found: Progress, gone: Fraction) -> Fraction | None:
    if found.line is not None:
        return found.line.expected(gone)
    return found.goal if not adds_up(found.metric) else None


def _fan(
    found: Progress, calendar: Calendar, days: Sequence[tuple[date, Fraction]], level: float
) -> Mapping[date, tuple[float, float, float]]:
    """The range on the as-of day and on each day to come, through a few forecasts, straight in between."""
    until = counted_until(found.target, found.as_of)
    left = int(days_to_come(found, calendar))
    knots = sorted({round(left * part / _KNOTS) for part in range(1, _KNOTS + 1)} - {0}) if left else []
    forecasts = [project(found, Fraction(knot), level=level) for knot in knots]
    if not knots or found.actual is None:
        return {}
    now = float(found.actual)
    points = [(0, (now, now, now))]
    for knot, one in zip(knots, forecasts, strict=True):
        if one is None:
            return {}
        points.append((knot, (one.low, one.mid, one.high)))
    fan, ahead = {}, 0
    for day, weight in days:
        if day < until - _DAY:
            continue
        ahead += bool(weight) and day >= until
        fan[day] = _between(points, ahead)
    return fan


def _between(points: Sequence[tuple[int, tuple[float, float, float]]], at: int) -> tuple[float, float, float]:
    for (first, before), (last, after) in pairwise(points):
        if at <= last:
            part = (at - first) / (last - first)
            low, mid, high = (a + (b - a) * part for a, b in zip(before, after, strict=True))
            return low, mid, high
    return points[-1][1]


def _earlier(
    found: Progress, ledger: Ledger, calendar: Calendar, *, engagements: Collection[str],
    shares: Sequence[Fraction], most: int,
) -> Iterator[Earlier]:  # fmt: skip
    """Own periods of the same length before this one, as far back as the ledger knows whole ones."""
    target, metric = found.target, found.metric
    known = ledger.first_day(metric, engagements)
    for start, end in periods_before(target.start, target.end, most):
        if known is None or start < known.replace(day=1):
            return
        if end > found.as_of:  # of a target that is coming: not over yet
            continue
        days = list(each_day(target.shape, calendar, start, end))
        whole = sum((weight for _, weight in days), _NONE)
        if not whole:
            return
        daily = ledger.daily(metric, engagements, start, end)
        totals = list(accumulate(daily.get(day, _NONE) for day, _ in days))
        gone = list(accumulate(weight / whole for _, weight in days))
        values, place = [], 0
        for share in shares:
            while place + 1 < len(gone) and gone[place + 1] <= share:
                place += 1
            values.append(totals[place] if gone[place] <= share else _NONE)
        yield Earlier(start, end, totals[-1], tuple(values))


def periods_before(start: date, end: date, most: int) -> Iterator[tuple[date, date]]:
    """Up to `most` periods like the half-open one, each ending where the next one starts, newest first: whole months
    before whole months, else as many days."""
    months = (end.year - start.year) * 12 + end.month - start.month
    whole = start.day == end.day == 1 and months > 0
    for _ in range(most):
        try:
            end, start = start, _months_back(start, months) if whole else start - (end - start)
        except (OverflowError, ValueError):  # before the first year
            return
        if start >= end:
            return
        yield start, end


def _months_back(first: date, months: int) -> date:
    year, month = divmod(first.year * 12 + first.month - 1 - months, 12)
    return first.replace(year=year, month=month + 1)
