"""Number formats of spreadsheets: what kind of value a number stands for, and what the member sees of it.

Source: ECMA-376 part 1, 18.8.30 (built-in formats) and 18.8.31 (format codes); OpenDocument has the same kinds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from toolkit.sheets.model import Shows, Value

FormatKind = Literal["general", "number", "text", "date", "time", "datetime", "elapsed"]

# Formats 14 and 22 follow the machine's region; members' machines show day first.
BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?",
    13: "# ??/??", 14: "dd/mm/yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 22: "dd/mm/yyyy h:mm", 37: "#,##0;(#,##0)", 38: "#,##0;(#,##0)",
    39: "#,##0.00;(#,##0.00)", 40: "#,##0.00;(#,##0.00)", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss", 48: "##0.0E+0",
    49: "@",
} | dict.fromkeys([*range(27, 37), *range(50, 59)], "dd/mm/yyyy")  # fmt: skip

_MONTHS = [f"thg {n}" for n in range(1, 13)]
_MONTHS_LONG = [f"tháng {n}" for n in range(1, 13)]
_DAYS = ["T2", "T3", "T4", "T5", "T6", "T7", "CN"]
_DAYS_LONG = ["Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật"]

_PIECE = re.compile(
    r'"[^"]*"?|\\.|_.|\*.|\[[^\]]*\]|am/pm|a/p|general|e[+-]|y+|m+|d+|h+|s+(?:\.0+)?|b+|.', re.IGNORECASE | re.DOTALL
)
_MOMENT = re.compile(r"y+|m+|d+|h+|s+(?:\.0+)?|b+", re.IGNORECASE)
_LAST_SERIAL = 2958466  # 31/12/9999, plus one
_WIDE = Context(prec=400)  # room for every digit that a code of that length can ask for
_MAX_CODE = 255  # Excel's own limit; a longer code is shown as General


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """A format code, taken apart. `sections` are the pieces of its parts for positive, negative, zero and text."""

    code: str
    kind: FormatKind
    sections: tuple[tuple[str, ...], ...] = ()


@lru_cache(maxsize=1024)
def number_format(code: str) -> NumberFormat:
    """Take a format code apart. A code that makes no sense is General."""
    if len(code) > _MAX_CODE or not code.strip():
        return NumberFormat("General", "general")
    sections: list[list[str]] = [[]]
    for piece in _PIECE.findall(code):
        if piece == ";":
            sections.append([])
        else:
            sections[-1].append(piece)
    first = sections[0]
    kind = _kind(first)
    return NumberFormat(code, kind, tuple(tuple(section) for section in sections[:4]))


def _kind(pieces: list[str]) -> FormatKind:
    letters = {piece[0].lower() for piece in pieces if _MOMENT.fullmatch(piece)}
    if any(re.fullmatch(r"\[(?:h+|m+|s+)\]", piece.lower()) for piece in pieces):
        return "elapsed"
    has_time = bool(letters & {"h", "s"})
    has_date = bool(letters & {"y", "d", "b"}) or ("m" in letters and not has_time)
    if has_date or has_time:
        return "datetime" if has_date and has_time else "date" if has_date else "time"
    if any(piece.lower() == "general" for piece in pieces):
        return "general"
    if "@" in pieces:
        return "text"
    return "number" if any(piece in "0#?" for piece in pieces) else "general"


def read_number(number: float, form: NumberFormat, *, epoch_1904: bool = False) -> tuple[Value, str, Shows]:
    """What a stored number stands for under a format: its value, what is seen, and which half of a moment is seen.

    Moments are rounded to the second: the fraction of a day is a binary float, and what lies below is noise.
    """
    if form.kind in ("general", "number", "text"):
        return _plain(number), show_number(number, form), ""
    if not 0 <= number < _LAST_SERIAL:
        return _plain(number), general(number), ""
    value, shows = _moment(number, form.kind, epoch_1904=epoch_1904)
    return value, show_moment(value, form), shows


def _plain(number: float) -> int | float:
    """A whole number as int; beyond 15 digits a float no longer knows them."""
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def _moment(number: float, kind: FormatKind, *, epoch_1904: bool) -> tuple[Value, Shows]:
    seconds = round(number * 86400)
    if kind == "elapsed" or (kind == "time" and 86400 <= seconds < 60 * 86400):
        elapsed = timedelta(seconds=seconds)
        return (elapsed if seconds >= 86400 else _time(seconds)), ""
    if seconds < 86400 and (kind == "time" or not epoch_1904):
        return (
            _plain(number) if kind == "date" else _time(seconds)
        ), ""  # day 0 is what a formula without a date leaves
    # Some exporters store midnight some seconds off (local mean time of the year 1900); a date is then still a date.
    if kind == "date" and min(seconds % 86400, -seconds % 86400) <= 60:
        seconds = (seconds + 60) // 86400 * 86400
    days, rest = divmod(seconds, 86400)
    day = _day(days, epoch_1904=epoch_1904)
    if day is None:
        return _plain(number), ""
    if kind == "date" and rest == 0:
        return day, ""
    moment = datetime.combine(day, _time(rest))
    return moment, "date" if kind == "date" else "time" if kind == "time" else ""


def _day(days: int, *, epoch_1904: bool) -> date | None:
    # Serial 60 is 29/02/1900, a day that never was; before it the count starts one day later.
    start = date(1904, 1, 1) if epoch_1904 else date(1899, 12, 30 if days >= 60 else 31)
    try:
        return start + timedelta(days=days)
    except OverflowError:
        return None


def _time(seconds: int) -> time:
    return time(seconds // 3600 % 24, seconds // 60 % 60, seconds % 60)


def general(number: float) -> str:
    """A number as the General format shows it: at most 11 significant digits, whole numbers without a fraction."""
    if number.is_integer() and abs(number) < 1e15:
        return str(int(number))
    return f"{number:.11g}"


def show_number(number: float, form: NumberFormat) -> str:
    """A plain number as its format shows it ("12,5 %" comes as stored: "12.5%"; phone numbers keep their zeros)."""
    if form.kind in ("general", "text") or not form.sections:
        return general(number)
    pieces = list(form.sections[0])
    sign = "-" if number < 0 else ""
    if number < 0 and len(form.sections) > 1:
        pieces, sign = list(form.sections[1]), ""
    elif number == 0 and len(form.sections) > 2:
        pieces = list(form.sections[2])
    if any(piece in ("E+", "E-", "e+", "e-", "/") for piece in pieces) or abs(number) >= 1e15:
        return general(number)
    amount = abs(Decimal(repr(float(number))))
    if any(piece == "%" for piece in pieces):
        amount *= 100
    return sign + _fill(pieces, amount)


def _fill(pieces: list[str], amount: Decimal) -> str:
    places = [index for index, piece in enumerate(pieces) if piece in ("0", "#", "?")]
    if not places:
        return "".join(map(_literal, pieces)).strip()
    point = next((i for i, piece in enumerate(pieces) if piece == "." and i > places[0]), None)
    whole_places = [i for i in places if point is None or i < point]
    decimals = len(places) - len(whole_places)
    last = whole_places[-1] if whole_places else places[0]
    thousands = any(piece == "," for piece in pieces[places[0] : last])
    end = places[-1] + 1
    while end < len(pieces) and pieces[end] == ",":  # each comma behind the digits divides by a thousand
        amount /= 1000
        end += 1
    rounded = str(amount.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP, context=_WIDE))
    whole, _, fraction = rounded.partition(".")
    wanted = sum(pieces[i] == "0" for i in whole_places)
    whole = whole.lstrip("0").rjust(wanted, "0")
    fraction = _optional(fraction, [pieces[i] for i in places if i not in whole_places])
    head = _spread(pieces[places[0] : last + 1], whole, thousands=thousands)
    before, behind = "".join(map(_literal, pieces[: places[0]])), "".join(map(_literal, pieces[end:]))
    return (before + head + ("." + fraction if fraction else "") + behind).strip()


def _spread(pieces: list[str], digits: str, *, thousands: bool) -> str:
    """Set digits into their places from the right; what stands between the places (spaces in a phone number) stays."""
    if thousands:
        return f"{int(digits):,}".rjust(len(digits), "0") if digits else "0" if "0" in pieces else ""
    out: list[str] = []
    rest = digits
    count = sum(piece in ("0", "#", "?") for piece in pieces)
    for piece in reversed(pieces):
        if piece in ("0", "#", "?"):
            count -= 1
            out.append(rest if count == 0 else rest[-1:])
            rest = "" if count == 0 else rest[:-1]
        elif rest:
            out.append(_literal(piece))
    return "".join(reversed(out))


def _optional(fraction: str, places: list[str]) -> str:
    """Leave out trailing zeros that a `#` or `?` doesn't ask for."""
    while places and places[-1] != "0" and fraction.endswith("0"):
        fraction, places = fraction[:-1], places[:-1]
    return fraction


