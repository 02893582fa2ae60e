"""Cells that several views share: amounts, categories, accounts, people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.core.money import format_money
from toolkit.expenses.accounts import KNOWN
from toolkit.expenses.categories import LEAVES, PARENTS
from toolkit.expenses.model import Kind
from toolkit.shell.blocks import Sayable, Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from toolkit.expenses.categories import Category
    from toolkit.expenses.model import Account, Entry
    from toolkit.shell.blocks import Cell
    from toolkit.shell.messages import Messages


@dataclass(frozen=True)
class Amount(Sayable):
    """An amount of money in the reader's way of writing: `45.000đ`, `1.234,50 USD`. `signed`: with + or −."""

    amount: int
    currency: str = "VND"
    signed: bool = False

    def said(self, messages: Messages) -> str:
        text = format_money(abs(self.amount), self.currency, messages.lang)
        sign = "−" if self.amount < 0 else "+" if self.signed and self.amount > 0 else ""
        return f"{sign}{text}"


def about(amount: int, currency: str = "VND") -> Amount:
    """What a day came to on average, half up to whole thousands of đồng, below 10.000đ to whole hundreds: nobody spends
    46.666đ. Below a hundred, and in other currencies, as it is."""
    step = 1000 if amount >= 10_000 else 100 if amount >= 100 else 1
    return Amount((amount + step // 2) // step * step if currency == "VND" else amount, currency)


def at_most(amount: int) -> Amount:
    """What may be spent a day, down to whole thousands of đồng where it has any: rounded up, the days would add up to
    more than is left."""
    return Amount(amount - amount % 1000 if amount >= 1000 else amount)


def category_words(category: str, own: Mapping[str, Category]) -> Cell:
    """A category in the member's words: their own name for it, else the catalogue's."""
    if category in own and own[category].label:
        return own[category].label
    return Words(f"expenses.category_{category}") if category in LEAVES else category


def parent_words(parent: str) -> Cell:
    """A parent of categories; those that members made up are their own words."""
    return Words(f"expenses.parent_{parent}") if parent in PARENTS else parent


def account_words(account: str, own: Mapping[str, Account]) -> Cell:
    """An own account in the member's words."""
    known = own.get(account) or KNOWN.get(account.replace("-", " ")) or KNOWN.get(account)
    if known is None:
        return account
    return known.label or Words(f"expenses.account_{known.id.replace('-', '_')}")


def flow_words(entry: Entry) -> Amount:
    """The amount with the sign it has for the member: what comes in +, what goes out −, a transfer without."""
    if entry.kind is Kind.TRANSFER:
        return Amount(entry.amount, entry.currency)
    comes_in = entry.kind in (Kind.INCOME, Kind.BORROW, Kind.COLLECT)
    return Amount(entry.amount if comes_in else -entry.amount, entry.currency, signed=True)


def own_by_id(own: Iterable[Category]) -> dict[str, Category]:
    return {category.id: category for category in own}
