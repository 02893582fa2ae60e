"""The how-to on spreadsheets tells the truth: every way of writing in its tables is read as the table says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from builders.grids import book, grid
from toolkit.calendar.reading import ReadOptions, ReadResult, read_events
from toolkit.calendar.reading.headings import NAMES
from toolkit.core.text import fold
from toolkit.sheets.read import read_workbook
from toolkit.shell.messages import Messages
from toolkit.shell.problems import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.calendar.model import Event

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "prepare-a-spreadsheet.md"
TODAY = date(2026, 11, 22)
QUOTED = re.compile("`([^`]+)`")
WEEKDAYS = {"hai": "MO", "ba": "TU", "tư": "WE", "năm": "TH", "sáu": "FR", "bảy": "SA"}


@dataclass(frozen=True)
class Row:
    """One row of a table of the page; `heading` is the column that its first cell is about."""

    heading: str
    ways: tuple[str, ...]
    meaning: str
    instead: str = ""


def rows() -> Iterator[Row]:
    heading = ""
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")] if line.startswith("|") else []
        if not cells:
            heading = ""
        elif not heading:
            heading = cells[0]
        elif not cells[0].startswith("---"):
            instead = QUOTED.findall(cells[2])[0] if len(cells) > 2 else ""
            yield Row(heading, tuple(QUOTED.findall(cells[0])), cells[1], instead)


ROWS = list(rows())
READ = [(row.heading, way, row.meaning) for row in ROWS if not row.instead for way in row.ways]
REFUSED = [(row, way) for row in ROWS if row.instead for way in row.ways]


def reading(heading: str, way: str) -> ReadResult:
    cells = {"Tiêu đề": "Họp nhóm", "Ngày": "25/11/2026", "Giờ": "8h", heading: way}
    if heading in ("Ngày", "Thời gian"):
        cells = {"Tiêu đề": "Họp nhóm", heading: way}
    return read_events(book(grid([list(cells), list(cells.values())])), ReadOptions(TODAY))


def days(event: Event) -> str:
    last = event.end - timedelta(days=1) if event.all_day else event.start
    first, until = (f"{day:%d/%m/%Y}" for day in (event.start, last))
    return first if first == until else f"{first} – {until}"


def hours(event: Event) -> str:
    if not isinstance(event.start, datetime) or not isinstance(event.end, datetime):
        return "cả ngày"
    next_day = " hôm sau" if event.end.date() > event.start.date() else ""
    return f"{event.start:%H:%M}–{event.end:%H:%M}{next_day}"


def repetition(event: Event) -> str:
    rules = dict(part.split("=") for part in "".join(event.recurrence).removeprefix("RRULE:").split(";") if part)
    if not rules:
        return "một lần"
    unit = {"DAILY": "ngày", "WEEKLY": "tuần", "MONTHLY": "tháng", "YEARLY": "năm"}[rules["FREQ"]]
    apart = {"2": "hai", "3": "ba", "6": "sáu"}.get(rules.get("INTERVAL", ""))
    said = f"{apart} {unit} một lần" if apart else f"mỗi {unit}"
    named = [f"thứ {name}" for name, code in WEEKDAYS.items() if code in rules.get("BYDAY", "").split(",")]
    if len(named) == 5:
        said = f"từ {named[0]} đến {named[-1]} {said}"
    elif named:
        said = f"{', '.join(named)} {said}"
    if "COUNT" in rules:
        said = f"{said}, {rules['COUNT']} lần"
    until = rules.get("UNTIL", "")[:8]
    return f"{said}, đến hết {until[6:8]}/{until[4:6]}/{until[:4]}" if until else said


def told(heading: str, events: list[Event]) -> str:
    if heading == "Nhắc trước":
        return " và ".join(f"{minutes} phút" for minutes in events[0].reminders) or "không nhắc riêng"
    tell = {
        "Ngày": days,
        "Giờ": hours,
        "Lặp lại": repetition,
        "Thời gian": lambda event: f"{days(event)} {hours(event)}",
    }[heading]
    return " và ".join(map(tell, events))


@pytest.mark.parametrize(("heading", "way", "meaning"), [row for row in READ if row[0] != "cột"])
def test_what_the_page_says_is_read_is_read_like_that(heading: str, way: str, meaning: str) -> None:
    result = reading(heading, way)
    assert not result.problems
    assert told(heading, [wanted.event for wanted in result.wanted]) == meaning


@pytest.mark.parametrize(("row", "way"), REFUSED)
def test_what_the_page_says_is_refused_is_refused_for_that_reason(row: Row, way: str) -> None:
    result = reading(row.heading, way)
    assert not result.wanted
    assert sentence(result.problems[0], Messages("vi")).startswith(row.meaning)
    mended = reading(row.heading, row.instead)
    assert mended.wanted
    assert not mended.problems


@pytest.mark.parametrize("name", [name for row in ROWS if row.heading == "cột" for name in QUOTED.findall(row.meaning)])
def test_every_heading_that_the_page_names_is_known(name: str) -> None:
    assert fold(name) in {fold(known) for names in NAMES.values() for known in names}


def test_the_timetable_on_the_page_is_read_as_the_page_says(tmp_path: Path) -> None:
    text = PAGE.read_text(encoding="utf-8")
    found = re.search(r"```csv\n(.*?)```\n\nBảng trên cho (\d+) sự kiện", text, re.DOTALL)
    assert found
    path = tmp_path / "tkb.csv"
    path.write_text(found[1], encoding="utf-8")
    result = read_events(read_workbook(path), ReadOptions(TODAY))
    assert not result.problems
    assert len(result.wanted) == int(found[2])
    assert {wanted.event.start.date() for wanted in result.wanted if isinstance(wanted.event.start, datetime)} == {
        date(2026, 9, 7), date(2026, 9, 8), date(2026, 9, 9),
    }  # fmt: skip


def test_there_is_enough_to_test() -> None:
    assert len(READ) > 80
    assert len(REFUSED) > 10
