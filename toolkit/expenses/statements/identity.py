"""Which line of a bank a line of a file is, whenever and however it was exported."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict, deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from toolkit.core.text import search_key

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence
    from datetime import date

    from toolkit.expenses.statements.model import Line

_LENGTH: Final = 32  # hexadecimal digits of a SHA-256: 128 bits


@dataclass(frozen=True)
class Kept:
    """A line that is in the book already. `entry` is the entry that it stands for, 0 for none."""

    identity: str
    account: str
    day: date
    amount: int
    currency: str
    balance: int | None
    reference: str
    words: str
    entry: int = 0


def words_of(line: Line) -> str:
    """What a description says, however it was wrapped, spaced or cased."""
    return search_key(line.description).replace(" ", "")


def reference_of(line: Line) -> str:
    return search_key(line.reference).replace(" ", "")


def identities(account: str, lines: Sequence[Line]) -> list[str]:
    """A name for each line, the same in every export of the same columns: made of account, day, amount, balance,
    reference and words, and of its number among those that are alike."""
    seen: defaultdict[str, int] = defaultdict(int)
    names = []
    for line in lines:
        parts = [
            account,
            line.day.isoformat(),
            line.amount,
            line.currency,
            line.balance,
            reference_of(line),
            words_of(line),
        ]
        text = json.dumps(parts, ensure_ascii=False)
        seen[text] += 1
        names.append(hashlib.sha256(f"{text}#{seen[text]}".encode()).hexdigest()[:_LENGTH])
    return names


def already(lines: Sequence[Line], kept: Iterable[Kept]) -> dict[int, Kept]:
    """Which lines (by position) are in the book already; every kept line answers for one.

    A line is the same if day, amount and currency are, and whatever both exports tell agrees: reference and balance
    first; the words only where neither can decide, since banks print them differently in different exports.
    """
    exact: defaultdict[Hashable, deque[Kept]] = defaultdict(deque)
    for one in kept:
        exact[one.day, one.amount, one.currency, one.balance, one.reference, one.words].append(one)
    found: dict[int, Kept] = {}
    for place, line in enumerate(lines):
        same = exact.get((line.day, line.amount, line.currency, line.balance, reference_of(line), words_of(line)))
        if same:
            found[place] = same.popleft()
    waiting: defaultdict[Hashable, list[Kept]] = defaultdict(list)
    for left in exact.values():
        for one in left:
            waiting[one.day, one.amount, one.currency].append(one)
    for least in (3, 2, 1):
        for place, line in enumerate(lines):
            alike = waiting.get((line.day, line.amount, line.currency))
            if place in found or not alike:
                continue
            best = next((one for one in alike if _agree(line, one) >= least), None)
            if best is not None:
                alike.remove(best)
                found[place] = best
    return found


def _agree(line: Line, kept: Kept) -> int:
    """How much says that two lines are one: 0 where something says that they aren't."""
    reference = reference_of(line)
    if line.balance is not None and kept.balance is not None:
        # After the same change the same amount is left only by the same line, or by one that was cancelled out.
        if line.balance != kept.balance:
            return 0
        return 3 if reference == kept.reference or not reference or not kept.reference else 0
    if reference and kept.reference:
        return 2 if reference == kept.reference else 0
    words = words_of(line)
    return 1 if words == kept.words or (words and kept.words and (words in kept.words or kept.words in words)) else 0
