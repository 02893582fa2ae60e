"""The program's own tables back into a book: every entry as it was, none twice."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from toolkit.core.outcome import Outcome
from toolkit.disk.crash import crashpoint
from toolkit.expenses.accounts import KNOWN
from toolkit.expenses.book import account_row
from toolkit.expenses.service.hiding import without_hidden
from toolkit.expenses.statements.own_table import key_of, read_own

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.core.dates import Clock
    from toolkit.expenses.book import ExpenseBook, Recording
    from toolkit.expenses.statements.own_table import OwnRow
    from toolkit.sheets.model import Workbook


@dataclass(frozen=True)
class Restored:
    """`new` entries that the book doesn't have, `known` that it has; `run` once they are written."""

    files: str
    rows: tuple[OwnRow, ...]
    known: int
    run: int | None = None

    @property
    def new(self) -> int:
        return len(self.rows)


class Restorer:
    """Reads tables that `export` wrote."""

    def __init__(self, book: ExpenseBook, clock: Clock) -> None:
        self._book = book
        self._clock = clock

    def plan(self, workbooks: Sequence[Workbook]) -> Outcome[Restored]:
        """Which entries of these tables the book doesn't have. Problems name the rows that can't be read."""
        rows: list[OwnRow] = []
        problems = []
        for workbook in workbooks:
            found, wrong = read_own(workbook)
            problems += wrong
            rows += found
        fresh = self._fresh(rows)
        files = ", ".join(workbook.file for workbook in workbooks)
        plan = Restored(files, tuple(fresh), len(rows) - len(fresh))
        return Outcome(plan, tuple(problems), "partial" if problems else "ok")

    def apply(self, planned: Outcome[Restored]) -> Outcome[Restored]:
        """Write them, in one run. Raises StoreError."""
        plan = planned.data
        with self._book.recording("restore", at=self._clock.now(), note=plan.files) as run:
            crashpoint("expenses.restore.begun")
            accounts = self._book.accounts()
            categories = {category.id for category in self._book.categories()}
            for row in self._fresh(plan.rows):
                self._names(run, row, accounts, categories)
                run.add(row.draft, made_at=row.made_at)
            number = run.number if run.changes else None
        return replace(planned, data=replace(plan, run=number))

    def _fresh(self, rows: Sequence[OwnRow]) -> list[OwnRow]:
        """The rows that stand for no entry of the book; each entry answers for one row."""
        here: Counter[tuple[Any, ...]] = Counter(key_of(without_hidden(entry)) for entry in self._book.entries())
        fresh = []
        for row in rows:
            if here[row.key] > 0:
                here[row.key] -= 1
            else:
                fresh.append(row)
        return fresh

    def _names(self, run: Recording, row: OwnRow, accounts: dict[str, Any], categories: set[str]) -> None:
        """Accounts and categories that the book doesn't know yet."""
        for account in row.accounts:
            if account.id not in accounts and account.id.replace("-", " ") not in KNOWN and account.id not in KNOWN:
                run.put("expense_account", account_row(account))
                accounts[account.id] = account
        category = row.category
        if category is not None and category.id not in categories:
            run.put(
                "expense_category",
                {"id": category.id, "parent": category.parent, "kind": category.kind.value, "label": category.label},
            )
            categories.add(category.id)
