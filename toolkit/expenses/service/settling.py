"""Debts: who owes whom, and settling what is open with somebody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.core.errors import ConflictError, InputError
from toolkit.core.outcome import Outcome
from toolkit.expenses.book import Filter
from toolkit.expenses.debts import debts
from toolkit.expenses.ledger import person_key
from toolkit.expenses.model import DEBTS, Draft, Kind
from toolkit.expenses.service.recording import Receipt

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from toolkit.core.dates import Clock
    from toolkit.core.money import Money
    from toolkit.expenses.book import ExpenseBook
    from toolkit.expenses.debts import Debt
    from toolkit.expenses.service.understanding import Known


@dataclass(frozen=True)
class Owed:
    """What is open with whom. The sums are by currency: what others owe the member, and what the member owes."""

    debts: tuple[Debt, ...]
    this_year: int

    def total(self, sign: int) -> dict[str, int]:
        sums: dict[str, int] = {}
        for debt in self.debts:
            if debt.amount * sign > 0:
                sums[debt.currency] = sums.get(debt.currency, 0) + abs(debt.amount)
        return sums


def owed(book: ExpenseBook, clock: Clock, *, settled: bool = False) -> Outcome[Owed]:
    """What is open with everybody; with `settled`, also who is even."""
    found = debts(book.each(Filter(kinds=tuple(DEBTS))), settled=settled)
    return Outcome(Owed(tuple(found), clock.today().year))


def open_with(book: ExpenseBook, clock: Clock, person: str) -> list[Debt]:
    """What is open with whom a name may mean: the one of exactly this name, else all who have it in theirs."""
    found = owed(book, clock).data.debts
    key = person_key(person)
    exact = [debt for debt in found if person_key(debt.person) == key]
    return exact or [debt for debt in found if f" {key} " in f" {person_key(debt.person)} "]


def one_debt(found: Sequence[Debt], person: str) -> Debt:
    """The only one. ConflictError("expenses.no_debt" | "expenses.debt_of_several")."""
    if not found:
        raise ConflictError("expenses.no_debt", value=person)
    if len(found) > 1:
        names = ", ".join(f"{debt.person} ({debt.currency})" for debt in found)
        raise ConflictError("expenses.debt_of_several", value=person, names=names)
    return found[0]


def settle(
    book: ExpenseBook,
    clock: Clock,
    known: Known,
    debt: Debt,
    *,
    amount: Money | None = None,
    account: str | None = None,
    day: date | None = None,
) -> Outcome[Receipt]:
    """Write down that a debt was paid: all of it, or `amount`. Raises InputError for more than is open."""
    paid = abs(debt.amount) if amount is None else amount.amount
    if amount is not None and (amount.currency != debt.currency or paid > abs(debt.amount) or paid <= 0):
        raise InputError("expenses.settle_too_much", value=str(paid), person=debt.person)
    draft = Draft(
        day=day or clock.today(),
        kind=Kind.COLLECT if debt.amount > 0 else Kind.REPAY,
        category=Kind.COLLECT.value if debt.amount > 0 else Kind.REPAY.value,
        amount=paid,
        currency=debt.currency,
        account=account or known.usual,
        person=debt.person,
        note=debt.person,
    )
    with book.recording("settle", at=clock.now(), note=debt.person) as run:
        entry = run.add(draft)
    return Outcome(Receipt("", run.number, known, clock.today().year, (entry,), kind="settle"))
