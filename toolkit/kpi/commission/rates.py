"""How a base becomes a commission: tiers and levels, in exact arithmetic; nothing is rounded here.

Tiers are half-open: the base of exactly 50,000,000 belongs to the tier that begins there. Marginal tiers pay each part
of the base at its own tier's rate; retroactive ones pay the whole base at the rate of the tier it has reached. Levels
pay by completion of a target: in steps, or linearly between the levels.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class Tier:
    """From a base of `start` đồng on, `rate` (1/20 is 5 %)."""

    start: int
    rate: Fraction


@dataclass(frozen=True)
class TierSlice:
    """The part of a base, `low` to before `high` đồng, that is paid at `rate`; negative parts take back."""

    low: Fraction
    high: Fraction
    rate: Fraction

    @property
    def amount(self) -> Fraction:
        return (self.high - self.low) * self.rate


@dataclass(frozen=True)
class Tiers:
    """Rates by the size of the base; the first tier starts at 0 and starts rise.

    A negative base (more refunds than sales) is paid back at the first tier's rate.
    """

    tiers: tuple[Tier, ...]
    mode: Literal["marginal", "retroactive"] = "marginal"

    def __post_init__(self) -> None:
        starts = [tier.start for tier in self.tiers]
        if not starts or starts[0] != 0 or any(low >= high for low, high in pairwise(starts)):
            raise ValueError("tiers start at 0 and rise")

    def rate_at(self, base: Fraction) -> Fraction:
        """The rate of the tier that a base has reached."""
        return next((tier.rate for tier in reversed(self.tiers) if base >= tier.start), self.tiers[0].rate)

    def slices(self, base: Fraction) -> tuple[TierSlice, ...]:
        """The parts of a base with the rate each is paid at; their amounts sum to the commission."""
        if self.mode == "retroactive" or base <= 0:
            return (TierSlice(Fraction(0), base, self.rate_at(base)),) if base else ()
        ends: Sequence[Fraction] = [*(Fraction(tier.start) for tier in self.tiers[1:]), base]
        return tuple(
            TierSlice(Fraction(tier.start), min(end, base), tier.rate)
            for tier, end in zip(self.tiers, ends, strict=True)
            if base > tier.start
        )

    def commission(self, base: Fraction) -> Fraction:
        """The exact commission in đồng on a base in đồng."""
        return sum((part.amount for part in self.slices(base)), Fraction(0))

    def between(self, start: Fraction, end: Fraction) -> tuple[TierSlice, ...]:
        """The marginal slices that a base passes on its way from `start` to `end`, negative ones where it shrinks.

        Their amounts sum to the difference of the marginal commissions on `end` and on `start`.
        """
        low, high = min(start, end), max(start, end)
        crossed = [Fraction(tier.start) for tier in self.tiers[1:] if low < tier.start < high]
        if not crossed:
            return (TierSlice(start, end, self.rate_at(low)),) if low != high else ()
        edges = [low, *crossed, high]
        parts = [TierSlice(a, b, self.rate_at(a)) for a, b in pairwise(edges) if a != b]
        if end < start:
            parts = [TierSlice(part.high, part.low, part.rate) for part in reversed(parts)]
        return tuple(parts)


@dataclass(frozen=True)
class Levels:
    """An amount by completion of a target (1 is 100 %), as (completion, đồng) in rising order of completion; where the
    levels are shares of a base, a share takes the place of the đồng.

    "step" pays the highest level that was reached; "linear" draws straight lines between the levels, and from nothing
    at 0 % to the first. Above the last level its amount stays.
    """

    levels: tuple[tuple[Fraction, int | Fraction], ...]
    mode: Literal["step", "linear"] = "step"

    def __post_init__(self) -> None:
        completions = [completion for completion, _ in self.levels]
        if not completions or completions[0] < 0 or any(low >= high for low, high in pairwise(completions)):
            raise ValueError("levels rise, from a completion of 0 or more")

    def commission(self, completion: Fraction) -> Fraction:
        """The exact amount in đồng at a completion."""
        if self.mode == "step":
            return Fraction(next((paid for level, paid in reversed(self.levels) if completion >= level), 0))
        corners = self.levels if self.levels[0][0] == 0 else ((Fraction(0), 0), *self.levels)
        for (low, paid), (high, next_paid) in pairwise(corners):
            if low <= completion < high:
                return paid + (next_paid - paid) * (completion - low) / (high - low)
        return Fraction(corners[-1][1] if completion >= corners[-1][0] else corners[0][1])
