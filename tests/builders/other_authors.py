"""Spreadsheets by authors who have never seen the reader: schools, clinics, parishes, gyms, drivers, families.

Each stands with what a careful secretary would enter into the calendar on Sunday 22 November 2026. The expectations
were written from the sheets and from what the product promises, before the reader was read. What is truly open (which
of two readings is meant) isn't in them.
"""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING

from builders.corpus import Page, Value, moment, on
from builders.judging import Entry, Sheet, weekly

if TYPE_CHECKING:
    from builders.corpus import Expected

E = Entry
Rows = list[list[Value]]


def school_exams() -> Sheet:
    """Exam schedule of a secondary school: merged days, a length in minutes, no years but a school year above."""
    rows: Rows = [
        ["SỞ GD&ĐT HƯNG YÊN", None, None, None, None],
        ["TRƯỜNG THPT NGUYỄN TRÃI", None, None, None, None],
        ["LỊCH KIỂM TRA CUỐI HỌC KỲ I - NĂM HỌC 2026-2027", None, None, None, None],
        [None, None, None, None, None],
        ["Ngày thi", "Môn thi", "Giờ bắt đầu", "Thời lượng (phút)", "Phòng thi"],
        ["Thứ Hai\n21/12", "Ngữ văn 12", "7h30", 90, "P.201"],
        [None, "Lịch sử 12", "9h30", 45, "P.201"],
        ["Thứ Ba\n22/12", "Toán 12", "7h30", 90, "P.202"],
        [None, "Sinh học 12", "9h30", 45, "P.202"],
        ["Thứ Hai\n4/1", "Tiếng Anh 12 (thi bù)", "14h", 60, "P.305"],
        ["Lưu ý: Học sinh có mặt trước giờ thi 15 phút.", None, None, None, None],
    ]
    return Sheet(
        "school_exams",
        on(Page(rows, merges=((1, 1, 1, 5), (2, 1, 2, 5), (3, 1, 3, 5), (6, 1, 7, 1), (8, 1, 9, 1), (11, 1, 11, 5)))),
        (
            E(6, "Ngữ văn 12", "2026-12-21T07:30", "2026-12-21T09:00", location="P.201"),
            E(7, "Lịch sử 12", "2026-12-21T09:30", "2026-12-21T10:15", location="P.201"),
            E(8, "Toán 12", "2026-12-22T07:30", "2026-12-22T09:00", location="P.202"),
            E(9, "Sinh học 12", "2026-12-22T09:30", "2026-12-22T10:15", location="P.202"),
            E(10, "Tiếng Anh 12 (thi bù)", "2027-01-04T14:00", "2027-01-04T15:00", location="P.305"),
        ),
        silent=frozenset({11}),
    )


def clinic() -> Sheet:
    """Appointments of a dental clinic, with numbers, codes and a state column."""
    rows: Rows = [
        ["PHÒNG KHÁM NHA KHOA THIỆN TÂM", None, None, None, None, None, None, None],
        ["LỊCH HẸN THÁNG 12/2026", None, None, None, None, None, None, None],
        ["STT", "Mã lịch hẹn", "Ngày hẹn", "Giờ hẹn", "Nội dung", "Phòng", "SĐT", "Tình trạng"],
        [1, "LH001", date(2026, 12, 1), "8h00", "Cạo vôi răng - chị Phượng", "Ghế 1", "0912345678", "Đã xác nhận"],
        [2, "LH002", date(2026, 12, 1), "8h45", "Nhổ răng khôn - anh Khoa", "Ghế 2", "0987654321", "Đã xác nhận"],
        [3, "LH003", date(2026, 12, 2), "16h30", "Tái khám niềng răng - bé Na", "Ghế 1", "0903111222", "HỦY"],
        [4, "LH004", date(2026, 12, 3), "17h15", "Trám răng - cô Bảy", "Ghế 3", "0909000111", "Chờ gọi lại"],
        [5, "LH005", "31/11/2026", "9h", "Tẩy trắng - chị Mai", "Ghế 3", "0909000112", "Đã xác nhận"],
    ]
    return Sheet(
        "clinic",
        on(Page(rows, merges=((1, 1, 1, 8), (2, 1, 2, 8)))),
        (
            E(4, "Cạo vôi răng - chị Phượng", "2026-12-01T08:00", "2026-12-01T09:00", location="Ghế 1"),
            E(5, "Nhổ răng khôn - anh Khoa", "2026-12-01T08:45", "2026-12-01T09:45", location="Ghế 2"),
            E(7, "Trám răng - cô Bảy", "2026-12-03T17:15", "2026-12-03T18:15", location="Ghế 3"),
        ),
        refused=frozenset({6, 8}),
    )


def spa_semicolons() -> Sheet:
    """A spa's bookings saved by a Vietnamese Excel: semicolons, a BOM."""
    rows: Rows = [
        ["Ngày", "Khung giờ", "Nội dung", "Kỹ thuật viên", "Chi nhánh", "Ghi chú"],
        ["24/11/2026", "9:00 - 10:30", "Massage body đá nóng; chị Vân", "Thảo", "Spa Hoa Sen - Gò Vấp", "khách quen"],
        ["24/11/2026", "14:00 – 15:00", "Gội đầu dưỡng sinh", "Linh", "Spa Hoa Sen - Gò Vấp", ""],
        ["25/11/2026", "10h-11h30", "Chăm sóc da mặt", "Thảo", "Spa Hoa Sen - Quận 3", "dị ứng cồn"],
        ["", "", "", "", "", ""],
        ["26/11/2026", "từ 18h đến 19h30", "Triệt lông", "Ngân", "Spa Hoa Sen - Quận 3", ""],
    ]
    return Sheet(
        "spa_semicolons",
        on(Page(rows)),
        (
            E(2, "Massage body đá nóng; chị Vân", "2026-11-24T09:00", "2026-11-24T10:30", note="khách quen"),
            E(3, "Gội đầu dưỡng sinh", "2026-11-24T14:00", "2026-11-24T15:00"),
            E(4, "Chăm sóc da mặt", "2026-11-25T10:00", "2026-11-25T11:30", note="dị ứng cồn"),
            E(6, "Triệt lông", "2026-11-26T18:00", "2026-11-26T19:30"),
        ),
        kind="csv",
        encoding="utf-8-bom",
        delimiter=";",
    )


def parish() -> Sheet:
    """Advent in a parish; one weekday is wrong, Christmas Eve runs past midnight."""
    rows: Rows = [
        ["GIÁO XỨ THÁNH GIUSE", None, None, None],
        ["CHƯƠNG TRÌNH MÙA VỌNG VÀ GIÁNG SINH 2026", None, None, None],
        ["Thời gian", "Giờ", "Nội dung", "Địa điểm"],
        ["CN 29/11", "5h00 sáng", "Thánh lễ Chúa nhật I Mùa Vọng", "Nhà thờ"],
        ["Thứ Tư 2/12", "17g30", "Giải tội cho thiếu nhi", "Nhà thờ"],
        ["T7, 5/12", "19 giờ", "Tập hát ca đoàn", "Hội trường"],
        ["Thứ Hai, 8/12", "18h", "Lễ Đức Mẹ Vô Nhiễm", "Nhà thờ"],
        ["Thứ Năm, 24/12", "22h - 0h30", "Canh thức và lễ đêm", "Quảng trường"],
        ["Thứ sáu (25/12)", "8 giờ rưỡi", "Lễ ban ngày", "Nhà thờ"],
        ["Chúa nhật, 27/12", "cả ngày", "Lễ Thánh Gia - hành hương", "Tà Pao"],
    ]
    return Sheet(
        "parish",
        on(Page(rows, merges=((1, 1, 1, 4), (2, 1, 2, 4)))),
        (
            E(4, "Thánh lễ Chúa nhật I Mùa Vọng", "2026-11-29T05:00", "2026-11-29T06:00", location="Nhà thờ"),
            E(5, "Giải tội cho thiếu nhi", "2026-12-02T17:30", "2026-12-02T18:30", location="Nhà thờ"),
            E(6, "Tập hát ca đoàn", "2026-12-05T19:00", "2026-12-05T20:00", location="Hội trường"),
            E(8, "Canh thức và lễ đêm", "2026-12-24T22:00", "2026-12-25T00:30", location="Quảng trường"),
            E(9, "Lễ ban ngày", "2026-12-25T08:30", "2026-12-25T09:30", location="Nhà thờ"),
            E(10, "Lễ Thánh Gia - hành hương", "2026-12-27", "2026-12-28", location="Tà Pao"),
        ),
        refused=frozenset({7}),
    )


def death_days() -> Sheet:
    """A clan's book of death anniversaries: the column says that its days are lunar."""
    rows: Rows = [
        ["SỔ GIỖ CHI HỌ NGUYỄN", None, None, None],
        ["TT", "Nội dung", "Ngày âm lịch", "Nơi cúng"],
        [1, "Giỗ cụ tổ", "10/3", "Nhà thờ họ"],
        [2, "Giỗ ông nội", "mùng 3 tháng Giêng", "Nhà bác Cả"],
        [3, "Giỗ bà nội", "rằm tháng Mười", "Nhà bác Cả"],
        [4, "Giỗ bác Hai", "23 tháng Chạp", "Nhà chú Út"],
        [5, "Giỗ cô Tư", "15-8", "Nhà chú Út"],
        [6, "Giỗ chú Năm", "31/5", "Nhà chú Út"],
        [7, "Giỗ thím Sáu", "12/13", "Nhà chú Út"],
    ]
    return Sheet(
        "death_days",
        on(Page(rows)),
        (
            E(3, "Giỗ cụ tổ", "2027-04-16", "2027-04-17", location="Nhà thờ họ"),
            E(4, "Giỗ ông nội", "2027-02-08", "2027-02-09"),
            E(5, "Giỗ bà nội", "2026-11-23", "2026-11-24"),
            E(6, "Giỗ bác Hai", "2027-01-30", "2027-01-31"),
            E(7, "Giỗ cô Tư", "2027-09-15", "2027-09-16"),
        ),
        refused=frozenset({8, 9}),
        command=("--years", "1"),
    )


def death_days_for_five_years() -> Sheet:
    """The same anniversary, repeated yearly by the lunar calendar."""
    rows: Rows = [
        ["Công việc", "Ngày", "Lặp lại", "Nhắc trước"],
        ["Giỗ Tổ Hùng Vương", "10/3 âm lịch", "hằng năm", "3 ngày"],
    ]
    days = {
        "2027-04-16": "2027-04-17",
        "2028-04-04": "2028-04-05",
        "2029-04-23": "2029-04-24",
        "2030-04-12": "2030-04-13",
        "2031-04-01": "2031-04-02",
    }
    return Sheet(
        "death_days_for_five_years",
        on(Page(rows)),
        tuple(E(2, "Giỗ Tổ Hùng Vương", a, b, reminders=(4320,)) for a, b in days.items()),
    )


