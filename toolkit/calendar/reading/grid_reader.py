"""Grids read: every cell that says something is an event on its column's day at its row's hours, or the other way."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from toolkit.calendar.reading.compose import (
    SESSION_NAMES,
    Draft,
    NoSuchMoment,
    Occurrence,
    compose,
    lesson_label,
)
from toolkit.calendar.reading.days import DayContext, read_days
from toolkit.calendar.reading.details import TEXT_LIMIT, TITLE_LIMIT
from toolkit.calendar.reading.grid_shape import (
    WEEK_GRID,
    Block,
    GridLayout,
    Head,
    Label,
    day_columns,
    label_of,
    row_day,
    row_weekday,
    slot_columns,
)
from toolkit.calendar.reading.items import Item, is_break, is_empty, items_in
from toolkit.calendar.reading.lines import one_line, shown_numbers, tidy
from toolkit.calendar.reading.repeats import Rule, first_on
from toolkit.calendar.reading.title import TitleContext, read_title
from toolkit.core.dates import AllDay, Lessons, PartOfDay, Session, Slot, TimeRange
from toolkit.core.errors import InputError
from toolkit.core.outcome import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.calendar.reading.desk import Desk
    from toolkit.sheets.model import Cell, Row

_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class _Days:
    """The days of a column or row, or why they aren't known."""

    occurrence: Occurrence | None
    problem: Problem | None = None


@dataclass(frozen=True)
class _Times:
    """The slots of an event; `named` is what to call them where their hours aren't known."""

    slots: tuple[Slot, ...] = ()
    named: str = ""


@dataclass(frozen=True)
class _Week:
    """A block of columns of days, ready to be read. `restarts`: lessons are counted anew in the afternoon."""

    heading: Row
    heads: tuple[Head, ...]
    days: dict[int, _Days]
    labels: dict[int, Label | None]
    restarts: bool


