"""One event as an iCalendar component and back (RFC 5545; COLOR from RFC 7986; our marks as X- properties)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from toolkit.calendar.body import zone
from toolkit.calendar.identity import plain_text
from toolkit.calendar.model import Event
from toolkit.calendar.ports import Marks

if TYPE_CHECKING:
    from collections.abc import Iterator

    import icalendar

HEAD = ("VERSION:2.0", "PRODID:-//sotay-toolkit//calendar//VI", "CALSCALE:GREGORIAN")
MARKS = ("X-SOTAY-IMPORT", "X-SOTAY-KEY", "X-SOTAY-CONTENT", "X-SOTAY-RUN")
ZONE_MARK = "X-SOTAY-ZONE:1"
_DOMAIN = "@sotay"
_HOME_ZONE = "Asia/Ho_Chi_Minh"
_ZONES_UNTIL = date(2100, 1, 1)


@dataclass(frozen=True)
class Pieces:
    """A calendar cut up: the lines before its first component, the components verbatim, and what follows its end."""

    head: list[str]
    parts: list[str]
    tail: str


def components(text: str) -> Pieces:
    """Cut a calendar into its components without interpreting them. Raises ValueError if it isn't one calendar."""
    lines = re.findall("[^\n]*\n|[^\n]+$", text)  # str.splitlines breaks lines where iCalendar doesn't
    while lines and not lines[0].strip():
        lines.pop(0)
    if not lines or lines[0].strip().upper() != "BEGIN:VCALENDAR":
        raise ValueError("no VCALENDAR")
    head: list[str] = []
    parts: list[str] = []
    open_components: list[str] = []
    piece: list[str] = []
    for number, line in enumerate(lines[1:], start=1):
        word = line.strip().upper() if not line.startswith((" ", "\t")) else ""
        if word.startswith("BEGIN:"):
            open_components.append(word.removeprefix("BEGIN:"))
        if open_components:
            piece.append(f"{line.rstrip()}\r\n" if not line.endswith("\n") else line)
            if word.startswith("END:"):
                if word.removeprefix("END:") != open_components.pop():
                    raise ValueError("components overlap")
                if not open_components:
                    parts.append("".join(piece))
                    piece = []
        elif word == "END:VCALENDAR":
            return Pieces(head, parts, "".join(lines[number + 1 :]))
        elif line.strip():
            head.append(line.rstrip("\r\n"))
    raise ValueError("no end")


def kind_of(text: str) -> str:
    """What a component is: "VEVENT", "VTIMEZONE" …"""
    return text.partition("\n")[0].strip().upper().removeprefix("BEGIN:")


def is_ours(text: str) -> bool:
    """Whether a component is an event that we wrote."""
    upper = text.upper()
    return kind_of(text) == "VEVENT" and all(f"\n{name}:" in upper for name in MARKS) and uid_of(text) is not None


def uid_of(text: str) -> str | None:
    """The event id in a component's UID, None if the UID isn't one of ours."""
    for line in text.split("\n"):
        name, _, value = line.partition(":")
        if name.upper() == "UID":
            return value.strip().removesuffix(_DOMAIN) if value.strip().endswith(_DOMAIN) else None
    return None


def render(event_id: str, event: Event, marks: Marks, stamp: datetime, *, after: str | None = None) -> str:
    """The VEVENT for an event; `after` is the component that it replaces, whose SEQUENCE it continues."""
    from icalendar import Alarm
    from icalendar import Event as Component
    from icalendar.prop import vText

    component = Component()
    component.add("uid", f"{event_id}{_DOMAIN}")
    component.add("dtstamp", stamp)
    component.add("last-modified", stamp)
    component.add("sequence", _sequence(after) + 1 if after else 0)
    component.add("summary", plain_text(event.summary))
    component.add("dtstart", _in_zone(event.start, event.timezone))
    component.add("dtend", _in_zone(event.end, event.timezone))
    for name, value in (("location", event.location), ("description", event.description), ("color", event.color)):
        if value:
            component.add(name, plain_text(value))
    for person in event.attendees:
        component.add("attendee", f"mailto:{person}")
    values = (marks.import_name, marks.key, marks.content, marks.run)
    for name, mark in zip(MARKS, values, strict=True):
        component.add(name, vText(mark))
    for minutes in event.reminders:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", plain_text(event.summary))
        alarm.add("trigger", timedelta(minutes=-minutes))
        component.add_component(alarm)
    text: str = component.to_ical().decode()
    place = text.index("BEGIN:VALARM\r\n" if event.reminders else "END:VEVENT\r\n")
    return text[:place] + "".join(_folded(line) for line in event.recurrence) + text[place:]