def family_lunar() -> Sheet:
    """Festivals by their lunar names among solar dates."""
    rows: Rows = [
        ["Việc nhà", "Ngày", "Giờ", "Ghi chú"],
        ["Cúng ông Công ông Táo", "23 tháng Chạp", "", "cá chép"],
        ["Cúng tất niên", "30 Tết", "16h", ""],
        ["Đi chúc Tết bên ngoại", "mùng 2 Tết", "", ""],
        ["Hóa vàng", "mùng 5 tết", "9h-11h", ""],
        ["Lễ chùa", "rằm tháng Giêng", "", ""],
        ["Cúng cô hồn", "15/7 ÂL", "17h", ""],
        ["Họp phụ huynh", "5/12/2026", "8h", ""],
    ]
    return Sheet(
        "family_lunar",
        on(Page(rows)),
        (
            E(2, "Cúng ông Công ông Táo", "2027-01-30", "2027-01-31", note="cá chép"),
            E(3, "Cúng tất niên", "2027-02-05T16:00", "2027-02-05T17:00"),
            E(4, "Đi chúc Tết bên ngoại", "2027-02-07", "2027-02-08"),
            E(5, "Hóa vàng", "2027-02-10T09:00", "2027-02-10T11:00"),
            E(6, "Lễ chùa", "2027-02-20", "2027-02-21"),
            E(7, "Cúng cô hồn", "2027-08-16T17:00", "2027-08-16T18:00"),
            E(8, "Họp phụ huynh", "2026-12-05T08:00", "2026-12-05T09:00"),
        ),
        command=("--years", "1"),
    )


def gym_classes() -> Sheet:
    """Group classes of a gym, on several weekdays, with the days they run between."""
    rows: Rows = [
        ["LỊCH LỚP NHÓM", None, None, None, None, None, None],
        ["Môn", "Thứ", "Từ giờ", "Đến giờ", "Từ ngày", "Đến ngày", "Phòng tập"],
        ["Yoga cơ bản", "2-4-6", "6h", "7h", date(2026, 12, 1), date(2026, 12, 31), "Tầng 3"],
        ["Zumba", "T3, T5", "18h30", "19h30", date(2026, 12, 1), date(2026, 12, 31), "Tầng 2"],
        ["Kickfit", "CN", "8h", "9h30", date(2026, 12, 1), date(2026, 12, 31), "Tầng 2"],
        ["Pilates", "3,5,7", "17:00", "18:00", date(2026, 12, 7), date(2027, 1, 10), "Tầng 3"],
    ]
    return Sheet(
        "gym_classes",
        on(Page(rows)),
        (
            *weekly(3, "Yoga cơ bản", "024", "2026-12-01", "2026-12-31", "06:00-07:00", location="Tầng 3"),
            *weekly(4, "Zumba", "13", "2026-12-01", "2026-12-31", "18:30-19:30", location="Tầng 2"),
            *weekly(5, "Kickfit", "6", "2026-12-01", "2026-12-31", "08:00-09:30"),
            *weekly(6, "Pilates", "135", "2026-12-07", "2027-01-10", "17:00-18:00"),
        ),
    )


def university_term() -> Sheet:
    """A student's timetable as the university prints it, with the period of each class."""
    rows: Rows = [
        ["ĐẠI HỌC KINH TẾ - THỜI KHÓA BIỂU HỌC KỲ I NĂM HỌC 2026-2027", None, None, None, None, None, None],
        ["STT", "Mã HP", "Tên học phần", "Thứ", "Giờ học", "Phòng học", "Thời gian học"],
        [1, "KT201", "Kinh tế vi mô", "2", "7h00-9h30", "A2-301", "07/12/2026 - 24/01/2027"],
        [2, "TC110", "Tài chính doanh nghiệp", "4", "13h00 - 15h30", "B1-105", "07/12/2026 - 24/01/2027"],
        [3, "MK305", "Marketing căn bản", "7", "9h45-12h15", "A2-402", "07/12/2026-27/12/2026"],
        [4, "GD001", "Giáo dục thể chất", "CN", "6h30-8h", "Sân vận động", "13/12/2026 - 17/01/2027"],
    ]
    return Sheet(
        "university_term",
        on(Page(rows, merges=((1, 1, 1, 7),))),
        (
            *weekly(3, "Kinh tế vi mô", "0", "2026-12-07", "2027-01-24", "07:00-09:30", location="A2-301"),
            *weekly(4, "Tài chính doanh nghiệp", "2", "2026-12-07", "2027-01-24", "13:00-15:30", location="B1-105"),
            *weekly(5, "Marketing căn bản", "5", "2026-12-07", "2026-12-27", "09:45-12:15", location="A2-402"),
            *weekly(6, "Giáo dục thể chất", "6", "2026-12-13", "2027-01-17", "06:30-08:00", location="Sân vận động"),
        ),
    )


def tutor_two_sessions() -> Sheet:
    """A tutor writes two lessons of a day into one cell."""
    rows: Rows = [
        ["Ngày", "Giờ dạy", "Nội dung", "Địa điểm"],
        ["28/11/2026", "8h-9h30\n14h-15h30", "Toán 9 - nhà bé Khôi", "Vinhomes"],
        ["29/11/2026", "8h-9h30; 19h-20h30", "Toán 9 - nhà bé Khôi", "Vinhomes"],
        ["30/11/2026", "17h30–19h", "Lý 8 - em Trúc", "Q.7"],
    ]
    return Sheet(
        "tutor_two_sessions",
        on(Page(rows)),
        (
            E(2, "Toán 9 - nhà bé Khôi", "2026-11-28T08:00", "2026-11-28T09:30", location="Vinhomes"),
            E(2, "Toán 9 - nhà bé Khôi", "2026-11-28T14:00", "2026-11-28T15:30", location="Vinhomes"),
            E(3, "Toán 9 - nhà bé Khôi", "2026-11-29T08:00", "2026-11-29T09:30", location="Vinhomes"),
            E(3, "Toán 9 - nhà bé Khôi", "2026-11-29T19:00", "2026-11-29T20:30", location="Vinhomes"),
            E(4, "Lý 8 - em Trúc", "2026-11-30T17:30", "2026-11-30T19:00", location="Q.7"),
        ),
    )


def driver() -> Sheet:
    """A driver's trips, date and time in one cell, in every order."""
    rows: Rows = [
        ["STT", "Thời gian", "Công việc", "Điểm đón", "SĐT khách"],
        ["1", "05:30 28/11/2026", "Đón khách ra sân bay Nội Bài", "12 Lò Đúc", "0912 345 678"],
        ["2", "28/11/2026 13:00", "Chở đoàn đi Ninh Bình", "Nhà hát Lớn", "0913 345 678"],
        ["3", "4h sáng 29/11", "Giao hàng chợ Long Biên", "Kho Gia Lâm", ""],
        ["4", "30/11/2026 22h30", "Đón khách về muộn", "Times City", ""],
        ["5", "14h thứ 7, 5/12", "Đưa đón cô dâu", "Hà Đông", ""],
        ["6", "8h30 ngày 6/12/2026", "Đưa khách đi chùa Hương", "Cầu Giấy", ""],
        ["7", "lúc nào khách gọi", "Chở hàng tạp hóa", "Cầu Giấy", ""],
    ]
    return Sheet(
        "driver",
        on(Page(rows)),
        (
            E(2, "Đón khách ra sân bay Nội Bài", "2026-11-28T05:30", "2026-11-28T06:30", location="12 Lò Đúc"),
            E(3, "Chở đoàn đi Ninh Bình", "2026-11-28T13:00", "2026-11-28T14:00", location="Nhà hát Lớn"),
            E(4, "Giao hàng chợ Long Biên", "2026-11-29T04:00", "2026-11-29T05:00", location="Kho Gia Lâm"),
            E(5, "Đón khách về muộn", "2026-11-30T22:30", "2026-11-30T23:30", location="Times City"),
            E(6, "Đưa đón cô dâu", "2026-12-05T14:00", "2026-12-05T15:00", location="Hà Đông"),
            E(7, "Đưa khách đi chùa Hương", "2026-12-06T08:30", "2026-12-06T09:30", location="Cầu Giấy"),
        ),
        refused=frozenset({8}),
    )


def insurance_reminders() -> Sheet:
    """An insurance agent's follow-ups, each with its own reminder."""
    rows: Rows = [
        ["Ngày hẹn", "Giờ", "Công việc", "Khách hàng", "Địa điểm", "Nhắc trước"],
        ["26/11", "9h", "Tư vấn gói an tâm", "anh Dũng", "Highlands Cầu Giấy", "30 phút"],
        ["27/11", "15h30", "Ký hợp đồng", "chị Loan", "Văn phòng", "1 ngày"],
        ["30/11", "10h", "Thu phí quý 4", "cô Sáu", "Chợ Bà Chiểu", "2 tiếng"],
        ["1/12", "8:15", "Gửi hồ sơ bồi thường", "anh Phú", "Bưu điện", "15p"],
        ["2/12", "14h", "Chăm sóc sau bán", "chị Thu", "", "1h"],
        ["3/12", "14h", "Gọi điện hỏi thăm", "chị Ba", "", ""],
    ]
    return Sheet(
        "insurance_reminders",
        on(Page(rows)),
        (
            E(2, "Tư vấn gói an tâm", "2026-11-26T09:00", "2026-11-26T10:00", "", "Highlands Cầu Giấy", None, (30,)),
            E(3, "Ký hợp đồng", "2026-11-27T15:30", "2026-11-27T16:30", "", "Văn phòng", None, (1440,)),
            E(4, "Thu phí quý 4", "2026-11-30T10:00", "2026-11-30T11:00", "", "Chợ Bà Chiểu", None, (120,)),
            E(5, "Gửi hồ sơ bồi thường", "2026-12-01T08:15", "2026-12-01T09:15", "", "Bưu điện", None, (15,)),
            E(6, "Chăm sóc sau bán", "2026-12-02T14:00", "2026-12-02T15:00", "", "", None, (60,)),
            E(7, "Gọi điện hỏi thăm", "2026-12-03T14:00", "2026-12-03T15:00", "", "", None, ()),
        ),
    )


