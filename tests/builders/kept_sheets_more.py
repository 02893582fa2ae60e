"""The rest of the sheets of `kept_sheets`: offices, organisers of events, and files that are easily misread."""

from __future__ import annotations

from datetime import date, time

from builders.corpus import Page, on
from builders.judging import Entry
from builders.kept_sheets import (
    Kept,
    Rows,
    anniversaries,
    birthdays,
    cafe_week,
    deliveries,
    duty_doctors,
    each,
    exam_two_tables,
    follow_up,
    housework,
    housework_without_start,
    language_centre,
    livestreams,
    makeup_classes,
    medicine,
    primary_timetable,
    receivables,
    teachers_week,
    university_weeks,
    vaccinations,
    ward_positions,
)

E = Entry
D = date


# --- offices -------------------------------------------------------------------------------------------------------


def leaders_week() -> Kept:
    """The week of a people's committee's leaders: day merged, session, hour inside the text or in a column."""
    rows: Rows = [
        ["UBND PHƯỜNG TÂN ĐỊNH"],
        ["LỊCH CÔNG TÁC TUẦN 48 (Từ ngày 23/11/2026 đến ngày 27/11/2026)"],
        ["Thứ/ngày", "Buổi", "Thời gian", "Nội dung công việc", "Địa điểm", "Chủ trì", "Thành phần"],
        ["Thứ Hai\n23/11", "Sáng", "8h00", "Giao ban đầu tuần", "Phòng họp 1", "Chủ tịch", "Các PCT"],
        [None, "Chiều", "14h00", "Tiếp dân định kỳ", "Phòng tiếp dân", "PCT Nam", None],
        ["Thứ Ba\n24/11", "Sáng", "7h30", "Kiểm tra trật tự đô thị", "Chợ Tân Định", "PCT Nam", "Đội QLTTĐT"],
        [None, "Chiều", None, "Làm việc tại phòng", None, None, None],
        ["Thứ Tư\n25/11", "Sáng", "9h00", "Họp thường kỳ", "Phòng họp 1", "Chủ tịch", "UBND"],
    ]
    return Kept(
        "lich-cong-tac-tuan",
        on(Page(rows, merges=((1, 1, 1, 7), (2, 1, 2, 7), (4, 1, 5, 1), (6, 1, 7, 1)))),
        (
            E(4, "Giao ban đầu tuần", "2026-11-23T08:00", "2026-11-23T09:00", location="Phòng họp 1"),
            E(5, "Tiếp dân định kỳ", "2026-11-23T14:00", "2026-11-23T15:00", location="Phòng tiếp dân"),
            E(6, "Kiểm tra trật tự đô thị", "2026-11-24T07:30", "2026-11-24T08:30", location="Chợ Tân Định"),
            E(7, "Làm việc tại phòng", "2026-11-24", "2026-11-25"),
            E(8, "Họp thường kỳ", "2026-11-25T09:00", "2026-11-25T10:00", location="Phòng họp 1"),
        ),
    )


def reports_due() -> Kept:
    """Reports that fall due: quarterly, half-yearly, monthly."""
    rows: Rows = [
        ["BÁO CÁO ĐỊNH KỲ PHÒNG KẾ TOÁN"],
        ["Tên báo cáo", "Hạn nộp", "Định kỳ", "Lặp đến", "Nơi nhận"],
        ["Thuế GTGT", "20/01/2027", "hằng quý", "31/12/2027", "Chi cục thuế"],
        ["Lao động", "05/12/2026", "6 tháng một lần", "31/12/2027", "Sở LĐTBXH"],
        ["Bảo hiểm", "10/12/2026", "hằng tháng", "28/02/2027", "BHXH quận"],
        ["Quyết toán năm", "31/03/2027", None, None, "Chi cục thuế"],
    ]
    return Kept(
        "bao-cao-dinh-ky",
        on(Page(rows)),
        (
            *each(3, "Thuế GTGT", "2027-01-20 2027-04-20 2027-07-20 2027-10-20"),
            *each(4, "Lao động", "2026-12-05 2027-06-05 2027-12-05"),
            *each(5, "Bảo hiểm", "2026-12-10 2027-01-10 2027-02-10"),
            *each(6, "Quyết toán năm", "2027-03-31"),
        ),
    )


