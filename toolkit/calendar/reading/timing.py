"""Which times of day a row names, from whichever of its columns say so."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from toolkit.calendar.reading.details import read_yes
from toolkit.core.dates import AllDay, Lessons, PartOfDay, Slot, TimeRange, parse_lessons, parse_times
from toolkit.core.outcome import Problem
from toolkit.core.readings import none, one
from toolkit.core.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from toolkit.calendar.reading.desk import Desk
    from toolkit.calendar.reading.lines import Line
    from toolkit.core.dates import Session
    from toolkit.core.readings import Readings
    from toolkit.sheets.model import Cell

_BRACKETED = re.compile(r"[(\[]([^()\[\]]{1,60})[)\]]|[:–-] ?(.{3,60})$")
_LAST_LESSON = 20
_DAYS_END = frozenset({"24h", "24:00", "24 gio", "24h00", "24g", "24:00:00"})
_AFTERNOON_HOUR = re.compile(r"\b(?:1[3-9]|2[0-3]) ?(?:[:hg]|giờ)", re.IGNORECASE)
_HALF_CLOCK = re.compile(r"\b(?:chiều|tối|chieu|toi|p\.?m)\b|\dpm\b", re.IGNORECASE)
_EARLY = time(5)
_NIGHT_FROM, _MORNING_UNTIL = time(18), time(12)


def counts_to_24(texts: Iterable[str]) -> bool:
    """Whether the times of a sheet are written on a 24-hour clock: somewhere 14h stands, and nowhere 2h chiều."""
    afternoon = False
    for text in texts:
        if _HALF_CLOCK.search(text[:100]):
            return False
        afternoon = afternoon or bool(_AFTERNOON_HOUR.search(text[:100]))
    return afternoon


@lru_cache(maxsize=16384)
def times_in(text: str, session: Session | None = None) -> Readings[tuple[Slot, ...]]:
    """The times that a text in a time column names. A bare hour from 1 to 5 is asked about, not guessed."""
    return parse_times(text, column=True, ask_bare_hours=True, session=session)


def slots_of(cell: Cell, session: Session | None = None) -> Readings[tuple[Slot, ...]]:
    """The times that a cell names: a real time, the time of a real moment, or a text."""
    value = cell.value
    if isinstance(value, datetime):
        value = value.time()
    if isinstance(value, time):
        return _placed(value.replace(microsecond=0, tzinfo=None), session)
    if isinstance(value, timedelta):
        minutes = int(value.total_seconds()) // 60
        if minutes == 24 * 60:
            return none("core.time_no_such", value=cell.text)
        return (
            one((TimeRange(time(minutes // 60 % 24, minutes % 60)),))
            if 0 <= minutes < 24 * 60
            else none("core.time_unknown")
        )
    if isinstance(value, (str, int)) and not isinstance(value, bool):
        return times_in(str(value), session)
    return times_in(cell.text, session) if isinstance(value, float) else none("core.time_unknown")


def _placed(at: time, session: Session | None) -> Readings[tuple[Slot, ...]]:
    """A real time beside a session: 2:00 in the afternoon is 14:00."""
    if session is None:
        return one((TimeRange(at),))
    return times_in(f"{at:%H:%M}", session) if at.second == 0 else one((TimeRange(at),))


class Timing:
    """Reads the times of a line; what can't be read becomes a refusal of the line."""

    def __init__(self, desk: Desk, line: Line) -> None:
        self._desk = desk
        self._line = line

    def slots(
        self, start: time | None = None, end: time | None = None, session: Session | None = None
    ) -> tuple[Slot, ...]:
        """The slots of the line; none where no column says a time.

        `start` and `end` are times that day cells hold, `session` the part of the day said with the day ("tối thứ 6").
        """
        line = self._line
        all_day = line.cell("all_day")
        if all_day is not None and read_yes(all_day.text):
            return (AllDay(),)
        session = self._session() or session
        found = self._from_time_column(session)
        if not found:
            found = self._from_start_and_end(session, start, end)
        if not found:
            found = self._from_lessons() or self._from_shift()
        if not found and session is not None:
            found = (PartOfDay(session),)
        return found

    def _read(self, cell: Cell, session: Session | None) -> Readings[tuple[Slot, ...]]:
        """The times of a cell. 5h is 05:00 where the sheet counts to 24; a smaller hour is asked about even there."""
        readings = slots_of(cell, session)
        if self._desk.full_clock and readings.ambiguous:
            as_written = readings.values[0]
            if all(isinstance(slot, TimeRange) and slot.start >= _EARLY and not slot.start_days for slot in as_written):
                return one(as_written)
        return readings

    def _refuse(self, cell: Cell, readings: Readings[tuple[Slot, ...]]) -> None:
        self._line.refusals.append(readings.problem(cell.text, self._desk.at(cell)))

    def _session(self) -> Session | None:
        """The part of the day of the session column; "Buổi 3" is a number of a meeting, and stays a detail."""
        cell = self._line.cell("session")
        if cell is None or not isinstance(cell.value, str):
            return None
        slots = times_in(cell.value).value
        if slots is not None and len(slots) == 1 and isinstance(slots[0], PartOfDay):
            self._line.used.add(cell.column)
            return slots[0].session
        return None

    def _from_time_column(self, session: Session | None) -> tuple[Slot, ...]:
        found: list[Slot] = []
        for cell in self._line.cells("time"):
            readings = self._read(cell, session)
            if readings.value is None:
                self._refuse(cell, readings)
            else:
                found.extend(readings.value)
        lone = found[0] if len(found) == 1 else None
        if isinstance(lone, TimeRange) and lone.end is None and not lone.start_days and self._has_end(session):
            # "Giờ" beside "Kết thúc" is the start.
            return self._from_start_and_end(session, lone.start, None) or tuple(found)
        return tuple(found)

    def _has_end(self, session: Session | None) -> bool:
        """Whether the end column holds a time of this row, not a place or a day."""
        cell = self._line.cell("end_time", "end")
        return cell is not None and cell.column not in self._line.days and bool(slots_of(cell, session))

    def _from_start_and_end(self, session: Session | None, start: time | None, end: time | None) -> tuple[Slot, ...]:
        """Start and end columns, one slot. A range in the start column is taken as it stands."""
        begins = self._one_time(self._line.cell("start_time", "start"), session) if start is None else TimeRange(start)
        night = begins is not None and begins.end is None and begins.start >= _NIGHT_FROM
        ends = (
            self._one_time(self._line.cell("end_time", "end"), session, night=night) if end is None else TimeRange(end)
        )
        if begins is None and ends is None:
            return ()
        if begins is None:
            cell = self._line.cell("end_time", "end")
            if ends is not None and cell is not None and not self._line.refusals:
                self._line.refusals.append(Problem("calendar.start_missing", self._desk.at(cell), {}, cell.text))
            return ()
        if ends is None or begins.end is not None:
            return (begins,)
        return self._spanned(begins.start, ends.start)

    def _one_time(self, cell: Cell | None, session: Session | None, *, night: bool = False) -> TimeRange | None:
        """The time of a cell. Behind a start in the evening (`night`) `1h` can only be the next morning's."""
        if cell is None or cell.column in self._line.days or _is_day_only(cell):
            return None
        if cell.value == timedelta(days=1) or (isinstance(cell.value, str) and fold(cell.value) in _DAYS_END):
            return TimeRange(time(0))
        readings = self._read(cell, session)
        slots = readings.value if not (night and readings.ambiguous) else readings.values[0]
        if slots is None or len(slots) != 1 or not isinstance(slots[0], TimeRange):
            if readings.code or slots is not None:
                problem = readings if slots is None else none("core.time_unknown")
                self._refuse(cell, problem)
            return None
        return slots[0]

    def _spanned(self, start: time, end: time) -> tuple[Slot, ...]:
        cell = self._line.cell("end_time", "end", "start_time", "start")
        if end > start:
            return (TimeRange(start, end),)
        if end == time(0) or (end < start and start >= _NIGHT_FROM and end <= _MORNING_UNTIL):
            return (TimeRange(start, end, 1),)
        code = "core.time_equal" if end == start else "core.time_end_before_start"
        shown = {"value": f"{start:%H:%M}"} if end == start else {"start": f"{start:%H:%M}", "end": f"{end:%H:%M}"}
        assert cell is not None
        self._line.refusals.append(Problem(code, self._desk.at(cell), shown, cell.text))
        return ()

    def _from_lessons(self) -> tuple[Slot, ...]:
        """Lessons: one column of them, or the first with the last or with how many."""
        cell = self._line.cell("lesson")
        if cell is not None:
            readings = parse_lessons(cell.text, column=True)
            if readings.value is not None:
                return (readings.value,)
            as_times = slots_of(cell)  # a "Tiết" column that holds hours
            if as_times.value is not None:
                return as_times.value
            self._refuse(cell, none(readings.code, **readings.params))
            return ()
        begin = self._lesson("lesson_start")
        if begin is None:
            return ()
        end = self._lesson("lesson_end")
        count = self._lesson("lesson_count")
        last = end if end is not None else begin + count - 1 if count is not None else begin
        if not begin <= last <= _LAST_LESSON:
            cell = self._line.cell("lesson_end", "lesson_count", "lesson_start")
            assert cell is not None
            self._line.refusals.append(
                Problem("core.time_no_such_lesson", self._desk.at(cell), {"value": f"{begin}-{last}"}, cell.text)
            )
            return ()
        return (Lessons(tuple(range(begin, last + 1))),)

    def _lesson(self, field: str) -> int | None:
        cell = self._line.cell(field)  # type: ignore[arg-type]
        if cell is None:
            return None
        lessons = parse_lessons(cell.text, column=True).value
        if lessons is not None and len(lessons.numbers) == 1:
            return lessons.numbers[0]
        self._line.refusals.append(
            Problem("core.time_no_such_lesson", self._desk.at(cell), {"value": cell.text}, cell.text)
        )
        return None

    def _from_shift(self) -> tuple[Slot, ...]:
        """A shift with its hours in the cell, the profile or a legend; a session's name counts as that session."""
        cell = self._line.cell("shift")
        if cell is None:
            return ()
        slot = shift_slots(cell, self._desk)
        if slot:
            return slot
        problem = Problem("calendar.shift_without_hours", self._desk.at(cell), {"shift": cell.text[:60]}, cell.text)
        self._line.refusals.append(problem)
        return ()