def office_week() -> Sheet:
    """A district office's week: merged days, a signature below."""
    rows: Rows = [
        ["ỦY BAN NHÂN DÂN PHƯỜNG 5", None, None, None, None],
        ["LỊCH CÔNG TÁC TUẦN 48 (Từ ngày 23/11/2026 đến ngày 29/11/2026)", None, None, None, None],
        ["Thứ/Ngày", "Thời gian", "Nội dung công việc", "Thành phần", "Địa điểm"],
        ["Thứ Hai\n23/11", "8h00", "Chào cờ đầu tuần", "Toàn thể cán bộ", "Sân UBND"],
        [None, "14h00", "Họp giao ban", "Lãnh đạo, trưởng bộ phận", "Phòng họp 1"],
        ["Thứ Tư\n25/11", "8h30 - 11h00", "Tiếp công dân", "Chủ tịch", "Phòng tiếp dân"],
        ["Thứ Sáu\n27/11", "7h30", "Kiểm tra vệ sinh môi trường", "Tổ công tác", "Khu phố 3"],
        [None, "15h", "Tổng kết phong trào", "Mời đại diện các khu phố", "Hội trường"],
        [None, None, None, None, None],
        [None, None, None, "Phường 5, ngày 20 tháng 11 năm 2026", None],
        [None, None, None, "TM. UBND PHƯỜNG", None],
        [None, None, None, "CHỦ TỊCH", None],
        [None, None, None, "Trần Văn Bình", None],
    ]
    return Sheet(
        "office_week",
        on(Page(rows, merges=((1, 1, 1, 5), (2, 1, 2, 5), (4, 1, 5, 1), (7, 1, 8, 1)))),
        (
            E(4, "Chào cờ đầu tuần", "2026-11-23T08:00", "2026-11-23T09:00", location="Sân UBND"),
            E(5, "Họp giao ban", "2026-11-23T14:00", "2026-11-23T15:00", location="Phòng họp 1"),
            E(6, "Tiếp công dân", "2026-11-25T08:30", "2026-11-25T11:00", location="Phòng tiếp dân"),
            E(7, "Kiểm tra vệ sinh môi trường", "2026-11-27T07:30", "2026-11-27T08:30", location="Khu phố 3"),
            E(8, "Tổng kết phong trào", "2026-11-27T15:00", "2026-11-27T16:00", location="Hội trường"),
        ),
        silent=frozenset(range(9, 14)),
    )


def english() -> Sheet:
    """An English list of an expat school; dates are still day first."""
    rows: Rows = [
        ["Event", "Date", "Start time", "End time", "Venue", "Notes"],
        ["Staff meeting", "05/12/2026", "8:30 AM", "10:00 AM", "Room 2", "bring laptop"],
        ["Winter concert", "Sat, 12 Dec 2026", "6:00 PM", "8:30 PM", "Main hall", ""],
        ["Book fair", "December 15, 2026", "", "", "Library", "all day"],
        ["Parent evening", "16-Dec-26", "5 PM", "7 PM", "Room 4", ""],
        ["Board call", "2026-12-17", "22:30", "23:30", "Zoom", ""],
    ]
    return Sheet(
        "english",
        on(Page(rows)),
        (
            E(2, "Staff meeting", "2026-12-05T08:30", "2026-12-05T10:00", location="Room 2", note="bring laptop"),
            E(3, "Winter concert", "2026-12-12T18:00", "2026-12-12T20:30", location="Main hall"),
            E(4, "Book fair", "2026-12-15", "2026-12-16", location="Library"),
            E(5, "Parent evening", "2026-12-16T17:00", "2026-12-16T19:00", location="Room 4"),
            E(6, "Board call", "2026-12-17T22:30", "2026-12-17T23:30", location="Zoom"),
        ),
    )


def google_csv() -> Sheet:
    """Google's own import format: month first, and its last day belongs to the event."""
    rows: Rows = [
        ["Subject", "Start Date", "Start Time", "End Date", "End Time", "All Day Event", "Description", "Location"],
        ["Team lunch", "12/05/2026", "12:00 PM", "12/05/2026", "1:30 PM", "False", "pho", "12 Ly Quoc Su"],
        ["Company trip", "12/24/2026", "", "12/26/2026", "", "True", "", "Da Lat"],
        ["Payday", "11/30/2026", "", "11/30/2026", "", "True", "", ""],
        ["Night shift", "12/01/2026", "10:00 PM", "12/02/2026", "6:00 AM", "False", "", "Factory"],
        ["Mistake", "13/05/2026", "9:00 AM", "13/05/2026", "10:00 AM", "False", "", ""],
    ]
    return Sheet(
        "google_csv",
        on(Page(rows)),
        (
            E(2, "Team lunch", "2026-12-05T12:00", "2026-12-05T13:30", location="12 Ly Quoc Su", note="pho"),
            E(3, "Company trip", "2026-12-24", "2026-12-27", location="Da Lat"),
            E(4, "Payday", "2026-11-30", "2026-12-01"),
            E(5, "Night shift", "2026-12-01T22:00", "2026-12-02T06:00", location="Factory"),
        ),
        refused=frozenset({6}),
        kind="csv",
    )


CHARITY = [
    ["Tiêu đề", "Ngày", "Giờ", "Địa điểm", "Ghi chú"],
    ["Phát cháo từ thiện", "28/11/2026", "5h-7h", "Bệnh viện Ung Bướu", "mang găng tay"],
    ["Quyên góp áo ấm", "29/11/2026", "8h30", "Chùa Giác Ngộ", ""],
    ["Thăm mái ấm Hoa Hồng Nhỏ", "6/12/2026", "14h-16h30", "Quận Bình Thạnh", "quà cho 30 bé"],
    ["Họp tổng kết quỹ", "Thứ bảy, 12/12/2026", "19 giờ rưỡi", "Nhà chị Thủy", "báo cáo thu chi"],
    ["Chuyến xe vùng cao", "18/12/2026", "cả ngày", "Mù Cang Chải", "đặt xe trước"],
]
CHARITY_EVENTS = (
    E(2, "Phát cháo từ thiện", "2026-11-28T05:00", "2026-11-28T07:00", location="Bệnh viện Ung Bướu"),
    E(3, "Quyên góp áo ấm", "2026-11-29T08:30", "2026-11-29T09:30", location="Chùa Giác Ngộ"),
    E(4, "Thăm mái ấm Hoa Hồng Nhỏ", "2026-12-06T14:00", "2026-12-06T16:30", location="Quận Bình Thạnh"),
    E(5, "Họp tổng kết quỹ", "2026-12-12T19:30", "2026-12-12T20:30", location="Nhà chị Thủy"),
    E(6, "Chuyến xe vùng cao", "2026-12-18", "2026-12-19", location="Mù Cang Chải"),
)


def charity_nfd() -> Sheet:
    """From a Mac: letters and marks apart."""
    return Sheet("charity_nfd", on(Page(CHARITY)), CHARITY_EVENTS, kind="csv", form="NFD")


def charity_cp1258() -> Sheet:
    return Sheet("charity_cp1258", on(Page(CHARITY)), CHARITY_EVENTS, kind="csv", encoding="cp1258")


def charity_tcvn3() -> Sheet:
    """An old office machine with .VnTime; the member names the encoding, as the refusal asks."""
    return Sheet(
        "charity_tcvn3", on(Page(CHARITY)), CHARITY_EVENTS,
        kind="csv", encoding="tcvn3", command=("--encoding", "tcvn3"),
    )  # fmt: skip


def charity_vni() -> Sheet:
    return Sheet(
        "charity_vni", on(Page(CHARITY)), CHARITY_EVENTS, kind="csv", encoding="vni", command=("--encoding", "vni")
    )


def charity_utf16() -> Sheet:
    """Excel's "Unicode text"."""
    return Sheet("charity_utf16", on(Page(CHARITY)), CHARITY_EVENTS, kind="tsv", encoding="utf-16-bom")


def charity_xls() -> Sheet:
    return Sheet("charity_xls", on(Page(CHARITY, name="Lịch")), CHARITY_EVENTS, kind="xls")


def charity_ods() -> Sheet:
    return Sheet("charity_ods", on(Page(CHARITY, name="Lịch")), CHARITY_EVENTS, kind="ods")


def without_marks() -> Sheet:
    """Typed on a phone without a Vietnamese keyboard."""
    rows: Rows = [
        ["TIEU DE", "NGAY", "GIO", "DIA DIEM"],
        ["Hop phu huynh", "thu 7 5/12/2026", "8 gio ruoi", "truong tieu hoc Kim Dong"],
        ["Di dam cuoi", "chu nhat 6/12", "11h", "nha hang Dong Phuong"],
        ["Kham suc khoe", "thu hai 7/12", "7h30 sang", "benh vien Bach Mai"],
        ["Ve que", "24/12/2026", "ca ngay", "Nam Dinh"],
        ["Da bong", "8/12", "tu 17h den 18h30", "san Thanh Cong"],
    ]
    return Sheet(
        "without_marks",
        on(Page(rows)),
        (
            E(2, "Hop phu huynh", "2026-12-05T08:30", "2026-12-05T09:30", location="truong tieu hoc Kim Dong"),
            E(3, "Di dam cuoi", "2026-12-06T11:00", "2026-12-06T12:00", location="nha hang Dong Phuong"),
            E(4, "Kham suc khoe", "2026-12-07T07:30", "2026-12-07T08:30", location="benh vien Bach Mai"),
            E(5, "Ve que", "2026-12-24", "2026-12-25", location="Nam Dinh"),
            E(6, "Da bong", "2026-12-08T17:00", "2026-12-08T18:30", location="san Thanh Cong"),
        ),
        kind="csv",
    )


def all_capitals() -> Sheet:
    """An event company writes everything in capitals."""
    rows: Rows = [
        ["KẾ HOẠCH SỰ KIỆN THÁNG 12 NĂM 2026", None, None, None],
        ["NỘI DUNG", "NGÀY", "GIỜ", "ĐỊA ĐIỂM"],
        ["SETUP SÂN KHẤU", "THỨ SÁU, 11/12/2026", "22H30-2H30", "GEM CENTER"],
        ["TIỆC TẤT NIÊN CÔNG TY A", "THỨ BẢY, 12/12/2026", "17H - 21H30", "GEM CENTER"],
        ["THÁO DỠ", "CN 13/12", "8H", "GEM CENTER"],
        ["HỘI CHỢ HÀNG VIỆT", "14/12", "CẢ NGÀY", "NHÀ THI ĐẤU PHÚ THỌ"],
    ]
    return Sheet(
        "all_capitals",
        on(Page(rows, merges=((1, 1, 1, 4),))),
        (
            E(3, "SETUP SÂN KHẤU", "2026-12-11T22:30", "2026-12-12T02:30", location="GEM CENTER"),
            E(4, "TIỆC TẤT NIÊN CÔNG TY A", "2026-12-12T17:00", "2026-12-12T21:30", location="GEM CENTER"),
            E(5, "THÁO DỠ", "2026-12-13T08:00", "2026-12-13T09:00", location="GEM CENTER"),
            E(6, "HỘI CHỢ HÀNG VIỆT", "2026-12-14", "2026-12-15", location="NHÀ THI ĐẤU PHÚ THỌ"),
        ),
    )


