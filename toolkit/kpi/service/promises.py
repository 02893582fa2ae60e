"""The ledger of one's word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.core.errors import ConflictError, UsageError
from toolkit.core.outcome import Outcome
from toolkit.kpi.model import Promise
from toolkit.kpi.people.word import Standing, Word, standing, word
from toolkit.kpi.service.finding import kept, someone, with_whom

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from toolkit.core.dates import Clock
    from toolkit.kpi.book import KpiBook
    from toolkit.kpi.model import ContactGroup, PromiseOutcome


@dataclass(frozen=True)
class PromiseLine:
    promise: Promise
    standing: Standing


@dataclass(frozen=True)
class PromiseList:
    """Promises with how they stand today, and what all of them say about one's word."""

    lines: tuple[PromiseLine, ...]
    word: Word
    this_year: int


@dataclass(frozen=True)
class PromiseChanged:
    """What was done with a promise (`kpi.promise_<done>`) and how it stands now."""

    done: str
    line: PromiseLine
    this_year: int


class Promises:
    """The verbs on one book."""

    def __init__(self, book: KpiBook, clock: Clock) -> None:
        self._book = book
        self._clock = clock

    def listing(
        self,
        since: date | None = None,
        until: date | None = None,
        *,
        everything: bool = False,
        engagements: Sequence[str] = (),
        to: str = "",
        groups: Sequence[ContactGroup] = (),
    ) -> Outcome[PromiseList]:
        """The promises that aren't marked yet, by the day they are for; with `everything`, all of them. The figure is
        of all that were made from `since` to before `until`, to one contact or to the contacts of some groups alone
        where these are named. ConflictError as `someone`."""
        today = self._clock.today()
        known = [one for one in self._book.promises(since, until, engagements=engagements) if one.made <= today]
        if to or groups:
            contacts = list(self._book.contacts(engagements=engagements, groups=groups))
            whose = {someone(contacts, to).id} if to else {one.id for one in contacts}
            known = [one for one in known if one.customer in whose]
        lines = [PromiseLine(one, standing(one, today)) for one in known]
        if not everything:
            lines = [line for line in lines if line.standing in ("open", "today", "unmarked")]
        lines.sort(key=lambda line: (line.promise.due is None, line.promise.due or line.promise.made, line.promise.id))
        return Outcome(PromiseList(tuple(lines), word(known, today), today.year))

    def add(
        self, engagement: str, text: str, *, to: str = "", due: date | None = None, day: date | None = None
    ) -> Outcome[PromiseChanged]:
        """Something promised. UsageError("kpi.promise_needs_words")."""
        if not text:
            raise UsageError("kpi.promise_needs_words")
        made = day or self._clock.today()
        if due is not None and due < made:
            raise UsageError("kpi.promise_due_before_made", value=f"{due:%d/%m/%Y}", made=f"{made:%d/%m/%Y}")
        contact, name = with_whom(self._book, engagement, to)
        with self._book.recording("promise", at=self._clock.now(), note=text) as run:
            promise = run.add(
                Promise(
                    0, engagement, text, made, 0, self._clock.now(), due,
                    customer=kept(self._book, run, engagement, contact, name), customer_name=name,
                    sentence=text,
                )
            )  # fmt: skip
        return self._changed("added", promise)

    def mark(self, number: int, outcome: PromiseOutcome, day: date | None = None) -> Outcome[PromiseChanged]:
        """Kept, not kept, let go, or open again. ConflictError("kpi.number_unknown")."""
        promise = self._book.promise(number)
        if promise.outcome == outcome:
            raise ConflictError(f"kpi.promise_already_{outcome}", value=str(number), id=number)
        closed = None if outcome == "open" else day or self._clock.today()
        if closed is not None and closed < promise.made:
            raise UsageError(
                "kpi.promise_closed_before_made", value=f"{closed:%d/%m/%Y}", made=f"{promise.made:%d/%m/%Y}"
            )
        with self._book.recording("promise", at=self._clock.now(), note=promise.text) as run:
            promise = run.change(promise, outcome=outcome, closed=closed)
        return self._changed(outcome, promise)

    def show(self, number: int) -> Outcome[PromiseChanged]:
        """One promise. ConflictError("kpi.number_unknown")."""
        return self._changed("shown", self._book.promise(number))

    def _changed(self, done: str, promise: Promise) -> Outcome[PromiseChanged]:
        today = self._clock.today()
        return Outcome(PromiseChanged(done, PromiseLine(promise, standing(promise, today)), today.year))
