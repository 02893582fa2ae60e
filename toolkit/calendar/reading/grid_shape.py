"""Shapes (b) and (c) recognised: days across with hours, lessons or sessions down; days down with those across."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from toolkit.calendar.reading.days import DayContext, Stretch, read_days
from toolkit.calendar.reading.lines import one_line
from toolkit.calendar.reading.timing import slots_of
from toolkit.core.dates import (
    Lessons,
    PartOfDay,
    Session,
    Slot,
    TimeRange,
    parse_lessons,
    parse_times,
    parse_weekdays,
)
from toolkit.core.text import fold
from toolkit.sheets.heading import heading_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.sheets.model import Cell, Row, Sheet

WEEK_GRID = "weekday_grid"
SESSION_GRID = "session_grid"
_SCANNED = 3_000  # rows in which heading rows are looked for
_FEWEST_DAYS = 3
_SAYS_WEEKDAY = re.compile(r"\bthu\b")
_NUMBERED = frozenset("2345678")
_MAY_BE_WEEKDAY = re.compile(r"t|c|mon|wed|fri|sat|sun", re.IGNORECASE)
_MAY_BE_SESSION = re.compile(
    r"\s{0,5}(?:bu[oổ]i |c[aả] )?(?:s[aá]ng|tr[uư]a|chi[eề]u|t[oố]i|[dđ][eê]m)[^\n]{0,20}$", re.IGNORECASE
)
_WITH_DATE = re.compile(r"(?P<weekday>\D[^\d/]{0,14}?\d?)[ ,(–:-]{1,4}(?P<date>\d{1,2}[/.-]\d{1,2}.{0,8})")
_NAMED_SHIFT = re.compile(r"(?:ca|kip|buoi|sang|trua|chieu|toi|dem)\b")
_DATE_ALONE = re.compile(r"\d{1,2}/\d{1,2}(?:/\d{4})?")
_SOME_DAY = date(2026, 1, 1)
_DAY_HEADINGS = frozenset({"ngay", "thu", "thu ngay", "ngay thu", "ngay thang", "thu / ngay", "date", "day", "weekday"})
_MOST_LABELS = 4  # columns left of the days


@dataclass(frozen=True)
class Head:
    """A column of days: its weekday where its heading names one, and whether the heading names a date."""

    cell: Cell
    weekday: int | None = None
    dated: bool = False

    @property
    def column(self) -> int:
        return self.cell.column


@dataclass(frozen=True)
class Block:
    """One heading row with the rows below it, up to the next heading row."""

    above: tuple[str, ...]
    heading: Row
    body: tuple[Row, ...]


# --- recognising ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class GridLayout:
    """Where a grid's blocks stand."""

    shape: str
    blocks: tuple[Block, ...]

    @property
    def title(self) -> tuple[str, ...]:
        return self.blocks[0].above


def recognise(sheet: Sheet) -> GridLayout | None:
    """A grid has a row of at least three days, or a row of sessions, lessons or hours beside a column of days."""
    rows = sheet.rows[:_SCANNED]
    days = [index for index, row in enumerate(rows) if day_columns(row)]
    days = [index for index in days if index - 1 not in set(days)]  # a line of dates under one of weekdays
    if days:
        blocks = tuple(_blocks(sheet, days))
        return GridLayout(WEEK_GRID, blocks) if any(_is_timed(block) for block in blocks) else None
    sessions = [index for index, row in enumerate(rows) if len(slot_columns(row)) >= 2]
    if sessions:
        blocks = tuple(_blocks(sheet, sessions))
        return GridLayout(SESSION_GRID, blocks) if any(_is_dated(block) for block in blocks) else None
    return None


def _blocks(sheet: Sheet, heads: Sequence[int]) -> Iterator[Block]:
    for number, index in enumerate(heads):
        end = heads[number + 1] if number + 1 < len(heads) else len(sheet.rows)
        begin = heads[number - 1] + 1 if number else 0
        # what announces the next block are the single-celled lines right above its heading
        above = [_alone(row) for row in sheet.rows[begin:index]]
        lines = tuple(text for text in above if text) if number == 0 else _trailing(above)
        body = sheet.rows[index + 1 : end]
        if number + 1 < len(heads):
            body = body[: len(body) - len(_trailing([_alone(row) for row in body]))]
        yield Block(lines, sheet.rows[index], body)


