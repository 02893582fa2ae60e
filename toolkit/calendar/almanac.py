"""What a wall calendar prints beside a day: its lunar day, the public holiday that it is."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from toolkit.core.dates import LunarError
from toolkit.core.dates.lunar import Lunar, from_solar
from toolkit.core.workdays import HolidayName, public_holidays

if TYPE_CHECKING:
    from datetime import date


@lru_cache(maxsize=4096)
def lunar_day(day: date) -> Lunar | None:
    """The lunar day; None outside the years whose calendar is known (see `core.dates.lunar`)."""
    try:
        return from_solar(day)
    except LunarError:
        return None


def holiday(day: date) -> HolidayName | None:
    """The public holiday that falls on this very day. Days off in place of one depend on whose week it is, and aren't
    told."""
    try:
        found = public_holidays(day.year).get(day)
    except LunarError:
        return None
    return found.name if found is not None and found.instead_of is None else None
