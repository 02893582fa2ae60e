"""Weekdays that sell more or less than others, where a member's own days show it beyond chance.

One-way analysis of variance over the weekdays (Fisher 1925); the differences that it finds are shrunk towards none by
how well they are known (empirical Bayes, Efron & Morris 1975), so that four Saturdays don't count as a law.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING, Final

from toolkit.kpi.distributions import incomplete_beta

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_FROM_DAYS: Final = 20
_EACH: Final = 3  # days of a weekday below which nothing is known of it
_BY_CHANCE: Final = 0.01
_LEAST: Final = 0.05


@dataclass(frozen=True)
class Weekdays:
    """The weekday (0 is Monday) of each of the own days that a forecast rests on, and of each day to come."""

    past: Sequence[int]
    ahead: Sequence[int]


def weekday_factors(days: Sequence[float], weekdays: Sequence[int]) -> Mapping[int, float] | None:
    """How much each weekday brings, 1 on average over the days that tell it.

    None where chance alone would look like this more than once in a hundred.

    Weekdays of which too little is known aren't in it. `days` and `weekdays` have the same length.
    """
    groups: dict[int, list[float]] = {}
    for value, weekday in zip(days, weekdays, strict=True):
        groups.setdefault(weekday, []).append(value)
    known = {weekday: values for weekday, values in groups.items() if len(values) >= _EACH}
    n, several = sum(map(len, known.values())), len(known)
    if n < _FROM_DAYS or several < 2:
        return None
    level = fmean(value for values in known.values() for value in values)
    means = {weekday: fmean(values) for weekday, values in known.items()}
    between = sum(len(known[weekday]) * (mean - level) ** 2 for weekday, mean in means.items()) / (several - 1)
    within = sum((value - means[weekday]) ** 2 for weekday in known for value in known[weekday]) / (n - several)
    if not level > 0 or not between > within or _f_tail(between, within, several - 1, n - several) >= _BY_CHANCE:
        return None
    usual = (n - sum(len(values) ** 2 for values in known.values()) / n) / (several - 1)
    real = (between - within) / usual
    factors = {}
    for weekday, mean in means.items():
        trust = real / (real + within / len(known[weekday]))
        factors[weekday] = max(1 + trust * (mean / level - 1), _LEAST)
    whole = sum(factors[weekday] * len(known[weekday]) for weekday in factors) / n
    return {weekday: factor / whole for weekday, factor in factors.items()}


def _f_tail(between: float, within: float, first: int, second: int) -> float:
    """P(F ≥ between / within) with (`first`, `second`) degrees of freedom."""
    return incomplete_beta(second / 2, first / 2, second * within / (second * within + first * between))