def _trailing(texts: Sequence[str]) -> tuple[str, ...]:
    kept: list[str] = []
    for text in reversed(texts):
        if not text:
            break
        kept.insert(0, text)
    return tuple(kept)


def _alone(row: Row) -> str:
    """The text of a row with a single cell of its own; empty for any other row."""
    own = [cell for cell in row.cells if not cell.blank and not cell.covered]
    return one_line(own[0].text) if len(own) == 1 and isinstance(own[0].value, str) else ""


def day_columns(row: Row) -> list[Head]:
    """The columns of a row whose cells are days that go forward; none if they don't."""
    numbered = any(isinstance(cell.value, str) and _SAYS_WEEKDAY.search(fold(cell.text[:40])) for cell in row.cells[:4])
    heads = [head for cell in row.cells if not cell.covered and (head := _day_head(cell, numbered=numbered))]
    if len(heads) < _FEWEST_DAYS:
        return []
    weekdays = [head.weekday for head in heads if head.weekday is not None]
    if len(weekdays) == len(heads):
        return heads if all(a < b for a, b in pairwise(weekdays)) else []
    days = [day for head in heads if (day := _date_of(head.cell)) is not None]
    forward = len(days) == len(heads) and all(timedelta(0) < b - a <= timedelta(days=3) for a, b in pairwise(days))
    return heads if forward else []


def _date_of(cell: Cell) -> date | None:
    """The day of a heading, for telling whether days go forward; one without a year lies in some year."""
    if isinstance(cell.value, date):
        return date(cell.value.year, cell.value.month, cell.value.day)
    days = read_days(cell, DayContext(_SOME_DAY)).value
    return days[0].first.date if days is not None and len(days) == 1 else None


def _day_head(cell: Cell, *, numbered: bool) -> Head | None:
    """A date, a weekday, a weekday with its date, or under "Thứ" the bare number of a weekday."""
    if cell.blank:
        return None
    if isinstance(cell.value, date):
        return Head(cell, None, dated=True)
    text = one_line(cell.text[:60])
    if isinstance(cell.value, str) and _DATE_ALONE.fullmatch(text):
        return Head(cell, None, dated=True)
    if numbered and text in _NUMBERED:
        return Head(cell, int(text) - 2)
    if not isinstance(cell.value, str) or len(cell.value) > 60:
        return None
    if not _MAY_BE_WEEKDAY.match(text):
        return None
    days = _weekdays(text)
    if days is not None and len(days) == 1:
        return Head(cell, days[0])
    with_date = _WITH_DATE.fullmatch(text)
    days = _weekdays(with_date["weekday"].strip(" ,(-–:")) if with_date else None
    return Head(cell, days[0], dated=True) if days is not None and len(days) == 1 else None


@lru_cache(maxsize=4096)
def _weekdays(text: str) -> tuple[int, ...] | None:
    return parse_weekdays(text).value


def slot_columns(row: Row) -> dict[int, Slot]:
    """The columns that a row heads with parts of the day; or else, beside a heading of days, with lessons or hours."""
    found: dict[int, Slot] = {}
    for cell in row.cells:
        if isinstance(cell.value, str) and _MAY_BE_SESSION.match(cell.value) and not cell.covered:
            slots = parse_times(cell.value).value
            if slots is not None and len(slots) == 1 and isinstance(slots[0], PartOfDay):
                found[cell.column] = slots[0]
    if len(set(found.values())) == len(found) >= 2:
        return found
    return _lessons_or_hours(row)


