"""What the day columns of a row say, before it is decided what that comes to."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from toolkit.calendar.reading import lunar_years
from toolkit.calendar.reading.compose import Stretched
from toolkit.calendar.reading.days import DayContext, Stretch, days_in, read_days, time_of
from toolkit.calendar.reading.timing import slots_of, times_in
from toolkit.core.dates import (
    Day,
    LunarError,
    Slot,
    TimeRange,
    When,
    parse_repeat,
    parse_weekdays,
    parse_when,
)
from toolkit.core.dates.lunar import from_solar
from toolkit.core.outcome import Problem
from toolkit.core.readings import none, one
from toolkit.core.text import clean

if TYPE_CHECKING:
    from toolkit.calendar.reading.desk import Desk
    from toolkit.calendar.reading.headings import Field
    from toolkit.calendar.reading.lines import Line
    from toolkit.core.readings import Readings
    from toolkit.sheets.model import Cell

MOST_MOMENTS = 20
_ONE_EACH = re.compile(r"[\n;]")
# The dash of "19h30-21h" parts hours, that of "25-11" a day and its month.
_NAMES_DATE = re.compile(r"(?<![\dhg:])\d{1,2} ?[/.-] ?\d{1,2}(?![\dhg:]| ?giờ)|tháng|thang", re.IGNORECASE)
_NAMES_YEAR = re.compile(r"\d{4}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2}|(?:tết|tet|năm|nam) \d", re.IGNORECASE)
_NAMES_DAY = re.compile(r"\d ?[/.-] ?\d{1,2}(?:\D|$)|thứ|tháng|thang|ngày|\bT[2-7]\b|\bCN\b|\d{4}-\d", re.IGNORECASE)
_HOURS_ONLY = re.compile(r"\d{1,2}(?:[:hg.]\d{2})? ?- ?\d{1,2}(?:[:hg.]\d{2})?")
_WEEKDAY_COLON = re.compile(r"\b((?:thứ|thu|th|t)[ .]?[2-7]) ?: ?", re.IGNORECASE)
_LISTED = re.compile(r"(?<=[2-7]), ?(?=[2-7](?:\D|$))")
_BARE_DAY = re.compile(r"(?:ngày )?\d{1,2}(?:\.0)?", re.IGNORECASE)
_MONTH = re.compile(r"(?:tháng |thang |thg |t)?(?P<month>\d{1,2})(?:[/.-](?P<year>20\d\d))?", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d|\d\d")
_EVERY_WEEK = re.compile(r"tuần|tuan|mỗi|moi|week|every", re.IGNORECASE)


@dataclass(frozen=True)
class Moment:
    """A day with its hours from one text. `bare_weekday`: only a weekday was named, not a date."""

    stretch: Stretch
    slots: tuple[Slot | Stretched, ...]
    bare_weekday: bool = False


@dataclass
class Said:
    """What the day columns of a line say.

    `stretches` are days from a date column, `start` and `end` (included) those of a first and a last day, `moments`
    days with hours in one cell, `weekdays` weekdays without a date. `start_time`, `end_time` and `slots` are hours that
    stood in day cells. `cell` is where the day stands; `lunar_text` what stood there if it was lunar, `lunar_heading`
    the name above it. `relative` days count from today.
    """

    stretches: tuple[Stretch, ...] = ()
    start: Stretch | None = None
    end: date | None = None
    end_year_given: bool = True
    start_time: time | None = None
    end_time: time | None = None
    slots: tuple[Slot | Stretched, ...] = ()
    moments: tuple[Moment, ...] = ()
    weekdays: tuple[int, ...] = ()
    cell: Cell | None = None
    lunar_text: str = ""
    lunar_heading: str = ""
    relative: bool = False

    @property
    def nothing(self) -> bool:
        return not (self.stretches or self.start or self.moments or self.weekdays)

    @property
    def days(self) -> tuple[Stretch, ...]:
        """The days themselves, whichever column said them."""
        if self.start is not None:
            return (self.start,)
        return self.stretches or tuple(moment.stretch for moment in self.moments)


class DayColumns:
    """Reads the day columns of a line; what can't be read becomes a refusal of the line."""

    def __init__(self, desk: Desk, line: Line, context: DayContext) -> None:
        self._desk = desk
        self._line = line
        self._context = context

    def read(self, title: str) -> Said:
        """`title` is the event's: it tells whether a lunar day is an anniversary, and which days are remembered."""
        said = Said()
        self._lunar_column(said, title)
        self._date_column(said)
        self._when_column(said)
        self._start_and_end(said)
        self._weekday_column(said)
        self._compare_calendars()
        self._keep_years(said, self._desk.remembered(title))
        return said

    def _refuse(self, cell: Cell, readings: Readings[Any]) -> None:
        self._line.refusals.append(readings.problem(cell.text[:200], self._desk.at(cell)))

    def _lunar_column(self, said: Said, title: str) -> None:
        """Where both calendars are written, an anniversary goes by the lunar day, anything else by the solar one."""
        cell = self._line.cell("lunar")
        if cell is None:
            return
        heading = self._line.columns.names.get(cell.column, "")
        if self._line.cell("date", "start_date") is not None and not lunar_years.is_yearly(title, heading, given=False):
            return
        said.cell, said.lunar_heading, said.lunar_text = cell, heading, _as_day_and_month(cell)
        readings = days_in(said.lunar_text, self._lunar_context())
        if readings.value is None:
            self._refuse(cell, readings)
        else:
            said.stretches = readings.value

    def _lunar_context(self) -> DayContext:
        return replace(self._context, lunar=True, within=None, year=None, month=None)

    def _date_column(self, said: Said) -> None:
        found: list[Stretch] = []
        for cell in self._line.cells("date"):
            said.cell = said.cell or cell
            weekdays = self._weekdays_in(cell)
            if weekdays:
                said.weekdays = weekdays
                continue
            readings = self._in_three_columns(cell) or read_days(cell, self._context)
            if readings.value is None and isinstance(cell.value, str):
                moments = self._moments(cell.value)
                if moments:
                    said.moments = moments
                    continue
            if readings.value is None:
                self._refuse(cell, readings)
                continue
            found.extend(readings.value)
            said.relative = said.relative or _is_relative(cell, readings.value)
            said.start_time = said.start_time or time_of(cell)
            if any(s.first.lunar for s in readings.value):
                said.lunar_text = said.lunar_text or cell.text
        self._one_of_two(found)
        if found and not said.stretches:
            said.stretches = tuple({(s.first.date, s.last): s for s in found}.values())

    def _in_three_columns(self, cell: Cell) -> Readings[tuple[Stretch, ...]] | None:
        """A bare number under "Ngày" beside columns for the month and the year; None where there is no such column."""
        month = self._line.cell("month")
        if month is None or isinstance(cell.value, date) or not _BARE_DAY.fullmatch(clean(cell.text[:20])):
            return None
        number = _MONTH.fullmatch(clean(month.text[:30]))
        year = self._line.cell("year")
        written = number["year"] if number and number["year"] else clean(year.text[:10]) if year is not None else ""
        if number is None or (written and not _YEAR.fullmatch(written)):
            return none("core.date_unknown")
        day = clean(cell.text[:20]).lower().removeprefix("ngày").strip()
        text = "/".join(part for part in (day, number["month"], written) if part)
        return days_in(text, self._context)

    def _one_of_two(self, found: list[Stretch]) -> None:
        """Day columns of different names ("Ngày giao", "Hạn chót"): which of them is the event's isn't ours to say."""
        line, start = self._line, self._line.cell("start_date")
        cells, days = line.cells("date"), {stretch.first.date for stretch in found}
        if start is not None and cells and line.cell("end_date", "end") is None:
            cells.append(start)
            days |= {stretch.first.date for stretch in read_days(start, self._context).value or ()}
        names = [line.columns.names.get(cell.column, "") for cell in cells]
        if len(set(names)) > 1 and len(days) > 1 and not line.refusals:
            params = {"first": names[0][:60], "second": names[1][:60]}
            line.refusals.append(Problem("calendar.two_days", self._desk.at(cells[1]), params, cells[1].text[:80]))

    def _weekdays_in(self, cell: Cell) -> tuple[int, ...]:
        """Weekdays that a day column names as such: several, one of every week, or one beside a first and a last day.

        Otherwise a lone "T2" there is the coming Monday.
        """
        if not isinstance(cell.value, str) or len(cell.value) > 60:
            return ()
        days = parse_weekdays(cell.value).value or ()
        if days and self._line.cell("start_date") and self._line.cell("end_date"):
            return days
        return _coming_back(cell.value)

    def _when_column(self, said: Said) -> None:
        """A column that may hold days, times, or both."""
        for cell in self._line.cells("when"):
            if isinstance(cell.value, datetime) and time_of(cell) is not None:
                said.cell, said.start_time = said.cell or cell, time_of(cell)
                said.stretches = said.stretches or (Stretch(Day(cell.value.date())),)
                continue
            days = read_days(cell, self._context)
            if days.value is not None and not isinstance(cell.value, time):
                said.cell, said.stretches = said.cell or cell, said.stretches or days.value
                said.relative = said.relative or _is_relative(cell, days.value)
                continue
            slots = slots_of(cell)
            if slots.value is not None:
                said.slots = slots.value
                continue
            weekly = weekdays_with_hours(cell.text)
            if weekly is not None:
                said.cell, (said.weekdays, said.slots) = said.cell or cell, weekly
                continue
            coming_back = _coming_back(cell.text[:60])
            if coming_back:
                said.cell, said.weekdays = said.cell or cell, coming_back
                continue
            moments = self._moments(cell.text)
            if moments:
                said.cell, said.moments = said.cell or cell, moments
                continue
            whole = when_in(cell.text, self._context)
            self._refuse(cell, days if whole.code == "core.date_unknown" and days.code else whole)

    def _moments(self, text: str) -> tuple[Moment, ...]:
        """Days with their times in one text, also one per line; none if any of them can't be read."""
        whole = when_in(text, self._context)
        if whole.value is not None:
            return (_moment(whole.value, text),)
        parts = [part for part in _ONE_EACH.split(text[:1000]) if part.strip()]
        if whole.ambiguous or not 2 <= len(parts) <= MOST_MOMENTS:
            return ()
        each = [(when_in(part, self._context).value, part) for part in parts]
        found = tuple(_moment(when, part) for when, part in each if when is not None)
        return found if len(found) == len(parts) else ()

    def _start_and_end(self, said: Said) -> None:
        """Columns for the first and the last day; "Bắt đầu" and "Kết thúc" may hold a day, a time or both."""
        start = self._edge("start_date", "start")
        end = self._edge("end_date", "end")
        if start is not None:
            said.start, said.start_time = start[0], start[1] or said.start_time
            said.cell = said.cell or self._line.cell("start_date", "start")
        if end is not None:
            said.end, said.end_time = end[0].last or end[0].first.date, end[1]
            said.end_year_given = end[0].first.year_given

    def _edge(self, day_field: Field, either_field: Field) -> tuple[Stretch, time | None] | None:
        cell = self._line.cell(day_field) or self._line.cell(either_field)
        if cell is None:
            return None
        sure = cell.column in self._line.columns.by_field.get(day_field, ())
        if not isinstance(cell.value, date) and not sure and not _looks_dated(cell):
            return None
        readings = read_days(cell, self._context)
        if readings.value is not None and len(readings.value) == 1:
            self._line.days.add(cell.column)
            return readings.value[0], time_of(cell)
        when = when_in(cell.text, self._context)
        if when.value is not None and len(when.value.slots) == 1 and isinstance(when.value.slots[0], TimeRange):
            self._line.days.add(cell.column)
            return Stretch(when.value.day), when.value.slots[0].start
        self._line.days.add(cell.column)  # it has been answered: no second complaint about its hours
        self._refuse(cell, readings)
        return None

    def _weekday_column(self, said: Said) -> None:
        cell = self._line.cell("weekday")
        if cell is None:
            return
        readings = parse_weekdays(cell.text, column=True)
        if readings.value is not None:
            said.weekdays = said.weekdays or readings.value
            said.cell = said.cell or cell
            return
        day = read_days(cell, self._context)  # "Thứ 7, 12/12" under the heading "Thứ"
        if day.value is not None and not said.stretches:
            said.stretches, said.cell = day.value, cell
        elif day.value is None:
            self._refuse(cell, readings if not day.code or day.code == "core.date_unknown" else day)

    def _compare_calendars(self) -> None:
        """A day written in both calendars must be one day; the year of an anniversary isn't compared."""
        lunar_cell, solar_cell = self._line.cell("lunar"), self._line.cell("date", "start_date")
        if lunar_cell is None or solar_cell is None or self._line.refusals:
            return
        written = days_in(_as_day_and_month(lunar_cell), self._lunar_context()).value
        solar = read_days(solar_cell, self._context).value
        if not written or not solar or written[0].first.lunar is None or solar[0].first.lunar is not None:
            return
        try:
            actual = from_solar(solar[0].first.date)
        except LunarError:
            return
        stated = written[0].first.lunar
        if (stated.day, stated.month) != (actual.day, actual.month) and not written[0].first.notes:
            params = {"date": f"{solar[0].first.date:%d/%m/%Y}", "actual": f"{actual.day}/{actual.month}"}
            place = self._desk.at(lunar_cell)
            self._line.refusals.append(Problem("calendar.calendars_contradict", place, params, lunar_cell.text[:80]))

    def _keep_years(self, said: Said, remembered: frozenset[date]) -> None:
        """Days whose year wasn't written stay in the year in which an earlier import placed them."""
        if not remembered:
            return
        said.stretches = tuple(_kept(stretch, remembered) for stretch in said.stretches)
        said.moments = tuple(replace(m, stretch=_kept(m.stretch, remembered)) for m in said.moments)
        if said.start is not None:
            kept = _kept(said.start, remembered)
            years = kept.first.date.year - said.start.first.date.year
            said.start = kept
            if years and said.end is not None and not said.end_year_given:
                said.end = _shifted(said.end, years)


