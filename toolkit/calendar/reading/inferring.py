"""What a column means whose heading we don't know: from its first words, or because it can be nothing else."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, time
from functools import lru_cache
from typing import TYPE_CHECKING

from toolkit.calendar.reading.days import DayContext, read_days
from toolkit.calendar.reading.headings import COUNTED, FIRST_WORDS, NO_DAYS, NO_TITLES, TITLE_FIELDS, Field
from toolkit.calendar.reading.timing import slots_of
from toolkit.core.dates import TimeRange
from toolkit.sheets.heading import heading_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.sheets.heading import Heading
    from toolkit.sheets.model import Cell, Sheet

_SAMPLE = 60  # rows that are looked at to tell what a column holds
_LONGEST = 40
_CLOCK = re.compile(r"\d ?(?:[hg:]|giờ)|\d ?-{1,2} ?\d", re.IGNORECASE)
_DATED = re.compile(r"\d ?[/.-] ?\d|tháng|thang|thg", re.IGNORECASE)
_NO_NAME = re.compile(r"\d[\d .,:/-]*\S?|https?://.*|\S+@\S+|[\d .+()-]{8,}", re.IGNORECASE)

_SAYS_DAY: frozenset[Field] = frozenset({"date", "start_date", "lunar", "when", "weekday"})
# A list of people has days too ("Ngày tham gia"), but says neither when nor where to be.
_MEETING: frozenset[Field] = frozenset({"time", "start_time", "start", "session", "shift", "place", "room"})
_SAYS_TIME: frozenset[Field] = frozenset({"time", "start_time", "start", "lesson", "lesson_start", "shift"})


@lru_cache(maxsize=4096)
def likely_field(key: str) -> Field | None:
    """The field that a heading's first words name; `key` is its `heading_key`. A sentence or a number names none."""
    if len(key) > _LONGEST or any(c.isdigit() for c in key):
        return None
    for first, field, others in FIRST_WORDS:
        rest = key.removeprefix(f"{first} ")
        if key == first:
            return field
        if rest != key:
            return field if rest.split(" ", 1)[0] not in others else None
    return None


def infer(heading: Heading, sheet: Sheet) -> Heading:
    """The heading with those of its unknown columns named that can mean but one thing."""
    rows = [row for row in sheet.rows if row.number > heading.last_row][:_SAMPLE]
    cells = {u.column: [c for row in rows if not (c := row.at(u.column)).blank] for u in heading.unknown}
    named = _by_words(heading, cells)
    left = {column: held for column, held in cells.items() if column not in named}
    fields = {*heading.columns, *named.values()}
    if not fields & (_SAYS_DAY | {"end_date"}) and fields & _MEETING:
        named |= _by_days(heading, left)
        left = {column: held for column, held in left.items() if column not in named}
        fields = {*heading.columns, *named.values()}
    if not fields & _SAYS_TIME:
        named |= _by_times(left)
    if not fields.intersection(TITLE_FIELDS):
        named |= _only_name(heading, {column: held for column, held in left.items() if column not in named}, len(rows))
    columns, repeated = dict(heading.columns), {name: list(more) for name, more in heading.repeated.items()}
    for column, field in named.items():
        if field in columns:
            repeated.setdefault(field, []).append(column)
        else:
            columns[field] = column
    return replace(
        heading,
        columns=columns,
        repeated={name: tuple(more) for name, more in repeated.items()},
        unknown=tuple(u for u in heading.unknown if u.column not in named),
    )


def _by_words(heading: Heading, cells: dict[int, list[Cell]]) -> dict[int, Field]:
    found: dict[int, Field] = {}
    for unknown in heading.unknown:
        field = likely_field(heading_key(unknown.heading))
        if field is not None and _is_wanted(field, heading) and _fits(field, cells[unknown.column]):
            found[unknown.column] = field
    meets = bool({*heading.columns, *found.values()} & _MEETING)
    for field in ("date", "time"):  # of two such columns neither is the one
        same = [column for column, named in found.items() if named == field]
        if len(same) > 1 or (field == "date" and not meets):
            found = {column: named for column, named in found.items() if column not in same}
    return found


