"""On which days a row's event takes place: single days, stretches, weekly rows, lunar anniversaries."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from toolkit.calendar.reading import lunar_years
from toolkit.calendar.reading.compose import Occurrence, Stretched
from toolkit.calendar.reading.days import DayContext, Stretch, days_in, read_days, time_of
from toolkit.calendar.reading.repeats import Frequency, Rule, first_on, read_weeks, runs
from toolkit.core.dates import Day, Repeat, Slot, TimeRange, When, parse_repeat, parse_weekdays, parse_when
from toolkit.core.dates.lunar import LEAP_MISSING, SHORT_MONTH, Note
from toolkit.core.outcome import Param, Problem
from toolkit.core.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.calendar.reading.desk import Desk
    from toolkit.calendar.reading.headings import Field
    from toolkit.calendar.reading.lines import Line
    from toolkit.core.readings import Readings
    from toolkit.sheets.model import Cell

FREQUENCIES: dict[str, Frequency] = {"day": "DAILY", "week": "WEEKLY", "month": "MONTHLY", "year": "YEARLY"}
LUNAR_NOTES: dict[Note, str] = {
    LEAP_MISSING: "calendar.lunar_leap_missing",
    SHORT_MONTH: "calendar.lunar_short_month",
}
_UNTIL = re.compile(r"[,;]? ?(?:cho đến|đến|tới|den|toi|until)(?: hết| het)?(?: ngày| ngay)? (?=\d)", re.IGNORECASE)
_ONE_LINE_EACH = re.compile(r"[\n;]")


@dataclass
class Said:
    """What the day columns of a line say. `text` is what stood where a lunar day was read."""

    stretches: tuple[Stretch, ...] = ()
    start: Stretch | None = None
    end: date | None = None
    start_time: time | None = None
    end_time: time | None = None
    slots: tuple[Slot | Stretched, ...] = ()
    moments: tuple[tuple[Stretch, tuple[Slot | Stretched, ...]], ...] = ()
    weekdays: tuple[int, ...] = ()
    cell: Cell | None = None
    lunar_text: str = ""
    lunar_heading: str = ""

    @property
    def nothing(self) -> bool:
        return not (self.stretches or self.start or self.moments or self.weekdays)


class Schedule:
    """Reads the days of a line; what can't be read becomes a refusal of the line."""

    def __init__(self, desk: Desk, line: Line, context: DayContext, period: tuple[date, date] | None) -> None:
        """`period` (both days included) is the one that the title or the line above states, for rows of weekdays."""
        self._desk = desk
        self._period = period
        self._line = line
        self._context = context
        self.is_yearly_lunar = False  # these two are settled when the occurrences have been made
        self.is_endless = False

    # --- what the cells say

    def read(self) -> Said:
        said = Said()
        self._lunar_column(said)
        self._date_column(said)
        self._when_column(said)
        self._start_and_end(said)
        self._weekday_column(said)
        return said

    def _refuse(self, cell: Cell, readings: Readings[Any]) -> None:
        self._line.refusals.append(readings.problem(cell.text, self._desk.at(cell)))

    def _fail(self, code: str, cell: Cell | None, **params: Param) -> None:
        place = self._desk.at(cell) if cell else self._desk.place(self._line.row.number)
        self._line.refusals.append(Problem(code, place, params, cell.text if cell else None))

    def _lunar_column(self, said: Said) -> None:
        cell = self._line.cell("lunar")
        if cell is None:
            return
        said.cell, said.lunar_heading = cell, self._line.columns.names.get(cell.column, "")
        said.lunar_text = _as_day_and_month(cell)
        if self._line.columns.has("date") and self._line.cell("date") is not None:
            return  # both calendars are written: the solar day counts, the lunar one is checked against it
        context = replace(self._context, lunar=True, within=None, year=None, month=None)
        readings = days_in(said.lunar_text, context)
        if readings.value is None:
            self._refuse(cell, readings)
        else:
            said.stretches = readings.value

    def _date_column(self, said: Said) -> None:
        found: list[Stretch] = []
        for cell in self._line.cells("date"):
            said.cell = said.cell or cell
            weekdays = _weekdays_only(cell)
            if weekdays:
                said.weekdays = weekdays
                continue
            readings = read_days(cell, self._context)
            if readings.value is None and isinstance(cell.value, str):
                moments = self._moments(cell.value)
                if moments is not None:
                    said.moments = moments
                    continue
            if readings.value is None:
                self._refuse(cell, readings)
                continue
            found.extend(readings.value)
            at = time_of(cell)
            if at is not None and said.start_time is None:
                said.start_time = at
            if any(s.first.lunar for s in readings.value):
                said.lunar_text = cell.text
        if found and not said.stretches:
            said.stretches = tuple(found)

    def _when_column(self, said: Said) -> None:
        """A column that may hold days, times, or both."""
        from toolkit.calendar.reading.timing import slots_of

        for cell in self._line.cells("when"):
            if isinstance(cell.value, datetime) and time_of(cell) is not None:
                said.cell, said.start_time = said.cell or cell, time_of(cell)
                said.stretches = said.stretches or (Stretch(Day(cell.value.date())),)
                continue
            days = read_days(cell, self._context)
            if days.value is not None and not isinstance(cell.value, time):
                said.cell, said.stretches = said.cell or cell, said.stretches or days.value
                continue
            slots = slots_of(cell)
            if slots.value is not None:
                said.slots = slots.value
                continue
            moments = self._moments(cell.text)
            if moments is not None:
                said.cell, said.moments = said.cell or cell, moments
                continue
            whole = when_in(cell.text, self._context)
            self._refuse(cell, days if whole.code == "core.date_unknown" and days.code else whole)

    def _moments(self, text: str) -> tuple[tuple[Stretch, tuple[Slot | Stretched, ...]], ...] | None:
        """Days with their times in one text, also one per line."""
        whole = when_in(text, self._context)
        if whole.value is not None:
            return (_moment(whole.value),)
        if whole.ambiguous:
            return None
        parts = [part for part in _ONE_LINE_EACH.split(text) if part.strip()]
        if not 2 <= len(parts) <= 20:
            return None
        each = [when_in(part, self._context).value for part in parts]
        return tuple(_moment(when) for when in each if when is not None) if all(each) else None

    def _start_and_end(self, said: Said) -> None:
        """Columns for the first and the last day; "Bắt đầu" and "Kết thúc" may hold a day, a time or both."""
        start = self._edge("start_date", "start")
        end = self._edge("end_date", "end")
        if start is not None:
            said.start, said.start_time = start[0], start[1] or said.start_time
        if end is not None:
            said.end, said.end_time = end[0].last or end[0].first.date, end[1]

    def _edge(self, day_field: Field, either_field: Field) -> tuple[Stretch, time | None] | None:
        cell = self._line.cell(day_field) or self._line.cell(either_field)
        if cell is None:
            return None
        sure = cell.column in self._line.columns.by_field.get(day_field, ())
        if not isinstance(cell.value, (date, datetime)) and not sure and not _looks_dated(cell):
            return None
        readings = read_days(cell, self._context)
        if readings.value is not None and len(readings.value) == 1:
            self._line.days.add(cell.column)
            return readings.value[0], time_of(cell)
        when = when_in(cell.text, self._context)
        if when.value is not None and len(when.value.slots) == 1 and isinstance(when.value.slots[0], TimeRange):
            return Stretch(when.value.day), when.value.slots[0].start
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

    # --- what it comes to

    def occurrences(self, said: Said, title: str) -> Iterator[Occurrence]:
        """The days of the line. Refusals are left on the line; then nothing is given."""
        repeat, last = self._repeat()
        if self._line.refusals:
            return
        if said.lunar_text and said.stretches and said.stretches[0].first.lunar is not None:
            yield from self._lunar(said, repeat, title)
        elif repeat is not None:
            yield from self._repeated(said, repeat, last)
        elif said.weekdays:
            yield from self._on_weekdays(said)
        else:
            yield from self._plain(said, title)

    def _repeat(self) -> tuple[Repeat | None, date | None]:
        cell = self._line.cell("repeat")
        if cell is None:
            return None, None
        text, last = cell.text, None
        readings = parse_repeat(text)
        until = _UNTIL.search(text) if not readings else None
        if until:
            readings = parse_repeat(text[: until.start()])
            ends = days_in(text[until.end() :], self._context).value
            if ends is None:
                self._fail("calendar.repeat_end_unknown", cell)
                return None, None
            last = ends[-1].last or ends[-1].first.date
        if readings.value is None:
            if readings.code != "core.repeat_none":
                self._refuse(cell, readings)
            return None, None
        return readings.value, last

    def _lunar(self, said: Said, repeat: Repeat | None, title: str) -> Iterator[Occurrence]:
        day = said.stretches[0].first
        yearly = (repeat is not None and repeat.every == "year") or lunar_years.is_yearly(
            title, said.lunar_heading, given=day.year_given
        )
        if repeat is not None and repeat.every != "year":
            self._fail("calendar.lunar_repeats_yearly_only", self._line.cell("repeat"))
            return
        if not yearly:
            yield from self._plain(said, title)
            return
        for falls in lunar_years.days(said.lunar_text, day, self._desk.options, self._desk.remembered(title)):
            for note in falls.notes:
                self._desk.note(
                    LUNAR_NOTES[note],
                    self._line.row.number,
                    value=said.lunar_text,
                    date=f"{falls.date:%d/%m/%Y}",
                    title=title,
                )
            yield Occurrence(falls.date, mark=str(falls.year))
        self.is_yearly_lunar = True

    def _repeated(self, said: Said, repeat: Repeat, last: date | None) -> Iterator[Occurrence]:
        first, stated_last = self._bounds(said)
        last = last or stated_last or self._desk.options.until
        weekdays = repeat.weekdays or (said.weekdays if repeat.every == "week" else ())
        if first is None:
            stated = self._period or (None, None)
            first = self._desk.options.since or stated[0]
            last = last or stated[1]
        if first is None:
            self._fail("calendar.repeat_without_start", self._line.cell("repeat"))
            return
        if repeat.every == "week" and weekdays and (said.start or last or said.weekdays or first.weekday() in weekdays):
            first = first_on(weekdays, first)
        elif repeat.every == "week" and weekdays:
            self._fail("calendar.repeat_not_on_start", self._line.cell("repeat"), date=f"{first:%d/%m/%Y}")
            return
        if repeat.every == "month" and repeat.month_day and repeat.month_day != first.day:
            first = _next_month_day(first, repeat.month_day)
        if last is not None and last < first:
            self._fail(
                "calendar.repeat_ends_before",
                self._line.cell("repeat"),
                first=f"{first:%d/%m/%Y}",
                last=f"{last:%d/%m/%Y}",
            )
            return
        if last is None:
            self.is_endless = True
        yield Occurrence(first, rule=Rule(FREQUENCIES[repeat.every], repeat.interval, tuple(weekdays), last))

    def _bounds(self, said: Said) -> tuple[date | None, date | None]:
        """The first and last day that the line's day columns give a repetition."""
        if said.start is not None:
            return said.start.first.date, said.end or said.start.last
        if said.stretches:
            return said.stretches[0].first.date, said.end or said.stretches[-1].last
        if said.moments:
            return said.moments[0][0].first.date, said.end or said.moments[0][0].last
        return None, said.end

    def _on_weekdays(self, said: Said) -> Iterator[Occurrence]:
        """Weekdays: a check of a single day, or weekly within a period."""
        single = self._single_days(said)
        if single:
            wrong = next((day for day in single if day.weekday() not in said.weekdays), None)
            if wrong is not None:
                self._fail(
                    "core.date_weekday_contradicts", said.cell, date=f"{wrong:%d/%m/%Y}",
                    stated=", ".join(_short(d) for d in said.weekdays), actual=_short(wrong.weekday()),
                )  # fmt: skip
                return
            yield from (Occurrence(day) for day in single)
            return
        weeks = self._weeks()
        if weeks is not None:
            yield from self._in_weeks(said, weeks)
            return
        first, last = self._bounds(said)
        if first is None or last is None:
            options = self._desk.options
            stated = self._period or (None, None)
            first = first or options.since or stated[0]
            last = last or options.until or stated[1]
        if first is None or last is None:
            self._fail("calendar.weekday_without_weeks", self._line.cell("weekday") or said.cell)
            return
        yield from self._weekly(said, first, last)

    def _weekly(self, said: Said, first: date, last: date) -> Iterator[Occurrence]:
        begins = first_on(said.weekdays, first)
        if begins > last:
            self._fail("calendar.weekday_not_in_period", self._line.cell("weekday") or said.cell,
                       first=f"{first:%d/%m/%Y}", last=f"{last:%d/%m/%Y}")  # fmt: skip
            return
        if len(said.weekdays) == 1 and begins + timedelta(days=7) > last:
            yield Occurrence(begins)
            return
        yield Occurrence(begins, rule=Rule("WEEKLY", 1, said.weekdays, last))

    def _weeks(self) -> tuple[int, ...] | None:
        cell = self._line.cell("weeks")
        if cell is None or self._desk.title.first_week is None:
            return None
        return read_weeks(cell.text)

    def _in_weeks(self, said: Said, weeks: Sequence[int]) -> Iterator[Occurrence]:
        """Weeks of a term that the title dates: each unbroken run of them is a weekly event."""
        monday = self._desk.title.first_week
        assert monday is not None
        for begin, end in runs(weeks):
            first = monday + timedelta(weeks=begin - 1)
            yield from self._weekly(said, first, monday + timedelta(weeks=end - 1, days=6))

    def _single_days(self, said: Said) -> list[date]:
        if said.moments:
            return [stretch.first.date for stretch, _ in said.moments if stretch.last is None]
        if said.stretches and all(s.last is None for s in said.stretches) and said.end is None:
            return [s.first.date for s in said.stretches]
        if said.start is not None and said.end in (None, said.start.first.date) and said.start.last is None:
            return [said.start.first.date]
        return []

    def _plain(self, said: Said, title: str) -> Iterator[Occurrence]:
        if said.start is not None:
            first = self._steady(said.start.first, title)
            last = said.end or said.start.last
            if last is not None and last < first:
                self._fail(
                    "calendar.days_backwards",
                    self._line.cell("end_date", "end"),
                    first=f"{first:%d/%m/%Y}",
                    last=f"{last:%d/%m/%Y}",
                )
                return
            yield Occurrence(first, last if last != first else None)
            return
        stretches = said.stretches or tuple(stretch for stretch, _ in said.moments)
        for stretch in stretches:
            first = self._steady(stretch.first, title)
            last = said.end if said.end is not None and len(stretches) == 1 else stretch.last
            if last is not None:
                last += (first - stretch.first.date) if stretch.last is not None else timedelta()
                if last < first:
                    self._fail("calendar.days_backwards", said.cell, first=f"{first:%d/%m/%Y}", last=f"{last:%d/%m/%Y}")
                    return
            yield Occurrence(first, last if last != first else None)

    def _steady(self, day: Day, title: str) -> date:
        """A day whose year wasn't written stays in the year in which an earlier import placed it."""
        if day.year_given or day.lunar is not None:
            return day.date
        before = [d for d in self._desk.remembered(title) if (d.month, d.day) == (day.date.month, day.date.day)]
        return max(before, default=day.date) if day.date not in before else day.date