def real_cells() -> Sheet:
    """Real date and time cells among texts."""
    rows: Rows = [
        ["Sự kiện", "Ngày", "Bắt đầu", "Kết thúc", "Nơi tổ chức"],
        ["Giao lưu cộng tác viên", date(2026, 12, 3), time(9, 0), time(11, 30), "Tầng 5"],
        ["Đào tạo sản phẩm mới", date(2026, 12, 4), time(13, 30), "16h", "Tầng 6"],
        ["Kiểm kê kho", "5/12/2026", time(18, 0), time(2, 0), "Kho Thủ Đức"],
        ["Gặp đối tác", moment(2026, 12, 7, 15, 0), None, None, "Quán Lá"],
        ["Nghỉ bù", date(2026, 12, 8), None, None, None],
        ["Trả hàng", moment(2026, 12, 9, 0, 0), "10h15", "10h45", "Kho"],
    ]
    return Sheet(
        "real_cells",
        on(Page(rows)),
        (
            E(2, "Giao lưu cộng tác viên", "2026-12-03T09:00", "2026-12-03T11:30", location="Tầng 5"),
            E(3, "Đào tạo sản phẩm mới", "2026-12-04T13:30", "2026-12-04T16:00", location="Tầng 6"),
            E(4, "Kiểm kê kho", "2026-12-05T18:00", "2026-12-06T02:00", location="Kho Thủ Đức"),
            E(5, "Gặp đối tác", "2026-12-07T15:00", "2026-12-07T16:00", location="Quán Lá"),
            E(6, "Nghỉ bù", "2026-12-08", "2026-12-09", location=""),
            E(7, "Trả hàng", "2026-12-09T10:15", "2026-12-09T10:45", location="Kho"),
        ),
    )


def real_cells_ods() -> Sheet:
    case = real_cells()
    return Sheet("real_cells_ods", case.pages, case.expected, kind="ods")


def real_cells_xls() -> Sheet:
    case = real_cells()
    return Sheet("real_cells_xls", case.pages, case.expected, kind="xls")


def two_months() -> Sheet:
    """A page for each month, the same columns; days only, the month stands in each title."""
    november: Rows = [
        ["LỊCH TRỰC THÁNG 11/2026", None, None],
        ["Ngày", "Ca", "Nội dung"],
        [25, "7h-15h", "Trực quầy - Hạnh"],
        [28, "15h-22h", "Trực quầy - Tâm"],
    ]
    december: Rows = [
        ["LỊCH TRỰC THÁNG 12/2026", None, None],
        ["Ngày", "Ca", "Nội dung"],
        [2, "7h-15h", "Trực quầy - Hạnh"],
        [31, "15h-22h", "Trực quầy - Tâm"],
        [32, "7h-15h", "Trực quầy - Tâm"],
    ]
    return Sheet(
        "two_months",
        on(Page(november, name="Tháng 11"), Page(december, name="Tháng 12")),
        (
            E(3, "Trực quầy - Hạnh", "2026-11-25T07:00", "2026-11-25T15:00", sheet="Tháng 11"),
            E(4, "Trực quầy - Tâm", "2026-11-28T15:00", "2026-11-28T22:00", sheet="Tháng 11"),
            E(3, "Trực quầy - Hạnh", "2026-12-02T07:00", "2026-12-02T15:00", sheet="Tháng 12"),
            E(4, "Trực quầy - Tâm", "2026-12-31T15:00", "2026-12-31T22:00", sheet="Tháng 12"),
        ),
        refused=frozenset({5}),
    )


def struck_hidden_cancelled() -> Sheet:
    """Struck rows, cancelled rows, hidden rows (which are read)."""
    rows: Rows = [
        ["Công việc", "Ngày", "Giờ", "Ghi chú"],
        ["Họp kinh doanh", "24/11/2026", "9h", ""],
        ["Đi Long An", "25/11/2026", "7h", ""],
        ["HỦY - Chạy chương trình loa", "26/11/2026", "8h", ""],
        ["Gặp chị Thắm", "27/11/2026", "10h", "ĐÃ HỦY"],
        ["Chốt đơn cuối tháng", "30/11/2026", "17h", "số liệu nội bộ"],
        ["Hủy hợp đồng thuê kho", "1/12/2026", "9h", "mang giấy tờ"],
    ]
    return Sheet(
        "struck_hidden_cancelled",
        on(Page(rows, hidden=frozenset({6}), struck=frozenset({3}))),
        (
            E(2, "Họp kinh doanh", "2026-11-24T09:00", "2026-11-24T10:00"),
            E(6, "Chốt đơn cuối tháng", "2026-11-30T17:00", "2026-11-30T18:00", note="số liệu nội bộ"),
            E(7, "Hủy hợp đồng thuê kho", "2026-12-01T09:00", "2026-12-01T10:00"),
        ),
        refused=frozenset({3, 4, 5}),
    )


def hidden_left_out() -> Sheet:
    rows: Rows = [
        ["Công việc", "Ngày", "Giờ"],
        ["Họp kinh doanh", "24/11/2026", "9h"],
        ["Việc riêng", "25/11/2026", "7h"],
    ]
    return Sheet(
        "hidden_left_out",
        on(Page(rows, hidden=frozenset({3}))),
        (E(2, "Họp kinh doanh", "2026-11-24T09:00", "2026-11-24T10:00"),),
        silent=frozenset({3}),
        command=("--visible-only",),
    )


def totals_and_signature() -> Sheet:
    """A teacher's pay sheet that is also a timetable: sums, place and day of signing, names."""
    rows: Rows = [
        ["BẢNG KÊ GIỜ DẠY - TRUNG TÂM ANH NGỮ SAO MAI", None, None, None, None, None],
        ["STT", "Ngày", "Giờ", "Nội dung", "Số tiết", "Thành tiền"],
        [1, date(2026, 12, 2), "18h-19h30", "Lớp Flyers A", 2, 300000],
        [2, date(2026, 12, 4), "18h-19h30", "Lớp Flyers A", 2, 300000],
        [3, date(2026, 12, 5), "8h-10h", "Lớp Starters", 3, 450000],
        ["Tổng cộng", None, None, None, 7, 1050000],
        ["Bằng chữ: Một triệu không trăm năm mươi nghìn đồng", None, None, None, None, None],
        [None, None, None, "TP.HCM, ngày 20 tháng 11 năm 2026", None, None],
        ["Người lập biểu", None, None, "Giám đốc", None, None],
        ["(Ký, ghi rõ họ tên)", None, None, "(Ký, đóng dấu)", None, None],
        ["Nguyễn Thị Hoa", None, None, "Lê Quốc Bảo", None, None],
    ]
    return Sheet(
        "totals_and_signature",
        on(Page(rows, merges=((1, 1, 1, 6), (6, 1, 6, 4), (7, 1, 7, 6)))),
        (
            E(3, "Lớp Flyers A", "2026-12-02T18:00", "2026-12-02T19:30"),
            E(4, "Lớp Flyers A", "2026-12-04T18:00", "2026-12-04T19:30"),
            E(5, "Lớp Starters", "2026-12-05T08:00", "2026-12-05T10:00"),
        ),
        silent=frozenset(range(6, 12)),
    )


def several_days() -> Sheet:
    """Fairs and trips over several days, written in four ways."""
    rows: Rows = [
        ["Chương trình", "Ngày bắt đầu", "Ngày kết thúc", "Địa điểm"],
        ["Hội chợ Tết", "18/12/2026", "20/12/2026", "SECC"],
        ["Du lịch Côn Đảo", date(2026, 12, 24), date(2026, 12, 27), "Côn Đảo"],
        ["Tập huấn một ngày", "5/12", "5/12", "Tầng 5"],
        ["Nghỉ Tết dương lịch", "31/12/2026", "3/1/2027", ""],
        ["Ngược ngày", "20/12/2026", "18/12/2026", "SECC"],
        ["Khóa thiền", "12/12/2026 14:00", "14/12/2026 11:00", "Thiền viện Trúc Lâm"],
    ]
    return Sheet(
        "several_days",
        on(Page(rows)),
        (
            E(2, "Hội chợ Tết", "2026-12-18", "2026-12-21", location="SECC"),
            E(3, "Du lịch Côn Đảo", "2026-12-24", "2026-12-28", location="Côn Đảo"),
            E(4, "Tập huấn một ngày", "2026-12-05", "2026-12-06", location="Tầng 5"),
            E(5, "Nghỉ Tết dương lịch", "2026-12-31", "2027-01-04"),
            E(7, "Khóa thiền", "2026-12-12T14:00", "2026-12-14T11:00", location="Thiền viện Trúc Lâm"),
        ),
        refused=frozenset({6}),
    )


def several_days_in_a_cell() -> Sheet:
    rows: Rows = [
        ["Sự kiện", "Thời gian", "Địa điểm"],
        ["Hội thảo ngành", "18-20/12/2026", "Hà Nội"],
        ["Trại đông", "28/12/2026 - 02/01/2027", "Ba Vì"],
        ["Đi tỉnh", "từ 5/12 đến 7/12", "Cần Thơ"],
        ["Nghỉ phép", "24/12-25/12/2026", ""],
        ["Hội sách", "từ ngày 9/12/2026 đến ngày 11/12/2026", "Đường sách"],
    ]
    return Sheet(
        "several_days_in_a_cell",
        on(Page(rows)),
        (
            E(2, "Hội thảo ngành", "2026-12-18", "2026-12-21", location="Hà Nội"),
            E(3, "Trại đông", "2026-12-28", "2027-01-03", location="Ba Vì"),
            E(4, "Đi tỉnh", "2026-12-05", "2026-12-08", location="Cần Thơ"),
            E(5, "Nghỉ phép", "2026-12-24", "2026-12-26"),
            E(6, "Hội sách", "2026-12-09", "2026-12-12", location="Đường sách"),
        ),
    )


