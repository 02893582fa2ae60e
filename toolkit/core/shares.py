"""Shares of small counts, said with how sure they are."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import sqrt
from statistics import NormalDist


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
