"""What the expenses commands open: the member's book, and what reads and sorts sentences for them."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.core.dates import Clock
    from toolkit.expenses.book import ExpenseBook
    from toolkit.expenses.service.recording import Recorder
    from toolkit.expenses.service.understanding import Known, Understanding
    from toolkit.expenses.sorting import Sorter
    from toolkit.shell.app import App
    from toolkit.store.store import Store

_PEOPLE = 200  # names that a sentence is looked through for


@dataclass(frozen=True)
class Desk:
    """All that a sentence needs on its way into the book."""

    book: ExpenseBook
    clock: Clock
    known: Known
    sorter: Sorter
    understanding: Understanding
    recorder: Recorder


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


@contextmanager
def open_desk(app: App, sorter: Sorter | None = None) -> Iterator[Desk]:
    """The member's book with everything around it. `sorter` lends its model where one is loaded already."""
    with open_book(app) as book:
        yield desk_of(app, book, sorter)


def desk_of(app: App, book: ExpenseBook, sorter: Sorter | None = None) -> Desk:
    """The desk on an open book."""
    from toolkit.expenses.sentence import read_sentence
    from toolkit.expenses.service.recording import Recorder
    from toolkit.expenses.service.understanding import Understanding

    clock = app.clock
    known = known_to(app, book)
    sorter = open_sorter(app, book, sorter)
    xi = app.settings.money.xi
    understanding = Understanding(
        read_sentence, sorter, known, today=clock.today(), xi=xi if isinstance(xi, int) else None
    )
    return Desk(book, clock, known, sorter, understanding, Recorder(book, clock, known))


def known_to(app: App, book: ExpenseBook) -> Known:
    """What the book says about the member's words."""
    from toolkit.expenses.service.understanding import Known

    own = {category.id: category for category in book.categories()}
    people = tuple(person.lower() for person in book.people()[:_PEOPLE])
    return Known(book.accounts(), own, people, app.settings.expenses.account)


def open_sorter(app: App, book: ExpenseBook | None, lent: Sorter | None = None) -> Sorter:
    """The sorter with the member's own lessons and categories, if they have a book; `lent` has the model already."""
    from toolkit.expenses.sorting import Sorter

    lessons, categories = (book.lessons(), book.categories()) if book is not None else ([], [])
    if lent is not None:
        return Sorter(lent.model, lessons, categories, lent.notices)
    return Sorter.open(personal=app.paths.personal_model, lessons=lessons, categories=categories)