def training_sessions() -> Kept:
    """Courses counted in meetings: "10 lần", "8 buổi"."""
    rows: Rows = [
        ["Khóa học", "Ngày bắt đầu", "Giờ", "Lặp lại", "Phòng"],
        ["Kỹ năng bán hàng", "24/11/2026", "18h-20h", "hằng tuần, 4 lần", "P1"],
        ["Excel cho kế toán", "25/11/2026", "18h30-20h30", "thứ 4, 6 (6 buổi)", "P2"],
        ["Họp giao ban", "23/11/2026", "8h-9h", "2 tuần một lần, 3 lần", "P3"],
        ["Trực điện thoại", "23/11/2026", "12h-13h", "cách tuần", "P3"],
    ]
    return Kept(
        "khoa-hoc-theo-buoi",
        on(Page(rows)),
        (
            *each(2, "Kỹ năng bán hàng", "2026-11-24 2026-12-01 2026-12-08 2026-12-15", "18:00-20:00"),
            *each(3, "Excel cho kế toán",
                  "2026-11-25 2026-11-27 2026-12-02 2026-12-04 2026-12-09 2026-12-11", "18:30-20:30"),
            *each(4, "Họp giao ban", "2026-11-23 2026-12-07 2026-12-21", "08:00-09:00"),
            *each(5, "Trực điện thoại", "2026-11-23 2026-12-07 2026-12-21", "12:00-13:00"),
        ),
        command=("--until", "31/12/2026"),
    )  # fmt: skip


def two_languages() -> Kept:
    """A foreign company's visitors, headings in both languages on one line."""
    rows: Rows = [
        ["Ngày / Date", "Giờ / Time", "Nội dung / Content", "Địa điểm / Venue", "Ghi chú / Remark"],
        ["30-Nov-2026", "9:00 AM - 11:30 AM", "Factory tour", "Bình Dương", "safety shoes"],
        ["01-Dec-2026", "2:00 PM", "Ký hợp đồng", "Head office", None],
    ]
    return Kept(
        "khach-nuoc-ngoai",
        on(Page(rows)),
        (
            E(2, "Factory tour", "2026-11-30T09:00", "2026-11-30T11:30", location="Bình Dương", note="safety shoes"),
            E(3, "Ký hợp đồng", "2026-12-01T14:00", "2026-12-01T15:00", location="Head office"),
        ),
    )


def room_bookings() -> Kept:
    """Rooms across, hours down, for one day: whose meeting is whose isn't a member's calendar; nothing is guessed."""
    rows: Rows = [
        ["ĐĂNG KÝ PHÒNG HỌP"],
        ["Giờ", "Phòng A", "Phòng B", "Phòng C"],
        ["8h-9h", "Kế toán", None, "Nhân sự"],
        ["9h-10h", None, "Kinh doanh", "Nhân sự"],
        ["10h-11h", "Kế toán", "Kinh doanh", None],
    ]
    return Kept("dang-ky-phong", on(Page(rows)), (), silent=frozenset(range(1, 6)))


def own_headings() -> Kept:
    """Headings of somebody's own, named on the command line."""
    rows: Rows = [
        ["Hôm nào", "Lúc", "Vụ gì", "Với ai", "Chốn"],
        ["24/11/2026", "8h30", "Ký giấy tờ nhà", "cô Út", "VP công chứng"],
        ["26/11/2026", "15h-16h", "Sửa xe", "anh Bảy", "Ngã tư Bảy Hiền"],
    ]
    return Kept(
        "tieu-de-rieng",
        on(Page(rows)),
        (
            E(2, "Ký giấy tờ nhà", "2026-11-24T08:30", "2026-11-24T09:30", location="VP công chứng", note="cô Út"),
            E(3, "Sửa xe", "2026-11-26T15:00", "2026-11-26T16:00", location="Ngã tư Bảy Hiền"),
        ),
        command=("--heading", "Hôm nào=date", "--heading", "Lúc=time", "--heading", "Vụ gì=title", "--heading",
                 "chốn=place"),
    )  # fmt: skip


def own_headings_unsaid() -> Kept:
    """The same sheet and nobody says what its columns are: no event, and the headings are named."""
    kept = own_headings()
    return Kept("tieu-de-chua-ro", kept.pages, (), silent=frozenset({1, 2, 3}))


# --- events --------------------------------------------------------------------------------------------------------


