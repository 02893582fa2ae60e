"""Lists read: a heading row, then one row per event."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from toolkit.calendar.reading.compose import Composed, Draft, NoSuchMoment, Stretched, compose
from toolkit.calendar.reading.days import DayContext, Stretch, days_in
from toolkit.calendar.reading.details import (
    TITLE_LIMIT,
    is_cancelled_mark,
    is_cancelled_status,
    is_cancelled_title,
    is_moved,
)
from toolkit.calendar.reading.drafting import details_of
from toolkit.calendar.reading.headings import DAY_FIELDS, TIME_FIELDS, TITLE_FIELDS, Field
from toolkit.calendar.reading.items import Item, is_break, items_in
from toolkit.calendar.reading.lines import (
    Columns,
    Line,
    columns_of,
    is_example,
    is_heading_again,
    is_total,
    one_line,
    section_of,
    shown_numbers,
)
from toolkit.calendar.reading.list_shape import ListLayout, recognise
from toolkit.calendar.reading.own_headings import list_heading
from toolkit.calendar.reading.said import DayColumns, Said
from toolkit.calendar.reading.schedule import Schedule
from toolkit.calendar.reading.side_by_side import apart
from toolkit.calendar.reading.stacked import tables_below
from toolkit.calendar.reading.timing import Timing, counts_to_24
from toolkit.calendar.reading.title import read_title as read_title_lines
from toolkit.core.dates import Day, PartOfDay, Slot, TimeRange, parse_stretch, read_title
from toolkit.core.outcome import Problem
from toolkit.core.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.calendar.reading.desk import Desk
    from toolkit.core.dates import Session
    from toolkit.sheets.model import Cell, Row, Sheet

ID_LIMIT = 200
_LONG_AHEAD = timedelta(days=300)
_NUMBERED_DAY = re.compile(r"(?:ngay|day|ngay thu)(?: thu)? ?\d{1,2}(?!\d|[/.-]\d)")
_OTHER_WEEK = re.compile(r"(?:tuan|week)\b")

# For the order of a day's rows only: no event begins at such an hour because of it.
_EARLIEST: dict[Session, time] = {
    "morning": time(5),
    "noon": time(11),
    "afternoon": time(12),
    "evening": time(18),
    "night": time(21),
}
_PURE_DAY_FIELDS: tuple[Field, ...] = ("date", "start_date", "weekday", "lunar")
_CLOCK_FIELDS: tuple[Field, ...] = ("time", "start_time", "end_time", "start", "end")


@dataclass
class _Entry:
    """A line that should make an event, between the reading of its cells and the making of its events.

    `items` are the events of a title cell that names their hours itself (`8h: chào cờ`, `10h: họp`). An `empty` line is
    a part of a day in which nothing takes place; its day may still be that of the line below.
    """

    line: Line
    title: str
    own_id: str
    schedule: Schedule
    said: Said
    slots: tuple[Slot | Stretched, ...] = ()
    items: tuple[Item, ...] = ()
    empty: bool = False


class ListReader:
    """Reads one list. Use once."""

    def __init__(self, desk: Desk, layout: ListLayout) -> None:
        self._desk = desk
        self._heading = layout.heading
        self._columns: Columns = columns_of(layout.heading, desk.sheet, visible_only=desk.options.visible_only)
        self._section: Stretch | None = None
        self._section_week: Stretch | None = None
        self._section_month: int | None = None
        self._told: defaultdict[str, list[int]] = defaultdict(list)  # note code → rows
        self._entries: list[_Entry] = []
        self._without_hours: dict[str, list[int]] = {}

    def read(self) -> None:
        own = self._desk.options.headings
        first, *further = tables_below(self._heading, self._desk.sheet, own)
        for heading, sheet in apart(self._heading, first):
            ListReader(self._for(sheet), ListLayout(heading)).read_table()
        for part in further:
            layout = recognise(part, own)
            if layout is None:
                heading_row = list_heading(part, own)
                row = heading_row.row if heading_row is not None else part.rows[0].number
                self._desk.problems.append(Problem("calendar.table_not_read", self._desk.place(row)))
                continue
            for heading, sheet in apart(layout.heading, part):
                ListReader(self._for(sheet, heading.title), ListLayout(heading)).read_table()

    def _for(self, sheet: Sheet, title_lines: Sequence[str] = ()) -> Desk:
        """The desk for a part of the sheet, under lines that may say other days than those of the whole."""
        own = read_title_lines(title_lines, self._desk.sheet.name, self._desk.options.today)
        title = own if own.month or own.first or own.day or own.since else self._desk.title
        return replace(self._desk, sheet=sheet, title=title) if title_lines else replace(self._desk, sheet=sheet)

    def read_table(self) -> None:
        """Read the rows below this heading, whatever further tables there are."""
        rows = [row for row in self._desk.sheet.rows if row.number > self._heading.last_row]
        last = self._last_event_row(rows)
        clocks = (cell for row in rows for cell in Line(row, self._columns).cells(*_CLOCK_FIELDS))
        self._desk.full_clock = counts_to_24(cell.text for cell in clocks if isinstance(cell.value, str))
        below = self._heading.last_row  # the last row of the table so far
        self._begin_with_day()
        for row in rows:
            # A title right below the table is an event that lacks its day; anything else there is a remark.
            apart = row.number > below + 1 or Line(row, self._columns).cell(*TITLE_FIELDS) is None
            is_footer = row.number > last and apart
            if not is_footer:
                below = row.number
            if not (row.hidden and self._desk.options.visible_only):
                self._read_row(row, is_footer=is_footer)
        self._fill_days()
        for entry in self._entries:
            self._make(entry)
        self._tell()

    # --- one row

    def _read_row(self, row: Row, *, is_footer: bool) -> None:
        line = Line(row, self._columns)
        if not line.filled:
            return
        if is_heading_again(line) or is_total(line):
            self._told["calendar.rows_skipped"].append(row.number)
            return
        section = section_of(line)
        if section is not None:
            self._enter_section(section)
            self._told["calendar.rows_skipped"].append(row.number)
            return
        if is_footer:
            self._told["calendar.rows_skipped"].append(row.number)
            return
        if is_example(line):
            self._told["calendar.examples_left_in"].append(row.number)
            return
        if line.struck or self._is_cancelled(line):
            self._desk.cancel(row.number, line.cell(*TITLE_FIELDS))
            return
        self._read_entry(line)

    def _last_event_row(self, rows: Sequence[Row]) -> int:
        """The last row that is numbered or has a day or a time: below it are signatures and remarks."""
        fields = [f for f in (*DAY_FIELDS, *TIME_FIELDS, "end") if f in self._columns.by_field]
        for row in reversed(rows):
            line = Line(row, self._columns)
            said = line.cells(*fields)
            named = line.cell(*TITLE_FIELDS) is not None and (bool(said) or line.cell("number") is not None)
            if named or any(any(c.isdigit() for c in cell.text) for cell in said):
                return row.number
        return rows[-1].number if rows else 0

    def _begin_with_day(self) -> None:
        """A day that stands alone right above the headings is that of the rows below, where no column has days."""
        line = self._heading.title[-1] if self._heading.title else ""
        if not line or self._columns.has(*_PURE_DAY_FIELDS, "when", "start"):
            return
        days = days_in(line[:200], self._context()).value
        if days is not None and len(days) == 1 and days[0].last is None:
            self._section = days[0]

    def _enter_section(self, cell: Cell) -> None:
        """A line between the events may say the day, the week or the month of those below it."""
        text = one_line(cell.text)[:200]
        context = self._context()
        days = days_in(text, context).value
        if days is not None and len(days) == 1 and days[0].last is None:
            self._section, self._section_week = days[0], None
            return
        if _NUMBERED_DAY.match(fold(text)):  # "NGÀY 1: Thứ Sáu 04/12/2026", "Ngày 2 (5/12)"
            for part in (text.partition("(")[2].rstrip(") "), text.partition(":")[2], text.partition(" - ")[2]):
                days = days_in(part, context).value if part.strip() else None
                if days is not None and len(days) == 1 and days[0].last is None:
                    self._section, self._section_week = days[0], None
                    return
            self._section, self._section_week = None, None
        for part in (text, text.partition("(")[2].rstrip(") "), text.partition(":")[2]):
            period = parse_stretch(part, today=context.today, look="forward", year=context.year).value if part else None
            if period is not None:
                self._section, self._section_week = None, Stretch(Day(period.start), period.last)
                return
        if _OTHER_WEEK.match(fold(text)):  # another week than the one above, and no word of its days
            self._section, self._section_week = None, None
        titled = read_title(text, today=context.today)
        if titled.month is not None:
            self._section, self._section_week, self._section_month = None, None, titled.month

    def _is_cancelled(self, line: Line) -> bool:
        status = line.cell("status")
        if status is not None and is_cancelled_status(status.text):
            return True
        title = line.cell(*TITLE_FIELDS)
        if title is not None and is_cancelled_title(title.text):
            return True
        return any(is_cancelled_mark(cell.text) for cell in line.filled if cell is not title)

    def _context(self) -> DayContext:
        context = self._desk.days_context(month=self._section_month)
        week = self._section_week
        if week is not None and week.last is not None:
            return replace(context, within=(week.first.date, week.last + timedelta(days=1)), year=None)
        return context

    def _period(self) -> tuple[date, date] | None:
        """The days that the line above, or else the title, states."""
        week, title = self._section_week, self._desk.title
        if week is not None and week.last is not None:
            return week.first.date, week.last
        return (title.first, title.last) if title.first and title.last else None

    def _read_entry(self, line: Line) -> None:
        empty = self._is_nothing(line)
        title = "" if empty else self._title(line)
        moved = next((cell for cell in line.cells("status", "note") if is_moved(cell.text)), None)
        if moved is not None:
            line.refusals.append(Problem("calendar.row_moved", self._desk.at(moved), {}, moved.text[:200]))
        own_id = one_line(line.text("id"))
        id_cell = line.cell("id")
        if id_cell is not None and len(own_id) > ID_LIMIT:
            params = {"n": len(own_id), "most": ID_LIMIT}
            line.refusals.append(Problem("calendar.text_too_long", self._desk.at(id_cell), params, own_id[:80]))
            own_id = ""
        context = self._context()
        said = DayColumns(self._desk, line, context).read(title)
        entry = _Entry(line, title, own_id, Schedule(self._desk, line, context, self._period()), said)
        if said.nothing and not line.refusals:
            self._day_from_above(entry)
        entry.slots, entry.empty = self._slots(entry), empty
        entry.items = self._items(entry)
        if self._is_programme() and not entry.slots and not entry.items and not empty:
            # In a day's programme a line without its hour isn't a whole day.
            title_cell = line.cell(*TITLE_FIELDS)
            place = self._desk.at(title_cell) if title_cell else self._desk.place(line.row.number)
            line.refusals.append(Problem("calendar.row_without_time", place, {}, title[:80]))
        self._entries.append(entry)

    def _is_nothing(self, line: Line) -> bool:
        """A day's morning or evening, kept ready and left blank; or a pause between the events, its hours unsaid."""
        title = line.cell("title", "work")
        if title is not None and is_break(title) and not line.cells(*TIME_FIELDS, "end", "when"):
            return True
        if line.cell("session") is None or line.cell(*TITLE_FIELDS) is not None or self._columns.title_field is None:
            return False
        ready = line.cells(*_PURE_DAY_FIELDS, "session")
        return all(cell in ready for cell in line.filled)

    def _is_programme(self) -> bool:
        """Whether this is a programme for the one day that the title names, in which rows say their hours."""
        day = self._desk.title.day
        return day is not None and self._columns.has(*TIME_FIELDS, "when") and not self._columns.has(*_PURE_DAY_FIELDS)

    @staticmethod
    def _items(entry: _Entry) -> tuple[Item, ...]:
        """What a title cell with hours of its own says, where no other column says the hour."""
        cell = entry.line.cell("title", "work")
        if cell is None or not all(isinstance(slot, PartOfDay) for slot in entry.slots):
            return ()
        session = next((slot.session for slot in entry.slots if isinstance(slot, PartOfDay)), None)
        items = items_in(cell, session)
        return tuple(items) if any(item.slots for item in items) else ()

    def _title(self, line: Line) -> str:
        cell = line.cell(*TITLE_FIELDS) or (
            line.cell("shift", "session") if self._columns.title_field is None else None
        )
        if cell is None:
            column = next((self._columns.by_field[f][0] for f in TITLE_FIELDS if f in self._columns.by_field), None)
            line.refusals.append(Problem("calendar.title_missing", self._desk.place(line.row.number, column)))
            return ""
        line.used.add(cell.column)
        title = one_line(cell.text[: TITLE_LIMIT + 1])
        if len(cell.text) > TITLE_LIMIT:
            params = {"n": len(cell.text), "most": TITLE_LIMIT}
            line.refusals.append(Problem("calendar.text_too_long", self._desk.at(cell), params, title[:80]))
            return title[:80]
        return title

    def _day_from_above(self, entry: _Entry) -> None:
        """A row without a day of its own under a line that says one, or in a programme for a single day."""
        if self._section is not None:
            entry.said.stretches = (self._section,)
        elif self._desk.title.day is not None and not self._columns.has(*_PURE_DAY_FIELDS):
            entry.said.stretches = (Stretch(Day(self._desk.title.day)),)

    def _slots(self, entry: _Entry) -> tuple[Slot | Stretched, ...]:
        said, line = entry.said, entry.line
        if said.moments and said.moments[0].slots:
            return said.moments[0].slots  # where they differ, `_events` gives each day its own
        if said.slots:
            return said.slots
        if said.start_time is not None and said.end_time is not None and self._goes_on(said):
            return (Stretched(said.start_time, said.end_time),)
        session = said.days[0].first.session if said.days else None
        slots: tuple[Slot | Stretched, ...] = Timing(self._desk, line).slots(said.start_time, said.end_time, session)
        if not slots and said.start_time is not None:
            slots = (TimeRange(said.start_time),)
        if self._goes_on(said) and not said.weekdays and len(slots) == 1 and line.cell("repeat") is None:
            return self._through(entry, slots[0])
        return slots

    @staticmethod
    def _goes_on(said: Said) -> bool:
        """Whether the row's days are a stretch of more than one day."""
        first = said.start or (said.stretches[0] if len(said.stretches) == 1 else None)
        if first is None:
            return False
        last = said.end or first.last
        return last is not None and last > first.first.date

    def _through(self, entry: _Entry, slot: Slot | Stretched) -> tuple[Slot | Stretched, ...]:
        """Hours beside several days: separate columns for both ends say "from … through …"; one column doesn't say."""
        if not isinstance(slot, TimeRange):
            return (slot,)
        line = entry.line
        separate = line.cell("end_time", "end") is not None and line.cell("time") is None
        if separate and slot.end is not None:
            return (Stretched(slot.start, slot.end),)
        cell = line.cell("time", "start_time", "start", "end_time", "end") or entry.said.cell
        place = self._desk.at(cell) if cell else self._desk.place(line.row.number)
        line.refusals.append(Problem("calendar.daily_or_through", place, {}, cell.text if cell else None))
        return ()

    # --- days left out because they are those of the row above

    def _fill_days(self) -> None:
        """Blank day cells below a dated row, where the sheet plainly leaves out repeated days: at least two rows do so,
        none repeats the day of the row above it, and within each day the hours go forward."""
        blank = [e for e in self._entries if e.said.nothing and not e.line.refusals]
        if not blank:
            return
        if self._leaves_days_out(blank):
            above: _Entry | None = None
            for entry in self._entries:
                if entry in blank and above is not None:
                    entry.said.stretches = above.said.stretches
                above = entry
            self._desk.note(
                "calendar.days_from_above", rows=shown_numbers([e.line.row.number for e in blank]), n=len(blank)
            )
            return
        for entry in (one for one in blank if not one.empty):
            fields: tuple[Field, ...] = ("date", "start_date", "when", "lunar", "weekday", "start")
            column = next((self._columns.by_field[f][0] for f in fields if f in self._columns.by_field), None)
            place = self._desk.place(entry.line.row.number, column)
            entry.line.refusals.append(Problem("calendar.day_missing", place, {"title": entry.title[:80]}))

    def _leaves_days_out(self, blank: list[_Entry]) -> bool:
        if len(blank) < 2 or self._entries[0] in blank:
            return False
        for above, entry in zip(self._entries, self._entries[1:], strict=False):
            if entry in blank:
                if entry.line.row.number != above.line.row.number + 1 or not _forward(above, entry):
                    return False
            elif above not in blank and entry.said.stretches and entry.said.stretches == above.said.stretches:
                return False
        return True

    # --- making events

    def _make(self, entry: _Entry) -> None:
        line, desk = entry.line, self._desk
        if entry.empty:
            self._told["calendar.rows_skipped"].append(line.row.number)
            return
        details = details_of(desk, line)
        occurrences = () if line.refusals else tuple(entry.schedule.occurrences(entry.said, entry.title))
        made: list[Composed] = []
        if not line.refusals:
            draft = Draft(
                entry.title, occurrences, entry.slots, details.location, details.description, details.reminders,
                details.attendees, details.color, details.duration,
            )  # fmt: skip
            try:
                made = list(self._events(entry, draft))
            except NoSuchMoment as refused:
                cell = entry.said.cell
                place = desk.at(cell) if cell else desk.place(line.row.number)
                line.refusals.append(refused.readings.problem(cell.text if cell else "", place))
        if line.refusals:
            desk.refuse(line.row, line.refusals, entry.title, entry.own_id)
            return
        desk.problems.extend(line.remarks)
        if entry.schedule.is_yearly_lunar:
            self._told["calendar.lunar_years"].append(line.row.number)
        if entry.schedule.is_endless:
            self._told["calendar.repeats_for_ever"].append(line.row.number)
        if entry.schedule.skips_months:
            self._told["calendar.months_without_day"].append(line.row.number)
        if entry.said.relative:
            self._told["calendar.days_relative"].append(line.row.number)
        if self._is_next_year(entry):
            self._told["calendar.days_next_year"].append(line.row.number)
        self._add(entry, made)

    def _is_next_year(self, entry: _Entry) -> bool:
        """A day without a year that went by not long ago, and so was read as next year's: worth a word."""
        today = self._desk.options.today
        days = [stretch.first for stretch in entry.said.days]
        return any(not d.year_given and d.lunar is None and d.date - today > _LONG_AHEAD for d in days)

    def _events(self, entry: _Entry, draft: Draft) -> Iterator[Composed]:
        options, moments = self._desk.options, entry.said.moments
        parts = [draft]
        if len({moment.slots for moment in moments}) > 1:
            parts = [
                replace(draft, occurrences=(occurrence,), slots=moment.slots)
                for occurrence, moment in zip(draft.occurrences, moments, strict=True)
            ]
        if entry.items:
            parts = [_with_item(part, item) for part in parts for item in entry.items]
        for part in parts:
            yield from compose(part, options.timezone, options.duration, self._desk.hours)

    def _add(self, entry: _Entry, made: Sequence[Composed]) -> None:
        row = entry.line.row.number
        column = entry.said.cell.column if entry.said.cell else None
        for ordinal, composed in enumerate(made, start=1):
            own_id = entry.own_id
            if own_id and (composed.mark or len(made) > 1):
                own_id = f"{own_id}/{composed.mark or ordinal}"
            self._desk.add(composed.event, row, column, own_id)
            if composed.without_hours:
                self._without_hours.setdefault(composed.without_hours, []).append(row)

    # --- what the member should know about the sheet as a whole

    def _tell(self) -> None:
        desk = self._desk
        for label, rows in self._without_hours.items():
            desk.note("calendar.without_hours", rows=shown_numbers(rows), n=len(rows), label=label)
        for code, rows in self._told.items():
            count = desk.options.years if code == "calendar.lunar_years" else len(rows)
            desk.note(code, rows=shown_numbers(rows), n=count)
        unknown = [one_line(self._columns.names[c])[:60] for c in self._columns.unknown]
        if unknown:
            desk.note("calendar.columns_in_description", self._heading.row, columns=", ".join(unknown), n=len(unknown))


def _with_item(draft: Draft, item: Item) -> Draft:
    """The row's event as one of the lines of its title cell says it."""
    return replace(
        draft,
        summary=item.title,
        slots=item.slots or draft.slots,
        location=item.location or draft.location,
        description="\n".join(text for text in (item.description, draft.description) if text),
    )


def _forward(above: _Entry, entry: _Entry) -> bool:
    """Whether a row's hours begin no earlier than those of the row above it."""
    first, second = _begins(above), _begins(entry)
    return first is not None and second is not None and first <= second


def _begins(entry: _Entry) -> time | None:
    """When a row's first event begins; a part of a day counts from its earliest hour."""
    timed = next((item.slots for item in entry.items if item.slots), entry.slots)
    slot = timed[0] if timed else None
    if isinstance(slot, PartOfDay):
        return _EARLIEST[slot.session]
    return slot.start if isinstance(slot, TimeRange) and not slot.start_days else None