def _literal(piece: str) -> str:
    if piece.startswith('"'):
        return piece.strip('"')
    if piece.startswith("\\"):
        return piece[1:]
    if piece.startswith("[$"):  # a currency, perhaps with a locale: [$₫-42A]
        return piece[2:-1].partition("-")[0]
    if piece.startswith(("_", "*", "[")):
        return ""
    return piece


def show_moment(value: Value, form: NumberFormat) -> str:
    """A date, a time or an elapsed time as its format shows it."""
    if isinstance(value, timedelta) or form.kind == "elapsed":
        return _elapsed(value, form)
    if not isinstance(value, (date, time)):
        return general(float(value)) if isinstance(value, (int, float)) else ""
    day = value if isinstance(value, date) else None
    clock = value.time() if isinstance(value, datetime) else value if isinstance(value, time) else time()
    pieces = [piece.lower() if not piece.startswith(('"', "\\", "[")) else piece for piece in form.sections[0]]
    halves = any(piece in ("am/pm", "a/p") for piece in pieces)
    out: list[str] = []
    for index, piece in enumerate(pieces):
        if piece[0] == "m" and set(piece) == {"m"} and _means_minutes(pieces, index):
            out.append(f"{clock.minute:0{min(len(piece), 2)}d}")
        else:
            out.append(_part(piece, day, clock, halves=halves))
    return "".join(out).strip()


