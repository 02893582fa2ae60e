"""Find the heading row under titles, logos and addresses: the row whose cells are names of columns we know."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from toolkit.core.text import search_key

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from toolkit.sheets.model import Cell, Row, Sheet

_FARTHEST = 60  # rows with values to look through; preambles of offices' forms reach some twenty
_BRACKETS = re.compile(r"\([^()]{0,80}\)")


@dataclass(frozen=True)
class UnknownColumn:
    """A column with a heading that no alias names."""

    column: int
    heading: str


@dataclass(frozen=True)
class Heading:
    """Where the table begins.

    `row` is the heading's row, `last_row` the same or the row of sub-headings below it; data begin after `last_row`.
    `columns` maps a field to its column; `repeated` has further columns with a name of the same field, left to right;
    `names` maps a column to its heading as the member wrote it. `title` are the texts above, top to bottom.
    """

    row: int
    last_row: int
    columns: Mapping[str, int]
    names: Mapping[int, str]
    unknown: tuple[UnknownColumn, ...] = ()
    repeated: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    title: tuple[str, ...] = ()


def find_heading(
    sheet: Sheet,
    aliases: Mapping[str, Sequence[str]],
    *,
    least: int = 2,
    likely: Callable[[str], str | None] = lambda _key: None,
) -> Heading | None:
    """The heading row of a sheet; None if no row has names of at least `least` different fields.

    `aliases` maps a field to the names it goes by; they are compared folded (no case, no marks), without line breaks,
    `(*)` and remarks in brackets. Of several rows the one with most known fields wins, the upper one on a tie. A row
    below that names further fields under a merged or repeated heading is its second line.

    `likely` gives the field that a name without an alias probably means, from its key (`heading_key`). Such names help
    to tell the row, after those that are known; their columns stay unknown.
    """
    known = _lookup(aliases)
    candidates = sheet.rows[:_FARTHEST]
    best: tuple[tuple[int, int], int] | None = None
    for index, row in enumerate(candidates):
        fields = {name for cell in row.cells if (name := _field(cell, known)) is not None}
        probable = {name for cell in row.cells if (name := _probable(cell, likely)) is not None}
        rank = len(fields), len(fields | probable)
        if rank[1] >= least and (best is None or rank > best[0]) and _is_names(row):
            best = rank, index
    if best is None:
        return None
    index = best[1]
    if index > 0 and _is_upper_line(candidates[index - 1], candidates[index]):
        index -= 1
    below = candidates[index + 1] if index + 1 < len(candidates) else None
    second = below if below is not None and _is_second_line(candidates[index], below, known) else None
    return _heading(sheet, index, second, known)


def heading_key(text: str) -> str:
    """The key under which a heading is looked up: "Ngày\\ntháng (*)" is "ngay thang"."""
    bare = search_key(_BRACKETS.sub(" ", text[:200]))
    return bare or search_key(text[:200])


def _lookup(aliases: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {search_key(name): wanted for wanted, names in aliases.items() for name in names}


def _field(cell: Cell, known: Mapping[str, str]) -> str | None:
    if not isinstance(cell.value, str) or len(cell.value) > 200:
        return None
    # With its bracket first: "Thời gian (từ)" may be a name of its own.
    return known.get(search_key(cell.value)) or known.get(heading_key(cell.value))


def _probable(cell: Cell, likely: Callable[[str], str | None]) -> str | None:
    return likely(heading_key(cell.value)) if isinstance(cell.value, str) and len(cell.value) <= 60 else None


def _own(row: Row) -> list[Cell]:
    return [cell for cell in row.cells if not cell.covered and not cell.blank]


def _is_names(row: Row) -> bool:
    """A heading holds names: texts, hardly any number or date, no long text."""
    own = _own(row)
    texts = [cell for cell in own if isinstance(cell.value, str) and len(cell.value) <= 200]
    return len(texts) * 2 > len(own)


def _is_upper_line(upper: Row, lower: Row) -> bool:
    """The line above a heading belongs to it if one of its merged cells stands over some, not all, of its columns."""
    width = len({cell.column for cell in lower.cells if not cell.blank})
    spans = [cell.merge for cell in _own(upper) if cell.merge is not None]
    reaching_down = any(merge.last_row >= lower.number for merge in spans)
    partial = any(1 < merge.last_column - merge.first_column + 1 < width for merge in spans)
    return len(_own(upper)) > 1 and (reaching_down or partial) and lower.number == upper.number + 1


def _is_second_line(row: Row, below: Row, known: Mapping[str, str]) -> bool:
    """The line below belongs to the heading if it stands under a wide heading, or a tall one reaches into it."""
    if below.number != row.number + 1:
        return False
    own = _own(below)
    if not all(isinstance(cell.value, str) and len(cell.value) <= 40 for cell in own) or not own:
        return False
    reaches = any(cell.merge is not None and cell.merge.last_row >= below.number for cell in _own(row))
    spanned = [
        cell
        for cell in own
        if (above := row.at(cell.column)).merge is not None and above.merge.last_column > above.merge.first_column
    ]
    named = [cell for cell in own if _field(cell, known) is not None]
    return bool(named or reaches) and len(spanned) * 2 >= len(own)


def _heading(sheet: Sheet, index: int, second: Row | None, known: Mapping[str, str]) -> Heading:
    row = sheet.rows[index]
    columns: dict[str, int] = {}
    repeated: dict[str, list[int]] = {}
    names: dict[int, str] = {}
    unknown: list[UnknownColumn] = []
    width = max(len(row.cells), len(second.cells) if second else 0)
    for column in range(1, width + 1):
        upper, lower = row.at(column), second.at(column) if second else None
        if lower is not None and (lower.blank or lower.merge == upper.merge is not None):
            lower = None
        if upper.merge is not None and upper.covered and upper.merge.first_row == row.number and lower is None:
            continue  # the rest of a wide heading without sub-headings
        parts = [" ".join(str(cell.text).split()) for cell in (upper, lower) if cell is not None and not cell.blank]
        if not parts:
            continue
        names[column] = " – ".join(parts)
        wanted = _named(upper, lower, known)
        if wanted is None:
            unknown.append(UnknownColumn(column, names[column]))
        elif wanted in columns:
            repeated.setdefault(wanted, []).append(column)
        else:
            columns[wanted] = column
    title = tuple(" ".join(cell.text.split()) for above in sheet.rows[:index] for cell in _own(above))
    return Heading(
        row.number, second.number if second else row.number, columns, names, tuple(unknown),
        {wanted: tuple(more) for wanted, more in repeated.items()}, title,
    )  # fmt: skip


def _named(upper: Cell, lower: Cell | None, known: Mapping[str, str]) -> str | None:
    """The field of a column: both lines together if that is a name, else the lower line, else the upper."""
    if lower is not None:
        both = known.get(heading_key(f"{upper.text} {lower.text}"))
        return both or _field(lower, known) or _field(upper, known)
    return _field(upper, known)
