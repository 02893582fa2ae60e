"""The running balance as the proof of every line: what an account holds after a line is what it held before, and the
line. Pure arithmetic; nothing is adjusted, only told."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from toolkit.expenses.statements.model import Line


@dataclass(frozen=True)
class Step:
    """A row of the table: by how much it changes the account (None: it couldn't be read), and what there is after."""

    change: int | None
    balance: int | None


@dataclass(frozen=True)
class Proof:
    """`checked` steps could be compared with the balances around them. `expected` maps the position of one that is
    contradicted to what its change should be. `newest_first`: the rows agree better against the order of the file."""

    checked: int
    expected: Mapping[int, int]
    newest_first: bool = False

    @property
    def proven(self) -> int:
        return self.checked - len(self.expected)

    @property
    def hopeless(self) -> bool:
        """Whether most disagree: then a column isn't what it was taken for."""
        return self.checked >= 2 and self.proven * 2 < self.checked


def prove(steps: Sequence[Step], opening: int | None = None) -> Proof:
    """Compare each change with the balances before and after it, in the order of the file or against it, whichever
    agrees more often. `opening` is what the statement says there was at first."""
    last = len(steps) - 1
    down = _by_balance(steps, opening)
    up = {last - place: change for place, change in _by_balance(steps[::-1], opening).items()}
    newest_first = _agreeing(steps, up) > _agreeing(steps, down)
    chosen = up if newest_first else down
    expected = {place: change for place, change in chosen.items() if steps[place].change != change}
    return Proof(len(chosen), expected, newest_first)


def signed_by_balance(sizes: Sequence[int], balances: Sequence[int | None], opening: int | None) -> list[int | None]:
    """Signs for amounts that are written without: the one that the balances allow; None where they don't say.

    Both orders of the file are tried; the one that explains more lines holds.
    """
    down = _signs(sizes, balances, opening)
    up = _signs(sizes[::-1], balances[::-1], opening)[::-1]
    return up if sum(one is not None for one in up) > sum(one is not None for one in down) else down


def held_before(lines: Sequence[Line]) -> int | None:
    """What an account held before some lines, in any order, that follow each other without a gap; None where a balance
    is missing, or where they end where they began."""
    if not lines or any(line.balance is None for line in lines):
        return None
    after = Counter(line.balance for line in lines if line.balance is not None)
    before = Counter(line.balance - line.change for line in lines if line.balance is not None)
    starts = before - after
    return next(iter(starts)) if sum(starts.values()) == 1 else None


def _signs(sizes: Sequence[int], balances: Sequence[int | None], opening: int | None) -> list[int | None]:
    before = opening
    signed: list[int | None] = []
    for size, after in zip(sizes, balances, strict=True):
        change = None if before is None or after is None else after - before
        signed.append(change if change is not None and abs(change) == abs(size) else None)
        before = after
    return signed


def _by_balance(steps: Sequence[Step], opening: int | None) -> dict[int, int]:
    """What each readable step changes by the balances around it, where both are known."""
    found: dict[int, int] = {}
    before = opening
    for place, step in enumerate(steps):
        if step.change is not None and before is not None and step.balance is not None:
            found[place] = step.balance - before
        before = step.balance
    return found


def _agreeing(steps: Sequence[Step], changes: Mapping[int, int]) -> int:
    return sum(steps[place].change == change for place, change in changes.items())