def event_and_marks(text: str) -> tuple[str, Event, Marks]:
    """Read a VEVENT that `render` wrote and that someone may have edited since. Raises ValueError if it isn't one."""
    from icalendar import Event as Component

    event_id = uid_of(text)
    component = Component.from_ical(text)
    start = component.get("dtstart")
    if event_id is None or start is None or not hasattr(start, "dt"):
        raise ValueError("an event of ours without its id or its start")
    begins = _aware(start.dt)
    import_name, key, content, run = (_unescaped(str(component.get(name, ""))) for name in MARKS)
    event = Event(
        summary=str(component.get("summary", "")),
        start=begins,
        end=_end(component, begins),
        timezone=_zone_of(begins),
        location=str(component.get("location", "")),
        description=str(component.get("description", "")),
        reminders=tuple(_reminders(component)),
        attendees=tuple(str(person).removeprefix("mailto:") for person in _several(component.get("attendee"))),
        color=str(component.get("color", "")),
        recurrence=tuple(_recurrence(text)),
    )
    return event_id, event, Marks(import_name, key, content, run)


@cache
def time_zone(name: str) -> str:
    """The VTIMEZONE for an IANA name, marked as ours: it goes when none of our events needs it any more."""
    from icalendar import Timezone

    component = Timezone.from_tzinfo(zone(name), tzid=name, last_date=_ZONES_UNTIL)
    component.pop("comment", None)
    text: str = component.to_ical().decode()
    return text.replace("\r\n", f"\r\n{ZONE_MARK}\r\n", 1)


def _in_zone(moment: date | datetime, timezone: str) -> date | datetime:
    if not isinstance(moment, datetime):
        return moment
    local = moment.astimezone(zone(timezone))
    # The second 01:30 of the night on which clocks go back can't be said in local time.
    return moment.astimezone(UTC) if local.fold else local


def _aware(moment: date | datetime) -> date | datetime:
    """A floating time, which another program may have written, is taken as Vietnam's."""
    if isinstance(moment, datetime) and moment.tzinfo is None:
        return moment.replace(tzinfo=zone(_HOME_ZONE))
    return moment


def _zone_of(moment: date | datetime) -> str:
    if not isinstance(moment, datetime):
        return _HOME_ZONE
    if moment.tzinfo is UTC:
        return "UTC"
    return str(getattr(moment.tzinfo, "key", "UTC"))


def _end(component: icalendar.Component, begins: date | datetime) -> date | datetime:
    end: date | datetime | None = getattr(component.get("dtend"), "dt", None)
    length: timedelta | None = getattr(component.get("duration"), "dt", None)
    if end is not None and isinstance(end, datetime) == isinstance(begins, datetime):
        return _aware(end)
    if isinstance(length, timedelta):
        return begins + length
    return begins if isinstance(begins, datetime) else begins + timedelta(days=1)


def _reminders(component: icalendar.Component) -> Iterator[int]:
    for alarm in component.walk("VALARM"):
        trigger = getattr(alarm.get("trigger"), "dt", None)
        if isinstance(trigger, timedelta) and trigger <= timedelta(0):
            yield -int(trigger.total_seconds() // 60)


def _recurrence(text: str) -> Iterator[str]:
    for line in re.sub("\r?\n[ \t]", "", text).split("\n"):
        if re.match("(?:RRULE|RDATE|EXDATE|EXRULE)[;:]", line, re.IGNORECASE):
            yield line.strip()


def _unescaped(text: str) -> str:
    """The value of an X- property, which the library leaves as it stands in the file (RFC 5545, 3.3.11)."""
    return re.sub(r"\\(.)", lambda match: "\n" if match[1] in "nN" else match[1], text)


def _several(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _sequence(text: str) -> int:
    found = re.search(r"^SEQUENCE:([0-9]{1,9})\s*$", text, re.MULTILINE | re.IGNORECASE)
    return int(found[1]) if found else 0


def _folded(line: str) -> str:
    """A content line, broken after at most 75 bytes (ASCII, as recurrence rules are)."""
    line = "".join(line.split("\n"))
    pieces = [line[at : at + 74] for at in range(0, len(line), 74)]
    return "\r\n ".join(pieces) + "\r\n"
