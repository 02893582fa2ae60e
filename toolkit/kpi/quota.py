"""How a target compares with the member's own past: the evidence for talking a quota over.

Everything is held against what the member did before, per working day, so that Tết, leave and short months don't
count against anybody. What adds up is compared by stretches of as many working days as the target's period has; what
doesn't (an average, a share), and customers, who count once in a period, by whole months. All of it is exact.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import accumulate
from typing import TYPE_CHECKING, Final, Literal

from toolkit.core.workdays import WEEKS
from toolkit.kpi.metrics import adds_up
from toolkit.kpi.months import months_of
from toolkit.kpi.progress import counted_until
from toolkit.kpi.trend import trend

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from toolkit.core.workdays import OffReason
    from toolkit.kpi.ledger import Ledger
    from toolkit.kpi.model import MetricDef, Target
    from toolkit.kpi.months import Month, Season
    from toolkit.kpi.progress import Progress
    from toolkit.kpi.trend import Verdict as Direction
    from toolkit.kpi.workweek import WorkWeeks

RECENT: Final = 12
"""Whole months that a target is held against: a year, so that every season is in it once."""
ENOUGH: Final = 3
"""Whole months below which nothing is said about a target."""
YEARS: Final = 3
_MOST_MONTHS: Final = 60
_FIRST_WEEK: Final = timedelta(days=7)  # who began in a period's first week has nearly lived it
_LOOK_BACK: Final = timedelta(days=3653)
_DAY: Final = timedelta(days=1)
_NONE: Final = Fraction(0)

Verdict = Literal["unknown", "within", "upper", "beyond"]
"""What is asked for lies within what the member's middle month brought, between that and their best stretch, or beyond
every stretch that they have had; unknown where the past is too short to say."""


@dataclass(frozen=True)
class Past:
    """Where a member's past is read: a metric of some engagements, `known` since a day (None: nothing is), up to the
    end of the day `as_of`."""

    ledger: Ledger
    calendar: WorkWeeks
    metric: MetricDef
    engagements: Collection[str]
    known: date | None
    as_of: date


@dataclass(frozen=True)
class Stretch:
    """Days from `start` to before `end` with what they brought and how many of them were worked."""

    start: date
    end: date
    figure: Fraction
    working: Fraction
    rate: Fraction
    """Per working day; of what doesn't add up, the figure itself."""


@dataclass(frozen=True)
class Rhythm:
    """The days of a period: `usual` is what the member's week has in it, `lost` what is off for a reason other than
    weekly rest, `extra` what is worked beside the week. usual − Σ lost + extra = `working`. `holidays` come with their
    code and why they are off (the day itself, or one taken for it)."""

    calendar_days: int
    usual: Fraction
    lost: tuple[tuple[OffReason, Fraction], ...]
    extra: Fraction
    working: Fraction
    holidays: tuple[tuple[date, str, OffReason], ...]


@dataclass(frozen=True)
class Rest:
    """What is still asked for while a period runs: `amount` over `days` working days, and the member's best stretch of
    as many (None: no stretch is that long)."""

    amount: Fraction
    days: Fraction
    rate: Fraction
    best: Stretch | None


