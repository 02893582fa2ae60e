"""Won and lost, and the stages of a funnel."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from toolkit.core.shares import share

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.core.shares import Share


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
