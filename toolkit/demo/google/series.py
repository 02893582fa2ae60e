"""Recurring events of the loopback Google: which occurrences a series has."""

from __future__ import annotations

import copy
import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from toolkit.demo.google.contract import ApiError, Json

if TYPE_CHECKING:
    from collections.abc import Mapping

LIMIT = 730  # a series without an end has to stop somewhere


def expand(
    zone: ZoneInfo,
    events: list[Json],
    stored: Mapping[str, Json],
    time_min: datetime | None,
    time_max: datetime | None,
) -> list[Json]:
    """Single events as they are; each series as its occurrences within the window, exceptions in place."""
    shown: list[Json] = []
    for event in events:
        if event.get("recurrence"):
            shown += [
                stored.get(occurrence["id"], occurrence)
                for occurrence in _occurrences(event, zone, time_min, time_max)
                if stored.get(occurrence["id"], occurrence)["status"] != "cancelled"
            ]
        elif "recurringEventId" not in event:
            shown.append(event)
    return shown


def occurrence_starts(event: Json, zone: ZoneInfo) -> list[datetime]:
    """The naive local starts of a series' occurrences, in order. ApiError 400 if its recurrence can't be read."""
    from dateutil.rrule import rrulestr

    start = _local(event["start"], zone)
    until_zone = ZoneInfo(event["start"].get("timeZone") or zone.key)
    lines = [_naive(line, until_zone) for line in event["recurrence"]]
    try:
        rules = rrulestr("\n".join(lines), dtstart=start, forceset=True)
        return [found for found, _ in zip(rules, range(LIMIT), strict=False)]
    except (ValueError, TypeError) as error:
        raise ApiError(400, "invalid", f"Invalid recurrence rule: {error}") from None


def _occurrences(master: Json, zone: ZoneInfo, time_min: datetime | None, time_max: datetime | None) -> list[Json]:
    own_zone = ZoneInfo(master["start"].get("timeZone") or zone.key)
    all_day = "date" in master["start"]
    length = _local(master["end"], zone) - _local(master["start"], zone)
    found = []
    for start in occurrence_starts(master, zone):
        begins, ends = start.replace(tzinfo=own_zone), (start + length).replace(tzinfo=own_zone)
        if (time_max and begins >= time_max) or (time_min and ends <= time_min):
            continue
        found.append(_occurrence(master, begins, ends, all_day=all_day))
    return found


def _occurrence(master: Json, begins: datetime, ends: datetime, *, all_day: bool) -> Json:
    event = copy.deepcopy(master)
    del event["recurrence"]
    stamp = f"{begins:%Y%m%d}" if all_day else f"{begins.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    when = [
        {"date": moment.date().isoformat()}
        if all_day
        else {"dateTime": moment.isoformat(), "timeZone": str(begins.tzinfo)}
        for moment in (begins, ends)
    ]
    event |= {"id": f"{master['id']}_{stamp}", "recurringEventId": master["id"]}
    event |= {"start": when[0], "end": when[1], "originalStartTime": when[0]}
    return event


def _local(when: Json, zone: ZoneInfo) -> datetime:
    if "date" in when:
        return datetime.combine(date.fromisoformat(when["date"]), datetime.min.time())
    moment = datetime.fromisoformat(when["dateTime"])
    own = ZoneInfo(when.get("timeZone") or zone.key)
    return moment.astimezone(own).replace(tzinfo=None) if moment.tzinfo else moment


def _naive(line: str, zone: ZoneInfo) -> str:
    """The line with its UTC moments written as local ones, so that the rule can be walked on the wall clock."""
    words = []
    line = re.sub(r"^(EXDATE|RDATE);TZID=[^:;]{1,60}", r"\1", line)
    for word in line.replace("=", "=\0").replace(",", ",\0").replace(":", ":\0").replace(";", ";\0").split("\0"):
        body, tail = (word[:-1], word[-1]) if word[-1:] in {"=", ",", ":", ";"} else (word, "")
        if len(body) == 16 and body.endswith("Z"):
            moment = datetime.strptime(body, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC).astimezone(zone)
            body = f"{moment:%Y%m%dT%H%M%S}"
        words.append(body + tail)
    return "".join(words)