@dataclass(frozen=True)
class Evidence:
    """A target held against the member's own past, up to the end of the as-of day of `progress`.

    `asked` is what it asks of each working day of its whole period (of what doesn't add up, the target itself);
    `months` are whole months, oldest first, `middle` their median, `quarters` their lower and upper quartile, all of
    them comparable with `asked`; `reaching` of them brought as much. `best` is the best of `stretches` stretches,
    `overlapping` ones unless they are months.
    `same_time` are the same days of earlier years, newest first; `rest` is what is still asked for. `proposal` is the
    middle half of the member's own months over the working days of this period.
    """

    progress: Progress
    rhythm: Rhythm
    known_since: date | None
    asked: Fraction | None
    months: tuple[Month, ...]
    middle: Fraction | None
    quarters: tuple[Fraction, Fraction] | None
    reaching: int
    best: Stretch | None
    stretches: int
    overlapping: bool
    same_time: tuple[Stretch, ...]
    season: Season | None
    direction: Direction | None
    rest: Rest | None
    verdict: Verdict
    proposal: tuple[Fraction, Fraction] | None

    @property
    def adds_up(self) -> bool:
        return adds_up(self.progress.metric)

    @property
    def asked_to_best(self) -> Fraction | None:
        """What is asked for as a part of the best stretch's rate; None where either has no value."""
        return _part_of(self.asked, self.best.rate if self.best is not None else None)

    @property
    def asked_to_middle(self) -> Fraction | None:
        """The same of the middle month's."""
        return _part_of(self.asked, self.middle)

    @property
    def rest_to_best(self) -> Fraction | None:
        """What the rest asks for as a part of the best stretch of as many days."""
        return _part_of(self.rest.rate, self.rest.best.rate) if self.rest is not None and self.rest.best else None


def evidence_of(
    found: Progress, ledger: Ledger, calendar: WorkWeeks, *, engagements: Collection[str] | None = None
) -> Evidence:
    """The evidence about a target as it stands. Pure and total."""
    target, metric = found.target, found.metric
    of = target.engagements if engagements is None else engagements
    rhythm = rhythm_of(calendar, target.start, target.end)
    known = ledger.first_day(metric, of)
    past = Past(ledger, calendar, metric, of, None if known is None or known > found.as_of else known, found.as_of)
    lived = months_of(metric, of, ledger, calendar, as_of=found.as_of, most=_MOST_MONTHS)
    months = tuple(month for month in lived.whole if month.value is not None)[-RECENT:]
    values = [month.value for month in months if month.value is not None]
    asked = found.goal if not adds_up(metric) else found.goal / rhythm.working if rhythm.working else None
    sliding = list(stretches(past, rhythm.working)) if _by_stretches(metric) else []
    # Where the past is shorter than the period, a month stands for it: no longer stretch was better than the best one.
    every = sliding or [_as_stretch(month) for month in lived.whole if month.value is not None]
    down = metric.direction == "down"
    best = (min if down else max)(every, key=lambda one: one.rate, default=None)
    enough = len(values) >= ENOUGH
    quarters = (quantile(values, Fraction(1, 4)), quantile(values, Fraction(3, 4))) if enough else None
    size = rhythm.working if adds_up(metric) else Fraction(1)
    middle = quantile(values, Fraction(1, 2)) if values else None
    line = trend([float(value) for value in values])
    return Evidence(
        progress=found, rhythm=rhythm, known_since=past.known, asked=asked, months=months, middle=middle,
        quarters=quarters, best=best, stretches=len(every), overlapping=len(sliding) > 1,
        reaching=0 if asked is None else sum(value <= asked if down else value >= asked for value in values),
        same_time=tuple(_same_time(target, past)),
        season=next((one for one in lived.seasons if _is_month(target) and one.month == target.start.month), None),
        direction=line.verdict if line is not None else None,
        rest=_rest(found, past),
        verdict=_verdict(asked, middle, best, down=down) if enough else "unknown",
        proposal=(quarters[0] * size, quarters[1] * size) if quarters and size else None,
    )  # fmt: skip


def _part_of(rate: Fraction | None, of: Fraction | None) -> Fraction | None:
    return rate / of if rate is not None and of is not None and of > 0 else None


def _rest(found: Progress, past: Past) -> Rest | None:
    if found.metric.direction == "down" or found.state != "running" or not adds_up(found.metric):
        return None
    until = counted_until(found.target, found.as_of)
    days = past.calendar.working_days(until, found.target.end)
    if found.actual is None or found.goal <= found.actual or not days:
        return None
    best = max(stretches(past, days), key=lambda one: one.rate, default=None) if _by_stretches(found.metric) else None
    amount = found.goal - found.actual
    return Rest(amount, days, amount / days, best)


