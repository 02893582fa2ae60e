"""Double entry: every entry of the book is postings that sum to zero in each currency. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from toolkit.core.text import search_key
from toolkit.expenses.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from toolkit.expenses.model import Account, Draft, Entry


class Root(StrEnum):
    """The five kinds of ledger accounts that a member's book needs."""

    OWN = "own"  # what the member has: cash, bank accounts, wallets
    DEBTS = "debts"  # one a person: above zero they owe the member, below zero the member owes them
    EXPENSES = "expenses"
    INCOME = "income"
    OPENING = "opening"  # where the money that was there at the beginning comes from


@dataclass(frozen=True, order=True)
class LedgerAccount:
    """`name` is an own account's id, a person's key (`person_key`), or a category's id."""

    root: Root
    name: str = ""


@dataclass(frozen=True)
class Posting:
    """`amount` in đồng or minor units of `currency`: above zero into the account (debit), below zero out of it."""

    account: LedgerAccount
    amount: int
    currency: str


def person_key(person: str) -> str:
    """The one name of somebody in the ledger, however it was typed: "Chị  HOA" and "chị hoa" are the same person."""
    return search_key(person)


def postings(entry: Entry | Draft) -> tuple[Posting, ...]:
    """An entry as postings, the account that receives first. Their sum is zero (the rule of double entry)."""
    receives, pays = _sides(entry)
    return Posting(receives, entry.amount, entry.currency), Posting(pays, -entry.amount, entry.currency)


def opening_postings(account: Account) -> tuple[Posting, ...]:
    """What an own account held at the beginning; none where that was nothing."""
    if not account.opening:
        return ()
    own = LedgerAccount(Root.OWN, account.id)
    return (
        Posting(own, account.opening, account.currency),
        Posting(LedgerAccount(Root.OPENING), -account.opening, account.currency),
    )


def balances(
    entries: Iterable[Entry | Draft], accounts: Iterable[Account] = ()
) -> dict[tuple[LedgerAccount, str], int]:
    """What stands in each ledger account, by currency, in minor units; accounts at zero are left out.

    The order of the entries doesn't matter.
    """
    sums: Counter[tuple[LedgerAccount, str]] = Counter()
    for account in accounts:
        _post(sums, opening_postings(account))
    for entry in entries:
        _post(sums, postings(entry))
    return {key: amount for key, amount in sorted(sums.items()) if amount}


def _post(sums: Counter[tuple[LedgerAccount, str]], made: tuple[Posting, ...]) -> None:
    for posting in made:
        sums[posting.account, posting.currency] += posting.amount


def _sides(entry: Entry | Draft) -> tuple[LedgerAccount, LedgerAccount]:
    """The ledger accounts that receive and pay."""
    own = LedgerAccount(Root.OWN, entry.account)
    if entry.kind is Kind.TRANSFER:
        return LedgerAccount(Root.OWN, entry.counter), own
    if entry.kind is Kind.EXPENSE:
        return LedgerAccount(Root.EXPENSES, entry.category), own
    if entry.kind is Kind.INCOME:
        return own, LedgerAccount(Root.INCOME, entry.category)
    debt = LedgerAccount(Root.DEBTS, person_key(entry.person))
    return (debt, own) if entry.kind in (Kind.LEND, Kind.REPAY) else (own, debt)
