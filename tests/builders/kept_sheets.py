"""More sheets as they are really kept, by trade; written with their events before any of them was read by the reader.

Where a sheet leaves something truly open, the row stands in `refused`: no event is better than a wrong one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from builders.corpus import Page, on
from builders.judging import Entry, Sheet, weekly

if TYPE_CHECKING:
    from builders.corpus import Value

E = Entry
D = date
Rows = list[list["Value"]]


@dataclass(frozen=True)
class Kept(Sheet):
    """A sheet with the trade that keeps it. `today` is what the sheet's author took for today."""

    trade: str = "office"


def each(row: int, summary: str, days: str, times: str = "", **more: str) -> tuple[Entry, ...]:
    """One event on each of these days (`2026-11-23 2026-11-25`), at `08:00-09:30` or the whole day."""
    found = []
    for text in days.split():
        day = date.fromisoformat(text)
        begin, _, end = times.partition("-")
        start = f"{day}T{begin}" if begin else f"{day}"
        last = day.fromordinal(day.toordinal() + (1 if not begin or end < begin else 0))
        found.append(Entry(row, summary, start, f"{last}T{end}" if end else f"{last}", **more))  # type: ignore[arg-type]
    return tuple(found)


def at(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    """What a date-and-time cell holds: no zone."""
    return datetime.combine(date(year, month, day), time(hour, minute))


# --- schools -------------------------------------------------------------------------------------------------------


def makeup_classes() -> Kept:
    """A tutor's sheet with day, month and year in columns of their own."""
    rows: Rows = [
        ["LỊCH DẠY BÙ CÔ THẢO"],
        ["STT", "Ngày", "Tháng", "Năm", "Giờ", "Lớp", "Nội dung", "Ghi chú"],
        [1, 28, 11, 2026, "8h - 9h30", "10A", "Ôn chương 2", None],
        [2, 5, 12, 2026, "8h - 9h30", "10A", "Kiểm tra 15 phút", "mang máy tính"],
        [3, 2, 1, 2027, "14h - 15h30", "11B", "Chữa đề", None],
        [4, 31, 11, 2026, "8h", "10A", "Ôn tập", None],
    ]
    return Kept(
        "day-bu",
        on(Page(rows)),
        (
            E(3, "Ôn chương 2", "2026-11-28T08:00", "2026-11-28T09:30"),
            E(4, "Kiểm tra 15 phút", "2026-12-05T08:00", "2026-12-05T09:30", note="mang máy tính"),
            E(5, "Chữa đề", "2027-01-02T14:00", "2027-01-02T15:30"),
        ),
        refused=frozenset({6}),
        trade="school",
    )


def exam_two_tables() -> Kept:
    """Two tables below each other: exams, then parents' meetings under other headings."""
    rows: Rows = [
        ["TRƯỜNG THCS LÊ LỢI"],
        ["I. LỊCH KIỂM TRA"],
        ["Ngày", "Môn thi", "Giờ", "Phòng"],
        ["Thứ 2, 14/12/2026", "Toán", "7h30 - 9h", "P.12"],
        ["Thứ 3, 15/12/2026", "Ngữ văn", "7h30 - 9h", "P.12"],
        [],
        ["II. LỊCH HỌP PHỤ HUYNH"],
        ["Lớp", "Thời gian", "Địa điểm", "GVCN"],
        ["6A", "8h ngày 19/12/2026", "Phòng 6A", "Cô Hạnh"],
        ["7B", "9h30 ngày 19/12/2026", "Phòng 7B", "Thầy Dũng"],
    ]
    return Kept(
        "kiem-tra-va-hop",
        on(Page(rows, merges=((1, 1, 1, 4), (2, 1, 2, 4), (7, 1, 7, 4)))),
        (
            E(4, "Toán", "2026-12-14T07:30", "2026-12-14T09:00", location="P.12"),
            E(5, "Ngữ văn", "2026-12-15T07:30", "2026-12-15T09:00", location="P.12"),
            E(9, "6A", "2026-12-19T08:00", "2026-12-19T09:00", location="Phòng 6A"),
            E(10, "7B", "2026-12-19T09:30", "2026-12-19T10:30", location="Phòng 7B"),
        ),
        silent=frozenset({1, 2, 6, 7, 8}),
        trade="school",
    )


def primary_timetable() -> Kept:
    """A primary class's week: periods down with the hours beside them, sessions merged, a break, marching songs."""
    rows: Rows = [
        ["THỜI KHÓA BIỂU LỚP 3C - Tuần 13 (từ 30/11/2026 đến 04/12/2026)"],
        ["Buổi", "Tiết", "Thời gian", "Thứ 2", "Thứ 3", "Thứ 4", "Thứ 5", "Thứ 6"],
        ["Sáng", 1, "7h30-8h05", "Chào cờ", "Toán", "Toán", "Tiếng Việt", "Toán"],
        [None, 2, "8h10-8h45", "Toán", "Tiếng Anh", "Tiếng Việt", "Thể dục", "Tiếng Việt"],
        [None, None, "8h45-9h05", "Ra chơi", None, None, None, None],
        [None, 3, "9h05-9h40", "Tiếng Việt", None, "Mĩ thuật", "Toán", "Sinh hoạt lớp"],
    ]
    return Kept(
        "tkb-tieu-hoc",
        on(Page(rows, merges=((1, 1, 1, 8), (3, 1, 6, 1), (5, 4, 5, 8)))),
        (
            *each(3, "Chào cờ", "2026-11-30", "07:30-08:05"),
            *each(3, "Toán", "2026-12-01 2026-12-02 2026-12-04", "07:30-08:05"),
            *each(3, "Tiếng Việt", "2026-12-03", "07:30-08:05"),
            *each(4, "Toán", "2026-11-30", "08:10-08:45"),
            *each(4, "Tiếng Anh", "2026-12-01", "08:10-08:45"),
            *each(4, "Tiếng Việt", "2026-12-02 2026-12-04", "08:10-08:45"),
            *each(4, "Thể dục", "2026-12-03", "08:10-08:45"),
            *each(6, "Tiếng Việt", "2026-11-30", "09:05-09:40"),
            *each(6, "Mĩ thuật", "2026-12-02", "09:05-09:40"),
            *each(6, "Toán", "2026-12-03", "09:05-09:40"),
            *each(6, "Sinh hoạt lớp", "2026-12-04", "09:05-09:40"),
        ),
        silent=frozenset({5}),
        shape="weekday_grid",
        trade="school",
    )


def language_centre() -> Kept:
    """Classes of a language centre: weekdays, hours, first and last day, a number of meetings instead of an end."""
    rows: Rows = [
        ["TRUNG TÂM NGOẠI NGỮ SAO MAI - CÁC LỚP THÁNG 12/2026"],
        ["Lớp", "Thứ", "Giờ học", "Khai giảng", "Bế giảng", "Phòng", "Giáo viên"],
        ["Flyers 2", "2-4-6", "18h00 - 19h30", "30/11/2026", "18/12/2026", "203", "Ms. Ngân"],
        ["IELTS 5.5", "T3, T5", "19h45 - 21h15", "01/12/2026", "17/12/2026", "305", "Mr. Hải"],
        ["Cuối tuần", "T7-CN", "8h - 10h", "05/12/2026", "20/12/2026", "101", "Ms. Vy"],
        ["Kèm riêng", "Thứ 4", "17h - 18h", "01/12/2026", "15/11/2026", "102", "Ms. Vy"],
    ]
    return Kept(
        "trung-tam-ngoai-ngu",
        on(Page(rows)),
        (
            *weekly(3, "Flyers 2", "024", "2026-11-30", "2026-12-18", "18:00-19:30"),
            *each(4, "IELTS 5.5", "2026-12-01 2026-12-03 2026-12-08 2026-12-10 2026-12-15 2026-12-17", "19:45-21:15"),
            *each(5, "Cuối tuần", "2026-12-05 2026-12-06 2026-12-12 2026-12-13 2026-12-19 2026-12-20", "08:00-10:00"),
        ),
        refused=frozenset({6}),
        trade="school",
    )


def teachers_week() -> Kept:
    """A teacher's book for one week: the day merged down, the lesson's hours in a column of their own."""
    rows: Rows = [
        ["LỊCH BÁO GIẢNG TUẦN 12"],
        ["Từ ngày 23/11/2026 đến ngày 27/11/2026"],
        ["Thứ, ngày", "Tiết", "Giờ", "Lớp", "Tên bài dạy", "Đồ dùng"],
        ["Hai\n23/11", 1, "7h00 - 7h45", "6A1", "Phân số", "thước"],
        [None, 2, "7h50 - 8h35", "6A2", "Phân số", None],
        ["Tư\n25/11", 3, "8h55 - 9h40", "6A1", "Luyện tập", None],
        ["Sáu\n28/11", 1, "7h00 - 7h45", "6A2", "Kiểm tra", None],
    ]
    return Kept(
        "bao-giang",
        on(Page(rows, merges=((1, 1, 1, 6), (2, 1, 2, 6), (4, 1, 5, 1)))),
        (
            E(4, "Phân số", "2026-11-23T07:00", "2026-11-23T07:45", note="6A1"),
            E(5, "Phân số", "2026-11-23T07:50", "2026-11-23T08:35", note="6A2"),
            E(6, "Luyện tập", "2026-11-25T08:55", "2026-11-25T09:40"),
        ),
        refused=frozenset({7}),  # 28/11 is a Saturday
        trade="school",
    )


def university_weeks() -> Kept:
    """A university's list with week numbers, the first week dated above."""
    rows: Rows = [
        ["THỜI KHÓA BIỂU HỌC KỲ 2 (tuần 1 bắt đầu từ 04/01/2027)"],
        ["Tiết 1: 7h-7h50; Tiết 2: 7h55-8h45; Tiết 3: 8h50-9h40"],
        ["Mã HP", "Tên học phần", "Thứ", "Tiết", "Tuần học", "Phòng"],
        ["MA1", "Giải tích 2", "2", "1-3", "1-3", "D3-201"],
        ["PH1", "Vật lý 1", "5", "1-2", "2,4", "D3-305"],
        ["EN1", "Tiếng Anh", "3", "2-3", "1-2,4", "C1-102"],
    ]
    return Kept(
        "tkb-theo-tuan",
        on(Page(rows)),
        (
            *each(4, "Giải tích 2", "2027-01-04 2027-01-11 2027-01-18", "07:00-09:40", location="D3-201"),
            *each(5, "Vật lý 1", "2027-01-14 2027-01-28", "07:00-08:45", location="D3-305"),
            *each(6, "Tiếng Anh", "2027-01-05 2027-01-12 2027-01-26", "07:55-09:40", location="C1-102"),
        ),
        trade="school",
    )


# --- clinics -------------------------------------------------------------------------------------------------------


def ward_positions() -> Kept:
    """A ward's duty sheet: dates down, shifts with their hours across, names in the cells; one person's own duties."""
    rows: Rows = [
        ["KHOA NỘI - LỊCH TRỰC THÁNG 12/2026"],
        ["Ngày", "Thứ", "Ca sáng (6h-14h)", "Ca chiều (14h-22h)", "Ca đêm (22h-6h)"],
        ["1/12", "T3", "Hoa, Lan", "Minh", "Tú"],
        ["2/12", "T4", "Minh", "Hoa\nTú", "Lan"],
        ["3/12", "T5", "Tú", "Lan", "Hoa"],
        ["4/12", "T6", "Lan", "Minh", "Tú"],
    ]
    return Kept(
        "truc-khoa-noi",
        on(Page(rows, merges=((1, 1, 1, 5),))),
        (
            E(3, "Ca sáng", "2026-12-01T06:00", "2026-12-01T14:00"),
            E(4, "Ca chiều", "2026-12-02T14:00", "2026-12-02T22:00"),
            E(5, "Ca đêm", "2026-12-03T22:00", "2026-12-04T06:00"),
        ),
        command=("--person", "hoa"),
        shape="positions",
        trade="clinic",
    )


def duty_doctors() -> Kept:
    """A small hospital's duty: who is on duty in each post, day and night; the doctor wants hers."""
    rows: Rows = [
        ["BỆNH VIỆN ĐA KHOA HUYỆN - LỊCH TRỰC TUẦN TỪ 23/11/2026 ĐẾN 29/11/2026"],
        ["Thứ", "Ngày", "Trực lãnh đạo", "Bác sĩ trực", "Điều dưỡng trực"],
        ["Thứ 2", "23/11", "BS. Quang", "BS. Hiền", "ĐD. Nga"],
        ["Thứ 3", "24/11", "BS. Lộc", "BS. Tâm", "ĐD. Thủy"],
        ["Thứ 4", "25/11", "BS. Hiền", "BS. Quang", "ĐD. Nga"],
    ]
    return Kept(
        "truc-benh-vien",
        on(Page(rows)),
        (
            E(3, "Bác sĩ trực", "2026-11-23", "2026-11-24"),
            E(5, "Trực lãnh đạo", "2026-11-25", "2026-11-26"),
        ),
        command=("--person", "BS. Hiền"),
        shape="positions",
        trade="clinic",
    )


def vaccinations() -> Kept:
    """A vaccination room's appointments."""
    rows: Rows = [
        ["TRẠM Y TẾ PHƯỜNG 5", None, None, None, None, None],
        ["DANH SÁCH HẸN TIÊM THÁNG 12 NĂM 2026"],
        ["TT", "Họ tên bé", "Ngày sinh", "Vắc xin", "Ngày hẹn", "Giờ hẹn", "SĐT mẹ"],
        [1, "Nguyễn Gia Bảo", "12/05/2026", "6 trong 1 mũi 3", "02/12/2026", "8h15", "0903 111 222"],
        [2, "Trần Khánh An", "01/06/2026", "Phế cầu mũi 2", "02/12/2026", "8h45", "0903 111 223"],
        [3, "Lê Minh Khôi", "30/03/2026", "Cúm", "09/12/2026", "14h", "0903 111 224"],
        [4, "Phạm Ngọc Diệp", "20/02/2026", "Sởi", "chưa hẹn", None, "0903 111 225"],
    ]
    return Kept(
        "hen-tiem",
        on(Page(rows)),
        (
            E(4, "Nguyễn Gia Bảo", "2026-12-02T08:15", "2026-12-02T09:15", note="6 trong 1 mũi 3"),
            E(5, "Trần Khánh An", "2026-12-02T08:45", "2026-12-02T09:45"),
            E(6, "Lê Minh Khôi", "2026-12-09T14:00", "2026-12-09T15:00"),
        ),
        refused=frozenset({7}),
        trade="clinic",
    )


def follow_up() -> Kept:
    """Follow-up visits as a doctor's assistant notes them: date and hour in real cells, a phone, a remark."""
    rows: Rows = [
        ["Tên bệnh nhân", "Hẹn tái khám", "Bác sĩ", "Điện thoại", "Ghi chú"],
        ["Cô Sáu", at(2026, 12, 1, 9), "BS. Tâm", "0912 000 111", "nhịn ăn sáng"],
        ["Chú Tư", at(2026, 12, 1, 9, 30), "BS. Tâm", "0912 000 112", None],
        ["Bà Năm", at(2026, 12, 8, 15), "BS. Vinh", None, "có con đi cùng"],
    ]
    return Kept(
        "tai-kham",
        on(Page(rows)),
        (
            E(2, "Cô Sáu", "2026-12-01T09:00", "2026-12-01T10:00", note="nhịn ăn sáng"),
            E(3, "Chú Tư", "2026-12-01T09:30", "2026-12-01T10:30"),
            E(4, "Bà Năm", "2026-12-08T15:00", "2026-12-08T16:00"),
        ),
        trade="clinic",
    )


# --- shops ---------------------------------------------------------------------------------------------------------


def deliveries() -> Kept:
    """A shop's deliveries: several days without the month repeated, a total at the end."""
    rows: Rows = [
        ["GIAO HÀNG TẾT - CỬA HÀNG CÔ BA"],
        ["Mã đơn", "Ngày giao", "Khung giờ", "Khách hàng", "Địa chỉ", "Thu hộ"],
        ["DH01", "24-25-26/11", "9h-11h", "Chợ Bà Chiểu", "Bình Thạnh", 1200000],
        ["DH02", "27/11/2026", "14h30 - 16h", "Chị Loan", "12 Nguyễn Trãi", 350000],
        ["DH03", "28 và 29/11/2026", "sáng", "Quán Mộc", "15 Hoàng Diệu", 0],
        [None, None, None, "Tổng cộng", None, 1550000],
    ]
    return Kept(
        "giao-hang",
        on(Page(rows)),
        (
            *each(3, "Chợ Bà Chiểu", "2026-11-24 2026-11-25 2026-11-26", "09:00-11:00"),
            E(4, "Chị Loan", "2026-11-27T14:30", "2026-11-27T16:00", location="12 Nguyễn Trãi"),
            *each(5, "Quán Mộc", "2026-11-28 2026-11-29"),
        ),
        silent=frozenset({6}),
        trade="shop",
    )


def cafe_week() -> Kept:
    """A café's week: days across with dates, shifts down, names in the cells; one barista's shifts."""
    rows: Rows = [
        ["LỊCH LÀM QUÁN MỘC TUẦN 23/11 - 29/11/2026"],
        ["Ca", "T2 23/11", "T3 24/11", "T4 25/11", "T5 26/11", "T6 27/11"],
        ["Sáng (6h-11h)", "Lan\nMy", "Lan", "My", "Lan, My", "Tú"],
        ["Trưa (11h-17h)", "Tú", "My", "Tú", "Tú", "Lan"],
        ["Tối (17h-22h30)", "Khoa", "Tú", "Lan\nKhoa", "Khoa", "My"],
    ]
    return Kept(
        "lich-lam-quan",
        on(Page(rows)),
        (
            *each(3, "Ca sáng", "2026-11-23 2026-11-24 2026-11-26", "06:00-11:00"),
            *each(4, "Ca trưa", "2026-11-27", "11:00-17:00"),
            *each(5, "Ca tối", "2026-11-25", "17:00-22:30"),
        ),
        command=("--person", "Lan"),
        shape="positions",
        trade="shop",
    )


def livestreams() -> Kept:
    """Live sales of an online shop, typed without marks."""
    rows: Rows = [
        ["Lich live thang 12/2026"],
        ["Ngay", "Khung gio", "Noi dung", "Kenh", "Nguoi live"],
        ["1/12", "20h-22h", "Xa kho ao khoac", "Facebook", "Vy"],
        ["3/12", "20h - 22h30", "Hang moi ve", "TikTok", "Vy + Ngan"],
        ["12/12", "0h-2h", "Sale 12.12", "Shopee", "Ngan"],
        ["20/12", "8h toi", "Do Noel", "TikTok", "Vy"],
    ]
    return Kept(
        "lich-live",
        on(Page(rows)),
        (
            E(3, "Xa kho ao khoac", "2026-12-01T20:00", "2026-12-01T22:00"),
            E(4, "Hang moi ve", "2026-12-03T20:00", "2026-12-03T22:30"),
            E(5, "Sale 12.12", "2026-12-12T00:00", "2026-12-12T02:00"),
            E(6, "Do Noel", "2026-12-20T20:00", "2026-12-20T21:00"),
        ),
        kind="csv",
        trade="shop",
    )


def receivables() -> Kept:
    """What customers owe: days, but nothing that takes place. Nothing of it is a calendar."""
    rows: Rows = [
        ["SỔ CÔNG NỢ THÁNG 11"],
        ["Ngày", "Khách hàng", "Số tiền", "Đã trả", "Còn lại"],
        ["02/11", "Chị Hoa", 500000, 200000, 300000],
        ["05/11", "Anh Minh", 1200000, 0, 1200000],
    ]
    return Kept("cong-no", on(Page(rows)), (), silent=frozenset(range(1, 5)), trade="shop")


# --- families ------------------------------------------------------------------------------------------------------


def anniversaries() -> Kept:
    """A family's days by the moon and by the sun in one sheet."""
    rows: Rows = [
        ["CÁC NGÀY TRONG NHÀ"],
        ["Việc", "Ngày âm lịch", "Ngày dương lịch", "Ở đâu", "Ai lo"],
        ["Giỗ ông nội", "15/10", None, "Nhà bác Cả", "Bác Cả"],
        ["Giỗ bà cố", "30 tháng Chạp", None, "Nhà thờ họ", None],
        ["Đám cưới em Thư", None, "26/12/2026", "Nhà hàng Hương Sen", "ba mẹ"],
    ]
    return Kept(
        "ngay-trong-nha",
        on(Page(rows)),
        (
            # 15/10 Bính Ngọ is 23 November 2026; 30 tháng Chạp is 5 February 2027 (29 days: the last one)
            E(3, "Giỗ ông nội", "2026-11-23", "2026-11-24"),
            E(4, "Giỗ bà cố", "2027-02-05", "2027-02-06"),
            E(5, "Đám cưới em Thư", "2026-12-26", "2026-12-27"),
        ),
        command=("--years", "1"),
        trade="family",
    )


def housework() -> Kept:
    """Who does what every week; no first day is written, so it is said with --from."""
    rows: Rows = [
        ["Việc nhà", "Khi nào", "Ai làm"],
        ["Đổ rác", "Thứ 2 hàng tuần", "Bin"],
        ["Lau nhà", "Thứ 7 hằng tuần", "Na"],
        ["Tưới cây", "T3, T6 hàng tuần", "ba"],
    ]
    return Kept(
        "viec-nha",
        on(Page(rows)),
        (
            *each(2, "Đổ rác", "2026-11-23 2026-11-30"),
            *each(3, "Lau nhà", "2026-11-28 2026-12-05"),
            *each(4, "Tưới cây", "2026-11-24 2026-11-27 2026-12-01 2026-12-04"),
        ),
        command=("--from", "22/11/2026", "--until", "6/12/2026"),
        trade="family",
    )


def housework_without_start() -> Kept:
    """The same sheet, and nobody says from when on: each row is asked about, none is guessed."""
    kept = housework()
    return Kept("viec-nha-chua-ro", kept.pages, (), refused=frozenset({2, 3, 4}), trade="family")


def medicine() -> Kept:
    """Medicine for an old mother: two hours a day over a week."""
    rows: Rows = [
        ["UỐNG THUỐC CỦA MẸ"],
        ["Thuốc", "Từ ngày", "Đến ngày", "Giờ", "Lặp lại", "Dặn"],
        ["Huyết áp", "23/11/2026", "25/11/2026", "7h", "hằng ngày", "sau ăn"],
        ["Kháng sinh", "23/11/2026", "24/11/2026", "8h; 20h", "mỗi ngày", None],
    ]
    return Kept(
        "uong-thuoc",
        on(Page(rows)),
        (
            *each(3, "Huyết áp", "2026-11-23 2026-11-24 2026-11-25", "07:00-08:00"),
            *each(4, "Kháng sinh", "2026-11-23 2026-11-24", "08:00-09:00"),
            *each(4, "Kháng sinh", "2026-11-23 2026-11-24", "20:00-21:00"),
        ),
        trade="family",
    )


def birthdays() -> Kept:
    """Birthdays with the year of birth: the day of birth isn't an event, and nothing else is said."""
    rows: Rows = [
        ["Họ tên", "Ngày sinh", "Số điện thoại"],
        ["Nguyễn Văn An", "12/05/1990", "0901"],
        ["Trần Thị Bình", "30/11/1988", "0902"],
    ]
    return Kept("danh-sach-lop", on(Page(rows)), (), silent=frozenset({1, 2, 3}), trade="family")
