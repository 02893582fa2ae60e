"""On which days a row's event takes place: single days, stretches, weekly rows, lunar anniversaries."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from toolkit.calendar.reading import lunar_years
from toolkit.calendar.reading.compose import Occurrence
from toolkit.calendar.reading.days import DayContext, days_in
from toolkit.calendar.reading.repeats import Frequency, Often, Rule, first_on, read_often, read_weeks, runs
from toolkit.core.dates.lunar import LEAP_MISSING, SHORT_MONTH, Note
from toolkit.core.outcome import Param, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.calendar.reading.desk import Desk
    from toolkit.calendar.reading.lines import Line
    from toolkit.calendar.reading.said import Said
    from toolkit.core.dates import Day, Repeat
    from toolkit.core.readings import Readings
    from toolkit.sheets.model import Cell

_SHORTEST_MONTH = 28
FREQUENCIES: dict[str, Frequency] = {"day": "DAILY", "week": "WEEKLY", "month": "MONTHLY", "year": "YEARLY"}
LUNAR_NOTES: dict[Note, str] = {
    LEAP_MISSING: "calendar.lunar_leap_missing",
    SHORT_MONTH: "calendar.lunar_short_month",
}
_UNTIL = re.compile(r"[,;]? ?(?:cho đến|đến|tới|den|toi|until)(?: hết| het)?(?: ngày| ngay)? (?=\d)", re.IGNORECASE)


class Schedule:
    """Turns what a line says of days into its occurrences; what doesn't add up becomes a refusal of the line."""

    def __init__(self, desk: Desk, line: Line, context: DayContext, period: tuple[date, date] | None) -> None:
        """`period` (both days included) is the one that the title or the line above states, for rows of weekdays."""
        self._desk = desk
        self._period = period
        self._line = line
        self._context = context
        self.is_yearly_lunar = False  # these two are settled when the occurrences have been made
        self.is_endless = False
        self.skips_months = 0  # the day of the month, where not every month has it

    def _refuse(self, cell: Cell, readings: Readings[Any]) -> None:
        self._line.refusals.append(readings.problem(cell.text[:200], self._desk.at(cell)))

    def _fail(self, code: str, cell: Cell | None, **params: Param) -> None:
        place = self._desk.at(cell) if cell else self._desk.place(self._line.row.number)
        self._line.refusals.append(Problem(code, place, params, cell.text[:200] if cell else None))

    def occurrences(self, said: Said, title: str) -> Iterator[Occurrence]:
        """The days of the line. Refusals are left on the line; then nothing is given."""
        often, last = self._repeat()
        repeat = often.repeat if often is not None else None
        if self._line.refusals:
            return
        if said.lunar_text and said.stretches and said.stretches[0].first.lunar is not None:
            yield from self._lunar(said, repeat, title)
        elif often is not None:
            yield from self._repeated(said, often, last)
        elif said.moments and all(moment.bare_weekday for moment in said.moments):
            yield from self._weekday_moments(said)
        elif said.weekdays:
            yield from self._on_weekdays(said)
        else:
            yield from self._plain(said)

    def _repeat(self) -> tuple[Often | None, date | None]:
        cell = self._line.cell("repeat")
        if cell is None:
            return None, None
        text, last = cell.text, None
        readings = read_often(text)
        until = _UNTIL.search(text) if not readings else None
        if until:
            readings = read_often(text[: until.start()])
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
            for stretch in said.stretches:
                self._say_moved(stretch.first, said.lunar_text, title)
            yield from self._plain(said)
            return
        for falls in lunar_years.days(said.lunar_text, day, self._desk.options, self._desk.remembered(title)):
            self._say_moved(falls, said.lunar_text, title)
            yield Occurrence(falls.date, mark=str(falls.year))
        self.is_yearly_lunar = True

    def _say_moved(self, day: Day | lunar_years.Falls, text: str, title: str) -> None:
        """Say where a lunar day doesn't exist in its year as it was written, and which day is taken for it."""
        for note in day.notes:
            moved = f"{day.date:%d/%m/%Y}"
            self._desk.note(LUNAR_NOTES[note], self._line.row.number, value=text, date=moved, title=title)

    def _repeated(self, said: Said, often: Often, last: date | None) -> Iterator[Occurrence]:
        repeat = often.repeat
        first, stated_last = self._bounds(said)
        last = last or stated_last
        if often.count is None:
            last = last or self._desk.options.until
        weekdays = repeat.weekdays or (said.weekdays if repeat.every == "week" else ())
        if first is None:
            stated = self._period or (None, None)
            first = self._desk.options.since or stated[0]
            last = last or (stated[1] if often.count is None else None)
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
        count = often.count if last is None else None
        rule = Rule(FREQUENCIES[repeat.every], repeat.interval, tuple(weekdays), last, count)
        if last is not None and often.count is not None:
            times = rule.times(first)
            if times != often.count:
                self._fail(
                    "calendar.repeat_count_contradicts",
                    self._line.cell("repeat"),
                    last=f"{last:%d/%m/%Y}",
                    n=times,
                    stated=often.count,
                )
                return
        if last is None and often.count is None:
            self.is_endless = True
        if repeat.every == "month" and first.day > _SHORTEST_MONTH:
            self.skips_months = first.day
        yield Occurrence(first, rule=rule)

    def _bounds(self, said: Said) -> tuple[date | None, date | None]:
        """The first and last day that the line's day columns give a repetition."""
        if said.days:
            return said.days[0].first.date, said.end or said.days[-1].last
        return None, said.end

    def _within(self, first: date | None, last: date | None) -> tuple[date | None, date | None]:
        """The weeks of a weekday: the line's own, else those asked for, else those that the title states."""
        options, stated = self._desk.options, self._period or (None, None)
        if first is None or last is None:
            return first or options.since or stated[0] or self._desk.title.since, last or options.until or stated[1]
        return first, last

    def _weekday_moments(self, said: Said) -> Iterator[Occurrence]:
        """`Thứ 2: 7h-9h; Thứ 4: 7h-9h`: weekly in the weeks that are stated; without any, a lone one is the next."""
        own = (said.start.first.date, said.end or said.start.last) if said.start is not None else (None, said.end)
        first, last = self._within(*own)
        if first is None or last is None:
            if len(said.moments) > 1 or said.start is not None:
                self._fail("calendar.weekday_without_weeks", said.cell)
                return
            yield Occurrence(said.moments[0].stretch.first.date)
            return
        for moment in said.moments:
            yield from self._weekly((moment.stretch.first.date.weekday(),), said, first, last)

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
        weeks = self._line.cell("weeks")
        dated = self._dated_weeks(weeks) if weeks is not None else None
        if weeks is not None and dated is None and not said.days:
            yield from self._in_weeks(said, weeks)
            return
        first, last = self._within(*(dated or self._bounds(said)))
        if first is not None and last is None and first == self._desk.title.since:
            # in force from that day until another sheet takes its place
            self.is_endless = True
            yield Occurrence(first_on(said.weekdays, first), rule=Rule("WEEKLY", 1, said.weekdays, None))
            return
        if first is None or last is None:
            self._fail("calendar.weekday_without_weeks", self._line.cell("weekday") or said.cell)
            return
        yield from self._weekly(said.weekdays, said, first, last)

    def _weekly(self, weekdays: tuple[int, ...], said: Said, first: date, last: date) -> Iterator[Occurrence]:
        begins = first_on(weekdays, first)
        if begins > last:
            self._fail("calendar.weekday_not_in_period", self._line.cell("weekday") or said.cell,
                       first=f"{first:%d/%m/%Y}", last=f"{last:%d/%m/%Y}")  # fmt: skip
            return
        if len(weekdays) == 1 and begins + timedelta(days=7) > last:
            yield Occurrence(begins)
            return
        yield Occurrence(begins, rule=Rule("WEEKLY", 1, weekdays, last))

    def _dated_weeks(self, cell: Cell) -> tuple[date, date] | None:
        """The first and last day of a weeks column that holds dates: `07/09/2026 - 25/10/2026`."""
        days = days_in(cell.text, self._context).value
        if days is None or len(days) != 1 or days[0].last is None:
            return None
        return days[0].first.date, days[0].last

    def _in_weeks(self, said: Said, cell: Cell) -> Iterator[Occurrence]:
        """Weeks of a term that the title dates: each unbroken run of them is a weekly event."""
        weeks, monday = read_weeks(cell.text), self._desk.title.first_week
        if weeks is None or monday is None:
            self._fail("calendar.weeks_unknown" if weeks is None else "calendar.weeks_without_first", cell)
            return
        for begin, end in runs(weeks):
            first = monday + timedelta(weeks=begin - 1)
            yield from self._weekly(said.weekdays, said, first, monday + timedelta(weeks=end - 1, days=6))

    def _single_days(self, said: Said) -> list[date]:
        """The days of a line that names nothing but single days."""
        ends = {None, said.start.first.date} if said.start is not None else {None}
        if said.end not in ends or any(stretch.last is not None for stretch in said.days):
            return []
        return [stretch.first.date for stretch in said.days]

    def _plain(self, said: Said) -> Iterator[Occurrence]:
        for stretch in said.days:
            first = stretch.first.date
            last = said.end if said.end is not None and len(said.days) == 1 else stretch.last
            if last is not None and last < first:
                cell = self._line.cell("end_date", "end") or said.cell
                self._fail("calendar.days_backwards", cell, first=f"{first:%d/%m/%Y}", last=f"{last:%d/%m/%Y}")
                return
            yield Occurrence(first, last if last != first else None)


def _next_month_day(first: date, day: int) -> date:
    for _ in range(62):
        if first.day == day:
            return first
        first += timedelta(days=1)
    return first


def _short(weekday: int) -> str:
    return "CN" if weekday == 6 else f"T{weekday + 2}"
