"""A yearly lunar day, written out for the years ahead: no calendar service repeats by the moon."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.core.dates import Day, LunarError, parse_date
from toolkit.core.dates.lunar import Note, anniversary, from_solar, tet
from toolkit.core.text import clean, fold

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from toolkit.calendar.reading.options import ReadOptions

# What comes back every year by the moon, as titles and headings name it.
_YEARLY_WORDS = (
    "giỗ", "kỵ", "kỵ nhật", "sinh nhật", "mừng thọ", "kỷ niệm", "kỉ niệm", "cúng", "rằm", "mùng", "mồng", "tết",
    "giao thừa", "vu lan", "trung thu", "hằng năm", "hàng năm", "mỗi năm", "thanh minh", "vía", "lễ hội", "ông công",
    "ông táo", "đoan ngọ", "anniversary", "birthday",
)  # fmt: skip
_YEARLY = re.compile(r"\b(?:" + "|".join(_YEARLY_WORDS) + r")\b")
_YEARLY_PLAIN = re.compile(r"\b(?:" + "|".join(fold(word) for word in _YEARLY_WORDS if word != "kỵ") + r")\b")
_HEADING = re.compile(r"\b(?:gio|mat|cung)\b")


@dataclass(frozen=True)
class Falls:
    """Where a yearly lunar day falls in one lunar year."""

    year: int
    date: date
    notes: tuple[Note, ...] = ()


def is_yearly(title: str, heading: str, *, given: bool) -> bool:
    """Whether a lunar day without a word on repetition is a yearly one: an anniversary by its title or its heading.

    Under "Ngày giỗ" a stated year is that of the death; elsewhere a stated year means that year alone.
    """
    if _HEADING.search(fold(heading)):
        return True
    if given:
        return False
    written = clean(title[:300]).lower()
    # Typed without marks "cung" is read as cúng; typed with marks, "cùng" is another word.
    return bool(_YEARLY_PLAIN.search(written) if written.isascii() else _YEARLY.search(written))


def days(text: str, day: Day, options: ReadOptions, remembered: Iterable[date]) -> list[Falls]:
    """The days of `options.years` lunar years from the nearest to come, and of earlier years that are remembered."""
    assert day.lunar is not None
    first = _first_year(text, day, options)
    wanted = set(range(first, first + max(1, options.years)))
    kept = {
        falls.date: falls for year in _years_of(remembered) - wanted if (falls := in_year(text, day, year, options))
    }
    found = [falls for at, falls in kept.items() if at in set(remembered) and falls.year < first]
    found += [falls for year in sorted(wanted) if (falls := in_year(text, day, year, options))]
    return sorted(found, key=lambda falls: falls.date)


def _first_year(text: str, day: Day, options: ReadOptions) -> int:
    """The lunar year of the nearest such day to come."""
    assert day.lunar is not None
    if not day.year_given:
        return day.lunar.year
    this_year = from_solar(options.today).year
    falls = in_year(text, day, this_year, options)
    return this_year if falls is not None and falls.date >= options.today else this_year + 1


def in_year(text: str, day: Day, year: int, options: ReadOptions) -> Falls | None:
    """The day in one lunar year; None beyond the years whose calendar is known."""
    try:
        if day.year_given:
            assert day.lunar is not None
            moved = anniversary(day.lunar.day, day.lunar.month, day.lunar.leap, year)
            return Falls(year, moved.date, moved.notes)
        read = parse_date(
            text, today=options.today, look="forward", within=(tet(year), tet(year + 1)), lunar=True
        ).value
        if read is None or not tet(year) <= read.date < tet(year + 1):
            return None  # "rằm" alone is the next one to come, in whatever year it is looked for
    except LunarError:
        return None
    return Falls(year, read.date, read.notes)


def _years_of(remembered: Iterable[date]) -> set[int]:
    years: set[int] = set()
    for at in remembered:
        try:
            years.add(from_solar(at).year)
        except LunarError:
            continue
    return years
