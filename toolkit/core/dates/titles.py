"""What a sheet's title says of the dates below it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from toolkit.core.dates import periods
from toolkit.core.dates.periods import Period, parse_stretch
from toolkit.core.dates.view import cell, compiled
from toolkit.core.dates.vocabulary import MONTH, month_number


@dataclass(frozen=True)
class Title:
    """What a sheet's title says of its dates: a year, a month, a stretch of days. None where it doesn't say."""

    year: int | None = None
    month: int | None = None
    period: Period | None = None


def read_title(text: str, *, today: date) -> Title:
    """`LỊCH THÁNG 12/2026`, `Tuần từ 16/11/2026 đến 22/11/2026`, `Học kỳ I năm học 2026-2027`, `Lịch năm 2026`.

    A school year gives the twelve months from August, so that its dates find their year there. Never raises.
    """
    written = cell(text)
    dates = r"[0-9]{1,2}[/.-][0-9]{1,2}(?:[/.-][0-9]{4})?"
    stretch = compiled(rf"(?P<s>{dates}(?: ?- ?| (?:đến|tới|->) (?:hết )?(?:ngày )?){dates})").search(written)
    if stretch:
        period = parse_stretch(stretch["s"], today=today, look="forward").value
        if period is not None:
            same_month = periods.month_of(period.start) == periods.month_of(period.last)
            year = period.start.year if period.start.year == period.last.year else None
            return Title(year, period.start.month if same_month else None, period)
    school = re.search(r"(?<![0-9])(?P<a>20[0-9]{2}) ?[-/] ?(?P<b>20[0-9]{2})(?![0-9])", written)
    if school and int(school["b"]) == int(school["a"]) + 1:
        return Title(period=Period(date(int(school["a"]), 8, 1), date(int(school["b"]), 8, 1)))
    monthly = compiled(
        rf"(?<!\w)(?:tháng|thg|t)[ :]{{0,2}}(?P<m>{MONTH})(?!\w)"
        r"(?: ?[/-] ?(?P<y>20[0-9]{2})|[ ,]{0,2}năm:? (?P<y2>20[0-9]{2}))?(?![/.-][0-9])"
    ).search(written)
    monthly = monthly or re.search(r"(?<![0-9/.-])(?P<m>[0-9]{1,2})[/-](?P<y>20[0-9]{2})(?![0-9])(?P<y2>)", written)
    any_year = re.search(r"(?<![0-9])20[0-9]{2}(?![0-9])", written)
    year = int(any_year[0]) if any_year else None
    if monthly:
        own = monthly["y"] or monthly["y2"]
        year = int(own) if own else year
        number = month_number(monthly["m"])
        if 1 <= number <= 12 and (own or not monthly[0].startswith("t") or monthly[0].startswith("th")):
            return Title(year, number, periods.month(year, number) if year else None)
    return Title(year, None, periods.year_period(year) if year else None)
