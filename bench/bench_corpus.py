"""Precision and recall of the reader on every sheet of tests/builders, by shape and by trade, through the command.

Events are counted as what would stand in the calendar: each occurrence of a repetition that begins before 2029. An
event is right when its row, title, start and end are what the sheet's author expects. Precision is the share of what
was read that is right; recall the share of what was expected that was read. Rows that must be refused count where they
are read all the same: as wrong.
"""

from __future__ import annotations

import io
import json
import os
import sys
import tempfile
from collections import defaultdict
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from builders.corpus import Case

SHAPES = {"list": "lists", "weekday_grid": "weekday grids", "session_grid": "session grids", "roster": "rosters",
          "positions": "duty sheets"}  # fmt: skip


@dataclass
class Score:
    """Counts over some files."""

    files: int = 0
    expected: int = 0
    read: int = 0
    right: int = 0

    def add(self, expected: int, read: int, right: int) -> None:
        self.files, self.expected = self.files + 1, self.expected + expected
        self.read, self.right = self.read + read, self.right + right

    def line(self, name: str) -> str:
        precision = f"{self.right / self.read:.1%}" if self.read else "—"
        recall = f"{self.right / self.expected:.1%}" if self.expected else "—"
        return f"{name:<22} {self.files:>5} {self.expected:>9} {self.read:>6} {precision:>10} {recall:>8}"


def envelope(path: Path, options: Iterable[str]) -> Mapping[str, Any]:
    """What `toolkit calendar plan FILE --json` says."""
    from toolkit.cli import main as toolkit

    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    with redirect_stdout(out), redirect_stderr(err):
        toolkit(["calendar", "plan", str(path), "--today", "2026-11-22", "--json", *options])
    assert isinstance(out.buffer, io.BytesIO)
    found: dict[str, Any] = json.loads(out.buffer.getvalue())
    return found


def options_of(case: Case) -> list[str]:
    """A case's choices as they are typed."""
    typed = list(getattr(case, "command", ()))
    for name, value in case.options.items():
        option = {"since": "--from"}.get(name, f"--{name.replace('_', '-')}")
        if value is True:
            typed.append(option)
        elif isinstance(value, tuple):
            typed += [word for each in value for word in (option, str(each))]
        elif name != "hours":
            typed += [option, str(value)]
    return typed


def judge(case: Case, folder: Path) -> tuple[int, int, int]:
    """How many occurrences were expected, read and right."""
    from builders.corpus import write
    from builders.judging import Sheet, occurrences, write_sheet

    path = write_sheet(case, folder) if isinstance(case, Sheet) else write(case, folder)
    events = (envelope(path, options_of(case))["data"] or {}).get("events", ())
    read = {(e["source"]["row"], *one) for e in events for one in occurrences(e)}
    wanted = {
        (e.row, *one)
        for e in case.expected
        for one in occurrences(
            {"start": e.start, "end": e.end, "summary": e.summary, "recurrence": [e.rule] if e.rule else [],
             "all_day": "T" not in e.start}
        )
    }  # fmt: skip
    return len(wanted), len(read), len(wanted & read)


def main() -> None:
    sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
    from builders.grid_cases import GRID_CASES
    from builders.kept_sheets_fourth import FOURTH
    from builders.kept_sheets_more import KEPT
    from builders.kept_sheets_third import THIRD
    from builders.list_cases import LIST_CASES
    from builders.other_authors import SHEETS
    from builders.roster_cases import ROSTER_CASES

    kept = [author() for author in (*KEPT, *THIRD, *FOURTH)]
    authors = [author() for author in SHEETS]
    # Hours that a test hands over directly have no words on the command line.
    own: list[Case] = [case for case in (*LIST_CASES, *GRID_CASES, *ROSTER_CASES) if "hours" not in case.options]
    by_shape: defaultdict[str, Score] = defaultdict(Score)
    by_trade: defaultdict[str, Score] = defaultdict(Score)
    everything = Score()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TOOLKIT_HOME"] = f"{folder}/home"
        for case in (*own, *authors, *kept):
            counts = judge(case, Path(folder))
            by_shape[SHAPES.get(case.shape, case.shape)].add(*counts)
            by_trade[getattr(case, "trade", "others")].add(*counts)
            everything.add(*counts)
    head = f"{'files':>5} {'expected':>9} {'read':>6} {'precision':>10} {'recall':>8}"
    for title, scores in (("by shape", by_shape), ("by trade", by_trade)):
        print(f"{title:<22} {head}")
        for name in sorted(scores):
            print(scores[name].line(name))
        print()
    print(everything.line("all"))


if __name__ == "__main__":
    main()
