"""Where a target stands on a day: pure, exact, and with an answer for every ledger.

What fills up day by day (a sum, a count) has a pace and a forecast. A level (an average, a share, the latest figure)
has neither: it is held against the target as it is. Where lower is better nothing is settled before the end, because
every such target is "reached" on its first morning.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING, Final, Protocol

from toolkit.kpi.daykinds import MONTH_END, DayKind, Days
from toolkit.kpi.forecast import WINDOW, Forecast, forecast_amount, forecast_counts
from toolkit.kpi.metrics import adds_up, comes_in_ones
from toolkit.kpi.model import MetricDef
from toolkit.kpi.pace import PaceLine, pace, pace_line

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from toolkit.kpi.ledger import Ledger
    from toolkit.kpi.model import Shape, Target, TargetState

LEVEL: Final = 0.8
_DAY: Final = timedelta(days=1)
_NONE: Final = Fraction(0)
_FARTHEST: Final = 3_660  # days to come: of more than ten years a member's last 60 days tell nothing
_LOOK_BACK: Final = 140  # calendar days: even with Tết and a leave in them they hold 60 working days of any week


class Calendar(Protocol):
    """The days that a member works."""

    def days(self, start: date, end: date) -> Iterable[tuple[date, Fraction]]:
        """Every day from `start` to before `end` with how much of it is worked."""


@dataclass(frozen=True)
class Progress:
    """Where a target stands at the end of the day `as_of`. Amounts are in the metric's unit, days are working days.

    What has no value is None, never 0. `goal` is the target as revised by then. `actual` is what counts up to that day.
    `expected`, `gap` and `pace_index` compare with an even walk; of a level they compare with the goal itself.
    `required` is what each remaining working day would have to bring, `safe_days` how long one could rest and still
    stand on the line. `daily` are the totals of the working days that a forecast rests on, oldest first; `kinds`
    says which days these are, and those to come.
    """

    target: Target
    metric: MetricDef
    as_of: date
    state: TargetState
    goal: Fraction
    actual: Fraction | None
    completion: Fraction | None
    expected: Fraction | None
    gap: Fraction | None
    pace_index: Fraction | None
    run_rate: Fraction | None
    projection: Fraction | None
    required: Fraction | None
    safe_days: int | None
    total: Fraction
    elapsed: Fraction
    remaining: Fraction
    line: PaceLine | None
    forecast: Forecast | None
    daily: tuple[Fraction, ...] = ()
    kinds: Days | None = None


def evaluate(
    target: Target, as_of: date, ledger: Ledger, calendar: Calendar, *, engagements: Collection[str] | None = None
) -> Progress:
    """Where `target` stands at the end of the day `as_of`: what lies behind that day doesn't count yet.

    Pure and total. `engagements` are those that count where that isn't what the target itself says.
    """
    of = target.engagements if engagements is None else tuple(engagements)
    metric = _metric_of(target, ledger)
    goal = target.amount_on(as_of)
    until = counted_until(target, as_of)
    actual = ledger.figure(metric, of, target.start, until)
    days = list(each_day(target.shape, calendar, target.start, target.end))
    total = sum((weight for _, weight in days), _NONE)
    elapsed = sum((weight for day, weight in days if day < until), _NONE)
    found = Progress(
        target=target, metric=metric, as_of=as_of, state=_state(target, metric, actual, goal, as_of), goal=goal,
        actual=actual, completion=actual / goal if actual is not None and goal > 0 else None,
        expected=None, gap=None, pace_index=None, run_rate=None, projection=None, required=None, safe_days=None,
        total=total, elapsed=elapsed, remaining=total - elapsed, line=None, forecast=None,
    )  # fmt: skip
    if actual is None:
        return found
    if not adds_up(metric):
        index = actual / goal if goal > 0 and metric.direction == "up" else None
        return replace(found, expected=goal, gap=actual - goal, pace_index=index)
    found = _paced(found, actual, days)
    lived = min(until, as_of + _DAY) if as_of < date.max else until  # a target that is coming has no days yet
    own = own_days(ledger, target, calendar, lived, engagements=of)
    coming = [day for day, weight in days if weight and day >= until]
    kinds = _kinds(target.shape, calendar, [day for day, _ in own], coming)
    found = replace(found, daily=tuple(total for _, total in own), kinds=kinds)
    if as_of >= target.end or len(coming) > _FARTHEST:
        return found
    return replace(found, forecast=project(found, Fraction(len(coming))))


def _metric_of(target: Target, ledger: Ledger) -> MetricDef:
    """The target's metric; of one that is known no more there are no figures."""
    return ledger.metrics.get(target.metric) or MetricDef(target.metric, "manual", "latest", "number")


def _paced(found: Progress, actual: Fraction, days: Sequence[tuple[date, Fraction]]) -> Progress:
    """With the even walk; a target that fills only at its end has none, one where lower is better asks for nothing."""
    if found.target.shape == "end":
        required = max(found.goal - actual, _NONE) / found.remaining if found.remaining else None
        rate = actual / found.elapsed if found.elapsed else None
        return replace(found, run_rate=rate, required=required if found.metric.direction == "up" else None)
    line = _line(found.target, days, found.total, found.as_of)
    stands = pace(line, actual, found.elapsed)
    found = replace(
        found, line=line, expected=stands.expected, gap=stands.gap, run_rate=stands.run_rate,
        projection=stands.projection,
    )  # fmt: skip
    if found.metric.direction == "down":
        return found
    return replace(found, pace_index=stands.index, required=stands.required, safe_days=stands.safe_days)


