"""The headings we know, as members write them: data, no code. Matched on folded keys, so marks and case don't matter.

Within a field the first name is the one that we show when we list what we know.
"""

from __future__ import annotations

from typing import Final, Literal

Field = Literal[
    "title", "work", "who", "date", "start_date", "end_date", "weekday", "lunar", "when", "time", "start", "end",
    "start_time", "end_time", "session", "lesson", "lesson_start", "lesson_end", "lesson_count", "shift", "duration",
    "place", "room", "note", "people", "email", "reminder", "repeat", "weeks", "id", "status", "color", "all_day",
    "number", "private", "month", "year",
]  # fmt: skip

ALIASES: Final[dict[Field, tuple[str, ...]]] = {
    # --- what: the best of title, work, who that a sheet has becomes the event's title
    "title": (
        "Tiêu đề", "Sự kiện", "Tên sự kiện", "Tên lịch", "Tiêu đề sự kiện", "Tên cuộc họp", "Tên buổi", "Tên lễ",
        "Subject", "Title", "Event", "Event name", "Event title", "Summary", "Appointment", "Meeting",
    ),
    "work": (
        "Công việc", "Nội dung", "Nội dung công việc", "Nội dung làm việc", "Nội dung cuộc họp", "Tên công việc",
        "Việc", "Việc cần làm", "Đầu việc", "Hoạt động", "Tên hoạt động", "Hạng mục", "Nhiệm vụ", "Vụ việc",
        "Chương trình", "Tên chương trình", "Môn", "Môn học", "Tên môn", "Tên môn học", "Môn thi", "Tên môn thi",
        "Học phần", "Tên học phần", "Tên HP", "Lớp học phần", "Tên lớp học phần", "Khoá học", "Tên khoá học",
        "Lịch hẹn", "Cuộc hẹn", "Cuộc họp", "Buổi họp", "Buổi tập", "Chủ đề", "Đề tài", "Chuyên đề", "Bài học", "Lễ",
        "Dịp", "Ngày lễ", "Dịch vụ", "Chuyến", "Chuyến đi", "Chuyến bay", "Hành trình", "Tour", "Đơn hàng", "Lịch",
        "Lịch làm việc", "Lịch công tác", "Mục đích", "Lý do", "Task", "Activity", "Work", "Course", "Course name",
        "Class", "Topic", "What", "Session", "Session title", "Trận", "Trận đấu", "Cặp đấu", "Thuốc", "Tên thuốc",
        "Bài dạy", "Tên bài", "Tên bài dạy", "Tên bài học", "Báo cáo", "Tên báo cáo",
    ),
    "who": (
        "Khách hàng", "Tên khách hàng", "Tên khách", "Khách", "Họ tên", "Họ và tên", "Tên", "Họ tên khách",
        "Người mất", "Tên người mất", "Người đã mất", "Bệnh nhân", "Tên bệnh nhân", "Họ tên bệnh nhân", "Nhân viên",
        "Tên nhân viên", "Người trực", "Người làm", "Đối tác", "Client", "Customer", "Name", "Patient", "Employee",
        "Người đặt", "Người hẹn", "Người thuê", "Client name", "Customer name", "Patient name", "Full name", "Student",
    ),
    # --- which day
    "date": (
        "Ngày", "Ngày tháng", "Thứ ngày", "Thứ, ngày", "Thứ/ngày", "Thứ - ngày", "Ngày thứ", "Ngày, thứ", "Ngày/thứ",
        "Ngày tháng năm", "Ngày diễn ra", "Ngày tổ chức", "Ngày thực hiện", "Ngày làm", "Ngày làm việc", "Ngày hẹn",
        "Ngày họp", "Ngày thi", "Ngày học", "Ngày khám", "Ngày giao", "Ngày gặp", "Ngày trực", "Ngày dương",
        "Hẹn tái khám", "Ngày tái khám", "Hẹn khám", "Ngày tiêm", "Hạn nộp", "Hạn cuối", "Hạn hoàn thành",
        "Ngày đến hạn", "Ngày dương lịch", "Dương lịch", "Hạn", "Hạn chót", "Thời hạn", "Deadline", "Date", "Day",
        "Appointment date", "Event date", "Meeting date", "Session date", "Class date", "Visit date",
        "Due date",
    ),
    "start_date": (
        "Ngày bắt đầu", "Từ ngày", "Ngày BĐ", "Ngày đi", "Ngày khởi hành", "Ngày nhận phòng", "Ngày vào học",
        "Khai giảng", "Ngày khai giảng", "Ngày KG",
        "Start date", "From date", "Date from", "Begin date",
    ),
    "end_date": (
        "Ngày kết thúc", "Đến ngày", "Tới ngày", "Ngày KT", "Ngày về", "Ngày trả phòng", "Bế giảng",
        "Ngày bế giảng", "Lặp đến", "Lặp đến ngày", "Lặp tới", "Hết lặp", "End date", "To date", "Date to", "Until",
    ),
    "weekday": ("Thứ", "Thứ trong tuần", "Ngày trong tuần", "Weekday", "Day of week", "Days"),
    "lunar": (
        "Âm lịch", "Ngày âm", "Ngày âm lịch", "Lịch âm", "Ngày giỗ", "Ngày giỗ âm lịch", "Ngày giỗ ÂL",
        "Ngày mất âm lịch", "Ngày mất ÂL", "Ngày cúng", "Ngày ÂL", "Ngày tháng âm lịch", "ÂL", "Lunar date", "Lunar",
    ),
    "when": (
        "Thời gian", "Ngày giờ", "Ngày, giờ", "Ngày giờ hẹn", "Giờ ngày", "Thời điểm", "Thời gian diễn ra",
        "Thời gian tổ chức", "Thời gian thực hiện", "Thời gian học", "Ngày và giờ", "Ngày - giờ", "Ngày/giờ",
        "Lịch học", "Khi nào", "Date time", "Date and time", "When", "Datetime", "Date/time",
    ),
    # --- what time
    "time": (
        "Giờ", "Giờ giấc", "Khung giờ", "Giờ học", "Giờ làm", "Giờ hẹn", "Giờ họp", "Giờ thi", "Giờ khám", "Giờ gặp",
        "Giờ giao", "Giờ diễn ra", "Mấy giờ", "Time", "Hours", "Hour", "Time slot", "Appointment time", "Event time",
        "Meeting time", "Session time",
    ),
    "start": ("Bắt đầu", "Từ", "BĐ", "Thời gian bắt đầu", "Start", "From", "Begin", "Begins", "Starts"),
    "end": ("Kết thúc", "Đến", "Tới", "KT", "Thời gian kết thúc", "End", "To", "Ends", "Finish"),
    "start_time": (
        "Giờ bắt đầu", "Từ giờ", "Giờ BĐ", "Giờ vào", "Giờ đi", "Giờ cất cánh", "Giờ xuất phát", "Giờ xuất bến",
        "Giờ khởi hành", "Giờ vào ca", "Start time",
        "From time", "Time from", "Begin time", "Time in",
    ),
    "end_time": (
        "Giờ kết thúc", "Giờ hạ cánh", "Giờ đến nơi", "Giờ về bến", "Đến giờ", "Giờ KT", "Giờ ra", "Giờ về",
        "Giờ tan", "Giờ ra ca", "Giờ tan ca", "End time",
        "To time", "Time to", "Finish time", "Time out",
    ),
    "session": ("Buổi", "Buổi học", "Buổi làm", "Sáng/chiều", "Sáng/chiều/tối", "Part of day"),
    "lesson": ("Tiết", "Tiết học", "Các tiết", "Tiết thứ", "Lesson", "Lessons", "Period", "Periods"),
    "lesson_start": ("Tiết BĐ", "Tiết bắt đầu", "Từ tiết", "Tiết đầu", "Start period"),
    "lesson_end": ("Tiết KT", "Tiết kết thúc", "Đến tiết", "Tiết cuối", "End period"),
    "lesson_count": ("Số tiết", "ST", "Number of periods"),
    "shift": ("Ca", "Ca làm", "Ca làm việc", "Ca trực", "Ca học", "Ca thi", "Tên ca", "Shift"),
    "duration": ("Thời lượng", "Số phút", "Số giờ", "Kéo dài", "Duration"),
    # --- where, who, how
    "place": (
        "Địa điểm", "Địa chỉ", "Nơi", "Nơi tổ chức", "Nơi gặp", "Nơi họp", "Nơi diễn ra", "Địa điểm họp",
        "Địa điểm tổ chức", "Chỗ", "Sân", "Sân đấu", "Sân vận động", "Chi nhánh", "Cơ sở", "Cửa hàng", "Toà nhà",
        "Điểm hẹn", "Điểm đến", "Ở đâu", "Chỗ nào", "Location", "Place", "Venue", "Where", "Address",
    ),
    "room": ("Phòng", "Phòng học", "Phòng họp", "Phòng thi", "Phòng khám", "Giảng đường", "Room", "Classroom"),
    "note": (
        "Ghi chú", "Mô tả", "Chi tiết", "Diễn giải", "Chú thích", "Lưu ý", "Nội dung chi tiết", "Mô tả chi tiết",
        "Thông tin thêm", "Dặn", "Dặn dò", "Lời dặn", "Note", "Notes", "Description", "Details", "Remark", "Remarks",
        "Comment", "Comments",
    ),
    "people": (
        "Thành phần", "Người tham dự", "Thành phần tham dự", "Người tham gia", "Thành phần tham gia", "Tham dự",
        "Khách mời", "Người dự", "Attendees", "Participants", "Guests", "Invitees",
    ),
    "email": ("Email", "E-mail", "Thư điện tử", "Địa chỉ email", "Email khách", "Email người tham dự", "Mail"),
    "reminder": ("Nhắc trước", "Nhắc", "Nhắc nhở", "Báo trước", "Nhắc lịch", "Reminder", "Reminders", "Alarm", "Alert"),
    "repeat": ("Lặp lại", "Lặp", "Chu kỳ", "Tần suất", "Định kỳ", "Repeat", "Repeats", "Recurrence", "Frequency"),
    "weeks": ("Tuần học", "Tuần", "Các tuần", "Tuần thứ", "Weeks", "Week"),
    "id": (
        "Mã", "ID", "Mã sự kiện", "Mã lịch", "Mã lịch hẹn", "Mã hẹn", "Mã số", "Mã phiếu", "Mã cuộc hẹn", "UID",
        "Event ID", "Code",
    ),
    "status": ("Trạng thái", "Tình trạng", "Tình hình", "Status", "State"),
    "color": ("Màu", "Màu sắc", "Color", "Colour"),
    "all_day": ("Cả ngày", "Cả ngày?", "All day event", "All day", "All-day"),
    "number": ("STT", "TT", "Số TT", "Số thứ tự", "No", "No.", "#"),
    "private": ("Riêng tư", "Private"),
    "month": ("Tháng", "Month"),
    "year": ("Năm", "Year"),
}  # fmt: skip

