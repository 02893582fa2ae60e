"""The book as a journal of hledger (https://hledger.org/hledger.html#journal).

Every account and currency is declared, so that `hledger check --strict` has nothing to say.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from toolkit.core.money import MINOR_DIGITS
from toolkit.core.text import terminal_safe
from toolkit.expenses.adapters.journal import decimal, distinct
from toolkit.expenses.ledger import Root

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.expenses.adapters.journal import Journal, Transaction
    from toolkit.expenses.ledger import LedgerAccount

_TYPES: Final = {Root.OWN: "A", Root.DEBTS: "A", Root.EXPENSES: "X", Root.INCOME: "R", Root.OPENING: "E"}
_UNSAFE = re.compile(r"[:;|()\[\]{}<>*!@=\"'`~#%\\]")
_LONGEST: Final = 200


def to_hledger(book: Journal) -> str:
    """The journal's text."""
    names = distinct(book.names, _part, ":".join)
    lines = ["; UTF-8", "decimal-mark .", ""]
    lines += [f"commodity {_sample(currency)}" for currency in book.currencies]
    lines.append("")
    lines += [f"account {name}  ; type: {_TYPES[account.root]}" for account, name in names.items()]
    for transaction in book.transactions:
        lines += ["", *_transaction(transaction, names)]
    return "\n".join(lines) + "\n"


def _transaction(one: Transaction, names: dict[LedgerAccount, str]) -> list[str]:
    status = "*" if one.certain else "!"
    code = f"({one.number}) " if one.number else ""
    text = _text(one.text)
    lines = [f"{one.day.isoformat()} {status} {code}{text}".rstrip()]
    lines += [
        f"    {names[side.account]}  {decimal(side.amount, side.currency)} {side.currency}" for side in one.postings
    ]
    return lines


def _sample(currency: str) -> str:
    digits = MINOR_DIGITS.get(currency, 2)
    return f"1000.{'0' * digits} {currency}"


def _part(word: str) -> str:
    """A part of an account's name: one line, single spaces (two end a name), nothing that means something else."""
    safe = " ".join(_UNSAFE.sub(" ", terminal_safe(word)).split())[:60].strip(" -.,")
    return safe or "-"


def _text(text: str) -> str:
    """A description: `;` would begin a comment, `|` part the payee from the note."""
    return " ".join(terminal_safe(text).replace(";", ",").replace("|", "/").split())[:_LONGEST]


def account_names(book: Journal) -> Sequence[str]:
    """The names under which the accounts stand, in the order of `book.names`."""
    return list(distinct(book.names, _part, ":".join).values())