def running_order() -> Kept:
    """The running order of a year-end party: one day above, start times, lengths in minutes."""
    rows: Rows = [
        ["KỊCH BẢN TIỆC TẤT NIÊN"],
        ["Ngày 26/12/2026 - Nhà hàng Hương Sen"],
        ["TT", "Giờ", "Thời lượng", "Nội dung", "Phụ trách"],
        [1, "17:30", "30 phút", "Đón khách", "Lễ tân"],
        [2, "18:00", "15 phút", "Khai mạc", "MC Thanh"],
        [3, "18:15", "1 giờ", "Dùng tiệc", None],
        [4, "19:15", "45'", "Bốc thăm", "Ban tổ chức"],
    ]
    return Kept(
        "kich-ban-tat-nien",
        on(Page(rows, merges=((1, 1, 1, 5), (2, 1, 2, 5)))),
        (
            E(4, "Đón khách", "2026-12-26T17:30", "2026-12-26T18:00"),
            E(5, "Khai mạc", "2026-12-26T18:00", "2026-12-26T18:15"),
            E(6, "Dùng tiệc", "2026-12-26T18:15", "2026-12-26T19:15"),
            E(7, "Bốc thăm", "2026-12-26T19:15", "2026-12-26T20:00"),
        ),
        trade="events",
    )


def tour() -> Kept:
    """A tour's days as lines between the hours."""
    rows: Rows = [
        ["CHƯƠNG TRÌNH ĐÀ LẠT 3 NGÀY 2 ĐÊM"],
        ["Giờ", "Hoạt động", "Địa điểm"],
        ["NGÀY 1: Thứ Sáu 04/12/2026"],
        ["5h30", "Xe đón", "Công viên 23/9"],
        ["12h", "Ăn trưa", "Nhà hàng Đà Lạt Xưa"],
        ["NGÀY 2: Thứ Bảy 05/12/2026"],
        ["8h-11h30", "Vườn hoa", "Hồ Xuân Hương"],
        ["NGÀY 3: Chủ Nhật 06/12/2026"],
        ["10h", "Về lại thành phố", None],
    ]
    return Kept(
        "tour-da-lat",
        on(Page(rows, merges=((1, 1, 1, 3), (3, 1, 3, 3), (6, 1, 6, 3), (8, 1, 8, 3)))),
        (
            E(4, "Xe đón", "2026-12-04T05:30", "2026-12-04T06:30", location="Công viên 23/9"),
            E(5, "Ăn trưa", "2026-12-04T12:00", "2026-12-04T13:00"),
            E(7, "Vườn hoa", "2026-12-05T08:00", "2026-12-05T11:30"),
            E(9, "Về lại thành phố", "2026-12-06T10:00", "2026-12-06T11:00"),
        ),
        silent=frozenset({3, 6, 8}),
        trade="events",
    )


def wedding() -> Kept:
    """A wedding's preparations: a moved row, a struck row, a doubtful time."""
    rows: Rows = [
        ["CHUẨN BỊ ĐÁM CƯỚI THƯ & KHÔI"],
        ["Hạng mục", "Ngày", "Từ", "Đến", "Nơi", "Tình trạng"],
        ["Thử váy", "28/11/2026", "9h", "11h", "Studio Mây", "xong"],
        ["Chụp hình", "05/12/2026", "5h30", "17h", "Hồ Cốc", "đã đặt"],
        ["Thử món", "06/12/2026", "18h", "17h", "Hương Sen", None],
        ["In thiệp", "01/12/2026", None, None, None, "HỦY"],
        ["Lễ rước dâu", "26/12/2026", "7h", None, "Nhà gái", None],
    ]
    return Kept(
        "dam-cuoi",
        on(Page(rows)),
        (
            E(3, "Thử váy", "2026-11-28T09:00", "2026-11-28T11:00", location="Studio Mây"),
            E(4, "Chụp hình", "2026-12-05T05:30", "2026-12-05T17:00", location="Hồ Cốc"),
            E(7, "Lễ rước dâu", "2026-12-26T07:00", "2026-12-26T08:00", location="Nhà gái"),
        ),
        refused=frozenset({5, 6}),
        trade="events",
    )


def matches() -> Kept:
    """A football league: two teams a row, a score column still empty."""
    rows: Rows = [
        ["GIẢI BÓNG ĐÁ PHỦI MÙA ĐÔNG 2026"],
        ["Lượt", "Ngày", "Giờ", "Trận đấu", "Sân", "Tỷ số"],
        [1, "Thứ 7, 28/11", "15h30", "FC Bình Tân - Sài Gòn Trẻ", "Sân Phú Thọ", None],
        [1, "CN, 29/11", "7h", "Thủ Đức United - FC Gò Vấp", "Sân Hoa Lư", None],
        [2, "Thứ 7, 6/12", "15h30", "Sài Gòn Trẻ - FC Gò Vấp", "Sân Phú Thọ", None],
    ]
    return Kept(
        "giai-bong-da",
        on(Page(rows)),
        (
            E(3, "FC Bình Tân - Sài Gòn Trẻ", "2026-11-28T15:30", "2026-11-28T16:30", location="Sân Phú Thọ"),
            E(4, "Thủ Đức United - FC Gò Vấp", "2026-11-29T07:00", "2026-11-29T08:00", location="Sân Hoa Lư"),
        ),
        refused=frozenset({5}),  # 6/12 is a Sunday
        trade="events",
    )