def start_and_end_moments() -> Sheet:
    """Start and end each with day and hour, as booking systems export them."""
    rows: Rows = [
        ["Tên sự kiện", "Bắt đầu", "Kết thúc", "Phòng", "Người đặt"],
        ["Họp dự án", "24/11/2026 08:00", "24/11/2026 09:30", "Phòng Sen", "Quang"],
        ["Bảo trì máy chủ", "28/11/2026 22:00", "29/11/2026 04:00", "Phòng máy", "Tùng"],
        ["Phỏng vấn", "2026-11-25 13:30", "2026-11-25 15:00", "Phòng Cúc", "Nga"],
        ["Ghi hình", moment(2026, 11, 26, 9, 0), moment(2026, 11, 26, 17, 0), "Phòng thu", "Vy"],
        ["Trùng giờ", "27/11/2026 08:00", "27/11/2026 08:00", "Phòng Sen", "Vy"],
        ["Lộn giờ", "27/11/2026 15:00", "27/11/2026 13:00", "Phòng Sen", "Vy"],
    ]
    return Sheet(
        "start_and_end_moments",
        on(Page(rows)),
        (
            E(2, "Họp dự án", "2026-11-24T08:00", "2026-11-24T09:30", location="Phòng Sen"),
            E(3, "Bảo trì máy chủ", "2026-11-28T22:00", "2026-11-29T04:00", location="Phòng máy"),
            E(4, "Phỏng vấn", "2026-11-25T13:30", "2026-11-25T15:00", location="Phòng Cúc"),
            E(5, "Ghi hình", "2026-11-26T09:00", "2026-11-26T17:00", location="Phòng thu"),
        ),
        refused=frozenset({6, 7}),
    )


def guests() -> Sheet:
    """Invitations with e-mail addresses, some between names."""
    rows: Rows = [
        ["Nội dung", "Ngày", "Giờ", "Người tham dự"],
        ["Duyệt thiết kế", "24/11/2026", "10h", "lan@example.com, hung@example.com"],
        ["Chốt báo giá", "25/11/2026", "14h", "Chị Lan <lan@example.com>; tuan.le@example.com.vn"],
        ["Cà phê nhóm", "26/11/2026", "9h", "Lan, Hùng, Tuấn"],
        ["Phỏng vấn thử", "27/11/2026", "9h", "hung@example.com\nmai@example.com"],
    ]
    return Sheet(
        "guests",
        on(Page(rows)),
        (
            E(2, "Duyệt thiết kế", "2026-11-24T10:00", "2026-11-24T11:00",
              attendees=("lan@example.com", "hung@example.com")),
            E(3, "Chốt báo giá", "2026-11-25T14:00", "2026-11-25T15:00",
              attendees=("lan@example.com", "tuan.le@example.com.vn")),
            E(4, "Cà phê nhóm", "2026-11-26T09:00", "2026-11-26T10:00", attendees=(), note="Lan, Hùng, Tuấn"),
            E(5, "Phỏng vấn thử", "2026-11-27T09:00", "2026-11-27T10:00",
              attendees=("hung@example.com", "mai@example.com")),
        ),
    )  # fmt: skip


def relative_days() -> Sheet:
    """Notes to oneself with days relative to today, and those that say no day."""
    rows: Rows = [
        ["Việc", "Ngày", "Giờ"],
        ["Nộp báo cáo", "ngày mai", "9h"],
        ["Đổi dầu xe", "thứ sáu tuần sau", "17h"],
        ["Gọi cho mẹ", "hôm nay", "20h"],
        ["Đi khám răng", "tuần tới", "8h"],
        ["Gặp anh Bình", "sẽ báo sau", ""],
        ["Lấy vé", "?", "10h"],
        ["Họp lớp", "cuối tháng", ""],
        ["Nhận hàng", "ngày mốt", "10h"],
    ]
    return Sheet(
        "relative_days",
        on(Page(rows)),
        (
            E(2, "Nộp báo cáo", "2026-11-23T09:00", "2026-11-23T10:00"),
            E(3, "Đổi dầu xe", "2026-11-27T17:00", "2026-11-27T18:00"),
            E(4, "Gọi cho mẹ", "2026-11-22T20:00", "2026-11-22T21:00"),
            E(9, "Nhận hàng", "2026-11-24T10:00", "2026-11-24T11:00"),
        ),
        refused=frozenset({5, 6, 7, 8}),
    )


def mistakes() -> Sheet:
    """Everything that people type wrong."""
    rows: Rows = [
        ["Tiêu đề", "Thứ", "Ngày", "Bắt đầu", "Kết thúc"],
        ["Đúng", "Ba", "24/11/2026", "9h", "10h"],
        ["Tháng mười ba", "", "5/13/2026", "9h", "10h"],
        ["Ngày 31 tháng 4", "", "31/4/2027", "9h", "10h"],
        ["Không phải năm nhuận", "", "29/2/2027", "9h", "10h"],
        ["Sai thứ", "Sáu", "24/11/2026", "9h", "10h"],
        ["Ngược giờ", "Tư", "25/11/2026", "10h", "9h"],
        ["Không dài", "Tư", "25/11/2026", "10h", "10h"],
        ["Giờ 25", "Tư", "25/11/2026", "25h", ""],
        ["Phút 75", "Tư", "25/11/2026", "8h75", ""],
        ["Không ngày", "", "", "9h", "10h"],
        ["", "Năm", "26/11/2026", "9h", "10h"],
        ["Giờ chưa rõ", "Năm", "26/11/2026", "chiều tối gì đó", ""],
        ["Cũng đúng", "T6", "27/11/2026", "21h", "1h"],
        ["Ngày 0", "", "0/12/2026", "9h", ""],
        ["Chữ o thay số", "", "2o/12/2026", "9h", ""],
    ]
    return Sheet(
        "mistakes",
        on(Page(rows)),
        (
            E(2, "Đúng", "2026-11-24T09:00", "2026-11-24T10:00"),
            E(14, "Cũng đúng", "2026-11-27T21:00", "2026-11-28T01:00"),
        ),
        refused=frozenset({*range(3, 14), 15, 16}),
    )


def month_in_the_title() -> Sheet:
    """Days only; month and year stand in the title, the weekday beside each day."""
    rows: Rows = [
        ["LỊCH SINH HOẠT CÂU LẠC BỘ", None, None, None],
        ["Tháng 3 năm 2027", None, None, None],
        ["Ngày", "Thứ", "Thời gian", "Nội dung"],
        [5, "Sáu", "19h", "Nói chuyện chuyên đề"],
        [12, "Sáu", "19h-21h", "Chiếu phim"],
        [20, "Bảy", "8h", "Đạp xe"],
        [28, "Hai", "8h", "Trồng cây"],
        [31, "Tư", "19h", "Tổng kết"],
    ]
    return Sheet(
        "month_in_the_title",
        on(Page(rows)),
        (
            E(4, "Nói chuyện chuyên đề", "2027-03-05T19:00", "2027-03-05T20:00"),
            E(5, "Chiếu phim", "2027-03-12T19:00", "2027-03-12T21:00"),
            E(6, "Đạp xe", "2027-03-20T08:00", "2027-03-20T09:00"),
            E(8, "Tổng kết", "2027-03-31T19:00", "2027-03-31T20:00"),
        ),
        refused=frozenset({7}),
    )


def year_in_the_title() -> Sheet:
    """A year's calendar written up in November: what is past stays in its year."""
    rows: Rows = [
        ["LỊCH SỰ KIỆN NĂM 2026 - HỘI PHỤ NỮ", None, None],
        ["Nội dung", "Ngày", "Địa điểm"],
        ["Gặp mặt đầu xuân", "28/2", "Nhà văn hóa"],
        ["Ngày Quốc tế Phụ nữ", "8/3", "Hội trường"],
        ["Ngày Phụ nữ Việt Nam", "20/10", "Hội trường"],
        ["Tổng kết năm", "26/12", "Hội trường"],
    ]
    return Sheet(
        "year_in_the_title",
        on(Page(rows, merges=((1, 1, 1, 3),))),
        (
            E(3, "Gặp mặt đầu xuân", "2026-02-28", "2026-03-01", location="Nhà văn hóa"),
            E(4, "Ngày Quốc tế Phụ nữ", "2026-03-08", "2026-03-09", location="Hội trường"),
            E(5, "Ngày Phụ nữ Việt Nam", "2026-10-20", "2026-10-21", location="Hội trường"),
            E(6, "Tổng kết năm", "2026-12-26", "2026-12-27", location="Hội trường"),
        ),
    )


def no_year_at_all() -> Sheet:
    """Without a year anywhere, the next such day is meant."""
    rows: Rows = [
        ["Nội dung", "Ngày"],
        ["Sinh nhật nhóm", "3/2"],
        ["Đóng học phí", "25/11"],
        ["Hôm nay", "22/11"],
        ["Hôm qua, tức là năm sau", "21/11"],
    ]
    return Sheet(
        "no_year_at_all",
        on(Page(rows)),
        (
            E(2, "Sinh nhật nhóm", "2027-02-03", "2027-02-04"),
            E(3, "Đóng học phí", "2026-11-25", "2026-11-26"),
            E(4, "Hôm nay", "2026-11-22", "2026-11-23"),
            E(5, "Hôm qua, tức là năm sau", "2027-11-21", "2027-11-22"),
        ),
    )


def week_separators() -> Sheet:
    """A youth union's plan with a line for each week."""
    rows: Rows = [
        ["KẾ HOẠCH ĐOÀN THANH NIÊN THÁNG 12/2026", None, None, None],
        ["Ngày", "Giờ", "Hoạt động", "Địa điểm"],
        ["TUẦN 1 (30/11 - 06/12)", None, None, None],
        ["Thứ ba 1/12", "18h", "Sinh hoạt chi đoàn", "Phòng 101"],
        ["Chủ nhật 6/12", "6h30", "Chủ nhật xanh", "Công viên"],
        ["Tuần 2 (07/12 - 13/12)", None, None, None],
        ["Thứ năm 10/12", "19h", "Văn nghệ", "Hội trường"],
        ["Tuần 3", None, None, None],
        ["16/12", "18h", "Bình chọn đoàn viên", "Phòng 101"],
    ]
    return Sheet(
        "week_separators",
        on(Page(rows, merges=((1, 1, 1, 4), (3, 1, 3, 4), (6, 1, 6, 4), (8, 1, 8, 4)))),
        (
            E(4, "Sinh hoạt chi đoàn", "2026-12-01T18:00", "2026-12-01T19:00", location="Phòng 101"),
            E(5, "Chủ nhật xanh", "2026-12-06T06:30", "2026-12-06T07:30", location="Công viên"),
            E(7, "Văn nghệ", "2026-12-10T19:00", "2026-12-10T20:00", location="Hội trường"),
            E(9, "Bình chọn đoàn viên", "2026-12-16T18:00", "2026-12-16T19:00", location="Phòng 101"),
        ),
        silent=frozenset({3, 6, 8}),
    )


