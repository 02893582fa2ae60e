"""The book: what stands in it, and the only ways to change it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from toolkit.core.errors import ConflictError
from toolkit.expenses.book import entries as rows
from toolkit.expenses.book.entries import Filter
from toolkit.expenses.book.history import ENTRY, JOURNAL, Recording
from toolkit.expenses.categories import Category
from toolkit.expenses.ledger import balances
from toolkit.expenses.model import Account, Kind, Lesson
from toolkit.store.history import History

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from contextlib import AbstractContextManager

    from toolkit.expenses.budgets import Limits
    from toolkit.expenses.ledger import LedgerAccount
    from toolkit.expenses.model import Entry
    from toolkit.expenses.recurring import Recurring, Recurs
    from toolkit.store.history import Change, Database, Run, Value


MOST_OF_A_SENTENCE: Final = 100
"""Entries of the newest run that are looked at; no sentence has more."""


@dataclass(frozen=True)
class Waiting:
    """Something typed whose amount isn't certain; `draft` is what the drafting wrote (JSON)."""

    id: int
    sentence: str
    draft: str
    run: int
    made_at: datetime


class ExpenseBook:
    """Reads the book, and changes it in runs: each one transaction, each with what it takes to undo it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._history = History(database, JOURNAL, Recording)

    # --- changing ---

    def recording(self, kind: str, *, at: datetime, note: str = "") -> AbstractContextManager[Recording]:
        """A run: everything that the block writes, or nothing if it raises. A block that writes nothing leaves no run.

        `kind` is a word that the catalogue has a sentence for (`expenses.run_<kind>`); `at` is now. Raises StoreError.
        """
        return self._history.recording(kind, at=at, note=note)

    def undo(self, number: int | None = None, *, at: datetime) -> tuple[Run, tuple[Change, ...]]:
        """Put back what run `number` changed (None: the newest that stands), and give the run and what it had changed.

        Undoing is a run itself; undoing that by its number brings the changes back. Raises ConflictError:
        "expenses.nothing_to_undo", "expenses.run_unknown", "expenses.already_undone", "expenses.undo_changed_later".
        """
        run = self._history.undo(number, at=at)
        return run, tuple(self._history.changes(run.number))

    # --- looking ---

    def entries(
        self,
        since: date | None = None,
        until: date | None = None,
        *,
        kinds: Collection[Kind] = (),
        category: str | Collection[str] = (),
        account: str = "",
        person: str = "",
        words: str = "",
        unsure: bool = False,
        newest_first: bool = False,
        most: int | None = None,
    ) -> list[Entry]:
        """Entries from day `since` to before day `until`, by day; see `Filter`. At most `most` of them."""
        categories = (category,) if isinstance(category, str) else tuple(category)
        chosen = Filter(since, until, tuple(kinds), categories, account, person, words, unsure)
        return list(self.each(chosen, newest_first=newest_first, most=most))

    def each(self, chosen: Filter, *, newest_first: bool = False, most: int | None = None) -> Iterator[Entry]:
        """The same one at a time, for books of any size."""
        return rows.find(self._database.read(), chosen, newest_first=newest_first, most=most)

    def count(self, chosen: Filter) -> int:
        """How many entries `chosen` names."""
        return rows.count(self._database.read(), chosen)

    def entry(self, entry_id: int) -> Entry:
        """One entry. ConflictError("expenses.entry_unknown") if there is none of that number."""
        found = rows.one(self._database.read(), entry_id)
        if found is None:
            raise ConflictError("expenses.entry_unknown", value=str(entry_id), id=entry_id)
        return found

    def latest(self) -> tuple[Run, list[Entry]] | None:
        """The newest run that stands and put entries into the book, with those of them that are still there."""
        run = self._history.newest(("add", "settle"))
        return None if run is None else (run, rows.of_run(self._database.read(), run.number, MOST_OF_A_SENTENCE))

    def balances(self, until: date | None = None) -> dict[tuple[LedgerAccount, str], int]:
        """What stands in each account of the ledger, by currency, before day `until` (None: with everything)."""
        return balances(rows.summed(self._database.read(), until), self.accounts().values())

    def counts(self) -> dict[str, int]:
        """How many entries each category has."""
        found = self._database.read().execute("SELECT category, count(*) FROM expense_entry GROUP BY category")
        return dict(found)

    def runs(self, most: int = 20) -> list[Run]:
        """The newest runs, the newest first."""
        return self._history.runs(most)

    def changes(self, run: int) -> list[Change]:
        """What a run wrote, row by row."""
        return list(self._history.changes(run))

    def history(self, entry_id: int) -> list[tuple[Run, Change]]:
        """Every run that touched an entry, the oldest first, with what it changed."""
        return self._history.touching(ENTRY, {"id": entry_id})

    def waiting(self) -> list[Waiting]:
        """What isn't in the book yet because its amount isn't certain, the oldest first."""
        found = self._database.read().execute(
            "SELECT id, sentence, draft, run, made_at FROM expense_waiting ORDER BY id"
        )
        return [
            Waiting(number, sentence, draft, run, datetime.fromisoformat(at))
            for number, sentence, draft, run, at in found
        ]

    def known_lines(self, keys: Collection[str]) -> dict[str, datetime]:
        """Which of these lines (keys of `recording.line_keys`) have been recorded already, and when."""
        db = self._database.read()
        query = "SELECT r.began FROM expense_typed t JOIN expense_run r ON r.number = t.run WHERE t.key = ?"
        found = ((key, db.execute(query, (key,)).fetchone()) for key in keys)
        return {key: datetime.fromisoformat(row[0]) for key, row in found if row}

    def accounts(self) -> dict[str, Account]:
        """The member's own accounts that are written down, by id."""
        found = self._database.read().execute(
            "SELECT id, label, kind, currency, opening, opened FROM expense_account ORDER BY id"
        )
        return {
            id_: Account(id_, label, kind, currency, opening, date.fromisoformat(opened) if opened else None)
            for id_, label, kind, currency, opening, opened in found
        }

    def categories(self) -> list[Category]:
        """Categories that the member added, and shipped ones under a name of the member's own."""
        found = self._database.read().execute("SELECT id, parent, kind, label FROM expense_category ORDER BY id")
        return [Category(id_, parent, Kind(kind), label) for id_, parent, kind, label in found]

    def lessons(self) -> list[Lesson]:
        """What the member's corrections taught, the oldest first."""
        found = self._database.read().execute(
            "SELECT core, category, times, at FROM expense_lesson ORDER BY at, phrase"
        )
        return [Lesson(core, category, times, datetime.fromisoformat(at)) for core, category, times, at in found]

    def has_limits(self) -> bool:
        """Whether the member ever decided on a budget: asked of every receipt, so without loading what reckons."""
        return self._database.read().execute("SELECT 1 FROM expense_budget LIMIT 1").fetchone() is not None

    def limits(self) -> Limits:
        """The member's budgets."""
        from toolkit.expenses.book import plans
        from toolkit.expenses.budgets import Limits

        return Limits(plans.rules(self._database.read()))

    def recurring(self) -> list[Recurring]:
        """What the member has said comes back, by name."""
        from toolkit.expenses.book import plans

        return plans.accepted(self._database.read())

    def recurring_decided(self) -> frozenset[Recurs]:
        """What needs no proposal any more: accepted, or not wanted."""
        from toolkit.expenses.book import plans

        return plans.decided(self._database.read())

    def people(self) -> list[str]:
        """Everybody named in the book, the most often named first, as the member writes them."""
        found = self._database.read().execute(
            "SELECT person FROM expense_entry WHERE person <> '' GROUP BY person ORDER BY count(*) DESC, person"
        )
        return [str(person) for (person,) in found]


def account_row(account: Account) -> dict[str, Value]:
    """The row of an own account, for `Recording.put("expense_account", …)`."""
    return {
        "id": account.id,
        "label": account.label,
        "kind": account.kind,
        "currency": account.currency,
        "opening": account.opening,
        "opened": account.opened.isoformat() if account.opened else "",
    }
