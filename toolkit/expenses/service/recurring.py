"""What comes back: proposals from the book, and what the member has decided about them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final, TypeVar

from toolkit.core.errors import ConflictError, InputError
from toolkit.core.outcome import Outcome
from toolkit.core.text import search_key, sort_key
from toolkit.expenses.book.plans import skip as write_skip
from toolkit.expenses.book.plans import write_recurring
from toolkit.expenses.model import Draft
from toolkit.expenses.recurring import OFFERED, Due, Recurring, due, first_turn, next_after, proposals
from toolkit.expenses.service.budgeting import categories_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from toolkit.core.dates import Clock
    from toolkit.core.money import Money
    from toolkit.expenses.book import ExpenseBook
    from toolkit.expenses.categories import Category
    from toolkit.expenses.model import Account, Entry
    from toolkit.expenses.recurring import Proposal, Recurs

LOOKED_BACK: Final = timedelta(days=800)  # two turns of what comes once a year
FURTHEST: Final = timedelta(days=3 * 366)

Named = TypeVar("Named", bound="Proposal | Recurring")


@dataclass(frozen=True)
class Expectations:
    """What was accepted, with the next day on which each is due; what is due by today and not recorded; what is
    proposed."""

    accepted: tuple[tuple[Recurring, date], ...]
    due: tuple[Due, ...]
    proposed: tuple[Proposal, ...]
    today: date
    categories: Mapping[str, Category]
    accounts: Mapping[str, Account]


@dataclass(frozen=True)
class Decision:
    """What was done about something that comes back; `day` is the turn it was about, or the next one; `waits`: that
    turn has come and can be recorded."""

    recurring: Recurring
    day: date
    run: int
    entry: Entry | None = None
    waits: bool = False


def expectations(book: ExpenseBook, clock: Clock) -> Outcome[Expectations]:
    """Everything that comes back or seems to."""
    today = clock.today()
    entries = book.entries(today - LOOKED_BACK)
    accepted = book.recurring()
    found = proposals(entries, today, known=book.recurring_decided())
    waiting = due(accepted, entries, today - OFFERED, today + timedelta(days=1))
    return Outcome(
        Expectations(_coming(accepted, entries, today), waiting, found, today, categories_of(book), book.accounts())
    )


def accept(book: ExpenseBook, clock: Clock, name: str) -> Outcome[Decision]:
    """Expect a proposal: from the turn that has gone by without an entry, else from the next. ConflictError as in
    `_named`."""
    today = clock.today()
    found = expectations(book, clock).data
    one = _named(name, found.proposed)
    first = first_turn(one, today)
    accepted = Recurring(
        one.what, one.name, one.person, one.account, one.every, one.anchor, first, one.amount, one.currency
    )
    with book.recording("recurring", at=clock.now(), note=one.name) as recording:
        write_recurring(recording, accepted)
    after = first - timedelta(days=1)
    ((_, day),) = _coming([accepted], book.entries(today - LOOKED_BACK), after)
    return Outcome(Decision(accepted, day, recording.number, waits=day <= today))


def remove(book: ExpenseBook, clock: Clock, name: str) -> Outcome[Decision]:
    """Expect it no more, or don't propose it again. What is recorded stays. ConflictError as in `_named`."""
    today = clock.today()
    found = expectations(book, clock).data
    known: list[Proposal | Recurring] = [*(accepted for accepted, _ in found.accepted), *found.proposed]
    one = _named(name, known)
    gone = Recurring(
        one.what, one.name, one.person, one.account, one.every, one.anchor, today, one.amount, one.currency
    )
    with book.recording("recurring", at=clock.now(), note=one.name) as recording:
        write_recurring(recording, gone, declined=True)
    return Outcome(Decision(gone, today, recording.number))


def skip(book: ExpenseBook, clock: Clock, name: str) -> Outcome[Decision]:
    """Pass over the turn that is due, or the next one. ConflictError as in `_named`."""
    found = expectations(book, clock).data
    one = _named(name, [accepted for accepted, _ in found.accepted])
    day = _turn(one, found)
    with book.recording("recurring", at=clock.now(), note=one.name) as recording:
        write_skip(recording, one.what, day)
    return Outcome(Decision(one, day, recording.number))


def record(
    book: ExpenseBook, clock: Clock, name: str, *, amount: Money | None = None, day: date | None = None
) -> Outcome[Decision]:
    """Write the turn that is due, or the next one, into the book: on the day it was due (today for one still to come)
    or on `day`, with `amount` where that was another, which is then expected the next time.

    ConflictError as in `_named`; InputError("expenses.recurring_currency") for an amount in another currency.
    """
    today = clock.today()
    found = expectations(book, clock).data
    one = _named(name, [accepted for accepted, _ in found.accepted])
    if amount is not None and amount.currency != one.currency:
        raise InputError("expenses.recurring_currency", value=amount.currency, currency=one.currency)
    paid = one.amount if amount is None else amount.amount
    turn = _turn(one, found)
    draft = Draft(
        day or min(turn, today), one.what.kind, one.what.category, paid, one.account, one.currency,
        person=one.person, note=one.name, sentence=one.name, core=one.name,
    )  # fmt: skip
    with book.recording("add", at=clock.now(), note=one.name) as recording:
        entry = recording.add(draft)
        write_recurring(recording, replace(one, amount=paid))
    return Outcome(Decision(one, turn, recording.number, entry))


def _turn(one: Recurring, found: Expectations) -> date:
    """The turn that a decision is about: the oldest that is due, else the next."""
    waiting = next((turn.day for turn in found.due if turn.recurring.what == one.what), None)
    return waiting or next(day for accepted, day in found.accepted if accepted.what == one.what)


def _coming(accepted: Sequence[Recurring], entries: Iterable[Entry], after: date) -> tuple[tuple[Recurring, date], ...]:
    """Each with its next turn after a day that is neither recorded nor passed over."""
    first: dict[Recurs, date] = {}
    for turn in due(accepted, entries, after + timedelta(days=1), after + FURTHEST):
        first.setdefault(turn.recurring.what, turn.day)
    found = [(one, first.get(one.what) or next_after(one.anchor, one.every, after + FURTHEST)) for one in accepted]
    return tuple(sorted(found, key=lambda turn: (turn[1], sort_key(turn[0].name))))


def _named(name: str, found: Sequence[Named]) -> Named:
    """The one that a member means by its name, or some words of it.

    ConflictError: "expenses.recurring_unknown", "expenses.recurring_ambiguous".
    """
    wanted = search_key(name)
    names = {place: search_key(one.name) for place, one in enumerate(found)}
    for fitting in (
        [place for place, known in names.items() if known == wanted],
        [place for place in names if found[place].what.key == wanted],
        [place for place, known in names.items() if set(wanted.split()) <= set(known.split()) and wanted],
    ):
        if len(fitting) == 1:
            return found[fitting[0]]
        if fitting:
            several = ", ".join(found[place].name for place in fitting)
            raise ConflictError("expenses.recurring_ambiguous", value=name, names=several)
    raise ConflictError("expenses.recurring_unknown", value=name)
