"""Shares of small counts, said with how sure they are."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class Share:
    """`part` of `whole`, exactly, with its Wilson interval. `value` is None where there is nothing to share."""

    part: int
    whole: int
    low: float | None
    high: float | None

    @property
    def value(self) -> Fraction | None:
        return Fraction(self.part, self.whole) if self.whole else None


def share(part: int, whole: int, level: float = 0.8) -> Share:
    """A share with its Wilson score interval at `level` (Wilson 1927, without continuity correction).

    Raises ValueError unless 0 ≤ part ≤ whole and 0 < level < 1.
    """
    if not 0 <= part <= whole:
        raise ValueError("a part is between nothing and the whole")
    if not whole:
        return Share(part, whole, None, None)
    z = NormalDist().inv_cdf((1 + level) / 2)
    rate, spread = part / whole, z * z / whole
    middle = (rate + spread / 2) / (1 + spread)
    half = z * sqrt(rate * (1 - rate) / whole + spread / (4 * whole)) / (1 + spread)
    return Share(part, whole, max(middle - half, 0.0), min(middle + half, 1.0))


@dataclass(frozen=True)
class WinLoss:
    """Deals that were decided; open ones count in neither. `rate` is won / decided, `ratio` won / lost."""

    won: int
    lost: int

    @property
    def rate(self) -> Share:
        return share(self.won, self.won + self.lost)

    @property
    def ratio(self) -> Fraction | None:
        return Fraction(self.won, self.lost) if self.lost else None


@dataclass(frozen=True)
class FunnelStep:
    """One stage: how many came, the share of the stage before it and of the first stage."""

    count: int
    of_previous: Fraction | None
    of_first: Fraction | None


def funnel(counts: Sequence[int]) -> tuple[FunnelStep, ...]:
    """The stages of a funnel, first one first; a stage may hold more than the one before it (customers enter late)."""
    steps = []
    for place, count in enumerate(counts):
        before, first = counts[place - 1] if place else 0, counts[0]
        of_previous = Fraction(count, before) if place and before else None
        steps.append(FunnelStep(count, of_previous, Fraction(count, first) if place and first else None))
    return tuple(steps)


def needed_at_first(counts: Sequence[int], wanted: int) -> int | None:
    """How many must enter the first stage for `wanted` to leave the last at the shares of `counts`, rounded up; None
    where nobody came through."""
    if not counts or not counts[-1]:
        return None
    return -(-wanted * counts[0] // counts[-1])
