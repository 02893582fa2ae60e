"""Write a table as csv or xlsx so that no program takes any of its texts for a formula."""

from __future__ import annotations

import csv
import io
import tempfile
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Literal

from toolkit.core.errors import InputError, StoreError
from toolkit.core.outcome import Place
from toolkit.core.text import csv_safe
from toolkit.disk.atomic import atomic_write

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from toolkit.sheets.model import Value

TableKind = Literal["csv", "xlsx"]
_WIDEST = 60  # characters of a column
_LONGEST = 32_767  # characters of a cell: Excel's own limit


def write_table(
    path: Path,
    rows: Iterable[Sequence[Value]],
    *,
    kind: TableKind | None = None,
    sheet: str = "Trang 1",
) -> None:
    """Write rows, the first of which is the heading. The file is written whole or not at all.

    `kind` follows the name's ending if it isn't given. csv is UTF-8 with a mark, as Excel wants it; dates are ISO; a
    text that could be a formula gets an apostrophe in front. In xlsx it stays as it is, marked as text, and no text is
    longer than the 32,767 characters that Excel reads. Raises InputError for another ending, StoreError if the disk
    refuses.
    """
    by_ending: dict[str, TableKind] = {".csv": "csv", ".xlsx": "xlsx"}
    wanted = kind or by_ending.get(path.suffix.lower())
    if wanted is None:
        raise InputError("sheets.write_kind", Place(file=path.name), ending=path.suffix)
    atomic_write(path, _csv(rows) if wanted == "csv" else _xlsx(rows, sheet))


def _csv(rows: Iterable[Sequence[Value]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in rows:
        writer.writerow([_plain(value) for value in row])
    return out.getvalue().encode("utf-8-sig", "replace")


def _plain(value: Value) -> str | int | float:
    if isinstance(value, str):
        return csv_safe(value.replace("\x00", ""))
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.replace(tzinfo=None).isoformat(" ", "minutes" if not value.second else "seconds")
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        minutes, seconds = divmod(int(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"
    return str(value).upper() if isinstance(value, bool) else value


def _xlsx(rows: Iterable[Sequence[Value]], name: str) -> bytes:
    from openpyxl import Workbook
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = ILLEGAL_CHARACTERS_RE.sub("", name)[:31]
    widths: dict[int, int] = {}
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            if value is None:
                continue
            cell = sheet.cell(number, column)
            if isinstance(value, str):
                cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:_LONGEST]
                cell.data_type = "s"  # openpyxl takes what begins with "=" for a formula
                cell.quotePrefix = csv_safe(value) != value
            else:
                cell.value = value.replace(tzinfo=None) if isinstance(value, datetime) else value
            cell.font = Font(bold=number == 1)
            widths[column] = max(widths.get(column, 0), min(len(str(value)), _WIDEST))
    for column, width in widths.items():
        sheet.column_dimensions[get_column_letter(column)].width = width + 2
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    try:
        book.save(out)
    except Exception as error:
        # openpyxl writes each sheet into a temporary file first; lxml, where it is there, has its own word for no room.
        if type(error).__name__ != "SerialisationError":
            raise
        raise StoreError("disk.full", path=tempfile.gettempdir()) from error
    return out.getvalue()
