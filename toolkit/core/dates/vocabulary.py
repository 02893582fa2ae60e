"""The words of dates: weekdays, months, sessions, festivals. Data, in proper Vietnamese."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from toolkit.core.dates import numbers
from toolkit.core.dates.view import alternatives
from toolkit.core.text import strip_marks

if TYPE_CHECKING:
    from toolkit.core.dates.day import Session

WEEKDAYS: dict[str, int] = {
    "thứ hai": 0, "thứ ba": 1, "thứ tư": 2, "thứ năm": 3, "thứ sáu": 4, "thứ bảy": 5, "thứ bẩy": 5,
    "chủ nhật": 6, "chúa nhật": 6, "chủ nhựt": 6, "c.nhật": 6, "cn": 6,
    "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6,
}  # fmt: skip
SHORT_ENGLISH_WEEKDAYS: dict[str, int] = {
    "mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6,
}  # fmt: skip
BARE_WEEKDAYS: dict[str, int] = {"hai": 0, "ba": 1, "tư": 2, "năm": 3, "sáu": 4, "bảy": 5, "bẩy": 5}

MONTHS: dict[str, int] = {
    "giêng": 1, "một": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8,
    "chín": 9, "mười": 10, "mười một": 11, "mười hai": 12, "chạp": 12,
}  # fmt: skip
LUNAR_MONTHS = frozenset({"giêng", "gieng", "chạp", "chap"})

ENGLISH_MONTHS: dict[str, int] = {
    "january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8,
    "september": 9, "october": 10, "november": 11, "december": 12, "jan": 1, "feb": 2, "mar": 3, "apr": 4,
    "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip

SESSIONS: dict[str, Session] = {
    "rạng sáng": "night", "mờ sáng": "night", "sáng sớm": "morning", "sáng": "morning", "trưa": "noon",
    "xế chiều": "afternoon", "chiều tối": "evening", "chiều": "afternoon", "tối muộn": "evening", "tối": "evening",
    "nửa đêm": "night", "đêm khuya": "night", "đêm": "night", "khuya": "night",
}  # fmt: skip

SOLAR_FESTIVALS: dict[str, tuple[int, int]] = {
    "quốc khánh": (2, 9), "noel": (25, 12), "nô en": (25, 12), "nôen": (25, 12), "giáng sinh": (25, 12),
    "valentine": (14, 2), "tình nhân": (14, 2), "quốc tế phụ nữ": (8, 3), "phụ nữ việt nam": (20, 10),
    "nhà giáo việt nam": (20, 11), "nhà giáo": (20, 11), "giải phóng miền nam": (30, 4), "giải phóng": (30, 4),
    "thống nhất đất nước": (30, 4), "quốc tế lao động": (1, 5), "quốc tế thiếu nhi": (1, 6), "halloween": (31, 10),
    "tết dương lịch": (1, 1), "tết dương": (1, 1), "tết tây": (1, 1), "thương binh liệt sĩ": (27, 7),
    "văn hóa việt nam": (24, 11), "cá tháng tư": (1, 4), "christmas": (25, 12),
}  # fmt: skip
LUNAR_FESTIVALS: dict[str, tuple[int, int]] = {
    "giỗ tổ hùng vương": (10, 3), "giỗ tổ": (10, 3), "trung thu": (15, 8), "vu lan": (15, 7), "đoan ngọ": (5, 5),
    "ông công ông táo": (23, 12), "ông táo": (23, 12), "phật đản": (15, 4), "hàn thực": (3, 3),
    "nguyên tiêu": (15, 1), "thượng nguyên": (15, 1), "hạ nguyên": (15, 10), "thần tài": (10, 1),
    "thất tịch": (7, 7), "tết nguyên đán": (1, 1), "tết âm lịch": (1, 1), "tết ta": (1, 1),
}  # fmt: skip

ROMAN: dict[str, int] = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


# "T2", "thứ 2", "Th 2", "th.2": a weekday only where nothing that would make it a name or a number hangs on it
_NUMBERED = r"(?:thứ|thu|th|t)[ .]?[2-7](?![0-9])"


@cache
def weekday_pattern() -> str:
    """Any way in which a weekday is written, except the English short forms."""
    return rf"(?:{_NUMBERED}|(?:{alternatives(WEEKDAYS)}))(?!\w)"


SHORT_ENGLISH_WEEKDAY = rf"(?:{alternatives(SHORT_ENGLISH_WEEKDAYS)})(?!\w)"


@cache
def _weekday_table() -> dict[str, int]:
    return {strip_marks(word): n for word, n in {**WEEKDAYS, **SHORT_ENGLISH_WEEKDAYS}.items()}


def weekday_number(text: str) -> int:
    """Monday = 0; `text` has matched the weekday pattern."""
    plain = strip_marks(text)
    return int(plain[-1]) - 2 if plain[-1].isdigit() else _weekday_table()[plain]


@cache
def _session_table() -> dict[str, Session]:
    return {strip_marks(word): session for word, session in SESSIONS.items()}


def session_named(text: str) -> Session:
    """The session of a word that has matched the session pattern."""
    return _session_table()[strip_marks(text)]


SESSION = alternatives(tuple(SESSIONS))
MONTH = rf"[0-9]{{1,2}}|{alternatives(MONTHS)}"


@cache
def _month_table() -> dict[str, int]:
    return {strip_marks(word): n for word, n in MONTHS.items()}


def month_number(text: str) -> int:
    """A month in digits or words; `text` has matched the month pattern."""
    return int(text) if text.isdigit() else _month_table()[strip_marks(text)]


@cache
def festival_table(kind: str) -> dict[str, tuple[int, int]]:
    """Festivals by their unmarked names; `kind` is "solar" or "lunar"."""
    table = SOLAR_FESTIVALS if kind == "solar" else LUNAR_FESTIVALS
    return {strip_marks(name): day for name, day in table.items()}


DAY_WORD = f"[0-9]{{1,2}}|{numbers.pattern(31)}"


# In a sentence: what a number counts ("1/2 kg", "ngày 3 lần"), what "thứ hai" numbers ("lần thứ hai"), what a festival
# gives its name to without being the day ("bánh trung thu").
_COUNTED = (
    "kg ký kí cân lít lạng gram g cái con ly cốc lon chai suất giá lần bữa viên cữ giờ tiếng ngày tháng tuần phần k tr "
    "triệu củ nghìn ngàn đ đồng %"
)
COUNTED = frozenset(_COUNTED.split())
DAY_LEADERS = frozenset({"hoi", "vao", "hom", "bua", "tu"})  # what stands before a day of the month
_CHILD_DOES = frozenset(
    strip_marks("có mua trả gửi gởi chuyển đóng được đi xin mượn vay nộp nhận lãnh ck đổ ăn khám nạp rút sửa").split()
)


def child_does(after: str) -> bool:
    """Whether the `con` behind a day is the one who speaks and does something: "ngày 10 con có chuyển về quê"."""
    words = strip_marks(after[:24]).split()
    return words[:1] == ["con"] and words[1:2] != [] and words[1] in _CHILD_DOES


_BEFORE_ORDINALS = (
    "lần người cái đứa con chiếc tầng phần chương bài ngôi hạng tập vòng cuốn quyển giải bé cô chị anh tháng lớp số"
)
_BEFORE_GIFTS = "bánh quà đồ cây thiệp tiệc mâm cúng mua sắm hoa áo đèn vé nhạc phim với cho của chị cô bạn"


@cache
def words_before_ordinals() -> frozenset[str]:
    return frozenset(strip_marks(_BEFORE_ORDINALS).split())


@cache
def words_before_gifts() -> frozenset[str]:
    return frozenset(strip_marks(_BEFORE_GIFTS).split())