def two_line_heading() -> Sheet:
    """A heading over two columns, with its parts below it."""
    rows: Rows = [
        ["CÔNG TY TNHH SẢN XUẤT MINH ANH", None, None, None, None],
        [None, None, None, None, None],
        ["Nội dung", "Ngày", "Thời gian", None, "Địa điểm"],
        [None, None, "Bắt đầu", "Kết thúc", None],
        ["Đào tạo an toàn lao động", "1/12/2026", "8h", "11h30", "Xưởng A"],
        ["Diễn tập PCCC", "2/12/2026", "14h", "16h", "Sân"],
        ["Khám sức khỏe định kỳ", "3/12/2026", "7h", "12h", "Trạm y tế"],
    ]
    return Sheet(
        "two_line_heading",
        on(Page(rows, merges=((1, 1, 1, 5), (3, 1, 4, 1), (3, 2, 4, 2), (3, 3, 3, 4), (3, 5, 4, 5)))),
        (
            E(5, "Đào tạo an toàn lao động", "2026-12-01T08:00", "2026-12-01T11:30", location="Xưởng A"),
            E(6, "Diễn tập PCCC", "2026-12-02T14:00", "2026-12-02T16:00", location="Sân"),
            E(7, "Khám sức khỏe định kỳ", "2026-12-03T07:00", "2026-12-03T12:00", location="Trạm y tế"),
        ),
    )


def date_spellings() -> Sheet:
    spelled = [
        "26-thg 11", "26-thg 11-26", "26 thg 11, 2026", "26 tháng 11", "ngày 26 tháng 11 năm 2026", "26.11.26",
        "2026/11/26", "26-11-2026", "26/11/26", "2026-11-26", "Thứ năm, 26/11/2026", "T5 26/11", "26 / 11 / 2026",
        "Ngày 26/11", "26.11", "Thứ Năm ngày 26 tháng 11", "26/11/2026 (Thứ 5)", "T.5 26/11", "26/11 (T5)",
    ]  # fmt: skip
    rows: Rows = [["Nội dung", "Ngày"]]
    rows += ([f"Cách {n}", text] for n, text in enumerate(spelled, start=1))
    return Sheet(
        "date_spellings",
        on(Page(rows)),
        tuple(E(n + 1, f"Cách {n}", "2026-11-26", "2026-11-27") for n in range(1, len(spelled) + 1)),
    )


def time_spellings() -> Sheet:
    spelled = {
        "14h": "14:00", "2h chiều": "14:00", "7:00 sáng": "07:00", "8g30": "08:30", "8 giờ rưỡi": "08:30",
        "10:00 PM": "22:00", "12h trưa": "12:00", "9h kém 15": "08:45", "7 rưỡi tối": "19:30", "8h00'": "08:00",
        "7h tối": "19:00", "13 giờ 15 phút": "13:15", "08.30": "08:30", "9 giờ sáng": "09:00", "lúc 15h": "15:00",
        "5h30 chiều": "17:30", "16:45:00": "16:45", "8h 30": "08:30", "20h00": "20:00", "7 giờ 30": "07:30",
        "11 giờ đêm": "23:00", "8AM": "08:00",
    }  # fmt: skip
    rows: Rows = [["Nội dung", "Ngày", "Giờ"]]
    rows += ([f"Giờ {n}", "1/12/2026", text] for n, text in enumerate(spelled, start=1))
    return Sheet(
        "time_spellings",
        on(Page(rows)),
        tuple(
            E(n + 1, f"Giờ {n}", f"2026-12-01T{clock}", _hour_later(clock))
            for n, clock in enumerate(spelled.values(), start=1)
        ),
    )


def _hour_later(clock: str) -> str:
    return f"2026-12-01T{int(clock[:2]) + 1:02d}{clock[2:]}" if clock != "23:00" else "2026-12-02T00:00"


def range_spellings() -> Sheet:
    spelled = {
        "8h-11h30": "08:00-11:30", "19h30 – 21h": "19:30-21:00", "từ 8h đến 10h": "08:00-10:00",
        "8-10h": "08:00-10:00", "13:30→15:00": "13:30-15:00", "8:00 ~ 9:30": "08:00-09:30",
        "7h30 đến 9h": "07:30-09:00", "14h - 16h30": "14:00-16:30", "8h30–10h": "08:30-10:00",
        "9:00 AM - 11:00 AM": "09:00-11:00", "từ 2h đến 4h chiều": "14:00-16:00", "8g00-9g30": "08:00-09:30",
        "15h00' - 17h00'": "15:00-17:00", "7h sáng - 11h trưa": "07:00-11:00", "18h tới 20h": "18:00-20:00",
    }  # fmt: skip
    rows: Rows = [["Nội dung", "Ngày", "Thời gian"]]
    rows += ([f"Buổi {n}", "1/12/2026", text] for n, text in enumerate(spelled, start=1))
    return Sheet(
        "range_spellings",
        on(Page(rows)),
        tuple(
            E(n + 1, f"Buổi {n}", f"2026-12-01T{clock[:5]}", f"2026-12-01T{clock[6:]}")
            for n, clock in enumerate(spelled.values(), start=1)
        ),
    )


def doubled_rows() -> Sheet:
    """The same row pasted twice; and twice the same work at different hours."""
    rows: Rows = [
        ["Công việc", "Ngày", "Giờ"],
        ["Tưới vườn", "24/11/2026", "6h"],
        ["Tưới vườn", "24/11/2026", "6h"],
        ["Tưới vườn", "24/11/2026", "17h"],
    ]
    return Sheet(
        "doubled_rows",
        on(Page(rows)),
        (
            E(2, "Tưới vườn", "2026-11-24T06:00", "2026-11-24T07:00"),
            E(4, "Tưới vườn", "2026-11-24T17:00", "2026-11-24T18:00"),
        ),
        refused=frozenset({3}),
    )


def sessions_without_hours() -> Sheet:
    """Sessions without hours become whole days that say so in their titles."""
    rows: Rows = [
        ["Ngày", "Buổi", "Nội dung"],
        ["24/11/2026", "Sáng", "Kiểm tra kho"],
        ["24/11/2026", "Chiều", "Giao hàng"],
        ["25/11/2026", "Cả ngày", "Hội nghị khách hàng"],
    ]
    return Sheet(
        "sessions_without_hours",
        on(Page(rows)),
        (
            E(2, "Kiểm tra kho", "2026-11-24", "2026-11-25"),
            E(3, "Giao hàng", "2026-11-24", "2026-11-25"),
            E(4, "Hội nghị khách hàng", "2026-11-25", "2026-11-26"),
        ),
    )


def session_beside_hours() -> Sheet:
    rows: Rows = [
        ["Ngày", "Buổi", "Giờ", "Nội dung", "Địa điểm"],
        ["24/11/2026", "Sáng", "8h", "Họp chi bộ", "Phòng 1"],
        ["24/11/2026", "Chiều", "14h00", "Họp đoàn", "Phòng 2"],
        ["24/11/2026", "Tối", "19h30-21h", "Sinh hoạt hè phố", "Sân kho"],
    ]
    return Sheet(
        "session_beside_hours",
        on(Page(rows)),
        (
            E(2, "Họp chi bộ", "2026-11-24T08:00", "2026-11-24T09:00", location="Phòng 1"),
            E(3, "Họp đoàn", "2026-11-24T14:00", "2026-11-24T15:00", location="Phòng 2"),
            E(4, "Sinh hoạt hè phố", "2026-11-24T19:30", "2026-11-24T21:00", location="Sân kho"),
        ),
    )


def weekly_until() -> Sheet:
    """Habits that come back every week, with a last day."""
    rows: Rows = [
        ["Tiêu đề", "Ngày bắt đầu", "Giờ", "Lặp lại", "Đến ngày"],
        ["Họp nhóm", "23/11/2026", "8h-9h", "hằng tuần", "31/12/2026"],
        ["Chạy bộ", "24/11/2026", "5h30", "thứ 3 - thứ 5 hằng tuần", "31/12/2026"],
        ["Uống thuốc", "23/11/2026", "7h", "hằng ngày", "30/11/2026"],
    ]
    daily = tuple(E(4, "Uống thuốc", f"2026-11-{day}T07:00", f"2026-11-{day}T08:00") for day in range(23, 31))
    return Sheet(
        "weekly_until",
        on(Page(rows)),
        (
            *weekly(2, "Họp nhóm", "0", "2026-11-23", "2026-12-31", "08:00-09:00"),
            *daily,
        ),
        refused=frozenset({3}),
    )


def weekday_lists() -> Sheet:
    """A dance school's classes: several weekdays in the words people use."""
    written = {
        "Thứ 2-4-6": "024", "T3-5-7": "135", "thứ 3, thứ 5": "13", "T7, CN": "56", "Thứ 2, 4": "02",
        "thứ ba và thứ năm": "13", "2 - 4 - 6": "024", "Thứ 7 & Chủ nhật": "56", "T2,T4,T6": "024",
        "thứ hai đến thứ sáu": "01234",
    }  # fmt: skip
    rows: Rows = [["Lớp", "Thứ", "Giờ", "Thời gian học"]]
    events: list[Expected] = []
    for number, (text, days) in enumerate(written.items(), start=1):
        rows.append([f"Lớp {number}", text, "18h-19h", "01/12/2026 - 31/12/2026"])
        events += weekly(number + 1, f"Lớp {number}", days, "2026-12-01", "2026-12-31", "18:00-19:00")
    return Sheet("weekday_lists", on(Page(rows)), tuple(events))


def merged_days_with_gaps() -> Sheet:
    """A wedding planner's run-through: the day stands once, with blank lines between."""
    rows: Rows = [
        ["Ngày", "Giờ", "Hạng mục", "Phụ trách"],
        [date(2026, 12, 18), time(8, 0), "Trang trí nhà gái", "Đội hoa"],
        [None, time(14, 0), "Dựng rạp", "Đội rạp"],
        [None, None, None, None],
        [date(2026, 12, 19), time(6, 0), "Trang điểm cô dâu", "Ngọc"],
        [None, "9h30", "Lễ vu quy", "MC Tín"],
        [None, "11h-14h", "Tiệc", "Nhà hàng"],
    ]
    return Sheet(
        "merged_days_with_gaps",
        on(Page(rows, merges=((2, 1, 3, 1), (5, 1, 7, 1)))),
        (
            E(2, "Trang trí nhà gái", "2026-12-18T08:00", "2026-12-18T09:00"),
            E(3, "Dựng rạp", "2026-12-18T14:00", "2026-12-18T15:00"),
            E(5, "Trang điểm cô dâu", "2026-12-19T06:00", "2026-12-19T07:00"),
            E(6, "Lễ vu quy", "2026-12-19T09:30", "2026-12-19T10:30"),
            E(7, "Tiệc", "2026-12-19T11:00", "2026-12-19T14:00"),
        ),
    )


