"""Repetition as RFC 5545 rules and, for the lunar calendar, as the days that it comes to."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

from toolkit.core.dates import Repeat, parse_repeat
from toolkit.core.readings import Readings, none, one
from toolkit.core.text import clean, fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Frequency = Literal["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MAX_WEEKS = 60

_WEEK_LIST = re.compile(r"(?:tuan|week|weeks|w|t)?[ :]{0,2}(\d{1,2}(?: ?(?:-|den|,|;|va|\+) ?\d{1,2})*)")
_WEEK_PART = re.compile(r"(\d{1,2})(?: ?(?:-|den) ?(\d{1,2}))?")
_DIGIT_WEEKS = re.compile(r"[0-9\-_*. ]{8,60}")


_QUARTERLY = re.compile(r"(?:hang|moi|theo|tung) quy(?: (?:mot|1) lan)?|(?:1|mot) quy (?:1|mot) lan|quarterly")
_HALF_YEARLY = re.compile(r"(?:(?:hang|moi|cu) )?nua nam(?: (?:1|mot) lan)?|half-?yearly")
_COUNT = re.compile(
    r"(?P<often>.{1,80}?)(?:[,;]? ?(?:trong|tong cong|tong|du|gom|for)| ?[,;x(]) ?(?P<n>\d{1,3})"
    r" ?(?P<unit>lan|buoi|ky|tuan|ngay|thang|times|sessions|weeks|days|months)?\)?"
)
_MOST_TIMES = 999
_SPANS = {"tuan": "week", "weeks": "week", "ngay": "day", "days": "day", "thang": "month", "months": "month"}


@dataclass(frozen=True)
class Often:
    """How often, and how many times in all (`count`) where that is said."""

    repeat: Repeat
    count: int | None = None


def read_often(text: str) -> Readings[Often]:
    """`hằng tuần`, `hằng quý`, `hằng tuần, 10 lần`, `thứ 3-5, 8 buổi`, `hằng ngày trong 7 ngày`.

    `mỗi tuần 2 lần` says how often within a week, not for how long; without its weekdays it is no repetition.
    """
    whole = _repeat(text)
    if whole.value is not None or whole.code == "core.repeat_none" or whole.ambiguous or len(text) > _LONGEST:
        return whole.map(Often)
    found = _COUNT.fullmatch(fold(text).replace("–", "-"))
    if found is None:
        return whole.map(Often)
    often = _repeat(clean(text)[: len(found["often"])]) or _repeat(found["often"])
    times, unit = int(found["n"]), found["unit"] or "lan"
    repeat = often.value
    if repeat is None or not 2 <= times <= _MOST_TIMES:
        return none("core.repeat_unknown")
    if unit in _SPANS:
        # ten weeks of Mondays and Thursdays are twenty times; other spans have to be in the unit of the repetition
        if _SPANS[unit] != repeat.every or repeat.interval != 1:
            return none("core.repeat_unknown")
        return one(Often(repeat, times * max(1, len(repeat.weekdays))))
    plain = repeat.interval == 1 and not repeat.weekdays
    if plain and unit in ("lan", "times") and times <= _WITHIN[repeat.every]:
        return none("core.repeat_unknown")
    return one(Often(repeat, times))


_LONGEST = 120
# "hằng tuần, 2 lần" may mean twice a week; "hằng tuần, 10 lần" can only be ten weeks.
_WITHIN = {"day": 4, "week": 3, "month": 3, "year": 3}


def _repeat(text: str) -> Readings[Repeat]:
    folded = fold(text[:_LONGEST]).strip(" .")
    if _QUARTERLY.fullmatch(folded):
        return one(Repeat("month", 3))
    if _HALF_YEARLY.fullmatch(folded):
        return one(Repeat("month", 6))
    return parse_repeat(text)


@dataclass(frozen=True)
class Rule:
    """How often an event comes back. `last` (included) is the last day on which it may, `count` how many times in all;
    never both (RFC 5545)."""

    frequency: Frequency
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    last: date | None = None
    count: int | None = None

    def line(self, zone: str, *, all_day: bool) -> str:
        """The RRULE line. UNTIL is a day for all-day events and the end of that day, in UTC, for others (RFC 5545)."""
        parts = [f"FREQ={self.frequency}"]
        if self.interval > 1:
            parts.append(f"INTERVAL={self.interval}")
        if self.last is not None:
            parts.append(f"UNTIL={_until(self.last, zone, all_day=all_day)}")
        elif self.count is not None:
            parts.append(f"COUNT={self.count}")
        if self.weekdays:
            parts.append("BYDAY=" + ",".join(WEEKDAYS[d] for d in sorted(self.weekdays)))
        return "RRULE:" + ";".join(parts)

    def times(self, first: date) -> int:
        """How many times that is, from the first day through `last`; `count` where there is no last day."""
        if self.last is None:
            return self.count or 0
        from dateutil.rrule import rrulestr

        line = replace(self, count=None).line("UTC", all_day=True)
        return sum(1 for _ in islice(rrulestr(line, dtstart=datetime.combine(first, time())), _MOST_TIMES + 1))


def _until(last: date, zone: str, *, all_day: bool) -> str:
    if all_day:
        return last.strftime("%Y%m%d")
    end = datetime.combine(last, time(23, 59, 59), ZoneInfo(zone)).astimezone(UTC)
    return end.strftime("%Y%m%dT%H%M%SZ")


def first_on(weekdays: Iterable[int], start: date) -> date:
    """The first day from `start` on that is one of these weekdays."""
    wanted = set(weekdays)
    return next(day for day in (start + timedelta(days=n) for n in range(7)) if day.weekday() in wanted)


def read_weeks(text: str) -> tuple[int, ...] | None:
    """Weeks of a term: `1-8,10-15`, `tuần 3 đến 7`, or a timetable's row of digits (`123456-890123`: every place is a
    week, a dash a week without class). None if it is none of these."""
    folded = fold(text[:200]).replace("–", "-").replace("—", "-")
    found = _WEEK_LIST.fullmatch(folded)
    if found and not (folded.isdigit() and len(folded) > 2):
        weeks: set[int] = set()
        for first, last in _WEEK_PART.findall(found[1]):
            begin, end = int(first), int(last or first)
            if not 1 <= begin <= end <= MAX_WEEKS:
                return None
            weeks.update(range(begin, end + 1))
        return tuple(sorted(weeks)) or None
    return _digit_weeks(folded)


def _digit_weeks(text: str) -> tuple[int, ...] | None:
    """The row of digits of a university's timetable: place n holds the last digit of n, or a mark for "no class"."""
    compact = text.replace(" ", "-")
    if not _DIGIT_WEEKS.fullmatch(compact):
        return None
    weeks: list[int] = []
    for place, mark in enumerate(compact, start=1):
        if mark.isdigit():
            if int(mark) != place % 10:
                return None
            weeks.append(place)
    return tuple(weeks) or None


def runs(weeks: Sequence[int]) -> list[tuple[int, int]]:
    """Sorted weeks as unbroken runs (first, last)."""
    found: list[tuple[int, int]] = []
    for week in weeks:
        if found and week == found[-1][1] + 1:
            found[-1] = (found[-1][0], week)
        else:
            found.append((week, week))
    return found
