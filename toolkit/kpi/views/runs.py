"""The list of runs: what was done to the book, the newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.kpi.views.words import NARROW, note_words, run_words
from toolkit.shell.blocks import Column, Table, When, Words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from toolkit.kpi.service.looking import RunLine
    from toolkit.shell.blocks import Block, Cell


def runs(width: int | None) -> Callable[[Sequence[RunLine]], Iterator[Block]]:
    """The runs for a screen of `width` columns: where it is narrow, what was taken back says so in the column of what
    was done, and the hour is left out."""
    narrow = width is not None and width < NARROW
    codes = ("run", "when", "done", "about", *(() if narrow else ("state",)))
    columns = [Column(Words(f"kpi.listed_{code}"), "right" if code == "run" else "left") for code in codes]

    def view(lines: Sequence[RunLine]) -> Iterator[Block]:
        year = lines[0].run.began.year if lines else None
        rows = [_short_row(line, year) if narrow else _row(line) for line in lines]
        yield Table(columns, rows, empty=Words("kpi.no_runs"))

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
            "changes": line.rows,
        }
        for line in lines
    ]


def _short_row(line: RunLine, this_year: int | None) -> list[Cell]:
    number, _, done, about, state = _row(line)
    return [number, When(line.run.began.date(), this_year=this_year), state or done, about]


def _row(line: RunLine) -> list[Cell]:
    run = line.run
    done: Cell = run_words(run.kind) if run.undoes is None else Words("kpi.run_undoes", run=run.undoes)
    about: Cell = note_words(run.note) or (f"{line.first} +{line.things - 1}" if line.things > 1 else line.first)
    state = Words(f"kpi.state_{run.state}") if run.state == "undone" else None
    return [run.number, When(run.began), done, about, state]
