"""Who owes whom, by person. Pure."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from toolkit.expenses.ledger import person_key
from toolkit.expenses.model import DEBTS, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from toolkit.expenses.model import Entry

_MAKES: Final = {Kind.LEND: 1, Kind.BORROW: -1}
_SETTLES: Final = {Kind.COLLECT: -1, Kind.REPAY: 1}


@dataclass(frozen=True)
class Debt:
    """What is open with one person in one currency: above zero they owe the member, below zero the member owes them.

    `person` is written as the member wrote it last; "" where nobody was named. `since` is the day on which what is
    open now began, `last` that of the latest entry.

    Paying back more than the book knows of settles a debt from before the book, and doesn't turn it round: `earlier` is
    what was paid so, above zero by the member, below zero to them. The ledger's account of the person is the sum of
    `amount` and `earlier`.
    """

    person: str
    amount: int
    currency: str
    since: date
    last: date
    entries: int
    earlier: int = 0


def debts(entries: Iterable[Entry], *, settled: bool = False) -> list[Debt]:
    """What is open with each person, those who owe the member first, the largest first; with `settled`, also zeros.

    `entries` may hold anything, in any order; only lend, borrow, repay and collect count.
    """
    open_with: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.kind in DEBTS:
            open_with[person_key(entry.person), entry.currency].append(entry)
    found = [_debt(several, currency) for (_, currency), several in open_with.items()]
    return sorted(
        (debt for debt in found if debt.amount or settled),
        key=lambda debt: (debt.currency != "VND", debt.currency, -debt.amount, person_key(debt.person)),
    )


def _debt(entries: list[Entry], currency: str) -> Debt:
    ordered = sorted(entries, key=lambda entry: (entry.day, entry.id))
    amount, earlier, since = 0, 0, ordered[0].day
    for entry in ordered:
        before = amount
        if entry.kind in _MAKES:
            amount += _MAKES[entry.kind] * entry.amount
        else:
            sign = _SETTLES[entry.kind]
            known = min(entry.amount, max(-sign * amount, 0))
            amount += sign * known
            earlier += sign * (entry.amount - known)
        if before == 0 or before * amount < 0:
            since = entry.day
    return Debt(ordered[-1].person, amount, currency, since, ordered[-1].day, len(ordered), earlier)
