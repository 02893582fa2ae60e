"""The book in beancount's language (https://beancount.github.io/docs/beancount_language_syntax.html). Names of accounts
begin with a capital letter or a digit and hold letters, digits and dashes only; Vietnamese letters are letters."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from toolkit.core.text import nfc, terminal_safe
from toolkit.expenses.adapters.journal import decimal, distinct
from toolkit.expenses.ledger import Root

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.expenses.adapters.journal import Journal, Transaction
    from toolkit.expenses.ledger import LedgerAccount

_ROOTS: Final = {
    Root.OWN: "Assets",
    Root.DEBTS: "Assets",
    Root.EXPENSES: "Expenses",
    Root.INCOME: "Income",
    Root.OPENING: "Equity",
}
_LONGEST: Final = 200


def to_beancount(book: Journal) -> str:
    """The file's text."""
    roots = {account: (_ROOTS[account.root], *words[1:]) for account, words in book.names.items()}
    for account, words in book.names.items():
        if account.root in (Root.DEBTS, Root.OPENING):
            roots[account] = (_ROOTS[account.root], *words)  # the group's own word stays: Assets:Vay-nợ:Chị-Hoa
    names = distinct(roots, _part, _joined)
    lines = [";; -*- coding: utf-8 -*-"]
    lines += [f'option "operating_currency" "{currency}"' for currency in book.currencies]
    if book.since is not None:
        lines.append("")
        lines += [f"{book.since.isoformat()} open {name}" for name in names.values()]
    for transaction in book.transactions:
        lines += ["", *_transaction(transaction, names)]
    return "\n".join(lines) + "\n"


def _transaction(one: Transaction, names: dict[LedgerAccount, str]) -> list[str]:
    flag = "*" if one.certain else "!"
    lines = [f'{one.day.isoformat()} {flag} "{_text(one.text)}"']
    if one.number:
        lines.append(f"  id: {one.number}")
    lines += [
        f"  {names[side.account]}  {decimal(side.amount, side.currency)} {side.currency}" for side in one.postings
    ]
    return lines


def _joined(parts: Sequence[str]) -> str:
    return ":".join(parts)


def _part(word: str) -> str:
    """A component of an account's name: "Ăn ngoài, cà phê" is `Ăn-ngoài-cà-phê`."""
    kept = []
    for char in nfc(word):
        category = unicodedata.category(char)
        kept.append(char if category[0] == "L" or category == "Nd" or char == "-" else " ")
    safe = "-".join("".join(kept).replace("-", " ").split())[:60].rstrip("-")
    first = safe[:1].upper()
    if not safe or len(first) != 1 or unicodedata.category(first) not in ("Lu", "Nd"):
        return f"X-{safe}".rstrip("-")
    return first + safe[1:]


def _text(text: str) -> str:
    plain = " ".join(terminal_safe(text).split())[:_LONGEST]
    return plain.replace("\\", "\\\\").replace('"', '\\"')
