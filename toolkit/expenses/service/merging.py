"""Entries that were typed and came by a statement too: proposed, then joined into one, or kept apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from toolkit.core.errors import ConflictError
from toolkit.core.outcome import Outcome
from toolkit.disk.crash import crashpoint
from toolkit.expenses.book.proofs import point_to, write_apart
from toolkit.expenses.model import Kind
from toolkit.expenses.statements.likeness import twins

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from toolkit.core.dates import Clock
    from toolkit.expenses.book import ExpenseBook, Recording
    from toolkit.expenses.book.proofs import Proofs
    from toolkit.expenses.model import Entry
    from toolkit.expenses.service.understanding import Known
    from toolkit.expenses.statements.likeness import Twins

_BACK: Final = timedelta(days=3)
_ALL: Final = 10**9


@dataclass(frozen=True)
class TwinList:
    """Proposed pairs, with what names their accounts and categories."""

    twins: tuple[Twins, ...]
    known: Known
    this_year: int


@dataclass(frozen=True)
class Merged:
    """What was joined (the entries as they are now) and how many pairs were kept apart; `run` is what `undo` takes."""

    run: int | None
    entries: tuple[Entry, ...]
    apart: int
    known: Known
    this_year: int


class Merger:
    """The verbs around twins, on one book."""

    def __init__(self, book: ExpenseBook, proofs: Proofs, clock: Clock, known: Known) -> None:
        self._book = book
        self._proofs = proofs
        self._clock = clock
        self._known = known

    def proposals(self) -> list[Twins]:
        """Typed entries that are likely the same money as an entry of a statement, by day."""
        proven = self._proofs.proven()
        if not proven:
            return []
        entries = self._book.entries()
        backed = [entry for entry in entries if entry.id in proven]
        if not backed:
            return []
        first, last = backed[0].day - _BACK, backed[-1].day + _BACK
        by_import = {run.number for run in self._book.runs(_ALL) if run.kind == "import"}
        typed = [
            entry
            for entry in entries
            if entry.id not in proven and entry.run not in by_import and first <= entry.day <= last
        ]
        return twins(typed, backed, self._proofs.apart())

    def listing(self, found: Sequence[Twins]) -> TwinList:
        return TwinList(tuple(found), self._known, self._clock.today().year)

    def settle(self, found: Sequence[Twins], accept: Collection[int], skip: Collection[int]) -> Outcome[Merged]:
        """Join the pairs whose typed entry is in `accept`, keep those in `skip` apart, in one run.

        The typed entry keeps its words, its day and its category, and gets the bank's account and lines; the bank's
        own entry goes. ConflictError("expenses.merge_unknown") for an entry that isn't proposed.
        """
        by_typed = {one.typed.id: one for one in found}
        for number in (*accept, *skip):
            if number not in by_typed:
                raise ConflictError("expenses.merge_unknown", value=str(number), id=number)
        lines = self._proofs.lines_of({one.proven.id for one in found})
        merged: list[Entry] = []
        with self._book.recording("merge", at=self._clock.now()) as run:
            for number in sorted(accept):
                one = by_typed[number]
                merged.append(self._join(run, one))
                for kept in lines.get(one.proven.id, ()):
                    point_to(run, kept.kept.identity, one.typed.id)
                crashpoint("expenses.merge.joined")
            for number in sorted(skip):
                write_apart(run, number, by_typed[number].proven.id)
            made = run.number if run.changes else None
        return Outcome(Merged(made, tuple(merged), len(skip), self._known, self._clock.today().year))

    def _join(self, run: Recording, one: Twins) -> Entry:
        typed, proven = one.typed, one.proven
        run.remove(proven)
        fields: dict[str, object] = {"account": proven.account, "needs_confirm": False, "doubts": ()}
        if typed.kind is Kind.TRANSFER:
            fields["counter"] = proven.counter
        if not typed.person and proven.person:
            fields["person"] = proven.person
        return run.change(typed, **fields)
