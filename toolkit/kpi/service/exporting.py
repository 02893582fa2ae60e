"""Sales out of the book, as the program's own table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.core.errors import ConflictError, InputError
from toolkit.core.outcome import Outcome, Place
from toolkit.core.text import csv_safe
from toolkit.kpi.imports.own_table import HEADINGS, rows_of_sale

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import date
    from pathlib import Path

    from toolkit.kpi.book import KpiBook
    from toolkit.sheets.model import Value
    from toolkit.sheets.write import TableKind


@dataclass(frozen=True)
class Written:
    """How many sales and refunds went into a file, in how many rows."""

    file: str
    sales: int
    rows: int


@dataclass
class OwnTable:
    """The table, and how many sales it tells of."""

    rows: list[list[Value]]
    sales: int


def table_of(
    book: KpiBook, since: date | None = None, until: date | None = None, engagements: Collection[str] = ()
) -> OwnTable:
    """The heading and a row for every line of every sale and refund from day `since` to before day `until`."""
    shelf = book.shelf()
    rows: list[list[Value]] = [list(HEADINGS)]
    sales = 0
    for sale in book.sales(since, until, engagements=engagements):
        sales += 1
        rows += map(list, rows_of_sale(sale, shelf.label))
    return OwnTable(rows, sales)


def write_to(path: Path, table: OwnTable, kind: TableKind | None = None) -> Outcome[Written]:
    """The table as csv or xlsx, whole or not at all; no program takes any of its texts for a formula.

    An export may be written again; ConflictError("kpi.export_not_ours") where another file has that name. Raises
    InputError for another ending of the name, StoreError if the disk refuses.
    """
    from toolkit.sheets.write import write_table

    if not _may_be_written(path):
        raise ConflictError("kpi.export_not_ours", Place(file=path.name), value=path.name)
    write_table(path, table.rows, kind=kind, sheet="kpi")
    return Outcome(Written(str(path), table.sales, len(table.rows) - 1))


def _may_be_written(path: Path) -> bool:
    """Whether nothing is lost: there is no such file, an empty one, or an earlier export."""
    from toolkit.disk.failures import disk_failures
    from toolkit.sheets.model import Row
    from toolkit.sheets.read import open_rows

    with disk_failures(path):
        if not path.is_file() or not path.stat().st_size:
            return True
    try:
        with open_rows(path) as (_, items):
            first = next((item for item in items if isinstance(item, Row)), None)
    except InputError:
        return False
    return first is not None and tuple(cell.text for cell in first.cells) == HEADINGS


def csv_text(table: OwnTable) -> str:
    """The table as CSV for standard output."""
    import csv
    import io

    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(_safe(table))
    return text.getvalue()


def _safe(table: OwnTable) -> Iterator[list[Value]]:
    for row in table.rows:
        yield [csv_safe(cell) if isinstance(cell, str) else cell for cell in row]
