"""From a workbook to the events it asks for; no file, no clock, no calendar is touched here."""

from __future__ import annotations

from toolkit.calendar.reading.options import Hours, ReadOptions, ReadResult, RefusedRow
from toolkit.calendar.reading.own_headings import HeadingsUnknownError, OpenColumn, OwnHeading, field_named, own_heading
from toolkit.calendar.reading.reader import read_events

__all__ = [
    "HeadingsUnknownError",
    "Hours",
    "OpenColumn",
    "OwnHeading",
    "ReadOptions",
    "ReadResult",
    "RefusedRow",
    "field_named",
    "own_heading",
    "read_events",
]
