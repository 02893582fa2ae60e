"""From a workbook to the events it asks for; no file, no clock, no calendar is touched here."""

from __future__ import annotations

from toolkit.calendar.reading.options import Hours, ReadOptions, ReadResult, RefusedRow
from toolkit.calendar.reading.reader import read_events

__all__ = ["Hours", "ReadOptions", "ReadResult", "RefusedRow", "read_events"]