def _means_minutes(pieces: list[str], index: int) -> bool:
    """An `m` means minutes behind hours or before seconds, else months."""
    if len(pieces[index]) > 2:
        return False
    parts = [(i, piece[0]) for i, piece in enumerate(pieces) if _MOMENT.fullmatch(piece)]
    at = next(n for n, (i, _) in enumerate(parts) if i == index)
    return (at > 0 and parts[at - 1][1] == "h") or (at + 1 < len(parts) and parts[at + 1][1] == "s")


def _part(piece: str, day: date | None, clock: time, *, halves: bool) -> str:
    letter, size = piece[0], len(piece)
    if piece in ("am/pm", "a/p"):
        return ("AM" if clock.hour < 12 else "PM")[: 2 if size > 3 else 1]
    if letter == "h" and set(piece) == {"h"}:
        hour = (clock.hour % 12 or 12) if halves else clock.hour
        return f"{hour:0{min(size, 2)}d}"
    if re.fullmatch(r"s+(?:\.0+)?", piece):
        return f"{clock.second:0{min(len(piece.partition('.')[0]), 2)}d}"
    if set(piece) <= {"y"} or set(piece) <= {"d"} or set(piece) <= {"m"}:
        return _calendar_part(letter, size, day)
    return _literal(piece)


def _calendar_part(letter: str, size: int, day: date | None) -> str:
    if day is None:  # a time alone, under a format that also shows a date
        return "00" if letter != "y" else "1900"
    if letter == "y":
        return f"{day.year:04d}" if size > 2 else f"{day.year % 100:02d}"
    if letter == "m":
        by_size = [str(day.month), f"{day.month:02d}", _MONTHS[day.month - 1], _MONTHS_LONG[day.month - 1]]
    else:
        by_size = [str(day.day), f"{day.day:02d}", _DAYS[day.weekday()], _DAYS_LONG[day.weekday()]]
    return by_size[min(size, 4) - 1]


def _elapsed(value: Value, form: NumberFormat) -> str:
    if isinstance(value, time):
        total = value.hour * 3600 + value.minute * 60 + value.second
    else:
        total = int(value.total_seconds()) if isinstance(value, timedelta) else 0
    with_seconds = any(piece.lower().startswith("s") for piece in form.sections[0]) if form.sections else True
    hours, rest = divmod(total, 3600)
    return f"{hours}:{rest // 60:02d}" + (f":{rest % 60:02d}" if with_seconds else "")
