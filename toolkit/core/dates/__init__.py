"""Dates and times as Vietnamese people write and say them; lunar dates; periods; clocks.

Reading never guesses: see `toolkit.core.readings`. The names below are fetched from their modules when they are first
used, so that a command that only needs a clock doesn't load the grammars.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from toolkit.core.dates.clock import HOME_ZONE, Clock, FixedClock, SystemClock
    from toolkit.core.dates.dates import Found, find_dates, parse_date
    from toolkit.core.dates.day import Day, Look, Session, spoken
    from toolkit.core.dates.lunar import Anniversary, Lunar, LunarError
    from toolkit.core.dates.periods import Period, Title, parse_period, parse_stretch, read_title
    from toolkit.core.dates.repeats import Repeat, parse_repeat, parse_weekdays
    from toolkit.core.dates.resolve import plausible
    from toolkit.core.dates.times import (
        AllDay,
        Lessons,
        PartOfDay,
        Slot,
        TimeRange,
        parse_duration,
        parse_lessons,
        parse_time,
        parse_time_range,
        parse_times,
    )
    from toolkit.core.dates.when import When, parse_when
    from toolkit.core.dates.zones import later, local, zone

__all__ = [
    "HOME_ZONE",
    "AllDay",
    "Anniversary",
    "Clock",
    "Day",
    "FixedClock",
    "Found",
    "Lessons",
    "Look",
    "Lunar",
    "LunarError",
    "PartOfDay",
    "Period",
    "Repeat",
    "Session",
    "Slot",
    "SystemClock",
    "TimeRange",
    "Title",
    "When",
    "find_dates",
    "later",
    "local",
    "parse_date",
    "parse_duration",
    "parse_lessons",
    "parse_period",
    "parse_repeat",
    "parse_stretch",
    "parse_time",
    "parse_time_range",
    "parse_times",
    "parse_weekdays",
    "parse_when",
    "plausible",
    "read_title",
    "spoken",
    "zone",
]

_MODULES = {
    "clock": (
        "Clock",
        "FixedClock",
        "HOME_ZONE",
        "SystemClock",
    ),
    "dates": (
        "Found",
        "find_dates",
        "parse_date",
    ),
    "day": (
        "Day",
        "Look",
        "Session",
        "spoken",
    ),
    "lunar": (
        "Anniversary",
        "Lunar",
        "LunarError",
    ),
    "periods": (
        "Period",
        "Title",
        "parse_period",
        "parse_stretch",
        "read_title",
    ),
    "repeats": (
        "Repeat",
        "parse_repeat",
        "parse_weekdays",
    ),
    "resolve": ("plausible",),
    "times": (
        "AllDay",
        "Lessons",
        "PartOfDay",
        "Slot",
        "TimeRange",
        "parse_duration",
        "parse_lessons",
        "parse_time",
        "parse_time_range",
        "parse_times",
    ),
    "when": (
        "When",
        "parse_when",
    ),
    "zones": (
        "later",
        "local",
        "zone",
    ),
}
_WHERE = {name: module for module, names in _MODULES.items() for name in names}


if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        if name not in _WHERE:
            raise AttributeError(name)
        return getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)
