"""Budgets decided in any order hold as the member said last, and every decision can be taken back to the first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders.expense_books import CLOCK, NOW, InMemory
from toolkit.core.dates.periods import month
from toolkit.core.errors import ConflictError
from toolkit.expenses.book import ExpenseBook
from toolkit.expenses.service.budgeting import remove_budget, set_budget

if TYPE_CHECKING:
    from toolkit.expenses.budgets import Rollover

MONTHS = [month(2026 + n // 12, 1 + n % 12) for n in range(9, 17)]
SCOPES = ("food", "eating", "total")
DECISIONS = st.lists(
    st.tuples(
        st.sampled_from(SCOPES), st.integers(0, len(MONTHS) - 1), st.booleans(),
        st.one_of(st.none(), st.integers(1, 3).map(lambda n: n * 1_000_000)),
        st.sampled_from([None, "none", "left", "both"]),
    ),
    max_size=12,
)  # fmt: skip


def rows(database: InMemory) -> list[tuple[Any, ...]]:
    return database.read().execute("SELECT * FROM expense_budget ORDER BY scope, month, standing").fetchall()


def held(book: ExpenseBook) -> dict[tuple[str, int], int | None]:
    limits = book.limits()
    return {
        (scope, n): rule.amount if (rule := limits.at(scope, one.start)) else None
        for scope in SCOPES
        for n, one in enumerate(MONTHS)
    }


class Said:
    """What the member has said, kept as simply as can be: a number for each month to come, and for single ones."""

    def __init__(self) -> None:
        self.standing: dict[tuple[str, int], int | None] = {}
        self.own: dict[tuple[str, int], int | None] = {}

    def say(self, scope: str, first: int, amount: int | None, *, standing: bool) -> None:
        if not standing:
            self.own[scope, first] = amount
            return
        self.own.pop((scope, first), None)
        self.standing |= {(scope, n): amount for n in range(first, len(MONTHS))}

    def holds(self) -> dict[tuple[str, int], int | None]:
        keys = [(scope, n) for scope in SCOPES for n in range(len(MONTHS))]
        return {key: self.own[key] if key in self.own else self.standing.get(key) for key in keys}


@settings(max_examples=60)
@given(DECISIONS)
def test_what_was_said_last_holds_and_all_of_it_can_be_taken_back(
    decisions: list[tuple[str, int, bool, int | None, Rollover | None]],
) -> None:
    database, said = InMemory(), Said()
    book = ExpenseBook(database)
    states = [rows(database)]
    for scope, first, standing, amount, rollover in decisions:
        before = held(book)
        if amount is not None:
            done = set_budget(book, CLOCK, scope, amount, MONTHS[first], standing=standing, rollover=rollover).data
        elif before[scope, first] is None:
            with pytest.raises(ConflictError) as refused:
                remove_budget(book, CLOCK, scope, MONTHS[first], standing=standing)
            assert refused.value.problem.code == "expenses.budget_none"
            continue
        else:
            done = remove_budget(book, CLOCK, scope, MONTHS[first], standing=standing).data
        said.say(scope, first, amount, standing=standing)
        assert held(book) == said.holds()
        if done.run is None:
            assert rows(database) == states[-1]
        else:
            states.append(rows(database))
    for state in reversed(states[:-1]):
        book.undo(at=NOW)
        assert rows(database) == state