#: The same, for `find_heading`, which knows nothing of our fields.
NAMES: Final[dict[str, tuple[str, ...]]] = dict(ALIASES.items())

#: First words that tell what a heading means though we don't know all of it ("Giờ dạy", "Nơi tiêm"), and the words
#: that make it something else behind them ("Ngày sinh"). Folded. The first that fits counts.
FIRST_WORDS: Final[tuple[tuple[str, Field, frozenset[str]], ...]] = (
    ("noi dung", "work", frozenset()),
    ("gio", "time", frozenset({"cong", "lam", "nghi", "tang", "quy", "bay"})),
    ("ngay", "date", frozenset({
        "sinh", "cap", "ky", "lap", "tao", "cap nhat", "dat", "dang", "nhap", "mua", "gui", "in", "ban", "thanh", "het",
        "hieu", "nghi", "cong", "vao", "mat", "phep", "nop", "chot", "bat", "ket", "cuoi", "dau", "xuat", "nhan", "ra",
    })),
    ("noi", "place", frozenset({"sinh", "cap", "o", "cong", "thuong", "nhan", "gui"})),
    ("dia diem", "place", frozenset()),
    ("diem don", "place", frozenset()),
    ("diem tap", "place", frozenset()),
    ("diem khoi", "place", frozenset()),
    ("diem xuat", "place", frozenset()),
    ("phong", "room", frozenset({"ban", "trao", "chong"})),
    ("ket thuc", "end", frozenset()),
    ("viec", "work", frozenset()),
    ("cong viec", "work", frozenset()),
    ("hoat dong", "work", frozenset()),
    ("su kien", "title", frozenset()),
    ("mon", "work", frozenset()),
    ("lop", "who", frozenset({"truong"})),
    ("ho ten", "who", frozenset({"nguoi", "giao", "giang", "bac", "phu", "gv", "bs", "cha", "me", "vo", "chong"})),
    ("ten", "who", frozenset({"nguoi", "giao", "giang", "bac", "phu", "gv", "bs", "don", "cong", "tai", "file"})),
)  # fmt: skip

