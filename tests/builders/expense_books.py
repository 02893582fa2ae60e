"""Books of expenses for tests: a store in a folder, drafts made up by hypothesis, what stands in a member's home."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from toolkit.core.dates.clock import FixedClock
from toolkit.expenses.book import ExpenseBook
from toolkit.expenses.categories import LEAVES, leaves_of
from toolkit.expenses.model import DEBTS, Draft, Kind
from toolkit.store.schema import apply_migrations, load_migrations
from toolkit.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hypothesis.strategies import DrawFn, SearchStrategy

TODAY = date(2026, 11, 18)  # a Wednesday
NOW = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)
CLOCK = FixedClock(NOW)
ACCOUNTS = ("cash", "bank", "momo", "vietcombank")
PEOPLE = ("", "Nam", "chị Hoa", "anh Nam", "Lan", "thằng Tú")
CURRENCIES = ("VND", "VND", "VND", "USD", "JPY")


@contextmanager
def book_in(folder: Path) -> Iterator[ExpenseBook]:
    """An empty book in a store of its own."""
    with Store.open(folder / "home" / "toolkit.db", backups=folder / "backups", clock=CLOCK) as store:
        yield ExpenseBook(store)


class InMemory:
    """The schema in memory: what a book needs of a store, without a file."""

    def __init__(self) -> None:
        self._db = sqlite3.connect(":memory:", isolation_level=None)
        apply_migrations(self._db, load_migrations())

    def read(self) -> sqlite3.Connection:
        return self._db

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield self._db
            self._db.execute("COMMIT")
        finally:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")


def memory_book() -> ExpenseBook:
    """An empty book that costs nothing to open."""
    return ExpenseBook(InMemory())


@st.composite
def drafts(draw: DrawFn, kinds: SearchStrategy[Kind] | None = None) -> Draft:
    """Entries of every direction, within about a year before TODAY."""
    kind = draw(kinds if kinds is not None else st.sampled_from(Kind))
    account, counter = draw(st.lists(st.sampled_from(ACCOUNTS), min_size=2, max_size=2, unique=True))
    person = draw(st.sampled_from(PEOPLE))
    return Draft(
        day=TODAY - timedelta(days=draw(st.integers(0, 400))),
        kind=kind,
        category=draw(st.sampled_from(leaves_of([kind]))),
        amount=draw(st.integers(1, 10**12)),
        currency=draw(st.sampled_from(CURRENCIES)),
        account=account,
        counter=counter if kind is Kind.TRANSFER else "",
        person=person if kind in DEBTS or draw(st.booleans()) else "",
        note=draw(st.sampled_from(("ăn phở", "Đổ xăng", "mợ Hai", "cà phê với Lan", "50% off", "O'Hara", ""))),
        sentence=draw(st.text(max_size=30)),
        core=draw(st.sampled_from(("ăn phở", "đổ xăng", ""))),
        needs_confirm=draw(st.booleans()),
        confidence=draw(st.floats(0, 1)),
    )


def draft(amount: int = 45_000, **fields: Any) -> Draft:
    """An ordinary entry, with other values in the fields that are given."""
    usual: dict[str, Any] = {
        "day": TODAY, "kind": Kind.EXPENSE, "category": "food", "account": "cash", "note": "ăn phở", "core": "ăn phở",
        "sentence": "ăn phở 45k",
    }  # fmt: skip
    given = {**usual, **fields}
    if "kind" in fields and "category" not in fields:
        given["category"] = leaves_of([fields["kind"]])[0]
    assert given["category"] in LEAVES or "category" in fields
    return Draft(amount=amount, **given)


def dump(home: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of the member's book, the history aside: what an undo has to bring back."""
    with closing(sqlite3.connect(f"{(home / 'toolkit.db').as_uri()}?mode=ro", uri=True)) as db:
        return contents(db)


def contents(db: sqlite3.Connection) -> dict[str, list[tuple[Any, ...]]]:
    """The same of an open database."""
    names = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name GLOB 'expense_*' ORDER BY name"
    tables = [name for (name,) in db.execute(names) if name not in ("expense_run", "expense_change")]
    return {name: sorted(db.execute(f"SELECT * FROM {name}").fetchall(), key=repr) for name in tables}


def entries(home: Path) -> list[tuple[str, int]]:
    """Note and amount of every entry, in the order in which they were made."""
    if not (home / "toolkit.db").exists():
        return []
    with closing(sqlite3.connect(f"{(home / 'toolkit.db').as_uri()}?mode=ro", uri=True)) as db:
        return db.execute("SELECT note, amount FROM expense_entry ORDER BY id").fetchall()
