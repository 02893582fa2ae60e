"""Which days a cell names: one day, several, or a stretch from one to another."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from toolkit.core.dates import Day, Period, parse_date, parse_stretch, plausible
from toolkit.core.readings import Readings, none, one
from toolkit.core.text import clean

if TYPE_CHECKING:
    from toolkit.sheets.model import Cell

CELL_LIMIT = 200
MAX_DAYS_IN_CELL = 40

_DOTTED = re.compile(r"\d{1,2}\.\d{1,2}")
_LIST = re.compile(r"[;\n,&+]| và | va | and ", re.IGNORECASE)
_DASHED = re.compile(r"\d{1,2}(?: ?[-–] ?\d{1,2}){2,9}[/.]\d{1,2}(?:[/.-]\d{2,4})?")
_DASH = re.compile(r"(?<=\d) ?[-–] ?(?=\d{1,2}(?: ?[-–/.]))")
_BARE_WEEKDAY = re.compile(
    r"(hai|ba|tư|tu|năm|nam|sáu|sau|bảy|bẩy|bay|(?:chúa |chua )?(?:nhật|nhat))[\s,.:(–-]{1,3}(?=\d{1,2} ?[/.-] ?\d)",
    re.IGNORECASE,
)
_BARE_DAY = re.compile(r"(?:ngày )?(\d{1,2})", re.IGNORECASE)


@dataclass(frozen=True)
class Stretch:
    """Days from `first` on; `last` (included) where more than one was named."""

    first: Day
    last: date | None = None


@dataclass(frozen=True)
class DayContext:
    """What is known about days besides the cell: see `toolkit.core.dates.parse_date`."""

    today: date
    year: int | None = None
    month: int | None = None
    within: tuple[date, date] | None = None
    month_first: bool = False
    lunar: bool | None = None


def read_days(cell: Cell, context: DayContext) -> Readings[tuple[Stretch, ...]]:
    """The days that a cell names. A real date counts as it is; a number or a text is read."""
    value = cell.value
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        day = plausible(value)
        return day.map(lambda d: (Stretch(Day(d)),))
    if isinstance(value, float):
        return _from_number(value, cell.text, context)
    if isinstance(value, str):
        return days_in(value, context)
    if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 100:
        return days_in(str(value), context)
    return none("core.date_unknown")


def _from_number(value: float, text: str, context: DayContext) -> Readings[tuple[Stretch, ...]]:
    """A date typed with a dot and taken for a number: 3.11 is November 3, but 3.1 was January or October."""
    shown = text.strip().replace(",", ".")
    if not _DOTTED.fullmatch(shown):
        return none("core.date_unknown")
    if shown.partition(".")[2] == "1" and round(value, 2) == float(shown):
        return none("calendar.date_became_number", shown=text)
    return days_in(shown, context)


@lru_cache(maxsize=16384)
def days_in(text: str, context: DayContext) -> Readings[tuple[Stretch, ...]]:
    """The days that a text names: `3/11`, `5/11, 7/11`, `12-14/11/2026`, `từ 7/9/2026 đến 25/10/2026`."""
    if len(text) > CELL_LIMIT:
        return none("core.date_too_long", limit=CELL_LIMIT)
    text = _with_weekday(clean(text))
    whole = day_in(text, context)
    if any(day.end is not None for day in whole.values):
        return none("core.date_is_period")  # "đầu tháng 12" is no day to put into a calendar
    if whole.value is not None:
        return whole.map(lambda day: (Stretch(day),))
    if whole.code != "core.date_unknown":
        return none(whole.code, **whole.params)
    for read in (_range_in, _list_in):
        found = read(text, context)
        if found is not None:
            return found
    return none(whole.code, **whole.params)


def _with_weekday(text: str) -> str:
    """`Hai 23/11`, as it stands in a column of days, is `Thứ Hai 23/11`."""
    found = _BARE_WEEKDAY.match(text)
    if found is None:
        return text
    word = found[1].lower().removeprefix("chúa ").removeprefix("chua ")
    return f"{'Chủ' if word.startswith('nh') else 'Thứ'} {word}{text[found.end(1) :]}"


def day_in(text: str, context: DayContext) -> Readings[Day]:
    """The one day that a text names."""
    readings = parse_date(
        text,
        today=context.today,
        look="forward",
        year=context.year,
        month=context.month,
        within=context.within,
        month_first=context.month_first,
        lunar=context.lunar,
    )
    if context.within is None:
        return readings
    day = readings.value
    if readings.code == "core.date_outside" or (day is not None and day.lunar is not None and not day.year_given):
        # A day that doesn't exist at all is that first; a yearly lunar day is the nearest, whatever month is titled.
        anywhere = day_in(text, replace(context, within=None))
        if not anywhere or (anywhere.value is not None and anywhere.value.lunar is not None):
            return anywhere
    return readings


def _range_in(text: str, context: DayContext) -> Readings[tuple[Stretch, ...]] | None:
    """`A - B`. Ends without a year lie in the titled period where there is one."""
    first, end = context.within or (None, None)
    for year in range(first.year, end.year + 1) if first and end else (context.year,):
        read = parse_stretch(text, today=context.today, look="forward", year=year, month=context.month)
        period = read.value
        if period is None:
            if read.code == "core.period_backwards" or read.ambiguous:
                return read.map(_whole_stretch)
            continue
        if period.year_given or first is None or end is None or (first <= period.start and period.end <= end):
            return read.map(_whole_stretch)
    return None


def _whole_stretch(period: Period) -> tuple[Stretch, ...]:
    return (Stretch(Day(period.start, year_given=period.year_given), period.last),)


def _first_of(left: str, last: Day, context: DayContext) -> Day | None:
    bare = _BARE_DAY.fullmatch(left)
    if bare:
        try:
            return replace(last, date=last.date.replace(day=int(bare[1])), weekday=None, lunar=None)
        except ValueError:
            return None
    first = day_in(left, context).value
    if first is None or first.year_given or not last.year_given:
        return first
    for year in (last.date.year, last.date.year - 1):
        placed = day_in(left, replace(context, year=year, within=None)).value
        if placed is not None and placed.date <= last.date:
            return replace(placed, year_given=True)
    return first


def _list_in(text: str, context: DayContext) -> Readings[tuple[Stretch, ...]] | None:
    """`5/11, 7/11` or `12, 13/11/2026`: days that leave out the month or the year take those of the day behind them."""
    separator = _DASH if _DASHED.fullmatch(text) else _LIST  # 24-25-26/11: one by one, no stretch has a middle
    parts = [part.strip() for part in separator.split(text) if part.strip()]
    if not 2 <= len(parts) <= MAX_DAYS_IN_CELL:
        return None
    found: list[Stretch] = []
    behind: Day | None = None
    for part in reversed(parts):
        day = _first_of(part, behind, context) if behind is not None else day_in(part, context).value
        if day is None:
            return None
        behind = day
        found.insert(0, Stretch(day))
    in_order = all(a.first.date < b.first.date for a, b in pairwise(found))
    return one(tuple(found)) if in_order else None


def time_of(cell: Cell) -> time | None:
    """The time of day that a real date-and-time cell carries; midnight means that only a date was typed."""
    if isinstance(cell.value, datetime) and cell.shows != "date" and cell.value.time() != time():
        return cell.value.time()
    return None
