"""The lesser columns of a row: reminders, lengths, colours, addresses, yes and no, cancelled or not."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from toolkit.core.text import clean, fold

CELL_LIMIT = 2_000
TITLE_LIMIT = 1_000
TEXT_LIMIT = 8_000  # Google Calendar keeps 8,192 characters of a description
MAX_REMINDERS = 5  # Google Calendar: at most five overrides of at most four weeks
MAX_REMINDER_MINUTES = 40_320
MAX_ATTENDEES = 200  # Google Calendar takes no more guests than this on one event
MAX_MINUTES = 7 * 24 * 60

_UNITS: Final = {
    "phut": 1, "ph": 1, "p": 1, "'": 1, "minutes": 1, "minute": 1, "mins": 1, "min": 1, "m": 1,
    "tieng": 60, "gio": 60, "g": 60, "h": 60, "hours": 60, "hour": 60, "hrs": 60, "hr": 60,
    "ngay": 1440, "hom": 1440, "days": 1440, "day": 1440, "d": 1440,
    "tuan": 10080, "weeks": 10080, "week": 10080, "w": 10080,
}  # fmt: skip
_AMOUNT = re.compile(
    r"(\d{1,6}|nua|mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi)(?:[.,](5|25|75))? ?"
    r"(" + "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True)) + r")?(?![a-z])"
)
_WORDS: Final = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10}
_PARTS = re.compile(r"[;,\n+&]|\bva\b|\band\b")
_FILLER = re.compile(r"^(?:nhac )?(?:truoc )?|(?: truoc| before| earlier| nua)$")
_DECIMAL = re.compile(r"\b(\d),(5|25|75)(?= ?(?:gio|tieng|h|ngay)\b)")
_NOTHING = frozenset({"", "-", "khong", "ko", "k", "no", "none", "0", "khong nhac", "x"})
_CLOCKWISE = re.compile(r"(\d{1,3}) ?(?:h|g|gio|tieng|:) ?(\d{1,2}) ?(?:phut|ph|p|')?")

_YES = frozenset({"co", "x", "v", "true", "yes", "y", "1", "dung", "ca ngay", "✓", "✔", "☑", "✅", "all day"})
_NO = frozenset({"", "khong", "ko", "false", "no", "n", "0", "sai", "-", "☐"})

#: Google Calendar's eleven event colours by their Vietnamese and English names, and by the plain colours they are.
COLORS: Final[dict[str, str]] = {
    "oai huong": "1", "lavender": "1", "tim nhat": "1",
    "xo thom": "2", "sage": "2", "xanh la nhat": "2", "xanh la cay nhat": "2",
    "nho": "3", "grape": "3", "tim": "3", "purple": "3",
    "hong hac": "4", "flamingo": "4", "hong": "4", "pink": "4",
    "chuoi": "5", "banana": "5", "vang": "5", "yellow": "5",
    "quyt": "6", "tangerine": "6", "cam": "6", "orange": "6",
    "cong": "7", "peacock": "7", "xanh da troi": "7", "xanh lam": "7", "xanh ngoc": "7", "turquoise": "7",
    "than chi": "8", "graphite": "8", "xam": "8", "ghi": "8", "gray": "8", "grey": "8",
    "viet quat": "9", "blueberry": "9", "xanh duong": "9", "xanh nuoc bien": "9", "xanh bien": "9", "blue": "9",
    "hung que": "10", "basil": "10", "xanh la": "10", "xanh la cay": "10", "xanh luc": "10", "luc": "10", "green": "10",
    "ca chua": "11", "tomato": "11", "do": "11", "red": "11",
}  # fmt: skip

_CANCELLED = frozenset({
    "huy", "da huy", "huy bo", "bi huy", "huy lich", "huy hen", "huy buoi", "hoan", "hoan lai", "tam hoan", "da hoan",
    "nghi", "khong to chuc", "cancel", "cancelled", "canceled", "postponed", "dropped",
})  # fmt: skip
_MAY_CANCEL = re.compile(r"[\[(*:–—-]|đã", re.IGNORECASE)
# In a title "hủy" must stand apart, without its marks in brackets: "Huy: gặp khách" is a person, "Hủy hợp đồng" a task.
_CANCELLED_TITLE = re.compile(
    r"^[\[(*]{1,2}(?:đã )?(?:hủy|huy|hoãn|cancelled|canceled)[\])*]{1,2}"
    r"|[\[(](?:đã )?(?:hủy|huy|hoãn|cancelled|canceled)[\])]$"
    r"|^(?:đã )?(?:hủy|cancelled|canceled) ?[:–—-]|^đã hủy\b"
)

# A cell beside the title may say it in so many words; without its marks it could be somebody called Huy.
_CANCELLED_MARK = re.compile(
    r"[\[(*]{0,3}(?:đã hủy|hủy|bị hủy|hủy bỏ|da huy|cancelled|canceled)"
    r"(?:[\])*.!]{0,3}| ?[:,(–—-](?!.*\b(?:nếu|khi|trước|if|when)\b).*)"
)
_PUT_OFF = frozenset({"hoãn", "đã hoãn", "tạm hoãn", "hoãn lại", "nghỉ", "được nghỉ"})
_MOVED = re.compile(
    r"(?:đã |được |xin )?(?:dời|hoãn|lùi|chuyển|đổi)(?: lịch| ngày| giờ| buổi)? (?:sang|đến|tới|qua|lại|vào)\b"
    r"[^\d]{0,40}\d{1,2} ?(?:[hg:/.-]|giờ|tháng)"
)

_ADDRESS = re.compile(r"[A-Za-z0-9._%+\-']{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.\-]{0,251}[A-Za-z0-9])?\.[A-Za-z]{2,24}")
_SEPARATORS = re.compile(r"[;,\n\s<>()\"]+")


@lru_cache(maxsize=4096)
def read_minutes(text: str, *, bare: int = 1) -> int | None:
    """One length such as `30 phút`, `1 giờ`, `1h30`, `1,5 giờ`, `nửa tiếng`, `2 ngày`, in minutes; None if it is none.

    A bare number counts `bare` minutes each.
    """
    folded = _FILLER.sub("", fold(text[:100])).strip(" .")
    clock = _CLOCKWISE.fullmatch(folded)
    if clock and int(clock[2]) < 60:
        return int(clock[1]) * 60 + int(clock[2])
    half = folded.endswith(" ruoi")
    found = _AMOUNT.fullmatch(folded.removesuffix(" ruoi"))
    if not found:
        return None
    unit = _UNITS[found[3]] if found[3] else bare
    if found[1] == "nua":
        return unit // 2 if found[3] and unit > 1 else None
    amount = _WORDS.get(found[1]) or int(found[1])
    part = {"5": 50, "25": 25, "75": 75, None: 0}[found[2]]
    return amount * unit + unit * part // 100 + (unit // 2 if half else 0)


@lru_cache(maxsize=4096)
def read_reminders(text: str) -> tuple[int, ...] | None:
    """Reminders in minutes before the start, in the order given; () for "không"; None where one can't be understood.

    More than five, or one of more than four weeks, can't be kept by a calendar and counts as not understood.
    """
    folded = fold(text[:CELL_LIMIT])
    if folded in _NOTHING:
        return ()
    minutes: list[int] = []
    for part in _PARTS.split(_DECIMAL.sub(r"\1.\2", folded)):
        if not part.strip():
            continue
        amount = read_minutes(part)
        if amount is None or amount > MAX_REMINDER_MINUTES:
            return None
        if amount not in minutes:
            minutes.append(amount)
    return tuple(minutes) if 0 < len(minutes) <= MAX_REMINDERS else None


def read_yes(text: str) -> bool | None:
    """Yes or no as people tick it; None if it is neither."""
    folded = fold(text[:100])
    return True if folded in _YES else False if folded in _NO else None


def read_color(text: str) -> str | None:
    """A colour's name as Google Calendar's number "1" … "11"; None if we don't know it."""
    folded = fold(text[:100]).removeprefix("mau ").strip()
    if folded in COLORS:
        return COLORS[folded]
    return folded if folded.isascii() and folded.isdigit() and 1 <= int(folded) <= 11 else None


