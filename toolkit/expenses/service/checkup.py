"""What is set up for expenses on this machine: the model, the book, its ledger, what waits for a look."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from toolkit.core.checkup import Finding, Report, fine, known, told, wrong
from toolkit.core.outcome import Outcome, Problem
from toolkit.expenses.accounts import account_named
from toolkit.expenses.book import Filter
from toolkit.expenses.ledger import balances
from toolkit.expenses.model import Kind

if TYPE_CHECKING:
    from toolkit.expenses.book import ExpenseBook
    from toolkit.expenses.sorting import Sorter


def look(book: ExpenseBook | None, sorter: Sorter, usual: str) -> Outcome[Report]:
    """Look at everything, a problem for each thing that needs the member. `book` is None where there is none yet.

    Counts only; nothing of what was typed.
    """
    return told([_model(sorter), _book(book), _ledger(book), _queue(book), _account(book, usual)])


def _model(sorter: Sorter) -> Finding:
    if sorter.notices:
        return wrong("model", "expenses.doctor_model_wrong", *sorter.notices)
    return fine("model", "expenses.doctor_model")


def _book(book: ExpenseBook | None) -> Finding:
    count = book.count(Filter()) if book is not None else 0
    if book is None or not count:
        return fine("book", "expenses.doctor_book_empty")
    return fine("book", "expenses.doctor_book", n=count, lessons=len(book.lessons()))


def _ledger(book: ExpenseBook | None) -> Finding:
    """Counts the book twice: summed up by the database, and entry by entry."""
    if book is None:
        return fine("ledger", "expenses.doctor_ledger")
    one_sided = 0
    entries = []
    for entry in book.each(Filter()):
        entries.append(entry)
        one_sided += entry.kind is Kind.TRANSFER and entry.counter in ("", entry.account)
    standing = balances(entries, book.accounts().values())
    sums: Counter[str] = Counter()
    for (_, currency), amount in standing.items():
        sums[currency] += amount
    if one_sided or any(sums.values()) or standing != book.balances():
        return wrong("ledger", "expenses.doctor_ledger_wrong", Problem("expenses.ledger_uneven"))
    return fine("ledger", "expenses.doctor_ledger")


def _queue(book: ExpenseBook | None) -> Finding:
    waiting = len(book.waiting()) if book is not None else 0
    unsure = book.count(Filter(unsure=True)) if book is not None else 0
    if not waiting and not unsure:
        return fine("queue", "expenses.doctor_queue_empty")
    return known("queue", "expenses.doctor_queue", waiting=waiting, unsure=unsure)


def _account(book: ExpenseBook | None, usual: str) -> Finding:
    own = book.accounts() if book is not None else {}
    if usual not in own and account_named(usual.replace("-", " "), own) is None:
        problem = Problem("expenses.usual_account_unknown", value=usual)
        return wrong("account", "expenses.doctor_account_wrong", problem)
    return fine("account", "expenses.doctor_account", account=usual)
