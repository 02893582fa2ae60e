"""What the kpi commands open: the member's book."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.kpi.book import KpiBook
    from toolkit.shell.app import App
    from toolkit.store.store import Store


@contextmanager
def open_store(app: App) -> Iterator[Store]:
    """The member's own store. Raises StoreError."""
    from toolkit.store.store import Store

    with Store.open(app.paths.database, backups=app.paths.backups, clock=app.clock) as store:
        yield store


@contextmanager
def open_book(app: App) -> Iterator[KpiBook]:
    """The member's book. Raises StoreError."""
    from toolkit.kpi.book import KpiBook

    with open_store(app) as store:
        yield KpiBook(store)