def shift_slots(cell: Cell, desk: Desk) -> tuple[Slot, ...]:
    """The hours of a shift's cell: `Ca sáng (6h-14h)`, `6h-14h`, `Ca 1` with a legend, `Sáng`; empty if unknown."""
    folded = fold(cell.text[:100])
    for name in (folded, folded.removeprefix("ca ").strip(), f"ca {folded}"):
        if name in desk.hours.shifts:
            start, end = desk.hours.shifts[name]
            return (TimeRange(start, end, 1 if end <= start else 0),)
    slots = slots_of(cell).value
    if slots is not None and not (isinstance(cell.value, (int, float))):
        return slots
    bracketed = _BRACKETED.search(cell.text[:120])
    if bracketed:
        slots = times_in((bracketed[1] or bracketed[2]).strip()).value
        if slots is not None and all(isinstance(slot, TimeRange) for slot in slots):
            return slots
    if folded.startswith("ca "):
        slots = times_in(folded.removeprefix("ca ")).value
        if slots is not None and all(isinstance(slot, PartOfDay) for slot in slots):
            return slots
    return ()


def _is_day_only(cell: Cell) -> bool:
    """A cell of a start or end column that only holds a day."""
    if isinstance(cell.value, datetime):
        return cell.shows == "date" or (cell.value.time() == time() and cell.shows != "time")
    return isinstance(cell.value, date)
