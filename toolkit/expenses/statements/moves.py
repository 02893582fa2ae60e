"""Money that stays the member's own: cash from a machine, wallets filled, accounts of the same owner, savings.

A line alone says so by its words, by the number of the other account, or by its owner's name; the same amount in two
accounts alone never does, for a wage that comes in and a rent that goes out may well be equal.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from toolkit.core.text import search_key
from toolkit.expenses.accounts import BANK, CASH, ELSEWHERE, KNOWN, SAVINGS
from toolkit.expenses.statements.descriptions import same_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from toolkit.expenses.statements.descriptions import Described
    from toolkit.expenses.statements.model import Line

NEAR: Final = timedelta(days=3)
"""So far apart two banks may book one transfer."""
MOST_FEE: Final = 60_000
"""Đồng that a bank may keep of a transfer between two own accounts: the product's own bound."""

_PHRASES: Final = Path(__file__).parent / "banks" / "_moves.toml"
_LONGEST: Final = 900
_WALLETS: Final = ("momo", "zalopay", "shopeepay", "vnpay", "viettelmoney", "grabpay")
_BANK_WORDS: Final = tuple(
    sorted(
        {name for name, account in KNOWN.items() if account.kind == "bank" and account.label and len(name) >= 3},
        key=len,
        reverse=True,
    )
)


@dataclass(frozen=True)
class Owns:
    """What is known of the member's accounts: the account of each number, and the owners' names, folded."""

    numbers: Mapping[str, str] = field(default_factory=dict)
    holders: frozenset[str] = frozenset()

    def account_of(self, number: str) -> str:
        """The own account with this number; a masked one (`970436…011`) counts where its ends fit exactly one."""
        if len(number) < 4:
            return ""
        if number in self.numbers:
            return self.numbers[number]
        head, star, tail = number.partition("*")
        if not star:
            return ""
        tail = tail.lstrip("*")
        found = {account for known, account in self.numbers.items()
                 if known.startswith(head) and tail and known.endswith(tail)}  # fmt: skip
        return found.pop() if len(found) == 1 else ""

    def is_holder(self, name: str) -> bool:
        return any(same_name(name, holder) for holder in self.holders)


@dataclass(frozen=True)
class Move:
    """A line that moves the member's own money. `counter` is the other account; ELSEWHERE or BANK: it isn't named."""

    counter: str

    @property
    def vague(self) -> bool:
        return self.counter in (ELSEWHERE, BANK)


def moved(line: Line, said: Described, account: str, owns: Owns) -> Move | None:
    """Where a line's money came from or went to, if that is the member's own; None if it isn't or can't be told."""
    text = f"{line.description} {line.name} {line.bank}"
    for number in (line.number, said.payer if line.amount > 0 else said.payee):
        other = owns.account_of("".join(char for char in number if char.isdigit() or char == "*"))
        if other and other != account:
            return Move(other)
    says = _Says(text)
    if line.amount > 0 and says("closed"):
        return Move(SAVINGS)
    if line.amount > 0 and says("earned"):
        return None
    if says("cash_out" if line.amount < 0 else "cash_in"):
        return Move(CASH)
    if says("saved"):
        return Move(SAVINGS) if account != SAVINGS else None
    if account in _WALLETS:
        bank = _bank_in(text, account)
        if says("loads" if line.amount > 0 else "unloads") or (bank and line.amount > 0 and says("topped_up")):
            return Move(bank or BANK)
    elif (named := _wallet_in(text)) and says("loads" if line.amount < 0 else "unloads"):
        return Move(named)
    other_name = line.name or said.name
    if said.own or (other_name and owns.is_holder(other_name)):
        return Move(_bank_in(f"{line.bank} {line.description}", account) or ELSEWHERE)
    if says("inside"):
        return Move(ELSEWHERE)
    return None


class _Says:
    """Whether a text has one of the phrases that mean something."""

    def __init__(self, text: str) -> None:
        self._said = f" {search_key(text[:_LONGEST])} "

    def __call__(self, meaning: str) -> bool:
        return any(f" {phrase} " in self._said for phrase in _phrases()[meaning])


