"""Rosters: people and dates across each other, shift codes in the cells, a legend somewhere around them."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from builders.corpus import Case, Expected, Page, on

if TYPE_CHECKING:
    from builders.corpus import Value

D = date
E = Expected
ROSTER = "roster"


def days(first: date, count: int) -> list[Value]:
    return [first + timedelta(days=n) for n in range(count)]


def numbers(first: int, last: int) -> list[Value]:
    return list(range(first, last + 1))


HOSPITAL = Case(
    "lich-truc-khoa-noi",
    on(
        Page(
            [
                ["BỆNH VIỆN ĐA KHOA BÌNH MINH"],
                ["LỊCH TRỰC KHOA NỘI - TUẦN TỪ 23/11/2026 ĐẾN 29/11/2026"],
                ["STT", "Họ và tên", "Chức vụ", "T2", "T3", "T4", "T5", "T6", "T7", "CN"],
                [None, None, None, "23/11", "24/11", "25/11", "26/11", "27/11", "28/11", "29/11"],
                [1, "Nguyễn Thị Lan", "Bác sĩ", "TR", "NB", "HC", "HC", "HC", None, None],
                [2, "Trần Văn Hùng", "Bác sĩ", "HC", "TR", "NB", "HC", "HC", None, "TR"],
                [3, "Phạm Hòa", "Điều dưỡng", "HC", "HC", "TR", "NB", "HC", "TR", "NB"],
                ["Ghi chú: HC: hành chính 7h-11h30, 13h-16h30"],
                ["TR: Trực đêm 16h30-7h30 hôm sau"],
                ["NB: nghỉ bù"],
            ],
            merges=((1, 1, 1, 10), (2, 1, 2, 10), (3, 1, 4, 1), (3, 2, 4, 2), (3, 3, 4, 3), (8, 1, 8, 10)),
        )
    ),
    (
        E(5, "Trực đêm", "2026-11-23T16:30", "2026-11-24T07:30"),
        *(
            E(5, "Hành chính", f"2026-11-{day}T{start}", f"2026-11-{day}T{end}")
            for day in (25, 26, 27)
            for start, end in (("07:00", "11:30"), ("13:00", "16:30"))
        ),
    ),
    shape=ROSTER,
    options={"person": "lan"},
)

SHOP = Case(
    "phan-ca-cua-hang-thang-12",
    on(
        Page(
            [
                ["BẢNG PHÂN CA THÁNG 12/2026 - CỬA HÀNG ÁO DÀI MỘC"],
                ["TT", "Tên", *numbers(1, 10), "Tổng"],
                [None, None, "T3", "T4", "T5", "T6", "T7", "CN", "T2", "T3", "T4", "T5", None],
                [1, "Hoa", "S", "C", "OFF", "S/C", "S", "-", "C", "C", "S", "S", 9],
                [2, "Mai", "C", "S", "S", "OFF", "C", "S", "S", "S", "C", "C", 9],
                ["Tổng cộng", None, 2, 2, 1, 1, 2, 1, 2, 2, 2, 2, 18],
                [],
                ["S: 8h-15h, C: 15h-22h"],
            ],
            merges=((1, 1, 1, 13), (2, 1, 3, 1), (2, 2, 3, 2)),
        )
    ),
    (
        *(E(4, "Ca S – Hoa", f"2026-12-{d:02d}T08:00", f"2026-12-{d:02d}T15:00") for d in (1, 4, 5, 9, 10)),
        *(E(4, "Ca C – Hoa", f"2026-12-{d:02d}T15:00", f"2026-12-{d:02d}T22:00") for d in (2, 4, 7, 8)),
        *(E(5, "Ca S – Mai", f"2026-12-{d:02d}T08:00", f"2026-12-{d:02d}T15:00") for d in (2, 3, 6, 7, 8)),
        *(E(5, "Ca C – Mai", f"2026-12-{d:02d}T15:00", f"2026-12-{d:02d}T22:00") for d in (1, 5, 9, 10)),
    ),
    shape=ROSTER,
    options={"everyone": True},
)

CAFE = Case(
    "ca-lam-quan-ca-phe",
    on(
        Page(
            [
                ["LỊCH LÀM QUÁN MỘC"],
                ["Nhân viên", *days(D(2026, 11, 23), 5), "Ghi chú"],
                ["Vy", "6h-14h", "14h-22h", "nghỉ", "Ca 1 (6h-14h)", None, "đi học chiều T6"],
                ["Khoa", "14h-22h", "6h-14h", "6h-14h", "OFF", "18h-23h", None],
            ],
        )
    ),
    (
        E(3, "Ca làm", "2026-11-23T06:00", "2026-11-23T14:00"),
        E(3, "Ca làm", "2026-11-24T14:00", "2026-11-24T22:00"),
        E(3, "Ca 1", "2026-11-26T06:00", "2026-11-26T14:00"),
    ),
    shape=ROSTER,
    options={"person": "VY"},
)

FACTORY = Case(
    "xep-ca-xuong-may",
    on(
        Page(
            [
                ["XƯỞNG MAY SỐ 2 - KỲ CÔNG TỪ 26/11/2026 ĐẾN 02/12/2026"],
                ["Mã NV", "Họ tên", 26, 27, 28, 29, 30, 1, 2, "Số công"],
                ["TỔ CẮT"],
                ["M01", "Đỗ Thị Nga", 1, 1, 1, None, 2, 2, 2, 6],
                ["TỔ MAY"],
                ["M07", "Lý Văn Nam", 3, 3, "P", None, 1, 1, "Ô", 5],
            ],
            merges=((1, 1, 1, 10), (3, 1, 3, 10), (5, 1, 5, 10)),
            name="Kỳ 12",
        ),
        Page(
            [
                ["Ký hiệu", "Tên ca", "Bắt đầu", "Kết thúc"],
                ["Ca 1", "Ca sáng", time(6), time(14)],
                ["Ca 2", "Ca chiều", time(14), time(22)],
                ["Ca 3", "Ca đêm", time(22), time(6)],
            ],
            name="Quy ước",
        ),
    ),
    (
        E(6, "Ca đêm", "2026-11-26T22:00", "2026-11-27T06:00", sheet="Kỳ 12"),
        E(6, "Ca đêm", "2026-11-27T22:00", "2026-11-28T06:00"),
        E(6, "Ca sáng", "2026-11-30T06:00", "2026-11-30T14:00"),
        E(6, "Ca sáng", "2026-12-01T06:00", "2026-12-01T14:00"),
    ),
    refused=frozenset({6}),  # Ô is explained nowhere
    shape=ROSTER,
    options={"person": "ly van nam"},
)

GUARDS = Case(
    "bao-ve-toa-nha",
    on(
        Page(
            [
                ["LỊCH TRỰC BẢO VỆ THÁNG 12 NĂM 2026"],
                ["Ngày", "Thứ", "Anh Sơn", "Anh Tư", "Bác Bảy"],
                [1, "T3", "N", "Đ", "OFF"],
                [2, "T4", "OFF", "N", "Đ"],
                [3, "T5", "Đ", "OFF", "N"],
                [4, "T6", "N", "Đ", "OFF"],
                [],
                ["N: ngày 6h-18h", None, "Đ: đêm 18h-6h"],
            ],
        )
    ),
    (
        E(3, "Ca đêm", "2026-12-01T18:00", "2026-12-02T06:00"),
        E(4, "Ca ngày", "2026-12-02T06:00", "2026-12-02T18:00"),
        E(6, "Ca đêm", "2026-12-04T18:00", "2026-12-05T06:00"),
    ),
    kind="ods",
    shape=ROSTER,
    options={"person": "Tư"},
)

CHOIR = Case(
    "ca-doan-mua-vong",
    on(
        Page(
            [
                ["CA ĐOÀN TÊRÊSA - PHÂN CÔNG HÁT LỄ"],
                ["x: 17h30-18h45; L: lễ sáng 5h-6h"],
                ["Ca viên", "29/11", "6/12", "13/12", "20/12", "24/12"],
                ["Maria Thu", "x", "L", "x", None, "x/L"],
            ],
        )
    ),
    (
        E(4, "Ca x", "2026-11-29T17:30", "2026-11-29T18:45"),
        E(4, "Lễ sáng", "2026-12-06T05:00", "2026-12-06T06:00"),
        E(4, "Ca x", "2026-12-13T17:30", "2026-12-13T18:45"),
        E(4, "Ca x", "2026-12-24T17:30", "2026-12-24T18:45"),
        E(4, "Lễ sáng", "2026-12-24T05:00", "2026-12-24T06:00"),
    ),
    kind="csv",
    delimiter=";",
    shape=ROSTER,
)

SCHOOL_DUTY = Case(
    "truc-ban-giao-vien",
    on(
        Page(
            [
                ["TRƯỜNG THCS HOA SEN - LỊCH TRỰC BAN"],
                ["Áp dụng từ 30/11/2026 đến 20/12/2026"],
                ["STT", "Giáo viên", "Thứ 2", "Thứ 3", "Thứ 4", "Thứ 5", "Thứ 6"],
                [1, "Cô Hạnh", "Sáng", None, "Chiều", None, None],
                [2, "Thầy Dũng", None, "Sáng", None, None, "Sáng"],
                ["Buổi sáng: 6h45-11h15; Buổi chiều: 12h45-17h15"],
            ],
            merges=((6, 1, 6, 7),),
        )
    ),
    (
        E(4, "Ca sáng", "2026-11-30T06:45", "2026-11-30T11:15", "RRULE:FREQ=WEEKLY;UNTIL=20261220T165959Z;BYDAY=MO"),
        E(4, "Ca chiều", "2026-12-02T12:45", "2026-12-02T17:15", "RRULE:FREQ=WEEKLY;UNTIL=20261220T165959Z;BYDAY=WE"),
    ),
    shape=ROSTER,
    options={"person": "Hạnh"},
)

PARKING = Case(
    "giu-xe-hai-tuan",
    on(
        Page(
            [
                ["BÃI GIỮ XE CHỢ TÂN"],
                ["TUẦN 1 (23/11/2026 - 29/11/2026)"],
                ["Tên", "T2 23/11", "T3 24/11", "T4 25/11", "T5 27/11"],
                ["Tám", "A", "B", "A", "A"],
                [],
                ["TUẦN 2 (30/11/2026 - 06/12/2026)"],
                ["Tên", "T2 30/11", "T3 1/12", "T4 2/12", "T5 3/12"],
                ["Tám", "B", "B", None, "x"],
                [],
                ["A", "5h-13h"],
                ["B", "13h-21h"],
            ],
        )
    ),
    (
        E(4, "Ca A", "2026-11-23T05:00", "2026-11-23T13:00"),
        E(4, "Ca B", "2026-11-24T13:00", "2026-11-24T21:00"),
        E(4, "Ca A", "2026-11-25T05:00", "2026-11-25T13:00"),
        E(8, "Ca B", "2026-11-30T13:00", "2026-11-30T21:00"),
        E(8, "Ca B", "2026-12-01T13:00", "2026-12-01T21:00"),
    ),
    refused=frozenset({4, 8}),  # 27/11/2026 is a Friday; x is explained nowhere
    shape=ROSTER,
)

TWO_MONTHS = Case(
    "hai-thang-tren-mot-bang",
    on(
        Page(
            [
                ["LỊCH TRỰC TỔNG ĐÀI 2026"],
                ["Họ đệm", "Tên", "Tháng 11", None, None, "Tháng 12", None, None],
                [None, None, 28, 29, 30, 1, 2, 3],
                ["Lê Thị", "Út", "HC", "HC", None, "HC", "nghỉ phép", "HC"],
                [None, None, None, None, None, None, None, None],
                ["HC (8h-17h)"],
            ],
            merges=((2, 3, 2, 5), (2, 6, 2, 8), (2, 1, 3, 1), (2, 2, 3, 2)),
        )
    ),
    tuple(E(4, "Ca HC", f"2026-{day}T08:00", f"2026-{day}T17:00") for day in ("11-28", "11-29", "12-01", "12-03")),
    shape=ROSTER,
)

ROSTER_CASES = (HOSPITAL, SHOP, CAFE, FACTORY, GUARDS, CHOIR, SCHOOL_DUTY, PARKING, TWO_MONTHS)