def is_cancelled_status(text: str) -> bool:
    """A status that says that the event doesn't take place: `HỦY`, `đã huỷ`, `Hoãn`, `Cancelled`."""
    return fold(text[:100]).strip(" .!()[]*") in _CANCELLED


def is_cancelled_title(text: str) -> bool:
    """A title that says so itself: `[HỦY] họp nhóm`, `HỦY: họp nhóm`, `họp nhóm (đã huỷ)`."""
    return bool(_MAY_CANCEL.search(text[:300]) and _CANCELLED_TITLE.search(clean(text[:300]).lower()))


def is_moved(text: str) -> bool:
    """A status or note that gives the event another day or hour: `Dời sang 26/11`, `hoãn đến 9h`."""
    return bool(_MOVED.match(clean(text[:300]).lower()))


def is_cancelled_mark(text: str) -> bool:
    """A note or other cell that says nothing else, or says it first: `HỦY`, `ĐÃ HỦY`, `Đã huỷ - khách bận`."""
    if len(text) > 300:
        return False
    said = " ".join(clean(text).lower().split())
    return said.strip(" .!()[]*") in _PUT_OFF or bool(_CANCELLED_MARK.fullmatch(said))


def read_addresses(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The e-mail addresses in a text, lower-cased and once each, and the pieces with an @ that are none."""
    good: dict[str, None] = {}
    bad: list[str] = []
    for piece in _SEPARATORS.split(text):
        candidate = piece.strip(".:'[]").removeprefix("mailto:")
        if "@" not in candidate:
            continue
        if len(candidate) <= 254 and _ADDRESS.fullmatch(candidate) and ".." not in candidate:
            good[candidate.lower()] = None
        else:
            bad.append(candidate[:100])
    return tuple(good), tuple(bad)
