"""Entries that were typed and came by a statement too: how likely two entries are the same money."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from toolkit.core.text import search_key
from toolkit.expenses.model import Kind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from toolkit.expenses.model import Entry

NEAR_DAYS: Final = 2
LEAST: Final = 3
"""Points from which two entries are proposed: the same day, or words or a category in common."""

_INTO: Final = frozenset({Kind.INCOME, Kind.BORROW, Kind.COLLECT})


@dataclass(frozen=True)
class Twins:
    """A typed entry and the bank's. `likeness` is a number of points, the higher the likelier."""

    typed: Entry
    proven: Entry
    likeness: int


def twins(
    typed: Iterable[Entry], proven: Iterable[Entry], apart: Collection[tuple[int, int]] = frozenset()
) -> list[Twins]:
    """The likeliest pairs of a typed and a proven entry, each entry once, by day.

    Amount, currency and direction are the same and the days at most two apart; more in common makes it likelier: the
    day, words, the category, the account. `apart` are pairs that the member has said are two different things.
    """
    by_amount: defaultdict[tuple[int, str, str], list[Entry]] = defaultdict(list)
    for entry in proven:
        by_amount[_money(entry)].append(entry)
    found = []
    for entry in typed:
        for other in by_amount.get(_money(entry), ()):
            if (entry.id, other.id) in apart or abs((entry.day - other.day).days) > NEAR_DAYS:
                continue
            likeness = _likeness(entry, other)
            if likeness >= LEAST:
                found.append(Twins(entry, other, likeness))
    taken: set[int] = set()
    chosen = []
    for one in sorted(found, key=lambda one: (-one.likeness, one.typed.day, one.typed.id, one.proven.id)):
        if one.typed.id not in taken and one.proven.id not in taken:
            taken |= {one.typed.id, one.proven.id}
            chosen.append(one)
    return sorted(chosen, key=lambda one: (one.typed.day, one.typed.id))


def _money(entry: Entry) -> tuple[int, str, str]:
    way = "move" if entry.kind is Kind.TRANSFER else "in" if entry.kind in _INTO else "out"
    return entry.amount, entry.currency, way


def _likeness(typed: Entry, proven: Entry) -> int:
    apart = abs((typed.day - proven.day).days)
    points = 3 - apart
    common = _words(typed) & _words(proven)
    points += 2 * min(len(common), 3)
    points += 1 if typed.category == proven.category else 0
    points += 1 if typed.account == proven.account else 0
    # An amount such as 20.000đ turns up every day; one such as 1.234.500đ hardly twice in a week.
    points += 1 if typed.amount % 10_000 else 0
    return points


def _words(entry: Entry) -> frozenset[str]:
    text = f"{entry.note} {entry.sentence} {entry.person}"
    return frozenset(word for word in search_key(text).split() if len(word) > 1 and not word.isdigit())
