"""Looking at the book: lists, one entry, its history."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from toolkit.core.errors import ConflictError
from toolkit.core.outcome import Outcome
from toolkit.expenses.book.entries import entry_of
from toolkit.store.history import Touch

if TYPE_CHECKING:
    from collections.abc import Mapping

    from toolkit.core.dates import Clock
    from toolkit.expenses.book import ExpenseBook, Filter, Run
    from toolkit.expenses.categories import Category
    from toolkit.expenses.model import Account, Entry

_MOST_NAMED: Final = 8  # words of a search that an empty answer names


@dataclass(frozen=True)
class Listing:
    """Entries by day, the newest last; `more` older ones were left out."""

    entries: tuple[Entry, ...]
    more: int
    this_year: int
    accounts: Mapping[str, Account]
    categories: Mapping[str, Category]
    sought: tuple[str, ...] = ()
    """The words of a search that found nothing."""
    missing: tuple[str, ...] = ()
    """Those of them that no entry has; none where each is somewhere, but never all together."""


@dataclass(frozen=True)
class Shown:
    """One entry as it stands (None: it was taken out) and everything that was done to it, the oldest first."""

    id: int
    entry: Entry | None
    touches: tuple[Touch[Entry], ...]
    accounts: Mapping[str, Account]
    categories: Mapping[str, Category]


def show(book: ExpenseBook, entry_id: int) -> Outcome[Shown]:
    """An entry with its history. ConflictError("expenses.entry_unknown") if there never was one of that number."""
    history = book.history(entry_id)
    if not history:
        raise ConflictError("expenses.entry_unknown", value=str(entry_id), id=entry_id)
    touches = tuple(
        Touch(run, entry_of(change.before) if change.before else None, entry_of(change.after) if change.after else None)
        for run, change in history
    )
    own = {category.id: category for category in book.categories()}
    return Outcome(Shown(entry_id, touches[-1].after, touches, book.accounts(), own))


@dataclass(frozen=True)
class RunLine:
    """A run, how many rows it wrote, how many of them were entries, and the note of the first of these."""

    run: Run
    changes: int
    entries: int
    first: str


def runs(book: ExpenseBook, most: int = 20) -> Outcome[tuple[RunLine, ...]]:
    """The newest runs, the newest first."""
    lines = []
    for run in book.runs(most):
        changes = book.changes(run.number)
        rows = [change.after or change.before or {} for change in changes if change.table == "expense_entry"]
        lines.append(RunLine(run, len(changes), len(rows), str(rows[0]["note"]) if rows else ""))
    return Outcome(tuple(lines))


def listing(book: ExpenseBook, clock: Clock, chosen: Filter, most: int | None) -> Outcome[Listing]:
    """The entries that `chosen` names; at most the newest `most` of them."""
    found = tuple(book.each(chosen, newest_first=True, most=most))[::-1]
    more = book.count(chosen) - len(found) if most is not None and len(found) == most else 0
    own = {category.id: category for category in book.categories()}
    sought = tuple(dict.fromkeys(chosen.words.split()))[:_MOST_NAMED] if not found else ()
    missing = tuple(word for word in sought if not book.count(replace(chosen, words=word)))
    return Outcome(Listing(found, more, clock.today().year, book.accounts(), own, sought, missing))
