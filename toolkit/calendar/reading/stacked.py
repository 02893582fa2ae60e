"""Several tables below each other in one sheet, each under headings of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from toolkit.calendar.reading.headings import DAY_FIELDS, NAMES, Field
from toolkit.calendar.reading.inferring import likely_field
from toolkit.sheets.heading import heading_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.calendar.reading.own_headings import OwnHeading
    from toolkit.sheets.heading import Heading
    from toolkit.sheets.model import Row, Sheet

_WHEN: frozenset[Field] = DAY_FIELDS | {"time", "start_time", "session", "lesson", "lesson_start", "shift"}
_LONGEST_NAME = 40
_MOST_TABLES = 50
_KNOWN = {heading_key(name): field for field, names in NAMES.items() for name in names}


def tables_below(heading: Heading, sheet: Sheet, own: Sequence[OwnHeading]) -> list[Sheet]:
    """The first table of the sheet, then every further one with the lines that announce it."""
    starts = list(_further_headings(heading, sheet, own))[:_MOST_TABLES]
    if not starts:
        return [sheet]
    begins = [_announced_from(sheet.rows, index) for index in starts]
    parts = [sheet.rows[: begins[0]]]
    parts += [sheet.rows[first:last] for first, last in zip(begins, [*begins[1:], len(sheet.rows)], strict=True)]
    return [replace(sheet, rows=rows) for rows in parts]


def _further_headings(heading: Heading, sheet: Sheet, own: Sequence[OwnHeading]) -> Iterator[int]:
    """Where a row names columns, other ones than the heading above it."""
    mine = {one.key: one.field for one in own}
    names = [" ".join(name.split()).casefold() for name in heading.names.values()]
    for index, row in enumerate(sheet.rows):
        if row.number > heading.last_row and _is_heading(row, mine):
            texts = [" ".join(c.text.split()).casefold() for c in row.cells if not c.blank and not c.covered]
            if sum(text in names for text in texts) * 2 <= len(texts):
                names = texts
                yield index


def _is_heading(row: Row, own: dict[str, Field]) -> bool:
    """Nothing but names: at least two that we know, one of them of a day or a time, and more known than not."""
    cells = [cell for cell in row.cells if not cell.blank and not cell.covered]
    if len(cells) < 2 or not all(isinstance(c.value, str) and len(c.value) <= _LONGEST_NAME for c in cells):
        return False
    keys = [heading_key(cell.text) for cell in cells]
    known = {field for key in keys if (field := own.get(key) or _KNOWN.get(key)) is not None}
    likely = [key for key in keys if key in own or key in _KNOWN or likely_field(key) is not None]
    return len(known) >= 2 and bool(known & _WHEN) and len(likely) * 2 > len(keys)


def _announced_from(rows: Sequence[Row], index: int) -> int:
    """The first of the single-celled lines right above a heading: they belong to it."""
    begin = index
    while begin > 0 and rows[begin - 1].number >= rows[begin].number - 2:
        own = [cell for cell in rows[begin - 1].cells if not cell.blank and not cell.covered]
        if len(own) != 1 or not isinstance(own[0].value, str):
            break
        begin -= 1
    return begin
