"""An event as Google Calendar writes it, and back: times, repetition, reminders, guests, and our private marks."""

from __future__ import annotations

import base64
import hashlib
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from toolkit.calendar.model import Event, Made

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.calendar.ports import Marks

Body = dict[str, Any]

# Names of the private properties (Google: at most 44 characters each, values at most 1,024).
IMPORT, IMPORT_NAME, KEY, CONTENT, RUN, ID = (
    "sotay_import", "sotay_import_name", "sotay_key", "sotay_content", "sotay_run", "sotay_id",
)  # fmt: skip
VALUE_LIMIT = 1024
_SHARED = ("summary", "location", "description", "colorId", "reminders", "attendees")


def import_filter(import_name: str) -> str:
    """The one privateExtendedProperty that finds every event of an import; a digest, so that no character of the name
    can upset the query."""
    return f"{IMPORT}={_digest(import_name)}"


def to_body(event_id: str, event: Event, marks: Marks) -> Body:
    """The request body for an insert or an update.

    Every field that an event can have is there, null where it says nothing: a patch then clears what was there before,
    and leaves alone what isn't ours (a meeting link that the member added, for one).
    """
    reminders: Body = {"useDefault": True, "overrides": None}
    if event.reminders:
        overrides = [{"method": "popup", "minutes": minutes} for minutes in sorted(set(event.reminders))]
        reminders = {"useDefault": False, "overrides": overrides}
    return {
        "status": "confirmed",
        "summary": event.summary,
        "start": _when(event.start, event.timezone),
        "end": _when(event.end, event.timezone),
        "location": event.location or None,
        "description": event.description or None,
        "recurrence": list(event.recurrence),
        "reminders": reminders,
        "attendees": [{"email": address} for address in event.attendees],
        "colorId": event.color or None,
        "extendedProperties": {
            "private": {
                IMPORT: _digest(marks.import_name),
                IMPORT_NAME: marks.import_name[:VALUE_LIMIT],
                KEY: marks.key,
                CONTENT: marks.content,
                RUN: marks.run,
                ID: event_id,
            }
        },
    }


def fresh_body(event_id: str, body: Body) -> Body:
    """The body of an insert: no nulls, nothing empty, and the id that makes doing it twice the same as once."""
    said = {name: value for name, value in body.items() if value not in (None, [])}
    if body["reminders"]["overrides"] is None:
        said["reminders"] = {"useDefault": True}
    return {
        "id": event_id,
        **said,
        "start": {name: value for name, value in body["start"].items() if value is not None},
        "end": {name: value for name, value in body["end"].items() if value is not None},
    }


def from_body(body: Body, zone: str, exceptions: Sequence[Body] = ()) -> Made:
    """What stands in Google's calendar now. Google keeps no zone for all-day events: they get `zone`.

    `exceptions` are single occurrences of the series that the member changed or cancelled: they show as EXDATE lines,
    so that a series edited in one place counts as edited.
    """
    start, own_zone = _read_when(body["start"], zone)
    end, _ = _read_when(body["end"], zone)
    marks = body.get("extendedProperties", {}).get("private", {})
    reminders = body.get("reminders", {})
    overrides = () if reminders.get("useDefault") else reminders.get("overrides", ())
    guests = [guest for guest in body.get("attendees", ()) if not guest.get("self") and not guest.get("resource")]
    event = Event(
        summary=body.get("summary", ""),
        start=start,
        end=end,
        timezone=own_zone,
        location=body.get("location", ""),
        description=body.get("description", ""),
        reminders=tuple(sorted({int(one["minutes"]) for one in overrides})),
        attendees=tuple(guest["email"] for guest in guests if guest.get("email")),
        color=body.get("colorId", ""),
        recurrence=(*body.get("recurrence", ()), *sorted(_exdate(one, zone) for one in exceptions)),
    )
    return Made(
        event_id=marks.get(ID, body["id"]),
        key=marks.get(KEY, ""),
        content=marks.get(CONTENT, ""),
        run=marks.get(RUN, ""),
        etag=body.get("etag", ""),
        event=event,
        cancelled=body.get("status") == "cancelled",
    )


def differs_from_series(occurrence: Body, series: Body) -> bool:
    """Whether an occurrence that stands on its own says something else than its series."""
    if occurrence.get("status") == "cancelled":
        return True
    moved = occurrence.get("start") != occurrence.get("originalStartTime")
    length = _length(occurrence) != _length(series)
    return moved or length or any(occurrence.get(name) != series.get(name) for name in _SHARED)


def as_in_series(occurrence: Body, series: Body) -> Body:
    """The patch that makes an occurrence say again what its series says."""
    start, length = occurrence["originalStartTime"], _length(series)
    if "date" in start:
        end = {"date": (date.fromisoformat(start["date"]) + length).isoformat()}
    else:
        moment = datetime.fromisoformat(start["dateTime"]) + length
        end = {**start, "dateTime": moment.isoformat(timespec="seconds")}
    return {**{name: series.get(name) for name in _SHARED}, "status": "confirmed", "start": start, "end": end}


def next_generation(event_id: str) -> str:
    """The id to use instead of one that Google won't give back to life; again valid, again the same everywhere."""
    return base64.b32hexencode(hashlib.sha256(f"{event_id}+".encode()).digest()[:20]).decode("ascii").lower()


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _when(moment: date | datetime, timezone: str) -> Body:
    """Nulls clear the other form in a patch: an all-day event that gets an hour would otherwise have both."""
    if isinstance(moment, datetime):
        local = moment.astimezone(ZoneInfo(timezone))
        return {"date": None, "dateTime": local.isoformat(timespec="seconds"), "timeZone": timezone}
    return {"date": moment.isoformat(), "dateTime": None, "timeZone": None}


def _read_when(when: Body, zone: str) -> tuple[date | datetime, str]:
    if "date" in when:
        return date.fromisoformat(when["date"]), zone
    own_zone = when.get("timeZone", zone)
    try:
        return datetime.fromisoformat(when["dateTime"]).astimezone(ZoneInfo(own_zone)), own_zone
    except (ZoneInfoNotFoundError, ValueError):  # a zone that Google knows and this machine doesn't
        return datetime.fromisoformat(when["dateTime"]).astimezone(UTC), "UTC"


def _length(body: Body) -> timedelta:
    (start, _), (end, _) = _read_when(body["start"], "UTC"), _read_when(body["end"], "UTC")
    if isinstance(start, datetime) and isinstance(end, datetime):
        return end - start
    return date.fromisoformat(body["end"]["date"]) - date.fromisoformat(body["start"]["date"])


def _exdate(exception: Body, zone: str) -> str:
    original = exception["originalStartTime"]
    if "date" in original:
        return f"EXDATE;VALUE=DATE:{original['date'].replace('-', '')}"
    moment, own_zone = _read_when(original, zone)
    return f"EXDATE;TZID={own_zone}:{moment:%Y%m%dT%H%M%S}"
