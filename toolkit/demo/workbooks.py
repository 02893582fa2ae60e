"""Workbooks the way members really keep theirs: a month's plan in which nothing is tidy and two rows are wrong, a week
of a class, a family's days by the moon."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, cast

from toolkit.core.cells import column_letters
from toolkit.disk.atomic import atomic_file

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.cell import Cell
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

MONTH = 12
_HEADINGS = ("STT", "Thứ, ngày", "Giờ", "Nội dung công việc", "Địa điểm", "Nhắc trước", "Ghi chú")
_WIDTHS = (6, 18, 15, 38, 30, 12, 34)
_MEETING = "Họp nhóm bán hàng"
_OLD_PLACE, _NEW_PLACE = "Phòng 302", "Quán Mộc, 15 Hoàng Diệu"
_WEEKDAYS = ("Thứ 2", "Thứ 3", "Thứ 4", "Thứ 5", "Thứ 6", "Thứ 7", "CN")

_Row = tuple[str | int | date | time | None, ...]


def write_month(path: Path, today: date) -> None:
    """Write the plan for December of today's year as an xlsx file: a title over merged cells, real dates beside typed
    ones, one day for two rows, times in six spellings, one lunar row, and two rows that can't be right."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = cast("Worksheet", book.active)
    sheet.title = f"Tháng {MONTH}"
    _write_rows(sheet, today.year)
    # The same plan is the same file: openpyxl would stamp it with the moment of writing.
    book.properties.creator = "Hương"
    book.properties.created = book.properties.modified = datetime(today.year, MONTH, 1)  # noqa: DTZ001 (a file property)
    _save(book, path)


def write_timetable(path: Path, today: date) -> None:
    """Write a class's week in December of today's year as an xlsx file: days across, hours down, a break over all."""
    monday = next(day for day in (date(today.year, MONTH, n) for n in range(1, 8)) if day.weekday() == 0)
    friday = monday + timedelta(days=4)
    rows: list[_Row] = [
        (f"THỜI KHÓA BIỂU LỚP 4B, tuần từ {monday:%d/%m/%Y} đến {friday:%d/%m/%Y}",),
        ("Tiết", "Giờ", *_WEEKDAYS[:5]),
        (1, "7h30 - 8h05", "Chào cờ", "Toán", "Tiếng Việt", "Toán", "Toán"),
        (2, "8h10 - 8h45", "Toán", "Tiếng Anh", "Tiếng Việt", None, "Tiếng Việt"),
        (None, "8h45 - 9h05", "RA CHƠI"),
        (3, "9h05 - 9h40", "Tiếng Việt", "Mĩ thuật", "Toán", "Thể dục\nsân trường", "Sinh hoạt lớp"),
    ]
    _write_plain(path, rows, today, "TKB", ("A1:G1", "C5:G5"))


def write_anniversaries(path: Path, today: date) -> None:
    """Write a family's days by the moon as an xlsx file: anniversaries, an eve, a festival, and one by the sun."""
    rows: list[_Row] = [
        ("NGÀY GIỖ, NGÀY LỄ TRONG NHÀ",),
        ("Việc", "Ngày âm lịch", "Ngày dương lịch", "Ở đâu", "Nhắc trước"),
        ("Giỗ ông nội", "15/10", None, "nhà bác Cả", "3 ngày"),
        ("Giỗ bà ngoại", "mùng 9 tháng Giêng", None, "Bến Tre", "1 tuần"),
        ("Cúng ông Táo", "23 tháng Chạp", None, None, "1 ngày"),
        ("Giao thừa", "30 Tết", None, None, None),
        ("Kỷ niệm ngày cưới", None, f"20/{MONTH}", None, "1 ngày"),
    ]
    _write_plain(path, rows, today, "Ngày giỗ", ("A1:E1",))


def _write_plain(path: Path, rows: list[_Row], today: date, name: str, merged: tuple[str, ...]) -> None:
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    sheet = cast("Worksheet", book.active)
    sheet.title = name
    for row in rows:
        sheet.append(row)
    for block in merged:
        sheet.merge_cells(block)
    for cell in (*sheet[1], *sheet[2]):
        cell.font = Font(bold=True)
    book.properties.created = book.properties.modified = datetime(today.year, MONTH, 1)  # noqa: DTZ001 (a file property)
    _save(book, path)