def _kept(stretch: Stretch, remembered: frozenset[date]) -> Stretch:
    day = stretch.first
    if day.year_given or day.lunar is not None or day.date in remembered:
        return stretch
    before = [d for d in remembered if (d.month, d.day) == (day.date.month, day.date.day)]
    if not before:
        return stretch
    years = max(before).year - day.date.year
    last = _shifted(stretch.last, years) if stretch.last is not None else None
    return Stretch(replace(day, date=max(before)), last)


def _shifted(day: date, years: int) -> date:
    """The same day of another year; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


@lru_cache(maxsize=16384)
def when_in(text: str, context: DayContext) -> Readings[When]:
    """A day with its times in one text. The colon in "Thứ 4: 13h" parts day and hour; it is no 4:13."""
    read = parse_when(
        _WEEKDAY_COLON.sub(r"\1, ", clean(text[:1000])),
        today=context.today,
        look="forward",
        year=context.year,
        month=context.month,
        within=context.within,
        month_first=context.month_first,
        lunar=context.lunar,
        ask_bare_hours=True,
    )
    if any(when.day.end is not None for when in read.values):
        return none("core.date_is_period")
    return _one_day_twice(text, context) or read if read.code == "core.period_backwards" else read


def _one_day_twice(text: str, context: DayContext) -> Readings[When] | None:
    """`8h 25/11 - 10h 25/11`: both ends name the same day."""
    first, between, last = clean(text[:200]).partition(" - ")
    if not between:
        return None
    starts, ends = when_in(first, context).value, when_in(last, context).value
    if starts is None or ends is None or starts.day.date != ends.day.date:
        return None
    slots = (*starts.slots, *ends.slots)
    begin, end = (slot for slot in slots) if len(slots) == 2 else (None, None)
    if not isinstance(begin, TimeRange) or not isinstance(end, TimeRange) or begin.end or end.end:
        return None
    return one(When(starts.day, (TimeRange(begin.start, end.start),))) if begin.start < end.start else None


@lru_cache(maxsize=4096)
def weekdays_with_hours(text: str) -> tuple[tuple[int, ...], tuple[Slot, ...]] | None:
    """`Thứ 2, 4, 6: 18h-19h30`, `18h thứ 2 hằng tuần`: weekdays that come back, with their hours."""
    words = _WEEKDAY_COLON.sub(r"\1 ", clean(text[:120])).split(" ")
    for cut in range(1, min(len(words), 12)):
        head, tail = (" ".join(part).strip(" :,;-") for part in (words[:cut], words[cut:]))
        for days, hours in ((head, tail), (tail, head)):
            weekdays = _coming_back(days)
            slots = times_in(hours).value if weekdays else None
            if weekdays and slots and all(isinstance(slot, TimeRange) for slot in slots):
                return weekdays, slots
    return None


def _coming_back(text: str) -> tuple[int, ...]:
    """Several weekdays, or one that is said to be every week."""
    days = parse_weekdays(_LISTED.sub("-", text)).value or ()
    if len(days) > 1:
        return days
    repeat = parse_repeat(text).value if _EVERY_WEEK.search(text) else None
    return repeat.weekdays if repeat is not None and repeat.every == "week" and repeat.interval == 1 else ()


def _moment(when: When, text: str) -> Moment:
    bare = when.day.weekday is not None and not _NAMES_DATE.search(text)
    if when.last is None:
        return Moment(Stretch(when.day), when.slots, bare)
    slot = when.slots[0] if when.slots else None
    if isinstance(slot, TimeRange) and slot.end is not None:
        return Moment(Stretch(when.day, when.last.date), (Stretched(slot.start, slot.end),), bare)
    return Moment(Stretch(when.day, when.last.date), when.slots, bare)


def _is_relative(cell: Cell, days: tuple[Stretch, ...]) -> bool:
    """Whether the days count from today ("ngày mai", "thứ 6 tuần sau", "T2"), so that tomorrow they are others."""
    if not isinstance(cell.value, str):
        return False
    day = days[0].first
    if day.lunar is not None or _NAMES_DATE.search(cell.text):
        return False
    return day.weekday is not None or (day.year_given and not _NAMES_YEAR.search(cell.text))


def _looks_dated(cell: Cell) -> bool:
    """Whether a text under "Bắt đầu" names a day rather than only a time."""
    if not isinstance(cell.value, str):
        return False
    return bool(_NAMES_DAY.search(cell.value[:200])) and not _HOURS_ONLY.fullmatch(cell.value.strip())


def _as_day_and_month(cell: Cell) -> str:
    """A lunar column's text. A spreadsheet turns a typed 12/3 into a date; its day and month are meant."""
    value = cell.value
    if isinstance(value, date):
        shows_year = str(value.year) in cell.text
        return f"{value.day}/{value.month}" + (f"/{value.year}" if shows_year else "")
    return clean(cell.text[:200])