def wide_order_book() -> Sheet:
    """A caterer's orders: many columns that say nothing of time, money that looks like dates."""
    rows: Rows = [
        ["STT", "Mã đơn", "Khách hàng", "SĐT", "Nội dung", "SL", "Đơn giá", "Thành tiền", "Ngày", "Giờ", "Địa chỉ"],
        [1, "DH-0112", "Chị Hằng", "0912.11.12.26", "Tiệc sinh nhật 3 bàn", 3, 1500000, 4500000, "1/12/2026", "17h",
         "5/12 Nguyễn Huệ"],
        [2, "DH-0113", "Cty Phát Đạt", "028 3822 1112", "Cơm trưa 50 suất", 50, 45000, 2250000, "2/12/2026", "10h45",
         "KCN Tân Bình, lô 8h"],
        [None, None, None, None, "Cộng", 53, None, 6750000, None, None, None],
    ]  # fmt: skip
    return Sheet(
        "wide_order_book",
        on(Page(rows)),
        (
            E(2, "Tiệc sinh nhật 3 bàn", "2026-12-01T17:00", "2026-12-01T18:00", location="5/12 Nguyễn Huệ"),
            E(3, "Cơm trưa 50 suất", "2026-12-02T10:45", "2026-12-02T11:45", location="KCN Tân Bình, lô 8h"),
        ),
        silent=frozenset({4}),
    )


def deadlines() -> Sheet:
    """A freelancer's table with mixed headings."""
    rows: Rows = [
        ["Task", "Deadline", "Link", "Note"],
        ["Nộp bài PR", "30/11/2026", "https://example.com/bai-1", "800 chữ"],
        ["Gửi hóa đơn tháng 11", "1/12", "", ""],
        ["Thiết kế banner Tết", "Thứ 2, 7/12", "https://example.com/5/12", "3 mẫu"],
    ]
    return Sheet(
        "deadlines",
        on(Page(rows)),
        (
            E(2, "Nộp bài PR", "2026-11-30", "2026-12-01", note="800 chữ"),
            E(3, "Gửi hóa đơn tháng 11", "2026-12-01", "2026-12-02"),
            E(4, "Thiết kế banner Tết", "2026-12-07", "2026-12-08", note="3 mẫu"),
        ),
    )


def vaccination() -> Sheet:
    """A mother's vaccination plan pasted from a chat: tabs, dots, little order."""
    rows: Rows = [
        ["Lịch tiêm chủng bé Gấu", "", "", ""],
        ["", "", "", ""],
        ["Mũi tiêm", "Ngày tiêm", "Giờ", "Nơi tiêm"],
        ["6 trong 1 mũi 2", "02.12.2026", "8h", "VNVC Hoàng Văn Thụ"],
        ["Phế cầu mũi 2", "02.12.2026", "8h30", "VNVC Hoàng Văn Thụ"],
        ["Rota lần 3", "04.01.2027", "", "Trạm y tế phường"],
        ["Cúm", "chưa hẹn", "", "Trạm y tế phường"],
    ]
    return Sheet(
        "vaccination",
        on(Page(rows)),
        (
            E(4, "6 trong 1 mũi 2", "2026-12-02T08:00", "2026-12-02T09:00", location="VNVC Hoàng Văn Thụ"),
            E(5, "Phế cầu mũi 2", "2026-12-02T08:30", "2026-12-02T09:30", location="VNVC Hoàng Văn Thụ"),
            E(6, "Rota lần 3", "2027-01-04", "2027-01-05", location="Trạm y tế phường"),
        ),
        refused=frozenset({7}),
        kind="tsv",
    )


def workshop_agenda() -> Sheet:
    """One day's programme: the day stands in the title only."""
    rows: Rows = [
        ["CHƯƠNG TRÌNH HỘI NGHỊ KHÁCH HÀNG", None, None],
        ["Ngày 15/12/2026 - Khách sạn Rex", None, None],
        ["Thời gian", "Nội dung", "Người trình bày"],
        ["8h00 - 8h30", "Đón khách", "Lễ tân"],
        ["8h30 - 9h15", "Phát biểu khai mạc", "Ông Trung"],
        ["9h15 - 10h00", "Giới thiệu sản phẩm", "Bà Nhung"],
    ]
    return Sheet(
        "workshop_agenda",
        on(Page(rows, merges=((1, 1, 1, 3), (2, 1, 2, 3)))),
        (
            E(4, "Đón khách", "2026-12-15T08:00", "2026-12-15T08:30"),
            E(5, "Phát biểu khai mạc", "2026-12-15T08:30", "2026-12-15T09:15"),
            E(6, "Giới thiệu sản phẩm", "2026-12-15T09:15", "2026-12-15T10:00"),
        ),
    )


def opening_days() -> Sheet:
    """A language centre's enrolment list: weekdays and hours share a cell."""
    rows: Rows = [
        ["Tên lớp", "Lịch học", "Khai giảng", "Kết thúc", "Phòng"],
        ["IELTS 5.5", "Thứ 2-4-6, 18h30-20h30", "30/11/2026", "25/12/2026", "P.3"],
        ["Giao tiếp A1", "T3, T5 (19h-20h30)", "01/12/2026", "24/12/2026", "P.4"],
        ["Cuối tuần", "T7-CN 8h-10h", "05/12/2026", "27/12/2026", "P.5"],
    ]
    return Sheet(
        "opening_days",
        on(Page(rows)),
        (
            *weekly(2, "IELTS 5.5", "024", "2026-11-30", "2026-12-25", "18:30-20:30", location="P.3"),
            *weekly(3, "Giao tiếp A1", "13", "2026-12-01", "2026-12-24", "19:00-20:30", location="P.4"),
            *weekly(4, "Cuối tuần", "56", "2026-12-05", "2026-12-27", "08:00-10:00", location="P.5"),
        ),
    )


def shown_otherwise() -> Sheet:
    """Titles that contain dates, hours, lunar words and HỦY-like syllables are only titles."""
    rows: Rows = [
        ["Nội dung", "Ngày", "Giờ", "Địa điểm"],
        ["Họp rút kinh nghiệm sự kiện 20/11", "24/11/2026", "9h", "Phòng 8h30"],
        ["Mua vé tàu 30 Tết", "1/12/2026", "", "Ga Sài Gòn"],
        ["Đặt cỗ rằm tháng Chạp", "2/12/2026", "10h", ""],
        ["Tiệc 2h chiều của bé", "5/12/2026", "14h-16h", "Q.2"],
        ['Xem phim "12 giờ đêm"', "6/12/2026", "20h", "CGV"],
        ["Huy (con chị Nga) sinh nhật", "7/12/2026", "18h", "KFC"],
        ["  Khoảng   trắng thừa  ", " 8/12/2026 ", " 9h ", " Quán  Gió "],
    ]
    return Sheet(
        "shown_otherwise",
        on(Page(rows)),
        (
            E(2, "Họp rút kinh nghiệm sự kiện 20/11", "2026-11-24T09:00", "2026-11-24T10:00", location="Phòng 8h30"),
            E(3, "Mua vé tàu 30 Tết", "2026-12-01", "2026-12-02", location="Ga Sài Gòn"),
            E(4, "Đặt cỗ rằm tháng Chạp", "2026-12-02T10:00", "2026-12-02T11:00"),
            E(5, "Tiệc 2h chiều của bé", "2026-12-05T14:00", "2026-12-05T16:00", location="Q.2"),
            E(6, 'Xem phim "12 giờ đêm"', "2026-12-06T20:00", "2026-12-06T21:00", location="CGV"),
            E(7, "Huy (con chị Nga) sinh nhật", "2026-12-07T18:00", "2026-12-07T19:00", location="KFC"),
            E(8, "Khoảng trắng thừa", "2026-12-08T09:00", "2026-12-08T10:00", location="Quán Gió"),
        ),
    )


def semicolon_preamble() -> Sheet:
    """A csv whose first lines are a letterhead, with empty columns at the right."""
    rows: Rows = [
        ["Hợp tác xã Rau Sạch", "", "", "", ""],
        ["Lịch giao rau tuần 30/11 - 6/12/2026", "", "", "", ""],
        ["", "", "", "", ""],
        ["Thứ", "Ngày", "Giờ giao", "Công việc", ""],
        ["Hai", "30/11", "05h30", "Giao trường mầm non", ""],
        ["Tư", "2/12", "05h30", "Giao trường mầm non", ""],
        ["Bảy", "5/12", "6h", "Giao siêu thị mini", ""],
        ["Sáu", "5/12", "6h", "Giao nhà hàng", ""],
    ]
    return Sheet(
        "semicolon_preamble",
        on(Page(rows)),
        (
            E(5, "Giao trường mầm non", "2026-11-30T05:30", "2026-11-30T06:30"),
            E(6, "Giao trường mầm non", "2026-12-02T05:30", "2026-12-02T06:30"),
            E(7, "Giao siêu thị mini", "2026-12-05T06:00", "2026-12-05T07:00"),
        ),
        refused=frozenset({8}),
        kind="csv",
        delimiter=";",
    )


def month_ends() -> Sheet:
    """Bills that come back every month and every year."""
    rows: Rows = [
        ["Nhắc việc", "Ngày", "Lặp lại", "Kết thúc lặp"],
        ["Đóng tiền nhà", "5/12/2026", "hằng tháng", "5/4/2027"],
    ]
    days = ("2026-12-05", "2027-01-05", "2027-02-05", "2027-03-05", "2027-04-05")
    return Sheet(
        "month_ends",
        on(Page(rows)),
        tuple(E(2, "Đóng tiền nhà", day, f"{day[:8]}06") for day in days),
    )