#: Words of headings over sums and amounts. Folded.
COUNTED: Final = frozenset({
    "tien", "don gia", "gia", "doanh thu", "doanh so", "chi phi", "so luong", "sl", "thu", "chi", "cong no", "ton kho",
    "amount", "price", "quantity", "total", "balance",
})  # fmt: skip

#: Headings of books of account, folded; "thu" and "chi" count with their marks only ("Thứ" is a weekday).
ACCOUNTS: Final = frozenset({
    "so tien", "thanh tien", "don gia", "doanh thu", "doanh so", "chi phi", "cong no", "ton kho", "ton quy", "con lai",
    "da tra", "phai tra", "phai thu", "so du", "tien thu", "tien chi", "amount", "price", "balance", "paid", "debit",
    "credit",
})  # fmt: skip
ACCOUNTS_MARKED: Final = frozenset({"thu", "chi", "tồn", "nợ", "có"})

#: A column of days that nothing else explains is when it takes place, unless its heading has one of these words.
NO_DAYS: Final = frozenset({
    "sinh", "cap", "ky", "lap", "tao", "nhap", "mua", "ban", "gui", "in", "het", "han", "hsd", "nsx", "san xuat",
    "dang",
    "cap nhat", "thanh toan", "tra", "nop", "dat", "tham gia", "vao", "nghi", "mat", "cuoi", "birth", "dob", "expiry",
    "expires", "created", "updated", "issued", "paid", "order", "joined",
})  # fmt: skip

