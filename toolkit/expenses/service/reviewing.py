"""The queue: entries that were saved with doubt, and sentences whose amount isn't certain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.core.errors import ConflictError
from toolkit.core.outcome import Outcome
from toolkit.expenses.service.waiting import from_waiting

if TYPE_CHECKING:
    from toolkit.core.dates import Clock
    from toolkit.expenses.book import ExpenseBook, Waiting
    from toolkit.expenses.model import Entry
    from toolkit.expenses.service.understanding import Known, Proposal


@dataclass(frozen=True)
class Held:
    """Something that waits for its amount, and what was understood of it."""

    waiting: Waiting
    proposal: Proposal


@dataclass(frozen=True)
class Queue:
    """What wants a look: what waits outside of the book, then entries with a doubt, each the oldest first."""

    held: tuple[Held, ...]
    unsure: tuple[Entry, ...]
    known: Known
    this_year: int

    def __len__(self) -> int:
        return len(self.held) + len(self.unsure)


def queue(book: ExpenseBook, clock: Clock, known: Known) -> Outcome[Queue]:
    """Everything in the queue."""
    held = tuple(Held(one, from_waiting(one)) for one in book.waiting())
    return Outcome(Queue(held, tuple(book.entries(unsure=True)), known, clock.today().year))


def held_of(book: ExpenseBook, number: int) -> Held:
    """What waits under a number. ConflictError("expenses.waiting_unknown") if nothing does."""
    for one in book.waiting():
        if one.id == number:
            return Held(one, from_waiting(one))
    raise ConflictError("expenses.waiting_unknown", value=str(number), id=number)
