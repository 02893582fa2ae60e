"""What each sale and each refund adds to a commission, and how a total is rounded once and still adds up."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import floor, lcm
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence


@dataclass(frozen=True)
class Accrual:
    """One entry's part of the commission: the base before and after it, and the difference it makes, in exact đồng."""

    before: Fraction
    after: Fraction
    amount: Fraction


def accruals(
    amounts: Sequence[Fraction], commission: Callable[[Fraction], Fraction], start: Fraction = Fraction(0)
) -> tuple[Accrual, ...]:
    """What each amount (a refund is negative) adds, in this order, from a base of `start` on.

    They are differences of one function, so they sum to commission(total) − commission(start) in any order, and a later
    refund claws back exactly what the sales above it had earned.
    """
    base, earned, found = start, commission(start), []
    for amount in amounts:
        after = base + amount
        total = commission(after)
        found.append(Accrual(base, after, total - earned))
        base, earned = after, total
    return tuple(found)


def rounded(amount: Fraction) -> int:
    """Whole đồng, halves away from zero, as invoices and pay slips round them."""
    return floor(amount + Fraction(1, 2)) if amount >= 0 else -floor(-amount + Fraction(1, 2))


def total_of(parts: Iterable[Fraction]) -> Fraction:
    """The exact sum. Parts with the same denominator are summed as whole numbers first: there are many of them."""
    sums: dict[int, int] = {}
    for part in parts:
        sums[part.denominator] = sums.get(part.denominator, 0) + part.numerator
    return sum((Fraction(whole, denominator) for denominator, whole in sums.items()), Fraction(0))


def rounded_parts(parts: Sequence[Fraction]) -> tuple[int, ...]:
    """Whole đồng for each part that sum to the rounded total: every part is rounded down and the đồng that are missing
    go to the largest remainders, earlier parts first (Hamilton's method)."""
    whole = [part.numerator // part.denominator for part in parts]
    missing = rounded(total_of(parts)) - sum(whole)
    if missing:
        common = lcm(*{part.denominator for part in parts})
        rest = [part.numerator % part.denominator * (common // part.denominator) for part in parts]
        for place in sorted(range(len(parts)), key=lambda place: (-rest[place], place))[:missing]:
            whole[place] += 1
    return tuple(whole)


def member_share(amount: Fraction, percent: Fraction) -> Fraction:
    """A member's part of a sale that several made; `percent` from 0 to 100. Raises ValueError outside."""
    if not 0 <= percent <= 100:
        raise ValueError("a share is from 0 to 100 %")
    return amount * percent / 100
