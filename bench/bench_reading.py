"""How much of members' sheets is read, how much of what is read is right, and how fast 10,000 rows are.

Precision and recall are counted over the hand-written expectations of tests/builders; an event counts as right when its
row, title, start, end and repetition are. Sheets of other authors are counted by rows. Timing is a list of 10,000 rows
already in memory, best of three.
"""

from __future__ import annotations

import sys
import tempfile
import time
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.calendar.reading import ReadOptions, read_events
from toolkit.core.errors import InputError
from toolkit.sheets.read import read_workbook

if TYPE_CHECKING:
    from builders.corpus import Case

Found = set[tuple[int, str, str, str, str]]
ROWS = 10_000


def iso(moment: date | datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M") if isinstance(moment, datetime) else moment.isoformat()


def read(case: Case, folder: Path) -> Found:
    from builders.corpus import TODAY, write

    try:
        result = read_events(read_workbook(write(case, folder)), ReadOptions(TODAY, **case.options))
    except InputError:
        return set()
    return {
        (w.source.row, w.event.summary, iso(w.event.start), iso(w.event.end), "".join(w.event.recurrence))
        for w in result.wanted
    }


def accuracy(name: str, cases: tuple[Case, ...]) -> None:
    right = read_count = expected_count = 0
    with tempfile.TemporaryDirectory() as folder:
        for case in cases:
            found = read(case, Path(folder))
            expected = {(e.row, e.summary, e.start, e.end, e.rule) for e in case.expected}
            right += len(found & expected)
            read_count += len(found)
            expected_count += len(expected)
    precision, recall = right / (read_count or 1), right / (expected_count or 1)
    print(f"{name:<16} {len(cases):>5} {expected_count:>8} {read_count:>6} {precision:>10.1%} {recall:>8.1%}")


def other_authors() -> None:
    """Rows of sheets by authors who never saw the reader, through the command itself."""
    import io
    import json
    import os
    from contextlib import redirect_stdout

    from builders.judging import judge, write_sheet
    from builders.other_authors import SHEETS
    from toolkit.cli import main as toolkit

    rows = right = wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TOOLKIT_HOME"] = f"{folder}/home"
        for sheet in (author() for author in SHEETS):
            out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
            path = write_sheet(sheet, Path(folder))
            with redirect_stdout(out):
                toolkit(["calendar", "plan", str(path), "--today", "2026-11-22", "--json", *sheet.command])
            assert isinstance(out.buffer, io.BytesIO)
            verdict = judge(sheet, json.loads(out.buffer.getvalue()))
            rows, right, wrong = rows + verdict.rows, right + verdict.right, wrong + len(verdict.wrong)
    precision, recall = right / ((right + wrong) or 1), right / (rows or 1)
    print(f"{'other authors':<16} {len(SHEETS):>5} {rows:>8} {right + wrong:>6} {precision:>10.1%} {recall:>8.1%}")


def speed() -> None:
    from builders.grids import book, grid

    times = ["8h30", "14h-15h30", "19h30 – 21h", "2h chiều", "cả ngày"]
    first = date(2026, 1, 1)
    rows: list[list[object]] = [
        ["LỊCH NĂM 2026"],
        ["STT", "Ngày", "Giờ", "Nội dung", "Địa điểm", "Nhắc trước", "Ghi chú"],
    ]
    for n in range(ROWS):
        day = first + timedelta(days=n % 365)
        typed = day if n % 3 else f"{day.day}/{day.month}"
        rows.append([n + 1, typed, times[n % 5], f"Gặp khách {n}", f"Quán {n % 50}", "30 phút", f"ghi chú {n}"])
    workbook = book(grid(rows))  # type: ignore[arg-type]  # cells of mixed types
    best = float("inf")
    for _ in range(3):
        began = time.perf_counter()
        result = read_events(workbook, ReadOptions(first))
        best = min(best, time.perf_counter() - began)
    print(f"\n{len(result.wanted):,} rows of a list in memory → events: {best:.2f} s")


def main() -> None:
    sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
    from builders.grid_cases import GRID_CASES
    from builders.list_cases import LIST_CASES

    print(f"{'shape':<16} {'files':>5} {'expected':>8} {'read':>6} {'precision':>10} {'recall':>8}")
    accuracy("lists", LIST_CASES)
    accuracy("grids", GRID_CASES)
    other_authors()
    speed()


if __name__ == "__main__":
    main()
