"""Where a sheet is read: what is known about it, and what comes of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from toolkit.calendar.model import Event, Source, Wanted
from toolkit.calendar.reading.days import DayContext
from toolkit.calendar.reading.options import Hours, ReadOptions, RefusedRow
from toolkit.core.outcome import Param, Place, Problem
from toolkit.core.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from toolkit.calendar.reading.title import TitleContext
    from toolkit.sheets.model import Cell, Row, Sheet, Workbook


@dataclass
class Desk:
    """One sheet being read. The lists grow while it is. `people` are those whose shifts of a roster are meant."""

    workbook: Workbook
    sheet: Sheet
    options: ReadOptions
    title: TitleContext
    hours: Hours
    month_first: bool = False
    full_clock: bool = False  # the sheet writes 14h for two in the afternoon
    people: frozenset[str] = frozenset()
    wanted: list[Wanted] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)
    cancelled: list[Problem] = field(default_factory=list)

    def days_context(self, *, lunar: bool | None = None, month: int | None = None) -> DayContext:
        """How days are to be understood in this sheet. `month` is one that a line in the table announced."""
        today = self.options.today
        within = self.title.window(today)
        year = None if within else self.title.year
        return DayContext(today, year, month or self.title.month, within, self.month_first, lunar)

    def place(self, row: int | None = None, column: int | None = None) -> Place:
        return self.workbook.place(self.sheet, row, column)

    def at(self, cell: Cell) -> Place:
        return self.place(cell.row, cell.column)

    def source(self, row: int, column: int | None = None) -> Source:
        return Source(self.workbook.file, self.sheet.name or None, row, column)

    def add(self, event: Event, row: int, column: int | None = None, own_id: str = "") -> None:
        self.wanted.append(Wanted(event, self.source(row, column), own_id))

    def note(
        self, code: str, row: int | None = None, column: int | None = None, value: str | None = None, **params: Param
    ) -> None:
        self.notes.append(Problem(code, self.place(row, column), params, value))

    def cancel(self, row: int, title: Cell | None) -> None:
        """A row or a cell that is marked HỦY or struck through."""
        place = self.at(title) if title is not None else self.place(row)
        self.cancelled.append(Problem("calendar.row_cancelled", place, {}, title.text[:200] if title else None))

    def refuse(self, row: Row, problems: Sequence[Problem], title: str = "", own_id: str = "") -> None:
        """A row that makes no event, and why."""
        self.problems.extend(problems)
        said = "\x1f".join(cell.text for cell in row.cells)
        print_ = hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()
        self.refused.append(RefusedRow(self.sheet.name or None, row.number, title, own_id, print_))

    def remembered(self, title: str) -> frozenset[date]:
        """The days on which earlier imports of this name placed events of this title."""
        if not self.options.remembered:
            return frozenset()
        return self.options.remembered.get(fold(title), frozenset())
