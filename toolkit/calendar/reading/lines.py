"""The rows of a list: which cells belong to which field, and which rows are no events at all."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, cast
from unicodedata import category

from toolkit.calendar.reading.headings import DAY_FIELDS, TITLE_FIELDS, Field
from toolkit.core.text import clean, fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from toolkit.core.outcome import Problem
    from toolkit.sheets.heading import Heading
    from toolkit.sheets.model import Cell, Row, Sheet

_TOTAL = re.compile(r"(?:tong(?: (?:cong|so))?|cong|total|sum|grand total)(?:[ :(].*)?")
_PLACEHOLDERS = frozenset({"-", "--", "---", "–", "—", "/", "n/a", "#n/a"})
_MUST_SAY: frozenset[Field] = DAY_FIELDS | {"end_date", "reminder", "repeat", "number", "id"}
_ORDINAL = re.compile(r"(?:\d{1,4}|[ivxlc]{1,6}|[a-h])[.)/]?")


@dataclass(frozen=True)
class Columns:
    """Where each field stands. `names` are the headings as written; `unknown` the columns that no field names."""

    by_field: Mapping[Field, tuple[int, ...]]
    names: Mapping[int, str]
    unknown: tuple[int, ...]

    def has(self, *fields: Field) -> bool:
        return any(field in self.by_field for field in fields)

    @property
    def title_field(self) -> Field | None:
        """The best field that can name an event."""
        return next((f for f in TITLE_FIELDS if f in self.by_field), None)


def columns_of(heading: Heading, sheet: Sheet, *, visible_only: bool) -> Columns:
    """The columns under a heading, those that are hidden left out where only what is visible counts."""
    gone = sheet.hidden_columns if visible_only else frozenset()
    by_field: dict[Field, tuple[int, ...]] = {}
    for name, column in heading.columns.items():
        for each in (column, *heading.repeated.get(name, ())):
            if each not in gone:
                known = _told_apart(name, heading.names.get(each, ""))
                by_field[known] = (*by_field.get(known, ()), each)
    unknown = tuple(u.column for u in heading.unknown if u.column not in gone)
    return Columns(by_field, heading.names, unknown)


def _told_apart(name: str, heading: str) -> Field:
    """A heading's field; without their marks "Ngày giỗ" and "Ngày giờ" are the same."""
    if name in ("when", "lunar") and fold(heading).startswith("ngay gio"):
        return "lunar" if "giỗ" in clean(heading).lower() else "when"
    return cast("Field", name)


@dataclass
class Line:
    """One row while it is read. `refusals` are why it makes no event, `remarks` what had to be left out of it.

    `used` are columns whose text has found its place, `days` those of them that turned out to hold a day.
    """

    row: Row
    columns: Columns
    refusals: list[Problem] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    days: set[int] = field(default_factory=set)

    def cells(self, *fields: Field) -> list[Cell]:
        """The filled cells of these fields, in the order of the fields and then of the columns."""
        found = []
        for name in fields:
            for column in self.columns.by_field.get(name, ()):
                cell = self.row.at(column)
                if not _says_nothing(name, cell):
                    found.append(cell)
        return found

    def cell(self, *fields: Field) -> Cell | None:
        """The first filled cell of these fields."""
        for name in fields:
            for column in self.columns.by_field.get(name, ()):
                cell = self.row.at(column)
                if not _says_nothing(name, cell):
                    return cell
        return None

    def text(self, *fields: Field) -> str:
        cell = self.cell(*fields)
        return tidy(cell.text) if cell else ""

    @cached_property
    def filled(self) -> list[Cell]:
        """The cells with something of their own in them, the row number aside."""
        numbers = self.columns.by_field.get("number", ())
        return [c for c in self.row.cells if not c.blank and not c.covered and c.column not in numbers]

    @property
    def struck(self) -> bool:
        """Struck through: its title, or everything in it."""
        title = self.cell(*TITLE_FIELDS)
        if title is not None and title.struck:
            return True
        filled = self.filled
        return bool(filled) and all(c.struck for c in filled)


def _says_nothing(name: Field, cell: Cell) -> bool:
    """Blank, or filled in only so as not to be: "-" under "Giờ". A day isn't left out that way, but missing."""
    if cell.blank:
        return True
    if name in _MUST_SAY or not isinstance(cell.value, str) or len(cell.value) > 20:
        return False
    if name in TITLE_FIELDS:
        return not any(c.isalnum() or category(c) == "So" for c in cell.value)  # 🎂 is a title
    return cell.value.strip().lower() in _PLACEHOLDERS


def tidy(text: str) -> str:
    """A cell's text as part of an event: no space around it or around its line ends, otherwise as it was typed."""
    if "\n" not in text and "\r" not in text:
        return text.strip()
    return "\n".join(line.strip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")).strip()


def one_line(text: str) -> str:
    """A title or a place: a cell's text on one line."""
    return " ".join(text.split())


def is_total(line: Line) -> bool:
    """A row that sums up the rows above it. "Tổng vệ sinh" or "Cộng đồng chạy bộ" with a day is an event."""
    filled = line.filled
    if not filled or not isinstance(filled[0].value, str) or not _TOTAL.fullmatch(fold(filled[0].text[:60])):
        return False
    label = filled[0].column
    return all(cell.column == label for cell in line.cells(*DAY_FIELDS))


_EXAMPLE = re.compile(r"\((?:ví dụ|vi du|example)\)", re.IGNORECASE)


def is_example(line: Line) -> bool:
    """A row of our template that only shows how to fill it in: `(ví dụ) Gặp chị Hoa`."""
    return _EXAMPLE.match(line.text(*TITLE_FIELDS)[:20]) is not None


def shown_numbers(rows: Sequence[int]) -> str:
    """Row numbers for a message, the first dozen of them."""
    shown = ", ".join(map(str, rows[:12]))
    return shown + (", …" if len(rows) > 12 else "")


def is_heading_again(line: Line) -> bool:
    """The heading repeated, as on every printed page."""
    names = line.columns.names
    same = sum(1 for c in line.filled if one_line(c.text) == names.get(c.column))
    return same >= 2 and same * 2 > len(line.filled)


def section_of(line: Line) -> Cell | None:
    """The only cell of a row that stands between the events ("TUẦN 2", "Thứ Bảy 12/12"), if it is such a row.

    A row number or letter before it doesn't count. A lone title that isn't merged is an event without a day, not a
    section.
    """
    if len(line.filled) > 2:
        return None
    titles = [c for f in TITLE_FIELDS for c in line.columns.by_field.get(f, ())]
    filled = [c for c in line.filled if c.column in titles or not _ORDINAL.fullmatch(fold(c.text[:12]))]
    if len(filled) != 1 or not isinstance(filled[0].value, str):
        return None
    cell = filled[0]
    wide = cell.merge is not None and cell.merge.last_column > cell.merge.first_column
    return cell if wide or cell.column not in titles else None
