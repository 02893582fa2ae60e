"""Local times in a time zone: names that exist, hours that exist, hours that exist twice."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from toolkit.core.dates.resolve import plausible
from toolkit.core.readings import Reading, Readings, none, one

# Older names of zones that members' files and systems still use; the tz database links them to the same rules.
ALIASES = {
    "Asia/Saigon": "Asia/Ho_Chi_Minh",
    "Asia/Hanoi": "Asia/Ho_Chi_Minh",
    "Asia/Calcutta": "Asia/Kolkata",
    "Asia/Rangoon": "Asia/Yangon",
    "Asia/Katmandu": "Asia/Kathmandu",
    "Asia/Macao": "Asia/Macau",
    "Europe/Kiev": "Europe/Kyiv",
    "SE Asia Standard Time": "Asia/Bangkok",
}


@lru_cache(maxsize=64)
def zone(name: str) -> Readings[ZoneInfo]:
    """A time zone by its IANA name or an older alias of it (`Asia/Saigon` is `Asia/Ho_Chi_Minh`)."""
    cleaned = name.strip()
    try:
        if not cleaned or len(cleaned) > 60:
            return none("core.zone_unknown", zone=cleaned[:60])
        return one(ZoneInfo(ALIASES.get(cleaned, cleaned)))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return none("core.zone_unknown", zone=cleaned)


def local(day: date, at: time, name: str) -> Readings[datetime]:
    """The moment at which a clock on the wall shows `at`.

    None where the clocks skip that time (`core.time_skipped`); two readings where they show it twice.
    """
    known = zone(name)
    sane = plausible(day)
    if known.value is None or not sane:
        return none(known.code or sane.code, **(known.params or sane.params))
    tz = known.value
    first = datetime.combine(day, at.replace(fold=0), tzinfo=tz)
    second = first.replace(fold=1)
    if first.utcoffset() == second.utcoffset():
        return one(first)
    if not _exists(first, tz):
        return none("core.time_skipped", time=f"{at:%H:%M}", zone=tz.key)
    # not through `several`: two moments with one wall-clock time compare as equal
    options = (Reading(first, "core.reading_before_change"), Reading(second, "core.reading_after_change"))
    return Readings(options, "core.time_twice", {"time": f"{at:%H:%M}", "zone": tz.key})


def _exists(moment: datetime, tz: ZoneInfo) -> bool:
    utc = ZoneInfo("UTC")
    return moment.astimezone(utc).astimezone(tz).replace(tzinfo=None, fold=0) == moment.replace(tzinfo=None, fold=0)


def later(start: datetime, by: timedelta) -> datetime:
    """A moment a real length of time after another, on the same zone's wall clock."""
    return (start.astimezone(ZoneInfo("UTC")) + by).astimezone(start.tzinfo)
