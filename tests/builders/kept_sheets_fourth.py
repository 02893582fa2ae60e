"""A third lot of sheets, written after the reader had learnt from the first two and before it saw these: many of them
are traps for what it had just learnt. At first sight it read 16 of their 21 rows, none of them wrong.
"""

from __future__ import annotations

from datetime import date

from builders.corpus import Page, on
from builders.judging import Entry
from builders.kept_sheets import Kept, Rows, each

E = Entry
D = date


def courses_with_fees() -> Kept:
    """Courses with their fees: sums beside work that has an hour."""
    rows: Rows = [
        ["Khóa học", "Ngày khai giảng", "Giờ học", "Học phí", "Đã thu"],
        ["Làm bánh căn bản", "05/12/2026", "8h30-11h30", 1500000, 500000],
        ["Cắm hoa", "06/12/2026", "14h-16h", 900000, 900000],
    ]
    return Kept(
        "khoa-lam-banh",
        on(Page(rows)),
        (
            E(2, "Làm bánh căn bản", "2026-12-05T08:30", "2026-12-05T11:30"),
            E(3, "Cắm hoa", "2026-12-06T14:00", "2026-12-06T16:00"),
        ),
        trade="shop",
    )


def clinic_rooms() -> Kept:
    """Doctors by room: rooms across, days down, doctors in the cells. Nobody says who is meant."""
    rows: Rows = [
        ["LỊCH TRỰC PHÒNG KHÁM THÁNG 12/2026"],
        ["Ngày", "Trực phòng 1", "Trực phòng 2"],
        ["1/12", "BS. An", "BS. Bình"],
        ["2/12", "BS. Bình", "BS. An"],
    ]
    return Kept("truc-phong", on(Page(rows)), (), silent=frozenset(range(1, 5)), trade="clinic")


def clinic_rooms_of_one() -> Kept:
    """The same sheet, for Dr. An."""
    return Kept(
        "truc-phong-an",
        clinic_rooms().pages,
        (E(3, "Trực phòng 1", "2026-12-01", "2026-12-02"), E(4, "Trực phòng 2", "2026-12-02", "2026-12-03")),
        command=("--person", "BS. An"),
        shape="positions",
        trade="clinic",
    )


def year_plan() -> Kept:
    """A year's plan by months: no day is written, so nothing can stand in a calendar."""
    rows: Rows = [
        ["KẾ HOẠCH NĂM 2027"],
        ["Tháng", "Nội dung", "Phụ trách"],
        ["Tháng 1", "Họp tổng kết", "Lan"],
        ["Tháng 2", "Nghỉ Tết", None],
    ]
    return Kept("ke-hoach-nam", on(Page(rows)), (), silent=frozenset(range(1, 5)))


def three_tables() -> Kept:
    """Three small tables in a sheet, each a day of a fair."""
    rows: Rows = [
        ["NGÀY HỘI SÁCH"],
        ["Thứ Bảy 12/12/2026"],
        ["Giờ", "Nội dung", "Sân khấu"],
        ["8h", "Khai mạc", "Chính"],
        ["9h30", "Giao lưu tác giả", "Phụ"],
        ["Chủ nhật 13/12/2026"],
        ["Giờ", "Nội dung", "Sân khấu"],
        ["8h30", "Thi vẽ", "Phụ"],
        ["17h", "Bế mạc", "Chính"],
    ]
    return Kept(
        "ngay-hoi-sach",
        on(Page(rows, merges=((1, 1, 1, 3), (2, 1, 2, 3), (6, 1, 6, 3)))),
        (
            E(4, "Khai mạc", "2026-12-12T08:00", "2026-12-12T09:00"),
            E(5, "Giao lưu tác giả", "2026-12-12T09:30", "2026-12-12T10:30"),
            E(8, "Thi vẽ", "2026-12-13T08:30", "2026-12-13T09:30"),
            E(9, "Bế mạc", "2026-12-13T17:00", "2026-12-13T18:00"),
        ),
        silent=frozenset({1, 2, 3, 6, 7}),
        trade="events",
    )


def homestay() -> Kept:
    """Bookings of a homestay: day of arrival and of departure."""
    rows: Rows = [
        ["Khách", "Ngày nhận phòng", "Ngày trả phòng", "Phòng", "Số khách", "Tiền cọc"],
        ["Anh Long", "28/11/2026", "30/11/2026", "P1", 4, 500000],
        ["Chị Thu", "05/12/2026", "06/12/2026", "P2", 2, 300000],
    ]
    return Kept(
        "homestay",
        on(Page(rows)),
        (
            E(2, "Anh Long", "2026-11-28", "2026-12-01", location="P1"),
            E(3, "Chị Thu", "2026-12-05", "2026-12-07", location="P2"),
        ),
        trade="shop",
    )