def _is_wanted(field: Field, heading: Heading) -> bool:
    """Whether the sheet has no column for it that we know for certain."""
    known = set(heading.columns)
    if field == "date":
        return not known & (_SAYS_DAY - {"weekday"})
    if field == "time":
        return not known & _SAYS_TIME
    if field == "end":
        return not known & {"end", "end_date", "end_time"}
    if field in TITLE_FIELDS:
        better = TITLE_FIELDS[: TITLE_FIELDS.index(field) + 1]
        return not known.intersection(better)
    return field not in known


def _fits(field: Field, cells: Sequence[Cell]) -> bool:
    """Whether a column holds what its heading seems to promise: days and times are recognised, names have letters."""
    if field == "time":
        return _hold_times(cells)
    if field == "date":
        return any(isinstance(c.value, (str, date)) and not isinstance(c.value, time) for c in cells)
    return True


def _by_days(heading: Heading, cells: dict[int, list[Cell]]) -> dict[int, Field]:
    """The column that holds days where no heading says that any does; none where two could be meant."""
    found = [
        column
        for column, held in cells.items()
        if held and all(_is_day(c) for c in held) and not _has_word(heading.names[column], NO_DAYS)
    ]
    return {found[0]: "date"} if len(found) == 1 else {}


def _is_day(cell: Cell) -> bool:
    """A real date, or a text that names a day of a month; a bare number or weekday could be anything."""
    if isinstance(cell.value, date):
        return True
    if not isinstance(cell.value, str) or not _DATED.search(cell.value[:60]):
        return False
    return read_days(cell, DayContext(date(2026, 1, 1))).value is not None


def _by_times(cells: dict[int, list[Cell]]) -> dict[int, Field]:
    """Columns that hold times of day where no heading says that any does: one of them, or a first and a last time."""
    found = [column for column, held in cells.items() if _hold_times(held)]
    if len(found) == 1:
        return {found[0]: "time"}
    return {found[0]: "start_time", found[1]: "end_time"} if len(found) == 2 else {}


def _hold_times(cells: Sequence[Cell]) -> bool:
    """At least half of the filled cells are times, and none is a bare number that could count something."""
    times = [c for c in cells if is_time(c)]
    return bool(times) and 2 * len(times) >= len(cells) and not any(isinstance(c.value, (int, float)) for c in cells)


def is_time(cell: Cell) -> bool:
    """Whether a cell holds a time of day, or a range of times."""
    if isinstance(cell.value, time):
        return True
    if not isinstance(cell.value, str) or not _CLOCK.search(cell.value[:100]):
        return False
    return any(all(isinstance(slot, TimeRange) for slot in slots) for slots in slots_of(cell).values)


def _only_name(heading: Heading, cells: dict[int, list[Cell]], rows: int) -> dict[int, Field]:
    """The title, where one column alone could be it: texts in most rows, under no heading of something else.

    Accounts and stock lists have days and texts as well; beside sums and amounts nothing is taken for a title.
    """
    if any(_has_word(name, COUNTED) for name in heading.names.values()):
        return {}
    found = [
        column
        for column, held in cells.items()
        if 2 * sum(1 for c in held if _is_name(c)) > max(rows, len(held)) - 1
        and not _has_word(heading.names[column], NO_TITLES)
    ]
    return {found[0]: "work"} if len(found) == 1 else {}


def _has_word(heading: str, words: frozenset[str]) -> bool:
    return any(f" {word} " in f" {heading_key(heading)} " for word in words)


def _is_name(cell: Cell) -> bool:
    text = cell.value
    return isinstance(text, str) and any(c.isalpha() for c in text[:200]) and not _NO_NAME.fullmatch(text[:200].strip())
