"""From the parts of a date to a day: fills in the year or month that was left out, refuses what doesn't exist."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from toolkit.core.dates import lunar
from toolkit.core.dates.day import Context, Day, spoken
from toolkit.core.dates.lunar import Anniversary, Lunar, LunarError
from toolkit.core.readings import Reading, Readings, none, one, several

FIRST_YEAR = 1901  # 1900 and 9999 stand in sheets for "no date": the spreadsheet's zero and the database's never
LAST_YEAR = 2100

AMBIGUOUS = "core.date_ambiguous"

_Yearly = Callable[[int], Anniversary]


def plausible(day: date) -> Readings[date]:
    """A date cell's own value, refused where its year says that it isn't one."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        return none("core.date_year_unlikely", year=day.year)
    return one(day)


def full_year(text: str) -> int:
    """Two digits are 20yy."""
    return int(text) if len(text) > 2 else 2000 + int(text)


def solar(c: Context, day: int, month: int, year: int | None) -> Readings[Day]:
    """A day and month, with or without a year."""
    if not 1 <= month <= 12:
        return none("core.date_no_such_month", month=month, day=day)
    if not 1 <= day <= 31:
        return none("core.date_no_such_day", day=day, month=month)
    if year is not None:
        return _existing(day, month, year, given=True)
    if c.within is not None:
        return _inside(day, month, c.within)
    if c.year is not None:
        return _existing(day, month, c.year, given=False)
    this_year = c.today.year
    if c.look == "forward" and (month, day) < (c.today.month, c.today.day):
        this_year += 1
    if c.look == "back" and (month, day) > (c.today.month, c.today.day):
        this_year -= 1
    return _existing(day, month, this_year, given=False)


def _existing(day: int, month: int, year: int, *, given: bool) -> Readings[Day]:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return none("core.date_year_unlikely", year=year)
    if day > calendar.monthrange(year, month)[1]:
        if day == 29 and month == 2:
            return none("core.date_no_leap_day", year=year)
        return none("core.date_no_such_day", day=day, month=month)
    return one(Day(date(year, month, day), year_given=given))


def _inside(day: int, month: int, within: tuple[date, date]) -> Readings[Day]:
    start, end = within
    found = [
        Reading(Day(date(year, month, day), year_given=False), "core.reading_year")
        for year in range(start.year, end.year + 1)
        if day <= calendar.monthrange(year, month)[1] and start <= date(year, month, day) < end
    ]
    if not found:
        return none("core.date_outside", start=spoken(start), end=spoken(end - timedelta(days=1)))
    return several(AMBIGUOUS, found)


def shift_month(year: int, month: int, by: int) -> tuple[int, int]:
    """The month that lies `by` months later."""
    index = year * 12 + month - 1 + by
    return index // 12, index % 12 + 1


def solar_clipped(day: int, year: int, month: int) -> date:
    """A day of a month, or the month's last day where it is shorter."""
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def in_year(day: date, year: int) -> date | None:
    """The same day and month of another year; None for 29/2 where that year has none."""
    try:
        return day.replace(year=year)
    except ValueError:
        return None


def day_of_month(c: Context, day: int, by: int | None) -> Readings[Day]:
    """A day without a month: in the month `by` months from now, else the context's, else the nearest that has it."""
    if not 1 <= day <= 31:
        return none("core.date_no_such_day_of_month", day=day)
    if by is not None:
        year, month = shift_month(c.today.year, c.today.month, by)
        return _existing(day, month, year, given=True)
    if c.month is not None:
        return solar(c, day, c.month, None)
    step = 1 if c.look == "forward" else -1
    year, month = c.today.year, c.today.month
    if (day < c.today.day) if step == 1 else (day > c.today.day):
        year, month = shift_month(year, month, step)
    while day > calendar.monthrange(year, month)[1]:
        year, month = shift_month(year, month, step)
    return _existing(day, month, year, given=False)


def lunar_day(c: Context, day: int, month: int, year: int | None, *, leap: bool = False) -> Readings[Day]:
    """A lunar day and month. `year` is a lunar year; a day that it doesn't have is refused.

    Without a year it is a yearly day, which moves where a year lacks its leap month or its 30th (noted).
    """
    if not 1 <= month <= 12:
        return none("core.date_no_such_month", month=month, day=day)
    if not 1 <= day <= 30:
        return none("core.date_lunar_no_such_day", day=day, month=month)
    try:
        if year is not None:
            wanted = Lunar(day, month, year, leap)
            return one(Day(lunar.to_solar(wanted), lunar=wanted))
        return nearest(c, lambda lunar_year: lunar.anniversary(day, month, leap, lunar_year))
    except LunarError as refused:
        return none(refused.code, day=day, month=month, year=year or c.year or c.today.year)


def nearest(c: Context, in_year: _Yearly) -> Readings[Day]:
    """A yearly lunar day in the year that the context asks for."""
    if c.within is not None:
        start, end = c.within
        found = [at for at in _years(in_year, start.year - 1, end.year) if start <= at.date < end]
        if not found:
            return none("core.date_outside", start=spoken(start), end=spoken(end - timedelta(days=1)))
        return several(AMBIGUOUS, [Reading(_yearly_day(at), "core.reading_year") for at in found])
    if c.year is not None:
        return _in_titled_year(c, c.year, in_year)
    around = list(_years(in_year, c.today.year - 2, c.today.year + 2))
    if c.look == "forward":
        best = min((at for at in around if at.date >= c.today), key=lambda at: at.date, default=None)
    else:
        best = max((at for at in around if at.date <= c.today), key=lambda at: at.date, default=None)
    if best is None:
        return none("core.date_lunar_out_of_range", year=c.today.year)
    return one(_yearly_day(best))