def _line(target: Target, days: Sequence[tuple[date, Fraction]], total: Fraction, as_of: date) -> PaceLine:
    """The pace line, bent at each revision that is known by `as_of`."""
    revisions = [
        (sum((weight for day, weight in days if day < revision.day), _NONE), revision.amount)
        for revision in sorted(target.revisions, key=lambda revision: revision.day)
        if revision.day <= as_of
    ]
    return pace_line(total, target.amount, revisions)


def _state(target: Target, metric: MetricDef, actual: Fraction | None, goal: Fraction, as_of: date) -> TargetState:
    if target.dropped:
        return "dropped"
    if as_of < target.start:
        return "coming"
    ended = as_of >= target.end
    if metric.direction == "down":
        if not ended:
            return "settles_at_end"
        return "ended_reached" if actual is not None and actual <= goal else "ended_short"
    if ended:
        return "ended_reached" if actual is not None and actual >= goal else "ended_short"
    if not adds_up(metric):
        return "running"  # an average or a share may still move either way
    return "reached" if actual is not None and actual >= goal else "running"


def counted_until(target: Target, as_of: date) -> date:
    """The day before which things count for a target, seen at the end of `as_of`."""
    after = as_of + _DAY if as_of < date.max else as_of
    return min(max(after, target.start), target.end)


def weighted_completion(found: Iterable[Progress]) -> Fraction | None:
    """The mean completion of several targets by their weights, each counted to 100 % at most; None where none of them
    has one. Targets where lower is better don't fill up and are left out."""
    parts = [
        (one.target.weight, min(max(one.completion, _NONE), Fraction(1)))
        for one in found
        if one.completion is not None and one.metric.direction == "up"
    ]
    whole = sum((weight for weight, _ in parts), _NONE)
    return sum((weight * part for weight, part in parts), _NONE) / whole if whole else None


def own_days(
    ledger: Ledger, target: Target, calendar: Calendar, until: date, *, engagements: Collection[str] | None = None
) -> list[tuple[date, Fraction]]:
    """Up to 60 own working days before `until` with their totals, oldest first.

    Days before the target's period count from the first day on which anything is known: nobody knows whether the days
    before that were days without a sale. What came in on a day off is counted with the working day before it.
    """
    of = target.engagements if engagements is None else engagements
    metric = _metric_of(target, ledger)
    known = ledger.first_day(metric, of)
    begin = min(target.start, known) if known is not None else target.start
    if until - date.min > timedelta(days=_LOOK_BACK):
        begin = max(begin, until - timedelta(days=_LOOK_BACK))
    worked = [day for day, weight in each_day(target.shape, calendar, begin, until) if weight][-WINDOW:]
    if not worked:
        return []
    totals, place = [_NONE] * len(worked), 0
    brought = ledger.daily(metric, of, worked[0], until)
    for day in sorted(brought):
        while place + 1 < len(worked) and worked[place + 1] <= day:
            place += 1
        totals[place] += brought[day]
    return list(zip(worked, totals, strict=True))


def _kinds(shape: Shape, calendar: Calendar, own: Sequence[date], coming: Sequence[date]) -> Days:
    """What kinds of days these are."""
    months: dict[tuple[int, int], set[date]] = {}
    for day in (*own, *coming):
        if (day.year, day.month) not in months:
            first = day.replace(day=1)
            last = first + timedelta(days=monthrange(day.year, day.month)[1] - 1)
            end = last + _DAY if last < date.max else last
            worked = [one for one, weight in each_day(shape, calendar, first, end) if weight]
            months[day.year, day.month] = set(worked[-MONTH_END:])

    def kind(day: date) -> DayKind:
        return DayKind(day.weekday(), day in months[day.year, day.month])

    return Days([kind(day) for day in own], [kind(day) for day in coming])


def days_to_come(found: Progress, calendar: Calendar) -> Fraction:
    """The days that a target's period still has, whole: a Saturday morning is a day like those that it is compared
    with."""
    until = counted_until(found.target, found.as_of)
    left = each_day(found.target.shape, calendar, until, found.target.end)
    return Fraction(sum(bool(weight) for _, weight in left))


def project(found: Progress, to_come: Fraction, *, level: float = LEVEL) -> Forecast | None:
    """How the period may end where `to_come` whole days are left, from the member's own days (`found.daily`).

    None where nothing can be said: a metric that doesn't add up, too few days.
    """
    if found.actual is None or not adds_up(found.metric):
        return None
    goal = found.goal if found.goal > 0 else None
    down = found.metric.direction == "down"
    own, kinds = [float(one) for one in found.daily], found.kinds
    if comes_in_ones(found.metric):
        wanted = None if goal is None else ceil(goal) if not down else floor(goal) + 1
        made = forecast_counts(own, to_come, int(found.actual), target=wanted, level=level, kinds=kinds)
    else:
        wished = None if goal is None else float(goal)
        made = forecast_amount(own, to_come, float(found.actual), target=wished, level=level, kinds=kinds)
    if made is not None and down and made.probability is not None:
        return replace(made, probability=1 - made.probability)
    return made


def each_day(shape: Shape, calendar: Calendar, start: date, end: date) -> Iterator[tuple[date, Fraction]]:
    """Every day with how much it counts: the member's working days, or all days alike."""
    if end <= start:
        return
    if shape == "calendar_days":
        yield from ((start + timedelta(days=n), Fraction(1)) for n in range((end - start).days))
    else:
        yield from calendar.days(start, end)