class GridReader:
    """Reads one grid. Use once."""

    def __init__(self, desk: Desk, layout: GridLayout) -> None:
        self._desk = desk
        self._layout = layout
        self._skipped: list[int] = []
        self._without_hours: dict[str, list[int]] = {}
        self._refusals: dict[int, tuple[Row, list[Problem], str]] = {}
        self._endless = False

    def read(self) -> None:
        for number, block in enumerate(self._layout.blocks):
            title = self._desk.title
            if number and block.above:
                title = read_title(block.above, self._desk.sheet.name, self._desk.options.today)
            if self._layout.shape == WEEK_GRID:
                self._read_weekdays(block, title)
            else:
                self._read_sessions(block, title)
        for row, problems, text in self._refusals.values():
            self._desk.refuse(row, problems, text)
        for label, rows in self._without_hours.items():
            self._desk.note("calendar.without_hours", rows=shown_numbers(sorted(set(rows))), n=len(rows), label=label)
        if self._endless:
            self._desk.note("calendar.grid_until_further_notice")
        if self._skipped:
            rows = sorted(set(self._skipped))
            self._desk.note("calendar.rows_skipped", rows=shown_numbers(rows), n=len(rows))

    # --- days across

    def _read_weekdays(self, block: Block, title: TitleContext) -> None:
        heads = day_columns(block.heading)
        body = list(block.body)
        below = _dates_below(heads, body)
        if below is not None:
            body = body[1:]
        first = heads[0].column
        labels = {row.number: label_of(row, block.heading, first) for row in body if self._counts(row)}
        week = _Week(
            block.heading,
            tuple(heads),
            {h.column: self._days_of(h, below.at(h.column) if below else None, title) for h in heads},
            labels,
            _lessons_restart([label for label in labels.values() if label is not None]),
        )
        for row in body:
            if row.number in labels:
                for head in heads:
                    self._read_cell(week, row, row.at(head.column))

    def _counts(self, row: Row) -> bool:
        return not (row.hidden and self._desk.options.visible_only)

    def _days_of(self, head: Head, below: Cell | None, title: TitleContext) -> _Days:
        """The day of a column: its own date, the date in the line below it, or its weekday in the stated weeks."""
        cell = below if below is not None and not below.blank else head.cell if head.dated else None
        if cell is not None:
            readings = read_days(cell, self._context(title))
            if readings.value is None or len(readings.value) != 1:
                return _Days(None, readings.problem(cell.text, self._desk.at(cell)))
            day = readings.value[0].first.date
            if head.weekday is not None and day.weekday() != head.weekday:
                params = {"date": f"{day:%d/%m/%Y}", "stated": _short(head.weekday), "actual": _short(day.weekday())}
                place = self._desk.at(cell)
                return _Days(None, Problem("core.date_weekday_contradicts", place, params, cell.text))
            return _Days(Occurrence(day))
        assert head.weekday is not None
        return self._weekly(head.weekday, title, head.cell.row)

    def _context(self, title: TitleContext) -> DayContext:
        return replace(self._desk, title=title).days_context()

    def _weekly(self, weekday: int, title: TitleContext, row: int) -> _Days:
        """A weekday without a date: once in a stated week, every week of a stated period or since a stated day."""
        options = self._desk.options
        first, last = options.since or title.first or title.since, options.until or title.last
        if first is None or (last is None and title.since is None):
            raise InputError("calendar.grid_without_weeks", self._desk.place(row))
        begins = first_on((weekday,), first)
        if last is None:
            self._endless = True
            return _Days(Occurrence(begins, rule=Rule("WEEKLY", 1, (weekday,), None)))
        if begins > last:
            return _Days(None)
        if begins + _WEEK > last:
            return _Days(Occurrence(begins))
        return _Days(Occurrence(begins, rule=Rule("WEEKLY", 1, (weekday,), last)))

    def _read_cell(self, week: _Week, row: Row, cell: Cell) -> None:
        if cell.covered or is_empty(cell):
            return
        if cell.struck:
            self._desk.cancel(cell.row, cell)
            return
        width = sum(1 for head in week.heads if cell.merge and cell.merge.covers(row.number, head.column)) or 1
        if width == len(week.heads) or is_break(cell):
            self._skipped.append(row.number)
            return
        days = week.days[cell.column]
        if width > 1:
            self._refuse(row, Problem("calendar.block_over_days", self._desk.at(cell), {"n": width}, cell.text[:80]))
            return
        if days.problem is not None:
            self._refuse(row, days.problem)
            return
        if days.occurrence is None:
            return
        last = cell.merge.last_row if cell.merge else row.number
        known = [label for number, label in week.labels.items() if row.number <= number <= last and label is not None]
        usual = self._usual(known, restarts=week.restarts)
        beside = _beside(row, week.heads[-1].column, week.heading)
        for said in items_in(cell, known[0].session if known else None):
            times = _Times(said.slots) if said.slots else usual
            if not times.slots:
                self._refuse(row, Problem("calendar.row_without_time", self._desk.at(cell), {}, cell.text[:80]))
                return
            said.remarks.extend(beside)
            self._emit(row, cell, said, days.occurrence, times)

    def _usual(self, labels: Sequence[Label], *, restarts: bool) -> _Times:
        """When a block over these rows takes place."""
        if not labels:
            return _Times()
        first, last = labels[0].slot, labels[-1].slot
        lessons = sorted({n for label in labels if isinstance(label.slot, Lessons) for n in label.slot.numbers})
        if lessons:
            session = labels[0].session
            if restarts and session is not None:
                return _Times((AllDay(),), f"{SESSION_NAMES[session]}, {lesson_label(Lessons(tuple(lessons)))}")
            return _Times((Lessons(tuple(lessons)),))
        if isinstance(first, TimeRange) and isinstance(last, TimeRange) and len(labels) > 1:
            end, days = last.end, last.end_days
            if end is None:
                reached = datetime.combine(date.min, last.start) + timedelta(minutes=self._desk.options.duration)
                end, days = reached.time(), (reached.date() - date.min).days
            return _Times((TimeRange(first.start, end, days),))
        return _Times((first,))

    # --- days down

    def _read_sessions(self, block: Block, title: TitleContext) -> None:
        sessions = slot_columns(block.heading)
        first = min(sessions)
        context = self._context(title)
        for row in block.body:
            cells = [row.at(column) for column in sessions]
            if not self._counts(row) or all(is_empty(cell) or cell.covered for cell in cells):
                continue
            days = self._row_days(row, first, context, title)
            if days.occurrence is None:
                params = {"title": one_line(row.cells[0].text)}
                missing = Problem("calendar.day_missing", self._desk.place(row.number, 1), params)
                self._refuse(row, days.problem or missing)
                continue
            for cell in cells:
                self._read_session_cell(row, cell, sessions, days.occurrence)

    def _row_days(self, row: Row, first: int, context: DayContext, title: TitleContext) -> _Days:
        weekday = row_weekday(row, first)
        found = row_day(row, first, context)
        if found is not None:
            day = found.first.date
            if weekday is not None and day.weekday() != weekday:
                params = {"date": f"{day:%d/%m/%Y}", "stated": _short(weekday), "actual": _short(day.weekday())}
                return _Days(None, Problem("core.date_weekday_contradicts", self._desk.place(row.number, 1), params))
            return _Days(Occurrence(day))
        for column in range(1, first):
            cell = row.at(column)
            if isinstance(cell.value, str) and any(c.isdigit() for c in cell.text) and "/" in cell.text:
                return _Days(None, read_days(cell, context).problem(cell.text, self._desk.at(cell)))
        if weekday is None:
            return _Days(None)
        return self._weekly(weekday, title, row.number)

    def _read_session_cell(self, row: Row, cell: Cell, sessions: dict[int, Slot], day: Occurrence) -> None:
        if cell.covered or is_empty(cell):
            return
        if cell.struck:
            self._desk.cancel(cell.row, cell)
            return
        merge = cell.merge
        if merge is not None and merge.last_row > row.number:
            params = {"n": merge.last_row - row.number + 1}
            self._refuse(row, Problem("calendar.block_over_days", self._desk.at(cell), params, cell.text[:80]))
            return
        over = [slot for column, slot in sessions.items() if merge is not None and merge.covers(row.number, column)]
        usual = _over(over) if len(over) > 1 else sessions[cell.column]
        session = usual.session if isinstance(usual, PartOfDay) else None
        beside = _beside(row, max(sessions), self._layout.blocks[0].heading)
        for said in items_in(cell, session):
            said.remarks.extend(beside)
            self._emit(row, cell, said, day, _Times(said.slots or (usual,)))

    # --- both

    def _emit(self, row: Row, cell: Cell, said: Item, day: Occurrence, times: _Times) -> None:
        options = self._desk.options
        if len(said.title) > TITLE_LIMIT or len(said.description) + len(said.location) > TEXT_LIMIT:
            params = {"n": len(cell.text), "most": TITLE_LIMIT if len(said.title) > TITLE_LIMIT else TEXT_LIMIT}
            self._refuse(row, Problem("calendar.text_too_long", self._desk.at(cell), params, cell.text[:80]))
            return
        summary = f"{said.title} ({times.named})" if times.named else said.title
        draft = Draft(summary, (day,), times.slots, said.location, said.description, options.reminders)
        try:
            for composed in compose(draft, options.timezone, options.duration, self._desk.hours):
                self._desk.add(composed.event, row.number, cell.column)
                if composed.without_hours or times.named:
                    self._without_hours.setdefault(composed.without_hours or times.named, []).append(row.number)
        except NoSuchMoment as refused:
            self._refuse(row, refused.readings.problem(cell.text[:80], self._desk.at(cell)))

    def _refuse(self, row: Row, problem: Problem) -> None:
        kept = self._refusals.setdefault(row.number, (row, [], ""))
        if problem not in kept[1]:
            kept[1].append(problem)


