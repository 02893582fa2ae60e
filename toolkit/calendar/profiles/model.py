"""A profile: lessons, shifts and sessions with their hours, headings with what their columns mean, as they were typed,
and what a reading makes of them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from toolkit.calendar.reading.options import Hours
from toolkit.calendar.reading.own_headings import OwnHeading, own_heading
from toolkit.calendar.reading.shifts import NAME_LIMIT, OFF, Shift, code_key, shift_hours, shift_name
from toolkit.core.errors import UsageError
from toolkit.core.text import clean, fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import time

    Ranges = tuple[tuple[time, time], ...]

Kind = Literal["lesson", "shift", "session"]
_HEADING_LIKE = "Hôm nào=ngày"
_LAST_LESSON = 20
_LIKE: Mapping[Kind, str] = {
    "lesson": "1=07:00-07:45",
    "shift": "sáng=06:00-14:00",
    "session": "chiều=13:00-17:00",
}
_SESSIONS = {"sang": "sáng", "trua": "trưa", "chieu": "chiều", "toi": "tối", "dem": "đêm"}


@dataclass(frozen=True)
class Profile:
    """What a member keeps: names with their hours, as they were typed and found to be hours; headings of their own
    sheets with what their columns mean ("Hôm nào": "ngày")."""

    name: str
    lessons: Mapping[str, str] = field(default_factory=dict)
    shifts: Mapping[str, str] = field(default_factory=dict)
    sessions: Mapping[str, str] = field(default_factory=dict)
    headings: Mapping[str, str] = field(default_factory=dict)

    @property
    def size(self) -> int:
        return len(self.lessons) + len(self.shifts) + len(self.sessions) + len(self.headings)

    def with_more(self, other: Profile) -> Profile:
        """This profile with the other's entries, which replace those of the same name."""
        return Profile(
            self.name,
            _merged(self.lessons, other.lessons),
            _merged(self.shifts, other.shifts),
            _merged(self.sessions, other.sessions),
            _merged(self.headings, other.headings),
        )

    def hours(self) -> Hours:
        """What a reading needs to know."""
        shifts = {name: _ranges(hours) for name, hours in self.shifts.items()}
        return Hours(
            lessons={int(number): _ranges(hours)[0] for number, hours in self.lessons.items()},
            shifts=_unmarked(shifts),
            sessions={fold(name): _ranges(hours)[0] for name, hours in self.sessions.items()},
            codes={code_key(name): Shift(shift_name(name), ranges) for name, ranges in shifts.items()},
        )

    def own_headings(self) -> tuple[OwnHeading, ...]:
        """What a reading needs to know of the headings."""
        read = (own_heading(f"{name}={meaning}", required=False) for name, meaning in self.headings.items())
        return tuple(heading for heading in read if heading is not None)

    def to_json(self) -> str:
        entries = {
            "lessons": self.lessons,
            "shifts": self.shifts,
            "sessions": self.sessions,
            "headings": self.headings,
        }
        return json.dumps({kind: dict(found) for kind, found in entries.items()}, ensure_ascii=False)

    @classmethod
    def from_json(cls, name: str, body: str) -> Profile:
        return cls(name, **json.loads(body))

    @classmethod
    def of(
        cls,
        name: str,
        lessons: Iterable[str] = (),
        shifts: Iterable[str] = (),
        sessions: Iterable[str] = (),
        headings: Iterable[str] = (),
    ) -> Profile:
        """A profile of typed entries such as `1=07:00-07:45`. Raises UsageError for one that isn't a name and hours."""
        return cls(
            name,
            dict(entry("lesson", typed) for typed in lessons),
            dict(entry("shift", typed) for typed in shifts),
            dict(entry("session", typed) for typed in sessions),
            dict(heading_entry(typed) for typed in headings),
        )


def entry(kind: Kind, typed: str) -> tuple[str, str]:
    """The name and the hours of `sáng=06:00-14:00`. Raises UsageError where it doesn't say both."""
    name, _, hours = (part.strip() for part in clean(typed[:200]).partition("="))
    ranges = _ranges(hours)
    off = kind == "shift" and fold(hours) in OFF
    if not name or len(name) > NAME_LIMIT or not (ranges or off):
        raise UsageError("calendar.profile_entry_unclear", value=typed[:80], option=f"--{kind}", example=_LIKE[kind])
    if kind != "shift" and len(ranges) != 1:
        raise UsageError("calendar.profile_entry_unclear", value=typed[:80], option=f"--{kind}", example=_LIKE[kind])
    if kind == "lesson":
        number = fold(name).removeprefix("tiet").strip()
        if not (number.isascii() and number.isdigit() and 1 <= int(number) <= _LAST_LESSON):
            raise UsageError("calendar.profile_lesson_number", value=typed[:80], last=_LAST_LESSON)
        name = str(int(number))
    if kind == "session":
        known = _SESSIONS.get(fold(name).removeprefix("buoi").strip())
        if known is None:
            raise UsageError("calendar.profile_session_name", value=typed[:80])
        name = known
    return name, hours


def heading_entry(typed: str) -> tuple[str, str]:
    """The heading and the meaning of `Hôm nào=ngày`. Raises UsageError where it doesn't say both."""
    heading = own_heading(typed)
    if heading is None:
        raise UsageError("calendar.heading_entry_unclear", value=typed[:80], example=_HEADING_LIKE)
    return heading.name, clean(typed).rpartition("=")[2].strip()


def _ranges(hours: str) -> Ranges:
    return shift_hours(hours)


def _unmarked(shifts: Mapping[str, Ranges]) -> dict[str, tuple[time, time]]:
    """Folded names of the shifts with one range; "Đ" and "D" with different hours have none in common."""
    found: dict[str, set[Ranges]] = {}
    for name, ranges in shifts.items():
        found.setdefault(fold(name), set()).add(ranges)
    return {name: next(iter(same))[0] for name, same in found.items() if len(same) == 1 and len(next(iter(same))) == 1}


def _merged(old: Mapping[str, str], new: Mapping[str, str]) -> dict[str, str]:
    replaced = {code_key(name) for name in new}
    return {**{name: hours for name, hours in old.items() if code_key(name) not in replaced}, **new}
