"""From what a row says to the events it asks for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from toolkit.calendar.model import Event
from toolkit.core.dates import AllDay, Lessons, PartOfDay, Slot, TimeRange, local
from toolkit.core.dates.zones import later
from toolkit.core.text import fold, search_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from toolkit.calendar.reading.options import Hours
    from toolkit.calendar.reading.repeats import Rule
    from toolkit.core.dates import Session
    from toolkit.core.readings import Readings

SESSION_NAMES: Mapping[Session, str] = {
    "morning": "sáng",
    "noon": "trưa",
    "afternoon": "chiều",
    "evening": "tối",
    "night": "đêm",
}


_DAY = 24 * 60  # minutes


@dataclass(frozen=True)
class Occurrence:
    """Days on which a row's event takes place: one day, days through `last` (included), or a first day and a rule.

    `mark` tells occurrences of one row apart where days alone could change from one import to the next (a lunar year).
    """

    first: date
    last: date | None = None
    rule: Rule | None = None
    mark: str = ""


@dataclass(frozen=True)
class Stretched:
    """From a time of the first day to a time of the last day."""

    start: time
    end: time


@dataclass(frozen=True)
class Draft:
    """A row in our words. No slot at all means the whole day."""

    summary: str
    occurrences: tuple[Occurrence, ...]
    slots: tuple[Slot | Stretched, ...] = ()
    location: str = ""
    description: str = ""
    reminders: tuple[int, ...] = ()
    attendees: tuple[str, ...] = ()
    color: str = ""
    duration: int | None = None


class NoSuchMoment(Exception):  # noqa: N818  # it says what is wrong with a cell, not with the program
    """A local time that a time zone doesn't have, or has twice."""

    def __init__(self, readings: Readings[datetime]) -> None:
        super().__init__(readings.code)
        self.readings = readings


@dataclass(frozen=True)
class Composed:
    """An event, and the mark of its occurrence; `without_hours` says which words stood where hours were missing."""

    event: Event
    mark: str = ""
    without_hours: str = ""


def lesson_label(lessons: Lessons) -> str:
    """`tiết 1-3`, `tiết 2`, `tiết 1, 3`."""
    n = lessons.numbers
    if len(n) > 1 and n[-1] - n[0] == len(n) - 1:
        return f"tiết {n[0]}-{n[-1]}"
    return "tiết " + ", ".join(map(str, n))


def lesson_numbers(label: str) -> tuple[int, ...]:
    """The lessons that a label of `lesson_label` names; none for any other label."""
    if not label.startswith("tiết "):
        return ()
    said = label.removeprefix("tiết ")
    first, _, last = said.partition("-")
    if last.isdigit() and first.isdigit():
        return tuple(range(int(first), int(last) + 1))
    return tuple(int(part) for part in said.split(", ") if part.isdigit())


def with_hours(slot: Slot, hours: Hours) -> tuple[Slot, str]:
    """A lesson or session as its hours where they are known; else as the whole day, with what it was called."""
    if isinstance(slot, Lessons):
        known = [hours.lessons.get(n) for n in slot.numbers]
        if known and all(known):
            starts, ends = [k[0] for k in known if k], [k[1] for k in known if k]
            return _range(starts[0], ends[-1]), ""
        return AllDay(), lesson_label(slot)
    if isinstance(slot, PartOfDay):
        name = SESSION_NAMES[slot.session]
        known_session = hours.sessions.get(fold(name))
        return (_range(*known_session), "") if known_session else (AllDay(), name)
    return slot, ""


def _range(start: time, end: time) -> TimeRange:
    return TimeRange(start, end, 1 if end <= start else 0)


def compose(draft: Draft, zone: str, default_minutes: int, hours: Hours) -> Iterator[Composed]:
    """Every event of a draft, in the order of its days and then of its times. Raises NoSuchMoment."""
    for occurrence in draft.occurrences:
        for slot in draft.slots or (AllDay(),):
            if isinstance(slot, Stretched):
                yield Composed(_through(draft, occurrence, slot, zone), occurrence.mark)
                continue
            timed, label = with_hours(slot, hours)
            named = replace(draft, description=_labelled(draft, label)) if label else draft
            yield Composed(_event(named, occurrence, timed, zone, default_minutes), occurrence.mark, label)


def _labelled(draft: Draft, label: str) -> str:
    """The description, with what stood in the place of hours on top: `Buổi chiều`, `Tiết 1-3`."""
    part_of_day = f"buổi {label}" if label in SESSION_NAMES.values() else label
    shown = part_of_day[:1].upper() + part_of_day[1:]
    if search_key(label) in search_key(f"{draft.summary}\n{draft.description}"):
        return draft.description
    return f"{shown}\n{draft.description}" if draft.description else shown


def _event(draft: Draft, occurrence: Occurrence, slot: Slot, zone: str, default_minutes: int) -> Event:
    if not isinstance(slot, TimeRange):
        last = occurrence.last or occurrence.first
        if occurrence.last is None and draft.duration and draft.duration % _DAY == 0:
            last += timedelta(minutes=draft.duration - _DAY)
        return _made(draft, occurrence, occurrence.first, last + timedelta(days=1), zone)
    start = _moment(occurrence.first + timedelta(days=slot.start_days), slot.start, zone)
    if slot.end is not None:
        end = _moment(occurrence.first + timedelta(days=slot.end_days), slot.end, zone)
    else:
        end = later(start, timedelta(minutes=draft.duration or default_minutes))
    return _made(draft, occurrence, start, end, zone)


def _through(draft: Draft, occurrence: Occurrence, slot: Stretched, zone: str) -> Event:
    start = _moment(occurrence.first, slot.start, zone)
    end = _moment(occurrence.last or occurrence.first, slot.end, zone)
    return _made(draft, occurrence, start, end, zone)


def _moment(day: date, at: time, zone: str) -> datetime:
    """A wall clock's time. Raises NoSuchMoment where the zone's clocks skip it, or show it twice."""
    moment = _local(day, at, zone)
    if moment.value is None:
        raise NoSuchMoment(moment)
    return moment.value


@lru_cache(maxsize=16384)
def _local(day: date, at: time, zone: str) -> Readings[datetime]:
    return local(day, at, zone)


def _made(draft: Draft, occurrence: Occurrence, start: date | datetime, end: date | datetime, zone: str) -> Event:
    all_day = not isinstance(start, datetime)
    recurrence = (occurrence.rule.line(zone, all_day=all_day),) if occurrence.rule else ()
    return Event(
        draft.summary,
        start,
        end,
        zone,
        draft.location,
        draft.description,
        draft.reminders,
        draft.attendees,
        draft.color,
        recurrence,
    )
