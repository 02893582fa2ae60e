"""The member's working time over the years: weeks that change, holidays, own leave, extra days."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from toolkit.core.dates.lunar import LunarError
from toolkit.core.workdays import WEEKS, OffReason, WorkCalendar, public_holidays

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

WeekName: TypeAlias = Literal["5", "5.5", "6", "7"]
USUAL_WEEK: Final[WeekName] = "5"
"""Where the member has told of no week of theirs: Labour Code 2019, article 105, recommends it."""
_DAY: Final = timedelta(days=1)
_NONE: Final = Fraction(0)


@dataclass(frozen=True)
class OwnWeek:
    """From day `since` on (None: from ever) the member works this week; `swaps`: also on the state's swap days."""

    week: WeekName = USUAL_WEEK
    swaps: bool = False
    since: date | None = None


class WorkWeeks:
    """Which days the member works, and how much of each: 0, 1/2 or 1. Pure and total, also far from today.

    `leave` days aren't worked, `extra` days are, whatever else they are; a day in both is worked. Public holidays are
    those of Vietnam, compensated for the week that the member has then. Outside the years of the lunar calendar
    (1901–2099) there are no holidays, only weeks.
    """

    def __init__(
        self, weeks: Sequence[OwnWeek] = (), leave: Collection[date] = (), extra: Collection[date] = ()
    ) -> None:
        ordered = sorted(weeks, key=lambda one: one.since or date.min)
        if not ordered or ordered[0].since is not None:
            ordered.insert(0, OwnWeek())
        self.weeks: tuple[OwnWeek, ...] = tuple(ordered)
        self.leave = frozenset(leave)
        self.extra = frozenset(extra)
        self._starts = [one.since or date.min for one in ordered]
        self._own = sorted(self.leave | self.extra)

    def week_on(self, day: date) -> OwnWeek:
        """The week that the member works at the time of a day."""
        return self.weeks[bisect_right(self._starts, day) - 1]

    def weight(self, day: date) -> Fraction:
        """How much of a day is worked: 0, 1/2 or 1."""
        if day in self.extra:
            return Fraction(1)
        if day in self.leave:
            return _NONE
        return self._usual(day)

    def is_working(self, day: date) -> bool:
        return self.weight(day) > 0

    def off_because(self, day: date) -> OffReason | None:
        """Why a day isn't worked; None if it is, be it in part."""
        if day in self.extra:
            return None
        if day in self.leave:
            return "leave"
        one = self.week_on(day)
        if _has_holidays(day.year):
            return _calendar(one.week, one.swaps).off_because(day)
        return None if WEEKS[one.week].weights[day.weekday()] else "rest"

    def holiday(self, day: date) -> str:
        """The code of the name of the public holiday that a day is, or is off for; "" if it is none."""
        if not _has_holidays(day.year):
            return ""
        found = public_holidays(day.year, WEEKS[self.week_on(day).week].rest).get(day)
        return found.name if found else ""

    def working_days(self, start: date, end: date) -> Fraction:
        """The working days from `start` to before `end`; 0 where the end isn't after the start."""
        if end <= start:
            return _NONE
        total = _NONE
        for one, first, last in self._stretches(start, end):
            total += _between(one.week, one.swaps, first, last)
        for day in self._own:
            if start <= day < end:
                total += self.weight(day) - self._usual(day)
        return total

    def days(self, start: date, end: date) -> list[tuple[date, Fraction]]:
        """Every day from `start` to before `end` with its weight, days off included."""
        found: list[tuple[date, Fraction]] = []
        for one, first, last in self._stretches(start, end):
            day = first
            while day < last:
                until = min(last, date(day.year + 1, 1, 1)) if day.year < date.max.year else last
                weights = _year(one.week, one.swaps, day.year)
                offset = (day - date(day.year, 1, 1)).days
                found += [(day + n * _DAY, weights[offset + n]) for n in range((until - day).days)]
                day = until
        own = {day: self.weight(day) for day in self._own if start <= day < end}
        return [(day, own.get(day, weight)) for day, weight in found] if own else found

    def next_working(self, day: date) -> date | None:
        """The first working day after a day; None if there is none within a year."""
        return next((day + n * _DAY for n in range(1, 367) if self.is_working(day + n * _DAY)), None)

    def _usual(self, day: date) -> Fraction:
        one = self.week_on(day)
        return _year(one.week, one.swaps, day.year)[(day - date(day.year, 1, 1)).days]

    def _stretches(self, start: date, end: date) -> Iterator[tuple[OwnWeek, date, date]]:
        """The parts of a stretch of days in which one week is worked."""
        for n, one in enumerate(self.weeks):
            first = max(start, self._starts[n])
            last = min(end, self._starts[n + 1]) if n + 1 < len(self.weeks) else end
            if first < last:
                yield one, first, last


@lru_cache(maxsize=16)
def _calendar(week: WeekName, swaps: bool) -> WorkCalendar:
    return WorkCalendar(WEEKS[week], state_swaps=swaps)


@lru_cache(maxsize=512)
def _year(week: WeekName, swaps: bool, year: int) -> tuple[Fraction, ...]:
    """The weights of a year's days."""
    size = 366 if _is_leap(year) else 365
    first = date(year, 1, 1)
    if _has_holidays(year):
        weight = _calendar(week, swaps).weight
        return tuple(weight(first + n * _DAY) for n in range(size))
    weights = WEEKS[week].weights
    return tuple(weights[(first.weekday() + n) % 7] for n in range(size))


@lru_cache(maxsize=512)
def _sums(week: WeekName, swaps: bool, year: int) -> tuple[Fraction, ...]:
    """How much is worked in a year before each of its days; one more than it has days."""
    return tuple(accumulate(_year(week, swaps, year), initial=_NONE))


@lru_cache(maxsize=512)
def _total(week: WeekName, swaps: bool, year: int) -> Fraction:
    """How much is worked in a whole year."""
    if _has_holidays(year):
        return _sums(week, swaps, year)[-1]
    weights, first = WEEKS[week].weights, date(year, 1, 1).weekday()
    more = 2 if _is_leap(year) else 1
    return 52 * sum(weights, _NONE) + sum((weights[(first + n) % 7] for n in range(more)), _NONE)


def _between(week: WeekName, swaps: bool, start: date, end: date) -> Fraction:
    """Working days of one week from `start` to before `end`, which isn't before it."""
    whole = sum((_total(week, swaps, year) for year in range(start.year, end.year)), _NONE)
    return whole + _before(week, swaps, end) - _before(week, swaps, start)


def _before(week: WeekName, swaps: bool, day: date) -> Fraction:
    """Working days of the day's year before it."""
    return _sums(week, swaps, day.year)[(day - date(day.year, 1, 1)).days]


@lru_cache(maxsize=512)
def _has_holidays(year: int) -> bool:
    try:
        public_holidays(year)
    except LunarError:
        return False
    return True


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
