"""What journals of double entry have in common: transactions with names that any program can be given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.core.money import MINOR_DIGITS
from toolkit.expenses.ledger import LedgerAccount, Root, opening_postings, postings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from toolkit.expenses.ledger import Posting
    from toolkit.expenses.model import Account, Entry


@dataclass(frozen=True)
class Transaction:
    """One entry, or what an account held at first (`number` 0). `text` is one line."""

    number: int
    day: date
    text: str
    postings: tuple[Posting, ...]
    person: str = ""
    certain: bool = True


@dataclass(frozen=True)
class Journal:
    """A part of the book on its way out: `names` are the words for every ledger account that occurs."""

    transactions: tuple[Transaction, ...]
    names: Mapping[LedgerAccount, tuple[str, ...]]
    currencies: tuple[str, ...]
    since: date | None


def journal(
    entries: Iterable[Entry],
    accounts: Iterable[Account],
    name: Callable[[LedgerAccount, str], tuple[str, ...]],
    opening_text: str,
) -> Journal:
    """The journal of some entries; `accounts` bring what they held at first. `name` gives the words for an account,
    the group first, and hears the person as written where the account is a debt."""
    transactions = []
    persons: dict[LedgerAccount, str] = {}
    for account in accounts:
        sides = opening_postings(account)
        if sides and account.opened is not None:
            transactions.append(Transaction(0, account.opened, opening_text, sides))
    for entry in entries:
        sides = postings(entry)
        for side in sides:
            if side.account.root is Root.DEBTS and entry.person:
                persons[side.account] = entry.person
        text = " ".join((entry.note or entry.sentence).split())
        transactions.append(
            Transaction(entry.id, entry.day, text, sides, " ".join(entry.person.split()), not entry.needs_confirm)
        )
    transactions.sort(key=lambda one: (one.day, one.number))
    used = dict.fromkeys(side.account for one in transactions for side in one.postings)
    names = {account: name(account, persons.get(account, "")) for account in sorted(used)}
    currencies = sorted({side.currency for one in transactions for side in one.postings})
    return Journal(tuple(transactions), names, tuple(currencies), transactions[0].day if transactions else None)


def decimal(amount: int, currency: str) -> str:
    """Minor units as a plain decimal number: -1250000, 12.34."""
    digits = MINOR_DIGITS.get(currency, 2)
    if not digits:
        return str(amount)
    whole, part = divmod(abs(amount), 10**digits)
    return f"{'-' if amount < 0 else ''}{whole}.{part:0{digits}}"


def distinct(
    names: Mapping[LedgerAccount, tuple[str, ...]], part: Callable[[str], str], joined: Callable[[Sequence[str]], str]
) -> dict[LedgerAccount, str]:
    """A safe name for each account, none twice: what two would share gets a number."""
    found: dict[LedgerAccount, str] = {}
    taken: set[str] = set()
    for account, words in names.items():
        parts = [part(word) for word in words]
        name, number = joined(parts), 2
        while name.casefold() in taken:
            name = joined([*parts[:-1], f"{parts[-1]}-{number}"])
            number += 1
        taken.add(name.casefold())
        found[account] = name
    return found
