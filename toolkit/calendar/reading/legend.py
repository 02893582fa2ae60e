"""Hours that a sheet itself explains: "Tiết 1: 7h00 - 7h45", "Ca sáng: 6h-14h", "Ca 1 (6h-14h)"."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from toolkit.calendar.reading.options import Hours
from toolkit.core.dates import TimeRange, parse_times
from toolkit.core.text import fold

if TYPE_CHECKING:
    from datetime import time

    from toolkit.sheets.model import Sheet

_MOST_PER_CELL = 30
_LINE = re.compile(r"[\n;]|, (?=(?:tiet|ca|buoi|t\d)\b)")
_ENTRY = re.compile(
    r"(?:(?P<lesson>(?:tiet|t) ?(?P<n>\d{1,2}))|(?P<shift>ca [a-z0-9 ]{1,20}?)"
    r"|(?:buoi )?(?P<session>sang|trua|chieu|toi|dem))"
    r" ?(?:[:=(]|tu| - | – ) ?(?P<hours>\d{1,2} ?(?:h|g|:|gio).{0,30})"
)


def read_legend(sheet: Sheet) -> Hours:
    """The hours named anywhere in the sheet in this form. Where two places disagree about a name, it isn't known."""
    lessons: dict[int, set[tuple[time, time]]] = {}
    shifts: dict[str, set[tuple[time, time]]] = {}
    sessions: dict[str, set[tuple[time, time]]] = {}
    for row in sheet.rows:
        for cell in row.cells:
            if not isinstance(cell.value, str) or cell.covered or not _may_explain(cell.value):
                continue
            for lesson, shift, session, hours in _entries(cell.value):
                if lesson:
                    lessons.setdefault(lesson, set()).add(hours)
                elif shift:
                    shifts.setdefault(shift, set()).add(hours)
                else:
                    sessions.setdefault(session, set()).add(hours)
    return Hours(
        {n: h.pop() for n, h in lessons.items() if len(h) == 1},
        {name: h.pop() for name, h in shifts.items() if len(h) == 1},
        {name: h.pop() for name, h in sessions.items() if len(h) == 1},
    )


_WORDS = re.compile(r"ti[eế]t|\bca\b|bu[oổ]i|s[aá]ng|tr[uư]a|chi[eề]u|t[oố]i|[dđ][eê]m|\bt ?\d", re.IGNORECASE)


def _may_explain(text: str) -> bool:
    return 6 <= len(text) <= 1000 and any(c.isdigit() for c in text) and _WORDS.search(text) is not None


@lru_cache(maxsize=4096)
def _entries(text: str) -> tuple[tuple[int, str, str, tuple[time, time]], ...]:
    found: list[tuple[int, str, str, tuple[time, time]]] = []
    for part in _LINE.split("\n".join(fold(line) for line in text.split("\n")))[:_MOST_PER_CELL]:
        entry = _ENTRY.fullmatch(part.strip(" .-–*•"))
        if entry is None:
            continue
        hours = _hours(entry["hours"])
        if hours is not None:
            found.append((int(entry["n"] or 0), (entry["shift"] or "").strip(), entry["session"] or "", hours))
    return tuple(found)


def _hours(text: str) -> tuple[time, time] | None:
    slots = parse_times(text.rstrip(") "), column=True).value
    if slots is None or len(slots) != 1 or not isinstance(slots[0], TimeRange) or slots[0].end is None:
        return None
    return slots[0].start, slots[0].end