def move_meeting(path: Path) -> tuple[str, str]:
    """Move the team's meeting to another place, as a member would in her spreadsheet; its old and its new place."""
    from openpyxl import load_workbook

    book = load_workbook(path)
    for row in cast("Worksheet", book.active).iter_rows():
        if row[3].value == _MEETING:
            cast("Cell", row[4]).value = _NEW_PLACE
    _save(book, path)
    return _OLD_PLACE, _NEW_PLACE


def _save(book: Workbook, path: Path) -> None:
    with atomic_file(path) as file:
        book.save(file)


def _rows(year: int) -> list[_Row]:
    """The plan's rows. None under a day means that the day's cell is merged with the one above."""

    def on(day: int) -> date:
        return date(year, MONTH, day)

    def said(day: int) -> str:
        return f"{_WEEKDAYS[on(day).weekday()]}, {day}/{MONTH}"

    wrong_weekday = _WEEKDAYS[(on(16).weekday() + 2) % 7]
    return [
        (1, on(1), "8h30", "Gặp chị Hoa, bảo hiểm cho hai con", "Cà phê 81, Trần Huy Liệu", "30 phút", "mang bảng giá"),
        (2, None, "14h-15h30", _MEETING, _OLD_PLACE, "1 giờ; 1 ngày", "báo cáo tuần 48"),
        (3, said(3), time(9, 0), "Giao hàng cho anh Minh", "12 Lê Lợi", None, "3 thùng, thu tiền sau"),
        (4, f"5/{MONTH}", "19h30 – 21h", "Lớp bán hàng trên mạng", "Zoom", 15, None),
        (5, on(8), "2h chiều", "Gọi lại cho cô Tư", None, None, "cô bận buổi sáng"),
        (6, f"{on(10):%d/%m/%Y}", "cả ngày", "Hội chợ hàng Việt", "Nhà thi đấu Phú Thọ", "1 ngày", None),
        (7, said(12), "8h-9h\n15h-16h", "Gặp khách mới", "Cửa hàng", None, "hai lượt"),
        (8, f"14-{MONTH}-{year}", "8 giờ rưỡi", "Ký hợp đồng với anh Sơn", None, None, None),
        (9, f"{wrong_weekday}, 16/{MONTH}", "10h", "Khám sức khỏe", "Bệnh viện quận", None, None),
        (10, on(18), "15h-9h", "Kiểm kho", "Kho Bình Tân", None, None),
        (11, "12/3 ÂL", None, "Giỗ bà nội", "Nhà bác Cả", "1 ngày", None),
        (12, on(21), "16h", "HỦY: họp với công ty X", None, None, "hẹn lại sau Tết"),
        (13, f"24-26/{MONTH}", None, "Về quê", "Bến Tre", None, None),
    ]  # fmt: skip


def _write_rows(sheet: Worksheet, year: int) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    last = column_letters(len(_HEADINGS))
    sheet["A1"] = f"LỊCH LÀM VIỆC THÁNG {MONTH}/{year}"
    sheet["A1"].font = Font(bold=True, size=14)
    sheet["A1"].alignment = Alignment(horizontal="center")
    sheet.merge_cells(f"A1:{last}1")
    sheet["A2"] = "Hương – nhóm kinh doanh 2"
    sheet.merge_cells(f"A2:{last}2")
    sheet.append([])
    sheet.append(_HEADINGS)
    for cell in sheet[4]:
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="DDE6EE")
    rows = _rows(year)
    for row in rows:
        sheet.append(row)
        written = sheet[sheet.max_row]
        if isinstance(row[1], date):
            written[1].number_format = "dd/mm/yyyy"
        if isinstance(row[2], time):
            written[2].number_format = "hh:mm"
    for index, row in enumerate(rows):
        if row[1] is None:
            sheet.merge_cells(f"B{4 + index}:B{5 + index}")
    signed = date(year, MONTH, 1) - timedelta(days=3)
    sheet.append([])
    sheet.append([None, None, None, None, None, f"Ngày {signed.day} tháng {signed.month} năm {signed.year}"])
    for column, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[column_letters(column)].width = width
