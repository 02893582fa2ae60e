"""Quantities: `2`, `2,5`, `hai`, `một chục`, `3 tá`, `nửa`, `2 ký rưỡi`; exact."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from toolkit.core.text import parse_int
from toolkit.kpi.sentence.compounds import COMPOUNDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.core.sentences.line import Word

_ONES = {
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10, "nửa": None,
}  # fmt: skip
_BARE = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10}
_UNITS = {"mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5, "mot": 1, "tu": 4, "lam": 5}
_GROUPS = {"chục": 10, "tá": 12, "cặp": 2, "trăm": 100, "chuc": 10, "cap": 2, "tram": 100}
_TENS = frozenset({"mươi", "muoi"})
_MOST = 9_999_999


def number_at(words: Sequence[Word], i: int) -> tuple[int, Fraction] | None:
    """The quantity that begins at word i, and where it ends. Never more than seven digits."""
    if not 0 <= i < len(words):
        return None
    if words[i].sort == "digits":
        found = _digits(words, i)
    elif words[i].sort == "word":
        found = _spoken(words, i)
    else:
        return None
    if found is None:
        return None
    end, value = found
    if end < len(words) and words[end].sort == "word" and words[end].text in _GROUPS:
        loose = words[end].text == "cap" and not words[end].unmarked
        loose = loose or COMPOUNDS.at(words, end) > 1  # "3 cặp sách"
        if not loose:
            end, value = end + 1, value * _GROUPS[words[end].text]
    if not 0 < value <= _MOST:
        return None
    return end, value


def _digits(words: Sequence[Word], i: int) -> tuple[int, Fraction] | None:
    whole = parse_int(words[i].text, longest=7)
    if whole is None or (len(words[i].text) > 1 and words[i].text[0] == "0"):
        return None
    part = words[i + 1 : i + 3]
    if _of_a_day(words, i):
        return None
    if len(part) == 2 and part[0].text in ".," and part[0].glued and part[1].glued and part[1].sort == "digits":
        digits = part[1].text
        if len(digits) == 3 and part[0].text == ".":
            return (i + 3, Fraction(whole * 1000 + int(digits)))
        return (i + 3, whole + Fraction(int(digits), 10 ** len(digits))) if len(digits) <= 3 else None
    if len(part) == 2 and part[0].text == "/" and part[1].text in ("2", "4") and words[i].text in ("1", "3"):
        return i + 3, Fraction(whole, int(part[1].text))
    return i + 1, Fraction(whole)


def _of_a_day(words: Sequence[Word], i: int) -> bool:
    """ "31/2": two numbers with a stroke are a day that there isn't, or a house; only 1/2, 1/4, 3/4 are parts."""
    if i > 1 and words[i].glued and words[i - 1].text == "/" and words[i - 1].glued and words[i - 2].sort == "digits":
        return True
    part = words[i + 1 : i + 3]
    stroke = len(part) == 2 and part[0].text == "/" and part[0].glued and part[1].sort == "digits" and part[1].glued
    return stroke and not (words[i].text in ("1", "3") and part[1].text in ("2", "4"))


def _spoken(words: Sequence[Word], i: int) -> tuple[int, Fraction] | None:
    word = words[i]
    more = i > 0 and words[i - 1].sort == "amount"  # "coc them 3tr nua"
    if word.text == "nửa" or (word.text == "nua" and word.unmarked and not more):
        return i + 1, Fraction(1, 2)
    if COMPOUNDS.at(words, i) > 1:
        return None  # "cai bon tam"
    value = _ONES.get(word.text) or (_BARE.get(word.text) if word.loose and word.unmarked else None)
    if value is None:
        return (i, Fraction(1)) if word.text in ("tá", "chục") else None
    end = i + 1
    if end < len(words) and words[end].text in _TENS and 2 <= value <= 9:
        value, end = value * 10, end + 1
    elif value != 10:
        return end, Fraction(value)
    unit = words[end] if end < len(words) else None
    if unit is not None and unit.sort == "word":
        ones = _ONES.get(unit.text) or _UNITS.get(unit.text) or (_BARE.get(unit.text) if unit.unmarked else None)
        if ones and ones < 10:
            return end + 1, Fraction(value + ones)
    return end, Fraction(value)


def number_ending(words: Sequence[Word], end: int) -> tuple[int, Fraction] | None:
    """The quantity that ends right before word `end`, and where it begins."""
    for start in range(max(0, end - 4), end):
        found = number_at(words, start)
        if found is not None and found[0] == end:
            return start, found[1]
    return None