def _over(slots: Sequence[Slot]) -> Slot:
    """When a block over several columns takes place: several parts of the day are the whole day."""
    lessons = sorted({n for slot in slots if isinstance(slot, Lessons) for n in slot.numbers})
    if lessons and all(isinstance(slot, Lessons) for slot in slots):
        return Lessons(tuple(lessons))
    first, last = slots[0], slots[-1]
    if isinstance(first, TimeRange) and isinstance(last, TimeRange):
        return TimeRange(first.start, last.end, last.end_days)
    return AllDay()


def _dates_below(heads: Sequence[Head], body: Sequence[Row]) -> Row | None:
    """The line of dates under a line of weekdays, if there is one."""
    if not body or any(head.dated for head in heads):
        return None
    cells = [body[0].at(head.column) for head in heads]
    context = DayContext(date(2024, 1, 1))
    dated = [c for c in cells if not c.blank and (isinstance(c.value, date) or read_days(c, context).value is not None)]
    return body[0] if len(dated) == len([c for c in cells if not c.blank]) and len(dated) * 2 > len(heads) else None


def _lessons_restart(labels: Sequence[Label]) -> bool:
    """Whether lessons are counted anew in the afternoon, so that a number alone doesn't say when it is."""
    seen: dict[int, Session | None] = {}
    for label in labels:
        for n in label.slot.numbers if isinstance(label.slot, Lessons) else ():
            if n in seen and seen[n] != label.session:
                return True
            seen[n] = label.session
    return False


def _beside(row: Row, last: int, heading: Row) -> list[str]:
    """What stands right of the days, with its heading: remarks on the whole row."""
    return [
        ": ".join(part for part in (one_line(heading.at(cell.column).text), tidy(cell.text)) if part)
        for cell in row.cells
        if cell.column > last and not cell.blank and not cell.covered
    ]


def _short(weekday: int) -> str:
    return "CN" if weekday == 6 else f"T{weekday + 2}"
