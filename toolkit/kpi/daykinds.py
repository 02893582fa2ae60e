"""Kinds of days that sell more or less than others, where a member's own days show it beyond chance: the last working
days of a month, and the weekdays.

One-way analysis of variance (Fisher 1925); the differences that it finds are shrunk towards none by how well they are
known (empirical Bayes, Efron & Morris 1975), so that four Saturdays don't count as a law.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from toolkit.kpi.distributions import incomplete_beta

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

K = TypeVar("K", bound="Hashable")

MONTH_END: Final = 5
"""So many working days at the end of a month are looked at apart."""
_FROM_DAYS: Final = 20
_OF_A_WEEKDAY, _OF_A_MONTH_END = 3, 8  # days of a kind below which nothing is known of it
_BY_CHANCE: Final = 0.01
_LEAST: Final = 0.05


class DayKind(NamedTuple):
    """What a working day is: its weekday (0 is Monday), and whether it is among the last ones of its month."""

    weekday: int
    month_end: bool = False


@dataclass(frozen=True)
class Days:
    """The kinds of the own days that a forecast rests on, oldest first, and of the days to come."""

    past: Sequence[DayKind]
    ahead: Sequence[DayKind]


@dataclass(frozen=True)
class Alike:
    """Own days as they would be if all kinds were alike; how much each kind brings, where that differs."""

    values: Sequence[float]
    weekdays: Mapping[int, float] | None
    month_end: Mapping[bool, float] | None

    def weight(self, day: DayKind) -> float:
        """How many such days a day counts for."""
        month_end = self.month_end or {}
        return (self.weekdays or {}).get(day.weekday, 1.0) * month_end.get(day.month_end, 1.0)


def made_alike(values: Sequence[float], days: Sequence[DayKind]) -> Alike:
    """The values (as many as days) with what their kinds bring taken out: first that of the month's end, which would
    else look like some weekday's, then the weekdays'."""
    month_end = factors(values, [day.month_end for day in days], _OF_A_MONTH_END)
    if month_end:
        values = [value / month_end.get(day.month_end, 1.0) for value, day in zip(values, days, strict=True)]
    weekdays = factors(values, [day.weekday for day in days], _OF_A_WEEKDAY)
    if weekdays:
        values = [value / weekdays.get(day.weekday, 1.0) for value, day in zip(values, days, strict=True)]
    return Alike(values, weekdays, month_end)


def factors(values: Sequence[float], kinds: Sequence[K], least: int) -> Mapping[K, float] | None:
    """How much a day of each kind brings, 1 on average over the days that tell it.

    None where chance alone would look like this more than once in a hundred. Kinds of fewer than `least` days aren't
    in it. `values` and `kinds` have the same length.
    """
    groups: dict[K, list[float]] = {}
    for value, kind in zip(values, kinds, strict=True):
        groups.setdefault(kind, []).append(value)
    known = {kind: those for kind, those in groups.items() if len(those) >= least}
    n, several = sum(map(len, known.values())), len(known)
    if n < _FROM_DAYS or several < 2:
        return None
    level = fmean(value for those in known.values() for value in those)
    means = {kind: fmean(those) for kind, those in known.items()}
    between = sum(len(known[kind]) * (mean - level) ** 2 for kind, mean in means.items()) / (several - 1)
    within = sum((value - means[kind]) ** 2 for kind in known for value in known[kind]) / (n - several)
    if not level > 0 or not between > within or _f_tail(between, within, several - 1, n - several) >= _BY_CHANCE:
        return None
    usual = (n - sum(len(those) ** 2 for those in known.values()) / n) / (several - 1)
    real = (between - within) / usual
    found = {}
    for kind, mean in means.items():
        trust = real / (real + within / len(known[kind]))
        found[kind] = max(1 + trust * (mean / level - 1), _LEAST)
    whole = sum(factor * len(known[kind]) for kind, factor in found.items()) / n
    return {kind: factor / whole for kind, factor in found.items()}


def _f_tail(between: float, within: float, first: int, second: int) -> float:
    """P(F ≥ between / within) with (`first`, `second`) degrees of freedom."""
    return incomplete_beta(second / 2, first / 2, second * within / (second * within + first * between))
