"""An event as one line of JSON and back: how the journal and the local calendar keep it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from toolkit.calendar.model import Event
from toolkit.calendar.ports import Marks


def event_to_text(event: Event) -> str:
    """JSON with short stable names; fields that say nothing are left out."""
    body: dict[str, Any] = {
        "summary": event.summary,
        "start": event.start.isoformat(),
        "end": event.end.isoformat(),
        "timezone": event.timezone,
    }
    rest = {
        "location": event.location,
        "description": event.description,
        "reminders": list(event.reminders),
        "attendees": list(event.attendees),
        "color": event.color,
        "recurrence": list(event.recurrence),
    }
    return json.dumps({**body, **{name: value for name, value in rest.items() if value}}, ensure_ascii=False)


def event_from_text(text: str) -> Event:
    """The event that `event_to_text` wrote. Raises ValueError or KeyError for anything else."""
    body: dict[str, Any] = json.loads(text)
    timezone = str(body["timezone"])
    return Event(
        summary=body["summary"],
        start=_moment(body["start"], timezone),
        end=_moment(body["end"], timezone),
        timezone=timezone,
        location=body.get("location", ""),
        description=body.get("description", ""),
        reminders=tuple(body.get("reminders", ())),
        attendees=tuple(body.get("attendees", ())),
        color=body.get("color", ""),
        recurrence=tuple(body.get("recurrence", ())),
    )


def marks_to_text(marks: Marks) -> str:
    return json.dumps([marks.import_name, marks.key, marks.content, marks.run], ensure_ascii=False)


def marks_from_text(text: str) -> Marks:
    return Marks(*json.loads(text))


def sort_moment(moment: date | datetime) -> str:
    """A text by which events sort in time: an instant in UTC; an all-day event at the beginning of its UTC day."""
    if isinstance(moment, datetime):
        return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return f"{moment.isoformat()}T00:00:00Z"


def zone(name: str) -> ZoneInfo:
    """The zone of an IANA name; UTC for a name that this machine doesn't know (a foreign calendar's own)."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def _moment(text: str, timezone: str) -> date | datetime:
    if len(text) <= len("2026-12-01"):
        return date.fromisoformat(text)
    return datetime.fromisoformat(text).astimezone(zone(timezone))
