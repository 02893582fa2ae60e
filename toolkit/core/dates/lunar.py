"""The Vietnamese lunar calendar (âm lịch), from tables that are checked both ways.

The computation is `lunar_vn`'s (the astronomical rules of the Vietnamese calendar at UTC+7, which has been the law
since 1968; for earlier years the printed calendar could differ by a day). That library accepts dates that don't
exist, so a year is laid out once as months with a first day and a length, each checked by converting back, and
everything else is looked up in that layout.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Literal

FIRST_YEAR = 1901
LAST_YEAR = 2099

Note = Literal["core.note_lunar_leap_missing", "core.note_lunar_short_month"]
LEAP_MISSING: Note = "core.note_lunar_leap_missing"
SHORT_MONTH: Note = "core.note_lunar_short_month"


@dataclass(frozen=True)
class Lunar:
    """A day of the lunar calendar. `year` is the lunar year (that which begins at Tết of the same Gregorian year)."""

    day: int
    month: int
    year: int
    leap: bool = False


@dataclass(frozen=True)
class LunarMonth:
    """A month of a lunar year: its number, whether it is the leap one, its first day, and 29 or 30 days."""

    month: int
    leap: bool
    first: date
    length: int


class LunarError(ValueError):
    """A lunar date that doesn't exist. `code` is one of core.date_lunar_no_such_day | _no_leap | _out_of_range."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@lru_cache(maxsize=256)
def months(year: int) -> tuple[LunarMonth, ...]:
    """The 12 or 13 months of a lunar year, in order. Raises LunarError outside 1901–2099."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise LunarError("core.date_lunar_out_of_range")
    firsts = [*_firsts(year), (1, False, _first_of_month(1, year + 1))]
    return tuple(
        LunarMonth(month, leap, first, (following[2] - first).days)
        for (month, leap, first), following in pairwise(firsts)
    )


def _firsts(year: int) -> list[tuple[int, bool, date]]:
    """The first days of a year's months: walk from new moon to new moon, and let the library name each."""
    from lunar_vn import solar_to_lunar

    found: list[tuple[int, bool, date]] = []
    first = _first_of_month(1, year)
    while True:
        named = solar_to_lunar(first)
        if named.year != year:
            return found
        found.append((named.month, named.leap, first))
        length = 29 if solar_to_lunar(first + timedelta(days=29)).day == 1 else 30
        first += timedelta(days=length)


def _first_of_month(month: int, year: int) -> date:
    """A regular month's first day, checked by converting it back."""
    from lunar_vn import LunarDate, lunar_to_solar, solar_to_lunar

    wanted = LunarDate(1, month, year)
    first = lunar_to_solar(wanted)
    if solar_to_lunar(first) != wanted:
        raise LunarError("core.date_lunar_out_of_range")
    return first


def leap_month(year: int) -> int | None:
    """The number of the month that a lunar year has twice, None in an ordinary year."""
    return next((m.month for m in months(year) if m.leap), None)


def month_lengths(year: int) -> dict[tuple[int, bool], int]:
    """The length in days of each (month, leap) of a lunar year."""
    return {(m.month, m.leap): m.length for m in months(year)}


def month_of(year: int, month: int, leap: bool = False) -> LunarMonth | None:
    """One month of a lunar year; None if the year doesn't have it."""
    return next((m for m in months(year) if m.month == month and m.leap == leap), None)


def to_solar(lunar: Lunar) -> date:
    """The Gregorian day of a lunar day. Raises LunarError if that lunar day doesn't exist."""
    found = month_of(lunar.year, lunar.month, lunar.leap)
    if found is None:
        raise LunarError("core.date_lunar_no_leap" if lunar.leap else "core.date_lunar_no_such_day")
    if not 1 <= lunar.day <= found.length:
        raise LunarError("core.date_lunar_no_such_day")
    return found.first + timedelta(days=lunar.day - 1)


def from_solar(day: date) -> Lunar:
    """The lunar day of a Gregorian day. Raises LunarError outside the years that are known."""
    for year in (day.year, day.year - 1):
        for m in months(year):
            if m.first <= day < m.first + timedelta(days=m.length):
                return Lunar((day - m.first).days + 1, m.month, year, m.leap)
    raise LunarError("core.date_lunar_out_of_range")


def tet(year: int) -> date:
    """The first day of the lunar year that begins in a Gregorian year."""
    return months(year)[0].first


def eve(year: int) -> date:
    """Giao thừa, called "30 Tết" even where the last month has 29 days: the day before the Tết of that year."""
    return tet(year) - timedelta(days=1)


@dataclass(frozen=True)
class Anniversary:
    """Where a yearly lunar day falls in one lunar year. `notes` say how it was moved, for the plan to tell."""

    date: date
    lunar: Lunar
    notes: tuple[Note, ...] = ()


def anniversary(day: int, month: int, leap: bool, year: int) -> Anniversary:
    """A yearly lunar day in a lunar year.

    In a year without that leap month it falls in the regular month; the 30th of a month of 29 days falls on its last
    day (the product's decision, calendar.md; each is noted). Raises LunarError for a day that no year has.
    """
    if not (1 <= day <= 30 and 1 <= month <= 12):
        raise LunarError("core.date_lunar_no_such_day")
    notes: list[Note] = []
    found = month_of(year, month, leap)
    if found is None:
        notes.append(LEAP_MISSING)
        found = month_of(year, month)
    if found is None:
        raise LunarError("core.date_lunar_no_such_day")
    if day > found.length:
        notes.append(SHORT_MONTH)
        day = found.length
    return Anniversary(found.first + timedelta(days=day - 1), Lunar(day, month, year, found.leap), tuple(notes))
