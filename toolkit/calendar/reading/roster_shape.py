"""Shape (g) recognised: people down and dates across, or dates down and people across; the cells are shift codes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from toolkit.calendar.reading.headings import DAY_FIELDS, NAMES, TITLE_FIELDS
from toolkit.calendar.reading.lines import one_line
from toolkit.calendar.reading.shifts import code_key, explained_in, is_code_like
from toolkit.core.dates import parse_weekdays
from toolkit.core.text import clean, fold
from toolkit.sheets.heading import heading_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.sheets.model import Cell, Row, Sheet

NAME = "roster"
_SCANNED = 2_000  # rows in which headings are looked for
_FEWEST_DAYS = 3
_MOST_LABELS = 8  # columns left of the first day
_NAME_LIMIT = 80
_MARK = re.compile(
    r"(?:(?P<weekday>[^\d\W]\D{0,14}?\d?|[Tt]\.? ?\d)[ ,(\n–:-]{1,4})?"
    r"(?P<day>\d{1,2}(?:[/.-]\d{1,2}(?:[/.-]\d{2,4})?)?)\)?(?: ?\(?(?P<behind>[^\d\W]{1,8} ?\d?)\)?)?"
)
_NAME_HEADINGS = frozenset({
    "ho ten", "ho va ten", "ho & ten", "ten", "ten nhan vien", "nhan vien", "ho ten nhan vien", "nguoi truc",
    "nguoi lam", "bac si", "dieu duong", "bao ve", "thanh vien", "ca vien", "giao vien", "can bo", "hoc sinh",
    "tinh nguyen vien", "ctv", "name", "full name", "employee", "staff", "person",
})  # fmt: skip
_TOTALS = re.compile(r"(?:tong|cong|so cong|ngay cong|total|sum|cong ca|so ca|si so|quan so)\b")
_NO_PERSON = re.compile(r"(?:ghi chu|chu thich|ky hieu|ki hieu|luu y|note|thu|ngay|date|day|buoi|tuan|stt|tt|gio|ca)\b")


@dataclass(frozen=True)
class Mark:
    """A heading of a day: a real date or a written one, or only the day of the month; its weekday where it is named."""

    cell: Cell
    number: int | None = None
    dated: bool = False
    weekday: int | None = None
    text: str = ""

    @property
    def is_weekday(self) -> bool:
        """Nothing but a weekday."""
        return self.weekday is not None and self.number is None and not self.dated


@dataclass(frozen=True)
class Roster:
    """One table. `entries` are (person, mark, cell) row by row; `above` are the lines that belong to it alone.

    `months` maps the column (or row) of a mark to the month that a merged heading beside it states.
    """

    above: tuple[str, ...]
    marks: tuple[Mark, ...]
    entries: tuple[tuple[str, Mark, Cell], ...]
    months: dict[int, int]

    @property
    def people(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(person for person, _, _ in self.entries))


@dataclass(frozen=True)
class RosterLayout:
    """The rosters of a sheet, and the rows in which codes may be explained."""

    rosters: tuple[Roster, ...]
    others: tuple[Row, ...]

    @property
    def title(self) -> tuple[str, ...]:
        return self.rosters[0].above

    @property
    def people(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(person for roster in self.rosters for person in roster.people))


def recognise(sheet: Sheet) -> RosterLayout | None:
    """People down and days across, else days down and people across; None where the cells are no shift codes."""
    return _days_across(sheet) or _days_down(sheet)


def mark_of(cell: Cell) -> Mark | None:
    """A day as rosters head their columns: `1`, `01`, `1/12`, `T2`, `T2 23/11`, `23 (T2)`, a real date."""
    if cell.blank or cell.covered or isinstance(cell.value, (bool, float)):
        return None
    if isinstance(cell.value, date):
        return Mark(cell, dated=True)
    if isinstance(cell.value, int):
        return Mark(cell, cell.value) if 1 <= cell.value <= 31 else None
    if not isinstance(cell.value, str) or len(cell.text) > 30:
        return None
    text = clean(cell.text)
    weekday = _weekday(text)
    if weekday is not None:
        return Mark(cell, weekday=weekday)
    found = _MARK.fullmatch(text)
    if found is None:
        return None
    said = (found["weekday"] or found["behind"] or "").strip(" ,(–:-")
    weekday = _weekday(said) if said else None
    if said and weekday is None and fold(said) != "ngay":
        return None
    number = int(found["day"]) if found["day"].isdigit() else None
    if number is not None and not 1 <= number <= 31:
        return None
    return Mark(cell, number, number is None, weekday, found["day"])


def _weekday(text: str) -> int | None:
    days = parse_weekdays(text).value
    return days[0] if days is not None and len(days) == 1 else None


# --- people down, days across --------------------------------------------------------------------------------------


def _days_across(sheet: Sheet) -> RosterLayout | None:
    rows = sheet.rows[:_SCANNED]
    heads = [index for index, row in enumerate(rows) if _is_heading(row)]
    heads = [index for index in heads if index - 1 not in heads or rows[index - 1].number != rows[index].number - 1]
    rosters: list[Roster] = []
    used: set[int] = set()
    begin = 0
    blocks = []
    for index, after in pairwise([*heads, len(sheet.rows)]):
        blocks.append((index, *_marks_and_body(sheet.rows, index, after)))
    codes = {code_key(row.at(m.cell.column).text) for _, marks, body in blocks for row in body for m in marks}
    for index, marks, body in blocks:
        entries = list(_people_down(marks, rows[index], body, codes))
        if not entries or not _are_codes([cell for _, _, cell in entries]):
            continue
        above = tuple(text for row in sheet.rows[begin:index] if row.number not in used and (text := _alone(row)))
        months = _months_above(rows[index - 1], marks) if index else {}
        rosters.append(Roster(above, tuple(marks), tuple(entries), months))
        used.update(cell.row for _, _, cell in entries)
        begin = index + 1
    if not rosters:
        return None
    return RosterLayout(tuple(rosters), tuple(row for row in sheet.rows if row.number not in used))


def _is_heading(row: Row) -> bool:
    return len(marks_in(row)) >= _FEWEST_DAYS


def marks_in(row: Row) -> list[Mark]:
    """The marks of a row from its first day on; none unless they go forward behind at least one other column."""
    marks = [mark for cell in row.cells if (mark := mark_of(cell)) is not None]
    while marks and marks[0].number is not None and len(marks) > 1 and marks[1].cell.column > marks[0].cell.column + 1:
        marks.pop(0)  # a lone number left of the days
    if len(marks) < _FEWEST_DAYS or marks[0].cell.column == 1:
        return []
    numbers = [mark.number for mark in marks if mark.number is not None]
    if len(numbers) == len(marks):
        wraps = sum(1 for a, b in pairwise(numbers) if b <= a)
        is_dense = all(b - a <= 3 for a, b in pairwise(numbers) if b > a)
        return marks if is_dense and (wraps == 0 or (wraps == 1 and numbers[-1] < numbers[0])) else []
    weekdays = [mark.weekday for mark in marks if mark.weekday is not None and mark.is_weekday]
    if len(weekdays) == len(marks):
        steps = [(b - a) % 7 for a, b in pairwise(weekdays)]
        return marks if all(1 <= step <= 3 for step in steps) else []
    return marks if not numbers and not weekdays else []


def _marks_and_body(rows: Sequence[Row], index: int, after: int) -> tuple[list[Mark], Sequence[Row]]:
    """The days of a heading, completed by the line of weekdays or of day numbers below it."""
    marks = marks_in(rows[index])
    body = rows[index + 1 : after]
    if not body or body[0].number != rows[index].number + 1:
        return marks, body
    below = {mark.cell.column: mark for cell in body[0].cells if (mark := mark_of(cell)) is not None}
    both = [(mark, below.get(mark.cell.column)) for mark in marks]
    if any(second is None for _, second in both):
        return marks, body
    if all(second and second.is_weekday and mark.weekday is None for mark, second in both):
        return [_with_weekday(mark, second.weekday) for mark, second in both if second], body[1:]
    if all(second and mark.is_weekday and not second.is_weekday for mark, second in both) and marks_in(body[0]):
        return [_with_weekday(second, mark.weekday) for mark, second in both if second], body[1:]
    return marks, body


def _with_weekday(mark: Mark, weekday: int | None) -> Mark:
    return Mark(mark.cell, mark.number, mark.dated, weekday, mark.text)


def _months_above(above: Row, marks: Sequence[Mark]) -> dict[int, int]:
    """The months that wide cells above the days state: "Tháng 11" over 26–30, "Tháng 12" over 1–25."""
    months = {}
    for mark in marks:
        cell = above.at(mark.cell.column)
        found = re.fullmatch(r"(?:thang|thg|t) ?(\d{1,2})(?:[ /.-]{1,3}(?:nam )?\d{4})?", fold(cell.text[:40]))
        if cell.merge is not None and found and 1 <= int(found[1]) <= 12:
            months[mark.cell.column] = int(found[1])
    return months if len(set(months.values())) > 1 else {}


def _people_down(
    marks: Sequence[Mark], heading: Row, body: Sequence[Row], codes: set[str]
) -> Iterator[tuple[str, Mark, Cell]]:
    """`codes` are all that the sheet uses."""
    if not marks:
        return
    first = marks[0].cell.column
    columns = _name_columns(heading, body, first)
    if not columns:
        return
    last = max((i for i, row in enumerate(body) if _has_codes(row, marks)), default=-1)
    for row in body[: last + 1]:
        name = " ".join(one_line(row.at(c).text) for c in columns if not row.at(c).blank)[:_NAME_LIMIT]
        wide = any(m.last_column >= first for c in columns if (m := row.at(c).merge) is not None)
        if wide or _TOTALS.match(fold(name)) or any(_is_legend(row.at(c), codes) for c in range(1, first)):
            continue
        for mark in marks:
            cell = row.at(mark.cell.column)
            if not cell.blank:  # a merged block says the same of each of its days and people
                yield name, mark, cell


def _is_legend(cell: Cell, codes: set[str]) -> bool:
    """Whether a cell where a name could stand explains a code, or is one that the table uses."""
    if not isinstance(cell.value, str) or cell.blank or len(cell.value) > 1000:
        return False
    return code_key(cell.text) in codes or any(True for _ in explained_in(cell.value))


def _has_codes(row: Row, marks: Sequence[Mark]) -> bool:
    cells = [cell for mark in marks if not (cell := row.at(mark.cell.column)).blank and not cell.covered]
    return bool(cells) and sum(is_code_like(cell.text) for cell in cells) * 2 > len(cells)


def _name_columns(heading: Row, body: Sequence[Row], first: int) -> list[int]:
    """The column of the names: by its heading, else the one with most different texts. "Họ đệm" and "Tên" are two."""
    keys = {c: heading_key(heading.at(c).text) for c in range(max(1, first - _MOST_LABELS), first)}
    family = [c for c, key in keys.items() if key in ("ho", "ho dem", "ho lot", "ho va ten dem")]
    named = [c for c, key in keys.items() if key in _NAME_HEADINGS]
    if named:
        return [*family[:1], named[0]] if family and keys[named[0]] == "ten" else named[:1]
    texts = {c: {row.at(c).text for row in body if isinstance(row.at(c).value, str)} for c in keys}
    best = max(texts, key=lambda c: (len(texts[c]), c), default=0)
    return [best] if best and texts[best] else []


# --- days down, people across --------------------------------------------------------------------------------------


def _days_down(sheet: Sheet) -> RosterLayout | None:
    for index, heading in enumerate(sheet.rows[:60]):
        people = _people_in(heading)
        if len(people) < 2:
            continue
        first = min(people)
        body = sheet.rows[index + 1 :]
        dated = [(row, mark) for row in body if (mark := row_mark(row, heading, first)) is not None]
        if len(dated) < _FEWEST_DAYS or len(dated) * 2 < len(body):
            continue
        if not _forward([mark for _, mark in dated]):
            continue
        entries = [
            (name, mark, cell)
            for row, mark in dated
            for column, name in people.items()
            if not (cell := row.at(column)).blank
        ]
        if entries and _are_codes([cell for _, _, cell in entries]):
            above = tuple(text for row in sheet.rows[:index] if (text := _alone(row)))
            used = {row.number for row, _ in dated}
            others = tuple(row for row in sheet.rows if row.number not in used)
            return RosterLayout((Roster(above, tuple(mark for _, mark in dated), tuple(entries), {}),), others)
    return None


def _people_in(heading: Row) -> dict[int, str]:
    """The columns that a heading names after people; none in a heading of a list."""
    own = [cell for cell in heading.cells if not cell.blank and not cell.covered]
    if not own or not all(isinstance(cell.value, str) and len(cell.text) <= _NAME_LIMIT for cell in own):
        return {}
    known = {cell.column: _FIELDS.get(heading_key(cell.text)) for cell in own}
    if any(field in TITLE_FIELDS or field in ("shift", "session", "time") for field in known.values()):
        return {}
    if not any(field in DAY_FIELDS for field in known.values()):
        return {}
    return {
        cell.column: one_line(cell.text)
        for cell in own
        if known[cell.column] is None and mark_of(cell) is None and not _is_aside(cell.text)
    }


_FIELDS = {heading_key(name): field for field, names in NAMES.items() for name in names}


def _is_aside(text: str) -> bool:
    return bool(_TOTALS.match(fold(text)) or _NO_PERSON.match(fold(text)))


def row_mark(row: Row, heading: Row, first: int) -> Mark | None:
    """The day of a row: the date or number of its day columns, with the weekday of another."""
    marks = [
        mark
        for column in range(1, first)
        if heading_key(heading.at(column).text) not in ("stt", "tt", "so tt")
        and (mark := mark_of(row.at(column)._replace(merge=None))) is not None
    ]
    days = [mark for mark in marks if mark.dated or mark.number is not None]
    weekdays = [mark for mark in marks if mark.is_weekday]
    if days:
        return _with_weekday(days[0], days[0].weekday if not weekdays else weekdays[0].weekday)
    return weekdays[0] if weekdays else None


def _forward(marks: Sequence[Mark]) -> bool:
    numbers = [mark.number for mark in marks if mark.number is not None]
    return all(b > a for a, b in pairwise(numbers)) or sum(1 for a, b in pairwise(numbers) if b <= a) == 1


# --- both ----------------------------------------------------------------------------------------------------------


def _are_codes(cells: Sequence[Cell]) -> bool:
    """Shift codes are short, and few different ones fill many cells."""
    texts = [cell.text for cell in cells if isinstance(cell.value, (str, int))]
    like = sum(1 for text in texts if is_code_like(text))
    return like > 0 and like * 5 >= len(cells) * 4


def _alone(row: Row) -> str:
    own = [cell for cell in row.cells if not cell.blank and not cell.covered]
    return one_line(own[0].text) if own and isinstance(own[0].value, str) and len(own) <= 3 else ""
