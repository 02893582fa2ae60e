"""The list of runs: what was done to a book, the newest first. Every tool that keeps such a history shows it so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol

from toolkit.shell.blocks import Column, Table, When, Words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from toolkit.shell.blocks import Cell

NARROW: Final = 64
"""Columns below which a list leaves out what is the same on most lines, so that the rest isn't cut into words."""


class Run(Protocol):
    """One change of a book; `undoes` is the number of the run that it took back."""

    @property
    def number(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def note(self) -> str: ...
    @property
    def began(self) -> datetime: ...
    @property
    def state(self) -> str: ...
    @property
    def undoes(self) -> int | None: ...


@dataclass(frozen=True)
class RunRow:
    """A run with its tool's words for what it did and what it was about."""

    run: Run
    done: Cell
    about: Cell


def runs_table(rows: Sequence[RunRow], width: int | None) -> Table:
    """The runs for a screen of `width` columns: where it is narrow, what was taken back says so in the column of what
    was done, and the hour is left out."""
    narrow = width is not None and width < NARROW
    codes = ("number", "when", "done", "about", *(() if narrow else ("state",)))
    columns = [Column(Words(f"shell.runs_{code}"), "right" if code == "number" else "left") for code in codes]
    year = rows[0].run.began.year if rows else None
    cells = [_short(row, year) if narrow else _whole(row) for row in rows]
    return Table(columns, cells, empty=Words("shell.no_runs"))


def run_json(run: Run, changes: int) -> dict[str, Any]:
    """A run for a program; `changes` is how many rows it wrote."""
    return {
        "run": run.number,
        "kind": run.kind,
        "note": run.note,
        "began": run.began.isoformat(timespec="seconds"),
        "state": run.state,
        "undoes": run.undoes,
        "changes": changes,
    }


def _whole(row: RunRow) -> list[Cell]:
    run = row.run
    done = row.done if run.undoes is None else Words("shell.run_undoes", run=run.undoes)
    state = Words("shell.run_undone") if run.state == "undone" else None
    return [run.number, When(run.began), done, row.about, state]


def _short(row: RunRow, this_year: int | None) -> list[Cell]:
    number, _, done, about, state = _whole(row)
    return [number, When(row.run.began.date(), this_year=this_year), state or done, about]
