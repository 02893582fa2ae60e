"""The list of runs: what was done to a book, the newest first. Every tool that keeps such a history shows it so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar

from toolkit.shell.blocks import Column, Joined, Table, When, Words

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from datetime import datetime

    from toolkit.shell.blocks import Cell

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

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


class Touch(Protocol[T_co]):
    """A run that touched a thing: the thing before and after, and the names of the fields that differ."""

    @property
    def run(self) -> Run: ...
    @property
    def before(self) -> T_co | None: ...
    @property
    def after(self) -> T_co | None: ...
    @property
    def fields(self) -> tuple[str, ...]: ...


def touches_table(
    touches: Sequence[Touch[T]], done: Callable[[str], Cell], told: Collection[str], field: Callable[[T, str], Cell]
) -> Table:
    """What was done to one thing, the oldest first. `done` are the words for a kind of run, `told` the fields whose
    change is told in words, `field` the words for one of them."""
    columns = [Column(Words(f"shell.runs_{code}")) for code in ("number", "when", "done", "changes", "state")]
    rows: list[list[Cell]] = []
    for touch in touches:
        before, after = touch.before, touch.after
        changes: list[Cell] = []
        if before is not None and after is not None:
            changes = [
                Words("shell.from_to", source=field(before, name), target=field(after, name))
                for name in touch.fields
                if name in told
            ]
        run = touch.run
        rows.append([run.number, When(run.began), done(run.kind), Joined(changes, "; "), _undone(run)])
    return Table(columns, rows)


def touches_json(touches: Sequence[Touch[T]], as_json: Callable[[T], Any]) -> list[dict[str, Any]]:
    """The same for a program; `as_json` is the thing as its tool gives it."""
    return [
        {
            "run": touch.run.number,
            "kind": touch.run.kind,
            "at": touch.run.began.isoformat(timespec="seconds"),
            "state": touch.run.state,
            "before": None if touch.before is None else as_json(touch.before),
            "after": None if touch.after is None else as_json(touch.after),
        }
        for touch in touches
    ]


def _undone(run: Run) -> Cell:
    return Words("shell.run_undone") if run.state == "undone" else None


def _whole(row: RunRow) -> list[Cell]:
    run = row.run
    done = row.done if run.undoes is None else Words("shell.run_undoes", run=run.undoes)
    return [run.number, When(run.began), done, row.about, _undone(run)]


def _short(row: RunRow, this_year: int | None) -> list[Cell]:
    number, _, done, about, state = _whole(row)
    return [number, When(row.run.began.date(), this_year=this_year), state or done, about]
