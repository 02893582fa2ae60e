"""Which events a list request asks for, in which order, and how they are paged."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

from toolkit.demo.google.contract import ApiError, Call, Json
from toolkit.demo.google.rules import moment_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from zoneinfo import ZoneInfo

PAGE_DEFAULT, PAGE_LIMIT = 250, 2500


def matches(zone: ZoneInfo, stored: Mapping[str, Json], event: Json, call: Call, *, deleted: bool) -> bool:
    if event["status"] == "cancelled" and not deleted:
        # A cancelled instance of a series that still lives is shown: without it the series would look complete.
        series = stored.get(event.get("recurringEventId", ""))
        if flag(call, "singleEvents") or series is None or series["status"] == "cancelled":
            return False
    properties = event.get("extendedProperties") or {}
    for kind in ("private", "shared"):
        for wanted in call.query.get(f"{kind}ExtendedProperty", []):
            name, equals, value = wanted.partition("=")
            if not equals:
                raise ApiError(400, "invalid", f"Invalid {kind}ExtendedProperty.")
            if (properties.get(kind) or {}).get(name) != value:
                return False
    uid, words = one(call, "iCalUID"), (one(call, "q") or "").casefold()
    if uid and event["iCalUID"] != uid:
        return False
    if words and not any(
        words in str(event.get(name, "")).casefold() for name in ("summary", "description", "location")
    ):
        return False
    updated_min = bound(call, "updatedMin")
    if updated_min and datetime.fromisoformat(event["updated"]) < updated_min:
        return False
    if event.get("recurrence"):
        return True  # which of its occurrences fall into the window is decided by expansion
    time_min, time_max = bound(call, "timeMin"), bound(call, "timeMax")
    start, end = (moment_of(event[what], what, zone) for what in ("start", "end"))
    return (time_min is None or end > time_min) and (time_max is None or start < time_max)


def put_in_order(call: Call, zone: ZoneInfo, changed: Mapping[str, int], events: list[Json]) -> None:
    by = one(call, "orderBy")
    if by == "startTime":
        if not flag(call, "singleEvents"):
            raise ApiError(400, "badRequest", "The requested ordering is not available for the particular query.")
        events.sort(key=lambda event: (moment_of(event["start"], "start", zone), event["id"]))
    elif by == "updated":
        events.sort(key=lambda event: changed.get(event["id"], 0))


def page_of(call: Call, items: list[Json], *, default: int, limit: int) -> tuple[list[Json], str | None]:
    size = min(int(one(call, "maxResults") or default), limit)
    token = one(call, "pageToken")
    if token is not None and not re.fullmatch(r"page-[0-9]{1,9}", token):
        raise ApiError(400, "invalid", "Invalid page token value.")
    first = int(token.removeprefix("page-")) if token else 0
    return items[first : first + size], f"page-{first + size}" if first + size < len(items) else None


def one(call: Call, name: str) -> str | None:
    values = call.query.get(name)
    return values[0] if values else None


def flag(call: Call, name: str) -> bool:
    return one(call, name) == "true"


def bound(call: Call, name: str) -> datetime | None:
    text = one(call, name)
    if text is None:
        return None
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ApiError(400, "badRequest", f"{name} needs an offset.")
    return moment
