"""Spreadsheets as Vietnamese members keep them, each with the events that a careful person reads from it.

The expectations were written by hand from the sheet alone. `write` makes the real file, in the format in which such a
sheet usually comes.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

Value = str | int | float | date | datetime | time | None
Kind = Literal["xlsx", "xls", "ods", "csv", "tsv"]
TODAY = date(2026, 11, 22)  # a Sunday


@dataclass(frozen=True)
class Page:
    """One sheet. `merges` are (first row, first column, last row, last column), counted from 1."""

    rows: Sequence[Sequence[Value]]
    name: str = "Sheet1"
    merges: tuple[tuple[int, int, int, int], ...] = ()
    hidden: frozenset[int] = frozenset()
    struck: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Expected:
    """An event that must be read: times are ISO without zone, days of whole-day events have an exclusive end."""

    row: int
    summary: str
    start: str
    end: str
    rule: str = ""
    location: str | None = None
    sheet: str | None = None


@dataclass(frozen=True)
class Case:
    """A file, and what is to be read from it. `refused` are the rows that must be refused; no others may be."""

    name: str
    pages: tuple[Page, ...]
    expected: tuple[Expected, ...]
    refused: frozenset[int] = frozenset()
    kind: Kind = "xlsx"
    encoding: str = "utf-8"
    form: Literal["NFC", "NFD"] = "NFC"
    shape: str = "list"
    options: dict[str, Any] = field(default_factory=dict)
    delimiter: str = ","


def on(*pages: Page) -> tuple[Page, ...]:
    return pages


def moment(year: int, month: int, day: int, hour: int, minute: int) -> datetime:
    """What a date-and-time cell holds: no zone."""
    return datetime.combine(date(year, month, day), time(hour, minute))


def write(case: Case, folder: Path) -> Path:
    """Make the file of a case in a folder."""
    path = folder / f"{case.name}.{case.kind}"
    writers = {"xlsx": _xlsx, "xls": _xls, "ods": _ods, "csv": _csv, "tsv": _csv}
    writers[case.kind](case, path)
    return path


def _shaped(case: Case, value: Value) -> Value:
    return unicodedata.normalize(case.form, value) if isinstance(value, str) else value


def _xlsx(case: Case, path: Path) -> None:
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    book.remove(book.worksheets[0])
    for page in case.pages:
        sheet = book.create_sheet(page.name)
        for r, row in enumerate(page.rows, start=1):
            for c, value in enumerate(row, start=1):
                if value is None:
                    continue
                cell = sheet.cell(r, c, _shaped(case, value))
                if isinstance(value, datetime):
                    cell.number_format = "dd/mm/yyyy hh:mm"
                elif isinstance(value, date):
                    cell.number_format = "dd/mm/yyyy"
                elif isinstance(value, time):
                    cell.number_format = "hh:mm"
                if r in page.struck:
                    cell.font = Font(strike=True)
        for a, b, c2, d in page.merges:
            sheet.merge_cells(start_row=a, start_column=b, end_row=c2, end_column=d)
        for number in page.hidden:
            sheet.row_dimensions[number].hidden = True
    book.save(path)


def _xls(case: Case, path: Path) -> None:
    import xlwt

    book = xlwt.Workbook()
    day, moment, clock = (xlwt.easyxf(num_format_str=f) for f in ("DD/MM/YYYY", "DD/MM/YYYY HH:MM", "HH:MM"))
    for page in case.pages:
        sheet = book.add_sheet(page.name)
        for r, row in enumerate(page.rows):
            for c, value in enumerate(row):
                if isinstance(value, datetime):
                    sheet.write(r, c, value, moment)
                elif isinstance(value, date):
                    sheet.write(r, c, value, day)
                elif isinstance(value, time):
                    sheet.write(r, c, value, clock)
                elif value is not None:
                    sheet.write(r, c, _shaped(case, value))
    book.save(str(path))


def _ods(case: Case, path: Path) -> None:
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    book = OpenDocumentSpreadsheet()
    for page in case.pages:
        table = Table(name=page.name)
        for row in page.rows:
            line = TableRow()
            for value in row:
                line.addElement(_ods_cell(TableCell, P, _shaped(case, value)))
            table.addElement(line)
        book.spreadsheet.addElement(table)
    book.save(str(path))


def _ods_cell(cell: Any, paragraph: Any, value: Value) -> Any:
    if value is None:
        return cell()
    if isinstance(value, date):
        made = cell(valuetype="date", datevalue=value.isoformat())
    elif isinstance(value, time):
        made = cell(valuetype="time", timevalue=f"PT{value.hour:02d}H{value.minute:02d}M00S")
    elif isinstance(value, int | float):
        made = cell(valuetype="float", value=value)
    else:
        made = cell(valuetype="string")
    for line in str(value).split("\n"):
        made.addElement(paragraph(text=line))
    return made


def _csv(case: Case, path: Path) -> None:
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t" if case.kind == "tsv" else case.delimiter)
    for row in case.pages[0].rows:
        writer.writerow(["" if v is None else _shaped(case, _typed(v)) for v in row])
    text = out.getvalue()
    if case.encoding == "cp1258":
        path.write_bytes(_as_cp1258(text))
    else:
        path.write_bytes(text.encode(case.encoding))


def _typed(value: Value) -> str:
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return f"{value:%H:%M}" if isinstance(value, time) else str(value)


def _as_cp1258(text: str) -> bytes:
    """Windows-1258 has the letters â ă ê ô ơ ư đ and the five tones as combining marks."""
    out = []
    for char in unicodedata.normalize("NFC", text):
        try:
            out.append(char.encode("cp1258"))
        except UnicodeEncodeError:
            base, tone = _split_tone(char)
            out.append((base + tone).encode("cp1258"))
    return b"".join(out)


def _split_tone(char: str) -> tuple[str, str]:
    parts = unicodedata.normalize("NFD", char)
    tones = "\u0300\u0301\u0303\u0309\u0323"
    tone = "".join(c for c in parts if c in tones)
    return unicodedata.normalize("NFC", "".join(c for c in parts if c not in tones)), tone
