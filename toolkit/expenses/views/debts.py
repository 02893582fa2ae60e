"""Who owes whom: facts, no reminders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.expenses.views.words import Amount
from toolkit.shell.blocks import Column, Joined, Line, Table, When, Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.expenses.debts import Debt
    from toolkit.expenses.service.settling import Owed
    from toolkit.shell.blocks import Block, Cell


def owed(found: Owed) -> Iterator[Block]:
    """One line a person, then the two sums."""
    codes = ("person", "debt", "amount", "since")
    columns = [Column(Words(f"expenses.column_{code}"), "right" if code == "amount" else "left") for code in codes]
    yield Table(columns, [_row(debt, found) for debt in found.debts], empty=Words("expenses.no_debts"))
    for code, sign in (("expenses.owed_to_you", 1), ("expenses.owed_by_you", -1)):
        sums = found.total(sign)
        if sums:
            yield Line(Words(code, amount=Joined([Amount(amount, one) for one, amount in sorted(sums.items())], " + ")))


def owed_json(found: Owed) -> list[dict[str, Any]]:
    return [
        {
            "person": debt.person or None,
            "amount": debt.amount,
            "currency": debt.currency,
            "since": debt.since.isoformat(),
            "last": debt.last.isoformat(),
            "entries": debt.entries,
        }
        for debt in found.debts
    ]


def _row(debt: Debt, found: Owed) -> list[Cell]:
    code = "owes_you" if debt.amount > 0 else "you_owe" if debt.amount < 0 else "even"
    return [
        debt.person or Words("expenses.nobody_named"),
        Words(f"expenses.debt_{code}"),
        Amount(abs(debt.amount), debt.currency),
        When(debt.since, this_year=found.this_year),
    ]
