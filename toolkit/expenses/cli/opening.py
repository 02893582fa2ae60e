"""What the expenses commands open: the member's book, for the time of one command."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.expenses.book import ExpenseBook
    from toolkit.shell.app import App
    from toolkit.store.store import Store


@contextmanager
def open_store(app: App) -> Iterator[Store]:
    """The member's own store. Raises StoreError."""
    from toolkit.store.store import Store

    with Store.open(app.paths.database, backups=app.paths.backups, clock=app.clock) as store:
        yield store


@contextmanager
def open_book(app: App) -> Iterator[ExpenseBook]:
    """The member's book. Raises StoreError."""
    from toolkit.expenses.book import ExpenseBook

    with open_store(app) as store:
        yield ExpenseBook(store)
