"""Working days: the member's week, Vietnam's public holidays, own leave and extra days.

Sources of the holidays: Labour Codes 1994 (art. 73), 2012 (art. 115) and 2019 (art. 112: eleven days; the second day of
National Day is the day before or after, as the Prime Minister decides each year), Resolution 80-NQ/TW of 2026
(November 24, Vietnam's Day of Culture, a paid day off). Compensation: art. 111.3 of 2019, a holiday that falls on a
weekly rest day is taken on the next working day; for a Saturday of Tết the state announces the working day before.
Checked for 1995–2050 against an independent library in the tests; years to come follow the same rules until the state
announces otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from toolkit.core.dates import lunar

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_ONE, _HALF, _OFF = Fraction(1), Fraction(1, 2), Fraction(0)
_DAY = timedelta(days=1)
_SATURDAY, _SUNDAY = 5, 6

HolidayName = Literal[
    "core.note_holiday_new_year", "core.note_holiday_tet", "core.note_holiday_hung_kings",
    "core.note_holiday_reunification", "core.note_holiday_labour", "core.note_holiday_national",
    "core.note_holiday_culture",
]  # fmt: skip
OffReason = Literal["rest", "leave", "holiday", "compensation", "swap"]


@dataclass(frozen=True)
class Week:
    """How much of each weekday is worked, Monday first; 0 is a rest day. At least one day is worked."""

    weights: tuple[Fraction, ...]

    def __post_init__(self) -> None:
        if len(self.weights) != 7 or not any(self.weights) or not all(0 <= weight <= 1 for weight in self.weights):
            raise ValueError("a week has seven weights from 0 to 1, one of them above 0")

    @property
    def rest(self) -> frozenset[int]:
        """The weekdays that aren't worked at all (Monday = 0)."""
        return frozenset(day for day, weight in enumerate(self.weights) if not weight)


FIVE_DAYS = Week((_ONE,) * 5 + (_OFF, _OFF))
FIVE_AND_A_HALF_DAYS = Week((_ONE,) * 5 + (_HALF, _OFF))
SIX_DAYS = Week((_ONE,) * 6 + (_OFF,))
SEVEN_DAYS = Week((_ONE,) * 7)
WEEKS: Mapping[str, Week] = MappingProxyType(
    {"5": FIVE_DAYS, "5.5": FIVE_AND_A_HALF_DAYS, "6": SIX_DAYS, "7": SEVEN_DAYS}
)

# Working days that the state moved for its own staff, "off" ↔ "worked instead". Private employers are free to follow.
STATE_SWAPS: Mapping[date, date] = MappingProxyType(
    {
        date(2010, 2, 19): date(2010, 2, 27),
        date(2012, 1, 27): date(2012, 2, 4),
        date(2013, 4, 29): date(2013, 5, 4),
        date(2014, 5, 2): date(2014, 4, 26),
        date(2014, 9, 1): date(2014, 9, 6),
        date(2015, 1, 2): date(2014, 12, 27),
        date(2015, 2, 16): date(2015, 2, 14),
        date(2015, 4, 29): date(2015, 4, 25),
        date(2018, 12, 31): date(2019, 1, 5),
        date(2019, 4, 29): date(2019, 5, 4),
        date(2024, 4, 29): date(2024, 5, 4),
        date(2025, 5, 2): date(2025, 4, 26),
        date(2026, 1, 2): date(2026, 1, 10),
        date(2026, 8, 31): date(2026, 8, 22),
    }
)
_SWAPPED_IN = frozenset(STATE_SWAPS.values())

# The second day of National Day, by the weekday of September 2, as it has been announced since 2021.
_NATIONAL_DAY_SECOND = {0: 1, 1: -1, 2: -1, 3: 1, 4: -1, 5: -1, 6: 1}


@dataclass(frozen=True)
class Holiday:
    """A public day off. `instead_of` is the holiday on a rest day that it is taken for, None for the holiday itself."""

    day: date
    name: HolidayName
    instead_of: date | None = None


