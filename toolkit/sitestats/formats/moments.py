"""Moments as logs write them, to seconds since 1970."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final

MONTHS: Final = {
    name: number
    for number, name in enumerate(
        ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"), start=1
    )
}
EARLIEST: Final = 631_152_000
"""1990: before the first web server, so a clock that wasn't set."""

_CLF = re.compile(
    r"(\d{2})/([A-Z][a-z]{2})/(\d{4}):(\d{2}):(\d{2}):(\d{2})(?:[.,]\d{1,9})? ([+-])(\d{2})(\d{2})", re.ASCII
)
_ISO = re.compile(
    r"(\d{4})([-/])(\d{2})\2(\d{2})[T ](\d{2}):(\d{2}):(\d{2})(?:[.,]\d{1,9})?(?:(Z)|([+-])(\d{2}):?(\d{2}))?", re.ASCII
)

_ZONED = re.compile(r"(?:Z|[+-]\d{2}:?\d{2})$", re.ASCII)


def clf_moment(text: str) -> int | None:
    """`20/Nov/2026:13:55:36 +0700`, the common log format's own, with fractions or without; None for anything else."""
    found = _CLF.fullmatch(text[:40])
    if found is None or found[2] not in MONTHS:
        return None
    offset = (int(found[8]) * 60 + int(found[9])) * (60 if found[7] == "+" else -60)
    midnight = _midnight(int(found[3]), MONTHS[found[2]], int(found[1]))
    return _moment(midnight, found[4], found[5], found[6], offset)


def iso_moment(text: str) -> int | None:
    """`2026-11-20T13:55:36+07:00`, with a space, with slashes, with fractions; UTC where no offset is given."""
    found = _ISO.fullmatch(text[:40])
    if found is None:
        return None
    offset = 0
    if found[9]:
        offset = (int(found[10]) * 60 + int(found[11])) * (60 if found[9] == "+" else -60)
    midnight = _midnight(int(found[1]), int(found[3]), int(found[4]))
    return _moment(midnight, found[5], found[6], found[7], offset)


def bracketed_moment(text: str) -> int | None:
    """What stands in a line's brackets: the common log format's time, or ISO 8601 that says its offset."""
    at = clf_moment(text)
    return iso_moment(text) if at is None and _ZONED.search(text[:40]) else at


@lru_cache(maxsize=4096)
def _midnight(year: int, month: int, day: int) -> int | None:
    try:
        return int(datetime(year, month, day, tzinfo=UTC).timestamp())
    except (ValueError, OverflowError):
        return None


def _moment(midnight: int | None, hour: str, minute: str, second: str, offset: int) -> int | None:
    h, m, s = int(hour), int(minute), int(second)
    if midnight is None or h > 23 or m > 59 or s > 60 or abs(offset) > 15 * 3600:
        return None
    moment = midnight + h * 3600 + m * 60 + min(s, 59) - offset  # a leap second is the second before it
    return moment if moment >= EARLIEST else None