@lru_cache(maxsize=16384)
def when_in(text: str, context: DayContext) -> Readings[When]:
    """A day with its times in one text."""
    return parse_when(
        clean(text),
        today=context.today,
        look="forward",
        year=context.year,
        month=context.month,
        within=context.within,
        month_first=context.month_first,
        lunar=context.lunar,
        ask_bare_hours=True,
    )


def _moment(when: When) -> tuple[Stretch, tuple[Slot | Stretched, ...]]:
    if when.last is None:
        return Stretch(when.day), when.slots
    slot = when.slots[0] if when.slots else None
    if isinstance(slot, TimeRange) and slot.end is not None:
        return Stretch(when.day, when.last.date), (Stretched(slot.start, slot.end),)
    return Stretch(when.day, when.last.date), when.slots


def _weekdays_only(cell: Cell) -> tuple[int, ...]:
    """Several weekdays, or one said to be every week, in a day column; a lone "T2" there is the coming Monday."""
    if not isinstance(cell.value, str) or len(cell.value) > 60:
        return ()
    days = parse_weekdays(cell.value).value or ()
    if len(days) > 1:
        return days
    repeat = (
        parse_repeat(cell.value).value if re.search("tuần|tuan|mỗi|moi|week|every", cell.value, re.IGNORECASE) else None
    )
    return repeat.weekdays if repeat is not None and repeat.every == "week" and repeat.interval == 1 else ()


def _looks_dated(cell: Cell) -> bool:
    """Whether a text under "Bắt đầu" names a day rather than only a time."""
    if not isinstance(cell.value, str):
        return False
    return bool(
        re.search(
            r"\d ?[/.-] ?\d{1,2}(?:\D|$)|thứ|thang|tháng|\bT[2-7]\b|\bCN\b|ngày|\d{4}-\d",
            cell.value[:200],
            re.IGNORECASE,
        )
    ) and not re.search(r"^\d{1,2}(?:[:hg.]\d{2})? ?- ?\d{1,2}(?:[:hg.]\d{2})?$", cell.value.strip())


def _as_day_and_month(cell: Cell) -> str:
    """A lunar column's text. A spreadsheet turns a typed 12/3 into a date; its day and month are meant."""
    value = cell.value
    if isinstance(value, date):
        shows_year = str(value.year) in cell.text
        return f"{value.day}/{value.month}" + (f"/{value.year}" if shows_year else "")
    return clean(cell.text[:200])


def _next_month_day(first: date, day: int) -> date:
    for _ in range(62):
        if first.day == day:
            return first
        first += timedelta(days=1)
    return first


def _short(weekday: int) -> str:
    return "CN" if weekday == 6 else f"T{weekday + 2}"
