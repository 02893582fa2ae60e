"""On which day something happened: a date in what somebody tells looks back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from toolkit.core.readings import Reading, Readings, one, several

if TYPE_CHECKING:
    from datetime import date

    from toolkit.core.dates import Found

_LONG_AGO = timedelta(days=240)
_LATELY = timedelta(days=31)
_SOON = timedelta(days=60)


def happened_on(found: Found, today: date) -> Readings[date]:
    """The day that a phrase names; a day and month that come again soon may be those of this year's plan: ask."""
    readings = found.readings.map(lambda day: day.date)
    if len(readings.options) == 2 and found.readings.options[0].reason == "core.reading_solar":
        near, far = sorted(readings.options, key=lambda option: today - option.value)
        if today - near.value <= _LATELY < today - far.value:
            return one(near.value)
    day = readings.value
    said = found.readings.value
    if day is None or said is None or said.year_given or said.lunar or today - day <= _LONG_AGO:
        return readings
    try:
        coming = day.replace(year=day.year + 1)
    except ValueError:
        return readings
    if today < coming <= today + _SOON and "/" in found.text:
        return several(
            "core.date_ambiguous", [Reading(day, "core.reading_year"), Reading(coming, "core.reading_coming")]
        )
    return readings