#: A column that nothing else explains is the title, unless its heading has one of these words. Folded.
NO_TITLES: Final = frozenset({
    "giang vien", "giao vien", "gv", "phu trach", "nguoi", "mc", "lien he", "lien lac", "sdt", "dt", "dien thoai", "so",
    "link", "zalo", "facebook", "nguon", "don vi", "bo phan", "ban", "to", "trang phuc", "chu tri", "bac si", "hlv",
    "huan luyen vien", "tai lieu", "chuan bi", "ket qua", "ghi", "phi", "gia", "tien", "lai xe", "phuong tien", "xe",
    "teacher", "speaker", "host", "owner", "phone", "url", "website", "khoa", "nganh", "nam", "loai", "danh muc",
})  # fmt: skip

#: The headings of the csv file that Google Calendar itself imports. It writes dates the American way: month first.
GOOGLE_CSV: Final = frozenset({"subject", "start date"})

#: What a title column may be, best first.
TITLE_FIELDS: Final[tuple[Field, ...]] = ("title", "work", "who")

#: A heading of one of these says on which day; one of `TITLE_FIELDS` (or a shift) says what. A list has both.
DAY_FIELDS: Final[frozenset[Field]] = frozenset({"date", "start_date", "weekday", "lunar", "when", "start"})

#: A heading of one of these says at what time.
TIME_FIELDS: Final[tuple[Field, ...]] = (
    "time", "start_time", "end_time", "session", "lesson", "lesson_start", "shift",
)  # fmt: skip

#: Sheets that explain and hold no events; nothing is said about leaving them out. Folded.
GUIDE_SHEETS: Final = frozenset({"huong dan", "guide", "help", "readme", "cach dien", "chu thich", "danh muc"})