def fair_days() -> Kept:
    """A fair over several days, each written out; real times in cells; the second sheet for December."""
    first: Rows = [
        ["Hoạt động", "Ngày", "Bắt đầu", "Kết thúc"],
        ["Dựng gian hàng", "26, 27/11/2026", time(8), time(17)],
        ["Hội chợ", "28-30/11/2026", None, None],
    ]
    second: Rows = [
        ["Hoạt động", "Ngày", "Bắt đầu", "Kết thúc"],
        ["Dọn gian hàng", D(2026, 12, 1), time(7, 30), time(12)],
    ]
    return Kept(
        "hoi-cho",
        on(Page(first, name="Tháng 11"), Page(second, name="Tháng 12")),
        (
            *each(2, "Dựng gian hàng", "2026-11-26 2026-11-27", "08:00-17:00", sheet="Tháng 11"),
            E(3, "Hội chợ", "2026-11-28", "2026-12-01", sheet="Tháng 11"),
            E(2, "Dọn gian hàng", "2026-12-01T07:30", "2026-12-01T12:00", sheet="Tháng 12"),
        ),
        trade="events",
    )


def parish_week() -> Kept:
    """A parish's masses for a week: sessions across, days down."""
    rows: Rows = [
        ["GIÁO XỨ TÂN ĐỊNH - THÁNH LỄ TUẦN TỪ 23/11/2026 ĐẾN 29/11/2026"],
        ["Ngày", "Sáng", "Chiều"],
        ["Thứ 2\n23/11", "5h00: Lễ sáng", "17h30: Lễ chiều"],
        ["Thứ 7\n28/11", "5h00: Lễ sáng", "16h: Giáo lý\n18h: Lễ vọng"],
        ["CN\n29/11", "5h00: Lễ nhất\n7h30: Lễ thiếu nhi", None],
    ]
    return Kept(
        "thanh-le",
        on(Page(rows)),
        (
            *each(3, "Lễ sáng", "2026-11-23", "05:00-06:00"),
            *each(3, "Lễ chiều", "2026-11-23", "17:30-18:30"),
            *each(4, "Lễ sáng", "2026-11-28", "05:00-06:00"),
            *each(4, "Giáo lý", "2026-11-28", "16:00-17:00"),
            *each(4, "Lễ vọng", "2026-11-28", "18:00-19:00"),
            *each(5, "Lễ nhất", "2026-11-29", "05:00-06:00"),
            *each(5, "Lễ thiếu nhi", "2026-11-29", "07:30-08:30"),
        ),
        shape="session_grid",
        trade="events",
    )


def template_left_in() -> Kept:
    """Our own template with its examples left in."""
    rows: Rows = [
        ["Tiêu đề", "Ngày", "Giờ bắt đầu", "Giờ kết thúc", "Địa điểm", "Mã"],
        ["(ví dụ) Gặp chị Hoa", "30/11/2026", "8h30", "9h30", "Cà phê 81", "VD1"],
        ["(ví dụ) Giỗ bà nội", "12/3 ÂL", None, None, None, "VD4"],
        ["Gặp anh Minh", "01/12/2026", "9h", "10h", "Quán Mộc", None],
    ]
    return Kept(
        "mau-con-vi-du",
        on(Page(rows)),
        (E(4, "Gặp anh Minh", "2026-12-01T09:00", "2026-12-01T10:00", location="Quán Mộc"),),
        silent=frozenset({2, 3}),
    )


KEPT = (
    makeup_classes, exam_two_tables, primary_timetable, language_centre, teachers_week, university_weeks,
    ward_positions, duty_doctors, vaccinations, follow_up,
    deliveries, cafe_week, livestreams, receivables,
    anniversaries, housework, housework_without_start, medicine, birthdays,
    leaders_week, reports_due, training_sessions, two_languages, room_bookings, own_headings, own_headings_unsaid,
    running_order, tour, wedding, matches, fair_days, parish_week, template_left_in,
)  # fmt: skip
