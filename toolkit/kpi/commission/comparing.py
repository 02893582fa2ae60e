"""What was paid held against what the plan says: line by line where the slip has lines, else by what the total equals.

Every reason is what the figures agree with, never a verdict: who paid may well know something that the book doesn't.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final, Literal

from toolkit.core.text import search_key
from toolkit.kpi.commission.accruals import rounded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from toolkit.kpi.commission.runs import OwedLine
    from toolkit.kpi.commission.statement import Statement

Reason = Literal[
    "same", "missing", "not_in_book", "not_counted", "other_period", "refund_twice", "refund_missing", "twice",
    "other_base", "other_rate", "share", "rounding", "other",
]  # fmt: skip

WITHHELD: Final = Fraction(1, 10)
"""What payers withhold from those without a contract of employment of three months or more, from 2.000.000đ a payment
(circular 111/2013/TT-BTC, article 25, 1.i)."""
WITHHELD_FROM: Final = 2_000_000
_CENT: Final = 1  # đồng that two ways of rounding may differ by, a line


@dataclass(frozen=True)
class SlipRow:
    """One row of a pay slip. `row` is its number in the file; what a slip has no column for is empty or None."""

    row: int
    amount: int
    order: str = ""
    product: str = ""
    rule: str = ""
    base: int | None = None
    rate: Fraction | None = None


@dataclass(frozen=True)
class Compared:
    """One thing that was paid, owed, or both. `name` is what it is called on the slip or in the book; `rows` where it
    stands on the slip. `theirs` and `ours` are the rates or bases that differ, where the reason is one of them."""

    name: str
    by: Literal["order", "product", "rule", "total"]
    paid: int | None
    owed: int | None
    reason: Reason
    rows: tuple[int, ...] = ()
    theirs: Fraction | None = None
    ours: Fraction | None = None

    @property
    def difference(self) -> int:
        """What was paid beyond what is owed; below nothing where it was less."""
        return (self.paid or 0) - (self.owed or 0)


@dataclass
class _Expected:
    amount: int = 0
    refunds: int = 0
    base: Fraction = Fraction(0)
    share: Fraction = Fraction(1)
    lines: int = 0
    name: str = ""


def order_key(order: str) -> str:
    """An order's number as it is compared: case, marks and a leading # aside."""
    return search_key(order.strip().removeprefix("#"))


def by_order(
    statements: Iterable[Statement], slip: Sequence[SlipRow], elsewhere: Callable[[str], Reason]
) -> list[Compared]:
    """Every order of the slip and of the statements; `elsewhere` says of an order that isn't owed why that is."""
    expected = _by_order(statements)
    rows: defaultdict[str, list[SlipRow]] = defaultdict(list)
    for row in slip:
        rows[order_key(row.order)].append(row)
    found = []
    for key, mine in rows.items():
        found.append(_compared(mine, expected.get(key), elsewhere))
    for key, one in expected.items():
        if key not in rows and one.amount:
            found.append(Compared(one.name, "order", None, one.amount, "missing"))
    return found


def _by_order(statements: Iterable[Statement]) -> dict[str, _Expected]:
    expected: defaultdict[str, _Expected] = defaultdict(_Expected)
    counted: set[tuple[str, str, int]] = set()
    for line in (line for one in statements for line in one.lines):
        entry = line.entry
        if entry is None or entry.kind == "activity":
            continue
        key = order_key(entry.order or str(entry.sale or entry.id))
        one = expected[key]
        one.name = entry.order or f"#{entry.sale or entry.id}"
        one.amount += line.whole
        one.lines += 1
        one.share = entry.share
        if entry.amount < 0:
            one.refunds += line.whole
        if (key, entry.kind, entry.id) not in counted:
            counted.add((key, entry.kind, entry.id))
            one.base += entry.amount
    return dict(expected)


def _compared(mine: Sequence[SlipRow], one: _Expected | None, elsewhere: Callable[[str], Reason]) -> Compared:
    paid, name, rows = sum(row.amount for row in mine), mine[0].order, tuple(row.row for row in mine)
    if one is None:
        return Compared(name, "order", paid, None, elsewhere(order_key(name)), rows)
    reason, theirs, ours = _why(mine, paid, one)
    return Compared(name, "order", paid, one.amount, reason, rows, theirs, ours)


def _why(mine: Sequence[SlipRow], paid: int, one: _Expected) -> tuple[Reason, Fraction | None, Fraction | None]:
    """What the figures of one order agree with."""
    difference = paid - one.amount
    if not difference:
        return "same", None, None
    if abs(difference) <= _CENT * max(one.lines, 1):
        return "rounding", None, None
    if one.refunds and difference == one.refunds:
        return "refund_twice", None, None
    if one.refunds and difference == -one.refunds:
        return "refund_missing", None, None
    if len(mine) > 1 and paid == 2 * one.amount:
        return "twice", None, None
    bases = [row.base for row in mine if row.base is not None]
    base = Fraction(sum(bases)) if len(bases) == len(mine) else None
    if base is not None and base != one.base:
        if one.share != 1 and base in (one.base / one.share, one.base * one.share):
            return "share", base, one.base
        return "other_base", base, one.base
    rate = mine[0].rate if len(mine) == 1 else None
    if rate is None and one.base:
        rate = Fraction(paid) / one.base
    if rate is not None and one.base and rate * one.base != one.amount:
        return "other_rate", rate, Fraction(one.amount) / one.base
    return "other", None, None


def by_name(
    by: Literal["product", "rule"], statements: Iterable[Statement], slip: Sequence[SlipRow],
    names: Callable[[Statement, OwedLine], Mapping[str, Fraction]],
) -> list[Compared]:  # fmt: skip
    """Sums by product or by rule; `names` shares a line out over the names that it counts under."""
    expected: defaultdict[str, Fraction] = defaultdict(Fraction)
    written: dict[str, str] = {}
    for one in statements:
        for line in one.lines:
            for name, part in names(one, line).items():
                expected[search_key(name)] += part
                written.setdefault(search_key(name), name)
    rows: defaultdict[str, list[SlipRow]] = defaultdict(list)
    for row in slip:
        rows[search_key(row.product if by == "product" else row.rule)].append(row)
    found = []
    for key, mine in rows.items():
        paid, numbers = sum(row.amount for row in mine), tuple(row.row for row in mine)
        name = mine[0].product if by == "product" else mine[0].rule
        owed = rounded(expected[key]) if key in expected else None
        if owed is None:
            reason: Reason = "not_in_book"
        else:
            reason = "same" if paid == owed else "rounding" if abs(paid - owed) <= _CENT * len(mine) else "other"
        found.append(Compared(name, by, paid, owed, reason, numbers))
    for key, amount in expected.items():
        if key not in rows and rounded(amount):
            found.append(Compared(written[key] or "–", by, None, rounded(amount), "missing"))
    return found


def orders_equal_to(statements: Iterable[Statement], amount: int, most: int = 3) -> list[str]:
    """The orders whose commission is exactly `amount` đồng: one of them may be missing, or be there twice."""
    if not amount:
        return []
    return [one.name for one in _by_order(statements).values() if one.amount == amount][:most]


def is_after_tax(paid: int, owed: int) -> bool:
    """Whether `paid` is what is left of `owed` after the tenth that payers withhold, to the đồng."""
    return owed >= WITHHELD_FROM and abs(paid - rounded(owed * (1 - WITHHELD))) <= _CENT


def refunds_of(statements: Iterable[Statement]) -> int:
    """What refunds took back, below nothing."""
    return sum(
        line.whole for one in statements for line in one.lines if line.entry is not None and line.entry.amount < 0
    )
