"""Objectives and key results: how far from → to each result has come, and their plain mean."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class KeyResult:
    """A number to be moved from `start` to `goal` (which may lie below it); `now` is None while it isn't measured."""

    start: Fraction
    goal: Fraction
    now: Fraction | None

    @property
    def progress(self) -> Fraction | None:
        """0 to 1, clamped: a result that overshoots makes up for no other. None while there is nothing to say."""
        if self.now is None or self.start == self.goal:
            return None
        return min(max((self.now - self.start) / (self.goal - self.start), Fraction(0)), Fraction(1))


def objective_progress(results: Sequence[KeyResult]) -> Fraction | None:
    """The mean of the key results' progress, an unmeasured one counting as not begun; None where none is measured."""
    measured = [result.progress for result in results]
    if all(progress is None for progress in measured):
        return None
    return sum((progress or Fraction(0) for progress in measured), Fraction(0)) / len(results)
