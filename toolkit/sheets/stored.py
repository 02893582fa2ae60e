"""Numbers and moments as spreadsheet files store them, parsed strictly."""

from __future__ import annotations

from datetime import date, datetime, time
from math import isfinite


def plain_float(raw: str) -> float | None:
    """A number as files store it; None for anything that Python would take for one but a spreadsheet wouldn't."""
    if len(raw) > 40 or "_" in raw or not raw.isascii():
        return None
    try:
        number = float(raw)
    except ValueError:
        return None
    return number if isfinite(number) else None


def iso_moment(raw: str) -> str | date | datetime | time:
    """An ISO 8601 date, moment or time of day; the text itself if it is none. A zone is left out, as in a cell."""
    text = raw.strip()
    try:
        if "T" in text:
            return datetime.fromisoformat(text).replace(tzinfo=None, microsecond=0)
        return date.fromisoformat(text) if "-" in text else time.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return raw
