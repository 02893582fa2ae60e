"""What the kpi commands open: the member's book, and what reads lines for it."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from toolkit.core.hidden import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.core.dates import Clock
    from toolkit.kpi.book import KpiBook
    from toolkit.kpi.service.drafting import Options, Understood
    from toolkit.kpi.service.recording import Recorder
    from toolkit.shell.app import App
    from toolkit.store.store import Store

_PRODUCTS: Final = 2_000  # names of products that a line is looked through for


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


@dataclass(frozen=True)
class Desk:
    """All that a line needs on its way into the book."""

    book: KpiBook
    clock: Clock
    recorder: Recorder
    xi: int | None

    def understand(self, text: str, options: Options, *, otherwise: str = "") -> Understood:
        """What a line and the options beside it come to, with what the book knows; see `service.drafting`. Without a
        line, the options tell of a sale."""
        from toolkit.kpi.service.drafting import told_by_options, understood

        today = self.clock.today()
        if not text:
            return understood(told_by_options(today), self.book, options, today, otherwise=otherwise)
        from toolkit.kpi.sentence import read_line

        products = [name for one in self.book.products().values() for name in (one.label, *one.aliases)]
        seen = shown(text)  # what a member hides is kept with the line, and is no customer and no product of theirs
        reading = read_line(seen, today=today, people=self.book.people(), products=products[:_PRODUCTS], xi=self.xi)
        reading = reading if seen == text else replace(reading, text=text)
        return understood(reading, self.book, options, today, otherwise=otherwise)


@contextmanager
def open_desk(app: App) -> Iterator[Desk]:
    """The member's book with what reads and writes lines. Raises StoreError."""
    from toolkit.kpi.service.recording import Recorder

    with open_book(app) as book:
        clock, xi = app.clock, app.settings.money.xi
        yield Desk(book, clock, Recorder(book, clock), xi if isinstance(xi, int) else None)