def _in_titled_year(c: Context, year: int, in_year: _Yearly) -> Readings[Day]:
    """The last lunar months of a year lie in January and February of the next: a title's year may mean either."""
    candidates = [(at, at.lunar.year == year) for at in _years(in_year, year - 1, year)]
    fitting = [(at, own) for at, own in candidates if own or at.date.year == year]
    if not fitting:
        return none("core.date_lunar_out_of_range", year=year)
    ahead = [(at, own) for at, own in fitting if (at.date >= c.today if c.look == "forward" else at.date <= c.today)]
    return several(
        AMBIGUOUS,
        [
            Reading(_yearly_day(at), "core.reading_lunar_year" if own else "core.reading_solar_year")
            for at, own in (ahead if len(ahead) == 1 else fitting)
        ],
    )


def _years(in_year: _Yearly, first: int, last: int) -> Iterator[Anniversary]:
    for year in range(first, last + 1):
        try:
            yield in_year(year)
        except LunarError as refused:
            if refused.code != "core.date_lunar_out_of_range":
                raise


def _yearly_day(at: Anniversary) -> Day:
    return Day(at.date, lunar=at.lunar, notes=at.notes, year_given=False)


def lunar_day_of_month(c: Context, day: int) -> Readings[Day]:
    """A lunar day without a month (rằm, mùng 5 âm): in the nearest lunar month that has it."""
    if not 1 <= day <= 30:
        return none("core.date_no_such_day_of_month", day=day)
    days: list[Day] = []
    for year in range(c.today.year - 1, c.today.year + 2):
        if lunar.FIRST_YEAR <= year <= lunar.LAST_YEAR:
            days += [
                Day(
                    m.first + timedelta(days=day - 1),
                    lunar=Lunar(day, m.month, year, m.leap),
                    year_given=False,
                )
                for m in lunar.months(year)
                if day <= m.length
            ]
    fitting = [d for d in days if (d.date >= c.today if c.look == "forward" else d.date <= c.today)]
    if not fitting:
        return none("core.date_lunar_out_of_range", year=c.today.year)
    pick = min if c.look == "forward" else max
    return one(pick(fitting, key=lambda d: d.date))


def lunar_day_in_month_away(c: Context, day: int, by: int) -> Readings[Day]:
    """A lunar day in the lunar month `by` months from today's."""
    try:
        around = [(year, m) for year in range(c.today.year - 1, c.today.year + 2) for m in lunar.months(year)]
    except LunarError as refused:
        return none(refused.code, year=c.today.year)
    here = next(i for i, (_, m) in enumerate(around) if m.first <= c.today < m.first + timedelta(days=m.length))
    year, m = around[here + by]
    return one(Day(m.first + timedelta(days=day - 1), lunar=Lunar(day, m.month, year, m.leap)))


def eve_of_tet(c: Context, year: int | None) -> Readings[Day]:
    """Giao thừa: "30 Tết 2027" is the eve of the Tết of 2027."""
    try:
        if year is not None:
            return one(_yearly_day(_eve(year - 1)))
        return nearest(c, _eve)
    except LunarError as refused:
        return none(refused.code, day=30, month=12, year=year or c.today.year)


def _eve(lunar_year: int) -> Anniversary:
    """The last day of a lunar year. It is its own name, so nothing was moved even where the month has 29 days."""
    last = lunar.months(lunar_year)[-1]
    return Anniversary(
        last.first + timedelta(days=last.length - 1), Lunar(last.length, last.month, lunar_year, last.leap)
    )


def monday(day: date) -> date:
    """The Monday that a day's week begins with."""
    return day - timedelta(days=day.weekday())


def weekday(c: Context, wanted: int, week: int | None) -> Readings[Day]:
    """A weekday: in the week `week` weeks from now, else the nearest, today included."""
    if week is not None:
        return one(Day(monday(c.today) + timedelta(days=wanted + 7 * week), weekday=wanted))
    if c.within is not None and c.within[1] - c.within[0] <= timedelta(days=7):
        start = c.within[0]
        return one(Day(start + timedelta(days=(wanted - start.weekday()) % 7), weekday=wanted, year_given=False))
    if c.look == "forward":
        return one(Day(c.today + timedelta(days=(wanted - c.today.weekday()) % 7), weekday=wanted, year_given=False))
    return one(Day(c.today - timedelta(days=(c.today.weekday() - wanted) % 7), weekday=wanted, year_given=False))


def coming(today: date, wanted: int) -> date:
    """The nearest such weekday after today."""
    return today + timedelta(days=(wanted - today.weekday() - 1) % 7 + 1)


def gone(today: date, wanted: int) -> date:
    """The nearest such weekday before today."""
    return today - timedelta(days=(today.weekday() - wanted - 1) % 7 + 1)