def _verdict(asked: Fraction | None, middle: Fraction | None, best: Stretch | None, *, down: bool) -> Verdict:
    if asked is None or middle is None or best is None:
        return "unknown"
    if asked < best.rate if down else asked > best.rate:
        return "beyond"
    return "upper" if (asked < middle if down else asked > middle) else "within"


def _by_stretches(metric: MetricDef) -> bool:
    return adds_up(metric) and metric.aggregate != "distinct"


def _as_stretch(month: Month) -> Stretch:
    end = (month.start + timedelta(days=31)).replace(day=1)
    return Stretch(month.start, end, month.figure or _NONE, month.working, month.value or _NONE)


def stretches(past: Past, size: Fraction) -> Iterator[Stretch]:
    """Every stretch of at least `size` working days from the first day that is known to the end of `as_of`, as short
    as it gets. It begins with a working day; days off belong to the working day before them, as in a forecast."""
    known, as_of, calendar = past.known, past.as_of, past.calendar
    if known is None or known > as_of or size <= 0 or as_of == date.max:
        return
    start, until = max(known, as_of - min(_LOOK_BACK, as_of - date.min)), as_of + _DAY
    days = list(calendar.days(start, until))
    brought = past.ledger.daily(past.metric, past.engagements, start, until)
    worked = list(accumulate((weight for _, weight in days), initial=_NONE))
    totals = list(accumulate((brought.get(day, _NONE) for day, _ in days), initial=_NONE))
    last = 0
    for first, (day, weight) in enumerate(days):
        if not weight:
            continue
        last = max(last, first + 1)
        while last <= len(days) and worked[last] - worked[first] < size:
            last += 1
        if last > len(days):
            return
        while last < len(days) and not days[last][1]:
            last += 1
        figure, working = totals[last] - totals[first], worked[last] - worked[first]
        yield Stretch(day, start + timedelta(days=last), figure, working, figure / working)


def rhythm_of(calendar: WorkWeeks, start: date, end: date) -> Rhythm:
    """What becomes of the days from `start` to before `end`."""
    usual, extra = _NONE, _NONE
    lost: dict[OffReason, Fraction] = {}
    holidays = []
    for day, weight in calendar.days(start, end):
        plain = WEEKS[calendar.week_on(day).week].weights[day.weekday()]
        usual += plain
        extra += max(weight - plain, _NONE)
        reason = calendar.off_because(day)
        if plain > weight and reason is not None:
            lost[reason] = lost.get(reason, _NONE) + plain - weight
            if calendar.holiday(day):
                holidays.append((day, calendar.holiday(day), reason))
    working = calendar.working_days(start, end)
    return Rhythm((end - start).days, usual, tuple(sorted(lost.items())), extra, working, tuple(holidays))


def _same_time(target: Target, past: Past) -> Iterator[Stretch]:
    """The target's days in earlier years, as far back as they are known whole."""
    for ago in range(1, YEARS + 1):
        start, end = _years_back(target.start, ago), _years_back(target.end, ago)
        if past.known is None or start is None or end is None or start + _FIRST_WEEK <= past.known or start >= end:
            return
        figure = past.ledger.figure(past.metric, past.engagements, start, end)
        working = past.calendar.working_days(start, end)
        if figure is not None and (working or not adds_up(past.metric)):
            yield Stretch(start, end, figure, working, figure / working if adds_up(past.metric) else figure)


def _years_back(day: date, years: int) -> date | None:
    if day.year - years < 1:
        return None
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # February 29
        return day.replace(year=day.year - years, day=28)


def _is_month(target: Target) -> bool:
    return target.start.day == 1 and target.end == (target.start + timedelta(days=31)).replace(day=1)


def quantile(values: Sequence[Fraction], part: Fraction) -> Fraction:
    """The quantile of one value or more, straight between its neighbours (Hyndman and Fan 1996, type 7)."""
    ordered = sorted(values)
    place = part * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)
