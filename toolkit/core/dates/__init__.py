"""Dates and times as Vietnamese people write and say them; lunar dates; periods; clocks.

Reading never guesses: see `Readings`.
"""

from __future__ import annotations

from toolkit.core.dates.clock import HOME_ZONE, Clock, FixedClock, SystemClock
from toolkit.core.dates.dates import Found, find_dates, parse_date
from toolkit.core.dates.day import Context, Day, Look, Session
from toolkit.core.dates.lunar import Anniversary, Lunar, LunarError
from toolkit.core.dates.readings import Reading, Readings
from toolkit.core.dates.resolve import plausible, spoken

__all__ = [
    "HOME_ZONE",
    "Anniversary",
    "Clock",
    "Context",
    "Day",
    "FixedClock",
    "Found",
    "Look",
    "Lunar",
    "LunarError",
    "Reading",
    "Readings",
    "Session",
    "SystemClock",
    "find_dates",
    "parse_date",
    "plausible",
    "spoken",
]
