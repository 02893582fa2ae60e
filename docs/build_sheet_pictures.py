"""Draw docs/sheets/*.svg: a sheet of each kind as members keep it, and below it the events that are read from it, now.

The sheets are those of tests/builders; the events are what `toolkit calendar plan FILE --json` says about them.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import textwrap
from dataclasses import dataclass
from datetime import date, datetime, time
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from builders.corpus import Page, Value
    from builders.judging import Sheet

FOLDER = Path(__file__).with_name("sheets")
TODAY = date(2026, 11, 22)
CHARACTER, LINE, PADDING = 7.0, 16, 6  # pixels of a letter, a line of text, the room around it
WIDEST, LOWEST = 24, 3  # letters and lines of a cell
MOST_EVENTS = 6
LEFT = 20


@dataclass(frozen=True)
class Drawn:
    """A piece of a picture and how far down it reaches."""

    svg: str
    bottom: float
    width: float


def plan(sheet: Sheet, folder: Path) -> list[dict[str, Any]]:
    """The events that the command makes of a sheet, in the order of time."""
    from builders.judging import write_sheet

    path = write_sheet(sheet, folder)
    command = [sys.executable, "-m", "toolkit", "calendar", "plan", str(path), f"--today={TODAY}", "--json"]
    environment = {**os.environ, "TOOLKIT_HOME": str(folder / "home")}
    done = subprocess.run(
        [*command, *sheet.command], env=environment, capture_output=True, encoding="utf-8", check=False
    )
    events: list[dict[str, Any]] = json.loads(done.stdout)["data"]["events"]
    return sorted(events, key=lambda event: event["start"])


def shown(value: Value) -> str:
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return "" if value is None else str(value)


def lines_of(value: Value, width: int) -> list[str]:
    wrapped = [line for part in shown(value).split("\n") for line in textwrap.wrap(part, width) or [""]]
    return wrapped if len(wrapped) <= LOWEST else [*wrapped[: LOWEST - 1], wrapped[LOWEST - 1] + "…"]


def table(page: Page, top: float) -> Drawn:
    """The sheet with its grid, merged cells in one piece."""
    columns = max(len(row) for row in page.rows)
    rows = [[*row, *[None] * (columns - len(row))] for row in page.rows]
    anchors = {(a, b): (c, d) for a, b, c, d in page.merges}
    covered = {
        (row, column)
        for (top_row, left), (last_row, last) in anchors.items()
        for row in range(top_row, last_row + 1)
        for column in range(left, last + 1)
        if (row, column) != (top_row, left)
    }
    wide = {(a, b) for (a, b), (_, d) in anchors.items() if d > b}
    # a line alone in its row, merged or not, may reach over the cells beside it, as in a spreadsheet
    alone = {n for n, row in enumerate(rows, 1) if sum(value is not None for value in row) == 1}
    widths = [
        min(WIDEST, max([4, *(max(map(len, shown(row[c]).split("\n"))) for n, row in enumerate(rows, 1)
                              if n not in alone and (n, c + 1) not in wide)]))
        for c in range(columns)
    ]  # fmt: skip
    xs = [LEFT]
    for width in widths:
        xs.append(xs[-1] + width * CHARACTER + 2 * PADDING)
    heights = []
    for n, row in enumerate(rows, 1):
        own = [(c, value) for c, value in enumerate(row) if n not in alone and (n, c + 1) not in wide]
        tall = [len(lines_of(value, widths[c])) for c, value in own]
        heights.append(max([1, *tall]) * LINE + 2 * PADDING)
    ys = [top]
    for height in heights:
        ys.append(ys[-1] + height)
    parts = []
    for n, row in enumerate(rows, 1):
        for c, value in enumerate(row, 1):
            if (n, c) in covered:
                continue
            last_row, last_column = anchors.get((n, c), (n, c))
            x, y, right, bottom = xs[c - 1], ys[n - 1], xs[last_column], ys[last_row]
            parts.append(f'<rect x="{x:.1f}" y="{y:.1f}" width="{right - x:.1f}" height="{bottom - y:.1f}" class="g"/>')
            text = [shown(value)] if n in alone else lines_of(value, max(int((right - x) / CHARACTER) - 1, 4))
            parts += [
                f'<text x="{x + PADDING:.1f}" y="{y + PADDING + 12 + k * LINE:.1f}">{escape(line)}</text>'
                for k, line in enumerate(text)
                if line
            ]
    longest = max([0, *(len(shown(rows[n - 1][0])) for n in alone)]) * CHARACTER + LEFT + PADDING
    return Drawn("\n".join(parts), ys[-1], max(xs[-1], longest) + LEFT)


def event_line(event: dict[str, Any]) -> str:
    weekdays = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")
    day = date.fromisoformat(event["start"][:10])
    hours = "cả ngày" if event["all_day"] else f"{event['start'][11:]}–{event['end'][11:]}"
    again = " ⟳" if event["recurrence"] else ""
    place = f"  ({event['location']})" if event["location"] else ""
    return f"{weekdays[day.weekday()]} {day:%d/%m/%Y}  {hours}{again}  {event['summary']}{place}"


def picture(sheet: Sheet, folder: Path) -> str:
    events = plan(sheet, folder)
    drawn = table(sheet.pages[0], LEFT)
    options = " ".join(f'"{word}"' if " " in word else word for word in sheet.command)
    told = [f"$ toolkit calendar plan {sheet.name}.{sheet.kind} {options}".rstrip()]
    told += [event_line(event) for event in events[:MOST_EVENTS]]
    if len(events) > MOST_EVENTS:
        told.append(f"… và {len(events) - MOST_EVENTS} sự kiện nữa")
    width = max(drawn.width, max(map(len, told)) * 7.6 + 4 * LEFT)
    top = drawn.bottom + 16
    height = len(told) * 19 + 20
    lines = "\n".join(
        f'<text x="{2 * LEFT}" y="{top + 24 + n * 19:.1f}" class="{"c" if n == 0 else "t"}">{escape(line)}</text>'
        for n, line in enumerate(told)
    )
    total = top + height + LEFT
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {total:.0f}" width="{width:.0f}" role="img" '
        f'aria-label="{escape(sheet.name)}">\n'
        "<style>text{font:12px/1 system-ui,'DejaVu Sans',sans-serif;fill:#1d232a;white-space:pre}"
        ".g{fill:#fff;stroke:#b9c4cf}"
        ".t,.c{font:12.5px/1 ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace}"
        ".t{fill:#d7dde4}.c{fill:#8fc7ff}</style>\n"
        f'<rect width="{width:.0f}" height="{total:.0f}" fill="#eef2f6"/>\n{drawn.svg}\n'
        f'<rect x="{LEFT}" y="{top:.1f}" width="{width - 2 * LEFT:.1f}" height="{height}" rx="6" fill="#1d232a"/>\n'
        f"{lines}\n</svg>\n"
    )


def sheets() -> dict[str, Sheet]:
    """The kinds that the page shows: the name of the picture and the sheet."""
    from builders.kept_sheets import (
        anniversaries,
        cafe_week,
        exam_two_tables,
        housework,
        primary_timetable,
        ward_positions,
    )
    from builders.kept_sheets_more import leaders_week, own_headings, parish_week, training_sessions

    return {
        "list": leaders_week(),
        "weekday-grid": primary_timetable(),
        "session-grid": parish_week(),
        "duty-days-down": ward_positions(),
        "duty-days-across": cafe_week(),
        "lunar": anniversaries(),
        "two-tables": exam_two_tables(),
        "counted": training_sessions(),
        "weekly": housework(),
        "own-headings": own_headings(),
    }


def main() -> None:
    sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for name, sheet in sheets().items():
            (FOLDER / f"{name}.svg").write_text(picture(sheet, Path(folder)), "utf-8")


if __name__ == "__main__":
    main()
