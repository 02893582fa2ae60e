"""The list of runs: what was done to the book, the newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.expenses.views.figures import NARROW
from toolkit.expenses.views.receipt import run_words
from toolkit.shell.blocks import Column, Table, When, Words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from toolkit.expenses.service.looking import RunLine
    from toolkit.shell.blocks import Block, Cell


def runs(width: int | None) -> Callable[[Sequence[RunLine]], Iterator[Block]]:
    """The runs for a screen of `width` columns: where it is narrow, what was taken back says so in the column of what
    was done, and the hour is left out."""
    narrow = width is not None and width < NARROW
    codes = ("run", "when", "done", "note", *(() if narrow else ("state",)))
    columns = [Column(Words(f"expenses.column_{code}"), "right" if code == "run" else "left") for code in codes]

    def view(lines: Sequence[RunLine]) -> Iterator[Block]:
        year = lines[0].run.began.year if lines else None
        rows = [_short_row(line, year) if narrow else _row(line) for line in lines]
        yield Table(columns, rows, empty=Words("expenses.no_runs"))

    return view


def runs_json(lines: Sequence[RunLine]) -> list[dict[str, Any]]:
    return [
        {
            "run": line.run.number,
            "kind": line.run.kind,
            "note": line.run.note,
            "began": line.run.began.isoformat(timespec="seconds"),
            "state": line.run.state,
            "undoes": line.run.undoes,
            "changes": line.changes,
        }
        for line in lines
    ]


def _short_row(line: RunLine, this_year: int | None) -> list[Cell]:
    number, _, what, note, state = _row(line)
    return [number, When(line.run.began.date(), this_year=this_year), state or what, note]


def _row(line: RunLine) -> list[Cell]:
    run = line.run
    what: Cell = run_words(run.kind) if run.undoes is None else Words("expenses.run_undoes", run=run.undoes)
    note: Cell = run.note or (f"{line.first} +{line.entries - 1}" if line.entries > 1 else line.first)
    state = Words(f"expenses.state_{run.state}") if run.state == "undone" else None
    return [run.number, When(run.began), what, note, state]
