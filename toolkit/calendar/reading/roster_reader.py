"""Rosters read: every shift code is an event of its person on its day, at the hours that a legend or profile gives."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from toolkit.calendar.reading.compose import Draft, NoSuchMoment, Occurrence, compose
from toolkit.calendar.reading.days import days_in, read_days
from toolkit.calendar.reading.lines import shown_numbers
from toolkit.calendar.reading.repeats import Rule, first_on
from toolkit.calendar.reading.shifts import LEAVE_LETTERS, Legend, Shift, code_key, read_codes
from toolkit.calendar.reading.title import TitleContext, read_title
from toolkit.core.errors import InputError
from toolkit.core.outcome import Problem
from toolkit.core.text import fold

if TYPE_CHECKING:
    from toolkit.calendar.reading.days import Stretch
    from toolkit.calendar.reading.desk import Desk
    from toolkit.calendar.reading.roster_shape import Mark, Roster, RosterLayout
    from toolkit.core.readings import Readings
    from toolkit.sheets.model import Cell, Row

_WEEK = timedelta(days=7)
_MOST_CONTRADICTIONS = 2  # more of them, and the month above the table is wrong, not a weekday


@dataclass(frozen=True)
class _Day:
    """The day of a column, or why it isn't known. Neither where a weekday doesn't occur in the stated weeks."""

    occurrence: Occurrence | None = None
    problem: Problem | None = None


class RosterReader:
    """Reads the rosters of one sheet. Use once."""

    def __init__(self, desk: Desk, layout: RosterLayout) -> None:
        self._desk = desk
        self._layout = layout
        elsewhere = [row for sheet in desk.workbook.sheets if sheet is not desk.sheet for row in sheet.rows[:500]]
        self._legend = Legend(read_codes(layout.others), desk.hours, read_codes(elsewhere))
        self._told: defaultdict[str, list[int]] = defaultdict(list)  # note code → rows
        self._leave: defaultdict[str, list[int]] = defaultdict(list)  # letter → rows
        self._refusals: dict[int, list[Problem]] = {}
        self._unknown: set[tuple[int, str]] = set()
        self._shifts: Counter[tuple[str, date]] = Counter()
        self._names_people = len({fold(name) for name in desk.people}) > 1

    def read(self) -> None:
        for number, roster in enumerate(self._layout.rosters):
            title = self._desk.title
            if number and roster.above:
                own = read_title(roster.above, self._desk.sheet.name, self._desk.options.today)
                title = own if own.month or own.first else title
            self._read_roster(roster, title)
        for row, problems in self._refusals.items():
            found = self._desk.sheet.row(row)
            if found is not None:
                self._desk.refuse(found, problems)
        for code, rows in self._told.items():
            self._desk.note(code, rows=shown_numbers(sorted(set(rows))), n=len(set(rows)))
        for letter, rows in self._leave.items():
            self._desk.note("calendar.taken_as_leave", letter=letter, rows=shown_numbers(sorted(set(rows))))

    def _read_roster(self, roster: Roster, title: TitleContext) -> None:
        days = RosterDays(self._desk, roster, title).all()
        for person, mark, cell in roster.entries:
            if person not in self._desk.people:
                continue
            row = self._desk.sheet.row(cell.row)
            if row is None or (row.hidden and self._desk.options.visible_only):
                continue
            if cell.struck:
                self._desk.cancel(cell.row, cell)
                continue
            self._read_cell(row, person, days[mark], cell)

    def _read_cell(self, row: Row, person: str, day: _Day, cell: Cell) -> None:
        shifts = self._legend.shifts(cell.text)
        if shifts is None:
            self._not_understood(person, cell)
            return
        working = [shift for shift in shifts if shift.ranges]
        if not working:
            return
        if not person:
            self._refuse(cell, Problem("calendar.roster_name_missing", self._desk.at(cell), {}, cell.text[:80]))
        elif day.problem is not None:
            self._refuse(cell, day.problem)
        elif day.occurrence is not None:
            for shift in working:
                self._emit(row, person, shift, day.occurrence, cell)

    def _not_understood(self, person: str, cell: Cell) -> None:
        """A letter of leave makes no event; a sum in a row without a name is no shift; the rest is asked about."""
        key = code_key(cell.text)
        if key in LEAVE_LETTERS:
            self._leave[cell.text.strip()].append(cell.row)
        elif not person and not isinstance(cell.value, str):
            self._told["calendar.rows_skipped"].append(cell.row)
        elif (cell.row, key) not in self._unknown:
            self._unknown.add((cell.row, key))
            params = {"shift": cell.text[:60]}
            self._refuse(cell, Problem("calendar.shift_without_hours", self._desk.at(cell), params, cell.text[:80]))

    def _refuse(self, cell: Cell, problem: Problem) -> None:
        kept = self._refusals.setdefault(cell.row, [])
        if problem not in kept:
            kept.append(problem)

    def _emit(self, row: Row, person: str, shift: Shift, day: Occurrence, cell: Cell) -> None:
        """The events of a shift. Who, when and the which of that day name it, so that a swapped shift is an update."""
        options = self._desk.options
        summary = f"{shift.name} – {person}" if self._names_people else shift.name
        draft = Draft(summary, (day,), shift.slots, reminders=options.reminders)
        try:
            for composed in compose(draft, options.timezone, options.duration, self._desk.hours):
                self._shifts[person, day.first] += 1
                own_id = f"{fold(person)} {day.first.isoformat()} {self._shifts[person, day.first]}"
                self._desk.add(composed.event, row.number, cell.column, own_id)
        except NoSuchMoment as refused:
            self._refuse(cell, refused.readings.problem(cell.text[:80], self._desk.at(cell)))


class RosterDays:
    """The days of a roster's headings, in the light of its title."""

    def __init__(self, desk: Desk, roster: Roster, title: TitleContext) -> None:
        self._desk = desk
        self._roster = roster
        self._title = title
        self._last: date | None = None

    def all(self) -> dict[Mark, _Day]:
        days = {mark: self._day(mark) for mark in self._roster.marks}
        wrong = [day.problem for day in days.values() if day.problem and day.problem.code == _CONTRADICTS]
        if len(wrong) > _MOST_CONTRADICTIONS and len(wrong) * 2 > len(days):
            first = wrong[0]
            raise InputError("calendar.roster_weekdays_contradict", first.place, value=first.value, **first.params)
        return days

    def _day(self, mark: Mark) -> _Day:
        if mark.number is None and not mark.dated:
            assert mark.weekday is not None
            return self._weekly(mark.weekday, mark.cell)
        found = self._numbered(mark, mark.number) if mark.number is not None else self._dated(mark)
        if found.occurrence is None:
            return found
        day = self._last = found.occurrence.first
        if mark.weekday is not None and day.weekday() != mark.weekday:
            params = {"date": f"{day:%d/%m/%Y}", "stated": _short(mark.weekday), "actual": _short(day.weekday())}
            return _Day(None, Problem(_CONTRADICTS, self._desk.at(mark.cell), params, mark.cell.text[:80]))
        return found

    def _dated(self, mark: Mark) -> _Day:
        context = replace(self._desk, title=self._title).days_context()
        readings = days_in(mark.text, context) if mark.text else read_days(mark.cell, context)
        return self._of(mark, readings)

    def _of(self, mark: Mark, readings: Readings[tuple[Stretch, ...]]) -> _Day:
        if readings.value is not None and len(readings.value) == 1:
            return _Day(Occurrence(readings.value[0].first.date))
        return _Day(None, readings.problem(mark.cell.text[:80], self._desk.at(mark.cell)))

    def _numbered(self, mark: Mark, number: int) -> _Day:
        """A bare day of the month: in the stated period, or in the month of the heading above it or of the title."""
        title, months = self._title, self._roster.months
        if not months and title.first is not None and title.last is not None:
            return self._in_period(mark, number, title.first, title.last)
        if months:
            title = replace(title, month=title.month or next(iter(months.values())))
            month = months.get(mark.cell.column)
        else:
            month = None if self._wraps() else title.month
        if month is None:
            raise InputError("calendar.roster_month_missing", self._desk.at(mark.cell), value=mark.cell.text)
        year = f"/{title.year}" if title.year and not months else ""
        readings = days_in(f"{number}/{month}{year}", replace(self._desk, title=title).days_context())
        return self._of(mark, readings)

    def _wraps(self) -> bool:
        numbers = [mark.number for mark in self._roster.marks if mark.number is not None]
        return any(b <= a for a, b in pairwise(numbers))

    def _in_period(self, mark: Mark, number: int, first: date, last: date) -> _Day:
        day = max(first, self._last + timedelta(days=1)) if self._last else first
        while day <= last and day - first < timedelta(days=366):
            if day.day == number:
                return _Day(Occurrence(day))
            day += timedelta(days=1)
        params = {"first": f"{first:%d/%m/%Y}", "last": f"{last:%d/%m/%Y}"}
        return _Day(None, Problem("calendar.roster_day_outside", self._desk.at(mark.cell), params, mark.cell.text))

    def _weekly(self, weekday: int, cell: Cell) -> _Day:
        """A weekday without a date: once in a stated week, every week of a longer stated period."""
        options, title = self._desk.options, self._title
        first, last = options.since or title.first, options.until or title.last
        if first is None or last is None:
            raise InputError("calendar.grid_without_weeks", self._desk.at(cell))
        begins = first_on((weekday,), first)
        if begins > last:
            return _Day()
        if begins + _WEEK > last:
            return _Day(Occurrence(begins))
        return _Day(Occurrence(begins, rule=Rule("WEEKLY", 1, (weekday,), last)))


_CONTRADICTS = "core.date_weekday_contradicts"


def _short(weekday: int) -> str:
    return "CN" if weekday == 6 else f"T{weekday + 2}"