@lru_cache(maxsize=1)
def _phrases() -> dict[str, list[str]]:
    found: dict[str, list[str]] = tomllib.loads(_PHRASES.read_text("utf-8"))
    return found


@dataclass(frozen=True)
class Side:
    """A line on its way into the book, or one that is there already: what pairing looks at."""

    account: str
    line: Line
    move: Move | None
    kept: bool = False


@dataclass(frozen=True)
class Pair:
    """Two lines of one transfer, by position. `fee` is what got lost on the way, zero or more."""

    out: int
    into: int
    fee: int = 0


def pairs(sides: Sequence[Side]) -> list[Pair]:
    """The transfers whose two ends are among `sides`: the nearest days first, each line at most once.

    Two lines are one transfer if one goes out of an own account and the other comes into another one within three days,
    the amounts are equal (or a fee is missing and both lines say that they are transfers), and at least one of the two
    says so without the other contradicting it.
    """
    by_amount: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
    for place, side in enumerate(sides):
        if side.line.amount > 0:
            by_amount[side.line.currency, side.line.amount].append(place)
    candidates: list[tuple[tuple[int, int, int, int], Pair]] = []
    for place, side in enumerate(sides):
        if side.line.amount >= 0:
            continue
        size = -side.line.amount
        for fee, others in _reached(by_amount, side, size):
            for other in others:
                rank = _rank(side, sides[other], fee)
                if rank is not None:
                    candidates.append(((*rank, place, other), Pair(place, other, fee)))
    taken: set[int] = set()
    found = []
    for _, pair in sorted(candidates, key=lambda one: one[0]):
        if pair.out not in taken and pair.into not in taken:
            taken |= {pair.out, pair.into}
            found.append(pair)
    return found


def _reached(by_amount: Mapping[tuple[str, int], list[int]], side: Side, size: int) -> list[tuple[int, list[int]]]:
    currency = side.line.currency
    found = [(0, by_amount.get((currency, size), []))]
    if side.move is not None and currency == "VND":
        found += [
            (size - amount, places)
            for (other, amount), places in by_amount.items()
            if other == currency and 0 < size - amount <= MOST_FEE
        ]
    return found


def _rank(out: Side, into: Side, fee: int) -> tuple[int, int] | None:
    """How likely two lines are one transfer (the lower the likelier); None if they can't be."""
    apart = abs((out.line.day - into.line.day).days)
    if out.account == into.account or apart > NEAR.days or (out.kept and into.kept):
        return None
    speak = [side for side in (out, into) if side.move is not None]
    if not speak or (fee and len(speak) < 2):
        return None
    for side, other in ((out, into), (into, out)):
        if side.move is not None and not side.move.vague and not _means(side.move.counter, other.account):
            return None
    certain = sum(side.move is not None and _means(side.move.counter, other.account)
                  for side, other in ((out, into), (into, out)))  # fmt: skip
    if fee and not certain:
        return None
    if not certain and len(speak) < 2 and not _could_be(speak[0], out, into):
        return None
    return apart + (0 if certain else 4) + (2 if fee else 0), fee


def _could_be(speaking: Side, out: Side, into: Side) -> bool:
    """One side alone says "to myself, somewhere": the other must at least not name anybody else."""
    silent = into if speaking is out else out
    return not silent.line.name and not search_key(silent.line.description).startswith("luong")


def _means(counter: str, account: str) -> bool:
    """Whether the account that a line names is this one: the second account of a bank has a number behind its name."""
    return account == counter or account.startswith(f"{counter}-")


def _wallet_in(text: str) -> str:
    said = f" {search_key(text)} "
    for name, account in KNOWN.items():
        if account.kind == "wallet" and account.label and len(name) > 3 and f" {name} " in said:
            return account.id
    return ""


def _bank_in(text: str, account: str) -> str:
    """A bank that the text names, other than the account's own."""
    said = f" {search_key(text)} "
    for name in _BANK_WORDS:
        found = KNOWN[name].id
        if f" {name} " in said and found != account and not account.startswith(f"{found}-"):
            return found
    return ""