def _lessons_or_hours(row: Row) -> dict[int, Slot]:
    """`Ngày | Tiết 1 | Tiết 2 | Tiết 3`, `Thứ | 7h-8h30 | 9h-10h30`. A row of a list has a day where these have its
    heading."""
    own = [cell for cell in row.cells if not cell.blank and not cell.covered]
    days = [cell for cell in own if heading_key(cell.text[:40]) in _DAY_HEADINGS]
    if not days or len(own) - len(days) < 2:
        return {}
    found: dict[int, Slot] = {}
    for cell in own:
        if cell in days:
            continue
        slot = _label_slot(cell, lesson_column=False)
        if not isinstance(slot, Lessons) and not (isinstance(slot, TimeRange) and slot.end is not None):
            return {}
        found[cell.column] = slot
    return found if len(set(found.values())) == len(found) else {}


def _is_timed(block: Block) -> bool:
    """Whether the column beside the days holds hours, lessons or sessions in most rows that say anything."""
    first = min(head.column for head in day_columns(block.heading))
    rows = [row for row in block.body if any(not row.at(c).blank for c in range(1, first))]
    timed = sum(1 for row in rows if label_of(row, block.heading, first) is not None)
    return timed > 0 and timed * 2 >= len(rows)


def _is_dated(block: Block) -> bool:
    context = DayContext(date(2026, 1, 1))
    first = min(slot_columns(block.heading))
    return any(row_day(row, first, context) is not None or row_weekday(row, first) is not None for row in block.body)


# --- labels of rows ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Label:
    """When a row of a grid takes place."""

    slot: Slot
    session: Session | None = None


def label_of(row: Row, heading: Row, first_day: int) -> Label | None:
    """When a row takes place: hours, a lesson or a session from the columns left of the days."""
    session: Session | None = None
    slot: Slot | None = None
    for column in range(1, min(first_day, _MOST_LABELS + 1)):
        cell = row.at(column)
        if cell.blank:
            continue
        lesson_column = "tiet" in fold(heading.at(column).text[:30])
        found = _label_slot(cell, lesson_column=lesson_column)
        if isinstance(found, PartOfDay):
            session = found.session
        elif found is not None and (slot is None or isinstance(slot, Lessons)):
            slot = found
    if slot is not None:
        return Label(slot, session)
    return Label(PartOfDay(session), session) if session is not None else None


def _label_slot(cell: Cell, *, lesson_column: bool) -> Slot | None:
    if lesson_column or fold(cell.text[:10]).startswith("tiet"):
        head, _, hours = cell.text.replace("\n", " ").partition("(")
        explained = parse_times(hours.rstrip(") "), column=True).value if hours else None
        if explained is not None and len(explained) == 1 and isinstance(explained[0], TimeRange):
            return explained[0]
        lessons = parse_lessons(head, column=True).value
        if lessons is not None:
            return lessons
    if isinstance(cell.value, int):
        return None  # a row number
    named = _NAMED_SHIFT.match(fold(cell.text[:60]))
    if named is not None and "(" in cell.text:
        bracketed = parse_times(one_line(cell.text).partition("(")[2].rstrip(") "), column=True).value
        if bracketed is not None and len(bracketed) == 1 and isinstance(bracketed[0], TimeRange):
            return bracketed[0]
    slots = slots_of(cell).value
    return slots[0] if slots is not None and len(slots) == 1 else None


def row_day(row: Row, before: int, context: DayContext) -> Stretch | None:
    for column in range(1, min(before, _MOST_LABELS + 1)):
        cell = row.at(column)
        if cell.blank or (isinstance(cell.value, int) and not isinstance(cell.value, bool)):
            continue
        if isinstance(cell.value, str) and parse_weekdays(cell.value).value is not None:
            continue
        days = read_days(cell, context).value
        if days is not None and len(days) == 1 and days[0].last is None:
            return days[0]
    return None


def row_weekday(row: Row, before: int) -> int | None:
    for column in range(1, min(before, _MOST_LABELS + 1)):
        cell = row.at(column)
        if isinstance(cell.value, str):
            days = parse_weekdays(cell.value).value
            if days is not None and len(days) == 1:
                return days[0]
    return None
