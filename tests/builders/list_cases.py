"""List-shaped sheets: a heading row, one row per event."""

from __future__ import annotations

from datetime import date, time

from builders.corpus import Case, Expected, Page, moment, on

D = date
E = Expected

LIST_CASES: tuple[Case, ...] = (
    Case(
        "lich-van-phong",
        on(
            Page(
                [
                    ["CÔNG TY TNHH HOA SEN"],
                    ["LỊCH HỌP THÁNG 12 NĂM 2026"],
                    [],
                    ["STT", "Thứ, ngày", "Thời gian", "Nội dung", "Địa điểm", "Thành phần", "Ghi chú"],
                    [1, "Thứ 3, 1/12", "8h30 - 10h", "Giao ban đầu tháng", "Phòng họp A", "Toàn công ty", None],
                    [2, "Thứ 4, 2/12", "14h00-15h30", "Họp phòng kinh doanh", "302", "P. Kinh doanh", "mang báo cáo"],
                    [3, "Thứ 5, 3/12", "từ 9h đến 11h", "Đào tạo sản phẩm mới", "Hội trường", None, None],
                    [4, "Thứ 6, 5/12", "9h", "Duyệt ngân sách", None, None, None],
                    [5, "Thứ 2, 7/12", "8 giờ rưỡi", "Gặp đối tác Nhật", None, None, None],
                    [None, None, None, "Tổng cộng: 5 cuộc"],
                    [],
                    [None, None, None, None, None, "Hà Nội, ngày 28 tháng 11 năm 2026"],
                    [None, None, "Người lập", None, None, "Giám đốc"],
                ],
                merges=((1, 1, 1, 7), (2, 1, 2, 7)),
            )
        ),
        (
            E(5, "Giao ban đầu tháng", "2026-12-01T08:30", "2026-12-01T10:00", location="Phòng họp A"),
            E(6, "Họp phòng kinh doanh", "2026-12-02T14:00", "2026-12-02T15:30"),
            E(7, "Đào tạo sản phẩm mới", "2026-12-03T09:00", "2026-12-03T11:00"),
            E(9, "Gặp đối tác Nhật", "2026-12-07T08:30", "2026-12-07T09:30"),
        ),
        refused=frozenset({8}),  # 5/12/2026 is a Saturday
    ),
    Case(
        "lich-ca-quan-ca-phe",
        on(
            Page(
                [
                    ["BẢNG PHÂN CA - QUÁN MỘC"],
                    ["Ca sáng: 6h-14h; Ca chiều: 14h-22h"],
                    ["Ngày", "Ca", "Nhân viên", "Ghi chú"],
                    [D(2026, 11, 23), "Ca sáng", "Lan", None],
                    [D(2026, 11, 23), "Ca chiều", "Minh", "giữ chìa khóa"],
                    [D(2026, 11, 24), "Ca đêm", "Tú", None],
                    [D(2026, 11, 25), "Ca gãy (6h-10h)", "Lan", None],
                ],
            )
        ),
        (
            E(4, "Lan", "2026-11-23T06:00", "2026-11-23T14:00"),
            E(5, "Minh", "2026-11-23T14:00", "2026-11-23T22:00"),
            E(6, "Tú", "2026-11-24", "2026-11-25"),
            E(7, "Lan", "2026-11-25T06:00", "2026-11-25T10:00"),
        ),
    ),
    Case(
        "thoi-khoa-bieu-dai-hoc",
        on(
            Page(
                [
                    ["THỜI KHÓA BIỂU HỌC KỲ I NĂM HỌC 2026-2027"],
                    ["Tiết 1: 7h-7h50\nTiết 2: 7h55-8h45\nTiết 3: 8h50-9h40\nTiết 4: 9h50-10h40\nTiết 5: 10h45-11h35"],
                    ["Mã học phần", "Tên học phần", "Thứ", "Tiết BĐ", "Số tiết", "Phòng", "Từ ngày", "Đến ngày"],
                    ["KT101", "Kinh tế vi mô", 2, 1, 3, "B201", D(2026, 9, 7), D(2026, 10, 25)],
                    ["TC202", "Tài chính", "Thứ 5", 4, 2, "C105", "07/09/2026", "25/10/2026"],
                    ["GT303", "Giao tiếp", "CN", 1, 2, "A1", "13/09/2026", "13/09/2026"],
                    ["XX404", "Học thêm", "T3", 6, 2, "A1", "07/09/2026", "08/09/2026"],
                ],
            )
        ),
        (
            E(
                4,
                "Kinh tế vi mô",
                "2026-09-07T07:00",
                "2026-09-07T09:40",
                "RRULE:FREQ=WEEKLY;UNTIL=20261025T165959Z;BYDAY=MO",
                location="B201",
            ),
            E(
                5,
                "Tài chính",
                "2026-09-10T09:50",
                "2026-09-10T11:35",
                "RRULE:FREQ=WEEKLY;UNTIL=20261025T165959Z;BYDAY=TH",
            ),
            E(6, "Giao tiếp", "2026-09-13T07:00", "2026-09-13T08:45"),
            E(7, "Học thêm", "2026-09-08", "2026-09-09"),
        ),
    ),
    Case(
        "lich-kham-rang",
        on(
            Page(
                [
                    ["Bệnh nhân", "Ngày giờ hẹn", "Dịch vụ", "SĐT", "Trạng thái"],
                    ["Nguyễn Thị Hoa", moment(2026, 11, 24, 8, 30), "Nhổ răng khôn", "0901234567", "Đã xác nhận"],
                    ["Trần Văn Bình", "25/11/2026 14:15", "Trám răng", "0912000111", ""],
                    ["Lê Mai", "9h30 thứ 6 27/11", "Cạo vôi", None, "HỦY"],
                    ["Phạm Tuấn", "10h00 - 11h30, 28/11/2026", "Niềng răng", None, None],
                    ["Vũ Hà", "khi nào rảnh", "Khám", None, None],
                ],
                name="Lịch hẹn",
            )
        ),
        (
            E(2, "Nhổ răng khôn", "2026-11-24T08:30", "2026-11-24T09:30"),
            E(3, "Trám răng", "2026-11-25T14:15", "2026-11-25T15:15"),
            E(5, "Niềng răng", "2026-11-28T10:00", "2026-11-28T11:30"),
        ),
        refused=frozenset({6}),
        kind="xls",
    ),
    Case(
        "lich-gio-ho-tran",
        on(
            Page(
                [
                    ["NGÀY GIỖ TRONG HỌ"],
                    ["TT", "Người mất", "Ngày giỗ (ÂL)", "Nơi cúng"],
                    [1, "Ông nội", "12/3", "Nhà bác Cả"],
                    [2, "Bà ngoại", "23 tháng Chạp", "Nhà cậu Hai"],
                    [3, "Cụ tổ", "rằm tháng Giêng", "Từ đường"],
                    [4, "Bác Ba", "31/5", None],
                ],
            )
        ),
        (
            E(3, "Ông nội", "2027-04-18", "2027-04-19"),
            E(3, "Ông nội", "2028-04-06", "2028-04-07"),
            E(4, "Bà ngoại", "2027-01-30", "2027-01-31"),
            E(4, "Bà ngoại", "2028-01-19", "2028-01-20"),
            E(5, "Cụ tổ", "2027-02-20", "2027-02-21"),
            E(5, "Cụ tổ", "2028-02-09", "2028-02-10"),
        ),
        refused=frozenset({6}),  # no lunar month has 31 days
        options={"years": 2},
    ),
    Case(
        "to-chuc-su-kien",
        on(
            Page(
                [
                    ["KỊCH BẢN CHƯƠNG TRÌNH KHAI TRƯƠNG – ngày 5/12/2026"],
                    ["TT", "Thời gian", "Hạng mục", "Phụ trách"],
                    [1, "7h00 - 8h00", "Đón khách", "Lan"],
                    [2, "8h00 - 8h30", "Văn nghệ chào mừng", "Đội múa"],
                    [3, "8h30", "Khai mạc", "MC"],
                    [4, "9h - 11h", "Bốc thăm trúng thưởng", "Minh"],
                ],
                merges=((1, 1, 1, 4),),
            )
        ),
        (
            E(3, "Đón khách", "2026-12-05T07:00", "2026-12-05T08:00"),
            E(4, "Văn nghệ chào mừng", "2026-12-05T08:00", "2026-12-05T08:30"),
            E(5, "Khai mạc", "2026-12-05T08:30", "2026-12-05T09:30"),
            E(6, "Bốc thăm trúng thưởng", "2026-12-05T09:00", "2026-12-05T11:00"),
        ),
    ),
    Case(
        "google-calendar-export",
        on(
            Page(
                [
                    ["Subject", "Start Date", "Start Time", "End Date", "End Time", "All Day Event", "Location"],
                    ["Client lunch", "12/01/2026", "12:00 PM", "12/01/2026", "1:30 PM", "False", "Quan An Ngon"],
                    ["Trip to Da Lat", "12/24/2026", "", "12/26/2026", "", "True", "Da Lat"],
                    ["Night shift", "12/04/2026", "10:00 PM", "12/05/2026", "6:00 AM", "False", ""],
                    ["Wrong", "31/12/2026", "9:00 AM", "31/12/2026", "10:00 AM", "False", ""],
                ],
            )
        ),
        (
            E(2, "Client lunch", "2026-12-01T12:00", "2026-12-01T13:30", location="Quan An Ngon"),
            E(3, "Trip to Da Lat", "2026-12-24", "2026-12-27"),
            E(4, "Night shift", "2026-12-04T22:00", "2026-12-05T06:00"),
        ),
        refused=frozenset({5}),
        kind="csv",
    ),
    Case(
        "english-headings",
        on(
            Page(
                [
                    ["Title", "Date", "Start time", "End time", "Location", "Notes", "Repeat"],
                    ["Stand-up", D(2026, 11, 23), time(9, 0), time(9, 15), "Room 2", None, "weekly"],
                    ["Review", "Nov 27, 2026", "14:00", "15:00", None, "bring slides", None],
                    ["Demo day", "4 Dec 2026", None, None, None, None, None],
                ],
            )
        ),
        (
            E(2, "Stand-up", "2026-11-23T09:00", "2026-11-23T09:15", "RRULE:FREQ=WEEKLY"),
            E(3, "Review", "2026-11-27T14:00", "2026-11-27T15:00"),
            E(4, "Demo day", "2026-12-04", "2026-12-05"),
        ),
    ),
    Case(
        "go-tu-may-mac-nfd",
        on(
            Page(
                [
                    ["Tiêu đề", "Ngày", "Giờ", "Địa điểm"],
                    ["Gặp chị Thuý", "Thứ bảy, 28/11/2026", "8 giờ rưỡi sáng", "Quận Bình Thạnh"],
                    ["Về quê ăn giỗ", "12 tháng 12", "cả ngày", "Bến Tre"],
                ],
            )
        ),
        (
            E(2, "Gặp chị Thuý", "2026-11-28T08:30", "2026-11-28T09:30", location="Quận Bình Thạnh"),
            E(3, "Về quê ăn giỗ", "2026-12-12", "2026-12-13"),
        ),
        form="NFD",
        kind="csv",
    ),
    Case(
        "khong-dau",
        on(
            Page(
                [
                    ["Lich lam viec thang 12/2026"],
                    ["Ngay", "Gio", "Cong viec", "Dia diem"],
                    ["Thu 3, 1/12", "8g30", "Gap khach hang moi", "Quan 1"],
                    ["2/12", "2h chieu", "Goi dien cho co Tu", ""],
                    ["3/12", "7h toi - 9h toi", "Lop hoc ban hang", "Zoom"],
                    ["4/12", "ca ngay", "Hoi cho", ""],
                    ["5/12", "sang", "Don kho", ""],
                ],
            )
        ),
        (
            E(3, "Gap khach hang moi", "2026-12-01T08:30", "2026-12-01T09:30"),
            E(4, "Goi dien cho co Tu", "2026-12-02T14:00", "2026-12-02T15:00"),
            E(5, "Lop hoc ban hang", "2026-12-03T19:00", "2026-12-03T21:00"),
            E(6, "Hoi cho", "2026-12-04", "2026-12-05"),
            E(7, "Don kho", "2026-12-05", "2026-12-06"),
        ),
        kind="csv",
        delimiter=";",
    ),
    Case(
        "may-cu-cp1258",
        on(
            Page(
                [
                    ["Ngày", "Giờ", "Nội dung công việc", "Địa điểm"],
                    ["25/11/2026", "8h", "Họp giao ban", "Phòng họp tầng 2"],
                    ["26/11/2026", "14h30", "Kiểm tra kho hàng", "Kho Thủ Đức"],
                ],
            )
        ),
        (
            E(2, "Họp giao ban", "2026-11-25T08:00", "2026-11-25T09:00", location="Phòng họp tầng 2"),
            E(3, "Kiểm tra kho hàng", "2026-11-26T14:30", "2026-11-26T15:30"),
        ),
        kind="csv",
        encoding="cp1258",
    ),
    Case(
        "hai-buoi-trong-mot-o",
        on(
            Page(
                [
                    ["Ngày", "Giờ", "Việc"],
                    [D(2026, 11, 25), "8h-9h30\n14h-15h", "Trực quầy"],
                    [D(2026, 11, 26), "7h-8h; 19h30-21h", "Tập thể dục"],
                    [D(2026, 11, 27), "22h30-2h30", "Trực đêm"],
                    [D(2026, 11, 28), "15h-9h", "Sai giờ"],
                    [D(2026, 11, 29), "8h-8h", "Giờ bằng nhau"],
                    ["30/11/2026, 2/12/2026", "9h", "Giao hàng hai đợt"],
                ],
            )
        ),
        (
            E(2, "Trực quầy", "2026-11-25T08:00", "2026-11-25T09:30"),
            E(2, "Trực quầy", "2026-11-25T14:00", "2026-11-25T15:00"),
            E(3, "Tập thể dục", "2026-11-26T07:00", "2026-11-26T08:00"),
            E(3, "Tập thể dục", "2026-11-26T19:30", "2026-11-26T21:00"),
            E(4, "Trực đêm", "2026-11-27T22:30", "2026-11-28T02:30"),
            E(7, "Giao hàng hai đợt", "2026-11-30T09:00", "2026-11-30T10:00"),
            E(7, "Giao hàng hai đợt", "2026-12-02T09:00", "2026-12-02T10:00"),
        ),
        refused=frozenset({5, 6}),
    ),
    Case(
        "cong-tac-nhieu-ngay",
        on(
            Page(
                [
                    ["Chuyến đi", "Ngày đi", "Ngày về", "Nơi đến"],
                    ["Đà Nẵng gặp đại lý", D(2026, 12, 1), D(2026, 12, 3), "Đà Nẵng"],
                    ["Cần Thơ", "5/12/2026", "5/12/2026", "Cần Thơ"],
                    ["Tết về quê", "30/12/2026", "2/1/2027", "Huế"],
                    ["Hà Nội", "10/12/2026", "8/12/2026", "Hà Nội"],
                ],
            )
        ),
        (
            E(2, "Đà Nẵng gặp đại lý", "2026-12-01", "2026-12-04"),
            E(3, "Cần Thơ", "2026-12-05", "2026-12-06"),
            E(4, "Tết về quê", "2026-12-30", "2027-01-03"),
        ),
        refused=frozenset({5}),
        kind="ods",
    ),
    Case(
        "lop-hoc-them-hang-tuan",
        on(
            Page(
                [
                    ["Lớp", "Môn", "Thời gian học", "Ngày bắt đầu", "Ngày kết thúc", "Lặp lại"],
                    ["9A", "Toán", "18h-19h30", D(2026, 12, 1), D(2026, 12, 31), "thứ 2-4-6"],
                    ["9B", "Văn", "19h30-21h", D(2026, 12, 1), D(2026, 12, 31), "T3, T5"],
                    ["9C", "Anh", "8h-10h", D(2026, 12, 5), None, "hằng tuần"],
                    ["9D", "Lý", "8h-10h", D(2026, 12, 5), D(2026, 12, 31), "khi có thầy"],
                ],
            )
        ),
        (
            E(
                2,
                "Toán",
                "2026-12-02T18:00",
                "2026-12-02T19:30",
                "RRULE:FREQ=WEEKLY;UNTIL=20261231T165959Z;BYDAY=MO,WE,FR",
            ),
            E(3, "Văn", "2026-12-01T19:30", "2026-12-01T21:00", "RRULE:FREQ=WEEKLY;UNTIL=20261231T165959Z;BYDAY=TU,TH"),
            E(4, "Anh", "2026-12-05T08:00", "2026-12-05T10:00", "RRULE:FREQ=WEEKLY"),
        ),
        refused=frozenset({5}),
    ),
    Case(
        "ngay-gop-o",
        on(
            Page(
                [
                    ["LỊCH TUẦN TỪ 23/11/2026 ĐẾN 29/11/2026"],
                    ["Thứ/ngày", "Giờ", "Nội dung", "Địa điểm"],
                    ["Thứ 2\n23/11", "8h", "Giao ban", "P. họp"],
                    [None, "10h", "Gặp khách", "Quán Mộc"],
                    [None, "15h", "Gọi lại", None],
                    ["Thứ 4\n25/11", "9h-11h", "Đi kho", "Thủ Đức"],
                    [None, "14h", "Họp nhóm", "302"],
                ],
                merges=((3, 1, 5, 1), (6, 1, 7, 1)),
            )
        ),
        (
            E(3, "Giao ban", "2026-11-23T08:00", "2026-11-23T09:00"),
            E(4, "Gặp khách", "2026-11-23T10:00", "2026-11-23T11:00"),
            E(5, "Gọi lại", "2026-11-23T15:00", "2026-11-23T16:00"),
            E(6, "Đi kho", "2026-11-25T09:00", "2026-11-25T11:00"),
            E(7, "Họp nhóm", "2026-11-25T14:00", "2026-11-25T15:00"),
        ),
    ),
    Case(
        "ngay-bo-trong-khi-trung",
        on(
            Page(
                [
                    ["Ngày", "Giờ", "Việc"],
                    ["25/11/2026", "8h", "Giao hàng quận 1"],
                    [None, "10h", "Giao hàng quận 3"],
                    [None, "14h", "Thu tiền"],
                    ["26/11/2026", "9h", "Gặp anh Sơn"],
                    [None, "16h", "Kiểm kho"],
                ],
            )
        ),
        (
            E(2, "Giao hàng quận 1", "2026-11-25T08:00", "2026-11-25T09:00"),
            E(3, "Giao hàng quận 3", "2026-11-25T10:00", "2026-11-25T11:00"),
            E(4, "Thu tiền", "2026-11-25T14:00", "2026-11-25T15:00"),
            E(5, "Gặp anh Sơn", "2026-11-26T09:00", "2026-11-26T10:00"),
            E(6, "Kiểm kho", "2026-11-26T16:00", "2026-11-26T17:00"),
        ),
    ),
    Case(
        "quen-ghi-ngay",
        on(
            Page(
                [
                    ["Ngày", "Giờ", "Việc"],
                    ["25/11/2026", "8h", "Giao hàng quận 1"],
                    ["25/11/2026", "10h", "Giao hàng quận 3"],
                    [None, "14h", "Thu tiền"],
                    ["26/11/2026", "9h", None],
                    ["26/13/2026", "9h", "Gặp anh Sơn"],
                ],
            )
        ),
        (
            E(2, "Giao hàng quận 1", "2026-11-25T08:00", "2026-11-25T09:00"),
            E(3, "Giao hàng quận 3", "2026-11-25T10:00", "2026-11-25T11:00"),
        ),
        refused=frozenset({4, 5, 6}),
    ),
    Case(
        "dong-tuan-xen-giua",
        on(
            Page(
                [
                    ["KẾ HOẠCH BÁN HÀNG"],
                    ["Thứ", "Giờ", "Công việc"],
                    ["TUẦN 1 (từ 23/11/2026 đến 29/11/2026)", None, None],
                    ["Thứ 2", "8h", "Họp đầu tuần"],
                    ["Thứ 5", "14h", "Gặp đại lý"],
                    ["TUẦN 2 (từ 30/11/2026 đến 06/12/2026)", None, None],
                    ["Thứ 2", "8h", "Họp đầu tuần"],
                    ["CN", None, "Nghỉ ngơi"],
                ],
                merges=((3, 1, 3, 3), (6, 1, 6, 3)),
            )
        ),
        (
            E(4, "Họp đầu tuần", "2026-11-23T08:00", "2026-11-23T09:00"),
            E(5, "Gặp đại lý", "2026-11-26T14:00", "2026-11-26T15:00"),
            E(7, "Họp đầu tuần", "2026-11-30T08:00", "2026-11-30T09:00"),
            E(8, "Nghỉ ngơi", "2026-12-06", "2026-12-07"),
        ),
    ),
    Case(
        "dong-ngay-xen-giua",
        on(
            Page(
                [
                    ["Giờ", "Nội dung", "Người phụ trách"],
                    ["Thứ Hai, 23/11/2026", None, None],
                    ["8h", "Khai giảng", "Thầy Nam"],
                    ["10h", "Chia nhóm", "Cô Hạnh"],
                    ["Thứ Ba, 24/11/2026", None, None],
                    ["8h30", "Học kỹ năng", "Thầy Nam"],
                ],
                merges=((2, 1, 2, 3), (5, 1, 5, 3)),
            )
        ),
        (
            E(3, "Khai giảng", "2026-11-23T08:00", "2026-11-23T09:00"),
            E(4, "Chia nhóm", "2026-11-23T10:00", "2026-11-23T11:00"),
            E(6, "Học kỹ năng", "2026-11-24T08:30", "2026-11-24T09:30"),
        ),
    ),
    Case(
        "bat-dau-ket-thuc-co-ngay",
        on(
            Page(
                [
                    ["Sự kiện", "Bắt đầu", "Kết thúc", "Phòng"],
                    ["Tập huấn", moment(2026, 12, 1, 8, 0), moment(2026, 12, 1, 17, 0), "302"],
                    ["Trại đông", moment(2026, 12, 4, 14, 0), moment(2026, 12, 6, 11, 0), None],
                    ["Họp", "2/12/2026 9h", "10h30", "A1"],
                    ["Nghỉ phép", "7/12/2026", "9/12/2026", None],
                    ["Ngược", moment(2026, 12, 9, 14, 0), moment(2026, 12, 9, 11, 0), None],
                ],
            )
        ),
        (
            E(2, "Tập huấn", "2026-12-01T08:00", "2026-12-01T17:00", location="Phòng 302"),
            E(3, "Trại đông", "2026-12-04T14:00", "2026-12-06T11:00"),
            E(4, "Họp", "2026-12-02T09:00", "2026-12-02T10:30", location="A1"),
            E(5, "Nghỉ phép", "2026-12-07", "2026-12-10"),
        ),
        refused=frozenset({6}),
    ),
    Case(
        "gach-bo-va-an-dong",
        on(
            Page(
                [
                    ["Ngày", "Giờ", "Việc", "Tình trạng"],
                    ["25/11/2026", "8h", "Việc một", ""],
                    ["25/11/2026", "9h", "Việc hai", "Đã hủy"],
                    ["25/11/2026", "10h", "Việc ba", ""],
                    ["25/11/2026", "11h", "Việc bốn", "xong"],
                    ["25/11/2026", "13h", "[HỦY] Việc năm", ""],
                ],
                hidden=frozenset({5}),
                struck=frozenset({4}),
            )
        ),
        (
            E(2, "Việc một", "2026-11-25T08:00", "2026-11-25T09:00"),
            E(5, "Việc bốn", "2026-11-25T11:00", "2026-11-25T12:00"),
        ),
    ),
    Case(
        "nhieu-trang-cung-kieu",
        (
            Page([["Ngày", "Giờ", "Việc"], ["1/12", "8h", "Họp"], ["2/12", "9h", "Gặp khách"]], name="Tháng 12-2026"),
            Page([["Ngày", "Giờ", "Việc"], ["4/1", "8h", "Họp"], [5, "9h", "Kiểm kho"]], name="Tháng 1-2027"),
            Page([["Danh sách mặt hàng"], ["Áo", 120000], ["Quần", 150000]], name="Hàng"),
        ),
        (
            E(2, "Họp", "2026-12-01T08:00", "2026-12-01T09:00", sheet="Tháng 12-2026"),
            E(3, "Gặp khách", "2026-12-02T09:00", "2026-12-02T10:00", sheet="Tháng 12-2026"),
            E(2, "Họp", "2027-01-04T08:00", "2027-01-04T09:00", sheet="Tháng 1-2027"),
            E(3, "Kiểm kho", "2027-01-05T09:00", "2027-01-05T10:00", sheet="Tháng 1-2027"),
        ),
    ),
    Case(
        "lich-thi-tsv",
        on(
            Page(
                [
                    ["Môn thi", "Ngày thi", "Giờ thi", "Phòng thi", "Thời lượng"],
                    ["Kế toán", "14/12/2026", "7h30", "A101", "90 phút"],
                    ["Luật", "16/12/2026", "13h30", "B202", "2 tiếng"],
                    ["Anh văn", "18/12/2026", "9h", "", "lâu"],
                ],
            )
        ),
        (
            E(2, "Kế toán", "2026-12-14T07:30", "2026-12-14T09:00", location="A101"),
            E(3, "Luật", "2026-12-16T13:30", "2026-12-16T15:30"),
        ),
        refused=frozenset({4}),
        kind="tsv",
    ),
)
