"""Grids: days across and hours down, sessions across and days down."""

from __future__ import annotations

from datetime import date

from builders.corpus import Case, Expected, Page, on

D = date
E = Expected
WEEK, SESSIONS = "weekday_grid", "session_grid"

GRID_CASES: tuple[Case, ...] = (
    Case(
        "thoi-khoa-bieu-tuan",
        on(
            Page(
                [
                    ["LỊCH TUẦN TỪ 23/11/2026 ĐẾN 28/11/2026"],
                    ["Giờ", "Thứ 2", "Thứ 3", "Thứ 4", "Thứ 5", "Thứ 6", "Thứ 7"],
                    ["7h-8h30", "Họp giao ban", None, "Gặp khách\nQuán Mộc", None, None, None],
                    ["8h30-10h", "Gọi khách cũ", "Đi kho", None, "Đi kho", None, "Dọn hàng"],
                    ["NGHỈ TRƯA", None, None, None, None, None, None],
                    ["14h-16h", None, "Đào tạo", None, None, "Tổng kết tuần", "-"],
                    ["16h-17h", None, None, None, None, None, None],
                ],
                merges=((1, 1, 1, 7), (5, 1, 5, 7), (6, 3, 7, 3)),
            )
        ),
        (
            E(3, "Họp giao ban", "2026-11-23T07:00", "2026-11-23T08:30"),
            E(3, "Gặp khách", "2026-11-25T07:00", "2026-11-25T08:30"),
            E(4, "Gọi khách cũ", "2026-11-23T08:30", "2026-11-23T10:00"),
            E(4, "Đi kho", "2026-11-24T08:30", "2026-11-24T10:00"),
            E(4, "Đi kho", "2026-11-26T08:30", "2026-11-26T10:00"),
            E(4, "Dọn hàng", "2026-11-28T08:30", "2026-11-28T10:00"),
            E(6, "Đào tạo", "2026-11-24T14:00", "2026-11-24T17:00"),
            E(6, "Tổng kết tuần", "2026-11-27T14:00", "2026-11-27T16:00"),
        ),
        shape=WEEK,
    ),
    Case(
        "thoi-khoa-bieu-truong-pho-thong",
        on(
            Page(
                [
                    ["TRƯỜNG THPT NGUYỄN DU"],
                    ["THỜI KHÓA BIỂU LỚP 10A1 - Áp dụng từ 07/09/2026 đến 15/01/2027"],
                    ["Buổi", "Tiết", "Thứ 2", "Thứ 3", "Thứ 4", "Thứ 5", "Thứ 6", "Thứ 7"],
                    ["Sáng", 1, "Chào cờ", "Toán", "Văn", "Lý", "Hóa", "Sinh"],
                    [None, 2, "Toán", "Toán", "Văn", "Anh", None, "Sử"],
                    ["Chiều", 1, None, "Thể dục", None, None, None, None],
                    [None, 2, None, None, "Tin", None, None, None],
                ],
                merges=((1, 1, 1, 8), (2, 1, 2, 8), (4, 1, 5, 1), (6, 1, 7, 1), (4, 4, 5, 4)),
            )
        ),
        tuple(
            E(row, f"{title} ({label})", start, end, f"RRULE:FREQ=WEEKLY;UNTIL=20270115;BYDAY={day}")
            for row, title, label, start, end, day in (
                (4, "Chào cờ", "sáng, tiết 1", "2026-09-07", "2026-09-08", "MO"),
                (4, "Toán", "sáng, tiết 1-2", "2026-09-08", "2026-09-09", "TU"),
                (4, "Văn", "sáng, tiết 1", "2026-09-09", "2026-09-10", "WE"),
                (4, "Lý", "sáng, tiết 1", "2026-09-10", "2026-09-11", "TH"),
                (4, "Hóa", "sáng, tiết 1", "2026-09-11", "2026-09-12", "FR"),
                (4, "Sinh", "sáng, tiết 1", "2026-09-12", "2026-09-13", "SA"),
                (5, "Toán", "sáng, tiết 2", "2026-09-07", "2026-09-08", "MO"),
                (5, "Văn", "sáng, tiết 2", "2026-09-09", "2026-09-10", "WE"),
                (5, "Anh", "sáng, tiết 2", "2026-09-10", "2026-09-11", "TH"),
                (5, "Sử", "sáng, tiết 2", "2026-09-12", "2026-09-13", "SA"),
                (6, "Thể dục", "chiều, tiết 1", "2026-09-08", "2026-09-09", "TU"),
                (7, "Tin", "chiều, tiết 2", "2026-09-09", "2026-09-10", "WE"),
            )
        ),
        shape=WEEK,
    ),
    Case(
        "tkb-co-gio-tiet",
        on(
            Page(
                [
                    ["Học kỳ I: từ 07/09/2026 đến 25/10/2026"],
                    ["Tiết \\ Thứ", 2, 3, 4, 5, 6],
                    ["Tiết 1 (7h00-7h45)", "Toán\nP.201\nCô Hạnh", None, "Lý", None, None],
                    ["Tiết 2 (7h50-8h35)", None, None, None, "Anh", None],
                    ["Tiết 3 (8h40-9h25)", None, None, None, None, "Nhạc"],
                ],
                merges=((3, 2, 4, 2),),
            )
        ),
        (
            E(3, "Toán", "2026-09-07T07:00", "2026-09-07T08:35",
              "RRULE:FREQ=WEEKLY;UNTIL=20261025T165959Z;BYDAY=MO", location="P.201"),
            E(3, "Lý", "2026-09-09T07:00", "2026-09-09T07:45", "RRULE:FREQ=WEEKLY;UNTIL=20261025T165959Z;BYDAY=WE"),
            E(4, "Anh", "2026-09-10T07:50", "2026-09-10T08:35", "RRULE:FREQ=WEEKLY;UNTIL=20261025T165959Z;BYDAY=TH"),
            E(5, "Nhạc", "2026-09-11T08:40", "2026-09-11T09:25", "RRULE:FREQ=WEEKLY;UNTIL=20261025T165959Z;BYDAY=FR"),
        ),
        shape=WEEK,
    ),
    Case(
        "lich-truc-hai-tuan",
        on(
            Page(
                [
                    ["LỊCH LÀM VIỆC"],
                    ["TUẦN 1 (23/11/2026 - 29/11/2026)"],
                    ["Buổi", "Thứ Hai\n23/11", "Thứ Ba\n24/11", "Thứ Tư\n25/11", "Thứ Năm\n27/11"],
                    ["Sáng", "Họp", None, "Trực", "Sai ngày"],
                    ["Chiều", None, "14h: Gặp chị Hoa\n16h gọi anh Sơn", None, None],
                    [],
                    ["TUẦN 2 (30/11/2026 - 06/12/2026)"],
                    ["Buổi", "Thứ Hai\n30/11", "Thứ Ba\n1/12", "Thứ Tư\n2/12", "Thứ Năm\n3/12"],
                    ["Sáng", "Họp", None, None, None],
                    ["Chiều", None, None, None, "Nghỉ"],
                ],
            )
        ),
        (
            E(4, "Họp", "2026-11-23", "2026-11-24"),
            E(4, "Trực", "2026-11-25", "2026-11-26"),
            E(5, "Gặp chị Hoa", "2026-11-24T14:00", "2026-11-24T15:00"),
            E(5, "gọi anh Sơn", "2026-11-24T16:00", "2026-11-24T17:00"),
            E(9, "Họp", "2026-11-30", "2026-12-01"),
        ),
        refused=frozenset({4}),  # 27/11/2026 is a Friday
        shape=WEEK,
    ),
    Case(
        "ngay-va-buoi",
        on(
            Page(
                [
                    ["LỊCH CÔNG TÁC THÁNG 12/2026"],
                    ["Thứ", "Ngày", "Sáng", "Chiều", "Tối", "Ghi chú"],
                    ["T3", "1/12", "8h: Giao ban\n10h gặp đại lý", "Đi thị trường", None, "mang mẫu"],
                    ["T4", "2/12", "Đào tạo nhân viên mới", None, None, None],
                    ["T5", D(2026, 12, 3), None, "2h họp nhóm", "Ăn tối với đối tác\nQuán Ngon", None],
                    ["T6", "5/12", "Nộp báo cáo", None, None, None],
                ],
                merges=((4, 3, 4, 4),),
            )
        ),
        (
            E(3, "Giao ban", "2026-12-01T08:00", "2026-12-01T09:00"),
            E(3, "gặp đại lý", "2026-12-01T10:00", "2026-12-01T11:00"),
            E(3, "Đi thị trường", "2026-12-01", "2026-12-02"),
            E(4, "Đào tạo nhân viên mới", "2026-12-02", "2026-12-03"),
            E(5, "họp nhóm", "2026-12-03T14:00", "2026-12-03T15:00"),
            E(5, "Ăn tối với đối tác", "2026-12-03", "2026-12-04"),
        ),
        refused=frozenset({6}),  # 5/12/2026 is a Saturday
        shape=SESSIONS,
    ),
    Case(
        "tuan-co-dong-ngay",
        on(
            Page(
                [
                    ["Ca", "T2", "T3", "T4", "T5", "T6", "T7", "CN"],
                    [None, *(D(2026, 11, day) for day in range(23, 30))],
                    ["6h-14h", "Lan", "Lan", "Minh", None, "Lan", "Minh", None],
                    ["22h-6h", "Tú", None, None, "Tú", None, None, "Tú"],
                ],
            )
        ),
        (
            E(3, "Lan", "2026-11-23T06:00", "2026-11-23T14:00"),
            E(3, "Lan", "2026-11-24T06:00", "2026-11-24T14:00"),
            E(3, "Minh", "2026-11-25T06:00", "2026-11-25T14:00"),
            E(3, "Lan", "2026-11-27T06:00", "2026-11-27T14:00"),
            E(3, "Minh", "2026-11-28T06:00", "2026-11-28T14:00"),
            E(4, "Tú", "2026-11-23T22:00", "2026-11-24T06:00"),
            E(4, "Tú", "2026-11-26T22:00", "2026-11-27T06:00"),
            E(4, "Tú", "2026-11-29T22:00", "2026-11-30T06:00"),
        ),
        shape=WEEK,
    ),
)  # fmt: skip
