"""Promises made and kept: a reputation is the ledger of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from toolkit.core.shares import Share, share

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from toolkit.kpi.model import Promise

Standing = Literal["open", "today", "unmarked", "kept", "broken", "released"]
"""Of a promise on a day: open, due on that day, its day gone by without a mark, or how it ended."""


def standing(promise: Promise, as_of: date) -> Standing:
    """How a promise stands on a day. What was marked later is open on that day."""
    if promise.outcome != "open" and (promise.closed is None or promise.closed <= as_of):
        return promise.outcome
    if promise.due is None or promise.due > as_of:
        return "open"
    return "today" if promise.due == as_of else "unmarked"


@dataclass(frozen=True)
class Word:
    """How one's word stands. A promise that the other let go counts in neither; nor does one that isn't marked yet."""

    kept: int = 0
    broken: int = 0
    released: int = 0
    open: int = 0
    unmarked: int = 0

    @property
    def share(self) -> Share:
        """Kept of those that were kept or not, with its 80 % interval."""
        return share(self.kept, self.kept + self.broken)


def word(promises: Iterable[Promise], as_of: date) -> Word:
    """How the promises made up to a day stand on it."""
    standings = [standing(one, as_of) for one in promises if one.made <= as_of]
    return Word(
        standings.count("kept"),
        standings.count("broken"),
        standings.count("released"),
        standings.count("open") + standings.count("today"),
        standings.count("unmarked"),
    )
