"""What the book is kept in: own accounts with their balances, categories with the member's names for them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from toolkit.core.errors import ConflictError, UsageError
from toolkit.core.outcome import Outcome
from toolkit.core.text import search_key
from toolkit.expenses.accounts import KNOWN, account_named, new_account
from toolkit.expenses.book import account_row
from toolkit.expenses.categories import LEAVES, PARENTS, SHIPPED, Category
from toolkit.expenses.ledger import LedgerAccount, Root

if TYPE_CHECKING:
    from datetime import date

    from toolkit.core.dates import Clock
    from toolkit.core.money import Money
    from toolkit.expenses.book import ExpenseBook
    from toolkit.expenses.model import Account, AccountKind, Kind

_LONGEST_NAME = 60  # characters


@dataclass(frozen=True)
class Balance:
    """What stands in an own account, in minor units of `currency`. `opening` is part of it."""

    account: Account
    currency: str
    amount: int


@dataclass(frozen=True)
class Balances:
    """Every own account that has something in it or was set up. `usual` is the one that pays where none is named."""

    lines: tuple[Balance, ...]
    usual: str


@dataclass(frozen=True)
class Opened:
    """An account as it was before (None: it is new) and as it is now."""

    before: Account | None
    account: Account
    run: int | None


@dataclass(frozen=True)
class Named:
    """A category as it was before (None: it is new) and as it is now."""

    before: Category | None
    category: Category
    run: int | None


@dataclass(frozen=True)
class Shelf:
    """Every category, shipped and own, in order, and how many entries each has."""

    categories: tuple[Category, ...]
    counts: dict[str, int]


def balances(book: ExpenseBook, usual: str, until: date | None = None) -> Outcome[Balances]:
    """What stands in each own account before day `until` (None: with everything that is in the book)."""
    accounts = book.accounts()
    found: list[Balance] = []
    seen: set[str] = set()
    for (account, currency), amount in book.balances(until).items():
        if account.root is Root.OWN:
            found.append(Balance(_known(account.name, accounts), currency, amount))
            seen.add(account.name)
    found += [Balance(account, account.currency, 0) for id_, account in accounts.items() if id_ not in seen]
    order = {"cash": 0, "bank": 1, "wallet": 2}
    found.sort(key=lambda line: (order[line.account.kind], line.account.id, line.currency != "VND", line.currency))
    return Outcome(Balances(tuple(found), usual))


def set_up(
    book: ExpenseBook,
    clock: Clock,
    name: str,
    *,
    kind: AccountKind | None = None,
    label: str | None = None,
    holds: Money | None = None,
    on: date | None = None,
) -> Outcome[Opened]:
    """Set up an own account, or change one: its kind, its label, what it `holds` now, or when day `on` began.

    What isn't given stays; entries stay as they are. UsageError for a name that is none.
    """
    accounts = book.accounts()
    known = account_named(name, accounts)
    if known is None and not 0 < len(search_key(name)) <= _LONGEST_NAME:
        raise UsageError("expenses.name_unusable", value=name)
    account = known or new_account(name, kind or "bank")
    before = accounts.get(account.id)
    if kind is not None:
        account = replace(account, kind=kind)
    if label is not None:
        account = replace(account, label=label)
    if holds is not None:
        key = (LedgerAccount(Root.OWN, account.id), holds.currency)
        standing = book.balances(on).get(key, 0)
        earlier = before.opening if before and before.currency == holds.currency else 0
        opening = holds.amount - (standing - earlier)
        account = replace(account, opening=opening, currency=holds.currency, opened=on or clock.today())
    with book.recording("account", at=clock.now(), note=account.label or account.id) as run:
        run.put("expense_account", account_row(account))
    return Outcome(Opened(before, account, run.number if run.changes else None))


def shelf(book: ExpenseBook) -> Outcome[Shelf]:
    """All categories: the shipped ones in their order, the member's own behind those of the same parent."""
    own = book.categories()
    named = {category.id: category for category in own}
    shipped = [named.get(category.id, category) for category in SHIPPED]
    added = [category for category in own if category.id not in LEAVES]
    ordered = [category for parent in PARENTS for category in (*shipped, *added) if category.parent == parent]
    return Outcome(Shelf(tuple(ordered), book.counts()))


def add_category(book: ExpenseBook, clock: Clock, label: str, parent: str, kind: Kind) -> Outcome[Named]:
    """A category of the member's own. ConflictError("expenses.category_exists") if one is called so already."""
    id_ = search_key(label).replace(" ", "-")
    if not 0 < len(id_) <= _LONGEST_NAME:
        raise UsageError("expenses.name_unusable", value=label)
    if id_ in LEAVES or id_ in {category.id for category in book.categories()}:
        raise ConflictError("expenses.category_exists", value=label)
    return _put(book, clock, None, Category(id_, parent, kind, label))


def rename_category(book: ExpenseBook, clock: Clock, id_: str, label: str) -> Outcome[Named]:
    """Another name for a category; its entries and what was learned stay with it."""
    if not 0 < len(search_key(label)) <= _LONGEST_NAME:
        raise UsageError("expenses.name_unusable", value=label)
    own = {category.id: category for category in book.categories()}
    before = own.get(id_) or LEAVES[id_]
    return _put(book, clock, before, replace(before, label=label))


def _put(book: ExpenseBook, clock: Clock, before: Category | None, category: Category) -> Outcome[Named]:
    with book.recording("category", at=clock.now(), note=category.label) as run:
        row = {"id": category.id, "parent": category.parent, "kind": category.kind.value, "label": category.label}
        run.put("expense_category", row)
    return Outcome(Named(before, category, run.number if run.changes else None))


def _known(id_: str, accounts: dict[str, Account]) -> Account:
    return accounts.get(id_) or KNOWN.get(search_key(id_)) or replace(new_account(id_), id=id_)