@lru_cache(maxsize=256)
def public_holidays(year: int, rest: frozenset[int] = FIVE_DAYS.rest) -> Mapping[date, Holiday]:
    """Every public day off of a year for someone who rests on these weekdays (Monday = 0), by date.

    Raises LunarError outside the years of the lunar calendar (1901–2099).
    """
    named = list(_by_law(year))
    off = {day: Holiday(day, name) for day, name in named}
    tet = [day for day, name in named if name == "core.note_holiday_tet"]
    for day in tet:
        back = day.weekday() == _SATURDAY and year >= 2014
        _compensate(off, day, rest, -_DAY if back else _DAY)
    for day in sorted({day for day, _ in named} - set(tet)):
        # the second day of National Day is placed beside a weekend and not compensated again
        if off[day].name != "core.note_holiday_national" or (day.month, day.day) == (9, 2):
            _compensate(off, day, rest, _DAY)
    return MappingProxyType(off)


def _by_law(year: int) -> Iterator[tuple[date, HolidayName]]:
    yield date(year, 1, 1), "core.note_holiday_new_year"
    tet = lunar.tet(year)
    for away in range(-1, 4 if year >= 2013 else 3):
        yield tet + away * _DAY, "core.note_holiday_tet"
    if year >= 2007:
        yield lunar.to_solar(lunar.Lunar(10, 3, year)), "core.note_holiday_hung_kings"
    yield date(year, 4, 30), "core.note_holiday_reunification"
    yield date(year, 5, 1), "core.note_holiday_labour"
    national = date(year, 9, 2)
    yield national, "core.note_holiday_national"
    if year >= 2021:
        yield national + _NATIONAL_DAY_SECOND[national.weekday()] * _DAY, "core.note_holiday_national"
    if year >= 2026:
        yield date(year, 11, 24), "core.note_holiday_culture"


def _compensate(off: dict[date, Holiday], holiday: date, rest: frozenset[int], step: timedelta) -> None:
    if holiday.weekday() not in rest:
        return
    day = holiday + step
    while day in off or day.weekday() in rest:
        day += step
    off[day] = Holiday(day, off[holiday].name, holiday)


@dataclass(frozen=True)
class WorkCalendar:
    """Which days a member works, and how much of them.

    `extra` days are worked in full whatever else they are; `leave` days aren't worked. With `state_swaps` the state's
    moved working days count too. Compensation is for the member's own rest days: who works on Saturdays has no Monday
    off for a holiday on a Saturday.
    """

    week: Week = FIVE_DAYS
    leave: frozenset[date] = field(default_factory=frozenset)
    extra: frozenset[date] = field(default_factory=frozenset)
    state_swaps: bool = False

    def weight(self, day: date) -> Fraction:
        """How much of a day is worked: 0, 1/2 or 1 (or what an own week says)."""
        if day in self.extra:
            return _ONE
        if self.off_because(day) is not None:
            return _OFF
        if self.state_swaps and day in _SWAPPED_IN:
            return _ONE
        return self.week.weights[day.weekday()]

    def off_because(self, day: date) -> OffReason | None:
        """Why a day isn't worked; None if it is, be it in part."""
        if day in self.extra:
            return None
        if day in self.leave:
            return "leave"
        holiday = public_holidays(day.year, self.week.rest).get(day)
        if holiday is not None:
            return "compensation" if holiday.instead_of else "holiday"
        if self.state_swaps and day in STATE_SWAPS:
            return "swap"
        if self.week.weights[day.weekday()] or (self.state_swaps and day in _SWAPPED_IN):
            return None
        return "rest"

    def is_working(self, day: date) -> bool:
        return self.weight(day) > 0

    def working_days(self, start: date, end: date) -> Fraction:
        """The working days from `start` to before `end`; 0 where the end isn't after the start."""
        return sum((self.weight(start + n * _DAY) for n in range((end - start).days)), _OFF)

    def next_working(self, day: date) -> date | None:
        """The first working day after a day; None if there is none within a year."""
        return next((day + n * _DAY for n in range(1, 367) if self.is_working(day + n * _DAY)), None)
