"""What stands in a calendar on which day, repetitions written out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import islice
from typing import TYPE_CHECKING

from toolkit.calendar.body import zone

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from toolkit.calendar.model import Event

# A rule is followed this many repetitions far: 50 years of every day. One that asks for more is a slip or an attack.
MOST_REPETITIONS = 18_300
_FREQUENCIES = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})


@dataclass(frozen=True)
class Occurrence:
    """One time that an event takes place: dates for an all-day event, aware datetimes in the event's zone otherwise."""

    event: Event
    start: date | datetime
    end: date | datetime

    @property
    def order(self) -> tuple[date, bool, str, str]:
        """By day, all-day events first, then by the clock and the title."""
        timed = isinstance(self.start, datetime)
        day = self.start.date() if isinstance(self.start, datetime) else self.start
        return day, timed, self.start.isoformat(), self.event.summary


def occurrences(events: Iterable[Event], since: date, until: date, home: tzinfo | None) -> Iterator[Occurrence]:
    """Every occurrence that touches a day from `since` to before `until`, days being those of the zone `home`."""
    opens, closes = datetime.combine(since, time(), home), datetime.combine(until, time(), home)
    for event in events:
        for one in _repetitions(event, closes):
            if isinstance(one.start, datetime) and isinstance(one.end, datetime):
                if one.start < closes and (one.end > opens or one.start >= opens):
                    yield Occurrence(event, one.start.astimezone(home), one.end.astimezone(home))
            elif one.start < until and one.end > since:
                yield one


def _repetitions(event: Event, closes: datetime) -> Iterator[Occurrence]:
    first = Occurrence(event, event.start, event.end)
    if not event.recurrence or not all(_can_be_followed(line) for line in event.recurrence):
        yield first
        return
    from dateutil.rrule import rrulestr

    length = event.end - event.start  # type: ignore[operator]  # both are dates or both are moments
    if isinstance(event.start, datetime):
        begins, last = event.start.astimezone(zone(event.timezone)), closes
    else:
        begins, last = datetime.combine(event.start, time()), closes.replace(tzinfo=None)
    try:
        rule = rrulestr("\n".join(_lines(event, naive=begins.tzinfo is None)), dtstart=begins, forceset=True)
    except (ValueError, TypeError, AttributeError, KeyError):  # whatever dateutil meets in a rule that it can't follow
        yield first
        return
    for moment in islice(rule, MOST_REPETITIONS):
        if moment >= last:
            return
        yield _moved(event, moment, length)


def _can_be_followed(line: str) -> bool:
    """Rules from a day upwards. An interval of nothing never ends, nor does looking second by second for a day that
    doesn't come."""
    parts = dict(part.partition("=")[::2] for part in line.upper().partition(":")[2].split(";"))
    return parts.get("FREQ", "DAILY") in _FREQUENCIES and parts.get("INTERVAL", "1").strip("0") != ""


def _lines(event: Event, *, naive: bool) -> Iterator[str]:
    """The rules as dateutil wants them: UNTIL is local where the start has no zone, and in UTC where it has one."""
    for line in event.recurrence:
        name, _, value = line.partition(":")
        parts = []
        for part in value.split(";"):
            key, _, limit = part.partition("=")
            if key.upper() == "UNTIL":
                limit = limit.removesuffix("Z") if naive else limit if "T" in limit else f"{limit}T235959"
                limit = limit if naive or limit.endswith("Z") else f"{limit}Z"
                part = f"UNTIL={limit}"  # noqa: PLW2901 -- the loop's own word, rewritten
            parts.append(part)
        yield f"{name}:{';'.join(parts)}"


def _moved(event: Event, moment: datetime, length: timedelta) -> Occurrence:
    if event.all_day:
        return Occurrence(event, moment.date(), moment.date() + length)
    # The length is one of elapsed time: over a change of clocks an hour's class still lasts an hour.
    return Occurrence(event, moment, (moment.astimezone(zone("UTC")) + length).astimezone(moment.tzinfo))
