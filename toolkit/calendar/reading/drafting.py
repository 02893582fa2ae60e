"""Everything about a row's event beside its title and its times: where, who, notes, reminders, colour."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.calendar.reading.details import (
    CELL_LIMIT,
    MAX_ATTENDEES,
    MAX_MINUTES,
    TEXT_LIMIT,
    read_addresses,
    read_color,
    read_minutes,
    read_reminders,
)
from toolkit.calendar.reading.lines import Line, one_line, tidy
from toolkit.core.outcome import Param, Problem
from toolkit.core.text import fold

if TYPE_CHECKING:
    from toolkit.calendar.reading.desk import Desk
    from toolkit.calendar.reading.headings import Field
    from toolkit.sheets.model import Cell

PLACE_LIMIT = 1_000
_UNIT = re.compile(r"\b(phut|min|gio|tieng|hour|h)")
_SHORTEST = 10  # minutes that a bare number may mean

# Fields that a schedule reads; what is left of a row's cells goes into the description.
_SCHEDULED: frozenset[Field] = frozenset(
    {
        "date", "start_date", "end_date", "when", "time", "start", "end", "start_time", "end_time", "weekday",
        "repeat", "all_day", "duration", "place", "room", "note", "email", "reminder", "color", "id", "number",
        "status", "private", "month", "year",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Details:
    """What goes with an event."""

    location: str = ""
    description: str = ""
    reminders: tuple[int, ...] = ()
    attendees: tuple[str, ...] = ()
    color: str = ""
    duration: int | None = None


def details_of(desk: Desk, line: Line) -> Details:
    """Read the details. One that can't be understood is left out, and remarked on; one that is far too long refuses."""
    return Details(
        location=_place(desk, line),
        description=_description(desk, line),
        reminders=_reminders(desk, line),
        attendees=_attendees(desk, line),
        color=_color(desk, line),
        duration=_duration(desk, line),
    )


def _remark(desk: Desk, line: Line, code: str, cell: Cell, **params: Param) -> None:
    line.remarks.append(Problem(code, desk.at(cell), params, cell.text[:200]))


def _place(desk: Desk, line: Line) -> str:
    """Room and place; a bare room number is said to be a room."""
    parts = []
    for cell in line.cells("room"):
        room = one_line(cell.text)
        parts.append(f"Phòng {room}" if room.isascii() and room.isdigit() else room)
    parts += [one_line(cell.text) for cell in line.cells("place")]
    place = ", ".join(dict.fromkeys(parts))
    if len(place) > PLACE_LIMIT:
        _too_long(desk, line, line.cells("place", "room")[0], len(place), PLACE_LIMIT)
        return ""
    return place


def _too_long(desk: Desk, line: Line, cell: Cell, length: int, most: int) -> None:
    line.refusals.append(Problem("calendar.text_too_long", desk.at(cell), {"n": length, "most": most}, cell.text[:80]))


def _description(desk: Desk, line: Line) -> str:
    """The note, then every other cell that says something, each with its heading; nothing a member wrote is dropped."""
    notes = [tidy(cell.text) for cell in line.cells("note")]
    rest: list[str] = []
    for cell in line.row.cells:
        if cell.blank or not _is_detail(line, cell):
            continue
        name = line.columns.names.get(cell.column, "")
        rest.append(f"{one_line(name)}: {tidy(cell.text)}" if name else tidy(cell.text))
    text = "\n".join([*notes, *rest])
    if len(text) > TEXT_LIMIT:
        longest = max((c for c in line.row.cells if not c.blank), key=lambda c: len(c.text))
        _too_long(desk, line, longest, len(text), TEXT_LIMIT)
        return ""
    return text


def _is_detail(line: Line, cell: Cell) -> bool:
    """Whether a cell belongs into the description: an unknown column, people, a second title, a session without use."""
    if cell.column in line.used:
        return False
    if cell.column in line.columns.unknown:
        return True
    known = next((name for name, columns in line.columns.by_field.items() if cell.column in columns), None)
    if known in ("start", "end"):  # "Từ: Hà Nội", "Đến: Huế" are no times
        return not any(c.isdigit() for c in cell.text)
    return known is not None and known not in _SCHEDULED


def _reminders(desk: Desk, line: Line) -> tuple[int, ...]:
    cell = line.cell("reminder")
    if cell is None:
        return desk.options.reminders
    text = str(cell.value) if isinstance(cell.value, int) and not isinstance(cell.value, bool) else cell.text
    found = read_reminders(text)
    if found is None:
        _remark(desk, line, "calendar.reminder_unknown", cell)
        return desk.options.reminders
    return found


def _attendees(desk: Desk, line: Line) -> tuple[str, ...]:
    """Addresses in the e-mail column and among the people. They are kept with the event; nobody is written to."""
    good: dict[str, None] = {}
    for cell in line.cells("email", "people"):
        if len(cell.text) > CELL_LIMIT * 20:
            _too_long(desk, line, cell, len(cell.text), CELL_LIMIT * 20)
            continue
        addresses, broken = read_addresses(cell.text)
        good.update(dict.fromkeys(addresses))
        in_email = cell.column in line.columns.by_field.get("email", ())
        if broken or (in_email and not addresses and fold(cell.text) not in ("", "-", "khong", "ko", "no", "none")):
            line.remarks.append(
                Problem(
                    "calendar.email_unknown",
                    desk.at(cell),
                    {"address": (broken or (cell.text[:80],))[0]},
                    cell.text[:200],
                )
            )
    if len(good) > MAX_ATTENDEES:
        cells = line.cells("email", "people")
        problem = Problem("calendar.too_many_people", desk.at(cells[0]), {"n": len(good), "most": MAX_ATTENDEES})
        line.refusals.append(problem)
    return tuple(good)


def _color(desk: Desk, line: Line) -> str:
    cell = line.cell("color")
    if cell is None:
        return ""
    found = read_color(cell.text)
    if found is None:
        _remark(desk, line, "calendar.color_unknown", cell)
    return found or ""


def _duration(desk: Desk, line: Line) -> int | None:
    """The length in minutes. A bare number counts what the heading says; without that, a small one is asked about."""
    cell = line.cell("duration")
    if cell is None:
        return None
    unit = _UNIT.search(fold(line.columns.names.get(cell.column, "")))
    found = read_minutes(cell.text, bare=1 if unit is None or unit[1] in ("phut", "min") else 60)
    unclear = unit is None and found is not None and found < _SHORTEST and cell.text.strip().isdigit()
    if found is None or unclear or not 0 < found <= MAX_MINUTES:
        line.refusals.append(Problem("calendar.duration_unknown", desk.at(cell), {}, cell.text[:80]))
        return None
    return found
