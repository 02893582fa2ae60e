"""Small numbers in Vietnamese words, as days, months and hours are spoken: một … năm mươi chín."""

from __future__ import annotations

from functools import cache

from toolkit.core.text import strip_marks

_UNITS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9}
_AFTER_TENS = _UNITS | {"mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5}
_TENS = {"hai": 20, "ba": 30, "bốn": 40, "tư": 40, "năm": 50}
_CONTRACTED = ("mốt", "hai", "ba", "tư", "lăm", "nhăm", "sáu", "bảy", "bẩy", "tám", "chín")  # "hai mốt", "ba lăm"


@cache
def words() -> dict[str, int]:
    """Every way in which 1 … 59 are said, in proper Vietnamese."""
    table = dict(_UNITS) | {"tư": 4, "mười": 10}
    for unit, n in _AFTER_TENS.items():
        if unit not in ("mốt", "tư"):
            table[f"mười {unit}"] = 10 + n
    for tens, base in _TENS.items():
        table[f"{tens} mươi"] = base
        for unit, n in _AFTER_TENS.items():
            table[f"{tens} mươi {unit}"] = base + n
            if unit in _CONTRACTED:
                table[f"{tens} {unit}"] = base + n
    for unit, n in _AFTER_TENS.items():
        table[f"hăm {unit}"] = 20 + n
    table["hăm mươi"] = 20
    return table


@cache
def _plain() -> dict[str, int]:
    table: dict[str, int] = {}
    for word, n in words().items():
        # "mốt" without its marks is "mot" like "một": both are 1, so nothing is lost
        table.setdefault(strip_marks(word), n)
    return table


@cache
def pattern(most: int) -> str:
    """A pattern for 1 … `most` in words, the longest first (to be passed through `either`)."""
    fitting = [word for word, n in words().items() if n <= most]
    return "|".join(sorted(fitting, key=len, reverse=True))


def number(text: str) -> int | None:
    """Digits (at most four) or words as a number; None if it is neither."""
    text = text.strip()
    if text.isascii() and text.isdigit():
        return int(text) if len(text) <= 4 else None
    return _plain().get(strip_marks(text))
