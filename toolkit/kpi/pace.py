"""Pace: where a target stands against an even walk over its working days. Exact arithmetic throughout.

With N working days in the period, n of them gone, R = N − n left, a target T and an actual A: expected = T·n/N,
gap = A − expected, index = A/expected, run rate = A/n, projection = (A/n)·N, required = (T − A)/R,
load = required / run rate, safe days = ⌊A·N/T⌋ − n: how long one could rest and still stand on the line, as
Beeminder counts them.
A target that is revised mid-period bends the line at that day and doesn't move what lies behind it.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import floor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class PaceLine:
    """The line of expected amounts: corners (working days gone, amount), from (0, 0) to (N, T), straight in between."""

    corners: tuple[tuple[Fraction, Fraction], ...]

    def __post_init__(self) -> None:
        days = [day for day, _ in self.corners]
        if not days or days != sorted(days) or days[0] != 0:
            raise ValueError("a pace line starts at day 0 and goes forward")

    @property
    def total_days(self) -> Fraction:
        return self.corners[-1][0]

    @property
    def target(self) -> Fraction:
        return self.corners[-1][1]

    def expected(self, gone: Fraction) -> Fraction:
        """The amount on the line after `gone` working days (the target itself after the last)."""
        if gone >= self.total_days:
            return self.target
        for (day, amount), (next_day, next_amount) in pairwise(self.corners):
            if gone <= next_day and next_day > day:
                return amount + (next_amount - amount) * (gone - day) / (next_day - day)
        return self.corners[0][1]

    def reached(self, amount: Fraction) -> Fraction | None:
        """The working days after which the line first meets `amount`, its last stretch prolonged beyond the end; None
        where a line that doesn't rise never does."""
        rise: Fraction | None = None
        for (day, low), (next_day, high) in pairwise(self.corners):
            if next_day == day:
                continue
            rise = (high - low) / (next_day - day)
            if low <= amount <= high and high > low:
                return day + (amount - low) / rise
        if rise is None or rise <= 0 or amount < self.target:
            return None
        return self.total_days + (amount - self.target) / rise


def pace_line(total_days: Fraction, target: Fraction, revisions: Sequence[tuple[Fraction, Fraction]] = ()) -> PaceLine:
    """The line of a target over `total_days` working days, revised in order at (working days gone, new target).

    A revision before the first day replaces the target; one at the end or later lifts only the end.
    """
    corners = [(Fraction(0), Fraction(0))]
    goal = target
    for gone, revised in sorted(revisions, key=lambda revision: revision[0]):
        at = min(max(gone, Fraction(0)), total_days)
        if at > corners[-1][0]:
            corners.append((at, PaceLine((*corners, (total_days, goal))).expected(at) if at < total_days else goal))
        goal = revised
    return PaceLine((*corners, (total_days, goal)))


@dataclass(frozen=True)
class Pace:
    """Where a target stands. Amounts are exact, in the metric's unit (đồng, orders …); days are working days.

    What has no value is None, never 0: no index before anything was expected, no run rate before the first working
    day, nothing required once no day is left, no safe days where the target asks for nothing.
    """

    target: Fraction
    actual: Fraction
    total: Fraction
    elapsed: Fraction
    remaining: Fraction
    expected: Fraction
    gap: Fraction
    index: Fraction | None
    run_rate: Fraction | None
    projection: Fraction | None
    required: Fraction | None
    load: Fraction | None
    safe_days: int | None


def pace(line: PaceLine, actual: Fraction, elapsed: Fraction) -> Pace:
    """Measure `actual` against a line after `elapsed` working days (kept within the period). Total: no input fails."""
    total = line.total_days
    gone = min(max(elapsed, Fraction(0)), total)
    remaining = total - gone
    expected = line.expected(gone) if total else line.target
    run_rate = actual / gone if gone else None
    required = max(line.target - actual, Fraction(0)) / remaining if remaining else None
    stands_at = line.reached(actual) if actual > 0 else Fraction(0)
    return Pace(
        target=line.target,
        actual=actual,
        total=total,
        elapsed=gone,
        remaining=remaining,
        expected=expected,
        gap=actual - expected,
        index=actual / expected if expected else None,
        run_rate=run_rate,
        projection=run_rate * total if run_rate is not None else None,
        required=required,
        load=required / run_rate if required is not None and run_rate else None,
        safe_days=floor(floor(stands_at) - gone) if stands_at is not None and line.target > 0 and total else None,
    )
