"""What the lines above a table and the sheet's name say about its dates: the month, the year, the term."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from toolkit.core.dates import Period, Title, parse_date
from toolkit.core.dates import read_title as read_line
from toolkit.core.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

LINE_LIMIT = 200
MOST_LINES = 20

_DAY = r"\d{1,2}[/.\-]\d{1,2}(?:[/.\-]\d{4})?"
_FIRST_WEEK = re.compile(
    r"\b(?:tuan 1|tuan dau|week 1|bat dau|khai giang|begins?|starts?)(?: hoc)?(?: tu| on)?(?: ngay)?[: (]{0,3}"
    rf"({_DAY})(?!\d)"
)
_IN_FORCE = re.compile(
    r"\b(?:ap dung|thuc hien|co hieu luc|hieu luc|bat dau|effective|in force)(?: ke)?(?: tu| from)?(?: ngay)?[: ]{1,2}"
    rf"({_DAY})(?!\d)"
)
_SHEET_MONTH = re.compile(r"\b(?:thang|thg|t) ?(\d{1,2})(?: ?[-./_ ] ?(20\d\d))?\b")
_MADE_ON = re.compile(r"\b(?:cap nhat|in|lap|ky|tao|ban hanh|quyet dinh|theo|qd|cong van|sua)\b.{0,25}$")
_SINGLE_DAY = re.compile(rf"\bngay:? ?({_DAY}|\d{{1,2}} thang \d{{1,2}}(?: nam \d{{4}})?)(?!\d)")


@dataclass(frozen=True)
class TitleContext:
    """What a title settles.

    `first`–`last` (both included) is a stated period, `since` the day from which the sheet holds until further notice,
    `around` (exclusive end) the school year in which a date without a year lies; `first_week` is the Monday of week 1,
    `day` the one day that a programme is for.
    """

    text: str = ""
    year: int | None = None
    month: int | None = None
    first: date | None = None
    last: date | None = None
    since: date | None = None
    around: tuple[date, date] | None = None
    first_week: date | None = None
    day: date | None = None

    def window(self, today: date) -> tuple[date, date] | None:
        """The days (start, exclusive end) among which a date without a year lies; None where the title says nothing.

        A title's month carries the days around it over New Year: under "Tháng 12/2026", 2/1 is in 2027.
        """
        if self.first and self.last:
            return self.first, self.last + timedelta(days=1)
        if self.around is not None:
            return self.around
        if self.month is None:
            return None
        year = self.year or _nearest_year(self.month, today)
        if self.month >= 11:
            return date(year, 3, 1), date(year + 1, 3, 1)
        if self.month <= 2:
            return date(year - 1, 11, 1), date(year, 11, 1)
        return date(year, 1, 1), date(year + 1, 1, 1)


def read_title(lines: Iterable[str], sheet_name: str, today: date) -> TitleContext:
    """Read the title's lines; what they leave open the sheet's name may say ("Tháng 11", "T11-2026")."""
    kept = [line for line in (" ".join(line[:LINE_LIMIT].split()) for line in lines) if line][:MOST_LINES]
    said = [read_line(line, today=today) for line in kept]
    period = next((t.period for t in said if t.period and t.period.kind == "custom"), None)
    school_year = next((t.period for t in said if t.period and t.period.kind == "school_year"), None)
    month, year = _month_and_year(said, sheet_name, period or school_year)
    folded = fold(" . ".join(kept))
    return TitleContext(
        text=kept[0] if kept else "",
        year=year,
        month=month,
        first=period.start if period else None,
        last=period.last if period else None,
        since=_in_force_since(folded, today, year),
        around=(school_year.start, school_year.end) if school_year else None,
        first_week=_first_week(folded, today, year),
        day=_single_day(folded, today, year) if period is None and school_year is None else None,
    )


def _month_and_year(said: list[Title], sheet_name: str, period: Period | None) -> tuple[int | None, int | None]:
    month, own_year = next(((t.month, t.year) for t in said if t.month), (None, None))
    year = own_year or next((t.year for t in said if t.year), None)
    if month is None and period is None:
        found = _SHEET_MONTH.search(fold(sheet_name[:LINE_LIMIT]))
        if found and 1 <= int(found[1]) <= 12:
            return int(found[1]), year or (int(found[2]) if found[2] else None)
    return month, year


def _first_week(text: str, today: date, year: int | None) -> date | None:
    found = _FIRST_WEEK.search(text)
    day = _read_day(found[1], today, year) if found else None
    return day - timedelta(days=day.weekday()) if day else None


def _in_force_since(text: str, today: date, year: int | None) -> date | None:
    """`Thực hiện từ ngày 07/09/2026`: the sheet holds from that day until another takes its place."""
    found = _IN_FORCE.search(text)
    return _read_day(found[1], today, year) if found else None


def _single_day(text: str, today: date, year: int | None) -> date | None:
    """The day of "Chương trình ngày 25/11/2026"; None where several are named. When a sheet was made isn't its day."""
    days = {
        day
        for found in _SINGLE_DAY.finditer(text)
        if not _MADE_ON.search(text[: found.start()]) and (day := _read_day(found[1], today, year))
    }
    return days.pop() if len(days) == 1 else None


def _read_day(text: str, today: date, year: int | None) -> date | None:
    day = parse_date(text, today=today, look="forward", year=year).value
    return day.date if day else None


def _nearest_year(month: int, today: date) -> int:
    """The year in which this month is nearest to today's month; half a year ahead counts as ahead."""
    distance = month - today.month
    if distance > 6:
        return today.year - 1
    return today.year + (distance < -5)
