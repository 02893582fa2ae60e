"""Several tables next to each other under the same headings, as people lay out a page to save paper."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from toolkit.sheets.model import Cell, Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.sheets.heading import Heading
    from toolkit.sheets.model import Sheet


def apart(heading: Heading, sheet: Sheet) -> list[tuple[Heading, Sheet]]:
    """Each table alone, left to right; the one that there is where the headings don't repeat themselves as a whole."""
    blocks = _blocks(sorted(heading.names), heading)
    if len(blocks) < 2:
        return [(heading, sheet)]
    return [(_of(heading, block), _only(sheet, block)) for block in blocks]


def _blocks(columns: Sequence[int], heading: Heading) -> list[Sequence[int]]:
    """The columns in runs of the same names; one run where they are all different."""
    names = [heading.names[column].casefold() for column in columns]
    width = next((n for n in range(2, len(names) // 2 + 1) if names == names[:n] * (len(names) // n)), 0)
    return [columns[at : at + width] for at in range(0, len(columns), width)] if width else []


def _of(heading: Heading, block: Sequence[int]) -> Heading:
    """The heading of one block."""
    everywhere = [(field, column) for field, column in heading.columns.items()]
    everywhere += [(field, column) for field, more in heading.repeated.items() for column in more]
    columns: dict[str, int] = {}
    repeated: dict[str, tuple[int, ...]] = {}
    for field, column in sorted(everywhere, key=lambda each: each[1]):
        if column in block and field in columns:
            repeated[field] = (*repeated.get(field, ()), column)
        elif column in block:
            columns[field] = column
    return replace(
        heading,
        columns=columns,
        repeated=repeated,
        names={column: heading.names[column] for column in block},
        unknown=tuple(u for u in heading.unknown if u.column in block),
    )


def _only(sheet: Sheet, block: Sequence[int]) -> Sheet:
    """The sheet as if it had nothing outside the block's columns."""
    first, last = block[0], block[-1]
    rows = (_masked(row, first, last) for row in sheet.rows)
    return replace(sheet, rows=tuple(row for row in rows if any(not cell.blank for cell in row.cells)))


def _masked(row: Row, first: int, last: int) -> Row:
    cells = (c if first <= c.column <= last else Cell(None, "", row.number, c.column) for c in row.cells)
    return row._replace(cells=tuple(cells))
