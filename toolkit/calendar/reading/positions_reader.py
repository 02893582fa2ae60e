"""Duty sheets read: every name in a cell is a duty of that person on that day, at the hours of its shift or post."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from toolkit.calendar.reading.compose import Draft, NoSuchMoment, compose
from toolkit.calendar.reading.lines import one_line, shown_numbers
from toolkit.calendar.reading.positions_shape import names_in
from toolkit.calendar.reading.roster_reader import RosterDays
from toolkit.calendar.reading.shifts import Legend, explained_in, read_codes, shift_name
from toolkit.core.dates import AllDay, PartOfDay, Slot, parse_times
from toolkit.core.outcome import Problem
from toolkit.core.text import clean, fold

if TYPE_CHECKING:
    from datetime import date

    from toolkit.calendar.reading.compose import Occurrence
    from toolkit.calendar.reading.desk import Desk
    from toolkit.calendar.reading.positions_shape import Duty, PositionsLayout
    from toolkit.sheets.model import Cell

_LONGEST_POST = 80


class PositionsReader:
    """Reads the duties of one sheet. Use once."""

    def __init__(self, desk: Desk, layout: PositionsLayout) -> None:
        self._desk = desk
        self._layout = layout
        used = {duty.cell.row for duty in layout.duties}
        others = [row for row in desk.sheet.rows if row.number not in used]
        self._legend = Legend(read_codes(others), desk.hours, {})
        self._refusals: dict[int, list[Problem]] = {}
        self._count: Counter[tuple[str, date]] = Counter()
        self._without_hours: dict[str, list[int]] = {}
        self._names_people = len({fold(name) for name in desk.people}) > 1

    def read(self) -> None:
        days = RosterDays(self._desk, self._layout.days, self._desk.title).all()
        for duty in self._layout.duties:
            if duty.person not in self._desk.people:
                continue
            row = self._desk.sheet.row(duty.cell.row)
            if row is None or (row.hidden and self._desk.options.visible_only):
                continue
            if duty.cell.struck:
                self._desk.cancel(duty.cell.row, duty.cell)
                continue
            day = days[duty.mark]
            if day.problem is not None:
                self._refuse(duty.cell, day.problem)
            elif day.occurrence is not None:
                self._read_duty(duty, day.occurrence)
        for number, problems in self._refusals.items():
            row = self._desk.sheet.row(number)
            if row is not None:
                self._desk.refuse(row, problems)
        for label, rows in self._without_hours.items():
            self._desk.note("calendar.without_hours", rows=shown_numbers(sorted(set(rows))), n=len(rows), label=label)

    def _read_duty(self, duty: Duty, day: Occurrence) -> None:
        name, slots = self._post(duty.post)
        if slots is None:
            place, params = self._desk.at(duty.post), {"shift": name[:60]}
            self._refuse(duty.cell, Problem("calendar.shift_without_hours", place, params, name[:80]))
            return
        options = self._desk.options
        summary = f"{name} – {duty.person}" if self._names_people else name
        beside = [other for other in names_in(duty.cell) if other != duty.person]
        remarks = one_line(clean(duty.cell.text)) if "(" in duty.cell.text else ", ".join(beside)
        draft = Draft(summary, (day,), slots, description=remarks, reminders=options.reminders)
        try:
            for composed in compose(draft, options.timezone, options.duration, self._desk.hours):
                self._count[duty.person, day.first] += 1
                own_id = f"{fold(duty.person)} {day.first.isoformat()} {self._count[duty.person, day.first]}"
                self._desk.add(composed.event, duty.cell.row, duty.cell.column, own_id)
                if composed.without_hours:
                    self._without_hours.setdefault(composed.without_hours, []).append(duty.cell.row)
        except NoSuchMoment as refused:
            self._refuse(duty.cell, refused.readings.problem(duty.cell.text[:80], self._desk.at(duty.cell)))

    def _post(self, cell: Cell) -> tuple[str, tuple[Slot, ...] | None]:
        """What a duty is called and when it takes place; None where a shift's hours aren't known.

        A post ("Bác sĩ trực") is held the whole day; a part of the day has the hours that a profile or legend gives it.
        """
        text = one_line(clean(cell.text[:_LONGEST_POST]))
        explained = [shift for _, shift in explained_in(text) if shift.ranges]
        known = explained[:1] or self._legend.shifts(text)
        if known is not None and len(known) == 1 and known[0].ranges:
            return known[0].name, known[0].slots
        slots = parse_times(text).value or parse_times(fold(text).removeprefix("ca ")).value
        if slots is not None and len(slots) == 1 and isinstance(slots[0], PartOfDay):
            return shift_name(text), (slots[0],)
        if fold(text).startswith(("ca ", "kip ", "tua ")) or fold(text) in ("ca", "kip", "tua"):
            return text, None
        return text, (AllDay(),)

    def _refuse(self, cell: Cell, problem: Problem) -> None:
        kept = self._refusals.setdefault(cell.row, [])
        if problem not in kept:
            kept.append(problem)