def side_by_side() -> Sheet:
    """Two weeks next to each other under the same headings, to save paper."""
    rows: Rows = [
        ["LỊCH TRỰC CỬA HÀNG", None, None, None, None, None, None],
        ["Ngày", "Giờ", "Nội dung", None, "Ngày", "Giờ", "Nội dung"],
        ["24/11/2026", "8h-12h", "Trực - Hạnh", None, "1/12/2026", "8h-12h", "Trực - Tâm"],
        ["25/11/2026", "13h-17h", "Trực - Vy", None, "2/12/2026", "13h-17h", "Trực - Nga"],
        [None, None, None, None, "3/12/2026", "8h", "Kiểm kê"],
    ]
    return Sheet(
        "side_by_side",
        on(Page(rows)),
        (
            E(3, "Trực - Hạnh", "2026-11-24T08:00", "2026-11-24T12:00"),
            E(3, "Trực - Tâm", "2026-12-01T08:00", "2026-12-01T12:00"),
            E(4, "Trực - Vy", "2026-11-25T13:00", "2026-11-25T17:00"),
            E(4, "Trực - Nga", "2026-12-02T13:00", "2026-12-02T17:00"),
            E(5, "Kiểm kê", "2026-12-03T08:00", "2026-12-03T09:00"),
        ),
    )


def assigned_and_due() -> Sheet:
    """A task list with two days in each row: which of them is the event's, its owner must say."""
    rows: Rows = [
        ["Công việc", "Ngày giao", "Hạn chót", "Người làm"],
        ["Soạn đề", "20/11/2026", "30/11/2026", "Lan"],
        ["Chấm bài", "1/12/2026", "1/12/2026", "Hùng"],
    ]
    return Sheet(
        "assigned_and_due",
        on(Page(rows)),
        (E(3, "Chấm bài", "2026-12-01", "2026-12-02"),),
        refused=frozenset({2}),
    )


def moved_and_put_off() -> Sheet:
    """A music school's lessons with remarks beside them."""
    rows: Rows = [
        ["Ngày", "Giờ", "Nội dung", "Ghi chú"],
        ["24/11/2026", "8h", "Piano - bé Na", "dời sang 26/11"],
        ["24/11/2026", "9h", "Piano - bé Bo", "hoãn"],
        ["24/11/2026", "10h", "Guitar - anh Tú", "chuyển sang phòng 3"],
        ["25/11/2026", "8h", "Piano - bé Mi", "nghỉ"],
        ["25/11/2026", "9h", "Trống - em Huy", "Huy đi trễ 15 phút"],
        ["25/11/2026", "14h", "Ukulele - cô Hà", "ĐÃ HỦY - học phí bảo lưu"],
    ]
    return Sheet(
        "moved_and_put_off",
        on(Page(rows)),
        (
            E(4, "Guitar - anh Tú", "2026-11-24T10:00", "2026-11-24T11:00", note="chuyển sang phòng 3"),
            E(6, "Trống - em Huy", "2026-11-25T09:00", "2026-11-25T10:00"),
        ),
        refused=frozenset({2, 3, 5, 7}),
    )


def placeholders() -> Sheet:
    """An export of a booking system that fills empty cells with dashes."""
    rows: Rows = [
        ["Mã", "Tên khách", "Dịch vụ", "Ngày", "Giờ", "Địa điểm", "Ghi chú"],
        ["B01", "Chị Thảo", "Chụp ảnh cưới", "05/12/2026", "07:00", "Hồ Tây", "-"],
        ["B02", "Anh Minh", "Thuê máy quay", "06/12/2026", "-", "-", "-"],
        ["B03", "Chị Yến", "-", "07/12/2026", "09:00", "N/A", "-"],
        ["B04", "Anh Đạt", "Chụp kỷ yếu", "-", "09:00", "Trường", "-"],
    ]
    return Sheet(
        "placeholders",
        on(Page(rows)),
        (
            E(2, "Chụp ảnh cưới", "2026-12-05T07:00", "2026-12-05T08:00", location="Hồ Tây"),
            E(3, "Thuê máy quay", "2026-12-06", "2026-12-07", location=""),
            E(4, "Chị Yến", "2026-12-07T09:00", "2026-12-07T10:00", location=""),
        ),
        refused=frozenset({5}),
        kind="csv",
    )


def months_between() -> Sheet:
    """A year's plan: the month stands on a line of its own, the rows have days only."""
    rows: Rows = [
        ["KẾ HOẠCH HOẠT ĐỘNG CÂU LẠC BỘ", None, None],
        ["Thứ", "Ngày", "Nội dung"],
        ["THÁNG 12/2026", None, None],
        ["Ba", 1, "Khai mạc giải cờ"],
        ["Bảy", 5, "Giao hữu"],
        ["THÁNG 1/2027", None, None],
        ["Hai", 4, "Họp ban chủ nhiệm"],
        ["Ba", 6, "Trao giải"],
    ]
    return Sheet(
        "months_between",
        on(Page(rows, merges=((1, 1, 1, 3), (3, 1, 3, 3), (6, 1, 6, 3)))),
        (
            E(4, "Khai mạc giải cờ", "2026-12-01", "2026-12-02"),
            E(5, "Giao hữu", "2026-12-05", "2026-12-06"),
            E(7, "Họp ban chủ nhiệm", "2027-01-04", "2027-01-05"),
        ),
        refused=frozenset({8}),
        silent=frozenset({3, 6}),
    )


def merged_title() -> Sheet:
    """One training over three days: its name is merged down, each day has hours of its own."""
    rows: Rows = [
        ["Nội dung", "Ngày", "Từ", "Đến", "Địa điểm"],
        ["Tập huấn đại lý", "24/11/2026", "8h", "11h30", "Khách sạn Mường Thanh"],
        [None, "25/11/2026", "8h", "11h30", None],
        [None, "26/11/2026", "13h30", "17h", None],
        ["Gala", "26/11/2026", "18h", "21h", "Nhà hàng Sông Hồng"],
    ]
    place = "Khách sạn Mường Thanh"
    return Sheet(
        "merged_title",
        on(Page(rows, merges=((2, 1, 4, 1), (2, 5, 4, 5)))),
        (
            E(2, "Tập huấn đại lý", "2026-11-24T08:00", "2026-11-24T11:30", location=place),
            E(3, "Tập huấn đại lý", "2026-11-25T08:00", "2026-11-25T11:30", location=place),
            E(4, "Tập huấn đại lý", "2026-11-26T13:30", "2026-11-26T17:00", location=place),
            E(5, "Gala", "2026-11-26T18:00", "2026-11-26T21:00", location="Nhà hàng Sông Hồng"),
        ),
    )


def new_year() -> Sheet:
    """Days on both sides of New Year without a year; a stretch over it."""
    rows: Rows = [
        ["Nội dung", "Ngày"],
        ["Kiểm kê", "29/12"],
        ["Nghỉ lễ", "30/12 - 2/1"],
        ["Mở hàng", "4/1"],
        ["Nộp thuế quý", "30/1"],
    ]
    return Sheet(
        "new_year",
        on(Page(rows)),
        (
            E(2, "Kiểm kê", "2026-12-29", "2026-12-30"),
            E(3, "Nghỉ lễ", "2026-12-30", "2027-01-03"),
            E(4, "Mở hàng", "2027-01-04", "2027-01-05"),
            E(5, "Nộp thuế quý", "2027-01-30", "2027-01-31"),
        ),
    )


def both_calendars() -> Sheet:
    """Anniversaries in both calendars; one of them contradicts itself."""
    rows: Rows = [
        ["Nội dung", "Ngày âm", "Ngày dương"],
        ["Giỗ tổ", "10/3", "16/4/2027"],
        ["Giỗ cụ bà", "3/1", "08/02/2027"],
        ["Giỗ ông ngoại", "15/8", "16/9/2027"],
    ]
    return Sheet(
        "both_calendars",
        on(Page(rows)),
        (E(2, "Giỗ tổ", "2027-04-16", "2027-04-17"), E(3, "Giỗ cụ bà", "2027-02-08", "2027-02-09")),
        refused=frozenset({4}),
        command=("--years", "1"),
    )


def google_csv_of_a_program() -> Sheet:
    """The same format from another program: 24-hour times, days without times, short years."""
    rows: Rows = [
        ["Subject", "Start Date", "Start Time", "End Date", "End Time", "Location"],
        ["Standup", "12/05/2026", "14:00", "12/05/2026", "14:15", "Meet"],
        ["Holiday", "1/1/27", "", "", "", ""],
        ["Review, part 2", "12/31/26", "9:00 AM", "12/31/26", "10:00 AM", 'Room "A"'],
        ["Backwards", "12/31/26", "9:00 AM", "12/31/26", "8:00 AM", ""],
    ]
    return Sheet(
        "google_csv_of_a_program",
        on(Page(rows)),
        (
            E(2, "Standup", "2026-12-05T14:00", "2026-12-05T14:15", location="Meet"),
            E(3, "Holiday", "2027-01-01", "2027-01-02"),
            E(4, "Review, part 2", "2026-12-31T09:00", "2026-12-31T10:00", location='Room "A"'),
        ),
        refused=frozenset({5}),
        kind="csv",
    )


def bus_tickets() -> Sheet:
    """A travel office: from and to are towns, not times."""
    rows: Rows = [
        ["Khách", "Ngày đi", "Giờ", "Từ", "Đến", "Số ghế"],
        ["Cô Tám", "24/12/2026", "22h30", "TP.HCM", "Đà Lạt", "A12"],
        ["Chú Sáu", "28/12/2026", "06:15", "Đà Lạt", "TP.HCM", "B03"],
    ]
    return Sheet(
        "bus_tickets",
        on(Page(rows)),
        (
            E(2, "Cô Tám", "2026-12-24T22:30", "2026-12-24T23:30", note="Đà Lạt"),
            E(3, "Chú Sáu", "2026-12-28T06:15", "2026-12-28T07:15", note="B03"),
        ),
    )


SHEETS = (
    school_exams, clinic, spa_semicolons, parish, death_days, death_days_for_five_years, family_lunar, gym_classes,
    university_term, tutor_two_sessions, driver, insurance_reminders, office_week, english, google_csv, charity_nfd,
    charity_cp1258, charity_tcvn3, charity_vni, charity_utf16, charity_xls, charity_ods, without_marks, all_capitals,
    real_cells, real_cells_ods, real_cells_xls, two_months, struck_hidden_cancelled, hidden_left_out,
    totals_and_signature, several_days, several_days_in_a_cell, start_and_end_moments, guests, relative_days, mistakes,
    month_in_the_title, year_in_the_title, no_year_at_all, week_separators, two_line_heading, date_spellings,
    time_spellings, range_spellings, doubled_rows, sessions_without_hours, session_beside_hours, weekly_until,
    weekday_lists, merged_days_with_gaps, wide_order_book, deadlines, vaccination, workshop_agenda, opening_days,
    shown_otherwise, semicolon_preamble, month_ends, side_by_side, assigned_and_due, moved_and_put_off, placeholders,
    months_between, merged_title, new_year, both_calendars, google_csv_of_a_program, bus_tickets,
)  # fmt: skip
