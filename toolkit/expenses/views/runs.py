"""The list of runs: what was done to the book, the newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.expenses.views.receipt import run_words
from toolkit.shell.runs import RunRow, run_json, runs_table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from toolkit.expenses.service.looking import RunLine
    from toolkit.shell.blocks import Block


def runs(width: int | None) -> Callable[[Sequence[RunLine]], Iterator[Block]]:
    """The runs for a screen of `width` columns."""

    def view(lines: Sequence[RunLine]) -> Iterator[Block]:
        yield runs_table([_row(line) for line in lines], width)

    return view


def runs_json(lines: Sequence[RunLine]) -> list[dict[str, Any]]:
    return [run_json(line.run, line.changes) for line in lines]


def _row(line: RunLine) -> RunRow:
    entries = f"{line.first} +{line.entries - 1}" if line.entries > 1 else line.first
    return RunRow(line.run, run_words(line.run.kind), line.run.note or entries)