def choir() -> Kept:
    """Rehearsals of a choir, weekdays with hours in one cell."""
    rows: Rows = [
        ["CA ĐOÀN THÁNH TÂM - LỊCH TẬP (từ 23/11/2026 đến 20/12/2026)"],
        ["Nội dung", "Thời gian", "Địa điểm"],
        ["Tập bè nữ", "Thứ 3, 19h30-21h", "Phòng ca đoàn"],
        ["Tập chung", "CN, 15h-17h", "Nhà thờ"],
    ]
    return Kept(
        "ca-doan",
        on(Page(rows)),
        (
            *each(3, "Tập bè nữ", "2026-11-24 2026-12-01 2026-12-08 2026-12-15", "19:30-21:00"),
            *each(4, "Tập chung", "2026-11-29 2026-12-06 2026-12-13 2026-12-20", "15:00-17:00"),
        ),
        trade="events",
    )


def inventory() -> Kept:
    """Goods with the day on which they spoil. Nothing takes place."""
    rows: Rows = [
        ["Tên hàng", "Ngày nhập", "Hạn sử dụng", "Số lượng"],
        ["Sữa tươi", "20/11/2026", "30/11/2026", 24],
        ["Bánh mì", "22/11/2026", "25/11/2026", 40],
    ]
    return Kept("hang-ton", on(Page(rows)), (), silent=frozenset(range(1, 4)), trade="shop")


def parents_duty() -> Kept:
    """Parents cook in turns; two families a day, dates in real cells, one cell empty."""
    rows: Rows = [
        ["PHÂN CÔNG NẤU ĂN CHO LỚP CHỒI"],
        ["Ngày", "Trực sáng", "Trực trưa"],
        [D(2026, 11, 24), "mẹ Bin", "mẹ Na"],
        [D(2026, 11, 25), "mẹ Na, ba Tí", "mẹ Bin"],
        [D(2026, 11, 26), None, "ba Tí"],
    ]
    return Kept(
        "nau-an",
        on(Page(rows)),
        (E(3, "Trực sáng", "2026-11-24", "2026-11-25"), E(4, "Trực trưa", "2026-11-25", "2026-11-26")),
        command=("--person", "mẹ Bin"),
        shape="positions",
        trade="school",
    )


def court_hearings() -> Kept:
    """A lawyer's hearings: times typed as 7h30', courts as places."""
    rows: Rows = [
        ["STT", "Vụ việc", "Ngày xử", "Giờ", "Tòa án", "Thẩm phán"],
        [1, "Ly hôn - Bà Lan", "Thứ Tư, 25/11/2026", "7h30'", "TAND Quận 3", "Ông Hùng"],
        [2, "Tranh chấp đất - Ông Tám", "Thứ Sáu, 04/12/2026", "13h30'", "TAND TP.HCM", "Bà Nga"],
    ]
    return Kept(
        "lich-xu",
        on(Page(rows)),
        (
            E(2, "Ly hôn - Bà Lan", "2026-11-25T07:30", "2026-11-25T08:30", note="TAND Quận 3"),
            E(3, "Tranh chấp đất - Ông Tám", "2026-12-04T13:30", "2026-12-04T14:30", note="TAND TP.HCM"),
        ),
    )


def football_class() -> Kept:
    """Classes three times a week, counted."""
    rows: Rows = [
        ["Lớp", "Bắt đầu", "Giờ", "Lặp lại", "Sân"],
        ["U8", "30/11/2026", "17h-18h30", "T2-T4-T6, 6 buổi", "Sân 1"],
        ["U10", "01/12/2026", "17h-18h30", "T3, T5 (4 buổi)", "Sân 2"],
    ]
    return Kept(
        "bong-da-nhi",
        on(Page(rows)),
        (
            *each(2, "U8", "2026-11-30 2026-12-02 2026-12-04 2026-12-07 2026-12-09 2026-12-11", "17:00-18:30"),
            *each(3, "U10", "2026-12-01 2026-12-03 2026-12-08 2026-12-10", "17:00-18:30"),
        ),
        trade="school",
    )


def worship() -> Kept:
    """A pagoda's days: by the moon every year, one by the sun, hours in words."""
    rows: Rows = [
        ["CHÙA PHÁP HOA - CÁC NGÀY LỄ"],
        ["Lễ", "Ngày (âm lịch)", "Giờ"],
        ["Rằm tháng Giêng", "15/1", "6 giờ sáng"],
        ["Phật đản", "15/4", "7 giờ rưỡi"],
        ["Vu lan", "rằm tháng bảy", "18h"],
    ]
    return Kept(
        "chua-phap-hoa",
        on(Page(rows)),
        (
            E(3, "Rằm tháng Giêng", "2027-02-20T06:00", "2027-02-20T07:00"),
            E(4, "Phật đản", "2027-05-20T07:30", "2027-05-20T08:30"),
            E(5, "Vu lan", "2027-08-16T18:00", "2027-08-16T19:00"),
        ),
        command=("--years", "1"),
        trade="events",
    )


FOURTH = (
    courses_with_fees, clinic_rooms, clinic_rooms_of_one, year_plan, three_tables, homestay, choir, inventory,
    parents_duty, court_hearings, football_class, worship,
)  # fmt: skip
