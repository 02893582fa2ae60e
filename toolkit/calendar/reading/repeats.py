"""Repetition as RFC 5545 rules and, for the lunar calendar, as the days that it comes to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

from toolkit.core.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Frequency = Literal["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MAX_WEEKS = 60

_WEEK_LIST = re.compile(r"(?:tuan|week|weeks|w|t)?[ :]{0,2}(\d{1,2}(?: ?(?:-|den|,|;|va|\+) ?\d{1,2})*)")
_WEEK_PART = re.compile(r"(\d{1,2})(?: ?(?:-|den) ?(\d{1,2}))?")
_DIGIT_WEEKS = re.compile(r"[0-9\-_*. ]{8,60}")


@dataclass(frozen=True)
class Rule:
    """How often an event comes back. `last` (included) is the last day on which it may."""

    frequency: Frequency
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    last: date | None = None

    def line(self, zone: str, *, all_day: bool) -> str:
        """The RRULE line. UNTIL is a day for all-day events and the end of that day, in UTC, for others (RFC 5545)."""
        parts = [f"FREQ={self.frequency}"]
        if self.interval > 1:
            parts.append(f"INTERVAL={self.interval}")
        if self.last is not None:
            parts.append(f"UNTIL={_until(self.last, zone, all_day=all_day)}")
        if self.weekdays:
            parts.append("BYDAY=" + ",".join(WEEKDAYS[d] for d in sorted(self.weekdays)))
        return "RRULE:" + ";".join(parts)


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
