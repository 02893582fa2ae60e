"""What Google refuses about an event beyond its schema, what it keeps of a request, and how it shows it again."""

from __future__ import annotations

import copy
import re
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from toolkit.demo.google.contract import ApiError, Json
from toolkit.demo.google.series import occurrence_starts

READ_ONLY = ("kind", "etag", "htmlLink", "created", "updated", "creator", "organizer", "eventType", "hangoutLink")


def check_event(zone: ZoneInfo, event: Json) -> None:
    """What Google refuses about an event beyond its schema."""
    start, end = moment_of(event.get("start"), "start", zone), moment_of(event.get("end"), "end", zone)
    if ("date" in event["start"]) != ("date" in event["end"]):
        raise ApiError(400, "invalid", "Start and end must either both be a date or both be a date time.")
    if end <= start:
        raise ApiError(400, "timeRangeEmpty", "The specified time range is empty.", domain="calendar")
    recurrence = event.get("recurrence") or []
    if recurrence and "dateTime" in event["start"] and not event["start"].get("timeZone"):
        raise ApiError(400, "required", "Missing time zone definition for start time.")
    for line in recurrence:
        if not re.match(r"(RRULE|EXRULE|RDATE|EXDATE)[:;]", line):
            raise ApiError(400, "invalid", "Invalid recurrence rule.")
    if recurrence:
        occurrence_starts(event, zone)
    _check_reminders(event)
    if event.get("colorId") and event["colorId"] not in {str(number) for number in range(1, 12)}:
        raise ApiError(400, "invalid", "Invalid color id.")
    for guest in event.get("attendees") or []:
        if not re.fullmatch(r"[^@\s]+@[^@\s]+", guest.get("email", "")):
            raise ApiError(400, "invalid", "Invalid attendee email.")
    for properties in (event.get("extendedProperties") or {}).values():
        for name, value in (properties or {}).items():
            if len(name) > 44 or len(value or "") > 1024:
                raise ApiError(400, "invalid", f"Extended property {name[:44]} is too long.")


def _check_reminders(event: Json) -> None:
    overrides = (event.get("reminders") or {}).get("overrides") or []
    if len(overrides) > 5 or (overrides and event["reminders"].get("useDefault")):
        raise ApiError(400, "invalid", "At most 5 overrides, and none beside useDefault.")
    for reminder in overrides:
        if reminder.get("method") not in {"email", "popup"} or not 0 <= reminder.get("minutes", -1) <= 40320:
            raise ApiError(400, "invalid", "Invalid reminder.")


def moment_of(when: Json, what: str, zone: ZoneInfo) -> datetime:
    if not when or bool(when.get("date")) == bool(when.get("dateTime")):
        raise ApiError(400, "required", f"Missing {what} time.")
    own = zone_of(when["timeZone"]) if when.get("timeZone") else zone
    if when.get("date"):
        return datetime.combine(date.fromisoformat(when["date"]), datetime.min.time(), tzinfo=own)
    moment = datetime.fromisoformat(when["dateTime"])
    if moment.tzinfo is None and not when.get("timeZone"):
        raise ApiError(400, "required", f"Missing time zone definition for {what} time.")
    return moment if moment.tzinfo else moment.replace(tzinfo=own)


def written(body: Json) -> Json:
    """The fields of a request that Google keeps: read-only ones, nulls and empty lists are dropped."""
    dropped = {*READ_ONLY, "id", "iCalUID", "recurringEventId", "originalStartTime", "sequence"}
    fields = {name: value for name, value in body.items() if name not in dropped and value not in (None, [], "")}
    return {name: copy.deepcopy(without_none(value)) for name, value in fields.items()}


def without_none(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: without_none(item) for name, item in value.items() if item is not None}
    return value


def merged(old: Json, patch: Json) -> Json:
    """`patch` laid over `old` as Google's patch does: objects are merged, lists replaced, nulls cleared."""
    result = dict(old)
    for name, value in patch.items():
        if isinstance(value, dict) and isinstance(old.get(name), dict):
            result[name] = merged(old[name], value)
        else:
            result[name] = value
    return result


def shown(zone: ZoneInfo, event: Json) -> Json:
    """The event as Google shows it: times in the calendar's own zone, reminders and addresses in Google's manner."""
    result: Json = copy.deepcopy(event)
    for what in ("start", "end", "originalStartTime"):
        when = result.get(what)
        if when and "date" in when:
            result[what] = {"date": when["date"]}
        elif when:
            moment = moment_of(when, what, zone)
            local = moment.astimezone(zone)
            text = local.isoformat(timespec="seconds").replace("+00:00", "Z")
            result[what] = {"dateTime": text, "timeZone": when.get("timeZone") or zone.key}
    if "reminders" not in result and result["status"] != "cancelled":
        result["reminders"] = {"useDefault": True}
    overrides = result.get("reminders", {}).get("overrides")
    if overrides:
        overrides.sort(key=lambda reminder: -reminder["minutes"])
    for guest in result.get("attendees", []):
        guest["email"] = guest["email"].lower()
        guest.setdefault("responseStatus", "needsAction")
    return result


def zone_of(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise ApiError(400, "invalid", f"Invalid time zone: {name}") from None


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
