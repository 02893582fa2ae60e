"""The book out of the program: journals for hledger and beancount, tables for spreadsheets and for coming back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

from toolkit.core.errors import ConflictError, InputError
from toolkit.core.outcome import Outcome, Place
from toolkit.disk.atomic import atomic_write
from toolkit.expenses.accounts import KNOWN
from toolkit.expenses.categories import LEAVES
from toolkit.expenses.ledger import Root
from toolkit.expenses.service.hiding import without_hidden
from toolkit.expenses.statements.own_table import headings, is_own_table, row_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date
    from pathlib import Path

    from toolkit.expenses.adapters.journal import Journal
    from toolkit.expenses.book import ExpenseBook, Filter
    from toolkit.expenses.categories import Category
    from toolkit.expenses.ledger import LedgerAccount
    from toolkit.expenses.model import Account, Entry
    from toolkit.sheets.model import Value

To = Literal["hledger", "beancount", "csv", "xlsx"]
ENDINGS: Final[Mapping[str, To]] = {
    ".journal": "hledger",
    ".hledger": "hledger",
    ".ledger": "hledger",
    ".beancount": "beancount",
    ".bean": "beancount",
    ".csv": "csv",
    ".xlsx": "xlsx",
}

_OPENINGS: Final[Mapping[To, bytes]] = {
    "hledger": b"; UTF-8\ndecimal-mark .\n",
    "beancount": b";; -*- coding: utf-8 -*-\n",
}
"""How every journal begins that was written here."""
_LOOKED_AT: Final = 100  # bytes


@dataclass(frozen=True)
class Labels:
    """The member's words for what stands in the book, in the language of the export."""

    category: Callable[[str], str]
    parent: Callable[[str], str]
    account: Callable[[str], str]
    roots: Mapping[Root, str]
    nobody: str
    opening: str
    lang: str


@dataclass(frozen=True)
class Exported:
    """What was written: `file` is None where the text itself is the answer."""

    to: To
    entries: int
    file: Path | None
    text: str = ""


class Exporter:
    """Writes parts of one book."""

    def __init__(self, book: ExpenseBook, labels: Labels) -> None:
        self._book = book
        self._labels = labels

    def export(self, to: To, chosen: Filter, file: Path | None) -> Outcome[Exported]:
        """The entries that `chosen` names, as `to`, into a file or (journals only) as text. What is hidden in notes
        stays here. An export may be written again; ConflictError("expenses.export_not_ours") where another file has
        that name. Raises StoreError where the file can't be written."""
        if file is not None and not _may_be_written(file, to):
            raise ConflictError("expenses.export_not_ours", Place(file.name), value=file.name)
        entries = [without_hidden(entry) for entry in self._book.each(chosen)]
        if to in ("csv", "xlsx"):
            assert file is not None
            self._table(entries, to, file)
            return Outcome(Exported(to, len(entries), file))
        text = self._text(to, self._journal(entries, chosen.since))
        if file is not None:
            atomic_write(file, text.encode("utf-8"))
        return Outcome(Exported(to, len(entries), file, "" if file else text))

    def _journal(self, entries: list[Entry], since: date | None) -> Journal:
        """A period alone has no beginnings: what accounts held before it isn't part of it."""
        from toolkit.expenses.adapters.journal import journal

        accounts = list(self._book.accounts().values()) if since is None else []
        dated = [
            account if account.opened or not account.opening else replace(account, opened=_first(entries))
            for account in accounts
        ]
        return journal(entries, dated, self._name, self._labels.opening)

    @staticmethod
    def _text(to: To, book: Journal) -> str:
        if to == "hledger":
            from toolkit.expenses.adapters.hledger import to_hledger

            return to_hledger(book)
        from toolkit.expenses.adapters.beancount import to_beancount

        return to_beancount(book)

    def _name(self, account: LedgerAccount, person: str) -> tuple[str, ...]:
        """The words for a ledger account: the root, then its groups."""
        root = self._labels.roots[account.root]
        if account.root is Root.OWN:
            return root, self._labels.account(account.name)
        if account.root is Root.DEBTS:
            return root, person or self._labels.nobody
        if account.root is Root.OPENING:
            return root, self._labels.opening
        parent = self._parents().get(account.name)
        words = (self._labels.parent(parent),) if parent and account.root is Root.EXPENSES else ()
        return root, *words, self._labels.category(account.name)

    def _parents(self) -> dict[str, str]:
        known = {**LEAVES, **{category.id: category for category in self._book.categories()}}
        return {id_: category.parent for id_, category in known.items()}

    def _table(self, entries: list[Entry], to: To, file: Path) -> None:
        from toolkit.sheets.write import write_table

        accounts = self._book.accounts()
        own: dict[str, Category] = {category.id: category for category in self._book.categories()}
        rows: list[list[Value]] = [list(headings(self._labels.lang))]
        for entry in entries:
            shown = {
                "category": self._labels.category(entry.category),
                "account": self._labels.account(entry.account),
                "counter": self._labels.account(entry.counter) if entry.counter else "",
            }
            account = accounts.get(entry.account) or _known(entry.account)
            category = own.get(entry.category) or LEAVES.get(entry.category)
            rows.append(row_of(entry, shown=shown, category=category, account=account, guarded=to == "csv"))
        write_table(file, rows, kind="csv" if to == "csv" else "xlsx")


def _may_be_written(file: Path, to: To) -> bool:
    """Whether nothing is lost: there is no such file, an empty one, or an earlier export of the same sort."""
    from toolkit.disk.failures import disk_failures

    with disk_failures(file):
        if not file.is_file() or not file.stat().st_size:
            return True
        if to in ("csv", "xlsx"):
            return _is_own_table(file)
        with file.open("rb") as text:
            return text.read(_LOOKED_AT).startswith(_OPENINGS[to])


def _is_own_table(file: Path) -> bool:
    from toolkit.sheets.read import read_workbook

    try:
        return is_own_table(read_workbook(file))
    except InputError:
        return False


def _first(entries: list[Entry]) -> date | None:
    return min((entry.day for entry in entries), default=None)


def _known(account: str) -> Account | None:
    return KNOWN.get(account.replace("-", " ")) or KNOWN.get(account)
