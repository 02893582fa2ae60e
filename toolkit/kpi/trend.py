"""Rising rather than wavy: the direction of a member's months, and how much they wobble around it.

The slope is Theil–Sen's (the median of all pairwise slopes; Sen 1968) with the joint intercept median(y − slope·x); its
significance is Mann–Kendall's (Mann 1945, Kendall 1975) with ties, exact up to ten months. wobble = 1.4826 · MAD of the
residuals / median of the months: 1.4826 makes the MAD the standard deviation of a normal distribution.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import sqrt
from statistics import NormalDist, mean, median, stdev
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

ENOUGH_MONTHS: Final = 6
EXACT_TO: Final = 10
SIGNIFICANT: Final = 0.05
WAVY: Final = 0.25
"""From this wobble on, months lie so far off their line that the line says little."""

Verdict = Literal["rising", "falling", "steady", "wavy"]


@dataclass(frozen=True)
class MannKendall:
    """`s` is the concordant less the discordant pairs, `variance` that of s without a trend, `p` two-sided."""

    s: int
    variance: float
    z: float
    p: float


@dataclass(frozen=True)
class Trend:
    """The direction of equally spaced values (months, per working day). `verdict` is None below six months."""

    slope: float
    intercept: float
    test: MannKendall
    variation: float | None
    wobble: float | None
    verdict: Verdict | None

    def line(self, place: int) -> float:
        """The trend's value at a place (0 is the first month)."""
        return self.intercept + self.slope * place


def trend(values: Sequence[float]) -> Trend | None:
    """The trend of at least two values; None for fewer."""
    if len(values) < 2:
        return None
    slope = median((values[j] - values[i]) / (j - i) for i, j in combinations(range(len(values)), 2))
    intercept = median(value - slope * place for place, value in enumerate(values))
    residuals = [value - (intercept + slope * place) for place, value in enumerate(values)]
    middle, average = median(values), mean(values)
    around = median(residuals)
    wobble = 1.4826 * median(abs(residual - around) for residual in residuals) / middle if middle > 0 else None
    test = mann_kendall(values)
    variation = stdev(values) / average if average else None
    return Trend(slope, intercept, test, variation, wobble, _verdict(len(values), slope, test, wobble))


def _verdict(n: int, slope: float, test: MannKendall, wobble: float | None) -> Verdict | None:
    if n < ENOUGH_MONTHS:
        return None
    if test.p < SIGNIFICANT and slope:
        return "rising" if slope > 0 else "falling"
    return "wavy" if wobble is None or wobble >= WAVY else "steady"


def mann_kendall(values: Sequence[float]) -> MannKendall:
    """The Mann–Kendall test: the variance corrected for ties, p exact for up to ten values, else normal with the
    continuity correction."""
    n = len(values)
    s = sum((later > earlier) - (later < earlier) for earlier, later in combinations(values, 2))
    ties = [values.count(value) for value in set(values)]
    variance = (n * (n - 1) * (2 * n + 5) - sum(t * (t - 1) * (2 * t + 5) for t in ties)) / 18
    z = (s - (s > 0) + (s < 0)) / sqrt(variance) if variance else 0.0
    p = _exact_p(s, n, ties) if n <= EXACT_TO else 2 * NormalDist().cdf(-abs(z))
    return MannKendall(s, variance, z, min(p, 1.0))


def _exact_p(s: int, n: int, ties: Sequence[int]) -> float:
    """P(|S| ≥ |s|) over every order of these values.

    The discordant pairs of a multiset's orders are counted by the q-multinomial [n]! / Π [t]! (MacMahon 1913), and S is
    the number of untied pairs less twice the discordant ones.
    """
    counts = _q_factorial(n)
    for tie in ties:
        for size in range(2, tie + 1):
            counts = _divided(counts, size)
    pairs = len(counts) - 1
    extreme = sum(count for discordant, count in enumerate(counts) if abs(pairs - 2 * discordant) >= abs(s))
    return extreme / sum(counts)


def _q_factorial(n: int) -> list[int]:
    """The coefficients of [n]! = Π (1 + q + … + q^(k−1)), which count the orders of n values by their inversions."""
    counts = [1]
    for size in range(2, n + 1):
        grown = [0] * (len(counts) + size - 1)
        for place, count in enumerate(counts):
            for step in range(size):
                grown[place + step] += count
        counts = grown
    return counts


def _divided(counts: list[int], size: int) -> list[int]:
    """A polynomial divided by 1 + q + … + q^(size−1), which it is a multiple of."""
    quotient: list[int] = []
    for place in range(len(counts) - size + 1):
        quotient.append(counts[place] - sum(quotient[max(place - size + 1, 0) : place]))
    return quotient
