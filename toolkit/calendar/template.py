"""An empty spreadsheet with headings that we read, a few examples to write over, and a page that explains."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Final, Literal, cast

from toolkit.core.errors import ConflictError, InputError
from toolkit.core.outcome import Place

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

    from toolkit.sheets.model import Value

Lang = Literal["vi", "en"]
READY_ROWS = 200  # rows below the examples that are formatted for dates and times


@dataclass(frozen=True)
class Column:
    """One column: its heading, its width in characters, what may be written there, and an example of it."""

    heading: str
    width: int
    accepts: str
    example: str
    form: str = "@"


# Days are kept as text: a spreadsheet set to another country would turn 3/11 into the 11th of March.
_DATE, _TIME = "@", "hh:mm"

COLUMNS: Final[dict[Lang, tuple[Column, ...]]] = {
    "vi": (
        Column("Tiêu đề", 34, "Việc gì. Cột này phải có chữ.", "Gặp chị Hoa"),
        Column("Ngày", 18, "Ngày diễn ra. Không ghi năm thì hiểu là ngày gần nhất sắp tới. Ngày âm lịch: ghi thêm ÂL.",
               "25/11/2026 · 25/11 · Thứ 7, 12/12 · ngày mai · 12/3 ÂL · rằm tháng Giêng", _DATE),
        Column("Giờ bắt đầu", 13, "Để trống thì là việc cả ngày.", "8h30 · 14:00 · 2h chiều", _TIME),
        Column("Giờ kết thúc", 13, "Để trống thì dài một giờ.", "9h30 · 15:30", _TIME),
        Column("Ngày kết thúc", 16, "Việc nhiều ngày: ngày cuối. Việc lặp lại: lần cuối.", "28/11/2026", _DATE),
        Column("Lặp lại", 16, "Để trống thì một lần.", "hằng ngày · hằng tuần · thứ 2-4-6 · hằng tháng · hằng năm"),
        Column("Địa điểm", 26, "Ở đâu.", "Cà phê 81, Trần Huy Liệu"),
        Column("Nhắc trước", 15, "Trước bao lâu; nhiều lần thì cách nhau bằng dấu ;", "30 phút · 1 giờ; 1 ngày"),
        Column("Email", 26, "Địa chỉ email của người cùng dự. Không ai bị gửi thư.", "hoa@example.com"),
        Column("Ghi chú", 36, "Ghi gì cũng được.", "mang hợp đồng"),
        Column("Trạng thái", 13, "Ghi HỦY thì dòng này không vào lịch.", "HỦY"),
        Column("Mã", 10, "Không bắt buộc. Có mã thì sửa cả tiêu đề lẫn ngày vẫn là sự kiện ấy.", "A12"),
    ),
    "en": (
        Column("Title", 34, "What it is. This column must be filled in.", "Meeting Hoa"),
        Column("Date", 18, "The day. Without a year it is the nearest to come. For a lunar date add ÂL.",
               "25/11/2026 · 25/11 · 2026-11-25 · tomorrow · 12/3 ÂL", _DATE),
        Column("Start time", 13, "Leave it empty for a whole day.", "8:30 · 14:00 · 2:00 PM", _TIME),
        Column("End time", 13, "Leave it empty for one hour.", "9:30 · 15:30", _TIME),
        Column("End date", 16, "The last day, or the last day of a repetition.", "28/11/2026", _DATE),
        Column("Repeat", 16, "Leave it empty for once.", "daily · weekly · mon, wed, fri · monthly · yearly"),
        Column("Location", 26, "Where.", "Cafe 81, Tran Huy Lieu"),
        Column("Reminder", 15, "How long before; put a semicolon between several.", "30 min · 1 hour; 1 day"),
        Column("Email", 26, "E-mail addresses of others. Nobody is written to.", "hoa@example.com"),
        Column("Notes", 36, "Anything.", "bring the contract"),
        Column("Status", 13, "Write CANCELLED and this row stays out of the calendar.", "CANCELLED"),
        Column("ID", 10, "Optional. With an id, even a new title and date stay the same event.", "A12"),
    ),
}  # fmt: skip

_WORDS: Final[dict[Lang, dict[str, str]]] = {
    "vi": {
        "sheet": "Lịch", "guide": "Hướng dẫn", "column": "Tên cột", "accepts": "Cách điền", "example": "Chẳng hạn",
        "head": "Mỗi dòng một việc. Các dòng “(ví dụ)” chỉ để xem cách điền: ghi đè hoặc xóa đi rồi hãy nhập.",
        "order": "Cột nào không dùng thì xóa; đổi chỗ các cột cũng được. Cột lạ được chép vào ghi chú của sự kiện.",
    },
    "en": {
        "sheet": "Calendar", "guide": "Guide", "column": "Column name", "accepts": "What to fill in",
        "example": "Such as",
        "head": "One event a row. Rows with “(example)” show how: replace or delete them before you import.",
        "order": "Delete columns you don't need, or move them. Columns we don't know go into the event's notes.",
    },
}  # fmt: skip


def examples(lang: Lang, today: date) -> list[tuple[Value, ...]]:
    """The example rows, dated from the Monday after today, in the order of `COLUMNS`."""
    monday = today + timedelta(days=7 - today.weekday())

    def on(days: int) -> date:
        return monday + timedelta(days=days)

    if lang == "en":
        return [
            ("(example) Meeting Hoa", on(0), time(8, 30), time(9, 30), None, None, "Cafe 81, Tran Huy Lieu", "30 min",
             "hoa@example.com", "bring the contract", None, "VD1"),
            ("(example) Team meeting", on(1), time(14), time(15, 30), on(57), "weekly", "Room 302", "1 hour; 1 day",
             None, None, None, "VD2"),
            ("(example) Trade fair", on(4), None, None, on(6), None, "Phu Tho arena", "1 day", None, None, None, "VD3"),
            ("(example) Grandmother's death anniversary", "12/3 ÂL", None, None, None, "yearly", None, "3 days", None,
             "lunar calendar", None, "VD4"),
        ]  # fmt: skip
    return [
        ("(ví dụ) Gặp chị Hoa", on(0), time(8, 30), time(9, 30), None, None, "Cà phê 81, Trần Huy Liệu", "30 phút",
         "hoa@example.com", "mang hợp đồng", None, "VD1"),
        ("(ví dụ) Họp nhóm", on(1), time(14), time(15, 30), on(57), "hằng tuần", "Phòng 302", "1 giờ; 1 ngày", None,
         None, None, "VD2"),
        ("(ví dụ) Hội chợ", on(4), None, None, on(6), None, "Nhà thi đấu Phú Thọ", "1 ngày", None, None, None, "VD3"),
        ("(ví dụ) Giỗ bà nội", "12/3 ÂL", None, None, None, "hằng năm", None, "3 ngày", None, "ngày âm lịch", None,
         "VD4"),
    ]  # fmt: skip


def write_template(path: Path, lang: Lang, today: date) -> None:
    """Write the template as .xlsx or .csv, by the name's ending.

    Raises ConflictError("calendar.template_exists") rather than write over a file, InputError("calendar.template_kind")
    for another ending, StoreError if the disk refuses.
    """
    from toolkit.sheets.write import write_table

    kind = path.suffix.lower()
    if kind not in (".xlsx", ".csv"):
        raise InputError("calendar.template_kind", Place(path.name), value=path.suffix or path.name)
    if path.exists() or path.is_symlink():
        raise ConflictError("calendar.template_exists", Place(path.name), value=path.name)
    if kind == ".xlsx":
        _write_xlsx(path, lang, today)
        return
    headings = tuple(column.heading for column in COLUMNS[lang])
    rows = [tuple(_written(value) for value in row) for row in examples(lang, today)]
    write_table(path, [headings, *rows], kind="csv")


def _written(value: Value) -> Value:
    """A value as a member types it."""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return f"{value:%H:%M}" if isinstance(value, time) else value


def _write_xlsx(path: Path, lang: Lang, today: date) -> None:
    from openpyxl import Workbook

    from toolkit.disk.atomic import atomic_file

    book = Workbook()
    sheet = cast("Worksheet", book.active)
    sheet.title = _WORDS[lang]["sheet"]
    _fill_sheet(sheet, lang, today)
    _fill_guide(book.create_sheet(_WORDS[lang]["guide"]), lang)
    with atomic_file(path) as file:
        book.save(file)


def _fill_sheet(sheet: Worksheet, lang: Lang, today: date) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    columns = COLUMNS[lang]
    sheet.append([column.heading for column in columns])
    for cell in sheet[1]:
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="DDE6EE")
        cell.alignment = Alignment(wrap_text=True, vertical="center")
    for row in examples(lang, today):
        sheet.append(
            [cast("str | time | None", _written(value) if isinstance(value, date) else value) for value in row]
        )
    last_example = sheet.max_row
    for number, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width
        for line in range(2, last_example + READY_ROWS + 1):
            cell = sheet.cell(line, number)
            if not isinstance(cell.value, str) or column.form == "@":
                cell.number_format = column.form
            if line <= last_example:
                cell.font = Font(italic=True, color="808080")
    sheet.freeze_panes = "B2"


def _fill_guide(sheet: Worksheet, lang: Lang) -> None:
    from openpyxl.styles import Alignment, Font

    words = _WORDS[lang]
    sheet.append([words["head"]])
    sheet.append([words["order"]])
    sheet.append([])
    sheet.append([words["column"], words["accepts"], words["example"]])
    for cell in sheet[4]:
        cell.font = Font(bold=True)
    for column in COLUMNS[lang]:
        sheet.append([column.heading, column.accepts, column.example])
    for letter, width in (("A", 18), ("B", 64), ("C", 64)):
        sheet.column_dimensions[letter].width = width
    for row in sheet.iter_rows(min_row=4):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
