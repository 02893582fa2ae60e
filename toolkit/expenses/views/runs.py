"""The list of runs: what was done to the book, the newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.expenses.views.receipt import run_words
from toolkit.shell.blocks import Column, Table, When, Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.expenses.service.looking import RunLine
    from toolkit.shell.blocks import Block, Cell


def runs(lines: Sequence[RunLine]) -> Iterator[Block]:
    codes = ("run", "when", "done", "note", "state")
    columns = [Column(Words(f"expenses.column_{code}"), "right" if code == "run" else "left") for code in codes]
    yield Table(columns, [_row(line) for line in lines], empty=Words("expenses.no_runs"))


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


def _row(line: RunLine) -> list[Cell]:
    run = line.run
    what: Cell = run_words(run.kind) if run.undoes is None else Words("expenses.run_undoes", run=run.undoes)
    note: Cell = run.note or (f"{line.first} +{line.entries - 1}" if line.entries > 1 else line.first)
    state = Words(f"expenses.state_{run.state}") if run.state == "undone" else None
    return [run.number, When(run.began), what, note, state]
