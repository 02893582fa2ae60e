"""A Google Sheet as the Sheets API describes it (spreadsheets.get with grid data), as a workbook like any other."""

from __future__ import annotations

import hashlib
import json
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.core.errors import InputError
from toolkit.core.outcome import Place, Problem
from toolkit.core.text import nfc
from toolkit.sheets.assemble import Findings, assemble
from toolkit.sheets.limits import MAX_COLUMN, MAX_REMARKS
from toolkit.sheets.model import MergeRange, SheetInfo
from toolkit.sheets.numbers import number_format, read_number
from toolkit.sheets.read import collect, read_workbook
from toolkit.sheets.wire import STRUCK, Found

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.sheets.isolation import FoundRow, Item
    from toolkit.sheets.model import Workbook

Json = Any  # what json.loads gives

# What of a spreadsheet we ask for: nothing that we don't read, so that nothing else can change the digest.
FIELDS = (
    "spreadsheetId,properties(title),sheets(properties(sheetId,title,hidden,sheetType),merges,"
    "data(startRow,startColumn,rowMetadata(hiddenByUser,hiddenByFilter),columnMetadata(hiddenByUser,hiddenByFilter),"
    "rowData(values(effectiveValue,formattedValue,effectiveFormat(numberFormat,textFormat(strikethrough))))))"
)
# How a moment is shown where the sheet leaves that to its locale; members' show the day first.
_BY_TYPE = {"DATE": "dd/mm/yyyy", "TIME": "hh:mm:ss", "DATE_TIME": "dd/mm/yyyy hh:mm:ss"}
_KINDS = {"DATE": {"date"}, "TIME": {"time", "elapsed"}, "DATE_TIME": {"datetime", "date", "time"}}


def workbook_of(document: Json) -> Workbook:
    """The workbook that a document of these FIELDS describes; its name is the sheet's title.

    Raises InputError("sheets.empty" | "sheets.too_big" | "sheets.too_many_rows" | "sheets.google_unreadable").
    """
    try:
        title = nfc(str(document["properties"]["title"])).strip() or "?"
        digest = hashlib.sha256(json.dumps(document, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
        findings = Findings(title, Path(title), digest, "google")
        return collect(findings, assemble(_items(document, title), findings, None))
    except (KeyError, TypeError, AttributeError, ValueError, IndexError) as error:
        raise InputError("sheets.google_unreadable") from error


def workbook_of_export(content: bytes, title: str) -> Workbook:
    """The workbook in the xlsx file that Google makes of a sheet. Its digest is of what stands in it: Google packs the
    same sheet a little differently each time. Raises what `read_workbook` raises."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sheet.xlsx"
        path.write_bytes(content)
        read = read_workbook(path)
    digest = hashlib.sha256(repr(read.sheets).encode()).hexdigest()
    title = nfc(title)
    problems, notes = (
        tuple(replace(one, place=replace(one.place, file=title)) for one in told)
        for told in (read.problems, read.notes)
    )
    return replace(read, file=title, path=Path(title), digest=digest, kind="google", problems=problems, notes=notes)


def sheet_of(document: Json, gid: int) -> str | None:
    """The name of the sheet that `#gid=…` in an address points to; None if there is none."""
    for sheet in document.get("sheets", ()):
        if sheet["properties"].get("sheetId", 0) == gid:
            return nfc(str(sheet["properties"]["title"]))
    return None


def _items(document: Json, file: str) -> Iterator[Item]:
    said = 0
    for sheet in document.get("sheets", ()):
        properties = sheet["properties"]
        if properties.get("sheetType", "GRID") != "GRID":
            continue
        grids = sheet.get("data", ())
        hidden = frozenset(column for grid in grids for column in _hidden(grid.get("columnMetadata", ()), _left(grid)))
        merges = tuple(sorted(_merge(one) for one in sheet.get("merges", ())))
        name = nfc(str(properties["title"]))
        yield SheetInfo(name, not properties.get("hidden", False), hidden, merges)
        for grid in grids:
            rows = _hidden(grid.get("rowMetadata", ()), int(grid.get("startRow", 0)))
            for number, row in enumerate(grid.get("rowData", ()), start=int(grid.get("startRow", 0)) + 1):
                values = row.get("values", ())
                if len(values) + _left(grid) > MAX_COLUMN:
                    raise InputError("sheets.too_big", Place(file, name, number))
                cells = [None] * _left(grid) + [_cell(value) for value in values]
                for column, cell in enumerate(cells, start=1):
                    if cell is not None and cell.value is None and said <= MAX_REMARKS:
                        said += 1
                        yield Problem("sheets.cell_error", Place(file, name, number, column), {}, cell.text[:50])
                if any(cell is not None for cell in cells):
                    found: FoundRow = (number, number in rows, cells)
                    yield found


def _left(grid: Json) -> int:
    return int(grid.get("startColumn", 0))


def _hidden(metadata: Json, start: int) -> set[int]:
    """The rows or columns that aren't seen, counted from 1."""
    return {
        number
        for number, one in enumerate(metadata, start=start + 1)
        if one.get("hiddenByUser") or one.get("hiddenByFilter")
    }


def _merge(block: Json) -> MergeRange:
    """Google counts from 0 and leaves the end out, and leaves zeros out altogether."""
    return MergeRange(
        int(block.get("startRowIndex", 0)) + 1,
        int(block.get("startColumnIndex", 0)) + 1,
        int(block["endRowIndex"]),
        int(block["endColumnIndex"]),
    )


def _cell(data: Json) -> Found | None:
    value = data.get("effectiveValue")
    if not value:
        return None
    looks = data.get("effectiveFormat") or {}
    flags = STRUCK if (looks.get("textFormat") or {}).get("strikethrough") else 0
    shown = nfc(str(data.get("formattedValue", "")))
    if "stringValue" in value:
        text = nfc(str(value["stringValue"]))
        return Found(text, text, flags=flags) if text and not text.isspace() else None
    if "boolValue" in value:
        return Found(bool(value["boolValue"]), shown or str(bool(value["boolValue"])).upper(), flags=flags)
    if "numberValue" in value:
        content, text, shows = read_number(float(value["numberValue"]), number_format(_pattern(looks)))
        return Found(content, shown or text, shows, flags)
    return Found(None, shown or "#ERROR!", flags=flags)


def _pattern(looks: Json) -> str:
    """The number format of a cell as a code; the type decides where the pattern is missing or says something else."""
    form = looks.get("numberFormat") or {}
    pattern, kind = str(form.get("pattern", "")), str(form.get("type", ""))
    if kind in _BY_TYPE and number_format(pattern).kind not in _KINDS[kind]:
        return _BY_TYPE[kind]
    return pattern
