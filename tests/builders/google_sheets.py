"""Any workbook as a member's Google Sheet: the document that the Sheets API would give of it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from toolkit.sheets.model import Cell, Sheet, Workbook

Json = Any

SHEET_ID = "1AbC-dEf_0123456789abcdefghijklmnopqrstuvwxyz"
_START = datetime(1899, 12, 30)  # noqa: DTZ001 (cells know no zone)


def as_google(workbook: Workbook, title: str, spreadsheet_id: str = SHEET_ID) -> Json:
    """A Spreadsheet resource with its grid data, as spreadsheets.get gives it without a field mask."""
    sheets = [_sheet(sheet, number) for number, sheet in enumerate(workbook.sheets)]
    return {
        "spreadsheetId": spreadsheet_id,
        "properties": {"title": title, "locale": "vi_VN", "timeZone": "Asia/Ho_Chi_Minh", "autoRecalc": "ON_CHANGE"},
        "sheets": sheets,
        "spreadsheetUrl": address(spreadsheet_id),
    }


def address(spreadsheet_id: str = SHEET_ID, gid: int | None = None) -> str:
    """As it stands in the browser."""
    return f"https://docs.google.com/spreadsheets/d/{spreadsheet_id}/edit" + (
        f"?gid={gid}#gid={gid}" if gid is not None else "?usp=sharing"
    )


def _sheet(sheet: Sheet, number: int) -> Json:
    last = max((row.number for row in sheet.rows), default=0)
    width = max((len(row.cells) for row in sheet.rows), default=0)
    rows = {row.number: row for row in sheet.rows}
    grid: Json = {
        "rowData": [
            {"values": [_cell(cell) for cell in rows[n].cells]} if n in rows else {} for n in range(1, last + 1)
        ],
        "rowMetadata": [
            {"pixelSize": 21, **({"hiddenByUser": True} if n in rows and rows[n].hidden else {})}
            for n in range(1, last + 3)
        ],
        "columnMetadata": [
            {"pixelSize": 100, **({"hiddenByUser": True} if n in sheet.hidden_columns else {})}
            for n in range(1, width + 3)
        ],
    }
    merges = [
        {
            **({"sheetId": number} if number else {}),
            **({"startRowIndex": block.first_row - 1} if block.first_row > 1 else {}),
            **({"startColumnIndex": block.first_column - 1} if block.first_column > 1 else {}),
            "endRowIndex": block.last_row,
            "endColumnIndex": block.last_column,
        }
        for block in sheet.merges
    ]
    properties: Json = {"sheetId": number, "title": sheet.name or "Trang tính1", "index": number, "sheetType": "GRID"}
    if not sheet.visible:
        properties["hidden"] = True
    return {"properties": properties, "data": [grid], **({"merges": merges} if merges else {})}


def _cell(cell: Cell) -> Json:
    looks: Json = {"textFormat": {"strikethrough": cell.struck, "bold": False}, "wrapStrategy": "OVERFLOW_CELL"}
    if cell.covered or (cell.value is None and not cell.text):
        return {"effectiveFormat": looks} if cell.struck else {}
    value: Json
    kind = ""
    match cell.value:
        case None:
            value = {"errorValue": {"type": "N_A", "message": "Không tìm thấy"}}
        case bool():
            value = {"boolValue": cell.value}
        case str():
            value = {"stringValue": cell.value}
        case datetime():
            value, kind = {"numberValue": (cell.value - _START) / timedelta(days=1)}, "DATE_TIME"
        case date():
            value, kind = {"numberValue": float((cell.value - _START.date()).days)}, "DATE"
        case time():
            seconds = cell.value.hour * 3600 + cell.value.minute * 60 + cell.value.second
            value, kind = {"numberValue": seconds / 86400}, "TIME"
        case timedelta():
            value, kind = {"numberValue": cell.value / timedelta(days=1)}, "TIME"
        case _:
            value, kind = {"numberValue": cell.value}, "NUMBER"
    if kind:
        halves = {"date": "dd/mm/yyyy", "time": "hh:mm"}
        pattern = {"DATE": "d/m/yyyy", "TIME": "hh:mm", "DATE_TIME": halves.get(cell.shows, "dd/mm/yyyy hh:mm")}
        own = "DATE" if cell.shows == "date" else "TIME" if cell.shows == "time" else kind
        own_pattern = "[h]:mm" if isinstance(cell.value, timedelta) else pattern.get(kind, "0")
        looks["numberFormat"] = {"type": own, "pattern": own_pattern}
    return {"userEnteredValue": value, "effectiveValue": value, "formattedValue": cell.text, "effectiveFormat": looks}
