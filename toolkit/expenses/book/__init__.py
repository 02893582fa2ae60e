"""The member's book of expenses in the store: entries, the history that undoes, accounts, categories, lessons."""

from __future__ import annotations

from toolkit.expenses.book.book import ExpenseBook, Waiting, account_row
from toolkit.expenses.book.entries import Filter
from toolkit.expenses.book.history import Recording
from toolkit.store.history import Change, Database, Run

__all__ = ["Change", "Database", "ExpenseBook", "Filter", "Recording", "Run", "Waiting", "account_row"]
